"""`main.py bench area`: generates a plausible large city as an `.osm.pbf` file, for trying the program at scale."""

import argparse
import sys
import time
from pathlib import Path

_MAX_NODES = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("out", metavar="OUT.osm.pbf", help="the file to write; an existing one is replaced")
    parser.add_argument("--nodes", type=_count, default=20_000, metavar="N", help="junctions of the road graph (100 to 1,000,000; within 10 %%)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same bytes")
    parser.add_argument("--center", type=_center, default=None, metavar="LAT,LON", help="where the city lies (in the open sea unless given)")


def run(args: argparse.Namespace, doors: object) -> int:
    """Writes the file and says what is in it."""
    from app.routing.made_extract import CENTER, make_extract

    begun = time.perf_counter()
    out = Path(args.out)
    if not out.name.endswith(".pbf"):
        out = out.with_name(out.name + ".osm.pbf")
    houses = make_extract(out, args.nodes, args.seed, args.center or CENTER, lambda share, step: None)
    sys.stdout.write(f"{out}: {houses} house numbers, {out.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - begun:.1f} s\n")
    return 0


def _count(text: str) -> int:
    number = int(text)
    if not 100 <= number <= _MAX_NODES:
        raise argparse.ArgumentTypeError(f"{number} is not between 100 and {_MAX_NODES}")
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
