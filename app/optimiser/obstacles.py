"""What stands against the tasks that a solution leaves out or serves late, found in the engine's process, so that the window only has to look at it."""

import time
from dataclasses import replace

from app.domain.ids import TaskId
from app.optimiser.spots import search_of
from app.services.advice import Adviser, late_tasks, with_routes
from app.services.problem import Obstacle, Problem, Solution

SECONDS = 0.5
"""How long obstacles are sought; what is not found by then is sought where it is asked for."""
MOST = 2_000
"""Obstacles of every shift that a solution brings along: a third of a megabyte of JSON, a third of a second of work."""
NAMED = 3
"""Obstacles a task where those of every shift would be more: as many as its reasons name."""
_AT_ONCE = 16
"""Tasks between two looks at the clock."""


def explained(problem: Problem, solution: Solution, *, seconds: float = SECONDS, briefly: bool = False) -> Solution:
    """The solution with the obstacles of its unplanned tasks, dearest first, and of its late ones, latest first.

    `briefly`: only those on the best few shifts, for somebody is waiting.
    """
    until = time.monotonic() + seconds
    if not solution.unplanned and not solution.routes:
        return solution
    with Adviser(with_routes(problem, solution), search_of) as adviser:
        price = {task.id: task.unplanned_price for task in problem.tasks}
        left = sorted(solution.unplanned, key=lambda task: (-price[task], task))
        asked = [*left, *late_tasks(adviser.standing)]
        most = NAMED if briefly or len(asked) * len(problem.shifts) > MOST else None
        return replace(solution, obstacles=tuple(_found(adviser, asked, most, until)))


def _found(adviser: Adviser, asked: list[TaskId], most: int | None, until: float) -> list[Obstacle]:
    found: list[Obstacle] = []
    for first in range(0, len(asked), _AT_ONCE):
        if time.monotonic() >= until:
            break
        found += [each for against in adviser.obstacles(asked[first : first + _AT_ONCE], most) for each in against]
    return found
