"""A running day: what is still to do from where the vehicles are, and the problem of planning it anew without upsetting it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.errors import Malformed
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.plans import Plan
from app.domain.schedule import ShiftTerms, TaskTerms
from app.domain.units import Cubic, Grams, Meters, Millis
from app.services.planning_judging import starts_of, steps_of
from app.services.planning_values import DayProblem
from app.services.problem import Problem, RoutePlan, Stability


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheRoad:
    """A vehicle that has left: the task that it drives to, or serves, and when it arrives there (clock reading)."""

    heading_to: TaskId
    arrives: Millis
    left: Millis
    """When it left its start."""
    driven: Meters = Meters(0)
    """Until it arrives."""
    breaks: int = 0
    """Pauses that it has had."""
    reloads: int = 0
    """Times that it came back to load."""
    collected: Load = field(default_factory=Load)
    """On board for the depot."""


def running_day(problem: DayProblem, plan: Plan, under_way: Mapping[ShiftId, OnTheRoad]) -> DayProblem:
    """The day from now on: each vehicle that has left begins at the task that it heads for, and what it served before is no part of the day any more.

    Plans judged by it have only what is still to do in their routes. Raises Malformed where a vehicle heads for what is not in its route.
    """
    done = {task for shift, where in under_way.items() for task in _served(problem, plan, shift, where)}
    terms = {task: each for task, each in problem.terms.items() if task not in done}
    shifts = {shift: _from_here(terms, each, under_way[shift]) if shift in under_way else each for shift, each in problem.shifts.items()}
    return replace(
        problem,
        problem=replace(problem.problem, tasks=tuple(terms.values()), shifts=tuple(shifts.values())),
        orders={task: order for task, order in problem.orders.items() if task not in done},
        terms=terms,
        shifts=shifts,
    )


def to_replan(
    problem: DayProblem,
    plan: Plan,
    *,
    stability: Stability,
    loaded: Collection[TaskId] = (),
    at_depot: Collection[TaskId] = (),
    insert: Collection[TaskId] | None = None,
) -> Problem:
    """The problem of planning a day anew that people have begun to work by; the plan is its warm start, with its locks.

    `stability` says how much may move: λ and μ as prices, k as a limit (0: only insert). `loaded` tasks stay with their vehicle, whose parcels are on
    board. Of those `at_depot` no vehicle under way (`running_day`) may take any, for it has not loaded them. `insert`: of the tasks in no route only these
    may be put in; None: all. The stop that a vehicle under way heads for is fixed.
    """
    start = tuple(_held(problem, route, loaded) for route in starts_of(plan.routes, problem))
    placed = {step.task for route in start for step in route.steps}
    road = frozenset(shift for shift, terms in problem.shifts.items() if terms.under_way)
    wanted = [task for task in problem.problem.tasks if insert is None or task.id in placed or task.id in insert]
    return replace(problem.problem, tasks=tuple(_kept_off(wanted, at_depot, road)), start=start, stability=stability)


def _served(problem: DayProblem, plan: Plan, shift: ShiftId, where: OnTheRoad) -> list[TaskId]:
    """What a vehicle served before the task that it heads for."""
    tasks = [step.task for route in plan.routes if route.shift == shift for step in steps_of(route, problem)]
    if where.heading_to not in tasks:
        raise Malformed("problem.unknown_name", where=f"under_way.{shift}", name=where.heading_to)
    return tasks[: tasks.index(where.heading_to)]


def _from_here(terms: Mapping[TaskId, TaskTerms], shift: ShiftTerms, where: OnTheRoad) -> ShiftTerms:
    """A shift that goes on from where its vehicle arrives next, with what is left of its limits."""
    gone = where.arrives - where.left
    return replace(
        shift,
        start=terms[where.heading_to].place,
        starts=where.arrives,
        ends=max(shift.ends, where.arrives),
        latest_end=max(shift.latest_end, where.arrives),
        under_way=True,
        breaks=shift.breaks[where.breaks :],
        reloads=max(0, shift.reloads - where.reloads),
        max_distance=None if shift.max_distance is None else Meters(max(0, shift.max_distance - where.driven)),
        max_duration=None if shift.max_duration is None else Millis(max(0, shift.max_duration - gone)),
        capacity=_room(shift.capacity, where.collected),
    )


def _room(capacity: Capacity, taken: Load) -> Capacity:
    """What a capacity leaves beside a load that stays on board."""
    return Capacity(
        weight=None if capacity.weight is None else Grams(max(0, capacity.weight - taken.weight)),
        volume=None if capacity.volume is None else Cubic(max(0, capacity.volume - taken.volume)),
        pieces=None if capacity.pieces is None else max(0, capacity.pieces - taken.pieces),
    )


def _held(problem: DayProblem, route: RoutePlan, loaded: Collection[TaskId]) -> RoutePlan:
    """A route with what is on board kept in it, and the stop that its vehicle heads for fixed, without a loading before it."""
    stay = route.stay.union(step.task for step in route.steps if step.task in loaded)
    if not problem.shifts[route.shift].under_way or not route.steps:
        return replace(route, stay=stay)
    first = replace(route.steps[0], reload_before=False)
    return replace(route, steps=(first, *route.steps[1:]), fixed=max(1, route.fixed), stay=stay | {first.task})


def _kept_off(tasks: Iterable[TaskTerms], at_depot: Collection[TaskId], road: frozenset[ShiftId]) -> Iterable[TaskTerms]:
    """The tasks, those at the depot forbidden to the vehicles on the road."""
    return (replace(task, never=task.never | road) if task.id in at_depot else task for task in tasks)
