"""Time the stability curve of a plan that was made, edited by hand and overtaken by new orders: the whole, each point, and what it saves.

Most stops of the demo day (or of one as `main.py bench plan` takes) are planned; then some are handed from route to route as a person might, and the rest of
the orders have come in.
"""

import argparse
import json
import os
import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.domain.plans import Plan
    from app.services.curve import Curve
    from app.services.planning import DayProblem
    from app.services.ports.planner import Planner
    from app.services.ports.store import Day

STOPS, NEW, MOVED, VANS = 200, 0.04, 8, 12


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench curve`: those of `main.py bench plan`; `--stops` counts the stops without a made-up city too."""
    from app.cli import bench_day

    bench_day.configure(parser)
    parser.add_argument("--moved", type=int, default=MOVED, metavar="N", help=f"stops that a person has handed to another route (default: {MOVED})")
    parser.set_defaults(seconds=6.0)


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans, edits, traces the curve, and prints it; with `--json` writes it."""
    from app.cli import bench_day, plan
    from app.services import planning
    from app.services.curve import stability_curve
    from app.services.ports.travel import silent

    args.stops = args.stops or STOPS
    if args.fleet is None:
        args.vans, args.load = args.vans or VANS, args.load or "600kg"
    bench_day.settle(args, doors)
    day, _, _, area = plan.day_of(args, doors)
    problem = _first(planning.day_problem(day, doors.areas().travel(area.name), report=silent), args.stops)
    planner = doors.planner()
    try:
        day = replace(day, plan=_edited(problem, _planned(day, problem, planner, args), args.moved))
        began = time.monotonic()
        after: list[float] = []
        curve = stability_curve(day, problem, planner, found=lambda _curve: after.append(time.monotonic() - began))
    finally:
        planner.close()
    print(f"{len(problem.terms)} stops on {len(problem.shifts)} vehicles: points after {', '.join(f'{at:.1f}' for at in after)} s")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    print(f"load {load:.1f}; cost before {curve.before.cost / 1e6:.0f}, {curve.before.unplanned} in the pool")
    rows = _rows(curve)
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    if args.json is not None:
        args.json.write_text(json.dumps({"seconds": after[-1], "after": after, "points": rows}, indent=1), "utf-8")
    return 0


def _first(problem: "DayProblem", stops: int) -> "DayProblem":
    """The day with so many of the stops that some vehicle can serve."""
    from app.services.planning_insertion import allowed

    tasks = [task for task in problem.problem.tasks if any(allowed(shift, task) for shift in problem.problem.shifts)][:stops]
    terms = {task.id: task for task in tasks}
    orders = {task: order for task, order in problem.orders.items() if task in terms}
    return replace(problem, problem=replace(problem.problem, tasks=tuple(tasks)), terms=terms, orders=orders, left_out={})


def _planned(day: "Day", problem: "DayProblem", planner: "Planner", args: argparse.Namespace) -> "Plan":
    """A plan of all orders but the last ones, which had not come in yet."""
    from app.domain.plans import Plan
    from app.services import planning

    known = problem.problem.tasks[: round(len(problem.problem.tasks) * (1 - NEW))]
    first = replace(problem.problem, tasks=known)
    solution = planner.start(first, seconds=args.seconds, threads=args.threads or 1, progress=lambda _: None).wait()
    judged = planning.judge(problem, solution, explain=False)
    return Plan(id=planning.proposal(day, problem, judged).plan, depot=day.depot.id, day=day.day, routes=judged.routes, unassigned=judged.unassigned, version=1)


def _edited(problem: "DayProblem", plan: "Plan", count: int) -> "Plan":
    """Some stops put into other routes where they fit there, the same ones each time."""
    from app.domain import plans
    from app.domain.errors import Malformed
    from app.services.planning_insertion import best_in, slack_of
    from app.services.planning_judging import start_of

    rng = random.Random(5)
    for _ in range(count * 20):
        source, target = rng.sample([route for route in plan.routes if route.stops], 2)
        stop, into = rng.choice(source.stops), start_of(target, problem)
        found = best_in(slack_of(problem.problem, problem.terms, problem.shifts[target.shift], into.steps), problem.terms, problem.terms[stop.tasks[0]])
        if found is not None:
            plan, count = plans.move(plan, [stop.id], target.id, found.position), count - 1
        if not count:
            return plan
    raise Malformed("plan_file.option_range", option="--moved", value=str(count))


def _rows(curve: "Curve") -> list[dict[str, Any]]:
    return [
        {
            "at_most": "free" if point.at_most is None else point.at_most,
            "moved": point.moved,
            "cost": round(point.totals.cost / 1e6),
            "saved": f"{curve.share_saved(point):.0%}",
            "late": point.totals.late,
            "unplanned": point.totals.unplanned,
            "broken": point.totals.violations,
            "knee": curve.knee is not None and point.at_most == curve.knee.at_most,
        }
        for point in curve.points
    ]
