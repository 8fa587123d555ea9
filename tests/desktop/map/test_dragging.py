"""Dragging on the map and onto it, in the real window: the page finds stop, line and depot, the window says what that does and does it."""

import json
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desktop.stage import Stage
from tests.desktop.map.hands import mouse, target
from tests.window import Make, drop_orders, fullest, hold_orders, undo_text

pytestmark = pytest.mark.timeout(300)
HELD, LOOSE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def ask(stage: Stage, script: str) -> Any:
    """The value of an expression of the page."""
    answers: list[str] = []
    stage.desk.map_view._web.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
    stage.wait(lambda: answers, "the page", 30)
    return json.loads(answers[0]) if answers[0] else None


def marks(stage: Stage) -> dict[str, QPoint]:
    """Where each mark that stands alone lies on the map."""
    corner = "Doorstep.whole.map.layerPointToContainerPoint([0, 0])"
    found = ask(stage, f"Doorstep.whole.layer.marks.hits.map((each) => [each.ids, each.x + {corner}.x, each.y + {corner}.y])")
    return {ids[0]: QPoint(round(x), round(y)) for ids, x, y in found if len(ids) == 1}


def card(stage: Stage) -> str:
    shown = stage.desk.dragging.card
    return shown.said.text if shown is not None else ""


def carry(stage: Stage, start: QPoint, ends: QPoint) -> None:
    """The button goes down on a mark and the pointer goes somewhere, held."""
    view = stage.desk.map_view
    mouse(view, QEvent.Type.MouseButtonPress, start, HELD)
    for share in (0.3, 0.6, 1.0):
        mouse(view, QEvent.Type.MouseMove, start + (ends - start) * share, HELD)
        stage.rest(0.06)  # the page takes one move a frame


def test_orders_are_dragged_over_the_map_and_on_it(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    desk, view = made.desk, made.desk.map_view
    made.wait(lambda: view.listening and view.whole, "the map")
    route = fullest(made)
    other = next(row for row in made.view.routes if row.stops and row.id != route.id)
    desk.selection.pick([])
    desk.selection.show_route(route.id)
    made.wait(lambda: sum(stop.orders[0] in marks(made) for stop in made.view.stops[route.id]) >= 2, "the marks of the route", 30)
    ground, there = view.ground, marks(made)
    beside = next(stop for stop in made.view.stops[route.id] if stop.orders[0] in there)
    moved = made.view.stops[other.id][0]

    # From a list onto a stop of the map: before or behind it, whichever is better.
    hold_orders(ground, there[beside.orders[0]], moved.orders)
    made.wait(lambda: card(made).startswith(f"{route.vehicle} {route.driver}"), "the card", 30)
    impact = desk.dragging.impact
    assert impact is not None
    assert impact.position in {beside.position - 1, beside.position}
    QApplication.sendEvent(ground, QDragLeaveEvent())
    assert card(made) == ""
    assert made.view.by_stop[moved.id].route == other.id
    drop_orders(ground, there[beside.orders[0]], list(moved.orders))
    made.wait(lambda: made.view.by_stop[moved.id].route == route.id, "the drop", 30)
    made.quiet()
    assert made.view.by_stop[moved.id].position == impact.first
    assert undo_text(made) == f"Undo: Move {moved.number} to {route.vehicle}"
    desk.actions["undo"].trigger()
    made.ready()

    # Onto the bare ground nothing happens, and the card says what to aim at.
    made.wait(lambda: view.whole, "the map")
    ends = QPoint(4, ground.height() - 4)
    hold_orders(ground, ends, moved.orders)
    made.wait(lambda: card(made).startswith("Drop on a route"), "the hint", 30)
    drop_orders(ground, ends, list(moved.orders))
    made.wait(lambda: card(made) == "", "the end of the drag", 30)
    made.quiet()
    assert made.view.by_stop[moved.id].route == other.id

    # A mark of the map, given up by Escape, then let go over the depot and over the list of routes.
    depot = next(spot for name, spot in marks(made).items() if name == made.view.depot)
    start = marks(made)[beside.orders[0]]
    carry(made, start, depot)
    made.wait(lambda: card(made).startswith("Back to the pool"), "the card", 30)
    QTest.keyClick(target(view), Qt.Key.Key_Escape)
    made.wait(lambda: card(made) == "", "the end of the drag", 30)
    mouse(view, QEvent.Type.MouseButtonRelease, depot, LOOSE)
    made.quiet()
    assert made.view.by_stop[beside.id].route == route.id
    carry(made, start, depot)
    made.wait(lambda: card(made).startswith("Back to the pool"), "the card", 30)
    mouse(view, QEvent.Type.MouseButtonRelease, depot, LOOSE)
    made.wait(lambda: made.view.by_order[beside.orders[0]].route is None, "the drop", 30)
    made.quiet()
    desk.actions["undo"].trigger()
    made.ready()
    made.wait(lambda: view.whole and beside.orders[0] in marks(made), "the mark", 30)

    routes = desk.window.routes
    at = routes.routes.place_of(other.id)
    assert at is not None
    routes.scrollTo(routes.routes.index(at))
    row = routes.viewport().mapTo(desk.window, routes.visualRect(routes.routes.index(at)).center())
    carry(made, marks(made)[beside.orders[0]], ground.mapFrom(desk.window, row))
    made.wait(lambda: card(made).startswith(f"{other.vehicle} {other.driver}"), "the card over the list", 30)
    mouse(view, QEvent.Type.MouseButtonRelease, ground.mapFrom(desk.window, row), LOOSE)
    made.wait(lambda: made.view.by_stop[beside.id].route == other.id, "the drop", 30)
    made.quiet()
    assert card(made) == ""
    assert ask(made, "Doorstep.whole.map.dragging.enabled()")
