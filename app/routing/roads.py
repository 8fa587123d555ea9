"""The roads of an area: built from an extract once, then answering matrices, shapes and snaps in this process (`cached` keeps that out of the window's)."""

import time
from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np

from app.domain.geo import Place
from app.domain.roads import Closure, Profile, Shape, Snap, TravelTable
from app.domain.units import Meters
from app.routing.bands import band_at
from app.routing.blocking import Blocks, concerned, find_blocks
from app.routing.contraction import Hierarchy, prepare
from app.routing.day_parts import closed_by_part, day_parts, first_lead, longer_lead
from app.routing.matrices import Matrix, Way, find_way, matrix
from app.routing.metrics import Band, Routable, routable
from app.routing.network import Network
from app.routing.snapping import Snapped
from app.routing.speeds import MODE_OF, Mode
from app.routing.stamp import FOLDER, SOURCE, Stamp, read_stamp
from app.routing.straight import StraightTravel
from app.routing.tracing import leg_line
from app.services.ports.travel import Report, silent


def build_roads(extract: Path, folder: Path, report: Report) -> int:
    """Builds the road graphs of an extract into `folder`, all or nothing, and returns the number of road nodes (junctions of the driveable
    network; of the walkable one where nothing is driveable). Raises Malformed for a file that is no extract, is cut off or has no roads."""
    from app.routing.building import build  # it reads extracts: nothing that travelling itself needs to load

    return build(extract, folder, report)


class RoadTravel:
    """Travel on built roads, in this process. Networks, hierarchies and bands are made when first asked for, and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        stamp = read_stamp(folder)
        self._stamp = stamp or Stamp("", False, ())
        self._straight = StraightTravel()
        self._networks: dict[Mode, tuple[Network, Hierarchy]] = {}
        self._routable: dict[Profile, Routable] = {}
        self._bands: dict[tuple[Profile, int], Band] = {}
        self._blocks: dict[tuple[Mode, tuple[Closure, ...]], Blocks] = {}

    @property
    def build(self) -> str:
        """The identity of the built data."""
        return self._stamp.build

    def table(
        self,
        places: Sequence[Place],
        profile: Profile,
        *,
        origin: datetime,
        zone: str,
        closures: Sequence[Closure] = (),
        report: Report = silent,
        bands: frozenset[str] = frozenset(),
        fresh: bool = False,
    ) -> TravelTable:
        """The table of the planning day, computed here and now."""
        if self.flies(profile):
            return self._straight.table(places, profile, origin=origin, zone=zone, report=report, bands=bands)
        began, lead = time.perf_counter(), first_lead(profile, places)
        while True:
            parts = day_parts(profile, closures, origin, zone, lead, bands)
            found = [self.matrix(places, places, profile, part.band, part.closures, report) for part in parts]
            longer = longer_lead(lead, closures, (ms for ms, _ in found))
            if longer is None:
                break
            lead = longer
        return TravelTable(
            profile=profile,
            size=len(places),
            begins=tuple(part.begins for part in parts),
            durations=tuple(array("i", ms.tobytes()) for ms, _ in found),
            distances=tuple(array("i", meters.tobytes()) for _, meters in found),
            source=SOURCE,
            closed=closed_by_part(parts),
            elapsed_s=time.perf_counter() - began,
        )

    def matrix(
        self, sources: Sequence[Place], targets: Sequence[Place], profile: Profile, band: int, closures: Sequence[Closure] = (), report: Report = silent
    ) -> tuple[Matrix, Matrix]:
        """Milliseconds and metres from each source to each target in one band, these closures in force. The way from a place to itself is 0."""
        ready = self._band(profile, band, closures)
        if ready is None:
            return _nowhere(sources, targets), _nowhere(sources, targets)
        snapper = ready.roads.snapper
        snapped = snapper.snap(sources)
        durations, distances = matrix(ready, snapped, snapped if targets is sources else snapper.snap(targets), report)
        same = _same(sources, targets)
        durations[same], distances[same] = 0, 0
        return durations, distances

    def shape(self, places: Sequence[Place], profile: Profile, *, closures: Sequence[Closure] = (), when: datetime | None = None, zone: str = "UTC") -> Shape:
        """The line through the places; a leg without a road is straight, and the source says so."""
        if self.flies(profile):
            return self._straight.shape(places, profile)
        now = concerned(closures, profile, when, zone)
        band = self._band(profile, band_at(when, zone), now)
        snapped = band.roads.snapper.snap(places) if band else [Snapped(float("inf"), None)] * len(places)
        ways = [find_way(band, start, end) if band else None for start, end in pairwise(snapped)]
        fallback = self._straight.shape(places, profile)
        legs = [self._leg(band, way, places[nth : nth + 2]) if band and way else fallback.legs[nth] for nth, way in enumerate(ways)]
        meters = tuple(Meters(way.meters) if way else fallback.meters[nth] for nth, way in enumerate(ways))
        named = SOURCE if all(ways) else f"{SOURCE}, {fallback.source}" if any(ways) else fallback.source
        return Shape(legs=tuple(legs), meters=meters, source=named)

    def snaps(self, places: Sequence[Place], profile: Profile) -> tuple[Snap, ...]:
        """Where each place meets the roads; `meters` is None where it is not reached, and `place` then the nearest road, if any."""
        if self.flies(profile):
            return self._straight.snaps(places, profile)
        roads = self._roads(profile)
        if roads is None:
            return tuple(Snap(meters=None) for _ in places)
        return tuple(Snap(meters=Meters(round(each.meters)) if each.leaving else None, place=each.place) for each in roads.snapper.snap(places))

    def stretch(self, place: Place, profile: Profile) -> tuple[Place, ...]:
        """The line of the nearest road between its two junctions; empty where none is near."""
        roads = None if self.flies(profile) else self._roads(profile)
        snapped = roads.snapper.snap([place])[0] if roads is not None else None
        if roads is None or snapped is None or not (snapped.leaving or snapped.arriving):
            return ()
        geo = int(roads.network.edge_geo[(snapped.leaving or snapped.arriving)[0].edge])
        line = slice(int(roads.network.geo_start[geo]), int(roads.network.geo_start[geo + 1]))
        spots = zip(roads.network.geo_lat[line].tolist(), roads.network.geo_lon[line].tolist(), strict=True)
        return tuple(Place(round(lat, 7), round(lon, 7)) for lat, lon in spots)

    def warm(self, profile: Profile, band: int) -> None:
        """Makes a band ready, so that the time of its first matrix is the matrix's own."""
        self._band(profile, band, ())

    def flies(self, profile: Profile) -> bool:
        """Whether a profile is answered by straight lines: a drone always, any other where there is no road data at all."""
        return profile is Profile.DRONE or not self._stamp.modes

    def _leg(self, band: Band, way: Way, ends: Sequence[Place]) -> tuple[Place, ...]:
        return leg_line(band.roads.network, way.pieces, ends[0], ends[1])

    def _roads(self, profile: Profile) -> Routable | None:
        mode = MODE_OF[profile]
        if mode.value not in self._stamp.modes:
            return None
        if profile not in self._routable:
            if mode not in self._networks:
                network = Network.load(self._folder / mode.value)
                self._networks[mode] = network, prepare(network.order, network.arc_from, network.arc_to)
            network, hierarchy = self._networks[mode]
            self._routable[profile] = routable(network, profile, drives_left=self._stamp.left, hierarchy=hierarchy)
        return self._routable[profile]

    def _band(self, profile: Profile, band: int, closures: Sequence[Closure]) -> Band | None:
        roads = self._roads(profile)
        if roads is None:
            return None
        if (profile, band) not in self._bands:
            self._bands[profile, band] = Band(roads, band)
        ready = self._bands[profile, band]
        key = MODE_OF[profile], tuple(closures)
        if key not in self._blocks:
            self._blocks = {key: find_blocks(roads.network, closures)}
        ready.block(self._blocks[key])
        return ready


def _nowhere(sources: Sequence[Place], targets: Sequence[Place]) -> Matrix:
    lengths = np.full((len(sources), len(targets)), -1, dtype=np.int32)
    lengths[_same(sources, targets)] = 0
    return lengths


def _same(sources: Sequence[Place], targets: Sequence[Place]) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], ...]:
    """Where a source and a target are the same point."""
    by_place: dict[Place, list[int]] = {}
    for nth, place in enumerate(targets):
        by_place.setdefault(place, []).append(nth)
    pairs = [(row, column) for row, place in enumerate(sources) for column in by_place.get(place, ())]
    return tuple(np.array(pairs, dtype=np.int64).reshape(-1, 2).T)
