"""One change of all selected orders: which field, what of it, and what it would make of each, before it is written as one step."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import Shown, travel_for
from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label, rule
from app.desktop.widgets.rows import Column, RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import later, tr
from app.domain.errors import Outside, Refused
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services import planning
from app.services.bulk_edits import CHANGEABLE, Change, How, Outlook, late_count, outlook, ways
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.ports.travel import Areas

_REST_MS = 200
_WAYS = {How.SET: later("set to"), How.CLEAR: later("clear"), How.SHIFT: later("move by minutes")}
_HINTS = {Field.WINDOW: later("e.g. 9-11; 14-16"), Field.DAY: "2026-11-24", Field.SERVICE: later("minutes"), Field.WEIGHT: later("kilograms")}
_MOST_FIELDS = 4


class ChangeRow(QWidget):
    """One field, what is done to it, and the value."""

    changed = Signal()
    dropped = Signal(object)

    def __init__(self, formats: Formats, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.how, self.value = QComboBox(), QComboBox(), QLineEdit()
        for each in CHANGEABLE:
            words = formats.say(Sentence.of(f"ordering.field_{each.value}"))
            self.field.addItem(words[:1].upper() + words[1:], each)
        self.field.setAccessibleName(tr("Field"))
        self.how.setAccessibleName(tr("What to do with it"))
        self.value.setAccessibleName(tr("New value"))
        self.field.setMinimumWidth(190)
        self.how.setMinimumWidth(150)
        self._drop = button("✕", lambda: self.dropped.emit(self), link=True, name=tr("Leave this field out"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget, stretch in ((self.field, 0), (self.how, 0), (self.value, 1), (self._drop, 0)):
            layout.addWidget(widget, stretch)
        self.field.setCurrentIndex(CHANGEABLE.index(field))
        self._offer_ways()
        self.field.currentIndexChanged.connect(self._offer_ways)
        self.how.currentIndexChanged.connect(self._turned)
        self.value.textEdited.connect(lambda _text: self.changed.emit())

    @property
    def change(self) -> Change | None:
        """What is wished; None while there is no value yet."""
        field, how, text = self.field.currentData(), self.how.currentData(), self.value.text().strip()
        if field is None or how is None or (how is not How.CLEAR and not text):
            return None
        return Change(field=Field(field), how=How(how), text=text)

    def allow_drop(self, *, allowed: bool) -> None:
        """Whether it can be left out."""
        self._drop.setVisible(allowed)

    def _offer_ways(self) -> None:
        field = Field(self.field.currentData())
        self.how.blockSignals(True)
        self.how.clear()
        for each in ways(field):
            self.how.addItem(tr(_WAYS[each]), each)
        self.how.blockSignals(False)
        self._turned()

    def _turned(self) -> None:
        how, field = How(self.how.currentData()), Field(self.field.currentData())
        self.value.setEnabled(how is not How.CLEAR)
        self.value.setPlaceholderText(tr("e.g. 30 or -15") if how is How.SHIFT else tr(_HINTS.get(field, "")) if how is How.SET and field in _HINTS else "")
        self.changed.emit()


class BulkDialog(QDialog):
    """`confirmed` carries the Outlook to be written."""

    confirmed = Signal(object)

    def __init__(
        self, orders: Sequence[Order], defaults: Defaults, shown: Shown, areas: Areas, bridge: Bridge, formats: Formats, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._orders, self._defaults, self._shown, self._areas = tuple(orders), defaults, shown, areas
        self._bridge, self._formats = bridge, formats
        self._open, self._turn = True, 0
        self.outlook = Outlook()
        self.rows: list[ChangeRow] = []
        self.setWindowTitle(formats.say(Sentence.of("desktop.bulk_title", count=len(self._orders))))
        self.setModal(True)
        self.resize(860, 560)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._preview)
        self.model = RowModel(self._columns(), lambda line: f"{line.order} {line.field}", self)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.apply)
        self.finished.connect(self._gone)
        self.add_field(Field.WINDOW)
        self.rows[0].field.setFocus()

    @property
    def settled(self) -> bool:
        """Whether the preview shows what is wished."""
        return not self._rest.isActive() and self._turn == 0

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of the theme."""
        self.model.set_colors(colors)

    def add_field(self, field: Field | None = None) -> None:
        """One more field; by itself one that is not chosen yet."""
        taken = {row.field.currentData() for row in self.rows}
        wanted = field or next(each for each in CHANGEABLE if each not in taken)
        row = ChangeRow(self._formats, wanted)
        row.changed.connect(self._rest.start)
        row.dropped.connect(self._drop)
        self.rows.append(row)
        self._fields.addWidget(row)
        self._arrange()
        row.field.setFocus()

    def apply(self) -> None:
        """Writes what the preview shows."""
        if self.settled and self.outlook.edits:
            self.confirmed.emit(self.outlook)
            self.accept()

    def changes(self) -> tuple[Change, ...]:
        """What is wished so far."""
        return tuple(each for each in (row.change for row in self.rows) if each is not None)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(6)
        whole.addLayout(self._fields)
        self._more = button(tr("Another field"), self.add_field, link=True)
        whole.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = RowTable(self.model, tr("What would change"), self)
        whole.addWidget(self.table, 1)
        self._counts, self._effect = label("", muted=True), label("")
        line = QHBoxLayout()
        line.addWidget(self._counts)
        line.addStretch(1)
        line.addWidget(self._effect)
        whole.addLayout(line)
        whole.addWidget(rule())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(tr("One step; Undo takes it back."), muted=True), 1)
        self.confirm = button(tr("Change"), self.apply, primary=True)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.confirm)
        whole.addLayout(foot)
        self._say()

    def _columns(self) -> tuple[Column, ...]:
        say = self._formats.say
        return (
            Column(id="number", title=tr("Order"), text=lambda line: line.number, width=90),
            Column(id="customer", title=tr("Customer"), text=lambda line: line.customer, width=160),
            Column(id="field", title=tr("Field"), text=lambda line: say(Sentence.of(f"ordering.field_{line.field.value}")), width=120),
            Column(id="before", title=tr("Now"), text=lambda line: line.before or "–", tone=lambda _line: "muted", width=160),
            Column(
                id="after",
                title=tr("Then"),
                text=lambda line: f"✕ {say(line.error)}" if line.error is not None else line.after or "–",
                tone=lambda line: "late" if line.error is not None else "",
                width=220,
            ),
        )

    def _drop(self, row: ChangeRow) -> None:
        self.rows.remove(row)
        row.deleteLater()
        self._fields.removeWidget(row)
        self._arrange()
        self._rest.start()

    def _arrange(self) -> None:
        for row in self.rows:
            row.allow_drop(allowed=len(self.rows) > 1)
        self._more.setVisible(len(self.rows) < _MOST_FIELDS)

    def _preview(self) -> None:
        wished = self.changes()
        self._ask(lambda: outlook(self._orders, wished, self._defaults), self._show)

    def _show(self, made: Outlook) -> None:
        self.outlook = made
        self.model.set_rows(made.lines)
        self._say()
        self._effect.setText("")
        if made.edits and self._shown.judged is not None and self._shown.day.plan is not None:
            self._ask(lambda: self._late(made), self._say_late)

    def _late(self, made: Outlook) -> tuple[int, int] | None:
        """Late stops now and after: the plan of the day judged with the changed orders, by the functions that judge every plan."""
        shown, changed = self._shown, {edit.after.id: edit.after for edit in made.edits}
        if shown.judged is None:
            return None
        day = replace(
            shown.day, orders=tuple(changed.get(each.id, each) for each in shown.day.orders if changed.get(each.id, each).day in {None, shown.day.day})
        )
        try:
            problem = planning.day_problem(day, travel_for(self._areas, day.depot))
        except (Refused, Outside):
            return None
        return late_count(shown.judged), late_count(planning.current(problem, day.plan))

    def _say_late(self, counts: tuple[int, int] | None) -> None:
        if counts is None:
            return
        before, after = counts
        self._effect.setText(self._formats.say(Sentence.of("desktop.bulk_late", before=before, after=after)))
        self._effect.setProperty("tone", "late" if after > before else "ok" if after < before else "")
        self._effect.style().unpolish(self._effect)
        self._effect.style().polish(self._effect)

    def _say(self) -> None:
        made, say = self.outlook, self._formats.say
        counts = Sentence.of("desktop.bulk_counts", changed=len(made.edits), same=made.same, refused=made.refused)
        self._counts.setText(say(counts) if self.changes() else tr("Choose a field and its new value to see what would change."))
        self.confirm.setEnabled(bool(made.edits))
        words = say(Sentence.of("desktop.bulk_apply", count=len(made.edits))) if made.edits else tr("Change")
        self.confirm.setText(words)
        self.confirm.setAccessibleName(words)

    def _ask(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._turn += 1
        asked = self.changes()

        def arrived(answer: object) -> None:
            self._turn -= 1
            if self._open and asked == self.changes():
                then(answer)

        def broke(error: BaseException) -> None:
            self._turn -= 1
            self._bridge.tell(error)

        self._bridge.compute(lambda _job: work(), then=arrived, failed=broke)

    def _gone(self, _code: int) -> None:
        self._open = False
