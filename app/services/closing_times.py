"""The times of a plan on changed roads at once: only the legs that a closure meets are asked for anew, the tables of the whole day follow later.

A leg that no changed closure lies on keeps its quickest way: closing or slowing other roads cannot make another way quicker. So the plan's own times are as
good as exact (only how long before it begins a closure counts is guessed from fewer legs); what a leg in no route would take is not, and nothing is planned
on them.
"""

from array import array
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace

from app.domain.closing import barrier, concerns
from app.domain.geo import Place
from app.domain.roads import Closure, TravelTable
from app.domain.schedule import ShiftTerms
from app.domain.units import Millis
from app.services.closing_effects import free_lines, legs_of
from app.services.planning_day import drop_unreachable, roads_of
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.ports.travel import Travel


def on_changed_roads(before: Day, after: Day, problem: DayProblem, judged: Judged, travel: Travel) -> DayProblem:
    """The problem of a day whose closures have changed, good for judging the plan as it stands and for nothing else.

    `problem` and `judged` are those of `before`; `after` differs in nothing but closures. Raises Unavailable.
    """
    changed = [*(each for each in after.closures if each not in before.closures), *(each for each in before.closures if each not in after.closures)]
    rows = _rows(problem, _touched(before, problem, judged, travel, changed))
    vehicles = {shift.id: after.vehicles[shift.vehicle] for shift in after.shifts if shift.vehicle in after.vehicles}
    shifts = {shift: replace(terms, roads=roads_of(after, vehicles[shift])) for shift, terms in problem.shifts.items()}
    tables: dict[str, TravelTable] = {}
    for shift, terms in shifts.items():
        if terms.travels not in tables:
            old = problem.problem.travel[problem.shifts[shift].travels]
            held = tuple(each for each in after.closures if concerns(each, terms.profile, vehicles[shift].weighs))
            tables[terms.travels] = _patched(after, problem, travel, old, terms, held, rows)
    terms_of, left_out = dict(problem.terms), dict(problem.left_out)
    drop_unreachable(terms_of, tuple(shifts.values()), tables, list(problem.places), travel, left_out)
    solved = replace(problem.problem, tasks=tuple(terms_of.values()), shifts=tuple(shifts.values()), travel=tables)
    return replace(problem, problem=solved, terms=terms_of, shifts=shifts, left_out=left_out)


def _touched(day: Day, problem: DayProblem, judged: Judged, travel: Travel, changed: Sequence[Closure]) -> frozenset[Place]:
    """The ends of legs that a changed closure lies on: on open roads, or on the way that they take around the closures that stood before."""
    legs = legs_of(day, problem, judged.routes, judged.timelines)
    walls = [barrier(each) for each in changed]
    asked = ((), day.closures) if day.closures else ((),)
    lines = [free_lines(legs, travel, problem.origin, day.depot.zone, each) for each in asked]
    met = (leg for leg in legs if any(wall.met_by(line[leg.key]) for wall in walls for line in lines))
    return frozenset(place for leg in met for place in leg.places)


def _rows(problem: DayProblem, touched: Collection[Place]) -> list[int]:
    """The rows of these places, with those where shifts begin, end and load, and those at the rim."""
    shifts = problem.shifts.values()
    ends = [row for terms in shifts for row in (terms.start, terms.end, terms.depot) if row is not None]
    found = [row for row, place in enumerate(problem.places) if place in touched]
    return list(dict.fromkeys((*ends, *_outermost(problem.places), *found))) if found else []


def _outermost(places: Sequence[Place]) -> list[int]:
    """The rows at the rim: how far the places reach decides how long before it begins a closure counts."""
    rows = range(len(places))
    by_lat, by_lon = sorted(rows, key=lambda row: places[row].lat), sorted(rows, key=lambda row: places[row].lon)
    return [by_lat[0], by_lat[-1], by_lon[0], by_lon[-1]]


def _patched(day: Day, problem: DayProblem, travel: Travel, old: TravelTable, terms: ShiftTerms, held: tuple[Closure, ...], rows: Sequence[int]) -> TravelTable:
    """The table with what is new between these rows, in every part of the day that it or the new numbers know."""
    if not rows:
        return replace(old, roads=terms.roads)
    places: list[Place] = [problem.places[row] for row in rows]
    new = travel.table(places, terms.profile, origin=problem.origin, zone=day.depot.zone, closures=held)
    begins = tuple(sorted({*old.begins, *new.begins}))
    parts = [(max(0, bisect_right(old.begins, at) - 1), max(0, bisect_right(new.begins, at) - 1)) for at in begins]
    return replace(
        old,
        roads=terms.roads,
        begins=tuple(Millis(at) for at in begins),
        durations=tuple(_over(old.durations[was], new.durations[now], old.size, rows) for was, now in parts),
        distances=tuple(_over(old.distances[was], new.distances[now], old.size, rows) for was, now in parts),
        closed=tuple(new.closed[now] for _, now in parts) if new.closed else (),
    )


def _over(old: Sequence[int], new: Sequence[int], size: int, rows: Sequence[int]) -> Sequence[int]:
    cells, count = array("i", old), len(rows)
    for at, row in enumerate(rows):
        for to, column in enumerate(rows):
            cells[row * size + column] = new[at * count + to]
    return cells
