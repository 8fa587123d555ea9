"""A paper before it is printed: its pages one under the other, as wide as there is room."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget


class PaperPreview(QPdfView):
    """Shows a PDF that lies in memory. Page Up and Page Down turn pages."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._document = QPdfDocument(self)
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self.setDocument(self._document)

    def show_pdf(self, pdf: bytes, *, whole: bool = False) -> None:
        """Shows this paper from its first page, each as wide as there is room, or `whole`; empty bytes: nothing."""
        self._document.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.setZoomMode(QPdfView.ZoomMode.FitInView if whole else QPdfView.ZoomMode.FitToWidth)
        if pdf:
            self._document.load(self._buffer)
            self.pageNavigator().jump(0, QPointF(0, 0), 0)
        self.verticalScrollBar().setValue(0)

    def release(self) -> None:
        """Lets go of the paper before the window goes: pages are drawn in a thread, which must not meet half of what it draws."""
        self._document.close()
        self._buffer.close()

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return self._document.pageCount()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        page = max(0, min(self.pages - 1, self.pageNavigator().currentPage() + step))
        self.pageNavigator().jump(page, QPointF(0, 0), 0)
