"""What the window needs of the rest of the program; `app.bootstrap` hands it in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.sentences import Sentence
from app.services.commands import Command
from app.services.ports.planner import Planner
from app.services.ports.store import Outcome
from app.services.ports.system import Clock
from app.services.ports.travel import Areas

if TYPE_CHECKING:
    from app.services.ports.backups import Backup
    from app.services.ports.columns import ColumnMemory
    from app.services.ports.files import MapPages, PlanWorkbook, Tables, TableWriter, Tracks
    from app.services.ports.papers import PaperPress, PrintMemory
    from app.services.ports.store import Finding
    from app.settings import Settings


class CommandBus(Protocol):
    """Carries commands out and takes them back; used from the writer thread alone."""

    def do(self, command: Command) -> Outcome:
        """Carries out a command in one transaction. Raises Refused."""
        ...

    def undo(self) -> Outcome:
        """Takes the last step back. Raises Refused where something has changed since."""
        ...

    def redo(self) -> Outcome:
        """Does the last undone step again."""
        ...

    def titles(self) -> tuple[Sentence | None, Sentence | None]:
        """What undo and redo would concern; None: nothing to undo or redo."""
        ...


class Doors(Protocol):
    """The parts of the program that the window works with."""

    @property
    def settings(self) -> "Settings":
        """The settings of this run."""
        ...

    @property
    def folder(self) -> Path:
        """The user's data folder of this run."""
        ...

    @property
    def language(self) -> str:
        """The language asked for on the command line or in the settings."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    def areas(self) -> Areas:
        """The areas of the data folder."""
        ...

    def planner(self) -> Planner:
        """The optimiser, in a child process."""
        ...

    def tables(self) -> "Tables":
        """Reading and writing of table files."""
        ...

    def table_writer(self) -> "TableWriter":
        """Writing of rows as CSV or XLSX."""
        ...

    def workbook(self) -> "PlanWorkbook":
        """The XLSX of a plan."""
        ...

    def map_pages(self) -> "MapPages":
        """The map of a plan as one HTML file."""
        ...

    def tracks(self) -> "Tracks":
        """Routes as GPX and GeoJSON."""
        ...

    def paper_press(self) -> "PaperPress":
        """Manifests, load sheets and labels."""
        ...

    def print_memory(self) -> "PrintMemory":
        """What was printed last."""
        ...

    def column_memory(self) -> "ColumnMemory":
        """What the columns of order files meant last time."""
        ...

    def store(self, path: Path | None = None) -> Any:
        """The database (`services.ports.store.Store`); the caller closes it."""
        ...

    def backups(self) -> "tuple[Backup, ...]":
        """The copies of the data folder's database, the newest first."""
        ...

    def keep_backup(self) -> Path | None:
        """Makes a copy of the data folder's database where the newest is old."""
        ...

    def restore(self, backup: Path) -> Path | None:
        """Puts a copy in the place of the data folder's database; where the old file went."""
        ...

    def verify(self, file: Path) -> "tuple[Finding, ...]":
        """What is wrong in a database, which is only read. Raises Malformed where it cannot be read."""
        ...

    def bus(self, store: Any) -> CommandBus:
        """Carries out commands on a store."""
        ...

    def elsewhere(self, folder: Path, language: str = "") -> "Doors":
        """The same parts on another data folder."""
        ...
