"""A depot's day → a problem for the optimiser; a solution → a judged plan and a proposal.

Screens, handlers and the command line call these functions only; the parts lie in the `planning_*` modules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.ids import RouteId, TaskId
from app.domain.plans import Plan, Route
from app.domain.schedule import Timeline
from app.domain.sentences import Sentence
from app.services.planning_day import build
from app.services.planning_judging import asked_reasons, judged_plan, judged_solution, proposed, starts_of, steps_of, timeline_of, totals_of
from app.services.planning_running import OnTheRoad, running_day, to_replan
from app.services.planning_values import DayProblem, Judged, Move, Proposal, Totals
from app.services.ports.store import Day
from app.services.ports.travel import Report, Travel, silent
from app.services.problem import Problem, Progress, Solution

__all__ = [
    "DayProblem",
    "Judged",
    "Move",
    "OnTheRoad",
    "Proposal",
    "Totals",
    "current",
    "day_problem",
    "judge",
    "noted",
    "proposal",
    "running_day",
    "timelines",
    "to_replan",
    "to_solve",
    "why_not",
]

_NOTES = {"no_kernel": "planning.alone_no_kernel", "kernel_refuses": "planning.alone_kernel_refuses"}
"""Notes of engines, and what they mean to a person."""


def day_problem(day: Day, travel: Travel, *, report: Report = silent) -> DayProblem:
    """The day in the optimiser's language; computes the travel tables, so it may take seconds (call it off the main thread).

    Tasks that no road reaches and orders that may not be planned are in `left_out` with the reason. `report` may raise Cancelled.
    """
    return build(day, travel, report)


def to_solve(problem: DayProblem, plan: Plan | None) -> Problem:
    """The problem to hand to the planner: with the plan as it stands as warm start, and its locks."""
    if plan is None:
        return problem.problem
    return replace(problem.problem, start=starts_of(plan.routes, problem))


def timelines(problem: DayProblem, routes: Iterable[Route]) -> Mapping[RouteId, Timeline]:
    """What becomes of each route; fast enough for a preview while dragging (well under a millisecond a route).

    Stops whose tasks the problem does not know (finished, or left out) are passed over.
    """
    return {route.id: timeline_of(problem, route.shift, steps_of(route, problem)) for route in routes if route.shift in problem.shifts}


def judge(problem: DayProblem, solution: Solution, plan: Plan | None = None, *, routes: Iterable[Route] = (), explain: bool = True) -> Judged:
    """The solution recomputed from scratch, with ids taken over from `plan` (without one: from `routes`) and a reason for every task left out or late.

    Finding reasons that the solution does not bring along takes some ten milliseconds a task and more; without `explain`, as for a plan that is shown
    while a better one is sought, tasks left out have only those that hold whatever the routes are.
    Raises BadAnswer where the solution contradicts facts: a task twice, an unknown task or shift.
    """
    known, pool = (tuple(routes), ()) if plan is None else (plan.routes, plan.unassigned)
    return judged_solution(problem, solution, known, pool, explain=explain)


def why_not(problem: DayProblem, judged: Judged, task: TaskId, *, most: int | None = None) -> tuple[Sentence, ...]:
    """Of a task left out or late: a sentence for every vehicle of the day (or so many), best first.

    Takes some ten milliseconds where the engine said nothing of it: call it off the main thread.
    """
    return asked_reasons(problem, judged, task, most)


def current(problem: DayProblem, plan: Plan | None) -> Judged:
    """The plan as it stands, judged; without a plan: an empty route for each shift and every order unassigned."""
    return judged_plan(problem, plan)


def noted(progress: Progress) -> Sentence | None:
    """What a person should know of the plan that this shows beside the plan itself; None: nothing."""
    key = _NOTES.get(progress.note)
    return Sentence.of(key) if key is not None else None


def proposal(day: Day, problem: DayProblem, judged: Judged, before: Totals | None = None) -> Proposal:
    """What the judged plan would change of the day's plan and what it saves. `before`: the totals of `current`, where they are known already."""
    return proposed(day, judged, before if before is not None else totals_of(problem, day.plan))
