"""Pictures of the timeline: low rows with a stop that is late, the card under the pointer, high rows from near, a drag, and a proposal over the plan."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.desktop.timeline.content import Spot

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage
    from app.desktop.timeline.content import Target
    from app.domain.ids import OrderId


def timing(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """A stop with an early window goes to the end of its route; what that means is looked at from every side, and taken back."""
    desk, window = stage.desk, stage.desk.window
    order = _make_late(stage)
    desk.actions["timeline"].trigger()
    desk.selection.pick([order], current=order)
    window.toast.hide()
    yield "timeline", window
    panel = desk.timeline.panel
    place = panel.middle_of(order)
    assert place is not None, "the order is in a route"
    _point(panel.view.viewport(), place.toPoint())
    yield "timeline-card", window
    _point(panel.view.viewport(), None)
    desk.actions["timeline_high"].trigger()
    for _ in range(3):
        desk.actions["timeline_in"].trigger()
    yield "timeline-high", window
    desk.actions["timeline_day"].trigger()
    desk.actions["timeline_high"].trigger()
    panel.show_target(_target(stage, order))
    yield "timeline-drag", window
    panel.show_target(None)
    stage.optimise(2)
    stage.wait(lambda: desk.map_panel.complete, "the map's lines")
    yield "timeline-proposal", window
    desk.actions["discard"].trigger()
    desk.actions["undo"].trigger()
    stage.ready()
    window.show_tab("stops")


def _target(stage: "Stage", order: "OrderId") -> "Target | None":
    """The middle of the fullest route but the one that the order is in."""
    content = stage.desk.timeline.panel.view.content
    others = [row for row in stage.view.routes if row.id != stage.view.by_order[order].route]
    row = content.row_of(max(others, key=lambda each: each.stops).id)
    return content.target(row, content.middle(Spot(row, len(content.rows[row].stops) // 2))) if row is not None else None


def _make_late(stage: "Stage") -> "OrderId":
    row = max(stage.view.routes, key=lambda each: each.stops)
    stops = stage.view.stops[row.id]
    early = min((each for each in stops if each.windows), key=lambda each: each.windows[-1][1], default=stops[0])
    stage.desk.selection.show_route(row.id)
    stage.desk.edits.move_orders(early.orders, row.id, len(stops))
    stage.ready()
    return early.orders[0]


def _point(widget: "QWidget", at: "QPoint | None") -> None:
    """The pointer rests on a place of a widget, or leaves it."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    if at is None:
        QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
        return
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(widget.mapToGlobal(at)), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, moved)
