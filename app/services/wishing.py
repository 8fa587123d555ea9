"""A day tried with wishes before anything changes: the plan that they lead to, and what it is in money, hours and people beside the plan as it stands."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.ids import DepotId
from app.domain.units import Cost, Meters, Millis
from app.services import planning
from app.services.leaning import Known, Leaning, apart, knowers, known_from, wishes_of
from app.services.planning_values import DayProblem, Judged
from app.services.ports.planner import Planner
from app.services.ports.store import Day, Reader
from app.services.ports.travel import Report, silent
from app.services.problem import Problem, Solution

SECONDS = 5.0
"""Seconds of a trial."""
DAYS_BACK = 28
"""Committed days before this one that tell who knows whom."""
_READ = 10
"""Days at most that are read for it, the latest: each takes some hundredths of a second."""
_LOOK_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """A plan as the sliders move it."""

    money: Cost
    duration: Millis
    """Over all routes."""
    meters: Meters
    longest: Millis
    shortest: Millis
    apart: Meters
    """Metres from a stop to the middle of its route, on average."""
    known: int
    """Stops with a driver who knows address or customer."""
    knowable: int
    """Stops that somebody on duty knows."""
    late: int
    unplanned: int
    moved: int
    """Stops of the plan as it stands that change route, place in its order, or leave it."""

    @property
    def spread(self) -> Millis:
        """Between the longest and the shortest route."""
        return Millis(self.longest - self.shortest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A plan made with a leaning."""

    leaning: Leaning
    solution: Solution
    measures: Measures


def people_known(reader: Reader, depot: DepotId, day: date) -> Known:
    """Who served whom on the committed days before this one. Reads some days: off the main thread."""
    first = day - timedelta(days=DAYS_BACK)
    before = [each for each, _ in reader.days(depot) if first <= each < day][-_READ:]
    return known_from(reader.day(depot, each) for each in before)


def with_wishes(asked: Problem, day: Day, problem: DayProblem, leaning: Leaning, known: Known) -> Problem:
    """A problem of the day, or of a part of it, with the leaning as prices."""
    routes = day.plan.routes if day.plan is not None else ()
    wishes = wishes_of(day, problem, routes, leaning, known)
    tasks = {task.id for task in asked.tasks}
    return replace(asked, wishes=replace(wishes, likings=tuple(each for each in wishes.likings if each.task in tasks)))


def measured(day: Day, problem: DayProblem, judged: Judged, known: Known) -> Measures:
    """A judged plan in the measures of the sliders."""
    spans = [line.duration for line in judged.timelines.values() if line.halts]
    shift_of = {task: route.shift for route in judged.routes for task in route.tasks}
    friends = knowers(day, problem, known)
    made = planning.proposal(day, problem, judged, judged.totals)
    return Measures(
        money=Cost(judged.totals.travel_cost + judged.totals.late_cost),
        duration=judged.totals.duration,
        meters=judged.totals.meters,
        longest=Millis(max(spans, default=0)),
        shortest=Millis(min(spans, default=0)),
        apart=Meters(apart(problem, judged.routes)),
        known=sum(1 for task, shifts in friends.items() if shift_of.get(task) in shifts),
        knowable=len(friends),
        late=judged.totals.late,
        unplanned=judged.totals.unplanned,
        moved=sum(1 for move in made.moves if move.from_route is not None),
    )


def tried(
    day: Day, problem: DayProblem, leaning: Leaning, known: Known, planner: Planner, *, seconds: float = SECONDS, threads: int = 1, report: Report = silent
) -> Trial:
    """Plans the day with a leaning, beginning with its plan; call it off the main thread. `report` may raise Cancelled, which ends the search.

    Raises Unavailable where the engine dies without any plan.
    """
    asked = with_wishes(planning.to_solve(problem, day.plan), day, problem, leaning, known)
    began = time.monotonic()
    run = planner.start(asked, seconds=seconds, threads=threads, progress=lambda _progress: None)
    try:
        solution = _heard(run.wait, began, seconds, report)
    finally:
        run.kill()
    judged = planning.judge(problem, solution, day.plan, explain=False)
    return Trial(leaning=leaning, solution=solution, measures=measured(day, problem, judged, known))


def _heard(wait: Callable[[float], Solution], began: float, seconds: float, report: Report) -> Solution:
    while True:
        report(min(0.99, (time.monotonic() - began) / (seconds + 0.5)), "wishes")
        try:
            return wait(_LOOK_S)
        except TimeoutError:
            continue
