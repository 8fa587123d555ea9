"""What closures do to a plan: which legs and stops they meet in their hours, and what that costs. Pure but for the lines of legs, which roads are asked for."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from app.domain.closing import Barrier, barrier, concerns, in_force
from app.domain.geo import Place
from app.domain.ids import ClosureId, RouteId, TaskId
from app.domain.plans import Route
from app.domain.roads import DAY_BANDS, Closure, Profile
from app.domain.schedule import ShiftTerms, Timeline, ViolationKind
from app.domain.units import Grams, Millis, from_clock
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.ports.travel import Travel

LegKey = tuple[RouteId, TaskId | None, TaskId | None]
"""A leg by its route and the tasks at its ends; None: where the shift begins or ends."""
Crossings = Mapping[LegKey, frozenset[ClosureId]]
"""The closures that legs would drive through if nobody had closed anything; legs that meet none are left out. A stop that no road reaches any more has
its own task at both ends of its key."""
_DAY = timedelta(hours=36)
"""From the planning day's begin; a late shift ends on the day after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A drive of a route, through the places on it (three where it loads at the depot on the way); clock readings."""

    route: RouteId
    before: TaskId | None
    after: TaskId | None
    places: tuple[Place, ...]
    profile: Profile
    weighs: Grams
    leaves: Millis
    arrives: Millis

    @property
    def key(self) -> LegKey:
        """What it is known by."""
        return (self.route, self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What one closure does to a plan as it stands."""

    legs: int = 0
    routes: tuple[RouteId, ...] = ()
    tasks: tuple[TaskId, ...] = ()
    """The stops at the end of those legs."""
    more: Millis | None = None
    """How much longer all routes take together; negative: shorter; None: not known yet."""
    late: int = 0
    """Stops that become late by it; negative: fewer are."""
    lost: int = 0
    """Stops that no road reaches any more."""


def today(closures: Iterable[Closure], day: Day, origin: datetime) -> tuple[Closure, ...]:
    """The closures that are in force at any moment of a planning day."""
    return tuple(each for each in closures if in_force(each, origin, origin + _DAY, day.depot.zone))


def crossings(day: Day, problem: DayProblem, judged: Judged, travel: Travel, closures: Sequence[Closure] | None = None) -> Crossings:
    """The legs of a judged plan that closures (None: all of the day) meet in the hours in which they are driven. Raises Unavailable."""
    held = today(day.closures if closures is None else closures, day, problem.origin)
    legs = legs_of(day, problem, judged.routes, judged.timelines) if held else ()
    walls = {each.id: barrier(each) for each in held}
    lines = free_lines(legs, travel, problem.origin, day.depot.zone)
    found = {leg.key: _met(leg, lines[leg.key], held, walls, problem.origin, day.depot.zone) for leg in legs}
    return {key: met for key, met in found.items() if met} | _cut_off(problem, judged, held, walls)


def _cut_off(problem: DayProblem, judged: Judged, held: Sequence[Closure], walls: Mapping[ClosureId, Barrier]) -> dict[LegKey, frozenset[ClosureId]]:
    """Stops of routes that left the problem because no road leads there: by the areas that they lie in, else by whatever is closed."""
    closed = [each for each in held if each.factor is None]
    found: dict[LegKey, frozenset[ClosureId]] = {}
    for route in judged.routes:
        for task in route.tasks:
            place = problem.orders[task].location.place if task in problem.left_out and task in problem.orders else None
            if place is not None and closed:
                around = [each.id for each in closed if walls[each.id].met_by((place,))]
                found[route.id, task, task] = frozenset(around or [each.id for each in closed])
    return found


def impact(before: Judged, met: Crossings, after: Judged | None = None) -> Impact:
    """What the closures of `met` do: whom they meet, and where `after` is the same plan on the changed roads, what it costs."""
    tasks = tuple(key[2] for key in met if key[2] is not None)
    routes = tuple(dict.fromkeys(key[0] for key in met))
    if after is None:
        return Impact(legs=len(met), routes=routes, tasks=tasks)
    common = [(before.timelines[route], line) for route, line in after.timelines.items() if route in before.timelines]
    more = sum(now.duration - was.duration for was, now in common)
    lost = len(_broken(after, ViolationKind.UNREACHABLE) - _broken(before, ViolationKind.UNREACHABLE)) + len(_served(before) - _served(after))
    return Impact(legs=len(met), routes=routes, tasks=tasks, more=Millis(more), late=len(_late(after)) - len(_late(before)), lost=lost)


def legs_of(day: Day, problem: DayProblem, routes: Iterable[Route], timelines: Mapping[RouteId, Timeline]) -> tuple[Leg, ...]:
    """Every drive of every route with stops, the way home too."""
    shifts = {shift.id: day.vehicles[shift.vehicle] for shift in day.shifts if shift.vehicle in day.vehicles}
    found: list[Leg] = []
    for route in routes:
        line, terms, vehicle = timelines.get(route.id), problem.shifts.get(route.shift), shifts.get(route.shift)
        if line is None or terms is None or vehicle is None or not line.halts:
            continue
        for before, after, places, leaves, arrives in _drives(problem, terms, line):
            found.append(
                Leg(
                    route=route.id,
                    before=before,
                    after=after,
                    places=places,
                    profile=vehicle.profile,
                    weighs=vehicle.weighs,
                    leaves=leaves,
                    arrives=arrives,
                )
            )
    return tuple(found)


def free_lines(legs: Sequence[Leg], travel: Travel, origin: datetime, zone: str, closures: Sequence[Closure] = ()) -> Mapping[LegKey, tuple[Place, ...]]:
    """The line that each leg would follow in the traffic of its hour on open roads, or around `closures` whatever their hours."""
    found: dict[LegKey, tuple[Place, ...]] = {}
    for (_route, _band), group in groupby(legs, key=lambda leg: (leg.route, _band_of(leg.leaves))):
        mine = list(group)
        held = [replace(each, begins=None, ends=None, daily=None) for each in closures if concerns(each, mine[0].profile, mine[0].weighs)]
        places = [mine[0].places[0], *(place for leg in mine for place in leg.places[1:])]
        shape = travel.shape(places, mine[0].profile, closures=held, when=from_clock(mine[0].leaves, origin), zone=zone)
        at = 0
        for leg in mine:
            parts = shape.legs[at : at + len(leg.places) - 1]
            found[leg.key] = tuple(place for part in parts for place in on_the_road(part))
            at += len(leg.places) - 1
    return found


def _band_of(leaves: Millis) -> int:
    return bisect_right([band.begins for band in DAY_BANDS], leaves)


def on_the_road(line: Sequence[Place]) -> Sequence[Place]:
    """A leg's line without the steps between its ends and the road, which nobody closes."""
    return line[1:-1] if len(line) > 2 else line


_Drive = tuple[TaskId | None, TaskId | None, tuple[Place, ...], Millis, Millis]


def _drives(problem: DayProblem, terms: ShiftTerms, line: Timeline) -> list[_Drive]:
    """From where to where, and when, halt by halt."""
    places = [problem.places[problem.terms[halt.task].place] for halt in line.halts]
    home = () if terms.end is None else (problem.places[terms.end],)
    ways = list(pairwise((problem.places[terms.start], *places, *home)))
    tasks = [None, *(halt.task for halt in line.halts), *(None for _ in home)]
    leaves = [line.leaves, *(halt.departure for halt in line.halts)]
    arrives = [*(halt.arrival for halt in line.halts), line.ends]
    drives: list[_Drive] = []
    for at, (start, end) in enumerate(ways):
        loads = at < len(line.halts) and line.halts[at].reload_begin is not None and terms.depot is not None
        way = (start, problem.places[terms.depot], end) if loads and terms.depot is not None else (start, end)
        drives.append((tasks[at], tasks[at + 1], way, leaves[at], arrives[at]))
    return drives


def _met(leg: Leg, line: Sequence[Place], held: Sequence[Closure], walls: Mapping[ClosureId, Barrier], origin: datetime, zone: str) -> frozenset[ClosureId]:
    begins, ends = from_clock(leg.leaves, origin), from_clock(leg.arrives, origin)
    mine = (each for each in held if concerns(each, leg.profile, leg.weighs) and in_force(each, begins, ends, zone))
    return frozenset(each.id for each in mine if walls[each.id].met_by(line))


def _broken(judged: Judged, kind: ViolationKind) -> frozenset[TaskId]:
    return frozenset(each.task for line in judged.timelines.values() for each in line.violations if each.kind is kind and each.task is not None)


def _served(judged: Judged) -> frozenset[TaskId]:
    return frozenset(halt.task for line in judged.timelines.values() for halt in line.halts)


def _late(judged: Judged) -> frozenset[TaskId]:
    return frozenset(halt.task for line in judged.timelines.values() for halt in line.halts if halt.late)
