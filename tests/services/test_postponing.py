"""Orders on another day: they wait there with their windows and their other halves, nothing is lost, and one undo brings all of it back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import RuleBroken
from app.domain.ids import OrderId
from app.domain.orders import OrderState, TaskKind, task_of
from app.services.commands import MoveToDay
from app.services.journal import happenings
from app.services.postponing import on_day
from tests.builders import DAY, a_plan, a_route, a_window, an_order
from tests.desk import Desk

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "doorstep.db")
    made.fleet()
    pick_up = an_order(2, kind=TaskKind.PICKUP, state=OrderState.PLANNED)
    made.put(an_order(1, windows=(a_window("09:00", "11:00"),), preferred=(a_window("09:30", "10:00"),)), pick_up)
    made.put(an_order(3, paired_with="A-2"), an_order(4), an_order(5))
    made.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4]), unassigned=[5]))
    yield made
    made.store.close()


def wish(*numbers: int, **changes: bool) -> MoveToDay:
    return MoveToDay(orders=tuple(OrderId(f"ord_A-{n}") for n in numbers), day=TOMORROW, label="A-1", **changes)


def test_orders_leave_their_routes_and_wait_on_the_other_day_with_the_same_hours(desk: Desk) -> None:
    before = desk.contents()
    outcome = desk.bus.do(wish(1, 5))
    plan = desk.day().plan
    assert plan is not None
    assert [route.tasks for route in plan.routes] == [(task_of(an_order(2)), task_of(an_order(3))), (task_of(an_order(4)),)]
    assert not plan.unassigned
    moved = {order.number: order for order in desk.store.reader().day(plan.depot, TOMORROW).orders}
    assert sorted(moved) == ["A-1", "A-5"]
    assert moved["A-1"].windows == (a_window("09:00", "11:00", day=TOMORROW),)
    assert moved["A-1"].preferred == (a_window("09:30", "10:00", day=TOMORROW),)
    assert outcome.title is not None
    story = happenings(OrderId("ord_A-1"), desk.store.reader().story(OrderId("ord_A-1")), {})
    assert any(each.said.key == "journal.postponed" for each in story)
    desk.bus.undo()
    assert desk.contents() == before


def test_a_pair_goes_together_and_a_promised_order_is_ready_again(desk: Desk) -> None:
    desk.bus.do(wish(3, keep_windows=False))
    assert {desk.order(n).day for n in (2, 3)} == {TOMORROW}
    assert desk.order(2).state is OrderState.READY
    assert desk.order(1).day == DAY


def test_windows_may_be_given_up(desk: Desk) -> None:
    desk.bus.do(wish(1, keep_windows=False))
    assert (desk.order(1).windows, desk.order(1).preferred) == ((), ())


def test_what_is_under_way_stays_and_what_is_there_already_is_no_step(desk: Desk) -> None:
    desk.put(replace(desk.order(4), state=OrderState.IN_PROGRESS))
    with pytest.raises(RuleBroken):
        desk.bus.do(wish(1, 4))
    assert desk.order(1).day == DAY, "all of it or nothing"
    desk.bus.do(wish(1))
    assert desk.bus.do(wish(1)).step is None


@given(st.integers(-40, 40), st.booleans())
def test_only_day_and_windows_change_and_the_way_back_restores_them(days: int, dated: bool) -> None:
    order = an_order(1, windows=(a_window("08:00", "10:00"), a_window("14:00", "16:00")), day=DAY if dated else None)
    there = on_day(order, DAY + timedelta(days=days), keep_windows=True)
    assert replace(there, day=order.day, windows=order.windows) == order
    assert replace(on_day(there, DAY, keep_windows=True), day=order.day) == order
