"""The shape of the program: layers, lengths, docstrings, names, the page that draws the tree."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house import drift, tree
from tests.house.sources import ROOT, Source, program, suite

FORBIDDEN_MODULES = {"manager", "managers", "helper", "helpers", "util", "utils", "base", "data", "info", "misc", "common"}
FORBIDDEN_ENDS = ("Manager", "Helper", "Utils", "Util")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
QT_OVERRIDE = re.compile(r"^[a-z]+[A-Z]\w*$|^(?:data|flags|index|parent|paint|sort|event)$")
"""Methods that Qt calls by its own names are documented by Qt."""


def test_every_import_goes_the_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_lengths_types_and_mocks_are_no_worse_than_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    now = drift.figures()
    recorded = drift.json.loads(drift.BASELINE.read_text("utf-8"))
    with capsys.disabled():
        print(f"\n  drift: {', '.join(f'{name} {amount:g}' for name, amount in now.items())}")
    assert not drift.worse(now, recorded), "cut it, or record a new baseline with a reason: python tests/house/drift.py --record"


def test_every_module_and_every_public_thing_says_what_it_is() -> None:
    assert not [source.name for source in (*program(), *suite()) if source.text.strip() and not ast.get_docstring(source.tree)], "modules without a docstring"
    assert not [name for source in program() for name in _undocumented(source)], "public things without a docstring"


def _undocumented(source: Source) -> Iterator[str]:
    strict = source.layer in ("domain", "services", "ports")
    for each in source.tree.body:
        if not isinstance(each, ast.ClassDef | ast.FunctionDef) or each.name.startswith("_"):
            continue
        if not ast.get_docstring(each):
            yield f"{source.name}:{each.lineno} {each.name}"
        if isinstance(each, ast.ClassDef):
            yield from (
                f"{source.name}:{method.lineno} {each.name}.{method.name}" for method in _public_methods(each) if strict or not QT_OVERRIDE.match(method.name)
            )


def _public_methods(each: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """Methods without a docstring; what a class above has explained, and bare properties of a protocol, need no more words."""
    for method in each.body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("_") or ast.get_docstring(method) or _is_bare(method):
            continue
        if not any(method.name in _explained().get(_last_name(above), set()) for above in each.bases):
            yield method


@cache
def _explained() -> dict[str, set[str]]:
    """Class → the methods that it documents."""
    classes = [each for source in program() for each in ast.walk(source.tree) if isinstance(each, ast.ClassDef)]
    return {each.name: {method.name for method in each.body if isinstance(method, ast.FunctionDef) and ast.get_docstring(method)} for each in classes}


def _last_name(expression: ast.expr) -> str:
    named = expression.value if isinstance(expression, ast.Subscript) else expression
    return named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""


def _is_bare(method: ast.FunctionDef) -> bool:
    decorated = {name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else "" for name in method.decorator_list}
    return bool(decorated & {"overload", "setter", "override"}) or (
        "property" in decorated and isinstance(method.body[0], ast.Expr) and isinstance(method.body[0].value, ast.Constant)
    )


def test_no_name_hides_what_a_thing_knows() -> None:
    modules = [source.name for source in program() if source.path.stem in FORBIDDEN_MODULES]
    classes = [
        f"{source.name}:{each.lineno} {each.name}"
        for source in program()
        for each in ast.walk(source.tree)
        if isinstance(each, ast.ClassDef) and each.name.endswith(FORBIDDEN_ENDS)
    ]
    assert not modules
    assert not classes


def test_nothing_is_unfinished() -> None:
    found = [
        f"{source.name}:{number} {line.strip()}" for source in program() for number, line in enumerate(source.text.splitlines(), 1) if UNFINISHED.search(line)
    ]
    assert not found


def test_broad_exceptions_are_caught_in_few_named_places() -> None:
    """A `noqa: BLE001` with a reason beside it; more places than the bus caller, the window's threads, the children and the entrance need a talk."""
    places = [source.name for source in program() for line in source.text.splitlines() if re.search(r"except (?:Base)?Exception\b", line)]
    unexplained = [
        f"{source.name}: {line.strip()}"
        for source in program()
        for line in source.text.splitlines()
        if "BLE001" in line and not re.search(r"BLE001\s*[-–—:]\s*\w+", line)
    ]
    assert not unexplained, "say why beside it: `# noqa: BLE001 - reason`"
    assert len(places) <= 8, places


def test_the_drawn_tree_is_the_tree() -> None:
    assert tree.on_page() == tree.block(), "renew it: python tests/house/tree.py --write"
