"""Reads the roads out of an OpenStreetMap extract: ways, the nodes they need, barriers, signals and turn restrictions."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray

from app.domain.errors import Malformed
from app.routing.tags import RELEVANT, way_class
from app.services.ports.travel import Report

_NODE_KEYS = (
    "barrier",
    "highway",
    "bollard",
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "goods",
    "hgv",
    "bicycle",
    "foot",
    "traffic_signals:direction",
    "direction",
)
_EVERY = 5_000
"""Objects between two reports: some 20 ms, so that a cancel is obeyed at once."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A turn restriction: `only` (must go to `to`) or not (must not), over one node or a chain of ways."""

    only: bool
    from_ways: tuple[int, ...]
    via_node: int | None
    via_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    vehicle: str
    """The word after the colon in `restriction:hgv`; empty: for all vehicles."""
    excepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class RawRoads:
    """The roads of an extract as drawn. Way w has the node ids `refs[starts[w]:starts[w + 1]]` and the tags `kinds[kind[w]]`."""

    kinds: tuple[dict[str, str], ...]
    way_ids: NDArray[np.int64]
    kind: NDArray[np.int32]
    starts: NDArray[np.int64]
    refs: NDArray[np.int64]
    node_ids: NDArray[np.int64]
    """Sorted; only nodes whose position the extract holds."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    node_tags: dict[int, dict[str, str]]
    restrictions: tuple[Restriction, ...]


class _Collector:
    """What has been read so far."""

    def __init__(self) -> None:
        self.kinds: dict[tuple[tuple[str, str], ...], int] = {}
        self.way_ids: list[int] = []
        self.kind: list[int] = []
        self.starts: list[int] = [0]
        self.refs: list[int] = []
        self.restrictions: list[Restriction] = []

    def take_way(self, way: Any) -> None:
        tags = {tag.k: tag.v for tag in way.tags if tag.k in RELEVANT}
        if way_class(tags) is None:
            return
        key = tuple(sorted(tags.items()))
        self.way_ids.append(way.id)
        self.kind.append(self.kinds.setdefault(key, len(self.kinds)))
        self.refs.extend(node.ref for node in way.nodes)
        self.starts.append(len(self.refs))

    def take_relation(self, relation: Any) -> None:
        if relation.tags.get("type", "").split(":")[0] == "restriction":
            self.restrictions.extend(_restrictions(relation))


def read_roads(extract: Path, report: Report) -> RawRoads:
    """All roads of an extract. Raises Malformed where the file is no extract, is cut off, or holds no road."""
    try:
        return _read(extract, report)
    except (RuntimeError, OSError, UnicodeDecodeError) as broken:
        raise Malformed("roads.broken_extract", file=extract.name, reason=str(broken)) from broken


def _read(extract: Path, report: Report) -> RawRoads:
    found = _Collector()
    report(0.0, "roads.reading")
    wanted = osmium.osm.WAY | osmium.osm.RELATION
    source = osmium.FileProcessor(str(extract), wanted).with_filter(osmium.filter.KeyFilter("highway", "route", "restriction", "restriction:hgv", "type"))
    for thing in _reported(source, report, 0.05):
        if thing.is_way():
            found.take_way(thing)
        elif thing.is_relation():
            found.take_relation(thing)
    if not found.way_ids:
        raise Malformed("roads.no_road", file=extract.name)
    refs = np.array(found.refs, dtype=np.int64)
    node_ids, lat, lon, node_tags = _read_nodes(extract, np.unique(refs), report)
    if len(node_ids) < 2:
        raise Malformed("roads.no_road", file=extract.name)
    kinds = tuple(dict(key) for key in found.kinds)
    arrays = np.array(found.way_ids, dtype=np.int64), np.array(found.kind, dtype=np.int32), np.array(found.starts, dtype=np.int64)
    return RawRoads(kinds, *arrays, refs, node_ids, lat, lon, node_tags, tuple(found.restrictions))


def _reported(source: Any, report: Report, share: float) -> Iterator[Any]:
    for count, thing in enumerate(source):
        if count % _EVERY == 0:
            report(share, "roads.reading")
        yield thing


def _read_nodes(
    extract: Path, wanted: NDArray[np.int64], report: Report
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], dict[int, dict[str, str]]]:
    ids, lats, lons = [], [], []
    node_tags: dict[int, dict[str, str]] = {}
    source = osmium.FileProcessor(str(extract), osmium.osm.NODE).with_filter(osmium.filter.IdFilter(wanted.tolist()))
    for node in _reported(source, report, 0.15):
        if not node.location.valid():
            continue
        ids.append(node.id)
        lats.append(node.location.lat)
        lons.append(node.location.lon)
        if len(node.tags):
            tags = {key: node.tags[key] for key in _NODE_KEYS if key in node.tags}
            if "barrier" in tags or "highway" in tags or "access" in tags:
                node_tags[node.id] = tags
    order = np.argsort(np.array(ids, dtype=np.int64), kind="stable")
    return np.array(ids, dtype=np.int64)[order], np.array(lats)[order], np.array(lons)[order], node_tags


def _restrictions(relation: Any) -> Iterator[Restriction]:
    """The restrictions of a relation; conditional ones (by the hour) are left out, since a table holds for every day."""
    roles: dict[tuple[str, str], list[int]] = {}
    for member in relation.members:
        roles.setdefault((member.role, member.type), []).append(member.ref)
    froms, tos = roles.get(("from", "w"), []), roles.get(("to", "w"), [])
    via_nodes, via_ways = roles.get(("via", "n"), []), roles.get(("via", "w"), [])
    if not froms or not tos or bool(via_nodes) == bool(via_ways):
        return
    excepted = frozenset(word.strip() for word in relation.tags.get("except", "").split(";") if word.strip())
    own = relation.tags.get("type", "").partition(":")[2]
    for tag in relation.tags:
        key, _, vehicle = tag.k.partition(":")
        if key != "restriction" or vehicle == "conditional" or ":" in vehicle or not tag.v.startswith(("no_", "only_")):
            continue
        via = via_nodes[0] if via_nodes else None
        yield Restriction(tag.v.startswith("only_"), tuple(froms), via, tuple(via_ways), tuple(tos), vehicle or own, excepted)
