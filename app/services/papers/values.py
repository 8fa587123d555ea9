"""What stands on papers, as frozen values. Times are clock readings of the planning day in milliseconds, weights grams, distances metres."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.geo import Place
from app.domain.ids import OrderId, RouteId
from app.domain.money import Money
from app.domain.orders import TaskKind
from app.domain.units import Meters, Millis

Span = tuple[Millis, Millis]


class PaperKind(StrEnum):
    """The papers that there are."""

    MANIFEST = "manifest"
    """For the driver: stop after stop."""
    LOAD = "load"
    """For whoever loads the van: the last stop first."""
    STAGING = "staging"
    """For the depot floor: which parcel to which lane, and the lanes by departure."""
    LABELS = "labels"
    """One for each parcel."""
    CARDS = "cards"
    """Sorry, we missed you: one for each stop."""


class PaperSize(StrEnum):
    """The sheets that they are printed on: the first two for lists, the others for labels and cards."""

    A4 = "a4"
    LETTER = "letter"
    A6 = "a6"
    FOUR_BY_SIX = "4x6"


LIST_SIZES = (PaperSize.A4, PaperSize.LETTER)
LABEL_SIZES = (PaperSize.A6, PaperSize.FOUR_BY_SIX)
SMALL = frozenset({PaperKind.LABELS, PaperKind.CARDS})
"""The papers of which each sheet is one label or card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOrder:
    """One order of a stop."""

    order: OrderId
    number: str
    customer: str = ""
    address: str = ""
    phone: str = ""
    notes: str = ""
    windows: tuple[Span, ...] = ()
    pieces: int = 0
    weight: int = 0
    cod: Money | None = None
    """To be collected at the door."""
    handling: tuple[str, ...] = ()
    """Handling, skills and features, sorted."""
    contactless: bool = False
    kind: TaskKind = TaskKind.DELIVERY
    from_depot: bool = True
    """Loaded at the depot; False for pick-ups and for what is picked up on the way."""

    @property
    def parcels(self) -> int:
        """How many labels it needs: one at least."""
        return max(1, self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStop:
    """One stop, with what comes before it. `pause` is the break that the driver takes before."""

    number: int
    arrival: Millis | None = None
    late: Millis = Millis(0)
    orders: tuple[PaperOrder, ...] = ()
    place: Place | None = None
    reload: Millis | None = None
    """When the van begins to load again at the depot before this stop."""
    pause: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRoute:
    """One driver's day."""

    id: RouteId
    number: int
    vehicle: str
    driver: str = ""
    language: str = ""
    """The driver's own, an IETF tag; empty where it is not known."""
    leaves: Millis = Millis(0)
    ends: Millis = Millis(0)
    meters: Meters = Meters(0)
    stops: tuple[PaperStop, ...] = ()

    @property
    def orders(self) -> tuple[PaperOrder, ...]:
        """All orders in driving order."""
        return tuple(order for stop in self.stops for order in stop.orders)

    @property
    def weight(self) -> int:
        """Grams of everything on it."""
        return sum(order.weight for order in self.orders)

    @property
    def parcels(self) -> int:
        """Parcels of everything on it."""
        return sum(order.parcels for order in self.orders)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPapers:
    """A depot's day as its papers show it; routes with stops only, by number."""

    depot: str
    address: str
    day: date
    zone: str
    origin: datetime
    routes: tuple[PaperRoute, ...] = ()


class Changed(StrEnum):
    """What is different about an order since its driver's sheet was printed."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    """Comes earlier or later among the others."""
    TIME = "time"
    WINDOW = "window"
    DETAILS = "details"
    """Name, address, telephone, notes, parcels or money to collect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChange:
    """One order that is different. Positions are stops' numbers (0: none), arrivals and windows as they were and are."""

    order: OrderId
    number: str
    changed: frozenset[Changed]
    was: int = 0
    now: int = 0
    arrival_was: Millis | None = None
    arrival: Millis | None = None
    windows_were: tuple[Span, ...] = ()
    windows: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChange:
    """What a driver must be told about a route since the last print. `since` is when that was, aware UTC; None: never printed."""

    route: RouteId
    since: datetime | None = None
    orders: tuple[OrderChange, ...] = ()
    numbers: dict[OrderId, int] = field(default_factory=dict)
    """The stop's number on the earlier sheet, where it is another now."""
    header: bool = False
    """Driver, vehicle or departure are others."""

    @property
    def any(self) -> bool:
        """Whether the sheet must be printed again."""
        return self.since is None or self.header or bool(self.orders)
