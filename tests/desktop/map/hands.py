"""The simulated mouse and keyboard on a map, and where things lie on it."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.map.view import MapView
from app.domain.geo import Place

MIDDLE = Place(60.17, 24.94)
NONE = Qt.KeyboardModifier.NoModifier


def at(east: float, north: float) -> Place:
    """A place some thousandths of a degree from the middle."""
    return Place(MIDDLE.lat + north / 1000, MIDDLE.lon + east / 1000)


def told(view: MapView, qtbot: QtBot, act: Any) -> None:
    """Does something and waits until it is on the screen."""
    with qtbot.waitSignal(view.channel.shown, timeout=30_000, check_params_cb=lambda number: bool(number == view.channel.sent)):
        act()


def spot(view: MapView, ask: Any, place: Place) -> QPoint:
    """Where a place lies on the widget."""
    found = ask(view, f"Doorstep.whole.map.latLngToContainerPoint([{place.lat}, {place.lon}])")
    return QPoint(round(found["x"]), round(found["y"]))


def hits(view: MapView, ask: Any) -> list[dict[str, Any]]:
    """The marks on the screen, with their ids and their middle on the widget."""
    corner = "Doorstep.whole.map.layerPointToContainerPoint([0, 0])"
    found: list[dict[str, Any]] = ask(
        view, f"Doorstep.whole.layer.marks.hits.map((each) => ({{ids: each.ids, r: each.r, x: each.x + {corner}.x, y: each.y + {corner}.y}}))"
    )
    return found


def target(view: MapView) -> QWidget:
    """The widget of the web view that takes the mouse."""
    proxy = view._web.focusProxy()
    assert isinstance(proxy, QWidget)
    return proxy


def mouse(view: MapView, kind: QEvent.Type, point: QPoint, buttons: Qt.MouseButton, keys: Qt.KeyboardModifier = NONE) -> None:
    """One event of the mouse, delivered as the window system would."""
    widget = target(view)
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(point), QPointF(widget.mapToGlobal(point)), button, buttons, keys))


def click(view: MapView, point: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """A click of the left button."""
    mouse(view, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, keys)
    mouse(view, QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton, keys)
    mouse(view, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton, keys)


def drag(view: MapView, qtbot: QtBot, way: list[QPoint], keys: Qt.KeyboardModifier = NONE) -> None:
    """The button goes down at the first point, the pointer passes the others, and it is let go at the last."""
    mouse(view, QEvent.Type.MouseButtonPress, way[0], Qt.MouseButton.LeftButton, keys)
    for point in way[1:]:
        mouse(view, QEvent.Type.MouseMove, point, Qt.MouseButton.LeftButton, keys)
        qtbot.wait(40)  # the page takes one move a frame
    mouse(view, QEvent.Type.MouseButtonRelease, way[-1], Qt.MouseButton.NoButton, keys)
