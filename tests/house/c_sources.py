"""The C files of the program and of its tests, read once for the house tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.house.sources import ROOT

NO_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
COMMENT = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)
FUNCTION = re.compile(r"^[A-Za-z_][^;{}#=\n]*?\b(\w+)\([^;{}]*\)\s*\{", re.MULTILINE)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)


@dataclass(frozen=True)
class Function:
    """A function that a C file defines; explained where a comment stands directly above it."""

    name: str
    line: int
    lines: int
    is_explained: bool


@dataclass(frozen=True)
class CSource:
    """A C file or header."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its path inside the checkout, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def opening(self) -> str:
        """The comment that it begins with, without the stars of its lines; empty where it begins otherwise."""
        found = COMMENT.match(self.text)
        return "\n".join(re.sub(r"^\s*\*? ?", "", line).rstrip() for line in found[1].splitlines()).strip() if found else ""

    @cached_property
    def code(self) -> str:
        """The text with comments, strings and directives blanked, every sign where it was."""
        return DIRECTIVE.sub(_blank, NO_CODE.sub(_blank, self.text))

    def functions(self) -> Iterator[Function]:
        """Every function with a body, in order."""
        for found in FUNCTION.finditer(self.code):
            end = self._closing(found.end())
            before = self.text[: found.start()]
            explained = bool(re.search(r"(?:\*/|//[^\n]*)\n\Z", before))
            yield Function(found[1], before.count("\n") + 1, self.code.count("\n", found.start(), end) + 1, explained)

    def _closing(self, at: int) -> int:
        depth = 1
        while depth and at < len(self.code):
            depth += {"{": 1, "}": -1}.get(self.code[at], 0)
            at += 1
        return at


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


@cache
def kernel() -> tuple[CSource, ...]:
    """The C files of the program."""
    return _below(ROOT / "app")


@cache
def programs_of_tests() -> tuple[CSource, ...]:
    """The C files of the tests."""
    return _below(ROOT / "tests")


def _below(folder: Path) -> tuple[CSource, ...]:
    return tuple(CSource(path, path.read_text("utf-8")) for path in sorted(folder.rglob("*.[ch]")))
