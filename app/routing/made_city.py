"""The plan of a made-up large city: a warped grid of streets with classes, a river with few bridges, parks, one-way streets.

Everything is arrays; a seed gives the same city on every machine. Metres from the centre, x to the east and y to the north.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

BLOCK_M = 105.0
RIVER_M = 75.0
"""Half the river's width."""
SUBURB_LINES = 24
PRIMARY, SECONDARY, TERTIARY, RESIDENTIAL, SERVICE = range(5)
CLASSES = ("primary", "secondary", "tertiary", "residential", "service")
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """The streets of a city. Node (row, column) has number row * size + column; edges run along rows and columns.

    `kind` is the class of each edge's line, `oneway` 1 along, -1 against, 0 both; `line` numbers rows, then columns.
    """

    size: int
    x: Floats
    y: Floats
    a: Ints
    b: Ints
    kind: Ints
    line: Ints
    oneway: Ints
    bridge: Flags
    parks: Ints
    """Rows: first row, last row, first column, last column."""

    @property
    def half(self) -> float:
        """Half the city's width."""
        return float(np.abs(self.x).max())


def make_plan(nodes: int, generator: np.random.Generator) -> Plan:
    """A plan with about so many junctions (within a few per cent). Raises ValueError for fewer than 100."""
    if nodes < 100:
        raise ValueError("a city has at least 100 junctions")
    seed = int(generator.integers(2**31))
    size = round((nodes * 1.15) ** 0.5)
    for _ in range(_ATTEMPTS):
        plan = _grid(size, np.random.default_rng(seed))
        ratio = nodes / max(1, junctions(plan))
        if abs(ratio - 1) < 0.03:
            break
        size = round(size * ratio**0.5)
    return plan


def junctions(plan: Plan) -> int:
    """How many nodes are a junction or a dead end: neither empty nor mere bends."""
    degree = np.bincount(np.concatenate((plan.a, plan.b)), minlength=plan.size**2)
    return int(((degree > 0) & (degree != 2)).sum())


def river_y(x: Floats, half: float) -> Floats:
    """The middle of the river at each x."""
    wave: Floats = 0.22 * half * np.sin(x / half * 2.3 + 0.6) + 0.05 * half * np.sin(x / half * 9.1) - 0.08 * half
    return wave


def _grid(size: int, generator: np.random.Generator) -> Plan:
    x, y = _positions(size, generator)
    a, b, line = _all_edges(size)
    kinds = np.concatenate((_line_kinds(size, generator), _line_kinds(size, generator)))
    kind = kinds[line]
    half = float(np.abs(x).max())
    wet = np.abs(y - river_y(x, half)) < RIVER_M
    column = (line >= size) & np.isin(kind, (PRIMARY,))
    across = wet[a] | wet[b] | ((y[a] > river_y(x[a], half)) != (y[b] > river_y(x[b], half)))
    parks = _parks(size, generator)
    keep = (~across | column) & ~_in_park(size, a, b, parks)
    keep &= ~((kind >= RESIDENTIAL) & (generator.random(len(a)) < 0.07))
    oneway = _oneways(size, line, kind, generator)
    a, b, kind, line, oneway, bridge = a[keep], b[keep], kind[keep], line[keep], oneway[keep], across[keep]
    inside = _connected(size * size, a, b, oneway)
    keep = inside[a] & inside[b]
    return Plan(size, x, y, a[keep], b[keep], kind[keep], line[keep], oneway[keep], bridge[keep], parks)


def _positions(size: int, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """A grid, denser towards the centre, bent by slow waves, each node a little off its place."""
    steps = (np.arange(size) - (size - 1) / 2) * BLOCK_M
    y, x = np.meshgrid(steps, steps, indexing="ij")
    half = max(float(steps[-1]), BLOCK_M)
    squeeze = 0.7 + 0.3 * np.hypot(x, y) / (half * 2**0.5)
    bend_x = 0.03 * half * np.sin(y / half * 3.1 + generator.random() * 6)
    bend_y = 0.03 * half * np.sin(x / half * 2.7 + generator.random() * 6)
    jitter = generator.normal(0, BLOCK_M * 0.07, (2, size, size))
    return (x * squeeze + bend_x + jitter[0]).ravel(), (y * squeeze + bend_y + jitter[1]).ravel()


def _all_edges(size: int) -> tuple[Ints, Ints, Ints]:
    number = np.arange(size * size).reshape(size, size)
    rows = np.repeat(np.arange(size), size - 1)
    along = (number[:, :-1].ravel(), number[:, 1:].ravel(), rows)
    columns = np.repeat(np.arange(size), size - 1)
    up = (number[:-1].T.ravel(), number[1:].T.ravel(), columns + size)
    return np.concatenate((along[0], up[0])), np.concatenate((along[1], up[1])), np.concatenate((along[2], up[2]))


def _line_kinds(size: int, generator: np.random.Generator) -> Ints:
    """The class of each row or column: arterials at wide, collectors at narrower distances."""
    at = np.arange(size)
    kinds = np.full(size, RESIDENTIAL, dtype=np.int64)
    kinds[generator.random(size) < 0.03] = SERVICE
    kinds[at % 6 == 3] = TERTIARY
    kinds[at % 12 == 6] = SECONDARY
    kinds[at % 24 == 12] = PRIMARY
    if size <= 12:
        kinds[size // 2] = PRIMARY
    return kinds


def _parks(size: int, generator: np.random.Generator) -> Ints:
    count = max(1, size * size // 1_800) if size > 12 else 0
    sides = generator.integers(3, 6, (count, 2))
    corner = generator.integers(1, max(2, size - 8), (count, 2))
    return np.column_stack((corner[:, 0], corner[:, 0] + sides[:, 0], corner[:, 1], corner[:, 1] + sides[:, 1])).astype(np.int64)


def _in_park(size: int, a: Ints, b: Ints, parks: Ints) -> Flags:
    """Edges that lie inside a park, not on its edge."""
    result = np.zeros(len(a), dtype=np.bool_)
    row, column = (a // size + b // size) / 2, (a % size + b % size) / 2
    for top, bottom, left, right in parks:
        result |= (row > top) & (row < bottom) & (column > left) & (column < right)
    return result


def _oneways(size: int, line: Ints, kind: Ints, generator: np.random.Generator) -> Ints:
    """A third of the small streets are one-way, neighbours in turn in either direction."""
    lines = np.arange(2 * size)
    chosen = generator.random(2 * size) < 0.3
    direction = np.where(lines % 2 == 0, 1, -1)
    return np.where(chosen[line] & (kind >= RESIDENTIAL), direction[line], 0).astype(np.int64)


def _connected(count: int, a: Ints, b: Ints, oneway: Ints) -> Flags:
    """The nodes of the largest part in which everybody reaches everybody."""
    there, back = oneway >= 0, oneway <= 0
    tails, heads = np.concatenate((a[there], b[back])), np.concatenate((b[there], a[back]))
    graph = coo_matrix((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(count, count))
    _, label = connected_components(graph.tocsr(), directed=True, connection="strong")
    inside: Flags = label == np.bincount(label).argmax()
    return inside
