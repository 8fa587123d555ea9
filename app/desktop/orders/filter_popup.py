"""The small window of the filter: standings, windows and routes of the day, each with the number of orders that it would show."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.desktop.orders.filters import KINDS, Chips, Offer
from app.desktop.widgets.parts import label
from app.desktop.words import later, tr

TITLES = {"standing": later("Plan"), "window": later("Window"), "route": later("Route")}
_TALLEST = 340


class FilterPopup(QFrame):
    """`turned` carries kind and value of a box that was ticked or cleared. Arrows and Tab go through the boxes, Escape closes."""

    turned = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAccessibleName(tr("Filter by plan, window or route"))
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self._counts: dict[tuple[str, str], QLabel] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 10, 12, 10)
        self._row.setSpacing(20)

    def show_offers(self, offers: Mapping[str, Sequence[Offer]], chips: Chips) -> None:
        """Writes the boxes anew; the focus stays on its value."""
        if set(self.boxes) == {(each.kind, each.value) for kind in KINDS for each in offers[kind]}:
            for kind in KINDS:
                for each in offers[kind]:
                    self._update(each, chips)
            return
        while (item := self._row.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        self.boxes, self._counts = {}, {}
        for kind in KINDS:
            self._row.addWidget(self._column(kind, offers[kind], chips), 1)

    def open_at(self, spot: QPoint) -> None:
        """Shows the boxes with their upper right corner there, within the screen."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        left = max(area.left(), min(spot.x() - self.width(), area.right() - self.width()))
        top = spot.y() if spot.y() + self.height() <= area.bottom() else max(area.top(), spot.y() - self.height() - 36)
        self.move(left, top)
        self.show()
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _column(self, kind: str, offers: Sequence[Offer], chips: Chips) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for at, each in enumerate(offers):
            box = QCheckBox()
            box.clicked.connect(lambda _on=False, value=each.value: self.turned.emit(kind, value))
            self.boxes[kind, each.value] = box
            count = self._counts[kind, each.value] = label(muted=True)
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(box, at, 0)
            grid.addWidget(count, at, 1)
            self._update(each, chips)
        grid.setRowStretch(len(offers), 1)
        return _titled(tr(TITLES[kind]), inside)

    def _update(self, offer: Offer, chips: Chips) -> None:
        box = self.boxes[offer.kind, offer.value]
        box.setText(offer.words.replace("&", "&&"))
        box.setAccessibleName(f"{offer.words}, {offer.count}")
        box.setChecked(offer.value in chips.of(offer.kind))
        self._counts[offer.kind, offer.value].setText(str(offer.count))


def _titled(title: str, inside: QWidget) -> QWidget:
    """A column with its heading that scrolls where it is tall."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    size = inside.sizeHint()
    area.setMinimumSize(size.width() + (14 if size.height() > _TALLEST else 2), min(size.height(), _TALLEST))
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(label(title, heading=True))
    column.addWidget(area, 1)
    return whole
