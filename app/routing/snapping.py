"""Where points meet the roads: the nearest place on any segment of a profile's connected network.

At the rim of an extract lie one-way roads that only lead onto the connected network, or only out of it. A point there is reached by the nearest road that
can be reached and left by the nearest that leads back, so that it is neither lost nor moved to another street.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.geo import EARTH_RADIUS_M, Place
from app.routing.network import Flags, Floats, Ints, Network, haversine
from app.routing.zones import LEADS_IN, LEADS_IN_BY_ZONE, LEADS_OUT, OUTSIDE, PUBLIC

MAX_SNAP_M = 300.0
"""A point farther than this from every connected road of a profile is not reached by it."""
_CELL_M = 100.0
_LEAVING, _ARRIVING = (LEADS_IN, LEADS_IN_BY_ZONE), (LEADS_OUT,)
_METERS_PER_DEGREE = np.pi * EARTH_RADIUS_M / 180
_TUNNEL_M = 10.0
"""A tunnel counts as this much farther away: an address above one is reached from the street."""
_NEAR_SIDE_M = 3.0
"""A point this far off the middle of a wide road is served from its own side only."""


@dataclass(frozen=True, slots=True)
class Foothold:
    """A way onto or off the network: `share` (0…1) of the way along a directed edge."""

    edge: int
    share: float


@dataclass(frozen=True, slots=True)
class Snapped:
    """A point on the roads: where a vehicle goes on from it, and where it comes to it. Both are empty for a point that is not reached.
    `place` is the nearest point of a road, None where there is none within a kilometre."""

    meters: float
    place: Place | None
    leaving: tuple[Foothold, ...] = ()
    arriving: tuple[Foothold, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    """The nearest point of a segment: metres away, its share of the segment, and the offset of the asked point to the segment's right in metres."""

    meters: float
    segment: int
    share: float
    right: float


class Snapper:
    """Finds the nearest road by a grid of cells of some hundred metres."""

    def __init__(self, network: Network, column: int, *, drives_left: bool) -> None:
        self._network, self._drives_left = network, drives_left
        self._zone = network.edge_zone[: network.originals, column]
        self._first, self._edges = _edges_by_geometry(network, self._zone)
        self._geo, self._at = _segments(network, self._first)
        self._usable = tuple(self._segments_for(roles) for roles in (_LEAVING, _ARRIVING))
        lat, lon = network.geo_lat, network.geo_lon
        self._south, self._west = (float(lat.min()), float(lon.min())) if len(lat) else (0.0, 0.0)
        widest = np.cos(np.radians(min(89.0, float(np.abs(lat).max(initial=0.0)))))
        self._step = (_CELL_M / _METERS_PER_DEGREE, _CELL_M / _METERS_PER_DEGREE / widest)
        self._columns = int((float(lon.max(initial=self._west)) - self._west) / self._step[1]) + 3
        self._keys, self._listed = self._fill()
        self._along = _along(network)
        tunnel = np.zeros(len(network.geo_start), dtype=bool)
        tunnel[network.edge_geo[network.edge_tunnel]] = True
        self._handicap = np.where(tunnel[self._geo], _TUNNEL_M, 0.0)

    def snap(self, places: Sequence[Place]) -> list[Snapped]:
        """Each point on the roads, in the order given."""
        return [self._snap(place) for place in places]

    def _segments_for(self, roles: tuple[int, ...]) -> Flags:
        """The segments of which an edge is connected, or at least good for going on from it, or for coming to it."""
        geometries = np.zeros(len(self._network.geo_start), dtype=bool)
        edges = np.flatnonzero((self._zone >= PUBLIC) | np.isin(self._zone, roles))
        geometries[self._network.edge_geo[edges]] = True
        return np.asarray(geometries[self._geo])

    def _fill(self) -> tuple[NDArray[np.int64], Ints]:
        """Cell keys in order, and beside each the segment that crosses the cell."""
        lat, lon = self._network.geo_lat, self._network.geo_lon
        rows = [np.floor((lat[at] - self._south) / self._step[0]).astype(np.int64) for at in (self._at, self._at + 1)]
        columns = [np.floor((lon[at] - self._west) / self._step[1]).astype(np.int64) for at in (self._at, self._at + 1)]
        first_row, first_column = np.minimum(*rows), np.minimum(*columns)
        wide, high = np.abs(columns[1] - columns[0]) + 1, np.abs(rows[1] - rows[0]) + 1
        counts = wide * high
        segment = np.repeat(np.arange(len(self._at), dtype=np.int32), counts)
        nth = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
        key = (first_row[segment] + nth // wide[segment]) * self._columns + first_column[segment] + nth % wide[segment]
        order = np.argsort(key, kind="stable")
        return key[order], segment[order]

    def _candidates(self, place: Place, rings: int) -> Ints:
        row = int(np.floor((place.lat - self._south) / self._step[0]))
        middle = int(np.floor((place.lon - self._west) / self._step[1]))
        first, last = max(0, middle - rings), min(self._columns - 1, middle + rings)
        if first > last:
            return np.zeros(0, dtype=np.int32)
        rows = np.arange(max(0, row - rings), row + rings + 1, dtype=np.int64) * self._columns
        begins, ends = np.searchsorted(self._keys, rows + first), np.searchsorted(self._keys, rows + last, side="right")
        parts = [self._listed[begin:end] for begin, end in zip(begins, ends, strict=True) if end > begin]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def _snap(self, place: Place) -> Snapped:
        nearest = self._search(place, None)
        if nearest is None:
            return Snapped(float("inf"), None)
        if all(usable[nearest.segment] for usable in self._usable):
            leaving = arriving = nearest
        else:
            leaving, arriving = (self._search(place, usable) or nearest for usable in self._usable)
        farther = max(leaving, arriving, key=lambda hit: hit.meters)
        point = self._point(farther)
        if farther.meters > MAX_SNAP_M:
            return Snapped(farther.meters, point)
        return Snapped(farther.meters, point, tuple(self._footholds(leaving, _LEAVING)), tuple(self._footholds(arriving, _ARRIVING)))

    def _search(self, place: Place, usable: Flags | None) -> _Hit | None:
        """The nearest usable segment within a kilometre."""
        found = None
        for rings in (1, 3, 10):
            near = self._candidates(place, rings)
            near = near if usable is None else near[usable[near]]
            if len(near):
                found = self._nearest(place, near)
                if found.meters + _TUNNEL_M <= rings * _CELL_M:
                    break
        return found

    def _nearest(self, place: Place, near: Ints) -> _Hit:
        at = self._at[near]
        lat, lon = self._network.geo_lat, self._network.geo_lon
        scale = np.cos(np.radians(place.lat)) * _METERS_PER_DEGREE
        x, y = (lon[at] - place.lon) * scale, (lat[at] - place.lat) * _METERS_PER_DEGREE
        dx, dy = (lon[at + 1] - lon[at]) * scale, (lat[at + 1] - lat[at]) * _METERS_PER_DEGREE
        length = np.maximum(dx * dx + dy * dy, 1e-12)
        share = np.clip(-(x * dx + y * dy) / length, 0.0, 1.0)
        distance = np.hypot(x + share * dx, y + share * dy)
        best = int(np.argmin(distance + self._handicap[near]))
        right = (y[best] * dx[best] - x[best] * dy[best]) / np.sqrt(length[best])
        return _Hit(float(distance[best]), int(near[best]), float(share[best]), float(right))

    def _point(self, hit: _Hit) -> Place:
        at, lat, lon = int(self._at[hit.segment]), self._network.geo_lat, self._network.geo_lon
        return Place(float(lat[at] + hit.share * (lat[at + 1] - lat[at])), float(lon[at] + hit.share * (lon[at + 1] - lon[at])))

    def _footholds(self, hit: _Hit, roles: tuple[int, ...]) -> Iterator[Foothold]:
        """The edges of the geometry good for going on or for coming; access-only ones not beside others; of a wide road only the near side."""
        network, geo, at = self._network, int(self._geo[hit.segment]), int(self._at[hit.segment])
        edges = [int(edge) for edge in self._edges[self._first[geo] : self._first[geo + 1]] if self._zone[edge] >= PUBLIC or self._zone[edge] in roles]
        if any(self._zone[edge] <= PUBLIC for edge in edges):
            edges = [edge for edge in edges if self._zone[edge] <= PUBLIC]
        if len(edges) > 1 and network.edge_wide[edges[0]] and abs(hit.right) > _NEAR_SIDE_M:
            backwards = (hit.right < 0) is not self._drives_left
            edges = [edge for edge in edges if bool(network.edge_flip[edge]) is backwards]
        along = float(self._along[at] + hit.share * (self._along[at + 1] - self._along[at]))
        for edge in edges:
            share = along / max(1e-9, float(network.edge_meters[edge]))
            yield Foothold(edge, min(1.0, max(0.0, 1 - share if network.edge_flip[edge] else share)))


def _edges_by_geometry(network: Network, zone: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The connected edges of each geometry, as a start index and a list."""
    edges = np.flatnonzero(zone != OUTSIDE)
    edges = edges[np.argsort(network.edge_geo[edges], kind="stable")]
    first = np.searchsorted(network.edge_geo[edges], np.arange(len(network.geo_start)))
    return first, edges


def _segments(network: Network, first: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Geometry and first point of each segment that has a connected edge."""
    geos = np.flatnonzero(np.diff(first) > 0)
    counts = network.geo_start[geos + 1] - network.geo_start[geos] - 1
    geo = np.repeat(geos, counts)
    nth = np.arange(len(geo)) - np.repeat(np.cumsum(counts) - counts, counts)
    return geo.astype(np.int32), (network.geo_start[geo] + nth).astype(np.int32)


def _along(network: Network) -> Floats:
    """Metres from the start of its geometry for each drawn point."""
    lat, lon = network.geo_lat, network.geo_lon
    total = np.concatenate(([0.0], np.cumsum(haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])))) if len(lat) else np.zeros(0)
    return np.asarray(total - np.repeat(total[network.geo_start[:-1]], np.diff(network.geo_start)))
