"""What orders cost where they are and elsewhere: the difference of two timelines, never a guess. Pure functions, some hundredths of a second a day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.ids import RouteId, TaskId
from app.domain.plans import Lock, Route
from app.domain.schedule import Step, Timeline
from app.domain.sentences import Sentence
from app.domain.units import MILLIS_PER_MINUTE, Cost
from app.services.planning_insertion import best_in, slack_of
from app.services.planning_judging import start_of, steps_of, timeline_of
from app.services.planning_values import DayProblem, Judged

MOST = 12
"""Orders that are weighed together: more would take longer than a look."""
Check = Callable[[], None]
"""Called between routes; may raise Cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a route takes more with some orders than without: milliseconds, metres, cost; `late` further late stops, where lateness is a price."""

    route: RouteId
    vehicle: str
    time: int
    meters: int
    cost: Cost
    late: int


def added(problem: DayProblem, judged: Judged, tasks: Sequence[TaskId], check: Check) -> tuple[Weight, ...]:
    """What it takes to put all of these tasks into each route that is not locked, has none of them, and breaks no further rule by it; best first.

    Empty where no route can, where one of them cannot be planned at all, and beyond MOST tasks.
    """
    if not tasks or len(tasks) > MOST or any(task not in problem.terms for task in tasks):
        return ()
    weights = []
    for route in judged.routes:
        check()
        if not route.locked and route.shift in problem.shifts and not set(tasks) & set(route.tasks):
            weights.append(_with(problem, route, tasks))
    return tuple(sorted((each for each in weights if each is not None), key=lambda each: (each.late, each.cost)))


def here(problem: DayProblem, judged: Judged, task: TaskId, check: Check) -> tuple[Sentence, ...]:
    """Why a planned task is where it is: what it takes there, and what the best other route would take. Empty for one in no route."""
    own = next((route for route in judged.routes if task in route.tasks), None)
    if own is None or task not in problem.terms or own.shift not in problem.shifts:
        return ()
    steps = steps_of(own, problem)
    without = tuple(step for step in steps if step.task != task)
    now = _weight(problem, own, timeline_of(problem, own.shift, without), timeline_of(problem, own.shift, steps))
    return (_taken(now), *_elsewhere(problem, judged, task, own, now, check))


def _taken(now: Weight) -> Sentence:
    """What it takes where it is; a way that is no longer with it than without is not spoken of."""
    kilometers = round(now.meters / 1000, 1)
    if kilometers <= 0:
        return Sentence.of("here.on_the_way", vehicle=now.vehicle, minutes=max(0, _minutes(now.time)))
    return Sentence.of("here.takes", vehicle=now.vehicle, minutes=max(0, _minutes(now.time)), km=kilometers)


def _elsewhere(problem: DayProblem, judged: Judged, task: TaskId, own: Route, now: Weight, check: Check) -> tuple[Sentence, ...]:
    lock = next((stop.lock for stop in own.stops if task in stop.tasks), None)
    if own.locked or lock is not None:
        return (Sentence.of("here.place_locked" if lock is Lock.POSITION and not own.locked else "here.locked", vehicle=now.vehicle),)
    if problem.terms[task].after is not None or any(each.after == task for each in problem.terms.values()):
        return (Sentence.of("here.pair"),)
    others = _best_elsewhere(problem, judged, task, own, check)
    if others is None:
        return (Sentence.of("here.only"),)
    more = _minutes(others.time - now.time)
    key = "here.dearer" if more > 0 else "here.cheaper" if more < 0 else "here.equal"
    return (Sentence.of(key, vehicle=others.vehicle, minutes=abs(more)),)


def _best_elsewhere(problem: DayProblem, judged: Judged, task: TaskId, own: Route, check: Check) -> Weight | None:
    """The cheapest other route that takes it without breaking a rule."""
    best: Weight | None = None
    for route in judged.routes:
        check()
        if route.id == own.id or route.locked or route.shift not in problem.shifts:
            continue
        start = start_of(route, problem)
        slack = slack_of(problem.problem, problem.terms, problem.shifts[route.shift], start.steps, start.fixed)
        found = best_in(slack, problem.terms, problem.terms[task])
        if found is not None:
            weight = _weight(problem, route, slack.now, found.timeline)
            best = weight if best is None or weight.cost < best.cost else best
    return best


def _with(problem: DayProblem, route: Route, tasks: Iterable[TaskId]) -> Weight | None:
    """The route with all of these tasks, each where it then costs least; None where one of them does not fit."""
    start = start_of(route, problem)
    terms = problem.shifts[route.shift]
    steps: tuple[Step, ...] = tuple(start.steps)
    before = timeline_of(problem, route.shift, steps)
    after = before
    for task in sorted(tasks, key=lambda each: _opening(problem, each)):
        slack = slack_of(problem.problem, problem.terms, terms, steps, start.fixed)
        found = best_in(slack, problem.terms, problem.terms[task])
        if found is None:
            return None
        steps, after = found.steps, found.timeline
    return _weight(problem, route, before, after)


def _opening(problem: DayProblem, task: TaskId) -> tuple[bool, int, str]:
    """Pick-ups before what depends on them, then by the end of the promise."""
    terms = problem.terms[task]
    return (terms.after is not None, terms.windows[-1].closes if terms.windows else 0, task)


def _weight(problem: DayProblem, route: Route, before: Timeline, after: Timeline) -> Weight:
    return Weight(
        route=route.id,
        vehicle=problem.vehicles[route.shift],
        time=after.duration - before.duration,
        meters=after.meters - before.meters,
        cost=Cost(after.cost - before.cost),
        late=max(0, _late(after) - _late(before)),
    )


def _late(line: Timeline) -> int:
    return sum(1 for halt in line.halts if halt.late)


def _minutes(span: int) -> int:
    """Whole minutes, rounded to the nearest."""
    return round(span / MILLIS_PER_MINUTE)
