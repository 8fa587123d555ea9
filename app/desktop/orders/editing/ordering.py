"""Joins the editing of orders to the window: what its acts and the table's cells do; each is one command, one step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QCursor
from PySide6.QtWidgets import QDialog, QMenu

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel
from app.desktop.format import Formats
from app.desktop.main_window import MainWindow
from app.desktop.orders.editing.bulk_dialog import BulkDialog
from app.desktop.orders.editing.cells import CellEditing
from app.desktop.orders.editing.looking import Looked, Looking
from app.desktop.orders.editing.order_form import OrderForm
from app.desktop.selection import Selection
from app.desktop.words import tr
from app.domain.errors import Outside, Refused
from app.domain.geo import Place
from app.domain.ids import OrderId
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.bulk_edits import Outlook
from app.services.changes import Kind
from app.services.commands import AddOrders, CancelOrders, Command, Edit, EditOrders
from app.services.entering import defaults_of, texts_of
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.locating import Checks
from app.services.ports.store import Outcome
from app.services.ports.travel import Areas

_OWN = frozenset({Field.NUMBER, Field.SOURCE})
"""What a copy of an order does not repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """What the desk lends: the formats in force, today at the depot, how a dialog is opened, and the country that phones are read in."""

    formats: Callable[[], Formats]
    today: Callable[[], date]
    open_dialog: Callable[[QDialog], None]
    country: str


class Ordering(QObject):
    """Orders entered, repeated and cancelled."""

    def __init__(
        self, bridge: Bridge, areas: Areas, checks: Checks, model: DayModel, selection: Selection, window: MainWindow, actions: Actions, lent: Lent
    ) -> None:
        super().__init__(window)
        self._bridge, self._areas, self._checks = bridge, areas, checks
        self._model, self._selection, self._window, self._actions, self._lent = model, selection, window, actions, lent
        self._wanted: frozenset[OrderId] = frozenset()
        self._colors: dict[str, QColor] = {}
        self.form: OrderForm | None = None
        self.bulk: BulkDialog | None = None
        self.map_menu = QMenu(window)
        self._asked_at: Place | None = None
        self.map_menu.addAction(tr("New order here")).triggered.connect(self._order_here)
        self.map_menu.addSeparator()
        self.map_menu.addAction(actions["whole"])
        actions.on("new_order", lambda: self._begin(OrderForm.begin))
        actions.on("quick_order", lambda: self._begin(OrderForm.begin_quick))
        actions.on("duplicate_order", self._duplicate)
        actions.on("cancel_order", self._cancel)
        actions.on("change_orders", self._change)
        actions.on("edit_cell", self._edit_cell)
        self.cells = CellEditing(window.orders.table, self)
        window.map_view.asked.connect(self._asked)
        model.shown.connect(self._shown)

    def new_at(self, place: Place) -> None:
        """Opens the form for an order at a place of the map."""
        self._begin(lambda form: form.begin_at(place))

    # Opening

    def _begin(self, begin: Callable[[OrderForm], None]) -> None:
        looking, defaults = self.looking(), self.defaults()
        if looking is None or defaults is None:
            return
        form = OrderForm(looking, self._bridge, defaults, self._lent.today(), self._lent.formats(), self._window)
        form.saved.connect(self._save)
        form.finished.connect(lambda _code: self._forget(form))
        self.form = form
        self._lent.open_dialog(form)
        begin(form)

    def _forget(self, form: OrderForm) -> None:
        if self.form is form:
            self.form = None

    def looking(self) -> Looking | None:
        """Who looks at what is typed, for the depot in view."""
        held = self._model.held
        return Looking(self._bridge, self._areas, self._checks, held.day.depot) if held is not None else None

    def defaults(self) -> Defaults | None:
        """What holds where a typed order does not say."""
        held = self._model.held
        return defaults_of(held.day, self._lent.country) if held is not None else None

    def chosen(self) -> tuple[Order, ...]:
        """The selected orders, in the order of the table."""
        held, ids = self._model.held, self._selection.held.orders
        if held is None:
            return ()
        by_id = {order.id: order for order in held.day.orders}
        return tuple(by_id[row.order] for row in held.view.board if row.order in ids)

    # Saving

    @Slot(object)
    def _save(self, order: Order) -> None:
        label = order.recipient.name or order.address.line or order.number
        self._write(AddOrders(orders=(order,), label=label), order.day)

    def _write(self, wish: Command, day: date | None) -> None:
        form = self.form

        def done(outcome: Outcome) -> None:
            self._wanted = frozenset(OrderId(each) for each in outcome.changes.ids(Kind.ORDER))
            if form is not None:
                form.close_saved()
            self._show_wanted()

        def failed(error: BaseException) -> None:
            if form is not None and isinstance(error, Refused | Outside):
                form.refuse(error.sentence)
            else:
                self._bridge.tell(error)

        self._bridge.do(wish, done=done, failed=failed)

    @Slot(object)
    def _shown(self, _shown: object) -> None:
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Selects what was written, as soon as the day in view has it; an order of another day is only told."""
        view = self._model.view
        there = frozenset(each for each in self._wanted if view is not None and each in view.by_order)
        if not there or view is None:
            return
        self._wanted = frozenset()
        self._selection.pick(there)
        place = next((view.by_order[each].place for each in there if view.by_order[each].place is not None), None)
        if place is not None:
            self._window.map_view.fly_to(place)

    # Acts on the selection

    def _duplicate(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            texts = {field: text for field, text in texts_of(chosen[0]).items() if field not in _OWN}
            self._begin(lambda form: form.begin_like(texts))

    def _cancel(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._bridge.do(CancelOrders(orders=tuple(order.id for order in chosen), label=chosen[0].number))

    def _change(self) -> None:
        chosen, held, defaults = self.chosen(), self._model.held, self.defaults()
        if not chosen or held is None or defaults is None:
            return
        dialog = BulkDialog(chosen, defaults, held, self._areas, self._bridge, self._lent.formats(), self._window)
        dialog.set_colors(self._colors)
        dialog.confirmed.connect(self._change_all)
        dialog.finished.connect(lambda _code: setattr(self, "bulk", None))
        self.bulk = dialog
        self._lent.open_dialog(dialog)

    @Slot(object)
    def _change_all(self, made: Outlook) -> None:
        fields = {line.field for line in made.lines if line.error is None}
        label = made.edits[0].before.number if made.edits else ""
        self._bridge.do(EditOrders(edits=made.edits, field=min(fields).value if len(fields) == 1 else "", label=label))

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of the theme."""
        self._colors = colors

    # What is typed into cells

    def _edit_cell(self) -> None:
        table, current = self._window.orders.table, self._selection.held.current
        if not table.hasFocus():
            self._actions["orders"].trigger()
        row = table.rows.place_of(current) if current is not None else None
        if row is not None and table.currentIndex().row() != row:
            table.setCurrentIndex(table.rows.index(row, table.currentIndex().column() if table.currentIndex().isValid() else 0))
        self.cells.open_current()

    def order(self, identity: OrderId) -> Order | None:
        """The order as it is now."""
        held = self._model.held
        return next((each for each in held.day.orders if each.id == identity), None) if held is not None else None

    def look_at(self, order: Order, field: Field, text: str, then: Callable[[Looked], None]) -> None:
        """Looks at a text of a cell in the pool."""
        looking, defaults = self.looking(), self.defaults()
        if looking is not None and defaults is not None:
            self._bridge.compute(lambda _job: looking.look({field: text}, order, defaults), then=then)

    def write(self, before: Order, after: Order, field: Field) -> None:
        """Writes the change of a cell as one step."""
        self._bridge.do(EditOrders(edits=(Edit(before=before, after=after),), field=field.value, label=before.number))

    def say(self, sentence: Sentence) -> str:
        """A sentence in the language in force."""
        return self._lent.formats().say(sentence)

    def doubt(self, sentence: Sentence) -> None:
        """Tells of a value that was taken all the same."""
        self._window.status.say(f"◆ {self.say(sentence)}")

    # The map

    @Slot(Place)
    def _asked(self, place: Place) -> None:
        self._asked_at = place
        self.map_menu.popup(QCursor.pos())

    @Slot()
    def _order_here(self) -> None:
        if self._asked_at is not None:
            self.new_at(self._asked_at)
