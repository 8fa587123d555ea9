"""The program's own files, read once for the house tests."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """A Python file of the program."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path inside the checkout, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def layer(self) -> str:
        """The package under `app`, or the module's own name."""
        parts = self.path.relative_to(ROOT).parts
        return parts[1] if parts[0] == "app" and len(parts) > 2 else self.path.stem


@cache
def program() -> tuple[Source, ...]:
    """Every module of the program: `main.py` and all of `app`."""
    return tuple(_source(path) for path in (ROOT / "main.py", *sorted((ROOT / "app").rglob("*.py"))))


@cache
def suite() -> tuple[Source, ...]:
    """Every module of the tests."""
    return tuple(_source(path) for path in sorted((ROOT / "tests").rglob("*.py")))


@cache
def files_of_the_tree() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git tracks, and what it would add; without git, every file but the ignored folders' own."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        left_out = {".git", ".venv", "__pycache__", "node_modules", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"}
        return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file() and not left_out & set(path.relative_to(ROOT).parts))
    return tuple(path for name in sorted(filter(None, told.split("\0"))) if (path := ROOT / name).is_file())


def _source(path: Path) -> Source:
    text = path.read_text("utf-8")
    return Source(path, text, ast.parse(text, str(path)))
