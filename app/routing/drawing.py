"""Draws the directed edges of a mode out of the raw roads of an extract: where they begin and end, how fast each profile is on them, what waits along them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.routing.extract import RawRoads
from app.routing.network import Flags, Floats, Ints, haversine
from app.routing.speeds import CLASSES, FERRY, MODE_PROFILES, Mode
from app.routing.tags import Facing, Rating, passes_barrier, rate, wait_at, way_class


@dataclass(frozen=True, slots=True)
class Drawn:
    """The directed edges of a mode before turns are known."""

    geo_start: Ints
    geo_lat: Floats
    geo_lon: Floats
    geo_way: Ints
    """Index of the way in the raw roads."""
    edge_geo: Ints
    edge_flip: Flags
    edge_tail: Ints
    edge_head: Ints
    edge_meters: Floats
    edge_wait: Ints
    speed: NDArray[np.float32]
    restricted: Flags
    blocked: NDArray[np.uint8]
    """Bit p at a junction: a barrier stops profile p."""
    wait: Ints
    """Milliseconds at a junction, [along or against the drawing of the edge that reaches it, junction]."""
    node_raw: Ints
    """Index of the junction in the raw nodes."""


def draw(raw: RawRoads, mode: Mode) -> Drawn:
    """Splits the ways that a mode may use at junctions, barriers and gaps of the extract into directed edges."""
    ratings = [[rate(tags, profile) for profile in MODE_PROFILES[mode]] for tags in raw.kinds]
    usable = np.array([any(r.forward or r.backward for r in row) for row in ratings], dtype=bool)
    way_of, node_of = _points(raw, usable)
    blocked = _blocked(raw, mode)
    ends = _split_points(way_of, node_of, len(raw.node_ids), blocked > 0)
    geo_first, geo_last = _pieces(way_of, ends)
    counts = geo_last - geo_first + 1
    flat = (
        np.repeat(geo_first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(counts.sum()) if len(counts) else np.zeros(0, dtype=np.int64)
    )
    nodes = node_of[flat]
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    lat, lon = raw.lat[nodes], raw.lon[nodes]
    steps = haversine(lat[:-1], lon[:-1], lat[1:], lon[1:]) if len(nodes) else np.zeros(0)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    meters = along[start[1:] - 1] - along[start[:-1]]
    ways = way_of[geo_first].astype(np.int32)
    speed, restricted = _speeds(raw, ratings, ways, meters)
    return _directed(raw, mode, start, lat, lon, nodes, ways, meters, speed, restricted, blocked)


def _points(raw: RawRoads, usable: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Way and node of each drawn point; the way is -1 where the extract lacks the node, which breaks the line."""
    way_of = np.repeat(np.arange(len(raw.way_ids)), np.diff(raw.starts))
    keep = usable[raw.kind[way_of]]
    way_of, refs = way_of[keep], raw.refs[keep]
    node_of = np.minimum(np.searchsorted(raw.node_ids, refs), len(raw.node_ids) - 1)
    known = raw.node_ids[node_of] == refs
    doubled = np.zeros(len(refs), dtype=bool)
    doubled[1:] = (refs[1:] == refs[:-1]) & (way_of[1:] == way_of[:-1])
    return np.where(known, way_of, -1)[~doubled], node_of[~doubled]


def _blocked(raw: RawRoads, mode: Mode) -> NDArray[np.uint8]:
    blocked = np.zeros(len(raw.node_ids), dtype=np.uint8)
    for node, tags in raw.node_tags.items():
        mask = sum(1 << column for column, profile in enumerate(MODE_PROFILES[mode]) if not passes_barrier(tags, profile))
        blocked[np.searchsorted(raw.node_ids, node)] = mask
    return blocked


def _split_points(way_of: NDArray[np.int64], node_of: NDArray[np.int64], count: int, blocked: Flags) -> Flags:
    """Which drawn points end an edge: line ends, nodes used twice, barriers."""
    line_end = np.ones(len(way_of), dtype=bool)
    if len(way_of) > 1:
        same = way_of[1:] == way_of[:-1]
        line_end[1:-1] = ~(same[:-1] & same[1:])
    known = way_of >= 0
    uses = np.bincount(node_of[known], minlength=count) + np.bincount(node_of[known & line_end], minlength=count)
    return known & (line_end | (uses[node_of] > 1) | blocked[node_of])


def _pieces(way_of: NDArray[np.int64], ends: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last drawn point of each edge."""
    at = np.flatnonzero(ends)
    first, last = at[:-1], at[1:]
    gaps = np.concatenate(([0], np.cumsum(way_of < 0)))
    whole = (way_of[first] == way_of[last]) & (gaps[first] == gaps[last])
    return first[whole], last[whole]


def _speeds(raw: RawRoads, ratings: list[list[Rating]], ways: Ints, meters: Floats) -> tuple[NDArray[np.float32], Flags]:
    """Speed [geometry, direction, profile] and access-only [geometry, profile]; a ferry's comes from its `duration`."""
    table = np.array([[[r.forward for r in row], [r.backward for r in row]] for row in ratings], dtype=np.float32)
    restricted = np.array([[r.restricted for r in row] for row in ratings], dtype=bool)
    kind = raw.kind[ways]
    speed = table[kind]
    lengths = np.bincount(ways, weights=meters, minlength=len(raw.way_ids))
    for index, tags in enumerate(raw.kinds):
        hours = _hours(tags.get("duration", "")) if way_class(tags) == FERRY else 0.0
        if hours:
            mine = kind == index
            speed[mine] = np.where(speed[mine] > 0, (lengths[ways[mine]] / 1000 / hours)[:, None, None], 0.0)
    return speed, restricted[kind]


def _hours(text: str) -> float:
    """Hours of a `duration` tag: "00:10", "1:30:00" or minutes; 0 where it cannot be understood."""
    parts = text.split(":")
    if not all(part.isdigit() for part in parts):
        return 0.0
    if len(parts) == 1:
        return int(parts[0]) / 60
    return int(parts[0]) + int(parts[1]) / 60


def _directed(
    raw: RawRoads,
    mode: Mode,
    start: Ints,
    lat: Floats,
    lon: Floats,
    nodes: NDArray[np.int64],
    ways: Ints,
    meters: Floats,
    speed: NDArray[np.float32],
    restricted: Flags,
    blocked: NDArray[np.uint8],
) -> Drawn:
    geos = np.arange(len(ways), dtype=np.int32)
    geo = np.repeat(geos, 2)
    flip = np.tile([False, True], len(ways))
    tail_raw = np.where(flip, nodes[start[1:][geo] - 1], nodes[start[:-1][geo]])
    head_raw = np.where(flip, nodes[start[:-1][geo]], nodes[start[1:][geo] - 1])
    rates = speed[geo, flip.astype(int)]
    keep = (rates > 0).any(axis=1)
    junctions, ends = np.unique(np.concatenate((tail_raw[keep], head_raw[keep])), return_inverse=True)
    count = int(keep.sum())
    at_node, along = _waits(raw, mode, start, nodes)
    wait = np.where(flip, along[1][geo], along[0][geo])
    return Drawn(
        start,
        lat,
        lon,
        ways,
        geo[keep],
        flip[keep],
        ends[:count].astype(np.int32),
        ends[count:].astype(np.int32),
        meters[geo[keep]],
        wait[keep].astype(np.int32),
        rates[keep],
        restricted[geo[keep]],
        blocked[junctions],
        at_node[:, junctions],
        junctions.astype(np.int32),
    )


def _waits(raw: RawRoads, mode: Mode, start: Ints, nodes: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Milliseconds of waiting [direction, raw node], and inside each geometry [direction, geometry]."""
    wait = np.zeros((2, len(raw.node_ids)), dtype=np.int32)
    undirected = np.zeros(len(raw.node_ids), dtype=np.int32)
    for node, tags in raw.node_tags.items():
        at = np.searchsorted(raw.node_ids, node)
        said, ms = wait_at(tags, mode)
        if said == Facing.NEAREST:
            undirected[at] = ms
        wait[:, at] = [0 if said == Facing.AGAINST else ms, 0 if said == Facing.ALONG else ms]
    inner = np.ones(len(nodes), dtype=bool)
    inner[start[:-1]] = False
    inner[start[1:] - 1] = False
    here = np.where(inner, wait[:, nodes], 0)
    nth = np.arange(len(nodes)) - np.repeat(start[:-1], np.diff(start))
    first_half = nth * 2 < np.repeat(np.diff(start), np.diff(start))
    signs = inner & (undirected[nodes] > 0)
    here[0] = np.where(signs & first_half, 0, here[0])
    here[1] = np.where(signs & ~first_half, 0, here[1])
    total = np.concatenate((np.zeros((2, 1), dtype=np.int64), np.cumsum(here, axis=1)), axis=1)
    return wait, np.asarray(total[:, start[1:]] - total[:, start[:-1]], dtype=np.int32)


def bearings(drawn: Drawn) -> tuple[Floats, Floats]:
    """Bearing in degrees in which each edge leaves its tail, and in which it reaches its head."""
    first, last = drawn.geo_start[:-1][drawn.edge_geo], drawn.geo_start[1:][drawn.edge_geo] - 1
    along_start, along_end = _bearing(drawn, first, 1), _bearing(drawn, last - 1, 1)
    back_start, back_end = (along_end + 180) % 360, (along_start + 180) % 360
    return np.where(drawn.edge_flip, back_start, along_start), np.where(drawn.edge_flip, back_end, along_end)


def _bearing(drawn: Drawn, at: NDArray[np.int32], step: int) -> Floats:
    north = drawn.geo_lat[at + step] - drawn.geo_lat[at]
    east = (drawn.geo_lon[at + step] - drawn.geo_lon[at]) * np.cos(np.radians(drawn.geo_lat[at]))
    return np.asarray(np.degrees(np.arctan2(east, north)) % 360)


def classes(raw: RawRoads) -> tuple[NDArray[np.uint8], Flags, Flags]:
    """Class of each kind of way, whether it is wide (four lanes or more), and whether it is a tunnel."""
    kinds = np.array([way_class(tags) or 0 for tags in raw.kinds], dtype=np.uint8)
    lanes = [tags.get("lanes", "") for tags in raw.kinds]
    wide = np.array(
        [said.isdigit() and int(said) >= 4 and CLASSES[kind] in ("trunk", "primary", "secondary") for said, kind in zip(lanes, kinds, strict=True)], dtype=bool
    )
    tunnel = np.array([tags.get("tunnel", "no") not in ("no", "building_passage") for tags in raw.kinds], dtype=bool)
    return kinds, wide, tunnel


def drives_left(raw: RawRoads) -> bool:
    """Whether traffic keeps left, read off the roundabouts: driven clockwise on the left, against the clock on the right. Without any: right."""
    round_kinds = [index for index, tags in enumerate(raw.kinds) if tags.get("junction") == "roundabout"]
    return sum(_turning(raw, int(way)) for way in np.flatnonzero(np.isin(raw.kind, round_kinds))) < 0


def _turning(raw: RawRoads, way: int) -> int:
    """+1 for a closed way drawn against the clock, -1 with it, 0 for an open one (shoelace sign)."""
    refs = raw.refs[raw.starts[way] : raw.starts[way + 1]]
    if len(refs) < 4 or refs[0] != refs[-1]:
        return 0
    at = np.minimum(np.searchsorted(raw.node_ids, refs), len(raw.node_ids) - 1)
    x, y = raw.lon[at], raw.lat[at]
    return int(np.sign(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])))
