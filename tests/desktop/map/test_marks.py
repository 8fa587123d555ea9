"""Marks that can be read and reached: words that never overlap, numbers that spread, boxes, keys, the legend and what is shown."""

import math
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desktop.map.bench import made_up_day
from app.desktop.map.features import MapDay, MapDepot, MapGhost, MapLeg, MapPool, MapRoute, MapStop, Picked, PickMode
from app.desktop.map.view import MapView
from app.domain.geo import Box
from tests.desktop.map.hands import MIDDLE, NONE, at, click, drag, hits, mouse, spot, target, told

STOPS = tuple(MapStop(id=f"s{number}", place=at(2 * number, 0), number=number, title=f"Van 1 · stop {number}\nHEL-{number} Aino") for number in range(1, 5))
ROUTE = MapRoute(id="r1", number=1, name="Van 1 · Aino", stops=STOPS, legs=(MapLeg(points=tuple(stop.place for stop in STOPS)),))
POOL = (MapPool(id="p1", place=at(4, 3), title="HEL-9\n◆ No driver has the skill"),)
DAY = MapDay(routes=(ROUTE,), pool=POOL, depots=(MapDepot(id="d1", place=at(0, -3)),))
LABELS = "Doorstep.whole.layer.marks.labels"


@pytest.fixture
def shown(view: MapView, qtbot: QtBot) -> MapView:
    """The map with the small day on it."""
    told(view, qtbot, lambda: view.show_day(DAY))
    return view


def overlapping(boxes: list[list[float]]) -> list[tuple[list[float], list[float]]]:
    """The pairs of boxes that share more than half a pixel."""
    found, ordered = [], sorted(boxes)
    for index, a in enumerate(ordered):
        for b in ordered[index + 1 :]:
            if b[0] >= a[2] - 0.5:
                break
            if a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5:
                found.append((a, b))
    return found


def focus(view: MapView, ask: Any, qtbot: QtBot) -> None:
    """Gives the map the keyboard, as its key and a click in the menu do."""
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: ask(view, "document.activeElement.className").startswith("folium-map"), timeout=30_000)


def dark_around(picture: QImage, middle: QPoint, radius: int) -> int:
    """How many dark pixels lie on a circle."""
    turns = [2 * math.pi * step / 60 for step in range(60)]
    spots = [(middle.x() + round(radius * math.cos(turn)), middle.y() + round(radius * math.sin(turn))) for turn in turns]
    return sum(picture.pixelColor(x, y).lightness() < 110 for x, y in spots)


@pytest.mark.parametrize("chosen", [frozenset[str](), frozenset({"r12"}), frozenset({"r3", "r17", "r18"})], ids=["none", "one", "three"])
def test_of_forty_routes_no_words_lie_on_each_other_at_any_zoom(view: MapView, ask: Any, qtbot: QtBot, chosen: frozenset[str]) -> None:
    told(view, qtbot, lambda: view.show_day(made_up_day(2_000)))
    if chosen:
        told(view, qtbot, lambda: view.select(chosen))
    for deeper in range(5):
        boxes = ask(view, LABELS)
        assert len(boxes) > (20 if deeper < 2 else 0), f"{deeper} levels in"
        assert overlapping(boxes) == []
        ask(view, "Doorstep.whole.map.zoomIn(1, {animate: false}).getZoom()")


def test_pixels_of_two_words_would_be_found(view: MapView) -> None:
    assert overlapping([[0, 0, 10, 10], [8, 8, 20, 20], [30, 0, 40, 10]]) == [([0, 0, 10, 10], [8, 8, 20, 20])]


def test_panning_changes_no_crowd(view: MapView, ask: Any, qtbot: QtBot) -> None:
    told(view, qtbot, lambda: view.show_day(made_up_day(2_000)))
    before = {frozenset(each["ids"]) for each in hits(view, ask)}
    ask(view, "Doorstep.whole.map.panBy([37, 21], {animate: false}).getZoom()")
    after = {frozenset(each["ids"]) for each in hits(view, ask)}
    assert len(before & after) > 0.8 * len(before)


def test_the_selected_stop_and_the_late_ones_keep_their_numbers_in_a_crowd(view: MapView, ask: Any, qtbot: QtBot) -> None:
    stops = tuple(
        MapStop(id=f"s{number}", place=at(number / 60, number % 3 / 60), number=number, late_minutes=9 if number == 12 else 0) for number in range(1, 25)
    )
    told(view, qtbot, lambda: view.show_day(MapDay(routes=(MapRoute(id="r", number=1, stops=stops),), pool=(MapPool(id="far", place=at(30, 20)),))))
    told(view, qtbot, lambda: view.select(frozenset({"r", "s7"})))
    numbered = {each["ids"][0] for each in hits(view, ask) if each["ids"][0].startswith("s") and each["r"] >= 10}
    assert {"s7", "s12"} <= numbered
    assert len(numbered) < 24


def test_a_click_on_a_number_goes_nearer_until_its_stops_come_apart(view: MapView, ask: Any, qtbot: QtBot) -> None:
    told(view, qtbot, lambda: view.show_day(made_up_day(2_000)))
    crowd = max(hits(view, ask), key=lambda each: len(each["ids"]))
    before = ask(view, "Doorstep.whole.map.getZoom()")
    with qtbot.assertNotEmitted(view.picked, wait=200):
        click(view, QPoint(round(crowd["x"]), round(crowd["y"])))
    assert ask(view, "Doorstep.whole.map.getZoom()") >= before + 1


def test_stops_and_orders_of_one_house_fan_out_and_each_can_be_picked(view: MapView, ask: Any, qtbot: QtBot) -> None:
    home = at(3, 1)
    stops = tuple(MapStop(id=f"s{number}", place=home, number=number) for number in range(1, 5))
    told(view, qtbot, lambda: view.show_day(MapDay(routes=(MapRoute(id="r", number=1, stops=stops),), pool=(MapPool(id="far", place=at(-8, -6)),))))
    with qtbot.assertNotEmitted(view.picked, wait=200):
        click(view, spot(view, ask, home))
    fanned = [each for each in hits(view, ask) if each["ids"] != ["far"]]
    assert sorted(each["ids"] for each in fanned) == [["s1"], ["s2"], ["s3"], ["s4"]]
    third = next(each for each in fanned if each["ids"] == ["s3"])
    with qtbot.waitSignal(view.picked, timeout=30_000) as caught:
        click(view, QPoint(round(third["x"]), round(third["y"])))
    assert caught.args == [Picked(frozenset({"s3"}), PickMode.REPLACE)]
    QTest.keyClick(target(view), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: ask(view, "Doorstep.whole.layer.marks.fan") is None, timeout=30_000)


def test_shift_and_drag_adds_what_lies_in_the_box_and_nothing_else(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    ends = [spot(shown, ask, at(3, 3.2)), spot(shown, ask, at(5, 1)), spot(shown, ask, at(7, -1))]
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        drag(shown, qtbot, ends, Qt.KeyboardModifier.ShiftModifier)
    assert caught.args == [Picked(frozenset({"s2", "s3", "p1"}), PickMode.ADD)]


def test_the_keys_go_along_the_route_say_each_stop_and_open_it(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.select(frozenset({"r1", "s2"})))
    focus(shown, ask, qtbot)
    for key, expected in ((Qt.Key.Key_BracketRight, "s3"), (Qt.Key.Key_BracketLeft, "s1")):
        with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
            QTest.keyClick(target(shown), key)
        assert caught.args == [Picked(frozenset({expected}), PickMode.REPLACE)]
    assert ask(shown, "document.querySelector('.spoken').textContent") == "Van 1 · stop 1, HEL-1 Aino"
    assert ask(shown, "document.querySelector('.tip.shown').textContent") == "Van 1 · stop 1HEL-1 Aino"
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        QTest.keyClick(target(shown), Qt.Key.Key_Return)
    assert caught.args == [Picked(frozenset({"s2"}), PickMode.REPLACE, opened=True)]


def test_arrows_move_the_map(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    focus(shown, ask, qtbot)
    before = ask(shown, "Doorstep.whole.map.getCenter().lng")
    QTest.keyClick(target(shown), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: ask(shown, "Doorstep.whole.map.getCenter().lng") > before, timeout=30_000)


def test_the_legend_names_the_routes_and_picks_them(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    assert ask(shown, "document.querySelector('.legend').hidden") is True
    told(shown, qtbot, lambda: shown.set_toggle("legend", True))
    assert ask(shown, "[...document.querySelectorAll('.legend .routes button')].map((each) => each.textContent)") == ["1Van 1 · Aino"]
    words = ask(shown, "[...document.querySelectorAll('.legend .marks li')].map((each) => each.textContent)")
    assert "Outside the area" in words
    assert all(words)
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        ask(shown, "document.querySelector('.legend .routes button').click()")
    assert caught.args == [Picked(frozenset({"r1"}), PickMode.REPLACE)]
    told(shown, qtbot, lambda: shown.select(frozenset({"r1"})))
    assert ask(shown, "document.querySelector('.legend .routes button').getAttribute('aria-pressed')") == "true"


def test_the_day_is_fitted_beside_the_legend(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.set_toggle("legend", True))
    edge = ask(shown, "document.querySelector('.legend').getBoundingClientRect().right")
    assert all(each["x"] - each["r"] >= edge for each in hits(shown, ask))


def test_the_buttons_of_follow_and_legend_ask_the_window(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    for name in ("follow", "legend"):
        with qtbot.waitSignal(shown.wished, timeout=30_000) as caught:
            ask(shown, f"Doorstep.whole.chrome.buttons.{name}.click()")
        assert caught.args == [name]
    with qtbot.assertNotEmitted(shown.wished, wait=20):
        shown.channel.wish("format the disk")


def test_what_is_left_out_is_neither_drawn_nor_picked(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    ask(shown, "Doorstep.whole.chrome.buttons.layers.click()")
    ask(shown, "document.querySelectorAll('.panel.layers input')[2].click()")
    assert ["p1"] not in [each["ids"] for each in hits(shown, ask)]
    with qtbot.waitSignal(shown.picked, timeout=30_000) as caught:
        drag(shown, qtbot, [spot(shown, ask, at(3, 3.2)), spot(shown, ask, at(4, 1)), spot(shown, ask, at(5, -1))], Qt.KeyboardModifier.ShiftModifier)
    assert caught.args == [Picked(frozenset({"s2"}), PickMode.ADD)]


def test_revealing_moves_the_map_only_where_it_must(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    centre = "[Doorstep.whole.map.getCenter().lat, Doorstep.whole.map.getCenter().lng]"
    before = ask(shown, centre)
    told(shown, qtbot, lambda: shown.reveal(frozenset({"s3"})))
    assert ask(shown, centre) == before
    told(shown, qtbot, lambda: shown.fly_to(at(0, 60)))
    told(shown, qtbot, lambda: shown.reveal(frozenset({"s3"})))
    point = spot(shown, ask, STOPS[2].place)
    assert shown.rect().contains(point)


@pytest.mark.parametrize("corner", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_the_card_stays_inside_the_map(view: MapView, ask: Any, qtbot: QtBot, corner: tuple[int, int]) -> None:
    words = "Van 12 · stop 104\nHEL-12345678 A customer with a long name\nA street with a very long name 123, 00100 Helsinki\n▲ +18 min\nWindow 08:00–12:00"
    stop = MapStop(id="s", place=MIDDLE, number=1, title=words)
    told(view, qtbot, lambda: view.show_day(MapDay(routes=(MapRoute(id="r", number=12, stops=(stop,)),), pool=(MapPool(id="far", place=at(9, 9)),))))
    x, y = 14 if corner[0] == 0 else view.width() - 14, 14 if corner[1] == 0 else view.height() - 14
    ask(view, f"(Doorstep.whole.pointer.rest({{ids: ['s'], stop: Doorstep.whole.day.thing('s')}}, {{x: {x}, y: {y}}}), 1)")
    box = ask(view, "(({left, top, right, bottom}) => [left, top, right, bottom])(document.querySelector('.tip.shown').getBoundingClientRect())")
    assert box[0] >= 0
    assert box[1] >= 0
    assert box[2] <= view.width()
    assert box[3] <= view.height()
    assert ask(view, "document.querySelector('.tip .late').textContent") == "▲ +18 min"


def test_what_lies_outside_the_area_is_shaded_with_a_border(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.set_tiles(None, Box(60.168, 24.938, 60.175, 24.95)))
    told(shown, qtbot, shown.fit)
    assert ask(shown, "document.querySelector('path.veil').getAttribute('fill')") == "url(#veil)"
    inside, outside = spot(shown, ask, at(3, 1.5)), spot(shown, ask, at(3, -2.6))

    def shaded() -> bool:
        picture = shown.grab().toImage()
        near = {picture.pixelColor(outside.x() + step, outside.y()).name() for step in range(12)}
        return picture.pixelColor(inside).name() == "#f4f3ef" and len(near) > 1 and "#f4f3ef" not in near

    qtbot.waitUntil(shaded, timeout=30_000)
    told(shown, qtbot, lambda: shown.set_tiles(None, None))
    assert ask(shown, "document.querySelectorAll('path.veil').length") == 0


def test_a_moved_stop_has_a_ring_and_the_old_route_is_dashed_grey(view: MapView, ask: Any, qtbot: QtBot) -> None:
    moved = (STOPS[0], MapStop(id="s2", place=STOPS[1].place, number=2, moved=True), *STOPS[2:])
    day = MapDay(routes=(MapRoute(id="r1", number=1, stops=moved),), pool=POOL)
    told(view, qtbot, lambda: view.show_with(day, [MapGhost(id="r1", lines=((at(1, 2), at(8, 2)),))]))
    start, end = spot(view, ask, at(2, 2)), spot(view, ask, at(7, 2))

    def dashed() -> bool:
        picture = view.grab().toImage()
        row = [picture.pixelColor(x, start.y()).name() for x in range(start.x(), end.x())]
        return "#f4f3ef" in row and sum(a != b for a, b in pairwise(row)) > 20

    qtbot.waitUntil(dashed, timeout=30_000)
    picture = view.grab().toImage()
    plain, ringed = (dark_around(picture, spot(view, ask, each), 8) for each in (STOPS[2].place, STOPS[1].place))
    assert plain == 0
    assert ringed > 5


def test_the_pointer_marks_the_route_under_it_and_leaves_the_others(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.hovered, timeout=30_000) as caught:
        mouse(shown, QEvent.Type.MouseMove, spot(shown, ask, STOPS[1].place), Qt.MouseButton.NoButton, NONE)
    assert caught.args[0].id == "s2"
    assert ask(shown, "[...Doorstep.whole.day.activeRoutes()]") == ["r1"]
    assert ask(shown, "[...Doorstep.whole.day.chosenRoutes()]") == []
