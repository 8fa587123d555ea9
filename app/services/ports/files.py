"""Files in and out: tables that somebody hands us, and the workbooks that we hand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.domain.geo import Box, Place
from app.domain.sentences import Sentence
from app.services.drawing import MapDay
from app.services.ports.travel import Tiles


class Form(StrEnum):
    """What kind of file a table was read from."""

    TEXT = "text"
    """CSV, TSV and their kin, or pasted text: every cell is what was typed."""
    SPREADSHEET = "spreadsheet"
    """XLSX, XLS, XLSB or ODS: numbers have a decimal point and no grouping, dates are ISO 8601, times HH:MM:SS."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. `row` is its number as a spreadsheet counts it (the first row of the file is 1, blank rows count, a row
    whose quoted cell runs over several lines is one row); cells are text without surrounding blanks, trailing empty ones left out."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A row that the file itself spoils: a quote that is never closed, a formula that was never computed, an error value.

    `column` counts from 0; None: the whole row.
    """

    row: int
    column: int | None
    value: str
    reason: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file as text, blank rows left out, and what was guessed while reading it."""

    name: str
    """File name without its folder; empty for pasted text."""
    lines: tuple[Line, ...]
    broken: tuple[Broken, ...] = ()
    form: Form = Form.TEXT
    sheet: str = ""
    """The sheet that was read; empty where there are none."""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    """Python's name of the encoding; empty for spreadsheets and pasted text."""
    delimiter: str = ""
    notes: tuple[Sentence, ...] = ()
    """What a person should know: another sheet exists, rows are hidden, cells are merged."""


class Tables(Protocol):
    """Reads tables. Whatever the bytes are, the answer is a table or `Malformed` with what, where and how to mend it."""

    def read(self, path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "") -> Table:
        """The table of a file; what is not given is guessed."""
        ...

    def read_text(self, text: str) -> Table:
        """The table of pasted text."""
        ...

    def sheets(self, path: Path) -> tuple[Table, ...]:
        """Every sheet of a workbook that has rows; a text file is one table."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """A route as the workbook shows it; moments are aware, in the depot's zone. Weight in grams, cost in minor units."""

    vehicle: str
    driver: str = ""
    stops: int = 0
    distance_m: int = 0
    duration_s: int = 0
    departure: datetime | None = None
    finish: datetime | None = None
    weight_g: int = 0
    pieces: int = 0
    late: int = 0
    """Late stops."""
    cost_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """A stop of an order as the workbook shows it; moments are aware, in the depot's zone."""

    vehicle: str
    position: int
    order: str
    recipient: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    arrival: datetime | None = None
    start: datetime | None = None
    departure: datetime | None = None
    windows: str = ""
    late_s: int = 0
    phone: str = ""
    notes: str = ""
    weight_g: int = 0
    pieces: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedLine:
    """An order in no route and why."""

    order: str
    address: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorLine:
    """A row of the order file that could not be taken."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheets:
    """A plan as five sheets. `summary` are pairs of label and value, already in words; `attribution` names the map's source."""

    day: str
    zone: str
    attribution: str
    summary: tuple[tuple[str, str | int | float], ...]
    currency: str = ""
    routes: tuple[RouteLine, ...] = ()
    stops: tuple[StopLine, ...] = ()
    unplanned: tuple[UnplannedLine, ...] = ()
    errors: tuple[ErrorLine, ...] = ()


class PlanWorkbook(Protocol):
    """Writes a plan as XLSX."""

    def write(self, path: Path, plan: PlanSheets, *, language: str = "en") -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written."""
        ...


class TableWriter(Protocol):
    """Writes rows as CSV (UTF-8 with a byte order mark, for Excel) or XLSX, by the path's ending; no cell becomes a formula."""

    def write(self, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStop:
    """A stop in the list beside an exported map; `id` is its `MapStop`'s, texts are in words."""

    id: str
    number: int
    time: str
    """When service begins, as 08:14."""
    title: str
    note: str = ""
    """Address, window: one line."""
    late_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRoute:
    """A route in the list beside an exported map; `id` and `number` are its `MapRoute`'s."""

    id: str
    number: int
    name: str
    note: str = ""
    """What it is in one line: stops, kilometres, from when to when."""
    stops: tuple[PageStop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """A plan as one page: what is drawn, and the list beside it. Texts come as they are and are escaped by the writer."""

    title: str
    day: MapDay
    routes: tuple[PageRoute, ...] = ()
    unplanned: tuple[tuple[str, str], ...] = ()
    """Order and reason of each that no route serves."""
    note: str = ""
    """One line under the title: totals, how the numbers were made."""
    tiles: Tiles | None = None
    bounds: Box | None = None
    """Where the area's data lie."""


class MapPages(Protocol):
    """Writes a plan's map as one HTML file that needs no network and no other file."""

    def write(self, path: Path, page: MapPage, *, language: str = "en") -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written, SetupMissing without the web packages."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackStop:
    """A stop of a driven line; `arrival` is aware UTC."""

    number: int
    place: Place
    title: str
    note: str = ""
    arrival: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A driver's line through the day: one list of places a leg, along the roads."""

    number: int
    name: str
    stops: tuple[TrackStop, ...] = ()
    legs: tuple[tuple[Place, ...], ...] = ()


class Tracks(Protocol):
    """Writes routes for navigation devices (`.gpx`) and other maps (`.geojson`)."""

    def write(self, path: Path, tracks: Sequence[Track]) -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written."""
        ...
