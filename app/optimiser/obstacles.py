"""What stands against the tasks that a solution leaves out or serves late, found in the engine's process, so that the window only has to look at it."""

import time
from collections.abc import Callable
from dataclasses import replace

from app.domain.ids import TaskId
from app.optimiser.spots import search_of
from app.services.advice import Adviser, late_tasks, with_routes
from app.services.problem import Obstacle, Problem, Solution

SECONDS = 0.5
"""How long obstacles are sought; what is not found by then is sought where it is asked for."""
BRIEF = 0.01
"""How long where somebody waits for the solution: it must be there 50 ms after it was asked for."""
BRIEF_TASKS = 400
"""Tasks of a problem at most that is explained to somebody who waits: of a larger one the tables alone take too long to read."""
MOST = 2_000
"""Obstacles of every shift that a solution brings along: a third of a megabyte of JSON, a third of a second of work."""
NAMED = 3
"""Obstacles a task where those of every shift would be more: as many as its reasons name."""


def explained(problem: Problem, solution: Solution, *, seconds: float = SECONDS, waiting: Callable[[], bool] = lambda: False) -> Solution:
    """The solution with the obstacles of its unplanned tasks, dearest first, and of its late ones, latest first.

    Where somebody is `waiting` for it, only those on the best few shifts that are found in a moment, or none; where somebody begins to wait, no more.
    """
    briefly = waiting()
    until = time.monotonic() + (min(seconds, BRIEF) if briefly else seconds)
    if not (solution.unplanned or solution.routes) or (briefly and len(problem.tasks) > BRIEF_TASKS):
        return solution
    with Adviser(with_routes(problem, solution), search_of) as adviser:
        price = {task.id: task.unplanned_price for task in problem.tasks}
        left = sorted(solution.unplanned, key=lambda task: (-price[task], task))
        asked = [*left, *late_tasks(adviser.standing)]
        most = NAMED if briefly or len(asked) * len(problem.shifts) > MOST else None
        return replace(solution, obstacles=tuple(_found(adviser, asked, most, lambda: time.monotonic() >= until or (waiting() and not briefly))))


def _found(adviser: Adviser, asked: list[TaskId], most: int | None, enough: Callable[[], bool]) -> list[Obstacle]:
    found: list[Obstacle] = []
    for task in asked:
        if enough():
            break
        found += adviser.obstacles([task], most)[0]
    return found
