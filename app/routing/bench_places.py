"""`main.py bench places`: how good and how fast an area's gazetteer is."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.ports.travel import Geocoder

NEAR_M = 250.0
"""An address is found at its own place within this distance: things of one address stand as far apart in the extracts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured; milliseconds, seconds and shares (0…1)."""

    area: str
    build_s: float
    addresses: int
    found_exact: float
    misses: tuple[str, ...]
    """Up to twenty addresses that were not found exact at their own place, with what came out."""
    locate_2000_s: float
    suggest_p50_ms: float
    suggest_p99_ms: float


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("extracts", nargs="+", metavar="FILE.osm.pbf", help="extracts to measure")
    parser.add_argument("--json", metavar="OUT", help="write the figures there")


def run(args: argparse.Namespace, doors: object) -> int:
    """Measures each extract; 1 where fewer than 99 % of the addresses are found."""
    import tempfile

    figures = []
    for name in args.extracts:
        with tempfile.TemporaryDirectory() as folder:
            figures.append(measure(Path(name), Path(folder)))
        sys.stdout.write(json.dumps(asdict(figures[-1]), ensure_ascii=False, indent=1) + "\n")
    if args.json:
        Path(args.json).write_text(json.dumps([asdict(each) for each in figures], ensure_ascii=False, indent=1), "utf-8")
    return 0 if all(each.found_exact >= 0.99 for each in figures) else 1


def measure(extract: Path, folder: Path) -> Figures:
    """Builds the index in `folder` and asks it."""
    from app.routing.places import build_places, open_geocoder
    from app.services.ports.travel import silent

    begun = time.perf_counter()
    count = build_places(extract, folder, silent)
    build_s = time.perf_counter() - begun
    geocoder = open_geocoder(folder)
    share, misses = found_again(extract, geocoder)
    p50, p99 = _suggesting(extract, geocoder)
    return Figures(
        area=extract.name,
        build_s=round(build_s, 2),
        addresses=count,
        found_exact=round(share, 4),
        misses=tuple(misses[:20]),
        locate_2000_s=round(_locating(extract, geocoder), 3),
        suggest_p50_ms=p50,
        suggest_p99_ms=p99,
    )


def found_again(extract: Path, geocoder: "Geocoder") -> tuple[float, list[str]]:
    """Every house number of the extract that names a street, looked up by its own words: the share found exact at its own place, and the others.

    Numbers that two houses farther apart than `NEAR_M` have in equal words count as found where they are said to be ambiguous.
    """
    from app.domain.address import Address, AddressState
    from app.domain.geo import Place, distance_m

    houses = [(house, Place(house.lat, house.lon)) for house in _houses(extract)]
    wishes = [Address(street=house.street, house=house.house, postcode=house.postcode, city=house.city) for house, _ in houses]
    misses = []
    for (_, place), wish, found in zip(houses, wishes, geocoder.locate(wishes), strict=True):
        exact = found.state is AddressState.EXACT and found.place is not None and distance_m(found.place, place) <= NEAR_M
        twice = found.state is AddressState.AMBIGUOUS and not found.doubt and any(distance_m(each.place, place) <= NEAR_M for each in found.candidates)
        if not exact and not twice:
            far = round(distance_m(found.place, place)) if found.place else None
            misses.append(f"{wish.line} → {found.state.value} {found.label} {far} {found.doubt or ''}")
    return 1 - len(misses) / max(1, len(wishes)), misses


def _houses(extract: Path) -> Sequence["RawHouse"]:
    from app.routing.places_read import read_extract
    from app.services.ports.travel import silent

    return [house for house in read_extract(extract, silent).houses if house.street]


def _locating(extract: Path, geocoder: "Geocoder") -> float:
    """Seconds to locate 2,000 one-line addresses of the extract (repeated with different units where it has fewer)."""
    from app.domain.address import Address

    lines = [f"{house.street} {house.house}, {house.postcode} {house.city}" for house in _houses(extract)] or ["Nowhere 1"]
    wishes = [Address(text=lines[at % len(lines)], unit=str(at)) for at in range(2_000)]
    begun = time.perf_counter()
    geocoder.locate(wishes)
    return time.perf_counter() - begun


def _suggesting(extract: Path, geocoder: "Geocoder") -> tuple[float, float]:
    """Median and 99th percentile of a suggestion in milliseconds, over every beginning of 150 addresses as they are typed."""
    lines = sorted({f"{house.street} {house.house}" for house in _houses(extract)})
    spans = []
    for line in lines[:: max(1, len(lines) // 150)]:
        for end in range(1, len(line) + 1):
            begun = time.perf_counter()
            geocoder.suggest(line[:end])
            spans.append((time.perf_counter() - begun) * 1000)
    spans.sort()
    return (round(spans[len(spans) // 2], 3), round(spans[int(len(spans) * 0.99)], 3)) if spans else (0.0, 0.0)


if TYPE_CHECKING:
    from app.routing.places_read import RawHouse
