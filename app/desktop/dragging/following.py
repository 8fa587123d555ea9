"""Follows a drag through the window: asks the widget under the pointer for the place, says in the card what it would do, and does that when it is let go.

The widgets only answer which place lies under a point; nothing of the plan changes before the drop, and Escape leaves everything as it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QDragMoveEvent, QDropEvent, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from shiboken6 import isValid

from app.desktop.day import DayModel, Shown
from app.desktop.dragging.card import Card
from app.desktop.dragging.ghost import orders_in
from app.desktop.dragging.spots import Mark, Spot, SpotAt
from app.desktop.dragging.words import Line, Said, said
from app.desktop.format import Formats
from app.desktop.plan.edits import Edits
from app.desktop.theme import Theme, Tokens
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.domain.sentences import Sentence
from app.services.dragging import Hand, Impact

_EDGE, _SCROLL_MS = 22, 30
"""Pixels from the edge of a list within which it scrolls by itself, and how often."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A widget that orders can be dragged onto."""

    spot_at: SpotAt
    scrolls: tuple[QAbstractScrollArea, ...] = ()
    itself: bool = False
    """It shows the place and takes the drop by itself; only the card is ours."""


class Dragging(QObject):
    """One for all windows of a desk. `impact` is what letting go now would do."""

    def __init__(self, model: DayModel, edits: Edits, theme: Theme, formats: Callable[[], Formats], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._edits, self._theme, self._formats = model, edits, theme, formats
        self._watched: dict[QObject, Watched] = {}
        self._cards: dict[QWidget, Card] = {}
        self._mark: Mark | None = None
        self._held: tuple[tuple[OrderId, ...], Shown | None] = ((), None)
        self._hand: Hand | None = None
        self._last: tuple[QWidget, QPoint, QObject | None] | None = None
        self.impact: Impact | None = None
        self._scroller = QTimer(self, interval=_SCROLL_MS)
        self._scroller.timeout.connect(self._scroll)
        theme.changed.connect(self._paint)

    def watch(self, widget: QWidget, spot_at: SpotAt, *scrolls: QAbstractScrollArea, itself: bool = False) -> None:
        """Takes drops on a widget; `spot_at` is asked for the place under each point, `scrolls` move on while something is held near their edge."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)
        self._watched[widget] = Watched(spot_at, scrolls, itself)
        widget.destroyed.connect(lambda: self._watched.pop(widget, None))

    def watched_at(self, window: QWidget, point: QPoint) -> QWidget | None:
        """The watched widget under a point of a window."""
        found = window.childAt(point)
        while found is not None and found not in self._watched:
            found = found.parentWidget()
        return found

    def over(self, widget: QWidget, point: QPoint, orders: Iterable[OrderId], source: QObject | None = None) -> bool:
        """Orders are held over a point of a watched widget; whether they can be put down there."""
        self._last = (widget, point, source)
        if not self._scroller.isActive():
            self._scroller.start()
        return self.over_spot(widget, point, self._watched[widget].spot_at(point, source), orders)

    def over_spot(self, widget: QWidget, point: QPoint, spot: Spot | None, orders: Iterable[OrderId], hint: str = "") -> bool:
        """The same for a place that is known already; without a place the card says the hint, if there is one."""
        self.impact = None
        self._take(tuple(orders))
        hand, view = self._hand, self._model.view
        if hand is None or hand.empty or view is None:
            self._say(widget, point, self._why_not(hand))
            return False
        if spot is None:
            self._nowhere(widget, point, hint)
            return False
        self.impact = self._impact_of(hand, spot)
        self._show_mark(widget, spot)
        self._say(widget, point, said(self.impact, hand, view, self._formats()))
        return True

    def let_go(self) -> bool:
        """Puts them down where they are held; whether anything was done."""
        hand, impact = self._hand, self.impact
        self.leave()
        if hand is None or impact is None or not impact.changes:
            return False
        self._edits.put_down(hand, impact)
        return True

    def leave(self) -> None:
        """The drag has left the widget, or has ended."""
        self._scroller.stop()
        self._last, self.impact = None, None
        self._drop_mark()
        for card in self._cards.values():
            card.hide()

    @property
    def card(self) -> Card | None:
        """The card that is shown."""
        return next((card for card in self._cards.values() if card.isVisible()), None)

    # What Qt tells

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QDropEvent) and isinstance(watched, QWidget) and watched in self._watched:
            orders = orders_in(event.mimeData())
            if not orders:
                return False
            able = self.over(watched, event.position().toPoint(), orders, event.source())
            if self._watched[watched].itself:
                if kind == QEvent.Type.Drop:
                    self.leave()
                return False
            if kind == QEvent.Type.Drop:
                self.let_go()
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
            elif isinstance(event, QDragMoveEvent):
                _answer(event, able or kind == QEvent.Type.DragEnter)
            return True
        if kind == QEvent.Type.DragLeave and watched in self._watched:
            self.leave()
        return False

    # What is held, and what that does

    def _take(self, orders: tuple[OrderId, ...]) -> None:
        """Another hand where other orders are held, or the day has changed meanwhile."""
        if self._held[0] != orders or self._held[1] is not self._model.held:
            self._held = (orders, self._model.held)
            self._hand = self._edits.hand(orders)

    @staticmethod
    def _impact_of(hand: Hand, spot: Spot) -> Impact:
        if spot.route is None:
            return hand.back()
        return hand.at(spot.route, spot.among[0]) if len(spot.among) == 1 else hand.best(spot.route, spot.among)

    def _why_not(self, hand: Hand | None) -> Said:
        """Why nothing can be put down now."""
        held, say = self._model.held, self._formats().say
        if held is not None and held.proposal is not None:
            return Said(title=f"◆ {tr('Apply or discard the proposal first.')}")
        if hand is None:
            return Said(title=f"… {say(Sentence.of('desktop.drag_roads'))}")
        return Said(title=f"✕ {say(Sentence.of('desktop.drag_nothing'))}")

    # What is shown

    def _nowhere(self, widget: QWidget, point: QPoint, hint: str) -> None:
        self._drop_mark()
        if hint:
            self._say(widget, point, Said(title=hint, lines=(Line(tr("Escape leaves everything as it is."), "muted"),)))
        else:
            for card in self._cards.values():
                card.hide()

    def _say(self, widget: QWidget, point: QPoint, what: Said) -> None:
        window = widget.window()
        card = self._cards.get(window)
        if card is None:
            card = self._cards[window] = Card(window)
            card.tokens = self._theme.tokens
            window.destroyed.connect(lambda: self._cards.pop(window, None))
        card.show_at(widget.mapTo(window, point), what)

    def _show_mark(self, widget: QWidget, spot: Spot) -> None:
        if self._mark is None or not isValid(self._mark) or self._mark.parentWidget() is not widget:
            self._drop_mark()
            self._mark = Mark(widget)
        self._mark.show_spot(spot)

    def _drop_mark(self) -> None:
        if self._mark is not None and isValid(self._mark):
            self._mark.hide()
            self._mark.deleteLater()
        self._mark = None

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        for card in self._cards.values():
            card.tokens = tokens

    @Slot()
    def _scroll(self) -> None:
        """Near its edge a list moves on, and what lies under the pointer is another place."""
        if self._last is None or not isValid(self._last[0]):
            self._scroller.stop()
            return
        widget, point, source = self._last
        areas = self._watched[widget].scrolls if widget in self._watched else ()
        moved = [_moved_on(area, widget, point) for area in areas]
        if any(moved) and self._held[0]:
            self.over(widget, point, self._held[0], source)


def _answer(event: QDragMoveEvent, able: bool) -> None:
    if able:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()


def _moved_on(area: QAbstractScrollArea, widget: QWidget, point: QPoint) -> bool:
    """Whether an area scrolled, for a point of a widget in it lies near its edge."""
    view = area.viewport()
    at = point if view is widget else widget.mapTo(view, point)
    moved = [_pushed(area.verticalScrollBar(), at.y(), view.height()), _pushed(area.horizontalScrollBar(), at.x(), view.width())]
    return any(moved)


def _pushed(bar: QScrollBar, at: int, length: int) -> bool:
    """Scrolls by a step near an edge; whether it moved."""
    before = bar.value()
    if at < _EDGE:
        bar.setValue(before - max(4, bar.singleStep() // 2))
    elif at > length - _EDGE:
        bar.setValue(before + max(4, bar.singleStep() // 2))
    return bar.value() != before
