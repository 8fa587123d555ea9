"""The details of what is looked at: an order, several, a route, or the day. One face for each, made once and then only told what to say."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.day import Shown
from app.desktop.details.candidates import CandidateList
from app.desktop.details.day_face import DayFace
from app.desktop.details.looking import Found, Look
from app.desktop.details.many_face import ManyFace
from app.desktop.details.order_face import OrderFace
from app.desktop.details.route_face import RouteFace
from app.desktop.format import Formats
from app.desktop.moments import Now, present
from app.desktop.selection import Selected, Selection
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import Empty
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.domain.sentences import Sentence
from app.services.journal import Happening
from app.services.planning_values import Judged
from app.services.queries import BoardRow, RouteRow
from app.services.weighing import MOST, Weight
from app.services.whys import Dearness

Faces = OrderFace | RouteFace | ManyFace | DayFace
SMALLEST = 240


class DetailPanel(QScrollArea):
    """Follows the selection; what was touched last is shown, the links lead up to the route and the day.

    `taken` carries (order, candidate) when a place is chosen, `moved` the route that is to take the selection. What has to be found out is asked for:
    `puzzled` (shown, order) where a stop is late and nothing says yet why, `curious` (shown, order) where a stop is looked at, `weighing` (shown, orders)
    where several are, `storied` an order whose story is wanted, `costing` (shown) where the day is looked at.
    """

    taken = Signal(object)
    moved = Signal(object)
    puzzled = Signal(object)
    curious = Signal(object)
    weighing = Signal(object)
    storied = Signal(object)
    costing = Signal(object)

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None, *, now: Now = present) -> None:
        super().__init__(parent)
        self._selection = selection
        self.now = now
        self._before = selection.held
        self._level = ""
        """`day` or `route` where a person went up from what is selected."""
        self._shown: Shown | None = None
        self._formats = Formats()
        self._learned: tuple[Judged | None, dict[OrderId, tuple[Sentence, ...]]] = (None, {})
        """Why stops of a judged plan are late, as far as it was asked."""
        self._found = Found()
        self._asked: object = None
        self._last: tuple[object, ...] = ()
        self.order, self.route, self.many, self.day = OrderFace(actions), RouteFace(actions), ManyFace(actions), DayFace(actions)
        self._empty = Empty(tr("Choose an order or a stop to see what is known of it."))
        self._lay_out()
        self._join()
        self._fill()

    @property
    def candidates(self) -> CandidateList | None:
        """The places that may be meant, where there are several."""
        return self.order.candidates if not self.order.isHidden() else None

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Another day, or the same after a change."""
        if self._shown is None or shown.day is not self._shown.day or shown.judged is not self._shown.judged:
            self._asked = None
        self._shown, self._formats = shown, formats
        self._fill()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.order.set_tokens(tokens)
        self.route.set_tokens(tokens)

    def explain(self, shown: Shown, order: OrderId, reasons: tuple[Sentence, ...]) -> None:
        """Takes in why a stop of that day is late; of a day that was on screen before, nothing is taken."""
        if self._shown is not None and shown.judged is self._shown.judged:
            self._learned[1][order] = reasons
            self._fill()

    def tell_here(self, shown: Shown, order: OrderId, said: tuple[Sentence, ...]) -> None:
        """Takes in why a stop is where it is."""
        if self._is_current(shown, order):
            self._found = replace(self._found, here=said)
            self._fill()

    def tell_story(self, order: OrderId, story: tuple[Happening, ...]) -> None:
        """Takes in what happened to an order."""
        if self._selection.held.current == order:
            self._found = replace(self._found, story=story)
            self._fill()

    def tell_weights(self, shown: Shown, orders: frozenset[OrderId], weights: tuple[Weight, ...]) -> None:
        """Takes in what the selected orders would take in each route."""
        if self._shown is not None and shown.judged is self._shown.judged and self._selection.held.orders == orders:
            self._found = replace(self._found, weights=weights)
            self._fill()

    def tell_dearest(self, shown: Shown, dearest: tuple[tuple[OrderId, Dearness], ...]) -> None:
        """Takes in which stops of the day are the dearest."""
        if self._shown is not None and shown.judged is self._shown.judged:
            self._found = replace(self._found, dearest=dearest)
            self._fill()

    def route_names(self) -> dict[RouteId, str]:
        """What the routes of the day are called."""
        return {row.id: row.vehicle or str(row.number) for row in self._shown.view.routes} if self._shown is not None else {}

    def show_route(self, route: RouteId | None) -> None:
        """Shows a route in place of what is selected; None: the day."""
        self._level = "day" if route is None else "route"
        if route is not None and route != self._selection.held.route:
            self._selection.show_route(route)
        self._fill()

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(SMALLEST)
        self.setAccessibleName(tr("Details"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        for each in (self.order, self.many, self.route, self.day, self._empty):
            each.hide()
            column.addWidget(each)
        body.setMinimumWidth(1)  # a word without a place to break at must not push everything else out of sight
        self.setWidget(body)

    def _join(self) -> None:
        self._selection.changed.connect(self._selected)
        self.order.taken.connect(self.taken)
        self.order.wanted.connect(lambda order: self._selection.pick([order]))
        self.order.up.connect(self.show_route)
        self.route.wanted.connect(self._go_down)
        self.route.up.connect(lambda: self.show_route(None))
        self.many.route.connect(self.show_route)
        self.many.moved.connect(self.moved)
        self.day.picked.connect(self._selection.pick)

    def _go_down(self, order: OrderId) -> None:
        self._level = ""
        self._selection.pick([order])
        self._fill()

    def _is_current(self, shown: Shown, order: OrderId) -> bool:
        return self._shown is not None and shown.judged is self._shown.judged and self._selection.held.current == order

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        """What was touched last is looked at: the orders, or a route that they are not in."""
        before, self._before = self._before, held
        if (held.orders, held.current) != (before.orders, before.current):
            self._level = "" if held.orders or self._auto(before, held) != "day" else "day"
        elif held.route != before.route and self._level != "route":
            self._level = self._auto(before, held)
        self._fill()

    def _auto(self, before: Selected, held: Selected) -> str:
        """The level where a route came into view: that of a route that a person chose, or still the day where the window chose the first one itself."""
        row = self._row(held.current)
        if row is not None and row.route == held.route:
            return ""
        view = self._shown.view if self._shown is not None else None
        chosen = view.by_route.get(held.route) if view is not None and held.route is not None else None
        return "day" if before.route is None and chosen is not None and chosen.stops and not held.orders else "route"

    def _row(self, order: OrderId | None) -> BoardRow | None:
        return self._shown.view.by_order.get(order) if self._shown is not None and order is not None else None

    def _rows(self) -> tuple[BoardRow, ...]:
        held = self._selection.held
        rows = [row for row in (self._row(each) for each in held.orders) if row is not None]
        current = [row for row in rows if row.order == held.current]
        return tuple(rows if len(rows) != 1 else current or rows)

    def _fill(self) -> None:
        shown, held = self._shown, self._selection.held
        if shown is None:
            self._show_face(None)
            return
        rows = self._rows() if not self._level else ()
        route = shown.view.by_route.get(held.route) if held.route is not None and self._level != "day" and not rows else None
        face: Faces = (self.order if len(rows) == 1 else self.many) if rows else self.route if route is not None else self.day
        self._ask(shown, rows, day=face is self.day)
        found = replace(self._found, late=self._late_reasons(rows[0])) if len(rows) == 1 else self._found
        look = Look(shown=shown, formats=self._formats, now=self.now(), orders=rows, route=route, found=found)
        key = _key(face, shown, rows, route, found, self._formats)
        if key != self._last:
            self._last = key
            face.show_look(look)
        self._show_face(face)

    def _show_face(self, wanted: QWidget | None) -> None:
        faces: Iterable[QWidget] = (self.order, self.many, self.route, self.day)
        shown = wanted or self._empty
        if shown.isHidden():
            for each in (*faces, self._empty):
                each.setVisible(each is shown)
            self.verticalScrollBar().setValue(0)

    def _ask(self, shown: Shown, rows: tuple[BoardRow, ...], *, day: bool) -> None:
        """Asks once for what has to be found out of what is newly looked at."""
        wanted = (shown.judged, frozenset(row.order for row in rows), day)
        if wanted == self._asked:
            return
        same = isinstance(self._asked, tuple) and self._asked[1] == wanted[1]
        self._asked = wanted
        self._found = Found(story=self._found.story if same else ())
        if day and shown.judged is not None and shown.problem is not None:
            self.costing.emit(shown)
        if len(rows) == 1:
            self.storied.emit(rows[0].order)
            if rows[0].route is not None and shown.judged is not None and shown.problem is not None:
                self.curious.emit((shown, rows[0].order))
        elif 0 < len(rows) <= MOST and shown.judged is not None and shown.problem is not None:
            self.weighing.emit((shown, wanted[1]))

    def _late_reasons(self, row: BoardRow) -> tuple[Sentence, ...]:
        """Why the stop is late; where nothing says so yet, it is asked for."""
        shown = self._shown
        if shown is None or not row.late or shown.judged is None or shown.problem is None:
            return ()
        if self._learned[0] is not shown.judged:
            self._learned = (shown.judged, {})
        learned = self._learned[1]
        if not row.late_reasons and row.order not in learned:
            learned[row.order] = ()
            self.puzzled.emit((shown, row.order))
        return row.late_reasons or learned[row.order]


def _key(face: Faces, shown: Shown, rows: tuple[BoardRow, ...], route: RouteRow | None, found: Found, formats: Formats) -> tuple[object, ...]:
    """What the widgets of a face are told from: telling them again takes a part of a frame."""
    if isinstance(face, OrderFace | ManyFace):
        return (type(face), rows, found, formats, id(shown.day), id(shown.judged))
    return (type(face), route, formats, id(shown.day), id(shown.judged), shown.trouble, found.dearest)
