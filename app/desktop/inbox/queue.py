"""The address queue: one bad address at a time, solved by keyboard alone, beside the map."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop import icons
from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.inbox.address_card import AddressCard, coordinates
from app.desktop.inbox.given import given_facts
from app.desktop.inbox.solving import Case, Solver
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.locating import hold_of, whole_line

WIDTH = 400
_TYPING_MS = 120
"""Milliseconds of quiet after which a typed text is looked up."""
_STEP_M, _FAR_M = 10.0, 100.0
_ARROWS = {Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_OURS = {Qt.Key.Key_Escape, Qt.Key.Key_E, Qt.Key.Key_F2, Qt.Key.Key_P, Qt.Key.Key_H, Qt.Key.Key_S, Qt.Key.Key_Backspace, *_ARROWS, *_ENTER}
"""Keys that mean something here, whatever they mean in the window."""
_SHIFT, _NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


class Choices(QListWidget):
    """The numbered places; the keys are the queue's, the mouse takes a place with a click."""

    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Places that fit"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item) + 1))

    def show_case(self, case: Case) -> None:
        """Shows the places of a case."""
        said = [f"{number}   {each.label or coordinates(each.place)}" for number, each in enumerate(case.candidates, start=1)]
        if [self.item(at).text() for at in range(self.count())] != said:
            self.clear()
            for text in said:
                item = QListWidgetItem(text)
                item.setToolTip(text)
                item.setSizeHint(QSize(100, 26))
                self.addItem(item)
        self.setCurrentRow(case.current)
        self.setFixedHeight(26 * len(said) + 2)
        self.setVisible(bool(said))


class AddressQueue(QFrame):
    """The sheet at the right of the window. `closed` is emitted when a person has done with it."""

    closed = Signal()

    def __init__(self, solver: Solver, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._solver, self._bridge = solver, bridge
        self._formats = Formats()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._pause.timeout.connect(lambda: solver.type(self.edit.text()))
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Solve addresses"))
        self._make()
        solver.put.connect(self._put)
        solver.changed.connect(self._show)
        self.hide()

    # Parts

    def _make(self) -> None:
        self.progress, self._bar = label(muted=True), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Addresses done"))
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setProperty("small", True)
        self._close.setToolTip(f"{tr('Close')}  Esc")
        self._close.setAccessibleName(f"{tr('Close')}: {tr('Solve addresses')}")
        self._close.clicked.connect(lambda _checked=False: self.closed.emit())
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 6)
        head.addWidget(label(tr("Solve addresses"), heading=True))
        head.addStretch(1)
        head.addWidget(self.progress)
        head.addSpacing(4)
        head.addWidget(self._close)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._case_page())
        self._pages.addWidget(self._done_page())
        self.hint = label(muted=True, wrap=True)
        self.hint.setContentsMargins(16, 8, 16, 10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._bar)
        whole.addWidget(self._pages, 1)
        whole.addWidget(rule())
        whole.addWidget(self.hint)

    def _case_page(self) -> QWidget:
        self.title, self.when, self.why = label(title=True, wrap=True), label(muted=True), label(tone="risk", wrap=True)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(tr("Address"))
        self.edit.setClearButtonEnabled(True)
        self.edit.textEdited.connect(lambda _text: self._pause.start())
        self.choices = Choices()
        self.choices.taken.connect(self._solver.take)
        self.note = label(wrap=True)
        self.meant = label(tr("Which of these is meant?"), heading=True)
        self._given = QFormLayout()
        self._given.setHorizontalSpacing(12)
        self._given.setVerticalSpacing(3)
        self.card = AddressCard(self._bridge)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        for widget in (self.title, self.when, self.why, self.edit, self.meant, self.choices, self.note):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        column.addWidget(rule())
        column.addWidget(label(tr("What the file said"), heading=True))
        column.addLayout(self._given)
        column.addWidget(rule())
        column.addWidget(self.card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        self._scroll = scroll
        return scroll

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        solver = self._solver
        self.pin = button(tr("Pin on the map"), self._pin_pressed, name=tr("Set the pin on the map"))
        self.hold = button(tr("Hold"), solver.hold, name=tr("Put aside; the order stays on hold"))
        self.later = button(tr("Next one"), solver.next, name=tr("Leave for later"))
        for made, key in ((self.pin, "P"), (self.hold, "H"), (self.later, "S  →")):
            made.setToolTip(f"{made.accessibleName()}  {key}")
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _done_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        self.done_title, self.done_words = label(title=True, wrap=True), label(muted=True, wrap=True)
        for each in (self.done_title, self.done_words):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._finish = button(tr("Close"), self.closed.emit, primary=True)
        column.addStretch(1)
        column.addWidget(self.done_title)
        column.addWidget(self.done_words)
        column.addWidget(self._finish, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    # Showing

    def set_tokens(self, tokens: Tokens) -> None:
        """Recolours the button."""
        self._close.setIcon(icons.icon("x", tokens.muted))

    def set_formats(self, formats: Formats) -> None:
        """How values read."""
        self._formats = formats

    def _put(self) -> None:
        """Another address is on the table: its words, and the keys are the queue's again."""
        self._pause.stop()
        case = self._solver.case
        if case is not None:
            self.edit.setText(whole_line(case.order.address))
            self.edit.setCursorPosition(0)
            self._tell_order(case)
            self._scroll.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.setFocus()
        self._show()

    def _tell_order(self, case: Case) -> None:
        order = case.order
        self.title.setText(" · ".join(part for part in (order.number, order.recipient.name) if part))
        why = order.hold or hold_of(order.location)
        self.why.setText(f"◆ {self._formats.say(why)}" if why is not None else "")
        while self._given.rowCount():
            self._given.removeRow(0)
        for title, text in given_facts(order, self._formats):
            self._given.addRow(label(title, muted=True), label(text, wrap=True))

    def _show(self) -> None:
        solver, case = self._solver, self._solver.case
        self._bar.setRange(0, max(1, solver.total))
        self._bar.setValue(solver.solved + solver.held)
        self._pages.setCurrentIndex(0 if case is not None else 1)
        if case is None:
            self._show_end()
            return
        self.progress.setText(self._formats.say(Sentence.of("desktop.queue_progress", number=solver.number, total=solver.total)))
        self.card.show_order(case.order, self._formats)
        self.choices.show_case(case)
        aiming = case.pin is not None
        self.meant.setText(self._heading(case))
        self.when.setText(self._when(case))
        self.when.setVisible(bool(self.when.text()))
        self.choices.setVisible(bool(case.candidates) and not aiming)
        self._tell_note(case)
        self.edit.setEnabled(not aiming)
        self.hold.setVisible(not aiming)
        self.later.setVisible(not aiming)
        self.pin.setText(tr("Set here") if aiming else tr("Pin on the map"))
        self.hint.setText(self._keys(aiming=aiming, typing=self.edit.hasFocus()))

    def _heading(self, case: Case) -> str:
        if case.pin is not None:
            return tr("Move the pin to the door")
        if case.looking and not case.candidates:
            return tr("Looking …")
        return tr("Which of these is meant?") if case.candidates else tr("Nothing on the map is written like it.")

    def _when(self, case: Case) -> str:
        windows = case.order.windows
        return ", ".join(f"{each.opens:%H:%M}–{each.closes:%H:%M}" for each in windows)

    def _tell_note(self, case: Case) -> None:
        if case.pin is not None:
            self.note.setText("\n".join(part for part in (coordinates(case.pin), case.near) if part))
        else:
            self.note.setText(f"◆ {self._formats.say(case.note)}" if case.note is not None else "")
        self.note.setVisible(bool(self.note.text()))

    def _keys(self, *, aiming: bool, typing: bool) -> str:
        if aiming:
            return tr("Arrows move the pin 10 m, with Shift 100 m · Enter sets it · Esc leaves it · or drag it")
        if typing:
            return tr("Enter looks the address up · ↓ goes to the places · Esc takes it back")
        return tr("1–9 take a place · ↑ ↓ look at it · Enter takes it · E correct · P pin · H hold · → next · Esc close")

    def _show_end(self) -> None:
        solver = self._solver
        self.progress.setText("")
        all_solved = solver.held == 0
        self.done_title.setText(f"✓ {tr('All addresses are solved.')}" if all_solved else tr("That was the last one."))
        self.done_words.setText(self._formats.say(Sentence.of("desktop.queue_end", solved=solver.solved, held=solver.held)))
        self.hint.setText(tr("Enter or Esc closes · Ctrl+Z takes the last step back"))

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event):
            event.accept()
            return True
        return super().event(event)

    def _means(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT) == _NONE
        return plain and (event.key() in _OURS or event.text().isdigit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        case = self._solver.case
        if not self._means(event):
            super().keyPressEvent(event)
        elif case is None:
            if event.key() in {*_ENTER, Qt.Key.Key_Escape}:
                self.closed.emit()
        elif case.pin is not None:
            self._aiming_key(event)
        elif self.edit.hasFocus():
            self._typing_key(event)
        else:
            self._choosing_key(event)

    def _choosing_key(self, event: QKeyEvent) -> None:
        solver, key = self._solver, event.key()
        focused = self.focusWidget()
        if event.text().isdigit():
            solver.take(int(event.text()))
        elif key in _ENTER:
            focused.click() if isinstance(focused, QPushButton) else solver.take_current()
        elif key in {Qt.Key.Key_E, Qt.Key.Key_F2}:
            self.edit.setFocus()
            self.edit.selectAll()
            self._show()
        elif key == Qt.Key.Key_P:
            solver.start_pin()
        elif key == Qt.Key.Key_H:
            solver.hold()
        elif key in {Qt.Key.Key_S, Qt.Key.Key_Right}:
            solver.next()
        elif key == Qt.Key.Key_Left:
            solver.previous()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            solver.look_at(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()

    def _typing_key(self, event: QKeyEvent) -> None:
        solver, key = self._solver, event.key()
        case = solver.case
        if key in _ENTER:
            self._pause.stop()
            if case is None or case.typed is None or not solver.take_current():
                solver.look_up(self.edit.text())
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            solver.look_at(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._pause.stop()
            if case is not None:
                self.edit.setText(whole_line(case.order.address))
            self.setFocus()
            solver.untype()
            self._show()

    def _aiming_key(self, event: QKeyEvent) -> None:
        key, solver = event.key(), self._solver
        if key in _ARROWS:
            step = _FAR_M if event.modifiers() & _SHIFT else _STEP_M
            north, east = _ARROWS[Qt.Key(key)]
            solver.nudge(north * step, east * step)
        elif key in _ENTER or key == Qt.Key.Key_P:
            solver.set_pin()
        elif key == Qt.Key.Key_Escape:
            solver.leave_pin()

    def _pin_pressed(self) -> None:
        case = self._solver.case
        self._solver.set_pin() if case is not None and case.pin is not None else self._solver.start_pin()
        self.setFocus()
