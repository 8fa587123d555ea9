"""The map as a widget: it is told what to show and says what was picked; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desktop.map.features import ClosureDrawn, Hovered, MapDay, MapGhost, Picked, PinDropped

if TYPE_CHECKING:
    from app.domain.geo import Box, Place
    from app.services.ports.travel import Tiles

__all__ = ["ClosureDrawn", "Hovered", "MapDay", "MapGhost", "MapView", "Picked", "PinDropped"]


class MapView(QWidget):
    """The map of a day. Call `app.desktop.map.scheme.register_scheme()` before the QApplication is made."""

    picked = Signal(Picked)
    pinned = Signal(PinDropped)
    closed = Signal(ClosureDrawn)
    hovered = Signal(Hovered)
    ready = Signal()
    """The page stands and shows what it was told."""

    def show_day(self, day: MapDay) -> None:
        """Shows a day; only what differs from the one before is sent."""
        raise NotImplementedError

    def select(self, ids: frozenset[str]) -> None:
        """Marks the selection: ids of stops, pool orders, and routes (a route is drawn in full colour with numbered stops)."""
        raise NotImplementedError

    def hover(self, id: str | None) -> None:
        """Marks the thing that the pointer rests on in another view."""
        raise NotImplementedError

    def show_ghost(self, ghosts: Sequence[MapGhost]) -> None:
        """Shows how routes ran before the proposal on the table: grey and dashed, under the day."""
        raise NotImplementedError

    def clear_ghost(self) -> None:
        """Takes the ghosts away."""
        raise NotImplementedError

    def set_theme(self, theme: str) -> None:
        """`light` or `dark`."""
        raise NotImplementedError

    def set_language(self, language: str) -> None:
        """`en` or `zh_TW`."""
        raise NotImplementedError

    def set_tiles(self, tiles: Tiles | None, bounds: Box | None) -> None:
        """The base map and where it lies; None: a plain ground with a band that says so."""
        raise NotImplementedError

    def fit(self) -> None:
        """Shows the whole day, or the whole area of an empty one."""
        raise NotImplementedError

    def fly_to(self, place: Place) -> None:
        """Brings a place to the middle, near enough to tell houses apart."""
        raise NotImplementedError

    def start_pin(self, order: str) -> None:
        """The next click sets the place of this order (`pinned`); Escape ends it."""
        raise NotImplementedError

    def start_closure(self) -> None:
        """Clicks draw a line or, closed on its first point, a ring; a double click or Enter ends it (`closed`); Escape leaves."""
        raise NotImplementedError

    def start_lasso(self) -> None:
        """A ring is drawn with the pointer; what lies inside is picked. Shift and drag does the same without this call."""
        raise NotImplementedError

    def cancel_mode(self) -> None:
        """Ends setting a pin, drawing a closure, or a lasso."""
        raise NotImplementedError
