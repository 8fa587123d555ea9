"""Stops moved by mouse and keyboard, locked, taken back and done again, in the real window on the demo area."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.desktop.plan.pool import PoolModel
from app.domain.plans import Lock, PlanState
from app.services.commands import MoveStops
from tests.window import Make, drop_orders, fullest, press, undo_text

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
KEYS = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def test_a_stop_is_dragged_to_another_place_of_its_route(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    made.desk.selection.show_route(route.id)
    made.desk.window.show_tab("stops")
    table, before = made.desk.window.stops.table, made.view.stops[route.id]
    assert len(before) >= 3
    below = table.visualRect(table.rows.index(2, 1)).bottomLeft() + QPoint(4, -2)
    drop_orders(table.viewport(), below, list(before[0].orders))
    assert [row.id for row in made.view.stops[route.id]][:3] == [before[1].id, before[2].id, before[0].id], "shown at once"
    made.quiet()
    after = made.view.stops[route.id]
    assert [row.id for row in after][:3] == [before[1].id, before[2].id, before[0].id]
    assert [row.arrival for row in after] != [row.arrival for row in before]
    assert undo_text(made) == f"Undo: Move {before[0].number} to {route.vehicle}"


def test_a_stop_is_dragged_onto_another_route_of_the_list(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    other = next(row for row in made.view.routes if row.id != route.id)
    stop, routes = made.view.stops[route.id][0], made.desk.window.routes
    at = routes.routes.place_of(other.id)
    assert at is not None
    index = routes.routes.index(at)
    drop_orders(routes.viewport(), routes.visualRect(index).center(), list(stop.orders))
    made.quiet()
    assert made.view.by_stop[stop.id].route == other.id
    times = made.view.by_route[other.id]
    made.desk.edits.move_orders(stop.orders, other.id, times.stops)
    made.quiet()
    assert (made.view.by_route[other.id].broken, made.view.by_route[other.id].meters) >= (times.broken, times.meters), "it went to the best place of the route"


def test_earlier_and_later_by_keyboard_are_one_step_of_undo(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    made.desk.selection.show_route(route.id)
    table, before = made.desk.window.stops.table, [row.id for row in made.view.stops[route.id]]
    made.desk.window.show_tab("stops")
    table.selectRow(0)
    press(made, table, KEYS.Key_Down, ALT)
    press(made, table, KEYS.Key_Down, ALT)
    made.quiet()
    assert [row.id for row in made.view.stops[route.id]][2] == before[0]
    press(made, table, KEYS.Key_Up, ALT)
    made.quiet()
    assert [row.id for row in made.view.stops[route.id]][1] == before[0]
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert [row.id for row in made.view.stops[route.id]] == before


def test_backspace_puts_a_stop_back_and_a_digit_takes_it_again(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    stop, orders = made.view.stops[route.id][0], made.desk.window.orders.table
    made.desk.selection.pick(stop.orders)
    press(made, orders, KEYS.Key_Backspace)
    made.quiet()
    assert made.view.by_order[stop.orders[0]].stop is None
    assert undo_text(made) == f"Undo: Put {stop.number} back into the pool"
    press(made, orders, KEYS.Key_2)
    made.quiet()
    assert made.view.by_order[stop.orders[0]].route_number == 2
    assert undo_text(made) == f"Undo: Put {stop.number} on {next(row.vehicle for row in made.view.routes if row.number == 2)}"


def test_the_first_order_put_by_hand_is_called_what_it_is(stage: Make) -> None:
    made = stage(orders=3)
    first = made.view.pool[0]
    made.desk.selection.pick([first.order])
    press(made, made.desk.window.pool, KEYS.Key_1)
    made.quiet()
    assert made.view.by_order[first.order].route_number == 1
    assert undo_text(made) == f"Undo: Put {first.number} on {made.view.routes[0].vehicle}"
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert made.view.plan is None
    assert made.view.by_order[first.order].stop is None


def test_locks_are_for_what_is_chosen(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route, table = fullest(made), made.desk.window.stops.table
    made.desk.selection.show_route(route.id)
    made.desk.window.show_tab("stops")
    stop = made.view.stops[route.id][0]
    table.selectRow(0)
    press(made, table, KEYS.Key_L)
    made.quiet()
    assert made.view.by_stop[stop.id].lock is Lock.DRIVER
    assert undo_text(made) == f"Undo: Lock {stop.number}"
    press(made, table, KEYS.Key_L)
    made.quiet()
    assert made.view.by_stop[stop.id].lock is None
    made.desk.selection.pick([])
    press(made, table, KEYS.Key_L)
    made.quiet()
    assert made.view.by_route[route.id].locked
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert not made.view.by_route[route.id].locked


def test_a_locked_route_is_left_as_it_is(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    made.desk.selection.show_route(route.id)
    made.desk.selection.pick([])
    made.desk.actions["lock_route"].trigger()
    made.quiet()
    before = [row.id for row in made.view.stops[route.id]]
    made.optimise(0.5)
    assert [row.orders for row in made.view.stops[route.id]] == [made.view.by_stop[each].orders for each in before if each in made.view.by_stop] or before
    made.apply()
    assert [row.id for row in made.view.stops[route.id]] == before


def test_undo_outlives_the_window(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    other = next(row for row in made.view.routes if row.id != route.id)
    stop = made.view.stops[route.id][0]
    made.desk.selection.pick(stop.orders)
    made.desk.edits.move_to(other.id, 0)
    made.quiet()
    title = undo_text(made)
    made.close()
    again = stage(keep=True)
    again.ready()
    assert undo_text(again) == title
    again.desk.actions["undo"].trigger()
    again.quiet()
    assert again.view.by_stop[stop.id].route == route.id
    assert again.desk.actions["redo"].text() == title.replace("Undo:", "Redo:")
    again.desk.actions["redo"].trigger()
    again.quiet()
    assert again.view.by_stop[stop.id].route == other.id


def test_a_move_after_the_commit_makes_a_draft_again(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    made.desk.actions["commit"].trigger()
    made.wait(lambda: made.desk._dialogs, "the sheet")
    made.desk._dialogs[-1].accept()
    made.wait(lambda: made.view.plan_state is PlanState.COMMITTED, "the commit")
    made.quiet()
    assert made.view.committed == 1
    assert made.desk.window.status.said == "Committed as version 1"
    route = fullest(made)
    other = next(row for row in made.view.routes if row.id != route.id)
    made.desk.selection.pick(made.view.stops[route.id][0].orders)
    made.desk.edits.move_to(other.id, 0)
    made.quiet()
    assert made.view.plan_state is PlanState.DRAFT
    assert made.view.committed == 1


def test_a_plan_edited_meanwhile_is_not_overwritten(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    made.optimise(0.5)
    assert made.desk.proposer.proposal is not None
    plan, route = made.desk.model.plan, fullest(made)
    assert plan is not None
    other = next(each for each in plan.routes if each.id != route.id)
    stop = next(each for each in plan.routes if each.stops and each.id != other.id).stops[0]
    made.desk.bridge.do(MoveStops(plan=plan.id, stops=(stop.id,), to_route=other.id, position=0, label="", route_label=""))
    made.quiet()
    made.desk.actions["apply"].trigger()
    made.quiet()
    assert made.troubles[-1].sentence is not None
    assert made.troubles[-1].sentence.key == "applying.plan_changed"
    assert made.desk.window.status.said.startswith("◆")
    made.desk.actions["discard"].trigger()
    made.quiet()
    assert made.view.by_stop[stop.id].route == other.id, "the edit is still there"


def test_one_route_alone_is_planned_anew(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    made.desk.selection.pick([])
    made.desk.selection.show_route(route.id)
    others = {row.id: [stop.orders for stop in made.view.stops[row.id]] for row in made.view.routes if row.id != route.id}
    mine = {order for stop in made.view.stops[route.id] for order in stop.orders}
    made.desk.proposer.seconds = 0.5
    made.desk.actions["optimise"].trigger()
    made.wait(lambda: made.desk.proposer.proposal is not None, "the proposal")
    assert {row.id: [stop.orders for stop in made.view.stops[row.id]] for row in made.view.routes if row.id != route.id} == others
    assert {order for stop in made.view.stops[route.id] for order in stop.orders} == mine
    made.desk.actions["discard"].trigger()


def test_orders_of_the_pool_alone_are_put_in(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    back = made.view.stops[route.id][:2]
    orders = [order for stop in back for order in stop.orders]
    made.desk.selection.pick(orders)
    made.desk.actions["unassign"].trigger()
    made.quiet()
    made.desk.selection.pick(orders[:1])
    rest = {row.id: {order for stop in made.view.stops[row.id] for order in stop.orders} for row in made.view.routes}
    made.desk.proposer.seconds = 0.5
    made.desk.actions["optimise"].trigger()
    made.wait(lambda: made.desk.proposer.proposal is not None, "the proposal")
    now = {row.id: {order for stop in made.view.stops[row.id] for order in stop.orders} for row in made.view.routes}
    assert made.view.by_order[orders[0]].route is not None
    assert made.view.by_order[orders[-1]].route is None, "it was not asked for"
    assert all(rest[each] <= now[each] for each in rest)
    made.desk.actions["discard"].trigger()


def test_the_lists_are_sound_models(stage: Make, qtmodeltester: object) -> None:
    made = stage(orders=14, plan=True)
    window = made.desk.window
    check = qtmodeltester.check  # type: ignore[attr-defined]
    check(window.routes.routes)
    check(window.orders.model)
    check(window.stops.model)
    made.desk.selection.pick(made.view.stops[fullest(made).id][0].orders)
    made.desk.actions["unassign"].trigger()
    made.quiet()
    assert isinstance(window.pool.pool, PoolModel)
    assert window.pool.pool.rowCount() >= 1
    check(window.pool.pool)
