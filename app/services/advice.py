"""Advice about one problem and its standing routes: places of tasks ranked with prices, what a move costs, what stands against a task where.

Where a task goes best is found by a `Search`, in Python (`advice_search`) or by an engine's kernel; what that place costs and breaks is always said by
`domain.schedule`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Protocol, Self

from app.domain.errors import Malformed
from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.schedule import Step, TaskTerms, Timeline, timeline
from app.domain.units import Cost
from app.services.advice_values import Broken, Placement, Priced, Spot, hard, newly_broken, obstacle, placement, put_in, ranked, without
from app.services.planning_insertion import allowed
from app.services.problem import Obstacle, Problem, RoutePlan, Solution

Routes = Mapping[ShiftId, tuple[Step, ...]]


class Search(Protocol):
    """Finds the best spot of tasks in routes."""

    def spots(self, routes: Routes, tasks: Sequence[TaskId]) -> Sequence[Mapping[ShiftId, Spot]]:
        """For each task, its best or least broken spot in the route of each shift that may be changed, best first; a shift without any is left out.

        `routes` has every shift and does not hold the tasks (nor the other halves of their pairs). What locks fix is not moved.
        """
        ...

    def close(self) -> None:
        """Gives back what it holds."""
        ...


MakeSearch = Callable[["Standing"], Search]


class Standing:
    """A problem, its standing routes and its locks, looked up once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tasks = {task.id: task for task in problem.tasks}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.start = {route.shift: route for route in problem.start}
        self.partners = partners(problem.tasks)
        self.routes: dict[ShiftId, tuple[Step, ...]] = {shift: self.start[shift].steps if shift in self.start else () for shift in self.shifts}
        self.planned = {step.task: shift for shift, steps in self.routes.items() for step in steps}

    def fixed(self, shift: ShiftId) -> int:
        """How many first steps of a route may not move."""
        return self.start[shift].fixed if shift in self.start else 0

    def closed(self, shift: ShiftId) -> bool:
        """Whether nothing may be added to a route or taken from it."""
        return shift in self.start and self.start[shift].closed

    @cached_property
    def stuck(self) -> frozenset[TaskId]:
        """Tasks that may not move at all: in the fixed beginning of a route, or in a closed one."""
        return frozenset(step.task for route in self.start.values() for step in route.steps[: None if route.closed else route.fixed])

    @cached_property
    def stays(self) -> Mapping[TaskId, ShiftId]:
        """Tasks that must stay with their shift, at any position."""
        return {task: route.shift for route in self.start.values() for task in route.stay}

    def movable(self, task: TaskId) -> bool:
        """Whether a task, and the other half of its pair, may be put elsewhere."""
        return task not in self.stuck and self.partners.get(task) not in self.stuck

    def may_go(self, task: TaskId, shift: ShiftId) -> bool:
        """Whether locks let a task (with the other half of its pair) into a shift's route."""
        pair = (task, self.partners.get(task, task))
        return not self.closed(shift) and all(self.stays.get(each, shift) == shift for each in pair)

    def may_place(self, task: TaskId, shift: ShiftId) -> bool:
        """Whether a task may be put into a shift's route, as locks go."""
        return self.movable(task) and self.may_go(task, shift)

    def line(self, shift: ShiftId, steps: Sequence[Step], tasks: Mapping[TaskId, TaskTerms] | None = None) -> Timeline:
        """What becomes of a route."""
        terms = self.shifts[shift]
        return timeline(terms, steps, self.tasks if tasks is None else tasks, self.problem.travel[terms.travels])


def partners(tasks: Iterable[TaskTerms]) -> dict[TaskId, TaskId]:
    """The other half of each pick-up and delivery that belong together."""
    known = {task.id: task for task in tasks}
    found: dict[TaskId, TaskId] = {}
    for task in known.values():
        pickup = known.get(task.after) if task.after is not None else None
        if pickup is not None and pickup.kind is not TaskKind.DELIVERY and pickup.id not in found:
            found[task.id], found[pickup.id] = pickup.id, task.id
    return found


class Adviser:
    """Advice in this process (`ports.planner.Advice`); the spots come from a search. One thread at a time."""

    def __init__(self, problem: Problem, search: MakeSearch) -> None:
        self.standing = Standing(problem)
        self._make = search
        self._search = search(self.standing)
        self._lines = {shift: self.standing.line(shift, steps) for shift, steps in self.standing.routes.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Gives back what the search holds."""
        self._search.close()

    # Places --------------------------------------------------------------------------------------------------------

    def places(self, tasks: Sequence[TaskId], most: int = 5) -> tuple[tuple[Placement, ...], ...]:
        """The best place of each task on each shift, best first, at most so many a task. Raises Malformed for an unknown task."""
        self._known(tasks)
        return tuple(ranked(found)[:most] for found in self._placed(tasks))

    def _placed(self, tasks: Sequence[TaskId], most: int | None = None) -> list[list[Placement]]:
        """The best placement of each task on each shift where locks allow one; unplanned ones are searched for together."""
        standing = self.standing
        loose = [task for task in tasks if task not in standing.planned and standing.partners.get(task) not in standing.planned]
        found = dict(zip(loose, self._search.spots(standing.routes, loose), strict=True)) if loose else {}
        return [self._judged(task, standing.routes, found[task], most) if task in found else self._elsewhere(task, most) for task in tasks]

    def _elsewhere(self, task: TaskId, most: int | None) -> list[Placement]:
        """The placements of a task that is planned (or whose partner is): it is taken out first."""
        if not self.standing.movable(task):
            return []
        rests = self.rests(task)
        return self._judged(task, rests, self._search.spots(rests, [task])[0], most)

    def rests(self, task: TaskId) -> Routes:
        """The routes without a task and the other half of its pair."""
        gone = {task, self.standing.partners.get(task)}
        touched = {self.standing.planned[each] for each in gone if each is not None and each in self.standing.planned}
        return {shift: without(steps, gone) if shift in touched else steps for shift, steps in self.standing.routes.items()}

    def _judged(self, task: TaskId, rests: Routes, spots: Mapping[ShiftId, Spot], most: int | None) -> list[Placement]:
        """The placements of these spots; with `most`, of so many that the search ranks first, shifts that could never serve the task last."""
        standing, partner = self.standing, self.standing.partners.get(task)
        changed = [shift for shift, steps in rests.items() if steps is not standing.routes[shift]]
        lines = {shift: standing.line(shift, rests[shift]) for shift in changed}
        saved = sum(self._lines[shift].cost - line.cost for shift, line in lines.items())
        open_to_it = [shift for shift in spots if standing.may_go(task, shift)]
        if most is not None:
            open_to_it = sorted(open_to_it, key=lambda shift: not allowed(standing.shifts[shift], standing.tasks[task]))[:most]
        found = []
        for shift in open_to_it:
            before = lines.get(shift, self._lines[shift])
            after = standing.line(shift, put_in(rests[shift], task, spots[shift], partner))
            found.append(placement(task, shift, spots[shift], before, after, saved))
        return found

    # Obstacles -----------------------------------------------------------------------------------------------------

    def obstacles(self, tasks: Sequence[TaskId], most: int | None = None) -> tuple[tuple[Obstacle, ...], ...]:
        """What stands against each task on each shift, or on so many of the best, best first. Raises Malformed for an unknown task.

        A task that is planned is looked at as if its windows were hard: what stands against serving it in time.
        """
        self._known(tasks)
        strict = [
            task for task in tasks if task in self.standing.planned and any(window.late_price is not None for window in self.standing.tasks[task].windows)
        ]
        plain = [task for task in tasks if task not in set(strict)]
        found = dict(zip(plain, self._placed(plain, most), strict=True))
        return tuple(self._against(task, found[task], most) if task in found else self._in_time(task, most) for task in tasks)

    def _in_time(self, task: TaskId, most: int | None) -> tuple[Obstacle, ...]:
        """The obstacles of a task whose lateness has a price, in a problem where it has none."""
        problem = self.standing.problem
        stricter = replace(problem, tasks=tuple(hard(each) if each.id == task else each for each in problem.tasks))
        with Adviser(stricter, self._make) as adviser:
            return adviser.obstacles([task], most)[0]

    def _against(self, task: TaskId, placed: Iterable[Placement], most: int | None) -> tuple[Obstacle, ...]:
        """Of every shift: where it goes least badly, or that locks forbid it."""
        found = [obstacle(each) for each in ranked(placed)]
        seen = {each.shift for each in found}
        held = [Obstacle(task=task, shift=shift) for shift in self.standing.shifts if shift not in seen and not self.standing.may_place(task, shift)]
        return (*found, *held)[:most]

    # Prices --------------------------------------------------------------------------------------------------------

    def prices(self, changes: Sequence[Sequence[RoutePlan]]) -> tuple[Priced, ...]:
        """What each change costs: the routes that it gives new steps, all others as they stand; locks are not asked.

        Raises Malformed where a change names an unknown shift or task, or serves a task twice.
        """
        return tuple(self._priced(change) for change in changes)

    def _priced(self, change: Sequence[RoutePlan]) -> Priced:
        standing = self.standing
        self._check(change)
        changed = {route.shift: standing.line(route.shift, route.steps) for route in change}
        out = {step.task for shift in changed for step in standing.routes[shift]}
        now_in = {step.task for route in change for step in route.steps}
        left_out = [sum(standing.tasks[task].unplanned_price for task in tasks) for tasks in (now_in - out, out - now_in)]
        broken = [Broken(shift=shift, violation=each) for shift, line in changed.items() for each in newly_broken(self._lines[shift], line)]
        return Priced(
            before=Cost(sum(self._lines[shift].cost for shift in changed) + left_out[0]),
            after=Cost(sum(line.cost for line in changed.values()) + left_out[1]),
            broken=tuple(broken),
        )

    def _check(self, change: Sequence[RoutePlan]) -> None:
        """Raises Malformed where a change contradicts facts."""
        given = {route.shift for route in change}
        if len(given) != len(change) or not given <= self.standing.shifts.keys():
            raise Malformed("problem.unknown_name", where="change", name=", ".join(sorted(given)))
        steps = [step.task for route in change for step in route.steps]
        self._known(steps)
        seen = {task for task, shift in self.standing.planned.items() if shift not in given}
        for task in steps:
            if task in seen:
                raise Malformed("problem.twice", where="change", name=task)
            seen.add(task)

    def _known(self, tasks: Sequence[TaskId]) -> None:
        for task in tasks:
            if task not in self.standing.tasks:
                raise Malformed("problem.unknown_name", where="tasks", name=task)


def late_tasks(standing: Standing) -> list[TaskId]:
    """Planned tasks whose service begins after their window closed, hard or priced, latest first."""
    late = [(halt.late, halt.task) for shift, steps in standing.routes.items() for halt in standing.line(shift, steps).halts if halt.late]
    return [task for _, task in sorted(late, key=lambda each: (-each[0], each[1]))]


def with_routes(problem: Problem, solution: Solution) -> Problem:
    """The problem with a solution's routes standing, and the locks that the problem had."""
    locks = {route.shift: route for route in problem.start}
    start = []
    for route in solution.routes:
        lock = locks.get(route.shift, RoutePlan(shift=route.shift))
        inside = {step.task for step in route.steps}
        start.append(replace(lock, steps=route.steps, fixed=min(lock.fixed, len(route.steps)), stay=lock.stay & inside))
    served = {route.shift for route in solution.routes}
    start += [replace(lock, steps=(), fixed=0, stay=frozenset()) for shift, lock in locks.items() if shift not in served]
    return replace(problem, start=tuple(start))
