"""Whom a closure concerns, when it is in force, and which lines drive into it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.closing import barrier, concerns, in_force, spans
from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile
from app.domain.units import Grams, hours

ZONE = "Europe/Helsinki"
MIDNIGHT = datetime(2026, 11, 22, 22, tzinfo=UTC)
"""Of Monday, 23 November, in Helsinki."""
A, B, C, D = Place(60.170, 24.930), Place(60.170, 24.940), Place(60.175, 24.940), Place(60.175, 24.930)


def closure(*points: Place, **more: Any) -> Closure:
    """A closure over these points."""
    return Closure(id=ClosureId("c"), points=points, **more)


def held(each: Closure, begin: float, end: float) -> bool:
    """Whether it is in force between two hours of the day."""
    return in_force(each, MIDNIGHT + timedelta(hours=begin), MIDNIGHT + timedelta(hours=end), ZONE)


def test_it_concerns_the_kinds_and_weights_that_it_names() -> None:
    light, heavy = Grams(3_000_000), Grams(3_500_001)
    limit = closure(A, B, heavier_than=Grams(3_500_000), profiles=frozenset({Profile.VAN}))
    assert [concerns(limit, Profile.VAN, light), concerns(limit, Profile.VAN, heavy), concerns(limit, Profile.TRUCK, heavy)] == [False, True, False]
    assert concerns(closure(A, B), Profile.DRONE, light)


def test_without_hours_it_is_always_in_force_and_with_them_between() -> None:
    ten = MIDNIGHT + timedelta(hours=10)
    morning = closure(A, B, begins=ten, ends=ten + timedelta(hours=2))
    assert held(closure(A, B), 0, 1)
    assert [held(morning, 9, 10), held(morning, 9, 10.1), held(morning, 11.9, 13), held(morning, 12, 13), held(morning, 11, 11)] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_daily_hours_are_wall_times_and_may_pass_midnight() -> None:
    day = closure(A, B, daily=(hours(7), hours(16)))
    night = closure(A, B, daily=(hours(22), hours(5)))
    assert [held(day, 6, 7), held(day, 6, 8), held(day, 16, 20), held(day, 31, 32)] == [False, True, False, True]
    assert [held(night, 4, 4.5), held(night, 5, 22), held(night, 23, 24), held(night, 28, 29.5)] == [True, False, True, True]
    assert [(start - MIDNIGHT, end - MIDNIGHT) for start, end in spans(night, MIDNIGHT, MIDNIGHT + timedelta(days=1), ZONE)] == [
        (timedelta(), timedelta(hours=5)),
        (timedelta(hours=22), timedelta(days=1)),
    ]


def test_daily_hours_keep_to_the_clock_when_it_changes() -> None:
    """On 25 October the clocks of Helsinki go back: 07:00 is an hour later in UTC than the day before."""
    day = closure(A, B, daily=(hours(7), hours(8)))
    first = datetime(2026, 10, 24, tzinfo=UTC)
    assert [start.hour for start, _ in spans(day, first, first + timedelta(days=2), ZONE)] == [4, 5]


@pytest.mark.parametrize(
    ("line", "crosses"),
    [((Place(60.169, 24.935), Place(60.171, 24.935)), True), ((Place(60.171, 24.935), Place(60.172, 24.935)), False), ((A, B), False), ((), False)],
)
def test_a_line_is_met_where_it_is_crossed(line: tuple[Place, ...], crosses: bool) -> None:
    assert barrier(closure(A, B)).met_by(line) is crosses


def test_a_ring_is_met_by_what_enters_it_or_stays_inside() -> None:
    wall = barrier(closure(A, B, C, D, A))
    inside, outside = Place(60.172, 24.935), Place(60.180, 24.935)
    assert [wall.met_by((inside, inside)), wall.met_by((outside, inside)), wall.met_by((outside, outside))] == [True, True, False]


def test_a_closed_road_is_met_by_what_runs_along_it_and_not_by_what_crosses() -> None:
    road = barrier(closure(A, B, roads=((A, B), (C, D))))
    middle = Place(60.170, 24.935)
    assert road.met_by((A, middle))
    assert road.met_by((Place(60.175, 24.936), Place(60.175, 24.934)))
    assert not road.met_by((Place(60.169, 24.935), middle, Place(60.171, 24.935)))
