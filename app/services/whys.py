"""Why a stop is where it is, and not elsewhere: what each vehicle of the day would make of it, and what each stop costs the plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from app.domain.ids import RouteId, ShiftId, TaskId
from app.domain.schedule import Step, Timeline
from app.domain.sentences import Sentence
from app.domain.units import Cost, Millis
from app.services.advice import Adviser, partners
from app.services.advice_search import EveryPlace
from app.services.advice_values import Placement, obstacle, put_in
from app.services.planning_judging import starts_of, steps_of, timeline_of
from app.services.planning_rules import why_not
from app.services.planning_values import DayProblem, Judged
from app.services.problem import Problem

Check = Callable[[], None]
"""Called between routes; may raise Cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A stop on one vehicle: where it would stand there, when, and what that costs more than the plan as it is; `rules` are those newly broken."""

    route: RouteId
    vehicle: str
    position: int | None = None
    """From 0; None: the route is locked, or takes nothing."""
    begin: Millis | None = None
    late: Millis = Millis(0)
    price: Cost = Cost(0)
    rules: Sentence | None = None
    here: bool = False
    """It stands there now."""
    fits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dearness:
    """What a stop costs the plan where it is, and what one of the day mostly costs."""

    cost: Cost
    usual: Cost

    @property
    def times(self) -> float:
        """How many times the usual."""
        return self.cost / max(1, self.usual)


def standing(problem: DayProblem, judged: Judged) -> Problem:
    """The problem with the judged routes standing and their locks, as advice takes it."""
    return replace(problem.problem, start=starts_of(judged.routes, problem))


def everywhere(problem: DayProblem, judged: Judged, task: TaskId, placements: Sequence[Placement]) -> tuple[Elsewhere, ...]:
    """A line for every vehicle of the day: where the task is now first, then the placements as ranked, then the routes that are locked."""
    with Adviser(standing(problem, judged), EveryPlace) as adviser:
        rests, partner = adviser.rests(task), adviser.standing.partners.get(task)
    routes = {route.shift: route.id for route in judged.routes}
    own = next((route.shift for route in judged.routes if task in route.tasks), None)
    found = [] if own is None else [_here(problem, judged, task, routes[own])]
    for each in placements:
        if each.shift == own:
            continue
        line = timeline_of(problem, each.shift, put_in(rests[each.shift], task, each.spot, partner))
        found.append(_there(problem, each, line, routes[each.shift]))
    seen = {each.shift for each in placements} | {own}
    return (*found, *(_locked(problem, shift, route) for shift, route in routes.items() if shift not in seen))


def _here(problem: DayProblem, judged: Judged, task: TaskId, route: RouteId) -> Elsewhere:
    line = judged.timelines[route]
    at, halt = next((at, halt) for at, halt in enumerate(line.halts) if halt.task == task)
    return Elsewhere(route=route, vehicle=problem.vehicles[line.shift], position=at, begin=halt.begin, late=halt.late, here=True, fits=True)


def _there(problem: DayProblem, of: Placement, line: Timeline, route: RouteId) -> Elsewhere:
    halt = next(halt for halt in line.halts if halt.task == of.task)
    rules = dict(why_not(problem, obstacle(of), line).facts)["rules"] if of.broken else None
    return Elsewhere(
        route=route,
        vehicle=problem.vehicles[of.shift],
        position=of.position,
        begin=halt.begin,
        late=halt.late,
        price=of.price,
        rules=rules if isinstance(rules, Sentence) else None,
        fits=not of.broken,
    )


def _locked(problem: DayProblem, shift: ShiftId, route: RouteId) -> Elsewhere:
    return Elsewhere(route=route, vehicle=problem.vehicles[shift], rules=Sentence.of("planning.why_locked"))


def with_placement(problem: DayProblem, judged: Judged, of: Placement) -> tuple[tuple[Step, ...], Millis]:
    """The route of a placement of a loose task with it, and when its service begins there."""
    route = next(each for each in judged.routes if each.shift == of.shift)
    partner = partners(problem.problem.tasks).get(of.task)
    steps = put_in(steps_of(route, problem), of.task, of.spot, partner)
    line = timeline_of(problem, of.shift, steps)
    return steps, next(halt.begin for halt in line.halts if halt.task == of.task)


def prices(problem: DayProblem, judged: Judged, check: Check = lambda: None) -> Mapping[TaskId, Cost]:
    """What each planned task costs: its route as it is less its route without it. Some hundredths of a second for a day of hundreds."""
    found: dict[TaskId, Cost] = {}
    for route in judged.routes:
        check()
        steps = steps_of(route, problem)
        whole = judged.timelines[route.id].cost
        for step in steps:
            rest = timeline_of(problem, route.shift, tuple(each for each in steps if each.task != step.task))
            found[step.task] = Cost(whole - rest.cost)
    return found


def dearness(costs: Mapping[TaskId, Cost], task: TaskId) -> Dearness | None:
    """What one task costs against the median of the day; None for one in no route."""
    if task not in costs:
        return None
    return Dearness(cost=costs[task], usual=Cost(round(median(costs.values()))))


def dearest(costs: Mapping[TaskId, Cost], most: int = 5) -> tuple[tuple[TaskId, Dearness], ...]:
    """The stops that cost at least twice what one mostly costs, dearest first."""
    usual = Cost(round(median(costs.values()))) if costs else Cost(0)
    ranked = sorted(costs.items(), key=lambda each: (-each[1], each[0]))
    return tuple((task, Dearness(cost=cost, usual=usual)) for task, cost in ranked[:most] if cost >= 2 * usual)
