"""Lengths of files and functions, docstrings, mocks: measured, printed, and compared with the recorded baseline `drift.json`.

`python tests/house/drift.py` prints the figures, `--record` makes them the baseline. Targets: files median ≤ 120 and p90 ≤ 300 non-blank lines, none
above 500; functions median ≤ 9, p90 ≤ 30, at most 1 % above 60 lines; mocks under 10 per 1,000 lines of tests. C files are held to the same, apart.
"""

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.house import c_sources
from tests.house.sources import Source, program, suite

BASELINE = Path(__file__).with_name("drift.json")
TARGETS: Mapping[str, float] = {
    "file_median": 120,
    "file_p90": 300,
    "file_longest": 500,
    "function_median": 9,
    "function_p90": 30,
    "function_above_60_percent": 1,
    "mocks_per_1000_test_lines": 10,
    "untyped_functions": 0,
    "c_file_p90": 300,
    "c_file_longest": 500,
    "c_function_median": 9,
    "c_function_p90": 30,
    "c_function_longest": 60,
}
"""Figures that are fine however they move below this; above it they may not grow past the baseline."""


def figures() -> dict[str, float]:
    """Every figure by its name."""
    files = sorted(_filled(source.text) for source in program())
    functions = sorted(_length(each) for each in _functions(program()))
    test_lines = sum(_filled(source.text) for source in suite())
    return {
        "file_median": _at(files, 0.5),
        "file_p90": _at(files, 0.9),
        "file_longest": files[-1],
        "function_median": _at(functions, 0.5),
        "function_p90": _at(functions, 0.9),
        "function_above_60_percent": round(100 * sum(1 for each in functions if each > 60) / len(functions), 2),
        "mocks_per_1000_test_lines": round(1000 * sum(map(_mocks, suite())) / max(1, test_lines), 2),
        "untyped_functions": sum(1 for each in _functions(program()) if not _typed(each)),
        "files": len(files),
        "functions": len(functions),
        "test_lines_per_line": round(test_lines / sum(files), 2),
        **_of_c(),
    }


def _of_c() -> dict[str, float]:
    files = sorted(_filled(source.text) for source in c_sources.kernel())
    functions = sorted(function.lines for source in c_sources.kernel() for function in source.functions())
    return {
        "c_file_p90": _at(files, 0.9),
        "c_file_longest": files[-1],
        "c_function_median": _at(functions, 0.5),
        "c_function_p90": _at(functions, 0.9),
        "c_function_longest": functions[-1],
        "c_files": len(files),
        "c_functions": len(functions),
    }


def worse(now: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """The figures beyond their target that are worse than recorded."""
    return [
        f"{name}: {now[name]:g}, target {target:g}, recorded {recorded.get(name, target):g}"
        for name, target in TARGETS.items()
        if now[name] > max(target, recorded.get(name, target))
    ]


def longest(count: int = 8) -> Iterator[str]:
    """The longest files and functions, to know where to cut."""
    for source in sorted(program(), key=lambda each: -_filled(each.text))[:count]:
        yield f"{_filled(source.text):5} {source.name}"
    named = [(_length(each), f"{source.name}:{each.lineno} {each.name}") for source in program() for each in _functions([source])]
    for length, name in sorted(named, reverse=True)[:count]:
        yield f"{length:5} {name}"


def _functions(sources: Iterable[Source]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for source in sources:
        yield from (each for each in ast.walk(source.tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return function.returns is not None and all(each.annotation or each.arg in ("self", "cls") for each in arguments)


def _mocks(source: Source) -> int:
    return sum(
        1
        for each in ast.walk(source.tree)
        if isinstance(each, ast.Name | ast.Attribute) and (each.id if isinstance(each, ast.Name) else each.attr) in ("Mock", "MagicMock", "patch", "mocker")
    )


def _filled(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def _at(ordered: Sequence[int], share: float) -> int:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    current = figures()
    for figure, amount in current.items():
        print(f"{figure:28} {amount:>8g}" + (f"   target {TARGETS[figure]:g}" if figure in TARGETS else ""))
    print(*longest(), sep="\n")
    if "--record" in sys.argv[1:]:
        BASELINE.write_text(json.dumps(current, indent=2) + "\n", "utf-8")
