"""Puts the pages of a PDF on a printer. Painting on a printer is allowed in any thread, and takes long: it is done in the pool."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from app.domain.errors import Unavailable
from app.services.papers.values import PaperSize

_SHARPEST = 300
"""Dots an inch that pages are drawn with; finer is slower and no paper is read with a lens."""
_SHEETS = {
    PaperSize.A4: QSizeF(210, 297),
    PaperSize.LETTER: QSizeF(215.9, 279.4),
    PaperSize.A6: QSizeF(105, 148),
    PaperSize.FOUR_BY_SIX: QSizeF(101.6, 152.4),
}


def printer_for(size: PaperSize, title: str) -> QPrinter:
    """A printer set to the paper's size, without margins of its own: the pages have theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(_SHEETS[size], QPageSize.Unit.Millimeter))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    return printer


def print_pages(pdf: bytes, printer: QPrinter, report: Callable[[float, str], None]) -> int:
    """Prints the pages that the printer was asked for; how many. Raises Unavailable where the printer does not take them."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        return _painted(document, printer, report)
    finally:
        document.close()
        buffer.close()


def _painted(document: QPdfDocument, printer: QPrinter, report: Callable[[float, str], None]) -> int:
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    pages = range(max(1, first), min(last, document.pageCount()) + 1)
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("desktop.papers_no_printer", printer=printer.printerName() or printer.outputFileName())
    try:
        for turn, page in enumerate(pages):
            report(turn / len(pages), "")
            if turn:
                printer.newPage()
            _paint(document, page - 1, painter, printer)
    finally:
        painter.end()
    return len(pages)


def _paint(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    inches = document.pagePointSize(page) / 72
    dots = min(_SHARPEST, printer.resolution())
    image = document.render(page, QSize(round(inches.width() * dots), round(inches.height() * dots)))
    painter.drawImage(QRect(0, 0, round(inches.width() * printer.resolution()), round(inches.height() * printer.resolution())), image)
