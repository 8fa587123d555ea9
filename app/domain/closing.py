"""What a closure means for a vehicle: whether it concerns it, when it is in force, and whether a line drives into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import cos, hypot, radians
from zoneinfo import ZoneInfo

from app.domain.geo import EARTH_RADIUS_M, Place
from app.domain.roads import Closure, Profile
from app.domain.units import Grams

_BESIDE_M = 1.5
"""A line runs along a closed road where it is no farther from it than this: drawn lines of roads are the roads' own, rounded to a centimetre."""
_LEAST_M = 4.0
"""Shorter pieces are a crossing, not a drive along."""
_METERS_PER_DEGREE = radians(1) * EARTH_RADIUS_M
_Spot = tuple[float, float]
"""Metres east and north of a corner of the closure's surroundings."""
_START, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def concerns(closure: Closure, profile: Profile, weighs: Grams) -> bool:
    """Whether it holds for a vehicle of that kind and gross weight."""
    return (not closure.profiles or profile in closure.profiles) and (closure.heavier_than is None or weighs > closure.heavier_than)


def spans(closure: Closure, begins: datetime, ends: datetime, zone: str) -> tuple[tuple[datetime, datetime], ...]:
    """When it is in force between two instants (aware), in order; daily hours are wall times of the zone."""
    low, high = max(begins, closure.begins or _START), min(ends, closure.ends or _END)
    if low >= high:
        return ()
    if closure.daily is None:
        return ((low, high),)
    wanted = [(max(low, start), min(high, end)) for start, end in _daily(closure.daily, low, high, ZoneInfo(zone))]
    return tuple((start, end) for start, end in wanted if start < end)


def in_force(closure: Closure, begins: datetime, ends: datetime, zone: str) -> bool:
    """Whether it is in force at any moment between two instants (aware); at a single instant where they are equal."""
    return bool(spans(closure, begins, max(ends, begins + timedelta(milliseconds=1)), zone))


def _daily(hours: tuple[int, int], low: datetime, high: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The daily hours of every local day that touches low…high, those of the night before too."""
    begin, end = (timedelta(milliseconds=each) for each in hours)
    long = end - begin if end > begin else end - begin + timedelta(days=1)
    first = low.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    days = (high - low).days + 3
    walls = [first + timedelta(days=nth) + begin for nth in range(days)]
    return [(wall.replace(tzinfo=zone).astimezone(UTC), (wall + long).replace(tzinfo=zone).astimezone(UTC)) for wall in walls]


@dataclass(frozen=True, slots=True)
class Barrier:
    """A closure's lines on a local plane in metres, made ready to be held against many lines."""

    south: float
    west: float
    north: float
    east: float
    stretch: float
    lines: tuple[tuple[_Spot, ...], ...]
    ring: bool
    along: bool

    def met_by(self, line: Sequence[Place]) -> bool:
        """Whether a driven line crosses the drawn line, enters the ring, or runs along one of the roads."""
        if not line or not self._near(line):
            return False
        path = [self._spot(place) for place in line]
        if self.along:
            return sum(self._beside(a, b) for a, b in pairwise(path)) >= _LEAST_M
        if self.ring and any(_inside(spot, self.lines[0]) for spot in path):
            return True
        return any(_cross(a, b, c, d) for a, b in pairwise(path) for wall in self.lines for c, d in pairwise(wall))

    def _near(self, line: Sequence[Place]) -> bool:
        lats, lons = [place.lat for place in line], [place.lon for place in line]
        return max(lats) >= self.south and min(lats) <= self.north and max(lons) >= self.west and min(lons) <= self.east

    def _spot(self, place: Place) -> _Spot:
        return (place.lon - self.west) * _METERS_PER_DEGREE * self.stretch, (place.lat - self.south) * _METERS_PER_DEGREE

    def _beside(self, a: _Spot, b: _Spot) -> float:
        """How many metres of a piece of path run along a closed road; a piece that only crosses counts nothing."""
        long = hypot(b[0] - a[0], b[1] - a[1])
        middle = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
        return long if long and all(self._distance(spot) <= _BESIDE_M for spot in (a, middle, b)) else 0.0

    def _distance(self, spot: _Spot) -> float:
        return min(_away(spot, c, d) for wall in self.lines for c, d in pairwise(wall))


def barrier(closure: Closure) -> Barrier:
    """A closure as something in the way."""
    places = [place for line in closure.lines for place in line]
    south, north = min(place.lat for place in places), max(place.lat for place in places)
    west, east = min(place.lon for place in places), max(place.lon for place in places)
    stretch = cos(radians((south + north) / 2))
    edge = _BESIDE_M / _METERS_PER_DEGREE / max(0.05, stretch)

    def spot(place: Place) -> _Spot:
        return (place.lon - west) * _METERS_PER_DEGREE * stretch, (place.lat - south) * _METERS_PER_DEGREE

    lines = tuple(tuple(spot(place) for place in line) for line in closure.lines)
    return _moved(Barrier(south, west, north, east, stretch, lines, closure.is_ring, bool(closure.roads)), edge)


def _moved(made: Barrier, edge: float) -> Barrier:
    """The same with room around it in which a line is looked at; the lines stay where they are."""
    shift = edge * _METERS_PER_DEGREE
    lines = tuple(tuple((x + shift * made.stretch, y + shift) for x, y in line) for line in made.lines)
    return Barrier(made.south - edge, made.west - edge, made.north + edge, made.east + edge, made.stretch, lines, made.ring, made.along)


def _cross(a: _Spot, b: _Spot, c: _Spot, d: _Spot) -> bool:
    """Whether two pieces of line share a point (signs of areas; those on one line are left to their neighbours)."""
    one, two = _side(a, b, c), _side(a, b, d)
    three, four = _side(c, d, a), _side(c, d, b)
    return one * two <= 0 and three * four <= 0 and (one, two) != (0.0, 0.0)


def _side(a: _Spot, b: _Spot, spot: _Spot) -> float:
    return (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0])


def _inside(spot: _Spot, ring: Sequence[_Spot]) -> bool:
    """By counting crossings of a ray (Shimrat, Algorithm 112, Communications of the ACM 5, 1962)."""
    odd = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > spot[1]) != (by > spot[1]) and spot[0] < (bx - ax) * (spot[1] - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _away(spot: _Spot, c: _Spot, d: _Spot) -> float:
    dx, dy = d[0] - c[0], d[1] - c[1]
    share = max(0.0, min(1.0, ((spot[0] - c[0]) * dx + (spot[1] - c[1]) * dy) / (dx * dx + dy * dy or 1.0)))
    return hypot(spot[0] - c[0] - share * dx, spot[1] - c[1] - share * dy)
