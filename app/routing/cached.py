"""The face of travel that the program uses: what is kept, and a child process for the rest.

So the window's process never computes a matrix itself: the engine would hold the interpreter for tens of milliseconds at a time."""

import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.geo import Place
from app.domain.roads import Closure, Profile, Shape, Snap, TravelTable
from app.domain.units import Meters
from app.routing.asking import Asker, closures_to
from app.routing.bands import band_at
from app.routing.blocking import concerned
from app.routing.day_parts import closed_by_part, day_parts, first_lead, longer_lead
from app.routing.keeping import Kept, Shelf, group_key
from app.routing.stamp import ROADS_VERSION, SOURCE, read_stamp
from app.routing.straight import StraightTravel
from app.services.ports.travel import Report, silent

_LEGS = 20_000
"""Drawn legs kept in memory."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A band that is asked for: the closures that hold in it, and the key of all its matrices."""

    band: int
    closures: tuple[Closure, ...]
    group: str


class CachedTravel:
    """`Travel` over a built area. Without road data it answers by straight lines, and says so."""

    def __init__(self, folder: Path, cache: Path) -> None:
        stamp = read_stamp(folder)
        self._build = stamp.build if stamp else ""
        self._straight = StraightTravel()
        self._asker = Asker(folder)
        self._shelf = Shelf(cache / "roads")
        self._legs: OrderedDict[Any, tuple[tuple[Place, ...], Meters, str]] = OrderedDict()
        self._guard = threading.Lock()

    def close(self) -> None:
        """Ends the child process; the next question starts another."""
        self._asker.close()

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
        """The table of the planning day. Raises what `report` raises, within half a second; Unavailable where the child keeps dying."""
        report(0.0, "roads.matrix")
        if self._flies(profile):
            return self._straight.table(places, profile, origin=origin, zone=zone, report=report, bands=bands)
        lead = first_lead(profile, places)
        while True:
            parts = day_parts(profile, closures, origin, zone, lead, bands)
            wanted = [self._wanted(profile, part.band, part.closures) for part in parts]
            found = self._matrices(tuple(places), profile, wanted, report, fresh=fresh)
            longer = longer_lead(lead, closures, (kept.ms for kept in found))
            if longer is None:
                break
            lead = longer
        return TravelTable(
            profile=profile,
            size=len(places),
            begins=tuple(part.begins for part in parts),
            durations=tuple(array("i", kept.ms.tobytes()) for kept in found),
            distances=tuple(array("i", kept.meters.tobytes()) for kept in found),
            source=SOURCE,
            closed=closed_by_part(parts),
            elapsed_s=sum(kept.seconds for kept in found),
        )

    def shape(self, places: Sequence[Place], profile: Profile, *, closures: Sequence[Closure] = (), when: datetime | None = None, zone: str = "UTC") -> Shape:
        """The line through the places; known legs are not asked for again."""
        if self._flies(profile):
            return self._straight.shape(places, profile)
        now = concerned(closures, profile, when, zone)
        key = profile, band_at(when, zone), str(closures_to(now))
        pairs = list(pairwise(places))
        with self._guard:
            unknown = [pair for pair in dict.fromkeys(pairs) if (key, pair) not in self._legs]
        fresh = self._ask_legs(unknown, profile, now, when, zone) if unknown else {}
        with self._guard:
            legs = [fresh[pair] if pair in fresh else self._legs[key, pair] for pair in pairs]
            self._legs.update({(key, pair): leg for pair, leg in fresh.items()})
            while len(self._legs) > _LEGS:
                self._legs.popitem(last=False)
        sources = ", ".join(dict.fromkeys(sorted((leg[2] for leg in legs), key=lambda source: source != SOURCE)))
        return Shape(legs=tuple(leg[0] for leg in legs), meters=tuple(leg[1] for leg in legs), source=sources or SOURCE)

    def snaps(self, places: Sequence[Place], profile: Profile) -> tuple[Snap, ...]:
        """Where each place meets the roads."""
        if self._flies(profile) or not places:
            return self._straight.snaps(places, profile)
        answer, _ = self._asker.ask({"do": "snaps", "profile": profile.value, "places": _pairs(places)})
        return tuple(Snap(meters=None if meters is None else Meters(meters), place=None if at is None else Place(*at)) for meters, at in answer)

    def stretch(self, place: Place, profile: Profile) -> tuple[Place, ...]:
        """The line of the nearest road between its two junctions; empty where none is near."""
        if self._flies(profile):
            return ()
        answer, _ = self._asker.ask({"do": "stretch", "profile": profile.value, "places": _pairs([place])})
        return tuple(Place(*at) for at in answer)

    def _flies(self, profile: Profile) -> bool:
        return profile is Profile.DRONE or not self._build

    def _wanted(self, profile: Profile, band: int, closures: tuple[Closure, ...]) -> _Wanted:
        return _Wanted(band, closures, group_key(ROADS_VERSION, self._build, profile.value, band, closures_to(closures)))

    def _matrices(self, places: tuple[Place, ...], profile: Profile, wanted: Sequence[_Wanted], report: Report, *, fresh: bool) -> list[Kept]:
        """What is kept, and the rest asked for in as few questions as share their known points."""
        found = {each.group: None if fresh else self._shelf.get(each.group, places) for each in wanted}
        missing = {each.group: each for each in wanted if found[each.group] is None}
        akin = {group: None if fresh else self._shelf.akin(group, places) for group in missing}
        while missing:
            first = akin[next(iter(missing))]
            known = frozenset(first.places) if first else frozenset()
            alike = [each for group, each in missing.items() if frozenset(kept.places if (kept := akin[group]) else ()) == known]
            for each, kept in zip(alike, self._find(places, profile, alike, [akin[each.group] for each in alike], report), strict=True):
                self._shelf.put(each.group, kept)
                found[each.group] = kept
                del missing[each.group]
        return [kept for each in wanted if (kept := found[each.group]) is not None]

    def _find(self, places: tuple[Place, ...], profile: Profile, bands: Sequence[_Wanted], akin: Sequence[Kept | None], report: Report) -> list[Kept]:
        known = akin[0].places if akin[0] else ()
        at = {place: nth for nth, place in enumerate(known)}
        old = [nth for nth, place in enumerate(places) if place in at]
        new = [nth for nth, place in enumerate(places) if place not in at]
        began = time.perf_counter()
        if not old:
            parts, seconds = self._ask_matrix(places, None, profile, bands, report)
            return [Kept(places, ms, meters, took) for (ms, meters), took in zip(parts, seconds, strict=True)]
        whole = [tuple(_filled(kept, places, at, old) for kept in (each.ms, each.meters)) for each in akin if each is not None]
        if new:
            fresh = [places[nth] for nth in new]
            rows, _ = self._ask_matrix(fresh, places, profile, bands, report)
            columns, _ = self._ask_matrix([places[nth] for nth in old], fresh, profile, bands, report)
            for each, row, column in zip(whole, rows, columns, strict=True):
                for matrix, across, down in zip(each, row, column, strict=True):
                    matrix[new, :] = across
                    matrix[np.ix_(old, new)] = down
        took = (time.perf_counter() - began) / len(bands)
        return [Kept(places, ms, meters, took) for ms, meters in whole]

    def _ask_matrix(
        self, sources: Sequence[Place], targets: Sequence[Place] | None, profile: Profile, bands: Sequence[_Wanted], report: Report
    ) -> tuple[NDArray[np.int32], list[float]]:
        question = {
            "do": "matrix",
            "profile": profile.value,
            "sources": _pairs(sources),
            "targets": None if targets is None else _pairs(targets),
            "bands": [{"band": each.band, "closures": closures_to(each.closures)} for each in bands],
        }
        answer, raw = self._asker.ask(question, report)
        return np.frombuffer(raw, dtype="<i4").reshape(answer["shape"]), answer["seconds"]

    def _ask_legs(
        self, pairs: Sequence[tuple[Place, Place]], profile: Profile, closures: tuple[Closure, ...], when: datetime | None, zone: str
    ) -> dict[tuple[Place, Place], tuple[tuple[Place, ...], Meters, str]]:
        question = {
            "do": "shape",
            "profile": profile.value,
            "pairs": [_pairs(pair) for pair in pairs],
            "closures": closures_to(closures),
            "when": when.isoformat() if when else None,
            "zone": zone,
        }
        answer, _ = self._asker.ask(question)
        return {pair: (tuple(Place(*at) for at in line), Meters(meters), source) for pair, (line, meters, source) in zip(pairs, answer, strict=True)}


def _filled(held: NDArray[np.int32], places: Sequence[Place], at: dict[Place, int], old: Sequence[int]) -> NDArray[np.int32]:
    """A matrix for all the places with what is known in its cells."""
    matrix = np.full((len(places), len(places)), -1, dtype=np.int32)
    rows = [at[places[nth]] for nth in old]
    matrix[np.ix_(old, old)] = held[np.ix_(rows, rows)]
    return matrix


def _pairs(places: Sequence[Place]) -> list[tuple[float, float]]:
    return [(place.lat, place.lon) for place in places]
