"""PyVRP is handed only what it accepts, whatever the plan as it stands looks like."""

from app.domain.load import Capacity
from app.domain.orders import TaskKind
from app.domain.schedule import Step
from app.domain.units import Grams
from app.optimiser.pyvrp_model import model_of, warm
from app.services.problem import RoutePlan
from tests.problems import a_problem, a_task, a_turn, a_window_of, at, steps


def test_where_every_route_is_closed_there_is_nothing_to_search() -> None:
    start = (RoutePlan(shift=a_turn().id, steps=steps(1), closed=True),)
    model = model_of(a_problem([a_task(1), a_task(2)], [a_turn()], start=start))
    assert (model.clients, model.shipments) == ([], [])


def test_a_warm_start_leaves_out_what_the_model_has_not() -> None:
    """t1 and t2 are a pair that nobody can serve, t3 is alone in a route with a half of it; the van loads before t2, so before t3 as well."""
    pickup = a_task(1, kind=TaskKind.PICKUP, windows=(a_window_of(at(12), at(13)),))
    torn = a_task(2, after=pickup.id, windows=(a_window_of(at(9), at(10)),))
    start = (
        RoutePlan(shift=a_turn(1).id, steps=(*steps(4), Step(torn.id, True), *steps(3))),
        RoutePlan(shift=a_turn(2).id, steps=steps(1)),
    )
    vans = [a_turn(n, reloads=1, capacity=Capacity(weight=Grams(9_000))) for n in (1, 2)]
    problem = a_problem([pickup, torn, a_task(3), a_task(4)], vans, start=start)
    model = model_of(problem)
    begun = warm(model, problem)
    assert begun is not None
    assert {shift: route for shift, route in model.routes(begun).items() if route} == {a_turn(1).id: (*steps(4), Step(a_task(3).id, True))}


def test_a_plan_of_nothing_that_the_model_has_is_no_warm_start() -> None:
    start = (RoutePlan(shift=a_turn().id, steps=steps(1)),)
    problem = a_problem([a_task(1, skills=frozenset({"x"})), a_task(2)], [a_turn()], start=start)
    assert warm(model_of(problem), problem) is None
