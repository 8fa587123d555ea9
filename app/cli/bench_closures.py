"""Time what random closures do to a planned day: whom they meet, and the new times; every path is checked against every closure in force."""

import argparse
import json
import os
import statistics
import time
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.domain.geo import Box, Place
    from app.domain.roads import Closure
    from app.services.closing_effects import Leg
    from app.services.planning import DayProblem
    from app.services.ports.store import Day
    from app.services.ports.travel import Travel

ROUNDS, CLOSURES, SEED = 20, 5, 3


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench plan`, and how many closures are drawn how often."""
    from app.cli import bench_day

    bench_day.configure(parser)
    parser.add_argument("--closures", type=int, default=CLOSURES, metavar="N", help=f"closures at once (default: {CLOSURES})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"how often others are drawn (default: {ROUNDS})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"which closures (default: {SEED})")
    parser.set_defaults(seconds=3.0)


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans the day, closes roads, prints the figures; with `--json` writes every round. 1 where a path leads through a closure."""
    from app.cli import bench_day, plan
    from app.domain.geo import Box
    from app.services import planning

    bench_day.settle(args, doors)
    day, _, _, area = plan.day_of(args, doors)
    travel = doors.areas().travel(area.name)
    problem = planning.day_problem(day, travel)
    day = _planned(day, problem, doors, args)
    dice, box = Random(args.seed), Box.around(problem.places)
    rows = [_round(day, problem, travel, [_closure(dice, box, travel, day, nth) for nth in range(args.closures)]) for _ in range(args.rounds)]
    _print(rows, len(problem.terms), args.closures)
    if args.json is not None:
        args.json.write_text(json.dumps(rows, indent=1), "utf-8")
    return 1 if any(row["through"] for row in rows) else 0


def _planned(day: "Day", problem: "DayProblem", doors: "Doors", args: argparse.Namespace) -> "Day":
    from app.domain.plans import Plan
    from app.services import planning

    planner = doors.planner()
    try:
        solution = planner.start(problem.problem, seconds=args.seconds, threads=args.threads or 1, progress=lambda _: None).wait()
    finally:
        planner.close()
    made = planning.proposal(day, problem, planning.judge(problem, solution, explain=False))
    return replace(day, plan=Plan(id=made.plan, depot=day.depot.id, day=day.day, routes=made.routes, unassigned=made.unassigned))


def _closure(dice: Random, box: "Box", travel: "Travel", day: "Day", number: int) -> "Closure":
    """A road, a line or an area some hundred metres wide; every second one for the whole day, the others for some hours."""
    from app.domain.geo import Place
    from app.domain.ids import ClosureId
    from app.domain.roads import Closure, Profile
    from app.domain.units import day_origin

    def spot(near: "Place | None" = None) -> "Place":
        if near is not None:
            return Place(near.lat + dice.uniform(-0.002, 0.002), near.lon + dice.uniform(-0.004, 0.004))
        return Place(dice.uniform(box.south, box.north), dice.uniform(box.west, box.east))

    first, kind = spot(), dice.choice(("road", "line", "ring"))
    road = travel.stretch(first, Profile.VAN) if kind == "road" else ()
    points = road or (first, spot(first)) if kind != "ring" else (first, spot(first), spot(first), first)
    begins = day_origin(day.day, _zone(day)) + timedelta(hours=dice.uniform(7, 12)) if number % 2 else None
    ends = begins + timedelta(hours=dice.uniform(0.5, 4)) if begins is not None else None
    return Closure(id=ClosureId(f"closure {number}"), points=points, roads=(road,) if road else (), begins=begins, ends=ends)


def _zone(day: "Day") -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(day.depot.zone)


def _round(day: "Day", problem: "DayProblem", travel: "Travel", closures: "list[Closure]") -> dict[str, Any]:
    from app.domain.errors import Refused
    from app.services import planning
    from app.services.closing_effects import crossings, impact, legs_of
    from app.services.closing_times import on_changed_roads

    began = time.perf_counter()
    judged = planning.current(problem, day.plan)
    met = crossings(day, problem, judged, travel, closures)
    affected = time.perf_counter()
    closed = replace(day, closures=tuple(closures))
    soon = impact(judged, met, planning.current(on_changed_roads(day, closed, problem, judged, travel), day.plan))
    quick = time.perf_counter()
    try:
        behind = planning.day_problem(closed, travel)
    except Refused:
        return {
            "affected_ms": round((affected - began) * 1000, 1),
            "times_ms": round((quick - affected) * 1000, 1),
            "tables_ms": None,
            "equal": True,
            "legs": len(met),
            "lost": 0,
            "late": 0,
            "checked": 0,
            "through": 0,
        }
    now = planning.current(behind, day.plan)
    done = time.perf_counter()
    found = impact(judged, met, now)
    legs = legs_of(closed, behind, now.routes, now.timelines)
    checked = [_through(leg, behind, closed, travel, closures) for leg in legs]
    return {
        "affected_ms": round((affected - began) * 1000, 1),
        "times_ms": round((quick - affected) * 1000, 1),
        "tables_ms": round((done - quick) * 1000, 1),
        "equal": (soon.more, soon.late, soon.lost) == (found.more, found.late, found.lost),
        "legs": found.legs,
        "lost": found.lost,
        "late": found.late,
        "checked": sum(each is not None for each in checked),
        "through": sum(each is True for each in checked),
    }


def _through(leg: "Leg", problem: "DayProblem", day: "Day", travel: "Travel", closures: "list[Closure]") -> bool | None:
    """Whether the path of a leg leads through a closure in force while it is driven; None where no road leads at all."""
    from bisect import bisect_right

    from app.domain.closing import barrier, concerns, in_force
    from app.domain.units import from_clock
    from app.services.closing_effects import on_the_road

    shift = next(route.shift for route in day.plan.routes if route.id == leg.route) if day.plan is not None else None
    if shift is None:
        return None
    table = problem.problem.travel[problem.shifts[shift].travels]
    around = table.closed[max(0, bisect_right(table.begins, leg.leaves) - 1)] if table.closed else frozenset()
    shape = travel.shape(leg.places, leg.profile, closures=[each for each in closures if each.id in around])
    if shape.source != "roads":
        return None
    begins, ends = from_clock(leg.leaves, problem.origin), from_clock(leg.arrives, problem.origin)
    held = [each for each in closures if concerns(each, leg.profile, leg.weighs) and in_force(each, begins, ends, day.depot.zone)]
    return any(barrier(each).met_by(on_the_road(line)) for each in held for line in shape.legs)


def _print(rows: list[dict[str, Any]], stops: int, closures: int) -> None:
    whole = [row["affected_ms"] + row["times_ms"] for row in rows]
    tables = [row["tables_ms"] for row in rows if row["tables_ms"] is not None]
    print(f"{stops} stops, {closures} closures, {len(rows)} rounds, {os.cpu_count()} cores")
    for name, figures in (
        ("affected", [row["affected_ms"] for row in rows]),
        ("new times", [row["times_ms"] for row in rows]),
        ("together", whole),
        ("tables", tables),
    ):
        ordered = sorted(figures)
        print(f"{name:10}  p50 {statistics.median(ordered):7.0f} ms  p95 {ordered[int(0.95 * (len(ordered) - 1))]:7.0f} ms  worst {ordered[-1]:7.0f} ms")
    print(f"times at once equal to those of whole tables in {sum(row['equal'] for row in rows)} of {len(rows)} rounds")
    print(f"paths checked {sum(row['checked'] for row in rows)}, through a closure in force {sum(row['through'] for row in rows)}")
