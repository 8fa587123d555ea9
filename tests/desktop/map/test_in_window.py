"""The map within the window: what is selected or pointed at here is so there."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.map.features import Picked, PickMode
from app.desktop.map.sheet import day_of, ways_of
from app.desktop.stage import Stage
from tests.window import Make, fullest


def far_stop(stage: Stage) -> Any:
    """The last stop of the fullest route."""
    return stage.view.stops[fullest(stage).id][-1]


@pytest.fixture
def stage(stage: Make) -> Make:
    """The window once its map listens, however long the page takes to load."""

    def mapped(*args: Any, **wishes: Any) -> Stage:
        made = stage(*args, **wishes)
        made.wait(lambda: made.desk.map_view.listening and made.desk.map_view.whole, "the map")
        return made

    return mapped


def test_picking_on_the_map_brings_the_row_of_the_table_into_view(stage: Make) -> None:
    window = stage(orders=40, plan=True)
    table = window.desk.window.orders.table
    window.desk.window.show_tab("orders")
    window.desk.map_view.setFocus()
    last = next(row for row in reversed(window.view.board) if row.stop is not None)
    window.desk.map_view.picked.emit(Picked(frozenset({last.order}), PickMode.REPLACE))
    window.rest(0.1)
    current = table.currentIndex()
    assert current.data(Qt.ItemDataRole.UserRole) == last.order
    assert table.viewport().rect().contains(table.visualRect(current).center())
    assert window.desk.selection.held.route == last.route


def test_the_map_follows_the_selection_until_it_is_told_not_to(stage: Make, qtbot: QtBot) -> None:
    window = stage(orders=40, plan=True)
    sent: list[str] = []
    window.desk.map_view.channel.message.connect(sent.append)
    follow = window.desk.actions["follow"]
    assert follow.isChecked()
    window.desk.selection.pick([far_stop(window).orders[0]])
    assert any('"reveal"' in each for each in sent)
    follow.trigger()
    sent.clear()
    window.desk.selection.pick([window.view.stops[fullest(window).id][0].orders[0]])
    assert sent
    assert not any('"reveal"' in each for each in sent)


def test_what_the_pointer_rests_on_in_a_list_is_marked_on_the_map(stage: Make) -> None:
    window = stage(orders=40, plan=True)
    sent: list[str] = []
    window.desk.map_view.channel.message.connect(sent.append)
    routes = window.desk.window.routes
    spot = QPointF(routes.visualRect(routes.model().index(0, 0)).center())
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        spot,
        QPointF(routes.viewport().mapToGlobal(spot)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(routes.viewport(), move)
    assert any('"hover"' in each and window.view.routes[0].id in each for each in sent)
    QApplication.sendEvent(routes.viewport(), QEvent(QEvent.Type.Leave))
    assert '"id":null' in sent[-1]


def test_a_proposal_marks_the_stops_that_change_route(stage: Make) -> None:
    window = stage(orders=40, plan=True)
    full = fullest(window)
    other = next(row for row in window.view.routes if row.id != full.id)
    moved = window.view.stops[full.id][0].orders[0]
    window.desk.selection.pick([moved])
    window.desk.edits.move_to(other.id, 0)
    window.ready()
    window.optimise(1)
    shown = window.desk.model.held
    assert shown is not None
    assert shown.proposal is not None
    assert shown.day.plan is not None
    before = {task: route.id for route in shown.day.plan.routes for task in route.tasks}
    after = {task: route.id for route in shown.proposal.routes for task in route.tasks}
    changed = {task for task, route in after.items() if before.get(task, route) != route}
    day = day_of(shown, ways_of(shown), {}, window.desk.formats, None)
    marked = [stop.id for route in day.routes for stop in route.stops if stop.moved]
    assert moved in marked
    assert len(marked) <= len(changed)


def test_the_card_of_a_stop_says_who_where_when_and_why(stage: Make) -> None:
    window = stage("zh_TW", orders=40, plan=True)
    shown = window.desk.model.held
    assert shown is not None
    day = day_of(shown, ways_of(shown), {}, window.desk.formats, None)
    stop = next(stop for route in day.routes for stop in route.stops if len(stop.title.split("\n")) == 5)
    row = window.view.by_order[next(order for order in window.view.by_order if order == stop.id)]
    words = stop.title.split("\n")
    assert row.customer in words[1]
    assert words[2] == row.address
    assert words[3].startswith("時段 ")
    assert words[4].startswith("到達 ") or "到達" in words[4]
    held = [each for each in day.pool if "◆" in each.title]
    assert all(len(each.title.split("\n")) >= 3 for each in held)


def test_a_double_click_on_a_mark_opens_the_details(stage: Make) -> None:
    window = stage(orders=40, plan=True)
    window.desk.window.show_dock("details", wanted=False)
    window.rest(0.1)
    assert not window.desk.window.details.isVisible()
    window.desk.map_view.picked.emit(Picked(frozenset({far_stop(window).orders[0]}), PickMode.REPLACE, opened=True))
    window.rest(0.2)
    assert window.desk.window.details.isVisible()


def test_the_legend_opens_by_its_key_and_its_button(stage: Make, qtbot: QtBot) -> None:
    window = stage(orders=40, plan=True)
    view = window.desk.map_view
    painted: list[int] = []
    view.channel.shown.connect(painted.append)
    window.desk.actions["legend"].trigger()
    told = view.channel.sent
    qtbot.waitUntil(lambda: told in painted, timeout=30_000)
    answers: list[Any] = []
    view._web.page().runJavaScript("Doorstep.whole.chrome.buttons.legend.click(), document.querySelector('.legend').hidden", 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert answers == [False]
    qtbot.waitUntil(lambda: not window.desk.actions["legend"].isChecked(), timeout=30_000)
