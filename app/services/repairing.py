"""Repair around a change: the plan as it stands, what a person moved last held where it was put, and at most so many other stops may move."""

from collections.abc import Collection
from dataclasses import replace

from app.domain.ids import TaskId
from app.domain.plans import Plan
from app.services.planning_judging import moves, starts_of
from app.services.planning_values import DayProblem
from app.services.problem import Problem, RoutePlan, Stability


def to_repair(problem: DayProblem, plan: Plan, kept: Collection[TaskId], at_most: int, *, place: bool = True) -> Problem:
    """The problem of mending a plan: `kept` tasks stay with their drivers, the others may move, at most so many of them; the pool may be put in.

    With `place`, what was put among other stops keeps its place too, and with it all that is before it; what was put at the end of a route cannot.
    """
    start = tuple(_held(each, frozenset(kept), place=place) for each in starts_of(plan.routes, problem))
    return replace(problem.problem, start=start, stability=Stability(at_most=at_most))


def moved_by(before: Plan | None, after: Plan) -> frozenset[TaskId]:
    """The tasks that an edit moved into a route, or to another place of one."""
    return frozenset(each.task for each in moves(before.routes if before is not None else (), after.routes) if each.to_route is not None)


def _held(route: RoutePlan, kept: frozenset[TaskId], *, place: bool) -> RoutePlan:
    tasks = [step.task for step in route.steps]
    own = [at for at, task in enumerate(tasks) if task in kept]
    if not own:
        return route
    one_run = own[-1] - own[0] + 1 == len(own)
    among = one_run and own[-1] + 1 < len(tasks)
    fixed = own[-1] + 1 if place and among else 0
    return replace(route, stay=route.stay | {tasks[at] for at in own}, fixed=max(route.fixed, fixed))
