"""The days that benches plan: the demo day, or one in a made-up city, kept in the data folder so that a second run has area and travel times."""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.cli.doors import Doors

MAIN = Path(__file__).resolve().parents[2] / "main.py"
DEMO = MAIN.parent / "resources" / "demo"
DEMO_DEPOT = "60.16441,24.943583"
CITY_CENTER = "40.0,-35.0"
VANS = 40


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py plan`, none of them needed, and those of the made-up day."""
    from app.cli import plan

    plan.configure(parser)
    for action in parser._actions:
        action.required = False
    group = parser.add_argument_group("a made-up day, instead of --orders and --area")
    group.add_argument("--city", type=int, metavar="NODES", help="in a made-up city of so many junctions, in the data folder; its vans start in the middle")
    group.add_argument("--stops", type=int, metavar="N", help="orders in it (default: 1000)")


def settle(args: argparse.Namespace, doors: "Doors") -> None:
    """Fills in what was not said: the made-up city's files, else the demo day's."""
    if args.city is not None:
        _settle_city(args, doors)
        return
    args.orders = args.orders or DEMO / "orders.csv"
    args.area = args.area or str(DEMO / "area" / "Helsinki.osm.pbf")
    if args.fleet is None and args.vans is None:
        args.fleet = DEMO / "fleet.csv"
    if args.fleet is None:
        args.depot, args.zone = args.depot or DEMO_DEPOT, args.zone or "Europe/Helsinki"


def _settle_city(args: argparse.Namespace, doors: "Doors") -> None:
    stops = args.stops or 1_000
    city = doors.folder / "bench" / f"city-{args.city}-{stops}.osm.pbf"
    args.orders, args.area = city.with_name(f"city-{args.city}-{stops}.csv"), str(city)
    args.depot, args.zone = args.depot or CITY_CENTER, args.zone or "UTC"
    args.day, args.load = args.day or "2026-11-23", args.load or "600kg"
    args.vans = args.vans or VANS
    if not args.orders.is_file():
        city.parent.mkdir(parents=True, exist_ok=True)
        make = ["bench", "area", str(city), f"--nodes={args.city}", f"--orders={stops}", f"--center={CITY_CENTER}"]
        subprocess.run([sys.executable, str(MAIN), *make], check=True)
