"""The details of one order: who, where and how sure, when, in which route, what is broken, why it is in none, and what can be done."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from app.desktop import names
from app.desktop.actions import Actions
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.selection import Selected, Selection
from app.desktop.widgets.parts import Empty, button, label, rule
from app.desktop.words import tr
from app.domain.address import Candidate
from app.domain.ids import OrderId
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.planning_values import Judged
from app.services.queries import BoardRow


class CandidateList(QListWidget):
    """The places that an address may mean; Enter takes the one that is marked."""

    taken = Signal(object)
    """Candidate"""

    def __init__(self, candidates: tuple[Candidate, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Places that fit"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, each in enumerate(candidates, start=1):
            item = QListWidgetItem(f"{number}  {each.label}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.addItem(item)
        self.setFixedHeight(min(6, len(candidates)) * 28 + 4)
        self.itemActivated.connect(lambda item: self.taken.emit(item.data(Qt.ItemDataRole.UserRole)))
        if candidates:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and 1 <= int(event.text()) <= self.count():
            self.taken.emit(self.item(int(event.text()) - 1).data(Qt.ItemDataRole.UserRole))
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self.taken.emit(self.currentItem().data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)


class DetailPanel(QScrollArea):
    """Shows the current order of the selection. `taken` carries (order, candidate) when a place is chosen, `puzzled` (shown, order) where a stop is late and
    nothing says yet why."""

    taken = Signal(object)
    puzzled = Signal(object)

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._shown: Shown | None = None
        self._formats = Formats()
        self._learned: tuple[Judged | None, dict[OrderId, tuple[Sentence, ...]]] = (None, {})
        """Why stops of a judged plan are late, as far as it was asked."""
        self._filled: tuple[BoardRow | None, Order | None, tuple[Sentence, ...], Formats] | None = None
        """What the widgets were made of: making them again takes as long as a frame."""
        self.candidates: CandidateList | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(250)
        self.setAccessibleName(tr("Details"))
        selection.changed.connect(self._selected)
        self._fill()

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Another day, or the same after a change."""
        self._shown, self._formats = shown, formats
        self._fill()

    def explain(self, shown: Shown, order: OrderId, reasons: tuple[Sentence, ...]) -> None:
        """Takes in why a stop of that day is late; of a day that was on screen before, nothing is taken."""
        if self._shown is not None and shown.judged is self._shown.judged:
            self._learned[1][order] = reasons
            self._fill()

    @Slot(object)
    def _selected(self, _held: Selected) -> None:
        self._fill()

    def _late_reasons(self, row: BoardRow | None) -> tuple[Sentence, ...]:
        """Why the stop is late; where nothing says so yet, it is asked for."""
        shown = self._shown
        if row is None or shown is None or not row.late or shown.judged is None or shown.problem is None:
            return ()
        if self._learned[0] is not shown.judged:
            self._learned = (shown.judged, {})
        learned = self._learned[1]
        if not row.late_reasons and row.order not in learned:
            learned[row.order] = ()
            self.puzzled.emit((shown, row.order))
        return row.late_reasons or learned[row.order]

    def _fill(self) -> None:
        held = self._selection.held
        row = self._shown.view.by_order.get(held.current) if self._shown is not None and held.current is not None else None
        order = next((each for each in self._shown.day.orders if each.id == held.current), None) if self._shown is not None else None
        late = self._late_reasons(row)
        if self._filled == (row, order, late, self._formats):
            return
        self._filled = (row, order, late, self._formats)
        self.candidates = None
        if row is None or order is None:
            self.setWidget(Empty(tr("Choose an order or a stop to see what is known of it.")))
            return
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        self._head(layout, row, order)
        self._facts(layout, row, order)
        self._marks(layout, row)
        self._note(layout, tr("Why late?"), [self._formats.say(each) for each in late])
        self._places(layout, order)
        layout.addLayout(self._buttons())
        layout.addStretch(1)
        self.setWidget(body)

    def _head(self, layout: QVBoxLayout, row: BoardRow, order: Order) -> None:
        where = (
            tr("Stop {stop} of {route}").format(stop=row.position, route=row.vehicle or row.route_number)
            if row.route_number
            else tr(names.STANDINGS[row.standing])
        )
        layout.addWidget(label(f"{where} · {row.number}", heading=True, wrap=True))
        layout.addWidget(rule())
        layout.addWidget(label(row.customer or tr("No name"), title=True, wrap=True))
        layout.addWidget(label(row.address or tr("No address"), wrap=True))
        layout.addWidget(label(names.address_words(row), tone=names.address_tone(row), wrap=True))
        location = order.location
        if location.label and location.label != row.address:
            layout.addWidget(label(tr("On the map: {place}").format(place=location.label), muted=True, wrap=True))
        if location.note is not None:
            layout.addWidget(label(self._formats.say(location.note), tone="risk", wrap=True))

    def _facts(self, layout: QVBoxLayout, row: BoardRow, order: Order) -> None:
        formats, form = self._formats, QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        arrival = formats.clock(row.arrival) if row.arrival is not None else "–"
        punctual = names.punctuality(row, row.late, row.slack, formats)
        goods = " · ".join([formats.say(Sentence.of("desktop.pieces", count=row.pieces)), formats.weight(row.weight)])
        needs = ", ".join(sorted(order.skills | order.features))
        lines = [
            (tr("Window"), formats.windows(row.windows) or tr("any time"), ""),
            (tr("Arrival"), f"{arrival}  {punctual}".strip(), "late" if row.late else ""),
            (tr("Goods"), goods, ""),
            (tr("At the door"), formats.minutes(order.service), ""),
            (tr("Needs"), needs, ""),
            (tr("Phone"), order.recipient.phone, ""),
            (tr("E-mail"), order.recipient.email, ""),
            (tr("Notes"), order.notes, ""),
            (tr("State"), tr(names.STATES[row.state]), ""),
        ]
        for title, text, tone in lines:
            if text:
                form.addRow(label(title, muted=True), label(text, tone=tone, wrap=True))
        layout.addLayout(form)

    def _marks(self, layout: QVBoxLayout, row: BoardRow) -> None:
        said = [f"◆ {names.violation(each, self._formats)}" for each in row.violations]
        said += [self._formats.say(each) for each in row.reasons]
        self._note(layout, tr("What is marked") if row.route_number else tr("Why not in a route?"), said)

    def _note(self, layout: QVBoxLayout, heading: str, said: list[str]) -> None:
        """A frame with sentences under a heading; none where there is nothing to say."""
        if not said:
            return
        note = QFrame()
        note.setProperty("note", True)
        inside = QVBoxLayout(note)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.addWidget(label(heading, heading=True))
        for each in said:
            inside.addWidget(label(each, wrap=True))
        layout.addWidget(note)

    def _places(self, layout: QVBoxLayout, order: Order) -> None:
        if not order.location.candidates:
            return
        layout.addWidget(label(tr("Which of these is meant?"), heading=True, wrap=True))
        self.candidates = CandidateList(order.location.candidates)
        self.candidates.taken.connect(lambda candidate: self.taken.emit((order, candidate)))
        self.candidates.installEventFilter(self)
        layout.addWidget(self.candidates)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, text in (("move", tr("Move…")), ("lock", tr("Lock")), ("pin", tr("Set place"))):
            action = self._actions[name]
            made = button(text, action.trigger, name=action.text().replace("&", ""))
            made.setEnabled(action.isEnabled())
            action.enabledChanged.connect(made.setEnabled)
            made.setToolTip(f"{action.text().replace('&', '')}  {action.shortcut().toString()}")
            line.addWidget(made)
        line.addStretch(1)
        return line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the keys of lists away from the candidates, where digits choose a place."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text().isdigit():
            event.accept()
            return True
        return super().eventFilter(watched, event)
