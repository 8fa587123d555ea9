"""Time a plan: when the first complete plan is there, and what plans cost as the seconds pass.

With `--orders` and `--area` a real day is planned (the demo day unless given); times count from asking, the travel times included.
"""

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.services.problem import Progress

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench plan`: those of `main.py plan`, with the demo day as what is planned."""
    from app.cli import plan

    plan.configure(parser)
    for action in parser._actions:
        action.required = False
    parser.set_defaults(orders=DEMO / "orders.csv", area=str(DEMO / "area" / "Helsinki.osm.pbf"), seconds=20.0)


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans once and prints each better plan; with `--json` writes them too."""
    from app.cli import plan
    from app.services import planning
    from app.services.ports.travel import silent

    if args.fleet is None and args.vans is None:
        args.fleet = DEMO / "fleet.csv"
    day, _, _, area = plan.day_of(args, doors)
    travel = doors.areas().travel(area.name)
    began = time.monotonic()
    problem = planning.day_problem(day, travel, report=silent)
    tables_s = time.monotonic() - began
    curve: list[dict[str, Any]] = []

    def progress(each: "Progress") -> None:
        if each.best is not None:
            planned = sum(len(route.steps) for route in each.best.routes)
            curve.append({"after_s": round(time.monotonic() - began, 3), "cost": each.cost, "planned": planned, "left": len(each.best.unplanned)})
            print(f"{curve[-1]['after_s']:8.2f} s  cost {(each.cost or 0) / 1e6:14.0f}  planned {planned:5}  left over {len(each.best.unplanned)}")

    settings = doors.settings.planning
    threads = settings.threads if args.threads is None else args.threads
    solution = doors.planner().start(planning.to_solve(problem, None), seconds=args.seconds, threads=threads, progress=progress).wait()
    judged = planning.judge(problem, solution)
    figures = {"tables_s": round(tables_s, 3), "first_s": curve[0]["after_s"] if curve else None, "cost": judged.totals.cost, "curve": curve}
    print(f"travel times {tables_s:.2f} s, first complete plan after {figures['first_s']} s, {judged.totals.planned} planned, {judged.totals.late} late")
    if args.json is not None:
        args.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0
