"""`bench roads`: points in, tables out, comparison with a peer."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from app.cli import bench_roads
from app.domain.errors import Malformed
from app.domain.geo import Place
from app.routing.roads import RoadTravel
from tests.builders import TurnedClock
from tests.routing.town import a_town, at, street

SCHEMA = Path(__file__).resolve().parents[2] / "resources" / "schemas" / "roads.schema.json"


def doors(travel: RoadTravel) -> Any:
    """An entrance with one area."""
    areas = SimpleNamespace(open=lambda name: SimpleNamespace(name=name), travel=lambda name: travel)
    return SimpleNamespace(areas=lambda: areas, clock=TurnedClock(datetime(2026, 11, 23, 9, tzinfo=UTC)))


def arguments(*words: str) -> argparse.Namespace:
    """What a person typed."""
    parser = argparse.ArgumentParser()
    bench_roads.configure(parser)
    return parser.parse_args(words)


def test_seconds_and_meters_come_out_and_null_where_no_road_leads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two points 100 m apart on a street of 10 m/s, and one on an island 3 km off; the peer is a tenth slower."""
    town = a_town(tmp_path / "t", {"A": (0, 0), "B": (1000, 0), "C": (4000, 0), "D": (4300, 0)}, [street("AB"), street("CD")])
    places = [at(100, 0), at(200, 0), at(4100, 0)]
    points = tmp_path / "p.csv"
    points.write_text("\ufeffLat,Lon\n" + "".join(f"{place.lat},{place.lon}\n" for place in places), "utf-8")
    peer = tmp_path / "peer.json"
    peer.write_text(json.dumps({"durations": [[0, 11, None], [11, 0, None], [None, None, 0]]}), "utf-8")
    out = tmp_path / "out.json"
    assert bench_roads.run(arguments("--area", "t", "--points", str(points), "--json", str(out), "--against", str(peer)), doors(town)) == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["seconds"] == [[0, pytest.approx(10, abs=0.01), None], [pytest.approx(10, abs=0.01), 0, None], [None, None, 0]]
    assert found["meters"] == [[0, 100, None], [100, 0, None], [None, None, 0]]
    assert found["elapsed_s"] > 0
    jsonschema.validate(found, json.loads(SCHEMA.read_text("utf-8")))
    said = capsys.readouterr().out
    assert "pairs 2, only here 0, only there 0" in said
    assert "median error 9.09 %" in said


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "roads.points_missing"),
        (b"x,y\n1,2\n", "roads.points_missing"),
        (b"lat,lon\n", "roads.points_none"),
        (b"lat,lon\n60,abc\n", "roads.points_bad"),
        (b"lat,lon\n160,24\n", "roads.points_bad"),
        (b"lat,lon\n60\n", "roads.points_bad"),
        (b"\xff\xfe\x00\x01", "roads.points_missing"),
    ],
)
def test_bad_points_are_named(tmp_path: Path, content: bytes, key: str) -> None:
    """File and row."""
    file = tmp_path / "p.csv"
    file.write_bytes(content)
    with pytest.raises(Malformed) as refusal:
        bench_roads.read_points(file)
    assert refusal.value.sentence.key == key


def test_columns_may_stand_anywhere(tmp_path: Path) -> None:
    """And other columns beside them."""
    file = tmp_path / "p.csv"
    file.write_text("name,lon,lat\na,24.9,60.1\n", "utf-8")
    assert bench_roads.read_points(file) == [Place(60.1, 24.9)]


def test_a_peer_for_other_points_is_refused(tmp_path: Path) -> None:
    """Two points here, three there."""
    file = tmp_path / "peer.json"
    file.write_text(json.dumps({"seconds": [[0] * 3] * 3}), "utf-8")
    with pytest.raises(Malformed):
        bench_roads.read_peer(file, 2)


def test_the_comparison_counts_pairs_that_both_answer() -> None:
    """Errors 10, 0, 0 and 0 %: median 0; sums 56 against 55: bias + 1.82 %."""
    lines = bench_roads.compared([[0, 11.0, 30.0], [10.0, 0, None], [5.0, 5.0, 0]], [[0, 10.0, 30.0], [10.0, 0, 7.0], [5.0, None, 0]])
    assert lines[0] == "pairs 4, only here 1, only there 1"
    assert lines[2].startswith("median error 0.00 %")
    assert lines[3] == "bias +1.82 %"
