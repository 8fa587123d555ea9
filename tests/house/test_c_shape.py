"""The shape of the C files: what they open with, how long a line is, what is explained, what a library never does."""

import re
from collections.abc import Iterator

from tests.house.c_sources import CSource, Function, kernel, programs_of_tests
from tests.house.sources import ROOT
from tests.house.test_shape import FORBIDDEN_MODULES, UNFINISHED

EVERY = (*kernel(), *programs_of_tests())
LINE, TEXT_OF_A_FUNCTION = 160, 20
"""Signs of a line, and lines of a function that need no comment above it."""
ENDS_OR_PRINTS = re.compile(r"\b(?:printf|fprintf|puts|fputs|putchar|perror|exit|_exit|abort|assert|signal|longjmp|system|getenv|setlocale)\s*\(")
NOT_REPEATABLE = re.compile(r"\b(?:rand|srand|random|drand48|time)\s*\(")
UNSAFE = re.compile(r"\b(?:gets|strcpy|strcat|sprintf|vsprintf|alloca|strtok)\s*\(")

VARIABLE = re.compile(r"(?:\s*static\s[\w\s*]+\w(?:\[[^\]]*\])*\s*[=;]|\w[\w\s*]+\w(?:\[[^\]]*\])*\s*=)")
"""A variable that is static, or stands with a value outside every function."""

A_FILE = """/* What this file is. It says so
 * in two lines. */
#include "kernel.h"
#define CALL(x) exit(x) {

static int64_t kept[4] = {0};
static const int FINE[2] = {1, 2};

static int one(void) { return 1; }

/* Adds { what it is given. */
struct sum *add(
    const struct sum *one, /* } */
    int64_t other) {
    if (other) { printf("exit(1) }"); }
    return NULL;
}
"""


def test_c_is_read_as_it_is_meant() -> None:
    source = CSource(ROOT / "app" / "a.c", A_FILE)
    assert source.opening == "What this file is. It says so\nin two lines."
    assert list(source.functions()) == [Function("one", 9, 1, is_explained=False), Function("add", 12, 6, is_explained=True)]
    assert _called(ENDS_OR_PRINTS, (source,)) == ["app/a.c:15 printf("]
    assert list(_kept_between_calls(source)) == ["app/a.c: static int64_t kept[4] = {0};"]
    assert list(_untidy(CSource(source.path, "int a; \n\tint b;\n"))) == ["app/a.c:1 int a;", "app/a.c:2 int b;"]


def test_the_functions_of_the_c_files_are_found() -> None:
    assert len({function.name for source in kernel() for function in source.functions()}) > 100
    assert {function.name for source in programs_of_tests() for function in source.functions()} >= {"main", "damage", "drive", "case_read"}


def test_every_c_file_opens_by_saying_what_it_is() -> None:
    assert not [source.name for source in EVERY if not re.match(r"[A-Z“`].{15,}", source.opening) or "." not in source.opening]


def test_every_long_function_is_explained_above_it() -> None:
    bare = [
        f"{source.name}:{function.line} {function.name} ({function.lines} lines)"
        for source in EVERY
        for function in source.functions()
        if function.lines > TEXT_OF_A_FUNCTION and not function.is_explained
    ]
    assert not bare, "say above it what it does, in what units, and where a formula is from"


def test_every_header_is_guarded_by_its_own_name() -> None:
    for source in EVERY:
        if source.path.suffix == ".h":
            guard = f"DOORSTEP_{source.path.stem.upper()}_H"
            assert f"#ifndef {guard}\n#define {guard}\n" in source.text, source.name


def test_lines_are_short_and_clean() -> None:
    assert not [place for source in EVERY for place in _untidy(source)]


def _untidy(source: CSource) -> Iterator[str]:
    if not source.text.endswith("\n") or source.text.endswith("\n\n"):
        yield f"{source.name}: ends with one line break"
    for number, line in enumerate(source.text.split("\n"), 1):
        if len(line) > LINE or "\t" in line or "\r" in line or line != line.rstrip():
            yield f"{source.name}:{number} {line.strip()[:60]}"


def test_no_c_file_is_unfinished_or_hides_what_it_knows() -> None:
    assert not [f"{source.name} {found[0]}" for source in EVERY for found in UNFINISHED.finditer(source.text)]
    assert not [source.name for source in EVERY if source.path.stem in FORBIDDEN_MODULES]


def test_the_kernel_neither_prints_nor_ends_the_process() -> None:
    assert not _called(ENDS_OR_PRINTS, kernel())


def test_the_same_seed_gives_the_same_plan() -> None:
    """Chance comes from `random.h` alone, which each search seeds."""
    assert not _called(NOT_REPEATABLE, kernel())


def test_nothing_is_written_without_knowing_the_room() -> None:
    assert not _called(UNSAFE, EVERY)


def test_the_kernel_keeps_nothing_between_calls() -> None:
    """Several searches run in threads of their own: what is not constant belongs to a problem or a search."""
    assert not [place for source in kernel() for place in _kept_between_calls(source)]


def _kept_between_calls(source: CSource) -> Iterator[str]:
    for line in source.code.splitlines():
        if VARIABLE.match(line) and not re.search(r"\bconst\b", line):
            yield f"{source.name}: {line.strip()}"


def _called(pattern: re.Pattern[str], sources: tuple[CSource, ...]) -> list[str]:
    return [f"{source.name}:{source.code.count(chr(10), 0, found.start()) + 1} {found[0]}" for source in sources for found in pattern.finditer(source.code)]
