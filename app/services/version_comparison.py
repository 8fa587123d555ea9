"""Two to four plans of one day side by side: measures, stops that stand elsewhere, and routes. Pure functions.

A version is compared as what it would become if it were taken now, with today's orders, shifts and roads: nothing that is shown is a number of the past.
Times are clock readings of the planning day in milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.ids import RouteId, TaskId
from app.domain.orders import Order, task_of
from app.domain.plans import Plan, PromisedRoute, Route
from app.domain.versions import PlanVersion, VersionFigures
from app.services.planning_judging import judged_plan, moves
from app.services.planning_values import DayProblem, Judged, Totals
from app.services.ports.store import Day
from app.services.proposal_changes import NOTICED, Spot, Tour, spots, tour
from app.services.version_taking import Taken, take_whole
from app.services.versioning import may_be_planned

MOST = 4
"""Plans that are compared at once."""


class Measure(StrEnum):
    """What plans are measured by; for each of them less is better."""

    DRIVING = "driving"
    """What driving costs."""
    COST = "cost"
    """The same with the prices of lateness and of what is left out: what plans are ranked by."""
    LATE = "late"
    LATE_TIME = "late_time"
    UNPLANNED = "unplanned"
    BROKEN = "broken"
    """Broken rules."""
    PROMISES = "promises"
    """Customers whose promised time, or visit, would not hold."""
    HOURS = "hours"
    DISTANCE = "distance"
    DRIVERS = "drivers"
    MOVED = "moved"
    """Stops that stand elsewhere than in the first plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the plans that are compared. `key` is unique among them: a version's identity, or what the caller calls the plan or the proposal."""

    key: str
    judged: Judged
    version: PlanVersion | None = None
    taken: Taken | None = None
    """Of a version: what could not be taken as it was."""
    measures: Mapping[Measure, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDifference:
    """A task that does not stand at the same place in all plans; None: in no route."""

    task: TaskId
    spots: tuple[Spot | None, ...]

    def shifted(self, under: int, upper: int) -> int | None:
        """Milliseconds by which it comes later in one plan than in the other; None where one of them does not say."""
        was, now = self.spots[under], self.spots[upper]
        if was is None or now is None or was.arrival is None or now.arrival is None:
            return None
        return now.arrival - was.arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteDifference:
    """One route in every plan."""

    route: RouteId
    tours: tuple[Tour, ...]
    same: bool
    """It serves the same stops in the same order everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Plans side by side, the first the one that the others are measured against."""

    sides: tuple[Side, ...]
    stops: tuple[StopDifference, ...]
    routes: tuple[RouteDifference, ...]

    def best(self, measure: Measure) -> frozenset[int]:
        """The sides that are best by a measure; empty where all are equal."""
        found = [side.measures[measure] for side in self.sides]
        least = min(found)
        return frozenset(at for at, value in enumerate(found) if value == least) if max(found) != least else frozenset()


def side_of_version(version: PlanVersion, day: Day, problem: DayProblem) -> Side:
    """A version as it would be if it were taken into the plan now. Raises ValueError where the day has no plan."""
    if day.plan is None:
        raise ValueError("a version can only be taken into a plan")
    taken = take_whole(day.plan, version, open_orders(day), [shift.id for shift in day.shifts])
    return Side(key=version.id, judged=judged_plan(problem, taken.plan), version=version, taken=taken)


def open_orders(day: Day) -> Mapping[TaskId, Order]:
    """The orders of a day that can stand in its plan."""
    plan = day.plan
    return {task_of(order): order for order in day.orders if plan is not None and may_be_planned(order, plan)}


def compare(sides: Sequence[Side], promised: Iterable[PromisedRoute] = ()) -> Comparison:
    """The plans side by side; all of the same day, with the same ids for the same shifts."""
    told = {task: at for route in promised for task, at in zip(route.tasks, route.arrivals, strict=True)}
    first = sides[0].judged
    where = [spots(side.judged) for side in sides]
    measured = tuple(replace(side, measures=_measures(side.judged, first, spot, told)) for side, spot in zip(sides, where, strict=True))
    return Comparison(sides=measured, stops=_stops(where, sides), routes=_routes([side.judged for side in sides]))


def figures_of(totals: Totals) -> VersionFigures:
    """The numbers that a version keeps of the plan."""
    return VersionFigures(
        meters=totals.meters,
        duration=totals.duration,
        cost=totals.travel_cost,
        planned=totals.planned,
        unplanned=totals.unplanned,
        late=totals.late,
        late_time=totals.late_time,
        routes=totals.vehicles,
        violations=totals.violations,
    )


def same_routes(plan: Plan, version: PlanVersion) -> bool:
    """Whether the plan serves the same stops in the same order on the same shifts as the version."""
    return _driven(plan.routes) == _driven(version.routes)


def _driven(routes: Iterable[Route]) -> Mapping[str, tuple[TaskId, ...]]:
    return {route.shift: route.tasks for route in routes if route.stops}


def _measures(judged: Judged, first: Judged, where: Mapping[TaskId, Spot], told: Mapping[TaskId, int | None]) -> Mapping[Measure, int]:
    totals = judged.totals
    return {
        Measure.COST: totals.cost,
        Measure.DRIVING: totals.travel_cost,
        Measure.LATE: totals.late,
        Measure.LATE_TIME: totals.late_time,
        Measure.UNPLANNED: totals.unplanned,
        Measure.BROKEN: max(0, totals.violations - totals.late),
        Measure.PROMISES: sum(1 for task, at in told.items() if not _holds(where.get(task), at)),
        Measure.HOURS: totals.duration,
        Measure.DISTANCE: totals.meters,
        Measure.DRIVERS: totals.vehicles,
        Measure.MOVED: len(moves(first.routes, judged.routes)),
    }


def _holds(spot: Spot | None, told: int | None) -> bool:
    if spot is None:
        return False
    return told is None or spot.arrival is None or abs(spot.arrival - told) <= NOTICED


def _stops(where: Sequence[Mapping[TaskId, Spot]], sides: Sequence[Side]) -> tuple[StopDifference, ...]:
    """The tasks whose place differs between any two plans: another route, another order within it, or noticeably another time."""
    moved = {move.task for at in range(1, len(sides)) for move in moves(sides[at - 1].judged.routes, sides[at].judged.routes)}
    tasks = dict.fromkeys(task for found in where for task in found)
    rows = (StopDifference(task=task, spots=tuple(found.get(task) for found in where)) for task in tasks)
    kept = [row for row in rows if row.task in moved or _retimed(row)]
    return tuple(sorted(kept, key=lambda row: (-_weight(row), _arrival(row), row.task)))


def _retimed(row: StopDifference) -> bool:
    arrivals = [spot.arrival for spot in row.spots if spot is not None and spot.arrival is not None]
    return len(arrivals) > 1 and max(arrivals) - min(arrivals) > NOTICED


def _weight(row: StopDifference) -> int:
    """Stops that some plan leaves out first, then those that change route, then the others."""
    if None in row.spots:
        return 2
    return 1 if len({spot.route for spot in row.spots if spot is not None}) > 1 else 0


def _arrival(row: StopDifference) -> int:
    return min((spot.arrival for spot in row.spots if spot is not None and spot.arrival is not None), default=0)


def _routes(plans: Sequence[Judged]) -> tuple[RouteDifference, ...]:
    by_side = [{route.id: route for route in judged.routes} for judged in plans]
    ids = dict.fromkeys(route for routes in by_side for route in routes)
    return tuple(
        RouteDifference(route=route, tours=tuple(_tour(judged, route) for judged in plans), same=_same(routes.get(route) for routes in by_side))
        for route in ids
    )


def _tour(judged: Judged, route: RouteId) -> Tour:
    found = next((each for each in judged.routes if each.id == route), None)
    return tour(len(found.tasks) if found is not None else 0, judged.timelines.get(route))


def _same(routes: Iterable[Route | None]) -> bool:
    return len({route.tasks if route is not None else () for route in routes}) == 1
