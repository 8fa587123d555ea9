"""A second window for another screen: the board, or the orders, of the same day with the same selection."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from app.desktop.frame.memory import LayoutMemory, within
from app.desktop.words import tr

_NAME = "second"


class SecondWindow(QMainWindow):
    """Panels as tabs. `closed` is emitted when it goes."""

    closed = Signal()

    def __init__(self, panels: tuple[tuple[str, QWidget], ...], memory: LayoutMemory, beside: QWidget) -> None:
        super().__init__()
        self._memory = memory
        self.setWindowTitle(tr("Doorstep · second window"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for title, panel in panels:
            self.tabs.addTab(panel, title)
        self.setCentralWidget(self.tabs)
        self.resize(1280, 800)
        self._place(beside)

    def _place(self, beside: QWidget) -> None:
        """Where it was; else on a screen on which the first window is not, where there is one."""
        screens = QGuiApplication.screens()
        kept = self._memory.bytes_of(_NAME, "geometry")
        if kept is None or not self.restoreGeometry(kept):
            other = next((each for each in screens if each is not beside.screen()), None)
            if other is not None:
                self.setGeometry(other.availableGeometry().adjusted(40, 60, -40, -40))
        self.setGeometry(within(self.geometry(), [each.availableGeometry() for each in screens]))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.keep(_NAME, geometry=self.saveGeometry())
        self.closed.emit()
        super().closeEvent(event)
