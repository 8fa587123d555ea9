"""One change of many orders: what it would make of each, and which it leaves alone."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.orders import OrderState
from app.services.bulk_edits import Change, How, outlook, shifted
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from tests.builders import DAY, a_window, an_order, orders

DEFAULTS = Defaults(day=DAY, zone="Europe/Helsinki", country="FI")


def test_each_order_has_its_line_and_those_that_are_so_already_stay() -> None:
    some = (an_order(1), an_order(2, windows=(a_window("09:00", "11:00"),)), an_order(3, state=OrderState.DELIVERED))
    made = outlook(some, [Change(field=Field.WINDOW, text="9-11")], DEFAULTS)
    assert [(line.number, line.before, line.after, line.error is not None) for line in made.lines] == [
        ("A-1", "", "09:00-11:00", False),
        ("A-3", "", "", True),
    ]
    assert ([edit.before.number for edit in made.edits], made.same, made.refused) == (["A-1"], 1, 1)


def test_several_fields_change_in_one_edit_and_clearing_empties() -> None:
    changes = [Change(field=Field.PRIORITY, text="urgent"), Change(field=Field.NOTES, how=How.CLEAR), Change(field=Field.SERVICE, text="7")]
    made = outlook(tuple(replace(each, notes="Ring") for each in orders(2)), changes, DEFAULTS)
    assert [(edit.after.priority, edit.after.notes, edit.after.service) for edit in made.edits] == [(9, "", 420_000)] * 2
    assert len(made.lines) == 6


def test_windows_move_by_minutes_but_not_out_of_their_day() -> None:
    some = (an_order(1, windows=(a_window("09:00", "11:00"), a_window("14:00", "16:00"))), an_order(2, windows=(a_window("20:00", "23:30"),)))
    made = outlook(some, [Change(field=Field.WINDOW, how=How.SHIFT, text="45")], DEFAULTS)
    assert [line.after for line in made.lines if line.error is None] == ["09:45-11:45; 14:45-16:45"]
    assert [line.error.key for line in made.lines if line.error is not None] == ["ordering.leaves_day"]
    assert outlook(some, [Change(field=Field.WINDOW, how=How.SHIFT, text="soon")], DEFAULTS).refused == 2


@given(st.integers(-540, 420))
def test_moving_there_and_back_is_no_change(minutes: int) -> None:
    windows = (a_window("09:00", "11:00"), a_window("14:00", "17:00"))
    assert shifted(shifted(windows, minutes), -minutes) == windows
