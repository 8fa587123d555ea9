"""What a file would do to the book, row by row, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.commands import ImportOrders
from app.services.intake_mapping import Mapping as ColumnMapping
from app.services.intake_names import Field
from app.services.intake_rows import Complaint, Manner


class RowState(StrEnum):
    """What a row is to the book."""

    NEW = "new"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    """In the book already and unchanged, or the same key as an earlier row of the file (then with a reason)."""
    ERROR = "error"


class Again(StrEnum):
    """What becomes of rows whose order is in the book already, but otherwise."""

    UPDATE = "update"
    SKIP = "skip"
    NEW = "new"
    """They are further orders, under numbers of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field of a changed order, before and after, as an export writes it."""

    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One row of the file. `order` is what would be in the book; None for an error."""

    row: int
    state: RowState
    order: Order | None = None
    errors: tuple[Complaint, ...] = ()
    warnings: tuple[Complaint, ...] = ()
    differences: tuple[Difference, ...] = ()
    asks: bool = False
    """The order is already under way or done: it is overwritten only where a person says so."""
    cells: tuple[str, ...] = ()
    key: tuple[str, str] | None = None
    """Source and number, as far as the row could be read; rows of one key stand or fall together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do to the book."""

    file: str
    source: str
    rows: tuple[PreviewRow, ...]
    manner: Manner
    """How its columns were read, so that a row whose cell is mended is read as the others were."""
    notes: tuple[Sentence, ...] = ()

    @property
    def mapping(self) -> ColumnMapping:
        """Which column is what."""
        return self.manner.mapping

    def count(self, state: RowState) -> int:
        """How many rows are in a state."""
        return sum(1 for row in self.rows if row.state is state)

    @property
    def orders(self) -> tuple[Order, ...]:
        """The new and changed orders that need no question."""
        return tuple(row.order for row in self.rows if row.order and row.state in {RowState.NEW, RowState.CHANGED} and not row.asks)

    @property
    def every_order(self) -> tuple[Order, ...]:
        """The order of every row that is one, known to the book or not, each key once."""
        return tuple(row.order for row in self.rows if row.order and not row.errors)

    @property
    def errors(self) -> tuple[Complaint, ...]:
        """What is wrong, row by row: errors, and rows that repeat the key of an earlier one."""
        return tuple(complaint for row in self.rows for complaint in row.errors)

    @property
    def warnings(self) -> tuple[Complaint, ...]:
        """What a person should know of rows that are taken all the same."""
        return tuple(complaint for row in self.rows for complaint in row.warnings)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the file's orders, the one with most orders first."""
        counts: dict[date, int] = {}
        for order in self.every_order:
            if order.day:
                counts[order.day] = counts.get(order.day, 0) + 1
        return tuple(sorted(counts, key=lambda day: (-counts[day], day)))

    def command(self, *, again: Again = Again.UPDATE, overwrite: Iterable[int] = (), who: str = "") -> ImportOrders:
        """The command that takes the file in; `overwrite`: rows that ask and that the person said yes to."""
        said_yes = frozenset(overwrite)
        taken = {RowState.NEW} if again is Again.SKIP else {RowState.NEW, RowState.CHANGED}
        orders = tuple(row.order for row in self.rows if row.order and row.state in taken and (not row.asks or row.row in said_yes))
        return ImportOrders(source=self.source, orders=orders, file=self.file, who=who)
