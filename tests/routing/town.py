"""Tiny towns as real extracts: corners in metres east and north of latitude 0, longitude 0, where a degree is as long either way.

Streets carry `maxspeed=45` unless a test says otherwise: a van drives 0.8 × 45 = 36 km/h there, so 100 m take 10 s.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import pi
from pathlib import Path

import osmium
import osmium.osm.mutable as osm

from app.domain.geo import EARTH_RADIUS_M, Place
from app.routing.roads import RoadTravel, build_roads
from app.services.ports.travel import silent

METERS_PER_DEGREE = pi * EARTH_RADIUS_M / 180
STREET = {"highway": "residential", "maxspeed": "45"}


@dataclass(frozen=True)
class Street:
    """A way through named corners."""

    corners: str
    """Names of corners, one letter each."""
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """A turn restriction between streets (numbers in the order drawn) over a corner or a street."""

    kind: str
    start: int
    via: str | int
    end: int
    tags: Mapping[str, str]


def at(east: float, north: float) -> Place:
    """The place so many metres east and north."""
    return Place(north / METERS_PER_DEGREE, east / METERS_PER_DEGREE)


def street(corners: str, **tags: str) -> Street:
    """A street; `_` in a tag's name stands for a colon. `highway=None` is not possible: it is always a road."""
    return Street(corners, {**STREET, **{key.replace("__", ":"): value for key, value in tags.items()}})


def rule(kind: str, start: int, via: str | int, end: int, **tags: str) -> Rule:
    """A restriction such as `no_left_turn`."""
    return Rule(kind, start, via, end, tags)


def draw_extract(
    file: Path, corners: Mapping[str, tuple[float, float]], streets: Sequence[Street], rules: Iterable[Rule] = (), points: Mapping[str, Mapping[str, str]] = {}
) -> Path:
    """Writes the town as an .osm.pbf."""
    numbers = {name: number for number, name in enumerate(corners, 1)}
    file.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(file)) as writer:
        for name, (east, north) in corners.items():
            place = at(east, north)
            writer.add_node(osm.Node(id=numbers[name], location=(place.lon, place.lat), tags=dict(points.get(name, {})), version=1, visible=True))
        for number, each in enumerate(streets, 1):
            writer.add_way(osm.Way(id=number, nodes=[numbers[name] for name in each.corners], tags=dict(each.tags), version=1, visible=True))
        for number, each in enumerate(rules, 1):
            via = ("n", numbers[each.via], "via") if isinstance(each.via, str) else ("w", each.via, "via")
            key = each.tags.get("key", "restriction")
            tags = {"type": "restriction", key: each.kind, **{name: value for name, value in each.tags.items() if name != "key"}}
            writer.add_relation(osm.Relation(id=number, members=[("w", each.start, "from"), via, ("w", each.end, "to")], tags=tags, version=1, visible=True))
    return file


def a_town(
    folder: Path,
    corners: Mapping[str, tuple[float, float]],
    streets: Sequence[Street],
    rules: Iterable[Rule] = (),
    points: Mapping[str, Mapping[str, str]] = {},
) -> RoadTravel:
    """The town, built and opened in this process."""
    folder.mkdir(exist_ok=True)
    build_roads(draw_extract(folder / "town.osm.pbf", corners, streets, rules, points), folder, silent)
    return RoadTravel(folder)
