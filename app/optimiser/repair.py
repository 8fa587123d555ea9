"""Makes any engine's answer obey every rule: judged by the schedule, offending tasks taken out and put back where they fit, then a short polish.

What locks fix is never touched, also where it breaks a rule: a person put it there.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import Step, TaskTerms, Timeline, timeline
from app.services.advice import partners
from app.services.advice_values import without
from app.services.planning_insertion import Insertion, Slack, best_in, best_pair, excess, slack_of
from app.services.problem import Problem, RoutePlan, Solution

Routes = dict[ShiftId, tuple[Step, ...]]
Enough = Callable[[], bool]


def until(deadline: float) -> Enough:
    """Says whether a moment of the monotonic clock is past."""
    return lambda: time.monotonic() >= deadline


@dataclass(frozen=True, slots=True)
class Worth:
    """How plans are compared: broken rules first, then cost, unplanned tasks included."""

    broken: int
    cost: int

    def __lt__(self, other: "Worth") -> bool:
        return (self.broken, self.cost) < (other.broken, other.cost)


class Repair:
    """One set of routes under repair. `enough` ends the work early; what stands then is complete and consistent."""

    def __init__(self, problem: Problem, routes: Mapping[ShiftId, Sequence[Step]], enough: Enough = lambda: False) -> None:
        self.problem, self.enough = problem, enough
        self.tasks = {task.id: task for task in problem.tasks}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.start = {route.shift: route for route in problem.start}
        self.partners = partners(problem.tasks)
        self.routes: Routes = {shift: self._held(shift, routes.get(shift, ())) for shift in self.shifts}
        self._slacks: dict[ShiftId, Slack] = {}

    def _held(self, shift: ShiftId, steps: Sequence[Step]) -> tuple[Step, ...]:
        """Steps with what locks fix put right: closed routes and fixed beginnings as they were."""
        route = self.start.get(shift)
        if route is not None and route.closed:
            return route.steps
        fixed = route.steps[: route.fixed] if route is not None else ()
        held = {step.task for step in fixed} | {step.task for other in self.start.values() for step in other.steps[: None if other.closed else other.fixed]}
        return (*fixed, *(step for step in steps if step.task not in held))

    # What stands -------------------------------------------------------------------------------------------------

    def slack(self, shift: ShiftId) -> Slack:
        """The slack of a route, kept until it changes."""
        found = self._slacks.get(shift)
        if found is None or found.steps != self.routes[shift]:
            found = self._slacks[shift] = slack_of(self.problem, self.tasks, self.shifts[shift], self.routes[shift], self._fixed(shift))
        return found

    def _fixed(self, shift: ShiftId) -> int:
        route = self.start.get(shift)
        return route.fixed if route is not None else 0

    def open_shifts(self) -> Iterable[ShiftId]:
        """The shifts whose route may change."""
        return (shift for shift in self.shifts if shift not in self.start or not self.start[shift].closed)

    def unplanned(self) -> list[TaskTerms]:
        """The tasks in no route, dearest first."""
        planned = {step.task for steps in self.routes.values() for step in steps}
        left = [task for task in self.problem.tasks if task.id not in planned]
        return sorted(left, key=lambda task: (-task.unplanned_price, task.windows[0].closes if task.windows else 1 << 60, task.id))

    def worth(self) -> Worth:
        """How good the routes are."""
        found = [self._timeline(shift, steps) for shift, steps in self.routes.items() if steps]
        cost = sum(each.cost for each in found) + sum(task.unplanned_price for task in self.unplanned())
        return Worth(sum(len(each.violations) for each in found), cost)

    def _timeline(self, shift: ShiftId, steps: Sequence[Step]) -> Timeline:
        terms = self.shifts[shift]
        return timeline(terms, steps, self.tasks, self.problem.travel[terms.profile])

    def solution(self, engine: str, seconds: float) -> Solution:
        """The routes as a solution."""
        routes = [
            RoutePlan(shift=shift, steps=steps, fixed=self._fixed(shift), closed=shift in self.start and self.start[shift].closed, stay=self._stay(shift))
            for shift, steps in self.routes.items()
            if steps
        ]
        return Solution(routes=tuple(routes), unplanned=tuple(task.id for task in self.unplanned()), engine=engine, seconds=round(seconds, 3))

    def _stay(self, shift: ShiftId) -> frozenset[TaskId]:
        route = self.start.get(shift)
        return route.stay if route is not None else frozenset()

    # Work --------------------------------------------------------------------------------------------------------

    def mend(self) -> None:
        """Takes out what breaks rules, and puts in everything that fits."""
        for shift in list(self.open_shifts()):
            self._drop_duplicates(shift)
            while self.routes[shift] and self._take_worst(shift):
                pass
        self.bring_home()
        self.fill()

    def _drop_duplicates(self, shift: ShiftId) -> None:
        """A pair that is torn apart, or a task that must be elsewhere, does not stay."""
        stays = {task: route.shift for route in self.start.values() for task in route.stay}
        inside = {step.task for step in self.routes[shift]}
        fixed = self._fixed(shift)

        def keeps(step: Step) -> bool:
            partner = self.partners.get(step.task)
            return stays.get(step.task, shift) == shift and (partner is None or partner in inside)

        self.routes[shift] = tuple(step for index, step in enumerate(self.routes[shift]) if index < fixed or keeps(step))

    def _take_worst(self, shift: ShiftId) -> bool:
        """Takes out the task (with its partner) whose leaving mends most for the least; whether anything was taken."""
        steps = self.routes[shift]
        now = self._timeline(shift, steps)
        if not now.violations:
            return False
        best: tuple[tuple[int, int, int, int], tuple[Step, ...]] | None = None
        for step in steps[self._fixed(shift) :]:
            if step.task in self._stay(shift) or self.partners.get(step.task) in self._stay(shift):
                continue
            rest = self._without(steps, step.task)
            after = self._timeline(shift, rest)
            price = self.tasks[step.task].unplanned_price
            score = (len(after.violations), price, excess(after), after.cost)
            if (len(after.violations), excess(after)) < (len(now.violations), excess(now)) and (best is None or score < best[0]):
                best = (score, rest)
        if best is None:
            return False
        self.routes[shift] = best[1]
        return True

    def _without(self, steps: Sequence[Step], task: TaskId) -> tuple[Step, ...]:
        """Steps without a task and its partner."""
        return without(steps, {task, self.partners.get(task)})

    def bring_home(self) -> None:
        """Puts tasks that must stay with a shift back into it, whatever that breaks."""
        planned = {step.task for steps in self.routes.values() for step in steps}
        for route in self.start.values():
            for step in route.steps:
                if step.task in route.stay and step.task not in planned and not route.closed:
                    found = best_in(self.slack(route.shift), self.tasks, self.tasks[step.task], anyhow=True)
                    self.routes[route.shift] = found.steps if found is not None else (*self.routes[route.shift], Step(step.task))

    def fill(self) -> None:
        """Puts in the unplanned tasks where they fit for less than leaving them out costs, dearest first."""
        done: set[TaskId] = set()
        for task in self.unplanned():
            if self.enough():
                return
            if task.id not in done:
                done |= {task.id, self.partners.get(task.id, task.id)}
                self._put_in(task)

    def _put_in(self, task: TaskTerms) -> bool:
        home = self._home_of_partner(task)
        best = self._best(task) if home is None else self._beside(task, home)
        partner = self.partners.get(task.id) if home is None else None
        price = task.unplanned_price + (self.tasks[partner].unplanned_price if partner is not None else 0)
        if best is None or best.price >= price:
            return False
        self.routes[best.shift] = best.steps
        return True

    def _home_of_partner(self, task: TaskTerms) -> ShiftId | None:
        """The shift that serves a task's partner already, as where a lock holds it; None: none does."""
        partner = self.partners.get(task.id)
        return next((shift for shift, steps in self.routes.items() if any(step.task == partner for step in steps)), None)

    def _beside(self, task: TaskTerms, home: ShiftId) -> Insertion | None:
        """The cheapest place of a task in the route that has its partner: a second one of the partner may not be put in."""
        if home not in self.open_shifts():
            return None
        before = [place for place, step in enumerate(self.routes[home], 1) if step.task == task.after]
        return best_in(self.slack(home), self.tasks, task, first=max(before, default=0))

    def _best(self, task: TaskTerms) -> Insertion | None:
        """The cheapest place of a task (with its partner) in any open route."""
        partner = self.partners.get(task.id)
        best: Insertion | None = None
        for shift in self.open_shifts():
            slack = self.slack(shift)
            if partner is None:
                found = best_in(slack, self.tasks, task)
            else:
                pickup, delivery = (task, self.tasks[partner]) if task.after is None else (self.tasks[partner], task)
                found = best_pair(self.problem, slack, self.tasks, pickup, delivery)
            if found is not None and (best is None or found.price < best.price):
                best = found
        return best

    def polish(self) -> None:
        """Moves single tasks where that saves cost, until nothing does or it is enough. Never makes a plan worse."""
        better = True
        while better and not self.enough():
            better = False
            for shift in list(self.open_shifts()):
                for step in self.routes[shift][self._fixed(shift) :]:
                    if self.enough():
                        return
                    better = self._relocate(shift, step) or better

    def _relocate(self, shift: ShiftId, step: Step) -> bool:
        if step.task in self.partners or step.task in self._stay(shift):
            return False
        before = self.routes[shift]
        rest = self._without(before, step.task)
        saved = self._timeline(shift, before).cost - self._timeline(shift, rest).cost
        if len(self._timeline(shift, rest).violations) > len(self._timeline(shift, before).violations):
            return False
        self.routes[shift] = rest
        best = self._best(self.tasks[step.task])
        if best is not None and best.price < saved:
            self.routes[best.shift] = best.steps
            return True
        self.routes[shift] = before
        return False
