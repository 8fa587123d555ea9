"""The timeline in its place: the drivers beside it, tools and bars around it, and what stands there where nothing is planned.

The picture itself is made when it is first looked at, so that a start does not wait for it; a day that arrives meanwhile is shown then.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollBar, QStackedLayout, QToolButton, QWidget

from app.desktop.actions import ORDER_MENU, ROUTE_MENU, Actions
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.selection import Selected, Selection
from app.desktop.theme import LIGHT, Tokens
from app.desktop.timeline.before import NOTHING, Memory
from app.desktop.timeline.card import HoverCard, lines_of, words_of
from app.desktop.timeline.content import Spot, Target, content_of
from app.desktop.timeline.look import COMPACT, NORMAL
from app.desktop.timeline.picking import Picked
from app.desktop.widgets.parts import Empty, button
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.domain.sentences import Sentence

if TYPE_CHECKING:
    from app.desktop.timeline.drivers import Drivers
    from app.desktop.timeline.hands import Timeline

TOOLS = ("timeline_out", "timeline_in", "timeline_day", "timeline_high", "timeline_empty", "timeline_before")
_STEP = 1.5
_SLIVER = 60
"""Seconds that may be out of view before there is a bar to slide along the day."""


class TimelinePanel(QWidget):
    """`moved` carries (route, position from 0, orders) of a drop; `opened` an order; `pointed` an order under the pointer, or None."""

    moved = Signal(object)
    opened = Signal(object)
    pointed = Signal(object)
    made = Signal(object, object)
    """The picture and the drivers beside it, once they are made."""

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection, self._actions = selection, actions
        self._tokens: Tokens = LIGHT
        self._formats = Formats()
        self._memory = Memory()
        self._shown: Shown | None = None
        self._before = NOTHING
        self._stale = self._anew = False
        self._now: Callable[[], int | None] = lambda: None
        self._view: Timeline | None = None
        self._drivers: Drivers | None = None
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._first = button(tr("Optimise the day"), actions["optimise_day"].trigger, primary=True)
        self.empty = Empty("", (self._first,))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._body)
        self.setAccessibleName(tr("Timeline"))
        selection.changed.connect(self._selected)

    # What is shown

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Shows a day; while the panel is hidden this only notes it."""
        was = self._shown
        self._anew = self._anew or was is None or (was.view.depot, was.view.day) != (shown.view.depot, shown.view.day)
        self._anew = self._anew or not any(was.view.stops.values() if was is not None else ())
        self._shown, self._formats, self._stale = shown, formats, True
        self._before = self._memory.before(shown)
        if self.isVisible():
            self._refresh()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._tokens = tokens
        if self._view is not None:
            self._view.set_tokens(tokens)

    def set_clock(self, now: Callable[[], int | None]) -> None:
        """Where the reading of the clock comes from; None from it: the day is not today."""
        self._now = now
        self.tick()

    def tick(self) -> None:
        """The time has gone on."""
        if self._view is not None and self.isVisible():
            self._view.set_now(self._now())

    @property
    def view(self) -> "Timeline":
        """The picture, made where it is not there yet."""
        if self._view is None:
            self._view = self._make()
            self._refresh()
        return self._view

    @property
    def drivers(self) -> "Drivers":
        """The column beside it."""
        assert self.view is not None
        assert self._drivers is not None, "it is made with the picture"
        return self._drivers

    def place_at(self, point: QPoint) -> Target | None:
        """The route, and the place in it, that something dropped at a point of this panel would get; None where there is no row."""
        if self._view is None or self._stack.currentWidget() is not self._body:
            return None
        inside = self._view.mapFrom(self, point)
        return self._view.place_at(inside) if self._view.rect().contains(inside) else None

    def show_target(self, target: Target | None) -> None:
        """Marks where something that is dragged would go."""
        if self._view is not None:
            self._view.set_look(replace(self._view.look, target=target))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        assert self.view is not None
        self._refresh()
        self.tick()
        self._mark(self._selection.held, reveal=True)

    def _refresh(self) -> None:
        shown, view = self._shown, self._view
        if shown is None or view is None or not self._stale:
            return
        self._stale = False
        planned = any(shown.view.stops.values())
        self._stack.setCurrentWidget(self._body if planned else self.empty)
        self.setFocusProxy(view if planned else self._first)
        self.empty.words.setText(self._nothing(shown))
        view.editable = shown.proposal is None
        view.show_content(content_of(shown, self._before, empty=self._actions["timeline_empty"].isChecked()), self._formats, anew=self._anew)
        self._anew = False
        view.set_now(self._now())
        self._mark(self._selection.held, reveal=False)
        self._bars()
        words = Sentence.of(
            "desktop.timeline_words", count=len(view.content.rows), stops=sum(row.stops for row in shown.view.routes), late=shown.view.figures.late
        )
        self.setAccessibleDescription(self._formats.say(words))

    def _nothing(self, shown: Shown) -> str:
        if shown.trouble is not None:
            return self._formats.say(shown.trouble)
        if not shown.view.routes:
            return tr("No shifts on this day. Import a fleet with shifts.")
        return tr("Nothing is planned on this day yet. Optimise the day, or put orders into routes.")

    # Making

    def _make(self) -> "Timeline":
        from app.desktop.timeline.drivers import Drivers
        from app.desktop.timeline.hands import Timeline

        view = Timeline(self)
        view.setAccessibleName(tr("Timeline"))
        view.set_tokens(self._tokens)
        self._drivers = Drivers(view, self)
        self.card = HoverCard(self.window())
        self._down, self._along = QScrollBar(Qt.Orientation.Vertical), QScrollBar(Qt.Orientation.Horizontal)
        self._lay_out(view, self._drivers)
        self._listen(view, self._drivers)
        self._actions.lend_keys(view)
        self.set_high(self._actions["timeline_high"].isChecked(), view)
        self.set_before(self._actions["timeline_before"].isChecked(), view)
        self.made.emit(view, self._drivers)
        return view

    def _lay_out(self, view: "Timeline", drivers: "Drivers") -> None:
        grid = self._grid
        grid.addWidget(self._corner(), 0, 0)
        grid.addWidget(drivers, 1, 0)
        grid.addWidget(view, 0, 1, 2, 1)
        grid.addWidget(self._down, 0, 2, 2, 1)
        grid.addWidget(self._along, 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)

    def _corner(self) -> QWidget:
        """The tools, in the corner above the drivers."""
        from app.desktop.timeline.axis import HEIGHT
        from app.desktop.timeline.drivers import WIDTH

        corner = QFrame()
        corner.setFixedSize(WIDTH, HEIGHT)
        row = QHBoxLayout(corner)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(2)
        for name in TOOLS:
            row.addWidget(_tool(self._actions[name]))
        row.addStretch(1)
        return corner

    def _listen(self, view: "Timeline", drivers: "Drivers") -> None:
        view.picked.connect(self._picked)
        view.row_picked.connect(self._row_picked)
        view.opened.connect(self.opened)
        view.menu.connect(self._menu)
        view.dropped.connect(self.moved)
        view.hovered.connect(self._hovered)
        view.moved.connect(self._bars)
        view.moved.connect(self.card.hide)
        drivers.picked.connect(self._row_picked)
        drivers.menu.connect(lambda row, at: self._menu(None, row, at))
        drivers.dropped.connect(self.moved)
        self._down.valueChanged.connect(lambda value: view.scroll_to(value))
        self._along.valueChanged.connect(self._slid)

    # Tools

    def zoom(self, way: int) -> None:
        """Closer (+1) or farther (−1)."""
        self.view.zoom(_STEP if way > 0 else 1 / _STEP)

    def fit_day(self) -> None:
        """The whole day from left to right."""
        self.view.fit_day()

    def set_high(self, high: bool, view: "Timeline | None" = None) -> None:
        """High rows with words, or low ones."""
        shown = view or self._view
        if shown is not None:
            shown.set_sizes(NORMAL if high else COMPACT)
            if shown.look.current is not None:
                shown.reveal(shown.look.current, sideways=False)

    def again(self) -> None:
        """Makes the rows anew: another choice of them is wanted."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def set_before(self, wanted: bool, view: "Timeline | None" = None) -> None:
        """Whether what was planned or committed before is drawn below the plan."""
        shown = view or self._view
        if shown is not None:
            shown.set_look(replace(shown.look, before=wanted))

    def _bars(self) -> None:
        """The bars stand as the picture does."""
        view = self._view
        if view is None:
            return
        lens, content = view.lens, view.content
        rest = round(lens.lowest_top(len(content.rows)))
        _set_bar(self._down, 0, rest, round(lens.height), lens.row, round(lens.top))
        self._down.setVisible(rest > 0)
        begins, ends = content.extent
        first, last = round(begins / 1000), round((ends - lens.span) / 1000)
        _set_bar(self._along, first, max(first, last), round(lens.span / 1000), 900, round(lens.first / 1000))
        self._along.setVisible(last > first + _SLIVER)

    def _slid(self, seconds: int) -> None:
        if self._view is not None:
            self._view.pan((seconds * 1000 - self._view.lens.first) * self._view.lens.scale)

    # The selection

    def _picked(self, made: Picked) -> None:
        content = self.view.content
        current = content.stop(made.current).orders[0] if made.current is not None else None
        self._selection.pick(made.orders, current=current)
        if made.current is not None:
            self._selection.show_route(content.rows[made.current.row].route.id)

    def _row_picked(self, row: int) -> None:
        self._selection.show_route(self.view.content.rows[row].route.id)

    def _selected(self, held: Selected) -> None:
        if self._view is not None and self.isVisible():
            self._mark(held, reveal=not self._view.hasFocus())
        elif self._view is not None:
            self._stale = True

    def _mark(self, held: Selected, *, reveal: bool) -> None:
        view, shown = self._view, self._shown
        if view is None or shown is None:
            return
        current = view.content.spot_of(shown.view, held.current)
        view.set_look(replace(view.look, orders=held.orders, current=current, route=held.route))
        if self._drivers is not None:
            self._drivers.update()
        if current is None:
            return
        if reveal:
            view.reveal(current)
        view.setAccessibleDescription(words_of(view.content, current, self._formats))
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.DescriptionChanged))

    def _menu(self, spot: Spot | None, row: int | None, at: QPoint) -> None:
        """On a stop the menu of orders, on the rest of a row that of routes."""
        if spot is None and row is not None:
            self._row_picked(row)
        menu = self._actions.context_menu(self, ORDER_MENU if spot is not None else ROUTE_MENU)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _hovered(self, spot: Spot | None, at: QPoint) -> None:
        if self._drivers is not None:
            self._drivers.update()
        if spot is None:
            self.card.hide()
            self.pointed.emit(None)
            return
        content = self.view.content
        self.card.tell(lines_of(content, spot, self._formats), at)
        self.pointed.emit(OrderId(content.stop(spot).orders[0]))

    def middle_of(self, order: OrderId) -> QPointF | None:
        """Where in the picture an order's stop is drawn; None where it is in no row."""
        spot = self.view.content.spot_of(self._shown.view, order) if self._shown is not None else None
        return self.view.area_of(spot).center() if spot is not None else None


def _tool(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setAutoRaise(True)
    made.setProperty("small", True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(action.iconText())
    return made


def _set_bar(bar: QScrollBar, first: int, last: int, page: int, step: int, value: int) -> None:
    """Sets a bar without its telling."""
    bar.blockSignals(True)
    bar.setRange(first, last)
    bar.setPageStep(page)
    bar.setSingleStep(step)
    bar.setValue(value)
    bar.blockSignals(False)
