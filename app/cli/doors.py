"""What a sub-command may ask for: the program's parts, built when first asked for, so that a light command stays light."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.services.ports.store import Finding, Store
from app.services.ports.system import Clock
from app.services.ports.travel import Areas

if TYPE_CHECKING:
    from app.services.bus import Bus
    from app.services.ports.files import MapPages, PlanWorkbook, Tables, TableWriter, Tracks
    from app.services.ports.papers import PaperPress
    from app.services.ports.planner import Planner
    from app.settings import Settings


class Doors(Protocol):
    """The parts of the program as the command line and the window see them; `app.bootstrap` opens them."""

    @property
    def settings(self) -> "Settings":
        """The settings of this run: file, environment and command line together."""
        ...

    @property
    def folder(self) -> Path:
        """The user's data folder of this run; it exists."""
        ...

    @property
    def language(self) -> str:
        """The language of sentences to the person, one of `app.wording.LANGUAGES`."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    def areas(self) -> Areas:
        """The areas of the data folder."""
        ...

    def planner(self) -> "Planner":
        """The optimiser, in a child process."""
        ...

    def store(self, path: Path | None = None) -> Store:
        """The database of that file, or the data folder's own (created and upgraded where needed). The caller closes it."""
        ...

    def bus(self, store: Store) -> "Bus":
        """The one door for commands on a database."""
        ...

    def tables(self) -> "Tables":
        """Tables of files and of pasted text."""
        ...

    def table_writer(self) -> "TableWriter":
        """Rows as CSV or XLSX."""
        ...

    def tracks(self) -> "Tracks":
        """Routes as GPX and GeoJSON."""
        ...

    def paper_press(self) -> "PaperPress":
        """Manifests, load sheets and labels."""
        ...

    def workbook(self) -> "PlanWorkbook":
        """The XLSX of a plan."""
        ...

    def map_pages(self) -> "MapPages":
        """The map of a plan as one HTML file."""
        ...

    def verify(self, file: Path) -> tuple[Finding, ...]:
        """What is wrong in a database, which is only read. Raises Malformed where it cannot be read."""
        ...

    def migrate(self, file: Path) -> Path | None:
        """Brings a database up to date; the back-up made before, or None where it was up to date. Raises Malformed."""
        ...

    def schema(self) -> str:
        """The tables of this version as SQL."""
        ...
