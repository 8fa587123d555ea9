"""Acts by hand in the real window: swap, turn round, hand over, the best places, another day, what is alike, and repairing around a change."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.desktop.stage import Stage
from app.domain.ids import OrderId, RouteId
from app.services.queries import RouteRow
from tests.builders import DAY
from tests.window import Make, drop_orders, fullest, press, undo_text

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
KEYS = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def numbers(made: Stage, route: RouteId) -> list[str]:
    return [row.number for row in made.view.stops[route]]


def two_routes(made: Stage) -> tuple[RouteRow, RouteRow]:
    """The fullest route, and another one that gets its last two stops."""
    first = fullest(made)
    second = next(row for row in made.view.routes if row.id != first.id)
    made.desk.selection.pick([order for row in made.view.stops[first.id][-2:] for order in row.orders])
    made.desk.edits.move_to(second.id, 0)
    made.quiet()
    return made.view.by_route[first.id], made.view.by_route[second.id]


def undo(made: Stage) -> None:
    made.desk.actions["undo"].trigger()
    made.quiet()


def test_stops_are_swapped_turned_round_and_sent_to_the_ends_by_key(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    first, second = two_routes(made)
    table, selection = made.desk.window.orders.table, made.desk.selection
    was, other = numbers(made, first.id), numbers(made, second.id)
    one, two = made.view.stops[first.id][0], made.view.stops[second.id][0]
    selection.pick([*one.orders, *two.orders])
    press(made, table, KEYS.Key_X)
    made.quiet()
    assert numbers(made, first.id) == [other[0], *was[1:]]
    assert numbers(made, second.id) == [was[0], *other[1:]]
    assert undo_text(made) == f"Undo: Swap {one.number} and {two.number}" or undo_text(made) == f"Undo: Swap {two.number} and {one.number}"
    undo(made)
    assert (numbers(made, first.id), numbers(made, second.id)) == (was, other)
    selection.pick([])
    selection.show_route(first.id)
    press(made, table, KEYS.Key_R)
    made.quiet()
    assert numbers(made, first.id) == was[::-1]
    undo(made)
    selection.pick(made.view.stops[first.id][1].orders)
    press(made, table, KEYS.Key_Home, Qt.KeyboardModifier.AltModifier)
    made.quiet()
    assert numbers(made, first.id) == [was[1], was[0], *was[2:]]
    press(made, table, KEYS.Key_End, Qt.KeyboardModifier.AltModifier)
    made.quiet()
    assert numbers(made, first.id) == [was[0], *was[2:], was[1]]


def test_the_rest_of_a_sick_drivers_route_goes_to_two_others_in_six_actions(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    was = made.view.stops[route.id]
    table = made.desk.window.orders.table
    actions = 0
    made.desk.selection.pick(was[1].orders)  # a click on the second stop
    actions += 1
    press(made, table, KEYS.Key_H)
    actions += 1
    dialog = made.desk.handwork.over
    assert dialog is not None
    assert dialog.start.currentData() == was[1].id
    takers = dialog.table
    takers.setCurrentIndex(takers.rows.index(0, 0))  # the first driver
    actions += 1
    at = takers.visualRect(takers.rows.index(1, 0)).center()
    QTest.mouseClick(takers.viewport(), Qt.MouseButton.LeftButton, CONTROL, at)  # the second
    QTest.keyRelease(dialog, Qt.Key.Key_Control)
    actions += 1
    made.wait(lambda: dialog.offer is not None and len(dialog.offer.takers) == 2, "what it costs")
    offer = dialog.offer
    assert offer is not None
    assert dialog.said.words(), "money, minutes and kilometres"
    dialog.sure.click()
    actions += 1
    made.quiet()
    assert actions <= 6
    rest = [row.id for row in was[1:]]
    assert [row.id for row in made.view.stops[route.id]] == [was[0].id]
    taken = [[row.id for row in made.view.stops[taker] if row.id in rest] for taker in offer.takers]
    assert sorted(stop for each in taken for stop in each) == sorted(rest)
    assert all(each == [stop for stop in rest if stop in each] for each in taken), "in the order in which they were driven"
    shown = {taker: made.view.by_route[taker].ends for taker in offer.takers if made.view.by_route[taker].stops}
    assert shown == {taker: line.ends for taker, line in offer.lines.items() if line.halts}, "what was shown is what happened"
    assert "Hand over" in undo_text(made)
    undo(made)
    assert [row.id for row in made.view.stops[route.id]] == [row.id for row in was]


def test_the_best_places_are_ranked_and_a_digit_moves_there(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    first, _second = two_routes(made)
    stop = made.view.stops[first.id][0]
    made.desk.selection.pick(stop.orders)
    press(made, made.desk.window.orders.table, KEYS.Key_A, SHIFT)
    popup = made.desk.handwork.places
    assert popup is not None
    made.wait(lambda: popup.places, "the places")
    assert 2 <= len(popup.places) <= 5
    wanted = next(at for at, each in enumerate(popup.places) if each.changes)
    impact = popup.places[wanted]
    before = made.view.figures.cost
    QTest.keyClick(popup.table, Qt.Key(KEYS.Key_1 + wanted))
    made.quiet()
    placed = made.view.by_stop[stop.id]
    assert (placed.route, placed.position) == (impact.route, impact.first)
    if not impact.late_before.stops and not impact.late_after.stops:
        assert made.view.figures.cost - before == impact.cost, "what was shown is what happened"
    assert made.desk.handwork.places is None


def test_orders_dropped_on_the_next_day_wait_there_and_come_back(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    stop = made.view.stops[route.id][0]
    after = next(widget for widget, step in made.desk.window.day_bar.steps().items() if step == 1)
    drop_orders(after, after.rect().center(), list(stop.orders))
    popup = made.desk.handwork.days
    assert popup is not None
    assert popup.day == DAY + timedelta(days=1)
    made.wait(lambda: popup.load.text().count("0"), "what is on that day")
    popup.sure.click()
    made.quiet()
    assert not set(stop.orders) & made.view.by_order.keys()
    made.desk.actions["next_day"].trigger()
    made.wait(lambda: made.view.day == DAY + timedelta(days=1) and made.view.board, "the next day")
    assert {row.order for row in made.view.board} == set(stop.orders)
    undo(made)
    made.desk.actions["previous_day"].trigger()
    made.wait(lambda: made.view.day == DAY and made.view.board, "the day")
    assert made.view.by_stop[stop.id].route == route.id


def test_what_is_alike_is_selected_and_a_filter_limits_what_is_inverted(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    selection, table, act = made.desk.selection, made.desk.window.orders.table, made.desk.actions
    row = next(row for row in made.view.board if row.route is not None)
    street = row.address.split(",")[0].rsplit(" ", 1)[0]
    selection.pick([row.order])
    QTest.keyClick(focused(made, table), KEYS.Key_Q)
    QTest.keyClick(focused(made, table), KEYS.Key_S)
    assert selection.held.orders == {each.order for each in made.view.board if each.address.startswith(f"{street} ")}
    selection.pick([row.order])
    act["select_route"].trigger()
    assert selection.held.orders == {order for stop in made.view.stops[row.route] for order in stop.orders}  # type: ignore[index]
    made.desk.window.orders.search.setText("HEL-00")
    made.wait(lambda: table.rows.rowCount() < len(made.view.board), "the filter")
    visible: set[OrderId] = {each.order for each in table.rows.shown()}
    before = selection.held.orders
    act["select_invert"].trigger()
    assert selection.held.orders == visible - before
    QTest.keyClick(focused(made, table), KEYS.Key_A, CONTROL)
    assert selection.held.orders == visible, "Ctrl+A is what the filter shows"


def focused(made: Stage, widget: QWidget) -> QWidget:
    """The widget, in an active window and with the focus."""
    made.desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.desk.window, 5_000)
    widget.setFocus()
    return widget


def test_an_edit_that_breaks_something_offers_to_repair_around_it(stage: Make) -> None:
    made = stage(orders=40, plan=True)
    route = next(row for row in sorted(made.view.routes, key=lambda row: -row.stops) if any(stop.windows for stop in made.view.stops[row.id]))
    window, toast = made.desk.window, made.desk.window.toast
    small = min((row for row in made.view.routes if row.id != route.id), key=lambda row: (row.share is None, row.stops))
    made.desk.selection.pick([order for row in made.view.stops[route.id] for order in row.orders])
    made.desk.edits.move_to(small.id, 0)
    made.wait(lambda: made.desk.handwork.edited and not made.desk.bridge.working, "a look at the edit")
    edited = made.desk.handwork.mending.edited
    assert edited is not None
    assert edited.rules or edited.more_late, "all on one van is too much"
    assert toast.said.startswith("By this change:")
    moved = made.view.stops[small.id]
    press(made, window.orders.table, KEYS.Key_R, SHIFT)
    popup = made.desk.handwork.mending.popup
    assert popup is not None
    assert popup.most.value() == 5
    popup.most.setValue(2)
    made.desk.proposer.seconds = 2
    popup.sure.click()
    made.wait(lambda: made.desk.proposer.proposal is not None or made.desk.proposer.trouble is not None, "the proposal")
    proposal = made.desk.proposer.proposal
    assert proposal is not None
    assert sum(1 for each in proposal.moves if each.from_route is not None) <= 2
    mine = {task for row in proposal.routes if row.id == small.id for task in row.tasks}
    assert edited.tasks <= mine, "what was moved stays where it was put"
    made.desk.actions["discard"].trigger()
    made.quiet()
    assert made.view.stops[small.id] == moved
    undo(made)
    assert not made.desk.handwork.edited
