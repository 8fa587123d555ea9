"""Layouts, docks and the second window: everything can be left as a person likes it, comes back so, and never lies off the screen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabBar, QWidget

from app.bootstrap import Application
from app.desktop.board.panel import BoardPanel
from app.desktop.frame.memory import within
from app.desktop.stage import Stage
from app.domain.errors import RuleBroken
from app.settings import Settings
from tests.builders import DAY, TurnedClock
from tests.window import Make, fullest, press

SCREENS = st.lists(
    st.builds(QRect, st.integers(-4000, 4000), st.integers(-2000, 2000), st.integers(1024, 3840), st.integers(700, 2160)), min_size=1, max_size=3
)


@given(st.builds(QRect, st.integers(-9000, 9000), st.integers(-9000, 9000), st.integers(200, 5000), st.integers(200, 4000)), SCREENS)
def test_a_window_lies_where_it_can_be_caught(wanted: QRect, screens: list[QRect]) -> None:
    seen = within(wanted, screens)
    title = QRect(seen.x(), seen.y(), seen.width(), 40)
    assert any(screen.intersected(title).width() >= 120 and screen.intersected(title).height() >= 20 for screen in screens)
    assert within(seen, screens) == seen, "once right, it stays"


@given(SCREENS)
def test_a_window_that_lies_well_is_left_there(screens: list[QRect]) -> None:
    for screen in screens:
        inside = screen.adjusted(20, 20, -20, -20)
        assert within(inside, screens) == inside


def on_screen(widget: QWidget) -> QRect:
    """Where a widget is."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def test_each_layout_shows_its_parts(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    window, actions = made.desk.window, made.desk.actions
    assert window.map_view.isVisible()
    assert window.tabs.isVisible()
    actions["layout_board"].trigger()
    assert made.desk.frame.board.isVisible()
    assert not window.map_view.isVisible()
    actions["layout_live"].trigger()
    assert window.map_view.isVisible()
    assert not made.desk.frame.board.isVisible()
    assert window._live_note.isVisible()
    actions["layout_plan"].trigger()
    assert window.routes.isVisible()
    assert window.dock("pool").isVisible()
    assert not window._live_note.isVisible()


def test_layouts_change_by_key(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    press(made, made.desk.window.orders.table, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert str(made.desk.window.layout_now) == "board"
    press(made, made.desk.frame.board, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert str(made.desk.window.layout_now) == "plan"


def test_a_layout_comes_back_as_it_was_left(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    made.desk.window.resize(1440, 900)
    made.rest(0.1)
    made.desk.actions["dock_pool"].trigger()
    assert not made.desk.window.dock("pool").isVisible()
    made.desk.actions["layout_board"].trigger()
    made.close()
    again = stage(orders=14, keep=True)
    assert str(again.desk.window.layout_now) == "board"
    again.desk.actions["layout_plan"].trigger()
    assert not again.desk.window.dock("pool").isVisible()
    again.desk.actions["reset_layout"].trigger()
    assert again.desk.window.dock("pool").isVisible()


def test_in_a_narrow_window_the_details_come_with_the_selection_and_escape_closes_them(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    window, details = made.desk.window, made.desk.window.details
    assert not details.isVisible()
    stop = made.view.stops[fullest(made).id][0]
    made.desk.selection.pick([stop.orders[0]])
    assert details.isVisible()
    assert window.tabs.isVisible()
    assert not on_screen(window._overlay).intersects(on_screen(window.tabs)), "the table stays whole"
    press(made, details, Qt.Key.Key_Escape)
    assert not details.isVisible()
    window.resize(1440, 900)
    made.rest(0.1)
    assert details.isVisible(), "a wide window has a place of its own for them"


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_the_second_window_shows_the_same_day_and_selection(stage: Make, language: str) -> None:
    made = stage(language, orders=14, plan=True)
    made.desk.actions["second_window"].trigger()
    second = made.desk.frame.second
    assert second is not None
    assert second.isVisible()
    board = second.tabs.widget(0)
    assert isinstance(board, BoardPanel)
    stop = made.view.stops[fullest(made).id][0]
    made.desk.selection.pick([stop.orders[0]])
    made.rest(0.1)
    row = made.view.by_order[stop.orders[0]]
    assert row.route is not None
    column = board.columns[row.route]
    assert column.list.selectionModel().selectedRows(), "the stop is marked there too"
    second.close()
    assert made.desk.frame.second is None


def test_f6_goes_from_panel_to_panel(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    window = made.desk.window
    window.resize(1440, 900)
    press(made, window.orders.table, Qt.Key.Key_F6)
    seen = set()
    for _ in range(6):
        focused = window.focusWidget()
        assert focused is not None
        seen.add(
            next(
                (
                    name
                    for name in ("routes", "pool", "orders", "map_view", "details")
                    if getattr(window, name) is focused or getattr(window, name).isAncestorOf(focused)
                ),
                "",
            )
        )
        made.desk.actions["next_dock"].trigger()
    assert {"routes", "map_view", "orders"} <= seen


@pytest.mark.parametrize("width", [1280, 1440])
def test_no_tabs_stand_where_no_dock_is_open(stage: Make, width: int) -> None:
    made = stage(orders=14, plan=True)
    window = made.desk.window
    window.resize(width, 720)
    for name in ("history", "jobs"):
        window.show_dock(name, wanted=True)
        made.rest(0.1)
        window.show_dock(name, wanted=False)
        made.rest(0.1)
    window.show_dock("details", wanted=False)
    made.rest(0.1)
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert [bar for bar in bars if bar.isVisible()] == []


def test_a_refusal_is_said_over_the_window_and_goes_by_itself(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    made.desk.bridge.tell(RuleBroken("desktop.no_area", depot="Helsinki"))
    made.rest(0.05)
    toast = made.desk.window.toast
    assert "Helsinki" in toast.said
    toast._clock.setInterval(10)
    toast._clock.start()
    made.rest(0.1)
    assert toast.said == ""


def test_a_first_window_is_no_larger_than_the_screen_lets_it_be(profile: Path) -> None:
    made = Stage(Application(profile, Settings(), "en", clock=TurnedClock()), theme="light", size=None, day=DAY)
    window, screen = made.desk.window, QGuiApplication.primaryScreen().availableGeometry()
    try:
        assert window.width() <= max(screen.width(), window.minimumWidth())
        assert window.height() <= max(screen.height(), window.minimumHeight())
    finally:
        made.close()
