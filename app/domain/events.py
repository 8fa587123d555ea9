"""What happened, past tense; written to the journal in the transaction that made it happen."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import ClosureId, DepotId, OrderId, PlanId, RouteId, VersionId
from app.domain.orders import OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all that happened; each field is plain data, so that the journal can keep it as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersReceived(Event):
    """A file or form brought orders."""

    source: str
    new: tuple[OrderId, ...]
    changed: tuple[OrderId, ...]
    file: str = ""
    """The file's name; empty: no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersLocated(Event):
    """Addresses were looked for."""

    orders: tuple[OrderId, ...]
    ready: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSet(Event):
    """A person set the pin of an order, remembered for its address."""

    order: OrderId
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressCorrected(Event):
    """A person wrote the address of an order anew."""

    order: OrderId
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinForgotten(Event):
    """The place that was remembered for an address is forgotten."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStateChanged(Event):
    """An order went from one state to another."""

    order: OrderId
    was: OrderState
    now: OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetChanged(Event):
    """Depots, vehicles, drivers or shifts came or changed."""

    depot: DepotId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersPostponed(Event):
    """A person put orders on another day; `day` as an ISO date."""

    orders: tuple[OrderId, ...]
    day: str


class RouteAct(StrEnum):
    """What a person did to routes."""

    MOVED = "moved"
    """Put into a route, from another one, from the pool, or to another place of the same."""
    POOLED = "pooled"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    ROUTE_LOCKED = "route_locked"
    ROUTE_UNLOCKED = "route_unlocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteEdited(Event):
    """A person changed routes of a plan: `act` was done to `orders`; `to` is the route that they came into."""

    plan: PlanId
    routes: tuple[RouteId, ...]
    act: RouteAct = RouteAct.MOVED
    orders: tuple[OrderId, ...] = ()
    to: RouteId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Orders that came into a route; None: into the pool."""

    route: RouteId | None
    orders: tuple[OrderId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApplied(Event):
    """A proposal became the draft plan."""

    plan: PlanId
    engine: str
    stops: int
    unassigned: int
    placed: tuple[Placing, ...] = ()
    """What stands elsewhere than before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCommitted(Event):
    """A version of the plan became the promise."""

    plan: PlanId
    number: int
    orders: tuple[OrderId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionKept(Event):
    """The plan was kept as a version."""

    kept: VersionId
    plan: PlanId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTaken(Event):
    """A version, or some of its routes, became part of the plan; `placed` stands elsewhere than before, the counts are what could not be taken as it was."""

    taken: VersionId
    plan: PlanId
    placed: tuple[Placing, ...] = ()
    gone: int = 0
    pooled: int = 0
    shiftless: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClosed(Event):
    """A closure or slow area was drawn."""

    closure: ClosureId


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadOpened(Event):
    """A closure was lifted."""

    closure: ClosureId


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUndone(Event):
    """A step of the history was taken back."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRedone(Event):
    """A step that had been taken back was done again."""

    step: int
