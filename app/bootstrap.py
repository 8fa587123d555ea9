"""Puts the program together: the only module that knows every adapter. Each part is made when first asked for."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.ports.system import Clock, SystemClock

if TYPE_CHECKING:
    from app.services.bus import Bus
    from app.services.ports.backups import Backup
    from app.services.ports.columns import ColumnMemory
    from app.services.ports.files import MapPages, PlanWorkbook, Tables, TableWriter, Tracks
    from app.services.ports.papers import PaperPress, PrintMemory
    from app.services.ports.planner import Planner
    from app.services.ports.store import Finding, Store
    from app.services.ports.travel import Areas
    from app.settings import Settings
    from app.store import SqliteStore

MAIN = Path(__file__).resolve().parents[1] / "main.py"
"""The program that child processes are started from."""


class Application:
    """The real parts on one data folder, as `app.cli.doors.Doors` and `app.desktop.doors.Doors` describe them."""

    def __init__(self, folder: Path, settings: "Settings", language: str, clock: Clock | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.settings = settings
        self.language = language
        self.clock: Clock = clock or SystemClock()

    @cached_property
    def _areas(self) -> "Areas":
        from app.routing.areas import LocalAreas

        return LocalAreas(self.folder / "areas", self.folder / "cache")

    @cached_property
    def _planner(self) -> "Planner":
        from app.optimiser.runner import ChildPlanner

        return ChildPlanner(MAIN)

    def areas(self) -> "Areas":
        """The areas of the data folder."""
        return self._areas

    def planner(self) -> "Planner":
        """The optimiser, in a child process."""
        return self._planner

    def tables(self) -> "Tables":
        """Tables of files and of pasted text."""
        from app.files.tables import FileTables

        return FileTables()

    def table_writer(self) -> "TableWriter":
        """Rows as CSV or XLSX."""
        from app.files.workbook import FileTableWriter

        return FileTableWriter()

    def column_memory(self) -> "ColumnMemory":
        """What columns meant last time, in the data folder."""
        from app.files.column_memory import FileColumnMemory

        return FileColumnMemory(self.folder / "columns.json")

    def workbook(self) -> "PlanWorkbook":
        """The XLSX of a plan."""
        from app.files.workbook import XlsxPlanWorkbook

        return XlsxPlanWorkbook()

    def map_pages(self) -> "MapPages":
        """The map of a plan as one HTML file."""
        from app.files.html_map import HtmlMapPages

        return HtmlMapPages()

    def tracks(self) -> "Tracks":
        """Routes as GPX and GeoJSON."""
        from app.files.tracks import FileTracks

        return FileTracks()

    def paper_press(self) -> "PaperPress":
        """Manifests, load sheets and labels."""
        from app.files.papers import TypstPress

        return TypstPress()

    def print_memory(self) -> "PrintMemory":
        """What was printed last, in the data folder."""
        from app.files.print_memory import FilePrintMemory

        return FilePrintMemory(self.folder / "printed.json")

    def store(self, path: Path | None = None) -> "SqliteStore":
        """The database of that file, or the data folder's own (created and upgraded where needed). The caller closes it."""
        from app.store import open_store

        return open_store(path or self.folder / "doorstep.db", self.clock)

    def backups(self) -> "tuple[Backup, ...]":
        """The copies of the data folder's database, the newest first."""
        from app.store.backups import backups

        return backups(self.folder / "doorstep.db")

    def keep_backup(self) -> Path | None:
        """Makes a copy of the data folder's database where the newest is old. Raises Malformed or Unavailable where it cannot."""
        from app.store.backups import keep

        return keep(self.folder / "doorstep.db", self.clock.now())

    def restore(self, backup: Path) -> Path | None:
        """Puts a copy in the place of the data folder's database; where the old file went. Raises Malformed where the copy is damaged."""
        from app.store.backups import restore

        return restore(self.folder / "doorstep.db", backup, self.clock.now())

    def verify(self, file: Path) -> "tuple[Finding, ...]":
        """What is wrong in a database, which is only read. Raises Malformed where it cannot be read."""
        from app.store import verify

        return verify(file)

    def migrate(self, file: Path) -> Path | None:
        """Brings a database up to date; the back-up made before, or None where it was up to date. Raises Malformed."""
        from app.store import upgrade

        return upgrade(file)

    def schema(self) -> str:
        """The tables of this version as SQL."""
        from app.store import schema

        return schema()

    def bus(self, store: "Store") -> "Bus":
        """The one door for commands on a database."""
        from app.services.bus import Bus

        return Bus(store, self.clock)

    def elsewhere(self, folder: Path, language: str = "") -> "Application":
        """The same parts on another data folder, as demo, pictures and measurements want it."""
        return Application(folder, self.settings, language or self.language, self.clock)
