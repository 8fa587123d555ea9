"""Columns that fill the width of their table: some stretch, some shrink, and where it is too narrow for all the least wanted leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QTableView

from app.desktop.widgets.rows import RowModel

_SETTLE_MS = 150
"""Milliseconds after a border was dragged until the other columns follow."""
_NARROWEST = 32
_PADDING, _ARROW = 20, 16
"""Beside the words of a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How wide a column would be, how narrow it may be, its share of what is left over, and whether it may leave (see `Column`). In pixels."""

    id: str
    width: int
    least: int
    stretch: int = 0
    gives: int = 0


def fitted(wishes: Sequence[Wish], room: int) -> dict[str, int]:
    """The width of each column that is shown, in their order; together they are the room wherever that can be had."""
    shown = [each for each in wishes if each in _staying(wishes, room)]
    widths = {each.id: each.width for each in shown}
    spare = room - sum(widths.values())
    if spare > 0:
        _share(widths, {each.id: each.stretch for each in shown}, spare)
    elif spare < 0:
        slack = {each.id: each.width - each.least for each in shown}
        _share(widths, slack, max(spare, -sum(slack.values())))
    return widths


def _staying(wishes: Sequence[Wish], room: int) -> set[Wish]:
    """Those that must be there, and of the others, the most wanted first, each that has room without making those narrow."""
    staying = {each for each in wishes if not each.gives}
    left = room - sum(each.width for each in staying)
    for each in sorted((each for each in wishes if each.gives), key=lambda each: each.gives):
        if each.least <= left:
            staying.add(each)
            left -= each.least
    return staying


def _share(widths: dict[str, int], shares: Mapping[str, int], amount: int) -> None:
    """Adds an amount in proportion to the shares; not a pixel is lost to rounding."""
    left = sum(shares.values())
    for name, share in shares.items():
        if share and left:
            part = round(amount * share / left)
            widths[name] += part
            amount, left = amount - part, left - share


class ColumnFit(QObject):
    """Keeps the columns of a table fitted to it. `dragged` is emitted after a person moved or sized a column."""

    dragged = Signal()

    def __init__(self, table: QTableView, model: RowModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._chosen: tuple[str, ...] = ()
        self._free = True
        self._firm: frozenset[str] = frozenset()
        self._widths: dict[str, int] = {}
        self._quiet = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.dragged)
        self._settle.timeout.connect(self.fit)
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_NARROWEST)
        header.sectionResized.connect(self._sized)
        header.sectionMoved.connect(self._moved)
        header.sortIndicatorChanged.connect(lambda *_: self.fit())
        table.viewport().installEventFilter(self)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The columns that are wanted, in their order; some may have left for want of room."""
        return self._chosen

    @property
    def widths(self) -> dict[str, int]:
        """The widths that a person has set, by column."""
        return dict(self._widths)

    @property
    def free(self) -> bool:
        """Whether the least wanted columns may leave."""
        return self._free

    def show(self, chosen: Iterable[str], widths: Mapping[str, int], *, free: bool, firm: Iterable[str] = ()) -> None:
        """Shows these columns in this order; `free`: the least wanted may leave where there is no room, but none of the firm ones."""
        known = {column.id for column in self._model.columns}
        self._chosen = tuple(each for each in chosen if each in known)
        self._widths = {name: width for name, width in widths.items() if name in known}
        self._free, self._firm = free, frozenset(firm)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Sizes and orders the columns for the room that there is."""
        widths = fitted([self._wish(name) for name in self._chosen], self._table.viewport().width())
        header, self._quiet = self._table.horizontalHeader(), True
        for at, column in enumerate(self._model.columns):
            if self._table.isColumnHidden(at) != (column.id not in widths):
                self._table.setColumnHidden(at, column.id not in widths)
        for place, name in enumerate(self._chosen):
            at = self._model.column_of(name)
            if header.visualIndex(at) != place:
                header.moveSection(header.visualIndex(at), place)
            if name in widths and header.sectionSize(at) != widths[name]:
                header.resizeSection(at, widths[name])
        self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def _wish(self, name: str) -> Wish:
        at = self._model.column_of(name)
        column = self._model.columns[at]
        heading = self._heading(at, column.title)
        width = max(column.width, heading)
        least = min(width, max(column.least or column.width, heading))
        wish = Wish(id=name, width=width, least=least, stretch=column.stretch, gives=column.gives if self._free and name not in self._firm else 0)
        own = self._widths.get(name)
        return wish if own is None else replace(wish, width=own, least=own, stretch=0)

    def _heading(self, at: int, title: str) -> int:
        """The room for the words of a heading, and for the arrow of the column that is sorted by."""
        header = self._table.horizontalHeader()
        arrow = _ARROW if header.isSortIndicatorShown() and header.sortIndicatorSection() == at else 0
        return header.fontMetrics().horizontalAdvance(title) + _PADDING + arrow

    @Slot(int, int, int)
    def _sized(self, at: int, _before: int, now: int) -> None:
        if not self._quiet and now > 0:
            self._widths[self._model.columns[at].id] = now
            self._settle.start()

    @Slot(int, int, int)
    def _moved(self, _at: int, _before: int, _now: int) -> None:
        if self._quiet:
            return
        header = self._table.horizontalHeader()
        self._chosen = tuple(sorted(self._chosen, key=lambda name: header.visualIndex(self._model.column_of(name))))
        self._settle.start()
