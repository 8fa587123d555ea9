"""File ▸ Areas: the areas that are ready, and building one from an OpenStreetMap extract with progress and cancel."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge, Busy
from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.desktop.work import Job
from app.domain.errors import Cancelled, Outside, Refused
from app.domain.sentences import Sentence
from app.services.ports.travel import AreaInfo, Areas


class AreasDialog(QDialog):
    """`built` carries the AreaInfo of a finished build. A build goes on when the dialog is closed; the status bar shows it."""

    built = Signal(object)

    def __init__(self, areas: Areas, bridge: Bridge, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas = areas
        self._bridge = bridge
        self._formats = Formats(language)
        self._job: Job | None = None
        self._gone = False
        self.setWindowTitle(tr("Areas"))
        self.resize(640, 380)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(tr("Areas"))
        self.table.setHorizontalHeaderLabels([tr("Area"), tr("Road nodes"), tr("Addresses"), tr("Made from")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 160)
        self._words = label(muted=True, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of building"))
        self.add = button(tr("Build from a file…"), self._choose, primary=True)
        self.cancel = button(tr("Cancel"), self._cancel)
        self._lay_out()
        self._idle("")
        bridge.busy.connect(self._busy)
        self.finished.connect(lambda _code: setattr(self, "_gone", True))
        self._fill()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(
            label(tr("An area is made of an OpenStreetMap extract (.osm.pbf): roads, addresses and the map, for use without a network."), muted=True, wrap=True)
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(button(tr("Close"), self.accept))
        layout.addLayout(buttons)

    def build(self, extract: Path) -> None:
        """Begins to build an area of a file."""
        title = self._formats.say(Sentence.of("desktop.building_area", area=extract.name))
        self._title = title
        work: Callable[[Callable[[float, str], None]], AreaInfo] = lambda report: self._areas.build(str(extract), report=report)  # noqa: E731
        self.add.setEnabled(False)
        self.cancel.show()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._words.setProperty("tone", "")
        self._words.setText(title)
        self._job = self._bridge.run(title, work, then=self._ready, failed=self._broke, steps=lambda key: self._formats.say(Sentence.of(key)) if key else "")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Build an area"), "", tr("OpenStreetMap extracts") + " (*.osm.pbf);;" + tr("All files") + " (*)")
        if chosen:
            self.build(Path(chosen))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _busy(self, job: Busy) -> None:
        if self._gone or self._job is None or job.ended or job.title != self._title:
            return
        self._bar.setRange(0, 0 if job.share is None else 100)
        self._bar.setValue(round((job.share or 0) * 100))
        self._words.setText(f"{job.title} · {job.step}" if job.step else job.title)

    def _ready(self, info: AreaInfo) -> None:
        self.built.emit(info) if not self._gone else None
        self._idle(self._formats.say(Sentence.of("desktop.area_ready", area=info.title or info.name)))
        self._fill()

    def _broke(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._idle(tr("Stopped. Nothing was kept."))
        elif isinstance(error, Refused | Outside):
            self._idle(self._formats.say(error.sentence))
        else:
            self._idle("")
            self._bridge.tell(error)

    def _idle(self, said: str) -> None:
        if self._gone:
            return
        self._job = None
        self._words.setText(said)
        self._bar.hide()
        self.cancel.hide()
        self.add.setEnabled(True)

    def _fill(self) -> None:
        if self._gone:
            return
        known = self._areas.known()
        self.table.setRowCount(len(known))
        for at, each in enumerate(known):
            texts = (each.title or each.name, self._formats.number(each.nodes), self._formats.number(each.addresses), Path(each.source).name)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column in {1, 2}:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(at, column, item)
