"""The map as a person uses it: a real page, a simulated mouse, and the signals that come back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.map.bench import made_up_day
from app.desktop.map.features import ClosureDrawn, MapClosure, MapDay, MapDepot, MapGhost, MapLeg, MapPool, MapRoute, MapStop, Picked, PickMode, PinDropped
from app.desktop.map.view import MapView
from app.domain.geo import Box, Place, distance_m

MIDDLE = Place(60.17, 24.94)
EVIL = "</script><img src=x onerror='window.EVIL=1'><b>\u2028\"'"


def at(east: float, north: float) -> Place:
    """A place some thousandths of a degree from the middle."""
    return Place(MIDDLE.lat + north / 1000, MIDDLE.lon + east / 1000)


STOPS = tuple(MapStop(id=f"s{number}", place=at(2 * number, 0), number=number, title=EVIL) for number in range(1, 5))
ROUTE = MapRoute(id="r1", number=1, name="Van 1", stops=STOPS, legs=(MapLeg(points=tuple(stop.place for stop in STOPS)),))
DAY = MapDay(routes=(ROUTE,), pool=(MapPool(id="p1", place=at(4, 3), title=EVIL),), depots=(MapDepot(id="d1", place=at(0, -3)),))


def told(view: MapView, qtbot: QtBot, act: Any) -> None:
    """Does something and waits until it is on the screen."""
    with qtbot.waitSignal(view.channel.shown, timeout=30_000, check_params_cb=lambda number: bool(number == view.channel.sent)):
        act()


@pytest.fixture
def shown(view: MapView, qtbot: QtBot) -> MapView:
    """The map with the day on it."""
    told(view, qtbot, lambda: view.show_day(DAY))
    return view


def spot(view: MapView, ask: Any, place: Place) -> QPoint:
    """Where a place lies on the widget."""
    found = ask(view, f"Doorstep.whole.map.latLngToContainerPoint([{place.lat}, {place.lon}])")
    return QPoint(round(found["x"]), round(found["y"]))


def target(view: MapView) -> QWidget:
    """The widget of the web view that takes the mouse."""
    proxy = view._web.focusProxy()
    assert isinstance(proxy, QWidget)
    return proxy


def mouse(view: MapView, kind: QEvent.Type, point: QPoint, buttons: Qt.MouseButton, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One event of the mouse, delivered as the window system would."""
    widget = target(view)
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(point), QPointF(widget.mapToGlobal(point)), button, buttons, keys))


def click(view: MapView, point: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A click of the left button."""
    mouse(view, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, keys)
    mouse(view, QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton, keys)
    mouse(view, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton, keys)


def test_the_page_stands_and_asks_nobody_outside(shown: MapView, ask: Any) -> None:
    assert ask(shown, "Doorstep.whole.day.things.size") == 7
    assert shown.guard.blocked == 0
    assert shown.guard.outside == 0


def test_a_request_to_the_outside_is_blocked_and_counted(shown: MapView, ask: Any, qtbot: QtBot, logged: Any) -> None:
    """The content policy stops it first; where a policy would let it through, the guard does."""
    logged.expect("Content Security Policy")
    ask(shown, "(fetch('https://example.org/x').catch(() => 0), new Image().src = 'http://example.org/y.png', 1)")
    qtbot.wait(300)
    assert shown.guard.outside == 0


def test_a_click_picks_the_stop_under_it(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        click(shown, spot(shown, ask, STOPS[2].place))
    assert caught.args == [Picked(frozenset({"s3"}), PickMode.REPLACE)]


def test_a_click_with_control_toggles_and_the_empty_map_clears(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        click(shown, spot(shown, ask, DAY.pool[0].place), Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [Picked(frozenset({"p1"}), PickMode.TOGGLE)]
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        click(shown, spot(shown, ask, at(2, 3)))
    assert caught.args == [Picked(frozenset(), PickMode.REPLACE)]


def test_a_click_on_the_line_picks_the_route(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        click(shown, spot(shown, ask, at(5, 0)))
    assert caught.args == [Picked(frozenset({"r1"}), PickMode.REPLACE)]


def test_the_lasso_takes_those_inside_and_leaves_those_outside(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, shown.start_lasso)
    ring = [spot(shown, ask, place) for place in (at(3, -1), at(5, -1), at(5, 4), at(3, 4), at(3, -1))]
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        mouse(shown, QEvent.Type.MouseButtonPress, ring[0], Qt.MouseButton.LeftButton)
        for corner in ring[1:]:
            mouse(shown, QEvent.Type.MouseMove, corner, Qt.MouseButton.LeftButton)
            qtbot.wait(40)  # the page takes one move a frame
        mouse(shown, QEvent.Type.MouseButtonRelease, ring[-1], Qt.MouseButton.NoButton)
    assert caught.args == [Picked(frozenset({"s2", "p1"}), PickMode.REPLACE)]


def test_a_pin_comes_back_as_the_place_that_was_clicked(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.start_pin("o77"))
    with qtbot.waitSignal(shown.pinned, timeout=30_000) as caught:
        click(shown, spot(shown, ask, at(6, 2)))
    (dropped,) = caught.args
    assert isinstance(dropped, PinDropped)
    assert dropped.order == "o77"
    assert distance_m(dropped.place, at(6, 2)) < 10


def test_the_page_cannot_drop_a_pin_that_nobody_asked_for(shown: MapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(shown.pinned, wait=50):
        shown.channel.drop([24.9, 60.1])


@pytest.mark.parametrize("flat", [[24.9], [float("nan"), 60.0], [24.9, 160.0], ["24.9", 60.1], [True] * 5_000, []])
def test_numbers_that_are_no_place_are_dropped(shown: MapView, qtbot: QtBot, flat: list[Any]) -> None:
    shown.start_closure()
    with qtbot.assertNotEmitted(shown.closed, wait=20):
        shown.channel.draw(flat)


def test_a_closure_is_drawn_and_closed_into_a_ring(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, shown.start_closure)
    corners = [spot(shown, ask, place) for place in (at(3, 1), at(5, 1), at(5, 2.5), at(3, 1))]
    with qtbot.waitSignal(shown.closed, timeout=30_000) as caught:
        for corner in corners:
            click(shown, corner)
            qtbot.wait(30)
    (drawn,) = caught.args
    assert isinstance(drawn, ClosureDrawn)
    assert len(drawn.points) == 4
    assert drawn.points[0] == drawn.points[-1]
    assert distance_m(drawn.points[1], at(5, 1)) < 10


def test_a_road_is_chosen_by_one_click_and_a_draft_is_shown_and_taken_away(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    """The click ends the mode; what is drawn is on the map beside the day until it is taken away, and cannot be picked."""
    told(shown, qtbot, shown.start_road)
    with qtbot.waitSignal(shown.road_chosen, timeout=30_000) as caught:
        click(shown, spot(shown, ask, at(4, 2)))
    assert distance_m(caught.args[0], at(4, 2)) < 10
    assert ask(shown, "Doorstep.whole.pointer.mode") is None
    told(shown, qtbot, lambda: shown.show_draft(MapClosure(id="draft", points=(at(3, 1), at(5, 1)), roads=((at(3, 1), at(5, 1)), (at(5, 1), at(5, 2))))))
    assert ask(shown, "Doorstep.whole.day.thing('draft').lines.length") == 2
    with qtbot.assertNotEmitted(shown.picked, wait=50):
        shown.channel.pick(["draft"], "replace", False)
    told(shown, qtbot, lambda: shown.show_draft(None))
    assert ask(shown, "Doorstep.whole.day.thing('draft')") is None


def test_escape_leaves_a_mode(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, shown.start_closure)
    with qtbot.waitSignal(shown.mode_ended, timeout=30_000):
        qtbot.keyClick(target(shown), Qt.Key.Key_Escape)
    assert ask(shown, "Doorstep.whole.pointer.mode") is None


def test_ids_that_are_not_on_the_map_never_come_back(shown: MapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(shown.picked, wait=50):
        shown.channel.pick(["nobody"], "replace", False)
        shown.channel.pick(["s1"], "explode", False)


def test_hostile_names_are_shown_and_never_run(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.hovered, timeout=30_000):
        mouse(shown, QEvent.Type.MouseMove, spot(shown, ask, STOPS[0].place), Qt.MouseButton.NoButton)
    assert ask(shown, "document.querySelector('.tip').textContent") == EVIL
    assert ask(shown, "[document.querySelectorAll('.tip img').length, String(window.EVIL)]") == [0, "undefined"]


def test_only_what_changed_is_sent(shown: MapView, qtbot: QtBot) -> None:
    sent: list[str] = []
    shown.channel.message.connect(sent.append)
    shown.show_day(replace(DAY))
    assert sent == []
    shown.show_day(replace(DAY, pool=()))
    assert len(sent) == 1
    assert "pool:p1" in sent[0]
    assert "stop:" not in sent[0]


def test_the_theme_reaches_the_page(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    for theme, color in (("dark", "rgb(32, 36, 42)"), ("light", "rgb(244, 243, 239)")):
        told(shown, qtbot, lambda theme=theme: shown.set_theme(theme))
        assert ask(shown, "getComputedStyle(Doorstep.whole.map.getContainer()).backgroundColor") == color


def test_the_language_reaches_buttons_and_band(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.set_tiles(None, Box(60.1, 24.9, 60.2, 25.0)))
    told(shown, qtbot, lambda: shown.set_language("zh_TW"))
    assert ask(shown, "document.querySelector('.acts button').title") == "放大"
    assert shown._band.isVisible()
    assert "底圖" in shown._band.text()


def test_selection_and_ghosts_are_told(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.select(frozenset({"s2"})))
    assert ask(shown, "[...Doorstep.whole.day.activeRoutes()]") == ["r1"]
    told(shown, qtbot, lambda: shown.show_ghost([MapGhost(id="r1", lines=((at(0, 0), at(5, 5)),))]))
    assert ask(shown, "Doorstep.whole.day.grouped().ghost.length") == 1
    told(shown, qtbot, shown.clear_ghost)
    assert ask(shown, "Doorstep.whole.day.grouped().ghost.length") == 0


def test_two_thousand_stops_are_all_there(view: MapView, ask: Any, qtbot: QtBot) -> None:
    told(view, qtbot, lambda: view.show_day(made_up_day(2_000)))
    assert ask(view, "Doorstep.whole.day.grouped().stop.length") == 2_000
    hits = ask(view, "Doorstep.whole.layer.marks.hits.reduce((sum, each) => sum + each.ids.length, 0)")
    assert hits == 2_001, "each stop and the depot is under exactly one mark"


def test_badges_of_a_crowded_route_do_not_lie_on_each_other(view: MapView, ask: Any, qtbot: QtBot) -> None:
    stops = tuple(MapStop(id=f"s{number}", place=at(number / 50, number % 3 / 50), number=number) for number in range(1, 25))
    told(view, qtbot, lambda: view.show_day(MapDay(routes=(MapRoute(id="r", number=1, stops=stops),))))
    told(view, qtbot, lambda: view.select(frozenset({"r"})))
    badges = ask(view, "Doorstep.whole.layer.marks.hits.filter((each) => each.stop && each.r >= 10)")
    assert len(badges) > 10
    for index, a in enumerate(badges):
        assert all(max(abs(a["x"] - b["x"]), abs(a["y"] - b["y"])) > 20 for b in badges[:index])


def test_a_dead_page_is_loaded_once_more_with_everything_on_it(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    died = QWebEnginePage.RenderProcessTerminationStatus.CrashedTerminationStatus
    with qtbot.waitSignal(shown.ready, timeout=20_000):
        shown._died(died, 1)
    assert ask(shown, "Doorstep.whole.day.things.size") == 7
    shown._died(died, 1)
    assert shown._stack.currentIndex() == 1
    assert "plan is safe" in shown._trouble.text()
    with qtbot.waitSignal(shown.ready, timeout=20_000):
        shown._reload.click()
    assert ask(shown, "Doorstep.whole.day.things.size") == 7


@pytest.mark.parametrize("address", ["app://map/../../etc/passwd", "app://web/../messages/en/map.toml", "app://map/nothing.js", "app://else/index.html"])
def test_nothing_outside_the_assets_is_served(shown: MapView, address: str) -> None:
    from PySide6.QtCore import QUrl

    assert shown.scheme._asset(QUrl(address)) is None


class BrokenTiles:
    """A base map whose file is damaged."""

    max_zoom = 14

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        raise OSError("the disk is gone")


def test_a_broken_base_map_is_said_once_and_the_day_stays(shown: MapView, ask: Any, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(shown.scheme.tiles_failed, timeout=30_000):
        shown.set_tiles(BrokenTiles(), Box(60.1, 24.9, 60.2, 25.0))
    assert shown._band.isVisible()
    assert ask(shown, "Doorstep.whole.day.things.size") == 7


def test_corners_of_an_area_pick_what_lies_in_it_and_escape_picks_nothing(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    corners = [spot(shown, ask, place) for place in (at(2.6, -1), at(5.4, -1), at(5.4, 3.3), at(2.6, 3.3))]
    told(shown, qtbot, shown.start_polygon)
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        for count, corner in enumerate(corners, start=1):
            click(shown, corner)
            qtbot.waitUntil(lambda count=count: ask(shown, "Doorstep.whole.pointer.drawn.length") == count, timeout=30_000)
        click(shown, corners[0])
    assert caught.args == [Picked(frozenset({"s2", "p1"}), PickMode.REPLACE)]
    told(shown, qtbot, shown.start_polygon)
    with qtbot.assertNotEmitted(shown.picked), qtbot.waitSignal(shown.mode_ended, timeout=30_000):
        for count, corner in enumerate(corners[1:], start=1):  # the first once more would be a double click
            click(shown, corner)
            qtbot.waitUntil(lambda count=count: ask(shown, "Doorstep.whole.pointer.drawn.length") == count, timeout=30_000)  # a key may overtake clicks
        qtbot.keyClick(target(shown), Qt.Key.Key_Escape)
