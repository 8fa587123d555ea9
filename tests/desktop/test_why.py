"""Why an order is in no route, what would help it, and that one press does it: in the real window, with the keys a person presses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from app.desktop.stage import Stage
from app.desktop.why.panel import WhyDialog
from app.desktop.why.scenes import too_early
from app.domain.geo import Place
from app.services.commands import SetPlace
from app.services.queries import Standing
from tests.window import Make


def asked(opened: Stage) -> WhyDialog:
    """Presses the key of why in the order table, and waits for the answer."""
    table = opened.desk.window.orders.table
    opened.desk.window.show_tab("orders")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyRelease(table, Qt.Key.Key_Shift)
    opened.wait(lambda: opened.desk.why.dialog is not None and opened.desk.why.dialog.answer is not None, "the answer")
    dialog = opened.desk.why.dialog
    assert dialog is not None
    return dialog


def test_an_order_that_no_shift_is_early_enough_for_gets_a_route_by_one_digit(stage: Make, qtmodeltester: ModelTester) -> None:
    opened = stage(orders=12, plan=True)
    desk, order = opened.desk, next(row.order for row in opened.view.board if row.route_number)
    desk.selection.pick([order])
    desk.edits.unassign()
    opened.quiet()
    too_early(opened, order)
    assert opened.view.by_order[order].standing is Standing.POOL
    desk.selection.pick([order])
    dialog = asked(opened)
    offers = [line.act.accessibleName() for line in dialog.remedies.lines]
    assert offers[0].startswith("1. Window 05:30–"), offers
    assert any("starts at" in each for each in offers), offers
    qtmodeltester.check(dialog.model)
    assert len(dialog.answer.everywhere) == len(opened.view.routes)  # type: ignore[union-attr]  # it was waited for
    assert all("too late" in dialog.model.index(at, 4).data() or "lacks" in dialog.model.index(at, 4).data() for at in range(dialog.model.rowCount()))
    QTest.keyClick(dialog, Qt.Key.Key_1)
    opened.wait(lambda: opened.view.by_order[order].route_number, "the order in a route")
    opened.wait(lambda: desk.why.dialog is None, "the window to close")
    row = opened.view.by_order[order]
    assert not row.violations
    assert not row.late
    desk.actions["undo"].trigger()
    opened.wait(lambda: opened.view.by_order[order].standing is Standing.POOL, "the order back in the pool")
    assert opened.view.by_order[order].windows == ((19_800_000, 22_500_000),)


def test_a_stop_says_why_it_stands_here_and_what_it_would_cost_elsewhere(stage: Make) -> None:
    opened = stage("zh_TW", orders=12, plan=True)
    row = next(row for row in opened.view.board if row.route_number)
    opened.desk.selection.pick([row.order])
    dialog = asked(opened)
    assert dialog.model.index(0, 4).data() == "● 目前在這裡"
    assert dialog.model.index(0, 0).data() == row.vehicle
    assert "€" in dialog.costs.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    opened.wait(lambda: opened.desk.why.dialog is None, "the window to close")


def test_an_order_that_no_road_reaches_is_met_at_the_nearest_street(stage: Make) -> None:
    opened = stage(orders=12, plan=True)
    desk, row = opened.desk, next(row for row in opened.view.board if row.route_number)
    desk.selection.pick([row.order])
    desk.edits.unassign()
    desk.bridge.do(SetPlace(order=row.order, place=Place(60.1605, 24.938), number=row.number))
    opened.wait(lambda: any(each.key.startswith("planning.no_road") for each in opened.view.by_order[row.order].reasons), "no road")
    opened.quiet()
    desk.selection.pick([row.order])
    dialog = asked(opened)
    assert dialog.note.text().startswith("No road reaches it")
    opened.wait(lambda: not dialog.looking, "the nearest street")
    (line,) = dialog.remedies.lines
    assert line.act.accessibleName().startswith("1. Meet at the nearest street")
    QTest.mouseClick(line.act, Qt.MouseButton.LeftButton)
    opened.wait(lambda: opened.view.by_order[row.order].route_number, "the order in a route")
    place = opened.view.by_order[row.order].place
    assert place is not None
    assert place.lat > 60.163
