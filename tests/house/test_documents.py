"""Documents that must stay true: README, glossary, change log, decisions, requirements, settings."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions

import main
from app import settings
from tests.house.sources import ROOT, Source, program, suite

RELEASE = re.compile(r"^## \[(?:Unreleased|\d+\.\d+\.\d+)\](?: - \d{4}-\d\d-\d\d)?$")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
UNIMPORTED = {
    "pyside6-addons",  # QtWebEngine: imported as PySide6
    "pyside6-essentials",
    "shiboken6",  # PySide6 imports it
    "tzdata",  # zoneinfo reads it
    "colorama",  # for the lock on Windows
    "charset-normalizer",
    "brotli",  # fonttools unpacks web fonts with it
}
"""Packages that are needed without being imported by their own name."""


def _page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_change_log_is_well_formed() -> None:
    lines = _page("packaging/CHANGELOG.md").splitlines()
    assert lines[0] == "# Changelog"
    assert not [line for line in lines if line.startswith("## ") and not RELEASE.match(line)]
    assert not [line for line in lines if line.startswith("### ") and line[4:] not in KINDS]
    assert any(line == "## [Unreleased]" for line in lines)


def test_the_readme_names_every_command_and_bench() -> None:
    page = _page("README.md")
    named = [f"main.py {name}" for name, entry in main.COMMANDS.items() if entry.summary] + [f"main.py bench {name}" for name in main.BENCHES]
    assert not [each for each in named if each not in page]


def test_the_readme_names_every_setting_with_its_default() -> None:
    page = _page("README.md")
    rows = [f"| `{each.group}.{each.name}` | `{each.default!r}` |".replace("'", '"') for each in settings.declared()]
    assert not [row for row in rows if row not in page]


def test_every_setting_is_read_somewhere() -> None:
    read = {pair for source in program() if source.path.stem != "settings" for pair in _settings_read(source)}
    assert not [f"{each.group}.{each.name}" for each in settings.declared() if (each.group, each.name) not in read]


def _settings_read(source: Source) -> Iterator[tuple[str, str]]:
    """Pairs of group and name in `….planning.seconds` or, after `planning = ….planning`, `planning.seconds`."""
    for each in ast.walk(source.tree):
        if isinstance(each, ast.Attribute):
            owner = each.value
            group = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            yield group, each.attr


def test_every_decision_has_context_choice_and_price() -> None:
    pages = sorted((ROOT / "app" / "decisions").glob("*.md"))
    assert pages
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1)), "decisions are numbered without gaps"
    for page in pages:
        text = page.read_text("utf-8")
        assert not [part for part in ("Context", "Choice", "Price") if f"## {part}\n" not in text and f"**{part}.**" not in text], page.name


def test_the_glossary_says_each_word_once() -> None:
    words = re.findall(r"^\| ([^|]+?) \|", _page("app/domain/GLOSSARY.md"), re.MULTILINE)
    assert len(words) == len(set(words))
    assert {"order", "task", "stop", "route", "plan", "time window", "service time", "apply", "commit"} <= set(words)


def test_every_package_that_is_imported_is_required_and_the_other_way_round() -> None:
    required = _required("requirements.in")
    known = _distributions()
    imported = {_canonical(name) for module in _third_parties(_running()) for name in known.get(module, [module])}
    assert not imported - required, "imported, not in packaging/requirements.in"
    assert not required - imported - UNIMPORTED, "in packaging/requirements.in, never imported"


def test_what_the_tests_and_benches_import_is_required() -> None:
    known = _distributions()
    required = _required("requirements.in") | _required("requirements-test.in")
    imported = {_canonical(name) for module in _third_parties((*suite(), *_benches())) for name in known.get(module, [module])}
    assert not imported - required


def _running() -> tuple[Source, ...]:
    return tuple(source for source in program() if source not in _benches())


def _benches() -> tuple[Source, ...]:
    """The benches' own package, which compares with engines that come with the tests' packages only."""
    return tuple(source for source in program() if source.name.startswith("app/optimiser/benches/"))


@cache
def _distributions() -> Mapping[str, list[str]]:
    """Module → the packages that bring it; slow to ask."""
    return packages_distributions()


def _third_parties(sources: tuple[Source, ...]) -> set[str]:
    own = {"app", "main", "tests", "steps"}
    names: set[str] = set()
    for source in sources:
        for each in ast.walk(source.tree):
            if isinstance(each, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in each.names}
            elif isinstance(each, ast.ImportFrom) and each.module and not each.level:
                names.add(each.module.partition(".")[0])
    return names - own - sys.stdlib_module_names


def _required(name: str) -> set[str]:
    return {_canonical(found[1]) for line in _page(f"packaging/{name}").splitlines() if (found := re.match(r"([A-Za-z0-9][\w.-]*)==", line))}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
