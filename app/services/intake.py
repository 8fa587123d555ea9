"""Order intake: a table becomes a preview, row by row new, changed, duplicate or error; a person confirms; one step takes it in.

Nothing is written before `import_orders`. The key is source and number. What the book already has unchanged is a duplicate; what has
left the depot is marked and only overwritten where a person says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from app.domain.errors import Conflict
from app.domain.events import OrdersReceived
from app.domain.ids import OrderId
from app.domain.orders import Order
from app.services.commands import ImportOrders
from app.services.intake_mapping import Mapping as ColumnMapping
from app.services.intake_mapping import guess, letter
from app.services.intake_preview import Again, Difference, Preview, PreviewRow, RowState
from app.services.intake_reading import Book, Reading, differences
from app.services.intake_rows import Complaint, Defaults, manner_of
from app.services.ports.files import Line, Table
from app.services.ports.store import UnitOfWork
from app.services.ports.travel import Report, silent
from app.services.tools import Tools

__all__ = [
    "Again",
    "Book",
    "Complaint",
    "Difference",
    "EmptyBook",
    "Preview",
    "PreviewRow",
    "RowState",
    "amended",
    "differences",
    "import_orders",
    "read",
    "rejected_rows",
    "reread",
]


class EmptyBook:
    """A book without orders, for plans straight from a file."""

    def orders_by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """None."""
        return {}


def read(
    table: Table,
    *,
    known: Book,
    defaults: Defaults,
    mapping: ColumnMapping | None = None,
    report: Report = silent,
    again: Again = Again.UPDATE,
) -> Preview:
    """The preview of a table. `mapping`: what a person chose instead of the guess.

    Raises Malformed where no row can be an order (no column says where to go, only a header), Cancelled where `report` raises it.
    """
    columns = mapping or guess(table)
    lines = [line for line in table.lines if line.row > columns.header_row]
    manner = manner_of(columns, lines, table.form, defaults)
    reading = Reading(table=table, manner=manner, defaults=defaults, report=report, again=again)
    rows = reading.rows(lines, known)
    return Preview(file=table.name, source=defaults.source, rows=tuple(rows), manner=manner, notes=(*table.notes, *manner.notes, *reading.notes()))


def amended(table: Table, edits: Mapping[int, tuple[str, ...]]) -> Table:
    """The table with other cells in some rows, as a person mended them; what the file had spoilt in those cells is mended with them."""
    if not edits:
        return table
    before = {line.row: line.cells for line in table.lines if line.row in edits}
    lines = {line.row: line for line in table.lines} | {row: Line(row, cells) for row, cells in edits.items()}
    broken = tuple(
        each
        for each in table.broken
        if each.row not in edits or (each.column is not None and _cell(before, each.row, each.column) == _cell(edits, each.row, each.column))
    )
    return replace(table, lines=tuple(lines[row] for row in sorted(lines)), broken=broken)


def _cell(rows: Mapping[int, tuple[str, ...]], row: int, column: int) -> str:
    cells = rows.get(row, ())
    return cells[column] if column < len(cells) else ""


def reread(preview: Preview, table: Table, rows: Collection[int], *, known: Book, defaults: Defaults, again: Again = Again.UPDATE) -> Preview:
    """The preview after cells of these rows were changed in `table`: they are read anew, with those that share a number with one of them, before or now.

    What only whole columns can tell (decimal signs, the order of dates) stays as it was read.
    """
    keys = {row.key for row in preview.rows if row.row in rows} | {row.key for row in _some(preview, table, set(rows), known, defaults, again)}
    affected = {row.row for row in preview.rows if row.row in rows or (row.key is not None and row.key in keys)} | set(rows)
    fresh = {row.row: row for row in _some(preview, table, affected, known, defaults, again)}
    kept = [row for row in preview.rows if row.row not in affected]
    return replace(preview, rows=tuple(sorted([*kept, *fresh.values()], key=lambda row: row.row)))


def _some(preview: Preview, table: Table, rows: Collection[int], known: Book, defaults: Defaults, again: Again) -> list[PreviewRow]:
    numbers = [row.key[1] for row in preview.rows if row.key and row.row not in rows and row.key[1].startswith("R-")]
    derived = Counter(number[:12] for number in numbers)  # rows of the same content are told apart by how many there are
    reading = Reading(table=table, manner=preview.manner, defaults=defaults, report=silent, derived=dict(derived), again=again)
    return reading.some([line for line in table.lines if line.row in rows], known)


def rejected_rows(preview: Preview) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and rows of the file's rejected rows, with row number and reasons left to the caller's language: (row, cells…)."""
    headers = preview.mapping.headers or tuple(letter(index) for index in range(preview.mapping.width))
    rows = tuple((str(row.row), *row.cells) for row in preview.rows if row.errors)
    return ("row", *headers), rows


def import_orders(wish: ImportOrders, uow: UnitOfWork, tools: Tools) -> None:
    """Puts new and changed orders into the book, set-wise; equal ones are no change.

    Raises Conflict where a number that was new in the preview has come into the book since.
    """
    fresh = [order for order in wish.orders if order.version == 0]
    taken: dict[OrderId, Order] = {}
    for source in {order.source for order in fresh}:
        numbers = uow.orders.by_number(source, [order.number for order in fresh if order.source == source])
        taken |= {order.id: numbers[order.number] for order in fresh if order.source == source and order.number in numbers}
    clash = next((each for each in taken.values()), None)
    if clash is not None:
        raise Conflict("intake.book_moved_on", number=clash.number, count=len(taken))
    uow.orders.put_many(wish.orders)
    changed = tuple(order.id for order in wish.orders if order.version)
    if wish.orders:
        uow.tell(OrdersReceived(source=wish.source, new=tuple(order.id for order in fresh), changed=changed, file=wish.file))
