"""The form of a new order: typed, repeated from a customer's earlier order, or guessed from a line of text and approved here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.desktop import names
from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.orders.editing.form_parts import FormField, TextBox
from app.desktop.orders.editing.looking import Looked, Looking, Suggestion
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import tr
from app.domain.geo import Place
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.entering import texts_of
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.locating import hold_of
from app.services.quick_order import guess

F = Field
_REST_MS = 250
"""Milliseconds of rest before what was typed is looked at."""
_COLUMNS = 12
_REST_OF_FORM = 250
"""Pixels that the form and the window's frame need beside the fields: where the screen has no more, the fields scroll."""


class OrderForm(QDialog):
    """`saved` carries the order to be written, located. It stays open until `close_saved`, or says with `refuse` why not."""

    saved = Signal(object)

    def __init__(self, looking: Looking, bridge: Bridge, defaults: Defaults, today: date, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looking, self._bridge, self._defaults, self._today, self._formats = looking, bridge, defaults, today, formats
        self._pin: Place | None = None
        self._open = True
        self._turn = 0
        self._looked: Looked | None = None
        self.fields: dict[Field, FormField] = {}
        self.setWindowTitle(tr("New order"))
        self.setModal(True)
        self.setMinimumWidth(760)
        self._quick = TextBox(2)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look)
        self._guess_rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._guess_rest.timeout.connect(self._guess)
        self._lay_out()
        self._suggest()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        self.fields[F.DAY].fill(defaults.day.isoformat())
        self._say_place(None)
        self.finished.connect(self._gone)

    # What it is opened with

    def begin(self) -> None:
        """Begins with the customer."""
        self._quick_part.hide()
        self.adjustSize()
        self.fields[F.NAME].editor.setFocus()

    def begin_quick(self, text: str = "") -> None:
        """Begins with the line that is to be read."""
        self.setWindowTitle(tr("Quick order"))
        self._quick.setFocus()
        if text:
            self._quick.setPlainText(text)

    def begin_at(self, place: Place) -> None:
        """Begins with a place of the map; its address is filled in where the map has one."""
        self._pin = place
        self.begin()
        self._say_place(None)
        self._ask(lambda: self._looking.address_at(place), self._name_place)

    def begin_like(self, texts: Mapping[Field, str]) -> None:
        """Begins as another order is."""
        self.setWindowTitle(tr("Duplicate order"))
        self.begin()
        for field, text in texts.items():
            if field in self.fields:
                self.fields[field].fill(text)
        self._rest.start()

    # What it says

    @property
    def texts(self) -> dict[Field, str]:
        """What is typed, by field."""
        return {field: each.text for field, each in self.fields.items()}

    @property
    def settled(self) -> bool:
        """Whether all that was typed has been looked at."""
        return not self._rest.isActive() and not self._guess_rest.isActive() and self._turn == 0

    def save(self) -> None:
        """Looks at everything once more, then tells the order; what is wrong gets the keyboard."""
        self._rest.stop()
        if self._guess_rest.isActive():
            self._guess_rest.stop()
            self._guess()
        self._rest.stop()
        self._look(then=self._save)

    def refuse(self, sentence: Sentence) -> None:
        """Says why it was not written."""
        self._say(self._formats.say(sentence))
        self._save_button.setEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(self.width(), self.sizeHint().height())  # by itself Qt takes two thirds of the screen at most

    def close_saved(self) -> None:
        """It was written."""
        self.accept()

    # Laying out

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 14, 24, 12)
        whole.setSpacing(8)
        self._quick_part = self._quick_box()
        whole.addWidget(self._quick_part)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self._fill_grid(grid)
        whole.addWidget(_scrolled(grid), 1)
        whole.addWidget(rule())
        whole.addLayout(self._foot())

    def _quick_box(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._quick.setAccessibleName(tr("The order in one line"))
        self._quick.setPlaceholderText(tr("Ella, Annankatu 12, tomorrow 9-11, 2 boxes, 4 kg, 040 1234567"))
        self._quick.edited.connect(self._guess_rest.start)
        column.addWidget(label(tr("Type the order in one line, or paste a message. What is understood appears below."), muted=True))
        column.addWidget(self._quick)
        column.addWidget(rule())
        return part

    def _fill_grid(self, grid: QGridLayout) -> None:
        rows: tuple[tuple[tuple[Field, str, str, int], ...], ...] = (
            ((F.NAME, tr("Customer"), tr("Name, or part of a known one"), 7), (F.PHONE, tr("Phone"), "", 5)),
            ((F.EMAIL, tr("E-mail"), "", 7), (F.LANGUAGE, tr("Language"), tr("e.g. English"), 5)),
            ((F.ADDRESS, tr("Address"), tr("Street and number, town"), 12),),
            ((F.DAY, tr("Day"), "", 3), (F.WINDOW, tr("Window"), tr("e.g. 9-11; 14-16"), 6), (F.SERVICE, tr("At the door (min)"), self._usual_service(), 3)),
            ((F.PIECES, tr("Pieces"), "", 3), (F.WEIGHT, tr("Weight (kg)"), "", 3), (F.VOLUME, tr("Volume (l)"), "", 3), (F.COD, self._cod_title(), "", 3)),
            (
                (F.SKILLS, tr("Driver skills"), "", 3),
                (F.FEATURES, tr("Vehicle needs"), "", 3),
                (F.HANDLING, tr("Handling"), tr("e.g. fragile"), 3),
                (F.PRIORITY, tr("Priority"), tr("0 to 9"), 3),
            ),
            ((F.NOTES, tr("Notes"), "", 9), (F.NUMBER, tr("Order number"), tr("by itself"), 3)),
        )
        for row, cells in enumerate(rows):
            at = 0
            for field, title, hint, span in cells:
                made = FormField(field, title, hint=hint)
                made.edited.connect(self._edited)
                self.fields[field] = made
                grid.addWidget(made, row, at, 1, span)
                at += span

    def _usual_service(self) -> str:
        return self._formats.number(self._defaults.service / 60_000)

    def _cod_title(self) -> str:
        return f"{tr('To collect')} ({self._defaults.currency})"

    def _foot(self) -> QHBoxLayout:
        self._note = label("", tone="late", wrap=True)
        self._note.setProperty("small", True)
        self._save_button = button(tr("Save order"), self.save, primary=True)
        self._save_button.setToolTip(tr("Ctrl+Enter"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(label(tr("Ctrl+Enter"), muted=True))
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self._save_button)
        return foot

    def _suggest(self) -> None:
        for field, ask in ((F.NAME, self._looking.customers), (F.PHONE, self._looking.customers), (F.ADDRESS, self._looking.addresses)):
            self.fields[field].suggest(self._asker(ask), self).chosen.connect(self._take)

    def _asker(self, ask: Callable[[str], tuple[Suggestion, ...]]) -> Callable[[str, Callable[[Sequence[Suggestion]], None]], None]:
        return lambda text, then: self._ask(lambda: ask(text), then)

    # What happens

    def _take(self, suggestion: Suggestion) -> None:
        """Fills in what a suggestion knows, and goes on with what it does not."""
        for field, text in suggestion.texts.items():
            self.fields[field].fill(text)
        if F.ADDRESS in suggestion.texts:
            self._pin = None
        after = F.WINDOW if F.NAME in suggestion.texts or self.fields[F.NAME].text else F.NAME
        self.fields[after].editor.setFocus(Qt.FocusReason.TabFocusReason)
        self._rest.start()

    def _edited(self, field: Field) -> None:
        self._say("")
        if field is F.ADDRESS:
            self._pin = None
        self._rest.start()

    def _name_place(self, address: str) -> None:
        if not self.fields[F.ADDRESS].text:
            self.fields[F.ADDRESS].fill(address, guessed=True)
        self._rest.start()

    def _guess(self) -> None:
        """Fills the form with what the line seems to say; what a person has typed into a field stays."""
        text = self._quick.toPlainText()
        self._ask(lambda: guess(text, self._defaults, self._today), self._guessed)

    def _guessed(self, found: Mapping[Field, str]) -> None:
        for field, each in self.fields.items():
            usual = self._defaults.day.isoformat() if field is F.DAY else ""
            if each.guessed or each.text == usual:
                each.fill(found.get(field, usual), guessed=field in found)
        self._look()

    def _look(self, then: Callable[[Looked], None] | None = None) -> None:
        texts, pin = self.texts, self._pin
        self._ask(lambda: self._looking.look(texts, None, self._defaults, pin), lambda looked: self._show(looked, then))

    def _ask(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        """Works in the pool; what comes back once the form is closed is dropped."""
        self._turn += 1

        def arrived(answer: object) -> None:
            self._turn -= 1
            if self._open:
                then(answer)

        def broke(error: BaseException) -> None:
            self._turn -= 1
            self._bridge.tell(error)

        self._bridge.compute(lambda _job: work(), then=arrived, failed=broke)

    def _show(self, looked: Looked, then: Callable[[Looked], None] | None) -> None:
        self._looked = looked
        read = looked.entered
        for field, each in self.fields.items():
            error, doubt = read.errors.get(field), read.warnings.get(field)
            untouched = then is None and field is F.ADDRESS and not each.text
            said = error or doubt
            each.complain(self._formats.say(said) if said is not None and not untouched else "", error=error is not None)
        self._say_place(looked.order)
        if looked.order is not None:
            self._read_back(looked.order)
        if then is not None:
            then(looked)

    def _say_place(self, order: Order | None) -> None:
        """Under the address: where the map has it, or what is doubtful about it."""
        line = self.fields[F.ADDRESS]
        if order is None:
            if self._pin is not None:
                line.complain(tr("The place that you chose on the map"), error=False)
            return
        hold = hold_of(order.location)
        state = names.address_state(order.location.state)
        if hold is not None:
            line.complain(self._formats.say(hold), error=False)
        elif order.location.place is not None:
            line.note(f"{state} · {order.location.label}" if order.location.label else state)

    def _read_back(self, order: Order) -> None:
        """Under what can be written in many ways: how it was understood."""
        texts = texts_of(order)
        understood = {
            F.DAY: self._formats.day(order.day) if order.day is not None else "",
            F.WINDOW: texts[F.WINDOW].replace("-", "–"),
            F.PHONE: texts[F.PHONE],
        }
        for field, said in understood.items():
            each = self.fields[field]
            if not each.message.toolTip() and said != each.text:
                each.note(said)

    def _save(self, looked: Looked) -> None:
        if looked.order is None:
            wrong = next((each for each in self.fields.values() if each.field in looked.entered.errors), None)
            if wrong is not None:
                wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._say(next((self._formats.say(each) for each in looked.entered.errors.values()), ""))
            return
        self._save_button.setEnabled(False)
        self.saved.emit(looked.order)

    def _say(self, text: str) -> None:
        """In the foot, whole: the sentence under a narrow field may be cut."""
        self._note.setText(f"✕ {text}" if text else "")

    def _gone(self, _code: int) -> None:
        self._open = False


def _scrolled(grid: QGridLayout) -> QScrollArea:
    """The fields, as high as they want to be where the screen has the room, else to be scrolled."""
    inside = QWidget()
    grid.setContentsMargins(0, 0, 8, 0)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(grid)
    column.addStretch(1)
    area = _Fields()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


class _Fields(QScrollArea):
    """Wants the height of what it holds, up to what leaves the dialog whole on its screen."""

    def sizeHint(self) -> QSize:
        held = self.widget()
        inside = held.sizeHint() if held is not None else QSize(0, 0)
        return QSize(inside.width() + 12, min(inside.height() + 2, self.screen().availableGeometry().height() - _REST_OF_FORM))

    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        focused = self.focusWidget()
        if moved and focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)
        return moved
