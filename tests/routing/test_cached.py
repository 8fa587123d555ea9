"""What is kept, what is asked of the child, and what happens when the child is stopped or dies."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.errors import Cancelled, Malformed, Unavailable
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile
from app.domain.units import hours
from app.routing import asking
from app.routing.cached import CachedTravel
from app.routing.keeping import Shelf
from app.routing.roads import RoadTravel
from tests.routing.test_contraction import random_town
from tests.routing.town import at

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
PLACES = [at(20.0 * nth, 15.0 * nth) for nth in range(20)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built town."""
    folder = tmp_path_factory.mktemp("town")
    random_town(folder, 2)
    return folder


@pytest.fixture
def travel(built: Path, tmp_path: Path) -> Iterator[CachedTravel]:
    """Travel with an empty cache."""
    opened = CachedTravel(built, tmp_path / "cache")
    yield opened
    opened.close()


def closed(**more: datetime) -> Closure:
    """A closure through the town."""
    return Closure(id=ClosureId("c"), points=(at(150, 0), at(150, 200)), **more)


def test_the_child_gives_what_this_process_would(travel: CachedTravel, built: Path) -> None:
    """Tables, shapes and snaps."""
    here = RoadTravel(built)
    assert travel.table(PLACES, Profile.VAN, origin=MIDNIGHT, zone="UTC", closures=(closed(),)) == here.table(
        PLACES, Profile.VAN, origin=MIDNIGHT, zone="UTC", closures=(closed(),)
    )
    assert travel.shape(PLACES, Profile.VAN, closures=(closed(),)) == here.shape(PLACES, Profile.VAN, closures=(closed(),))
    road = here.stretch(PLACES[0], Profile.VAN)
    assert travel.stretch(PLACES[0], Profile.VAN) == road
    along = Closure(id=ClosureId("r"), points=road, roads=(road,), factor=3.0)
    assert travel.shape(PLACES, Profile.VAN, closures=(along,)) == here.shape(PLACES, Profile.VAN, closures=(along,))
    assert travel.snaps(PLACES, Profile.WALKER) == here.snaps(PLACES, Profile.WALKER)


def test_what_is_kept_needs_no_child(travel: CachedTravel, built: Path, tmp_path: Path) -> None:
    """Another start of the program finds the matrices on disk; so does another day."""
    first = travel.table(PLACES, Profile.VAN, origin=MIDNIGHT, zone="UTC")
    again = CachedTravel(built, tmp_path / "cache")
    assert again.table(PLACES, Profile.VAN, origin=MIDNIGHT + timedelta(days=1), zone="UTC") == first
    assert again._asker.pid is None


@pytest.mark.parametrize("profile", [Profile.VAN, Profile.WALKER])
def test_new_places_are_added_to_what_is_kept(travel: CachedTravel, built: Path, profile: Profile) -> None:
    """15 places known, then another order of them with 5 new ones: equal to a table made afresh."""
    travel.table(PLACES[:15], profile, origin=MIDNIGHT, zone="UTC")
    wanted = [*PLACES[10:], *PLACES[2:9], PLACES[0]]
    assert travel.table(wanted, profile, origin=MIDNIGHT, zone="UTC") == RoadTravel(built).table(wanted, profile, origin=MIDNIGHT, zone="UTC")


def test_a_closure_changes_only_the_bands_it_holds_in(travel: CachedTravel) -> None:
    """From 10:00 to 11:00, an hour before for who is on the way then: these parts of the day are other tables, the others are the kept ones."""
    ten = MIDNIGHT + timedelta(hours=10)
    plain = travel.table(PLACES, Profile.VAN, origin=MIDNIGHT, zone="UTC")
    held = travel.table(PLACES, Profile.VAN, origin=MIDNIGHT, zone="UTC", closures=(closed(begins=ten, ends=ten + timedelta(hours=1)),))
    nine = hours(9)
    assert held.begins == (plain.begins[0], plain.begins[1], nine, plain.begins[2], hours(11), *plain.begins[3:])
    assert [bool(each) for each in held.closed] == [False, False, True, True, False, False, False]
    assert held.durations[:2] + held.durations[4:] == (*plain.durations[:2], *plain.durations[2:])
    assert held.durations[3] != plain.durations[2]


def test_a_damaged_file_is_made_anew(travel: CachedTravel, built: Path, tmp_path: Path) -> None:
    """Half a file counts as none."""
    first = travel.table(PLACES, Profile.WALKER, origin=MIDNIGHT, zone="UTC")
    (file,) = (tmp_path / "cache" / "roads").glob("*.npz")
    file.write_bytes(file.read_bytes()[:100])
    again = CachedTravel(built, tmp_path / "cache")
    assert again.table(PLACES, Profile.WALKER, origin=MIDNIGHT, zone="UTC") == first
    again.close()


def test_the_disk_is_bounded(travel: CachedTravel, tmp_path: Path) -> None:
    """The least used files go first; the latest always stays."""
    travel._shelf = Shelf(tmp_path / "small", disk=10_000)
    for nth in range(4):
        travel.table(PLACES[nth : nth + 10], Profile.WALKER, origin=MIDNIGHT, zone="UTC")
    files = list((tmp_path / "small").glob("*.npz"))
    assert 1 <= len(files) <= 4
    assert sum(file.stat().st_size for file in files) <= 10_000 or len(files) == 1


def test_a_cancel_ends_the_child_at_once_and_the_next_question_starts_another(travel: CachedTravel) -> None:
    """What `report` raises comes back to the caller."""
    travel.snaps(PLACES[:1], Profile.VAN)
    child = travel._asker.pid
    assert child is not None

    def stop(share: float, step: str) -> None:
        if share > 0 or (travel._asker.pid == child and stop_now):
            raise Cancelled

    stop_now: list[bool] = []
    os.kill(child, signal.SIGSTOP)
    stop_now.append(True)
    began = time.monotonic()
    with pytest.raises(Cancelled):
        travel._asker.ask({"do": "snaps", "profile": "van", "places": [[0.0, 0.0]]}, stop)
    assert time.monotonic() - began < 5
    assert travel._asker.pid is None
    assert travel.snaps(PLACES[:1], Profile.VAN)[0].meters is not None


def test_a_child_that_died_is_started_again(travel: CachedTravel) -> None:
    """Nobody notices."""
    before = travel.snaps(PLACES, Profile.VAN)
    child = travel._asker.pid
    assert child is not None
    os.kill(child, signal.SIGKILL)
    assert travel.snaps(PLACES, Profile.VAN) == before


def test_a_child_that_keeps_dying_is_given_up(travel: CachedTravel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice in a row: later again."""
    monkeypatch.setattr(asking, "command", lambda folder: [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(Unavailable) as refusal:
        travel.snaps(PLACES, Profile.VAN)
    assert refusal.value.sentence.key == "roads.died"


def test_damaged_road_data_are_named(built: Path, tmp_path: Path) -> None:
    """A missing file of the network: build the area anew."""
    import shutil

    folder = tmp_path / "broken"
    shutil.copytree(built, folder)
    (folder / "roads" / "motor" / "arc_to.npy").unlink()
    travel = CachedTravel(folder, tmp_path / "cache")
    with pytest.raises(Malformed) as refusal:
        travel.table(PLACES, Profile.VAN, origin=MIDNIGHT, zone="UTC")
    travel.close()
    assert refusal.value.sentence.key == "roads.broken_build"


def test_without_road_data_the_straight_line_is_named(tmp_path: Path) -> None:
    """An area that has no roads is answered all the same, and says how."""
    travel = CachedTravel(tmp_path / "nothing", tmp_path / "cache")
    table = travel.table(PLACES[:2], Profile.VAN, origin=MIDNIGHT, zone="UTC")
    assert table.source == "straight line × 1.4"
    assert table.distances[0][1] == round(25 * 1.4)
    assert len(table.durations) == 5
    assert travel.shape(PLACES[:3], Profile.VAN).source == "straight line × 1.4"
