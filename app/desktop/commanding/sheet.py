"""The sheet of keys: every key on one page, searchable; a pressed row takes a new key."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.desktop.actions import ACT, Actions, native, plain
from app.desktop.commanding.keymap import Keys, Refusal, Why, changed_key, refusal
from app.desktop.commanding.sheet_rows import KeyRow, Section, sections
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import tr

_COLUMN = 300
_SIZE = (1080, 680)


class KeySheet(QDialog):
    """Shows the keys and takes other ones. `here`: the list or map that has the keyboard; `keep` is given the changes after each."""

    def __init__(self, actions: Actions, changed: Keys, here: str, tokens: Tokens, keep: Callable[[Keys], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self._actions, self._here, self._tokens, self._keep = actions, here, tokens, keep
        self._changed = dict(changed)
        self._columns = 0
        self.rows: list[KeyRow] = []
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(tr("Search: an act or a key"))
        self.search.setAccessibleName(tr("Search: an act or a key"))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.said = label("", muted=True)
        self._reset = button(tr("Reset all keys"), self._reset_all)
        self._lay_out()
        self.resize(min(_SIZE[0], parent.width() - 80), min(_SIZE[1], parent.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self.search.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._arrange()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(tr("Keys"), title=True))
        top.addStretch(1)
        self.search.setFixedWidth(280)
        top.addWidget(self.search)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bottom = QHBoxLayout()
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self._reset)
        bottom.addWidget(button(tr("Close"), self.accept, primary=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(rule())
        layout.addWidget(self._scroll, 1)
        layout.addWidget(rule())
        layout.addLayout(bottom)
        self._say("")

    def _arrange(self) -> None:
        """As many columns as have room."""
        columns = max(1, min(3, self._scroll.width() // _COLUMN))
        if columns != self._columns:
            self._columns = columns
            self._fill()

    def _fill(self) -> None:
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 8, 0)
        across.setSpacing(32)
        self.rows = []
        for column in divided(sections(self._actions, self._here, self.search.text()), max(1, self._columns)):
            across.addLayout(self._column(column), 1)
        self._scroll.setWidget(inside)
        self._reset.setEnabled(bool(self._changed))

    def _column(self, held: Sequence[Section]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        for at, section in enumerate(held):
            heading = label(section.title, heading=True)
            heading.setContentsMargins(8, 16 if at else 4, 0, 4)
            column.addWidget(heading)
            for entry in section.entries:
                row = KeyRow(entry, lambda: self._tokens)
                row.heard.connect(self._heard)
                row.listening.connect(self._listening)
                self.rows.append(row)
                column.addWidget(row)
        column.addStretch(1)
        return column

    @Slot(str)
    def _listening(self, act: str) -> None:
        self._say(tr("Esc: leave it as it is. Backspace: the key it had at first.") if act else "")

    @Slot(str, str)
    def _heard(self, act: str, key: str) -> None:
        wanted = key or next(iter(ACT[act].keys), "")
        why = refusal(act, wanted, {**self._changed, act: ()}) if wanted else None
        if why is not None:
            self._say(_refused(wanted, why), tone="risk")
            return
        if wanted:
            self._take(changed_key(self._changed, ACT[act], wanted))
        else:
            self._take({name: keys for name, keys in self._changed.items() if name != act})
        self._say(tr("{act}: {key}").format(act=plain(tr(ACT[act].text)).rstrip("…"), key=native(wanted) or tr("no key")))
        self._focus(act)

    def _take(self, changed: dict[str, tuple[str, ...]]) -> None:
        self._changed = changed
        self._keep(changed)
        self._fill()

    def _reset_all(self) -> None:
        self._take({})
        self._say(tr("All keys are those of the beginning again."))

    def _focus(self, act: str) -> None:
        row = next((each for each in self.rows if each.entry.act == act), None)
        if row is not None:
            row.setFocus()

    def _say(self, text: str, tone: str = "") -> None:
        self.said.setText(f"◆ {text}" if tone else text or tr("A row that is clicked, or entered with Enter, takes a new key."))


def divided(held: Sequence[Section], columns: int) -> list[list[Section]]:
    """The sections in at most so many columns, in their order, the tallest as low as can be."""
    places = range(1, len(held))
    cuts = [(0, *inner, len(held)) for inner in combinations(places, min(columns, len(held)) - 1)] if held else []
    best = min(cuts, key=lambda cut: max(_height(held[start:end]) for start, end in pairwise(cut)), default=(0, 0))
    return [list(held[start:end]) for start, end in pairwise(best)]


def _height(column: Sequence[Section]) -> float:
    """In rows; a heading takes more than one."""
    return sum(len(section.entries) + 1.6 for section in column)


def _refused(key: str, why: Refusal) -> str:
    said = native(key)
    match why.why:
        case Why.TAKEN:
            return tr("{key} already does: {act}. Give that another key first.").format(key=said, act=plain(tr(ACT[why.act].text)).rstrip("…"))
        case Why.DIGIT:
            return tr("Digits move the selection to the route of that number.")
        case Why.LETTER:
            return tr("{key} alone would be lost while typing: take it with Ctrl or Alt.").format(key=said)
        case Why.WRITING:
            return tr("{key} is needed for writing and for moving in lists.").format(key=said)
