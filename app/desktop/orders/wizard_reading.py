"""What the import wizard knows of its file, and the jobs of the pool that read it: the table, the columns, the check of every row, cells mended since."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.desktop.bridge import Bridge
from app.desktop.work import Job
from app.domain.errors import Cancelled, Outside, Refused
from app.services import intake, intake_memory
from app.services.intake import Again, Preview
from app.services.intake_groups import Groups, grouped
from app.services.intake_mapping import Mapping, propose
from app.services.intake_rows import Defaults
from app.services.ports.columns import ColumnMemory
from app.services.ports.files import Table, Tables

Edits = dict[int, tuple[str, ...]]
Drafts = dict[tuple[str, int], Edits]
"""Cells mended in files that were closed again, by name and content."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What the table is read with; empty strings are guessed."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A table with its columns and, where a column says where to go, the check of every row. `known`: nobody need look at the columns."""

    table: Table
    mapping: Mapping
    preview: Preview | None = None
    groups: Groups | None = None
    known: bool = False
    remembered: bool = False


class FileReading(QObject):
    """One file after the other. `opened` carries the Table as soon as its cells are known, `checked` a Checked, `refused` a Sentence (None: a fault,
    already told), `progressed` a share of 0…1, `began` nothing."""

    began = Signal()
    opened = Signal(object)
    checked = Signal(object)
    refused = Signal(object)
    progressed = Signal(float)

    def __init__(self, tables: Tables, memory: ColumnMemory, bridge: Bridge, defaults: Defaults, drafts: Drafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tables, self._memory, self._bridge, self._drafts = tables, memory, bridge, drafts
        self.defaults = defaults
        self.again = Again.UPDATE
        self.how = How()
        self.name = ""
        self.edits: Edits = {}
        self.doubtful: frozenset[int] = frozenset()
        """Rows whose place is doubtful, as far as that is known."""
        self.held: Checked | None = None
        self._open: Callable[[How], Table] | None = None
        self._table: Table | None = None
        self._mark: tuple[str, int] = ("", 0)
        self._mapping: Mapping | None = None
        self._dirty: set[int] = set()
        self._job: Job | None = None

    @property
    def settled(self) -> bool:
        """Whether what is shown is what the file says."""
        return self._job is None

    def file(self, path: Path) -> None:
        """Reads a file."""
        self._take(path.name, lambda how: self._tables.read(path, sheet=how.sheet, encoding=how.encoding, delimiter=how.delimiter))

    def text(self, text: str, name: str) -> None:
        """Reads pasted rows."""
        self._take(name, lambda _how: self._tables.read_text(text))

    def read_as(self, how: How) -> None:
        """Reads the same file in another encoding, with another delimiter, or another of its sheets."""
        self.how, self._table, self._mapping = how, None, None
        self._read()

    def map_as(self, mapping: Mapping | None) -> None:
        """Reads the rows with other meanings of the columns; None: as they are guessed."""
        self._mapping = mapping
        self._read(guessing=mapping is None)

    def check_with(self, *, defaults: Defaults | None = None, again: Again | None = None) -> None:
        """Reads the rows with another day, order of dates, or answer to what becomes of known orders."""
        self.defaults = defaults or self.defaults
        self.again = again or self.again
        self._mapping = self.held.mapping if self.held is not None else None
        self._read()

    def mend(self, row: int, cells: tuple[str, ...]) -> None:
        """Puts other cells in a row and reads it at once, with the rows that it touches."""
        held = self.held
        if held is None or held.preview is None:
            return
        self.edits = {**self.edits, row: cells}
        self._drafts[self._mark] = self.edits
        self._dirty.add(row)
        self._reread(held)

    def forget(self) -> None:
        """Lets go of the mended cells: the file is imported."""
        self._drafts.pop(self._mark, None)

    def remember_columns(self) -> None:
        """Keeps what the columns mean for the next file with these headers."""
        if self.held is not None and self.held.mapping.places:
            mapping, memory = self.held.mapping, self._memory
            self._bridge.compute(lambda _job: intake_memory.remember(mapping, memory), then=lambda _none: None)

    def stop(self) -> None:
        """Drops what is being read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _take(self, name: str, opener: Callable[[How], Table]) -> None:
        self.name, self._open = name, opener
        self.held = None
        self.again = Again.UPDATE
        self.read_as(How())

    def _read(self, *, guessing: bool = False) -> None:
        opener, how, known_table, mapping, edits = self._open, self.how, self._table, self._mapping, self.edits
        if opener is None:
            return

        def work(job: Job) -> tuple[Checked, Edits, tuple[str, int]]:
            table = known_table or opener(how)
            job.check()
            mark = (table.name, hash(table.lines))
            mended = edits if known_table is not None else self._drafts.get(mark, {})
            self._bridge.post(lambda: self._table_came(table, job))
            return self._check(intake.amended(table, mended), mapping, guessing=guessing, job=job), mended, mark

        self._start(work, self._came)

    def _check(self, table: Table, chosen: Mapping | None, *, guessing: bool, job: Job) -> Checked:
        proposed = propose(table)
        recalled = intake_memory.recalled(proposed, table, self._memory) if chosen is None and not guessing else None
        mapping = chosen or recalled or proposed
        known = recalled is not None or mapping.certain
        held = Checked(table=table, mapping=mapping, known=known and mapping.places, remembered=recalled is not None)
        if not mapping.places:
            return held
        preview = intake.read(
            table,
            known=self._bridge.reader(),
            defaults=self.defaults,
            mapping=mapping,
            again=self.again,
            report=lambda share, _step: self._report(share, job),
        )
        return dataclasses.replace(held, preview=preview, groups=grouped(preview))

    def _report(self, share: float, job: Job) -> None:
        job.check()
        self._bridge.post(lambda: self._progress(share, job))

    def _progress(self, share: float, job: Job) -> None:
        if job is self._job:
            self.progressed.emit(share)

    def _reread(self, held: Checked) -> None:
        rows, edits, preview = frozenset(self._dirty), self.edits, held.preview
        doubtful = self.doubtful - rows
        if preview is None:
            return

        def work(job: Job) -> tuple[Checked, Edits, tuple[str, int]]:
            table = intake.amended(held.table, {row: edits[row] for row in rows})
            job.check()
            made = intake.reread(preview, table, rows, known=self._bridge.reader(), defaults=self.defaults, again=self.again)
            return dataclasses.replace(held, table=table, preview=made, groups=grouped(made, doubtful)), edits, self._mark

        self._start(work, self._came)

    def _start(self, work: Callable[[Job], tuple[Checked, Edits, tuple[str, int]]], then: Callable[[tuple[Checked, Edits, tuple[str, int]]], None]) -> None:
        self.stop()
        self.began.emit()
        self._job = self._bridge.compute(work, then=then, failed=self._broke, key=self)

    def _table_came(self, table: Table, job: Job) -> None:
        if job is self._job:
            self._table = table
            self.opened.emit(table)

    def _came(self, answer: tuple[Checked, Edits, tuple[str, int]]) -> None:
        self._job = None
        self.held, self.edits, self._mark = answer
        self._dirty.clear()
        self.checked.emit(self.held)

    def _broke(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        self._job = None
        self.held = None
        if isinstance(error, Refused | Outside):
            self.refused.emit(error.sentence)
            return
        self.refused.emit(None)
        self._bridge.tell(error)
