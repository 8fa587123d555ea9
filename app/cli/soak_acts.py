"""Random commands on a small day, one maker for each command that there is: what a desk might send, sensible or not; refusals are part of the day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from app.domain.address import Address, AddressState, Location, LocationSource
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import DepotId, DriverId, OrderId, PlanId, RouteId, ShiftId, StopId, VehicleId, VersionId, new_id
from app.domain.load import Capacity, Load
from app.domain.orders import Order, Recipient, Window, task_of
from app.domain.pins import Pin
from app.domain.plans import Lock, Plan, Route, Stop
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams
from app.domain.versions import PlanVersion
from app.services import commands, shift_commands, version_commands
from app.services.commands import Command
from app.services.ports.store import Day

DAY = date(2026, 11, 23)
DEPOT = DepotId("dep_soak")
SOURCE = "soak"
VANS = 3
_MIDDLE = Place(60.17, 24.94)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a maker sees of the day."""

    day: Day
    versions: tuple[PlanVersion, ...]
    pins: Callable[[], Sequence[Pin]]
    """Reads the places that are remembered; few acts ask."""
    serial: int
    """Counts the acts, so that new things have new numbers."""

    @property
    def plan(self) -> Plan | None:
        """The plan of the day."""
        return self.day.plan


Maker = Callable[[Random, Situation], Command | None]


# What the day begins with -------------------------------------------------------------------------------------------


def the_fleet() -> commands.ImportFleet:
    """A depot with three vans and their shifts."""
    numbers = range(1, VANS + 1)
    return commands.ImportFleet(
        depots=(Depot(id=DEPOT, name="Depot", place=_MIDDLE, zone="Europe/Helsinki"),),
        vehicles=tuple(a_van(number) for number in numbers),
        drivers=tuple(Driver(id=DriverId(f"drv_{number}"), name=f"Driver {number}") for number in numbers),
        shifts=tuple(a_shift(number) for number in numbers),
        file="fleet.csv",
    )


def a_van(number: int) -> Vehicle:
    """Van n."""
    return Vehicle(id=VehicleId(f"veh_{number}"), name=f"Van {number}", capacity=Capacity(weight=Grams(400_000)))


def a_shift(number: int, day: date = DAY) -> Shift:
    """The shift of van n on a day."""
    starts, ends = datetime.combine(day, time(8)), datetime.combine(day, time(17))
    return Shift(
        id=ShiftId(f"shf_{number}_{day.isoformat()}"),
        day=day,
        depot=DEPOT,
        vehicle=VehicleId(f"veh_{number}"),
        driver=DriverId(f"drv_{number}"),
        starts=starts,
        ends=ends,
        latest_end=ends + timedelta(hours=1),
    )


def an_order(number: int, paired_with: str = "") -> Order:
    """Order n, not looked for on the map yet."""
    return Order(
        id=OrderId(f"ord_{number}"),
        number=f"S-{number}",
        source=SOURCE,
        day=DAY,
        recipient=Recipient(name=f"Customer {number}"),
        address=Address(street="Mannerheimintie", house=str(number), city="Helsinki"),
        load=Load(Grams(2_000), Cubic(8_000), 1),
        paired_with=paired_with,
    )


def a_place(number: int) -> Place:
    """A place some hundred metres further for each number."""
    return Place(_MIDDLE.lat, round(_MIDDLE.lon + 0.002 * number, 6))


def found_at(number: int) -> Location:
    """An address that was found to the house number."""
    return Location(state=AddressState.EXACT, place=a_place(number), source=LocationSource.AREA, label=f"Mannerheimintie {number}")


# Makers -------------------------------------------------------------------------------------------------------------


def _some(rng: Random, things: Sequence[T], most: int) -> tuple[T, ...]:
    return tuple(rng.sample(list(things), min(len(things), rng.randint(1, most)))) if things else ()


def _stops(now: Situation) -> list[StopId]:
    return [stop.id for route in now.plan.routes for stop in route.stops] if now.plan is not None else []


def _import_orders(rng: Random, now: Situation) -> Command:
    if now.day.orders and rng.random() < 0.4:
        changed = tuple(replace(order, notes=rng.choice(["", "ring", "gate 4"])) for order in _some(rng, now.day.orders, 3))
        return commands.ImportOrders(source=SOURCE, orders=changed, file="again.csv")
    numbers = [100 + now.serial * 10 + at for at in range(rng.randint(1, 3))]
    pair = f"S-{numbers[0]}" if len(numbers) > 1 and rng.random() < 0.3 else ""
    return commands.ImportOrders(source=SOURCE, orders=tuple(an_order(number, pair if number == numbers[-1] else "") for number in numbers), file="new.csv")


def _add_orders(rng: Random, now: Situation) -> Command:
    number = 107 + now.serial * 10
    order = replace(an_order(number), number="" if rng.random() < 0.3 else f"S-{number}", location=found_at(number % 40))
    return commands.AddOrders(orders=(order,), label=order.recipient.name)


def _edit_orders(rng: Random, now: Situation) -> Command | None:
    orders = _some(rng, now.day.orders, 2)
    opens = datetime.combine(DAY, time(rng.randint(8, 14)))
    windows = (Window(opens=opens, closes=opens + timedelta(hours=2)),) if rng.random() < 0.7 else ()
    edits = tuple(commands.Edit(before=order, after=replace(order, windows=windows, priority=rng.randint(0, 3))) for order in orders)
    return commands.EditOrders(edits=edits, label=orders[0].number) if orders else None


def _cancel_orders(rng: Random, now: Situation) -> Command | None:
    orders = _some(rng, now.day.orders, 1)
    return commands.CancelOrders(orders=tuple(order.id for order in orders)) if orders else None


def _locate_orders(rng: Random, now: Situation) -> Command | None:
    states = (AddressState.EXACT, AddressState.EXACT, AddressState.STREET, AddressState.NOT_FOUND)
    pairs = []
    for order in _some(rng, now.day.orders, 6):
        state = rng.choice(states)
        pairs.append((order.id, Location(state=state, place=None if state is AddressState.NOT_FOUND else a_place(rng.randint(1, 40)))))
    return commands.LocateOrders(locations=tuple(pairs)) if pairs else None


def _set_place(rng: Random, now: Situation) -> Command | None:
    orders = _some(rng, now.day.orders, 1)
    return commands.SetPlace(order=orders[0].id, place=a_place(rng.randint(1, 40)), label="gate", number=orders[0].number) if orders else None


def _correct_address(rng: Random, now: Situation) -> Command | None:
    orders, number = _some(rng, now.day.orders, 1), rng.randint(1, 40)
    address = Address(street="Bulevardi", house=str(number), city="Helsinki")
    return commands.CorrectAddress(order=orders[0].id, address=address, location=found_at(number), number=orders[0].number) if orders else None


def _forget_pin(rng: Random, now: Situation) -> Command | None:
    pins = now.pins()
    return commands.ForgetPin(pin=rng.choice(pins).id, address="it") if pins else None


def _import_fleet(rng: Random, _now: Situation) -> Command:
    number = rng.randint(1, VANS)
    van = replace(a_van(number), capacity=Capacity(weight=Grams(rng.randint(1, 900) * 1_000)))
    return commands.ImportFleet(depots=(), vehicles=(van,), drivers=(), shifts=(), file="fleet.csv")


def _close_road(rng: Random, _now: Situation) -> Command:
    points = (a_place(rng.randint(1, 20)), a_place(rng.randint(21, 40)))
    return commands.CloseRoad(points=points, factor=rng.choice([None, 2.0]), note="works")


def _change_closure(rng: Random, now: Situation) -> Command | None:
    if not now.day.closures:
        return None
    return commands.ChangeClosure(closure=replace(rng.choice(now.day.closures), factor=rng.choice([None, 1.5, 3.0]), note="other works"))


def _open_road(rng: Random, now: Situation) -> Command | None:
    return commands.OpenRoad(closure=rng.choice(now.day.closures).id, note="works") if now.day.closures else None


def _apply_plan(rng: Random, now: Situation) -> Command | None:
    orders = [order for order in now.day.orders if order.location.place is not None]
    rng.shuffle(orders)
    shifts = [shift.id for shift in now.day.shifts]
    if not shifts:
        return None
    groups: dict[ShiftId, list[Order]] = {shift: [] for shift in shifts}
    for order in orders:
        if rng.random() < 0.85:
            groups[rng.choice(shifts)].append(order)
    routes = tuple(_route(shift, some) for shift, some in groups.items())
    plan = now.plan
    version = plan.version if plan is not None else 0
    return commands.ApplyPlan(
        plan=plan.id if plan is not None else PlanId(new_id("pln")), depot=DEPOT, day=DAY, based_on=version, routes=_pairs_kept(routes, now), unassigned=()
    )


def _route(shift: ShiftId, orders: Sequence[Order]) -> Route:
    stops = tuple(Stop(id=StopId(new_id("stp")), tasks=(task_of(order),)) for order in orders)
    return Route(id=RouteId(new_id("rte")), shift=shift, stops=stops)


def _pairs_kept(routes: tuple[Route, ...], now: Situation) -> tuple[Route, ...]:
    """A planner never tears pairs: what belongs to one is left to the pool."""
    paired = {order.paired_with for order in now.day.orders} - {""}
    loose = {task_of(order) for order in now.day.orders if not order.paired_with and order.number not in paired}
    return tuple(replace(route, stops=tuple(stop for stop in route.stops if set(stop.tasks) <= loose)) for route in routes)


def _move_stops(rng: Random, now: Situation) -> Command | None:
    plan, stops = now.plan, _some(rng, _stops(now), 3)
    if plan is None or not stops:
        return None
    tasks = _some(rng, [each.task for each in plan.unassigned], 2) if rng.random() < 0.3 else ()
    return commands.MoveStops(
        plan=plan.id,
        stops=stops,
        to_route=rng.choice(plan.routes).id,
        position=rng.randint(0, 6),
        tasks=tasks,
        label="1",
        route_label="2",
        merge_key="drag" if rng.random() < 0.3 else "",
    )


def _assign_tasks(rng: Random, now: Situation) -> Command | None:
    plan = now.plan
    if plan is None or not plan.unassigned or not plan.routes:
        return None
    tasks = _some(rng, [each.task for each in plan.unassigned], 3)
    return commands.AssignTasks(plan=plan.id, tasks=tasks, to_route=rng.choice(plan.routes).id, position=rng.randint(0, 5))


def _unassign_stops(rng: Random, now: Situation) -> Command | None:
    stops = _some(rng, _stops(now), 2)
    return commands.UnassignStops(plan=now.plan.id, stops=stops) if now.plan is not None and stops else None


def _arrange_stops(rng: Random, now: Situation) -> Command | None:
    if now.plan is None or not now.plan.routes:
        return None
    route = rng.choice(now.plan.routes)
    return commands.ArrangeStops(
        plan=now.plan.id, routes=(replace(route, stops=tuple(reversed(route.stops))),), called=Sentence.of("command.lock_route", route="1")
    )


def _move_to_day(rng: Random, now: Situation) -> Command | None:
    orders = _some(rng, now.day.orders, 2)
    wanted = DAY + timedelta(days=rng.choice([1, 1, 2]))
    return commands.MoveToDay(orders=tuple(order.id for order in orders), day=wanted, keep_windows=rng.random() < 0.5) if orders else None


def _lock_stops(rng: Random, now: Situation) -> Command | None:
    stops = _some(rng, _stops(now), 2)
    lock = rng.choice([None, *Lock])
    return commands.LockStops(plan=now.plan.id, stops=stops, lock=lock) if now.plan is not None and stops else None


def _lock_route(rng: Random, now: Situation) -> Command | None:
    if now.plan is None or not now.plan.routes:
        return None
    return commands.LockRoute(plan=now.plan.id, route=rng.choice(now.plan.routes).id, locked=rng.random() < 0.5)


def _commit_plan(rng: Random, now: Situation) -> Command | None:
    plan = now.plan
    if plan is None:
        return None
    return commands.CommitPlan(plan=plan.id, based_on=plan.version - (1 if rng.random() < 0.1 else 0), day=DAY)


def _keep_version(rng: Random, now: Situation) -> Command | None:
    if now.plan is None:
        return None
    return version_commands.KeepVersion(plan=now.plan.id, kept=VersionId(new_id("ver")), name=f"version {rng.randint(1, 40)}")


def _take_version(rng: Random, now: Situation) -> Command | None:
    if now.plan is None or not now.versions:
        return None
    return version_commands.TakeVersion(plan=now.plan.id, based_on=now.plan.version, taken=rng.choice(now.versions).id, label="it")


def _take_routes(rng: Random, now: Situation) -> Command | None:
    if now.plan is None or not now.versions or not now.day.shifts:
        return None
    shifts = tuple(shift.id for shift in _some(rng, now.day.shifts, 2))
    return version_commands.TakeRoutes(plan=now.plan.id, based_on=now.plan.version, taken=rng.choice(now.versions).id, shifts=shifts, label="it")


def _rename_version(rng: Random, now: Situation) -> Command | None:
    return version_commands.RenameVersion(renamed=rng.choice(now.versions).id, name=f"version {rng.randint(1, 40)}") if now.versions else None


def _drop_version(rng: Random, now: Situation) -> Command | None:
    return version_commands.DropVersion(dropped=rng.choice(now.versions).id, label="it") if now.versions else None


def _change_shifts(rng: Random, now: Situation) -> Command | None:
    shifts = now.day.shifts
    if shifts and rng.random() < 0.3:
        return shift_commands.ChangeShifts(removed=(rng.choice(shifts).id,), label="Van")
    if shifts and rng.random() < 0.6:
        shift = rng.choice(shifts)
        return shift_commands.ChangeShifts(shifts=(replace(shift, starts=shift.starts + timedelta(minutes=rng.choice([-30, 30]))),), label="Van")
    return shift_commands.ChangeShifts(shifts=(replace(a_shift(rng.randint(1, VANS)), id=ShiftId(new_id("shf"))),), label="Van")


def _together(rng: Random, now: Situation) -> Command | None:
    parts = [each for each in (_edit_orders(rng, now), _assign_tasks(rng, now)) if each is not None]
    return shift_commands.Together(parts=tuple(parts), called=Sentence.of("command.lock_route", route="1")) if parts else None


MAKERS: Mapping[type[Command], Maker] = {
    commands.ImportOrders: _import_orders,
    commands.AddOrders: _add_orders,
    commands.EditOrders: _edit_orders,
    commands.CancelOrders: _cancel_orders,
    commands.LocateOrders: _locate_orders,
    commands.SetPlace: _set_place,
    commands.CorrectAddress: _correct_address,
    commands.ForgetPin: _forget_pin,
    commands.ImportFleet: _import_fleet,
    commands.CloseRoad: _close_road,
    commands.ChangeClosure: _change_closure,
    commands.OpenRoad: _open_road,
    commands.MoveStops: _move_stops,
    commands.AssignTasks: _assign_tasks,
    commands.UnassignStops: _unassign_stops,
    commands.ArrangeStops: _arrange_stops,
    commands.MoveToDay: _move_to_day,
    commands.LockStops: _lock_stops,
    commands.LockRoute: _lock_route,
    commands.ApplyPlan: _apply_plan,
    commands.CommitPlan: _commit_plan,
    version_commands.KeepVersion: _keep_version,
    version_commands.TakeVersion: _take_version,
    version_commands.TakeRoutes: _take_routes,
    version_commands.RenameVersion: _rename_version,
    version_commands.DropVersion: _drop_version,
    shift_commands.ChangeShifts: _change_shifts,
    shift_commands.Together: _together,
}
"""Every command, each as likely as the others; a test holds this against the registry."""
