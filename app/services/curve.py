"""The stability curve: what a day costs when 0, 1, 2, 3, 5, 10 or any number of stops of its plan may move, and where more moving is hardly worth it.

Two solves at a time: one in which any number may move, and beside it the others one after another, each going on from the best plan of the one before. A plan
that moves fewer stops than may move is also a plan for every larger limit, so the curve never rises.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from app.domain.ids import PlanId
from app.domain.plans import Plan
from app.services import planning
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
_SHARES: Mapping[Limit, float] = {0: 1, 1: 2, 2: 2, 3: 2, 5: 3, 10: 4}
"""How the seconds are shared out among the limits: where more may move there is more to search."""
_LOOK_S = 0.1
"""Seconds between two looks whether anybody still waits."""
_OVERTIME_S = 10.0
"""Seconds after which a search that does not end by itself is made to."""
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

    def share_saved(self, point: Point) -> float:
        """How much of what the curve saves from end to end a point saves, 0…1."""
        first, last = self.points[0].totals.cost, self.points[-1].totals.cost
        return (first - point.totals.cost) / (first - last) if first > last else 0.0


def knee_of(points: Sequence[Point]) -> Point | None:
    """The point furthest under the straight line between the ends, both axes brought to 0…1 (Satopää, Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in
    a Haystack", ICDCSW 2011). Moved stops count by the logarithm of their number and one, as they are drawn. Points that break more rules than the last one
    are no part of it."""
    points = [each for each in points if each.totals.violations == points[-1].totals.violations]
    if len(points) < 3:
        return None
    width, height = reach(points[-1].moved) - reach(points[0].moved), points[0].totals.cost - points[-1].totals.cost
    if width <= 0 or height <= 0:
        return None

    def under(point: Point) -> float:
        return (points[0].totals.cost - point.totals.cost) / height - (reach(point.moved) - reach(points[0].moved)) / width

    deepest = max(points[1:-1], key=under)
    return deepest if under(deepest) >= BEND else None


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
        self._began = time.monotonic()

    def trace(self) -> Curve:
        """The whole curve."""
        self._report(0.0, "curve")
        free = self._begin(None, self._seconds, ())
        best: tuple[RoutePlan, ...] = ()
        for limit, share in _SHARES.items():
            run = self._begin(limit, self._seconds * share / sum(_SHARES.values()), best)
            self._planner.prepare()
            self._take(limit, run)
            found = self._best_for(limit).solution
            best = found.routes if found is not None else ()
        return self._take(None, free)

    def _begin(self, limit: Limit, seconds: float, best: tuple[RoutePlan, ...]) -> Run:
        run = self._planner.start(
            replace(self._start, stability=Stability(at_most=limit), begin=best), seconds=seconds, threads=1, progress=lambda _progress: None
        )
        self._ending.callback(run.kill)
        return run

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
            self._report(min(0.99, (time.monotonic() - self._began) / (self._seconds * 1.25)), "curve")
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
