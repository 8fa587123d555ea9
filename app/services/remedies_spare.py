"""Shifts that could be driven besides those of a day: by vehicles that stand idle, at the hours that the day's shifts mostly have."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.fleet import Driver, Shift, Vehicle
from app.domain.ids import ShiftId, new_id
from app.domain.schedule import ShiftTerms
from app.services.planning_day import spare_terms
from app.services.planning_values import DayProblem
from app.services.ports.store import Day

MOST = 6
"""Idle vehicles that are looked at; those that carry most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """A shift that nobody drives yet: as it would be stored, in the terms of planning, and who would drive what."""

    shift: Shift
    terms: ShiftTerms
    vehicle: Vehicle
    driver: Driver | None


def spares(day: Day, problem: DayProblem, vehicles: Iterable[Vehicle], drivers: Iterable[Driver]) -> tuple[Spare, ...]:
    """The shifts that idle vehicles could drive, each with an idle driver as long as there are some. None where the day has no shift to go by."""
    if not day.shifts:
        return ()
    usual = _usual(day.shifts)
    idle = sorted((each for each in vehicles if each.id not in {shift.vehicle for shift in day.shifts}), key=lambda each: -(each.capacity.weight or 10**12))
    free = [each for each in drivers if each.id not in {shift.driver for shift in day.shifts}]
    found = []
    for number, vehicle in enumerate(idle[:MOST]):
        made = _made(day, problem, usual, vehicle, free[number] if number < len(free) else None)
        if made is not None:
            found.append(made)
    return tuple(found)


def _usual(shifts: Iterable[Shift]) -> Shift:
    """The shift whose hours most shifts have."""
    every = list(shifts)
    hours = Counter((each.starts, each.latest_end) for each in every)
    return max(every, key=lambda each: hours[each.starts, each.latest_end])


def _made(day: Day, problem: DayProblem, usual: Shift, vehicle: Vehicle, driver: Driver | None) -> Spare | None:
    shift = replace(usual, id=ShiftId(new_id("shf")), vehicle=vehicle.id, driver=driver.id if driver is not None else None, version=0)
    with_both = replace(day, vehicles={vehicle.id: vehicle}, drivers={driver.id: driver} if driver is not None else {})
    depot = problem.places.index(day.depot.place)
    terms = spare_terms(with_both, shift, problem.places, depot, problem.origin)
    if terms is None or terms.travels not in problem.problem.travel:
        return None
    return Spare(shift=shift, terms=terms, vehicle=vehicle, driver=driver)
