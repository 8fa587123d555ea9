"""Story 1 and 2 of the dispatcher, by keyboard alone: rows from the clipboard, found on the map, planned, applied, moved, undone, redone, committed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.desktop.plan.commit_sheet import CommitSheet
from app.domain.plans import PlanState
from tests.window import Make, bring, press, rows_of

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
KEYS = Qt.Key
CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def test_from_rows_to_a_committed_plan_by_keyboard(stage: Make) -> None:
    made = stage("en")
    desk, window = made.desk, made.desk.window
    orders, stops = window.orders.table, window.stops.table
    window.activateWindow()

    QApplication.clipboard().setText(rows_of(25))
    press(made, orders, KEYS.Key_V, CTRL | SHIFT)
    dialog = desk.importing.dialog
    assert dialog is not None, "Ctrl+Shift+V opens the import"
    made.wait(lambda: dialog.settled, "the preview")
    QTest.keyClick(dialog, KEYS.Key_Return)
    QTest.keyClick(dialog, KEYS.Key_Return)
    made.wait(lambda: made.view.board and all(row.state.value != "draft" for row in made.view.board), "finding addresses")
    made.ready()
    imported = made.view.figures.orders
    assert imported >= 20
    assert made.view.figures.planned == 0

    desk.proposer.seconds = 2
    press(made, orders, KEYS.Key_O, CTRL | SHIFT)
    made.wait(lambda: desk.proposer.proposal is not None, "the proposal")
    assert window.proposal.isVisible()
    assert made.view.plan is None, "nothing is written before it is applied"
    press(made, orders, KEYS.Key_Return, CTRL)
    made.wait(lambda: desk.proposer.proposal is None and made.view.plan is not None, "the plan")
    made.ready()
    planned = made.view.figures.planned
    assert planned >= 20
    assert not window.proposal.isVisible()

    used = [row for row in made.view.routes if row.stops]
    start = max(used, key=lambda row: row.stops)
    other = next(row for row in made.view.routes if row.id != start.id and row.number <= 9)
    desk.selection.show_route(start.id)
    press(made, orders, KEYS.Key_G)
    QTest.keyClick(orders, KEYS.Key_S)
    stops.selectRow(0)
    moved = made.view.stops[start.id][0]
    press(made, stops, KEYS(ord(str(other.number))))
    assert made.view.by_stop[moved.id].route == other.id, "the preview shows it at once"
    made.quiet()
    assert made.view.by_stop[moved.id].route == other.id
    assert made.view.figures.planned == planned
    assert "Undo:" in desk.actions["undo"].text()

    press(made, stops, KEYS.Key_Z, CTRL)
    made.wait(lambda: made.view.by_stop[moved.id].route == start.id, "the undo")
    press(made, stops, KEYS.Key_Y, CTRL)
    made.wait(lambda: made.view.by_stop[moved.id].route == other.id, "the redo")
    made.quiet()

    press(made, orders, KEYS.Key_Return, CTRL | SHIFT)
    made.wait(lambda: any(each.isVisible() for each in window.findChildren(CommitSheet)), "the sheet")
    sheet = next(each for each in window.findChildren(CommitSheet) if each.isVisible())
    QTest.keyClick(sheet, KEYS.Key_Return, CTRL | SHIFT)
    made.wait(lambda: made.view.plan_state is PlanState.COMMITTED, "the commit")
    assert made.view.committed == 1
    made.quiet()
    assert {row.state.value for row in made.view.board if row.route_number} == {"planned"}
    assert made.troubles == []


def test_one_undo_takes_a_whole_import_back(stage: Make) -> None:
    made = stage("en")
    bring(made, 6)
    made.desk.actions["undo"].trigger()
    made.wait(lambda: not made.view.board, "the undo")
    made.quiet()


def test_the_selection_is_one_everywhere(stage: Make) -> None:
    made = stage("en")
    bring(made, 12)
    window, wanted = made.desk.window, made.view.pool[1].order
    window.pool.setCurrentIndex(window.pool.pool.index(1))
    assert made.desk.selection.held.orders == {wanted}
    assert window.orders.table.ids() == {wanted}
    numbers = [label.text() for label in window.details.findChildren(QLabel)]
    assert any(made.view.by_order[wanted].number in text for text in numbers)
