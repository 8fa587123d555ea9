"""The strict JSON form of problems: nothing lost on the way, nothing damaged let in, and the schemas true."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Malformed
from app.domain.roads import Profile
from app.domain.units import Cost, Millis
from app.services.plain import to_plain
from app.services.problem import Liking, Problem, Progress, RoutePlan, Solution, Stability, Wishes
from app.services.problem_json import pack, problem_from_json, problem_to_json, progress_from_plain, solution_from_json, unpack
from tests.problems import a_problem, a_task, a_turn, problems, steps
from tests.services.schema_of import FOLDER, WIRE, text_of


def a_full_problem() -> Problem:
    start = (RoutePlan(shift=a_turn().id, steps=steps(1, 2), fixed=1, stay=frozenset({a_task(1).id})),)
    wishes = Wishes(fair=Millis(1), beyond_price=Cost(2), likings=(Liking(task=a_task(1).id, shift=a_turn(2).id, price=Cost(3)),))
    tasks = [a_task(1), a_task(2), a_task(3, after=a_task(1).id)]
    return a_problem(tasks, [a_turn(1), a_turn(2)], start=start, begin=start, stability=Stability(at_most=3), wishes=wishes)


def plain_again(problem: Problem) -> Any:
    return json.loads(problem_to_json(problem))


def same(one: Problem, other: Problem) -> bool:
    """Equal, with tables compared by their numbers."""
    tables = [[[list(each) for each in (*table.durations, *table.distances)] for table in found.travel.values()] for found in (one, other)]
    return tables[0] == tables[1] and replace(one, travel={}) == replace(other, travel={})


def test_a_problem_comes_back_as_it_went() -> None:
    assert same(a_full_problem(), problem_from_json(problem_to_json(a_full_problem())))


@settings(max_examples=20)
@given(problems())
def test_any_problem_comes_back_and_fits_the_schema(problem: Problem) -> None:
    text = problem_to_json(problem)
    assert same(problem, problem_from_json(text))
    jsonschema.Draft202012Validator(json.loads(text_of("problem"))).validate(json.loads(text))


@pytest.mark.parametrize("name", sorted(WIRE))
def test_the_schema_files_say_what_the_program_does(name: str) -> None:
    assert (FOLDER / f"{name}.schema.json").read_text("utf-8") == text_of(name)


def test_solutions_and_progress_come_back() -> None:
    solution = Solution(routes=(RoutePlan(shift=a_turn().id, steps=steps(2, -1)),), unplanned=(a_task(3).id,), engine="x", seconds=1.5)
    assert solution_from_json(json.dumps(to_plain(solution))) == solution
    progress = Progress(seconds=0.5, best=solution, note="n")
    assert progress_from_plain(to_plain(progress)) == progress


def damaged(path: list[Any], value: Any) -> str:
    """The JSON of a problem with one value changed."""
    plain = plain_again(a_full_problem())
    at = plain
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["tasks", 0, "time_windows"], [], "tasks[0]"),
        (["wishes", "fair"], -1, "wishes.fair"),
        (["wishes", "likings", 0, "task"], "nobody", "wishes.likings[0].task"),
        (["wishes", "likings", 0, "price"], -1, "wishes.likings[0].price"),
        (["tasks", 0, "place"], 99, "tasks[0].place"),
        (["tasks", 0, "service"], -1, "tasks[0].service"),
        (["tasks", 1, "id"], "t1", "tasks[1]"),
        (["tasks", 2, "after"], "nobody", "tasks[2].after"),
        (["tasks", 0, "never"], ["nobody"], "tasks[0].never"),
        (["tasks", 0, "windows"], [{"opens": 5, "closes": 4}], "tasks[0].windows[0]"),
        (["tasks", 0, "load", "weight"], "heavy", "tasks[0].load.weight"),
        (["shifts", 0, "profile"], "truck", "shifts[0].profile"),
        (["shifts", 0, "end"], 99, "shifts[0].end"),
        (["shifts", 0, "ends"], 0, "shifts[0].ends"),
        (["shifts", 0, "meter_price"], -1, "shifts[0].meter_price"),
        (["shifts", 0, "breaks"], [{"earliest": 5, "latest": 4, "length": 1}], "shifts[0].breaks[0]"),
        (["travel", 0, "size"], 3, "travel[0].durations[0]"),
        (["travel", 0, "size"], 10**9, "travel[0].size"),
        (["travel", 0, "durations"], ["!"], "travel[0].durations[0]"),
        (["travel", 0, "begins"], [0, 1], "travel.van.durations"),
        (["start", 0, "fixed"], 9, "start[0].fixed"),
        (["start", 0, "steps", 0, "task"], "nobody", "start[0].steps[0].task"),
        (["start", 0, "steps", 1, "task"], "t1", "start[0].steps[1].task"),
        (["start", 0, "stay"], ["t3"], "start[0].stay"),
    ],
)
def test_what_is_damaged_is_refused_with_its_path(path: list[Any], value: Any, where: str) -> None:
    with pytest.raises(Malformed) as refused:
        problem_from_json(damaged(path, value))
    assert dict(refused.value.sentence.facts)["where"] == where


def test_another_version_is_refused() -> None:
    with pytest.raises(Malformed, match=r"problem\.version"):
        problem_from_json(damaged(["version"], 99))


@given(st.text(max_size=30))
def test_any_text_is_refused_not_a_crash(text: str) -> None:
    with pytest.raises(Malformed):
        problem_from_json(text)


def test_a_matrix_that_is_longer_than_said_is_refused() -> None:
    assert list(unpack(pack([1, 2, -1, 4]), 4, "x")) == [1, 2, -1, 4]
    with pytest.raises(Malformed):
        unpack(pack([1] * 1_000_000), 4, "x")
    with pytest.raises(Malformed):
        unpack(pack([-2, 0, 0, 0]), 4, "x")


def test_the_table_goes_over_for_each_profile() -> None:
    assert list(problem_from_json(problem_to_json(a_full_problem())).travel) == [Profile.VAN]
