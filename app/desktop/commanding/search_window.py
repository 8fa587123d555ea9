"""The palette: one line to type in over the window, and below it what is found; and the button of the toolbar that opens it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QLineEdit, QListView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.desktop import icons
from app.desktop.actions import Actions
from app.desktop.commanding.lines import Line
from app.desktop.commanding.results import LINE, LineDelegate, LineModel, caps_of, draw_cap, height_of
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import label, rule
from app.desktop.words import tr

_WIDTH = 680
_TALLEST = 500
_PAGE = 8
_BELOW_TOP = 84
"""How far below the top of the window it stands: the toolbar stays in sight."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}


class AskBox(QLineEdit):
    """The line to type in. It gives the keys that go through the list to it; with an input method composing, they are the method's."""

    stepped = Signal(int)
    entered = Signal(bool)
    """Enter was pressed; whether with Ctrl."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)


class SearchWindow(QDialog):
    """The palette. `asked` carries what was typed, `taken` a Line and whether it is wanted on the map."""

    asked = Signal(str)
    taken = Signal(object)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._over, self._tokens = parent, tokens
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Search or command"))
        self.setProperty("in_place", True)  # pictures show it where it stands
        self.box = AskBox()
        self.box.setPlaceholderText(tr("Order, name, telephone, street, route, day, or what to do"))
        self.box.setAccessibleName(tr("Search or command"))
        self.model = LineModel(self)
        self.list = QListView()
        self._delegate = LineDelegate(self.list)
        self._delegate.tokens = tokens
        self._nothing: QLabel = label("", muted=True, wrap=True)
        self._waiting: bool | None = None
        self._settled = True
        self._lay_out(tokens)
        self.box.textChanged.connect(self._typed)
        self.box.stepped.connect(self._step)
        self.box.entered.connect(self._entered)
        self.list.clicked.connect(lambda _index: self._take(on_map=False))

    @property
    def current(self) -> Line | None:
        """The line that Enter would take."""
        line = self.list.currentIndex().data(LINE)
        return line if isinstance(line, Line) else None

    @property
    def settled(self) -> bool:
        """Whether what is shown answers what is typed."""
        return self._settled

    def show_lines(self, lines: Sequence[Line], *, settled: bool = True) -> None:
        """Shows what was found; the chosen line stays chosen where it is still there and the person has gone to it."""
        was, moved = self.current, self.list.currentIndex().row() > 1
        self.model.show_lines(lines)
        kept = next((at for at, line in enumerate(lines) if was is not None and moved and line.thing == was.thing and line.thing is not None), None)
        self._choose(kept if kept is not None and not self._settled_before(settled) else self.model.step(-1, 1))
        self._settled = settled
        self._nothing.setText("" if lines or not settled else tr("Nothing found. Fewer letters or digits find more."))
        self._nothing.setVisible(not lines)
        self.list.setVisible(bool(lines))
        self._fit()
        if self._waiting is not None and settled:
            on_map, self._waiting = self._waiting, None
            self._take(on_map=on_map)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.box.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame, for no window manager draws one."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(self._tokens.muted))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and QApplication.activeWindow() is self._over:
            self.reject()

    def _settled_before(self, settled: bool) -> bool:
        """Whether this answer is to another question than the one before."""
        return settled and not self._settled

    def _lay_out(self, tokens: Tokens) -> None:
        self.box.setFrame(False)
        self.box.setProperty("bare", True)
        self.box.addAction(icons.icon("search", tokens.muted), QLineEdit.ActionPosition.LeadingPosition)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._nothing.setContentsMargins(16, 16, 16, 16)
        self._hints = label(_hints(), muted=True)
        self._hints.setContentsMargins(16, 8, 16, 8)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for part in (self.box, rule(), self.list, self._nothing):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(rule())
        layout.addWidget(self._hints)

    def _fit(self) -> None:
        """As tall as what is found, below the toolbar, in the middle of the window."""
        window = self._over
        width = min(_WIDTH, window.width() - 48)
        lines = sum(height_of(line) for line in self.model.lines)
        room = min(_TALLEST, window.height() - _BELOW_TOP - 96)
        self.list.setFixedHeight(min(lines + 6, room))
        self._nothing.setFixedWidth(width - 2)
        self.setFixedSize(QSize(width, self._column.sizeHint().height()))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, _BELOW_TOP)))

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._settled, self._waiting = False, None
        self.asked.emit(text)

    @Slot(int)
    def _step(self, by: int) -> None:
        self._choose(self.model.step(self.list.currentIndex().row(), by))

    def _choose(self, row: int) -> None:
        if row < 0:
            return
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(self.model.index(row - 1) if row == 1 else index)
        self.box.setAccessibleDescription(index.data(Qt.ItemDataRole.AccessibleTextRole))

    @Slot(bool)
    def _entered(self, on_map: bool) -> None:
        """Enter before the answer is there counts for the first line of the answer."""
        if self._settled:
            self._take(on_map=on_map)
        else:
            self._waiting = on_map

    def _take(self, *, on_map: bool) -> None:
        line = self.current
        if line is not None and line.possible:
            self.accept()
            self.taken.emit((line, on_map))


def _hints() -> str:
    parts = (tr("Enter: do it"), tr("Ctrl+Enter: on the map"), tr("Esc: close"), tr("> acts"), tr("@ people"), tr("# orders"))
    return "    ".join(parts)


class SearchButton(QPushButton):
    """Looks like the line to type in, stands in the toolbar, and opens the palette."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._tokens: Tokens | None = None
        self.setProperty("search", True)
        self.setText(tr("Search or command"))
        self.setAccessibleName(tr("Search or command"))
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(actions["palette"].toolTip())
        self.clicked.connect(lambda _checked=False: actions["palette"].trigger())
        actions.rekeyed.connect(self._rekeyed)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._tokens = tokens
        self.setIcon(icons.icon("search", tokens.muted))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + self._caps_width() + 24, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._tokens is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        edge = float(self.width() - 6)
        for cap in reversed(self._caps()):
            width = max(20.0, painter.fontMetrics().horizontalAdvance(cap) + 10.0)
            edge -= width
            draw_cap(painter, QRectF(edge, self.height() / 2 - 10, width, 20), cap, font, self._tokens)
            edge -= 3
        painter.end()

    def _caps(self) -> list[str]:
        return caps_of(self._actions.key_text("palette"))

    def _caps_width(self) -> int:
        return sum(max(20, self.fontMetrics().horizontalAdvance(cap) + 10) + 3 for cap in self._caps())

    @Slot()
    def _rekeyed(self) -> None:
        self.setToolTip(self._actions["palette"].toolTip())
        self.updateGeometry()
        self.update()
