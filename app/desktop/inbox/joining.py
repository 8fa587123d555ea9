"""Joins the inbox: what is listed, what each act does, and the address queue beside the map."""

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.format import Formats
from app.desktop.frame.layouts import ARRANGEMENTS, Layout
from app.desktop.inbox.address_card import AddressCard
from app.desktop.inbox.panel import InboxPanel
from app.desktop.inbox.queue import WIDTH, AddressQueue
from app.desktop.inbox.solving import Case, Solver
from app.desktop.main_window import MainWindow
from app.desktop.map.features import MapChoice
from app.desktop.selection import Selected, Selection
from app.desktop.theme import Theme, Tokens
from app.domain.geo import Place
from app.domain.ids import OrderId
from app.services.attention import Item, Matter, bad_addresses, items_of
from app.services.ports.travel import Areas


class Inbox(QObject):
    """Keeps the inbox in step with the day. `counted` is emitted when another number of things needs a person."""

    counted = Signal(int)

    def __init__(self, bridge: Bridge, areas: Areas, model: DayModel, selection: Selection, window: MainWindow, actions: Actions, theme: Theme) -> None:
        super().__init__(window)
        self._bridge, self._model, self._selection, self._window, self._actions = bridge, model, selection, window, actions
        self._formats = Formats()
        self._items: tuple[Item, ...] = ()
        self._addresses = False
        self._looked: Case | None = None
        self._before: QWidget | None = None
        self.panel = InboxPanel(actions)
        self.solver = Solver(bridge, model, areas, self)
        self.card = AddressCard(bridge, actions["pin"].trigger)
        window.details.order.hold_card(self.card)
        self.queue = AddressQueue(self.solver, bridge, window)
        window.add_aside("inbox", self.panel)
        window.installEventFilter(self)
        window.closing.connect(self.close_queue)
        self.panel.shown.connect(self._show)
        self.panel.acted.connect(self._act)
        self.queue.closed.connect(self.close_queue)
        self.solver.put.connect(self._put)
        self.solver.changed.connect(self._point)
        window.map_view.pin_moved.connect(self._pin_moved)
        selection.changed.connect(self._selected)
        theme.changed.connect(self._paint)
        actions.on("solve_addresses", self.solve)

    @property
    def items(self) -> tuple[Item, ...]:
        """What needs a person, most urgent first."""
        return self._items

    @property
    def addresses(self) -> bool:
        """Whether an address waits for a person."""
        return self._addresses

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Another day, or the same after a change; listed once it has been worked out in the pool."""
        self._formats = formats
        self.queue.set_formats(formats)
        self._show_card(shown)
        self._bridge.compute(lambda _job: items_of(shown.day, shown.view), then=lambda items: self._list(items, shown), key="inbox")

    def solve(self, first: OrderId | None = None) -> None:
        """Opens the queue of bad addresses, at the first or at the one that is wanted."""
        orders = bad_addresses(self._items)
        if not orders:
            return
        self._before = QApplication.focusWidget()
        if not ARRANGEMENTS[self._window.layout_now].map:
            self._window.show_layout(Layout.INBOX)
        self.queue.show()
        self._place()
        self.queue.setFocus()
        self.solver.start(orders, first)

    def close_queue(self) -> None:
        """Puts the queue away; the keyboard goes back to where it was."""
        if not self.queue.isVisible():
            return
        self.solver.stop()
        self.queue.hide()
        self._looked = None
        self._window.map_view.show_choice(MapChoice())
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and self.queue.isVisible():
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    # The list

    def _list(self, items: tuple[Item, ...], shown: Shown) -> None:
        fresh = len(items) != len(self._items) or bad_addresses(items) != bad_addresses(self._items)
        self._items = items
        self._addresses = any(item.matter is Matter.ADDRESS for item in items)
        self.panel.show_items(items, shown.view, self._formats)
        if fresh:
            self.counted.emit(len(items))

    @Slot(object)
    def _show(self, item: Item) -> None:
        """Selects it and brings it into view."""
        if item.route is not None:
            self._selection.show_route(item.route)
        view = self._model.view
        row = view.by_order.get(item.order) if view is not None and item.order is not None else None
        if row is None:
            return
        self._selection.pick([row.order])
        if row.place is not None:
            self._window.map_view.fly_to(row.place)

    @Slot(object)
    def _act(self, item: Item) -> None:
        self._show(item)
        if item.matter is Matter.ADDRESS:
            self.solve(item.order)
        elif item.matter is Matter.UNPLANNED and self._actions["move"].isEnabled():
            self._actions["move"].trigger()
        elif item.order is not None:
            self._window.show_dock("details", wanted=True)

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self.panel.show_order(held.current)
        self._show_card(self._model.held)

    def _show_card(self, shown: Shown | None) -> None:
        """The card in the details follows the order that is looked at."""
        current = self._selection.held.current
        order = next((each for each in shown.day.orders if each.id == current), None) if shown is not None and current is not None else None
        if order is not None:
            self.card.show_order(order, self._formats)

    # The queue and the map

    def _put(self) -> None:
        """Another address is on the table: the other panels follow, and the map shows all that may be meant."""
        case = self.solver.case
        if case is not None:
            self._selection.pick([case.order.id])
        self._point()

    def _point(self) -> None:
        if not self.queue.isVisible():
            return
        case, before = self.solver.case, self._looked
        self._looked = case
        if case is None:
            self._window.map_view.show_choice(MapChoice())
            return
        places = tuple(each.place for each in case.candidates)
        self._window.map_view.show_choice(
            MapChoice(places=places, current=case.current, pin=case.pin, aiming=case.pin is not None, look=_look(before, case), inset=self._covered())
        )

    def _covered(self) -> int:
        """Pixels of the map's right that the queue lies over."""
        view = self._window.map_view
        edge = view.mapTo(self._window, view.rect().topRight()).x()
        return max(0, edge - self.queue.x())

    @Slot(Place)
    def _pin_moved(self, place: Place) -> None:
        """The mouse moved the pin: the keys stay the queue's."""
        if self.queue.isVisible():
            self.solver.bring_pin(place)
            self.queue.setFocus()

    def _place(self) -> None:
        """Lies over the right of the window, between toolbars and status bar."""
        middle = self._window.centralWidget()
        if middle is None:
            return
        top = middle.mapTo(self._window, middle.rect().topLeft()).y()
        self.queue.setGeometry(QRect(self._window.width() - WIDTH, top, WIDTH, middle.height()))
        self.queue.raise_()

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        self.panel.set_tokens(tokens)
        self.queue.set_tokens(tokens)


def _look(before: Case | None, case: Case) -> str:
    """What the map brings into view: a new address with all its places, the place that is looked at, the pin where it left the picture."""
    if before is None or before.order.id != case.order.id or (before.candidates != case.candidates and case.current <= 0):
        return "all"
    if case.pin is not None:
        return "keep" if before.pin is not None else "one"
    if before.pin is not None:
        return "all"
    return "one" if case.current != before.current and case.current >= 0 else ""
