"""Builds the road graphs of an area from its extract: once, with progress, all or nothing."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np

from app.domain.errors import Malformed
from app.routing.contraction import contraction_order
from app.routing.drawing import Drawn, classes, draw, drives_left
from app.routing.extract import RawRoads, read_roads
from app.routing.network import Ints, Network
from app.routing.speeds import MODE_PROFILES, Mode
from app.routing.stamp import FOLDER, ROADS_VERSION, STAMP
from app.routing.turns import Turns, make_turns
from app.routing.zones import find_zones
from app.services.ports.travel import Report, silent


def build(extract: Path, folder: Path, report: Report) -> int:
    """As `roads.build_roads` says."""
    raw = read_roads(extract, report)
    fresh = folder / f"{FOLDER}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        counts = _build_modes(raw, fresh, report)
        if not any(counts.values()):
            raise Malformed("roads.no_road", file=extract.name)
        stamp = {
            "version": ROADS_VERSION,
            "build": _fingerprint(extract),
            "left": drives_left(raw),
            "modes": [mode.value for mode, count in counts.items() if count],
        }
        (fresh / STAMP).write_text(json.dumps(stamp), "utf-8")
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        fresh.rename(folder / FOLDER)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    report(1.0, "roads.built")
    return counts[Mode.MOTOR] or max(counts.values())


def _fingerprint(extract: Path) -> str:
    digest = hashlib.sha256(str(ROADS_VERSION).encode())
    with extract.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _build_modes(raw: RawRoads, folder: Path, report: Report) -> dict[Mode, int]:
    left = drives_left(raw)
    counts: dict[Mode, int] = {}
    for nth, mode in enumerate(Mode):
        report(0.3 + 0.2 * nth, f"roads.building_{mode.value}")
        network, counts[mode] = build_network(raw, mode, left=left, report=report)
        if network.edges:
            network.save(folder / mode.value)
        else:
            counts[mode] = 0
    return counts


def build_network(raw: RawRoads, mode: Mode, *, left: bool = False, report: Report = silent) -> tuple[Network, int]:
    """The graph of a mode, and its number of junctions."""
    drawn = draw(raw, mode)
    turns = make_turns(raw, drawn, mode, left=left)
    source = turns.edge_source
    kinds, wide, tunnel = classes(raw)
    kind = raw.kind[drawn.geo_way[drawn.edge_geo[source]]]
    zones = [_zones(drawn, turns, bit) for bit in range(len(MODE_PROFILES[mode]))]
    report(0.0, "roads.ordering")
    middle = (drawn.geo_start[drawn.edge_geo[source]] + drawn.geo_start[drawn.edge_geo[source] + 1]) // 2
    order = contraction_order(len(source), turns.arc_from, turns.arc_to, drawn.geo_lat[middle], drawn.geo_lon[middle])
    network = Network(
        geo_start=drawn.geo_start,
        geo_lat=drawn.geo_lat,
        geo_lon=drawn.geo_lon,
        edge_geo=drawn.edge_geo[source],
        edge_flip=drawn.edge_flip[source],
        edge_tail=drawn.edge_tail[source],
        edge_head=drawn.edge_head[source],
        edge_meters=drawn.edge_meters[source],
        edge_class=kinds[kind],
        edge_wide=wide[kind],
        edge_tunnel=tunnel[kind],
        edge_wait=drawn.edge_wait[source],
        edge_speed=drawn.speed[source],
        edge_restricted=drawn.restricted[source],
        edge_way=raw.way_ids[drawn.geo_way[drawn.edge_geo[source]]],
        edge_source=source,
        arc_from=turns.arc_from,
        arc_to=turns.arc_to,
        arc_turn=turns.arc_turn,
        arc_mask=turns.arc_mask,
        edge_zone=np.stack(zones, axis=1),
        order=order,
    )
    return network, len(drawn.node_raw)


def _zones(drawn: Drawn, turns: Turns, bit: int) -> Ints:
    source, free = turns.edge_source, turns.arc_mask >> bit & 1 > 0
    one = np.flatnonzero(drawn.edge_geo[:-1] == drawn.edge_geo[1:]).astype(np.int32)
    arc_from, arc_to = np.concatenate((turns.arc_from[free], one, one + 1)), np.concatenate((turns.arc_to[free], one + 1, one))
    return find_zones(drawn.speed[source, bit] > 0, drawn.restricted[source, bit], arc_from, arc_to)
