"""The kernel under sanitizers: whole problems work, damaged ones are refused or work; nothing crashes, hangs, leaks or leaves the rules of C."""

import sys
from pathlib import Path

import pytest

from tests.optimiser.kernel import building
from tests.optimiser.kernel.cases import write_cases
from tests.optimiser.kernel.fuzz import outcomes, run

WHOLE, DAMAGED, PARTS = 400, 1_500, 4

pytestmark = pytest.mark.xdist_group("sanitized")  # one build for all


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fuzzer, built here; skips where the compiler has no sanitizers."""
    folder = tmp_path_factory.mktemp("fuzzer")
    reason = building.why_not(folder)
    if reason:
        pytest.skip(f"the kernel is not tested under sanitizers: {reason}")
    return building.build_fuzzer(folder)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Random problems, some with numbers at the bounds."""
    return write_cases(tmp_path_factory.mktemp("cases"), seed=1, count=WHOLE)


def test_whole_problems_work(fuzzer: Path, files: list[Path]) -> None:
    done = run(fuzzer, files, seed=1, first=0, count=0)
    assert done.returncode == 0, done.stderr[-4000:]
    ended = outcomes(done.stdout)
    assert ended["worked"] >= WHOLE * 4 // 5, "only those whose numbers are at the bounds may be refused"
    assert ended["worked"] + ended["refused"] == WHOLE


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_problems_are_refused_or_work(fuzzer: Path, files: list[Path], part: int) -> None:
    done = run(fuzzer, files, seed=7, first=part * DAMAGED, count=DAMAGED)
    assert done.returncode == 0, done.stderr[-4000:]
    ended = outcomes(done.stdout)
    assert sum(ended.values()) == DAMAGED
    assert min(ended[name] for name in ("refused", "short of memory", "no plan", "worked")) > 0, "the damage is of every depth"


@pytest.mark.usefixtures("fuzzer")
@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("kept = malloc(4); ((int *)kept)[count] = 1; free(kept);", "heap-buffer-overflow"),
        ("kept = malloc(4); free(kept); count = *(int *)kept;", "heap-use-after-free"),
        ("count += 0x7fffffff;", "signed integer overflow"),
        pytest.param("kept = malloc(4); kept = 0;", "leaked", marks=pytest.mark.skipif(sys.platform != "linux", reason="leaks are looked for on Linux")),
    ],
)
def test_the_sanitizers_see_what_goes_wrong(fault: str, named: str, tmp_path: Path) -> None:
    done = building.ran(
        f"#include <stdlib.h>\nvoid *volatile kept;\nint main(int count, char **words) {{ (void)words; {fault} return count == 77; }}\n", tmp_path
    )
    assert done.returncode != 0
    assert named in done.stderr


def test_a_file_that_is_no_case_is_refused(fuzzer: Path, files: list[Path], tmp_path: Path) -> None:
    """So that a run over nothing cannot pass for a good one."""
    (tmp_path / "cut.case").write_bytes(files[0].read_bytes()[:-8])
    assert run(fuzzer, [tmp_path / "cut.case"], seed=1, first=0, count=0).returncode == 2


@pytest.mark.skipif(building.compiler() is None, reason="this machine has no C compiler: install gcc or clang to test the kernel's sources")
@pytest.mark.parametrize("flags", [(), ("-Wshadow", "-Wstrict-prototypes", "-Wmissing-prototypes", "-Wvla", "-Wwrite-strings")])
def test_the_compiler_has_nothing_to_say_of_the_kernel(flags: tuple[str, ...]) -> None:
    assert building.complaints(flags) == ""
