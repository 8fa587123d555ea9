"""The judge of plan safety sees every kind of tampering, excuses what may be excused, and every random problem's plan passes it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import main
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity
from app.domain.orders import TaskKind
from app.domain.schedule import Step, ViolationKind
from app.domain.units import Cost, Grams, Meters
from app.optimiser import core_library
from app.optimiser.benches.bench_safety import FAILED, How, tally
from app.optimiser.benches.random_problems import random_problem
from app.optimiser.benches.safety import Judge, Promise
from app.optimiser.benches.safety_reasons import unexplained
from app.services.problem import Problem, RoutePlan, Solution, Stability
from app.services.problem_json import problem_from_json, problem_to_json
from tests.problems import a_line, a_problem, a_task, a_turn, a_window_of, at, steps

CHUNKS = 8
RANDOM_PROBLEMS = 10_000
"""In the short form that every run of the tests makes; `main.py bench safety` makes as many as one likes."""
ONE, TWO, THREE = (ShiftId(f"s{n}") for n in (1, 2, 3))


def a_running_day(**changes: object) -> Problem:
    """s1 drives 1 2 3 4 with 1 fixed and 3 to stay, s2 is closed with 5 6, s3 drives 7 8; 9 is new."""
    start = (
        RoutePlan(shift=ONE, steps=steps(1, 2, 3, 4), fixed=1, stay=frozenset({TaskId("t3")})),
        RoutePlan(shift=TWO, steps=steps(5, 6), closed=True),
        RoutePlan(shift=THREE, steps=steps(7, 8)),
    )
    problem = a_problem([a_task(n) for n in range(1, 10)], [a_turn(n) for n in (1, 2, 3)], a_line(10), start=start)
    return replace(problem, **changes)


def a_solution(one: tuple[Step, ...], two: tuple[Step, ...] = steps(5, 6), three: tuple[Step, ...] = steps(7, 8), left: tuple[int, ...] = ()) -> Solution:
    routes = tuple(RoutePlan(shift=shift, steps=found) for shift, found in ((ONE, one), (TWO, two), (THREE, three)) if found)
    return Solution(routes=routes, unplanned=tuple(TaskId(f"t{n}") for n in left))


def promises(problem: Problem, solution: Solution) -> set[Promise]:
    return {each.promise for each in Judge(problem).complaints(solution)}


# Tampering ------------------------------------------------------------------------------------------------------------


def test_a_safe_plan_is_not_complained_about() -> None:
    assert promises(a_running_day(), a_solution(steps(1, 2, 3, 4), three=steps(7, 8, 9))) == set()
    assert promises(a_running_day(), a_solution(steps(1, 3, 4, 9), three=steps(2, 7, 8))) == set()


@pytest.mark.parametrize(
    "solution",
    [
        a_solution(steps(1, 2, 3, 4), three=steps(7, 8, 9, 2)),
        a_solution(steps(1, 2, 3, 4)),
        a_solution(steps(1, 2, 3, 4), three=steps(7, 8, 9), left=(9,)),
        a_solution(steps(1, 2, 3, 4), three=steps(7, 8, 9, 99)),
        Solution(routes=(RoutePlan(shift=ShiftId("s9"), steps=steps(1, 2, 3, 4, 5, 6, 7, 8, 9)),)),
        Solution(routes=(*a_solution(steps(1, 2, 3, 4)).routes, RoutePlan(shift=THREE, steps=steps(9)))),
    ],
    ids=["doubled", "missing", "planned and left out", "unknown task", "unknown shift", "a shift twice"],
)
def test_a_plan_that_is_not_whole_is_seen(solution: Solution) -> None:
    assert promises(a_running_day(), solution) == {Promise.COMPLETE}


def test_a_moved_lock_is_seen() -> None:
    """Each lock for itself: the fixed first stop, also where only its reload changed; the closed route, longer, shorter or turned; the stop that stays."""
    three = steps(7, 8, 9)
    assert Promise.FIXED in promises(a_running_day(), a_solution(steps(2, 1, 3, 4), three=three))
    assert Promise.FIXED in promises(a_running_day(), a_solution(steps(-1, 2, 3, 4), three=three))
    assert Promise.CLOSED in promises(a_running_day(), a_solution(steps(1, 2, 3, 4), steps(6, 5), three))
    assert Promise.CLOSED in promises(a_running_day(), a_solution(steps(1, 2, 3, 4), steps(5, 6, 9)))
    assert Promise.CLOSED in promises(a_running_day(), a_solution(steps(1, 2, 3, 4), steps(5), (*three, *steps(6))))
    assert Promise.STAY in promises(a_running_day(), a_solution(steps(1, 2, 4), three=(*three, *steps(3))))
    assert Promise.STAY in promises(a_running_day(), a_solution(steps(1, 2, 4), three=three, left=(3,)))


def test_one_move_too_many_is_seen() -> None:
    """3 and 2 change places: one of them leaves the longest common run; 8 goes to s1: a second; 7 is left out: a third. 9 is new and never counts."""
    one_moved = a_solution(steps(1, 3, 2, 4), three=steps(7, 9, 8))
    two_moved = a_solution(steps(1, 3, 2, 4, 8), three=steps(9, 7))
    three_moved = a_solution(steps(1, 3, 2, 4, 8), three=steps(9), left=(7,))
    for number, solution in enumerate((one_moved, two_moved, three_moved), 1):
        routes = {route.shift: route.steps for route in solution.routes}
        assert len(Judge(a_running_day()).moved(routes)) == number
        assert Promise.MOVES not in promises(a_running_day(stability=Stability(at_most=number)), solution)
        assert Promise.MOVES in promises(a_running_day(stability=Stability(at_most=number - 1)), solution)


def test_a_broken_window_is_seen() -> None:
    """Place 4 closes at 8:03 and is four minutes away."""
    tasks = [a_task(n, windows=(a_window_of(at(8), at(8, 3)),) if n == 4 else ()) for n in range(1, 5)]
    problem = a_problem(tasks, [a_turn()])
    late = Solution(routes=(RoutePlan(shift=ONE, steps=steps(4, 1, 2, 3)),))
    assert Promise.RULES in promises(problem, late)
    in_time = Solution(routes=(RoutePlan(shift=ONE, steps=steps(1, 2, 3)),), unplanned=(TaskId("t4"),))
    assert promises(problem, in_time) == set()


@pytest.mark.parametrize(
    ("kind", "task", "shift"),
    [
        (ViolationKind.LOAD, {}, {"capacity": Capacity(weight=Grams(1_999))}),
        (ViolationKind.SKILL, {"skills": frozenset({"x"})}, {}),
        (ViolationKind.FEATURE, {"features": frozenset({"x"})}, {}),
        (ViolationKind.FORBIDDEN, {"never": frozenset({ONE})}, {}),
        (ViolationKind.PRECEDENCE, {"after": TaskId("t2")}, {}),
        (ViolationKind.SHIFT, {}, {"ends": at(8, 7), "latest_end": at(8, 7)}),
        (ViolationKind.DISTANCE, {}, {"max_distance": Meters(3_999)}),
        (ViolationKind.DURATION, {}, {"max_duration": at(0, 7)}),
    ],
)
def test_each_hard_rule_is_seen(kind: ViolationKind, task: dict[str, object], shift: dict[str, object]) -> None:
    """Stops 1 and 2 of two minutes each: 4 km, eight minutes, two kilograms; what the rule allows is just less."""
    problem = a_problem([a_task(1, **task), a_task(2)], [a_turn(**shift)])
    found = Judge(problem).complaints(Solution(routes=(RoutePlan(shift=ONE, steps=steps(1, 2)),)))
    assert [each.promise for each in found if kind.value in each.says] == [Promise.RULES]


# Excuses --------------------------------------------------------------------------------------------------------------


def a_late_lock(**changes: object) -> Problem:
    """Stop 4, four minutes away, is fixed first although it closes at 8:03; stop 5 closes at 8:08, and after 4 it is reached at 8:07."""
    windows = {4: a_window_of(at(8), at(8, 3)), 5: a_window_of(at(8), at(8, 8))}
    tasks = [a_task(n, windows=(windows[n],) if n in windows else ()) for n in (1, 2, 3, 4, 5)]
    start = (RoutePlan(shift=ONE, steps=steps(4, 5), fixed=1),)
    return replace(a_problem(tasks, [a_turn(n) for n in (1, 2, 3)], start=start), **changes)


def test_what_a_lock_breaks_by_itself_is_excused_and_no_more() -> None:
    two = steps(1, 2, 3)
    assert promises(a_late_lock(), a_solution(steps(4, 5), two, ())) == set()
    assert promises(a_late_lock(), a_solution(steps(4, 3, 5), steps(1, 2), ())) == {Promise.RULES, Promise.NOT_WORSE}


def test_a_lock_that_a_new_stop_makes_later_is_not_excused() -> None:
    """2 and 5 stay in one route; 5 closes at 8:05:30 and is a minute and a half late behind 2. With 1 put between it is six minutes late."""
    tasks = [a_task(n) for n in (1, 2)] + [a_task(5, windows=(a_window_of(at(8), at(8, 5, 30)),))]
    start = (RoutePlan(shift=ONE, steps=steps(2, 5), stay=frozenset({TaskId("t2"), TaskId("t5")})),)
    problem = a_problem(tasks, [a_turn(n) for n in (1, 2, 3)], start=start)
    assert promises(problem, a_solution(steps(2, 5, 1), (), ())) == set()
    assert Promise.RULES in promises(problem, a_solution(steps(2, 1, 5), (), ()))


def test_what_a_held_delivery_comes_after_is_held_with_it() -> None:
    pickup = a_task(3, kind=TaskKind.PICKUP)
    start = (RoutePlan(shift=ONE, steps=steps(3, 1, 2), stay=frozenset({TaskId("t1")})),)
    problem = a_problem([pickup, a_task(1, after=pickup.id), a_task(2)], [a_turn(capacity=Capacity(weight=Grams(500)))], start=start)
    judge = Judge(problem)
    assert judge.held[ONE] == {"t1", "t3"}
    assert judge.mended()[ONE] == steps(3, 1)
    assert promises(problem, Solution(routes=(RoutePlan(shift=ONE, steps=steps(3, 1)),), unplanned=(TaskId("t2"),))) == set()


def a_broken_start(k: int | None) -> Problem:
    """A van for two kilograms that carries four."""
    start = (RoutePlan(shift=ONE, steps=steps(1, 2, 3, 4)),)
    vans = [a_turn(1, capacity=Capacity(weight=Grams(2_000))), a_turn(2), a_turn(3)]
    return a_problem([a_task(n) for n in (1, 2, 3, 4)], vans, a_line(6), start=start, stability=Stability(at_most=k))


def test_a_start_that_breaks_rules_is_excused_only_as_far_as_moves_are_missing() -> None:
    """Two stops must go: with no move all may stay; with one the van is overfull all the same, so that handing one over is only dearer; with two moves, or
    without a limit, the van must carry two."""
    as_it_was, one_out, two_out = a_solution(steps(1, 2, 3, 4), (), ()), a_solution(steps(1, 2, 3), steps(4), ()), a_solution(steps(1, 2), steps(3, 4), ())
    assert promises(a_broken_start(0), as_it_was) == set()
    assert promises(a_broken_start(1), as_it_was) == set()
    assert promises(a_broken_start(1), one_out) == {Promise.NOT_WORSE}
    assert promises(a_broken_start(2), as_it_was) == {Promise.NOT_WORSE}
    assert promises(a_broken_start(2), two_out) == set()
    assert promises(a_broken_start(None), one_out) == {Promise.RULES, Promise.NOT_WORSE}


def test_which_rules_a_held_part_breaks_may_change_only_for_fewer() -> None:
    """1 and 2 stay though the van has neither skill; a third without a skill may not come in, also where its excess is nothing."""
    tasks = [a_task(n, skills=frozenset({"x"})) for n in (1, 2, 3)]
    start = (RoutePlan(shift=ONE, steps=steps(1, 2), stay=frozenset({TaskId("t1"), TaskId("t2")})),)
    problem = a_problem(tasks, [a_turn(1), a_turn(2), a_turn(3)], start=start)
    assert promises(problem, a_solution(steps(2, 1), (), (), left=(3,))) == set()
    assert promises(problem, a_solution(steps(1, 2, 3), (), ())) == {Promise.RULES, Promise.NOT_WORSE}


def test_a_loading_that_was_too_many_may_be_seen_at_another_stop() -> None:
    """The van may not load again but does, before 2; a stop put in before that, behind the loading, changes nothing."""
    start = (RoutePlan(shift=ONE, steps=(*steps(1), Step(TaskId("t2"), True))),)
    problem = a_problem([a_task(n) for n in (1, 2, 3)], [a_turn(1), a_turn(2), a_turn(3)], start=start, stability=Stability(at_most=0))
    put_in = (*steps(1), Step(TaskId("t3"), True), *steps(2))
    assert promises(problem, a_solution(put_in, (), ())) == set()
    twice = (*steps(1), Step(TaskId("t3"), True), Step(TaskId("t2"), True))
    assert promises(problem, a_solution(twice, (), ())) == {Promise.RULES, Promise.NOT_WORSE}


def test_a_start_under_a_limit_may_not_become_fuller() -> None:
    problem = replace(a_broken_start(0), tasks=tuple(a_task(n) for n in (1, 2, 3, 4, 5)))
    assert Promise.RULES in promises(problem, a_solution(steps(1, 2, 3, 4, 5), (), ()))
    assert promises(problem, a_solution(steps(1, 2, 3, 4), steps(5), ())) == set()


def test_a_pick_up_that_lost_its_delivery_may_go() -> None:
    """The delivery waits in another van, where it comes after nothing: neither stays, and the start is worth no more than that."""
    pickup = a_task(1, kind=TaskKind.PICKUP)
    start = (RoutePlan(shift=ONE, steps=steps(1)), RoutePlan(shift=TWO, steps=steps(2, 3)))
    problem = a_problem([pickup, a_task(2, after=pickup.id), a_task(3)], [a_turn(1), a_turn(2)], start=start)
    assert Judge(problem).mended() == {ONE: (), TWO: steps(3)}


# Worth ----------------------------------------------------------------------------------------------------------------


def test_a_dearer_plan_than_the_start_is_seen() -> None:
    """Out 1 2 and back is 4 km and 8 minutes, 2 1 as much, so only leaving 2 out is dearer."""
    start = (RoutePlan(shift=ONE, steps=steps(1, 2)),)
    problem = a_problem([a_task(1), a_task(2)], [a_turn()], start=start)
    assert promises(problem, Solution(routes=(RoutePlan(shift=ONE, steps=steps(2, 1)),))) == set()
    assert promises(problem, Solution(routes=(RoutePlan(shift=ONE, steps=steps(1)),), unplanned=(TaskId("t2"),))) == {Promise.NOT_WORSE}


def test_prices_of_change_count() -> None:
    """s1 begins at 8:00 at home with 1 2, s2 is equal. Handing both over costs nothing but two changes of driver; turning them round one change of order."""
    start = (RoutePlan(shift=ONE, steps=steps(1, 2)),)
    plain = a_problem([a_task(1), a_task(2)], [a_turn(1), a_turn(2)], start=start)
    priced = replace(plain, stability=Stability(per_driver_change=Cost(100), per_order_change=Cost(7)))
    free = Judge(plain).worth({ONE: steps(1, 2), TWO: ()}).cost
    judge = Judge(priced)
    assert [judge.worth(routes).cost - free for routes in ({ONE: steps(1, 2), TWO: ()}, {ONE: (), TWO: steps(1, 2)}, {ONE: steps(2, 1), TWO: ()})] == [
        0,
        200,
        7,
    ]


def test_every_task_left_out_has_a_reason() -> None:
    problem = a_problem([a_task(1, skills=frozenset({"x"})), a_task(2)], [a_turn()])
    assert list(unexplained(problem, Solution(routes=(), unplanned=(TaskId("t1"), TaskId("t2"))))) == []


# The command ----------------------------------------------------------------------------------------------------------


def test_the_command_writes_what_failed_so_that_it_can_be_replayed(tmp_path: Path) -> None:
    """Whatever the engine makes of these: the figures add up, and each failing problem lies there as it was."""
    out, folder = tmp_path / "out.json", tmp_path / "failures"
    words = ["bench", "safety", "--problems=12", "--seed=77", "--iterations=5", f"--failures={folder}", f"--json={out}", f"--data={tmp_path}"]
    code = main.main(words)
    figures = json.loads(out.read_text("utf-8"))
    assert figures["problems"] == 12
    assert code == (1 if figures["failures"] else 0)
    written = sorted(folder.glob("*.json")) if folder.exists() else []
    assert sorted(int(file.stem) for file in written) == [each["seed"] for each in figures["failures"]]
    for file in written:
        assert problem_to_json(problem_from_json(file.read_text("utf-8"))) == problem_to_json(random_problem(int(file.stem)))


def test_an_engine_that_fails_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Solution:
        raise ValueError("no such thing")

    monkeypatch.setattr("app.optimiser.benches.bench_safety.Solve.run", fails)
    assert tally([3], How(iterations=1)).failures == {3: [(FAILED, "ValueError: no such thing")]}


@pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine; PyVRP cannot keep every promise")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_problems_are_planned_safely(chunk: int) -> None:
    found = tally(range(chunk, RANDOM_PROBLEMS, CHUNKS), How(iterations=40, reasons_every=CHUNKS * 5))
    assert found.problems == RANDOM_PROBLEMS // CHUNKS
    assert not found.failures, "look into each with `main.py bench safety --problems 1 --seed N`"
