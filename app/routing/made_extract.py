"""Writes a made-up city as an `.osm.pbf` extract; equal seeds give equal bytes."""

from collections.abc import Iterator, Sequence
from math import cos, radians
from pathlib import Path

import numpy as np
import osmium
from osmium.osm import mutable

from app.domain.geo import Place
from app.routing.made_city import PRIMARY, RIVER_M, SUBURB_LINES, Floats, Plan, make_plan, river_y
from app.routing.made_names import Names
from app.routing.made_streets import Houses, Restriction, Streets, Way, crossings, cut_streets, place_houses, restrictions, suburb_of
from app.services.ports.travel import Report

CITY = "Gridholm"
CENTER = Place(40.0, -35.0)
"""In the open Atlantic, where no real map is in the way."""
HOUSES_A_NODE = 0.8
_M_PER_DEG = 111_195.0
_RING_SHARE, _RING_STEP_M, _RING_GAP_M, _INTERCHANGE = 0.6, 250.0, 15.0, 8
_BUILDING_M = 7.0


def make_extract(out: Path, nodes: int, seed: int, center: Place, report: Report) -> int:
    """Writes a city with about `nodes` junctions around `center`; the number of house numbers. An existing file is replaced."""
    generator = np.random.default_rng(seed)
    report(0.0, "areas.made_planning")
    plan = make_plan(nodes, generator)
    names = Names(generator)
    crossing = crossings(plan)
    vias = crossing[generator.random(len(crossing)) < 0.12]
    streets = cut_streets(plan, set(vias.tolist()), names)
    houses = place_houses(plan, streets, int(nodes * HOUSES_A_NODE), generator)
    report(0.3, "areas.made_writing")
    sheet = _Sheet(plan, center)
    signals = set(crossing[generator.random(len(crossing)) < 0.7].tolist())
    _streets(sheet, plan, streets, signals, generator)
    _ring(sheet, plan)
    _suburbs(sheet, plan, names)
    _houses(sheet, plan, streets, houses)
    _nature(sheet, plan)
    turns = restrictions(plan, streets, vias, generator)
    part = out.with_name(out.name + ".part.osm.pbf")
    try:
        sheet.write(part, turns, report)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    report(1.0, "areas.made_done")
    return len(houses.x)


class _Sheet:
    """Collects nodes and ways. Node numbers begin with the plan's; way numbers with the streets'."""

    def __init__(self, plan: Plan, center: Place) -> None:
        self._center = center
        self._lon_m = _M_PER_DEG * cos(radians(center.lat))
        self.x: list[Floats] = [plan.x]
        self.y: list[Floats] = [plan.y]
        self.count = len(plan.x)
        self.used = set(np.unique(np.concatenate((plan.a, plan.b))).tolist())
        self.tags: dict[int, dict[str, str]] = {}
        self.ways: list[Way] = []

    def nodes(self, x: Floats, y: Floats) -> list[int]:
        """New nodes; their numbers."""
        first = self.count
        self.x.append(np.asarray(x, dtype=np.float64))
        self.y.append(np.asarray(y, dtype=np.float64))
        self.count += len(self.x[-1])
        numbers = list(range(first, self.count))
        self.used.update(numbers)
        return numbers

    def area(self, x: Floats, y: Floats, tags: dict[str, str]) -> None:
        """A closed way."""
        numbers = self.nodes(x, y)
        self.ways.append(Way([*numbers, numbers[0]], tags))

    def write(self, path: Path, turns: Sequence[Restriction], report: Report) -> None:
        """Writes all: nodes, ways, relations, each by number."""
        x, y = np.concatenate(self.x), np.concatenate(self.y)
        lats = np.round(self._center.lat + y / _M_PER_DEG, 7).tolist()
        lons = np.round(self._center.lon + x / self._lon_m, 7).tolist()
        header = osmium.io.Header()
        header.set("generator", "made city")
        header.add_box(osmium.osm.Box(min(lons), min(lats), max(lons), max(lats)))
        path.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(path), header=header) as writer:
            for number in sorted(self.used):
                if number % 50_000 == 0:
                    report(0.3 + 0.4 * number / self.count, "areas.made_writing")
                writer.add_node(mutable.Node(id=number + 1, version=1, location=(lons[number], lats[number]), tags=self.tags.get(number, {})))
            for number, way in enumerate(self.ways):
                if number % 50_000 == 0:
                    report(0.7 + 0.3 * number / len(self.ways), "areas.made_writing")
                writer.add_way(mutable.Way(id=number + 1, version=1, nodes=[node + 1 for node in way.nodes], tags=way.tags))
            for number, turn in enumerate(turns):
                writer.add_relation(_relation(number + 1, turn))


def _relation(number: int, turn: Restriction) -> mutable.Relation:
    members = [("w", turn.source + 1, "from"), ("n", turn.via + 1, "via"), ("w", turn.target + 1, "to")]
    return mutable.Relation(id=number, version=1, members=members, tags={"type": "restriction", "restriction": turn.kind})


def _streets(sheet: _Sheet, plan: Plan, streets: Streets, signals: set[int], generator: np.random.Generator) -> None:
    """The grid's ways with a bend in every second edge; way numbers are those of `streets`."""
    for node in signals:
        sheet.tags[node] = {"highway": "traffic_signals"}
    bends = _bends(sheet, plan, generator)
    for way in streets.ways:
        nodes = [way.nodes[0]]
        for a, b in zip(way.nodes, way.nodes[1:], strict=False):
            bend = bends.get((a, b))
            nodes += [b] if bend is None else [bend, b]
        sheet.ways.append(Way(nodes, way.tags))


def _bends(sheet: _Sheet, plan: Plan, generator: np.random.Generator) -> dict[tuple[int, int], int]:
    chosen = np.nonzero(generator.random(len(plan.a)) < 0.5)[0]
    a, b = plan.a[chosen], plan.b[chosen]
    off = generator.normal(0, 4.0, (2, len(chosen)))
    numbers = sheet.nodes((plan.x[a] + plan.x[b]) / 2 + off[0], (plan.y[a] + plan.y[b]) / 2 + off[1])
    return dict(zip(zip(a.tolist(), b.tolist(), strict=True), numbers, strict=True))


def _ring(sheet: _Sheet, plan: Plan) -> None:
    """A motorway around the centre: two carriageways, with ramps to the nearest main roads."""
    radius = _RING_SHARE * plan.half
    steps = max(16, int(2 * np.pi * radius / _RING_STEP_M))
    angles = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    tags = {"highway": "motorway", "oneway": "yes", "maxspeed": "100", "lanes": "2", "ref": "R1", "name": f"{CITY} Ring"}
    mains = np.unique(np.concatenate((plan.a[plan.kind == PRIMARY], plan.b[plan.kind == PRIMARY])))
    # Counter-clockwise inside would cross the ramps of the other side: traffic keeps right, so the outer carriageway runs counter-clockwise.
    for gap, turn in ((_RING_GAP_M, 1), (-_RING_GAP_M, -1)):
        around = angles[::turn]
        x, y = (radius + gap) * np.cos(around), (radius + gap) * np.sin(around)
        numbers = sheet.nodes(x, y)
        sheet.ways.append(Way([*numbers, numbers[0]], dict(tags)))
        for at in range(0, steps, _INTERCHANGE):
            _ramps(sheet, plan, mains, numbers, x, y, at)


def _ramps(sheet: _Sheet, plan: Plan, mains: np.ndarray[tuple[int, ...], np.dtype[np.int64]], numbers: Sequence[int], x: Floats, y: Floats, at: int) -> None:
    """An exit and an entry between a carriageway and the nearest main road."""
    near = int(mains[np.hypot(plan.x[mains] - x[at], plan.y[mains] - y[at]).argmin()])
    entry = numbers[(at + 2) % len(numbers)]
    tags = {"highway": "motorway_link", "oneway": "yes", "maxspeed": "50"}
    sheet.ways.append(Way([numbers[at], near], dict(tags)))
    sheet.ways.append(Way([near, entry], dict(tags)))


def _suburbs(sheet: _Sheet, plan: Plan, names: Names) -> None:
    """The city's node and boundary, and a node for each suburb."""
    (city,) = sheet.nodes(np.zeros(1), np.zeros(1))
    sheet.tags[city] = {"place": "city", "name": CITY}
    edge = plan.half * 1.08
    sheet.area(
        np.array([-edge, edge, edge, -edge]), np.array([-edge, -edge, edge, edge]), {"boundary": "administrative", "admin_level": "8", "name": CITY}
    )  # fmt: skip
    for number, (x, y) in enumerate(_suburb_middles(plan)):
        (node,) = sheet.nodes(np.array([x]), np.array([y]))
        sheet.tags[node] = {"place": "suburb", "name": names.suburb(), "postal_code": postcode(number)}


def _suburb_middles(plan: Plan) -> Iterator[tuple[float, float]]:
    x, y = plan.x.reshape(plan.size, plan.size), plan.y.reshape(plan.size, plan.size)
    for row in range(0, plan.size, SUBURB_LINES):
        for column in range(0, plan.size, SUBURB_LINES):
            part = (slice(row, row + SUBURB_LINES), slice(column, column + SUBURB_LINES))
            yield float(x[part].mean()), float(y[part].mean())


def postcode(suburb: int) -> str:
    """The postcode of a suburb."""
    return f"{10_000 + 10 * suburb:05d}"


def _houses(sheet: _Sheet, plan: Plan, streets: Streets, houses: Houses) -> None:
    """House numbers, a part of them as buildings."""
    suburbs = suburb_of(plan, plan.a[houses.edge]).tolist()
    numbers = sheet.nodes(houses.x, houses.y)
    runs, built = streets.edge_run[houses.edge].tolist(), houses.built.tolist()
    for at, (node, run, number) in enumerate(zip(numbers, runs, houses.number.tolist(), strict=True)):
        tags = {"addr:street": streets.names[run], "addr:housenumber": str(number), "addr:postcode": postcode(suburbs[at]), "addr:city": CITY}
        if not built[at]:
            sheet.tags[node] = tags
            continue
        sheet.used.discard(node)
        x, y = float(houses.x[at]), float(houses.y[at])
        half = _BUILDING_M
        sheet.area(np.array([x - half, x + half, x + half, x - half]), np.array([y - half, y - half, y + half, y + half]), {"building": "yes", **tags})


def _nature(sheet: _Sheet, plan: Plan) -> None:
    """The river, the parks with a pond and paths."""
    x = np.linspace(-plan.half * 1.05, plan.half * 1.05, 160)
    y = river_y(x, plan.half)
    # In pieces, so that no polygon is as long as the city.
    for first in range(0, len(x) - 1, 20):
        part = slice(first, first + 21)
        sheet.area(
            np.concatenate((x[part], x[part][::-1])),
            np.concatenate((y[part] - RIVER_M + 20, (y[part] + RIVER_M - 20)[::-1])),
            {"natural": "water", "water": "river"},
        )
    for number, (top, bottom, left, right) in enumerate(plan.parks.tolist(), 1):
        corners = [top * plan.size + left, top * plan.size + right, bottom * plan.size + right, bottom * plan.size + left]
        px, py = plan.x[corners], plan.y[corners]
        mx, my = float(px.mean()), float(py.mean())
        inset = 0.9
        sheet.area(mx + (px - mx) * inset, my + (py - my) * inset, {"leisure": "park", "name": f"Park {number}"})
        round_x, round_y = np.cos(np.linspace(0, 5.5, 8)) * 30, np.sin(np.linspace(0, 5.5, 8)) * 30
        sheet.area(mx + round_x, my + round_y, {"natural": "water"})
        ends = [corner for corner in corners if corner in sheet.used]
        middle = sheet.nodes(np.array([mx + 45]), np.array([my + 45]))[0]
        sheet.ways += [Way([end, middle], {"highway": "footway"}) for end in ends]
