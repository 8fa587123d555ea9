"""The bridge from a problem to the sentences of `planning_reasons`: does every task left out get a reason?"""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from app.domain.geo import Place
from app.domain.ids import DepotId, OrderId, TaskId
from app.domain.orders import Order
from app.services.advice import with_routes
from app.services.planning_reasons import Explainer
from app.services.planning_values import DayProblem
from app.services.problem import Problem, Solution


def day_of(problem: Problem) -> DayProblem:
    """The problem as a depot's day: an order for each task, a vehicle for each shift, all by their own names, at no place in particular."""
    size = max((table.size for table in problem.travel.values()), default=0)
    return DayProblem(
        problem=problem,
        depot=DepotId("dep"),
        currency="EUR",
        origin=datetime.combine(problem.day, time(), UTC),
        orders={task.id: Order(id=OrderId(f"ord_{task.id}"), number=task.id) for task in problem.tasks},
        terms={task.id: task for task in problem.tasks},
        shifts={shift.id: shift for shift in problem.shifts},
        vehicles={shift.id: shift.id for shift in problem.shifts},
        places=(Place(0.0, 0.0),) * size,
        left_out={},
        source="random",
    )


def unexplained(problem: Problem, solution: Solution) -> Iterator[TaskId]:
    """The tasks left out for which no sentence says why."""
    if solution.unplanned:
        explainer = Explainer(day_of(problem), with_routes(problem, solution).start, solution.obstacles)
        yield from (task for task in solution.unplanned if not explainer.reasons(task))
