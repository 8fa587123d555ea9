"""What the repair puts back is in the plan once."""

from app.domain.ids import TaskId
from app.domain.load import Load
from app.domain.orders import TaskKind
from app.domain.units import Cubic, Grams
from app.optimiser.repair import Repair
from app.services.problem import RoutePlan
from tests.problems import a_problem, a_task, a_turn, steps


def test_a_delivery_joins_the_pick_up_that_a_lock_holds() -> None:
    """t1 must stay with s1, and t2 hands its goods over: t2 comes after it there, though s2 stands empty, and t1 is not picked up a second time."""
    pickup = a_task(1, kind=TaskKind.PICKUP)
    start = (RoutePlan(shift=a_turn(1).id, steps=steps(3, 1), stay=frozenset({pickup.id})),)
    problem = a_problem([pickup, a_task(2, after=pickup.id), a_task(3)], [a_turn(1), a_turn(2)], start=start)
    repair = Repair(problem, {a_turn(1).id: steps(3, 1)})
    repair.mend()
    served = [step.task for step in repair.routes[a_turn(1).id]]
    assert (sorted(served), repair.routes[a_turn(2).id]) == (["t1", "t2", "t3"], ())
    assert served.index(TaskId("t1")) < served.index(TaskId("t2"))


def test_what_does_not_fit_beside_its_pick_up_stays_out() -> None:
    """The closed route holds the pick-up: its delivery may go nowhere."""
    pickup = a_task(1, kind=TaskKind.PICKUP, load=Load(Grams(500), Cubic(0), 1))
    start = (RoutePlan(shift=a_turn(1).id, steps=steps(1), closed=True),)
    repair = Repair(a_problem([pickup, a_task(2, after=pickup.id)], [a_turn(1), a_turn(2)], start=start), {})
    repair.mend()
    assert [task.id for task in repair.unplanned()] == ["t2"]
    assert repair.routes[a_turn(2).id] == ()
