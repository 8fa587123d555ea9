"""The sea from coastlines. A coastline way has land on its left and water on its right; an extract holds only pieces of it.

The pieces cut the extract's rectangle into faces; a face is sea only where all coast along it says so. Anything doubtful stays land: a map
may lack some sea, but it is never flooded.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from app.domain.geo import Box, Place, distance_m

_REACH_M = 400.0
"""A piece of coast that ends this near to the rectangle's edge is led on to it."""
_SURE = 0.9
"""Share of the coast along a face, by length, that must have the face on its right."""
_LAND_SHARE = 0.1
"""A face with more than this share of all witnesses of land is no sea."""
_STEP = 1e-6
"""Degrees to the side of the coast at which a side is probed, about 0.1 m."""


def sea(runs: Sequence[Sequence[tuple[float, float]]], box: Box, land: NDArray[np.object_]) -> list[Any]:
    """Polygons of sea inside the box, in degrees. `land`: points that are surely on land."""
    if not runs:
        return []
    frame = shapely.box(box.west, box.south, box.east, box.north)
    inside = shapely.intersection(shapely.line_merge(shapely.MultiLineString(runs), directed=True), frame)
    coast = [line for line in shapely.get_parts(inside) if _is_line(line)]
    if not coast:
        return []
    ways = [_led_on(line, box) for line in coast]
    cut = shapely.union_all([frame.exterior, *ways])
    faces = shapely.get_parts(shapely.polygonize([cut]))
    return [face for face in faces if _is_sea(face, ways, land)]


def _is_line(shape: Any) -> bool:
    return bool(shape.geom_type == "LineString" and shape.length > 0)


def _led_on(line: Any, box: Box) -> Any:
    """The line with its loose ends led to the nearest edge of the box where that is near."""
    points = [tuple(point) for point in shapely.get_coordinates(line)]
    if points[0] == points[-1]:
        return line
    first, last = _on_edge(points[0], box), _on_edge(points[-1], box)
    return shapely.LineString(([first] if first else []) + points + ([last] if last else []))


def _on_edge(point: tuple[float, ...], box: Box) -> tuple[float, float] | None:
    lon, lat = point
    edges = [(box.west, lat), (box.east, lat), (lon, box.south), (lon, box.north)]
    away, nearest = min((distance_m(Place(lat, lon), Place(edge[1], edge[0])), edge) for edge in edges)
    return nearest if 0 < away <= _REACH_M else None


def _is_sea(face: Any, coast: Sequence[Any], land: NDArray[np.object_]) -> bool:
    shapely.prepare(face)
    right = left = 0.0
    for line in coast:
        points = shapely.get_coordinates(line)
        steps = np.diff(points, axis=0)
        lengths = np.hypot(steps[:, 0], steps[:, 1])
        sides = np.column_stack((steps[:, 1], -steps[:, 0])) / np.maximum(lengths, 1e-12)[:, None] * _STEP
        middles = (points[1:] + points[:-1]) / 2
        right += float(lengths[shapely.contains_xy(face, middles + sides)].sum())
        left += float(lengths[shapely.contains_xy(face, middles - sides)].sum())
    if right + left == 0 or right / (right + left) < _SURE:
        return False
    return not len(land) or float(np.mean(shapely.contains(face, land))) <= _LAND_SHARE
