"""Read models: a depot's day and its judged plan as frozen rows made for screens. Pure functions; the same numbers for every panel.

Times are clock readings of the planning day in milliseconds, weights grams, distances metres.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.address import AddressState
from app.domain.fleet import Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import ClosureId, DepotId, OrderId, PlanId, RouteId, ShiftId, StopId, TaskId, VehicleId
from app.domain.load import Capacity, Load
from app.domain.money import Money
from app.domain.orders import PLANNING, Order, OrderState, TaskKind, Window, order_of, task_of
from app.domain.plans import Lock, PlanState, Route, Unassigned
from app.domain.roads import Profile
from app.domain.schedule import Halt, Timeline, Violation, ViolationKind
from app.domain.sentences import Sentence
from app.domain.units import Cost, Meters, Millis, day_origin, minutes, wall_to_clock
from app.services.closing_effects import Crossings, LegKey
from app.services.planning_values import Judged
from app.services.ports.store import Day

_DIGITS = re.compile(r"\d+")
Span = tuple[Millis, Millis]
RISKY_SLACK = minutes(10)
"""A stop that begins less than this before its window closes is at risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadMark:
    """A closure that a stop's way would lead through: it goes around it, or `slow`ly through it; `lost`: no road leads to the stop any more."""

    closure: ClosureId
    name: str
    slow: bool
    lost: bool = False


class Standing(StrEnum):
    """Where an order stands in the day's plan."""

    PLANNED = "planned"
    LATE = "late"
    """In a route, but service begins after the window closed."""
    POOL = "pool"
    HELD = "held"
    """Cannot be planned before a person has looked at it."""
    CANCELLED = "cancelled"
    """Will not be delivered; kept in the table for who asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One order of the order table."""

    order: OrderId
    number: str
    customer: str
    address: str
    address_state: AddressState
    place: Place | None
    standing: Standing
    state: OrderState
    windows: tuple[Span, ...] = ()
    route: RouteId | None = None
    route_number: int = 0
    """0: in no route."""
    vehicle: str = ""
    stop: StopId | None = None
    position: int = 0
    """Place in the route, from 1; 0: in no route."""
    arrival: Millis | None = None
    late: Millis = Millis(0)
    slack: Millis | None = None
    """Until the window closes, from the planned begin; None: no window, or late."""
    weight: int = 0
    pieces: int = 0
    priority: int = 0
    lock: Lock | None = None
    violations: tuple[Violation, ...] = ()
    reasons: tuple[Sentence, ...] = ()
    """Why it is in no route, or held."""
    late_reasons: tuple[Sentence, ...] = ()
    """What stands against serving it in time, where the one who planned has said so."""
    driver: str = ""
    source: str = ""
    brand: str = ""
    service_level: str = ""
    kind: TaskKind = TaskKind.DELIVERY
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    notes: str = ""
    preferred: tuple[Span, ...] = ()
    volume: int = 0
    """Cubic centimetres."""
    service: Millis = Millis(0)
    skills: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    cod: Money | None = None
    """To be collected at the door."""
    contactless: bool = False
    paired_with: str = ""
    roads: tuple[RoadMark, ...] = ()
    """Closures on the way to it."""

    @property
    def risky(self) -> bool:
        """In time by so little that a small delay makes it late."""
        return self.slack is not None and self.slack < RISKY_SLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRow:
    """One route of the route list. `share` is the fullest measure of its load, 1.0 full; None: nothing is limited."""

    id: RouteId
    shift: ShiftId
    number: int
    vehicle: str
    driver: str
    profile: Profile
    stops: int
    share: float | None
    weight: int
    leaves: Millis
    ends: Millis
    late: int
    worst_late: Millis
    meters: Meters
    locked: bool
    violations: tuple[Violation, ...] = ()
    """Those that concern the whole route."""
    broken: int = 0
    """All violations, those of stops included."""
    hatched: tuple[int, ...] = ()
    """Its legs that closures meet, from 0; as many as stops is the way home."""
    roads: tuple[RoadMark, ...] = ()
    """The closures that they meet."""
    allowed: Millis = Millis(0)
    """How long the shift may work, overtime included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRow:
    """One stop of a route. `orders` are those of its tasks, the first first."""

    id: StopId
    route: RouteId
    position: int
    orders: tuple[OrderId, ...]
    number: str
    customer: str
    address: str
    windows: tuple[Span, ...]
    arrival: Millis | None
    begin: Millis | None
    departure: Millis | None
    late: Millis
    slack: Millis | None
    wait: Millis
    meters: Meters
    weight: int
    lock: Lock | None
    violations: tuple[Violation, ...]
    reload_before: bool
    roads: tuple[RoadMark, ...] = ()
    """Closures on the way to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The day in numbers."""

    orders: int = 0
    planned: int = 0
    pool: int = 0
    held: int = 0
    late: int = 0
    violations: int = 0
    meters: int = 0
    duration: int = 0
    cost: Cost = Cost(0)
    """What driving costs; without the prices of lateness and of orders left out."""


@dataclass(frozen=True, kw_only=True)
class DayView:
    """A day as all panels show it."""

    depot: DepotId
    depot_name: str
    day: date
    zone: str
    origin: datetime
    currency: str
    source: str
    """What made the travel numbers; empty while they are not known."""
    plan: PlanId | None
    plan_version: int
    plan_state: PlanState | None
    committed: int
    board: tuple[BoardRow, ...]
    routes: tuple[RouteRow, ...]
    stops: Mapping[RouteId, tuple[StopRow, ...]]
    figures: Figures

    @cached_property
    def by_order(self) -> Mapping[OrderId, BoardRow]:
        """The rows by order."""
        return {row.order: row for row in self.board}

    @cached_property
    def by_route(self) -> Mapping[RouteId, RouteRow]:
        """The routes by identity."""
        return {row.id: row for row in self.routes}

    @cached_property
    def by_stop(self) -> Mapping[StopId, StopRow]:
        """The stops of all routes by identity."""
        return {row.id: row for rows in self.stops.values() for row in rows}

    @cached_property
    def pool(self) -> tuple[BoardRow, ...]:
        """What no route serves, held orders last."""
        left = [row for row in self.board if row.standing in {Standing.POOL, Standing.HELD}]
        return tuple(sorted(left, key=lambda row: (row.standing is Standing.HELD, -row.priority)))

    def stop_of(self, order: OrderId) -> StopRow | None:
        """The stop that serves an order."""
        row = self.by_order.get(order)
        return self.by_stop.get(row.stop) if row is not None and row.stop is not None else None


def day_view(day: Day, judged: Judged | None, source: str = "", crossings: Crossings | None = None) -> DayView:
    """The rows of a day. Without a judged plan: orders and shifts without times. `crossings`: the legs that closures meet, where they are known."""
    clock = _Clock(day)
    roads = _Roads(day, crossings or {})
    routes = judged.routes if judged is not None else (day.plan.routes if day.plan is not None else ())
    timelines: Mapping[RouteId, Timeline] = judged.timelines if judged is not None else {}
    shifts = {shift.id: shift for shift in day.shifts}
    numbers = {route.id: number for number, route in enumerate(sorted(routes, key=lambda route: _shift_order(route, shifts, day)), start=1)}
    orders = {task_of(order): order for order in day.orders}
    stops = {route.id: _stop_rows(route, timelines.get(route.id), orders, clock, roads) for route in routes}
    route_rows = tuple(
        sorted(
            (_route_row(route, numbers[route.id], timelines.get(route.id), stops[route.id], shifts, day, roads) for route in routes), key=lambda row: row.number
        )
    )
    unassigned = judged.unassigned if judged is not None else (day.plan.unassigned if day.plan is not None else ())
    late = {order_of(task): reasons for task, reasons in judged.late_reasons.items()} if judged is not None else {}
    board = _board(day, clock, stops, {row.id: row for row in route_rows}, unassigned, late)
    plan = day.plan
    return DayView(
        depot=day.depot.id,
        depot_name=day.depot.name,
        day=day.day,
        zone=day.depot.zone,
        origin=clock.origin,
        currency=day.depot.currency,
        source=source,
        plan=plan.id if plan else None,
        plan_version=plan.version if plan else 0,
        plan_state=plan.state if plan else None,
        committed=plan.committed if plan else 0,
        board=board,
        routes=route_rows,
        stops=stops,
        figures=_figures(board, route_rows, judged),
    )


class _Clock:
    """Wall times of the depot as clock readings of the day."""

    def __init__(self, day: Day) -> None:
        self.zone = ZoneInfo(day.depot.zone)
        self.origin = day_origin(day.day, self.zone)

    def spans(self, windows: Sequence[Window]) -> tuple[Span, ...]:
        return tuple((wall_to_clock(each.opens, self.zone, self.origin), wall_to_clock(each.closes, self.zone, self.origin)) for each in windows)

    def reading(self, wall: datetime) -> Millis:
        return wall_to_clock(wall, self.zone, self.origin)


class _Roads:
    """What closures mean for stops and routes."""

    def __init__(self, day: Day, crossings: Crossings) -> None:
        self._crossings = crossings
        self._marks = {each.id: RoadMark(closure=each.id, name=each.note, slow=each.factor is not None) for each in day.closures}

    def legs(self, route: Route) -> tuple[tuple[RoadMark, ...], ...]:
        """For every leg of a route, the way home last, the closures that it meets."""
        if not self._crossings:
            return ()
        ends = [None, *((stop.tasks[0], stop.tasks[-1]) for stop in route.stops), None]
        keys = [(route.id, before and before[1], after and after[0]) for before, after in pairwise(ends)]
        return tuple((*self._of(key), *(replace(mark, lost=True) for mark in self._of((route.id, key[2], key[2])))) for key in keys)

    def _of(self, key: LegKey) -> tuple[RoadMark, ...]:
        return tuple(self._marks[each] for each in sorted(self._crossings.get(key, ())) if each in self._marks)


def _shift_order(route: Route, shifts: Mapping[ShiftId, Shift], day: Day) -> tuple[str | int, ...]:
    shift = shifts.get(route.shift)
    if shift is None:
        return (1, "", route.id)
    return (0, natural(_vehicle_name(shift, day.vehicles)), shift.id)


def natural(text: str) -> str:
    """A key that sorts "Van 10" after "Van 9"."""
    return _DIGITS.sub(_padded, text.casefold())


def _padded(found: re.Match[str]) -> str:
    return found[0].zfill(12)


def _vehicle_name(shift: Shift | None, vehicles: Mapping[VehicleId, Vehicle]) -> str:
    vehicle = vehicles.get(shift.vehicle) if shift is not None else None
    return vehicle.name if vehicle is not None else ""


def _route_row(
    route: Route, number: int, line: Timeline | None, stops: Sequence[StopRow], shifts: Mapping[ShiftId, Shift], day: Day, roads: _Roads
) -> RouteRow:
    legs = roads.legs(route)
    shift = shifts.get(route.shift)
    vehicle = day.vehicles.get(shift.vehicle) if shift is not None else None
    driver = day.drivers.get(shift.driver) if shift is not None and shift.driver is not None else None
    peak = line.peak if line is not None else Load()
    return RouteRow(
        id=route.id,
        shift=route.shift,
        number=number,
        vehicle=vehicle.name if vehicle is not None else "",
        driver=driver.name if driver is not None else "",
        profile=vehicle.profile if vehicle is not None else Profile.VAN,
        stops=len(route.stops),
        share=_share(peak, vehicle.capacity) if vehicle is not None else None,
        weight=peak.weight,
        leaves=line.leaves if line is not None else Millis(0),
        ends=line.ends if line is not None else Millis(0),
        late=sum(1 for row in stops if row.late),
        worst_late=Millis(max((row.late for row in stops), default=0)),
        meters=line.meters if line is not None else Meters(0),
        locked=route.locked,
        violations=tuple(each for each in line.violations if each.task is None) if line is not None else (),
        broken=len(line.violations) if line is not None else 0,
        hatched=tuple(at for at, marks in enumerate(legs) if marks),
        roads=tuple(dict.fromkeys(mark for marks in legs for mark in marks)),
        allowed=_allowed(shift) if shift is not None else Millis(0),
    )


def _allowed(shift: Shift) -> Millis:
    whole = Millis((shift.latest_end - shift.starts) // timedelta(milliseconds=1))
    return whole if shift.max_duration is None else min(whole, shift.max_duration)


def _share(peak: Load, capacity: Capacity) -> float | None:
    pairs = ((peak.weight, capacity.weight), (peak.volume, capacity.volume), (peak.pieces, capacity.pieces))
    shares = [load / limit for load, limit in pairs if limit]
    return max(shares) if shares else None


def _stop_rows(route: Route, line: Timeline | None, orders: Mapping[TaskId, Order], clock: _Clock, roads: _Roads) -> tuple[StopRow, ...]:
    legs = roads.legs(route)
    halts = {halt.task: halt for halt in line.halts} if line is not None else {}
    broken: dict[TaskId, list[Violation]] = {}
    for each in line.violations if line is not None else ():
        if each.task is not None:
            broken.setdefault(each.task, []).append(each)
    rows = []
    for position, stop in enumerate(route.stops, start=1):
        served = [orders[task] for task in stop.tasks if task in orders]
        found = [halts[task] for task in stop.tasks if task in halts]
        first, last = (found[0], found[-1]) if found else (None, None)
        windows = clock.spans(served[0].windows) if served else ()
        late = Millis(max((halt.late for halt in found), default=0))
        rows.append(
            StopRow(
                id=stop.id,
                route=route.id,
                position=position,
                orders=tuple(order.id for order in served) or tuple(order_of(task) for task in stop.tasks),
                number=served[0].number if served else "",
                customer=served[0].recipient.name if served else "",
                address=served[0].address.line if served else "",
                windows=windows,
                arrival=first.arrival if first else None,
                begin=first.begin if first else None,
                departure=last.departure if last else None,
                late=late,
                slack=_slack(first, windows),
                wait=first.wait if first else Millis(0),
                meters=Meters(sum(halt.meters for halt in found)),
                weight=sum(order.load.weight for order in served),
                lock=stop.lock,
                violations=tuple(each for task in stop.tasks for each in broken.get(task, ())),
                reload_before=stop.reload_before,
                roads=legs[position - 1] if legs else (),
            )
        )
    return tuple(rows)


def _slack(halt: Halt | None, windows: Sequence[Span]) -> Millis | None:
    if halt is None or halt.late or not windows:
        return None
    closes = [end for start, end in windows if start <= halt.begin <= end]
    return Millis(max(closes) - halt.begin) if closes else None


def _board(
    day: Day,
    clock: _Clock,
    stops: Mapping[RouteId, Sequence[StopRow]],
    routes: Mapping[RouteId, RouteRow],
    unassigned: Iterable[Unassigned],
    late: Mapping[OrderId, tuple[Sentence, ...]],
) -> tuple[BoardRow, ...]:
    placed = {order: row for rows in stops.values() for row in rows for order in row.orders}
    reasons = {order_of(each.task): each.reasons for each in unassigned}
    rows = (_board_row(order, clock, placed.get(order.id), routes, reasons.get(order.id, ()), late.get(order.id, ())) for order in day.orders)
    return tuple(sorted(rows, key=lambda row: natural(row.number)))


def _board_row(
    order: Order,
    clock: _Clock,
    stop: StopRow | None,
    routes: Mapping[RouteId, RouteRow],
    reasons: tuple[Sentence, ...],
    late_reasons: tuple[Sentence, ...],
) -> BoardRow:
    windows = clock.spans(order.windows)
    route = routes[stop.route] if stop is not None else None
    return BoardRow(
        order=order.id,
        number=order.number,
        customer=order.recipient.name,
        address=order.address.line,
        address_state=order.location.state,
        place=order.location.place,
        standing=_standing(order, stop),
        state=order.state,
        windows=windows,
        route=route.id if route is not None else None,
        route_number=route.number if route is not None else 0,
        vehicle=route.vehicle if route is not None else "",
        stop=stop.id if stop is not None else None,
        position=stop.position if stop is not None else 0,
        arrival=stop.arrival if stop is not None else None,
        late=stop.late if stop is not None else Millis(0),
        slack=stop.slack if stop is not None else None,
        weight=order.load.weight,
        pieces=order.load.pieces,
        priority=order.priority,
        lock=stop.lock if stop is not None else None,
        violations=stop.violations if stop is not None else (),
        reasons=() if stop is not None else _why(order, reasons),
        late_reasons=late_reasons if stop is not None and stop.late else (),
        driver=route.driver if route is not None else "",
        roads=stop.roads if stop is not None else (),
        **_promised(order, clock),
    )


def _promised(order: Order, clock: _Clock) -> dict[str, Any]:
    """What the order itself says, whatever the plan."""
    return {
        "source": order.source,
        "brand": order.brand,
        "service_level": order.service_level,
        "kind": order.kind,
        "postcode": order.address.postcode,
        "city": order.address.city,
        "phone": order.recipient.phone,
        "email": order.recipient.email,
        "language": order.recipient.language,
        "notes": order.notes,
        "preferred": clock.spans(order.preferred),
        "volume": order.load.volume,
        "service": order.service,
        "skills": tuple(sorted(order.skills)),
        "features": tuple(sorted(order.features)),
        "handling": tuple(sorted(order.handling)),
        "cod": order.cod,
        "contactless": order.contactless,
        "paired_with": order.paired_with,
    }


def _standing(order: Order, stop: StopRow | None) -> Standing:
    if stop is not None:
        return Standing.LATE if stop.late else Standing.PLANNED
    if order.state is OrderState.CANCELLED:
        return Standing.CANCELLED
    return Standing.POOL if order.state in PLANNING and order.location.plannable else Standing.HELD


def _why(order: Order, reasons: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    if order.hold is not None:
        return (order.hold, *(each for each in reasons if each != order.hold))
    if order.location.doubt is not None:
        return (order.location.doubt, *(each for each in reasons if each != order.location.doubt))
    return reasons


def _figures(board: Sequence[BoardRow], routes: Sequence[RouteRow], judged: Judged | None) -> Figures:
    standing = Counter(row.standing for row in board)
    lines = list(judged.timelines.values()) if judged is not None else []
    return Figures(
        orders=len(board) - standing[Standing.CANCELLED],
        planned=standing[Standing.PLANNED] + standing[Standing.LATE],
        pool=standing[Standing.POOL],
        held=standing[Standing.HELD],
        late=standing[Standing.LATE],
        violations=sum(route.broken for route in routes) - sum(_late_marks(route, judged) for route in routes),
        meters=sum(route.meters for route in routes),
        duration=sum(line.duration for line in lines),
        cost=Cost(sum(line.travel_cost for line in lines)),
    )


def _late_marks(route: RouteRow, judged: Judged | None) -> int:
    """Lateness is counted on its own, not among the broken rules."""
    line = judged.timelines.get(route.id) if judged is not None else None
    return sum(1 for each in line.violations if each.kind is ViolationKind.LATE) if line is not None else 0
