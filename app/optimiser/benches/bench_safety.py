"""Solve random problems with every rule switched on and judge each plan: `main.py bench safety`.

Every plan serves each task at most once, breaks no rule that nothing excuses, leaves what is locked where it is, moves no more than it may, is never
worse than the mended start, and has a reason for everything it leaves out (`safety` says what each of these means). A problem whose plan fails is written to a
file, to be looked into with `main.py solve FILE`. The exit code is 1 where any failed.
"""

import argparse
import json
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from app.domain.errors import Outside, Refused
from app.optimiser.benches.random_problems import random_problem
from app.optimiser.benches.safety import Judge
from app.optimiser.benches.safety_reasons import unexplained
from app.optimiser.engine import Engine, Solve
from app.services.problem import Problem, Solution
from app.services.problem_json import problem_to_json

FAILED, UNEXPLAINED = "the engine answers", "a reason for every task left out"
"""Two more promises beside those of `safety.Promise`."""
ENDLESS = 60.0
"""Seconds after which a solve ends also where its iterations are not done."""
PART = 250
"""Problems that a process takes at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How each problem is solved and judged."""

    engine: Engine = "core"
    iterations: int = 100
    threads: int = 1
    reasons_every: int = 10
    """One in so many problems has its reasons asked for, which takes longer than all the rest; 0: none."""


@dataclass(slots=True)
class Tally:
    """What came of some problems."""

    problems: int = 0
    tasks: int = 0
    planned: int = 0
    solving_s: float = 0.0
    judging_s: float = 0.0
    failures: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Seed → the promises that its plan breaks, each with how."""

    def add(self, other: "Tally") -> None:
        """Takes another tally in."""
        self.problems, self.tasks, self.planned = self.problems + other.problems, self.tasks + other.tasks, self.planned + other.planned
        self.solving_s, self.judging_s = self.solving_s + other.solving_s, self.judging_s + other.judging_s
        self.failures |= other.failures


def tally(seeds: Iterable[int], how: How) -> Tally:
    """Makes, solves and judges the problems of these seeds."""
    found = Tally()
    for seed in seeds:
        problem = random_problem(seed)
        broken = _judged(problem, how, found, reasons=bool(how.reasons_every) and seed % how.reasons_every == 0)
        found.problems, found.tasks = found.problems + 1, found.tasks + len(problem.tasks)
        if broken:
            found.failures[seed] = broken
    return found


def _judged(problem: Problem, how: How, found: Tally, *, reasons: bool) -> list[tuple[str, str]]:
    """What one problem's plan breaks; the time goes into the tally."""
    began = time.perf_counter()
    try:
        solution = Solve(problem, seconds=ENDLESS, threads=how.threads, iterations=how.iterations, engine=how.engine).run(lambda _: None)
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, Refused, Outside) as failed:
        return [(FAILED, f"{type(failed).__name__}: {failed}")]
    solved = time.perf_counter()
    broken = [(each.promise.value, each.says) for each in Judge(problem).complaints(solution)]
    if reasons and not broken:
        broken += [(UNEXPLAINED, task) for task in unexplained(problem, solution)]
    found.planned += _planned(solution)
    found.solving_s += solved - began
    found.judging_s += time.perf_counter() - solved
    return broken


def _planned(solution: Solution) -> int:
    return sum(len(route.steps) for route in solution.routes)


# Command -------------------------------------------------------------------------------------------------------------


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench safety`."""
    usual = How()
    parser.add_argument("--problems", type=int, default=10_000, metavar="N", help="how many problems (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the number of the first; each number is always the same problem (default: 1)")
    parser.add_argument("--engine", choices=get_args(Engine), default=usual.engine, help="who plans (default: %(default)s)")
    parser.add_argument("--iterations", type=int, default=usual.iterations, metavar="N", help="how long each is searched (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=usual.threads, metavar="N", help="searches at once in each solve (default: 1)")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="problems solved at once (default: 1)")
    parser.add_argument(
        "--reasons-every", type=int, default=usual.reasons_every, metavar="N", help="ask one in N for its reasons; 0: none (default: %(default)s)"
    )
    parser.add_argument("--failures", type=Path, metavar="DIR", help="where failing problems are written (default: a folder of the system's temporary ones)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="writes the figures as JSON too")


def run(args: argparse.Namespace, doors: object = None) -> int:
    """Solves and judges them all, and says what failed."""
    del doors
    how = How(engine=args.engine, iterations=args.iterations, threads=args.threads, reasons_every=args.reasons_every)
    folder = args.failures or Path(tempfile.gettempdir()) / "doorstep-safety"
    whole, began = Tally(), time.perf_counter()
    for part in _parts(range(args.seed, args.seed + args.problems), how, args.processes):
        _keep(part, folder)
        whole.add(part)
        print(f"{time.perf_counter() - began:8.1f} s  {whole.problems:7} problems  {len(whole.failures)} failed", flush=True)
    print(_said(whole, folder))
    if args.json is not None:
        args.json.write_text(json.dumps(_figures(whole, args), indent=1), "utf-8")
    return 1 if whole.failures else 0


def _parts(seeds: range, how: How, processes: int) -> Iterator[Tally]:
    """The tallies of the parts as they are done; without further processes in order."""
    parts = [seeds[at : at + PART] for at in range(0, len(seeds), PART)]
    with ExitStack() as open_until_done:
        if processes <= 1:
            yield from (tally(part, how) for part in parts)
            return
        pool = open_until_done.enter_context(ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")))
        futures: list[Future[Tally]] = [pool.submit(tally, part, how) for part in parts]
        yield from (future.result() for future in as_completed(futures))


def _keep(part: Tally, folder: Path) -> None:
    """Writes each failing problem, and beside it what its plan breaks."""
    for seed, broken in part.failures.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{seed}.json").write_text(problem_to_json(random_problem(seed)), "utf-8")
        (folder / f"{seed}.txt").write_text("".join(f"{promise}: {says}\n" for promise, says in broken), "utf-8")


def _counted(whole: Tally) -> Counter[str]:
    """How many problems break each promise."""
    return Counter(promise for broken in whole.failures.values() for promise in {promise for promise, _ in broken})


def _said(whole: Tally, folder: Path) -> str:
    share = 100 * whole.planned / max(1, whole.tasks)
    lines = [f"{whole.problems} problems, {whole.tasks} tasks ({share:.0f} % planned): solving {whole.solving_s:.1f} s, judging {whole.judging_s:.1f} s"]
    lines += [f"{count:7} break: {promise}" for promise, count in _counted(whole).most_common()]
    for seed, broken in sorted(whole.failures.items())[:10]:
        lines.append(f"  {folder / f'{seed}.json'}: {broken[0][0]}: {broken[0][1]}")
    return "\n".join(lines if whole.failures else [*lines, "every plan keeps every promise"])


def _figures(whole: Tally, args: argparse.Namespace) -> dict[str, object]:
    return {
        "problems": whole.problems,
        "first_seed": args.seed,
        "engine": args.engine,
        "iterations": args.iterations,
        "threads": args.threads,
        "tasks": whole.tasks,
        "planned": whole.planned,
        "solving_s": round(whole.solving_s, 3),
        "judging_s": round(whole.judging_s, 3),
        "broken": dict(_counted(whole)),
        "failures": [
            {"seed": seed, "broken": [{"promise": promise, "says": says} for promise, says in broken]} for seed, broken in sorted(whole.failures.items())
        ],
    }
