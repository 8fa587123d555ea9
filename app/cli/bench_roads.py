"""Travel times and distances between the points of a CSV file, to JSON.

`seconds` and `meters` are square tables in the order of the file, null where no road leads. `elapsed_s` is what finding them took: snapping the points to
the roads, and the table of times and metres of the quickest ways; reading the area and preparing the band are not in it. `--against` compares with
the table of any other engine for the same points: a JSON file with `seconds` or `durations`.
"""

import argparse
import csv
import json
import math
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import Malformed
from app.domain.geo import Place
from app.domain.roads import DAY_BANDS, UNREACHABLE, Profile, TravelTable

if TYPE_CHECKING:
    from app.cli.doors import Doors

_COLUMNS = ("lat", "lon")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench roads`."""
    parser.add_argument("--area", required=True, help="an area's name, or an .osm.pbf file")
    parser.add_argument("--points", required=True, type=Path, metavar="FILE.csv", help="points, columns lat and lon in degrees")
    parser.add_argument("--json", required=True, type=Path, metavar="OUT", help="where the tables go")
    parser.add_argument("--profile", default=Profile.VAN.value, choices=[each.value for each in Profile], help="kind of vehicle (van)")
    parser.add_argument("--band", default="midday", choices=[each.name for each in DAY_BANDS], help="band of the day whose speeds hold (midday: calm traffic)")
    parser.add_argument(
        "--against", type=Path, metavar="PEER.json", help="compare with another engine's table: seconds or durations, in the order of the points"
    )


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Writes the tables and says what they took and how they compare."""
    places = read_points(args.points)
    area = doors.areas().open(args.area)
    travel = doors.areas().travel(area.name)
    origin = doors.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    table = travel.table(places, Profile(args.profile), origin=origin, zone="UTC", bands=frozenset({args.band}), fresh=True)
    found = as_json(table, args.band)
    args.json.write_text(json.dumps(found), "utf-8")
    print(f"{len(places)} x {len(places)} points, {table.source}, {args.band}: {found['elapsed_s']:.3f} s")
    if args.against:
        for line in compared(found["seconds"], read_peer(args.against, len(places))):
            print(line)
    return 0


def read_points(file: Path) -> list[Place]:
    """The points of a CSV file. Raises Malformed with the row that cannot be read."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("roads.points_missing", file=file.name, columns="–") from error
    rows = csv.DictReader(text.splitlines())
    names = {name.strip().lower(): name for name in rows.fieldnames or ()}
    if not all(name in names for name in _COLUMNS):
        raise Malformed("roads.points_missing", file=file.name, columns=", ".join(names) or "–")
    places = [_place(row, names, number, file) for number, row in enumerate(rows, 2)]
    if not places:
        raise Malformed("roads.points_none", file=file.name)
    return places


def _place(row: dict[str, str], names: dict[str, str], number: int, file: Path) -> Place:
    try:
        return Place(*(float(row[names[name]]) for name in _COLUMNS))
    except (TypeError, ValueError) as error:
        raise Malformed("roads.points_bad", file=file.name, row=number) from error


def as_json(table: TravelTable, band: str) -> dict[str, Any]:
    """The first band of a table as rows of seconds and metres, null where no road leads."""
    size = table.size
    seconds = [[None if ms == UNREACHABLE else ms / 1000 for ms in table.durations[0][row * size : (row + 1) * size]] for row in range(size)]
    meters = [[None if m == UNREACHABLE else m for m in table.distances[0][row * size : (row + 1) * size]] for row in range(size)]
    return {"seconds": seconds, "meters": meters, "elapsed_s": round(table.elapsed_s, 4), "profile": table.profile.value, "band": band, "source": table.source}


def read_peer(file: Path, size: int) -> list[list[float | None]]:
    """Another engine's table of seconds. Raises Malformed where it is not for as many points."""
    try:
        said = json.loads(file.read_text("utf-8"))
        rows = said["seconds"] if "seconds" in said else said["durations"]
        sizes = {len(row) for row in rows} | {len(rows)}
    except (ValueError, KeyError, TypeError) as error:
        raise Malformed("roads.peer_size", file=file.name, peer=0, count=size) from error
    if sizes != {size}:
        raise Malformed("roads.peer_size", file=file.name, peer=len(rows), count=size)
    return list(rows)


def compared(ours: Sequence[Sequence[float | None]], peers: Sequence[Sequence[float | None]]) -> list[str]:
    """Correlation, median error and bias over the pairs that both engines answer; the way from a point to itself does not count."""
    pairs = [
        (a, b)
        for row, (mine, theirs) in enumerate(zip(ours, peers, strict=True))
        for column, (a, b) in enumerate(zip(mine, theirs, strict=True))
        if row != column and a and b
    ]
    only_ours = sum(1 for mine, theirs in zip(ours, peers, strict=True) for a, b in zip(mine, theirs, strict=True) if a is not None and b is None)
    only_peer = sum(1 for mine, theirs in zip(ours, peers, strict=True) for a, b in zip(mine, theirs, strict=True) if a is None and b is not None)
    if len(pairs) < 2:
        return ["no pair of points is answered by both"]
    mine, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    errors = sorted(abs(a / b - 1) for a, b in pairs)
    return [
        f"pairs {len(pairs)}, only here {only_ours}, only there {only_peer}",
        "correlation –, all times are equal" if min(len(set(mine)), len(set(theirs))) < 2 else f"correlation {statistics.correlation(mine, theirs):.4f}",
        f"median error {100 * statistics.median(errors):.2f} %, 90th percentile {100 * errors[math.ceil(0.9 * len(errors)) - 1]:.2f} %",
        f"bias {100 * (sum(mine) / sum(theirs) - 1):+.2f} %",
    ]
