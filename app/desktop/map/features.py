"""What the map can show and what it answers: frozen values, one payload a signal.

The shown things (and their GeoJSON) are shared with the exported map and live in `app.services.drawing`.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.geo import Place
from app.services.drawing import MapClosure, MapDay, MapDepot, MapGhost, MapLeg, MapPool, MapRoute, MapStop, StopMark

__all__ = [
    "Carried",
    "CarryPhase",
    "ClosureDrawn",
    "Hovered",
    "MapChoice",
    "MapClosure",
    "MapDay",
    "MapDepot",
    "MapGhost",
    "MapLeg",
    "MapPool",
    "MapRoute",
    "MapStop",
    "PickMode",
    "Picked",
    "PinDropped",
    "StopMark",
]


class PickMode(StrEnum):
    """What a click or a lasso does to the selection."""

    REPLACE = "replace"
    ADD = "add"
    """Shift was held."""
    TOGGLE = "toggle"
    """Ctrl (Command on macOS) was held."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Things were picked: ids of stops and of pool orders, or one route, depot, or closure. No ids: the empty map was clicked."""

    ids: frozenset[str]
    mode: PickMode = PickMode.REPLACE
    opened: bool = False
    """A double click: open the details."""


class CarryPhase(StrEnum):
    """Where a drag over the map stands."""

    OVER = "over"
    DROP = "drop"
    END = "end"
    """It was given up, or has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Orders are held over the map. `ids` are those that were grabbed on it; none: the window holds them."""

    ids: tuple[str, ...]
    kind: str
    """What lies under the pointer: `stop`, `line` or `depot`; empty: nothing near enough."""
    id: str
    """The first order of the stop, or the route of the line."""
    at: int
    """Which leg of the line, from 0."""
    x: int
    y: int
    """The pointer, in pixels of the map."""
    phase: CarryPhase


@dataclass(frozen=True, slots=True)
class PinDropped:
    """The place of an order was set by hand."""

    order: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChoice:
    """The places that an address may mean, numbered from 1 on, and the pin that a person may drag.

    `look`: `all` brings everything of it into view, `one` the pin or the current place, `keep` the same where it is not seen yet.
    `inset`: so many pixels of the map's right are covered.
    """

    places: tuple[Place, ...] = ()
    current: int = -1
    pin: Place | None = None
    aiming: bool = False
    """A click on the map brings the pin there."""
    look: str = ""
    inset: int = 0


@dataclass(frozen=True, slots=True)
class ClosureDrawn:
    """A line, or a ring (first and last point equal), was drawn over roads."""

    points: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Hovered:
    """The pointer rests on a thing, or on none."""

    id: str | None
