"""Compare the engine and its peers on instances of the literature: `main.py bench vrptw|pdp|rich FILES`.

FILES are paths, or names or patterns ("RC1_2_3", "homberger_200/R1*") in the folder that the variable DOORSTEP_VRP names. Every plan is checked anew. Costs are
as the literature lists them: vrptw Solomon and Gehring & Homberger with distances cut off after one decimal (DIMACS 2022), files with a matrix by their
matrix; pdp fewer vehicles first, then unrounded distance (SINTEF); rich as PyVRP's instances count them. A client's number is its row after the depot's;
in a route, 0 stands where a vehicle loads again.
"""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.optimiser.benches.instance import Instance
    from app.optimiser.benches.reading import Known
    from app.optimiser.benches.report import Row

ENGINES = ("core", "auto", "pyvrp", "pyvrp-quick", "ortools", "ortools-savings", "vroom")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the three benches."""
    parser.add_argument("files", nargs="+", metavar="FILES", help="instance files, or names or patterns in the folder that DOORSTEP_VRP names")
    parser.add_argument("--seconds", type=_seconds, default=10.0, metavar="N", help="time of each engine on each instance (10)")
    parser.add_argument("--threads", type=_threads, default=1, metavar="N", help="searching threads of the engines that can use several (1)")
    parser.add_argument("--engine", default="core", metavar="NAMES", type=_engines, help=f"one or several with commas: {', '.join(ENGINES)} (core)")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall", help="what the seconds are of: the wall's, or the processor's a thread (wall)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of the engines that have one (1)")
    parser.add_argument("--stalls", action="store_true", help="also how long the engine's own process stands still: the worst delay of a beat of 10 ms")
    parser.add_argument("--json", type=Path, metavar="OUT", help="writes the rows as JSON")


def _engines(words: str) -> list[str]:
    names = words.split(",")
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(ENGINES)}")
    return names


def _seconds(word: str) -> float:
    if not 0 < (found := float(word)) < 86_400:
        raise ValueError
    return found


def _threads(word: str) -> int:
    if not 1 <= (found := int(word)) <= 256:
        raise ValueError
    return found


def run(args: argparse.Namespace, _doors: object) -> int:
    """Runs every engine on every instance, one after the other; 1 where any has no sound plan."""
    from app.optimiser.benches.reading import find, known, read
    from app.optimiser.benches.report import heading, means

    files = find(args.files, args.bench)
    rows: list[Row] = []
    print(heading(), flush=True)
    for file in files:
        instance = read(file)
        listed = known(instance)
        for engine in args.engine:
            rows.append(_row(args, instance, listed, engine))
            print(rows[-1].line(), flush=True)
            if args.json is not None:
                args.json.write_text(json.dumps([row.as_json() for row in rows]), "utf-8")
    for line in means(rows):
        print(line)
    return 0 if all(row.sound for row in rows) else 1


def _row(args: argparse.Namespace, instance: "Instance", listed: "Known | None", engine: str) -> "Row":
    from app.optimiser.benches.check import check
    from app.optimiser.benches.race import Order, race
    from app.optimiser.benches.report import Row

    order = Order(file=instance.file, engine=engine, seconds=args.seconds, threads=args.threads, clock=args.clock, seed=args.seed, stalls=args.stalls)
    outcome = race(order)
    verdict = check(instance, outcome.plan) if outcome.plan else None
    return Row(instance=instance, order=order, outcome=outcome, verdict=verdict, known=listed)
