"""Text tables: CSV, TSV and their kin, with the delimiter guessed and broken quotes named instead of swallowed."""

import csv
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.errors import Malformed
from app.domain.sentences import Sentence
from app.services.ports.files import Broken, Line, Table

ROW_LIMIT = 200_000
CELL_LIMIT = 8_000_000
COLUMN_LIMIT = 1_000
FIELD_LIMIT = 100_000
"""Characters in one cell; longer ones are a quote that was never closed."""
QUOTE_LIMIT = 50
"""So many broken quotes are a broken file, not broken rows."""
DELIMITERS = (",", ";", "\t", "|")
_SNIFFED_ROWS = 200
_SNIFFED_LETTERS = 200_000


def read_csv(text: str, name: str, *, encoding: str = "", delimiter: str = "") -> Table:
    """The table of a text. A first line `sep=;` names the delimiter and is no row, as in spreadsheets.

    Raises Malformed where the text is empty, too large or broken beyond single rows.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a\0")
    named, text = _named_delimiter(text)
    if not text.strip():
        raise Malformed("table.empty", file=name)
    sign = delimiter or named or guess_delimiter(text)
    reading = _Reading(name=name, text_lines=text.split("\n"), delimiter=sign)
    lines = tuple(reading.rows())
    if not lines and not reading.broken:
        raise Malformed("table.empty", file=name)
    return Table(name=name, lines=lines, broken=tuple(reading.broken), encoding=encoding, delimiter=sign)


def _named_delimiter(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    mark = first.strip().strip('"')
    if mark[:4].lower() == "sep=" and len(mark) == 5:
        return mark[4], rest
    if mark.lower() == "sep=" and "\t" in first:
        return "\t", rest
    return "", text


@dataclass(slots=True)
class _Reading:
    """One pass over the lines of a text. Where a quote breaks a row, reading takes up again at the next line."""

    name: str
    text_lines: Sequence[str]
    delimiter: str
    broken: list[Broken] = field(default_factory=list)
    row: int = 0
    cells: int = 0

    def rows(self) -> Iterator[Line]:
        """The rows that are not blank, in order."""
        at = 0
        while at < len(self.text_lines):
            at = yield from self._until_broken(at)

    def _until_broken(self, at: int) -> Generator[Line, None, int]:
        """Yields rows from a line on; returns the line to take up again from."""
        reader = csv.reader(self._from(at), delimiter=self.delimiter, strict=True, skipinitialspace=True)
        done = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return len(self.text_lines)
            except csv.Error:
                self._mark_broken(at + done)
                return at + done + 1
            done = reader.line_num
            line = self._line(cells)
            if line.cells:
                yield line

    def _from(self, at: int) -> Iterator[str]:
        for index in range(at, len(self.text_lines)):
            yield self.text_lines[index] + "\n"

    def _line(self, cells: list[str]) -> Line:
        self.row += 1
        trimmed = [cell.strip() for cell in cells]
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        self.cells += len(trimmed)
        self._keep_limits(len(trimmed))
        return Line(self.row, tuple(trimmed))

    def _keep_limits(self, width: int) -> None:
        if width > COLUMN_LIMIT:
            raise Malformed("table.too_wide", file=self.name, row=self.row, limit=COLUMN_LIMIT)
        if self.row > ROW_LIMIT or self.cells > CELL_LIMIT:
            raise Malformed("table.too_many_rows", file=self.name, limit=ROW_LIMIT)

    def _mark_broken(self, line: int) -> None:
        self.row += 1
        shown = self.text_lines[line].strip()[:80]
        self.broken.append(Broken(row=self.row, column=None, value=shown, reason=Sentence.of("table.quote", line=line + 1)))
        if len(self.broken) > QUOTE_LIMIT:
            raise Malformed("table.quotes", file=self.name, line=self.broken[0].row)


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into equally many cells, and into most of them; a comma where there is none."""
    sample = text[:_SNIFFED_LETTERS]
    scores = {sign: _consistency(sample, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    return best if scores[best] > 0 else ","


def _consistency(sample: str, sign: str) -> float:
    """Share of rows with the commonest number of cells, times how much more than one cell that is; 0 where nothing is cut."""
    widths = _widths(sample, sign)
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0.0
    usual = max(set(cut), key=lambda width: (cut.count(width), width))
    return cut.count(usual) / len(widths) * min(1.0, 0.7 + usual / 40) + (0.2 if widths[0] == usual else 0.0)


def _widths(sample: str, sign: str) -> list[int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(sample.split("\n"), delimiter=sign, skipinitialspace=True):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) >= _SNIFFED_ROWS:
                break
    except csv.Error:
        pass
    return widths or [1]


csv.field_size_limit(FIELD_LIMIT)
