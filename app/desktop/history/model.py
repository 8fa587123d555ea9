"""The steps of the history as rows: those undone first, then the present, then what went before; the last row is the beginning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.desktop.format import Formats
from app.desktop.moments import moment
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.changes import Kind
from app.services.ports.store import HistoryStep

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_COUNTED = (Kind.ORDER, Kind.PLAN, Kind.PIN, Kind.VEHICLE, Kind.DRIVER, Kind.SHIFT, Kind.DEPOT, Kind.CLOSURE, Kind.VERSION)


class Place(StrEnum):
    """Where a step stands to the present."""

    UNDONE = "undone"
    NOW = "now"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. `number` 0 is the beginning, before every step that is kept; `steps` is how many undos (−) or redos (+) lead here."""

    number: int
    place: Place
    steps: int
    step: HistoryStep | None = None
    touched: Mapping[Kind, int] = field(default_factory=dict)


def lines_of(steps: Sequence[HistoryStep], touched: Mapping[int, Mapping[Kind, int]]) -> tuple[Line, ...]:
    """The rows of these steps, which come newest first; without any step there is no row."""
    if not steps:
        return ()
    undone = sum(1 for step in steps if step.undone)
    rows = [_line(step, at, undone, touched) for at, step in enumerate(steps)]
    beginning = Line(number=0, place=Place.PAST if undone < len(steps) else Place.NOW, steps=undone - len(steps))
    return (*rows, beginning)


def _line(step: HistoryStep, at: int, undone: int, touched: Mapping[int, Mapping[Kind, int]]) -> Line:
    place = Place.UNDONE if at < undone else Place.NOW if at == undone else Place.PAST
    return Line(number=step.number, place=place, steps=undone - at, step=step, touched=touched.get(step.number, {}))


class HistoryModel(QAbstractListModel):
    """The rows of the history."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._formats = Formats()
        self._now: datetime | None = None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (self.title(line), self.about(line)) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (self.title(line), state_words(line), self.about(line)) if part)
        return line if role == ROW else None

    def show(self, lines: tuple[Line, ...], formats: Formats, now: datetime) -> None:
        """Shows these rows."""
        self.beginResetModel()
        self.lines, self._formats, self._now = lines, formats, now
        self.endResetModel()

    def title(self, line: Line) -> str:
        """What was done."""
        return self._formats.say(line.step.title) if line.step is not None else tr("The beginning of the history")

    def about(self, line: Line) -> str:
        """When, by whom, and what it touched."""
        step = line.step
        if step is None or self._now is None:
            return tr("Before the oldest step that is kept")
        counts = [self._formats.say(Sentence.of(f"steps.{kind.value}", count=line.touched[kind])) for kind in _COUNTED if kind in line.touched]
        return " · ".join(part for part in (moment(step.at, self._formats, self._now), step.who, ", ".join(counts)) if part)


def state_words(line: Line) -> str:
    """The place of a row in words."""
    return {Place.UNDONE: tr("undone"), Place.NOW: tr("now"), Place.PAST: ""}[line.place]
