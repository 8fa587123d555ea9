"""A depot's day → tasks, shifts and travel tables in the optimiser's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.closing import concerns
from app.domain.errors import Refused
from app.domain.fleet import Prices, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import ShiftId, TaskId
from app.domain.orders import PLANNING, Order, OrderState, TaskKind, Window, task_of
from app.domain.roads import UNREACHABLE, TravelTable
from app.domain.schedule import BreakTerms, ShiftTerms, TaskTerms, TimeWindow
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR, MILLIS_PER_HOUR, Cost, Millis, day_origin, wall_to_clock
from app.services.locating import hold_of
from app.services.planning_values import DayProblem
from app.services.ports.store import Day
from app.services.ports.travel import Report, Travel
from app.services.problem import Problem

OPEN = PLANNING | {OrderState.DRAFT, OrderState.ON_HOLD}
"""States of orders that are still to be planned, now or once their hold is over."""
_PRICED_KM = 100
"""Kilometres that count into the price of leaving an order out."""


@dataclass(slots=True)
class _Rows:
    """The places of the tables, each once."""

    places: list[Place] = field(default_factory=list)
    found: dict[Place, int] = field(default_factory=dict)

    def of(self, place: Place) -> int:
        """The row of a place; a new one where it is new."""
        if place not in self.found:
            self.found[place] = len(self.places)
            self.places.append(place)
        return self.found[place]


def build(day: Day, travel: Travel, report: Report) -> DayProblem:
    """`planning.day_problem`."""
    zone = ZoneInfo(day.depot.zone)
    origin = day_origin(day.day, zone)
    rows = _Rows()
    depot = rows.of(day.depot.place)
    shifts = tuple(_shift_terms(day, shift, rows, depot, zone, origin) for shift in day.shifts if shift.vehicle in day.vehicles)
    open_orders = {task_of(order): order for order in day.orders if order.state in OPEN}
    left_out: dict[TaskId, tuple[Sentence, ...]] = {}
    prices = _unplanned_price(shifts)
    terms = _all_terms(open_orders, rows, zone, origin, prices, left_out)
    tables = _tables(day, travel, rows.places, _kinds(day), origin, report)
    _check_depot(day, travel, shifts, tables)
    drop_unreachable(terms, shifts, tables, rows.places, travel, left_out)
    _drop_broken_pairs(terms, open_orders, left_out)
    problem = Problem(day=day.day, zone=day.depot.zone, tasks=tuple(terms.values()), shifts=shifts, travel=tables)
    return DayProblem(
        problem=problem,
        depot=day.depot.id,
        currency=day.depot.currency,
        origin=origin,
        orders=open_orders,
        terms=terms,
        shifts={shift.id: shift for shift in shifts},
        vehicles=_names(day),
        places=tuple(rows.places),
        left_out=left_out,
        source=", ".join(sorted({table.source for table in tables.values()})),
    )


def _names(day: Day) -> Mapping[ShiftId, str]:
    """Each shift's vehicle by name, with the hour it starts where a vehicle has several shifts."""
    vehicles = [shift.vehicle for shift in day.shifts]
    return {
        shift.id: day.vehicles[shift.vehicle].name + (f" ({shift.starts:%H:%M})" if vehicles.count(shift.vehicle) > 1 else "")
        for shift in day.shifts
        if shift.vehicle in day.vehicles
    }


def spare_terms(day: Day, shift: Shift, places: Iterable[Place], depot: int, origin: datetime) -> ShiftTerms | None:
    """A shift that could be driven besides those of the day (which has its vehicle and driver), in the terms of tables of these places.

    None where it begins or ends at a place of which no travel times are known.
    """
    rows = _Rows(list(places), {})
    rows.found.update((place, row) for row, place in enumerate(rows.places))
    known = len(rows.places)
    terms = _shift_terms(day, shift, rows, depot, ZoneInfo(day.depot.zone), origin)
    return terms if len(rows.places) == known else None


def _shift_terms(day: Day, shift: Shift, rows: _Rows, depot: int, zone: ZoneInfo, origin: datetime) -> ShiftTerms:
    vehicle: Vehicle = day.vehicles[shift.vehicle]
    driver = day.drivers.get(shift.driver) if shift.driver is not None else None
    end = driver.end if driver is not None else None
    start = driver.start if driver is not None else None

    def clock(wall: datetime) -> Millis:
        return wall_to_clock(wall, zone, origin)

    pauses = [BreakTerms(earliest=clock(each.earliest), latest=max(clock(each.earliest), clock(each.latest)), length=each.length) for each in shift.breaks]
    price = prices(vehicle.prices)
    return ShiftTerms(
        id=shift.id,
        profile=vehicle.profile,
        roads=roads_of(day, vehicle),
        start=depot if start is None else rows.of(start),
        end=None if shift.open_end else depot if end is None else rows.of(end),
        depot=depot,
        starts=clock(shift.starts),
        ends=clock(shift.ends),
        latest_end=max(clock(shift.ends), clock(shift.latest_end)),
        capacity=vehicle.capacity,
        skills=driver.skills if driver is not None else frozenset(),
        features=vehicle.features,
        breaks=tuple(sorted(pauses, key=lambda pause: pause.earliest)),
        max_distance=vehicle.range,
        max_duration=shift.max_duration,
        reloads=shift.reloads,
        reload=day.depot.reload,
        fixed_price=price[0],
        meter_price=price[1],
        milli_price=price[2],
        overtime_price=price[3],
    )


def prices(of: Prices) -> tuple[Cost, Cost, Cost, Cost]:
    """Once, per metre, per millisecond and per millisecond of overtime, rounded down to whole millionths of a minor unit."""
    return Cost(of.fixed * COST_PER_MINOR), Cost(of.per_km * COST_PER_MINOR // 1_000), per_milli(of.per_hour), per_milli(of.overtime_per_hour)


def per_milli(per_hour: int) -> Cost:
    """The price per millisecond of minor units per hour, rounded down."""
    return Cost(per_hour * COST_PER_MINOR // MILLIS_PER_HOUR)


def _unplanned_price(shifts: Iterable[ShiftTerms]) -> int:
    """What leaving out an order of priority 0 costs: as much as the dearest shift from its start to its end and 100 km, so that no order is left out
    to save money. Each step of priority doubles it."""
    dearest = [s.fixed_price + (s.ends - s.starts) * s.milli_price + _PRICED_KM * 1_000 * s.meter_price for s in shifts]
    return max([COST_PER_MINOR, *dearest])


def _all_terms(
    orders: Mapping[TaskId, Order], rows: _Rows, zone: ZoneInfo, origin: datetime, price: int, left_out: dict[TaskId, tuple[Sentence, ...]]
) -> dict[TaskId, TaskTerms]:
    numbers = {(order.source, order.number): task for task, order in orders.items()}
    terms: dict[TaskId, TaskTerms] = {}
    for task, order in orders.items():
        held = hold_reasons(order)
        if held or order.location.place is None:
            left_out[task] = held
            continue
        terms[task] = TaskTerms(
            id=task,
            place=rows.of(order.location.place),
            windows=windows(order.windows, zone, origin),
            service=order.service,
            load=order.load,
            kind=order.kind,
            after=numbers.get((order.source, order.paired_with)) if order.paired_with else None,
            skills=order.skills,
            features=order.features,
            unplanned_price=Cost(price * 2 ** max(0, min(9, order.priority))),
        )
    return terms


def hold_reasons(order: Order) -> tuple[Sentence, ...]:
    """Why an order may not be planned now; empty where it may."""
    said = hold_of(order.location)
    if said is None and order.state not in PLANNING:
        said = Sentence.of("planning.on_hold")
    return () if said is None else (order.hold or said,)


def windows(promised: Iterable[Window], zone: ZoneInfo, origin: datetime) -> tuple[TimeWindow, ...]:
    """Local wall times as clock readings, in order, without overlaps (hard ones that touch become one).

    Where a clock change makes a window close before it opens, it is open for a moment.
    """
    found: list[TimeWindow] = []
    for window in sorted(promised, key=lambda each: (each.opens, each.closes)):
        opens = wall_to_clock(window.opens, zone, origin)
        closes = max(opens, wall_to_clock(window.closes, zone, origin))
        price = None if window.late_per_hour is None else per_milli(window.late_per_hour)
        before = found[-1] if found else None
        if before is not None and opens <= before.closes:
            if before.late_price is None and price is None:
                found[-1] = TimeWindow(opens=before.opens, closes=max(before.closes, closes))
                continue
            opens = Millis(before.closes + 1)
        if closes >= opens:
            found.append(TimeWindow(opens=opens, closes=closes, late_price=price))
    return tuple(found)


def roads_of(day: Day, vehicle: Vehicle) -> str:
    """The name of a vehicle's travel table: empty for that of its profile, else with the lightest weight limit that stops it."""
    limits = [each.heavier_than for each in day.closures if each.heavier_than is not None and concerns(each, vehicle.profile, vehicle.weighs)]
    return f"{vehicle.profile.value} > {max(limits)} g" if limits else ""


def _kinds(day: Day) -> Mapping[str, Vehicle]:
    """One vehicle for each travel table that the day needs, by the table's name."""
    driven = [day.vehicles[shift.vehicle] for shift in day.shifts if shift.vehicle in day.vehicles]
    named = {roads_of(day, vehicle) or vehicle.profile.value: vehicle for vehicle in driven}
    return {name: named[name] for name in sorted(named)}


def _tables(day: Day, travel: Travel, places: list[Place], kinds: Mapping[str, Vehicle], origin: datetime, report: Report) -> Mapping[str, TravelTable]:
    tables = {}
    for number, (name, vehicle) in enumerate(kinds.items()):

        def part(share: float, step: str, number: int = number) -> None:
            report((number + share) / len(kinds), step)

        held = tuple(each for each in day.closures if concerns(each, vehicle.profile, vehicle.weighs))
        table = travel.table(places, vehicle.profile, origin=origin, zone=day.depot.zone, closures=held, report=part)
        tables[name] = replace(table, roads=roads_of(day, vehicle))
    return tables


def _check_depot(day: Day, travel: Travel, shifts: Iterable[ShiftTerms], tables: Mapping[str, TravelTable]) -> None:
    """Raises Refused where no vehicle at all can leave the depot although there is somewhere to go."""
    used = [(shift, tables[shift.travels]) for shift in shifts]
    if not used or used[0][1].size < 2:
        return
    for shift, table in used:
        row = table.durations[0][shift.start * table.size : (shift.start + 1) * table.size]
        if any(each > UNREACHABLE for place, each in enumerate(row) if place != shift.start):
            return
    snap = travel.snaps([day.depot.place], used[0][0].profile)[0]
    if snap.meters is None:
        raise Refused("planning.depot_outside", depot=day.depot.name)
    raise Refused("planning.depot_cut_off", depot=day.depot.name, meters=snap.meters)


def _reached(place: int, shift: ShiftTerms, table: TravelTable) -> bool:
    """Whether a road leads from the shift's start to the place, and on to its end."""
    there = table.durations[0][shift.start * table.size + place]
    back = 0 if shift.end is None else table.durations[0][place * table.size + shift.end]
    return there != UNREACHABLE and back != UNREACHABLE


def drop_unreachable(
    terms: dict[TaskId, TaskTerms],
    shifts: tuple[ShiftTerms, ...],
    tables: Mapping[str, TravelTable],
    places: list[Place],
    travel: Travel,
    left_out: dict[TaskId, tuple[Sentence, ...]],
) -> None:
    """Takes out the tasks that no shift can reach, each with how far the nearest road is."""
    kinds = list({(shift.travels, shift.start, shift.end): shift for shift in shifts}.values())
    lost = [task for task in terms.values() if kinds and not any(_reached(task.place, shift, tables[shift.travels]) for shift in kinds)]
    if not lost:
        return
    snaps = travel.snaps([places[task.place] for task in lost], kinds[0].profile)
    for task, snap in zip(lost, snaps, strict=True):
        del terms[task.id]
        reason = Sentence.of("planning.no_road_near") if snap.meters is None else Sentence.of("planning.no_road", meters=snap.meters)
        left_out[task.id] = (reason,)


def _drop_broken_pairs(terms: dict[TaskId, TaskTerms], orders: Mapping[TaskId, Order], left_out: dict[TaskId, tuple[Sentence, ...]]) -> None:
    """Takes out deliveries whose pick-up cannot be planned, and pick-ups whose delivery cannot."""
    again = True
    while again:
        again = False
        for task in list(terms.values()):
            order = orders[task.id]
            partner = order.paired_with
            broken = bool(partner) and (task.after is None or task.after not in terms)
            if broken:
                del terms[task.id]
                left_out[task.id] = (Sentence.of("planning.pair_missing", order=partner),)
                again = True
        waiting = {each.after: each for each in (_after(order, orders) for order in orders.values()) if each is not None}
        for pickup, pair in waiting.items():
            if pickup in terms and pair.delivery not in terms and terms[pickup].kind is not TaskKind.DELIVERY:
                del terms[pickup]
                left_out[pickup] = (Sentence.of("planning.pair_missing", order=orders[pair.delivery].number),)
                again = True


@dataclass(frozen=True, slots=True)
class _Pair:
    after: TaskId
    delivery: TaskId


def _after(order: Order, orders: Mapping[TaskId, Order]) -> _Pair | None:
    if not order.paired_with:
        return None
    for task, other in orders.items():
        if other.source == order.source and other.number == order.paired_with:
            return _Pair(task, task_of(order))
    return None
