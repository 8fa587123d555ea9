"""The dock of the versions: the tree of what was kept of the day's plan, ticks for what is compared, and what can be done with the chosen one."""

from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.theme import Tokens
from app.desktop.versions.buttons import ShortButton
from app.desktop.versions.lines import NOW, Line
from app.desktop.versions.tree import LINE, VersionDelegate, VersionList, VersionModel
from app.desktop.widgets.flow import Flow
from app.desktop.widgets.parts import Empty
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.domain.versions import PlanVersion

MENU = ("compare_versions", "", "take_version", "rename_version", "", "drop_version")

_NARROWEST = 268
"""Pixels: a name, and numbers beside a branch, can be read."""


class VersionPanel(QWidget):
    """Shows the tree. `compared` carries the keys to compare, `chosen` the version under the cursor, or None."""

    compared = Signal(object)
    chosen = Signal(object)
    walked = Signal(str)
    """The key of the row that a person has put the cursor on."""
    looked = Signal()
    """It came into view."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._quiet = actions, False
        self.model = VersionModel(self)
        self.list = VersionList(self.model)
        self._delegate = VersionDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(tr("Versions"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.keep = ShortButton(actions["keep_version"], tr("Keep…"))
        self.compare = ShortButton(actions["compare_versions"], tr("Compare"))
        self.take = ShortButton(actions["take_version"], tr("Take"))
        self.setMinimumWidth(_NARROWEST)
        self._lay_out()
        actions.lend_keys(self.list)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.opened.connect(self._open)
        self.list.selectionModel().currentChanged.connect(self._walked)
        self.model.ticked.connect(self._count)

    @property
    def version(self) -> PlanVersion | None:
        """The version under the cursor; None: the plan as it is, the proposal, or nothing."""
        line = self.list.line
        return line.version if line is not None else None

    def wanted(self) -> tuple[str, ...]:
        """The keys to compare: those that are ticked, else the plan as it is and the row under the cursor."""
        ticks, line = self.model.ticks, self.list.line
        if len(ticks) > 1:
            return ticks
        keys = dict.fromkeys([NOW, *ticks] if ticks and ticks != (NOW,) else [NOW, *([line.key] if line is not None else [])])
        return tuple(keys)

    def show_lines(self, lines: tuple[Line, ...], formats: Formats, currency: str, now: datetime) -> None:
        """Shows these rows; the cursor stays where it was."""
        was = self.list.line
        self.model.show(lines, formats, currency, now)
        self._stack.setCurrentIndex(1 if any(line.figures is not None or line.version is not None for line in lines) else 0)
        self.point_at(was.key if was is not None else NOW)

    def point_at(self, key: str) -> None:
        """Puts the cursor on a row, or on the first where it is not there."""
        keys = [line.key for line in self.model.lines]
        if keys:
            self._quiet = True
            at = self.model.index(keys.index(key) if key in keys else 0)
            self.list.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._quiet = False
        self._tell()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._delegate.tokens = tokens
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looked.emit()

    def _lay_out(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(Flow((self.keep, self.compare, self.take), gap=8))
        layout.addLayout(foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Empty(tr("There is no plan yet. Once there is one, keep it here under a name before you try something else.")))
        self._stack.addWidget(whole)

    @Slot(object)
    def _count(self, ticks: tuple[str, ...]) -> None:
        self.compare.say(self.model.formats.say(Sentence.of("versions.compare_ticked", count=len(ticks))) if len(ticks) > 1 else tr("Compare"))
        self._tell()

    @Slot()
    def _walked(self) -> None:
        line = self.list.line
        if line is not None and not self._quiet:
            self._tell()
            self.walked.emit(line.key)

    def _tell(self) -> None:
        self.chosen.emit(self.version)

    @Slot(str)
    def _open(self, key: str) -> None:
        self.compared.emit(self.wanted() if key == NOW or len(self.model.ticks) > 1 else (NOW, key))

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).data(LINE) is not None:
            self._actions.context_menu(self.list, MENU).exec(self.list.viewport().mapToGlobal(at))
