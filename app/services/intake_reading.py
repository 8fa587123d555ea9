"""One pass over the rows of a table: cells to values, keys, then orders against the book."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.domain.errors import Malformed
from app.domain.ids import new_id
from app.domain.orders import EDITABLE, Order
from app.domain.sentences import Sentence
from app.services.intake_export import cells_of
from app.services.intake_names import Field
from app.services.intake_orders import Wanted, derived_number, order_of
from app.services.intake_preview import Again, Difference, PreviewRow, RowState
from app.services.intake_rows import LONGEST_TEXT, Complaint, Defaults, Manner, RowReader, read_address, read_location, read_name, read_values
from app.services.ports.files import Broken, Line, Table
from app.services.ports.travel import Report

_ADDRESS_FIELDS = (Field.ADDRESS, Field.STREET, Field.HOUSE, Field.UNIT, Field.POSTCODE, Field.CITY, Field.COUNTRY, Field.DISTRICT)
_NAME_FIELDS = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY)
_TOTALS = frozenset({"total", "totals", "sum", "subtotal", "grand total", "合計", "總計", "小計", "总计", "合计", "summe", "gesamt", "yhteensä", "suma"})
_RECIPIENT: tuple[str, ...] = ("phone", "email", "language")
_REPORT_EVERY = 1_000
_TURNS = 40
"""How many numbers are tried for a further order of a known number: A-17-2, A-17-3 …"""


class Book(Protocol):
    """What the preview asks of the book of orders; a `Reader` is one."""

    def orders_by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """The orders of a source by their numbers."""
        ...


@dataclass(slots=True)
class _Row:
    """A row while it is read."""

    line: Line
    reader: RowReader
    wanted: Wanted | None
    first_row: int = 0
    """The earlier row of the same key, where there is one."""

    @property
    def key(self) -> tuple[str, str] | None:
        """Source and number; None where the row was not read at all."""
        return (self.wanted.source, self.wanted.number) if self.wanted else None


@dataclass(slots=True)
class Reading:
    """One pass over a table: rows to values, keys, then orders against the book."""

    table: Table
    manner: Manner
    defaults: Defaults
    report: Report
    derived: dict[str, int] = field(default_factory=dict)
    """How often each number was made from content, for rows that are the same."""
    made: int = 0
    totals: list[int] = field(default_factory=list)
    again: Again = Again.UPDATE

    def rows(self, lines: Sequence[Line], known: Book) -> list[PreviewRow]:
        """All rows of the preview, in file order."""
        whole = [PreviewRow(row=each.row, state=RowState.ERROR, errors=(self._of_broken(each),)) for each in self.table.broken if each.column is None]
        return sorted([*self.some(lines, known), *whole], key=lambda row: row.row)

    def some(self, lines: Sequence[Line], known: Book) -> list[PreviewRow]:
        """The rows of these lines, as if the file had no others."""
        spoiled = self._spoiled()
        read_rows = [row for row in self._read_all(lines, spoiled) if row]
        book = self._lookup(read_rows, known)
        first: dict[tuple[str, str], Order] = {}
        if self.again is Again.NEW:
            self._number_anew(read_rows, book, known)
        return [self._preview(row, book, first) for row in read_rows]

    def _number_anew(self, rows: Sequence[_Row], book: dict[tuple[str, str], Order], known: Book) -> None:
        """Gives rows that differ from their order in the book a number of their own; what the book has as it is stays a duplicate."""
        others = [row for row in rows if row.wanted and not row.reader.errors and self._differs(row.wanted, book)]
        candidates = {row.line.row: [f"{_stem(row.wanted)}-{turn}" for turn in range(2, _TURNS)] for row in others if row.wanted}
        taken = {row.wanted.number for row in rows if row.wanted}
        for source in {row.wanted.source for row in others if row.wanted}:
            taken |= set(known.orders_by_number(source, [each for tried in candidates.values() for each in tried]))
        for row in others:
            if row.wanted is None:
                continue
            free = next((each for each in candidates[row.line.row] if each not in taken), f"{_stem(row.wanted)}-{new_id('ord')[-6:]}")
            taken.add(free)
            row.wanted = replace(row.wanted, number=free)

    def _differs(self, wanted: Wanted, book: Mapping[tuple[str, str], Order]) -> bool:
        before = book.get((wanted.source, wanted.number))
        try:
            return before is not None and order_of(wanted, before, self.defaults) != before
        except Malformed:
            return False  # the row says so itself, as an error

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
            errors, warnings = tuple(row.reader.errors), tuple(row.reader.warnings)
            return PreviewRow(row=row.line.row, state=RowState.ERROR, errors=errors, warnings=warnings, cells=cells, key=row.key)
        key = (row.wanted.source, row.wanted.number)
        before = book.get(key)
        try:
            order = order_of(row.wanted, before, self.defaults)
        except Malformed as refusal:
            row.reader.complain(Field.WINDOW, "", refusal.sentence)
            return PreviewRow(row=row.line.row, state=RowState.ERROR, errors=tuple(row.reader.errors), cells=cells, key=key)
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
            row=row.line.row,
            state=RowState.DUPLICATE,
            errors=tuple(row.reader.errors),
            warnings=tuple(row.reader.warnings),
            cells=row.line.cells,
            key=row.key,
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
        return PreviewRow(row=row.line.row, state=RowState.NEW, order=order, warnings=warnings, cells=cells, key=row.key)
    if order == before:
        return PreviewRow(row=row.line.row, state=RowState.DUPLICATE, order=order, warnings=warnings, cells=cells, key=row.key)
    return PreviewRow(
        row=row.line.row,
        state=RowState.CHANGED,
        order=order,
        warnings=warnings,
        differences=differences(before, order),
        asks=before.state not in EDITABLE,
        cells=cells,
        key=row.key,
    )


def _stem(wanted: Wanted) -> str:
    return wanted.number[:110]


def differences(before: Order, after: Order) -> tuple[Difference, ...]:
    """The fields in which two orders differ, as an export writes them."""
    old, new = cells_of(before), cells_of(after)
    return tuple(Difference(field=each, before=old[each], after=new[each]) for each in old if old[each] != new[each])
