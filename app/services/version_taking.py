"""What becomes of a plan when a version of it, or some of its routes, are taken: pure functions, the same for the preview and the command.

Nothing is merged in silence. Orders that are gone are left out, orders that came since go to the pool, shifts that are gone give their stops to the
pool, and pairs stay together; `Taken` names them all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.errors import NotFound, RuleBroken
from app.domain.ids import RouteId, ShiftId, StopId, TaskId, new_id
from app.domain.orders import Order
from app.domain.plans import Plan, PlanState, Route, Stop, Unassigned
from app.domain.versions import PlanVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The plan as it becomes, and what the version could not say."""

    plan: Plan
    gone: tuple[TaskId, ...] = ()
    """The version had them, but their orders are no longer there, cancelled, or on another day."""
    pooled: tuple[TaskId, ...] = ()
    """They were in a route of the plan, and go to the pool."""
    shiftless: tuple[TaskId, ...] = ()
    """Their shift is no longer there."""
    joined: tuple[TaskId, ...] = ()
    """Other halves of pairs, which came along."""


@dataclass(slots=True)
class _Draft:
    """A plan in the making: stops by route, and the pool."""

    routes: dict[RouteId, Route]
    pool: dict[TaskId, Unassigned]
    joined: list[TaskId] = field(default_factory=list)

    def place_of(self, task: TaskId) -> RouteId | None:
        """The route of a task; None: the pool, or nowhere."""
        return next((route.id for route in self.routes.values() if task in route.tasks), None)

    def drop(self, tasks: frozenset[TaskId]) -> None:
        """Takes tasks out of every route and of the pool."""
        for route in list(self.routes.values()):
            if not tasks.isdisjoint(route.tasks):
                self.routes[route.id] = replace(route, stops=_without(route.stops, tasks))
        for task in tasks:
            self.pool.pop(task, None)

    def as_plan(self, plan: Plan) -> Plan:
        """The plan with these routes and pool, a draft."""
        return replace(plan, routes=tuple(self.routes.values()), unassigned=tuple(self.pool.values()), state=PlanState.DRAFT)


def take_whole(plan: Plan, version: PlanVersion, orders: Mapping[TaskId, Order], shifts: Iterable[ShiftId]) -> Taken:
    """The plan with the version in its place. `orders` are those of the day that can still be planned, `shifts` those of the day."""
    known = frozenset(shifts)
    was = {task for route in plan.routes for task in route.tasks}
    own = {route.shift: route for route in plan.routes}
    kept = {route.shift: _still(route.stops, orders) for route in version.routes if route.shift in known}
    routes = [*(replace(route, stops=kept.get(route.shift, ()), locked=_locked(version, route)) for route in plan.routes if route.shift in known)]
    routes += [replace(route, stops=kept[route.shift]) for route in version.routes if route.shift in kept and route.shift not in own]
    shiftless = [task for route in version.routes if route.shift not in known for task in route.tasks if task in orders]
    pool = {each.task: each for each in version.unassigned if each.task in orders}
    pool |= {task: Unassigned(task=task) for task in shiftless}
    placed = {task for route in routes for task in route.tasks}
    before = {each.task: each for each in plan.unassigned}
    late = [task for task in [*was, *before] if task in orders and task not in placed and task not in pool]
    pool |= {task: before.get(task, Unassigned(task=task)) for task in sorted(late)}
    draft = _Draft(routes={route.id: route for route in routes}, pool=pool)
    _join_pairs(draft, orders, frozenset())
    return _taken(plan, draft, version.tasks, orders, shiftless)


def take_some(plan: Plan, version: PlanVersion, wanted: Sequence[ShiftId], orders: Mapping[TaskId, Order]) -> Taken:
    """The plan with the routes of these shifts as the version has them; what they lose goes to the pool, what they gain leaves its route.

    Raises NotFound where the version has no route of a shift, RuleBroken where the plan has none.
    """
    coming = {shift: _wanted(version, shift) for shift in wanted}
    own = {route.shift: route for route in plan.routes}
    for shift in wanted:
        if shift not in own:
            raise RuleBroken("versions.no_shift")
    tasks = frozenset(task for route in coming.values() for task in route.tasks if task in orders)
    leaving = [task for shift in wanted for task in own[shift].tasks if task not in tasks and task in orders]
    draft = _Draft(routes={route.id: route for route in plan.routes}, pool={each.task: each for each in plan.unassigned})
    draft.drop(tasks | frozenset(leaving))
    for shift, route in coming.items():
        here = own[shift]
        draft.routes[here.id] = replace(here, stops=_fresh(_still(route.stops, orders), draft), locked=route.locked)
    draft.pool |= {task: Unassigned(task=task) for task in leaving}
    _join_pairs(draft, orders, frozenset(own[shift].id for shift in wanted))
    return _taken(plan, draft, [task for route in coming.values() for task in route.tasks], orders, ())


def _wanted(version: PlanVersion, shift: ShiftId) -> Route:
    found = version.route_of(shift)
    if found is None:
        raise NotFound("versions.no_route")
    return found


def _locked(version: PlanVersion, route: Route) -> bool:
    kept = version.route_of(route.shift)
    return kept is not None and kept.locked


def _still(stops: Iterable[Stop], orders: Mapping[TaskId, Order]) -> tuple[Stop, ...]:
    """The stops with the tasks that there still are; a stop without any goes."""
    left = (replace(stop, tasks=tuple(task for task in stop.tasks if task in orders)) for stop in stops)
    return tuple(stop for stop in left if stop.tasks)


def _without(stops: Iterable[Stop], tasks: frozenset[TaskId]) -> tuple[Stop, ...]:
    left = (replace(stop, tasks=tuple(task for task in stop.tasks if task not in tasks)) for stop in stops)
    return tuple(stop for stop in left if stop.tasks)


def _fresh(stops: Iterable[Stop], draft: _Draft) -> tuple[Stop, ...]:
    """The stops, under new identities where another route has theirs."""
    used = {stop.id for route in draft.routes.values() for stop in route.stops}
    return tuple(replace(stop, id=StopId(new_id("stp"))) if stop.id in used else stop for stop in stops)


def _taken(plan: Plan, draft: _Draft, asked: Iterable[TaskId], orders: Mapping[TaskId, Order], shiftless: Sequence[TaskId]) -> Taken:
    was = [task for route in plan.routes for task in route.tasks]
    return Taken(
        plan=draft.as_plan(plan),
        gone=tuple(task for task in asked if task not in orders),
        pooled=tuple(task for task in was if task in draft.pool),
        shiftless=tuple(shiftless),
        joined=tuple(draft.joined),
    )


# Pairs ---------------------------------------------------------------------------------------------------------------


def _join_pairs(draft: _Draft, orders: Mapping[TaskId, Order], firm: frozenset[RouteId]) -> None:
    """Brings the halves of pairs together again: to the one in a firm route, else to the pick-up, else to the one in a route."""
    pairs = tuple(_pairs(orders))
    for _ in range(len(pairs) + 1):
        moved = [_join(draft, pickup, delivery, firm) for pickup, delivery in pairs]
        if True not in moved:
            return


def _pairs(orders: Mapping[TaskId, Order]) -> Iterator[tuple[TaskId, TaskId]]:
    """Pick-up and delivery of each pair that is there."""
    numbers = {(order.source, order.number): task for task, order in orders.items()}
    for task, order in orders.items():
        pickup = numbers.get((order.source, order.paired_with)) if order.paired_with else None
        if pickup is not None and pickup != task:
            yield pickup, task


def _join(draft: _Draft, pickup: TaskId, delivery: TaskId, firm: frozenset[RouteId]) -> bool:
    """Whether one of the two had to move to the other."""
    first, then = draft.place_of(pickup), draft.place_of(delivery)
    known = all(place is not None or task in draft.pool for task, place in ((pickup, first), (delivery, then)))
    if first == then or not known:
        return False
    to_delivery = first is None or (then in firm and first not in firm)
    anchor, moving = (delivery, pickup) if to_delivery else (pickup, delivery)
    route = draft.routes[then if to_delivery else first]  # type: ignore[index]  # the anchor is in a route
    draft.drop(frozenset({moving}))
    at = next(at for at, stop in enumerate(route.stops) if anchor in stop.tasks) + (0 if to_delivery else 1)
    stop = Stop(id=StopId(new_id("stp")), tasks=(moving,))
    draft.routes[route.id] = replace(route, stops=(*route.stops[:at], stop, *route.stops[at:]))
    draft.joined.append(moving)
    return True
