"""Which column of a file is what: by its header, and by its values where there is none."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.errors import Malformed
from app.services.intake_columns import heading, plain, recognised
from app.services.intake_names import NAMES, Field
from app.services.intake_numbers import lat_lon, narrow
from app.services.intake_times import spans
from app.services.ports.files import Line, Table

_HEADER_ROWS = 15
_SAMPLE = 60
_LOOKED_AT = 120
"""Characters of a value that are looked at."""
_SURE = 0.8
"""Share of the values that must look like a field for the column to be taken for it."""
_PROMISES = frozenset({Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO})
_PLACES = frozenset({Field.ADDRESS, Field.STREET, Field.LAT, Field.LATLON})


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column of the file and what it is taken for. `header` is its name in the file, or its letter where it has none."""

    column: int
    header: str
    field: Field
    unit: str = ""
    by_value: bool = False
    """Guessed from its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a file's columns are read; the dialog may hand in another than the guessed one.

    `header_row` is the header's number as a spreadsheet counts it, 0 where there is none; `width` its number of columns.
    """

    header_row: int
    columns: tuple[Mapped, ...]
    headers: tuple[str, ...] = ()
    """All headers of the file, used or not."""
    width: int = 0

    def of(self, field: Field) -> tuple[Mapped, ...]:
        """The columns taken for a field, in file order."""
        return tuple(each for each in self.columns if each.field is field)

    def has(self, field: Field) -> bool:
        """Whether any column is taken for the field."""
        return any(each.field is field for each in self.columns)

    def name_of(self, column: int) -> str:
        """The header of a column, or its letter where it has none."""
        return (self.headers[column] if column < len(self.headers) else "") or letter(column)

    def by_field(self) -> dict[Field, tuple[Mapped, ...]]:
        """The columns of every field that has any."""
        return {field: self.of(field) for field in {each.field for each in self.columns}}

    @property
    def places(self) -> bool:
        """Whether a column says where the orders go: an address, a street, or coordinates."""
        return any(each.field in _PLACES - {Field.LAT} for each in self.columns) or (self.has(Field.LAT) and self.has(Field.LON))

    @property
    def certain(self) -> bool:
        """Whether every column that has a name is known by it, so that nobody need look."""
        return bool(self.header_row) and self.places and not self.unused and not any(each.by_value for each in self.columns)

    @property
    def unused(self) -> tuple[str, ...]:
        """Headers of columns that mean nothing here."""
        used = {each.column for each in self.columns}
        return tuple(header for index, header in enumerate(self.headers) if index not in used and header)


def letter(column: int) -> str:
    """The letters of a column as spreadsheets name it: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def guess(table: Table) -> Mapping:
    """The mapping of a table. Raises Malformed where nothing says where the orders go, or where there is only a header."""
    found = propose(table)
    if not found.places:
        shown = ", ".join(found.headers[:12] if found.header_row else table.lines[0].cells[:12] if table.lines else ())
        raise Malformed("intake.no_place_column", file=table.name, row=found.header_row or 1, columns=shown[:200])
    return found


def propose(table: Table) -> Mapping:
    """The mapping as far as it can be guessed, for a person to complete. Raises Malformed where there is only a header."""
    header = _header(table)
    rows = [line for line in table.lines if header is None or line.row > header.row]
    if not rows and not table.broken:
        raise Malformed("intake.header_only", file=table.name, row=header.row if header else 1)
    columns = _by_header(header) if header else []
    width = max((len(line.cells) for line in rows[:_SAMPLE]), default=0)
    if not any(each.field in _PLACES for each in columns):
        columns += _by_value(rows[:_SAMPLE], {each.column for each in columns}, header, whole=header is None)
    if header and not any(each.field in _PROMISES for each in columns):
        columns += _promises(rows[:_SAMPLE], {each.column for each in columns}, header)
    return Mapping(
        header_row=header.row if header else 0,
        columns=tuple(sorted(columns, key=lambda each: each.column)),
        headers=header.cells if header else tuple(letter(index) for index in range(width)),
        width=len(header.cells) if header else 0,
    )


def _header(table: Table) -> Line | None:
    """The row among the first whose cells are known column names more than any other's; None where no row is a header."""
    best, most = None, 0
    for line in table.lines[:_HEADER_ROWS]:
        known = recognised(line.cells)
        filled = [cell for cell in line.cells if cell]
        figures = sum(1 for cell in filled if cell[0].isdigit() or cell[0] in "+-")
        if known > most and known * 4 >= len(filled) and figures <= known // 3 and (known >= 2 or len(filled) <= 3):
            best, most = line, known
    return best


def _by_header(header: Line) -> list[Mapped]:
    """The columns whose headers are known. Where two claim a field that only one may have, the commoner name wins."""
    found: list[Mapped] = []
    holders: dict[Field, Mapped] = {}
    for index, cell in enumerate(header.cells):
        meant = heading(cell) if cell and len(cell) <= 60 else None
        if meant is None:
            continue
        mapped = Mapped(index, cell, meant.field, meant.unit)
        holder = holders.get(meant.field)
        if holder is None or _repeats(meant.field):
            holders[meant.field] = mapped
            found.append(mapped)
        elif _rank(mapped) < _rank(holder):
            found[found.index(holder)] = mapped
            holders[meant.field] = mapped
    return found


def _repeats(field: Field) -> bool:
    return field in {Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO, Field.NOTES}


def _rank(mapped: Mapped) -> int:
    names = [mapped.field.value, *NAMES[mapped.field].split(",")]
    own = plain(mapped.header)
    return next((index for index, name in enumerate(names) if plain(name) == own), len(names))


_DECIMALS = re.compile(r"-?\d{1,3}[.,]\d{3,}")
_PHONE = re.compile(r"\+?\(?\d[\d\s()/.-]{6,18}\d")
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|.*\d年\d{1,2}月\d{1,2}日?")
_LETTERS = re.compile(r"[^\W\d]{3}")
_NUMBER = re.compile(r"(?=.*\d)[\w#/-]{1,30}")
_NAME = re.compile(r"[^\W\d][^\d,;:@]{1,60}")


def _is_window(text: str) -> bool:
    try:
        return any(letter.isdigit() for letter in text) and bool(spans(text))
    except Malformed:
        return False


def _is_span(text: str) -> bool:
    """A window that says minutes or names the part of the day; "2-4" under an unknown header may be anything."""
    return (":" in text or "點" in text or "時" in text) and _is_window(text)


def _is_address(text: str) -> bool:
    """Letters and a figure with a blank between them, or a Chinese street and number."""
    figure = any(letter.isdigit() for letter in text)
    return figure and ((" " in text and _LETTERS.search(text) is not None) or ("號" in text and any(mark in text for mark in "路街道巷段村里")))


def _is_pair(text: str) -> bool:
    try:
        lat, lon = lat_lon(text)
    except Malformed:
        return False
    return abs(lat) <= 180 and abs(lon) <= 180 and "." in text


def _matches(pattern: "re.Pattern[str]") -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


_TESTS: tuple[tuple[Field, Callable[[str], bool]], ...] = (
    (Field.LATLON, _is_pair),
    (Field.LAT, _matches(_DECIMALS)),
    (Field.LON, _matches(_DECIMALS)),
    (Field.EMAIL, lambda text: "@" in text and " " not in text),
    (Field.WINDOW, _is_window),
    (Field.DAY, _matches(_DATE)),
    (Field.PHONE, lambda text: _PHONE.fullmatch(text) is not None and text[0] in "+0("),
    (Field.ADDRESS, _is_address),
    (Field.NUMBER, _matches(_NUMBER)),
    (Field.NAME, _matches(_NAME)),
)


def _by_value(rows: Sequence[Line], taken: set[int], header: Line | None, *, whole: bool) -> list[Mapped]:
    """Columns guessed by what their values look like; without a header every field is sought, else only where the order goes."""
    found: list[Mapped] = []
    for field, fits in _TESTS:
        if not whole and field not in _PLACES | {Field.LON}:
            continue
        if field in {Field.LAT, Field.LON} and any(each.field is Field.LATLON for each in found):
            continue
        column = _first_column(rows, taken | {each.column for each in found}, fits, unique=field is Field.NUMBER)
        if column is not None:
            name = header.cells[column] if header and column < len(header.cells) and header.cells[column] else letter(column)
            found.append(Mapped(column, name, field, by_value=True))
    if not any(each.field is Field.LON for each in found):  # a single decimal column is no coordinate
        found = [each for each in found if each.field is not Field.LAT]
    return found


def _promises(rows: Sequence[Line], taken: set[int], header: Line) -> list[Mapped]:
    """A column of time windows under a header that nobody knows: a promise is never passed over because of its name."""
    column = _first_column(rows, taken, _is_span, unique=False)
    return [] if column is None or column >= len(header.cells) else [Mapped(column, header.cells[column] or letter(column), Field.WINDOW, by_value=True)]


def _first_column(rows: Sequence[Line], taken: set[int], fits: Callable[[str], bool], *, unique: bool) -> int | None:
    for column in range(max((len(line.cells) for line in rows), default=0)):
        values = [narrow(line.cells[column][:_LOOKED_AT]) for line in rows if column < len(line.cells) and line.cells[column]]
        if column in taken or len(values) * 2 < len(rows) or (unique and len(set(values)) < len(values)):
            continue
        if sum(1 for value in values if fits(value)) >= _SURE * len(values):
            return column
    return None
