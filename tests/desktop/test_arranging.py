"""Whatever rows, words and order: the index array shows what plain Python would."""

from dataclasses import dataclass
from functools import cmp_to_key

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.widgets.rows import Column, RowModel

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Parcel:
    id: int
    name: str
    route: int | None


COLUMNS = (
    Column(id="name", title="Name", text=lambda row: row.name),
    Column(id="route", title="Tour", text=lambda row: str(row.route or ""), key=lambda row: row.route, whole=True),
)
LETTERS = st.text(alphabet="aBc 1", max_size=5)
PARCELS = st.lists(st.builds(Parcel, id=st.just(0), name=LETTERS, route=st.none() | st.integers(1, 13)), max_size=25).map(
    lambda rows: tuple(Parcel(at, row.name, row.route) for at, row in enumerate(rows))
)
WORDS = st.lists(st.sampled_from(("a", "B", "1", "c1", "route:1", "tour:12", "name:a", "name:", "08:00")), max_size=3)


def found(row: Parcel, word: str) -> bool:
    """Whether a plain reading of a word finds a row."""
    name, colon, wanted = word.partition(":")
    if colon and name in {"route", "tour"}:
        return str(row.route or "").split() == [wanted]
    if colon and name == "name":
        return wanted.casefold() in row.name.casefold()
    return word.casefold() in f"{row.name}\n{row.route or ''}".casefold()


def expected(rows: tuple[Parcel, ...], words: list[str], by: str, descending: bool) -> list[int]:
    """Filtered and sorted the slow way: rows without a value last, equal ones as they came."""

    def compare(one: Parcel, two: Parcel) -> int:
        a, b = getattr(one, by), getattr(two, by)
        if a is None or b is None:
            return (a is None) - (b is None)
        return (int(a > b) - int(a < b)) * (-1 if descending else 1)

    return [row.id for row in sorted((row for row in rows if all(found(row, word) for word in words)), key=cmp_to_key(compare))]


@given(rows=PARCELS, words=WORDS, column=st.integers(0, 1), descending=st.booleans(), odd=st.booleans())
def test_it_shows_what_plain_python_would(rows: tuple[Parcel, ...], words: list[str], column: int, descending: bool, odd: bool) -> None:
    model = RowModel(COLUMNS, lambda row: row.id)
    model.set_rows(rows)
    model.set_filter(" ".join(words), (lambda row: row.id % 2 == 1) if odd else None)
    model.sort(column, DESCENDING if descending else ASCENDING)
    kept = tuple(row for row in rows if not odd or row.id % 2 == 1)
    wanted = expected(kept, words, COLUMNS[column].id, descending)
    assert [row.id for row in model.shown()] == wanted
    assert [model.place_of(each) for each in wanted] == list(range(len(wanted)))
    model.set_rows(tuple(reversed(rows)))
    assert [row.id for row in model.shown()] == expected(tuple(reversed(kept)), words, COLUMNS[column].id, descending)


def test_qt_finds_nothing_wrong_while_it_is_filtered_sorted_and_filled(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = RowModel(COLUMNS, lambda row: row.id)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    rows = tuple(Parcel(at, "abc"[at % 3], at % 4 or None) for at in range(30))
    model.set_rows(rows)
    model.sort(1, DESCENDING)
    model.set_filter("a route:3")
    assert model.rowCount() == sum(1 for row in rows if row.name == "a" and row.route == 3)
    model.set_rows(rows[:10])
    model.set_filter("")
    assert model.rowCount() == 10


def test_a_column_written_anew_tells_of_itself_alone(qtbot: QtBot) -> None:
    hour = ["8"]
    model = RowModel((COLUMNS[0], Column(id="left", title="Left", text=lambda _row: hour[0])), lambda row: row.id)
    model.set_rows((Parcel(0, "a", None), Parcel(1, "b", None)))
    assert model.index(1, 1).data() == "8"
    hour[0] = "7"
    with qtbot.waitSignal(model.dataChanged) as told:
        model.renew("left")
    assert (told.args[0].column(), told.args[1].column(), told.args[1].row()) == (1, 1, 1)
    assert model.index(1, 1).data() == "7"
