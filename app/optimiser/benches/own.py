"""The house's own engine on an instance, through the same door as the program: `core` the kernel alone, `auto` with its second member as in the program."""

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
    """The engine's best plan. While any are left out who may not be, what it shows counts as no plan yet."""
    from app.optimiser.engine import Solve

    problem = problem_of(instance, order.seed)
    may_be_left = {f"{sign}{client.row}" for client in instance.clients if client.prize for sign in "cp"}

    def progress(each: "Progress") -> None:
        if each.best is not None and each.cost is not None and may_be_left.issuperset(each.best.unplanned):
            watch.found(each.cost / instance.divisor)

    run = Solve(
        problem,
        seconds=max(0.001, order.seconds - watch.seconds()),
        threads=order.threads,
        seed=order.seed,
        engine="auto" if order.engine == "auto" else "core",
        clock="cpu" if order.clock == "cpu" else "wall",
    )
    return plan_of(run.run(progress))
