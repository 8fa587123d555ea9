"""The plan of a depot's day and its edits as pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.errors import NotFound
from app.domain.ids import DepotId, PlanId, RouteId, ShiftId, StopId, TaskId
from app.domain.sentences import Sentence
from app.domain.units import Millis


class Lock(StrEnum):
    """What planning must not change of a stop."""

    DRIVER = "driver"
    """Stays in its route."""
    POSITION = "position"
    """Stays in its route and at its place: everything before it stays too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One halt of a route at one place, serving one or more tasks; everything else follows from the tasks' orders."""

    id: StopId
    tasks: tuple[TaskId, ...]
    lock: Lock | None = None
    reload_before: bool = False
    """The vehicle goes back to the depot to load before this stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The ordered stops of one shift."""

    id: RouteId
    shift: ShiftId
    stops: tuple[Stop, ...] = ()
    locked: bool = False
    """The whole route is fixed."""

    @property
    def tasks(self) -> tuple[TaskId, ...]:
        """All tasks in driving order."""
        return tuple(task for stop in self.stops for task in stop.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassigned:
    """A task that no route serves, with the reasons in words."""

    task: TaskId
    reasons: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedRoute:
    """What the last committed version said of a route: whom it serves, in driving order, and when.

    `arrivals` are clock readings of the day, one for each task; None where the time was not known.
    """

    route: RouteId
    tasks: tuple[TaskId, ...]
    arrivals: tuple[Millis | None, ...]


class PlanState(StrEnum):
    """A draft becomes a version by commit."""

    DRAFT = "draft"
    COMMITTED = "committed"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All routes of a depot for a day, and the tasks left over.

    `committed` counts the versions committed so far; `state` is draft again as soon as an edit follows a commit.
    """

    id: PlanId
    depot: DepotId
    day: date
    routes: tuple[Route, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    state: PlanState = PlanState.DRAFT
    committed: int = 0
    promised: tuple[PromisedRoute, ...] = ()
    """The last committed version, routes with stops only; empty before the first."""
    version: int = 0

    def route(self, route: RouteId) -> Route:
        """The route of that identity. Raises NotFound."""
        for each in self.routes:
            if each.id == route:
                return each
        raise NotFound("plan.no_route", route=route)

    def place_of(self, stop: StopId) -> tuple[Route, int] | None:
        """The route and position of a stop, or None where it is in no route."""
        for route in self.routes:
            for position, each in enumerate(route.stops):
                if each.id == stop:
                    return route, position
        return None

    def stop_of_task(self, task: TaskId) -> Stop | None:
        """The stop that serves a task, or None."""
        for route in self.routes:
            for stop in route.stops:
                if task in stop.tasks:
                    return stop
        return None


def with_routes(plan: Plan, changed: Iterable[Route]) -> Plan:
    """The plan with these routes in place of those of the same identity; a committed plan becomes a draft again."""
    new = {route.id: route for route in changed}
    return replace(plan, routes=tuple(new.get(route.id, route) for route in plan.routes), state=PlanState.DRAFT)


def take_out(plan: Plan, stops: Sequence[StopId]) -> tuple[Plan, tuple[Stop, ...]]:
    """The plan without these stops, and the stops in the order given. Raises NotFound for one that is in no route."""
    wanted = set(stops)
    found = {stop.id: stop for route in plan.routes for stop in route.stops if stop.id in wanted}
    for stop in stops:
        if stop not in found:
            raise NotFound("plan.no_stop", stop=stop)
    routes = [
        replace(route, stops=tuple(stop for stop in route.stops if stop.id not in wanted))
        for route in plan.routes
        if any(stop.id in wanted for stop in route.stops)
    ]
    return with_routes(plan, routes), tuple(found[stop] for stop in stops)


def put_in(plan: Plan, stops: Sequence[Stop], route: RouteId, position: int) -> Plan:
    """The plan with these stops in a route, the first at `position` (0 … number of stops; beyond counts as the end)."""
    target = plan.route(route)
    at = max(0, min(position, len(target.stops)))
    return with_routes(plan, [replace(target, stops=target.stops[:at] + tuple(stops) + target.stops[at:])])


def move(plan: Plan, stops: Sequence[StopId], route: RouteId, position: int) -> Plan:
    """The plan with these stops moved, in the order given, so that the first stands at `position` of the route as it is now
    (positions count the route's stops before the move). Nothing else changes order.

    Raises NotFound for an unknown stop or route.
    """
    target = plan.route(route)
    wanted = set(stops)
    before = sum(1 for stop in target.stops[: max(0, position)] if stop.id in wanted)
    without, taken = take_out(plan, stops)
    return put_in(without, taken, route, max(0, position) - before)


def touched(before: Plan, after: Plan) -> frozenset[RouteId]:
    """The routes that differ between two plans."""
    old = {route.id: route for route in before.routes}
    new = {route.id: route for route in after.routes}
    return frozenset(each for each in old.keys() | new.keys() if old.get(each) != new.get(each))
