"""Selects what is alike: streets, windows, customers, postcodes, whole routes, the rest of the table."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from app.desktop.actions import Actions
from app.desktop.day import DayModel
from app.desktop.format import Formats
from app.desktop.main_window import MainWindow
from app.desktop.plan.edits import Edits
from app.desktop.selection import Selection
from app.domain.ids import OrderId
from app.domain.sentences import Sentence
from app.services.alike import Likeness, alike


class Choosing(QObject):
    """The acts of Edit ▸ Select."""

    def __init__(self, model: DayModel, selection: Selection, window: MainWindow, actions: Actions, edits: Edits, formats: Callable[[], Formats]) -> None:
        super().__init__(window)
        self._model, self._selection, self._window, self._edits = model, selection, window, edits
        self._formats = formats
        for each in Likeness:
            actions.on(f"select_{each}", partial(self._alike, each))
        actions.on("select_route", self._routes)
        actions.on("select_invert", self._invert)
        actions.on("polygon", lambda: window.map_view.start_polygon())

    def _alike(self, likeness: Likeness) -> None:
        held = self._model.held
        if held is not None:
            self._pick(alike(held.day.orders, self._selection.held.orders, likeness))

    def _routes(self) -> None:
        view, held = self._model.view, self._selection.held
        if view is None:
            return
        routes = {row.route for row in self._edits.chosen_stops()} or ({held.route} if held.route is not None else set())
        self._pick(frozenset(order for route in routes for row in view.stops.get(route, ()) for order in row.orders))

    def _invert(self) -> None:
        """What the table shows and was not selected; what a filter hides stays out of it."""
        shown = {row.order for row in self._window.orders.model.shown()}
        self._pick(frozenset(shown - self._selection.held.orders))

    def _pick(self, orders: frozenset[OrderId]) -> None:
        """Selects them, and says how many they are, for not all of them need be in view."""
        self._selection.pick(orders, current=self._selection.held.current)
        self._window.status.say(self._formats().say(Sentence.of("details.selected", count=len(orders))))
