"""`main.py bench area`: generates a plausible large city as an `.osm.pbf` file, where wanted with orders at its houses, for trying the program at scale."""

import argparse
import sys
import time
from pathlib import Path

_MAX_NODES, _MAX_ORDERS = 1_000_000, 20_000


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("out", metavar="OUT.osm.pbf", help="the file to write; an existing one is replaced")
    parser.add_argument("--nodes", type=_count, default=20_000, metavar="N", help="junctions of the road graph (100 to 1,000,000; within 10 %%)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same bytes")
    parser.add_argument("--center", type=_center, default=None, metavar="LAT,LON", help="where the city lies (in the open sea unless given)")
    parser.add_argument("--orders", type=_most, default=None, metavar="N", help="also writes so many orders at its houses, as OUT.csv")


def run(args: argparse.Namespace, doors: object) -> int:
    """Writes the file and says what is in it."""
    from app.routing.made_extract import CENTER, make_extract

    begun = time.perf_counter()
    out = Path(args.out)
    if not out.name.endswith(".pbf"):
        out = out.with_name(out.name + ".osm.pbf")
    houses = make_extract(out, args.nodes, args.seed, args.center or CENTER, lambda share, step: None)
    sys.stdout.write(f"{out}: {houses} house numbers, {out.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - begun:.1f} s\n")
    if args.orders is not None:
        from app.routing.made_orders import make_orders

        file = orders_of(out)
        sys.stdout.write(f"{file}: {make_orders(out, file, args.orders, args.seed)} orders\n")
    return 0


def orders_of(extract: Path) -> Path:
    """The order file that goes with a city."""
    return extract.with_name(extract.name.removesuffix(".pbf").removesuffix(".osm") + ".csv")


def _count(text: str) -> int:
    number = int(text)
    if not 100 <= number <= _MAX_NODES:
        raise argparse.ArgumentTypeError(f"{number} is not between 100 and {_MAX_NODES}")
    return number


def _most(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MAX_ORDERS:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and {_MAX_ORDERS}")
    return number


def _center(text: str) -> object:
    from app.domain.geo import Place

    try:
        lat, lon = (float(part) for part in text.split(","))
        place = Place(lat, lon)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: {error}") from error
    if abs(place.lat) > 80:
        raise argparse.ArgumentTypeError("the city must lie between 80° south and 80° north")
    return place
