"""Judges a solution without believing the engine anything: which promises of plan safety it breaks, told with `domain.schedule` alone.

**What is held.** The fixed beginning of a route, its tasks that stay, every step of a closed route, and what a held task of the route must come `after`: a
person or the road put these there, so an engine may not take them out, also where they break a rule.

**Which broken rules are excused.** A route may break no rule, except what its allowance breaks. The allowance is the held part of the route alone, in the
order in which it is driven now or was at the start; where a limit of moves (`at_most`) binds, also the route as it was, for mending it may need more
moves than there are. Rules are compared one by one: a rule at a task (late, skill, feature, forbidden, precedence, no road) with the same rule at the same
task, a load with the same measure, any other (a reload too many as well) with itself. None may be broken that no allowance breaks, all together may not be
broken by more (sum of their amounts), nor may there be more of them than at the start; where there are fewer, which ones is free, for then the route
is being mended.

**Never worse than the start.** Plans compare by the number of broken rules, then by cost with the prices of change. Where the start needs no mending, the plan
must be as good as it. Where it does, the plan may break no more rules than the mended start; its cost is its own affair, for what had best go is a
matter of search. Mending: tasks go that their shift may not serve, or that stand before what they must come after, and pick-ups whose delivery is not in
their route (the two belong together, though no rule says so of the pick-up); then, while a route breaks more than its held part excuses, the task whose
going leaves the fewest rules broken for the least. With a task goes what must come after it, and a pick-up that it must come after. Where a
limit leaves too few moves for that, nothing is mended.

**Moves** are tasks planned at the start that another shift serves now, that nobody serves, or that lie outside a longest common
subsequence of the old and the new route of their shift.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Timeline, Violation, ViolationKind, timeline
from app.services.problem import Problem, RoutePlan, Solution

Steps = tuple[Step, ...]
MISPLACED = {ViolationKind.SKILL, ViolationKind.FEATURE, ViolationKind.FORBIDDEN, ViolationKind.PRECEDENCE}
"""Rules that a task breaks in a route at any hour."""


class Promise(StrEnum):
    """What a solution must keep."""

    COMPLETE = "every task exactly once"
    FIXED = "fixed beginnings stay"
    CLOSED = "closed routes stay"
    STAY = "tasks stay with their shift"
    RULES = "no rule newly broken"
    MOVES = "at most k moves"
    NOT_WORSE = "not worse than the mended start"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A promise that a solution breaks, and how, in words for whoever looks into it."""

    promise: Promise
    says: str


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """How plans compare: broken rules first, then cost with unplanned tasks and the prices of change."""

    broken: int
    cost: int


@dataclass(slots=True)
class Judge:
    """Judges solutions of one problem."""

    problem: Problem
    tasks: Mapping[TaskId, TaskTerms] = field(init=False)
    shifts: Mapping[ShiftId, ShiftTerms] = field(init=False)
    start: Mapping[ShiftId, RoutePlan] = field(init=False)
    held: Mapping[ShiftId, frozenset[TaskId]] = field(init=False)
    followers: Mapping[TaskId, frozenset[TaskId]] = field(init=False)
    """What must come after each pick-up or return that has such tasks: without them it is of no use."""

    def __post_init__(self) -> None:
        self.tasks = {task.id: task for task in self.problem.tasks}
        self.shifts = {shift.id: shift for shift in self.problem.shifts}
        self.followers = _followers(self.problem.tasks)
        known = {route.shift: route for route in self.problem.start}
        self.start = {shift: known.get(shift) or RoutePlan(shift=shift) for shift in self.shifts}
        self.held = {shift: self._held(route) for shift, route in self.start.items()}

    def complaints(self, solution: Solution) -> list[Complaint]:
        """Every broken promise; empty: the plan is safe."""
        incomplete = self._incomplete(solution)
        if incomplete:
            return incomplete  # what cannot be laid out as a plan cannot be timed
        routes = {shift: next((route.steps for route in solution.routes if route.shift == shift), ()) for shift in self.shifts}
        return [*self._locks(routes), *self._rules(routes), *self._moves(routes), *self._not_worse(routes)]

    def timeline(self, shift: ShiftId, steps: Sequence[Step]) -> Timeline:
        """What becomes of a route."""
        terms = self.shifts[shift]
        return timeline(terms, steps, self.tasks, self.problem.travel[terms.travels])

    def worth(self, routes: Mapping[ShiftId, Steps]) -> Worth:
        """How good a whole plan is."""
        found = [self.timeline(shift, steps) for shift, steps in routes.items()]
        planned = {step.task for steps in routes.values() for step in steps}
        left = sum(task.unplanned_price for task in self.problem.tasks if task.id not in planned)
        return Worth(sum(len(each.violations) for each in found), sum(each.cost for each in found) + left + self._price_of_change(routes))

    def _price_of_change(self, routes: Mapping[ShiftId, Steps]) -> int:
        stability, before = self.problem.stability, self._before()
        other = sum(1 for shift, steps in routes.items() for step in steps if before.get(step.task, shift) != shift)
        return other * stability.per_driver_change + len(self.reordered(routes)) * stability.per_order_change

    def _before(self) -> dict[TaskId, ShiftId]:
        return {step.task: shift for shift, route in self.start.items() for step in route.steps}

    # What may not move -------------------------------------------------------------------------------------------

    def _held(self, route: RoutePlan) -> frozenset[TaskId]:
        steps = [step.task for step in route.steps]
        found = set(steps) if route.closed else {*steps[: route.fixed], *route.stay}
        for at in range(len(steps) - 1, -1, -1):
            first = self.tasks[steps[at]].after
            if steps[at] in found and first is not None and first in steps[:at]:
                found.add(first)
        return frozenset(found)

    def _incomplete(self, solution: Solution) -> list[Complaint]:
        counted = Counter([step.task for route in solution.routes for step in route.steps] + list(solution.unplanned))
        wrong = [f"{task} {counted[task]} times" for task in {*counted, *self.tasks} if counted[task] != 1 or task not in self.tasks]
        shifts = Counter(route.shift for route in solution.routes)
        wrong += [f"shift {shift} {count} times" for shift, count in shifts.items() if count > 1 or shift not in self.shifts]
        return [Complaint(Promise.COMPLETE, ", ".join(sorted(wrong)))] if wrong else []

    def _locks(self, routes: Mapping[ShiftId, Steps]) -> Iterable[Complaint]:
        for shift, route in self.start.items():
            now = routes[shift]
            if route.closed and now != route.steps:
                yield Complaint(Promise.CLOSED, f"{shift}: {named(route.steps)} became {named(now)}")
            if now[: route.fixed] != route.steps[: route.fixed]:
                yield Complaint(Promise.FIXED, f"{shift}: {named(route.steps[: route.fixed])} became {named(now[: route.fixed])}")
            gone = route.stay - {step.task for step in now}
            if gone:
                yield Complaint(Promise.STAY, f"{shift} lost {', '.join(sorted(gone))}")

    # Rules -------------------------------------------------------------------------------------------------------

    def _rules(self, routes: Mapping[ShiftId, Steps]) -> Iterable[Complaint]:
        for shift, steps in routes.items():
            for rule, amount, allowed in self.unexcused(shift, steps, limited=self.problem.stability.at_most is not None):
                yield Complaint(Promise.RULES, f"{shift}: {rule} by {amount}, allowed {allowed}, in {named(steps)}")

    def unexcused(self, shift: ShiftId, steps: Steps, *, limited: bool) -> list[tuple[str, int, int]]:
        """The rules that a route breaks without excuse: which, by how much, and how much were excused. `limited`: a limit of moves excuses what the
        route broke at the start."""
        broken = self.timeline(shift, steps).violations
        if not broken:
            return []
        at_start = self._allowances(shift, limited)
        most = max(map(len, at_start))
        if len(broken) < most:
            return []
        allowances = [_amounts(each) for each in (*at_start, self.timeline(shift, self._held_part(shift, steps)).violations)]
        amounts = _amounts(broken)
        found = [(" ".join(part for part in rule if part), amount, 0) for rule, amount in amounts.items() if not any(rule in each for each in allowances)]
        excess, allowed = sum(amounts.values()), max(sum(each.values()) for each in allowances)
        found += [("all rules", excess, allowed)] if excess > allowed else []
        return found + ([("number of rules", len(broken), most)] if len(broken) > most else [])

    def _allowances(self, shift: ShiftId, limited: bool) -> list[tuple[Violation, ...]]:
        """What the start excuses: the rules broken by the held part, and under a limit of moves by the whole."""
        steps = self.start[shift].steps
        parts = [self._held_part(shift, steps)] + ([steps] if limited else [])
        return [self.timeline(shift, part).violations for part in parts]

    def _held_part(self, shift: ShiftId, steps: Steps) -> Steps:
        return tuple(step for step in steps if step.task in self.held[shift])

    # Moves -------------------------------------------------------------------------------------------------------

    def moved(self, routes: Mapping[ShiftId, Steps]) -> list[TaskId]:
        """The tasks planned at the start that count as moved."""
        return [task for shift, route in self.start.items() for task in _outside(route.steps, routes[shift])]

    def reordered(self, routes: Mapping[ShiftId, Steps]) -> list[TaskId]:
        """The tasks that the same shift serves as at the start, but out of their old order."""
        return [task for task in self.moved(routes) if any(step.task == task for step in routes[self._before()[task]])]

    def _moves(self, routes: Mapping[ShiftId, Steps]) -> Iterable[Complaint]:
        most, moved = self.problem.stability.at_most, self.moved(routes)
        if most is not None and len(moved) > most:
            yield Complaint(Promise.MOVES, f"{len(moved)} instead of at most {most}: {', '.join(moved)}")

    # The start ---------------------------------------------------------------------------------------------------

    def _not_worse(self, routes: Mapping[ShiftId, Steps]) -> Iterable[Complaint]:
        mended = self.mended()
        now, start = self.worth(routes), self.worth(mended)
        whole = all(steps == mended[shift] for shift, steps in self._as_it_was().items())
        if start < now if whole else start.broken < now.broken:
            yield Complaint(Promise.NOT_WORSE, f"{now.broken} rules broken at {now.cost}, the mended start {start.broken} at {start.cost}")

    def _as_it_was(self) -> dict[ShiftId, Steps]:
        return {shift: route.steps for shift, route in self.start.items()}

    def mended(self) -> dict[ShiftId, Steps]:
        """The start without what breaks rules; as it was where that takes more moves than there are."""
        routes = {shift: self._mended(shift, route.steps) for shift, route in self.start.items()}
        gone = sum(len(route.steps) - len(routes[shift]) for shift, route in self.start.items())
        most = self.problem.stability.at_most
        return routes if most is None or gone <= most else self._as_it_was()

    def _mended(self, shift: ShiftId, steps: Steps) -> Steps:
        for task in self._misplaced(shift, steps):
            steps = self._without(shift, steps, task)
        while (less := self._mended_once(shift, steps)) is not None:
            steps = less
        return steps

    def _misplaced(self, shift: ShiftId, steps: Steps) -> list[TaskId]:
        """The tasks that are wrong in this route whatever the hour: the shift may not serve them, or what belongs to them is not there."""
        inside = {step.task for step in steps}
        torn = {pickup for pickup, followers in self.followers.items() if pickup in inside and not followers <= inside}
        barred = {each.task for each in self.timeline(shift, steps).violations if each.kind in MISPLACED and each.task is not None}
        return sorted((torn | barred) - self.held[shift])

    def _mended_once(self, shift: ShiftId, steps: Steps) -> Steps | None:
        """The route with one task less (and what goes with it); None: nothing is to be mended, or nothing may go."""
        if not self.unexcused(shift, steps, limited=False):
            return None
        tried = (self._without(shift, steps, step.task) for step in steps if step.task not in self.held[shift])
        return min((each for each in tried if len(each) < len(steps)), key=lambda each: self._after(shift, steps, each), default=None)

    def _after(self, shift: ShiftId, steps: Steps, less: Steps) -> tuple[int, int, int]:
        found = self.timeline(shift, less)
        kept = {step.task for step in less}
        price = sum(self.tasks[step.task].unplanned_price for step in steps if step.task not in kept)
        return len(found.violations), sum(each.amount for each in found.violations), price + found.cost

    def _without(self, shift: ShiftId, steps: Steps, task: TaskId) -> Steps:
        gone = {task}
        while more := {step.task for step in steps if step.task not in gone and self._goes_with(step.task, gone)}:
            gone |= more
        if gone & self.held[shift]:
            gone = {task}
        rest: list[Step] = []
        reload = False
        for step in steps:
            reload = reload or step.reload_before
            if step.task not in gone:
                rest.append(Step(step.task, reload))
                reload = False
        return tuple(rest)

    def _goes_with(self, task: TaskId, gone: set[TaskId]) -> bool:
        return self.tasks[task].after in gone or bool(self.followers.get(task, frozenset()) & gone)


def _followers(tasks: Iterable[TaskTerms]) -> dict[TaskId, frozenset[TaskId]]:
    found: dict[TaskId, frozenset[TaskId]] = {}
    kinds = {task.id: task.kind for task in tasks}
    for task in tasks:
        if task.after is not None and kinds[task.after] is not TaskKind.DELIVERY:
            found[task.after] = found.get(task.after, frozenset()) | {task.id}
    return found


def named(steps: Sequence[Step]) -> str:
    """Steps as text: tasks in order, a slash where the vehicle reloads."""
    return " ".join(("/" if step.reload_before else "") + step.task for step in steps) or "nothing"


def _amounts(broken: Iterable[Violation]) -> Counter[tuple[str, str, str]]:
    """By how much each rule is broken; a rule without an amount counts its times."""
    found: Counter[tuple[str, str, str]] = Counter()
    for each in broken:
        whole = each.kind in {ViolationKind.LOAD, ViolationKind.RELOAD}  # the task is where it is seen first, which any stop put in may change
        found[each.kind.value, "" if whole else each.task or "", each.measure] += each.amount or 1
    return found


def _outside(old: Sequence[Step], new: Sequence[Step]) -> list[TaskId]:
    """The tasks of the old route outside a longest common subsequence with the new one.

    No task comes twice, so that it is a longest increasing run of old positions, by patience sorting (Fredman, Discrete Mathematics 11, 1975).
    """
    position = {step.task: index for index, step in enumerate(old)}
    ends: list[int] = []
    piles: list[int] = []
    before: dict[int, int | None] = {}
    for at in (position[step.task] for step in new if step.task in position):
        pile = bisect_left(ends, at)
        before[at] = piles[pile - 1] if pile else None
        ends[pile : pile + 1] = [at]
        piles[pile : pile + 1] = [at]
    kept: set[int] = set()
    last = piles[-1] if piles else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return [step.task for index, step in enumerate(old) if index not in kept]
