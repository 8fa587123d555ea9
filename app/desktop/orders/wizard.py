"""The import wizard: 1 File, 2 Columns, 3 Check, 4 Import; nothing is written before the last, and a known file opens on the third."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.orders import preview as words
from app.desktop.orders.check_model import CheckModel
from app.desktop.orders.step_bar import StepBar
from app.desktop.orders.wizard_check import CheckPage
from app.desktop.orders.wizard_columns import ColumnsPage
from app.desktop.orders.wizard_file import FilePage
from app.desktop.orders.wizard_import import ImportPage
from app.desktop.orders.wizard_places import Doubts, PlaceCheck
from app.desktop.orders.wizard_reading import Checked, FileReading, How
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import button, label, repolish
from app.desktop.words import tr
from app.domain.errors import Outside, Refused
from app.domain.sentences import Sentence
from app.services import intake
from app.services.intake import Again, Preview
from app.services.intake_dates import DateOrder
from app.services.intake_groups import Group, Groups
from app.services.ports.files import Table, TableWriter

FILE, COLUMNS, CHECK, IMPORT = 1, 2, 3, 4
KINDS = "(*.csv *.tsv *.txt *.xlsx *.xls *.ods *.xlsb)"
_PATIENCE_MS = 200
"""How long a reading goes on before its progress is shown."""


class ImportWizard(QDialog):
    """`confirmed` carries (Preview, rows to overwrite, Again) when the person says yes; `written` or `failed` is then called with what became of it."""

    confirmed = Signal(object)

    def __init__(self, reading: FileReading, places: PlaceCheck, writer: TableWriter, bridge: Bridge, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading, self.places = reading, places
        self._writer, self._bridge, self._formats = writer, bridge, formats
        self._groups: Groups | None = None
        self._differing = 0
        self._fresh = False
        self._looked = False
        self._writing = False
        self._done = False
        self.step = FILE
        self.setWindowTitle(tr("Import orders"))
        self.resize(1200, 650)
        self._make_pages()
        self._make_foot()
        self._lay_out()
        self._connect()
        self._make_keys()
        self.show_step(FILE)

    # What is opened

    def open_file(self, path: Path) -> None:
        """Reads a file."""
        self._fresh = True
        self.reading.file(path)

    def open_text(self, text: str) -> None:
        """Reads pasted rows."""
        self._fresh = True
        self.reading.text(text, tr("Clipboard"))

    @property
    def settled(self) -> bool:
        """Whether the check of the present reading is shown."""
        return self.reading.settled

    @property
    def preview(self) -> Preview | None:
        """What the file would do to the book; None where it cannot be read."""
        held = self.reading.held
        return held.preview if held is not None else None

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.grid.set_tokens(tokens)

    # What is shown

    def show_step(self, step: int) -> None:
        """Goes to a step that can be reached."""
        if step > self._reachable():
            return
        if self.step == COLUMNS and step > COLUMNS:
            self._looked = True
            self.reading.remember_columns()
        self.step = step
        self._stack.setCurrentIndex(step - 1)
        self._show_foot()

    def _reachable(self) -> int:
        held = self.reading.held
        if self._done or held is None:
            return IMPORT if self._done else FILE
        return IMPORT if held.preview is not None else COLUMNS

    def _began(self) -> None:
        self._patience.start()
        self._show_foot()

    def _opened(self, table: Table) -> None:
        self.file_page.show_table(table, self.reading.name)

    def _checked(self, held: Checked) -> None:
        self._settle()
        self.columns_page.show_mapping(held.mapping, held.table, self.reading.defaults, remembered=held.remembered)
        if held.preview is None or held.groups is None:
            self._groups = None
            self.check_page.clear()
            self.say(tr("Say which column has the address, then the rows can be checked."), "risk")
        else:
            self._show_preview(held.preview, held.groups, held)
        self._first_look(held)
        self._show_foot()

    def _show_preview(self, preview: Preview, groups: Groups, held: Checked) -> None:
        self._groups = groups
        if self.reading.again is not Again.NEW:
            self._differing = groups.count(Group.CHANGED)
        self.grid.show_rows(preview.rows, held.mapping, groups, self.reading.edits)
        self.check_page.show_groups(groups)
        notes = [self._formats.say(each) for each in preview.notes]
        if not groups.taken(self.reading.again, overwrite=True) and not groups.count(Group.ERROR):
            notes.append(self._formats.say(Sentence.of("desktop.import_same")))
        self.say("  ".join(notes), "muted" if notes else "")
        self.places.look(preview)

    def _first_look(self, held: Checked) -> None:
        """A file that was just opened shows the step at which a person is needed."""
        if not self._fresh:
            return
        self._fresh = False
        if self.reading.edits:
            self.say(self._formats.say(Sentence.of("desktop.import_mended_before", count=len(self.reading.edits))), "ok")
        self.show_step(CHECK if held.known and held.preview is not None else COLUMNS)
        if self.check_page.first_problem():
            self.rows.setFocus()
        else:
            self.forth.setFocus()

    def _found(self, doubts: Doubts) -> None:
        self.reading.doubtful = frozenset(doubts.reasons)
        self._groups = doubts.groups
        self.grid.set_places(doubts.reasons)
        self.grid.set_groups(doubts.groups)
        self.check_page.show_groups(doubts.groups)
        self._show_foot()

    def _refused(self, sentence: Sentence | None) -> None:
        self._settle()
        self._groups = None
        self.check_page.clear()
        self.file_page.show_table(None, self.reading.name)
        self.say(self._formats.say(sentence) if sentence is not None else "", "late")
        self.show_step(FILE)

    def _settle(self) -> None:
        self._patience.stop()
        self._progress.hide()
        self._stop.hide()

    def _show_patience(self) -> None:
        self._progress.setRange(0, 0)
        self._progress.setVisible(not self.settled)
        self._stop.setVisible(not self.settled)

    def _show_share(self, share: float) -> None:
        self._progress.setRange(0, 100)
        self._progress.setValue(round(share * 100))

    def say(self, text: str, tone: str) -> None:
        """Shows a sentence under the steps."""
        self.notes.setText(text)
        self.notes.setProperty("tone", tone)
        self.notes.setProperty("muted", tone == "muted")
        self.notes.setVisible(bool(text))
        repolish(self.notes)

    def _show_foot(self) -> None:
        count = self._count()
        self.bar.show_step(self.step, self._reachable())
        self.confirm.setText(self._formats.say(Sentence.of("desktop.import_file", count=count)))
        self.confirm.setAccessibleName(self.confirm.text())
        self.confirm.setEnabled(count > 0 and self.settled and not self._writing and not self._done)
        self.confirm.setVisible(self.step == IMPORT and not self._done)
        self.forth.setVisible(self.step != IMPORT)
        self.forth.setEnabled(self._reachable() > self.step and self.settled)
        self.back.setVisible(self.step > FILE and not self._done)
        self.save.setVisible(self.step == CHECK)
        self.save.setEnabled(self._groups is not None and self._groups.count(Group.ERROR) > 0)
        self.cancel.setText(tr("Close") if self._done else tr("Cancel"))
        (self.cancel if self._done else self.confirm if self.step == IMPORT else self.forth).setDefault(True)
        if self._groups is not None and not self._done:
            self.import_page.show_groups(self._groups, self.reading.again, self.reading.name, count, self._differing)

    def _count(self) -> int:
        if self._groups is None:
            return 0
        return self._groups.taken(self.reading.again, overwrite=self.overwrite.isChecked())

    # What is done

    def choose_file(self) -> None:
        """Asks for a file; where none is chosen, one can still be dropped or pasted."""
        kinds = f"{tr('Tables')} {KINDS};;{tr('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Import orders"), "", kinds)
        if chosen:
            self.open_file(Path(chosen))

    def _paste(self) -> None:
        text = QApplication.clipboard().text()
        if text.strip():
            self.open_text(text)
        else:
            self.say(tr("The clipboard holds no rows."), "risk")

    def _policy(self, again: Again) -> None:
        """Rows taken as further orders have to be read anew: they get other numbers."""
        if Again.NEW in {again, self.reading.again} and again is not self.reading.again:
            self.reading.check_with(again=again)
        self.reading.again = again
        self._show_foot()

    def _read_as(self, how: How) -> None:
        self.reading.read_as(how)

    def _date(self, day: date, order: DateOrder | None) -> None:
        self.reading.check_with(defaults=replace(self.reading.defaults, day=day, date_order=order))

    def _hurry(self) -> None:
        """From the check straight to the import; before that, a step on."""
        if self.step >= CHECK:
            self._confirm()
        else:
            self.forth.click()

    def _stop_reading(self) -> None:
        self.reading.stop()
        self._refused(None)
        self.say(tr("Reading was stopped; nothing was written."), "muted")

    def _confirm(self) -> None:
        preview = self.preview
        if preview is None or self._groups is None or not self.confirm.isEnabled():
            return
        self._writing = True
        if self._looked:
            self.reading.remember_columns()
        self._show_foot()
        overwritten = self._groups.asking if self.overwrite.isChecked() else ()
        self.confirmed.emit((preview, overwritten, self.reading.again))

    def written(self) -> None:
        """The import is in the book. Where rows were left out it is said here; else the wizard closes."""
        count, rejected = self._count(), self._groups.count(Group.ERROR) if self._groups is not None else 0
        self._writing, self._done = False, True
        self.reading.forget()
        if not rejected:
            self.accept()
            return
        self.say("", "")
        self.import_page.show_done(count, rejected, self.reading.name)
        self.show_step(IMPORT)
        self.import_page.save.setFocus()

    def failed(self, error: BaseException) -> None:
        """The import was refused; nothing of it is in the book."""
        self._writing = False
        if isinstance(error, Refused | Outside):
            self.say(self._formats.say(error.sentence), "late")
        else:
            self._bridge.tell(error)
        self._show_foot()

    def _ask_save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save rejected rows"), tr("rejected.csv"), "CSV (*.csv);;XLSX (*.xlsx)")
        if chosen:
            self.save_rejected(Path(chosen))

    def save_rejected(self, path: Path) -> None:
        """Writes the rejected rows, as they are now, with their reasons."""
        held, formats, column = self.preview, self._formats, tr("reason")
        if held is None:
            return

        def work(_job: object) -> int:
            head, rows = intake.rejected_rows(held)
            reasons = {str(row.row): words.reason(row, formats) for row in held.rows if row.errors}
            width = max([len(head), *(len(row) for row in rows)])
            filled = [(*row, *("",) * (width - len(row)), reasons[row[0]]) for row in rows]
            self._writer.write(path, (*head, *("",) * (width - len(head)), column), filled)
            return len(filled)

        def done(count: int) -> None:
            self.say(formats.say(Sentence.of("desktop.rejected_saved", count=count, file=path.name)), "ok")

        self._bridge.compute(work, then=done, failed=self.failed)

    def done(self, code: int) -> None:
        """Closes; what is still read is dropped. Cells mended so far are kept for the next time the same file is opened."""
        self.reading.stop()
        self.places.stop()
        super().done(code)

    # The parts

    def _make_pages(self) -> None:
        self.bar = StepBar()
        self.notes = label(wrap=True)
        self.file_page = FilePage(self._formats)
        self.columns_page = ColumnsPage()
        self.mapping = self.columns_page.table
        self.grid = CheckModel(self._formats, self)
        self.check_page = CheckPage(self.grid, self._formats)
        self.rows, self.only_problems = self.check_page.table, self.check_page.only_problems
        self.import_page = ImportPage(self._formats)
        self.overwrite = self.import_page.overwrite
        self._stack = QStackedWidget()
        for page in (self.file_page, self.columns_page, self.check_page, self.import_page):
            self._stack.addWidget(page)

    def _make_foot(self) -> None:
        self._progress = QProgressBar()
        self._progress.setAccessibleName(tr("Reading"))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._stop = button(tr("Stop reading"), self._stop_reading, link=True)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self.save = button(tr("Save rejected rows…"), self._ask_save)
        self.cancel = button(tr("Cancel"), self.reject)
        self.back = button(tr("Back"), lambda: self.show_step(self.step - 1))
        self.forth = button(tr("Next"), lambda: self.show_step(self.step + 1), primary=True)
        self.confirm = button(tr("Import"), self._confirm, primary=True)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.bar)
        layout.addWidget(self.notes)
        layout.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for each in (self.save, self._progress, self._stop):
            foot.addWidget(each)
        foot.addStretch(1)
        for each in (self.cancel, self.back, self.forth, self.confirm):
            foot.addWidget(each)
        layout.addLayout(foot)
        self._settle()
        self.say("", "")

    def _connect(self) -> None:
        reading = self.reading
        reading.began.connect(self._began)
        reading.opened.connect(self._opened)
        reading.checked.connect(self._checked)
        reading.refused.connect(self._refused)
        reading.progressed.connect(self._show_share)
        self._patience.timeout.connect(self._show_patience)
        self.places.found.connect(self._found)
        self.bar.wanted.connect(self.show_step)
        self.file_page.changed.connect(self._read_as)
        self.file_page.wanted.connect(self.choose_file)
        self.file_page.pasted.connect(self._paste)
        self.file_page.dropped.connect(self.open_file)
        self.columns_page.mapped.connect(reading.map_as)
        self.columns_page.dated.connect(lambda chosen: self._date(*chosen))
        self.grid.mended.connect(reading.mend)
        self.import_page.chosen.connect(self._policy)
        self.import_page.overwriting.connect(lambda _on: self._show_foot())
        self.import_page.saved.connect(self._ask_save)

    def _make_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {f"Alt+{step}": partial(self.show_step, step) for step in (FILE, COLUMNS, CHECK, IMPORT)}
        keys |= {"Alt+Left": self.back.click, "Alt+Right": self.forth.click, "Ctrl+Return": self._hurry}
        for key, call in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(call)
