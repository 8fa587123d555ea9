"""Every command: whatever a person, a driver, a customer, a carrier or the clock may want, imperative and frozen.

`describe` gives the title that the Undo menu and the history show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.address import Address, Location
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import ClosureId, OrderId, PinId, PlanId, RouteId, StopId, TaskId
from app.domain.orders import Order
from app.domain.plans import Lock, Route, Unassigned
from app.domain.roads import Closure, ClosureKind, Profile
from app.domain.sentences import Sentence
from app.domain.units import Grams, Millis
from app.domain.versions import VersionFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Base of all commands. `who` is the person; steps with the same non-empty `merge_key` in a row become one step."""

    who: str = ""
    merge_key: str = ""

    def describe(self) -> Sentence:
        """The title of the step."""
        raise TypeError(f"{type(self).__name__} has no title")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrders(Command):
    """Put the orders of a file into the book. `orders` are new (version 0, new ids) or changed ones (as read, with the new
    content); what is already the same is not among them."""

    source: str
    orders: tuple[Order, ...]
    file: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.import_orders", count=len(self.orders), file=self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOrders(Command):
    """Take orders down that a person entered: version 0, new ids, located where that was possible. Without a number each gets the next of its day."""

    orders: tuple[Order, ...]
    label: str = ""
    """For whom, for the title."""

    def describe(self) -> Sentence:
        if self.label and len(self.orders) == 1:
            return Sentence.of("command.add_order", order=self.label)
        return Sentence.of("command.add_orders", count=len(self.orders))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An order as the person saw it, and as it is to be."""

    before: Order
    after: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOrders(Command):
    """Change fields of orders. Only what differs between `before` and `after` is written, upon the order as it is by then."""

    edits: tuple[Edit, ...]
    field: str = ""
    """The field that is changed, as `intake_names.Field` calls it; empty: several."""
    label: str = ""
    """The order as people call it, for the title."""

    def describe(self) -> Sentence:
        field = Sentence.of(f"ordering.field_{self.field or 'several'}")
        if self.label and len(self.edits) == 1:
            return Sentence.of("command.edit_order", field=field, order=self.label)
        return Sentence.of("command.edit_orders", count=len(self.edits), field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrders(Command):
    """Cancel orders: they leave their routes and are not planned any more."""

    orders: tuple[OrderId, ...]
    label: str = ""

    def describe(self) -> Sentence:
        if self.label and len(self.orders) == 1:
            return Sentence.of("command.cancel_order", order=self.label)
        return Sentence.of("command.cancel_orders", count=len(self.orders))


@dataclass(frozen=True, slots=True, kw_only=True)
class LocateOrders(Command):
    """Store what became of finding addresses: plannable ones become ready, the others are held with the reason."""

    locations: tuple[tuple[OrderId, Location], ...]
    continues: Sentence | None = None
    """Title of the step that it belongs to, where it merges with one (the import whose addresses are looked for)."""

    def describe(self) -> Sentence:
        return self.continues or Sentence.of("command.locate_orders", count=len(self.locations))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlace(Command):
    """Set the pin of an order by hand; remembered for every later order of that address, and given to all open ones."""

    order: OrderId
    place: Place
    label: str = ""
    number: str = ""
    """The order's number, for the title."""

    def describe(self) -> Sentence:
        return Sentence.of("command.set_place", order=self.number or self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAddress(Command):
    """Write an order's address anew, with the place that was found for it."""

    order: OrderId
    address: Address
    location: Location
    number: str = ""
    """The order's number, for the title."""

    def describe(self) -> Sentence:
        return Sentence.of("command.correct_address", order=self.number or self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPin(Command):
    """Forget the place that was set for an address; orders that have it keep it, later ones are looked for on the map."""

    pin: PinId
    address: str = ""
    """The address, for the title."""

    def describe(self) -> Sentence:
        return Sentence.of("command.forget_pin", address=self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFleet(Command):
    """Put depots, vehicles, drivers and shifts into the book; the same ids are replaced."""

    depots: tuple[Depot, ...]
    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    shifts: tuple[Shift, ...]
    file: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.import_fleet", count=len(self.vehicles), file=self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRoad(Command):
    """Draw a closure (factor None) or a slow stretch along a line or ring."""

    points: tuple[Place, ...]
    roads: tuple[tuple[Place, ...], ...] = ()
    kind: ClosureKind = ClosureKind.WORKS
    factor: float | None = None
    profiles: frozenset[Profile] = frozenset()
    note: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    daily: tuple[Millis, Millis] | None = None
    heavier_than: Grams | None = None

    def describe(self) -> Sentence:
        return Sentence.of("command.close_road" if self.factor is None else "command.slow_road", note=self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeClosure(Command):
    """Give a closure other content; its identity stays."""

    closure: Closure

    def describe(self) -> Sentence:
        return Sentence.of("command.change_closure", note=self.closure.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoad(Command):
    """Lift a closure."""

    closure: ClosureId
    note: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.open_road", note=self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyPlan(Command):
    """A proposal becomes the draft plan. `based_on` is the version of the plan that it was computed from (0: there was none);
    raises Conflict where the plan was edited since."""

    plan: PlanId
    depot: str
    day: date
    based_on: int
    routes: tuple[Route, ...]
    unassigned: tuple[Unassigned, ...]
    engine: str = ""
    called: Sentence | None = None
    """Title of the step, where it is not a proposal that is applied (the first order put into a route by hand)."""

    def describe(self) -> Sentence:
        return self.called or Sentence.of("command.apply_plan", count=sum(len(route.stops) for route in self.routes))


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStops(Command):
    """Put stops, in the order given, into a place of a route (`position` as in `plans.move`), and tasks of the pool behind them."""

    plan: PlanId
    stops: tuple[StopId, ...]
    to_route: RouteId
    position: int
    tasks: tuple[TaskId, ...] = ()
    label: str = ""
    """The stop as people call it, for the title."""
    route_label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.move_stops", count=len(self.stops) + len(self.tasks), stop=self.label, route=self.route_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTasks(Command):
    """Put tasks from the pool into a route, as stops of their own from `position` on."""

    plan: PlanId
    tasks: tuple[TaskId, ...]
    to_route: RouteId
    position: int
    label: str = ""
    route_label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.assign_tasks", count=len(self.tasks), order=self.label, route=self.route_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeStops(Command):
    """Give routes their stops in this order, as `services.handwork` made them: what they have together stays the same. Only order, place and loading
    are taken from `routes`."""

    plan: PlanId
    routes: tuple[Route, ...]
    called: Sentence
    """Title of the step: what the person did."""

    def describe(self) -> Sentence:
        return self.called


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToDay(Command):
    """Put orders, with the other halves of pairs, on another day: they leave their routes and wait in that day's pool. Their windows move along, or go."""

    orders: tuple[OrderId, ...]
    day: date
    keep_windows: bool = True
    label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.move_to_day", count=len(self.orders), order=self.label, day=self.day.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class UnassignStops(Command):
    """Put stops back into the pool."""

    plan: PlanId
    stops: tuple[StopId, ...]
    label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.unassign_stops", count=len(self.stops), stop=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockStops(Command):
    """Lock stops to their route or place, or unlock them (lock None)."""

    plan: PlanId
    stops: tuple[StopId, ...]
    lock: Lock | None
    label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.lock_stops" if self.lock else "command.unlock_stops", count=len(self.stops), stop=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRoute(Command):
    """Fix a whole route, or free it."""

    plan: PlanId
    route: RouteId
    locked: bool
    label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.lock_route" if self.locked else "command.unlock_route", route=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitPlan(Command):
    """The plan becomes the promise: a new version; orders in routes become planned, those that fell out ready again."""

    plan: PlanId
    based_on: int
    day: date
    arrivals: Mapping[TaskId, Millis] = field(default_factory=dict)
    """When each task is to be reached as the person saw it, in clock readings of the day; tasks without one are promised without a time."""
    figures: VersionFigures | None = None
    """The plan in numbers, as the person saw it."""

    def describe(self) -> Sentence:
        return Sentence.of("command.commit_plan", day=self.day.isoformat())
