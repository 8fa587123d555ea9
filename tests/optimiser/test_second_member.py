"""PyVRP beside the kernel: better plans of its get in, worse ones do not, locks hold, and its errors end nothing but itself."""

import threading
import time
from collections.abc import Iterator
from random import Random

import pytest

from app.domain.ids import ShiftId
from app.domain.roads import Profile, TravelTable
from app.domain.units import Cost, Millis
from app.optimiser import core_library, engine, pyvrp_model
from app.optimiser.benches.safety import Judge
from app.optimiser.core import Flag, Kernel
from app.optimiser.core_search import HOT, Anneal, CoreSearch
from app.optimiser.engine import BOTH, CORE, Solve
from app.optimiser.repair import Repair, Worth
from app.optimiser.second_member import SecondMember, can_help, take_in
from app.services.problem import Problem, Progress, RoutePlan, Stability
from tests.conftest import LogWatch
from tests.problems import a_problem, a_task, a_turn, steps

pytestmark = pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")

LONG = 60.0
"""Seconds in which what is waited for must have happened: a guard against hanging, not a measure."""


@pytest.fixture(autouse=True)
def _all_threads_end() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("pyvrp-"):
            thread.join(LONG)
            assert not thread.is_alive()


def a_town(count: int, **more: object) -> Problem:
    """Places on a square, four vans; s1 has two fixed stops and one that stays, s4 is closed."""
    rng = Random(7)
    points = [(rng.random(), rng.random()) for _ in range(count + 1)]
    meters = [int(1_000 * (abs(a[0] - b[0]) + abs(a[1] - b[1]))) for a in points for b in points]
    table = TravelTable(
        profile=Profile.VAN, size=count + 1, begins=(Millis(0),), durations=([each * 100 for each in meters],), distances=(meters,), source="town"
    )
    start = (
        RoutePlan(shift=ShiftId("s1"), steps=steps(9, 2, 5), fixed=2, stay=frozenset({a_task(5).id})),
        RoutePlan(shift=ShiftId("s4"), steps=steps(7, 30, 8), closed=True),
    )
    return a_problem([a_task(n) for n in range(1, count + 1)], [a_turn(n, fixed_price=Cost(10**5)) for n in (1, 2, 3, 4)], table, start=start, **more)


def begun(problem: Problem) -> CoreSearch:
    """The kernel's searches with a greedy plan."""
    search = CoreSearch(Kernel(problem), seed=1, threads=1, clock="wall", flag=Flag())
    search.begin({route.shift: route.steps for route in problem.start})
    return search


def test_plans_are_exchanged_until_the_best_is_better_and_locks_hold() -> None:
    problem = a_town(50)
    search, member = begun(problem), SecondMember(problem, seed=1, turn=0.5)
    greedy, until = search.best.worth(), time.monotonic() + LONG
    try:
        while not member.exchange(search) and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        member.leave()
    assert search.best.worth()[:2] < greedy[:2]
    assert Judge(problem).complaints(Repair(problem, search.best.best()).solution("", 0)) == []


def test_a_better_plan_gets_in_and_a_worse_one_does_not() -> None:
    problem = a_town(50)
    search, other = begun(problem), begun(problem)
    greedy = search.best.worth()
    worse = Repair(problem, {route.shift: route.steps for route in problem.start})
    assert not take_in(search, worse.worth(), worse.routes)
    assert search.best.worth() == greedy
    other.run(Anneal(2_000, HOT, counted=True), lambda: None)
    better = Repair(problem, other.best.best())
    assert take_in(search, better.worth(), better.routes)
    assert search.best.worth()[:2] == other.best.worth()[:2] < greedy[:2]


def test_a_plan_that_moves_what_is_fixed_is_refused(logged: LogWatch) -> None:
    problem = a_town(50)
    search = begun(problem)
    logged.expect("the kernel does not take PyVRP's plan")
    assert not take_in(search, Worth(0, 0), {ShiftId("s1"): steps(2, 9, 5)})


def test_a_solve_hands_over_and_says_who_helped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel is held at its greedy plan, so that PyVRP's is better."""
    monkeypatch.setattr(engine, "cores", lambda: 2)
    monkeypatch.setattr(CoreSearch, "_slice", lambda *_: time.sleep(0.01))
    problem = a_town(50)
    solve = Solve(problem, seconds=LONG, handover=0.0)

    def progress(each: Progress) -> None:
        if each.best is not None and each.best.engine == BOTH:
            solve.stop()

    solution = solve.run(progress)
    assert solution.engine == BOTH
    assert Judge(problem).complaints(solution) == []


@pytest.mark.parametrize(("cores", "more"), [(1, {}), (2, {"threads": 2}), (2, {"engine": "core"}), (2, {"clock": "cpu"}), (2, {"iterations": 100})])
def test_it_joins_only_where_a_core_is_free_and_time_is_the_limit(cores: int, more: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "cores", lambda: cores)
    monkeypatch.setattr(engine, "SecondMember", lambda *_, **__: pytest.fail("joined"))
    assert Solve(a_town(30), seconds=0.2, handover=0.0, **more).run(lambda _: None).engine == CORE  # type: ignore[arg-type]


def test_a_known_plan_that_may_hardly_change_is_none_for_pyvrp() -> None:
    assert can_help(a_town(30))
    assert not can_help(a_town(30, stability=Stability(at_most=1)))
    assert not can_help(a_town(30, stability=Stability(per_driver_change=Cost(1))))


def test_an_error_is_logged_once_and_the_kernel_goes_on(monkeypatch: pytest.MonkeyPatch, logged: LogWatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("PyVRP is not well")

    monkeypatch.setattr(engine, "cores", lambda: 2)
    monkeypatch.setattr(pyvrp_model, "model_of", broken)
    logged.expect("PyVRP leaves the search")
    solution = Solve(a_town(50), seconds=1.0, handover=0.0).run(lambda _: None)
    assert (solution.engine, solution.unplanned) == (CORE, ())
    assert len([record for record in logged.records if record.name == "doorstep.optimiser"]) == 1
