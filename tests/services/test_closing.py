"""Closing and opening roads through the bus."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.errors import NotFound, RuleBroken
from app.domain.events import RoadClosed, RoadOpened
from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, ClosureKind, Profile
from app.domain.units import Grams, hours
from app.services.changes import Kind
from app.services.commands import ChangeClosure, CloseRoad, OpenRoad
from tests.desk import Desk

LINE = (Place(60.17, 24.93), Place(60.17, 24.94))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a new database."""
    made = Desk(tmp_path / "doorstep.db")
    yield made
    made.store.close()


def closures(desk: Desk) -> tuple[Closure, ...]:
    """What is closed now."""
    with desk.store.unit_of_work() as uow:
        return uow.closures.all()


def test_a_closure_is_kept_told_and_undone(desk: Desk) -> None:
    """With all that was drawn; undo takes it away, redo brings the same one back."""
    wish = CloseRoad(points=LINE, factor=2.5, profiles=frozenset({Profile.VAN}), note="market", begins=NOON, ends=NOON + timedelta(hours=2))
    outcome = desk.bus.do(wish)
    (kept,) = closures(desk)
    assert (kept.points, kept.factor, kept.profiles, kept.note, kept.begins, kept.ends) == (LINE, 2.5, wish.profiles, "market", wish.begins, wish.ends)
    assert outcome.events == (RoadClosed(closure=kept.id),)
    assert outcome.changes.ids(Kind.CLOSURE) == {kept.id}
    desk.bus.undo()
    assert closures(desk) == ()
    desk.bus.redo()
    assert [each.id for each in closures(desk)] == [kept.id]


def test_a_closure_is_changed_and_undo_gives_the_old_one_back(desk: Desk) -> None:
    """Its identity stays; a change to what it was already is none; one that was lifted meanwhile is refused."""
    desk.bus.do(CloseRoad(points=LINE, note="market"))
    (kept,) = closures(desk)
    changed = replace(kept, factor=2.0, kind=ClosureKind.EVENT, daily=(hours(7), hours(16)), heavier_than=Grams(3_500_000), roads=(LINE,))
    outcome = desk.bus.do(ChangeClosure(closure=changed))
    assert outcome.changes.ids(Kind.CLOSURE) == {kept.id}
    (now,) = closures(desk)
    assert replace(now, version=changed.version) == changed
    assert not desk.bus.do(ChangeClosure(closure=changed)).changes
    desk.bus.undo()
    assert [replace(each, version=kept.version) for each in closures(desk)] == [kept]
    desk.bus.do(OpenRoad(closure=kept.id))
    with pytest.raises(NotFound):
        desk.bus.do(ChangeClosure(closure=changed))


def test_a_closure_is_lifted_and_undo_draws_it_again(desk: Desk) -> None:
    """The same closure."""
    desk.bus.do(CloseRoad(points=LINE))
    (kept,) = closures(desk)
    outcome = desk.bus.do(OpenRoad(closure=kept.id))
    assert outcome.events == (RoadOpened(closure=kept.id),)
    assert closures(desk) == ()
    desk.bus.undo()
    assert [each.points for each in closures(desk)] == [LINE]


def test_lifting_an_unknown_closure_is_refused(desk: Desk) -> None:
    """Somebody else lifted it."""
    with pytest.raises(NotFound):
        desk.bus.do(OpenRoad(closure=ClosureId("clo_none")))


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (CloseRoad(points=LINE[:1]), "roads.closure_points"),
        (CloseRoad(points=(LINE[0], LINE[0])), "roads.closure_points"),
        (CloseRoad(points=LINE, factor=0.0), "roads.closure_factor"),
        (CloseRoad(points=LINE, begins=NOON, ends=NOON), "roads.closure_times"),
        (CloseRoad(points=LINE, daily=(hours(7), hours(7))), "roads.closure_hours"),
        (CloseRoad(points=LINE, heavier_than=Grams(0)), "roads.closure_weight"),
        (CloseRoad(points=LINE, roads=(LINE, LINE[:1])), "roads.closure_points"),
    ],
)
def test_what_means_nothing_is_refused(desk: Desk, wish: CloseRoad, key: str) -> None:
    """One point, a factor of nothing, an end before the beginning."""
    with pytest.raises(RuleBroken) as refusal:
        desk.bus.do(wish)
    assert refusal.value.sentence.key == key
    assert closures(desk) == ()
