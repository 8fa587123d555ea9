"""The places that an address may mean, and the pin, on a real page with a simulated mouse."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from pytestqt.qtbot import QtBot

from app.desktop.map.features import MapChoice
from app.desktop.map.view import MapView
from app.domain.geo import distance_m
from tests.desktop.map.test_view import STOPS, at, click, mouse, shown, spot, told

__all__ = ["shown"]
CHOICE = MapChoice(places=(at(1, 2), at(6, 2)), current=0, look="all")
NUMBERS = "[...document.querySelectorAll('.choice')].map((each) => each.textContent + (each.classList.contains('current') ? '*' : ''))"


def test_places_are_numbered_and_the_current_one_is_marked(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.show_choice(CHOICE))
    assert ask(shown, NUMBERS) == ["1*", "2"]
    told(shown, qtbot, lambda: shown.show_choice(MapChoice()))
    assert ask(shown, NUMBERS) == []


def test_all_places_come_into_the_part_of_the_map_that_is_not_covered(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.show_choice(replace(CHOICE, inset=400)))
    for place in CHOICE.places:
        point = spot(shown, ask, place)
        assert 0 < point.x() < 400
        assert 0 < point.y() < 600


def drag(view: MapView, start: QPoint, end: QPoint) -> None:
    """Presses, moves in steps, and lets go."""
    mouse(view, QEvent.Type.MouseMove, start, Qt.MouseButton.NoButton)
    mouse(view, QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)
    for step in range(1, 6):
        mouse(view, QEvent.Type.MouseMove, start + (end - start) * step / 5, Qt.MouseButton.LeftButton)
    mouse(view, QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton)


def test_the_pin_can_be_dragged(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.show_choice(MapChoice(pin=at(4, 1), look="one")))
    grip, wanted = spot(shown, ask, at(4, 1)) - QPoint(0, 20), at(4.5, 1.5)
    with qtbot.waitSignal(shown.pin_moved, timeout=30_000) as moved:
        drag(shown, grip, spot(shown, ask, wanted) - QPoint(0, 20))
    assert distance_m(moved.args[0], wanted) < 5


def test_a_click_brings_an_aimed_pin_there_and_picks_nothing(shown: MapView, ask: Any, qtbot: QtBot) -> None:
    told(shown, qtbot, lambda: shown.show_choice(MapChoice(pin=at(4, 1), aiming=True)))
    with qtbot.assertNotEmitted(shown.picked, wait=300), qtbot.waitSignal(shown.pin_moved, timeout=30_000) as moved:
        click(shown, spot(shown, ask, STOPS[1].place))
    assert distance_m(moved.args[0], STOPS[1].place) < 20


@pytest.mark.parametrize("choice", [MapChoice(), CHOICE])
def test_without_a_pin_the_page_cannot_move_one(shown: MapView, qtbot: QtBot, choice: MapChoice) -> None:
    shown.show_choice(choice)
    with qtbot.assertNotEmitted(shown.pin_moved, wait=50):
        shown.channel.move([24.94, 60.17])
