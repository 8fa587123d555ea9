"""Routes as GPX and GeoJSON: what devices and maps read, whatever customers are called."""

import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.domain.errors import Malformed
from app.domain.geo import Place
from app.files.tracks import FileTracks
from app.services.ports.files import Track, TrackStop

HERE, THERE = Place(60.17, 24.94), Place(60.18, 24.95)
AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
NAMES = {"": "http://www.topografix.com/GPX/1/1"}
EVIL = "</name><wpt> & 王小明\x07"


def tracks() -> list[Track]:
    stops = (TrackStop(number=1, place=HERE, title=EVIL, note="a & b", arrival=AT), TrackStop(number=2, place=THERE, title="B"))
    return [Track(number=3, name="Van 3 Ana", stops=stops, legs=((HERE, Place(60.175, 24.945), THERE), (THERE, HERE)))]


def test_gpx_has_points_routes_and_tracks_in_the_order_of_the_format(tmp_path: Path) -> None:
    FileTracks().write(tmp_path / "day.gpx", tracks())
    root = ElementTree.fromstring((tmp_path / "day.gpx").read_text("utf-8"))
    assert root.get("version") == "1.1"
    assert [each.tag.partition("}")[2] for each in root] == ["wpt", "wpt", "rte", "trk"]
    first = root.find("wpt", NAMES)
    assert first is not None
    assert (first.get("lat"), first.get("lon")) == ("60.170000", "24.940000")
    assert [each.tag.partition("}")[2] for each in first] == ["time", "name", "desc"], "as the format wants them"
    assert first.findtext("name", namespaces=NAMES) == f"1. {EVIL[:-1]}"
    assert first.findtext("time", namespaces=NAMES) == "2026-11-23T06:30:00Z"
    assert [len(each.findall("trkpt", NAMES)) for each in root.findall("trk/trkseg", NAMES)] == [3, 2]


def test_geojson_has_a_line_a_route_and_a_point_a_stop_longitude_first(tmp_path: Path) -> None:
    FileTracks().write(tmp_path / "day.geojson", tracks())
    line, first, second = json.loads((tmp_path / "day.geojson").read_text("utf-8"))["features"]
    assert line["geometry"]["type"] == "MultiLineString"
    assert line["geometry"]["coordinates"][0][0] == [24.94, 60.17]
    assert (first["properties"]["stop"], first["properties"]["order"]) == (1, EVIL)
    assert second["properties"]["arrival"] is None


def test_where_it_cannot_be_written_a_sentence_says_so_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Malformed):
        FileTracks().write(tmp_path / "nowhere" / "day.gpx", tracks())
    assert not list(tmp_path.iterdir())
