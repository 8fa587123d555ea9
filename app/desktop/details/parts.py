"""What the faces of the details are built of: facts with a heading each, notes, links, load bars. Made once, then only told what to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.desktop import icons
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import Elided, label, repolish
from app.desktop.words import tr

MARGIN = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a row of facts says: `strong` stands first and bold, in a tone; `plain` after it, or below where the width ends; `copy` can be copied."""

    strong: str = ""
    plain: str = ""
    tone: str = ""
    copy: str = ""


class FactRow:
    """One row: its title, its value, and a button that copies."""

    def __init__(self, title: str, grid: QGridLayout, at: int) -> None:
        self.title: QLabel = label(title, muted=True)
        self.strong: QLabel = label(heading=True)
        self.plain: QLabel = label(wrap=True)
        self.short = Elided()
        """A value that can be copied: a long address of e-mail has no place to break at."""
        self.copy = QToolButton()
        self.copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.copy.setProperty("small", True)
        self.copy.setFixedSize(20, 20)
        self.copy.setIconSize(QSize(14, 14))
        self.copy.setToolTip(tr("Copy"))
        self.copy.setAccessibleName(f"{tr('Copy')}: {title}")
        self.copy.clicked.connect(self._copied)
        self._text = ""
        self._said: Fact | None = Fact(plain="—")
        self._cell = QWidget()
        line = QHBoxLayout(self._cell)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.strong, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.plain, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.short, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.title, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._cell, at, 1)

    def say(self, fact: Fact | None) -> None:
        """Shows a fact; nothing to say hides the row. The fact that stands there already costs nothing: faces are filled with every selection."""
        if fact == self._said:
            return
        self._said = fact
        shown = fact is not None and bool(fact.strong or fact.plain)
        said = fact if fact is not None else Fact()
        self._text = said.copy
        toned(self.strong, said.strong, said.tone)
        toned(self.plain, said.plain, "" if said.strong else said.tone)
        muted(self.plain, on=bool(said.strong))
        self.strong.setVisible(bool(said.strong))
        self.strong.setWordWrap(not said.plain)
        self.short.show_text(said.plain if said.copy else "")
        self.short.setVisible(bool(said.copy))
        self.plain.setVisible(not said.copy and (bool(said.plain) or not said.strong))
        self.copy.setVisible(bool(said.copy))
        self.title.setVisible(shown)
        self._cell.setVisible(shown)

    def _copied(self) -> None:
        QApplication.clipboard().setText(self._text)


class Facts(QWidget):
    """Rows of facts under fixed titles, in a fixed order."""

    def __init__(self, titles: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 64)
        self.rows = {name: FactRow(title, grid, at) for at, (name, title) in enumerate(titles)}

    def say(self, facts: dict[str, Fact]) -> None:
        """Shows these facts by their names; rows without one are hidden."""
        for name, row in self.rows.items():
            row.say(facts.get(name))

    def set_tokens(self, tokens: Tokens) -> None:
        """Recolours the icons."""
        for row in self.rows.values():
            row.copy.setIcon(icons.icon("copy", tokens.muted))


class Lines(QWidget):
    """Sentences one below the other; labels are kept and used again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._labels: list[QLabel] = []

    def say(self, said: Sequence[str]) -> None:
        """Shows these sentences."""
        while len(self._labels) < len(said):
            made = label(wrap=True)
            self._labels.append(made)
            self._column.addWidget(made)
        for at, each in enumerate(self._labels):
            each.setText(said[at] if at < len(said) else "")
            each.setVisible(at < len(said))


class Note(QFrame):
    """A frame with sentences under a heading; hidden where there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", True)
        self._heading: QLabel = label(heading=True, wrap=True)
        self._lines = Lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 9)
        column.setSpacing(3)
        column.addWidget(self._heading)
        column.addWidget(self._lines)

    def say(self, heading: str, said: Sequence[str]) -> None:
        """Shows these sentences."""
        self._heading.setText(heading if said else "")
        self._lines.say(said)
        self.setVisible(bool(said))


class Links(QWidget):
    """Links one below the other; each does its call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.made: list[Link] = []
        self._calls: list[Callable[[], object]] = []

    def say(self, links: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Shows these links."""
        self._calls = [call for _, call in links]
        while len(self.made) < len(links):
            made = Link(partial(self._call, len(self.made)))
            self.made.append(made)
            self._column.addWidget(made)
        for at, each in enumerate(self.made):
            each.say(links[at][0] if at < len(links) else "")
            each.setVisible(at < len(links))
        self.setVisible(bool(links))

    def _call(self, at: int) -> None:
        self._calls[at]()


class Link(QPushButton):
    """A link on a line of its own, aligned to the left; its words end in … where the width ends."""

    def __init__(self, call: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setProperty("link", True)
        self.setProperty("row", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: call())

    @property
    def words(self) -> str:
        """All of the words."""
        return self._words

    def say(self, words: str) -> None:
        """Shows these words."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self.setText(QFontMetrics(bold).elidedText(self._words, Qt.TextElideMode.ElideRight, max(0, self.width() - 10)).replace("&", "&&"))


class LoadBar(QWidget):
    """How full a vehicle is in one measure: words above a thin bar."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._words, self._share = label(title, muted=True), label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        head = QHBoxLayout()
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self._share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self._bar)

    def say(self, words: str, share: float | None) -> None:
        """Shows "410 of 900 kg" and the bar; more than full is marked in words and colour. None: nothing is limited, so there is no bar."""
        over = share is not None and share > 1
        toned(self._share, f"▲ {words}" if over else words, "late" if over else "")
        self._bar.setVisible(share is not None)
        self._bar.setRange(0, 1000)
        self._bar.setValue(min(1000, round((share or 0) * 1000)))
        self._bar.setProperty("tone", "late" if over else "")
        repolish(self._bar)
        self.setAccessibleName(f"{self._title}: {words}")


def toned(where: QLabel, text: str, tone: str) -> None:
    """A text in a tone; styling anew only where the tone differs."""
    if where.text() != text:
        where.setText(text)
    if where.property("tone") != tone:
        where.setProperty("tone", tone)
        repolish(where)


def muted(where: QLabel, *, on: bool) -> None:
    """A quiet text, or a plain one."""
    if where.property("muted") is not on:
        where.setProperty("muted", on)
        repolish(where)
