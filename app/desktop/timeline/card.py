"""What the timeline says of a stop: the card under the pointer, and the words for screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.desktop import names
from app.desktop.board.cards import short_address
from app.desktop.format import Formats
from app.desktop.timeline.before import Before
from app.desktop.timeline.content import Content, Spot
from app.desktop.widgets.parts import label, repolish
from app.desktop.words import tr
from app.services.queries import StopRow

_LINES = 8
_GAP = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card; the tone is that of labels."""

    text: str
    tone: str = "muted"


def lines_of(content: Content, spot: Spot, formats: Formats) -> list[Line]:
    """Everything that is known of a stop in few lines, the first its heading."""
    stop = content.stop(spot)
    first = f"{tr('Stop {number}').format(number=stop.position)} · {stop.customer or stop.number}"
    where = [stop.number if stop.customer else "", short_address(stop.address)]
    found = [
        Line(first, "heading"),
        Line(" · ".join(each for each in where if each)),
        Line(f"{tr('Window')} {formats.windows(stop.windows) or tr('any time')}"),
        Line(_times(stop, formats), ""),
    ]
    told = names.punctuality(None, stop.late, stop.slack, formats)
    if told:
        found.append(Line(told, "late" if stop.late else "muted"))
    found += [Line(f"◆ {names.violation(each, formats)}", "risk") for each in stop.violations if each.kind.value != "late"][:2]
    if stop.roads:
        found.append(Line(names.road_marks(stop.roads, formats), "risk"))
    return [*found, *_before(content, stop, formats)][:_LINES]


def words_of(content: Content, spot: Spot, formats: Formats) -> str:
    """The same for screen readers, with the route before it."""
    route = content.rows[spot.row].route
    return ", ".join([f"{route.number} {route.driver or route.vehicle}", *(line.text for line in lines_of(content, spot, formats))])


def _times(stop: StopRow, formats: Formats) -> str:
    if stop.arrival is None or stop.departure is None:
        return "–"
    wait = f" · {tr('Wait')} {formats.minutes(stop.wait)}" if stop.wait >= 60_000 else ""
    return f"{tr('Arrival')} {formats.clock(stop.arrival)}{wait} · {tr('Leaves')} {formats.clock(stop.departure)}"


def _before(content: Content, stop: StopRow, formats: Formats) -> Sequence[Line]:
    """Where the stop stood before, where it differs."""
    before: Before = content.before
    mark = before.marks.get(stop.orders[0]) if stop.orders else None
    if mark is None or (mark.route == stop.route and stop.arrival is not None and formats.clock(mark.begin) == formats.clock(stop.arrival)):
        return []
    row = content.row_of(mark.route)
    other = content.rows[row].route.vehicle if row is not None and mark.route != stop.route else ""
    text = tr("Committed: {time}") if before.committed else tr("In the plan: {time}")
    return [Line(text.format(time=" · ".join(each for each in (formats.clock(mark.begin), other) if each)))]


class HoverCard(QFrame):
    """Stands beside the pointer, never takes it or the focus."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._labels: list[QLabel] = [label() for _ in range(_LINES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for each in self._labels:
            column.addWidget(each)
        self.hide()

    @property
    def said(self) -> str:
        """What it shows now, line by line; empty while it is hidden."""
        return "\n".join(each.text() for each in self._labels if not each.isHidden()) if self.isVisible() else ""

    def tell(self, lines: Sequence[Line], beside: QPoint) -> None:
        """Shows these lines beside a global point, within its window."""
        for at, each in enumerate(self._labels):
            line = lines[at] if at < len(lines) else Line("")
            each.setVisible(bool(line.text))
            each.setText(line.text)
            each.setProperty("heading", line.tone == "heading")
            each.setProperty("muted", line.tone == "muted")
            each.setProperty("tone", line.tone if line.tone in {"late", "risk"} else "")
            repolish(each)
        self.adjustSize()
        self._place(self._over.mapFromGlobal(beside))
        self.show()
        self.raise_()

    def _place(self, at: QPoint) -> None:
        """Below and after the pointer; above it, or before it, where there is no room."""
        over = self._over
        x, y = at.x() + _GAP, at.y() + _GAP
        if x + self.width() > over.width() - 4:
            x = at.x() - _GAP - self.width()
        if y + self.height() > over.height() - 4:
            y = at.y() - _GAP - self.height()
        self.move(max(4, x), max(4, y))
