"""A plan as XLSX, and plain rows as CSV or XLSX. Text stays text: nothing that somebody typed can become a formula."""

import contextlib
import csv
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from app.domain.errors import Malformed
from app.domain.sentences import Sentence
from app.services.ports.files import PlanSheets
from app.wording.catalogue import sentence

Written = str | float | datetime | None
"""What a cell may hold."""
ROUTE_COLUMNS = ("vehicle", "driver", "stops", "distance_km", "hours", "departure", "finish", "weight_kg", "pieces", "late", "cost")
STOP_COLUMNS = (
    "vehicle",
    "position",
    "order",
    "recipient",
    "address",
    "arrival",
    "start",
    "departure",
    "windows",
    "late_min",
    "phone",
    "notes",
    "weight_kg",
    "pieces",
    "lat",
    "lon",
)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True, "in_memory": True}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"address": 44, "notes": 40, "recipient": 26, "reason": 90, "windows": 26, "value": 26, "column": 18, "order": 14, "vehicle": 18, "driver": 18}
_SUMMARY_WIDTHS = (34, 60)
_TEXT_LIMIT = 32_000
"""Characters that a cell holds (32,767 by the format)."""


def written(path: Path, write: Callable[[str], None]) -> None:
    """Writes a file whole or not at all: beside its place first, then moved there. Raises Malformed where that cannot be."""
    half = path.with_name(f".{secrets.token_hex(6)}{path.suffix}")  # made as any file is: one of `tempfile` nobody else could read
    try:
        write(str(half))
        half.replace(path)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise Malformed("table.cannot_write", file=path.name, reason=getattr(error, "strerror", None) or str(error)) from None
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


class XlsxPlanWorkbook:
    """Writes a plan as five sheets; implements `PlanWorkbook`."""

    def write(self, path: Path, plan: PlanSheets, *, language: str = "en") -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written."""
        written(path, lambda name: _Writing(name, plan, language).all())


class _Writing:
    """One workbook under way."""

    def __init__(self, name: str, plan: PlanSheets, language: str) -> None:
        self.plan, self.language = plan, language
        self.book = xlsxwriter.Workbook(name, dict(_OPTIONS))
        self.head = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.clock = self.book.add_format({"num_format": "hh:mm", "align": "left"})
        self.one = self.book.add_format({"num_format": "0.0"})
        self.two = self.book.add_format({"num_format": "0.00"})
        self.six = self.book.add_format({"num_format": "0.000000"})

    def word(self, key: str, **facts: str) -> str:
        """A word of the catalogue."""
        return sentence(Sentence.of(f"workbook.{key}", **facts), self.language)

    def all(self) -> None:
        """Every sheet, then the file."""
        self._summary()
        self._routes()
        self._stops()
        unplanned = [(each.order, each.address, each.reason) for each in self.plan.unplanned]
        self._plain("unplanned", ("order", "address", "reason"), unplanned)
        self._plain("errors", ("row", "column", "value", "reason"), [(each.row, each.column, each.value, each.reason) for each in self.plan.errors])
        self.book.set_properties({"title": f"{self.word('title')} {self.plan.day}", "comments": self.plan.attribution})
        self.book.close()

    def _sheet(self, name: str, columns: Sequence[str], rows: int) -> Any:
        sheet = self.book.add_worksheet(self.word(f"sheet_{name}"))
        for index, column in enumerate(columns):
            sheet.write_string(0, index, self.word(f"column_{column}", currency=self.plan.currency), self.head)
            sheet.set_column(index, index, _WIDTHS.get(column, 12))
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, rows, len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _summary(self) -> None:
        sheet = self.book.add_worksheet(self.word("sheet_summary"))
        lines = [(self.word("day"), self.plan.day), (self.word("zone"), self.plan.zone), *self.plan.summary, (self.word("map"), self.plan.attribution)]
        for index, (label, value) in enumerate(lines):
            sheet.write_string(index, 0, label, self.head if index == 0 else None)
            self._cell(sheet, index, 1, value, self.wrapped)
        for index, width in enumerate(_SUMMARY_WIDTHS):
            sheet.set_column(index, index, width)

    def _routes(self) -> None:
        columns = ROUTE_COLUMNS if any(route.cost_minor is not None for route in self.plan.routes) else ROUTE_COLUMNS[:-1]
        sheet = self._sheet("routes", columns, len(self.plan.routes))
        for row, route in enumerate(self.plan.routes, 1):
            cells: tuple[tuple[Written, Any], ...] = (
                (route.vehicle, None),
                (route.driver, None),
                (route.stops, None),
                (route.distance_m / 1_000, self.one),
                (route.duration_s / 3_600, self.two),
                (route.departure, self.clock),
                (route.finish, self.clock),
                (route.weight_g / 1_000, self.one),
                (route.pieces, None),
                (route.late, None),
                (None if route.cost_minor is None else route.cost_minor / 100, self.two),
            )
            for column, (value, form) in enumerate(cells[: len(columns)]):
                self._cell(sheet, row, column, value, form)

    def _stops(self) -> None:
        sheet = self._sheet("stops", STOP_COLUMNS, len(self.plan.stops))
        for row, stop in enumerate(self.plan.stops, 1):
            cells: tuple[tuple[Written, Any], ...] = (
                (stop.vehicle, None),
                (stop.position, None),
                (stop.order, None),
                (stop.recipient, None),
                (stop.address, None),
                (stop.arrival, self.clock),
                (stop.start, self.clock),
                (stop.departure, self.clock),
                (stop.windows, None),
                (round(stop.late_s / 60, 1), self.one),
                (stop.phone, None),
                (stop.notes, self.wrapped),
                (stop.weight_g / 1_000, self.one),
                (stop.pieces, None),
                (stop.lat, self.six),
                (stop.lon, self.six),
            )
            for column, (value, form) in enumerate(cells):
                self._cell(sheet, row, column, value, form)

    def _plain(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
        sheet = self._sheet(name, columns, len(rows))
        for index, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._cell(sheet, index, column, value, self.wrapped if columns[column] == "reason" else None)

    def _cell(self, sheet: Any, row: int, column: int, value: Written, form: Any) -> None:
        match value:
            case None | "":
                return
            case str():
                sheet.write_string(row, column, value[:_TEXT_LIMIT], form)
            case datetime():
                sheet.write_datetime(row, column, value.replace(tzinfo=None), form)
            case _:
                sheet.write_number(row, column, value, form)


class FileTableWriter:
    """Writes rows as CSV or XLSX; implements `TableWriter`."""

    def write(self, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written."""
        write = _xlsx_rows if path.suffix.lower() == ".xlsx" else _csv_rows
        written(path, lambda name: write(name, head, rows))


def guarded(cell: str) -> str:
    """A cell that no spreadsheet computes: an apostrophe before what would begin a formula (the intake takes it off again)."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell[1:].replace(".", "", 1).isdecimal()


def _csv_rows(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with Path(name).open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(head)
        writer.writerows([guarded(cell) for cell in row] for row in rows)


def _xlsx_rows(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    book = xlsxwriter.Workbook(name, {**_OPTIONS, "constant_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
    for row, cells in enumerate([head, *rows]):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell[:_TEXT_LIMIT], bold if row == 0 else None)
    sheet.freeze_panes(1, 0)
    book.close()
