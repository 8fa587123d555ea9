"""A profile's travel times on its network in one band of the day, with or without closures, and the metres of the same ways.

The library finds shortest lengths in whole numbers below 2³¹ and gives no second number along. So each band has two metrics: `time` in milliseconds,
and `way` = `scale` × milliseconds + decimetres, with the largest scale that fits. The second finds the same ways as the first, except that of two ways
whose times differ by less than (their difference in decimetres) / scale milliseconds it may take the shorter. The difference way - scale × time is the
decimetres of the way, or a number between those of the two ways. With the scale of a city, some 100, the two differ by hundredths of a second.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.domain.roads import Profile
from app.routing.blocking import Blocks
from app.routing.contraction import NEVER, Hierarchy, Metric, prepare
from app.routing.network import Network
from app.routing.snapping import Foothold, Snapped, Snapper
from app.routing.speeds import CLASSES, column, traffic
from app.routing.zones import LEADS_IN_BY_ZONE, OUTSIDE, PUBLIC

LEAVING_MS = 1 << 22
"""Added where a way leaves an access-only zone for the public roads, and taken off again for a start inside one: so no way leads through such a zone.
70 minutes: longer than anyone drives inside one zone."""
_TURNING = {Profile.TRUCK: 1.3}
"""How much slower than a van a profile turns."""
Longs = NDArray[np.int64]
Entry = tuple[int, int, int, Foothold]
"""An edge, milliseconds, decimetres, and the foothold that they belong to."""


@dataclass(slots=True)
class Routable:
    """A network as one profile may use it."""

    network: Network
    profile: Profile
    hierarchy: Hierarchy
    snapper: Snapper
    open: NDArray[np.bool_] = field(init=False)
    """By arc: the profile may turn so, between connected edges."""
    turn: Longs = field(init=False)
    decimeters: Longs = field(init=False)
    first: Longs = field(init=False)
    """`leaving[first[e]:first[e + 1]]`: the arcs out of edge e."""
    leaving: Longs = field(init=False)
    copies: dict[int, list[int]] = field(init=False)
    public: NDArray[np.bool_] = field(init=False)
    access_only: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        network, at = self.network, column(self.profile)
        zone = network.edge_zone[:, at]
        connected = zone != OUTSIDE
        self.public = zone == PUBLIC
        self.access_only = (zone > PUBLIC) | (zone == LEADS_IN_BY_ZONE)
        self.open = ((network.arc_mask >> at & 1) > 0) & connected[network.arc_from] & connected[network.arc_to]
        leaves = (zone[network.arc_from] > PUBLIC) & (zone[network.arc_to] == PUBLIC)
        self.turn = np.rint(network.arc_turn * _TURNING.get(self.profile, 1.0)).astype(np.int64) + np.where(leaves, LEAVING_MS, 0)
        self.decimeters = np.rint(network.edge_meters * 10).astype(np.int64)
        self.leaving = np.argsort(network.arc_from, kind="stable")
        self.first = np.searchsorted(network.arc_from[self.leaving], np.arange(network.edges + 1))
        self.copies = {}
        for copy in range(network.originals, network.edges):
            self.copies.setdefault(int(network.edge_source[copy]), []).append(copy)

    def arcs_out(self, edge: int) -> Longs:
        """The arcs that leave an edge."""
        return self.leaving[self.first[edge] : self.first[edge + 1]]

    def edge_ms(self, band: int) -> Longs:
        """Milliseconds along each edge in a band, at least one."""
        network, at = self.network, column(self.profile)
        factor = np.array([traffic(name, band) for name in CLASSES]) if self.profile in (Profile.VAN, Profile.TRUCK) else np.ones(len(CLASSES))
        speed = np.maximum(network.edge_speed[:, at].astype(np.float64), 0.1)
        ms = network.edge_meters * 3600 / speed * factor[network.edge_class] + network.edge_wait
        return np.maximum(1, np.rint(ms)).astype(np.int64)


def routable(network: Network, profile: Profile, *, drives_left: bool, hierarchy: Hierarchy | None = None) -> Routable:
    """A network made ready for a profile; the hierarchy is shared between the profiles of a mode."""
    ready = hierarchy or prepare(network.order, network.arc_from, network.arc_to)
    return Routable(network, profile, ready, Snapper(network, column(profile), drives_left=drives_left))


class Band:
    """Times and metres of one profile in one band; closures come and go by changing the few weights that they touch."""

    def __init__(self, roads: Routable, band: int) -> None:
        self.roads = roads
        self._plain_ms = roads.edge_ms(band)
        self.edge_ms = self._plain_ms
        self.blocks = Blocks()
        self._base = self._times(self._plain_ms)
        self._arc_dm = roads.decimeters[roads.network.arc_from]
        self.time: Metric = roads.hierarchy.metric(self._base)
        self.scale = self._largest_scale()
        self.way: Metric = roads.hierarchy.metric(self._ways(self._base, self._arc_dm))

    def block(self, blocks: Blocks) -> None:
        """Sets the closures, and lifts those that were set before."""
        if blocks == self.blocks:
            return
        touched = {*blocks.edges, *self.blocks.edges}
        self.blocks = blocks
        self.edge_ms = self._plain_ms.copy()
        for edge, factor in blocks.slow.items():
            self.edge_ms[edge] = max(1, round(int(self._plain_ms[edge]) * factor))
        arcs = np.concatenate([self.roads.arcs_out(edge) for edge in sorted(touched)]) if touched else np.zeros(0, dtype=np.int64)
        if not len(arcs):
            return
        source = self.roads.network.arc_from[arcs]
        times = np.minimum(self.edge_ms[source] + self.roads.turn[arcs], NEVER - 1)
        times[~self.roads.open[arcs] | np.isin(source, list(blocks.closed))] = NEVER
        self.time.update(arcs, times)
        self.way.update(arcs, self._ways(times, self._arc_dm[arcs]))

    def entries(self, snapped: Snapped) -> list[Entry]:
        """Where a source enters: edge, milliseconds, decimetres, and the foothold it comes from."""
        found: list[Entry] = []
        for foothold in snapped.leaving:
            if self._barred(foothold, onward=True):
                continue
            ms, dm = self._part(foothold)
            for arc in self.roads.arcs_out(foothold.edge).tolist():
                if self.roads.open[arc]:
                    whole = int(self.edge_ms[foothold.edge]) + int(self.roads.turn[arc])
                    found.append((int(self.roads.network.arc_to[arc]), whole - ms, int(self.roads.decimeters[foothold.edge]) - dm, foothold))
        return found

    def exits(self, snapped: Snapped) -> list[Entry]:
        """Where a target is reached: edge (or copy), milliseconds and decimetres from its start, and the foothold."""
        found: list[Entry] = []
        for foothold in snapped.arriving:
            if not self._barred(foothold, onward=False):
                ms, dm = self._part(foothold)
                found.extend((edge, ms, dm, foothold) for edge in (foothold.edge, *self.roads.copies.get(foothold.edge, ())))
        return found

    def direct(self, start: Snapped, end: Snapped) -> tuple[int, int] | None:
        """Milliseconds and decimetres along one edge that holds both, or None."""
        best: tuple[int, int] | None = None
        for one in start.leaving:
            for two in end.arriving:
                if one.edge == two.edge and one.share <= two.share and not self._between(one, two):
                    (ms_a, dm_a), (ms_b, dm_b) = self._part(one), self._part(two)
                    found = (ms_b - ms_a, dm_b - dm_a)
                    best = found if best is None else min(best, found)
        return best

    def from_zone(self, snapped: Snapped) -> bool:
        """Whether a point lies in an access-only zone."""
        return bool(snapped.leaving) and bool(self.roads.access_only[snapped.leaving[0].edge])

    def _part(self, foothold: Foothold) -> tuple[int, int]:
        return round(foothold.share * int(self.edge_ms[foothold.edge])), round(foothold.share * int(self.roads.decimeters[foothold.edge]))

    def _barred(self, foothold: Foothold, *, onward: bool) -> bool:
        closed = self.blocks.closed.get(foothold.edge)
        return closed is not None and (foothold.share <= closed[1] if onward else foothold.share >= closed[0])

    def _between(self, one: Foothold, two: Foothold) -> bool:
        closed = self.blocks.closed.get(one.edge)
        return closed is not None and one.share <= closed[1] and two.share >= closed[0]

    def _times(self, edge_ms: Longs) -> Longs:
        return np.where(self.roads.open, edge_ms[self.roads.network.arc_from] + self.roads.turn, NEVER)

    def _ways(self, times: Longs, decimeters: Longs) -> Longs:
        ways = times * self.scale + decimeters
        return np.where((times >= NEVER) | (ways >= NEVER), NEVER, ways)

    def _largest_scale(self) -> int:
        """So that twice the farthest way from some edge, and a fifth more, stay below 2³¹."""
        starts = np.flatnonzero(self.roads.public)
        if not len(starts):
            return 1
        middle = int(starts[len(starts) // 2])
        lengths = next(self.time.lengths([[(middle, 0)]], starts))
        known = lengths[lengths < NEVER]
        longest = 2.4 * float(known.max(initial=1)) + LEAVING_MS
        return max(1, int((NEVER - 1) * 0.98 / longest))
