"""Reads from an extract what a base map draws, as geometries in the unit square of the web mercator projection (x right, y down)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from app.domain.errors import Malformed
from app.domain.geo import Box
from app.routing.basemap.coast import sea
from app.routing.basemap.kinds import KEYS, Kind, area_kind, house_kind, line_kind, names, place_kind
from app.services.ports.travel import Report

Geometry = Any
"""A shapely geometry; the library has no types."""
_MAX_LAT = 85.0511
_EVERY = 20_000
"""Objects between two reports."""
_LABEL_FROM = {"water": 10, "landuse": 11}
_NAMED_GROUND = {"park", "wood", "cemetery", "sand", "wetland", "campus", "square"}
"""Kinds of ground whose names help to find one's way."""


@dataclass(slots=True)
class Sketch:
    """All that will be drawn: geometries beside their kinds, in a fixed order, and where the data lie."""

    kinds: list[Kind] = field(default_factory=list)
    shapes: list[Geometry] = field(default_factory=list)
    bounds: Box = field(default_factory=lambda: Box(0, 0, 0, 0))


def read_sketch(extract: Path, report: Report) -> Sketch:
    """Reads an `.osm.pbf`. Raises Malformed for a file that is no extract, is cut off, or holds no places."""
    found = _Found()
    try:
        header = _header_box(extract)
        for count, each in enumerate(_objects(extract)):
            if count % _EVERY == 0:
                report(0.3 * count / (count + 10 * _EVERY), "map.reading")
            found.take(each)
    except (RuntimeError, OSError) as error:
        raise Malformed("map.broken_extract", file=extract.name, why=str(error)) from error
    if not found.count:
        raise Malformed("map.empty_extract", file=extract.name)
    return _sketch(found, header, report)


def _objects(extract: Path) -> Iterator[Any]:
    keys = osmium.filter.KeyFilter(*KEYS)
    return iter(osmium.FileProcessor(str(extract)).with_locations().with_areas(osmium.filter.KeyFilter(*KEYS)).with_filter(keys))


def _header_box(extract: Path) -> Box | None:
    with osmium.io.Reader(str(extract)) as reader:
        box = reader.header().box()
        if not box.valid() or box.size() > 400:
            return None
        low, high = box.bottom_left, box.top_right
        return Box(low.lat, low.lon, high.lat, high.lon)


class _Found:
    """What was met while reading, still in degrees."""

    def __init__(self) -> None:
        self.count = 0
        self.points: list[tuple[Kind, float, float]] = []
        self.lines: dict[Kind, list[list[tuple[float, float]]]] = defaultdict(list)
        self.areas: list[tuple[Kind, str]] = []
        self.house_areas: list[tuple[Kind, str]] = []
        self.coast: list[list[tuple[float, float]]] = []
        self._wkb = osmium.geom.WKBFactory()

    def take(self, each: Any) -> None:
        self.count += 1
        if each.is_node():
            self._take_node(each)
        elif each.is_way():
            self._take_way(each)
        elif each.is_area():
            self._take_area(each)

    def _take_node(self, node: Any) -> None:
        tags = dict(node.tags)
        for kind in (place_kind(tags), house_kind(tags)):
            if kind is not None and node.location.valid():
                self.points.append((kind, node.lon, node.lat))

    def _take_way(self, way: Any) -> None:
        tags = dict(way.tags)
        if tags.get("natural") == "coastline":
            self.coast += _runs(way.nodes)
        kind = line_kind(tags)
        if kind is not None:
            self.lines[kind] += _runs(way.nodes)

    def _take_area(self, area: Any) -> None:
        tags = dict(area.tags)
        kind, house = area_kind(tags), house_kind(tags)
        if kind is None and house is None:
            return
        try:
            shape = self._wkb.create_multipolygon(area)
        except (RuntimeError, osmium.InvalidLocationError):
            return
        if kind is not None:
            self.areas.append((kind, shape))
        if house is not None:
            self.house_areas.append((house, shape))


def _runs(nodes: Any) -> list[list[tuple[float, float]]]:
    """The stretches of a way whose nodes the extract holds."""
    runs, run = [], list[tuple[float, float]]()
    for node in nodes:
        if node.location.valid():
            run.append((node.location.lon, node.location.lat))
        elif run:
            runs.append(run)
            run = []
    runs.append(run)
    return [each for each in runs if len(each) > 1]


def to_square(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees (lon, lat) to the unit square; spherical web mercator, EPSG:3857."""
    lat = np.radians(np.clip(coordinates[:, 1], -_MAX_LAT, _MAX_LAT))
    return np.column_stack(((coordinates[:, 0] + 180) / 360, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)))


def _sketch(found: _Found, header: Box | None, report: Report) -> Sketch:
    sketch = Sketch()
    areas = _polygons(found.areas)
    _add_areas(sketch, found.areas, areas)
    report(0.32, "map.reading")
    _add_lines(sketch, found.lines)
    for kind, lon, lat in found.points:
        _add(sketch, kind, shapely.Point(lon, lat))
    for (kind, _), spot in zip(found.house_areas, shapely.point_on_surface(_polygons(found.house_areas)), strict=True):
        _add(sketch, kind, spot)
    if not sketch.shapes:
        return sketch
    sketch.bounds = header or _extent(sketch.shapes)
    built = shapely.centroid(np.array([shape for (kind, _), shape in zip(found.areas, areas, strict=True) if kind.layer == "buildings"], dtype=object))
    for water in sea(found.coast, sketch.bounds, _witnesses(built, found.lines)):
        _add(sketch, Kind("water", 0, (("kind", "sea"),)), water)
    sketch.shapes = list(shapely.transform(np.array(sketch.shapes, dtype=object), to_square))
    return sketch


def _polygons(areas: Sequence[tuple[Kind, str]]) -> NDArray[np.object_]:
    shapes = shapely.from_wkb(np.array([shape for _, shape in areas], dtype=object))
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure")
    return np.asarray(shapes, dtype=object)


def _add(sketch: Sketch, kind: Kind, shape: Geometry) -> None:
    if not shapely.is_empty(shape):
        sketch.kinds.append(kind)
        sketch.shapes.append(shape)


def _add_areas(sketch: Sketch, areas: Sequence[tuple[Kind, str]], shapes: NDArray[np.object_]) -> None:
    """Ground and water, big areas first so that small ones stay visible, and their names as points."""
    sizes, spots = shapely.area(shapes), shapely.point_on_surface(shapes)
    for index in sorted(range(len(shapes)), key=lambda at: (-sizes[at], at)):
        kind = areas[index][0]
        text = tuple(prop for prop in kind.props if prop[0] != "kind")
        _add(sketch, Kind(kind.layer, kind.first_zoom, tuple(prop for prop in kind.props if prop[0] == "kind")), shapes[index])
        if text and (kind.layer == "water" or (kind.layer == "landuse" and kind.props[0][1] in _NAMED_GROUND)):
            # a label appears where its area is some 60 pixels wide
            zoom = max(_LABEL_FROM[kind.layer], min(14, round(6.5 - 0.5 * float(np.log2(max(sizes[index], 1e-12))))))
            group = "water" if kind.layer == "water" else kind.props[0][1]
            _add(sketch, Kind("labels", zoom, (("kind", group), *text)), spots[index])


def _add_lines(sketch: Sketch, lines: dict[Kind, list[list[tuple[float, float]]]]) -> None:
    """Lines of one kind and name are joined where they meet: fewer features, and room for their labels."""
    for kind, runs in lines.items():
        joined = shapely.line_merge(shapely.MultiLineString(runs))
        for line in shapely.get_parts(joined):
            _add(sketch, kind, line)


def _witnesses(built: NDArray[np.object_], lines: dict[Kind, list[list[tuple[float, float]]]]) -> NDArray[np.object_]:
    """Points that are surely on land: buildings and middles of minor roads that are no bridges."""
    ends = [run[len(run) // 2] for kind, runs in lines.items() if ("kind", "minor") in kind.props and ("bridge", 1) not in kind.props for run in runs]
    return np.concatenate((built, shapely.points(np.array(ends).reshape(-1, 2))))


def _extent(shapes: list[Geometry]) -> Box:
    """The box that holds all but the outermost half percent on each side: complete ways reach far out of some extracts."""
    west, south, east, north = np.nanpercentile(shapely.bounds(np.array(shapes, dtype=object)), [0.5, 99.5], axis=0).reshape(2, 4).T.tolist()
    return Box(south[0], west[0], north[1], east[1])


__all__ = ["Sketch", "names", "read_sketch", "to_square"]
