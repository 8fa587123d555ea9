"""What the checkout holds and what it never holds."""

import os
import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, files_of_the_tree

TOP = {"app", "resources", "db", "packaging", "tests", ".ci", "main.py", "pyproject.toml", "README.md"}
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-node.lock", "requirements-compiler.lock", "web/package-lock.json"]
ADDRESS = re.compile(r"https?://|\bfile:|--index-url|--extra-index-url|--find-links|\"resolved\"")
HOSTS = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.com|unpkg\.com|jsdelivr|cdnjs|geofabrik|download\.")
ELSEWHERE = re.compile(r"(?:\.\./|/work/)shared\b")
THIRD_PARTY = {".pbf", ".pmtiles", ".ttf", ".otf", ".woff", ".woff2", ".whl", ".gz", ".zip", ".qm", ".db"}
TEXT = {".py", ".md", ".toml", ".json", ".lock", ".in", ".js", ".css", ".html", ".ts", ".ini", ".csv", ".sql", ".mako", ".c", ".h", ""}
HERE = Path(__file__).resolve()


def _texts() -> list[tuple[str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text("utf-8", errors="replace")) for path in files_of_the_tree() if path.suffix in TEXT and path != HERE
    ]


def test_the_top_level_holds_only_what_belongs_there() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in files_of_the_tree()}
    assert not {name for name in top if name not in TOP and not name.startswith(".")}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_no_addresses(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text("utf-8")
    assert not [line for line in text.splitlines() if ADDRESS.search(line)]


def test_every_locked_package_has_hashes() -> None:
    for name in LOCKS[:4]:
        text = (ROOT / "packaging" / name).read_text("utf-8")
        pinned = re.findall(r"^[a-z0-9][\w.-]*==[^\\\n]+(.*)$", text, re.MULTILINE)
        assert pinned
        assert all(rest.strip() == "\\" for rest in pinned), name
        assert text.count("--hash=sha256:") >= len(pinned)


def test_no_file_names_a_registry() -> None:
    assert not [name for name, text in _texts() if HOSTS.search(text)]


def test_nothing_outside_the_checkout_is_named_but_by_the_ci_command() -> None:
    assert [name for name, text in _texts() if ELSEWHERE.search(text)] in ([], [".ci/run"])


def test_third_party_files_are_fetched_not_kept() -> None:
    kept = [path.relative_to(ROOT).as_posix() for path in files_of_the_tree() if path.suffix in THIRD_PARTY and not _is_own_sample(path)]
    assert not kept


def _is_own_sample(path: Path) -> bool:
    """Databases of earlier versions, made by ourselves, are what migrations are tested on."""
    return path.suffix in (".db", ".gz") and "tests" in path.parts


def test_no_file_is_huge() -> None:
    large = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in files_of_the_tree() if path.stat().st_size > 1_000_000}
    assert not large


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bit")
@pytest.mark.parametrize("name", ["run", "check"])
def test_ci_commands_can_be_run(name: str) -> None:
    assert os.access(ROOT / ".ci" / name, os.X_OK)
