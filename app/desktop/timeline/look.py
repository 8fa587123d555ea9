"""How the timeline looks now: the colours, what is chosen, what lies under the pointer; and the sizes of a row."""

from dataclasses import dataclass

from app.desktop.format import Formats
from app.desktop.theme import LIGHT, Tokens
from app.desktop.timeline.content import Spot, Target
from app.domain.ids import OrderId, RouteId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Pixels within a row: where blocks begin and how high they are, where the layer below lies, and whether marks have a line of their own."""

    row: int
    block: int
    height: int
    before: int
    before_height: int
    roomy: bool


COMPACT = Sizes(row=24, block=6, height=14, before=21, before_height=2, roomy=False)
NORMAL = Sizes(row=38, block=13, height=18, before=33, before_height=3, roomy=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All that painting depends on beside the rows and the lens. `now` is a clock reading; `before` whether the layer below is shown."""

    tokens: Tokens = LIGHT
    formats: Formats = Formats()
    sizes: Sizes = COMPACT
    orders: frozenset[OrderId] = frozenset()
    current: Spot | None = None
    route: RouteId | None = None
    hovered: Spot | None = None
    hovered_row: int | None = None
    target: Target | None = None
    now: int | None = None
    before: bool = True
    focused: bool = False
