"""Columns fill the width of their table."""

from hypothesis import given
from hypothesis import strategies as st

from app.desktop.widgets.fitting import Wish, fitted

ADDRESS = Wish(id="address", width=160, least=100, stretch=2)
NAME = Wish(id="name", width=120, least=80, stretch=1)
NUMBER = Wish(id="number", width=60, least=60)
WEIGHT = Wish(id="weight", width=70, least=70, gives=1)
WHY = Wish(id="why", width=200, least=150, gives=2)
LINE = (NUMBER, NAME, WHY, ADDRESS, WEIGHT)


def test_what_is_left_over_goes_to_those_that_stretch() -> None:
    assert fitted((NUMBER, NAME, ADDRESS), 640) == {"number": 60, "name": 220, "address": 360}


def test_where_it_is_narrow_the_least_wanted_leave_and_the_others_shrink() -> None:
    assert list(fitted(LINE, 700)) == ["number", "name", "why", "address", "weight"]
    assert list(fitted(LINE, 430)) == ["number", "name", "address", "weight"]
    assert fitted(LINE, 400) == {"number": 60, "name": 140, "address": 200}
    assert fitted(LINE, 290) == {"number": 60, "name": 100, "address": 130}


def test_what_must_be_there_stays_however_narrow_it_is() -> None:
    assert fitted(LINE, 100) == {"number": 60, "name": 80, "address": 100}


@given(room=st.integers(240, 3_000))
def test_no_pixel_is_left_over_and_none_is_missing(room: int) -> None:
    widths = fitted(LINE, room)
    assert sum(widths.values()) == room
    assert all(widths[wish.id] >= wish.least for wish in LINE if wish.id in widths)
