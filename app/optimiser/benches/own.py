"""The house's own engine on an instance, through the same door as the program."""

import threading
from typing import TYPE_CHECKING

from app.optimiser.benches.instance import Instance, Plan
from app.optimiser.benches.problem_of import plan_of, problem_of
from app.optimiser.benches.watch import Watch

if TYPE_CHECKING:
    from app.optimiser.benches.race import Order
    from app.services.problem import Progress


def prepare() -> None:
    """Imports the engine."""
    import app.optimiser.engine  # noqa: F401


def solve(instance: Instance, order: "Order", watch: Watch) -> Plan | None:
    """The engine's best plan. Those who may not be left out are in all that it shows, else it counts as none yet."""
    from app.optimiser.engine import Solve

    problem = problem_of(instance, order.seed)
    dear = {task.id for task, client in zip(problem.tasks, instance.clients, strict=False) if not client.prize}

    def progress(each: "Progress") -> None:
        if each.best is not None and each.cost is not None and dear.isdisjoint(each.best.unplanned) and watch.found(each.cost / instance.divisor):
            watch.told({})

    run = Solve(problem, seconds=order.seconds if order.clock == "wall" else 8 * order.seconds, threads=order.threads, seed=order.seed)
    if order.clock == "cpu":
        threading.Thread(target=_stop_in_time, args=(run, watch, order.seconds), daemon=True).start()
    return plan_of(run.run(progress))


def _stop_in_time(run: object, watch: Watch, seconds: float) -> None:
    import time

    while watch.seconds() < seconds:
        time.sleep(0.01)
    run.stop()  # type: ignore[attr-defined]
