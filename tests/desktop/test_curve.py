"""The stability curve in the window: found with progress, walked by keys and pointer, taken as the proposal, and outdated by an edit."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.curve.chart import CurveChart
from app.desktop.curve.lines import columns, curve_lines
from app.desktop.curve.scale import nearest, round_marks, scale_of
from app.desktop.curve.sheet import CurveSheet
from app.desktop.format import Formats
from app.desktop.stage import Stage
from app.desktop.widgets.rows import RowModel
from app.domain.ids import PlanId
from app.domain.units import Cost
from app.services.curve import LIMITS, Curve, Limit, Point
from app.services.planning_values import Totals
from app.services.problem import Solution
from tests.window import Make, fullest, press

KEYS = Qt.Key
SOLUTION = Solution(routes=())


def a_point(at_most: Limit, moved: int, euros: int, *, late: int = 0, out: int = 0) -> Point:
    money = Cost(euros * 100 * 1_000_000)
    return Point(at_most=at_most, moved=moved, totals=Totals(travel_cost=money, late=late, unplanned=out), to_tell=0, solution=SOLUTION)


def a_curve(count: int = 7) -> Curve:
    costs = (900, 700, 520, 500, 490, 480, 470)
    points = (a_point(limit, 80 if limit is None else limit, euros) for limit, euros in zip(LIMITS, costs, strict=True))
    return Curve(plan=PlanId("pln_1"), based_on=1, before=Totals(), points=tuple(points)[:count])


def test_marks_are_round_and_points_lie_in_order() -> None:
    assert round_marks(473, 921, 5) == (500, 600, 700, 800, 900)
    assert round_marks(5, 5, 4) == ()
    points = a_curve().points
    scale = scale_of(points, 600, 200)
    assert [scale.x(point.moved) for point in points] == sorted(scale.x(point.moved) for point in points)
    assert (scale.x(0), scale.x(80)) == (0, 600)
    assert all(0 < scale.y(point.money) < 200 for point in points)
    assert nearest(scale, points, 599) == 6
    alone = scale_of(points[:1], 600, 200)
    assert 0 < alone.y(points[0].money) < 200


def test_the_table_says_what_is_known_and_what_is_still_sought(qtmodeltester: ModelTester) -> None:
    model = RowModel(columns(Formats(), "EUR"), lambda row: row.number)
    model.set_rows(curve_lines(a_curve(3)))
    qtmodeltester.check(model)
    texts = [[model.index(row, column).data() for column in range(4)] for row in range(7)]
    assert texts[2] == ["2 stops", "2", "€520.00", "€380.00"]
    assert texts[3] == ["3 stops", "…", "…", "…"]
    model.set_rows(curve_lines(a_curve()))
    knees = [row for row in range(7) if "Knee" in model.index(row, 0).data()]
    assert knees == [2]


@pytest.fixture
def sheet(qtbot: QtBot) -> CurveSheet:
    from app.desktop.theme import LIGHT

    made = CurveSheet("Mon 23 Nov", Formats(), "EUR", LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_knee_is_chosen_and_arrows_walk_in_the_picture(sheet: CurveSheet) -> None:
    sheet.show_curve(a_curve(3))
    assert sheet.point is not None
    assert sheet.point.at_most == 0
    sheet.show_curve(a_curve())
    assert sheet.point.at_most == 2
    chart: CurveChart = sheet.chart
    QTest.keyClick(chart, KEYS.Key_Right)
    assert sheet.point.at_most == 3
    QTest.keyClick(chart, KEYS.Key_End)
    assert sheet.point.at_most is None
    spot = chart.place_of(a_curve().points[1])
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x()), round(spot.y())))
    assert sheet.point.at_most == 1
    assert "Moving 2 stops" in sheet.words.text() or "moving 2 stops" in sheet.words.text()
    assert "2 moved" in chart.accessibleDescription()


def test_what_the_person_chose_stays_while_points_come_in(sheet: CurveSheet) -> None:
    sheet.show_curve(a_curve(5))
    sheet.table.setFocus()
    QTest.keyClick(sheet.table, KEYS.Key_Down)
    QTest.keyClick(sheet.table, KEYS.Key_Down)
    QTest.keyClick(sheet.table, KEYS.Key_Down)
    sheet.show_curve(a_curve())
    assert sheet.point is not None
    assert sheet.point.at_most == 3
    sheet.show_outdated()
    assert not sheet.take.isEnabled()
    assert "changed since" in sheet.words.text()


def muddled(made: Stage) -> None:
    """Hands the middle of the fullest route to another one, at its beginning."""
    route = fullest(made)
    other = next(row for row in made.view.routes if row.id != route.id)
    stops = made.view.stops[route.id]
    made.desk.selection.pick([stop.orders[0] for stop in stops[1:4]])
    made.desk.edits.move_to(other.id, 0)
    made.quiet()


def test_a_point_of_the_curve_becomes_the_proposal_and_an_edit_outdates_the_rest(stage: Make) -> None:
    made = stage(orders=30, plan=True)
    muddled(made)
    desk = made.desk
    desk.curving.seconds = 4.0
    press(made, desk.window.orders.table, KEYS.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    sheet = desk.curving.sheet
    assert sheet is not None
    made.wait(lambda: desk.curving.curve is not None and desk.curving.curve.complete, "the curve")
    made.quiet()
    curve = desk.curving.curve
    assert curve is not None
    assert [point.moved for point in curve.points] == sorted(point.moved for point in curve.points)
    assert curve.points[-1].worth[:2] < curve.points[0].worth[:2], "a muddled plan gains by moving"
    assert sheet.bar.isHidden()
    sheet.chart.setFocus()
    QTest.keyClick(sheet.chart, KEYS.Key_End)
    chosen = sheet.point
    assert chosen is not None
    sheet.take.click()
    made.wait(lambda: desk.proposer.proposal is not None, "the proposal")
    proposal = desk.proposer.proposal
    assert proposal is not None
    assert proposal.after.cost == chosen.totals.cost
    assert sum(1 for move in proposal.moves if move.from_route is not None) == chosen.moved
    desk.actions["curve"].trigger()
    again = desk.curving.sheet
    assert again is not None
    assert desk.curving.curve is curve, "the plan is the same: nothing is computed anew"
    again.reject()
    made.apply()
    assert desk.curving.curve is None
    assert made.view.figures.violations == chosen.totals.violations


def test_who_closes_the_sheet_ends_the_searches(stage: Make) -> None:
    made = stage(orders=12, plan=True)
    desk = made.desk
    desk.curving.seconds = 600.0
    desk.actions["curve"].trigger()
    sheet = desk.curving.sheet
    assert sheet is not None
    made.wait(lambda: sheet.bar.isVisible() and sheet.bar.value() >= 0 and desk.bridge.working, "the searches")
    QTest.keyClick(sheet, KEYS.Key_Escape)
    made.quiet()
    assert desk.curving.sheet is None
    assert desk.proposer.proposal is None
    assert made.troubles == []
