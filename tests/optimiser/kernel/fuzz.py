"""Hands the kernel damaged problems for as long as one likes: `python tests/optimiser/kernel/fuzz.py [--count N] [--seed S] [--problems N]`.

A case that fails is told with its number; `--first NUMBER --count 1` with the same seed and problems has it again.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.optimiser.kernel.building import build_fuzzer, why_not
from tests.optimiser.kernel.cases import write_cases


def run(program: Path, files: Sequence[Path], *, seed: int, first: int, count: int) -> "subprocess.CompletedProcess[str]":
    """Runs the fuzzer; `count` 0: each file once, undamaged."""
    return subprocess.run([program, str(seed), str(first), str(count), *files], capture_output=True, text=True, errors="replace", check=False)


def outcomes(said: str) -> dict[str, int]:
    """How many cases ended how, as the fuzzer writes it."""
    return {name: int(count) for name, _, count in (line.rpartition(" ") for line in said.splitlines())}


def main(words: Sequence[str]) -> int:
    """Builds the fuzzer, writes the problems, and lets it run; 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="damaged problems")
    parser.add_argument("--first", type=int, default=0, help="number of the first of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--problems", type=int, default=500, help="problems to damage")
    chosen = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        reason = why_not(folder)
        if reason:
            print(reason, file=sys.stderr)
            return 2
        files = write_cases(folder / "cases", chosen.seed, chosen.problems)
        done = run(build_fuzzer(folder), files, seed=chosen.seed, first=chosen.first, count=chosen.count)
    print(done.stdout + done.stderr, end="")
    return 0 if done.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
