"""A problem between two processes: it comes over as it went, the stream stands right behind it, and what is damaged is refused with its path."""

from array import array
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings

from app.domain.errors import Malformed
from app.domain.roads import UNREACHABLE, Profile
from app.services.problem import Problem
from app.services.problem_json import problem_from_json, problem_to_json
from app.services.problem_parcel import parcel, received
from tests.problems import a_problem, a_task, a_turn, problems


def written(problem: Problem) -> bytes:
    """All the pieces."""
    return b"".join(bytes(piece) for piece in parcel(problem))


def with_cell(problem: Problem, cell: int, *, as_array: bool) -> Problem:
    """The problem with the last number of its last matrix changed."""
    table = problem.travel[Profile.VAN]
    cells = [*table.distances[-1][:-1], cell]
    distances = (*table.distances[:-1], array("i", cells) if as_array else tuple(cells))
    return replace(problem, travel={Profile.VAN: replace(table, distances=distances)})


@settings(max_examples=20)
@given(problems())
def test_any_problem_comes_over_as_it_went(problem: Problem) -> None:
    """Its text says all there is."""
    assert problem_to_json(received(BytesIO(written(problem)))) == problem_to_json(problem)


@pytest.mark.parametrize("as_array", [True, False])
def test_matrices_may_lie_in_memory_as_they_like(as_array: bool) -> None:
    problem = with_cell(a_problem([a_task(1)], [a_turn(1)]), UNREACHABLE, as_array=as_array)
    assert received(BytesIO(written(problem))).travel[Profile.VAN].distances[-1][-1] == UNREACHABLE


def test_what_comes_behind_is_left_in_the_stream() -> None:
    stream = BytesIO(written(a_problem([a_task(1)], [a_turn(1)])) + b"stop\n")
    received(stream)
    assert stream.read() == b"stop\n"


@pytest.mark.parametrize("indent", [False, True])
def test_a_text_that_is_whole_is_read_too(indent: bool) -> None:
    """In one line or in several."""
    problem = a_problem([a_task(1)], [a_turn(1)])
    text = problem_to_json(problem)
    stream = BytesIO((text.replace(",", ",\n") if indent else text + "\n").encode())
    assert problem_to_json(received(stream)) == text


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (written(a_problem([a_task(1)], [a_turn(1)]))[:-1], "travel[0].distances[0]"),
        (written(with_cell(a_problem([a_task(1)], [a_turn(1)]), UNREACHABLE - 1, as_array=True)), "travel[0].distances[0]"),
    ],
)
def test_a_matrix_that_is_cut_off_or_damaged_is_refused_with_its_path(raw: bytes, where: str) -> None:
    with pytest.raises(Malformed) as refused:
        received(BytesIO(raw))
    assert dict(refused.value.sentence.facts)["where"] == where


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\n", b"{\n\xff"])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed, match=r"plain\.no_json"):
        received(BytesIO(raw))


def test_a_number_beyond_32_bits_does_not_go_over() -> None:
    with pytest.raises(OverflowError):
        parcel(with_cell(a_problem([a_task(1)], [a_turn(1)]), 1 << 31, as_array=False))


def test_a_file_needs_its_matrices() -> None:
    """The line alone, saved, is not a problem."""
    (line, *_) = parcel(a_problem([a_task(1)], [a_turn(1)]))
    with pytest.raises(Malformed) as refused:
        problem_from_json(bytes(line).decode())
    assert dict(refused.value.sentence.facts)["where"] == "travel[0].durations[0]"
