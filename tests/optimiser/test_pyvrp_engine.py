"""PyVRP as the only engine keeps every promise that the kernel keeps, and a PyVRP that fails costs quality, not the plan."""

from importlib.metadata import version

import pytest

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.units import Cost
from app.optimiser import pyvrp_engine
from app.optimiser.benches.random_problems import random_problem
from app.optimiser.benches.safety import Judge
from app.optimiser.engine import PYVRP, Solve
from app.services.problem import Problem, Progress, RoutePlan, Solution, Stability
from tests.conftest import LogWatch
from tests.problems import a_line, a_problem, a_task, a_turn, steps


def solved(problem: Problem, *, iterations: int = 3) -> Solution:
    return Solve(problem, seconds=60, iterations=iterations, engine="pyvrp").run(lambda _: None)


@pytest.mark.parametrize("first", [1, 21, 41, 2541])
def test_every_promise_is_kept(first: int) -> None:
    for seed in range(first, first + 20):
        problem = random_problem(seed)
        assert Judge(problem).complaints(solved(problem)) == [], seed


def test_its_name_is_the_version_that_is_installed() -> None:
    assert f"PyVRP {version('pyvrp')}" == PYVRP == solved(a_problem([a_task(1)], [a_turn()])).engine


def standing(*numbers: int) -> tuple[RoutePlan, ...]:
    return (RoutePlan(shift=ShiftId("s1"), steps=steps(*numbers)),)


def test_where_nothing_may_move_what_is_new_is_put_in() -> None:
    """3 1 2 drives to and fro on a line; 4 is new and goes between, the others keep their order."""
    problem = a_problem([a_task(n) for n in (1, 2, 3, 4)], [a_turn()], start=standing(3, 1, 2), stability=Stability(at_most=0))
    (route,) = solved(problem, iterations=200).routes
    assert [step.task for step in route.steps if step.task != "t4"] == ["t3", "t1", "t2"]
    assert TaskId("t4") in {step.task for step in route.steps}


def test_a_change_that_saves_less_than_it_costs_is_not_made() -> None:
    dear = Stability(per_order_change=Cost(10**9))
    problem = a_problem([a_task(n) for n in (1, 2, 3)], [a_turn()], start=standing(2, 1, 3))
    cheap = solved(problem, iterations=200)
    kept = solved(a_problem(problem.tasks, problem.shifts, start=standing(2, 1, 3), stability=dear), iterations=200)
    assert [route.steps for route in cheap.routes] != [steps(2, 1, 3)]
    assert [route.steps for route in kept.routes] == [steps(2, 1, 3)]


def test_a_pair_that_the_plan_loads_between_is_begun_without() -> None:
    """PyVRP refuses a route that loads while it has a pair's goods aboard; the plan as it stands is no error."""
    pickup = a_task(1, kind=TaskKind.PICKUP)
    shift = a_turn(reloads=1)
    problem = a_problem([pickup, a_task(2, after=pickup.id), a_task(3)], [shift], start=standing(1, -2, 3))
    assert solved(problem).unplanned == ()


def test_where_pyvrp_refuses_the_problem_the_plan_as_it_stands_is_the_answer(monkeypatch: pytest.MonkeyPatch, logged: LogWatch) -> None:
    def refuses(_problem: Problem) -> None:
        raise ValueError("a matrix that it does not like")

    monkeypatch.setattr(pyvrp_engine, "model_of", refuses)
    problem = a_problem([a_task(n) for n in (1, 2, 3)], [a_turn()], a_line(4), start=standing(1, 2))
    logged.expect("PyVRP does not take the problem: a matrix that it does not like")
    assert solved(problem).unplanned == ()


def test_a_plan_shows_who_made_it_and_why_alone() -> None:
    """Where there is no kernel, every line of progress carries the note."""
    shown: list[Progress] = []
    problem = a_problem([a_task(n) for n in (1, 2, 3)], [a_turn()])
    solve = pyvrp_engine.PyvrpSolve(problem, name=PYVRP, threads=1, iterations=5, seed=1, stopping=lambda: False, asked=lambda: False, note="no_kernel")
    solve.run(shown.append)
    assert {(each.note, each.best.engine if each.best else "") for each in shown} == {("no_kernel", PYVRP)}
