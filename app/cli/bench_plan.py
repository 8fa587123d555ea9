"""Time a plan: when the first complete plan is there, and what plans cost as the seconds pass.

The demo day is planned, one in a made-up city (`--city 20000 --stops 1000 --vans 40`), or a day of your own with `--orders` and `--area`. Times count from
asking, the travel times included, which a second run finds in the data folder.
"""

import argparse
import json
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.services.problem import Progress


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench plan`: those of `main.py plan`, with the demo day as what is planned."""
    from app.cli import bench_day

    bench_day.configure(parser)
    parser.set_defaults(seconds=20.0)


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans once and prints each better plan; with `--json` writes them too."""
    from app.cli import bench_day, plan
    from app.services import planning
    from app.services.ports.travel import silent

    bench_day.settle(args, doors)
    day, _, _, area = plan.day_of(args, doors)
    travel, planner = doors.areas().travel(area.name), doors.planner()
    planner.prepare()  # as the window does
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
    solution = planner.start(planning.to_solve(problem, None), seconds=args.seconds, threads=threads, progress=progress).wait()
    judged = planning.judge(problem, solution)
    figures = {"tables_s": round(tables_s, 3), "first_s": curve[0]["after_s"] if curve else None, "cost": judged.totals.cost, "curve": curve}
    print(f"travel times {tables_s:.2f} s, first complete plan after {figures['first_s']} s, {judged.totals.planned} planned, {judged.totals.late} late")
    if args.json is not None:
        args.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0
