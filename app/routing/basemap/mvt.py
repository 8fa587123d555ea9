"""Writes Mapbox Vector Tiles, version 2.1, from the public specification of that format (protocol buffers by hand).

Coordinates are whole numbers of a grid of `EXTENT` cells a side, x to the right and y downwards.
"""

from collections.abc import Iterable, Sequence
from typing import Final

EXTENT: Final = 4096
POINT: Final = 1
LINE: Final = 2
POLYGON: Final = 3
_MOVE, _LINE_TO, _CLOSE = 1, 2, 7
Path = Sequence[Sequence[int]]
Props = tuple[tuple[str, str | int], ...]


class LayerWriter:
    """Collects the features of one layer of one tile."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._features = bytearray()
        self._keys: dict[str, int] = {}
        self._values: dict[str | int, int] = {}

    def add(self, geometry_type: int, geometry: bytes, props: Props) -> None:
        """Adds a feature; an empty geometry is left out."""
        if not geometry:
            return
        tags = bytearray()
        for key, value in props:
            _varint(tags, self._keys.setdefault(key, len(self._keys)))
            _varint(tags, self._values.setdefault(value, len(self._values)))
        feature = bytearray()
        if tags:
            _bytes(feature, 2, tags)
        _number(feature, 3, geometry_type)
        _bytes(feature, 4, geometry)
        _bytes(self._features, 2, feature)

    def encoded(self) -> bytes:
        """The layer as a field of a tile; empty where no feature was added."""
        if not self._features:
            return b""
        layer = bytearray()
        _number(layer, 15, 2)
        _bytes(layer, 1, self._name.encode())
        layer += self._features
        for key in self._keys:
            _bytes(layer, 3, key.encode())
        for value in self._values:
            _bytes(layer, 4, _value(value))
        _number(layer, 5, EXTENT)
        tile = bytearray()
        _bytes(tile, 3, layer)
        return bytes(tile)


def points(places: Iterable[Sequence[int]]) -> bytes:
    """The geometry of one or more points."""
    pen = _Pen()
    found = list(places)
    pen.command(_MOVE, len(found))
    for x, y in found:
        pen.move(x, y)
    return bytes(pen.out) if found else b""


def lines(paths: Iterable[Path]) -> bytes:
    """The geometry of lines; repeated points are left out, and lines that shrink to a point."""
    pen = _Pen()
    for path in paths:
        clean = _without_repeats(path)
        if len(clean) > 1:
            pen.path(clean)
    return bytes(pen.out)


def polygons(shapes: Iterable[Sequence[Path]]) -> bytes:
    """The geometry of polygons, each a list of rings (first and last point equal), the outer one first.

    Outer rings get a positive area in the grid's axes, holes a negative one; rings without area are left out, with their holes.
    """
    pen = _Pen()
    for rings in shapes:
        for index, ring in enumerate(rings):
            clean = _without_repeats(ring)[:-1]
            area = doubled_area(clean)
            if len(clean) < 3 or not area:
                if index == 0:
                    break
                continue
            pen.path(clean if (area > 0) == (index == 0) else clean[::-1])
            pen.command(_CLOSE, 1)
    return bytes(pen.out)


def doubled_area(ring: Path) -> int:
    """Twice the signed area of an open ring by the surveyor's formula."""
    total = 0
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        total += x * next_y - next_x * y
    return total


class _Pen:
    """Writes commands and the way from point to point."""

    def __init__(self) -> None:
        self.out = bytearray()
        self._x = self._y = 0

    def command(self, command: int, count: int) -> None:
        _varint(self.out, command | count << 3)

    def move(self, x: int, y: int) -> None:
        out = self.out
        for step in (x - self._x, y - self._y):
            left = step << 1 if step >= 0 else (-step << 1) - 1
            while left > 127:
                out.append(left & 127 | 128)
                left >>= 7
            out.append(left)
        self._x, self._y = x, y

    def path(self, path: Path) -> None:
        self.command(_MOVE, 1)
        self.move(*path[0])
        self.command(_LINE_TO, len(path) - 1)
        for x, y in path[1:]:
            self.move(x, y)


def _without_repeats(path: Path) -> list[Sequence[int]]:
    return [point for index, point in enumerate(path) if index == 0 or point != path[index - 1]]


def _varint(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def _number(out: bytearray, field: int, value: int) -> None:
    _varint(out, field << 3)
    _varint(out, value)


def _bytes(out: bytearray, field: int, content: bytes | bytearray) -> None:
    _varint(out, field << 3 | 2)
    _varint(out, len(content))
    out += content


def _value(value: str | int) -> bytes:
    out = bytearray()
    if isinstance(value, str):
        _bytes(out, 1, value.encode())
    else:
        _number(out, 5, value)
    return bytes(out)
