"""The virtual environment `.venv` and the locked packages in it."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from steps.layout import PACKAGING, VENV, python
from steps.stamps import fingerprint, forget, is_done, mark_done
from steps.telling import TRIES, run, say, stop

RUN = PACKAGING / "requirements.lock"
TEST = PACKAGING / "requirements-test.lock"
NODE = PACKAGING / "requirements-node.lock"
COMPILER = PACKAGING / "requirements-compiler.lock"
DOWNLOAD_MB = 450
"""About what the first set-up fetches."""


def prepare(*, testing: bool) -> None:
    """Makes `.venv` with what running needs, and what testing needs on top; does nothing when it already is so."""
    _ensure_environment()
    wanted = {"packages": RUN, "test-packages": TEST} if testing else {"packages": RUN}
    for step, lock in wanted.items():
        _install(step, lock)


def install_node() -> None:
    """Puts Node into `.venv`, for machines that have none."""
    _install("node", NODE)


def install_compiler() -> None:
    """Puts a C compiler into `.venv`, for machines that have none."""
    _install("compiler", COMPILER)


def _ensure_environment() -> None:
    if _is_sound():
        return
    say(f"Making the virtual environment .venv with Python {sys.version_info.major}.{sys.version_info.minor}")
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=sys.platform != "win32").create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "The virtual environment could not be made.",
            why=str(error),
            remedy="see that the disk has 3 GB free and the checkout may be written, then start this again",
        )


def _is_sound() -> bool:
    """Whether `.venv` has a Python of a fit version that starts, with pip; a moved or half-made one has not."""
    if not python().exists():
        return False
    code = "import sys, pip; sys.exit(0 if sys.version_info >= (3, 11) else 1)"
    try:
        return subprocess.run([python(), "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install(step: str, lock: Path) -> None:
    now = fingerprint([lock])
    if is_done(step, now):
        return
    packages = sum(1 for line in lock.read_text("utf-8").splitlines() if "==" in line)
    say(f"Installing {packages} locked packages from {lock.name}" + (f" (the first time some {DOWNLOAD_MB} MB)" if lock == RUN else ""))
    forget(step)
    run(
        [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary=:all:", "-r", lock],
        what=f"Installing {lock.name}",
        tries=TRIES,
    )
    mark_done(step, now)
