"""Time putting one more stop into a planned day, nothing else moved: from asking to the judged answer, by a solve and by advice.

Some stops of the demo day (or of one as `main.py bench plan` takes) are planned first; then one of the others after another is asked about, each alone.
"""

import argparse
import json
import os
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.domain.ids import TaskId
    from app.domain.plans import Plan
    from app.domain.schedule import ShiftTerms, TaskTerms
    from app.services.planning import DayProblem
    from app.services.ports.planner import Planner
    from app.services.ports.store import Day
    from app.services.problem import Problem, Progress, Solution

Figures = dict[str, list[float]]
"""Milliseconds of each asking by what was timed, and whether the stop was put in (1) or fits nowhere (0)."""
PUT_IN = "put_in"
VANS = 12
IN_HAND_S = 0.3
"""Seconds between two askings, in which a person looks at the answer and the next child is started ahead, as in the window."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench insert`: those of `main.py bench plan`, and how much."""
    from app.cli import bench_day

    bench_day.configure(parser)
    parser.add_argument("--planned", type=int, default=200, metavar="N", help="stops that are in the plan (default: 200)")
    parser.add_argument("--askings", type=int, default=20, metavar="N", help="how often a stop is put in (default: 20)")
    parser.set_defaults(seconds=5.0)


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans, asks, and prints the median and the worst of a hundred of each figure; with `--json` writes every one. Raises Malformed where no stop is
    left to ask about."""
    from app.cli import bench_day, plan
    from app.domain.errors import Malformed
    from app.services import planning
    from app.services.ports.travel import silent

    if args.fleet is None:
        args.vans, args.load = args.vans or VANS, args.load or "600kg"
    bench_day.settle(args, doors)
    day, _, _, area = plan.day_of(args, doors)
    problem = planning.day_problem(day, doors.areas().travel(area.name), report=silent)
    planner = doors.planner()
    try:
        standing, others = _planned(day, problem, planner, args)
        if not others:
            raise Malformed("plan_file.option_range", option="--planned", value=str(args.planned))
        print(
            f"{args.planned} stops on {len(problem.shifts)} vehicles, {len(others)} others; load {os.getloadavg()[0] if hasattr(os, 'getloadavg') else 0:.1f}"
        )
        figures = _asked(problem, standing, planner, others)
    finally:
        planner.close()
    print(f"{sum(figures[PUT_IN]):.0f} of {len(figures[PUT_IN])} put in")
    for name, times in figures.items():
        if name != PUT_IN:
            print(f"{name:32} p50 {statistics.median(times):7.1f} ms   p99 {_worst(times):7.1f} ms")
    if args.json is not None:
        args.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def _worst(times: Sequence[float]) -> float:
    """The 99th percentile: of a hundred or fewer, the longest."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def _planned(day: "Day", problem: "DayProblem", planner: "Planner", args: argparse.Namespace) -> "tuple[Plan, list[TaskId]]":
    """A plan of the first stops, and as many others as are asked about; the vehicles' own days are as long as they are."""
    from app.domain.plans import Plan
    from app.services import planning

    tasks = [task for task in problem.problem.tasks if any(_serves(shift, task) for shift in problem.problem.shifts)]
    first = replace(problem.problem, tasks=tuple(tasks[: args.planned]))
    others = [task.id for task in tasks[args.planned : args.planned + args.askings]]
    solution = planner.start(first, seconds=args.seconds, threads=args.threads or 1, progress=lambda _: None).wait()
    proposal = planning.proposal(day, problem, planning.judge(problem, solution, explain=False))
    return Plan(id=proposal.plan, depot=day.depot.id, day=day.day, routes=proposal.judged.routes), others


def _serves(shift: "ShiftTerms", task: "TaskTerms") -> bool:
    """Whether driver and vehicle have what the task wants; the demo day's wishes are for its own fleet."""
    return task.skills <= shift.skills and task.features <= shift.features and shift.capacity.fits(task.load)


def _asked(problem: "DayProblem", standing: "Plan", planner: "Planner", others: "Iterable[TaskId]") -> Figures:
    from app.services import planning
    from app.services.problem import Stability

    figures: Figures = {}
    for task in others:
        asked = planning.to_replan(problem, standing, stability=Stability(at_most=0), insert=(task,))
        for name, before in (("solve, child started ahead", planner.prepare), ("solve, child started then", planner.close)):
            before()
            time.sleep(IN_HAND_S)
            best, answered, stopped = _by_solve(problem, standing, asked, planner)
            figures.setdefault(name, []).append(answered)
            figures.setdefault("stop to solution", []).append(stopped)
            figures.setdefault(PUT_IN, []).append(float(task not in best.unplanned))
        for name, took in _by_advice(asked, task, planner).items():
            figures.setdefault(name, []).append(took)
    return figures


def _by_solve(problem: "DayProblem", standing: "Plan", asked: "Problem", planner: "Planner") -> "tuple[Solution, float, float]":
    """The first plan, how long until it was judged, and how long from stopping until there was the solution."""
    from app.services import planning

    there = threading.Event()
    first: list[Progress] = []

    def progress(each: "Progress") -> None:
        first.append(each)
        there.set()

    began = time.perf_counter()
    run = planner.start(asked, seconds=30, progress=progress)
    there.wait(60)
    best = first[0].best
    assert best is not None, "the first plan is complete"
    planning.judge(problem, best, standing, explain=False)
    answered, asked_to_stop = _ms(began), time.perf_counter()
    run.stop()
    run.wait(60)
    return best, answered, _ms(asked_to_stop)


def _by_advice(asked: "Problem", task: "TaskId", planner: "Planner") -> dict[str, float]:
    """Until the first answer of advice that is opened for it, and until the next, as of one that was open."""
    began = time.perf_counter()
    with planner.advise(asked) as advice:
        advice.places([task])
        opened, began = _ms(began), time.perf_counter()
        advice.places([task])
        return {"advice, opened then": opened, "advice, open": _ms(began)}


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1_000, 1)
