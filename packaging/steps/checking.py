"""The checks and tests: formatting, lint, types, layers, pytest on all cores."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from steps.layout import ROOT, VENV, program, python
from steps.telling import say

FAILED = 1
CHECKS: Mapping[str, Sequence[str]] = {
    "formatting (ruff format)": ("ruff", "format", "--check", "--quiet", "."),
    "lint (ruff)": ("ruff", "check", "--quiet", "."),
    "types (mypy)": ("mypy", "--no-error-summary"),
    "layers (import-linter)": ("lint-imports", "--no-logo"),
}


def everything(words: Sequence[str]) -> int:
    """All checks, then the tests with these words for pytest; every one runs even where an earlier one fails."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    say("Tests (pytest)")
    if _pytest(words) != 0:
        failed.append("tests (pytest)")
    say("Everything passed" if not failed else f"Failed: {', '.join(failed)}")
    return FAILED if failed else 0


def _passes(name: str, command: Sequence[str]) -> bool:
    say(f"Checking {name}")
    return subprocess.run([program(command[0]), *command[1:]], cwd=ROOT, env=environment(), check=False).returncode == 0


def _pytest(words: Sequence[str]) -> int:
    own_width = any(word in ("-n", "--numprocesses") or word.startswith(("-n", "--numprocesses=")) for word in words)
    width = [] if own_width else ["-n", str(os.cpu_count() or 1), "--dist", "loadgroup"]
    return subprocess.run([python(), "-m", "pytest", *width, *words], cwd=ROOT, env=environment(), check=False).returncode


def environment() -> Mapping[str, str]:
    """The environment of the tests: no display, no sandbox of the web page (containers have none), a private run-time folder."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu",
        "XDG_RUNTIME_DIR": str(_private_folder()),
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
    }


def _private_folder() -> Path:
    folder = VENV / "run" if len(str(VENV)) < 60 else Path(tempfile.gettempdir()) / f"doorstep-run-{os.getpid()}"  # sockets have short names
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder
