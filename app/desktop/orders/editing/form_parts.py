"""Parts of the order form: a field with its title and its complaint, and the list of suggestions under a field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.orders.editing.looking import Suggestion
from app.desktop.widgets.parts import Elided, label, repolish
from app.desktop.words import tr
from app.services.intake_names import Field

_REST_MS = 140
"""Milliseconds of rest before what was typed is looked up."""
_MOST_ROWS = 6


class TextBox(QPlainTextEdit):
    """A box of a few lines; Tab leaves it."""

    edited = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self.edited.emit)

    def fit(self) -> None:
        """Takes the height of its lines in the font in force."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 16)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()


class FormLine(QLineEdit):
    """A field of one line: Enter goes on to the next, Up and Down walk through its suggestions."""

    walked = Signal(int)
    taken = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.listed: Callable[[], bool] = lambda: False
        """Whether suggestions are shown."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers()
        if self.listed() and plain and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.walked.emit(1 if key == Qt.Key.Key_Down else -1)
        elif self.listed() and plain and key == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.dismissed.emit()


class SuggestionList(QListWidget):
    """Lies under a field, over what is below it; the field keeps the keyboard. `chosen` carries a Suggestion."""

    chosen = Signal(object)

    def __init__(self, line: FormLine, ask: Callable[[str, Callable[[Sequence[Suggestion]], None]], None], over: QWidget) -> None:
        super().__init__(over)
        self._line, self._ask, self._over = line, ask, over
        self.setProperty("suggestions", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(tr("Suggestions"))
        self.hide()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look)
        line.listed = self.isVisible
        line.textEdited.connect(lambda _text: self._rest.start())
        line.walked.connect(self._walk)
        line.taken.connect(self._enter)
        line.dismissed.connect(self.close_list)
        self.itemClicked.connect(self._take)

    def close_list(self) -> None:
        """Puts the list away, and with it what was still being looked up."""
        self._rest.stop()
        self.hide()

    def show_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Shows these, none of them taken yet; nothing where the field has been left or says just this already."""
        self.clear()
        if not found or not self._line.hasFocus() or [each.title for each in found] == [self._line.text()]:
            self.hide()
            return
        for each in found[:_MOST_ROWS]:
            item = QListWidgetItem(f"{each.title}   {each.note}".strip())
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setToolTip(item.text())
            self.addItem(item)
        self.setCurrentRow(-1)
        below = self._line.mapTo(self._over, QPoint(0, self._line.height() + 2))
        row = max(self.sizeHintForRow(0), 24)
        self.setGeometry(below.x(), below.y(), max(self._line.width(), 380), row * self.count() + 6)
        self.show()
        self.raise_()

    def _look(self) -> None:
        text = self._line.text().strip()
        if len(text) < 2:
            self.hide()
            return
        self._ask(text, lambda found: self.show_suggestions(found) if self._line.text().strip() == text else None)

    def _walk(self, by: int) -> None:
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))

    def _enter(self) -> None:
        """Enter takes the marked suggestion; where none is marked it goes on to the next field."""
        item = self.currentItem() if self.isVisible() else None
        if item is not None:
            self._take(item)
        else:
            self.close_list()
            self._line.focusNextChild()

    def _take(self, item: QListWidgetItem) -> None:
        self.close_list()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class FormField(QWidget):
    """A field of the form: title, editor, and a line for what is wrong with it. `edited` carries the Field a person has typed into."""

    edited = Signal(object)

    def __init__(self, field: Field, title: str, *, hint: str = "", lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._title = title
        self._heading = label(title, muted=True)
        self.editor: FormLine | TextBox = FormLine() if lines == 1 else TextBox(lines)
        self.editor.setAccessibleName(title)
        self.editor.setPlaceholderText(hint)
        self.message = Elided("")
        self.message.setProperty("small", True)
        self.message.setProperty("muted", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._heading.setBuddy(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for each in (self._heading, self.editor, self.message):
            layout.addWidget(each)
        self._connect()

    def _connect(self) -> None:
        if isinstance(self.editor, FormLine):
            self.editor.textEdited.connect(self._typed)
            self.editor.taken.connect(self._next)
        else:
            self.editor.edited.connect(self._typed_in_box)
        self._filling = False

    @property
    def text(self) -> str:
        """What it holds."""
        return self.editor.text() if isinstance(self.editor, FormLine) else self.editor.toPlainText()

    def fill(self, text: str, *, guessed: bool = False) -> None:
        """Puts a text in, without telling; `guessed`: a person has not approved it yet, and the title says so."""
        self._filling = True
        if isinstance(self.editor, FormLine):
            self.editor.setText(text)
        else:
            self.editor.setPlainText(text)
        self._filling = False
        self.mark(guessed=guessed and bool(text))

    @property
    def guessed(self) -> bool:
        """Whether what it holds is a guess."""
        return bool(self.editor.property("guessed"))

    def mark(self, *, guessed: bool) -> None:
        """Says that it holds a guess, or not."""
        if self.guessed == guessed:
            return
        self.editor.setProperty("guessed", guessed)
        self._heading.setText(f"{self._title} · {tr('guessed')}" if guessed else self._title)
        self.editor.setAccessibleDescription(tr("guessed") if guessed else "")
        repolish(self.editor)

    def complain(self, text: str, *, error: bool = True) -> None:
        """Shows what is wrong with it, red where it cannot be taken so; empty: nothing."""
        self._show(f"{'✕' if error else '◆'} {text}" if text else "", ("late" if error else "risk") if text else "")
        self.editor.setProperty("wrong", bool(text and error))
        self.editor.setAccessibleDescription(text or (tr("guessed") if self.guessed else ""))
        repolish(self.editor)

    def note(self, text: str) -> None:
        """Shows what is to be known of it, quietly."""
        self._show(text, "")

    def _show(self, text: str, tone: str) -> None:
        self.message.setProperty("tone", tone)
        repolish(self.message)
        self.message.show_text(text)

    def suggest(self, ask: Callable[[str, Callable[[Sequence[Suggestion]], None]], None], over: QWidget) -> SuggestionList:
        """Lets suggestions be shown under it."""
        line = self.editor
        assert isinstance(line, FormLine), "only a field of one line has suggestions"
        line.taken.disconnect(self._next)
        return SuggestionList(line, ask, over)

    def _typed(self, _text: str) -> None:
        self.mark(guessed=False)
        self.edited.emit(self.field)

    def _typed_in_box(self) -> None:
        if not self._filling:
            self._typed("")

    def _next(self) -> None:
        self.editor.focusNextChild()
