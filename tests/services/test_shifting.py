"""Shifts changed, added and removed by hand: nothing of a plan is lost by it, nobody drives twice at once, and one undo brings all of it back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import NotFound, RuleBroken
from app.domain.fleet import Shift
from app.domain.ids import ShiftId, VehicleId
from app.domain.orders import task_of
from app.domain.sentences import Sentence
from app.services.commands import EditOrders
from app.services.shift_commands import ChangeShifts, Together
from tests.builders import a_driver, a_plan, a_route, a_shift, a_vehicle, an_order, wall
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "doorstep.db")
    made.fleet()
    made.put(a_vehicle(9), a_driver(9))
    made.put(*(an_order(number) for number in (1, 2, 3)))
    made.put(a_plan(a_route(1, [1, 2]), a_route(2, [3])))
    yield made
    made.store.close()


def shift(desk: Desk, number: int) -> Shift:
    return next(each for each in desk.day().shifts if each.id == f"shf_{number}")


def test_a_shift_gets_other_hours_and_one_undo_brings_the_old_ones_back(desk: Desk) -> None:
    before = desk.contents()
    outcome = desk.bus.do(ChangeShifts(shifts=(replace(shift(desk, 1), latest_end=wall("19:30")),), label="Aino"))
    assert shift(desk, 1).latest_end == wall("19:30")
    assert outcome.title == Sentence.of("command.change_shifts", count=1, shift="Aino")
    desk.bus.undo()
    assert desk.contents() == before


def test_a_vehicle_that_stands_idle_gets_a_shift(desk: Desk) -> None:
    new = a_shift(9)
    outcome = desk.bus.do(ChangeShifts(shifts=(new,), label="Van 9"))
    assert shift(desk, 9).vehicle == new.vehicle
    assert outcome.title == Sentence.of("command.add_shifts", count=1, shift="Van 9")


def test_the_stops_of_a_shift_that_is_removed_wait_in_the_pool(desk: Desk) -> None:
    before = desk.contents()
    desk.bus.do(ChangeShifts(removed=(ShiftId("shf_1"),), label="Aino"))
    plan = desk.day().plan
    assert plan is not None
    assert [route.shift for route in plan.routes] == ["shf_2"]
    assert {each.task for each in plan.unassigned} == {task_of(an_order(1)), task_of(an_order(2))}
    desk.bus.undo()
    assert desk.contents() == before


def test_nobody_drives_twice_at_once_but_two_may_exchange_their_vehicles(desk: Desk) -> None:
    one, two = shift(desk, 1), shift(desk, 2)
    with pytest.raises(RuleBroken) as refused:
        desk.bus.do(ChangeShifts(shifts=(replace(one, vehicle=two.vehicle),)))
    assert refused.value.sentence.key == "shifts.vehicle_twice"
    desk.bus.do(ChangeShifts(shifts=(replace(one, vehicle=two.vehicle), replace(two, vehicle=one.vehicle))))
    assert (shift(desk, 1).vehicle, shift(desk, 2).vehicle) == (two.vehicle, one.vehicle)


def test_what_is_not_in_the_book_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.bus.do(ChangeShifts(removed=(ShiftId("shf_77"),)))
    with pytest.raises(NotFound):
        desk.bus.do(ChangeShifts(shifts=(replace(shift(desk, 1), vehicle=VehicleId("veh_77")),)))


def test_several_things_are_done_as_one_step_or_not_at_all(desk: Desk) -> None:
    before, called = desk.contents(), Sentence.of("command.change_shifts", count=1, shift="Aino")
    longer = ChangeShifts(shifts=(replace(shift(desk, 1), latest_end=wall("19:30")),))
    with pytest.raises(NotFound):
        desk.bus.do(Together(parts=(longer, ChangeShifts(removed=(ShiftId("shf_77"),))), called=called))
    assert desk.contents() == before
    outcome = desk.bus.do(Together(parts=(longer, EditOrders(edits=())), called=called))
    assert (outcome.title, shift(desk, 1).latest_end) == (called, wall("19:30"))
    desk.bus.undo()
    assert desk.contents() == before
