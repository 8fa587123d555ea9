"""Time what would help orders that fit nowhere on a planned day, and check it: each remedy is done by the real commands in a database, and the day judged anew.

The demo day (or one as `main.py bench plan` takes) is planned on twenty vans; then orders are asked about that are impossible for one cause after another.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.cli.remedy_days import Fleet
    from app.domain.ids import TaskId
    from app.domain.orders import Order
    from app.domain.plans import Plan
    from app.domain.schedule import ShiftTerms
    from app.services.bus import Bus
    from app.services.planning import DayProblem, Judged
    from app.services.ports.store import Day, Store
    from app.services.ports.travel import Travel
    from app.services.problem import Problem
    from app.services.remedies_values import Remedy

VANS, ORDERS, SEED = 20, 50, 11


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench remedies`: those of `main.py bench plan`, and how many orders are asked about."""
    from app.cli import bench_day

    bench_day.configure(parser)
    parser.add_argument("--asked", type=int, default=ORDERS, metavar="N", help=f"orders that fit nowhere (default: {ORDERS})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"which orders (default: {SEED})")
    parser.set_defaults(seconds=8.0)


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans, asks, does, judges; prints the share that was helped and how long an answer took. With `--json` writes every one."""
    from app.cli import bench_day, plan
    from app.cli.remedy_days import fleet_of, left_out
    from app.services import planning
    from app.services.ports.travel import silent

    bench_day.settle(args, doors)
    day, _, _, area = plan.day_of(args, doors)
    travel = doors.areas().travel(area.name)
    fleet = fleet_of(day, VANS)
    problem = planning.day_problem(fleet.day, travel, report=silent)
    planner = doors.planner()
    try:
        planned = _planned(fleet, problem, planner, args)
        routes = {route.shift: planned_steps for route in planned.routes if (planned_steps := _steps(problem, route)) is not None}
        rows = _asked(doors, fleet, planned, travel, list(left_out(fleet, problem, routes, args.asked, args.seed)))
    finally:
        planner.close()
    _print(rows, len(problem.terms), len(problem.shifts))
    if args.json is not None:
        args.json.write_text(json.dumps(rows, indent=1), "utf-8")
    return 0


def _steps(problem: "DayProblem", route: Any) -> Any:
    from app.services.planning_judging import steps_of

    return steps_of(route, problem) if route.shift in problem.shifts else None


def _planned(fleet: "Fleet", problem: "DayProblem", planner: Any, args: argparse.Namespace) -> "Plan":
    from app.domain.plans import Plan
    from app.services import planning

    solution = planner.start(problem.problem, seconds=args.seconds, threads=args.threads or 1, progress=lambda _: None).wait()
    proposal = planning.proposal(fleet.day, problem, planning.judge(problem, solution, explain=False))
    left = tuple(each for each in proposal.unassigned)
    return Plan(id=proposal.plan, depot=fleet.day.depot.id, day=fleet.day.day, routes=proposal.routes, unassigned=left)


def _asked(doors: "Doors", fleet: "Fleet", planned: "Plan", travel: "Travel", orders: "list[tuple[str, Order]]") -> list[dict[str, Any]]:
    """Each order put into a book of its own day, asked about, helped, and taken back."""
    with tempfile.TemporaryDirectory() as folder, doors.store(Path(folder) / "bench.db") as store:
        bus = doors.bus(store)
        _fill(store, bus, fleet, planned)
        return [_one(doors, store, bus, fleet, travel, cause, order) for cause, order in orders]


def _fill(store: "Store", bus: "Bus", fleet: "Fleet", planned: "Plan") -> None:
    from app.services.commands import ApplyPlan, ImportFleet, ImportOrders

    day = fleet.day
    bus.do(ImportFleet(depots=(day.depot,), vehicles=fleet.vehicles, drivers=fleet.drivers, shifts=day.shifts))
    bus.do(ImportOrders(source="bench", orders=day.orders))
    wish = ApplyPlan(plan=planned.id, depot=planned.depot, day=planned.day, based_on=0, routes=planned.routes, unassigned=planned.unassigned)
    bus.do(wish)


def _one(doors: "Doors", store: "Store", bus: "Bus", fleet: "Fleet", travel: "Travel", cause: str, order: "Order") -> dict[str, Any]:
    from app.domain.orders import task_of
    from app.services import planning
    from app.services.commands import AddOrders
    from app.services.planning_judging import judged_plan
    from app.services.remedies_spare import spares

    bus.do(AddOrders(orders=(replace(order, source="desk"),)))
    day = store.reader().day(fleet.day.depot.id, fleet.day.day)
    problem = planning.day_problem(day, travel)
    judged = judged_plan(problem, day.plan)
    spare = spares(day, problem, *store.reader().fleet())
    with doors.planner().advise(planning.to_solve(problem, day.plan)) as advice:
        advice.places([task_of(order)])  # the child is warm where a person asks
        began = time.perf_counter()
        found = advice.remedies([task_of(order)], [each.terms for each in spare])[0]
        took = time.perf_counter() - began
    busy = _processor_time(planning.to_solve(problem, day.plan), task_of(order), [each.terms for each in spare])
    works = [_works(store, bus, fleet, travel, problem, judged, remedy, [each.shift for each in spare]) for remedy in found]
    bus.undo()
    kinds = [each.kind.value for each in found]
    return {"cause": cause, "order": order.number, "seconds": round(took, 4), "busy": round(busy, 4), "remedies": kinds, "works": works}


def _processor_time(problem: "Problem", task: "TaskId", spare: "list[ShiftTerms]") -> float:
    """Seconds of processor time for the same answer, which what else runs on the machine does not lengthen."""
    from app.services.advice import Adviser
    from app.services.advice_search import EveryPlace
    from app.services.remedies import remedies

    with Adviser(problem, EveryPlace) as adviser:
        began = time.thread_time()
        remedies(adviser, task, spare)
        return time.thread_time() - began


def _works(store: "Store", bus: "Bus", fleet: "Fleet", travel: "Travel", problem: "DayProblem", judged: "Judged", remedy: "Remedy", spare: list[Any]) -> bool:
    """Whether the order is in a route after the command, with no rule broken that was not; then one undo takes it back."""
    from app.services.remedying import command_of

    identity = fleet.day.depot.id, fleet.day.day
    bus.do(command_of(store.reader().day(*identity), problem, judged, remedy, spare))
    good = _judged(store.reader().day(*identity), travel, judged, remedy)
    bus.undo()
    return good


def _judged(day: "Day", travel: "Travel", before: "Judged", remedy: "Remedy") -> bool:
    from app.services import planning
    from app.services.advice_values import newly_broken

    after = planning.current(planning.day_problem(day, travel), day.plan)
    old = {line.shift: line for line in before.timelines.values()}
    planned = {task for route in after.routes for task in route.tasks}
    was = {task for route in before.routes for task in route.tasks}
    kept = all(not (newly_broken(old[line.shift], line) if line.shift in old else line.violations) for line in after.timelines.values())
    return kept and remedy.task in planned and not was - planned - set(remedy.pooled)


def _print(rows: list[dict[str, Any]], stops: int, vans: int) -> None:
    helped = sum(any(row["works"]) for row in rows)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    print(f"{stops} stops on {vans} vehicles; {len(rows)} orders that fit nowhere; load {load:.1f}")
    for cause in dict.fromkeys(row["cause"] for row in rows):
        of = [row for row in rows if row["cause"] == cause]
        kinds = Counter(kind for row in of for kind in row["remedies"])
        named = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(f"  {cause:14} {sum(any(row['works']) for row in of)} of {len(of)} helped   {named}")
    every = [good for row in rows for good in row["works"]]
    print(f"helped {helped} of {len(rows)} ({helped / max(1, len(rows)):.0%}); {sum(every)} of {len(every)} remedies work when done")
    for name, key in (("answer", "seconds"), ("processor time", "busy")):
        times = sorted(row[key] * 1e3 for row in rows)
        print(f"{name:15} p50 {statistics.median(times):5.0f} ms   p95 {times[int(len(times) * 0.95)]:5.0f} ms   worst {times[-1]:5.0f} ms")
