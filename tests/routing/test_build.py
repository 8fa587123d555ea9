"""Building roads from files: bad input, cancel, nothing half written."""

from pathlib import Path

import pytest

from app.domain.errors import Cancelled, Malformed
from app.routing.roads import build_roads
from app.routing.stamp import read_stamp
from app.services.ports.travel import silent
from tests.routing.town import draw_extract, street

CORNERS = {"A": (0, 0), "B": (1000, 0)}


def refusal_of(extract: Path, folder: Path) -> str:
    """The key of the sentence, after which nothing is left."""
    with pytest.raises(Malformed) as refusal:
        build_roads(extract, folder, silent)
    assert not list(folder.glob("*"))
    return refusal.value.sentence.key


def test_what_is_no_extract(tmp_path: Path) -> None:
    """Empty, text, binary."""
    folder = tmp_path / "area"
    folder.mkdir()
    for nth, content in enumerate((b"", b"lat,lon\n1,2\n", bytes(range(256)) * 40)):
        file = tmp_path / f"{nth}.osm.pbf"
        file.write_bytes(content)
        assert refusal_of(file, folder) in ("roads.broken_extract", "roads.no_road")


def test_an_extract_that_is_cut_off(tmp_path: Path) -> None:
    """Half of a good file."""
    folder = tmp_path / "area"
    folder.mkdir()
    file = draw_extract(tmp_path / "whole.osm.pbf", CORNERS, [street("AB")])
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    assert refusal_of(file, folder) == "roads.broken_extract"


def test_an_extract_without_roads(tmp_path: Path) -> None:
    """Only a building."""
    folder = tmp_path / "area"
    folder.mkdir()
    file = draw_extract(tmp_path / "x.osm.pbf", CORNERS, [street("AB", highway="proposed")])
    assert refusal_of(file, folder) == "roads.no_road"


def test_footpaths_alone_are_an_area_for_walkers(tmp_path: Path) -> None:
    """And the van reaches nothing in it."""
    from datetime import UTC, datetime

    from app.domain.roads import UNREACHABLE, Profile
    from tests.routing.town import a_town, at

    town = a_town(tmp_path / "t", CORNERS, [street("AB", highway="footway")])
    walk = town.table([at(100, 0), at(500, 0)], Profile.WALKER, origin=datetime(2026, 11, 23, tzinfo=UTC), zone="UTC")
    drive = town.table([at(100, 0), at(500, 0)], Profile.VAN, origin=datetime(2026, 11, 23, tzinfo=UTC), zone="UTC")
    assert walk.distances[0][1] == 400
    assert drive.distances[0][1] == UNREACHABLE
    assert town.snaps([at(100, 0)], Profile.VAN)[0].meters is None


def test_a_cancelled_build_leaves_the_old_one(tmp_path: Path) -> None:
    """At whatever step it is cancelled."""
    folder = tmp_path / "area"
    folder.mkdir()
    file = draw_extract(tmp_path / "x.osm.pbf", CORNERS, [street("AB")])
    steps: list[str] = []
    build_roads(file, folder, lambda share, step: steps.append(step))
    stamp = read_stamp(folder)
    for nth in range(len(steps) - 1):
        left = [nth]

        def stop(share: float, step: str, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            build_roads(file, folder, stop)
        assert read_stamp(folder) == stamp
        assert [each.name for each in folder.iterdir()] == ["roads"]


def test_another_extract_is_another_build(tmp_path: Path) -> None:
    """What is kept of one is never given for the other."""
    folder = tmp_path / "area"
    folder.mkdir()
    build_roads(draw_extract(tmp_path / "x.osm.pbf", CORNERS, [street("AB")]), folder, silent)
    before = read_stamp(folder)
    build_roads(draw_extract(tmp_path / "x.osm.pbf", {**CORNERS, "B": (1001, 0)}, [street("AB")]), folder, silent)
    assert read_stamp(folder) != before
