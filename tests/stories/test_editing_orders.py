"""Orders changed in the real window: in a cell of the table, and many at once with a preview."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.orders.editing.bulk_dialog import BulkDialog
from app.desktop.orders.editing.cells import CellLine
from app.desktop.stage import Stage
from app.services.bulk_edits import How
from app.services.queries import BoardRow
from tests.window import NONE, Make, undo_text

CTRL = Qt.KeyboardModifier.ControlModifier


def cell(made: Stage, row: BoardRow, column: str) -> CellLine:
    """The editor that F2 opens on a cell."""
    table = made.desk.window.orders.table
    made.desk.window.show()
    made.desk.window.activateWindow()
    made.desk.actions["orders"].trigger()
    made.desk.selection.pick([row.order])
    place = table.rows.place_of(row.order)
    assert place is not None
    table.setCurrentIndex(table.rows.index(place, table.rows.column_of(column)))
    made.desk.actions["edit_cell"].trigger()
    line = made.desk.ordering.cells.line
    assert line is not None
    return line


def typed(line: CellLine, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(line, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, key, NONE)


def test_a_window_is_changed_in_its_cell_and_the_planned_order_keeps_its_place(stage: Make) -> None:
    made = stage(orders=10, plan=True)
    row = next(each for each in made.view.board if each.route is not None and each.arrival is not None)
    typed(cell(made, row, "windows"), "5:00-5:10")
    made.wait(lambda: made.view.by_order[row.order].windows != row.windows, "the change")
    made.ready()
    now = made.view.by_order[row.order]
    assert (now.route, now.position) == (row.route, row.position)
    assert now.late, "the mark appears; nothing is refused"
    assert undo_text(made) == f"Undo: Change window of {row.number}"
    made.desk.actions["undo"].trigger()
    made.ready()
    assert made.view.by_order[row.order].windows == row.windows


def test_what_cannot_be_stays_red_with_its_sentence_and_escape_leaves_it(stage: Make) -> None:
    made = stage(orders=3)
    row = made.view.board[0]
    line = cell(made, row, "weight")
    typed(line, "heavy")
    made.wait(lambda: line.property("wrong"), "the complaint")
    sentence = made.desk.ordering.cells.sentence
    assert sentence is not None
    assert sentence.isVisible()
    assert "heavy" in sentence.text()
    assert line.text() == "heavy"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert made.desk.ordering.cells.line is None
    made.quiet()
    assert made.view.by_order[row.order].weight == row.weight


def test_another_address_is_found_in_the_same_step(stage: Make) -> None:
    made = stage(orders=3)
    row = made.view.board[0]
    typed(cell(made, row, "address"), "Annankatu 12, Helsinki")
    made.wait(lambda: made.view.by_order[row.order].address != row.address, "the change")
    made.ready()
    now = made.view.by_order[row.order]
    assert (now.standing.value, now.place != row.place) == ("pool", True)
    made.desk.actions["undo"].trigger()
    made.ready()
    assert made.view.by_order[row.order].place == row.place


def test_tab_goes_on_to_the_next_cell_of_the_order(stage: Make) -> None:
    made = stage(orders=3)
    row = made.view.board[0]
    typed(cell(made, row, "customer"), "Somebody Else", Qt.Key.Key_Tab)
    made.wait(lambda: made.view.by_order[row.order].customer == "Somebody Else", "the change")
    made.quiet()
    assert made.view.by_order[row.order].customer == "Somebody Else"


def opened(made: Stage, orders: list[BoardRow]) -> BulkDialog:
    made.desk.window.show()
    made.desk.selection.pick([row.order for row in orders])
    made.desk.actions["change_orders"].trigger()
    dialog = made.desk.ordering.bulk
    assert dialog is not None
    return dialog


def test_many_orders_are_changed_as_one_step_after_a_preview(stage: Make) -> None:
    made = stage(orders=10, plan=True)
    rows = [row for row in made.view.board if row.route is not None][:5]
    dialog = opened(made, rows)
    value = dialog.rows[0].value
    QTest.keyClicks(value, "05:00-05:05")
    made.wait(lambda: dialog.settled and dialog.outlook.edits and dialog._effect.text(), "the preview")
    assert [dialog.model.row_at(at).after for at in range(dialog.model.rowCount())] == ["05:00-05:05"] * 5
    assert made.view.figures.late < 5
    assert dialog._effect.text() == f"Late stops: {made.view.figures.late} now, {made.view.figures.late + 5} after"
    assert dialog.confirm.text() == "Change 5 orders"
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    made.wait(lambda: made.desk.ordering.bulk is None, "the change")
    made.wait(lambda: made.view.by_order[rows[0].order].windows != rows[0].windows, "the change")
    made.ready()
    assert undo_text(made) == "Undo: Change window of 5 orders"
    assert made.view.figures.late == 5
    made.desk.actions["undo"].trigger()
    made.ready()
    assert [made.view.by_order[row.order].windows for row in rows] == [row.windows for row in rows]


def test_a_second_field_can_be_cleared_in_the_same_step(stage: Make) -> None:
    made = stage(orders=3)
    dialog = opened(made, list(made.view.board))
    QTest.keyClicks(dialog.rows[0].value, "nonsense")
    made.wait(lambda: dialog.settled and dialog.outlook.refused == 3, "the complaint")
    assert not dialog.confirm.isEnabled()
    assert dialog.model.row_at(0).error is not None
    dialog.rows[0].how.setCurrentIndex(dialog.rows[0].how.findData(How.CLEAR))
    dialog.add_field()
    row = dialog.rows[1]
    row.field.setCurrentIndex(row.field.findText("Priority"))
    QTest.keyClicks(row.value, "7")
    made.wait(lambda: dialog.settled and len(dialog.outlook.edits) == 3, "the preview")
    dialog.confirm.click()
    made.wait(lambda: all(row.priority == 7 and not row.windows for row in made.view.board), "the change")
    assert undo_text(made) == "Undo: Change several fields of 3 orders"
