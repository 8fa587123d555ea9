"""Orders entered, changed and cancelled by hand: numbers, one step each, what is refused, and that routes keep what they have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.errors import Conflict, RuleBroken
from app.domain.ids import OrderId, new_id
from app.domain.orders import Order, OrderState, task_of
from app.services.commands import AddOrders, CancelOrders, Edit, EditOrders
from app.services.entering import entered
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from tests.builders import DAY, a_plan, a_route, a_window, an_order
from tests.desk import Desk

DEFAULTS = Defaults(day=DAY, zone="Europe/Helsinki", country="FI")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "doorstep.db")
    made.fleet()
    made.put(an_order(1), an_order(2), an_order(3))
    yield made
    made.store.close()


def typed(order: Order | None, /, **texts: str) -> Order:
    """What texts make of an order."""
    found = entered({Field(name): text for name, text in texts.items()}, order, DEFAULTS)
    assert found.order is not None, found.errors
    return found.order


def edit(desk: Desk, number: int, **texts: str) -> EditOrders:
    before = desk.order(number)
    return EditOrders(edits=(Edit(before=before, after=typed(before, **texts)),), field=next(iter(texts)), label=before.number)


def test_new_orders_get_the_next_free_number_of_their_day(desk: Desk) -> None:
    first, second = (replace(typed(None, address="Annankatu 12, Helsinki", name=name), id=OrderId(new_id("ord"))) for name in ("Ella", "Onni"))
    desk.bus.do(AddOrders(orders=(first, second)))
    third = replace(first, id=OrderId(new_id("ord")))
    desk.bus.do(AddOrders(orders=(third,), label="Ella"))
    numbers = sorted(order.number for order in desk.day().orders if order.source == "desk")
    assert numbers == ["1123-1", "1123-2", "1123-3"]
    desk.bus.undo()
    assert len([order for order in desk.day().orders if order.source == "desk"]) == 2


def test_a_number_that_is_taken_is_refused(desk: Desk) -> None:
    order = typed(None, address="Annankatu 12", order="X-1")
    desk.bus.do(AddOrders(orders=(order,)))
    with pytest.raises(Conflict) as refused:
        desk.bus.do(AddOrders(orders=(replace(order, id=OrderId(new_id("ord"))),)))
    assert refused.value.sentence.key == "ordering.number_taken"


def test_an_edit_is_one_step_whose_title_says_what(desk: Desk) -> None:
    wish = EditOrders(edits=tuple(Edit(before=desk.order(n), after=typed(desk.order(n), window="9-11; 14-16")) for n in (1, 2, 3)), field="window", label="A-1")
    outcome = desk.bus.do(wish)
    assert outcome.title is not None
    assert outcome.title.key == "command.edit_orders"
    assert [len(desk.order(n).windows) for n in (1, 2, 3)] == [2, 2, 2]
    desk.bus.undo()
    assert [desk.order(n).windows for n in (1, 2, 3)] == [(), (), ()]


def test_a_planned_order_stays_in_its_route_whatever_is_changed(desk: Desk) -> None:
    desk.put(a_plan(a_route(1, [1, 2, 3])))
    desk.bus.do(edit(desk, 2, window="06:00-06:01", weight="900 kg"))
    plan = desk.day().plan
    assert plan is not None
    assert [task for stop in plan.routes[0].stops for task in stop.tasks] == [task_of(an_order(n)) for n in (1, 2, 3)]


def test_another_day_takes_an_order_out_of_its_route_and_moves_its_windows(desk: Desk) -> None:
    desk.put(replace(desk.order(2), windows=(a_window("09:00", "11:00"),), state=OrderState.PLANNED), a_plan(a_route(1, [1, 2, 3])))
    desk.bus.do(edit(desk, 2, day=(DAY + timedelta(days=1)).isoformat()))
    plan, moved = desk.day().plan, desk.order(2)
    assert plan is not None
    assert task_of(moved) not in {task for stop in plan.routes[0].stops for task in stop.tasks}
    assert (moved.state, moved.windows[0].opens.date()) == (OrderState.READY, DAY + timedelta(days=1))
    desk.bus.undo()
    plan = desk.day().plan
    assert plan is not None
    assert len(plan.routes[0].stops) == 3
    assert desk.order(2).state is OrderState.PLANNED


def test_only_what_differs_is_written_and_two_hands_on_one_field_are_told(desk: Desk) -> None:
    seen = desk.order(1)
    desk.bus.do(edit(desk, 1, notes="Ring twice"))
    desk.bus.do(EditOrders(edits=(Edit(before=seen, after=replace(seen, priority=5)),)))
    assert (desk.order(1).notes, desk.order(1).priority) == ("Ring twice", 5)
    with pytest.raises(Conflict):
        desk.bus.do(EditOrders(edits=(Edit(before=seen, after=replace(seen, notes="No bell")),)))
    assert desk.order(1).notes == "Ring twice"


def test_a_cancelled_order_leaves_its_route_and_undo_brings_it_back(desk: Desk) -> None:
    desk.put(a_plan(a_route(1, [1, 2]), unassigned=[3]))
    outcome = desk.bus.do(CancelOrders(orders=(an_order(2).id, an_order(3).id)))
    assert outcome.title is not None
    assert outcome.title.key == "command.cancel_orders"
    plan = desk.day().plan
    assert plan is not None
    assert not plan.unassigned
    assert [task for stop in plan.routes[0].stops for task in stop.tasks] == [task_of(an_order(1))]
    assert {desk.order(n).state for n in (2, 3)} == {OrderState.CANCELLED}
    desk.bus.undo()
    plan = desk.day().plan
    assert plan is not None
    assert (len(plan.routes[0].stops), len(plan.unassigned)) == (2, 1)


@pytest.mark.parametrize("state", [OrderState.IN_PROGRESS, OrderState.DELIVERED, OrderState.CANCELLED])
def test_what_has_left_or_ended_is_not_changed(desk: Desk, state: OrderState) -> None:
    desk.put(replace(desk.order(1), state=state))
    with pytest.raises(RuleBroken):
        desk.bus.do(edit(desk, 1, notes="late"))
    with pytest.raises(RuleBroken):
        desk.bus.do(CancelOrders(orders=(an_order(1).id,)))


@pytest.mark.parametrize(
    ("texts", "field", "key"),
    [
        ({"window": "after lunch"}, Field.WINDOW, "intake.window"),
        ({"window": "17-8"}, Field.WINDOW, "intake.window_backwards"),
        ({"weight": "heavy"}, Field.WEIGHT, "intake.number"),
        ({"pieces": "1.5"}, Field.PIECES, "intake.not_whole"),
        ({"service": "12 h"}, Field.SERVICE, "intake.duration_range"),
        ({"priority": "11"}, Field.PRIORITY, "intake.out_of_range"),
        ({"address": ""}, Field.ADDRESS, "intake.no_place"),
        ({"day": "soon"}, Field.DAY, "intake.date"),
    ],
)
def test_what_is_refused_is_refused_with_the_sentence_of_the_import(texts: dict[str, str], field: Field, key: str) -> None:
    known = None if "address" in texts else an_order(1)
    found = entered({Field(name): text for name, text in texts.items()}, known, DEFAULTS)
    assert (found.order, found.errors[field].key) == (None, key)


def test_what_is_doubtful_is_taken_and_said() -> None:
    found = entered({Field.PHONE: "ask for 12", Field.EMAIL: "nobody@nowhere@x"}, an_order(1), DEFAULTS)
    assert found.order is not None
    assert found.order.recipient.phone == "ask for 12"
    assert {each.key for each in found.warnings.values()} == {"intake.phone", "intake.email"}


def test_changing_the_windows_keeps_their_price_and_a_minute_is_a_minute() -> None:
    soft = an_order(1, windows=(a_window("08:00", "12:00", late_per_hour=500),))
    after = typed(soft, window="10-12", service="90")
    assert [each.late_per_hour for each in after.windows] == [500]
    assert after.service == 90 * 60_000


def test_typing_the_same_again_changes_nothing() -> None:
    order = an_order(1, windows=(a_window("08:00", "12:00"),))
    assert typed(order, window="08:00-12:00", address=order.address.line, weight="2", pieces="1") == order
    assert typed(order, address="Annankatu 12").state is OrderState.DRAFT


def test_known_customers_are_found_by_name_phone_and_address_the_newest_order_of_each(desk: Desk) -> None:
    older, newer = an_order("B-1"), an_order("B-2")
    who = replace(older.recipient, name="Ella 100% Oy", phone="+358409998877")
    desk.put(replace(older, recipient=who, day=DAY - timedelta(days=7), notes="old"), replace(newer, recipient=who, notes="new"))
    found = desk.store.reader().customers
    assert [order.notes for order in found("ella")] == ["new"]
    assert [order.number for order in found("100%")] == ["B-2"]
    assert [order.number for order in found("040 999")] == ["B-2"]
    assert {order.number for order in found("mannerheim", 2)} <= {"A-1", "A-2", "A-3", "B-2"}
    assert found("nobody") == ()
