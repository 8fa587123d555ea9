"""The stability curve: what a day costs when 0, 1, 2, 3, 5, 10 or any number of stops of its plan may move, and where more moving is hardly worth it.

Two solves at a time: one in which any number may move, and beside it the others one after another, each going on from the best plan of the one before. A plan
that moves fewer stops than may move is also a plan for every larger limit, so the curve never rises.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from app.domain.ids import PlanId, TaskId
from app.domain.plans import Plan
from app.domain.units import Cost
from app.services import planning
from app.services.curve_relief import Steps, relieved
from app.services.planning_values import DayProblem, Judged, Proposal, Totals
from app.services.ports.planner import Planner, Run
from app.services.ports.store import Day
from app.services.ports.travel import Report, silent
from app.services.problem import RoutePlan, Solution, Stability
from app.services.proposal_changes import changes

Limit = int | None
"""How many stops may move; None: any number."""
LIMITS: tuple[Limit, ...] = (0, 1, 2, 3, 5, 10, None)
SECONDS = 14.0
"""Seconds of the searches of a whole curve; starting seven processes and judging their plans comes on top."""
_SHARES: Mapping[int, float] = {0: 1, 1: 2, 2: 2, 3: 2, 5: 3, 10: 4}
"""How the seconds are shared out among the limits: where more may move there is more to search."""
_LOOK_S = 0.1
"""Seconds between two looks whether anybody still waits."""
_OVERTIME_S = 10.0
"""Seconds after which a search that does not end by itself is made to."""
_LATE, _LEAST_S = 1.1, 0.3
"""So many times its seconds the curve takes at most where processes start slowly, and what each search has even then."""
_MENDED = 3
"""Stops at most that are moved by hand for a limit, each to mend what is broken."""
BEND = 0.05
"""A curve whose deepest point lies less than this share of its height under the straight line between its ends has no knee."""

Found = Callable[["Curve"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The best plan that was found in which at most so many stops move."""

    at_most: Limit
    moved: int
    """Stops of the plan as it stands that change route or their place in its order, or leave it."""
    totals: Totals
    to_tell: int
    """Customers who were promised a time, or a visit, that this plan would not keep."""
    solution: Solution | None
    """None: the plan as it stands, nothing better was found."""

    @property
    def money(self) -> Cost:
        """What driving and lateness cost; what leaving orders out is worth is not in it, as nobody pays that."""
        return Cost(self.totals.travel_cost + self.totals.late_cost)

    @property
    def worth(self) -> tuple[int, int, int]:
        """Less is better: broken rules, cost, moved stops."""
        return self.totals.violations, self.totals.cost, self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The points of a plan that are known by now, by their limit."""

    plan: PlanId
    based_on: int
    """The version of the plan."""
    before: Totals
    points: tuple[Point, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every limit has its point."""
        return len(self.points) == len(LIMITS)

    @property
    def steps(self) -> tuple[Point, ...]:
        """The points that differ in how many stops they move: each is better than the one before."""
        kept: list[Point] = []
        for point in self.points:
            if not kept or point.worth[:2] < kept[-1].worth[:2]:
                kept.append(point)
        return tuple(kept)

    @property
    def knee(self) -> Point | None:
        """From where on more moving saves little; None: the curve is straight, or too short to say."""
        return knee_of(self.steps)

    @property
    def base(self) -> Point:
        """The point with fewest moved stops that leaves no more orders out than the last: what the others save is counted from it."""
        last = self.points[-1].totals.unplanned_cost
        return next(point for point in self.points if point.totals.unplanned_cost == last)

    def saves(self, point: Point) -> Cost:
        """What a point saves; 0 where it leaves more orders out than the last, for then its money cannot be compared."""
        comparable = point.totals.unplanned_cost == self.points[-1].totals.unplanned_cost
        return Cost(self.base.money - point.money if comparable else 0)

    def share_saved(self, point: Point) -> float:
        """How much of what the curve saves from end to end a point saves, 0…1."""
        whole = self.saves(self.points[-1])
        return max(0.0, self.saves(point) / whole) if whole > 0 else 0.0


def knee_of(points: Sequence[Point]) -> Point | None:
    """The point furthest under the straight line between the ends, both axes brought to 0…1 (Satopää, Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in
    a Haystack", ICDCSW 2011). Moved stops count by the logarithm of their number and one, as they are drawn. Points that break more rules than the last
    one, or leave more orders out, are no part of it."""
    points = like_last(points)
    if len(points) < 3:
        return None
    width, height = reach(points[-1].moved) - reach(points[0].moved), points[0].money - points[-1].money
    if width <= 0 or height <= 0:
        return None

    def under(point: Point) -> float:
        return (points[0].money - point.money) / height - (reach(point.moved) - reach(points[0].moved)) / width

    deepest = max(points[1:-1], key=under)
    return deepest if under(deepest) >= BEND else None


def like_last(points: Sequence[Point]) -> Sequence[Point]:
    """The points whose money can be compared with that of the last: as many rules kept, as many orders served."""
    last = points[-1].totals
    return [each for each in points if (each.totals.violations, each.totals.unplanned_cost) == (last.violations, last.unplanned_cost)]


def reach(moved: int) -> float:
    """Where so many moved stops lie on the axis: from 1 to 2 is as far as from 9 to 14."""
    return math.log1p(moved)


def stability_curve(
    day: Day, problem: DayProblem, planner: Planner, *, seconds: float = SECONDS, report: Report = silent, found: Found = lambda _curve: None
) -> Curve:
    """Solves for every limit and judges what comes; call it off the main thread. `found` hears of each new point, as the curve is then.

    `report` may raise Cancelled, which ends the searches. Raises Unavailable where an engine dies without any plan. The day must have a plan.
    """
    assert day.plan is not None, "a curve is of a plan"
    with ExitStack() as ending:
        return _Tracing(day, day.plan, problem, planner, seconds, report, found, ending).trace()


def taken(day: Day, problem: DayProblem, point: Point) -> Proposal:
    """The plan of a point as a proposal, with a reason for all that it leaves out; takes some ten milliseconds for each such task."""
    if point.solution is None:
        return planning.proposal(day, problem, planning.current(problem, day.plan))
    return planning.proposal(day, problem, planning.judge(problem, point.solution, day.plan))


class _Tracing:
    """One curve being made."""

    def __init__(self, day: Day, plan: Plan, problem: DayProblem, planner: Planner, seconds: float, report: Report, found: Found, ending: ExitStack) -> None:
        self._day, self._plan, self._problem, self._planner, self._seconds = day, plan, problem, planner, seconds
        self._report, self._found, self._ending = report, found, ending
        self._standing = planning.current(problem, plan)
        self._start = planning.to_solve(problem, plan)
        self._candidates = [self._point(0, None, self._standing)]
        self._known: list[Limit] = []
        self._ends = time.monotonic() + seconds * _LATE
        self._done = 0.0
        """How much of the limits' seconds is behind us, 0…1."""
        self._under_way, self._since = 0.0, time.monotonic()

    def trace(self) -> Curve:
        """The whole curve."""
        self._report(0.0, "curve")
        free = self._begin(None, self._seconds, ())
        best: tuple[RoutePlan, ...] = ()
        for limit, share in _SHARES.items():
            self._under_way, self._since = share / sum(_SHARES.values()), time.monotonic()
            run = self._begin(limit, self._seconds_for(limit), best)
            self._planner.prepare()
            self._relieve(limit)
            self._take(limit, run)
            self._done += self._under_way
            found = self._best_for(limit).solution
            best = found.routes if found is not None else ()
        self._under_way = 0.0
        return self._take(None, free)

    def _seconds_for(self, limit: int) -> float:
        """The seconds of a limit; fewer where those before took longer, as on a busy machine, so that the whole is there in time."""
        ahead = sum(share for each, share in _SHARES.items() if each >= limit)
        left = self._ends - time.monotonic()
        return max(_LEAST_S, min(self._seconds * self._under_way, left * _SHARES[limit] / ahead))

    def _begin(self, limit: Limit, seconds: float, best: tuple[RoutePlan, ...]) -> Run:
        run = self._planner.start(
            replace(self._start, stability=Stability(at_most=limit), begin=best), seconds=seconds, threads=1, progress=lambda _progress: None
        )
        self._ending.callback(run.kill)
        return run

    def _relieve(self, limit: int) -> None:
        """Mends by hand what a search takes as given: while rules are broken and stops may still move, the one whose moving mends most."""
        best = self._best_for(limit)
        for _ in range(min(_MENDED, limit - best.moved)):
            if not best.totals.violations:
                return
            self._look()
            steps = dict.fromkeys(self._problem.shifts, ()) | {route.shift: route.steps for route in self._routes_of(best)}
            found = relieved(self._problem, self._start, steps, self._planner)
            if found is None:
                return
            solution = Solution(routes=tuple(RoutePlan(shift=shift, steps=each) for shift, each in found.items()), unplanned=self._left(found))
            best = self._point(limit, solution, planning.judge(self._problem, solution, self._plan, explain=False))
            self._candidates.append(best)

    def _routes_of(self, point: Point) -> tuple[RoutePlan, ...]:
        return point.solution.routes if point.solution is not None else self._start.start

    def _left(self, found: Steps) -> tuple[TaskId, ...]:
        planned = {step.task for steps in found.values() for step in steps}
        return tuple(task for task in self._problem.terms if task not in planned)

    def _look(self) -> None:
        """Whether anybody still waits, and how far it is."""
        gone = (time.monotonic() - self._since) / max(0.1, self._seconds * self._under_way)
        self._report(min(0.99, self._done + min(1.0, gone) * self._under_way), "curve")

    def _take(self, limit: Limit, run: Run) -> Curve:
        """Waits for a search, judges its plan, and tells how the curve is now."""
        solution = self._wait(run)
        judged = planning.judge(self._problem, solution, self._plan, explain=False)
        self._candidates.append(self._point(limit, solution, judged))
        self._known.append(limit)
        curve = self._curve()
        self._found(curve)
        return curve

    def _wait(self, run: Run) -> Solution:
        patience = time.monotonic() + self._seconds + _OVERTIME_S
        while True:
            self._look()
            try:
                return run.wait(_LOOK_S)
            except TimeoutError:
                if time.monotonic() > patience:
                    run.stop()

    def _point(self, limit: Limit, solution: Solution | None, judged: Judged) -> Point:
        moved = changes(self._standing, judged, self._plan.promised)
        made = planning.proposal(self._day, self._problem, judged, self._standing.totals)
        return Point(
            at_most=limit,
            moved=sum(1 for move in made.moves if move.from_route is not None),
            totals=judged.totals,
            to_tell=moved.broken_promises,
            solution=solution,
        )

    def _best_for(self, limit: Limit) -> Point:
        """The best of all plans that move no more stops than may."""
        allowed = [each for each in self._candidates if limit is None or each.moved <= limit]
        return replace(min(allowed, key=lambda each: each.worth), at_most=limit)

    def _curve(self) -> Curve:
        points = tuple(self._best_for(limit) for limit in LIMITS if limit in self._known)
        return Curve(plan=self._plan.id, based_on=self._plan.version, before=self._standing.totals, points=points)
