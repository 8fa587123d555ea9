"""Many-to-many travel times and metres between snapped points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.roads import UNREACHABLE
from app.routing.contraction import NEVER
from app.routing.metrics import LEAVING_MS, Band, Longs
from app.routing.snapping import Snapped
from app.services.ports.travel import Report

_EVERY = 25
"""Rows between two reports: some 10 to 60 ms."""
_PACK = np.int64(1) << 31
_FAR = np.iinfo(np.int64).max

Matrix = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Pins:
    """The edges that lead to the targets. Exit x belongs to place `place[x]`; exits are sorted by place, `begins` is the first of each place that has one."""

    edges: Longs
    pin: Longs
    ms: Longs
    dm: Longs
    place: Longs
    begins: Longs


def matrix(band: Band, sources: Sequence[Snapped], targets: Sequence[Snapped], report: Report) -> tuple[Matrix, Matrix]:
    """Milliseconds and metres of the quickest ways from each source to each target; `UNREACHABLE` where none leads.

    A way along a single edge is found by hand, all others enter the graph at the edges after the source's and end at the start of the target's.
    """
    shape = (len(sources), len(targets))
    durations, distances = np.full(shape, UNREACHABLE, dtype=np.int32), np.full(shape, UNREACHABLE, dtype=np.int32)
    pins = _pins(band, targets)
    entries = [band.entries(each) for each in sources]
    rows = [row for row in range(len(sources)) if entries[row]]
    if len(pins.edges):
        time_rows = band.time.lengths([[(edge, ms) for edge, ms, _, _ in entries[row]] for row in rows], pins.edges)
        way_rows = band.way.lengths([[(edge, ms * band.scale + dm) for edge, ms, dm, _ in entries[row]] for row in rows], pins.edges)
        for done, (row, times, ways) in enumerate(zip(rows, time_rows, way_rows, strict=True)):
            if done % _EVERY == 0:
                report(done / len(rows), "roads.matrix")
            _fill_row(band, pins, times, ways, band.from_zone(sources[row]), (durations[row], distances[row]))
    _repair(band, sources, targets, durations, distances)
    _fill_direct(band, sources, targets, durations, distances)
    return durations, distances


def _pins(band: Band, targets: Sequence[Snapped]) -> _Pins:
    exits = [(place, edge, ms, dm) for place, snapped in enumerate(targets) for edge, ms, dm, _ in band.exits(snapped)]
    table = np.array(exits, dtype=np.int64).reshape(-1, 4)
    edges, pin = np.unique(table[:, 1], return_inverse=True)
    place = table[:, 0]
    begins = np.flatnonzero(np.concatenate(([True], place[1:] != place[:-1]))) if len(place) else np.zeros(0, dtype=np.int64)
    return _Pins(edges, pin, table[:, 2], table[:, 3], place, begins)


def _fill_row(band: Band, pins: _Pins, times: Longs, ways: Longs, from_zone: bool, out: tuple[Matrix, Matrix]) -> None:
    """The best exit of each target: least time, then fewest metres. A way too long for its number has 2³¹ - 1 decimetres until `_repair` walks it."""
    at_start, along = times[pins.pin], ways[pins.pin]
    decimeters = np.where(along >= NEVER, _PACK - 1, np.minimum(along - at_start * band.scale + pins.dm, _PACK - 1))
    left = np.where(from_zone & (at_start >= LEAVING_MS), LEAVING_MS, 0)
    packed = np.where(at_start >= NEVER, _FAR, (at_start - left + pins.ms) * _PACK + decimeters)
    best = np.minimum.reduceat(packed, pins.begins)
    places = pins.place[pins.begins]
    found = best < _FAR
    out[0][places[found]] = best[found] // _PACK
    metric = best[found] % _PACK
    out[1][places[found]] = np.where(metric == _PACK - 1, UNREACHABLE, (metric + 5) // 10)


def _repair(band: Band, sources: Sequence[Snapped], targets: Sequence[Snapped], durations: Matrix, distances: Matrix) -> None:
    """Metres by walking the way itself, for the few that are too long for the combined number (very slow stretches in wide areas)."""
    for row, place in np.argwhere((durations != UNREACHABLE) & (distances == UNREACHABLE)).tolist():
        way = find_way(band, sources[row], targets[place])
        distances[row, place] = UNREACHABLE if way is None else way.meters


def _fill_direct(band: Band, sources: Sequence[Snapped], targets: Sequence[Snapped], durations: Matrix, distances: Matrix) -> None:
    """Ways along a single edge where they are quicker, and the points that are the same."""
    on_edge: dict[int, list[int]] = {}
    for place, snapped in enumerate(targets):
        for foothold in snapped.arriving:
            on_edge.setdefault(foothold.edge, []).append(place)
    for row, snapped in enumerate(sources):
        for place in {place for foothold in snapped.leaving for place in on_edge.get(foothold.edge, ())}:
            found = band.direct(snapped, targets[place])
            if found and (durations[row, place] == UNREACHABLE or found[0] <= durations[row, place]):
                durations[row, place], distances[row, place] = found[0], (found[1] + 5) // 10


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two snapped points: pieces of edges as (edge, from share, to share)."""

    pieces: tuple[tuple[int, float, float], ...]
    ms: int
    meters: int


def find_way(band: Band, start: Snapped, end: Snapped) -> Way | None:
    """The quickest way, or None where none leads."""
    direct = band.direct(start, end)
    entries, exits = band.entries(start), band.exits(end)
    best: tuple[int, int] | None = None
    if entries and exits:
        labels = [(edge, ms) for edge, ms, _, _ in entries]
        lengths = next(iter(band.time.lengths([labels], np.array([edge for edge, _, _, _ in exits], dtype=np.int64))))
        totals = [(int(length) - _left(band, start, int(length)) + exits[nth][1], nth) for nth, length in enumerate(lengths) if length < NEVER]
        best = min(totals, default=None)
    if direct and (best is None or direct[0] <= best[0]):
        return _along_one(band, start, end, direct)
    if best is None:
        return None
    edge, _, dm_end, target = exits[best[1]]
    nodes = band.time.path([(each, ms) for each, ms, _, _ in entries], edge)
    _, _, dm_start, source = min((each for each in entries if each[0] == nodes[0]), key=lambda each: each[1])
    pieces = [(source.edge, source.share, 1.0), *((node, 0.0, 1.0) for node in nodes[:-1]), (edge, 0.0, target.share)]
    decimeters = dm_start + dm_end + sum(int(band.roads.decimeters[node]) for node in nodes[:-1])
    return Way(tuple(pieces), best[0], (decimeters + 5) // 10)


def _left(band: Band, start: Snapped, length: int) -> int:
    """What was added for leaving the zone of the start."""
    return LEAVING_MS if length >= LEAVING_MS and band.from_zone(start) else 0


def _along_one(band: Band, start: Snapped, end: Snapped, direct: tuple[int, int]) -> Way:
    pairs = [(one, two) for one in start.leaving for two in end.arriving if one.edge == two.edge and one.share <= two.share]
    one, two = min(pairs, key=lambda pair: (pair[1].share - pair[0].share) * int(band.edge_ms[pair[0].edge]))
    return Way(((one.edge, one.share, two.share),), direct[0], (direct[1] + 5) // 10)
