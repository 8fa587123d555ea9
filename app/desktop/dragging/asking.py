"""Moving by keyboard: the small window of A says for each route what a drag onto it would say, and Enter does it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.desktop.day import DayModel
from app.desktop.dragging.words import Said, said
from app.desktop.format import Formats
from app.desktop.plan.edits import Edits
from app.desktop.plan.move_popup import MovePopup
from app.desktop.selection import Selection
from app.desktop.theme import Theme
from app.domain.sentences import Sentence
from app.services.queries import RouteRow


class RouteAsking(QObject):
    """Opens the window for what is selected."""

    def __init__(self, model: DayModel, edits: Edits, selection: Selection, theme: Theme, open_dialog: Callable[[QDialog], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._edits, self._selection, self._theme, self._window = model, edits, selection, theme, parent
        self._open = open_dialog

    def ask(self, formats: Formats) -> None:
        """Asks for a route; what is selected goes to its best place."""
        view, orders = self._model.view, sorted(self._selection.held.orders)
        hand = self._edits.hand(orders)
        if view is None:
            return

        def weigh(row: RouteRow) -> Said:
            assert hand is not None, "it is asked only with a hand"
            return said(hand.best(row.id), hand, view, formats)

        def move(row: RouteRow) -> None:
            if hand is not None and self._model.view is view:
                self._edits.put_down(hand, hand.best(row.id))
            else:  # the day has changed while it was asked
                fresh = self._edits.hand(orders)
                self._edits.move_orders(orders, row.id, fresh.best(row.id).position if fresh is not None else row.stops)

        title = formats.say(Sentence.of("desktop.move_orders", count=len(orders)))
        known = weigh if hand is not None and not hand.empty else None
        popup = MovePopup(title, view.routes, formats, self._window, weigh=known, tokens=self._theme.tokens)
        popup.taken.connect(move)
        self._open(popup)
