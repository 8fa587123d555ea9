"""Pictures of a drag: over the map with the slip that says how many, over a route of the list, and the same asked for by keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from app.desktop.map.features import Carried, CarryPhase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.plan.move_popup import MovePopup
    from app.desktop.stage import Stage
    from app.services.queries import StopRow


def dragging(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """Three stops of the second fullest route are in the hand."""
    desk, window = stage.desk, stage.desk.window
    full, other = sorted(stage.view.routes, key=lambda row: -row.stops)[:2]
    held = stage.view.stops[other.id][2:5]
    desk.selection.pick([order for stop in held for order in stop.orders])
    desk.selection.show_route(full.id)
    window.show_tab("stops")
    _hold_over_map(stage, held)
    yield "drag-map", window
    at = window.routes.visualRect(window.routes.routes.index(window.routes.routes.place_of(full.id) or 0)).center()
    inside = desk.map_view.ground.mapFrom(window, window.routes.viewport().mapTo(window, at))
    _hold(stage, held, CarryPhase.OVER, x=inside.x(), y=inside.y())
    yield "drag-route", window
    row = window.stops.table.visualRect(window.stops.table.rows.index(2, 1)).bottomLeft()
    inside = desk.map_view.ground.mapFrom(window, window.stops.table.viewport().mapTo(window, row))
    _hold(stage, held, CarryPhase.OVER, x=inside.x() + 260, y=inside.y())
    yield "drag-stops", window
    _hold(stage, held, CarryPhase.END)
    desk.map_view.carry(0, 0, CarryPhase.END)
    desk.actions["move"].trigger()
    popup = _popup(window)
    yield "move-to-route", popup
    popup.reject()


def _popup(window: "QWidget") -> "MovePopup":
    from app.desktop.plan.move_popup import MovePopup

    found: list[MovePopup] = window.findChildren(MovePopup)
    return found[-1]


def _hold_over_map(stage: "Stage", stops: "tuple[StopRow, ...]") -> None:
    """Where the page finds a stop or a line, from the middle of what it shows outwards."""
    view = stage.desk.map_view
    answers: list[Carried] = []
    view.carried.connect(answers.append)
    wide, high = view.ground.width(), view.ground.height()
    for across in (0.5, 0.45, 0.55, 0.4, 0.6, 0.35):
        answers.clear()
        view.carry(round(wide * across), high // 2, CarryPhase.OVER)
        stage.wait(lambda: answers, "the page")
        if answers[-1].kind:
            break
    view.carried.disconnect(answers.append)
    view.carried.emit(replace(answers[-1], ids=_orders(stops)))


def _orders(stops: "tuple[StopRow, ...]") -> tuple[str, ...]:
    return tuple(order for stop in stops for order in stop.orders)


def _hold(stage: "Stage", stops: "tuple[StopRow, ...]", phase: CarryPhase, x: int = 0, y: int = 0) -> None:
    """What the page tells while marks are dragged on it."""
    stage.desk.map_view.carried.emit(Carried(ids=_orders(stops), kind="", id="", at=0, x=x, y=y, phase=phase))
