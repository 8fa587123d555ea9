"""What a face of the details looks at: the day, one order or route of it, and what was found out so far."""

from dataclasses import dataclass, field
from datetime import datetime

from app.desktop.day import Shown
from app.desktop.format import Formats
from app.domain.ids import OrderId, RouteId
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.journal import Happening
from app.services.queries import BoardRow, RouteRow, StopRow
from app.services.weighing import Weight
from app.services.whys import Dearness


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What had to be asked for: why an order is late or where it is, its story, and what a selection weighs in each route."""

    late: tuple[Sentence, ...] = ()
    here: tuple[Sentence, ...] = ()
    story: tuple[Happening, ...] = ()
    dearest: tuple[tuple[OrderId, Dearness], ...] = ()
    """The dearest stops of the day."""
    weights: tuple[Weight, ...] | None = None
    """None: not asked, or not answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is to be shown."""

    shown: Shown
    formats: Formats
    now: datetime
    orders: tuple[BoardRow, ...] = ()
    route: RouteRow | None = None
    found: Found = field(default_factory=Found)

    @property
    def row(self) -> BoardRow:
        """The one order."""
        return self.orders[0]

    @property
    def order(self) -> Order | None:
        """The one order as it is stored."""
        wanted = self.row.order
        return next((each for each in self.shown.day.orders if each.id == wanted), None)

    def stops(self, route: RouteId) -> tuple[StopRow, ...]:
        """The stops of a route."""
        return self.shown.view.stops.get(route, ())

    def row_of(self, order: OrderId) -> BoardRow | None:
        """Another order of the day."""
        return self.shown.view.by_order.get(order)
