"""Runs one engine on one running day in a child process of its own, so that no engine inherits anything from another, and judges what it answers."""

import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from app.domain.errors import Outside, Refused
from app.domain.ids import ShiftId
from app.domain.schedule import Step
from app.optimiser.benches.replan_engines import ENGINES, Answer
from app.optimiser.benches.running_days import Running
from app.optimiser.benches.safety import Judge
from app.services.problem import Problem

GRACE_S = 60.0
"""Seconds beyond its time after which a child is ended by force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an answer is worth, recomputed. `cost` is that of the routes, `left_cost` the price of all orders left out, `service_cost` the part of
    `cost` that is paid for standing at stops, which no plan can save. The price of change is in none of them."""

    cost: int
    left_cost: int
    service_cost: int
    urgent_missing: int
    others_missing: int
    moved: int
    """Stops that another driver serves than as the plan stands."""
    reordered: int
    """Stops that stay with their driver and leave the old order."""
    broken: int

    @property
    def whole(self) -> int:
        """Everything together."""
        return self.cost + self.left_cost

    @property
    def saveable(self) -> int:
        """What a plan can influence."""
        return self.whole - self.service_cost


class EngineFailed(Outside):
    """A child ended without an answer."""


def raced(engine: str, problem: Problem, seconds: float) -> Answer:
    """The engine's answer. Raises EngineFailed with the child's words where there is none."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(engine, problem, seconds, theirs), name=f"replan-{engine}", daemon=True)
    child.start()
    theirs.close()
    try:
        said: Any = ours.recv() if ours.poll(seconds + GRACE_S) else "no answer in time"
    except EOFError:
        said = "its process ended without a word"
    finally:
        child.kill()
        child.join()
        ours.close()
    if not isinstance(said, Answer):
        raise EngineFailed("benches.engine_failed", engine=engine, why=str(said))
    return said


def _child(engine: str, problem: Problem, seconds: float, theirs: Connection) -> None:
    try:
        said: object = ENGINES[engine](problem, seconds)
    except (ArithmeticError, AttributeError, ImportError, LookupError, RuntimeError, TypeError, ValueError, Refused, Outside) as failed:
        said = f"{type(failed).__name__}: {failed}"
    theirs.send(said)
    theirs.close()


def judged(running: Running, routes: Mapping[ShiftId, tuple[Step, ...]]) -> Verdict:
    """What these routes make of a running day."""
    problem = running.problem
    judge = Judge(problem)
    whole = {shift.id: tuple(routes.get(shift.id, ())) for shift in problem.shifts}
    found = [(shift, judge.timeline(shift.id, whole[shift.id])) for shift in problem.shifts]
    driver = {step.task: shift for shift, steps in whole.items() for step in steps}
    left = [task for task in problem.tasks if task.id not in driver]
    return Verdict(
        cost=sum(each.cost for _, each in found),
        left_cost=sum(task.unplanned_price for task in left),
        service_cost=sum((halt.departure - halt.begin) * shift.milli_price for shift, each in found for halt in each.halts),
        urgent_missing=sum(task.id in running.urgent for task in left),
        others_missing=sum(task.id not in running.urgent for task in left),
        moved=sum(driver.get(step.task, route.shift) != route.shift for route in problem.start for step in route.steps),
        reordered=len(judge.reordered(whole)),
        broken=sum(len(each.violations) for _, each in found),
    )
