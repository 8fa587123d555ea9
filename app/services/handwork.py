"""What a person does to whole runs of stops: swap, turn round, hand over keeping the order. Pure: a plan becomes a plan, and nothing of it is lost.

Locks are not asked, for a person may do everything; a pick-up and its delivery end in the same route.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.errors import NotFound
from app.domain.ids import RouteId, StopId, TaskId
from app.domain.orders import Order, task_of
from app.domain.plans import Plan, Route, Stop, take_out, touched, with_routes
from app.domain.schedule import Timeline
from app.domain.units import Cost
from app.services.advice_values import Broken, newly_broken, worth
from app.services.planning_judging import steps_of, timeline_of
from app.services.planning_values import DayProblem

Pairs = Mapping[TaskId, frozenset[TaskId]]
"""The tasks that must be in the same route as each; tasks that stand alone are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change of routes does: milliseconds, metres and cost more than before, late stops before and after, and what is newly broken."""

    time: int = 0
    meters: int = 0
    cost: Cost = Cost(0)
    late_before: int = 0
    late_after: int = 0
    broken: tuple[Broken, ...] = ()


def pairs_of(orders: Iterable[Order]) -> Pairs:
    """Which tasks belong together, of the orders of a day."""
    known = list(orders)
    by_number = {(order.source, order.number): order for order in known}
    groups: dict[TaskId, set[TaskId]] = {}
    for order in known:
        pickup = by_number.get((order.source, order.paired_with)) if order.paired_with else None
        if pickup is not None and pickup.id != order.id:
            own, other = task_of(order), task_of(pickup)
            whole = groups.get(own, {own}) | groups.get(other, {other})
            for each in whole:
                groups[each] = whole
    return {task: frozenset(whole - {task}) for task, whole in groups.items()}


def turned(plan: Plan, stops: Iterable[StopId]) -> Plan:
    """These stops in the opposite order, at the places that they have now; of several routes each for itself.

    Where the vehicle loads between two stops that were neighbours it does so between them afterwards too.
    """
    wanted = set(stops)
    return with_routes(plan, [_turned(route, wanted) for route in plan.routes if any(stop.id in wanted for stop in route.stops)])


def swapped(plan: Plan, first: StopId, second: StopId, pairs: Pairs) -> Plan:
    """Two stops in each other's places. Between two routes the halves of pairs that would be torn apart come along. Raises NotFound."""
    one, at_one = _place(plan, first)
    two, at_two = _place(plan, second)
    if one.id == two.id:
        order = list(one.stops)
        order[at_one] = replace(one.stops[at_two], reload_before=one.stops[at_one].reload_before)
        order[at_two] = replace(one.stops[at_one], reload_before=one.stops[at_two].reload_before)
        return with_routes(plan, [replace(one, stops=tuple(order))])
    going, coming = _with_partners(one, [first], pairs), _with_partners(two, [second], pairs)
    return with_routes(plan, [_exchanged(one, first, going, coming, two), _exchanged(two, second, coming, going, one)])


def loads_swapped(plan: Plan, first: RouteId, second: RouteId) -> Plan:
    """All stops of two routes exchanged: each driver drives what the other would have. Raises NotFound."""
    one, two = plan.route(first), plan.route(second)
    return with_routes(plan, [replace(one, stops=two.stops), replace(two, stops=one.stops)])


def rest_of(route: Route, first: StopId, pairs: Pairs) -> tuple[StopId, ...]:
    """The stops from one on to the end of a route, in driving order, with earlier ones that belong to them."""
    ids = [stop.id for stop in route.stops]
    return _with_partners(route, ids[ids.index(first) :], pairs) if first in ids else ()


def handed_over(problem: DayProblem, plan: Plan, stops: Sequence[StopId], takers: Sequence[RouteId], pairs: Pairs) -> Plan:
    """The stops given to other routes, each where it breaks least and then costs least, in the order in which they are driven now.

    Within each route that takes some, what comes later now comes later then. Takes some tenths of a second for 30 stops: call it off the main thread.
    Raises NotFound for an unknown stop or route.
    """
    without, taken = take_out(plan, _whole(plan, stops, pairs))
    trial = {route: without.route(route) for route in takers}
    reached = dict.fromkeys(trial, 0)
    bound: dict[TaskId, RouteId] = {}
    for stop in taken:
        loose = replace(stop, reload_before=False)
        held = next((bound[task] for task in stop.tasks if task in bound), None)
        open_to_it = [route for route in trial if held is None or route == held]
        _worth, target, at = min(_spots(problem, trial, reached, loose, open_to_it))
        trial[target] = _inserted(trial[target], loose, at)
        reached[target] = at + 1
        bound |= dict.fromkeys((other for task in stop.tasks for other in pairs.get(task, ())), target)
    return with_routes(without, trial.values())


def effect(problem: DayProblem, before: Plan, after: Plan) -> Effect:
    """What lies between two plans of the day: only the routes that differ are looked at."""
    changed = touched(before, after)
    was, now = _lines(problem, before, changed), _lines(problem, after, changed)
    shifts = {route.id: route.shift for route in after.routes}
    return Effect(
        time=sum(line.duration for line in now.values()) - sum(line.duration for line in was.values()),
        meters=sum(line.meters for line in now.values()) - sum(line.meters for line in was.values()),
        cost=Cost(sum(line.cost for line in now.values()) - sum(line.cost for line in was.values())),
        late_before=sum(map(_late, was.values())),
        late_after=sum(map(_late, now.values())),
        broken=tuple(Broken(shift=shifts[route], violation=each) for route, line in now.items() if route in was for each in newly_broken(was[route], line)),
    )


Spot = tuple[tuple[int, int, int], RouteId, int]


def _place(plan: Plan, stop: StopId) -> tuple[Route, int]:
    found = plan.place_of(stop)
    if found is None:
        raise NotFound("plan.no_stop", stop=stop)
    return found


def _whole(plan: Plan, stops: Sequence[StopId], pairs: Pairs) -> tuple[StopId, ...]:
    """The stops with those that belong to them, route by route as they are driven; unknown ones stay, to be refused."""
    found = tuple(stop for route in plan.routes for stop in _with_partners(route, stops, pairs))
    return found + tuple(stop for stop in stops if stop not in found)


def _spots(problem: DayProblem, trial: Mapping[RouteId, Route], reached: Mapping[RouteId, int], stop: Stop, takers: Iterable[RouteId]) -> Iterable[Spot]:
    """Every place of a stop behind what was given to a route before, with what it is worth."""
    for taker in takers:
        route = trial[taker]
        before = _line(problem, route)
        for at in range(reached[taker], len(route.stops) + 1):
            yield worth(before, _line(problem, _inserted(route, stop, at))), taker, at


def _line(problem: DayProblem, route: Route) -> Timeline:
    return timeline_of(problem, route.shift, steps_of(route, problem))


def _lines(problem: DayProblem, plan: Plan, wanted: frozenset[RouteId]) -> dict[RouteId, Timeline]:
    return {route.id: _line(problem, route) for route in plan.routes if route.id in wanted and route.shift in problem.shifts}


def _late(line: Timeline) -> int:
    return sum(1 for halt in line.halts if halt.late)


def _inserted(route: Route, stop: Stop, at: int) -> Route:
    return replace(route, stops=(*route.stops[:at], stop, *route.stops[at:]))


def _turned(route: Route, wanted: set[StopId]) -> Route:
    places = [at for at, stop in enumerate(route.stops) if stop.id in wanted]
    stops = list(route.stops)
    for at, source in zip(places, reversed(places), strict=True):
        stops[at] = replace(route.stops[source], reload_before=_loads_at(route, places, at, source))
    return replace(route, stops=tuple(stops))


def _loads_at(route: Route, places: Sequence[int], at: int, source: int) -> bool:
    """Whether the vehicle loads before the stop that comes to a place: as it did between the same two stops, else as at that place."""
    inner = at - 1 in places and source + 1 in places
    return route.stops[source + 1].reload_before if inner else route.stops[at].reload_before


def _with_partners(route: Route, stops: Sequence[StopId], pairs: Pairs) -> tuple[StopId, ...]:
    """The stops of a route with all that belong to them there, in driving order."""
    wanted = set(stops)
    tasks = {other for stop in route.stops if stop.id in wanted for task in stop.tasks for other in pairs.get(task, ())}
    return tuple(stop.id for stop in route.stops if stop.id in wanted or tasks.intersection(stop.tasks))


def _exchanged(route: Route, marked: StopId, going: Sequence[StopId], coming: Sequence[StopId], other: Route) -> Route:
    """The route with one group of stops gone and the other's where the marked one stood."""
    stops: list[Stop] = []
    for stop in route.stops:
        if stop.id == marked:
            stops += [each for each in other.stops if each.id in coming]
        elif stop.id not in going:
            stops.append(stop)
    return replace(route, stops=tuple(stops))
