"""Joins the map with the window around it: its acts, the buttons on it whose state the window keeps, and lists that are pointed at."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtWidgets import QAbstractItemView

from app.desktop.actions import Actions
from app.desktop.map.view import MapView
from app.desktop.map_panel import MapPanel
from app.desktop.widgets.rows import ID_ROLE
from app.services.queries import BoardRow, RouteRow


class HoverLink(QObject):
    """Marks on the map what the pointer rests on in a list; each row carries its id, or itself, in ID_ROLE."""

    def __init__(self, lists: QAbstractItemView, map_view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._map = map_view
        lists.setMouseTracking(True)
        lists.entered.connect(self._entered)
        lists.viewportEntered.connect(lambda: map_view.hover(None))
        lists.viewport().installEventFilter(self)

    def _entered(self, index: QModelIndex) -> None:
        held = index.data(ID_ROLE)
        named = held.id if isinstance(held, RouteRow) else held.order if isinstance(held, BoardRow) else held
        self._map.hover(named if isinstance(named, str) else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer has left the list."""
        if event.type() == QEvent.Type.Leave:
            self._map.hover(None)
        return False


class MapActs(QObject):
    """Follow and legend, by menu, key and button. `details` is called when a person opens a mark: a double click, or Enter."""

    def __init__(self, panel: MapPanel, map_view: MapView, actions: Actions, lists: Sequence[QAbstractItemView], details: Callable[[], object]) -> None:
        super().__init__(panel)
        for name in ("follow", "legend"):
            actions[name].toggled.connect(lambda on, name=name: map_view.set_toggle(name, on))
        actions["follow"].toggled.connect(panel.set_following)
        actions["follow"].setChecked(True)
        map_view.wished.connect(lambda name: actions[name].trigger())
        panel.opened.connect(lambda _order: details())
        for each in lists:
            HoverLink(each, map_view, self)
