"""The order table: every order of the day in saved views, filtered by words, chips and the line of figures; what is selected is added up below."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.desktop.actions import ORDER_MENU, Actions
from app.desktop.dragging.ghost import ORDERS_MIME
from app.desktop.format import Formats
from app.desktop.orders.chip_row import ChipRow
from app.desktop.orders.chooser import ColumnChooser
from app.desktop.orders.columns import order_columns, searched
from app.desktop.orders.filter_popup import FilterPopup
from app.desktop.orders.filters import KINDS, chip_words, offers
from app.desktop.orders.naming import NameDialog
from app.desktop.orders.view_bar import ViewBar
from app.desktop.orders.view_store import ViewStore
from app.desktop.orders.viewing import Viewing
from app.desktop.orders.views import RULES, View
from app.desktop.selection import Selected, Selection
from app.desktop.widgets.parts import Elided, button, label
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, DayView, Standing

_FILTER_DELAY = 120
"""Milliseconds of rest before typed words are searched."""
_UNDO_MS = 8_000
"""How long a view that was deleted can be brought back."""


class OrderTable(RowTable):
    """The table of orders: its headings offer columns in groups, Escape lifts the filters."""

    columns_wanted = Signal()
    escaped = Signal()

    def __init__(self, model: RowModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)
        self.narrowed = False
        """Whether there is a filter for Escape to lift."""

    def choose_columns(self, at: QPoint) -> None:
        """The menu of the headings."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Choose columns…"), self.columns_wanted.emit)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.narrowed:
            event.accept()  # or Escape would throw a proposal away
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.narrowed:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Nothing(QWidget):
    """Lies over the table where no order is left, and says how to see orders again."""

    def __init__(self, lift: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.words = label(muted=True, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lift = button(tr("Clear filters"), lift, link=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(2)
        layout.addStretch(1)
        layout.addWidget(self.words)
        layout.addWidget(self.lift, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)


class OrderPanel(QWidget):
    """The orders of the day. `narrowed` carries the standings that are shown alone, for the line of figures; None: all."""

    narrowed = Signal(object)

    def __init__(self, selection: Selection, actions: Actions, formats: Formats, parent: QWidget | None = None, *, kept: Path | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._formats = formats
        self._board: tuple[BoardRow, ...] = ()
        self._by_order: dict[OrderId, BoardRow] = {}
        self.model = RowModel(order_columns(formats), lambda row: row.order, self, search=searched)
        self.model.carry(ORDERS_MIME)
        self.table = OrderTable(self.model, tr("Orders"), self)
        self.table.setDragEnabled(True)
        self.table.allow_sorting()
        self.bar = ViewBar()
        self.search = self.bar.search
        self.chips = ChipRow()
        self.popup = FilterPopup(self)
        self.viewing = Viewing(self.model, self.table, ViewStore(kept), self)
        self.totals = Elided()
        self.undo = button(tr("Undo"), self._bring_back, link=True)
        self._gone: View | None = None
        self._dialogs: set[QDialog] = set()
        self._delay = QTimer(self, singleShot=True, interval=_FILTER_DELAY)
        self.nothing = Nothing(self.viewing.clear, self.table.viewport())
        self._lay_out()
        self._listen(actions, selection)
        self._say()

    def show_day(self, view: DayView, formats: Formats) -> None:
        """Shows the orders of a day."""
        if formats is not self._formats:
            self._formats = formats
            self.model.set_columns(order_columns(formats))
        self._board = view.board
        self._by_order = {row.order: row for row in view.board}
        self.model.set_rows(view.board)
        self._say()

    def show_only(self, standings: frozenset[Standing] | None) -> None:
        """Shows orders of these standings alone; None: all."""
        self.viewing.show_only(standings)

    def show_view(self, identity: str) -> None:
        """Puts a saved view in force."""
        self.viewing.show_view(identity)

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of the tones."""
        self.model.set_colors(colors)

    def choose_columns(self) -> ColumnChooser:
        """Opens the dialog of columns."""
        dialog = ColumnChooser(self.model.columns, self.viewing.fit.chosen, self.window())
        dialog.chosen.connect(self.viewing.choose_columns)
        dialog.reset_wanted.connect(self.viewing.reset_look)
        dialog.reset_wanted.connect(lambda: dialog.show_chosen(self.viewing.fit.chosen))
        self._open(dialog)
        return dialog

    def save_view(self) -> NameDialog:
        """Asks for a name and keeps what is shown as a view."""
        return self._ask_name(tr("Save as a view"), self.viewing.view.title if self.viewing.view.own else "", self.viewing.save_as)

    # Building

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 3, 12, 4)
        foot.addWidget(self.totals, 1)
        foot.addWidget(self.undo)
        self.undo.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.chips)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.nothing.hide()
        self.table.viewport().installEventFilter(self)

    def _listen(self, actions: Actions, selection: Selection) -> None:
        bar, viewing, table = self.bar, self.viewing, self.table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        table.chosen.connect(self._chosen)
        table.escaped.connect(viewing.clear)
        table.columns_wanted.connect(self.choose_columns)
        bar.search.left.connect(table.setFocus)
        bar.search.cleared.connect(viewing.clear)
        bar.search.textChanged.connect(lambda _text: self._delay.start())
        self._delay.timeout.connect(lambda: viewing.search(bar.search.text()))
        bar.picked.connect(self.show_view)
        bar.opening.connect(self._fill_menu)
        bar.save_wanted.connect(self.save_view)
        bar.rename_wanted.connect(lambda: self._ask_name(tr("Rename the view"), viewing.view.title, viewing.rename))
        bar.remove_wanted.connect(self._remove_view)
        bar.reset_wanted.connect(viewing.reset_look)
        bar.filter.clicked.connect(lambda _on=False: self._open_filter())
        bar.columns.clicked.connect(lambda _on=False: self.choose_columns())
        self.popup.turned.connect(viewing.turn)
        self.chips.lifted.connect(viewing.turn)
        self.chips.cleared.connect(viewing.clear)
        viewing.changed.connect(self._say)
        actions.lend_keys(table)
        selection.changed.connect(self._selected)

    def hideEvent(self, event: QHideEvent) -> None:
        self.viewing.store.flush()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.nothing.resize(self.table.viewport().size())
        return super().eventFilter(watched, event)

    # Saying

    @Slot()
    def _say(self) -> None:
        """Says what is shown: the view with its count, the chips, the totals, and what to do where nothing is left."""
        viewing, shown = self.viewing, self.model.rowCount()
        self._say_view()
        if self.search.text() != viewing.words:
            self.search.setText(viewing.words)
            self._delay.stop()
        self.search.narrowed = self.table.narrowed = viewing.narrowed
        chips = [(kind, value) for kind in KINDS for value in sorted(viewing.chips.of(kind))]
        self.chips.show_chips([(kind, value, chip_words(kind, value, self._board, self._formats)) for kind, value in chips])
        self.nothing.setVisible(not shown and bool(self._board))
        if self.nothing.isVisible():
            self._say_nothing()
        if self.popup.isVisible():
            self.popup.show_offers(offers(self._members(), viewing.chips, self._formats), viewing.chips)
        self.narrowed.emit(viewing.chips.standings or None)
        self._say_totals()

    def _say_view(self) -> None:
        view = self.viewing.view
        title = view.title if view.own else tr(view.title)
        self.bar.name(title, self._formats.number(self.viewing.members(view, self._board)))

    def _say_nothing(self) -> None:
        narrowed, words = self.viewing.narrowed, self.search.text().strip()
        said = tr("No order matches “{words}”.").format(words=words) if words else tr("No order matches these filters.")
        self.nothing.words.setText(said if narrowed else tr("No order belongs to this view."))
        self.nothing.lift.setVisible(narrowed)
        self.nothing.resize(self.table.viewport().size())

    def _say_totals(self) -> None:
        chosen = [row for each in self._selection.held.orders if (row := self._by_order.get(each)) is not None]
        if chosen:
            hidden = sum(1 for row in chosen if self.model.place_of(row.order) is None)
            said = self._formats.say(Sentence.of("desktop.selected", count=len(chosen), **self._sums(chosen)))
            if hidden:
                said += " · " + self._formats.say(Sentence.of("desktop.selected_hidden", count=hidden))
        else:
            shown = Sentence.of("desktop.shown_of", shown=self.model.rowCount(), all=self.model.total, **self._sums(self.model.shown()))
            said = self._formats.say(shown)
        self.totals.show_text(said)

    def _sums(self, rows: Iterable[BoardRow]) -> dict[str, str]:
        formats, found = self._formats, list(rows)
        return {
            "pieces": formats.say(Sentence.of("desktop.pieces", count=sum(row.pieces for row in found))),
            "weight": formats.weight(sum(row.weight for row in found)),
            "volume": formats.volume(sum(row.volume for row in found)),
            "service": formats.minutes(sum(row.service for row in found)),
        }

    # What a person does

    def _members(self) -> Sequence[BoardRow]:
        rule = RULES[self.viewing.view.rule]
        return self._board if rule is None else [row for row in self._board if rule(row)]

    def _fill_menu(self) -> None:
        viewing = self.viewing
        views = [(view, self._formats.number(viewing.members(view, self._board))) for view in viewing.store.views]
        self.bar.fill(views, viewing.view)

    def _open_filter(self) -> None:
        viewing, at = self.viewing, self.bar.filter
        self.popup.show_offers(offers(self._members(), viewing.chips, self._formats), viewing.chips)
        self.popup.open_at(at.mapToGlobal(QPoint(at.width(), at.height() + 2)))

    def _ask_name(self, title: str, text: str, then: Callable[[str], object]) -> NameDialog:
        dialog = NameDialog(title, text, self.window())
        dialog.named.connect(then)
        self._open(dialog)
        return dialog

    def _open(self, dialog: QDialog) -> None:
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def _remove_view(self) -> None:
        self._gone = self.viewing.remove()
        if self._gone is not None:
            self.totals.show_text(tr("The view “{name}” is deleted.").format(name=self._gone.title))
            self.undo.show()
            QTimer.singleShot(_UNDO_MS, self, self.undo.hide)

    def _bring_back(self) -> None:
        if self._gone is not None:
            self.viewing.store.bring_back(self._gone)
            self.show_view(self._gone.id)
        self.undo.hide()

    @Slot(object)
    def _chosen(self, ids: frozenset[OrderId]) -> None:
        current = self.table.currentIndex()
        now = self.model.id_at(current.row()) if current.isValid() else None
        self._selection.pick(ids, current=OrderId(str(now)) if now in ids else None)

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self.table.mark(held.orders, scroll=not self.table.hasFocus())
        self._say_totals()

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        self._actions.context_menu(self, ORDER_MENU).exec(self.table.viewport().mapToGlobal(at))
