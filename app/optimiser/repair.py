"""Makes any engine's answer obey every rule: judged by the schedule, offending tasks taken out and put back where they fit, then a short polish.

What locks hold is never touched, also where it breaks a rule: a person put it there. That excuses the route from just these rules, and by no more; where
the number of moves is limited, so does the route as it was, for mending it may take more moves than there are.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import Step, TaskTerms, Timeline, ViolationKind, timeline
from app.optimiser.stability import Stable
from app.optimiser.wished import Wished
from app.services.advice import partners
from app.services.advice_values import newly_broken, without
from app.services.planning_insertion import Insertion, Slack, best_in, best_pair, excess, slack_of
from app.services.problem import Problem, RoutePlan, Solution

MISPLACED = {ViolationKind.SKILL, ViolationKind.FEATURE, ViolationKind.FORBIDDEN, ViolationKind.PRECEDENCE}
"""Rules that a task breaks in a route at any hour."""

Routes = dict[ShiftId, tuple[Step, ...]]
Enough = Callable[[], bool]


def until(deadline: float) -> Enough:
    """Says whether a moment of the monotonic clock is past."""
    return lambda: time.monotonic() >= deadline


@dataclass(frozen=True, slots=True)
class Worth:
    """How plans are compared: broken rules first, then cost, unplanned tasks and the prices of change included."""

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
        self.stable = Stable(problem)
        self.wished = Wished(problem.wishes)
        self.held = {shift: self._held_by(route) for shift, route in self.start.items()}
        self._homes = {task: shift for shift, held in self.held.items() for task in held}
        self.routes: Routes = {shift: self._held(shift, routes.get(shift, ())) for shift in self.shifts}
        self._slacks: dict[ShiftId, Slack] = {}

    def _held_by(self, route: RoutePlan) -> frozenset[TaskId]:
        """The tasks of a route that may not leave it: fixed, told to stay, in a closed route, and what such tasks must come after."""
        steps = [step.task for step in route.steps]
        found = set(steps) if route.closed else {*steps[: route.fixed], *route.stay}
        for at in range(len(steps) - 1, -1, -1):
            first = self.tasks[steps[at]].after
            if steps[at] in found and first in steps[:at]:
                found.add(first)
        return frozenset(found)

    def _held(self, shift: ShiftId, steps: Sequence[Step]) -> tuple[Step, ...]:
        """Steps with what locks fix put right: closed routes and fixed beginnings as they were, and nothing of another shift's."""
        route = self.start.get(shift)
        if route is not None and route.closed:
            return route.steps
        fixed = route.steps[: route.fixed] if route is not None else ()
        put = {step.task for step in fixed}
        return (*fixed, *(step for step in steps if step.task not in put and self._homes.get(step.task, shift) == shift))

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
        return Worth(sum(len(each.violations) for each in found), cost + self.stable.price(self.routes) + self.wished.price(found))

    def excused(self, shift: ShiftId) -> bool:
        """Whether a route breaks nothing but what it may."""
        return self._breaks_only(shift, limited=self.problem.stability.at_most is not None)

    def _breaks_only(self, shift: ShiftId, *, limited: bool) -> bool:
        """Whether a route breaks no more than what is held of it did; or, where a limit of moves is to excuse it, than it did as a whole."""
        now, route = self._timeline(shift, self.routes[shift]), self.start.get(shift)
        if not now.violations or route is None:
            return not now.violations
        parts = [self._held_part(route), route.steps] if limited else [self._held_part(route)]
        return any(not newly_broken(self._timeline(shift, part), now) for part in parts)

    def _held_part(self, route: RoutePlan) -> tuple[Step, ...]:
        return tuple(step for step in route.steps if self._homes.get(step.task) == route.shift)

    def _timeline(self, shift: ShiftId, steps: Sequence[Step]) -> Timeline:
        terms = self.shifts[shift]
        return timeline(terms, steps, self.tasks, self.problem.travel[terms.travels])

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
        self.clean()
        self.fill()

    def clean(self) -> None:
        """Takes out what breaks rules, and puts what a shift must serve back into its route."""
        for shift in list(self.open_shifts()):
            self._drop_misplaced(shift)
            self._take_out(shift)
        self.bring_home()
        for shift in self.open_shifts():
            self._take_out(shift)
            if not self._breaks_only(shift, limited=False):  # held tasks, and in another order than they were
                self.routes[shift] = self._held_part(self.start.get(shift, RoutePlan(shift=shift)))

    def _drop_misplaced(self, shift: ShiftId) -> None:
        """What is wrong in a route at any hour goes first: half of a pair, and what the shift may not serve."""
        inside = {step.task for step in self.routes[shift]}
        gone = {step.task for step in self.routes[shift] if self.partners.get(step.task, step.task) not in inside}
        gone |= {each.task for each in self._timeline(shift, self.routes[shift]).violations if each.kind in MISPLACED and each.task is not None}
        for task in sorted(gone - self._homes.keys()):
            self.routes[shift] = self._without(self.routes[shift], task)

    def _take_out(self, shift: ShiftId) -> None:
        """Takes tasks (with their partners) out until the route is excused: the one whose leaving leaves the fewest rules broken for the least."""
        while not self._breaks_only(shift, limited=False) and not self.enough():
            tried = [self._without(self.routes[shift], step.task) for step in self.routes[shift] if step.task not in self._homes]
            if not tried:
                return
            self.routes[shift] = min(tried, key=lambda rest: self._score(shift, rest))

    def _score(self, shift: ShiftId, rest: Sequence[Step]) -> tuple[int, int, int, int]:
        """What mends most goes first where moves are counted, else what is cheapest to leave out."""
        after, kept = self._timeline(shift, rest), {step.task for step in rest}
        price = sum(self.tasks[step.task].unplanned_price for step in self.routes[shift] if step.task not in kept)
        if self.stable.binds:
            return len(after.violations), excess(after), price, after.cost
        return len(after.violations), price, excess(after), after.cost

    def _without(self, steps: Sequence[Step], task: TaskId) -> tuple[Step, ...]:
        """Steps without a task, and without its partner where nothing holds that."""
        partner = self.partners.get(task)
        return without(steps, {task, None if partner in self._homes else partner})

    def bring_home(self) -> None:
        """Puts tasks that must stay with a shift back into it, whatever that breaks."""
        planned = {step.task for steps in self.routes.values() for step in steps}
        for route in self.start.values():
            for step in route.steps:
                if step.task in self.held[route.shift] and step.task not in planned and not route.closed:
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
        if best is None or best.price >= price or newly_broken(self.slack(best.shift).now, best.timeline):
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
        if step.task in self.partners or step.task in self._homes:
            return False
        before = self.routes[shift]
        rest = self._without(before, step.task)
        was, without_it = self._timeline(shift, before), self._timeline(shift, rest)
        if newly_broken(was, without_it):
            return False
        self.routes[shift] = rest
        best = self._best(self.tasks[step.task])
        if best is not None and best.price < was.cost - without_it.cost and not newly_broken(self.slack(best.shift).now, best.timeline):
            self.routes[best.shift] = best.steps
            return True
        self.routes[shift] = before
        return False
