"""Two plans of a day over each other on the map: one in colour, the other grey and dashed below it. Pure."""

from dataclasses import replace

from app.desktop.day import Shown
from app.services import planning
from app.services.planning_values import Judged
from app.services.queries import day_view


def over(shown: Shown, upper: Judged, under: Judged) -> Shown:
    """The day with `upper` as if it were proposed in place of `under`; for the map alone. Raises ValueError without a plan and its times."""
    plan, problem = shown.day.plan, shown.problem
    if plan is None or problem is None:
        raise ValueError("there is no plan to compare")
    day = replace(shown.day, plan=replace(plan, routes=under.routes, unassigned=under.unassigned))
    proposal = planning.proposal(day, problem, upper, under.totals)
    return Shown(day=day, view=day_view(day, upper, shown.view.source), problem=problem, judged=upper, proposal=proposal)
