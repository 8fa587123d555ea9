"""The cards of one column: what a stop, or an order of the pool, shows on the board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.desktop import names
from app.desktop.dragging.ghost import ORDERS_MIME
from app.desktop.format import Formats
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.domain.plans import Lock
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, Standing, StopRow

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card in words. `position` 0: of the pool; tones name tokens of the theme; `why` stands in place of the address; `held`: it cannot be
    planned yet."""

    orders: tuple[OrderId, ...]
    position: int
    time: str
    mark: str
    tone: str
    lock: Lock | None
    head: str
    place: str
    window: str
    why: str
    why_tone: str
    held: bool
    spoken: str


def stop_card(row: StopRow, formats: Formats) -> Card:
    """The card of a stop."""
    mark, tone = _mark(row, formats)
    more = f" +{len(row.orders) - 1}" if len(row.orders) > 1 else ""
    window = formats.windows(row.windows[:1]) or tr("any time")
    time = formats.clock(row.arrival) if row.arrival is not None else "–"
    return Card(
        orders=row.orders,
        position=row.position,
        time=time,
        mark=mark,
        tone=tone,
        lock=row.lock,
        head=(row.customer or row.number) + more,
        place=short_address(row.address),
        window=window,
        why="",
        why_tone="muted",
        held=False,
        spoken=_spoken(tr("Stop {number}").format(number=row.position), time, mark, row.customer, row.number, row.address, window),
    )


def pool_card(row: BoardRow, formats: Formats) -> Card:
    """The card of an order in no route."""
    held = row.standing is Standing.HELD
    reason = formats.say(row.reasons[0]) if row.reasons and row.reasons[0] != _WAITING else ""
    window = formats.windows(row.windows[:1]) or tr("any time")
    return Card(
        orders=(row.order,),
        position=0,
        time=window,
        mark=formats.weight(row.weight) if row.weight else "",
        tone="muted",
        lock=None,
        head=row.customer or row.number,
        place=short_address(row.address),
        window="",
        why=reason,
        why_tone="late" if held else "risk",
        held=held,
        spoken=_spoken(row.number, row.customer, row.address, window, reason),
    )


_WAITING = Sentence.of("planning.not_planned_yet")
"""Says only that nobody has planned yet, which holds for the whole pool then."""


def short_address(address: str) -> str:
    """Street and house of an address line; a line without a comma is its own short form."""
    return address.split(",", 1)[0].strip()


def _mark(row: StopRow, formats: Formats) -> tuple[str, str]:
    if row.late:
        return f"▲ +{formats.minutes(row.late)}", "late"
    if row.violations:
        return f"◆ {names.violation(row.violations[0], formats)}", "risk"
    if row.roads:
        return names.road_marks(row.roads[:1], formats), "risk"
    return "", "muted"


def _spoken(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


class CardModel(QAbstractListModel):
    """The cards of a column, in order; texts are made when a card is first asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StopRow | BoardRow, ...] = ()
        self._cards: list[Card | None] = []
        self._formats = Formats()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.card(index.row()).head
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self.card(index.row()).spoken
        return self.card(index.row()) if role == CARD else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else super().flags(index)

    def mimeTypes(self) -> list[str]:
        return [ORDERS_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        carried = QMimeData()
        orders = [order for index in sorted(indexes, key=lambda each: each.row()) for order in self.orders_at(index.row())]
        carried.setData(ORDERS_MIME, "\n".join(orders).encode())
        return carried

    def set_rows(self, rows: Sequence[StopRow | BoardRow], formats: Formats) -> None:
        """Shows these stops or orders; cards of rows that are the same object keep their texts."""
        if tuple(rows) == self._rows and formats == self._formats:
            return
        was = {id(row): card for row, card in zip(self._rows, self._cards, strict=True)} if formats == self._formats else {}
        same = [identity(row) for row in rows] == [identity(row) for row in self._rows]
        if not same:
            self.beginResetModel()
        kept_alive, self._rows, self._formats = self._rows, tuple(rows), formats
        self._cards = [was.get(id(row)) for row in self._rows]
        del kept_alive
        if not same:
            self.endResetModel()
        elif self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def card(self, at: int) -> Card:
        """The card at that place."""
        made = self._cards[at]
        if made is None:
            row = self._rows[at]
            made = self._cards[at] = stop_card(row, self._formats) if isinstance(row, StopRow) else pool_card(row, self._formats)
        return made

    def orders_at(self, at: int) -> tuple[OrderId, ...]:
        """The orders of the card at that place."""
        row = self._rows[at]
        return row.orders if isinstance(row, StopRow) else (row.order,)

    def places_of(self, orders: frozenset[OrderId]) -> Iterable[int]:
        """Where cards of these orders stand."""
        return (at for at in range(len(self._rows)) if orders.intersection(self.orders_at(at))) if orders else ()


def identity(row: StopRow | BoardRow) -> str:
    """What stays the same of a card when its times change."""
    return row.id if isinstance(row, StopRow) else row.order
