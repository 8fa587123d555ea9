"""What becomes of the plan where orders are put down: weighed for the place under the pointer, and done with the very same plan afterwards.

Pure; only the routes that change are timed anew, so that it keeps up with a pointer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise

from app.domain.ids import RouteId, ShiftId, StopId, TaskId
from app.domain.orders import Order
from app.domain.plans import Lock, Plan, Route, touched
from app.domain.schedule import Step, Timeline, Violation, ViolationKind
from app.domain.units import Cost, Meters, Millis
from app.services import planning
from app.services.advice_values import Broken, newly_broken
from app.services.editing import placed, pooled, pooled_partners, with_partners
from app.services.planning_judging import steps_of, timeline_of
from app.services.planning_values import DayProblem
from app.services.proposal_changes import NOTICED

_TRIED = 40
"""Places of a longer route that are timed when the best is looked for; those with the smallest detour."""
_OF_TIME = {ViolationKind.LATE, ViolationKind.SHIFT, ViolationKind.BREAK, ViolationKind.DURATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Stops that are late, and by how much together."""

    stops: int = 0
    span: Millis = Millis(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What putting orders down does. `route` None: they go back to the pool. Differences are of all changed routes, more is positive."""

    route: RouteId | None
    position: int
    """As in `plans.move`: counts the route's stops before the move."""
    first: int
    """The number that the first of them gets in its route, from 1; 0: in the pool."""
    plan: Plan
    """The plan afterwards."""
    stops: tuple[StopId, ...] = ()
    """The stops that move, pairs that come along included."""
    tasks: tuple[TaskId, ...] = ()
    """What comes out of the pool."""
    changes: bool = False
    lines: Mapping[RouteId, Timeline]
    """The changed routes as they will run."""
    cost: Cost = Cost(0)
    time: Millis = Millis(0)
    meters: Meters = Meters(0)
    late_before: Lateness = Lateness()
    late_after: Lateness = Lateness()
    broken: tuple[Broken, ...] = ()
    """Rules that are broken by it, or more than before."""
    mended: int = 0
    """Rules that are no longer broken."""
    locks: tuple[StopId, ...] = ()
    """Locked stops that leave their route or place."""
    locked_routes: tuple[RouteId, ...] = ()
    """Locked routes that change."""
    promises: tuple[TaskId, ...] = ()
    """Whose promised time, kept until now, moves by more than `NOTICED` or goes."""
    along: tuple[TaskId, ...] = ()
    """What comes along without being held: the other half of a pair, or parcels of the same stop."""


class Hand:
    """Orders that a person holds over a plan. Made when they are picked up; each question after that times only the routes that change.

    `plan` has a route for every place that may be asked for; `lines` are its timelines where they are known.
    """

    def __init__(self, problem: DayProblem, plan: Plan, tasks: Iterable[TaskId], lines: Mapping[RouteId, Timeline] | None = None) -> None:
        self._problem, self._plan = problem, plan
        self._lines = dict(lines or {})
        self._held = tuple(dict.fromkeys(tasks))
        wanted = set(self._held)
        self.stops = tuple(stop.id for route in plan.routes for stop in route.stops if not wanted.isdisjoint(stop.tasks) and self._open(stop.tasks))
        routed = {task for route in plan.routes for task in route.tasks}
        self.tasks = tuple(task for task in self._held if task not in routed and task in problem.terms)
        self._own = self._tasks_of(self.stops)
        self._going: dict[RouteId | None, tuple[StopId, ...]] = {}
        self._answers: dict[tuple[RouteId | None, int], Impact] = {}
        self._best: dict[RouteId, int] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing of it can be put anywhere: orders that are on hold, or served."""
        return not self.stops and not self.tasks

    @cached_property
    def stuck(self) -> int:
        """How many of the held orders stay where they are."""
        return len(set(self._held) - self._own - set(self.tasks))

    def at(self, route: RouteId, position: int) -> Impact:
        """What putting them into a place of a route does (`position` as in `plans.move`). Raises NotFound for an unknown route."""
        known = self._answers.get((route, position))
        if known is None:
            stops, tasks = self._stops_to(route), self._tasks_in
            after = placed(self._plan, stops, tasks, route, position, lambda task: StopId(f"new_{task}"))
            known = self._answers[route, position] = self._impact(after, route, position, stops, tasks)
        return known

    def back(self) -> Impact:
        """What putting them back into the pool does."""
        known = self._answers.get((None, 0))
        if known is None:
            stops = self._stops_to(None)
            known = self._answers[None, 0] = self._impact(pooled(self._plan, stops), None, 0, stops, ())
        return known

    def best(self, route: RouteId, among: Sequence[int] = ()) -> Impact:
        """The place of a route where they break least and cost least, of all or of these. Raises NotFound for an unknown route."""
        if among:
            return min((self.at(route, position) for position in among), key=self._added)
        if route not in self._best:
            self._best[route] = self._best_position(self._plan.route(route))
        return self.at(route, self._best[route])

    def _added(self, impact: Impact) -> tuple[int, ...]:
        """What it burdens the plan with more than before: places may change different routes."""
        before = _burden(self._line(self._plan.route(each)) for each in impact.lines)
        return tuple(now - was for now, was in zip(_burden(impact.lines.values()), before, strict=True))

    def _best_position(self, route: Route) -> int:
        """Timed with bare steps, without making a plan for each place."""
        if route.shift not in self._problem.shifts:
            return len(route.stops)
        moving = set(self._stops_to(route.id))
        rest = [(at, stop) for at, stop in enumerate(route.stops) if stop.id not in moving]
        block = self._block(route.id)
        places = [at for at, _stop in rest] + [len(route.stops)]
        parts = [steps_of(replace(route, stops=(stop,)), self._problem) for _at, stop in rest]
        tried = range(len(places)) if len(places) <= _TRIED else self._nearest(route.shift, parts, block)
        found = {n: self._timed(route.shift, [*chain(*parts[:n]), *block, *chain(*parts[n:])]) for n in tried}
        return places[min(found, key=lambda n: (*_burden([found[n]]), -n))]

    def _nearest(self, shift: ShiftId, parts: Sequence[Sequence[Step]], block: Sequence[Step]) -> list[int]:
        """The places with the smallest detour by the first travel table, for a route too long to time them all."""
        terms = self._problem.shifts[shift]
        table = self._problem.problem.travel[terms.profile]
        rows = [self._problem.terms[step.task].place for part in parts for step in part[:1]]
        ends = [terms.start, *rows, terms.end if terms.end is not None else terms.start]
        first, last = (self._problem.terms[block[at].task].place for at in (0, -1))
        meters, size = table.distances[0], table.size
        detour = [meters[a * size + first] + meters[last * size + b] - meters[a * size + b] for a, b in pairwise(ends)]
        return sorted(range(len(detour)), key=detour.__getitem__)[:_TRIED]

    def _block(self, route: RouteId) -> tuple[Step, ...]:
        """The steps of all that goes into a route, in the order in which it will stand there."""
        stops, tasks = self._stops_to(route), self._tasks_in
        known = {stop.id: stop for each in self._plan.routes for stop in each.stops}
        moving = Route(id=route, shift=ShiftId(""), stops=tuple(known[stop] for stop in stops))
        return (*steps_of(moving, self._problem), *(Step(task) for task in tasks if task in self._problem.terms))

    def _stops_to(self, route: RouteId | None) -> tuple[StopId, ...]:
        """The held stops with those that come along to a route, or to the pool."""
        known = self._going.get(route)
        if known is None:
            known = self._going[route] = with_partners(self._plan, self.stops, self._kin, route)
        return known

    @cached_property
    def _tasks_in(self) -> tuple[TaskId, ...]:
        """What comes out of the pool, halves of pairs included."""
        return pooled_partners(self._plan, self.tasks, self._kin)

    def _tasks_of(self, stops: Iterable[StopId]) -> set[TaskId]:
        wanted = set(stops)
        return {task for route in self._plan.routes for stop in route.stops if stop.id in wanted for task in stop.tasks}

    @cached_property
    def _kin(self) -> Mapping[TaskId, Order]:
        """The held orders and the other halves of their pairs."""
        orders = self._problem.orders
        own = {task: orders[task] for task in (*self._own, *self.tasks) if task in orders}
        named = {(order.source, order.number) for order in own.values()} | {(order.source, order.paired_with) for order in own.values() if order.paired_with}
        kin = {task: order for task, order in orders.items() if (order.source, order.number) in named or (order.source, order.paired_with) in named}
        return own | kin

    def _open(self, tasks: Sequence[TaskId]) -> bool:
        """Whether a stop has not been served yet."""
        return all(task in self._problem.orders for task in tasks)

    def _timed(self, shift: ShiftId, steps: Sequence[Step]) -> Timeline:
        return timeline_of(self._problem, shift, steps)

    def _line(self, route: Route) -> Timeline:
        known = self._lines.get(route.id)
        if known is None:
            known = self._lines[route.id] = self._timed(route.shift, steps_of(route, self._problem))
        return known

    def _impact(self, after: Plan, route: RouteId | None, position: int, stops: tuple[StopId, ...], tasks: tuple[TaskId, ...]) -> Impact:
        changed = touched(self._plan, after)
        old = [each for each in self._plan.routes if each.id in changed and each.shift in self._problem.shifts]
        was = {each.id: self._line(each) for each in old}
        now = planning.timelines(self._problem, [each for each in after.routes if each.id in changed])
        moving = self._tasks_of(stops) | set(tasks)
        return Impact(
            route=route,
            position=position,
            first=_first(after, route, stops, tasks),
            plan=after,
            stops=stops,
            tasks=tasks,
            changes=bool(changed),
            lines=now,
            cost=Cost(sum(line.cost for line in now.values()) - sum(line.cost for line in was.values())),
            time=Millis(sum(line.duration for line in now.values()) - sum(line.duration for line in was.values())),
            meters=Meters(sum(line.meters for line in now.values()) - sum(line.meters for line in was.values())),
            late_before=_lateness(was.values()),
            late_after=_lateness(now.values()),
            broken=_broken(was, now),
            mended=sum(len(newly_broken(now[each], was[each])) for each in now if each in was),
            locks=_locks(self._plan, after, changed),
            locked_routes=tuple(each.id for each in old if each.locked),
            promises=_promises(self._plan, was, now),
            along=tuple(sorted(moving - set(self._held))),
        )


def _burden(lines: Iterable[Timeline]) -> tuple[int, int, int, int]:
    """How places are compared, the best least: rules that no minutes bend, minutes that the others are broken by, by how much those rules, and the price.

    Three stops that are ten minutes late are better than one that is five hours late.
    """
    known = tuple(lines)
    broken = [each for line in known for each in line.violations]
    firm = [each for each in broken if each.kind not in _OF_TIME]
    late = sum(each.amount for each in broken if each.kind in _OF_TIME)
    return len(firm), late, sum(each.amount for each in firm), sum(line.cost for line in known)


def _first(after: Plan, route: RouteId | None, stops: Sequence[StopId], tasks: Sequence[TaskId]) -> int:
    if route is None:
        return 0
    wanted, pool = set(stops), set(tasks)
    return next((at for at, stop in enumerate(after.route(route).stops, start=1) if stop.id in wanted or not pool.isdisjoint(stop.tasks)), 0)


def _lateness(lines: Iterable[Timeline]) -> Lateness:
    late = [halt.late for line in lines for halt in line.halts if halt.late]
    return Lateness(stops=len(late), span=Millis(sum(late)))


def _broken(was: Mapping[RouteId, Timeline], now: Mapping[RouteId, Timeline]) -> tuple[Broken, ...]:
    """What is newly broken. What a task that changes route broke as badly where it was is no news."""
    before = [each for line in was.values() for each in line.violations if each.task is not None]
    known: dict[object, int] = {}
    for each in before:
        known[_rule(each)] = max(each.amount, known.get(_rule(each), 0))
    found = []
    for route, line in now.items():
        own = {_rule(each) for each in was[route].violations} if route in was else set()
        for each in newly_broken(was[route], line) if route in was else line.violations:
            if each.task is None or _rule(each) in own or known.get(_rule(each), -1) < each.amount:
                found.append(Broken(shift=line.shift, violation=each))
    return tuple(found)


def _rule(each: Violation) -> object:
    return each.kind, each.task, each.measure


def _locks(before: Plan, after: Plan, changed: Iterable[RouteId]) -> tuple[StopId, ...]:
    """Locked stops that leave their route, and those locked to their place before which anything changes."""
    routes = {each.id: [stop.id for stop in each.stops] for each in after.routes}
    found = []
    for route in before.routes:
        if route.id not in changed:
            continue
        was, now = [stop.id for stop in route.stops], routes[route.id]
        for at, stop in enumerate(route.stops):
            gone = stop.id not in now
            if stop.lock is not None and (gone or (stop.lock is Lock.POSITION and now[: at + 1] != was[: at + 1])):
                found.append(stop.id)
    return tuple(found)


def _promises(plan: Plan, was: Mapping[RouteId, Timeline], now: Mapping[RouteId, Timeline]) -> tuple[TaskId, ...]:
    told = {task: at for route in plan.promised for task, at in zip(route.tasks, route.arrivals, strict=True) if at is not None}
    if not told:
        return ()
    before = {halt.task: halt.arrival for line in was.values() for halt in line.halts}
    after = {halt.task: halt.arrival for line in now.values() for halt in line.halts}
    return tuple(task for task, at in before.items() if task in told and _kept(told[task], at) and not (task in after and _kept(told[task], after[task])))


def _kept(told: Millis, at: Millis) -> bool:
    return abs(at - told) <= NOTICED


def weigh(problem: DayProblem, plan: Plan, tasks: Iterable[TaskId], route: RouteId | None, position: int = 0) -> Impact:
    """What putting these orders into a place of a route does, or back into the pool where no route is given. Raises NotFound for an unknown route."""
    hand = Hand(problem, plan, tasks)
    return hand.back() if route is None else hand.at(route, position)
