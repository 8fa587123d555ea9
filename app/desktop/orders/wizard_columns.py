"""Step 2 of the import: what each column of the file means, with samples beside it; what is needed and what stands in for columns that are missing."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.desktop.orders import preview as words
from app.desktop.theme import ROW_HEIGHT
from app.desktop.widgets.parts import button, label, repolish
from app.desktop.words import later, tr
from app.services.intake_dates import DateOrder
from app.services.intake_mapping import Mapping
from app.services.intake_memory import with_fields, with_header, without_header
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.ports.files import Table

_SAMPLES = 3
_SIDE = 320
_ORDERS = ((None, later("as the column tells")), (DateOrder.DMY, later("day – month – year")), (DateOrder.MDY, later("month – day – year")))
_STAND_INS = (
    ((Field.NUMBER,), later("Order number"), later("made from what the row says")),
    ((Field.DAY,), later("Day"), later("the day below")),
    ((Field.WINDOW, Field.WINDOW_FROM), later("Time window"), later("any time of the day")),
    ((Field.WEIGHT,), later("Weight"), later("none")),
    ((Field.SERVICE,), later("Service time"), later("the usual one")),
)


class ColumnsPage(QWidget):
    """`mapped` carries a Mapping (None: guess anew), `dated` (day, order of dates or None)."""

    mapped = Signal(object)
    dated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping: Mapping | None = None
        self._rows: Table | None = None
        self._fields = QStandardItemModel(self)
        self._fill_fields()
        self._make_table()
        self.place, self.rest = label(wrap=True), label(muted=True, wrap=True)
        self.remembered = label(tr("✓ As you set these columns last time."), tone="ok", wrap=True)
        self.anew = button(tr("Guess anew"), lambda: self.mapped.emit(None), link=True)
        self.header = QCheckBox()
        self.header.clicked.connect(self._head)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(tr("Day of orders that name none"))
        self.day.dateChanged.connect(lambda _day: self._dated())
        self.order = QComboBox()
        self.order.setAccessibleName(tr("How dates are written"))
        for value, text in _ORDERS:
            self.order.addItem(tr(text), value.value if value is not None else None)
        self.order.activated.connect(lambda _at: self._dated())
        self._lay_out()

    def show_mapping(self, mapping: Mapping, table: Table, defaults: Defaults, *, remembered: bool) -> None:
        """Shows how the columns are taken."""
        self._mapping, self._rows = mapping, table
        self.header.setChecked(mapping.header_row > 0)
        self.header.setText(tr("Row {row} names the columns").format(row=mapping.header_row or (table.lines[0].row if table.lines else 1)))
        self._show_side(mapping, defaults, remembered=remembered)
        lines = [line for line in table.lines[: _SAMPLES + 20] if line.row > mapping.header_row][:_SAMPLES]
        width = max([mapping.width, len(mapping.headers), *(len(line.cells) for line in lines)])
        fields = {each.column: each.field for each in mapping.columns}
        self.table.setRowCount(width)
        for column in range(width):
            samples = " · ".join(line.cells[column] for line in lines if column < len(line.cells) and line.cells[column])
            self._show_column(column, mapping.name_of(column), samples, fields.get(column))

    def _show_column(self, column: int, name: str, samples: str, field: Field | None) -> None:
        for at, text in enumerate((name, samples)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(column, at, item)
        box = self.table.cellWidget(column, 2)
        if not isinstance(box, QComboBox):
            box = self._field_box(column)
        box.setAccessibleName(tr("Meaning of the column {name}").format(name=name))
        box.setCurrentIndex(box.findData(field.value) if field is not None else 0)

    def _field_box(self, column: int) -> QComboBox:
        box = QComboBox()
        box.setModel(self._fields)  # one list for all: a file may have hundreds of columns
        box.activated.connect(lambda _at: self._map(column, Field(box.currentData()) if box.currentData() else None))
        self.table.setCellWidget(column, 2, box)
        return box

    def _map(self, column: int, field: Field | None) -> None:
        if self._mapping is None:
            return
        fields = {each.column: each.field for each in self._mapping.columns if each.column != column}
        if field is not None:
            fields[column] = field
        self.mapped.emit(with_fields(self._mapping, fields))

    def _head(self, on: bool) -> None:
        """Every row is an order, or the first one names the columns."""
        if self._mapping is not None and self._rows is not None:
            self.mapped.emit(with_header(self._mapping, self._rows) if on else without_header(self._mapping))

    def _dated(self) -> None:
        day = self.day.date()
        self.dated.emit((date(day.year(), day.month(), day.day()), DateOrder(chosen) if (chosen := self.order.currentData()) else None))

    def _show_side(self, mapping: Mapping, defaults: Defaults, *, remembered: bool) -> None:
        named = [words.FIELDS[field] for field in _PLACE_FIELDS if mapping.has(field)]
        self.place.setText("✓ " + " · ".join(tr(each) for each in named) if mapping.places else tr("✕ Missing: say which column has the address."))
        self.place.setProperty("tone", "ok" if mapping.places else "late")
        repolish(self.place)
        missing = [(tr(name), tr(instead)) for fields, name, instead in _STAND_INS if not any(mapping.has(field) for field in fields)]
        self.rest.setText("\n".join(f"{name}: {instead}" for name, instead in missing))
        self._rest_head.setVisible(bool(missing))
        self.rest.setVisible(bool(missing))
        dated = any(mapping.has(field) for field in (Field.DAY, Field.WINDOW, Field.WINDOW_FROM))
        self._form.setRowVisible(self.order, dated)
        self.remembered.setVisible(remembered)
        self.anew.setVisible(remembered)
        for box in (self.day, self.order):
            box.blockSignals(True)
        self.day.setDate(QDate(defaults.day.year, defaults.day.month, defaults.day.day))
        self.order.setCurrentIndex(max(0, self.order.findData(defaults.date_order.value) if defaults.date_order else 0))
        for box in (self.day, self.order):
            box.blockSignals(False)

    def _fill_fields(self) -> None:
        for value, text in [(None, tr("– not used –")), *((field, tr(text)) for field, text in words.FIELDS.items())]:
            item = QStandardItem(text)
            item.setData(value.value if value is not None else None, Qt.ItemDataRole.UserRole)
            self._fields.appendRow(item)

    def _make_table(self) -> None:
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(tr("Columns of the file"))
        self.table.setHorizontalHeaderLabels([tr("Column"), tr("Samples"), tr("Means")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + 6)
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 190)
        self.table.setColumnWidth(2, 200)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.table, 1)
        side = QFrame()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._rest_head = label(tr("Not in the file"), heading=True)
        for each in (self.remembered, self.anew):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft if each is self.anew else Qt.AlignmentFlag(0))
        column.addWidget(label(tr("Where to go"), heading=True))
        column.addWidget(self.place)
        column.addSpacing(8)
        column.addWidget(self._rest_head)
        column.addWidget(self.rest)
        column.addSpacing(8)
        column.addLayout(self._make_form())
        column.addSpacing(8)
        column.addWidget(self.header)
        column.addStretch(1)
        layout.addWidget(side)

    def _make_form(self) -> QFormLayout:
        form = self._form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(label(tr("Day"), muted=True), self.day)
        form.addRow(label(tr("Dates"), muted=True), self.order)
        return form


_PLACE_FIELDS = (Field.ADDRESS, Field.STREET, Field.LATLON, Field.LAT, Field.LON)
