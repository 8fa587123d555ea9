"""What the eye and the keyboard meet: contrast in both themes, the way of the focus, room for longer words and for the other direction of writing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.stage import Stage
from app.desktop.theme import ThemeChoice
from tests.contrast import contrast, ratio, spots
from tests.window import Make, fullest

LEAST = 4.5


def picture(window: QWidget) -> QImage:
    """The window as an image."""
    image = QImage(window.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    window.render(painter, QPoint(0, 0))
    painter.end()
    return image


def with_a_stop(made: Stage) -> None:
    """A stop is selected, and its route in view."""
    route = fullest(made)
    made.desk.selection.show_route(route.id)
    made.desk.selection.pick(made.view.stops[route.id][0].orders)
    made.rest(0.3)


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("layout", ["plan", "board", "inbox"])
def test_texts_stand_out_from_their_ground(stage: Make, theme: ThemeChoice, layout: str) -> None:
    made = stage("zh_TW", orders=14, plan=True)
    made.session.theme.choose(theme)
    made.desk.window.resize(1440, 900)
    made.desk.actions[f"layout_{layout}"].trigger()
    with_a_stop(made)
    image = picture(made.desk.window)
    found = [(round(contrast(image, spot.at), 2), spot.text) for spot in spots(made.desk.window) if spot.text.strip("–·… ")]
    assert len(found) >= 30
    assert [(seen, text) for seen, text in found if seen < LEAST] == []


def test_the_measure_knows_weak_ink() -> None:
    assert ratio((255, 255, 255), (0, 0, 0)) == pytest.approx(21.0)
    assert ratio((255, 255, 255), (170, 170, 170)) < LEAST


def tabbed(made: Stage, count: int) -> list[QWidget]:
    """Where the focus is after each of so many tabs, from the first thing of the window."""
    window = made.desk.window
    window.activateWindow()
    seen: list[QWidget] = []
    for _ in range(count):
        window.focusNextChild()
        focused = QApplication.focusWidget()
        if focused is not None:
            seen.append(focused)
    return seen


def test_tab_reaches_the_whole_window_from_top_to_bottom(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    made.desk.window.resize(1440, 900)
    with_a_stop(made)
    made.desk.window.day_bar.setFocus()
    seen = tabbed(made, 60)
    assert len(set(seen)) >= 15
    window = made.desk.window
    for place in (window.figures, window.routes, window.orders, window.details):
        assert any(place is each or place.isAncestorOf(each) for each in seen), place


def test_the_focus_can_be_seen_on_whatever_tab_reaches(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    made.desk.window.resize(1440, 900)
    with_a_stop(made)
    blind = []
    for each in dict.fromkeys(tabbed(made, 40)):
        if each.focusPolicy() == Qt.FocusPolicy.NoFocus or each is made.desk.map_view or made.desk.map_view.isAncestorOf(each):
            continue
        each.setFocus(Qt.FocusReason.TabFocusReason)
        made.rest(0.02)
        there = each.grab().toImage()
        each.clearFocus()
        made.rest(0.02)
        if there == each.grab().toImage():
            blind.append(each.accessibleName() or type(each).__name__)
    assert blind == []


@pytest.mark.parametrize("language", ["pseudo", "pseudo_rtl"])
def test_longer_words_find_room(stage: Make, language: str) -> None:
    from tests.desktop.test_look import cut_off

    made = stage(language, orders=14, plan=True)
    with_a_stop(made)
    assert cut_off(made.desk.window) == []


def test_from_right_to_left_the_panels_change_sides_and_the_map_does_not(stage: Make) -> None:
    made = stage("pseudo_rtl", orders=14, plan=True)
    made.desk.window.resize(1440, 900)
    made.rest(0.2)
    window = made.desk.window
    assert window.routes.mapToGlobal(QPoint(0, 0)).x() > window.map_view.mapToGlobal(QPoint(0, 0)).x()
    assert window.details.mapToGlobal(QPoint(0, 0)).x() < window.map_view.mapToGlobal(QPoint(0, 0)).x()
    assert window.map_view.layoutDirection() is Qt.LayoutDirection.LeftToRight
