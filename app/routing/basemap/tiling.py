"""Cuts a sketch into the tiles of one zoom: simplified to what a screen shows, clipped with a margin, and encoded."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.routing.basemap import mvt
from app.routing.basemap.kinds import LAST_ZOOM, LAYERS, ROADS, Kind
from app.routing.basemap.reading import Sketch

Shapes = NDArray[np.object_]
Address = tuple[int, int, int]
_MARGIN = 96 / mvt.EXTENT
"""Clipping margin as a share of a tile: 12 pixels of the 512 shown, wider than half of any line."""
_TOLERANCE = {LAST_ZOOM: 1.0, LAST_ZOOM - 1: 3.0}
"""How far simplifying may move a line, in grid cells (8 cells are a pixel); other zooms as `_COARSE`."""
_COARSE = 6.0
_SMALLEST = {"landuse": 300.0, "water": 150.0, "buildings": 150.0}
"""Areas below this many square cells (64 are a square pixel) are left out, but in the last zoom."""
_ROAD_RANK = {kind: rank for rank, kind in enumerate(dict.fromkeys(kind for kind, _ in reversed(list(ROADS.values()))))}
_SHORTEST = 24.0
"""Lines whose box is smaller than this many cells are left out, but in the last zoom."""


def zoom_tiles(sketch: Sketch, zoom: int, pulse: Callable[[float], None]) -> Iterator[tuple[Address, bytes]]:
    """The tiles of a zoom that show anything. `pulse` is told the share done of the zoom, and may raise to stop."""
    kinds, shapes = _chosen(sketch, zoom)
    if not len(shapes):
        return
    done, total = 0, len(shapes)
    for (x, y), chosen, cut in _split(shapes, np.arange(total), (0, 0, 1 << zoom), zoom):
        body = _encoded([kinds[index] for index in chosen], cut, x, y)
        done += len(chosen)
        pulse(min(1.0, done / (1.2 * total)))
        if body:
            yield (zoom, x, y), body


def _chosen(sketch: Sketch, zoom: int) -> tuple[list[Kind], Shapes]:
    """The things of this zoom in its tile units (one tile is 1 × 1), simplified, in the order of the layers."""
    order = {layer: at for at, layer in enumerate(LAYERS)}
    wanted = sorted(
        (at for at, kind in enumerate(sketch.kinds) if kind.first_zoom <= zoom), key=lambda at: (order[sketch.kinds[at].layer], _rank(sketch.kinds[at]))
    )
    kinds = [sketch.kinds[at] for at in wanted]
    scale = float(1 << zoom)
    shapes: Shapes = np.array([sketch.shapes[at] for at in wanted], dtype=object)
    if not wanted:
        return [], shapes
    shapes = shapely.transform(shapes, lambda points: points * scale)
    if zoom < LAST_ZOOM:
        keep = _big_enough(kinds, shapes)
        kinds, shapes = [kind for kind, kept in zip(kinds, keep, strict=True) if kept], shapes[keep]
    shapes = shapely.simplify(shapes, _TOLERANCE.get(zoom, _COARSE) / mvt.EXTENT, preserve_topology=True)
    return kinds, shapes


def _rank(kind: Kind) -> int:
    """Roads are stored from the smallest class to the greatest, bridges after the others, so that painting in order looks right."""
    if kind.layer != "roads":
        return 0
    return _ROAD_RANK[str(kind.props[0][1])] + (100 if ("bridge", 1) in kind.props else 0)


def _big_enough(kinds: list[Kind], shapes: Shapes) -> NDArray[np.bool_]:
    bounds = shapely.bounds(shapes) * mvt.EXTENT
    sides = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    dimensions = shapely.get_dimensions(shapes)
    areas = shapely.area(shapes) * mvt.EXTENT**2
    least = np.array([_SMALLEST.get(kind.layer, 0.0) for kind in kinds])
    return np.asarray((dimensions == 0) | ((dimensions == 1) & (sides >= _SHORTEST)) | ((dimensions == 2) & (areas >= least)))


def _split(shapes: Shapes, chosen: NDArray[np.int64], square: tuple[int, int, int], zoom: int) -> Iterator[tuple[tuple[int, int], NDArray[np.int64], Shapes]]:
    """Halves the world again and again, clipping what crosses a border, until squares are single tiles."""
    x, y, size = square
    if size == 1:
        yield (x, y), chosen, shapes
        return
    bounds, half = shapely.bounds(shapes), size // 2
    for child_y in (y, y + half):
        for child_x in (x, x + half):
            low, high = (child_x - _MARGIN, child_y - _MARGIN), (child_x + half + _MARGIN, child_y + half + _MARGIN)
            touching = (bounds[:, 0] <= high[0]) & (bounds[:, 2] >= low[0]) & (bounds[:, 1] <= high[1]) & (bounds[:, 3] >= low[1])
            if touching.any():
                cut, kept = _clipped(shapes[touching], bounds[touching], (*low, *high))
                if len(cut):
                    yield from _split(cut, chosen[touching][kept], (child_x, child_y, half), zoom)


def _clipped(shapes: Shapes, bounds: NDArray[np.float64], window: tuple[float, float, float, float]) -> tuple[Shapes, NDArray[np.bool_]]:
    low_x, low_y, high_x, high_y = window
    crossing = (bounds[:, 0] < low_x) | (bounds[:, 1] < low_y) | (bounds[:, 2] > high_x) | (bounds[:, 3] > high_y)
    if not crossing.any():
        return shapes, np.ones(len(shapes), dtype=bool)
    cut = shapes.copy()
    cut[crossing] = [_cut(shape, window) for shape in shapes[crossing]]
    kept = ~shapely.is_empty(cut)
    return cut[kept], kept


def _cut(shape: Any, window: tuple[float, float, float, float]) -> Any:
    try:
        return shapely.clip_by_rect(shape, *window)
    except shapely.GEOSException:
        return shapely.intersection(shapely.make_valid(shape), shapely.box(*window))


def _encoded(kinds: list[Kind], shapes: Shapes, x: int, y: int) -> bytes:
    """The bytes of one tile: every part on the tile's grid, layer by layer."""
    grid = shapely.transform(shapes, lambda points: np.rint((points - (x, y)) * mvt.EXTENT))
    writers = {layer: mvt.LayerWriter(layer) for layer in LAYERS}
    for kind, shape in zip(kinds, grid, strict=True):
        for geometry_type, geometry in _geometries(shape):
            writers[kind.layer].add(geometry_type, geometry, kind.props)
    return b"".join(writer.encoded() for writer in writers.values())


def _geometries(shape: Any) -> Iterator[tuple[int, bytes]]:
    parts = shapely.get_parts(shape) if shape.geom_type == "GeometryCollection" else [shape]
    for part in parts:
        dimension = shapely.get_dimensions(part)
        pieces = shapely.get_parts(part)
        if dimension == 0:
            yield mvt.POINT, mvt.points(_whole(piece)[0] for piece in pieces)
        elif dimension == 1:
            yield mvt.LINE, mvt.lines(_whole(piece) for piece in pieces)
        else:
            yield mvt.POLYGON, mvt.polygons([_whole(ring) for ring in shapely.get_rings(piece)] for piece in pieces)


def _whole(line: Any) -> list[list[int]]:
    found: list[list[int]] = shapely.get_coordinates(line).astype(np.int64).tolist()
    return found
