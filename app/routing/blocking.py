"""What closures and slow stretches do to a network: which edges they touch, where, and how much slower they become.

A closure touches every edge that crosses its line; a ring touches also what lies inside; where stretches of road are named, only what runs along
them. Lines and rings are tested segment by segment on a local plane.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from app.domain.closing import in_force
from app.domain.geo import EARTH_RADIUS_M, Place
from app.domain.roads import Closure, Profile
from app.routing.network import Flags, Floats, Ints, Network


@dataclass(frozen=True, slots=True)
class Blocks:
    """Closed parts of directed edges as shares from…to of their length, and factors on the time of slow ones."""

    closed: dict[int, tuple[float, float]] = field(default_factory=dict)
    slow: dict[int, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.closed or self.slow)

    @property
    def edges(self) -> list[int]:
        """Every edge that is touched, in order."""
        return sorted({*self.closed, *self.slow})


_MINUTE = timedelta(minutes=1)
_BESIDE_M = 1.0
"""An edge runs along a closed road where its points are no farther from it than this."""
_METERS_PER_DEGREE = np.pi * EARTH_RADIUS_M / 180


def concerned(closures: Sequence[Closure], profile: Profile, when: datetime | None, zone: str) -> tuple[Closure, ...]:
    """The closures that hold for a profile in the minute from an instant (aware) on; whatever the hour where none is given."""
    mine = tuple(each for each in closures if not each.profiles or profile in each.profiles)
    return mine if when is None else tuple(each for each in mine if in_force(each, when, when + _MINUTE, zone))


def find_blocks(network: Network, closures: Sequence[Closure]) -> Blocks:
    """What the closures touch; where several touch an edge, closed parts are joined and slow factors multiplied."""
    blocks = Blocks()
    for closure in closures:
        geos, low, high = _along(network, closure.roads) if closure.roads else _touched(network, closure.points)
        for edge in np.flatnonzero(np.isin(network.edge_geo, geos)).tolist():
            at = int(np.searchsorted(geos, network.edge_geo[edge]))
            begin, end = float(low[at]), float(high[at])
            part = (1 - end, 1 - begin) if network.edge_flip[edge] else (begin, end)
            if closure.factor is None:
                known = blocks.closed.get(edge, part)
                blocks.closed[edge] = (min(known[0], part[0]), max(known[1], part[1]))
            else:
                blocks.slow[edge] = blocks.slow.get(edge, 1.0) * max(0.01, closure.factor)
    return blocks


def _touched(network: Network, points: Sequence[Place]) -> tuple[Ints, Floats, Floats]:
    """Geometries that a line or ring touches, in order, with the first and last touched share of each."""
    xs, ys = np.array([p.lon for p in points]), np.array([p.lat for p in points])
    at = _segments_near(network, xs, ys)
    if not len(at) or len(points) < 2:
        return np.zeros(0, dtype=np.int32), np.zeros(0), np.zeros(0)
    geo = (np.searchsorted(network.geo_start, at, side="right") - 1).astype(np.int32)
    hits, shares = _crossings(network, at, xs, ys)
    if points[0] == points[-1] and len(points) > 3:
        for end in (0, 1):
            inside = np.flatnonzero(_inside(network.geo_lon[at + end], network.geo_lat[at + end], xs, ys))
            hits, shares = np.concatenate((hits, inside)), np.concatenate((shares, np.full(len(inside), float(end))))
    return _per_geometry(network, geo[hits], at[hits], shares)


def _along(network: Network, roads: Sequence[Sequence[Place]]) -> tuple[Ints, Floats, Floats]:
    """Geometries of which a segment runs along one of the roads, in order, with the first and last share that does."""
    hits = []
    for road in roads:
        xs, ys = np.array([p.lon for p in road]), np.array([p.lat for p in road])
        at = _segments_near(network, xs, ys)
        stretch = float(np.cos(np.radians(ys.mean())))
        spots = [
            ((network.geo_lon[at] * (1 - share) + network.geo_lon[at + 1] * share), (network.geo_lat[at] * (1 - share) + network.geo_lat[at + 1] * share))
            for share in (0, 0.5, 1)
        ]
        near = np.all([_distance_m(x, y, xs, ys, stretch) <= _BESIDE_M for x, y in spots], axis=0) if len(at) else np.zeros(0, dtype=bool)
        hits.append(at[near])
    at = np.unique(np.concatenate(hits)).astype(np.int32)
    geo = (np.searchsorted(network.geo_start, at, side="right") - 1).astype(np.int32)
    return _per_geometry(network, np.concatenate((geo, geo)), np.concatenate((at, at)), np.concatenate((np.zeros(len(at)), np.ones(len(at)))))


def _distance_m(x: Floats, y: Floats, xs: Floats, ys: Floats, stretch: float) -> Floats:
    """Metres from points to a line."""
    least = np.full(len(x), np.inf)
    for k in range(len(xs) - 1):
        dx, dy = (xs[k + 1] - xs[k]) * stretch, ys[k + 1] - ys[k]
        px, py = (x - xs[k]) * stretch, y - ys[k]
        share = np.clip((px * dx + py * dy) / (dx * dx + dy * dy or 1.0), 0, 1)
        least = np.minimum(least, np.hypot(px - share * dx, py - share * dy))
    return least * _METERS_PER_DEGREE


def _segments_near(network: Network, xs: Floats, ys: Floats) -> Ints:
    """First points of the drawn segments whose box meets that of the closure."""
    lat, lon = network.geo_lat, network.geo_lon
    last = np.zeros(len(lat), dtype=bool)
    last[network.geo_start[1:] - 1] = True
    near = ~last[:-1]
    for values, line in ((lon, xs), (lat, ys)):
        near &= (np.minimum(values[:-1], values[1:]) <= line.max()) & (np.maximum(values[:-1], values[1:]) >= line.min())
    return np.flatnonzero(near).astype(np.int32)


def _crossings(network: Network, at: Ints, xs: Floats, ys: Floats) -> tuple[Ints, Floats]:
    """Which of the segments `at` cross the line, and at which share of the segment."""
    x, y = network.geo_lon[at], network.geo_lat[at]
    dx, dy = network.geo_lon[at + 1] - x, network.geo_lat[at + 1] - y
    hits, shares = [], []
    for k in range(len(xs) - 1):
        ex, ey = xs[k + 1] - xs[k], ys[k + 1] - ys[k]
        cross = dx * ey - dy * ex
        cross = np.where(np.abs(cross) < 1e-18, np.nan, cross)
        share = ((xs[k] - x) * ey - (ys[k] - y) * ex) / cross
        along = ((xs[k] - x) * dy - (ys[k] - y) * dx) / cross
        hit = np.flatnonzero((share >= 0) & (share <= 1) & (along >= 0) & (along <= 1))
        hits.append(hit.astype(np.int32))
        shares.append(share[hit])
    return np.concatenate(hits), np.concatenate(shares)


def _inside(x: Floats, y: Floats, xs: Floats, ys: Floats) -> Flags:
    """Whether points lie in a ring, by counting crossings of a ray (Shimrat, Algorithm 112, Communications of the ACM 5, 1962)."""
    odd = np.zeros(len(x), dtype=bool)
    for k in range(len(xs) - 1):
        spans = (ys[k] > y) != (ys[k + 1] > y)
        rise = ys[k + 1] - ys[k] or 1.0
        odd ^= spans & (x < (xs[k + 1] - xs[k]) * (y - ys[k]) / rise + xs[k])
    return odd


def _per_geometry(network: Network, geo: Ints, at: Ints, shares: Floats) -> tuple[Ints, Floats, Floats]:
    """First and last touched share of each geometry, by drawn length."""
    geos, which = np.unique(geo, return_inverse=True)
    low, high = np.full(len(geos), 1.0), np.full(len(geos), 0.0)
    for k in range(len(geo)):
        line = slice(int(network.geo_start[geo[k]]), int(network.geo_start[geo[k] + 1]))
        lat, lon = network.geo_lat[line], network.geo_lon[line]
        steps = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[0])))
        nth = int(at[k]) - line.start
        share = (steps[:nth].sum() + shares[k] * steps[nth]) / max(1e-12, steps.sum())
        low[which[k]], high[which[k]] = min(low[which[k]], share), max(high[which[k]], share)
    return geos.astype(np.int32), low, high
