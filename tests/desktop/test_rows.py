"""The table model: sorting, filtering, and the smallest signals."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.widgets.rows import Column, RowModel
from app.desktop.widgets.table import RowTable


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    size: int | None


COLUMNS = (
    Column(id="name", title="Name", text=lambda row: row.name),
    Column(id="size", title="Size", text=lambda row: str(row.size), key=lambda row: row.size),
)
ROWS = (Row("a", "Pear", 3), Row("b", "Apple", None), Row("c", "Fig tree", 1))


def model(rows: tuple[Row, ...] = ROWS) -> RowModel:
    made = RowModel(COLUMNS, lambda row: row.id)
    made.set_rows(rows)
    return made


def shown(made: RowModel) -> list[object]:
    return [made.id_at(row) for row in range(made.rowCount())]


def test_qt_finds_nothing_wrong(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    made = model()
    qtmodeltester.check(made)
    made.sort(0)
    made.set_filter("p")
    made.set_rows(ROWS[:1])


def test_what_has_no_value_sorts_last_both_ways(qtbot: QtBot) -> None:
    made = model()
    made.sort(1, Qt.SortOrder.AscendingOrder)
    assert shown(made) == ["c", "a", "b"]
    made.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(made) == ["a", "c", "b"]


def test_every_word_must_be_somewhere_in_the_row(qtbot: QtBot) -> None:
    made = model()
    made.set_filter("tree FIG")
    assert shown(made) == ["c"]
    made.set_filter("p", lambda row: row.size is None)
    assert shown(made) == ["b"]
    assert made.total == 3


def test_changed_content_is_one_block(qtbot: QtBot) -> None:
    made = model()
    with qtbot.waitSignal(made.dataChanged) as told, qtbot.assertNotEmitted(made.modelReset):
        made.set_rows((Row("a", "Quince", 3), *ROWS[1:]))
    assert (told.args[0].row(), told.args[1].row()) == (0, 2)
    assert made.index(0, 0).data() == "Quince"


def test_the_selection_stays_with_its_rows(qtbot: QtBot) -> None:
    table = RowTable(model(), "Fruit")
    qtbot.addWidget(table)
    table.mark({"b"})
    table.rows.sort(1, Qt.SortOrder.AscendingOrder)
    assert table.ids() == {"b"}
    table.rows.set_rows(ROWS[1:])
    assert table.ids() == {"b"}


def test_a_choice_is_told_and_a_mark_is_not(qtbot: QtBot) -> None:
    table = RowTable(model(), "Fruit")
    qtbot.addWidget(table)
    with qtbot.assertNotEmitted(table.chosen):
        table.mark({"a"})
    table.show()
    with qtbot.waitSignal(table.chosen) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.rows.index(2, 0)).center())
    assert told.args == [frozenset({"c"})]


def editable() -> RowModel:
    size = Column(
        id="size",
        title="Size",
        text=lambda row: f"{row.size} cm",
        start=lambda row: str(row.size),
        edit=lambda _row, text: int(text) if text.isdecimal() else None,
        locked=lambda row: row.id == "c",
    )
    made = RowModel((COLUMNS[0], size), lambda row: row.id)
    made.set_rows(ROWS)
    return made


def test_what_is_typed_is_told_and_the_row_waits_for_new_rows(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    made = editable()
    qtmodeltester.check(made)
    with qtbot.waitSignal(made.edited) as told:
        assert made.setData(made.index(0, 1), "7")
    assert told.args == ["a", "size", "7"]
    assert made.index(0, 1).data() == "3 cm"
    assert made.index(0, 1).data(Qt.ItemDataRole.EditRole) == "3"


def test_what_is_not_understood_not_new_or_not_allowed_is_not_told(qtbot: QtBot) -> None:
    made = editable()
    with qtbot.assertNotEmitted(made.edited):
        assert not made.setData(made.index(0, 1), "big")
        assert not made.setData(made.index(0, 1), "3")
        assert not made.setData(made.index(2, 1), "4")
        assert not made.setData(made.index(0, 0), "Quince")
    editing = [bool(made.flags(made.index(row, column)) & Qt.ItemFlag.ItemIsEditable) for row, column in ((0, 1), (2, 1), (0, 0))]
    assert editing == [True, False, False]


def test_a_table_whose_cursor_is_low_takes_fewer_rows(qtbot: QtBot) -> None:
    made = model()
    table = RowTable(made, "Rows")
    qtbot.addWidget(table)
    table.setCurrentIndex(made.index(2, 0))
    made.set_rows((ROWS[1],))
    assert shown(made) == ["b"]
