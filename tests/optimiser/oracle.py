"""The proved optimum of a small problem under every rule: all routes that could be part of it, priced by the schedule, put together by OR-Tools' CP-SAT.

**Routes.** For each shift every order of every set of tasks (and every choice of reloads) is grown task by task and priced by `domain.schedule.timeline`; so
no rule is written a second time. A beginning is given up only where a proof says that no continuation is of use:

* it breaks a rule that every longer route breaks as well (`_lasting`). What a pass finds up to a halt does not depend on what follows, and leaving later makes
  nothing later than its window allows; the way home, distance and duration count only by what the beginning cannot be without;
* or it is too dear: its shortest legs, the waiting and lateness that it cannot be without, and for each other task the least that serving it can cost or
  leaving it out does, exceed together the cost of a plan at hand.

**Broken rules come first.** The pool is built for routes that break nothing, and rebuilt for one broken rule more until some plan exists: where locks (or
the limit of moves) force a plan to break rules, the least number is found.

**The plan.** CP-SAT chooses one route a shift and serves or leaves out each task; of routes of the same shift with the same tasks, moves and broken
rules only the cheapest is kept. `at_most`, λ, μ and pairs are exact there. It proves optimality or the oracle raises.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ortools.sat.python import cp_model

from app.domain.ids import ShiftId, TaskId
from app.domain.roads import UNREACHABLE, TravelTable
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Timeline, ViolationKind, latest_leaving, timeline
from app.domain.schedule_pass import NO_LIMIT, run
from app.services.problem import Problem, RoutePlan
from tests.optimiser.judging import Routes, Whole, Worth, bound, changes, locked, moved, torn, worth

ALWAYS = frozenset({ViolationKind.SKILL, ViolationKind.FEATURE, ViolationKind.FORBIDDEN, ViolationKind.PRECEDENCE, ViolationKind.RELOAD, ViolationKind.LOAD})
"""Kinds that a longer route breaks as often, whatever follows."""
MOST_BROKEN = 12
"""More broken rules than a problem made for the oracle may force."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The proved best plan. `routes` is one of possibly several, `pool` how many routes it was chosen from, `tried` how many were priced."""

    worth: Worth
    routes: Mapping[ShiftId, tuple[Step, ...]]
    unplanned: tuple[TaskId, ...]
    pool: int
    tried: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A route that may be part of a plan; `cost` includes λ and μ."""

    shift: ShiftId
    steps: tuple[Step, ...]
    broken: int
    moved: int
    cost: int

    @property
    def tasks(self) -> frozenset[TaskId]:
        """The tasks it serves."""
        return frozenset(step.task for step in self.steps)


class Unprovable(Exception):
    """CP-SAT did not prove a plan optimal, or none keeps the locks with few enough broken rules."""


def optimum(problem: Problem, *, whole: Whole = Whole.PAIRS, prune: bool = True) -> Optimum:
    """The proved optimum. `whole` says which tasks are planned together or not at all.

    `prune=False` prices every route, to check the proofs by which others are given up. Raises Unprovable.
    """
    limit = _at_hand(problem, whole) if prune else None
    pools = [RoutePool(problem, shift, limit, prune=prune) for shift in problem.shifts]
    least = sum(pool.least for pool in pools)
    for broken in range(least, least + MOST_BROKEN):
        if limit is not None and broken > limit.broken:
            raise Unprovable(f"a plan of {limit} is at hand and was not found")
        candidates = [each for pool in pools for each in pool.routes(pool.least + broken - least)]
        chosen = _partition(problem, candidates, broken, whole)
        if chosen is not None:
            return _optimum(problem, chosen, len(candidates), sum(pool.tried for pool in pools))
    raise Unprovable(f"no plan with fewer than {least + MOST_BROKEN} broken rules")


def _optimum(problem: Problem, chosen: Sequence[Candidate], pool: int, tried: int) -> Optimum:
    """The chosen routes, judged once more from outside."""
    routes = {each.shift: each.steps for each in chosen}
    served = {step.task for steps in routes.values() for step in steps}
    left = tuple(task.id for task in problem.tasks if task.id not in served)
    return Optimum(worth(problem, routes), routes, left, pool, tried)


# Routes --------------------------------------------------------------------------------------------------------------


class RoutePool:
    """The routes of one shift that may be part of an optimal plan. `limit` is the worth of a plan at hand."""

    def __init__(self, problem: Problem, shift: ShiftTerms, limit: Worth | None, *, prune: bool) -> None:
        self._problem, self._shift, self._limit, self._prune = problem, shift, limit, prune
        self._tasks = {task.id: task for task in problem.tasks}
        self._table = problem.travel[shift.profile]
        self._start = next((route for route in problem.start if route.shift == shift.id), RoutePlan(shift=shift.id))
        self._bounds = Bounds(problem)
        self._free = [task.id for task in problem.tasks if task.id not in _held_elsewhere(problem, self._start)]
        self._open = replace(shift, end=None)
        self.tried = 0
        self._budget = 0
        fixed = self._start.steps if self._start.closed else self._start.steps[: self._start.fixed]
        self._fixed = fixed
        self.least = self._least()

    def _least(self) -> int:
        """How many rules every route of the shift breaks."""
        found = timeline(self._shift, self._fixed, self._tasks, self._table)
        return len(found.violations) if self._start.closed else self._lasting(self._fixed, found)

    def routes(self, budget: int) -> list[Candidate]:
        """The routes that break at most so many rules; of those with the same tasks, moves and broken rules the cheapest."""
        self._budget = budget
        best: dict[tuple[frozenset[TaskId], int, int], Candidate] = {}
        for each in [self._candidate(self._fixed)] if self._start.closed else self._grown(self._fixed):
            key = (each.tasks, each.broken, each.moved)
            if each.broken <= budget and self._start.stay <= key[0] and (key not in best or each.cost < best[key].cost):
                best[key] = each
        return list(best.values())

    def _grown(self, steps: tuple[Step, ...]) -> Iterator[Candidate]:
        """The route of these steps and all that begin with them, as far as they can be of use."""
        if self._too_dear(steps):
            return
        found = timeline(self._shift, steps, self._tasks, self._table)
        self.tried += 1
        if self._prune and self._lasting(steps, found) > self._budget:
            return
        yield self._priced(steps, found)
        inside = {step.task for step in steps}
        for task in self._free:
            if task not in inside:
                for reload in (False, True)[: 2 if self._shift.reloads and self._shift.depot is not None else 1]:
                    yield from self._grown((*steps, Step(task, reload)))

    def _candidate(self, steps: tuple[Step, ...]) -> Candidate:
        return self._priced(steps, timeline(self._shift, steps, self._tasks, self._table))

    def _priced(self, steps: tuple[Step, ...], found: Timeline) -> Candidate:
        changed, stability = changes(self._problem, self._shift.id, steps), self._problem.stability
        cost = found.cost + changed.drivers * stability.per_driver_change + changed.order * stability.per_order_change
        return Candidate(self._shift.id, steps, len(found.violations), changed.drivers + changed.order, cost)

    def _too_dear(self, steps: tuple[Step, ...]) -> bool:
        """Whether no plan with such a route can cost less than the plan at hand, which breaks as few rules as any that is looked for."""
        if self._limit is None:
            return False
        inside = {step.task for step in steps}
        rest = sum(least for task, least in self._bounds.least.items() if task not in inside)
        terms = [self._tasks[step.task] for step in steps]
        room = self._limit.cost - rest - self._bounds.route(self._shift, terms, steps)
        return room < 0 or (bool(steps) and not self._bounds.gaps[self._shift.profile] and self._hours(terms, steps) > room)

    def _hours(self, terms: list[TaskTerms], steps: tuple[Step, ...]) -> int:
        """What the hours of a route that begins so cost at least beyond its shortest driving and service: waiting, pauses, overtime, and lateness.

        No longer route is through with these tasks earlier than the pass that leaves at once, or leaves later than their windows let it.
        """
        shift = self._shift
        early = run(self._open, terms, [step.reload_before for step in steps], self._table, shift.starts)
        done, early.ends = early.ends, NO_LIMIT
        leaves = shift.starts if shift.under_way else latest_leaving(early, self._table)
        waiting = max(0, done - leaves - self._bounds.shortest(shift, terms, steps)[1])
        late = sum(late * (task.windows[window].late_price or 0) for task, window, late in zip(terms, early.window, early.late, strict=True) if late)
        return waiting * shift.milli_price + max(0, done - shift.ends) * shift.overtime_price + late

    def _lasting(self, steps: tuple[Step, ...], found: Timeline) -> int:
        """How many of the rules that a route breaks every route that goes on from it breaks as well."""
        if not found.violations or not steps:
            return 0
        kinds = [each.kind for each in found.violations]
        count = sum(1 for kind in kinds if kind in ALWAYS)
        if self._bounds.gaps[self._shift.profile]:
            return count
        count += kinds.count(ViolationKind.LATE) + sum(1 for each in found.violations if each.kind is ViolationKind.UNREACHABLE and each.task is not None)
        return count + self._late_pauses(len(steps), found) + self._beyond(steps, kinds)

    def _late_pauses(self, halts: int, found: Timeline) -> int:
        """Pauses begun too late before the last halt; one on the way home might fall elsewhere in a longer route."""
        breaks = [each for each in self._shift.breaks if each.latest >= self._shift.starts]
        return sum(1 for pause, taken in zip(breaks, found.breaks, strict=False) if taken.begin > pause.latest and taken.after < halts)

    def _beyond(self, steps: tuple[Step, ...], kinds: Sequence[ViolationKind]) -> int:
        """Limits of the whole route that are broken before the way home."""
        shift, terms = self._shift, [self._tasks[step.task] for step in steps]
        count = 0
        if ViolationKind.SHIFT in kinds:
            early = run(shift, terms, [step.reload_before for step in steps], self._table, shift.starts)
            count += early.begin[-1] + terms[-1].service > shift.latest_end
        meters, span = self._bounds.shortest(shift, terms, steps)
        count += shift.max_distance is not None and meters > shift.max_distance
        return count + (shift.max_duration is not None and span > shift.max_duration)


def _held_elsewhere(problem: Problem, start: RoutePlan) -> set[TaskId]:
    """Tasks that a shift may not take up: those fixed here already, and those that locks keep with others."""
    others = [route for route in problem.start if route.shift != start.shift]
    held = {step.task for route in others for step in (route.steps if route.closed else route.steps[: route.fixed])}
    return held | {task for route in others for task in route.stay} | {step.task for step in start.steps[: start.fixed]}


class Bounds:
    """What legs, routes and tasks cost at least, in any band of the day."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.gaps = {profile: _has_gaps(table) for profile, table in problem.travel.items()}
        self._meters = {profile: _least_of(table, table.distances) for profile, table in problem.travel.items()}
        # A leg that crosses into another band is rounded down once a band.
        self._spans = {profile: [each - len(table.begins) for each in _least_of(table, table.durations)] for profile, table in problem.travel.items()}
        self._home = {shift.id: self._going_home(shift) for shift in problem.shifts}
        self.least = {task.id: min([task.unplanned_price, *(self._arriving(shift, task) for shift in problem.shifts)]) for task in problem.tasks}

    def _arriving(self, shift: ShiftTerms, task: TaskTerms) -> int:
        """What a shift pays at least for the leg to a task and its service."""
        rows = {shift.start, *(each.place for each in self._problem.tasks if each.id != task.id), *([shift.depot] if shift.depot is not None else [])}
        legs = [self._leg(shift, row, task.place) for row in rows]
        return min(meters * shift.meter_price + (span + task.service) * shift.milli_price for meters, span in legs)

    def _going_home(self, shift: ShiftTerms) -> int:
        """What a shift pays at least for the way from its last halt to its end."""
        if shift.end is None:
            return 0
        legs = [self._leg(shift, task.place, shift.end) for task in self._problem.tasks]
        return min((meters * shift.meter_price + span * shift.milli_price for meters, span in legs), default=0)

    def _leg(self, shift: ShiftTerms, start: int, end: int) -> tuple[int, int]:
        if start == end:
            return 0, 0
        leg = start * self._problem.travel[shift.profile].size + end
        return self._meters[shift.profile][leg], self._spans[shift.profile][leg]

    def shortest(self, shift: ShiftTerms, terms: Sequence[TaskTerms], steps: Sequence[Step]) -> tuple[int, int]:
        """Metres and milliseconds that a route takes at least up to the end of its last service."""
        meters = span = 0
        here = shift.start
        for task, step in zip(terms, steps, strict=True):
            stops = [shift.depot, task.place] if step.reload_before and shift.depot is not None else [task.place]
            for row in stops:
                leg = self._leg(shift, here, row)
                meters, span, here = meters + leg[0], span + leg[1], row
            span += task.service + (shift.reload if len(stops) > 1 else 0)
        return meters, span

    def route(self, shift: ShiftTerms, terms: Sequence[TaskTerms], steps: Sequence[Step]) -> int:
        """What a route that begins so costs at least."""
        if not steps:
            return 0
        meters, span = self.shortest(shift, terms, steps)
        return shift.fixed_price + meters * shift.meter_price + span * shift.milli_price + self._home[shift.id]


def _has_gaps(table: TravelTable) -> bool:
    """Whether a leg is missing in some bands only: then leaving later may arrive earlier."""
    return any(0 < sum(1 for each in leg if each == UNREACHABLE) < len(leg) for leg in zip(*table.durations, strict=True))


def _least_of(table: TravelTable, numbers: Sequence[Sequence[int]]) -> list[int]:
    """The least of each leg over the bands; a missing leg takes nothing."""
    pairs = zip(zip(*numbers, strict=True), zip(*table.durations, strict=True), strict=True)
    return [min(0 if span == UNREACHABLE else number for number, span in zip(leg, spans, strict=True)) for leg, spans in pairs]


# A plan at hand ------------------------------------------------------------------------------------------------------


def _at_hand(problem: Problem, whole: Whole) -> Worth | None:
    """The worth of some plan without broken rules, to measure others by: unplanned tasks put where they cost least, into nothing and into the plan as it
    stands, then every one or two tasks taken out and put back as long as that helps.

    None: no plan came out lawful, so that nothing is given up for its price.
    """
    found: dict[Worth, dict[ShiftId, tuple[Step, ...]]] = {}
    for routes in ({}, {route.shift: route.steps for route in problem.start}):
        filled = _filled(problem, {**routes, **_locked(problem, routes)})
        if _lawful(problem, filled, whole):
            found[worth(problem, filled)] = filled
    return _improved(problem, found[min(found)], whole) if found else None


def _improved(problem: Problem, routes: dict[ShiftId, tuple[Step, ...]], whole: Whole) -> Worth:
    """The worth of the plan once nothing helps any more."""
    free = [task.id for task in problem.tasks if task.id not in locked(problem)]
    best, helps = worth(problem, routes), True
    while helps:
        helps = False
        for gone in [{task} for task in free] + [set(pair) for pair in combinations(free, 2)]:
            rest = {shift: tuple(step for step in steps if step.task not in gone) for shift, steps in routes.items()}
            tried = _filled(problem, rest)
            now = worth(problem, tried)
            if now < best and _lawful(problem, tried, whole):
                best, routes, helps = now, tried, True
    return best


def _locked(problem: Problem, routes: Routes) -> dict[ShiftId, tuple[Step, ...]]:
    """For shifts that have no route yet what locks give them."""
    kept = [(route, route.steps if route.closed else route.steps[: route.fixed]) for route in problem.start if route.shift not in routes]
    return {route.shift: (*steps, *(step for step in route.steps[len(steps) :] if step.task in route.stay)) for route, steps in kept}


def _filled(problem: Problem, routes: dict[ShiftId, tuple[Step, ...]]) -> dict[ShiftId, tuple[Step, ...]]:
    planned = {step.task for steps in routes.values() for step in steps}
    for task in sorted(problem.tasks, key=lambda each: (each.after is not None, -each.unplanned_price)):
        if task.id not in planned:
            tried = [routes, *({**routes, shift: steps} for shift, steps in _insertions(problem, routes, task.id))]
            routes = min(tried, key=lambda each: worth(problem, each))
    return routes


def _insertions(problem: Problem, routes: Routes, task: TaskId) -> Iterator[tuple[ShiftId, tuple[Step, ...]]]:
    first = {route.shift: len(route.steps) + 1 if route.closed else route.fixed for route in problem.start}
    for shift in problem.shifts:
        steps = tuple(routes.get(shift.id, ()))
        for place in range(first.get(shift.id, 0), len(steps) + 1):
            for reload in (False, True)[: 2 if shift.reloads and shift.depot is not None else 1]:
                yield shift.id, (*steps[:place], Step(task, reload), *steps[place:])


def _lawful(problem: Problem, routes: Routes, whole: Whole) -> bool:
    most = problem.stability.at_most
    return not torn(problem, routes, whole) and worth(problem, routes).broken == 0 and (most is None or moved(problem, routes) <= most)


# The plan ------------------------------------------------------------------------------------------------------------


def _partition(problem: Problem, candidates: Sequence[Candidate], broken: int, whole: Whole) -> list[Candidate] | None:
    """The cheapest choice of one route a shift with at most so many broken rules; None: there is none. Raises Unprovable."""
    model = cp_model.CpModel()
    takes = [model.new_bool_var("") for _ in candidates]
    leaves = {task.id: model.new_bool_var("") for task in problem.tasks}
    for shift in problem.shifts:
        model.add_exactly_one(take for take, each in zip(takes, candidates, strict=True) if each.shift == shift.id)
    for task, leave in leaves.items():
        model.add_exactly_one([leave, *(take for take, each in zip(takes, candidates, strict=True) if task in each.tasks)])
    for first, second in bound(problem, whole):
        model.add(leaves[first] == leaves[second])
    model.add(sum(take * each.broken for take, each in zip(takes, candidates, strict=True)) <= broken)
    if problem.stability.at_most is not None:
        dropped = sum(leaves[step.task] for route in problem.start for step in route.steps)
        model.add(dropped + sum(take * each.moved for take, each in zip(takes, candidates, strict=True)) <= problem.stability.at_most)
    left = sum(leaves[task.id] * task.unplanned_price for task in problem.tasks)
    model.minimize(left + sum(take * each.cost for take, each in zip(takes, candidates, strict=True)))
    return _solved(model, takes, candidates)


def _solved(model: cp_model.CpModel, takes: Sequence[cp_model.IntVar], candidates: Sequence[Candidate]) -> list[Candidate] | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise Unprovable(solver.status_name(status))
    return [each for take, each in zip(takes, candidates, strict=True) if solver.boolean_value(take)]
