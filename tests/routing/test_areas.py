"""Areas: built of an extract all or nothing, kept, built anew when the file changes, refused in words when it is none."""

import os
import threading
from pathlib import Path

import pytest

from app.domain.address import Address, AddressState
from app.domain.errors import Cancelled, Malformed, NotFound
from app.routing import areas as areas_module
from app.routing.areas import LocalAreas, clean_name
from app.services.ports.travel import AreaInfo
from app.wording.catalogue import LANGUAGES, sentence
from tests.routing.tiny_towns import TinyTown, two_towns


@pytest.fixture
def areas(tmp_path: Path) -> LocalAreas:
    """An empty folder of areas."""
    return LocalAreas(tmp_path / "areas", tmp_path / "cache")


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """The two tiny towns."""
    return two_towns().write(tmp_path / "Two Towns.osm.pbf")


def visible(areas: LocalAreas) -> list[str]:
    """The folders of the areas' folder, but for lock files."""
    folder = areas._folder
    return sorted(each.name for each in folder.iterdir() if not each.name.endswith(".lock")) if folder.exists() else []


def never(share: float, step: str) -> None:
    """A report of a build that must not happen."""
    raise AssertionError(f"{step} at {share}")


def test_an_area_is_built_and_known_by_name_and_by_path(areas: LocalAreas, extract: Path) -> None:
    shares: list[float] = []
    area = areas.build(str(extract), report=lambda share, step: shares.append(share))
    assert (area.name, area.title, area.addresses, area.stale) == ("two-towns", "Two Towns", 10, False)
    assert area.nodes > 0
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert areas.known() == (area,)
    assert areas.open("two-towns", report=never) == areas.open("Two Towns", report=never) == areas.open(str(extract), report=never) == area
    assert areas.geocoder("two-towns").locate([Address(text="Bahnhofstr. 7")])[0].state is AddressState.EXACT
    assert areas.geocoder("two-towns") is areas.geocoder("two-towns")
    assert areas.tiles("two-towns").max_zoom > 0
    assert visible(areas) == ["two-towns"]


def test_a_path_that_is_opened_is_built_first(areas: LocalAreas, extract: Path) -> None:
    assert areas.open(str(extract)).addresses == 10


def test_the_manifest_names_the_map_makers(areas: LocalAreas, extract: Path) -> None:
    areas.build(str(extract), name="towns")
    assert "© OpenStreetMap contributors" in (areas._folder / "towns" / "area.json").read_text("utf-8")


def test_a_changed_file_is_built_anew_a_touched_one_is_not(areas: LocalAreas, extract: Path) -> None:
    areas.open(str(extract))
    os.utime(extract, ns=(1, 1))
    assert areas.known()[0].stale
    areas.open(str(extract), report=lambda share, step: None)
    assert not areas.known()[0].stale
    town = two_towns()
    town.house("Dorfweg", "9", 100, 100)
    town.write(extract)
    assert areas.open("two-towns").addresses == 11
    assert areas.geocoder("two-towns").locate([Address(text="Dorfweg 9")])[0].state is AddressState.EXACT


def test_another_version_is_built_anew(areas: LocalAreas, extract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    areas.open(str(extract))
    monkeypatch.setattr(areas_module, "MANIFEST_VERSION", 99)
    assert areas.known()[0].stale
    steps: list[str] = []
    areas.open("two-towns", report=lambda share, step: steps.append(step))
    assert "areas.writing_addresses" in steps
    assert not areas.known()[0].stale


def test_files_of_one_name_from_two_folders_are_two_areas(areas: LocalAreas, extract: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    town = two_towns()
    town.house("Dorfweg", "9", 100, 100)
    other = town.write(tmp_path / "other" / extract.name)
    assert [areas.open(str(extract)).name, areas.open(str(other)).name] == ["two-towns", "two-towns-2"]
    assert [areas.open(str(extract), report=never).name, areas.open(str(other), report=never).name] == ["two-towns", "two-towns-2"]


def test_the_same_bytes_elsewhere_are_the_same_area(areas: LocalAreas, extract: Path, tmp_path: Path) -> None:
    area = areas.open(str(extract))
    copy = tmp_path / "copy.osm.pbf"
    copy.write_bytes(extract.read_bytes())
    assert areas.open(str(copy)) == area


def test_an_area_outlives_its_extract(areas: LocalAreas, extract: Path) -> None:
    area = areas.open(str(extract))
    extract.unlink()
    assert areas.open("two-towns") == area


@pytest.mark.parametrize("at", [0.0, 0.04, 0.3, 0.6, 0.8, 1.0])
def test_a_cancelled_build_leaves_nothing(areas: LocalAreas, extract: Path, at: float) -> None:
    def stop(share: float, step: str) -> None:
        if share >= at:
            raise Cancelled

    if at < 1.0:
        with pytest.raises(Cancelled):
            areas.build(str(extract), report=stop)
        assert visible(areas) == []
        assert areas.known() == ()


def test_a_cancelled_rebuild_keeps_the_former_area(areas: LocalAreas, extract: Path) -> None:
    before = areas.open(str(extract))

    def stop(share: float, step: str) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        areas.build(str(extract), report=stop)
    assert areas.known() == (before,)
    assert visible(areas) == ["two-towns"]


def test_what_a_dead_builder_left_is_cleared_away(areas: LocalAreas, extract: Path) -> None:
    left = areas._folder / ".two-towns.0badcafe.part"
    left.mkdir(parents=True)
    (left / "half").write_text("written")
    areas.open(str(extract))
    assert visible(areas) == ["two-towns"]


def test_two_builders_of_one_file_build_it_once(tmp_path: Path, extract: Path) -> None:
    built: list[str] = []
    answers: list[AreaInfo] = []

    def build() -> None:
        areas = LocalAreas(tmp_path / "areas", tmp_path / "cache")
        answers.append(areas.open(str(extract), report=lambda share, step: built.append(step) if step == "areas.ready" else None))

    threads = [threading.Thread(target=build) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert len(answers) == 3
    assert len(built) == 1


def broken_file(kind: str, folder: Path) -> Path:
    """A file that is no good extract."""
    path = folder / f"{kind}.osm.pbf"
    whole = two_towns().write(folder / "whole.osm.pbf").read_bytes()
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        parts = {
            "empty": b"",
            "text": b"order,lat,lon\n1,2,3\n",
            "binary": bytes(range(256)) * 40,
            "cut": whole[: len(whole) * 2 // 3],
            "head": whole[:40],
            "garbled": whole[:-200] + b"x" * 200,
        }
        path.write_bytes(parts[kind])
    return path


@pytest.mark.parametrize(
    "kind, key",
    [
        ("missing", "areas.missing_file"),
        ("folder", "areas.is_folder"),
        ("empty", "areas.empty_file"),
        ("text", "areas.not_osm"),
        ("binary", "areas.not_osm"),
        ("head", "areas.not_osm"),
        ("cut", "areas.cut_off"),
        ("garbled", "areas.cut_off"),
    ],
)
def test_a_file_that_is_no_good_extract_is_refused_in_words(areas: LocalAreas, tmp_path: Path, kind: str, key: str) -> None:
    path = broken_file(kind, tmp_path)
    for act in (areas.build, areas.open):
        with pytest.raises((Malformed, NotFound)) as refused:
            act(str(path))
        assert refused.value.sentence.key == key
        for language in LANGUAGES:
            assert path.name in sentence(refused.value.sentence, language)
    assert visible(areas) == []


def test_an_extract_without_streets_is_refused(areas: LocalAreas, tmp_path: Path) -> None:
    town = TinyTown()
    town.node(0, 0, natural="tree")
    with pytest.raises(Malformed):
        areas.build(str(town.write(tmp_path / "trees.osm.pbf")))
    assert visible(areas) == []


def test_an_unknown_name_says_which_are_known(areas: LocalAreas, extract: Path) -> None:
    areas.build(str(extract))
    with pytest.raises(NotFound) as refused:
        areas.open("atlantis")
    assert "two-towns" in sentence(refused.value.sentence)


def test_an_area_can_be_removed_and_its_extract_stays(areas: LocalAreas, extract: Path) -> None:
    areas.build(str(extract), name="Towns")
    areas.geocoder("towns")
    areas.remove("towns")
    assert areas.known() == ()
    assert extract.exists()
    with pytest.raises(NotFound):
        areas.remove("towns")


@pytest.mark.parametrize(
    "text, name",
    [
        ("Two Towns", "two-towns"),
        ("../../etc/x", "etc-x"),
        ("台北", "台北"),
        ("CON", "con-area"),
        ("", "area"),
        ("...", "area"),
        ("Zürich (West)", "zurich-west"),
    ],
)
def test_a_name_is_a_safe_folder(text: str, name: str) -> None:
    assert clean_name(text) == name
