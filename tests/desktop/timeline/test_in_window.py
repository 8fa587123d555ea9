"""The timeline in the real window: looked at, selected in, walked through, dropped on."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.desktop.stage import Stage
from app.desktop.theme import LIGHT
from app.desktop.timeline.axis import HEIGHT
from app.desktop.timeline.hands import Timeline
from app.desktop.timeline.panel import TimelinePanel
from app.domain.ids import OrderId
from tests.window import Make, drop_orders, fullest, press, undo_text

KEYS, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Timed = tuple[Stage, TimelinePanel]


@pytest.fixture
def timed(stage: Make) -> Timed:
    """A planned day with the timeline in front."""
    made = stage(orders=14, plan=True)
    made.desk.actions["timeline"].trigger()
    panel = made.desk.timeline.panel
    made.wait(lambda: panel.isVisible() and panel.view.lens.width > 300, "the timeline", 30)
    return made, panel


def place(panel: TimelinePanel, order: OrderId) -> QPoint:
    """Where an order's stop is drawn."""
    middle = panel.middle_of(order)
    assert middle is not None
    return middle.toPoint()


def click(panel: TimelinePanel, order: OrderId, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A click on a stop."""
    QTest.mouseClick(panel.view.viewport(), LEFT, modifier, place(panel, order))


def point(view: Timeline, at: QPoint) -> None:
    """The pointer rests there."""
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(view.viewport().mapToGlobal(at)), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), moved)


def test_a_row_a_driver_and_the_selection_of_every_other_panel(timed: Timed) -> None:
    made, panel = timed
    held = made.desk.selection
    assert [row.route.id for row in panel.view.content.rows] == [row.id for row in made.view.routes]
    used = [row.id for row in made.view.routes if row.stops]
    first, other = made.view.stops[used[0]][0].orders[0], made.view.stops[used[1]][0].orders[0]
    held.pick([])
    click(panel, first)
    assert held.held.orders == {first}
    assert held.held.route == used[0]
    click(panel, other, CTRL)
    assert held.held.orders == {first, other}
    assert set(panel.view.carried()) == {first, other}, "what a drag would take along"
    click(panel, other, CTRL)
    assert held.held.orders == {first}
    held.pick([other], current=other)
    assert panel.view.look.current == panel.view.content.spot_of(made.view, other), "and the other way round"
    assert made.view.by_order[other].number in panel.view.accessibleDescription()
    assert str(sum(row.stops for row in made.view.routes)) in panel.accessibleDescription()
    shown = panel.view.content.row_of(used[0])
    assert shown is not None
    QTest.mouseClick(panel.drivers, LEFT, pos=QPoint(60, round(panel.view.lens.y(shown)) + 8))
    assert held.held.route == used[0]


def test_a_band_around_stops_selects_them_and_a_click_beside_forgets_them(timed: Timed) -> None:
    made, panel = timed
    view, row = panel.view, fullest(made)
    at = view.content.row_of(row.id)
    assert at is not None
    view.scroll_to(at * view.lens.row)
    top = round(HEIGHT + view.lens.y(at)) + 1
    QTest.mousePress(view.viewport(), LEFT, pos=QPoint(2, top))
    end = QPoint(round(view.lens.width) - 2, top + view.lens.row - 3)
    for spot in (QPoint(40, top + 8), end):
        moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(spot), QPointF(view.viewport().mapToGlobal(spot)), LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.viewport(), moved)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert made.desk.selection.held.orders == {order for stop in made.view.stops[row.id] for order in stop.orders}
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(2, top + 2))
    assert made.desk.selection.held.orders == frozenset()


def test_keys_walk_from_stop_to_stop_and_open_one(timed: Timed) -> None:
    made, panel = timed
    view, row = panel.view, fullest(made)
    stops = made.view.stops[row.id]
    day = made.view.day
    made.desk.selection.pick([stops[0].orders[0]], current=stops[0].orders[0])
    press(made, view, KEYS.Key_Right)
    assert made.desk.selection.held.orders == set(stops[1].orders)
    press(made, view, KEYS.Key_Left)
    assert made.desk.selection.held.orders == set(stops[0].orders)
    assert made.view.day == day, "arrows are no days here"
    press(made, view, KEYS.Key_End)
    assert made.desk.selection.held.current in stops[-1].orders
    press(made, view, KEYS.Key_Home)
    press(made, view, KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert made.desk.selection.held.orders == {*stops[0].orders, *stops[1].orders}
    at = panel.view.content.row_of(row.id)
    used = [number for number, each in enumerate(made.view.routes) if each.stops]
    press(made, view, KEYS.Key_Up if at != used[0] else KEYS.Key_Down)
    assert made.desk.selection.held.route in {made.view.routes[number].id for number in used} - {row.id}
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 60), view.mapToGlobal(QPoint(5, 60))))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0] is made.desk.actions["show"], "the menu of orders, where the keyboard stands on a stop"
    menu.close()
    made.desk.window.show_dock("details", wanted=False)
    press(made, view, KEYS.Key_Return)
    assert made.desk.window.details.isVisible()
    span = view.lens.span
    press(made, view, KEYS.Key_Plus)
    assert view.lens.span < span
    made.desk.actions["timeline_day"].trigger()
    assert view.lens.x(view.content.extent[0]) == pytest.approx(0)
    assert view.lens.x(view.content.extent[1]) == pytest.approx(view.lens.width)
    until, latest = view.content.extent[1], max((each for each in made.view.routes if each.stops), key=lambda each: each.ends)
    other = next(each for each in made.view.routes if each.stops and each.id != latest.id)
    made.desk.edits.move_orders(made.view.stops[other.id][0].orders, latest.id, latest.stops)
    made.quiet()
    assert view.content.extent[1] > until
    assert view.lens.x(view.content.extent[1]) == pytest.approx(view.lens.width), "the whole day stays in view when it grows"


def test_a_stop_is_dropped_where_the_line_is_and_nothing_is_while_a_proposal_is_shown(timed: Timed) -> None:
    made, panel = timed
    view, row = panel.view, fullest(made)
    other = next(each for each in made.view.routes if each.stops > 1 and each.id != row.id)
    stop, second = made.view.stops[row.id][0], made.view.stops[other.id][1]
    spot = view.content.spot_of(made.view, second.orders[0])
    assert spot is not None
    view.reveal(spot)
    before = place(panel, second.orders[0]) - QPoint(3, 0)
    target = view.place_at(before)
    assert target is not None
    assert (target.route, target.position) == (other.id, 1)
    drop_orders(view.viewport(), before, [stop.orders[0]])
    made.quiet()
    moved = made.view.by_stop[stop.id]
    assert (moved.route, moved.position) == (other.id, 2)
    assert undo_text(made) == f"Undo: Move {stop.number} to {other.vehicle}"
    assert view.look.target is None
    last = view.content.row_of(row.id)
    assert last is not None
    view.scroll_to(last * view.lens.row)
    drop_orders(panel.drivers, QPoint(60, round(view.lens.y(last)) + 8), [stop.orders[0]])
    made.quiet()
    assert made.view.by_stop[stop.id].position == len(made.view.stops[row.id]), "onto a driver is to the end"
    made.optimise(1)
    assert made.desk.proposer.proposal is not None
    with pytest.raises(AssertionError, match="not taken"):
        drop_orders(view.viewport(), before, [stop.orders[0]])


def test_a_late_stop_is_seen_and_said_with_what_was_promised(timed: Timed) -> None:
    made, panel = timed
    made.desk.actions["commit"].trigger()
    made.wait(lambda: made.desk.committing.sheet is not None, "the sheet", 30)
    made.desk.committing.sheet.accept()  # type: ignore[union-attr]  # it was waited for
    made.wait(lambda: made.view.committed == 1, "the commit", 30)
    made.quiet()
    windowed = [stop for rows in made.view.stops.values() for stop in rows if stop.windows]
    early = min(windowed, key=lambda stop: stop.windows[-1][1])
    promised = early.arrival
    assert promised is not None
    for row in sorted(made.view.routes, key=lambda each: -each.ends):
        made.desk.edits.move_orders(early.orders, row.id, row.stops)
        made.quiet()
        if made.view.by_stop[early.id].late:
            break
    assert made.view.by_stop[early.id].late, "the end of some route is too late for the earliest window"
    made.desk.selection.pick([])
    spot = panel.view.content.spot_of(made.view, early.orders[0])
    assert spot is not None
    panel.view.reveal(spot)
    at = place(panel, early.orders[0])
    edge = panel.view.area_of(spot).topLeft().toPoint() + QPoint(2, 3)
    assert panel.view.grab().toImage().pixelColor(edge) == QColor(LIGHT.late)
    point(panel.view, at)
    assert "▲ +" in panel.card.said
    assert f"Committed: {made.desk.formats.clock(promised)}" in panel.card.said
    assert panel.view.content.before.committed
    point(panel.view, QPoint(-5, -5))
    assert panel.card.said == ""


def test_the_clock_stands_in_the_day_that_is_today_alone(timed: Timed) -> None:
    made, panel = timed
    panel.tick()
    now = panel.view.look.now
    assert now is not None
    assert made.desk.formats.clock(now) == "08:00", "06:00 UTC is 08:00 in Helsinki"
    made.desk.actions["next_day"].trigger()
    made.wait(lambda: made.view.board == (), "the next day", 30)
    made.quiet()
    assert made.desk.timeline.reading() is None
    panel.tick()
    assert panel.view.look.now is None or not panel.isVisible()


def test_live_is_looked_at_along_the_hours_and_the_other_tab_comes_back(timed: Timed, stage: Make) -> None:
    made, panel = timed
    made.desk.window.show_tab("stops")
    made.desk.actions["layout_live"].trigger()
    assert panel.isVisible()
    made.desk.actions["layout_plan"].trigger()
    assert made.desk.window.tab_now == "stops"
    press(made, made.desk.window.stops.table, KEYS.Key_G)
    press(made, made.desk.window.stops.table, KEYS.Key_T)
    made.wait(lambda: made.desk.window.tab_now == "timeline", "the keys G, T", 20)
    made.wait(panel.view.hasFocus, "the keyboard in the timeline", 20)
    made.desk.actions["timeline_high"].trigger()
    made.desk.actions["timeline_empty"].trigger()
    assert panel.view.roomy
    assert [row.route.id for row in panel.view.content.rows] == [row.id for row in made.view.routes if row.stops]
    made.close()
    again = stage(orders=14, keep=True)
    assert again.desk.timeline.panel.view.roomy, "it is as it was left"
    assert not again.desk.actions["timeline_empty"].isChecked()


def test_without_a_plan_it_says_what_to_do(stage: Make) -> None:
    made = stage(orders=14)
    made.desk.actions["timeline"].trigger()
    panel = made.desk.timeline.panel
    assert panel.empty.isVisible()
    assert "Optimise the day" in panel.empty.words.text()
    assert panel.place_at(QPoint(300, 60)) is None
