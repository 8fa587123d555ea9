"""A city's plan as OpenStreetMap ways: lines cut into named streets, turn restrictions, signals, a motorway ring, houses."""

from dataclasses import dataclass, field

import numpy as np

from app.routing.made_city import CLASSES, PRIMARY, RESIDENTIAL, SECONDARY, SERVICE, SUBURB_LINES, TERTIARY, Floats, Ints, Plan
from app.routing.made_names import Names

_RUN = {PRIMARY: 60, SECONDARY: 36, TERTIARY: 24, RESIDENTIAL: 12, SERVICE: 4}
"""Edges after which a street gets another name."""
_SPEED = {PRIMARY: "60", SECONDARY: "50", TERTIARY: "50", RESIDENTIAL: "30"}
SLOTS = 2
"""House numbers on each side of an edge."""
_HOUSE_OFFSET_M = 14.0


@dataclass(slots=True)
class Way:
    """One way: nodes by number, tags."""

    nodes: list[int]
    tags: dict[str, str]


@dataclass(slots=True)
class Streets:
    """All ways of the grid. `edge_way` gives each edge its way, `edge_run` its named street (-1: none), `edge_at` its place in the street."""

    ways: list[Way] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    edge_way: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    edge_run: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    edge_at: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Restriction:
    """A forbidden turn: from a way over a node into a way."""

    source: int
    via: int
    target: int
    kind: str


@dataclass(frozen=True, slots=True)
class Houses:
    """House numbers: position, number, edge; `built` where the house is drawn as a building."""

    x: Floats
    y: Floats
    number: Ints
    edge: Ints
    built: Ints


def cut_streets(plan: Plan, cuts: set[int], names: Names) -> Streets:
    """Cuts every line of the plan into streets and ways; ways also end at the nodes `cuts` and where a bridge begins."""
    count = len(plan.a)
    result = Streets(edge_way=np.zeros(count, dtype=np.int64), edge_run=np.full(count, -1), edge_at=np.zeros(count, dtype=np.int64))
    last_line, last_node, length, bridge = -1, -1, 0, False
    for edge in np.lexsort((plan.a, plan.line)).tolist():
        a, b, line, kind = int(plan.a[edge]), int(plan.b[edge]), int(plan.line[edge]), int(plan.kind[edge])
        broken = line != last_line or a != last_node
        if broken or length >= _RUN[kind]:
            length = 0
            result.names.append("" if kind == SERVICE else names.street(CLASSES[kind]))
        if broken or length == 0 or a in cuts or bool(plan.bridge[edge]) != bridge:
            bridge = bool(plan.bridge[edge])
            result.ways.append(Way([a], _tags(plan, edge, result.names[-1])))
        result.ways[-1].nodes.append(b)
        result.edge_way[edge], result.edge_run[edge], result.edge_at[edge] = len(result.ways) - 1, len(result.names) - 1, length
        last_line, last_node, length = line, b, length + 1
    return result


def _tags(plan: Plan, edge: int, name: str) -> dict[str, str]:
    kind = int(plan.kind[edge])
    tags = {"highway": CLASSES[kind]}
    if name:
        tags["name"] = name
    if kind in _SPEED:
        tags["maxspeed"] = _SPEED[kind]
    if kind == PRIMARY:
        tags["lanes"] = "4"
    if plan.oneway[edge]:
        tags["oneway"] = "yes" if plan.oneway[edge] > 0 else "-1"
    if plan.bridge[edge]:
        tags |= {"bridge": "yes", "layer": "1"}
    return tags


def crossings(plan: Plan) -> Ints:
    """Nodes where two roads of collector class or above cross with all four arms, so that signals and restrictions make sense."""
    wide = plan.kind <= TERTIARY
    degree = np.bincount(np.concatenate((plan.a[wide], plan.b[wide])), minlength=plan.size**2)
    return np.nonzero(degree == 4)[0].astype(np.int64)


def restrictions(plan: Plan, streets: Streets, vias: Ints, generator: np.random.Generator) -> list[Restriction]:
    """One forbidden left turn at each node of `vias`; the grid around stays reachable by three right turns."""
    arms = _arms(plan, set(vias.tolist()))
    result = []
    for via, side in zip(vias.tolist(), generator.integers(0, 4, len(vias)).tolist(), strict=True):
        source, target = arms[via].get(side), arms[via].get((side + 1) % 4)
        if source is not None and target is not None:
            result.append(Restriction(int(streets.edge_way[source]), via, int(streets.edge_way[target]), "no_left_turn"))
    return result


def _arms(plan: Plan, vias: set[int]) -> dict[int, dict[int, int]]:
    """Edges at each via node by side: 0 from the south, 1 from the west, 2 from the north, 3 from the east (a left turn leads from one to the next)."""
    arms: dict[int, dict[int, int]] = {via: {} for via in vias}
    for edge, (a, b, line) in enumerate(zip(plan.a.tolist(), plan.b.tolist(), plan.line.tolist(), strict=True)):
        up = line >= plan.size
        if b in vias:
            arms[b][0 if up else 1] = edge
        if a in vias:
            arms[a][2 if up else 3] = edge
    return arms


def place_houses(plan: Plan, streets: Streets, wished: int, generator: np.random.Generator) -> Houses:
    """About so many house numbers along named streets: odd ones on the left, even ones on the right, rising with the street."""
    named = np.nonzero((plan.kind >= SECONDARY) & (plan.kind <= RESIDENTIAL) & ~plan.bridge)[0]
    slots = len(named) * 2 * SLOTS
    chosen = np.nonzero(generator.random(slots) < wished / max(1, slots))[0]
    edge, side, slot = named[chosen // (2 * SLOTS)], chosen // SLOTS % 2, chosen % SLOTS
    share = (slot + 0.5) / SLOTS + generator.uniform(-0.1, 0.1, len(chosen))
    ax, ay, bx, by = plan.x[plan.a[edge]], plan.y[plan.a[edge]], plan.x[plan.b[edge]], plan.y[plan.b[edge]]
    length = np.maximum(np.hypot(bx - ax, by - ay), 1.0)
    away = np.where(side == 0, _HOUSE_OFFSET_M, -_HOUSE_OFFSET_M)
    x = ax + (bx - ax) * share - (by - ay) / length * away
    y = ay + (by - ay) * share + (bx - ax) / length * away
    number = 2 * (streets.edge_at[edge] * SLOTS + slot) + 1 + side
    return Houses(x, y, number.astype(np.int64), edge.astype(np.int64), (generator.random(len(chosen)) < 0.3).astype(np.int64))


def suburb_of(plan: Plan, node: Ints) -> Ints:
    """The number of the suburb that each node lies in."""
    across = -(-plan.size // SUBURB_LINES)
    suburbs: Ints = (node // plan.size // SUBURB_LINES) * across + node % plan.size // SUBURB_LINES
    return suburbs
