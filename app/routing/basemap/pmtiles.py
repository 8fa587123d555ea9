"""Writes and reads PMTiles archives, version 3, from the public specification of that format.

An archive is a header of 127 bytes, a root directory, metadata, leaf directories, and the tiles ordered along a Hilbert curve. Directories,
metadata, and tiles are compressed with gzip; equal tiles are stored once.
"""

import gzip
import hashlib
import json
import struct
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.errors import Malformed
from app.domain.geo import Box

_HEADER: Final = struct.Struct("<7sB" + "Q" * 11 + "BBBBBB" + "iiii" + "Bii")
_MAGIC: Final = b"PMTiles"
_GZIP, _VECTOR = 2, 1
_ROOT_BYTES: Final = 16_384 - _HEADER.size
"""The root directory must end within the first 16 KiB of the archive."""
_LEAF_ENTRIES: Final = 4_096
_KEPT_LEAVES: Final = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """`run` tiles from `tile_id` on have the same bytes; a run of 0 points to a leaf directory."""

    tile_id: int
    offset: int
    length: int
    run: int


def tile_id(zoom: int, x: int, y: int) -> int:
    """The number of a tile: tiles of lower zooms first, then the position along the Hilbert curve of its zoom.

    Curve after Skilling's and Warren's well-known loop (Hacker's Delight, 2nd edition, 16-2). Raises ValueError outside the zoom's grid.
    """
    side = 1 << zoom
    if not (0 <= x < side and 0 <= y < side):
        raise ValueError(f"tile {zoom}/{x}/{y} is outside the grid")
    number = ((1 << 2 * zoom) - 1) // 3
    half = side >> 1
    while half:
        right, low = int(bool(x & half)), int(bool(y & half))
        number += half * half * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = half - 1 - (x & (half - 1)), half - 1 - (y & (half - 1))
            x, y = y, x
        x, y = x & (half - 1), y & (half - 1)
        half >>= 1
    return number


def write_archive(path: Path, tiles: Mapping[tuple[int, int, int], bytes], bounds: Box, metadata: Mapping[str, Any]) -> None:
    """Writes tiles by (zoom, x, y). Equal input gives equal bytes. Raises ValueError for no tiles."""
    if not tiles:
        raise ValueError("an archive needs at least one tile")
    numbered = sorted((tile_id(*address), body) for address, body in tiles.items())
    body, entries, contents = _pack(numbered)
    root, leaves = _directories(entries)
    meta = _zip(json.dumps(metadata, ensure_ascii=False, sort_keys=True).encode())
    zooms = [zoom for zoom, _, _ in tiles]
    starts = [_HEADER.size, _HEADER.size + len(root), 0, 0]
    starts[2] = starts[1] + len(meta)
    starts[3] = starts[2] + len(leaves)
    center = bounds.center
    header = _HEADER.pack(
        _MAGIC, 3, starts[0], len(root), starts[1], len(meta), starts[2], len(leaves), starts[3], len(body), len(numbered), len(entries), contents,
        1, _GZIP, _GZIP, _VECTOR, min(zooms), max(zooms), _e7(bounds.west), _e7(bounds.south), _e7(bounds.east), _e7(bounds.north),
        min(max(zooms), max(min(zooms), 12)), _e7(center.lon), _e7(center.lat),
    )  # fmt: skip
    with path.open("wb") as file:
        for part in (header, root, meta, leaves, body):
            file.write(part)


def _pack(numbered: Iterable[tuple[int, bytes]]) -> tuple[bytes, list[Entry], int]:
    body, entries, seen = bytearray(), list[Entry](), dict[bytes, tuple[int, int]]()
    for number, raw in numbered:
        digest = hashlib.sha256(raw).digest()
        if digest not in seen:
            packed = _zip(raw)
            seen[digest] = (len(body), len(packed))
            body += packed
        offset, length = seen[digest]
        last = entries[-1] if entries else None
        if last and last.offset == offset and last.tile_id + last.run == number:
            entries[-1] = Entry(last.tile_id, offset, length, last.run + 1)
        else:
            entries.append(Entry(number, offset, length, 1))
    return bytes(body), entries, len(seen)


def _directories(entries: list[Entry]) -> tuple[bytes, bytes]:
    root = _zip(_directory(entries))
    if len(root) <= _ROOT_BYTES:
        return root, b""
    size = _LEAF_ENTRIES
    while True:
        leaves, pointers = bytearray(), []
        for at in range(0, len(entries), size):
            leaf = _zip(_directory(entries[at : at + size]))
            pointers.append(Entry(entries[at].tile_id, len(leaves), len(leaf), 0))
            leaves += leaf
        root = _zip(_directory(pointers))
        if len(root) <= _ROOT_BYTES:
            return root, bytes(leaves)
        size *= 2


def _directory(entries: list[Entry]) -> bytes:
    out = bytearray()
    _varint(out, len(entries))
    previous = 0
    for entry in entries:
        _varint(out, entry.tile_id - previous)
        previous = entry.tile_id
    for entry in entries:
        _varint(out, entry.run)
    for entry in entries:
        _varint(out, entry.length)
    end = -1
    for entry in entries:
        _varint(out, 0 if entry.offset == end else entry.offset + 1)
        end = entry.offset + entry.length
    return bytes(out)


def read_directory(packed: bytes) -> list[Entry]:
    """The entries of a stored directory."""
    numbers = _varints(gzip.decompress(packed))
    count = numbers[0]
    ids, runs, lengths, offsets = (numbers[1 + part * count : 1 + (part + 1) * count] for part in range(4))
    entries, number, end = list[Entry](), 0, 0
    for step, run, length, offset in zip(ids, runs, lengths, offsets, strict=True):
        number += step
        start = end if offset == 0 else offset - 1
        entries.append(Entry(number, start, length, run))
        end = start + length
    return entries


class Archive:
    """The tiles of an archive on disk; safe to use from several threads. Implements the `Tiles` port.

    Raises Malformed for a file that is no such archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            header = _HEADER.unpack(self._read(0, _HEADER.size))
            if header[0] != _MAGIC or header[1] != 3:
                raise ValueError("not a PMTiles archive of version 3")
            self._leaves_at, self._body_at = header[6], header[8]
            self._min_zoom, self._max_zoom = header[17], header[18]
            self._bounds = Box(header[20] / 1e7, header[19] / 1e7, header[22] / 1e7, header[21] / 1e7)
            self._root = read_directory(self._read(header[2], header[3]))
            self._metadata = json.loads(gzip.decompress(self._read(header[4], header[5])))
        except (ValueError, EOFError, OSError, struct.error) as error:
            raise Malformed("map.broken_archive", file=path.name, why=str(error)) from error
        self._kept: OrderedDict[int, list[Entry]] = OrderedDict()

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The tile of that address in the XYZ scheme, or None where there is none."""
        if not self._min_zoom <= zoom <= self._max_zoom or not (0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        number = tile_id(zoom, x, y)
        entry = _find(self._root, number)
        while entry is not None and entry.run == 0:
            entry = _find(self._leaf(entry), number)
        return gzip.decompress(self._read(self._body_at + entry.offset, entry.length)) if entry else None

    @property
    def min_zoom(self) -> int:
        """The shallowest zoom that is stored."""
        return int(self._min_zoom)

    @property
    def max_zoom(self) -> int:
        """The deepest zoom that is stored; deeper ones are drawn from it."""
        return int(self._max_zoom)

    @property
    def bounds(self) -> Box:
        """Where the map's data lie."""
        return self._bounds

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the archive says of itself: attribution and layers."""
        return dict(self._metadata)

    def _leaf(self, pointer: Entry) -> list[Entry]:
        with self._lock:
            kept = self._kept.get(pointer.offset)
        if kept is None:
            kept = read_directory(self._read(self._leaves_at + pointer.offset, pointer.length))
            with self._lock:
                self._kept[pointer.offset] = kept
                if len(self._kept) > _KEPT_LEAVES:
                    self._kept.popitem(last=False)
        return kept

    def _read(self, offset: int, length: int) -> bytes:
        """Opened for each read: nothing to close, and the area can be built anew while its map is shown."""
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read(length)


def _find(entries: list[Entry], number: int) -> Entry | None:
    low, high = 0, len(entries)
    while low < high:
        middle = (low + high) // 2
        if entries[middle].tile_id <= number:
            low = middle + 1
        else:
            high = middle
    if not low:
        return None
    entry = entries[low - 1]
    return entry if entry.run == 0 or number < entry.tile_id + entry.run else None


def _zip(raw: bytes) -> bytes:
    return gzip.compress(raw, 9, mtime=0)


def _e7(degrees: float) -> int:
    return round(degrees * 1e7)


def _varint(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def _varints(raw: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return numbers
