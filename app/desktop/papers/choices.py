"""The left side of the hand-over: which paper, in which language, on which sheet, of which routes."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from app.desktop.papers.wishes import OWN, Wish
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.domain.ids import RouteId
from app.services.papers.values import LABEL_SIZES, LIST_SIZES, SMALL, PaperKind, PaperSize
from app.services.queries import RouteRow

_ID = Qt.ItemDataRole.UserRole


def kind_names() -> dict[PaperKind, str]:
    """What the papers are called."""
    return {
        PaperKind.MANIFEST: tr("Manifests for drivers"),
        PaperKind.LOAD: tr("Load sheets, last stop first"),
        PaperKind.STAGING: tr("Staging list of the depot"),
        PaperKind.LABELS: tr("Labels for parcels"),
        PaperKind.CARDS: tr("Cards: sorry, we missed you"),
    }


def size_names() -> dict[PaperSize, str]:
    """What the sheets are called."""
    return {
        PaperSize.A4: "A4",
        PaperSize.LETTER: tr("Letter (8.5 × 11 in)"),
        PaperSize.A6: "A6 (105 × 148 mm)",
        PaperSize.FOUR_BY_SIX: tr("4 × 6 in"),
    }


class Choices(QWidget):
    """Emits `changed` with a Wish whenever something else is wanted."""

    changed = Signal(object)

    def __init__(self, routes: Iterable[RouteRow], language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = {row.id: row for row in routes if row.stops}
        self.kinds = QButtonGroup(self)
        self.kind_buttons: dict[PaperKind, QRadioButton] = {}
        self.language = QComboBox()
        self.sheet = QComboBox()
        self.only_changed = QCheckBox(tr("Only what has changed since the last print"))
        self.routes = QListWidget()
        self._fill(language)
        self._lay_out()
        self._listen()

    def wish(self) -> Wish:
        """What is chosen now."""
        return Wish(
            kind=self._kind(),
            size=PaperSize(self.sheet.currentData()),
            language=str(self.language.currentData()),
            routes=frozenset(self.chosen()),
            changed=self.only_changed.isChecked() and self._kind() is PaperKind.MANIFEST,
        )

    def chosen(self) -> tuple[RouteId, ...]:
        """The routes that are ticked, by number."""
        items = (self.routes.item(row) for row in range(self.routes.count()))
        return tuple(RouteId(item.data(_ID)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def choose_only(self, wanted: Iterable[RouteId]) -> None:
        """Ticks these routes and no others."""
        kept = set(wanted)
        with QSignalBlocker(self.routes):
            for row in range(self.routes.count()):
                item = self.routes.item(row)
                item.setCheckState(Qt.CheckState.Checked if item.data(_ID) in kept else Qt.CheckState.Unchecked)
        self._tell()

    def show_notes(self, notes: Mapping[RouteId, str]) -> None:
        """Says beside each route what became of its last print."""
        with QSignalBlocker(self.routes):
            for row in range(self.routes.count()):
                item = self.routes.item(row)
                route = RouteId(item.data(_ID))
                item.setText(self._route_text(self._rows[route], notes.get(route, "")))
                item.setToolTip(item.text())

    def _route_text(self, row: RouteRow, note: str) -> str:
        name = " · ".join(part for part in (row.driver, row.vehicle) if part)
        return "   ".join(part for part in (f"{row.number}  {name}", note) if part)

    def _kind(self) -> PaperKind:
        return next(kind for kind, made in self.kind_buttons.items() if made.isChecked())

    def _fill(self, language: str) -> None:
        for kind, name in kind_names().items():
            made = self.kind_buttons[kind] = QRadioButton(name)
            self.kinds.addButton(made)
        self.kind_buttons[PaperKind.MANIFEST].setChecked(True)
        for text, value in (("English", "en"), ("繁體中文", "zh_TW"), (tr("Each driver's own"), OWN)):
            self.language.addItem(text, value)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        self.language.setAccessibleName(tr("Language of the papers"))
        self.sheet.setAccessibleName(tr("Size of the paper"))
        self.routes.setAccessibleName(tr("Routes on the paper"))
        self._fill_sizes()
        for row in self._rows.values():
            item = QListWidgetItem(self._route_text(row, ""))
            item.setData(_ID, row.id)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked)
            self.routes.addItem(item)
        self.routes.setCurrentRow(0)

    def _fill_sizes(self) -> None:
        """Lists are printed on large sheets, labels and cards on small ones."""
        sizes = LABEL_SIZES if self._kind() in SMALL else LIST_SIZES
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for size in sizes:
                self.sheet.addItem(size_names()[size], size.value)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Paper"), heading=True))
        for each in self.kind_buttons.values():
            layout.addWidget(each)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (name, box) in enumerate(((tr("Language"), self.language), (tr("Paper size"), self.sheet))):
            grid.addWidget(label(name, muted=True), row, 0)
            grid.addWidget(box, row, 1)
        grid.setColumnStretch(1, 1)
        layout.addSpacing(4)
        layout.addLayout(grid)
        layout.addWidget(self.only_changed)
        layout.addSpacing(4)
        layout.addLayout(self._routes_head())
        layout.addWidget(self.routes, 1)

    def _routes_head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(label(tr("Routes"), heading=True), 1)
        line.addWidget(button(tr("All"), lambda: self.choose_only(self._rows), link=True, name=tr("Tick all routes")))
        line.addWidget(button(tr("None"), lambda: self.choose_only(()), link=True, name=tr("Tick no route")))
        return line

    def _listen(self) -> None:
        self.kinds.buttonToggled.connect(lambda _button, on: self._kind_changed() if on else None)
        self.language.currentIndexChanged.connect(self._tell)
        self.sheet.currentIndexChanged.connect(self._tell)
        self.only_changed.toggled.connect(self._tell)
        self.routes.itemChanged.connect(self._tell)

    def _kind_changed(self) -> None:
        self._fill_sizes()
        self.only_changed.setEnabled(self._kind() is PaperKind.MANIFEST)
        self._tell()

    def _tell(self, _value: object = None) -> None:
        self.changed.emit(self.wish())
