"""Story 1 and 2 of the dispatcher, by keyboard alone: rows from the clipboard, found on the map, planned, applied, moved, undone, redone, committed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Application
from app.desktop.languages import compile_translations
from app.desktop.stage import EXTRACT, ORDERS, Stage, demo_fleet, prepare_area
from app.domain.plans import PlanState
from app.settings import Settings
from tests.builders import DAY

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
KEYS = Qt.Key
CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo area, built once."""
    if not EXTRACT.is_file():
        pytest.skip(f"the demo area {EXTRACT} is not there: set-up brings it")
    folder = tmp_path_factory.mktemp("profile")
    prepare_area(Application(folder, Settings(), "en"))
    return folder


@pytest.fixture
def stage(profile: Path, qtbot: QtBot) -> "Iterator[Callable[[str], Stage]]":
    """Opens a window on the demo depot, without orders, in a language."""
    opened: list[Stage] = []

    def make(language: str) -> Stage:
        compile_translations(Path(__file__).resolve().parents[2] / "resources" / "translations")
        for file in [*profile.glob("doorstep.db*"), *profile.glob("window.ini")]:
            file.unlink()
        doors = Application(profile, Settings(), language)
        with doors.store() as store:
            doors.bus(store).do(demo_fleet(doors, DAY, "Helsinki"))
        made = Stage(doors, theme="light", size=(1280, 720), day=DAY)
        opened.append(made)
        made.wait(lambda: made.desk.model.view is not None, "the day")
        return made

    yield make
    for each in opened:
        each.close()


def few_orders(count: int = 25) -> str:
    """The first rows of the demo orders, as they would be copied."""
    return "\n".join(ORDERS.read_text("utf-8-sig").splitlines()[: count + 1])


def press(stage: Stage, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, where the focus is; a window manager would give the window back its activity after a dialog, here we do."""
    widget.window().activateWindow()
    made_active = QTest.qWaitForWindowActive(widget.window(), 2_000)
    assert made_active
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)
    stage.rest(0.05)


def test_from_rows_to_a_committed_plan_by_keyboard(stage: "Callable[[str], Stage]") -> None:
    made = stage("en")
    desk, window = made.desk, made.desk.window
    orders, stops = window.orders.table, window.stops.table
    window.activateWindow()

    QApplication.clipboard().setText(few_orders())
    press(made, orders, KEYS.Key_V, CTRL | SHIFT)
    dialog = desk.importing.dialog
    assert dialog is not None, "Ctrl+Shift+V opens the import"
    made.wait(lambda: dialog.settled, "the preview")
    QTest.keyClick(dialog, KEYS.Key_Return)
    made.wait(lambda: made.view.board and all(row.state.value != "draft" for row in made.view.board), "finding addresses")
    made.ready()
    imported = made.view.figures.orders
    assert imported >= 20
    assert made.view.figures.planned == 0

    desk.proposer.seconds = 2
    press(made, orders, KEYS.Key_O, CTRL | SHIFT)
    made.wait(lambda: desk.proposer.proposal is not None, "the proposal")
    assert window.proposal.isVisible()
    assert made.view.plan is None, "nothing is written before it is applied"
    press(made, orders, KEYS.Key_Return, CTRL)
    made.wait(lambda: desk.proposer.proposal is None and made.view.plan is not None, "the plan")
    made.ready()
    planned = made.view.figures.planned
    assert planned >= 20
    assert not window.proposal.isVisible()

    used = [row for row in made.view.routes if row.stops]
    start = max(used, key=lambda row: row.stops)
    other = next(row for row in made.view.routes if row.id != start.id and row.number <= 9)
    desk.selection.show_route(start.id)
    press(made, orders, KEYS.Key_2, CTRL)
    stops.selectRow(0)
    moved = made.view.stops[start.id][0]
    press(made, stops, KEYS(ord(str(other.number))))
    assert made.view.by_stop[moved.id].route == other.id, "the preview shows it at once"
    made.quiet()
    assert made.view.by_stop[moved.id].route == other.id
    assert made.view.figures.planned == planned
    assert "Undo:" in desk.actions["undo"].text()

    press(made, stops, KEYS.Key_Z, CTRL)
    made.wait(lambda: made.view.by_stop[moved.id].route == start.id, "the undo")
    press(made, stops, KEYS.Key_Y, CTRL)
    made.wait(lambda: made.view.by_stop[moved.id].route == other.id, "the redo")
    made.quiet()

    press(made, orders, KEYS.Key_Return, CTRL | SHIFT)
    box = next(each for each in window.findChildren(QMessageBox) if each.isVisible())
    QTest.keyClick(box, KEYS.Key_Return)
    made.wait(lambda: made.view.plan_state is PlanState.COMMITTED, "the commit")
    assert made.view.committed == 1
    made.quiet()
    assert {row.state.value for row in made.view.board if row.route_number} == {"planned"}
    assert made.troubles == []


def test_one_undo_takes_a_whole_import_back(stage: "Callable[[str], Stage]") -> None:
    made = stage("en")
    QApplication.clipboard().setText(few_orders(6))
    made.desk.actions["paste"].trigger()
    dialog = made.desk.importing.dialog
    assert dialog is not None
    made.wait(lambda: dialog.settled, "the preview")
    dialog.confirm.click()
    made.wait(lambda: made.view.board and all(row.state.value != "draft" for row in made.view.board), "finding addresses")
    made.quiet()
    made.desk.actions["undo"].trigger()
    made.wait(lambda: not made.view.board, "the undo")
    made.quiet()


def test_the_selection_is_one_everywhere(stage: "Callable[[str], Stage]") -> None:
    made = stage("en")
    QApplication.clipboard().setText(few_orders(12))
    made.desk.actions["paste"].trigger()
    dialog = made.desk.importing.dialog
    assert dialog is not None
    made.wait(lambda: dialog.settled, "the preview")
    dialog.confirm.click()
    made.wait(lambda: made.view.pool and all(row.state.value != "draft" for row in made.view.board), "finding addresses")
    made.ready()
    window, wanted = made.desk.window, made.view.pool[1].order
    window.pool.setCurrentIndex(window.pool.pool.index(1))
    assert made.desk.selection.held.orders == {wanted}
    assert window.orders.table.ids() == {wanted}
    numbers = [label.text() for label in window.details.findChildren(QLabel)]
    assert any(made.view.by_order[wanted].number in text for text in numbers)


def texts(widget: QWidget) -> "list[tuple[str, str]]":
    """Every text that a widget and those inside it show, with the kind of widget."""
    found = []
    for each in [widget, *widget.findChildren(QWidget)]:
        if isinstance(each, QLabel | QAbstractButton):
            found.append((type(each).__name__, each.text()))
        if isinstance(each, QMenu):
            found += [("action", action.text()) for action in each.actions()]
        found.append(("name", each.accessibleName()))
    return [(kind, text) for kind, text in found if text]


def test_no_english_in_the_chinese_window(stage: "Callable[[str], Stage]") -> None:
    made = stage("zh_TW")
    own = {"Doorstep", "English", "Yrjönkatu", "Esc", "Ctrl", "Return", "Shift", "Alt", "km", "kg", "EUR"}
    english = []
    for kind, text in texts(made.desk.window):
        words = [word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in own]
        if words and not re.search(r"[\u4e00-\u9fff]", text):
            english.append((kind, text))
    assert english == []


def test_everything_that_takes_the_focus_has_a_name(stage: "Callable[[str], Stage]") -> None:
    made = stage("en")
    kinds = (QAbstractButton,)
    nameless = [
        (type(each).__name__, each.objectName())
        for each in made.desk.window.findChildren(QWidget)
        if isinstance(each, kinds) and each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus and not (each.accessibleName() or each.text())
    ]
    assert nameless == []


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_no_button_is_clipped_at_1280_by_720(stage: "Callable[[str], Stage]", language: str) -> None:
    made = stage(language)
    made.rest(0.2)
    assert made.desk.window.width() <= 1280
    clipped = [
        (each.text(), each.width(), each.sizeHint().width())
        for each in made.desk.window.findChildren(QAbstractButton)
        if each.isVisible() and each.text() and each.width() < each.sizeHint().width() - 1
    ]
    assert clipped == []
