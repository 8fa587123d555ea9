"""What a change of a known plan costs and moves is counted as the judge of plan safety counts it, who shares no line with it."""

from dataclasses import replace
from random import Random

import pytest

from app.domain.ids import ShiftId
from app.domain.schedule import Step
from app.domain.units import Cost
from app.optimiser.benches.random_problems import random_problem
from app.optimiser.benches.safety import Judge
from app.optimiser.stability import Stable
from app.services.problem import Problem, RoutePlan, Stability
from tests.problems import a_problem, a_task, a_turn, steps


def shuffled(problem: Problem, seed: int) -> dict[ShiftId, tuple[Step, ...]]:
    """The start with some stops moved to other places and routes, and some left out."""
    rng = Random(seed)
    routes = {shift.id: [] for shift in problem.shifts} | {route.shift: list(route.steps) for route in problem.start}
    for _ in range(rng.randint(0, 6)):
        source, target = rng.choice(list(routes.values())), rng.choice(list(routes.values()))
        if source:
            step = source.pop(rng.randrange(len(source)))
            if rng.random() < 0.8:
                target.insert(rng.randint(0, len(target)), step)
    return {shift: tuple(each) for shift, each in routes.items()}


@pytest.mark.parametrize("first", range(1, 200, 20))
def test_moves_and_their_price_are_the_judges(first: int) -> None:
    asked = Stability(per_driver_change=Cost(700), per_order_change=Cost(11), at_most=2)
    for seed in range(first, first + 20):
        problem = replace(random_problem(seed), stability=asked)
        free = replace(problem, stability=Stability())
        routes, stable = shuffled(problem, seed), Stable(problem)
        assert stable.moved(routes) == len(Judge(problem).moved(routes))
        assert stable.price(routes) == Judge(problem).worth(routes).cost - Judge(free).worth(routes).cost
        assert stable.allows(routes) == (stable.moved(routes) <= 2)


def test_a_limit_binds_only_where_there_is_more_to_move() -> None:
    start = (RoutePlan(shift=ShiftId("s1"), steps=steps(1, 2)),)
    known = a_problem([a_task(1), a_task(2)], [a_turn()], start=start, stability=Stability(at_most=1))
    assert (Stable(known).binds, Stable(known).asks) == (True, True)
    assert not Stable(replace(known, stability=Stability(at_most=2))).asks
    assert not Stable(replace(known, start=())).asks
    priced = Stable(replace(known, stability=Stability(per_order_change=Cost(1))))
    assert (priced.binds, priced.asks) == (False, True)
