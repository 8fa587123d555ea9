"""The places that an address may mean, as a short list in the details."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.desktop.words import tr
from app.domain.address import Candidate


class CandidateList(QListWidget):
    """Enter takes the place that is marked, a digit the one of that number."""

    taken = Signal(object)
    """Candidate"""

    def __init__(self, candidates: tuple[Candidate, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Places that fit"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, each in enumerate(candidates, start=1):
            item = QListWidgetItem(f"{number}  {each.label}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.addItem(item)
        self.setFixedHeight(min(6, len(candidates)) * 28 + 4)
        self.itemActivated.connect(lambda item: self.taken.emit(item.data(Qt.ItemDataRole.UserRole)))
        if candidates:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and 1 <= int(event.text()) <= self.count():
            self.taken.emit(self.item(int(event.text()) - 1).data(Qt.ItemDataRole.UserRole))
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self.taken.emit(self.currentItem().data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)
