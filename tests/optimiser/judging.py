"""What a plan of a problem is worth, told by the schedule alone: broken rules, cost with the prices of change, how many tasks moved, and what is wrong with it.

Written apart from every engine and from the oracle's search, so that both are judged by the same third party.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.schedule import Step, timeline
from app.services.problem import Problem, RoutePlan, Solution

Routes = Mapping[ShiftId, Sequence[Step]]


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """How plans are compared: broken rules first, then cost (timelines, unplanned tasks, and the prices of change)."""

    broken: int
    cost: int


@dataclass(frozen=True, slots=True)
class Changes:
    """How one route differs from the plan as it stood: tasks that another shift had, and tasks outside the common order."""

    drivers: int
    order: int


def worth(problem: Problem, routes: Routes) -> Worth:
    """The worth of a plan; tasks in no route are unplanned."""
    tasks = {task.id: task for task in problem.tasks}
    served = {step.task for steps in routes.values() for step in steps}
    broken, cost = 0, sum(task.unplanned_price for task in problem.tasks if task.id not in served)
    for shift in problem.shifts:
        found = timeline(shift, routes.get(shift.id, ()), tasks, problem.travel[shift.profile])
        changed = changes(problem, shift.id, routes.get(shift.id, ()))
        broken += len(found.violations)
        cost += found.cost + changed.drivers * problem.stability.per_driver_change + changed.order * problem.stability.per_order_change
    return Worth(broken, cost)


def changes(problem: Problem, shift: ShiftId, steps: Sequence[Step]) -> Changes:
    """The tasks of a route that another shift served at the start, and those of its own outside a longest common subsequence of old and new order."""
    before = {step.task: (route.shift, place) for route in problem.start for place, step in enumerate(route.steps)}
    was = [before[step.task] for step in steps if step.task in before]
    own = [place for driver, place in was if driver == shift]
    return Changes(drivers=len(was) - len(own), order=len(own) - longest_rising(own))


def longest_rising(places: Sequence[int]) -> int:
    """The length of a longest rising subsequence: what two orders of the same tasks have in common."""
    tails: list[int] = []
    for place in places:
        index = bisect_left(tails, place)
        tails[index : index + 1] = [place]
    return len(tails)


def moved(problem: Problem, routes: Routes) -> int:
    """How many tasks of the start moved: another shift or none serves them, or they left the common order of their route."""
    served = {step.task for steps in routes.values() for step in steps}
    dropped = sum(1 for route in problem.start for step in route.steps if step.task not in served)
    found = [changes(problem, shift.id, routes.get(shift.id, ())) for shift in problem.shifts]
    return dropped + sum(each.drivers + each.order for each in found)


def complaints(problem: Problem, solution: Solution) -> list[str]:
    """Everything that no plan may do, whatever it costs: tasks lost or doubled, locks touched, more than k tasks moved. Empty: nothing."""
    routes = {route.shift: route.steps for route in solution.routes}
    counted = Counter([*(step.task for steps in routes.values() for step in steps), *solution.unplanned])
    found = [f"{task.id} is there {counted[task.id]} times" for task in problem.tasks if counted[task.id] != 1]
    found += [words for route in problem.start for words in _touched(route, routes.get(route.shift, ()))]
    most = problem.stability.at_most
    if most is not None and moved(problem, routes) > most:
        found.append(f"{moved(problem, routes)} tasks moved, {most} may")
    return found


def _touched(start: RoutePlan, steps: Sequence[Step]) -> Iterator[str]:
    if start.closed and tuple(steps) != start.steps:
        yield f"{start.shift} is closed and changed"
    if tuple(steps[: start.fixed]) != start.steps[: start.fixed]:
        yield f"the fixed beginning of {start.shift} changed"
    yield from (f"{task} left {start.shift}" for task in sorted(start.stay - {step.task for step in steps}))


class Whole(StrEnum):
    """Which tasks are planned all together or not at all. The schedule says only that a task may not come without what it names in `after`."""

    FREE = "none"
    PAIRS = "a pick-up or return and what must come after it"
    GROUPS = "all that hang together by `after`"


def bound(problem: Problem, whole: Whole) -> list[tuple[TaskId, TaskId]]:
    """Pairs of tasks of which a plan has both or neither. Where a lock holds one of the two, or a limit of moves may keep a pair torn, it need not."""
    known = {task.id: task for task in problem.tasks}
    found: list[tuple[TaskId, TaskId]] = []
    for task in problem.tasks:
        before = known.get(task.after) if task.after is not None else None
        handed = before is not None and before.kind is not TaskKind.DELIVERY
        if before is not None and (whole is Whole.GROUPS or (whole is Whole.PAIRS and handed)) and not _excused(problem, before.id, task.id):
            found.append((before.id, task.id))
    return found


def _excused(problem: Problem, first: TaskId, second: TaskId) -> bool:
    planned = {step.task for route in problem.start for step in route.steps}
    return bool(locked(problem) & {first, second}) or (problem.stability.at_most is not None and (first in planned) != (second in planned))


def locked(problem: Problem) -> set[TaskId]:
    """Tasks that their shift must serve: of fixed beginnings and closed routes, and those that stay."""
    steps = [step for route in problem.start for step in (route.steps if route.closed else route.steps[: route.fixed])]
    return {step.task for step in steps} | {task for route in problem.start for task in route.stay}


def torn(problem: Problem, routes: Routes, whole: Whole) -> bool:
    """Whether a plan has one task of a bound pair without the other."""
    served = {step.task for steps in routes.values() for step in steps}
    return any((first in served) != (second in served) for first, second in bound(problem, whole))
