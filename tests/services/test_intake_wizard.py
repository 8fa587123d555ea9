"""What the import wizard asks of the services: mended cells, remembered columns, the cell that a complaint is about, known orders taken anew."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.orders import Order
from app.files.column_memory import FileColumnMemory
from app.services.intake import Again, Preview, RowState, amended, read, reread
from app.services.intake_groups import Group, grouped
from app.services.intake_mapping import guess, propose
from app.services.intake_marks import WHOLE_ROW, MarkKind, marks_of
from app.services.intake_memory import fingerprint, recalled, remember, with_fields, with_header, without_header
from app.services.intake_names import Field
from app.services.ports.files import Table
from tests.services.test_intake import USUAL, AtHand, a_table

HEAD = "Order | Name | Address | Weight (kg) | Window"
GOOD = "A-1 | Ann | Mannerheimintie 1, Helsinki | 2 | 08:00-10:00"


def checked(table: Table, book: Iterable[Order] = (), again: Again = Again.UPDATE) -> Preview:
    """The preview of a table."""
    return read(table, known=AtHand(book), defaults=USUAL, again=again)


def mended(table: Table, preview: Preview, row: int, cells: tuple[str, ...]) -> tuple[Table, Preview]:
    """The table and its preview after a person put other cells in a row."""
    now = amended(table, {row: cells})
    return now, reread(preview, now, {row}, known=AtHand(), defaults=USUAL)


def states(preview: Preview) -> dict[int, RowState]:
    """The state of each row."""
    return {row.row: row.state for row in preview.rows}


def test_a_mended_cell_makes_its_row_an_order() -> None:
    table = a_table(HEAD, GOOD, "A-2 | Bo | Annankatu 2, Helsinki | heavy | ")
    before = checked(table)
    assert states(before) == {2: RowState.NEW, 3: RowState.ERROR}
    _, after = mended(table, before, 3, ("A-2", "Bo", "Annankatu 2, Helsinki", "7.5"))
    assert states(after) == {2: RowState.NEW, 3: RowState.NEW}
    assert after.rows[1].order is not None
    assert after.rows[1].order.load.weight == 7_500
    assert after.rows[0] is before.rows[0], "a row that has nothing to do with it is not read again"


def test_a_number_mended_frees_the_row_that_repeated_it() -> None:
    table = a_table(HEAD, GOOD, "A-1 | Bo | Annankatu 2, Helsinki | 1 |", "A-3 | Cy | Annankatu 3, Helsinki | 1 |")
    before = checked(table)
    assert states(before) == {2: RowState.NEW, 3: RowState.DUPLICATE, 4: RowState.NEW}
    table, after = mended(table, before, 2, ("A-9", "Ann", "Mannerheimintie 1, Helsinki"))
    assert states(after) == {2: RowState.NEW, 3: RowState.NEW, 4: RowState.NEW}
    _, again = mended(table, after, 4, ("A-1", "Cy", "Annankatu 3, Helsinki"))
    assert states(again)[4] is RowState.DUPLICATE, "the number now belongs to row 3"


CELL = st.sampled_from(["A-1", "A-2", "A-3", "", "heavy", "5", "Annankatu 2, Helsinki", "9-8", "09:00-12:00"])
ROW = st.tuples(CELL, CELL, CELL, CELL, CELL)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6), st.lists(st.tuples(st.integers(2, 7), ROW), min_size=1, max_size=4))
def test_rows_mended_one_by_one_are_what_the_whole_file_would_say(rows: list[tuple[str, ...]], edits: list[tuple[int, tuple[str, ...]]]) -> None:
    table = a_table(HEAD, GOOD, *(" | ".join(row) for row in rows))
    mapping = guess(table)
    preview = read(table, known=AtHand(), defaults=USUAL, mapping=mapping)
    for row, cells in edits:
        if row in states(preview):
            table, preview = mended(table, preview, row, cells)
    whole = read(table, known=AtHand(), defaults=USUAL, mapping=mapping)
    assert states(preview) == states(whole)


def test_a_row_that_a_quote_broke_can_be_written_anew() -> None:
    from app.files.csv_in import read_csv

    table = read_csv('order,name,address\nA-1,Ann,Annankatu 1\nA-2,"Bo"x,Annankatu 2\nA-3,Cy,Annankatu 3\n', "orders.csv")
    before = checked(table)
    assert states(before)[3] is RowState.ERROR
    _, after = mended(table, before, 3, ("A-2", "Bo", "Annankatu 2"))
    assert set(states(after).values()) == {RowState.NEW}


def test_complaints_know_their_cell() -> None:
    table = a_table(HEAD.replace("Window", "Window 1 | Window 2"), "A-1 | Ann | Annankatu 1, Helsinki | heavy | 08:00-10:00 | 9-8")
    preview = checked(table)
    found = {(mark.column, mark.kind) for mark in marks_of(preview.rows[0], preview.mapping)}
    assert found == {(3, MarkKind.ERROR), (5, MarkKind.ERROR)}, "the second window, not the first"
    wide = checked(a_table(HEAD, GOOD + " | more | more"))
    assert [mark.column for mark in marks_of(wide.rows[0], wide.mapping)] == [WHOLE_ROW]


def test_a_changed_field_is_marked_in_its_cell() -> None:
    first = checked(a_table(HEAD, GOOD)).orders
    preview = checked(a_table(HEAD, GOOD.replace("| 2 |", "| 9 |")), book=[replace(each, version=1) for each in first])
    (mark,) = marks_of(preview.rows[0], preview.mapping)
    assert (mark.column, mark.kind) == (3, MarkKind.CHANGE)
    assert mark.difference is not None
    assert (mark.difference.before, mark.difference.after) == ("2", "9")


def test_known_orders_are_updated_skipped_or_taken_anew() -> None:
    book = [replace(each, version=1) for each in checked(a_table(HEAD, GOOD, "A-2 | Bo | Annankatu 2, Helsinki | 1 |")).orders]
    table = a_table(HEAD, GOOD.replace("| 2 |", "| 9 |"), "A-2 | Bo | Annankatu 2, Helsinki | 1 |", "A-3 | Cy | Annankatu 3, Helsinki | 1 |")
    preview = checked(table, book)
    assert [order.number for order in preview.command().orders] == ["A-1", "A-3"]
    assert [order.number for order in preview.command(again=Again.SKIP).orders] == ["A-3"]
    anew = checked(table, book, Again.NEW)
    assert [(order.number, order.version) for order in anew.command(again=Again.NEW).orders] == [("A-1-2", 0), ("A-3", 0)]
    assert states(anew)[3] is RowState.DUPLICATE, "what the book has as it is, is not doubled"
    taken = [*book, replace(book[0], number="A-1-2")]
    assert [order.number for order in checked(table, taken, Again.NEW).orders] == ["A-1-3", "A-3"]


def test_groups_count_what_would_be_written() -> None:
    preview = checked(a_table(HEAD, GOOD, "A-2 | Bo | Annankatu 2, Helsinki | heavy |", "A-3 | Cy | Annankatu 3, Helsinki | 1 |"))
    groups = grouped(preview, {4})
    assert {group: groups.places[group] for group in (Group.NEW, Group.ERROR, Group.DOUBT, Group.PROBLEM)} == {
        Group.NEW: (0, 2),
        Group.ERROR: (1,),
        Group.DOUBT: (2,),
        Group.PROBLEM: (1, 2),
    }
    assert groups.taken(Again.UPDATE, overwrite=False) == len(preview.command().orders) == 2


def test_columns_are_remembered_by_their_headers(tmp_path: Path) -> None:
    memory = FileColumnMemory(tmp_path / "columns.json")
    table = a_table("Order | Name | Wohin | Was", "A-1 | Ann | somewhere | thing")
    proposed = propose(table)
    assert not proposed.places
    assert recalled(proposed, table, memory) is None
    remember(with_fields(proposed, {0: Field.NUMBER, 2: Field.ADDRESS}), memory)
    later = a_table("ORDER | name | Wohin | was", "B-1 | Bo | elsewhere | thing")
    same = recalled(propose(later), later, FileColumnMemory(tmp_path / "columns.json"))
    assert same is not None
    assert {each.column: each.field for each in same.columns} == {0: Field.NUMBER, 2: Field.ADDRESS}
    other = a_table("Order | Wohin | Name | Was", "A-1 | somewhere | Ann | thing")
    assert fingerprint(propose(other)) != fingerprint(proposed)
    assert recalled(propose(other), other, memory) is None


def test_headers_that_nobody_knows_are_remembered_once_a_person_said_what_they_are(tmp_path: Path) -> None:
    memory = FileColumnMemory(tmp_path / "columns.json")
    table = a_table("Wer | Wohin | Was", "Ann | Annankatu 1, Helsinki | thing", "Bo | Annankatu 2, Helsinki | thing")
    proposed = propose(table)
    assert proposed.header_row == 0, "the first row is taken for an order"
    said = with_fields(with_header(proposed, table), {1: Field.ADDRESS})
    assert [row.row for row in read(table, known=AtHand(), defaults=USUAL, mapping=said).rows] == [2, 3]
    remember(said, memory)
    assert recalled(propose(table), table, memory) == said
    assert without_header(said).header_row == 0
    assert [row.row for row in read(table, known=AtHand(), defaults=USUAL, mapping=without_header(said)).rows] == [1, 2, 3]


def test_a_unit_in_the_header_lasts_when_the_column_is_set_by_hand() -> None:
    proposed = propose(a_table("Order | Address | Weight (lb)", "A-1 | Annankatu 1, Helsinki | 10"))
    again = with_fields(proposed, {0: Field.NUMBER, 1: Field.ADDRESS, 2: Field.WEIGHT})
    assert again.of(Field.WEIGHT)[0].unit == "lb"


def test_a_spoilt_memory_is_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "columns.json"
    for text in ("", "[1]", '{"x": {"0": "nonsense"}}', '{"x": {"first": "order"}}', '{"x": 3}'):
        file.write_text(text, "utf-8")
        assert FileColumnMemory(file).recall("x") is None
    FileColumnMemory(file).keep("x", {1: Field.CITY})
    assert FileColumnMemory(file).recall("x") == {1: Field.CITY}
