"""A depot's day → a problem for the optimiser; a solution → a judged plan and a proposal.

Screens, handlers and the command line call these functions only; the parts lie in the `planning_*` modules.
"""

from collections.abc import Iterable, Mapping

from app.domain.ids import RouteId
from app.domain.plans import Plan, Route
from app.domain.schedule import Timeline
from app.services.planning_values import DayProblem, Judged, Move, Proposal, Totals
from app.services.ports.store import Day
from app.services.ports.travel import Report, Travel, silent
from app.services.problem import Problem, Solution

__all__ = ["DayProblem", "Judged", "Move", "Proposal", "Totals", "current", "day_problem", "judge", "proposal", "timelines", "to_solve"]


def day_problem(day: Day, travel: Travel, *, report: Report = silent) -> DayProblem:
    """The day in the optimiser's language; computes the travel tables, so it may take seconds (call it off the main thread).

    Tasks that no road reaches and orders that may not be planned are in `left_out` with the reason. `report` may raise Cancelled.
    """
    raise NotImplementedError


def to_solve(problem: DayProblem, plan: Plan | None) -> Problem:
    """The problem to hand to the planner: with the plan as it stands as warm start, and its locks."""
    raise NotImplementedError


def timelines(problem: DayProblem, routes: Iterable[Route]) -> Mapping[RouteId, Timeline]:
    """What becomes of each route; fast enough for a preview while dragging (well under a millisecond a route).

    Stops whose tasks the problem does not know (finished, or left out) are passed over.
    """
    raise NotImplementedError


def judge(problem: DayProblem, solution: Solution, plan: Plan | None = None) -> Judged:
    """The solution recomputed from scratch, with ids taken over from `plan` and a reason for every task left out.

    Raises BadAnswer where the solution contradicts facts: a task twice, an unknown task or shift.
    """
    raise NotImplementedError


def current(problem: DayProblem, plan: Plan | None) -> Judged:
    """The plan as it stands, judged; without a plan: an empty route for each shift and every order unassigned."""
    raise NotImplementedError


def proposal(day: Day, problem: DayProblem, judged: Judged) -> Proposal:
    """What the judged plan would change of the day's plan and what it saves."""
    raise NotImplementedError
