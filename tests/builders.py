"""Things for tests: sensible by default, so that a test says only what matters to it.

The tiny depot stands in the middle of Helsinki, zone Europe/Helsinki; the day is Monday, 23 November 2026. Orders are numbered
"A-1", "A-2" … and stand on a line 200 m apart going east; identities follow the numbers (`ord_A-1`), so that pictures of failures
can be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.domain.address import Address, AddressState, Location, LocationSource
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import DepotId, DriverId, OrderId, PlanId, RouteId, ShiftId, StopId, VehicleId
from app.domain.load import Capacity, Load
from app.domain.orders import Order, OrderState, Recipient, Window, task_of
from app.domain.plans import Plan, Route, Stop, Unassigned
from app.domain.roads import Profile
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams, minutes
from app.services.ports.store import Day

DAY = date(2026, 11, 23)
ZONE = "Europe/Helsinki"
CENTER = Place(60.1699, 24.9384)
LON_STEP = 0.0036
"""About 200 m of longitude at 60° north."""


class TurnedClock:
    """A clock that a test turns; each reading is a millisecond later than the one before, so that no two events share an instant."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)) -> None:
        self.time = now

    def now(self) -> datetime:
        """The present instant."""
        self.time += timedelta(milliseconds=1)
        return self.time

    def turn(self, **span: float) -> None:
        """Lets time pass: `turn(minutes=5)`."""
        self.time += timedelta(**span)


def wall(clock: str, day: date = DAY) -> datetime:
    """A local wall time of the day from "08:30"."""
    return datetime.combine(day, time.fromisoformat(clock))


def a_window(opens: str = "08:00", closes: str = "17:00", *, late_per_hour: int | None = None, day: date = DAY) -> Window:
    """A window of the day, hard unless a price is given."""
    return Window(opens=wall(opens, day), closes=wall(closes, day), late_per_hour=late_per_hour)


def a_place(number: int = 0) -> Place:
    """The place of the n-th order: `number` times 200 m east of the depot."""
    return Place(CENTER.lat, round(CENTER.lon + number * LON_STEP, 6))


def a_location(number: int = 1) -> Location:
    """A place found to the house number."""
    return Location(state=AddressState.EXACT, place=a_place(number), source=LocationSource.AREA, label=f"Mannerheimintie {number}, Helsinki")


def an_order(number: int | str = 1, **changes: Any) -> Order:
    """A located order of 2 kg that is ready to be planned; `changes` are fields of Order."""
    at = number if isinstance(number, int) else 1
    name = f"A-{number}" if isinstance(number, int) else number
    order = Order(
        id=OrderId(f"ord_{name}"),
        number=name,
        source="shop",
        day=DAY,
        recipient=Recipient(name=f"Recipient {name}", phone="+358401234567"),
        address=Address(street="Mannerheimintie", house=str(at), postcode="00100", city="Helsinki"),
        location=a_location(at),
        load=Load(Grams(2_000), Cubic(8_000), 1),
        state=OrderState.READY,
    )
    return replace(order, **changes)


def orders(count: int, **changes: Any) -> tuple[Order, ...]:
    """The orders A-1 … A-count."""
    return tuple(an_order(number, **changes) for number in range(1, count + 1))


def a_draft_order(number: int | str = 1, **changes: Any) -> Order:
    """An order as an import brings it: not located yet."""
    return an_order(number, **{"state": OrderState.DRAFT, "location": Location(), **changes})


def a_depot(**changes: Any) -> Depot:
    """The depot."""
    return replace(Depot(id=DepotId("dep_1"), name="Central depot", place=CENTER, zone=ZONE, area="Helsinki"), **changes)


def a_vehicle(number: int = 1, **changes: Any) -> Vehicle:
    """Van n, with 400 kg, 4 m³ and no limit of pieces."""
    van = Vehicle(id=VehicleId(f"veh_{number}"), name=f"Van {number}", profile=Profile.VAN, capacity=Capacity(Grams(400_000), Cubic(4_000_000)))
    return replace(van, **changes)


def a_driver(number: int = 1, **changes: Any) -> Driver:
    """Driver n, without skills."""
    return replace(Driver(id=DriverId(f"drv_{number}"), name=f"Driver {number}"), **changes)


def a_shift(number: int = 1, *, starts: str = "08:00", ends: str = "17:00", **changes: Any) -> Shift:
    """Shift n: driver n with van n from the depot, overtime for at most an hour."""
    shift = Shift(
        id=ShiftId(f"shf_{number}"),
        day=DAY,
        depot=DepotId("dep_1"),
        vehicle=VehicleId(f"veh_{number}"),
        driver=DriverId(f"drv_{number}"),
        starts=wall(starts),
        ends=wall(ends),
        latest_end=wall(ends) + timedelta(hours=1),
    )
    return replace(shift, **changes)


def a_stop(order: Order | int | str, **changes: Any) -> Stop:
    """The stop that serves one order, `stp_A-1` for A-1."""
    served = order if isinstance(order, Order) else an_order(order)
    return replace(Stop(id=StopId(f"stp_{served.number}"), tasks=(task_of(served),)), **changes)


def a_route(number: int = 1, stops: Iterable[Order | int | str | Stop] = (), **changes: Any) -> Route:
    """The route of shift n with a stop for each order given (or the stops themselves)."""
    made = tuple(each if isinstance(each, Stop) else a_stop(each) for each in stops)
    return replace(Route(id=RouteId(f"rte_{number}"), shift=ShiftId(f"shf_{number}"), stops=made), **changes)


def a_plan(*routes: Route, unassigned: Iterable[Order | int | str] = (), **changes: Any) -> Plan:
    """The draft plan of the depot's day with these routes and a pool."""
    pool = tuple(
        Unassigned(task=task_of(each if isinstance(each, Order) else an_order(each)), reasons=(Sentence.of("plan.not_planned_yet"),)) for each in unassigned
    )
    return replace(Plan(id=PlanId("pln_1"), depot=DepotId("dep_1"), day=DAY, routes=routes, unassigned=pool), **changes)


def a_day(count: int = 4, vans: int = 2, *, of: Sequence[Order] | None = None, plan: Plan | None = None, **changes: Any) -> Day:
    """A depot's day with `count` orders (or those in `of`), `vans` vans with drivers and shifts, no closures, and no plan unless one is given."""
    numbers = range(1, vans + 1)
    day = Day(
        depot=a_depot(),
        day=DAY,
        orders=tuple(of) if of is not None else orders(count),
        shifts=tuple(a_shift(number) for number in numbers),
        vehicles={vehicle.id: vehicle for vehicle in map(a_vehicle, numbers)},
        drivers={driver.id: driver for driver in map(a_driver, numbers)},
        closures=(),
        plan=plan,
    )
    return replace(day, **changes)


SERVICE = minutes(3)
"""The service time of `an_order`, the default of orders."""
