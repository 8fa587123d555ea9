"""Random plans as they stand, for random problems: none, sound ones and rule-breaking ones, with locks and a wish for stability."""

from collections.abc import Mapping, Sequence
from random import Random

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import ShiftTerms, Step, TaskTerms, timeline
from app.domain.units import Cost
from app.services.problem import Problem, RoutePlan, Stability

TRIES = 3
"""Shifts that a sound plan tries for a task before it stays unplanned."""


def random_stability(rng: Random) -> Stability:
    """In half of all cases none; else prices of a change, a limit of 0 to 10 moves, or both."""
    if rng.random() < 0.5:
        return Stability()
    return Stability(
        per_driver_change=Cost(rng.choice((0, 10**6, rng.randint(0, 10**10)))),
        per_order_change=Cost(rng.choice((0, 10**6, rng.randint(0, 10**9)))),
        at_most=rng.choice((None, 0, 0, 1, 2, rng.randint(0, 10))),
    )


def random_start(rng: Random, problem: Problem) -> tuple[RoutePlan, ...]:
    """The plan as it stands: none in a quarter of all cases, else sound or not, with locks or without."""
    kind = rng.choice(("none", "sound", "sound", "any"))
    if kind == "none":
        return ()
    routes = _sound(rng, problem) if kind == "sound" else _any(rng, problem)
    locked = rng.random() < 0.6
    return tuple(_locked(rng, shift, steps) if locked else RoutePlan(shift=shift, steps=steps) for shift, steps in routes.items())


def _sound(rng: Random, problem: Problem) -> dict[ShiftId, tuple[Step, ...]]:
    """Tasks by their first window, each added at the end of one of some shifts where no rule breaks; a part of them left out."""
    tasks = {task.id: task for task in problem.tasks}
    routes: dict[ShiftId, tuple[Step, ...]] = {}
    for task in sorted(problem.tasks, key=_opening):
        for shift in rng.sample(problem.shifts, min(TRIES, len(problem.shifts))) if rng.random() < 0.85 else ():
            steps = (*routes.get(shift.id, ()), Step(task.id))
            if _keeps(problem, shift, steps, tasks):
                routes[shift.id] = steps
                break
    return routes


def _keeps(problem: Problem, shift: ShiftTerms, steps: Sequence[Step], tasks: Mapping[TaskId, TaskTerms]) -> bool:
    return not timeline(shift, steps, tasks, problem.travel[shift.travels]).violations


def _opening(task: TaskTerms) -> tuple[int, bool]:
    return (task.windows[0].opens if task.windows else 0), task.after is not None


def _any(rng: Random, problem: Problem) -> dict[ShiftId, tuple[Step, ...]]:
    """Tasks anywhere in any order, reloads too, whatever that breaks."""
    tasks = [task.id for task in problem.tasks if rng.random() < 0.8]
    rng.shuffle(tasks)
    routes: dict[ShiftId, tuple[Step, ...]] = {shift.id: () for shift in problem.shifts if rng.random() < 0.8}
    for task in tasks if routes else ():
        shift = rng.choice(list(routes))
        routes[shift] = (*routes[shift], Step(task, rng.random() < 0.1))
    return routes


def _locked(rng: Random, shift: ShiftId, steps: tuple[Step, ...]) -> RoutePlan:
    """A route with a fixed beginning, tasks that must stay, or closed as a whole, or none of these."""
    return RoutePlan(
        shift=shift,
        steps=steps,
        fixed=rng.randint(0, len(steps)) if rng.random() < 0.4 else 0,
        closed=rng.random() < 0.1,
        stay=frozenset(step.task for step in steps if rng.random() < 0.3) if rng.random() < 0.4 else frozenset(),
    )
