"""The base map: what an extract holds comes out of the tiles as an independent reader decodes them."""

import gzip
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import osmium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osmium.osm import mutable

from app.domain.errors import Cancelled, Malformed
from app.domain.geo import Box
from app.routing.basemap import FILE, build_basemap, open_tiles
from app.routing.basemap.mvt import doubled_area, polygons
from app.routing.basemap.pmtiles import Archive, tile_id, write_archive
from app.services.ports.travel import silent

LAT, LON = 50.0, 10.0


# ── an independent reader of vector tiles ──────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Seen:
    """A decoded feature: parts are lists of points; of polygons each ring is a part, without the closing point."""

    kind: int
    parts: list[list[tuple[int, int]]]
    props: dict[str, Any]


def fields(raw: bytes) -> Iterator[tuple[int, Any]]:
    """Number and content of each field of a protocol buffer."""
    at = 0
    while at < len(raw):
        key, at = number(raw, at)
        value, at = number(raw, at)
        if key & 7 == 2:
            yield key >> 3, raw[at : at + value]
            at += value
        else:
            assert key & 7 == 0, "only numbers and lengths are used"
            yield key >> 3, value


def number(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def numbers(raw: bytes) -> list[int]:
    found, at = [], 0
    while at < len(raw):
        value, at = number(raw, at)
        found.append(value)
    return found


def parts_of(raw: bytes) -> list[list[tuple[int, int]]]:
    codes, at, x, y = numbers(raw), 0, 0, 0
    parts: list[list[tuple[int, int]]] = []
    while at < len(codes):
        command, count = codes[at] & 7, codes[at] >> 3
        at += 1
        assert command in (1, 2, 7), "MoveTo, LineTo or ClosePath"
        if command == 7:
            continue
        for _ in range(count):
            x += (codes[at] >> 1) ^ -(codes[at] & 1)
            y += (codes[at + 1] >> 1) ^ -(codes[at + 1] & 1)
            at += 2
            if command == 1:
                parts.append([])
            parts[-1].append((x, y))
    return parts


def decoded(tile: bytes) -> dict[str, list[Seen]]:
    layers: dict[str, list[Seen]] = {}
    for field, layer in fields(tile):
        assert field == 3
        name, keys, values, features, extent, version = "", [], [], [], 0, 0
        for part, content in fields(layer):
            if part == 1:
                name = content.decode()
            elif part == 2:
                features.append(dict(fields(content)))
            elif part == 3:
                keys.append(content.decode())
            elif part == 4:
                ((form, value),) = fields(content)
                values.append(value.decode() if form == 1 else value)
            elif part == 5:
                extent = content
            elif part == 15:
                version = content
        assert (extent, version) == (4096, 2)
        assert name not in layers, "a layer stands once in a tile"
        layers[name] = []
        for feature in features:
            tags = numbers(feature.get(2, b""))
            props = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
            layers[name].append(Seen(feature[3], parts_of(feature[4]), props))
    return layers


# ── a town written for the test ────────────────────────────────────────────────────────────────────────────────────────────────


class Town:
    """Writes nodes, ways and relations; coordinates in thousandths of a degree from a corner."""

    def __init__(self, path: Path) -> None:
        self.writer = osmium.SimpleWriter(str(path))
        self.nodes: list[Any] = []
        self.ways: list[Any] = []
        self.relations: list[Any] = []
        self._next = 0

    def node(self, x: float, y: float, **tags: str) -> int:
        self._next += 1
        self.nodes.append(mutable.Node(id=self._next, location=(LON + x / 1000, LAT + y / 1000), tags=written(tags)))
        return self._next

    def way(self, *points: tuple[float, float], **tags: str) -> int:
        met = {point: self.node(*point) for point in dict.fromkeys(points)}
        self._next += 1
        self.ways.append(mutable.Way(id=self._next, nodes=[met[point] for point in points], tags=written(tags)))
        return self._next

    def relation(self, members: list[tuple[str, int, str]], **tags: str) -> None:
        self._next += 1
        self.relations.append(mutable.Relation(id=self._next, members=members, tags=written(tags)))

    def close(self) -> None:
        with self.writer as writer:
            for node in self.nodes:
                writer.add_node(node)
            for way in self.ways:
                writer.add_way(way)
            for relation in self.relations:
                writer.add_relation(relation)


def written(tags: dict[str, str]) -> dict[str, str]:
    return {key.replace("__", ":"): value for key, value in tags.items()}


def square(x: float, y: float, side: float) -> list[tuple[float, float]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A main street and a lane, a house, a park with a pond (a multipolygon with a hole), a tram in a tunnel, the town's name."""
    path = tmp_path / "town.osm.pbf"
    made = Town(path)
    made.node(5, 5, place="town", name="Kleinstadt", name__en="Smalltown", population="12 000")
    made.way((0, 0), (5, 0), (10, 0), highway="primary", name="Hauptstraße")
    made.way((10, 0), (12, 1), highway="primary", name="Hauptstraße")
    made.way((5, 0), (5, 8), highway="residential", name="Gasse <b>&\u2028\"'")
    made.way(*square(1, 1, 0.3), building="yes", addr__housenumber="7a")
    outer, inner = made.way(*square(6, 2, 3)), made.way(*square(7, 3, 1))
    made.relation([("w", outer, "outer"), ("w", inner, "inner")], type="multipolygon", leisure="park", name="Stadtpark")
    made.way(*square(7, 3, 1), natural="water", name="Teich")
    made.way((0, 4), (10, 4), waterway="stream", tunnel="culvert")
    made.close()
    return path


def all_tiles(archive: Archive) -> Iterator[tuple[tuple[int, int, int], dict[str, list[Seen]]]]:
    box = archive.bounds
    for zoom in range(archive.min_zoom, archive.max_zoom + 1):
        side = 1 << zoom
        for x in range(side) if zoom < 8 else range(int((box.west + 180) / 360 * side) - 2, int((box.east + 180) / 360 * side) + 3):
            for y in range(int(side * 0.30), int(side * 0.40)):
                body = archive.tile(zoom, x, y)
                if body is not None:
                    yield (zoom, x, y), decoded(body)


def test_what_the_town_holds_is_on_its_map(town: Path, tmp_path: Path) -> None:
    build_basemap(town, tmp_path)
    seen = [layers for address, layers in all_tiles(open_tiles(tmp_path)) if address[0] == 14]
    kinds = {(layer, each.props.get("kind")) for layers in seen for layer, found in layers.items() for each in found}
    assert {("roads", "primary"), ("roads", "minor"), ("landuse", "park"), ("water", "water"), ("buildings", None), ("places", "town")} <= kinds
    assert not any(layer == "waterways" for layer, _ in kinds), "water under ground is not drawn"
    names = {each.props.get("name") for layers in seen for found in layers.values() for each in found}
    assert {"Hauptstraße", "Gasse <b>&\u2028\"'", "Stadtpark", "Teich", "Kleinstadt"} <= names
    assert {each.props["number"] for layers in seen for each in layers.get("houses", [])} == {"7a"}


def test_far_zooms_keep_the_main_street_and_leave_out_the_house(town: Path, tmp_path: Path) -> None:
    build_basemap(town, tmp_path)
    far = [layers for address, layers in all_tiles(open_tiles(tmp_path)) if address[0] == 9]
    assert any(each.props["kind"] == "primary" for layers in far for each in layers.get("roads", []))
    assert not any("buildings" in layers for layers in far)


def test_a_park_with_a_pond_has_a_hole_that_turns_the_other_way(town: Path, tmp_path: Path) -> None:
    build_basemap(town, tmp_path)
    parks = [each for address, layers in all_tiles(open_tiles(tmp_path)) if address[0] == 13 for each in layers.get("landuse", [])]
    holed = [each for each in parks if len(each.parts) == 2]
    assert holed, "at least one tile shows the whole pond"
    for park in holed:
        outer, hole = (doubled_area(ring) for ring in park.parts)
        assert outer > 0 > hole
        assert outer > -hole


def test_every_polygon_begins_with_an_outer_ring(town: Path, tmp_path: Path) -> None:
    build_basemap(town, tmp_path)
    for _, layers in all_tiles(open_tiles(tmp_path)):
        for found in layers.values():
            assert all(doubled_area(each.parts[0]) > 0 for each in found if each.kind == 3)


def test_equal_extracts_give_equal_bytes(town: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        build_basemap(town, tmp_path / name)
    assert (tmp_path / "a" / FILE).read_bytes() == (tmp_path / "b" / FILE).read_bytes()


def test_pieces_of_a_street_with_one_name_are_one_line(town: Path, tmp_path: Path) -> None:
    build_basemap(town, tmp_path)
    mains = [
        each for address, layers in all_tiles(open_tiles(tmp_path)) if address[0] == 10 for each in layers.get("roads", []) if each.props["kind"] == "primary"
    ]
    assert mains
    assert all(len(each.parts) == 1 for each in mains)


def coast_town(path: Path, *, northwards: bool) -> None:
    """Streets in the west and a coast from edge to edge: drawn northwards it has the streets on its left, the side of the land."""
    made = Town(path)
    coast = [(5.0, 0.0), (5.5, 5.0), (5.0, 10.0)]
    made.way(*(coast if northwards else coast[::-1]), natural="coastline")
    for y in range(11):
        made.way((0, y), (3, y), highway="residential", name=f"Weg {y}")
    made.way((9.9, 0), (10, 10), highway="track")
    made.close()


def sea_east_of(folder: Path, x: float) -> list[bool]:
    """For each piece of sea of zoom 12 whether it lies east of a position."""
    answers = []
    for (zoom, column, _), layers in all_tiles(open_tiles(folder)):
        for each in layers.get("water", []) if zoom == 12 else []:
            middle = sum(point[0] for point in each.parts[0]) / len(each.parts[0])
            answers.append((column + middle / 4096) / 4096 * 360 - 180 > LON + x / 1000)
    return answers


def test_the_sea_lies_to_the_right_of_the_coast(tmp_path: Path) -> None:
    path = tmp_path / "coast.osm.pbf"
    coast_town(path, northwards=True)
    build_basemap(path, tmp_path)
    found = sea_east_of(tmp_path, 5)
    assert found
    assert all(found)


def test_a_coast_drawn_the_wrong_way_round_never_floods_the_town(tmp_path: Path) -> None:
    path = tmp_path / "coast.osm.pbf"
    coast_town(path, northwards=False)
    build_basemap(path, tmp_path)
    assert not sea_east_of(tmp_path, 5), "the streets are surely on land: no sea rather than a flood"


def test_a_piece_of_coast_in_the_middle_floods_nothing(tmp_path: Path) -> None:
    path = tmp_path / "coast.osm.pbf"
    made = Town(path)
    made.way((40, 40), (60, 60), natural="coastline")
    made.way((0, 0), (100, 0), (100, 100), highway="primary")
    made.way((0, 0), (0, 100), (100, 100), highway="primary")
    made.close()
    build_basemap(path, tmp_path)
    assert not any(layers.get("water") for _, layers in all_tiles(open_tiles(tmp_path)))


@pytest.mark.parametrize("raw", [b"", b"no map at all", b"\x00\x00\x00\x0d\x0a\x09OSMHeader" + bytes(40)])
def test_a_file_that_is_no_extract_is_refused_and_leaves_nothing(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "bad.osm.pbf"
    path.write_bytes(raw)
    with pytest.raises(Malformed):
        build_basemap(path, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["bad.osm.pbf"]


def test_a_cut_off_extract_is_refused(town: Path, tmp_path: Path) -> None:
    town.write_bytes(town.read_bytes()[:-60])
    with pytest.raises(Malformed) as refused:
        build_basemap(town, tmp_path)
    assert refused.value.sentence.key == "map.broken_extract"


def test_cancelling_leaves_nothing_behind(town: Path, tmp_path: Path) -> None:
    def stop(share: float, _step: str) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_basemap(town, tmp_path, stop)
    assert [each.name for each in tmp_path.iterdir()] == [town.name]


def test_progress_never_runs_backwards(town: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    build_basemap(town, tmp_path, lambda share, _step: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


# ── the archive ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tiles_are_numbered_along_the_curve_of_the_format() -> None:
    """The first numbers as the format's description gives them."""
    assert tile_id(0, 0, 0) == 0
    assert [tile_id(1, x, y) for x, y in ((0, 0), (0, 1), (1, 1), (1, 0))] == [1, 2, 3, 4]
    assert tile_id(2, 0, 0) == 5


@given(st.integers(1, 6))
def test_neighbours_on_the_curve_are_neighbours_on_the_map(zoom: int) -> None:
    side = 1 << zoom
    order = sorted((tile_id(zoom, x, y), x, y) for x in range(side) for y in range(side))
    assert all(abs(a[1] - b[1]) + abs(a[2] - b[2]) == 1 and b[0] == a[0] + 1 for a, b in pairwise(order))


def test_each_of_many_tiles_is_found_and_no_other(tmp_path: Path) -> None:
    dice = random.Random(1)
    tiles = {(9, x, y): dice.randbytes(dice.randrange(1, 90)) for x in range(0, 300, 2) for y in range(200)}
    write_archive(tmp_path / "many.pmtiles", tiles, Box(0, 0, 1, 1), {"a": "ü"})
    archive = Archive(tmp_path / "many.pmtiles")
    assert all(archive.tile(*address) == body for address, body in list(tiles.items())[::7])
    assert archive.tile(9, 1, 0) is None
    assert archive.tile(8, 0, 0) is None
    assert archive.tile(9, 10_000, 0) is None
    assert archive.metadata == {"a": "ü"}
    header = (tmp_path / "many.pmtiles").read_bytes()[:127]
    root_at, root_length = struct.unpack_from("<QQ", header, 8)
    assert root_at + root_length <= 16_384
    assert struct.unpack_from("<Q", header, 48)[0] > 0, "so many tiles need leaf directories"


def test_equal_tiles_are_stored_once(tmp_path: Path) -> None:
    write_archive(tmp_path / "sea.pmtiles", {(8, x, 5): b"sea" * 1000 for x in range(100)}, Box(0, 0, 1, 1), {})
    assert (tmp_path / "sea.pmtiles").stat().st_size < 127 + 500 + 2 * len(gzip.compress(b"sea" * 1000)) + 500


@pytest.mark.parametrize("raw", [b"", b"PMTiles\x03", b"PMTiles\x02" + bytes(200), b"PMTiles\x03" + b"\xff" * 300])
def test_a_broken_archive_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / FILE).write_bytes(raw)
    with pytest.raises(Malformed):
        open_tiles(tmp_path)


def test_a_ring_without_area_takes_its_holes_along() -> None:
    flat = [[0, 0], [10, 0], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 1]]
    assert polygons([[flat, hole]]) == b""


@pytest.mark.parametrize("city", ["helsinki", "baltimore"])
def test_every_tile_of_a_real_city_decodes(area_extracts: Path, tmp_path: Path, city: str) -> None:
    build_basemap(area_extracts / f"{city}.osm.pbf", tmp_path, silent)
    box = open_tiles(tmp_path).bounds
    shown = 0
    archive = open_tiles(tmp_path)
    for zoom in (11, 13, 14):
        side = 1 << zoom
        for x in range(int((box.west + 180) / 360 * side), int((box.east + 180) / 360 * side) + 1):
            for y in range(side // 4, side // 2):
                body = archive.tile(zoom, x, y)
                shown += bool(body and decoded(body))
    assert shown > 4
