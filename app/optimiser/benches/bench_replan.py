"""Re-plan running days under time pressure: `main.py bench replan`.

Days of an area are planned and stopped where a part of their stops has been started (`running_days`). Then new orders come in for the next two hours, or a
closure makes every leg across a line two and a half times as long. Each engine has the same time on one thread, in a child process of its own; what
it answers is priced by `domain.schedule`. The reference is the house's engine without a price of change and with a minute. Peers must be installed.
"""

import argparse
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any, Protocol

from app.domain.units import COST_PER_MINOR, Cost
from app.optimiser.benches.replan_engines import ENGINES, Answer
from app.optimiser.benches.replan_race import EngineFailed, Verdict, judged, raced
from app.optimiser.benches.running_days import Running, Sizes, day, under_way, with_closure, with_urgent
from app.optimiser.benches.towns import Town, town
from app.optimiser.engine import Solve
from app.services.ports.travel import Areas, silent
from app.services.problem import Problem, Stability

DEMO = Path(__file__).resolve().parents[3] / "resources" / "demo" / "area" / "Helsinki.osm.pbf"
ZONE = "UTC"
REFERENCE = "reference"
SCENARIOS = ("urgent", "closure")
ENDLESS = 3_600.0
"""Seconds after which a plan counted in iterations would end too."""
LAMBDA_S = 300
"""Seconds of a driver's time that a stop's change of driver is worth."""
UNPRICED = ("keep", "greedy")
"""Those that look at no price of change run once."""


class Doors(Protocol):
    """What the bench needs of the program."""

    def areas(self) -> Areas:
        """The areas of the data folder."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One engine on one running day."""

    day: int
    scenario: str
    engine: str
    lambda_s: int
    answer: Answer | None
    verdict: Verdict | None
    reference: Verdict | None
    error: str = ""

    @property
    def gap(self) -> float | None:
        """Percent over the reference, orders left out at their price."""
        return _over(self.verdict.whole, self.reference.whole) if self.verdict and self.reference else None

    @property
    def gap_saveable(self) -> float | None:
        """The same of what a plan can influence: without the time spent at stops."""
        return _over(self.verdict.saveable, self.reference.saveable) if self.verdict and self.reference else None

    def as_json(self) -> dict[str, Any]:
        """The row of the file; costs in minor units."""
        verdict = self.verdict
        costs = {name: getattr(verdict, name) / COST_PER_MINOR for name in ("cost", "left_cost", "service_cost", "whole")} if verdict else {}
        counts = {name: getattr(verdict, name) for name in ("urgent_missing", "others_missing", "moved", "reordered", "broken")} if verdict else {}
        return {
            "day": self.day,
            "scenario": self.scenario,
            "engine": self.engine,
            "lambda_s": self.lambda_s,
            **costs,
            "gap": _rounded(self.gap),
            "gap_saveable": _rounded(self.gap_saveable),
            **counts,
            "first_s": self.answer.first_s if self.answer else None,
            "seconds": self.answer.seconds if self.answer else None,
            "routes": {shift: [step.task for step in steps] for shift, steps in self.answer.routes.items()} if self.answer else None,
            "error": self.error or None,
        }

    def line(self) -> str:
        """The row of the table."""
        head = f"{self.day:>3}  {self.scenario:8} {self.engine:10} {self.lambda_s:>6}"
        verdict, answer = self.verdict, self.answer
        if verdict is None or answer is None:
            return f"{head}  {self.error}"
        missing = f"{verdict.urgent_missing} + {verdict.others_missing}"
        first = "–" if answer.first_s is None else f"{1_000 * answer.first_s:.0f}"
        costs = f"{verdict.cost / COST_PER_MINOR / 100:>9.2f} {_shown(self.gap):>7} {_shown(self.gap_saveable):>9}"
        return f"{head} {costs} {missing:>9} {verdict.moved:>6} {verdict.reordered:>6} {verdict.broken:>7} {first:>9} {answer.seconds:>8.2f}"


HEADING = "day  scenario engine     λ s         cost   gap %  saveable   missing  moved  order  broken  first ms  seconds"
EXPLAINED = """\
λ: seconds of driver time per stop moved to another driver · cost: of the routes · gap: over the reference, orders left out at their price
saveable: the same without the time spent at stops · missing: urgent + other orders left out · order: stops out of their old order"""


def _over(cost: int, reference: int) -> float:
    return 100 * (cost - reference) / max(1, reference)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _shown(number: float | None) -> str:
    return "–" if number is None else f"{number:+.2f}"


# Command -------------------------------------------------------------------------------------------------------------


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench replan`."""
    usual = Sizes()
    parser.add_argument("--area", default=str(DEMO), metavar="NAME|FILE", help="a known area, an .osm.pbf file, or one of the folder that DOORSTEP_AREAS names")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first day; each number is always the same day (default: 1)")
    parser.add_argument("--days", type=int, default=3, metavar="N", help="how many days (default: 3)")
    parser.add_argument("--stops", type=int, default=usual.stops, metavar="N", help="stops of a day (default: %(default)s)")
    parser.add_argument("--vans", type=int, default=usual.vans, metavar="N", help="vans of a day (default: %(default)s)")
    parser.add_argument("--started", type=float, default=usual.started, metavar="SHARE", help="part of the stops that has been started (default: %(default)s)")
    parser.add_argument("--urgent", type=int, default=usual.urgent, metavar="N", help="new orders (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=1.0, metavar="N", help="what each engine has (default: 1)")
    parser.add_argument("--plan-iterations", type=int, default=100_000, metavar="N", help="what the day's first plan is searched (default: %(default)s)")
    parser.add_argument("--reference-seconds", type=float, default=60.0, metavar="N", help="what the reference has (default: 60)")
    parser.add_argument("--scenario", choices=SCENARIOS, action="append", help="only this one (may be repeated)")
    parser.add_argument("--engine", choices=tuple(ENGINES), action="append", help="only this one (may be repeated)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="writes the figures as JSON too")


def run(args: argparse.Namespace, doors: Doors) -> int:
    """Makes the days, lets every engine re-plan them, and prints what came of it."""
    sizes = Sizes(stops=args.stops, vans=args.vans, started=args.started, urgent=args.urgent)
    area = doors.areas().open(_area(args.area), report=silent)
    travel = doors.areas().travel(area.name)
    print(HEADING)
    rows: list[Row] = []
    for number in range(args.seed, args.seed + args.days):
        rng = Random(number)
        made = town(rng, travel, area.bounds, ZONE, sizes.stops + sizes.urgent)
        running = planned_and_started(day(rng, made, sizes, ZONE), sizes, args.plan_iterations)
        for row in replanned(number, happened(rng, running, made, sizes, args.scenario or SCENARIOS), args):
            print(row.line(), flush=True)
            rows.append(row)
    print("\n".join(["", *means(rows), "", EXPLAINED]))
    if args.json is not None:
        args.json.write_text(json.dumps(_figures(rows, args, area.title), indent=1), "utf-8")
    return 0


def _area(asked: str) -> str:
    """The file of that name in the folder of the environment, where there is one; else what was asked."""
    folder = os.environ.get("DOORSTEP_AREAS")
    file = Path(folder or ".") / f"{asked}.osm.pbf"
    return str(file) if folder and file.is_file() else asked


def planned_and_started(problem: Problem, sizes: Sizes, iterations: int) -> Running:
    """The day planned by the house's engine, and under way: counted in iterations, so that a number is the same day on every machine."""
    solution = Solve(problem, seconds=ENDLESS, iterations=iterations, engine="core").run(lambda _: None)
    return under_way(problem, solution.routes, sizes.started)


def happened(rng: Random, running: Running, made: Town, sizes: Sizes, scenarios: Sequence[str]) -> Mapping[str, Running]:
    """What each scenario makes of the day."""
    found = {"urgent": with_urgent(rng, running, sizes.urgent), "closure": with_closure(rng, running, made.places)}
    return {name: found[name] for name in SCENARIOS if name in scenarios}


def replanned(number: int, days: Mapping[str, Running], args: argparse.Namespace) -> Iterator[Row]:
    """The rows of one day: for each scenario the reference, then every engine without and with a price of change."""
    for scenario, running in days.items():
        reference = _row(number, scenario, running, "core", 0, args.reference_seconds, None)
        yield replace(reference, engine=REFERENCE)
        for price in (0, LAMBDA_S):
            for engine in args.engine or ENGINES:
                if not price or engine not in UNPRICED:
                    yield _row(number, scenario, running, engine, price, args.seconds, reference.verdict)


def _row(number: int, scenario: str, running: Running, engine: str, lambda_s: int, seconds: float, reference: Verdict | None) -> Row:
    price = Cost(lambda_s * 1_000 * max(shift.milli_price for shift in running.problem.shifts))
    asked = replace(running.problem, stability=Stability(per_driver_change=price))
    try:
        answer = raced(engine, asked, seconds)
    except EngineFailed as failed:
        return Row(day=number, scenario=scenario, engine=engine, lambda_s=lambda_s, answer=None, verdict=None, reference=reference, error=str(failed))
    verdict = judged(running, answer.routes)
    return Row(day=number, scenario=scenario, engine=engine, lambda_s=lambda_s, answer=answer, verdict=verdict, reference=reference or verdict)


def means(rows: Sequence[Row]) -> list[str]:
    """A line for each scenario, engine and price: mean gaps, and what is missing and moved on each day."""
    lines = []
    for key in dict.fromkeys((row.scenario, row.lambda_s, row.engine) for row in rows if row.engine != REFERENCE):
        own = [row for row in rows if (row.scenario, row.lambda_s, row.engine) == key and row.verdict is not None]
        if own:
            lines.append(_mean_line(key, own))
    return lines


def _mean_line(key: tuple[str, int, str], own: Sequence[Row]) -> str:
    verdicts = [row.verdict for row in own if row.verdict is not None]
    gap, saveable = mean(row.gap or 0.0 for row in own), mean(row.gap_saveable or 0.0 for row in own)
    missing = "/".join(str(each.urgent_missing + each.others_missing) for each in verdicts)
    moved = "/".join(str(each.moved) for each in verdicts)
    return f"{key[0]:8} λ {key[1]:>3} s  {key[2]:10} mean gap {gap:+7.2f} %, saveable {saveable:+7.2f} %, missing {missing}, moved {moved}"


def _figures(rows: Sequence[Row], args: argparse.Namespace, title: str) -> dict[str, Any]:
    sizes = asdict(Sizes(stops=args.stops, vans=args.vans, started=args.started, urgent=args.urgent))
    times = {"seconds": args.seconds, "plan_iterations": args.plan_iterations, "reference_seconds": args.reference_seconds}
    return {"area": title, "seed": args.seed, "days": args.days, "sizes": sizes, **times, "rows": [row.as_json() for row in rows]}
