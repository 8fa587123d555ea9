"""Order intake: a table becomes a preview, row by row new, changed, duplicate or error; a person confirms; one step takes it in.

Nothing is written before `import_orders`. The key is source and number. What the book already has unchanged is a duplicate; what has
left the depot is marked and only overwritten where a person says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.domain.errors import Conflict, Malformed
from app.domain.events import OrdersReceived
from app.domain.ids import OrderId
from app.domain.orders import EDITABLE, Order
from app.domain.sentences import Sentence
from app.services.commands import ImportOrders
from app.services.intake_export import cells_of
from app.services.intake_mapping import Mapping as ColumnMapping
from app.services.intake_mapping import guess, letter
from app.services.intake_names import Field
from app.services.intake_orders import Wanted, derived_number, order_of
from app.services.intake_rows import LONGEST_TEXT, Complaint, Defaults, Manner, RowReader, manner_of, read_address, read_location, read_name, read_values
from app.services.ports.files import Broken, Line, Table
from app.services.ports.store import UnitOfWork
from app.services.ports.travel import Report, silent
from app.services.tools import Tools

_ADDRESS_FIELDS = (Field.ADDRESS, Field.STREET, Field.HOUSE, Field.UNIT, Field.POSTCODE, Field.CITY, Field.COUNTRY, Field.DISTRICT)
_NAME_FIELDS = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY)
_TOTALS = frozenset({"total", "totals", "sum", "subtotal", "grand total", "合計", "總計", "小計", "总计", "合计", "summe", "gesamt", "yhteensä", "suma"})
_RECIPIENT: tuple[str, ...] = ("phone", "email", "language")
_REPORT_EVERY = 1_000


class RowState(StrEnum):
    """What a row is to the book."""

    NEW = "new"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    """In the book already and unchanged, or the same key as an earlier row of the file (then with a reason)."""
    ERROR = "error"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do to the book."""

    file: str
    source: str
    rows: tuple[PreviewRow, ...]
    mapping: ColumnMapping
    notes: tuple[Sentence, ...] = ()

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

    def command(self, *, overwrite: Iterable[int] = (), who: str = "") -> ImportOrders:
        """The command that takes the file in; `overwrite`: rows that ask and that the person said yes to."""
        said_yes = frozenset(overwrite)
        orders = tuple(row.order for row in self.rows if row.order and row.state in {RowState.NEW, RowState.CHANGED} and (not row.asks or row.row in said_yes))
        return ImportOrders(source=self.source, orders=orders, file=self.file, who=who)


class Book(Protocol):
    """What the preview asks of the book of orders; a `Reader` is one."""

    def orders_by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """The orders of a source by their numbers."""
        ...


class EmptyBook:
    """A book without orders, for plans straight from a file."""

    def orders_by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """None."""
        return {}


def read(table: Table, *, known: Book, defaults: Defaults, mapping: ColumnMapping | None = None, report: Report = silent) -> Preview:
    """The preview of a table. `mapping`: what a person chose instead of the guess.

    Raises Malformed where no row can be an order (no column says where to go, only a header), Cancelled where `report` raises it.
    """
    columns = mapping or guess(table)
    lines = [line for line in table.lines if line.row > columns.header_row]
    manner = manner_of(columns, lines, table.form, defaults)
    reading = _Reading(table=table, manner=manner, defaults=defaults, report=report)
    rows = reading.rows(lines, known)
    return Preview(file=table.name, source=defaults.source, rows=tuple(rows), mapping=columns, notes=(*table.notes, *manner.notes, *reading.notes()))


@dataclass(slots=True)
class _Row:
    """A row while it is read."""

    line: Line
    reader: RowReader
    wanted: Wanted | None
    first_row: int = 0
    """The earlier row of the same key, where there is one."""


@dataclass(slots=True)
class _Reading:
    """One pass over a table: rows to values, keys, then orders against the book."""

    table: Table
    manner: Manner
    defaults: Defaults
    report: Report
    derived: dict[str, int] = field(default_factory=dict)
    """How often each number was made from content, for rows that are the same."""
    made: int = 0
    totals: list[int] = field(default_factory=list)

    def rows(self, lines: Sequence[Line], known: Book) -> list[PreviewRow]:
        """All rows of the preview, in file order."""
        spoiled = self._spoiled()
        read_rows = [row for row in self._read_all(lines, spoiled) if row]
        book = self._lookup(read_rows, known)
        first: dict[tuple[str, str], Order] = {}
        done = [self._preview(row, book, first) for row in read_rows]
        whole = [PreviewRow(row=each.row, state=RowState.ERROR, errors=(self._of_broken(each),)) for each in self.table.broken if each.column is None]
        return sorted([*done, *whole], key=lambda row: row.row)

    def _spoiled(self) -> dict[int, list[Broken]]:
        used = {each.column for each in self.manner.mapping.columns}
        found: dict[int, list[Broken]] = {}
        for each in self.table.broken:
            if each.column in used:
                found.setdefault(each.row, []).append(each)
        return found

    def _of_broken(self, broken: Broken) -> Complaint:
        header = next((each.header for each in self.manner.mapping.columns if each.column == broken.column), "")
        return Complaint(row=broken.row, column=header, value=broken.value[:200], reason=broken.reason)

    def _read_all(self, lines: Sequence[Line], spoiled: Mapping[int, Sequence[Broken]]) -> Iterator[_Row | None]:
        keys: dict[tuple[str, str], int] = {}
        for count, line in enumerate(lines):
            if count % _REPORT_EVERY == 0:
                self.report(count / len(lines), "intake.step_reading")
            yield self._read(line, spoiled.get(line.row, ()), keys)

    def _read(self, line: Line, spoiled: Sequence[Broken], keys: dict[tuple[str, str], int]) -> _Row | None:
        reader = RowReader(line=line, manner=self.manner, defaults=self.defaults)
        reader.errors.extend(self._of_broken(each) for each in spoiled)
        if self._is_total(line, reader):
            self.totals.append(line.row)
            return None
        width = self.manner.mapping.width
        if width and len(line.cells) > width:
            extra = ", ".join(cell for cell in line.cells[width:] if cell)
            reader.complain(None, extra, Sentence.of("intake.extra_cells", cells=len(line.cells), columns=width))
            return _Row(line, reader, None)
        long = next((each for each in self.manner.mapping.columns if len(reader.cell(each)) > LONGEST_TEXT), None)
        if long:
            reader.complain(long.field, reader.cell(long), Sentence.of("intake.too_long", limit=LONGEST_TEXT))
            return _Row(line, reader, None)
        wanted = self._wanted(reader)
        row = _Row(line, reader, wanted)
        row.first_row = keys.setdefault((wanted.source, wanted.number), line.row)
        return row

    def _is_total(self, line: Line, reader: RowReader) -> bool:
        """Whether the row sums up the others instead of being one."""
        opening = next((cell for cell in line.cells if cell), "").casefold().rstrip(":： ")
        return opening in _TOTALS and not (reader.text(Field.ADDRESS) not in {"", opening} or reader.text(Field.STREET) or reader.text(Field.LAT))

    def _wanted(self, reader: RowReader) -> Wanted:
        has = reader.manner.has
        values = read_values(reader)
        recipient: dict[str, str] = {name: values.pop(name) for name in _RECIPIENT if name in values}
        if any(has(each) for each in _NAME_FIELDS):
            recipient["name"] = read_name(reader)
        address = read_address(reader) if any(has(each) for each in _ADDRESS_FIELDS) else None
        location = read_location(reader)
        if location is None and not (address and address.line) and not _complains_of_place(reader):
            reader.complain(_place_field(reader), "", Sentence.of("intake.no_place"))
        number = reader.text(Field.NUMBER) or self._derived(derived_number(values, recipient, address, location), reader)
        source = reader.text(Field.SOURCE) or self.defaults.source
        return Wanted(number=number[:120], source=source[:120], values=values, recipient=recipient, address=address, location=location)

    def _derived(self, number: str, reader: RowReader) -> str:
        """The number made from a row's content; rows of the same content are told apart by their count."""
        self.made += 1
        again = self.derived[number] = self.derived.get(number, 0) + 1
        if again == 1:
            return number
        reader.complain(None, "", Sentence.of("intake.same_content"), warn=True)
        return f"{number}-{again}"

    def _lookup(self, rows: Sequence[_Row], known: Book) -> dict[tuple[str, str], Order]:
        numbers: dict[str, list[str]] = {}
        for row in rows:
            if row.wanted:
                numbers.setdefault(row.wanted.source, []).append(row.wanted.number)
        return {(source, number): order for source, each in numbers.items() for number, order in known.orders_by_number(source, each).items()}

    def _preview(self, row: _Row, book: Mapping[tuple[str, str], Order], first: dict[tuple[str, str], Order]) -> PreviewRow:
        cells = row.line.cells
        if row.wanted is None or row.reader.errors:
            return PreviewRow(row=row.line.row, state=RowState.ERROR, errors=tuple(row.reader.errors), warnings=tuple(row.reader.warnings), cells=cells)
        key = (row.wanted.source, row.wanted.number)
        before = book.get(key)
        try:
            order = order_of(row.wanted, before, self.defaults)
        except Malformed as refusal:
            row.reader.complain(Field.WINDOW, "", refusal.sentence)
            return PreviewRow(row=row.line.row, state=RowState.ERROR, errors=tuple(row.reader.errors), cells=cells)
        earlier = first.get(key)
        if earlier is not None:
            return self._repeated(row, order, earlier)
        first[key] = order
        return _against_book(row, order, before)

    def _repeated(self, row: _Row, order: Order, earlier: Order) -> PreviewRow:
        """A row with the key of an earlier one: never taken, and said which row came first."""
        same = replace(order, id=earlier.id) == earlier
        reason = Sentence.of("intake.key_repeated" if same else "intake.key_repeated_differs", number=order.number, first=row.first_row)
        row.reader.complain(Field.NUMBER, order.number, reason)
        return PreviewRow(
            row=row.line.row, state=RowState.DUPLICATE, errors=tuple(row.reader.errors), warnings=tuple(row.reader.warnings), cells=row.line.cells
        )

    def notes(self) -> Iterator[Sentence]:
        """What was guessed or left out, for a person to know."""
        mapping = self.manner.mapping
        if self.made:
            yield Sentence.of("intake.numbers_made", count=self.made)
        if not mapping.header_row:
            guessed = ", ".join(f"{each.header} = {each.field.value}" for each in mapping.columns)
            yield Sentence.of("intake.no_header", columns=guessed)
        elif any(each.by_value for each in mapping.columns):
            yield Sentence.of("intake.guessed_by_value", columns=", ".join(f"{each.header} = {each.field.value}" for each in mapping.columns if each.by_value))
        if mapping.unused:
            yield Sentence.of("intake.unused_columns", columns=", ".join(mapping.unused[:20]), count=len(mapping.unused))
        if self.totals:
            yield Sentence.of("intake.total_rows", row=self.totals[0], count=len(self.totals))


def _complains_of_place(reader: RowReader) -> bool:
    places = {header.header for each in (Field.LAT, Field.LON, Field.LATLON) for header in reader.manner.of(each)}
    return any(each.column in places or each.reason.key == "intake.half_coordinates" for each in reader.errors)


def _place_field(reader: RowReader) -> Field:
    """The column that should have said where to go."""
    return next((each for each in (Field.ADDRESS, Field.STREET, Field.LAT, Field.LATLON) if reader.manner.has(each)), Field.ADDRESS)


def _against_book(row: _Row, order: Order, before: Order | None) -> PreviewRow:
    warnings, cells = tuple(row.reader.warnings), row.line.cells
    if before is None:
        return PreviewRow(row=row.line.row, state=RowState.NEW, order=order, warnings=warnings, cells=cells)
    if order == before:
        return PreviewRow(row=row.line.row, state=RowState.DUPLICATE, order=order, warnings=warnings, cells=cells)
    return PreviewRow(
        row=row.line.row,
        state=RowState.CHANGED,
        order=order,
        warnings=warnings,
        differences=differences(before, order),
        asks=before.state not in EDITABLE,
        cells=cells,
    )


def differences(before: Order, after: Order) -> tuple[Difference, ...]:
    """The fields in which two orders differ, as an export writes them."""
    old, new = cells_of(before), cells_of(after)
    return tuple(Difference(field=each, before=old[each], after=new[each]) for each in old if old[each] != new[each])


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
        uow.tell(OrdersReceived(source=wish.source, new=tuple(order.id for order in fresh), changed=changed))
