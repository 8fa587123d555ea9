"""Orders dragged through the real window: what the card says is what happens, in every direction; given up, nothing happens."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.stage import Stage
from app.services.dragging import Impact
from app.services.queries import RouteRow
from tests.window import Make, drop_orders, fullest, hold_orders, press, undo_text

pytestmark = pytest.mark.timeout(300)


def leave(target: QWidget) -> None:
    """The drag leaves the widget, as it does when Escape ends it there."""
    QApplication.sendEvent(target, QDragLeaveEvent())


def card(stage: Stage) -> str:
    """What the card says; empty: there is none."""
    shown = stage.desk.dragging.card
    return shown.said.text if shown is not None else ""


def held(stage: Stage, target: QWidget, spot: QPoint, orders: tuple[str, ...]) -> Impact:
    """What is shown while these orders are held there."""
    hold_orders(target, spot, orders)
    impact = stage.desk.dragging.impact
    assert impact is not None, card(stage)
    return impact


def happened(stage: Stage, impact: Impact) -> None:
    """What was shown is so: the written plan has those stops and, judged anew, those times."""
    stage.quiet()
    shown = stage.desk.model.held
    assert shown is not None
    assert shown.day.plan is not None
    assert shown.judged is not None
    assert [route.tasks for route in shown.day.plan.routes] == [route.tasks for route in impact.plan.routes]
    assert {route: shown.judged.timelines[route] for route in impact.lines} == dict(impact.lines)


def row_spot(stage: Stage, route: RouteRow) -> QPoint:
    """The middle of a row of the route list."""
    routes = stage.desk.window.routes
    at = routes.routes.place_of(route.id)
    assert at is not None
    return QPoint(routes.visualRect(routes.routes.index(at)).center())


def test_lists_pool_and_table(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    desk, window = made.desk, made.desk.window
    route = fullest(made)
    other = next(row for row in made.view.routes if row.stops and row.id != route.id)
    desk.selection.show_route(route.id)
    window.show_tab("stops")
    table, stops = window.stops.table, made.view.stops[route.id]
    moved = made.view.stops[other.id][0]
    before = window.grab().toImage()

    # From another route to between two stops: the card says where, and what it costs.
    between = table.visualRect(table.rows.index(1, 1)).topLeft() + QPoint(4, 3)
    impact = held(made, table.viewport(), between, moved.orders)
    said = card(made)
    assert said.startswith(f"{route.vehicle} {route.driver} · stop 2")
    assert all(unit in said.split("\n")[1] for unit in ("€", " min", "m"))
    assert (impact.route, impact.position, impact.first) == (route.id, 1, 2)
    assert desk.dragging.card is not None
    assert window.rect().contains(desk.dragging.card.geometry())
    assert not desk.dragging.card.geometry().contains(table.viewport().mapTo(window, between)), "the place itself stays in sight"

    # Given up: nothing has changed, nothing is left on the screen.
    leave(table.viewport())
    assert card(made) == ""
    assert made.view.by_stop[moved.id].route == other.id
    assert window.grab().toImage() == before

    drop_orders(table.viewport(), between, list(moved.orders))
    happened(made, impact)
    assert made.view.by_stop[moved.id].position == 2
    assert undo_text(made) == f"Undo: Move {moved.number} to {route.vehicle}"

    # Onto a route of the list: its best place, no worse than any other.
    hand = desk.edits.hand(moved.orders)
    assert hand is not None
    target = made.view.by_route[other.id]
    best = held(made, window.routes.viewport(), row_spot(made, target), moved.orders)
    assert best.position in range(target.stops + 1)
    assert best == hand.best(target.id, range(target.stops + 1))
    drop_orders(window.routes.viewport(), row_spot(made, target), list(moved.orders))
    happened(made, best)

    # Back to the pool: by the pool's list or where it stands, or by the order table, but not from that table into itself.
    waiting = window.pool.viewport() if window.pool.isVisible() else window.pool.parentWidget()
    several = tuple(order for stop in stops[:2] for order in stop.orders)
    back = held(made, waiting, QPoint(20, 20), several)
    assert card(made).startswith("Back to the pool")
    assert back.meters <= 0
    drop_orders(waiting, QPoint(20, 20), list(several))
    happened(made, back)
    assert {made.view.by_order[order].route for order in several} == {None}

    # Stops and orders of the pool together are one step.
    mixed = (*several, *moved.orders)
    impact = held(made, window.routes.viewport(), row_spot(made, route), mixed)
    drop_orders(window.routes.viewport(), row_spot(made, route), list(mixed))
    happened(made, impact)
    assert {made.view.by_order[order].route for order in mixed} == {route.id}
    assert undo_text(made) == f"Undo: Move 3 stops to {route.vehicle}"
    desk.actions["undo"].trigger()
    made.quiet()
    assert [made.view.by_order[order].route for order in mixed] == [None, None, other.id]

    # A proposal is decided on first.
    made.optimise(0.5)
    hold_orders(window.routes.viewport(), row_spot(made, route), moved.orders)
    assert "Apply or discard the proposal first." in card(made)
    assert desk.dragging.impact is None
    leave(window.routes.viewport())


def test_board_and_timeline(stage: Make) -> None:
    made = stage("zh_TW", orders=14, plan=True)
    desk, window = made.desk, made.desk.window
    route = fullest(made)
    other = next(row for row in made.view.routes if row.stops and row.id != route.id)
    stop = made.view.stops[route.id][0]
    desk.actions["layout_board"].trigger()
    made.wait(lambda: desk.frame.board.isVisible() and desk.frame.board.columns[other.id].list.cards.rowCount() == other.stops, "the board")
    column = desk.frame.board.columns[other.id]
    spot = column.list.visualRect(column.list.cards.index(0)).center() + QPoint(0, -8)
    impact = held(made, column.list.viewport(), spot, stop.orders)
    assert "第 1 站" in card(made)
    drop_orders(column.list.viewport(), spot, list(stop.orders))
    happened(made, impact)
    assert made.view.by_stop[stop.id].position == 1
    back = held(made, desk.frame.board.columns[route.id].head, QPoint(30, 12), stop.orders)
    leave(desk.frame.board.columns[route.id].head)
    hand = desk.edits.hand(stop.orders)
    assert hand is not None
    assert back == hand.best(route.id), "a head stands for its whole route"

    desk.actions["layout_plan"].trigger()
    window.show_tab("timeline")
    panel = desk.timeline.panel
    made.wait(lambda: panel._view is not None and panel._view.height() > 60 and panel._view.place_at(QPoint(120, 50)) is not None, "the timeline", 30)
    view = panel._view
    assert view is not None
    place = view.place_at(QPoint(120, 50))
    assert place is not None
    target = made.view.by_route[place.route]
    impact = held(made, view.viewport(), QPoint(120, 50), stop.orders)
    assert (impact.route, impact.position) == (place.route, place.position)
    assert card(made).startswith(f"{target.vehicle} {target.driver}")
    if impact.changes:
        drop_orders(view.viewport(), QPoint(120, 50), list(stop.orders))
        happened(made, impact)


def test_the_window_of_a_says_the_same_and_does_it(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    other = next(row for row in made.view.routes if row.stops and row.id != route.id)
    stop = made.view.stops[route.id][0]
    made.desk.selection.pick(stop.orders)
    best = held(made, made.desk.window.routes.viewport(), row_spot(made, other), stop.orders)
    said = card(made)
    leave(made.desk.window.routes.viewport())
    made.desk.actions["move"].trigger()
    popup = made.desk._dialogs[-1]
    QTest.keyClicks(popup.search, str(other.number))  # type: ignore[attr-defined]
    assert popup.impact.said.text == said  # type: ignore[attr-defined]
    press(made, popup.search, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    happened(made, best)


def test_what_cannot_be_planned_says_so(stage: Make) -> None:
    made = stage(orders=20, plan=True)
    blocked = [row for row in made.view.pool if row.standing.value == "held"]
    assert blocked, "one of the demo's orders has an address that nobody finds"
    route = fullest(made)
    hold_orders(made.desk.window.routes.viewport(), row_spot(made, route), [blocked[0].order])
    assert "cannot be planned yet" in card(made)
    assert made.desk.dragging.impact is None
    stop = made.view.stops[route.id][0]
    other = next(row for row in made.view.routes if row.id != route.id)
    held(made, made.desk.window.routes.viewport(), row_spot(made, other), (blocked[0].order, *stop.orders))
    assert "1 order cannot be planned yet and stays" in card(made)
    leave(made.desk.window.routes.viewport())
