"""A town for a made-up day: places on an area's roads, in a few quarters and between them, and travel between them in one band of the day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from app.domain.errors import Refused
from app.domain.geo import Box, Place
from app.domain.roads import UNREACHABLE, Profile, TravelTable
from app.domain.units import day_origin
from app.services.ports.travel import Travel

DAY = date(2026, 11, 24)
NEAR_A_ROAD = 150
"""Metres that a drawn point may lie from a road."""
LOOKS = 2_000
"""Points drawn to find where the roads are."""
ROUNDS = 200
"""Times that points are drawn at most."""
QUARTERS = 6
ACROSS = 0.07
"""Degrees of latitude to each side of the middle in which stops lie, about 8 km."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Places that a road joins with the depot (row 0) both ways, and travel between them."""

    places: tuple[Place, ...]
    table: TravelTable


def town(rng: Random, travel: Travel, within: Box, zone: str, count: int) -> Town:
    """That many places besides the depot. Raises Refused where the area has too few that roads join."""
    places = _on_roads(rng, travel, within, count + count // 4 + 10)
    _enough(len(places), count)
    table = travel.table(places, Profile.VAN, origin=day_origin(DAY, ZoneInfo(zone)), zone=zone, bands=frozenset({"midday"}))
    depot = max(range(len(places)), key=lambda row: sum(_joined(table, row, other) for other in range(len(places))))
    rows = [depot, *(row for row in range(len(places)) if row != depot and _joined(table, depot, row))][: count + 1]
    _enough(len(rows), count)
    return Town(places=tuple(places[row] for row in rows), table=_part(table, rows))


def _enough(found: int, count: int) -> None:
    if found <= count:
        raise Refused("benches.few_places", found=found, needed=count + 1)


def _on_roads(rng: Random, travel: Travel, within: Box, count: int) -> list[Place]:
    """Points in quarters and between them, each moved onto the nearest road."""
    found: list[Place] = []
    middle = _middle(rng, travel, within)
    box = Box(middle.lat - ACROSS, middle.lon - 2 * ACROSS, middle.lat + ACROSS, middle.lon + 2 * ACROSS).within(within) or within
    quarters = [_anywhere(rng, box) for _ in range(QUARTERS)]
    for _ in range(ROUNDS):
        drawn = [place for place in (_drawn(rng, box, quarters) for _ in range(count)) if box.holds(place)]
        found += _near_roads(travel, drawn)
        if len(found) >= count:
            break
    return found[:count]


def _middle(rng: Random, travel: Travel, within: Box) -> Place:
    """The middle of the roads: single roads may lead far out of an extract."""
    near = _near_roads(travel, [_anywhere(rng, within) for _ in range(LOOKS)])
    if not near:
        return within.center
    return Place(median(place.lat for place in near), median(place.lon for place in near))


def _near_roads(travel: Travel, drawn: Sequence[Place]) -> list[Place]:
    snaps = travel.snaps(drawn, Profile.VAN)
    return [snap.place for snap in snaps if snap.place is not None and snap.meters is not None and snap.meters <= NEAR_A_ROAD]


def _anywhere(rng: Random, box: Box) -> Place:
    return Place(rng.uniform(box.south, box.north), rng.uniform(box.west, box.east))


def _drawn(rng: Random, box: Box, quarters: Sequence[Place]) -> Place:
    if rng.random() < 0.4:
        return _anywhere(rng, box)
    quarter = rng.choice(quarters)
    return Place(rng.gauss(quarter.lat, (box.north - box.south) / 16), rng.gauss(quarter.lon, (box.east - box.west) / 16))


def _joined(table: TravelTable, here: int, there: int) -> bool:
    durations, size = table.durations[0], table.size
    return durations[here * size + there] != UNREACHABLE and durations[there * size + here] != UNREACHABLE


def _part(table: TravelTable, rows: Sequence[int]) -> TravelTable:
    """The table of some of its rows."""
    durations = [table.durations[0][here * table.size + there] for here in rows for there in rows]
    distances = [table.distances[0][here * table.size + there] for here in rows for there in rows]
    return replace(table, size=len(rows), durations=(durations,), distances=(distances,))
