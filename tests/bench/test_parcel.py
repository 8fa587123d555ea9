"""A problem between processes as ratios to its whole text."""

import time
from array import array
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest

from app.domain.roads import Profile
from app.domain.units import Millis
from app.services.problem import Problem
from app.services.problem_json import problem_from_json, problem_to_json
from app.services.problem_parcel import parcel, received
from tests.problems import a_line, a_problem, a_task, a_turn

pytestmark = pytest.mark.bench
PLACES, BANDS = 400, 5


def a_large_problem() -> Problem:
    """Five bands of 400 places, with numbers as uneven as those of real roads."""
    dice = Random(1)
    cells = array("i", (dice.randrange(60_000, 3_600_000) for _ in range(PLACES * PLACES)))
    table = replace(a_line(PLACES), begins=tuple(Millis(band) for band in range(BANDS)), durations=(cells,) * BANDS, distances=(cells,) * BANDS)
    return replace(a_problem([a_task(n) for n in range(1, PLACES)], [a_turn(1)]), travel={Profile.VAN: table})


def busy(work: Callable[[], object]) -> float:
    """Seconds of this process in the quicker of two runs."""
    times = []
    for _ in range(2):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def test_bytes_are_packed_and_read_many_times_quicker_than_text() -> None:
    problem = a_large_problem()
    text, raw = problem_to_json(problem), b"".join(bytes(piece) for piece in parcel(problem))
    assert problem_to_json(received(BytesIO(raw))) == text
    assert busy(lambda: problem_to_json(problem)) / busy(lambda: parcel(problem)) > 10
    assert busy(lambda: problem_from_json(text)) / busy(lambda: received(BytesIO(raw))) > 2
