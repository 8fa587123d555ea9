"""The one object that the map's page and the window share: JSON to the page, ids and places back, all checked."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.desktop.map.features import Carried, CarryPhase, ClosureDrawn, Hovered, Picked, PickMode
from app.domain.geo import Place
from app.services.drawing import place_of

_MOST_POINTS = 2_000
"""More corners than this are no drawing by hand."""
_WISHES = frozenset({"follow", "legend"})


class MapChannel(QObject):
    """Sends messages to the page and turns its calls into frozen values; calls that make no sense are dropped."""

    message = Signal(str)
    """To the page: JSON."""
    came = Signal()
    """The page has loaded and listens."""
    shown = Signal(int)
    """The message of that number is on the screen."""
    picked = Signal(Picked)
    hovered = Signal(Hovered)
    dropped = Signal(Place)
    asked = Signal(Place)
    moved = Signal(Place)
    aimed = Signal(Place)
    drawn = Signal(ClosureDrawn)
    carried = Signal(Carried)
    wished = Signal(str)
    """A button that the window answers."""
    left = Signal()
    """A mode has ended on the page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sent = 0
        """Number of the last message."""

    def send(self, acts: Sequence[Mapping[str, Any]]) -> int:
        """Sends acts as one message and gives its number. JSON is the only way data reach the page."""
        self.sent += 1
        self.message.emit(json.dumps({"seq": self.sent, "acts": acts}, separators=(",", ":")))
        return self.sent

    @Slot()
    def loaded(self) -> None:
        """From the page: it listens now."""
        self.came.emit()

    @Slot(int)
    def painted(self, number: int) -> None:
        """From the page: what the message of this number said is on the screen."""
        self.shown.emit(number)

    @Slot("QStringList", str, bool)
    def pick(self, ids: list[str], how: str, opened: bool) -> None:
        """From the page: things were clicked or ringed."""
        if how in set(PickMode):
            self.picked.emit(Picked(frozenset(ids), PickMode(how), bool(opened)))

    @Slot(str)
    def hover(self, id: str) -> None:
        """From the page: the pointer rests on a thing; empty: on none."""
        self.hovered.emit(Hovered(id or None))

    @Slot("QVariantList")
    def drop(self, flat: list[Any]) -> None:
        """From the page: a place was clicked in the mode of setting a pin."""
        points = _places(flat)
        if len(points) == 1:
            self.dropped.emit(points[0])

    @Slot("QVariantList")
    def move(self, flat: list[Any]) -> None:
        """From the page: the pin was dragged, or brought to where the map was clicked."""
        points = _places(flat)
        if len(points) == 1:
            self.moved.emit(points[0])

    @Slot("QVariantList")
    def ask(self, flat: list[Any]) -> None:
        """From the page: what can be done at this place? (the right button)"""
        points = _places(flat)
        if len(points) == 1:
            self.asked.emit(points[0])

    @Slot("QVariantList")
    def road(self, flat: list[Any]) -> None:
        """From the page: a road was clicked that is to be closed."""
        points = _places(flat)
        if len(points) == 1:
            self.aimed.emit(points[0])

    @Slot("QVariantList")
    def draw(self, flat: list[Any]) -> None:
        """From the page: a closure was drawn."""
        points = _places(flat)
        if len(points) >= 2:
            self.drawn.emit(ClosureDrawn(points))

    @Slot("QStringList", str, str, int, float, float, str)
    def carry(self, ids: list[str], kind: str, id: str, at: int, x: float, y: float, phase: str) -> None:
        """From the page: what lies under orders that are dragged there, or held over it by the window (no ids)."""
        if phase in set(CarryPhase) and math.isfinite(x) and math.isfinite(y):
            self.carried.emit(Carried(ids=tuple(ids), kind=kind, id=id, at=at, x=round(x), y=round(y), phase=CarryPhase(phase)))

    @Slot(str)
    def wish(self, what: str) -> None:
        """From the page: a button was pressed whose state the window keeps."""
        if what in _WISHES:
            self.wished.emit(what)

    @Slot()
    def leave(self) -> None:
        """From the page: Escape, or the mode is done."""
        self.left.emit()


def _places(flat: Sequence[Any]) -> tuple[Place, ...]:
    """Places of a flat list of positions; none where anything of it is no place."""
    if len(flat) % 2 or len(flat) > 2 * _MOST_POINTS or not all(isinstance(each, int | float) and math.isfinite(each) for each in flat):
        return ()
    try:
        return tuple(place_of(flat[at : at + 2]) for at in range(0, len(flat), 2))
    except ValueError:
        return ()
