"""What other shifts would do to a day, before they are stored: the day as it would be read, and its plan with the times that it would then have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.domain.fleet import Driver, Shift, Vehicle
from app.domain.ids import DriverId, ShiftId, VehicleId, new_id
from app.domain.units import Cost, Millis
from app.services import planning
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.ports.travel import Travel
from app.services.shift_commands import ChangeShifts
from app.services.shifting import without_route

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftEffect:
    """What lies between the day with its shifts as they are and with others. Money in millionths of a minor unit."""

    cost: Cost
    time: Millis
    late_before: int
    late_after: int
    unfit: int
    """Stops of changed shifts that break a rule then and broke none before, lateness among them."""
    pooled: int
    """Stops that would wait in the pool."""


def after(day: Day, wish: ChangeShifts, vehicles: Mapping[VehicleId, Vehicle], drivers: Mapping[DriverId, Driver]) -> Day:
    """The day as it would be with these shifts; stops of those taken away wait in the pool. `vehicles` and `drivers` are all of the book."""
    coming = {each.id: each for each in wish.shifts if (each.day, each.depot) == (day.day, day.depot.id)}
    gone = {*wish.removed, *(each.id for each in wish.shifts if each.id not in coming)}
    kept = [coming.pop(each.id, each) for each in day.shifts if each.id not in gone]
    shifts = (*kept, *coming.values())
    plan = day.plan
    for route in plan.routes if plan is not None else ():
        if plan is not None and route.shift in gone:
            plan = without_route(plan, route)
    needed = {each.driver for each in shifts if each.driver is not None}
    return replace(
        day,
        shifts=shifts,
        plan=plan,
        vehicles={**day.vehicles, **{each.vehicle: vehicles[each.vehicle] for each in shifts if each.vehicle in vehicles}},
        drivers={**day.drivers, **{each: drivers[each] for each in needed if each in drivers}},
    )


def effect_of(before: Judged, day: Day, then: Day, travel: Travel) -> ShiftEffect:
    """What the changed day costs and breaks against the plan as it stands. Computes travel tables where they are not known: call it off the main thread."""
    problem = planning.day_problem(then, travel)
    judged = planning.current(problem, then.plan)
    was, now = before.totals, judged.totals
    return ShiftEffect(
        cost=Cost(now.travel_cost + now.late_cost - was.travel_cost - was.late_cost),
        time=Millis(now.duration - was.duration),
        late_before=was.late,
        late_after=now.late,
        unfit=len(_broken(judged, problem) - _broken(before, problem)),
        pooled=_planned(day) - _planned(then),
    )


def _broken(judged: Judged, problem: DayProblem) -> set[str]:
    """What breaks a rule: tasks by themselves; for a rule of the whole route its last task."""
    last = {route.id: route.tasks[-1] for route in judged.routes if route.tasks and route.shift in problem.shifts}
    found: set[str | None] = {each.task or last.get(route) for route, line in judged.timelines.items() for each in line.violations}
    return {each for each in found if each is not None}


def _planned(day: Day) -> int:
    return sum(len(route.stops) for route in day.plan.routes) if day.plan is not None else 0


# Other days -------------------------------------------------------------------------------------------------------


def on_day(shift: Shift, day: date, known: Iterable[Shift] = ()) -> Shift:
    """The same shift on another day: the one that its vehicle has there with other content, else a new one."""
    there = next((each for each in known if each.vehicle == shift.vehicle), None)
    by = (day - shift.day).days * _DAY
    breaks = tuple(replace(each, earliest=each.earliest + by, latest=each.latest + by) for each in shift.breaks)
    moved = replace(shift, day=day, starts=shift.starts + by, ends=shift.ends + by, latest_end=shift.latest_end + by, breaks=breaks)
    if there is None:
        return replace(moved, id=ShiftId(new_id("shf")), version=0)
    return replace(moved, id=there.id, version=there.version)


def copies(shift: Shift, days: Mapping[date, Sequence[Shift]]) -> tuple[Shift, ...]:
    """The shift on each of these days, given the depot's shifts that there are."""
    return tuple(on_day(shift, day, known) for day, known in sorted(days.items()))


def new_shift(like: Shift | None, day: Day, vehicle: VehicleId, driver: DriverId | None) -> Shift:
    """A shift to begin editing with: the hours of another of the day, without its driver."""
    pattern = like if like is not None else _usual(day, vehicle)
    return replace(pattern, id=ShiftId(new_id("shf")), vehicle=vehicle, driver=driver, version=0)


def _usual(day: Day, vehicle: VehicleId) -> Shift:
    midnight = datetime.combine(day.day, time())
    starts, ends, latest = (midnight + timedelta(hours=hour) for hour in (8, 17, 18))
    return Shift(id=ShiftId(""), day=day.day, depot=day.depot.id, vehicle=vehicle, driver=None, starts=starts, ends=ends, latest_end=latest)
