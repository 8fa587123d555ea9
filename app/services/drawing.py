"""What a map of a day shows, as values, and as the GeoJSON features that the map's script draws.

GeoJSON (RFC 7946) writes longitude before latitude; that order exists only in this module. The lines of routes are written shorter, see
`_paths`. Every drawn thing is one feature with an `id` that is unique on the map and a `kind` among its properties, so that a changed day is
sent as the few features that differ.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.geo import Place

Feature = dict[str, Any]
PATH_UNITS = 100_000
"""Parts of a degree in the points of routes: 1.1 m of latitude."""
_DECIMALS = 6
"""Digits of a degree that are sent: 0.11 m of latitude."""


class StopMark(StrEnum):
    """What a badge says beside its number."""

    PLAIN = "plain"
    AT_RISK = "at_risk"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStop:
    """A stop of a route. `number` counts from 1 in driving order; `title` is the tooltip, lines divided by a line feed."""

    id: str
    place: Place
    number: int
    title: str = ""
    late_minutes: int = 0
    """Minutes late, drawn with a red triangle; 0: in time."""
    broken: bool = False
    """Breaks a rule besides its window, drawn with a diamond that holds an exclamation mark."""
    locked: bool = False
    mark: StopMark = StopMark.PLAIN
    moved: bool = False
    """A proposal brings it here from another route; drawn with a dashed ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLeg:
    """The line of one leg; `straight`: no road was known and it is drawn thin and dotted."""

    points: tuple[Place, ...]
    straight: bool = False
    hatched: bool = False
    """Its straightest way is closed or slow, and it is drawn hatched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRoute:
    """A route; `number` (from 1) gives colour and dash, everywhere the same."""

    id: str
    number: int
    name: str = ""
    stops: tuple[MapStop, ...] = ()
    legs: tuple[MapLeg, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPool:
    """An order that no route serves, drawn as a hollow diamond; `id` is the order's."""

    id: str
    place: Place
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDepot:
    """A depot, drawn as a house mark."""

    id: str
    place: Place
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapClosure:
    """A closed (or `slow`) line or ring (first and last point equal), or the `roads` along which nobody goes; hatched red."""

    id: str
    points: tuple[Place, ...]
    title: str = ""
    slow: bool = False
    roads: tuple[tuple[Place, ...], ...] = ()
    quiet: bool = False
    """Not in force on the day that is shown: drawn faintly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGhost:
    """How a route ran before the proposal on the table; grey and dashed. `id` is the route's."""

    id: str
    lines: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDay:
    """Everything that the map shows of a day."""

    routes: tuple[MapRoute, ...] = ()
    pool: tuple[MapPool, ...] = ()
    depots: tuple[MapDepot, ...] = ()
    closures: tuple[MapClosure, ...] = ()

    def places(self) -> tuple[Place, ...]:
        """All points that should be seen when the whole day is shown."""
        stops = [stop.place for route in self.routes for stop in route.stops]
        return (*stops, *(each.place for each in self.pool), *(each.place for each in self.depots))


Drawn = Mapping[str, tuple[Any, ...]]
"""What is on the map, by feature id: the values that its feature is made of, first its maker's name."""


def drawn(day: MapDay, ghosts: Sequence[MapGhost] = ()) -> Drawn:
    """The features of a day by id, as values that can be compared cheaply; `features` makes GeoJSON of those wanted."""
    found: dict[str, tuple[Any, ...]] = {}
    for route in day.routes:
        found[f"route:{route.id}"] = ("route", route.id, route.number, route.name, route.legs)
        for stop in route.stops:
            found[f"stop:{stop.id}"] = ("stop", stop, route.id, route.number)
    found.update((f"pool:{each.id}", ("pool", each)) for each in day.pool)
    found.update((f"depot:{each.id}", ("depot", each)) for each in day.depots)
    found.update((f"closure:{each.id}", ("closure", each)) for each in day.closures)
    found.update((f"ghost:{each.id}", ("ghost", each)) for each in ghosts)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What to draw anew and what to take away to come from one map to another."""

    put: tuple[Feature, ...]
    drop: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.put or self.drop)


def difference(before: Drawn, after: Drawn) -> Difference:
    """The features to put (new or changed) and the ids to drop."""
    changed = [key for key, made in after.items() if before.get(key) != made]
    return Difference(put=tuple(feature(key, after[key]) for key in changed), drop=tuple(key for key in before if key not in after))


def features(things: Drawn) -> tuple[Feature, ...]:
    """All things as GeoJSON features."""
    return tuple(feature(key, made) for key, made in things.items())


def feature(key: str, made: tuple[Any, ...]) -> Feature:
    """One thing as a GeoJSON feature."""
    geometry, properties = _MAKERS[made[0]](*made[1:])
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": {"kind": made[0], **properties}}


def place_of(position: Sequence[float]) -> Place:
    """The place of a GeoJSON position. Raises ValueError outside the ranges of degrees."""
    return Place(float(position[1]), float(position[0]))


def position_of(place: Place) -> list[float]:
    """The GeoJSON position of a place: longitude, latitude."""
    return [round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)]


def _point(place: Place) -> Feature:
    return {"type": "Point", "coordinates": position_of(place)}


def _paths(lines: Iterable[Sequence[Place]]) -> Feature:
    """Long lines in short: each a flat list of whole numbers in `PATH_UNITS` of a degree, longitude and latitude, the first point as it is and
    every further as the step to it. A day's routes have some 40,000 points; written as GeoJSON they took ten times as long."""
    return {"type": "Paths", "units": PATH_UNITS, "coordinates": [_steps(line) for line in lines]}


def _steps(line: Sequence[Place]) -> list[int]:
    steps, east, north = list[int](), 0, 0
    for place in line:
        lon, lat = round(place.lon * PATH_UNITS), round(place.lat * PATH_UNITS)
        steps.append(lon - east)
        steps.append(lat - north)
        east, north = lon, lat
    return steps


def _route(route: str, number: int, name: str, legs: tuple[MapLeg, ...]) -> tuple[Feature, Feature]:
    straight = [at for at, leg in enumerate(legs) if leg.straight]
    facts: Feature = {"thing": route, "number": number, "title": name, "straight": straight}
    hatched = [at for at, leg in enumerate(legs) if leg.hatched]
    return _paths(leg.points for leg in legs), {**facts, "hatched": hatched} if hatched else facts


def _stop(stop: MapStop, route: str, number: int) -> tuple[Feature, Feature]:
    """Only what is out of the ordinary is written: most of 2,000 stops are neither late nor locked."""
    facts: Feature = {"thing": stop.id, "route": route, "number": number, "at": stop.number, "title": stop.title}
    if stop.late_minutes:
        facts["late"] = stop.late_minutes
    if stop.broken:
        facts["broken"] = True
    if stop.locked:
        facts["locked"] = True
    if stop.moved:
        facts["moved"] = True
    if stop.mark is not StopMark.PLAIN:
        facts["mark"] = stop.mark.value
    return _point(stop.place), facts


def _pool(each: MapPool) -> tuple[Feature, Feature]:
    return _point(each.place), {"thing": each.id, "title": each.title}


def _depot(each: MapDepot) -> tuple[Feature, Feature]:
    return _point(each.place), {"thing": each.id, "title": each.title}


def _closure(each: MapClosure) -> tuple[Feature, Feature]:
    lines = each.roads or (each.points,)
    return {"type": "MultiLineString", "coordinates": [[position_of(place) for place in line] for line in lines]}, {
        "thing": each.id,
        "title": each.title,
        "slow": each.slow,
        "quiet": each.quiet,
        "ring": not each.roads and each.points[0] == each.points[-1],
    }


def _ghost(each: MapGhost) -> tuple[Feature, Feature]:
    return _paths(each.lines), {"thing": each.id}


_MAKERS: Mapping[str, Callable[..., tuple[Feature, Feature]]] = {
    "route": _route,
    "stop": _stop,
    "pool": _pool,
    "depot": _depot,
    "closure": _closure,
    "ghost": _ghost,
}
