"""The rows of the sheet of keys, and which stand under which heading."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.desktop.actions import ACTS, MENUS, Act, Actions, native, plain
from app.desktop.commanding.folding import fold
from app.desktop.commanding.results import caps_of, draw_cap
from app.desktop.theme import Tokens
from app.desktop.widgets.mirror import hand
from app.desktop.words import tr

_ROW, _CAP = 26, 20
_MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what is done by which keys; `act` empty: the keys cannot be changed."""

    text: str
    keys: tuple[str, ...]
    act: str = ""
    about: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows."""

    title: str
    entries: tuple[Entry, ...]


def sections(actions: Actions, here: str, wanted: str = "") -> tuple[Section, ...]:
    """All keys by menu; those of lists and the map first where the keyboard is in one (`here`: its name), else last. `wanted` keeps rows that have it."""
    everywhere = [Section(plain(tr(title)), tuple(_entry(act, actions) for act in ACTS if act.menu == name and not act.lists)) for name, title in MENUS]
    title = tr("Here: {place}").format(place=here) if here else tr("In lists and on the map")
    lists = Section(title, (*(_entry(act, actions) for act in ACTS if act.lists), _digits()))
    going = Section(tr("Go to, from lists and the map"), tuple(_twin(act) for act in ACTS if act.list_keys))
    ordered = [lists, going, *everywhere] if here else [*everywhere, going, lists]
    kept = [Section(each.title, tuple(entry for entry in each.entries if _wanted(entry, each.title, wanted))) for each in ordered]
    return tuple(each for each in kept if each.entries)


def _entry(act: Act, actions: Actions) -> Entry:
    keys = actions.keys_of(act.id)
    return Entry(_text(act), keys[:1], act.id, tr(act.about), keys != act.keys)


def _twin(act: Act) -> Entry:
    return Entry(_text(act), act.list_keys[:1], about=tr(act.about))


def _digits() -> Entry:
    return Entry(tr("Move to the route of that number"), ("1", "9"))


def _text(act: Act) -> str:
    return plain(tr(act.text)).rstrip("…")


def _wanted(entry: Entry, title: str, wanted: str) -> bool:
    """Rows without a key are there to be given one; they show where they are searched for."""
    said = f"{fold(entry.text)} {fold(title)} {fold(entry.about)} {' '.join(native(key) for key in entry.keys).casefold()}"
    return all(word in said for word in wanted.casefold().split()) if wanted.strip() else bool(entry.keys) or entry.changed


class KeyRow(QAbstractButton):
    """A row; pressed, it listens for the next key. `heard` carries (act, key), an empty key for the one of the table."""

    heard = Signal(str, str)
    listening = Signal(str)

    def __init__(self, entry: Entry, tokens: Callable[[], Tokens], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._tokens = tokens
        self._listens = False
        self.setText(entry.text)
        self.setAccessibleName(", ".join([entry.text, *(native(key) for key in entry.keys)]))
        self.setToolTip(entry.about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if entry.act else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        if entry.act:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _checked=False: self._listen(on=True))

    def sizeHint(self) -> QSize:
        return QSize(260, _ROW)

    def event(self, event: QEvent) -> bool:
        """While it listens, every key is heard, those of the window too."""
        if self._listens and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._hear(event)
                return True
        if event.type() == QEvent.Type.FocusOut and self._listens:
            self._listen(on=False)
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.entry.act:
            self._listen(on=True)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._listens or self.hasFocus() or (self.underMouse() and self.entry.act):
            painter.setPen(QColor(tokens.accent) if self._listens or self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected if self._listens else tokens.hover))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        pen = hand(painter, area, self.layoutDirection())
        room = self._paint_keys(pen, area, tokens)
        pen.setFont(self.font())
        pen.setPen(QColor(tokens.text))
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room - 20))
        pen.drawText(area.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def _paint_keys(self, painter: QPainter, area: QRectF, tokens: Tokens) -> float:
        """The caps, or what is waited for; returns where room for the text ends."""
        font = self.font()
        font.setPixelSize(11)
        edge = area.right() - 8
        if self._listens:
            words = tr("Press the new keys")
            painter.setPen(QColor(tokens.accent))
            painter.drawText(area.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
            return edge - QFontMetrics(self.font()).horizontalAdvance(words)
        for cap in reversed(self._caps()):
            width = max(float(_CAP), QFontMetrics(font).horizontalAdvance(cap) + 12.0)
            edge -= width
            draw_cap(painter, QRectF(edge, area.center().y() - _CAP / 2, width, _CAP), cap, font, tokens, changed=self.entry.changed)
            edge -= 4
        return edge

    def _caps(self) -> list[str]:
        if len(self.entry.keys) == 2:
            return [self.entry.keys[0], "…", self.entry.keys[1]]
        return [cap for key in self.entry.keys for cap in caps_of(native(key))]

    def _listen(self, *, on: bool) -> None:
        self._listens = on
        self.listening.emit(self.entry.act if on else "")
        self.update()

    def _hear(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return
        self._listen(on=False)
        if key == Qt.Key.Key_Escape and not event.modifiers():
            return
        back = key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and not event.modifiers()
        self.heard.emit(self.entry.act, "" if back else _combination(event))


def _combination(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
