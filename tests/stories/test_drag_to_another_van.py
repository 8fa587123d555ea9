"""A stop is dragged to another van, in the real window: its price while it hovers, one step when it is dropped, and the same new times in every view."""

import hashlib

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.desktop.plan.routes import ROW
from app.desktop.stage import Stage
from app.domain.ids import OrderId, RouteId
from app.services.dragging import Impact
from app.services.queries import RouteRow, StopRow
from tests.desktop.map.hands import mouse
from tests.desktop.map.test_dragging import card, carry, marks
from tests.window import Make, drop_orders, fullest, hold_orders, undo_text

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
Times = dict[RouteId, list[tuple[tuple[OrderId, ...], int | None]]]


def times(made: Stage) -> Times:
    """Who is served by which route in which order, and when."""
    return {row.id: [(stop.orders, stop.arrival) for stop in made.view.stops[row.id]] for row in made.view.routes}


def stored(made: Stage) -> str:
    """A digest of what is written down of the day's plan and orders."""
    with made.doors.store() as store:
        day = store.reader().day(made.view.depot, made.view.day)
    return hashlib.sha256(repr((day.plan, day.orders)).encode()).hexdigest()


def words_in(table: object) -> dict[OrderId, str]:
    """Each row of a table by its order, in one line of words."""
    model = table.rows  # type: ignore[attr-defined]
    columns = range(model.columnCount())
    lines = {}
    for at, row in enumerate(model.shown()):
        line = " ".join(str(model.index(at, column).data() or "") for column in columns)
        lines |= dict.fromkeys(row.orders if isinstance(row, StopRow) else (row.order,), line)
    return lines


def every_view_says(made: Stage, stop: StopRow) -> None:
    """The orders, the stops, the routes, the timeline, the map, the board and the details have the stop in its route, at its place, at its time."""
    desk, order = made.desk, stop.orders[0]
    route = made.view.by_route[stop.route]
    assert stop.arrival is not None
    clock = desk.formats.clock(stop.arrival)
    desk.selection.pick([order], current=order)
    desk.selection.show_route(route.id)
    made.quiet()
    assert clock in words_in(desk.window.orders.table)[order]
    assert clock in words_in(desk.window.stops.table)[order]
    routes = desk.window.routes.routes
    listed = routes.place_of(route.id)
    assert listed is not None
    assert routes.index(listed).data(ROW) == route
    content = desk.timeline.panel.view.content
    spot = content.spot_of(made.view, order)
    assert spot is not None
    assert (content.rows[spot.row].route.id, content.stop(spot).arrival, spot.at) == (route.id, stop.arrival, stop.position - 1)
    line, drawn = next((line, each) for line in desk.map_view._day.routes for each in line.stops if each.id == order)
    assert (line.id, drawn.number) == (route.id, stop.position)
    assert clock in drawn.title
    details = " ".join(each.text() for each in desk.window.details.findChildren(QLabel) if each.isVisibleTo(desk.window.details))
    assert clock in details


def board_says(made: Stage, stop: StopRow) -> None:
    """The card of the stop stands in the column of its route with its time."""
    made.desk.actions["layout_board"].trigger()
    cards = made.desk.frame.board.columns[stop.route].list.cards
    made.wait(lambda: cards.orders_at(stop.position - 1) == stop.orders, "the card", 30)
    assert made.desk.formats.clock(stop.arrival or 0) == cards.card(stop.position - 1).time
    made.desk.actions["layout_plan"].trigger()
    made.quiet()


def over_route(made: Stage, route: RouteRow) -> QPoint:
    """The middle of a route's row in the list."""
    routes = made.desk.window.routes
    at = routes.routes.place_of(route.id)
    assert at is not None
    return routes.visualRect(routes.routes.index(at)).center()


def shown_is_what_happened(made: Stage, stop: StopRow, impact: Impact) -> StopRow:
    """The stop stands where the card said, at the times that the card was worked out from."""
    now = made.view.by_stop[stop.id]
    assert (now.route, now.position) == (impact.route, impact.first)
    for route, line in impact.lines.items():
        assert [row.arrival for row in made.view.stops[route]] == [halt.arrival for halt in line.halts]
    return now


def test_from_the_list_to_another_van_with_its_price_and_back(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    desk = made.desk
    desk.actions["timeline"].trigger()
    made.wait(lambda: desk.timeline.panel.isVisible() and desk.timeline.panel.view.lens.width > 300, "the timeline", 30)
    route = fullest(made)
    other = next(row for row in made.view.routes if row.stops and row.id != route.id)
    stop, target = made.view.stops[route.id][0], desk.window.routes.viewport()
    before, written, step = times(made), stored(made), undo_text(made)

    # Over the other van the card says what it would cost; nothing is written down, and who goes away leaves all as it was.
    hold_orders(target, over_route(made, other), stop.orders)
    made.wait(lambda: card(made).startswith(f"{other.vehicle} {other.driver}"), "the card", 30)
    impact = desk.dragging.impact
    assert impact is not None
    assert impact.changes
    assert any(sign in card(made) for sign in ("€", "NT$", "+", "−")), "its price"
    assert (times(made), stored(made), undo_text(made)) == (before, written, step)
    QApplication.sendEvent(target, QDragLeaveEvent())
    assert card(made) == ""
    assert (times(made), stored(made), undo_text(made)) == (before, written, step)

    # Let go there: one step, and every view has the same new times.
    drop_orders(target, over_route(made, other), list(stop.orders))
    made.quiet()
    now = shown_is_what_happened(made, stop, impact)
    assert now.route == other.id
    title = undo_text(made)
    assert title == f"Undo: Move {stop.number} to {other.vehicle}"
    after = times(made)
    assert stored(made) != written
    every_view_says(made, now)
    board_says(made, now)

    # Taken back by key: as it was, and done again: as it was then. One step each.
    keyed(made, Qt.Key.Key_Z)
    assert (times(made), undo_text(made)) == (before, step)
    desk.actions["timeline"].trigger()
    every_view_says(made, made.view.by_stop[stop.id])
    keyed(made, Qt.Key.Key_Y)
    assert (times(made), undo_text(made)) == (after, title)

    # The next window knows how to take it back too.
    made.close()
    again = stage(keep=True)
    again.ready()
    assert (times(again), undo_text(again)) == (after, title)
    keyed(again, Qt.Key.Key_Z)
    assert times(again) == before
    assert not again.troubles


def keyed(made: Stage, key: Qt.Key) -> None:
    """A key with Ctrl, wherever one is in the window."""
    made.desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.desk.window, 5_000)
    made.desk.window.orders.table.setFocus()
    QTest.keyClick(made.desk.window.orders.table, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyRelease(made.desk.window, Qt.Key.Key_Control)
    made.ready()


def test_on_the_map_from_its_mark_to_a_stop_of_another_van(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    desk, view = made.desk, made.desk.map_view
    made.wait(lambda: view.listening and view.whole, "the map")
    route = fullest(made)
    desk.selection.pick([])
    desk.selection.show_route(route.id)
    made.wait(lambda: any(stop.orders[0] in marks(made) for stop in made.view.stops[route.id]), "the marks", 30)
    there = marks(made)
    stop = next(row for row in made.view.stops[route.id] if row.orders[0] in there)
    beside = next(row for key, rows in made.view.stops.items() if key != route.id for row in rows if row.orders[0] in there)
    taker, before, written = made.view.by_route[beside.route], times(made), stored(made)
    carry(made, there[stop.orders[0]], there[beside.orders[0]])
    made.wait(lambda: card(made).startswith(f"{taker.vehicle} {taker.driver}"), "the card", 30)
    impact = desk.dragging.impact
    assert impact is not None
    assert (times(made), stored(made)) == (before, written)
    mouse(view, QEvent.Type.MouseButtonRelease, there[beside.orders[0]], Qt.MouseButton.NoButton)
    made.wait(lambda: made.view.by_stop[stop.id].route == taker.id, "the drop", 30)
    made.quiet()
    shown_is_what_happened(made, stop, impact)
    assert undo_text(made) == f"Undo: Move {stop.number} to {taker.vehicle}"
    keyed(made, Qt.Key.Key_Z)
    assert times(made) == before
