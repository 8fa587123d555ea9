"""The layouts of the window: which parts each shows, and how wide they are when nobody has moved them."""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """The four arrangements of the same parts."""

    PLAN = "plan"
    LIVE = "live"
    BOARD = "board"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What a layout shows. `docks`: those that are open; widths and heights are shares of the window, in device-independent pixels at 1440 × 900."""

    docks: frozenset[str]
    map: bool = True
    bottom: bool = True
    """Orders, stops: under the map, in the place of the timeline."""
    aside: str = ""
    """What stands left of the map, or in its stead: `board`, `inbox`, or nothing."""
    aside_width: int = 0
    map_height: int = 470
    bottom_height: int = 320


ARRANGEMENTS = {
    Layout.PLAN: Arrangement(docks=frozenset({"routes", "pool", "details"})),
    Layout.LIVE: Arrangement(docks=frozenset({"routes", "details"}), map_height=500, bottom_height=290),
    Layout.BOARD: Arrangement(docks=frozenset({"details"}), map=False, bottom=False, aside="board"),
    Layout.INBOX: Arrangement(docks=frozenset({"details"}), bottom=False, aside="inbox", aside_width=460),
}
WIDE = 1366
"""From this width on the details are a dock; below it they lie over the map, so that the table keeps its columns."""
