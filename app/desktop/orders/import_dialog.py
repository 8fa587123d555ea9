"""The import dialog: the file as it was understood, changeable; every row new, changed, already there or wrong, with its reason; then one step."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.orders import preview as words
from app.desktop.widgets.parts import button, label, repolish
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.desktop.work import Job
from app.domain.errors import Cancelled, Outside, Refused
from app.domain.sentences import Sentence
from app.services import intake
from app.services.intake import Preview, RowState
from app.services.intake_mapping import Mapped, Mapping, letter
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.ports.files import Table, Tables, TableWriter

_SAMPLES = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the table is read with; empty strings are guessed."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


class ImportDialog(QDialog):
    """Shows a file before anything is written. `confirmed` carries (Preview, rows to overwrite) when the person says yes."""

    confirmed = Signal(object)

    def __init__(self, tables: Tables, writer: TableWriter, bridge: Bridge, defaults: Defaults, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables, self._writer, self._bridge, self._defaults, self._formats = tables, writer, bridge, defaults, formats
        self._open: Callable[[Reading], Table] | None = None
        self._table: Table | None = None
        self._mapping: Mapping | None = None
        self._reading = Reading()
        self._filling = False
        self._job: Job | None = None
        self.preview: Preview | None = None
        self.setWindowTitle(tr("Import orders"))
        self.resize(1180, 640)
        self._make_head()
        self._make_mapping()
        self._make_grid()
        self._make_foot()
        self._lay_out()
        self._show_counts()

    # What is opened

    def open_file(self, path: Path) -> None:
        """Reads a file."""
        self._name.setText(path.name)
        self._open = lambda how: self._tables.read(path, sheet=how.sheet, encoding=how.encoding, delimiter=how.delimiter)
        self._read()

    def open_text(self, text: str) -> None:
        """Reads pasted text."""
        self._name.setText(tr("Clipboard"))
        self._open = lambda _how: self._tables.read_text(text)
        self._read()

    @property
    def settled(self) -> bool:
        """Whether the preview of the present reading is shown."""
        return self._job is None

    def _read(self) -> None:
        opener, how, mapping = self._open, self._reading, self._mapping
        if opener is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._say(tr("Reading…"), "muted")

        def work(job: Job) -> tuple[Table, Preview]:
            table = opener(how)
            read = intake.read(table, known=self._bridge.reader(), defaults=self._defaults, mapping=mapping, report=lambda _share, _step: job.check())
            return table, read

        self._job = self._bridge.compute(work, then=self._came, failed=self._broke, key=self)

    def _came(self, answer: tuple[Table, Preview]) -> None:
        self._job = None
        self._table, self.preview = answer
        self._fill_head()
        self._fill_mapping()
        self.grid.set_rows(self.preview.rows)
        notes = [self._formats.say(each) for each in self.preview.notes]
        if not self.preview.errors and not any(row.order and row.state is not RowState.DUPLICATE for row in self.preview.rows):
            notes.append(self._formats.say(Sentence.of("desktop.import_same")))
        self._say("  ".join(notes), "risk" if notes else "")
        self._show_counts()

    def _broke(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            return
        self.preview = None
        self.grid.set_rows(())
        if isinstance(error, Refused | Outside):
            self._say(self._formats.say(error.sentence), "late")
        else:
            self._say("", "")
            self._bridge.tell(error)
        self._show_counts()

    def _say(self, text: str, tone: str) -> None:
        self._notes.setText(text)
        self._notes.setProperty("tone", tone)
        self._notes.setProperty("muted", tone == "muted")
        self._notes.setVisible(bool(text))
        repolish(self._notes)

    # The parts

    def _make_head(self) -> None:
        self._name = label(heading=True)
        self._encoding, self._delimiter, self._sheet = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self._encoding, tr("Encoding")), (self._delimiter, tr("Divided by")), (self._sheet, tr("Sheet"))):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _at: self._reread())
        self._notes = label(wrap=True)
        self._head_labels = (label(tr("Encoding"), muted=True), label(tr("Divided by"), muted=True), label(tr("Sheet"), muted=True))

    def _fill_head(self) -> None:
        table = self._table
        if table is None:
            return
        self._fill_box(self._encoding, [(each, each) for each in dict.fromkeys((table.encoding, *words.ENCODINGS)) if each], table.encoding)
        divided = [(tr(name), sign) for sign, name in words.DELIMITERS.items()]
        self._fill_box(self._delimiter, divided, table.delimiter)
        self._fill_box(self._sheet, [(each, each) for each in table.sheets], table.sheet)
        shown = (bool(table.encoding), bool(table.delimiter), len(table.sheets) > 1)
        for box, head, visible in zip((self._encoding, self._delimiter, self._sheet), self._head_labels, shown, strict=True):
            box.setVisible(visible)
            head.setVisible(visible)

    def _fill_box(self, box: QComboBox, choices: list[tuple[str, str]], held: str) -> None:
        box.clear()
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(box.findData(held))

    def _reread(self) -> None:
        chosen = (self._encoding.currentData(), self._delimiter.currentData(), self._sheet.currentData())
        self._reading = Reading(encoding=chosen[0] or "", delimiter=chosen[1] or "", sheet=chosen[2] or "")
        self._mapping = None
        self._read()

    def _make_mapping(self) -> None:
        self.mapping = QTableWidget(0, 3)
        self.mapping.setAccessibleName(tr("Columns of the file"))
        self.mapping.setHorizontalHeaderLabels([tr("Column"), tr("Samples"), tr("Means")])
        self.mapping.verticalHeader().hide()
        self.mapping.setShowGrid(False)
        self.mapping.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.mapping.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.mapping.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.mapping.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.mapping.setColumnWidth(0, 96)
        self.mapping.setColumnWidth(2, 140)

    def _fill_mapping(self) -> None:
        if self.preview is None or self._table is None:
            return
        held = self.preview.mapping
        fields = {each.column: each.field for each in held.columns}
        lines = [line for line in self._table.lines if line.row > held.header_row][:_SAMPLES]
        self.mapping.setRowCount(held.width)
        self._filling = True
        for column in range(held.width):
            name = held.headers[column] if column < len(held.headers) and held.headers[column] else letter(column)
            samples = " · ".join(line.cells[column] for line in lines if column < len(line.cells) and line.cells[column])
            for at, text in enumerate((name, samples)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.mapping.setItem(column, at, item)
            self.mapping.setCellWidget(column, 2, self._field_box(column, name, fields.get(column)))
        self._filling = False

    def _field_box(self, column: int, name: str, held: Field | None) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("Meaning of the column {name}").format(name=name))
        box.addItem(tr("– not used –"), None)
        for each, text in words.FIELDS.items():
            box.addItem(tr(text), each)
        box.setCurrentIndex(list(words.FIELDS).index(held) + 1 if held is not None else 0)
        box.activated.connect(lambda _at: self._map(column, box.currentData()))
        return box

    def _map(self, column: int, field: Field | None) -> None:
        if self.preview is None or self._filling:
            return
        held = self.preview.mapping
        name = held.headers[column] if column < len(held.headers) and held.headers[column] else letter(column)
        others = tuple(each for each in held.columns if each.column != column)
        chosen = (*others, Mapped(column, name, field)) if field is not None else others
        self._mapping = dataclasses.replace(held, columns=tuple(sorted(chosen, key=lambda each: each.column)))
        self._read()

    def _make_grid(self) -> None:
        self.grid = RowModel(words.preview_columns(self._formats), lambda row: row.row, self)
        self.rows = RowTable(self.grid, tr("Rows of the file"), self)
        self.rows.allow_sorting()
        self.rows.chosen.connect(self._tell_reason)
        self._reason = label(wrap=True)
        self._reason.setMinimumHeight(36)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _tell_reason(self, rows: frozenset[int]) -> None:
        """The whole reason of the row that was picked."""
        held = next((row for row in self.preview.rows if row.row in rows), None) if self.preview is not None else None
        self._reason.setText(words.reason(held, self._formats) if held is not None else "")

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of the theme."""
        self.grid.set_colors(colors)

    def _make_foot(self) -> None:
        self._counts = label()
        self.only_problems = QCheckBox(tr("Only problems"))
        self.only_problems.toggled.connect(lambda on: self.grid.set_filter("", words.is_problem if on else None))
        self.overwrite = QCheckBox(tr("Also overwrite orders that are under way"))
        self.overwrite.toggled.connect(lambda _on: self._show_counts())
        self.save = button(tr("Save rejected rows…"), self._ask_save)
        self.confirm = button(tr("Import"), self._confirm, primary=True)
        self.confirm.setDefault(True)
        self.cancel = button(tr("Cancel"), self.reject)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addStretch(1)
        for text, box in zip(self._head_labels, (self._encoding, self._delimiter, self._sheet), strict=True):
            head.addWidget(text)
            head.addWidget(box)
        layout.addLayout(head)
        layout.addWidget(self._notes)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.mapping)
        split.addWidget(self.rows)
        split.setSizes([400, 720])
        split.setStretchFactor(1, 1)
        layout.addWidget(split, 1)
        layout.addWidget(self._reason)
        line = QHBoxLayout()
        line.addWidget(self._counts)
        line.addSpacing(12)
        line.addWidget(self.only_problems)
        line.addWidget(self.overwrite)
        line.addStretch(1)
        layout.addLayout(line)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        layout.addLayout(foot)

    def _show_counts(self) -> None:
        held = self.preview
        count = len(held.command(overwrite=self._overwritten()).orders) if held is not None else 0
        states = {state: held.count(state) if held is not None else 0 for state in RowState}
        counts = Sentence.of(
            "desktop.import_counts",
            new=states[RowState.NEW],
            changed=states[RowState.CHANGED],
            same=states[RowState.DUPLICATE],
            errors=states[RowState.ERROR],
        )
        self._counts.setText(self._formats.say(counts) if held is not None else "")
        self.confirm.setText(self._formats.say(Sentence.of("desktop.import_file", count=count)))
        self.confirm.setAccessibleName(self.confirm.text())
        self.confirm.setEnabled(count > 0)
        self.save.setEnabled(held is not None and bool(held.errors))
        self.overwrite.setVisible(held is not None and any(row.asks for row in held.rows))

    def _overwritten(self) -> tuple[int, ...]:
        if self.preview is None or not self.overwrite.isChecked():
            return ()
        return tuple(row.row for row in self.preview.rows if row.asks)

    def _confirm(self) -> None:
        if self.preview is not None:
            self.confirmed.emit((self.preview, self._overwritten()))
            self.accept()

    def _ask_save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save rejected rows"), tr("rejected.csv"), "CSV (*.csv);;XLSX (*.xlsx)")
        if chosen:
            self.save_rejected(Path(chosen))

    def save_rejected(self, path: Path) -> None:
        """Writes the rejected rows with their reasons."""
        held = self.preview
        if held is None:
            return
        head, rows = intake.rejected_rows(held)
        reasons = {str(row.row): words.reason(row, self._formats) for row in held.rows if row.errors}
        width = len(head)
        filled = [(*row, *("",) * (width - len(row)), reasons[row[0]]) for row in rows]
        done = Sentence.of("desktop.rejected_saved", count=len(filled), file=path.name)
        self._bridge.compute(
            lambda _job: self._writer.write(path, (*head, tr("reason")), filled),
            then=lambda _none: self._say(self._formats.say(done), "ok"),
            failed=lambda error: self._say(self._formats.say(error.sentence), "late") if isinstance(error, Refused | Outside) else self._bridge.tell(error),
        )

    def done(self, code: int) -> None:
        """Closes; what is still read is dropped."""
        if self._job is not None:
            self._job.cancel()
        super().done(code)
