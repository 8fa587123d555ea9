"""What a click, a key or a rubber band makes of a selection of stops."""

from dataclasses import dataclass

from app.desktop.timeline.content import Content, Spot
from app.domain.ids import OrderId

_NOTHING: frozenset[OrderId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What is selected now: `orders`, of which `current` is the one that details show; `route` the row to put in view."""

    orders: frozenset[OrderId]
    current: Spot | None = None


def clicked(content: Content, held: frozenset[OrderId], anchor: Spot | None, spot: Spot, *, toggle: bool, extend: bool) -> Picked:
    """A click on a stop: alone; with Ctrl in or out; with Shift all from the anchor on, within a row or over all stops between two rows."""
    if extend and anchor is not None:
        kept = held if toggle else _NOTHING
        return Picked(orders=kept | content.orders(_between(content, anchor, spot)), current=spot)
    own = content.orders([spot])
    if not toggle:
        return Picked(orders=own, current=spot)
    inside = own <= held
    return Picked(orders=held - own if inside else held | own, current=None if inside else spot)


def _between(content: Content, anchor: Spot, spot: Spot) -> list[Spot]:
    """All stops from one to the other, in reading order of the rows."""
    first, last = sorted([anchor, spot], key=lambda each: (each.row, each.at))
    found = []
    for row in range(first.row, last.row + 1):
        begin = first.at if row == first.row else 0
        end = last.at if row == last.row else len(content.rows[row].stops) - 1
        found += [Spot(row, at) for at in range(begin, end + 1)]
    return found


def walked(content: Content, spot: Spot | None, row: int | None, *, across: int = 0, down: int = 0, edge: int = 0) -> Spot | None:
    """The stop that a key leads to. `across`: earlier or later in the row; `down`: the next row with stops, nearest in time; `edge`: first or last."""
    if spot is None:
        return _first_from(content, row or 0)
    count = len(content.rows[spot.row].stops)
    if edge:
        return Spot(spot.row, 0 if edge < 0 else count - 1)
    if across:
        return Spot(spot.row, min(max(0, spot.at + across), count - 1))
    reading, at = content.middle(spot), spot.row + down
    while 0 <= at < len(content.rows):
        found = content.nearest(at, reading)
        if found is not None:
            return found
        at += 1 if down > 0 else -1
    return spot


def _first_from(content: Content, row: int) -> Spot | None:
    """The first stop of a row, or of the next that has any."""
    order = [*range(row, len(content.rows)), *range(row)]
    return next((Spot(each, 0) for each in order if content.rows[each].stops), None)
