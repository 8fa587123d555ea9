"""A proposal on the table: what the bar says, the comparison and the plan as it is; and the sheet before a commit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.plan.commit_sheet import CommitSheet
from app.desktop.plan.two_lines import Said, TwoLines
from app.desktop.stage import Stage
from app.domain.plans import PlanState
from app.services.proposal_changes import Change
from tests.window import Make, fullest, press

KEYS = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def spoilt(make: Make, language: str = "en", *, commit: bool = False) -> Stage:
    """A planned day in which the fullest route has lost its middle to the pool; the plan before may have been committed."""
    made = make(language, orders=14, plan=True)
    if commit:
        committed(made)
    row = fullest(made)
    stops = made.view.stops[row.id]
    made.desk.selection.pick([order for stop in stops[1:4] for order in stop.orders])
    made.desk.edits.unassign()
    made.quiet()
    return made


def sheet_of(made: Stage) -> CommitSheet:
    """The commit sheet, opened by its key."""
    press(made, made.desk.window.orders.table, KEYS.Key_Return, CTRL | SHIFT)
    made.wait(lambda: any(isinstance(each, CommitSheet) for each in made.desk._dialogs), "the sheet")
    return next(each for each in made.desk._dialogs if isinstance(each, CommitSheet))


def committed(made: Stage) -> None:
    """Commits by the keyboard."""
    QTest.keyClick(sheet_of(made), KEYS.Key_Return, CTRL | SHIFT)
    made.wait(lambda: made.view.plan_state is PlanState.COMMITTED, "the commit")
    made.quiet()


def proposed(made: Stage) -> None:
    """Plans the day and waits until the changes are listed."""
    made.optimise(0.5)
    made.wait(lambda: made.desk.deciding.compared is not None, "the comparison")


def compared(made: Stage) -> None:
    """Unfolds the comparison by its key."""
    press(made, made.desk.window.orders.table, KEYS.Key_C)
    assert made.desk.window.proposal.changes.isVisible()


def test_the_bar_says_what_is_newly_planned_and_keeps_its_height(stage: Make) -> None:
    made = spoilt(stage)
    made.desk.proposer.seconds = 2
    made.desk.actions["optimise_day"].trigger()
    bar = made.desk.window.proposal
    made.wait(lambda: "Best so far" in bar.words(), "a first plan in the bar")
    running = bar.height()
    assert bar.best.isVisible()
    assert not bar.apply.isVisible()
    bar.best.click()
    made.wait(lambda: made.desk.deciding.compared is not None, "the comparison")
    assert "3 newly planned" in bar.words()
    assert "committed" not in bar.words(), "nothing was promised"
    assert bar.apply.isVisible()
    assert bar.compare.isVisible()
    assert not bar.best.isVisible()
    assert bar.height() == running


def test_the_comparison_lists_each_change_and_shows_it_on_the_map(stage: Make) -> None:
    made = spoilt(stage)
    pool = {row.order for row in made.view.pool}
    proposed(made)
    found = made.desk.deciding.compared
    assert found is not None
    compared(made)
    panel = made.desk.window.proposal.changes
    new = {line.order for line in found.stops if line.kind == Change.NEW}
    assert new <= pool
    assert len(new) == 3
    chip = next(each for each in panel.chips.buttons() if "Newly planned" in each.text())
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert panel.stop_model.rowCount() == 3
    panel.stops.selectRow(1)
    chosen = panel.stop_model.row_at(1)
    assert made.desk.selection.held.orders == {chosen.order}
    assert made.desk.selection.held.route == made.view.by_order[chosen.order].route
    drivers = {line.route.id: line for line in found.drivers}
    assert sum(line.change.came for line in drivers.values()) == 3 + sum(1 for line in found.stops if line.kind == Change.ROUTE)


def test_escape_closes_the_comparison_before_it_discards(stage: Make) -> None:
    made = spoilt(stage)
    proposed(made)
    compared(made)
    panel = made.desk.window.proposal.changes
    press(made, panel.stops, KEYS.Key_Escape)
    assert not panel.isVisible()
    assert made.desk.proposer.proposal is not None
    press(made, made.desk.window.orders.table, KEYS.Key_Escape)
    assert made.desk.proposer.proposal is None
    assert not made.desk.window.proposal.isVisible()


def test_the_plan_as_it_is_can_be_seen_while_the_proposal_lies_there(stage: Make) -> None:
    made = spoilt(stage)
    before = made.view.figures
    proposed(made)
    after = made.view.figures
    assert after.planned == before.planned + 3
    press(made, made.desk.window.orders.table, KEYS.Key_B)
    assert made.view.figures == before
    assert made.desk.proposer.proposal is not None
    press(made, made.desk.window.orders.table, KEYS.Key_B)
    assert made.view.figures == after
    press(made, made.desk.window.orders.table, KEYS.Key_B)
    press(made, made.desk.window.orders.table, KEYS.Key_Return, CTRL)
    made.wait(lambda: made.desk.proposer.proposal is None, "the plan")
    made.quiet()
    assert made.view.figures.planned == after.planned
    assert not made.desk.actions["as_is"].isChecked()


def test_the_models_are_sound(stage: Make, qtmodeltester: ModelTester) -> None:
    made = spoilt(stage)
    proposed(made)
    compared(made)
    panel = made.desk.window.proposal.changes
    qtmodeltester.check(panel.stop_model)
    qtmodeltester.check(panel.driver_model)


def words_of(sheet: CommitSheet) -> str:
    """All labels of a sheet."""
    return "\n".join(each.text() for each in sheet.findChildren(QLabel))


def test_the_first_sheet_says_that_everybody_gets_a_time(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    planned = made.view.figures.planned
    sheet = sheet_of(made)
    assert sheet.summary() == f"First version: {planned} customers get a time."
    assert "nothing is sent" in words_of(sheet)
    assert sheet.customer_model.rowCount() == planned
    assert {sheet.driver_model.row_at(at).route.id for at in range(sheet.driver_model.rowCount())} == {row.id for row in made.view.routes if row.stops}
    QTest.keyClick(sheet, KEYS.Key_Escape)
    made.quiet()
    assert made.view.committed == 0


def test_a_later_sheet_says_whom_it_concerns(stage: Make) -> None:
    made = spoilt(stage, commit=True)
    assert made.view.committed == 1
    sheet = sheet_of(made)
    assert "3 are not visited any more" in sheet.summary()
    assert "3 orders in no route" in words_of(sheet)
    assert sheet.customer_model.row_at(0).news.news == "withdrawn"
    assert sheet.sure.text() == "Commit version 2"
    sheet.reject()


def test_what_is_committed_already_is_not_committed_again(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    committed(made)
    sheet = sheet_of(made)
    assert "nothing has changed since" in sheet.summary()
    assert not sheet.sure.isEnabled()
    sheet.reject()


def test_a_proposal_that_moves_what_was_committed_says_so(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    committed(made)
    row = fullest(made)
    other = next(each for each in made.view.routes if each.id != row.id)
    for stop in made.view.stops[row.id][:2]:
        made.desk.selection.pick(stop.orders)
        made.desk.edits.lock()
        made.quiet()
    made.desk.selection.pick(made.view.stops[row.id][3].orders)
    made.desk.edits.move_to(other.id, 0)
    made.quiet()
    proposed(made)
    found = made.desk.deciding.compared
    assert found is not None
    assert found.found.rerouted_promises == found.found.count(Change.ROUTE) + found.found.count(Change.OUT)
    words = made.desk.window.proposal.words()
    assert ("of them committed" in words) == (found.found.rerouted_promises > 0)


@pytest.mark.parametrize("width", [180, 420, 900])
def test_two_lines_hold_every_statement_in_order_at_one_height(width: int, qtbot: QtBot) -> None:
    made = TwoLines()
    qtbot.addWidget(made)
    said = [Said("Saves 46 min, 12 km"), Said("2 late → 0", "late"), Said("14 stops change route"), Said("◆ 3 of them committed!", "risk")]
    made.show_said(said, [Said("cost")])
    made.resize(width, made.sizeHint().height())
    first, second = made.lines()
    assert (*first, *second) == (*said, Said("cost"))
    assert first, "the first line is never empty"
    assert (len(first) < len(said)) == (width < 500)
    assert made.accessibleName() == made.words()
