"""Turns between edges: which are allowed to whom, and what they cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.routing.drawing import Drawn, bearings
from app.routing.extract import RawRoads, Restriction
from app.routing.network import Flags, Floats, Ints
from app.routing.speeds import DRIVING, MODE_PROFILES, Mode

U_TURN_MS = 20_000
FERRY_WAIT_MS = 300_000
_SHARPEST_MS = {Mode.MOTOR: 7_500.0, Mode.BIKE: 4_000.0, Mode.FOOT: 0.0}
_BIAS = 1.075
"""How much wider a turn across oncoming traffic counts."""
_ONCOMING_MS = {Mode.MOTOR: 2_000.0, Mode.BIKE: 2_000.0, Mode.FOOT: 0.0}
"""Waiting for a gap in oncoming traffic, at a full turn across it."""


@dataclass(slots=True)
class Turns:
    """Arcs between edges; `edge_source` names the edge that each edge is or is a copy of."""

    arc_from: Ints
    arc_to: Ints
    arc_mask: NDArray[np.uint8]
    arc_turn: Ints
    edge_source: Ints


def turn_ms(angle: Floats, mode: Mode, *, left: bool) -> Floats:
    """Milliseconds of a turn by its angle in degrees (-180…180, right turns positive): nothing straight on, growing like a logistic curve to the
    full price of a hairpin; a turn across oncoming traffic is dearer than the same to the near side."""
    bias = 1 / _BIAS if left else _BIAS
    right = 1 / (1 + np.exp(-((13 / bias) * angle / 180 - 6.5 * bias)))
    other = 1 / (1 + np.exp(-((13 * bias) * -angle / 180 - 6.5 / bias)))
    return np.asarray(_SHARPEST_MS[mode] * np.where(angle >= 0, right, other))


def make_turns(raw: RawRoads, drawn: Drawn, mode: Mode, *, left: bool) -> Turns:
    """Every turn of a mode's graph, restrictions obeyed."""
    arc_from, arc_to = _pairs(drawn)
    reverse = (drawn.edge_geo[arc_from] == drawn.edge_geo[arc_to]) & (drawn.edge_flip[arc_from] != drawn.edge_flip[arc_to])
    cost = _costs(drawn, arc_from, arc_to, reverse, raw, mode, left=left)
    mask = _masks(drawn, arc_from, arc_to, reverse, mode)
    turns = Turns(arc_from, arc_to, mask, cost, np.arange(len(drawn.edge_geo), dtype=np.int32))
    if mode is not Mode.FOOT:
        _Obeying(raw, drawn, turns, mode).obey_all()
    _open_dead_ends(turns, drawn, reverse)
    keep = turns.arc_mask > 0
    return Turns(turns.arc_from[keep], turns.arc_to[keep], turns.arc_mask[keep], turns.arc_turn[keep], turns.edge_source)


def _pairs(drawn: Drawn) -> tuple[Ints, Ints]:
    """Every edge with every edge that leaves where it ends."""
    by_tail = np.argsort(drawn.edge_tail, kind="stable").astype(np.int32)
    first = np.searchsorted(drawn.edge_tail[by_tail], np.arange(len(drawn.node_raw) + 1))
    head = drawn.edge_head
    counts = first[head + 1] - first[head]
    arc_from = np.repeat(np.arange(len(head), dtype=np.int32), counts)
    offsets = np.arange(len(arc_from)) - np.repeat(np.cumsum(counts) - counts, counts)
    return arc_from, by_tail[first[head[arc_from]] + offsets]


def _costs(drawn: Drawn, arc_from: Ints, arc_to: Ints, reverse: Flags, raw: RawRoads, mode: Mode, *, left: bool) -> Ints:
    leaves, reaches = bearings(drawn)
    angle = (leaves[arc_to] - reaches[arc_from] + 540) % 360 - 180
    node = drawn.edge_head[arc_from]
    ends = np.unique(np.stack((np.concatenate((drawn.edge_tail, drawn.edge_head)), np.tile(drawn.edge_geo, 2)), axis=1), axis=0)[:, 0]
    roads = np.bincount(ends, minlength=len(drawn.node_raw))
    priced = (roads[node] > 2) | reverse
    cost = np.where(priced, turn_ms(angle, mode, left=left), 0.0)
    kinds = raw.kind[drawn.geo_way[drawn.edge_geo]]
    round_about = np.array([tags.get("junction") in ("roundabout", "circular") for tags in raw.kinds], dtype=bool)[kinds]
    crosses = (roads[node] > 2) & ((angle > 0) if left else (angle < 0)) & ~reverse & ~round_about[arc_from] & ~round_about[arc_to]
    cost += np.where(crosses, _ONCOMING_MS[mode] / (1 + np.exp(-(13 * np.abs(angle) / 180 - 3.25))), 0.0)
    cost += np.where(drawn.edge_flip[arc_from], drawn.wait[1][node], drawn.wait[0][node])
    if mode is not Mode.FOOT:
        cost += np.where(reverse, U_TURN_MS, 0)
    ferry = np.array([tags.get("route") == "ferry" and "highway" not in tags for tags in raw.kinds], dtype=bool)[raw.kind[drawn.geo_way]]
    boards = ferry[drawn.edge_geo[arc_to]] & ~ferry[drawn.edge_geo[arc_from]]
    return np.asarray(np.rint(cost + np.where(boards, FERRY_WAIT_MS, 0)), dtype=np.int32)


def _masks(drawn: Drawn, arc_from: Ints, arc_to: Ints, reverse: Flags, mode: Mode) -> NDArray[np.uint8]:
    """Who may turn so, U-turns left out for now."""
    mask = np.zeros(len(arc_from), dtype=np.uint8)
    for bit in range(len(MODE_PROFILES[mode])):
        free = (drawn.speed[arc_from, bit] > 0) & (drawn.speed[arc_to, bit] > 0) & ~reverse
        free &= (drawn.blocked[drawn.edge_head[arc_from]] >> bit & 1) == 0
        mask |= (free << bit).astype(np.uint8)
    return mask


def _open_dead_ends(turns: Turns, drawn: Drawn, reverse: Flags) -> None:
    """A U-turn is allowed where nothing else is: at the end of a road, before a barrier, or where every other turn is forbidden."""
    back = np.flatnonzero(reverse)
    for bit in range(drawn.speed.shape[1]):
        onward = np.bincount(turns.arc_from, weights=turns.arc_mask >> bit & 1, minlength=len(turns.edge_source))
        free = (onward[turns.arc_from[back]] == 0) & (drawn.speed[turns.arc_from[back], bit] > 0) & (drawn.speed[turns.arc_to[back], bit] > 0)
        turns.arc_mask[back[free]] |= np.uint8(1 << bit)


class _Obeying:
    """Applies turn restrictions to the arcs; over via-ways by copies of edges that remember where one came from."""

    def __init__(self, raw: RawRoads, drawn: Drawn, turns: Turns, mode: Mode) -> None:
        self._raw, self._drawn, self._turns, self._mode = raw, drawn, turns, mode
        by_way: dict[int, list[int]] = {}
        named = {way for rule in raw.restrictions for way in (*rule.from_ways, *rule.via_ways, *rule.to_ways)}
        ids = raw.way_ids[drawn.geo_way[drawn.edge_geo]]
        for edge in np.flatnonzero(np.isin(ids, list(named))):
            by_way.setdefault(int(ids[edge]), []).append(int(edge))
        self._by_way = by_way
        self._first = np.searchsorted(turns.arc_from, np.arange(len(turns.edge_source) + 1))
        self._copies: list[tuple[int, int, int, int]] = []
        self._sources: list[int] = []
        self._copied: dict[tuple[int, ...], int] = {}

    def obey_all(self) -> None:
        """Applies every restriction that holds for a profile of the mode: over one node first, since copies take their turns from the result."""
        for rule in sorted(self._raw.restrictions, key=lambda each: bool(each.via_ways)):
            bits = self._bits(rule)
            if bits and rule.via_node is not None:
                self._at_node(rule, rule.via_node, bits)
            elif bits:
                self._over_ways(rule, bits)
        if self._copies:
            self._append()

    def _bits(self, rule: Restriction) -> int:
        bits = 0
        for bit, profile in enumerate(MODE_PROFILES[self._mode]):
            keys = DRIVING[profile].restriction_keys
            if rule.vehicle in keys and not rule.excepted.intersection(keys):
                bits |= 1 << bit
        return bits

    def _out(self, edge: int) -> range:
        return range(int(self._first[edge]), int(self._first[edge + 1]))

    def _at_node(self, rule: Restriction, via: int, bits: int) -> None:
        raw_node = int(np.searchsorted(self._raw.node_ids, via))
        froms = [edge for way in rule.from_ways for edge in self._by_way.get(way, ()) if self._drawn.node_raw[self._drawn.edge_head[edge]] == raw_node]
        tos = {edge for way in rule.to_ways for edge in self._by_way.get(way, ()) if self._drawn.node_raw[self._drawn.edge_tail[edge]] == raw_node}
        for edge in froms:
            arcs = self._out(edge)
            if rule.only and not any(self._turns.arc_to[arc] in tos for arc in arcs):
                continue  # the way it commands is not in the extract or not for us
            for arc in arcs:
                if (int(self._turns.arc_to[arc]) in tos) is not rule.only:
                    self._turns.arc_mask[arc] &= np.uint8(~bits & 0xFF)

    def _over_ways(self, rule: Restriction, bits: int) -> None:
        allowed = {edge for way in rule.via_ways for edge in self._by_way.get(way, ())}
        tos = {edge for way in rule.to_ways for edge in self._by_way.get(way, ())}
        for start in (edge for way in rule.from_ways for edge in self._by_way.get(way, ())):
            for chain in self._chains(start, allowed, tos, len(allowed)):
                self._copy_chain(start, chain, tos, bits, only=rule.only)

    def _chains(self, start: int, allowed: set[int], tos: set[int], depth: int) -> list[list[int]]:
        """The ways through the via edges from `start` to any edge of the to-way."""
        found: list[list[int]] = []
        stack: list[list[int]] = [[start]]
        while stack and len(found) < 4:
            path = stack.pop()
            for arc in self._out(path[-1]):
                edge = int(self._turns.arc_to[arc])
                if edge in tos and len(path) > 1:
                    found.append(path[1:])
                elif edge in allowed and edge not in path and len(path) <= min(depth, 12):
                    stack.append([*path, edge])
        return found

    def _copy_chain(self, start: int, chain: list[int], tos: set[int], bits: int, *, only: bool) -> None:
        """From `start` the masked profiles go onto copies of the chain; leaving it is free, except for the forbidden turn at its end."""
        before, known = start, [start, bits]
        for position, edge in enumerate(chain):
            known.append(edge)
            fresh = tuple(known) not in self._copied
            copy = self._copied.setdefault(tuple(known), len(self._turns.edge_source) + len(self._sources))
            if fresh:
                self._sources.append(edge)
                self._redirect(before, edge, copy, bits)
                self._copies.extend(
                    (copy, int(self._turns.arc_to[arc]), int(self._turns.arc_mask[arc]) & bits, int(self._turns.arc_turn[arc])) for arc in self._out(edge)
                )
            last = position == len(chain) - 1
            follows = tos if last else {chain[position + 1]}
            if last or only:
                self._copies = [c for c in self._copies if c[0] != copy or ((c[1] in follows) is only)]
            before = copy

    def _redirect(self, before: int, edge: int, copy: int, bits: int) -> None:
        """The turn from `before` onto `edge` leads onto its copy for the masked profiles."""
        if before < len(self._turns.edge_source):
            for arc in self._out(before):
                if self._turns.arc_to[arc] == edge and self._turns.arc_mask[arc] & bits:
                    self._copies.append((before, copy, int(self._turns.arc_mask[arc]) & bits, int(self._turns.arc_turn[arc])))
                    self._turns.arc_mask[arc] &= np.uint8(~bits & 0xFF)
            return
        self._copies = [(c[0], copy if c[0] == before and c[1] == edge else c[1], c[2], c[3]) for c in self._copies]

    def _append(self) -> None:
        added = np.array(self._copies, dtype=np.int64).reshape(-1, 4)
        turns = self._turns
        turns.arc_from = np.concatenate((turns.arc_from, added[:, 0])).astype(np.int32)
        turns.arc_to = np.concatenate((turns.arc_to, added[:, 1])).astype(np.int32)
        turns.arc_mask = np.concatenate((turns.arc_mask, added[:, 2])).astype(np.uint8)
        turns.arc_turn = np.concatenate((turns.arc_turn, added[:, 3])).astype(np.int32)
        turns.edge_source = np.concatenate((turns.edge_source, np.array(self._sources, dtype=np.int32)))
