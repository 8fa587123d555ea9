"""What can be read: no English in the Chinese window, nothing cut off, a name on everything that can be reached; in the window and every dialog."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QWidget,
)

from app.desktop.application import CrashDialog
from app.desktop.languages import FOLDER
from app.desktop.stage import FLEET, ROOT, Stage
from app.desktop.widgets.parts import Elided
from tests.window import SHARED, Make, fullest

REACHED = (QAbstractButton, QComboBox, QLineEdit, QDateEdit, QPlainTextEdit, QAbstractItemView)


def sources() -> set[str]:
    """The English texts that a widget says in English alone: those whose translation is another."""
    tree = ElementTree.parse(FOLDER / "doorstep_zh_TW.ts")
    pairs = {str(each.findtext("source")): str(each.findtext("translation")) for each in tree.iter("message")}
    return {plain(source) for source, said in pairs.items() if source != said}


def plain(text: str) -> str:
    """A text without what marks a key."""
    return text.replace("&", "").strip()


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget and those inside it show or tell, with the kind of widget."""
    for each in [widget, *widget.findChildren(QWidget)]:
        kind = type(each).__name__
        yield kind, each.accessibleName()
        yield kind, each.toolTip()
        yield kind, each.windowTitle()
        if isinstance(each, QLabel | QAbstractButton):
            yield kind, each.text()
        if isinstance(each, QLineEdit):
            yield kind, each.placeholderText()
        if isinstance(each, QMenu):
            yield from ((kind, action.text()) for action in each.actions())
        if isinstance(each, QComboBox):
            yield from ((kind, each.itemText(at)) for at in range(each.count()))
        if isinstance(each, QTabWidget):
            yield from ((kind, each.tabText(at)) for at in range(each.count()))
        if isinstance(each, QTableView) and each.model() is not None:
            model = each.model()
            columns = range(model.columnCount())
            yield from ((kind, str(model.headerData(at, Qt.Orientation.Horizontal) or "")) for at in columns)
            yield from ((kind, str(model.index(row, at).data() or "")) for row in range(min(60, model.rowCount())) for at in columns)


OPENING = (
    "areas",
    "keys",
    "about",
    "move",
    "commit",
    "curve",
    "wishes",
    "new_order",
    "quick_order",
    "change_orders",
    "columns",
    "palette",
    "save_view",
)
"""Acts that open something before the window."""


def opened() -> set[QWidget]:
    """What stands before the window: dialogs, and small windows without a frame."""
    return {each for each in QApplication.topLevelWidgets() if each.isVisible() and not isinstance(each, QMainWindow | QMenu)}


def _awaited(stage: Stage, name: str, before: set[QWidget]) -> QWidget:
    stage.wait(lambda: opened() - before, name, 10)
    return (opened() - before).pop()


def dialogs(stage: Stage) -> Iterator[QWidget]:
    """Every dialog of the window, one after the other."""
    desk = stage.desk
    for name in OPENING:
        desk.actions[name].setEnabled(True)
        before = opened()
        desk.actions[name].trigger()
        dialog = _awaited(stage, name, before)
        stage.rest(0.05)
        yield dialog
        dialog.close()
        stage.rest(0.05)
    desk.import_file(FLEET, "fleet")
    stage.wait(lambda: desk.importing.fleet_dialog is not None and desk.importing.fleet_dialog.settled, "the fleet")
    fleet = desk.importing.fleet_dialog
    assert fleet is not None
    yield fleet
    fleet.close()
    orders = stage.open_import(problem_file(stage.doors.folder))
    orders.rows.selectRow(0)
    stage.rest(0.05)
    yield orders
    orders.close()
    crash = CrashDialog(ValueError("x"), desk.window)
    crash.open()
    stage.rest(0.05)
    yield crash
    crash.close()


def problem_file(folder: Path) -> Path:
    """Orders with something wrong."""
    file = folder / "wrong.csv"
    file.write_text("order,name,address,city,weight (kg),window\nX-1,王小明,Annankatu 12,Helsinki,heavy,\nX-2,林怡君,Annankatu 14,Helsinki,1,9-8\n", "utf-8")
    return file


def scenes(stage: Stage) -> Iterator[QWidget]:
    """The window with a stop that is late and an order that waits, then every dialog."""
    route = fullest(stage)
    stop = stage.view.stops[route.id][0]
    stage.desk.selection.show_route(route.id)
    stage.desk.selection.pick(stop.orders)
    stage.desk.window.show_tab("stops")
    stage.rest(0.2)
    yield stage.desk.window
    stage.desk.window.show_tab("orders")
    stage.rest(0.05)
    yield stage.desk.window
    stage.desk.window.show_tab("timeline")
    stage.rest(0.05)
    yield stage.desk.window
    stage.desk.window.show_tab("orders")
    yield from dialogs(stage)


def test_no_english_in_the_chinese_window(stage: Make) -> None:
    made, english = stage("zh_TW", orders=14, plan=True), sources()
    found = [(type(scene).__name__, kind, text) for scene in scenes(made) for kind, text in texts(scene) if plain(text).rstrip(":") in english]
    assert found == []


def cut_off(root: QWidget) -> list[tuple[str, str, int, int]]:
    """The labels and buttons that are smaller than their words; labels that end in … by design are let be, and so are cells."""
    found = []
    for each in root.findChildren(QWidget):
        if not each.isVisible() or isinstance(each, Elided) or isinstance(each.parent(), QHeaderView):
            continue
        if isinstance(each, QPushButton | QCheckBox) and each.text() and each.width() < each.sizeHint().width() - 1:
            found.append((type(each).__name__, each.text(), each.width(), each.sizeHint().width()))
        if isinstance(each, QLabel) and each.text() and not each.wordWrap() and each.width() < each.sizeHint().width() - 1:
            found.append((type(each).__name__, each.text(), each.width(), each.sizeHint().width()))
        if isinstance(each, QLabel) and each.wordWrap() and each.text() and each.height() < each.heightForWidth(each.width()) - 1:
            found.append(("wrapped label", each.text(), each.height(), each.heightForWidth(each.width())))
    return found


def cut_headings(root: QWidget) -> list[tuple[str, int]]:
    """The headings of tables that do not fit their column."""
    found = []
    for table in root.findChildren(QTableView):
        header, model = table.horizontalHeader(), table.model()
        for at in range(model.columnCount()):
            title = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
            if not table.isColumnHidden(at) and table.isVisible() and QFontMetrics(header.font()).horizontalAdvance(title) > table.columnWidth(at):
                found.append((title, table.columnWidth(at)))
    return found


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_nothing_is_cut_off_at_1280_by_720(stage: Make, language: str) -> None:
    made = stage(language, orders=14, plan=True)
    for scene in scenes(made):
        with suppress(TimeoutError):  # what is being laid out is given a moment; what is cut off stays so
            made.wait(lambda: not cut_off(scene), "the lay-out", 3)  # noqa: B023 - called at once
        assert cut_off(scene) == [], type(scene).__name__
        assert cut_headings(scene) == [], type(scene).__name__
    assert made.desk.window.size().width() <= 1280
    assert made.desk.window.size().height() <= 720


def nameless(root: QWidget) -> list[tuple[str, str]]:
    """What can be reached and says no name to a screen reader."""
    found = []
    for each in root.findChildren(QWidget):
        inside = isinstance(each.parent(), QComboBox | QDateEdit | QHeaderView) or isinstance(each, QHeaderView)
        if not isinstance(each, REACHED) or inside or not each.isVisible() or each.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        named = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
        if not named:
            found.append((type(each).__name__, each.objectName()))
    return found


def test_whatever_can_be_reached_has_a_name(stage: Make) -> None:
    made = stage("en", orders=14, plan=True)
    for scene in scenes(made):
        assert nameless(scene) == [], type(scene).__name__
    assert all(dock.windowTitle() for dock in made.desk.window.findChildren(QDockWidget))


def test_nothing_is_cut_off_at_one_and_a_half_times_the_size(profile: Path) -> None:
    """A process of its own, on the area that is built already: the factor is read once."""
    wanted = f"{Path(__file__)}::{test_nothing_is_cut_off_at_1280_by_720.__name__}[zh_TW]"
    environment = {**os.environ, "QT_SCALE_FACTOR": "1.5", SHARED: str(profile)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", wanted]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout[-3_000:]


def test_the_three_looks_see_what_is_wrong(stage: Make) -> None:
    made = stage("zh_TW", orders=14, plan=True)
    made.rest(0.2)
    chip = made.desk.window.figures.chip("orders")
    chip.setText("Discard")
    chip.setAccessibleName("")
    chip.setFixedWidth(20)
    assert "Discard" in {text for _, text in texts(made.desk.window)} & sources()
    assert [text for _, text, _, _ in cut_off(made.desk.window)] == ["Discard"]
    made.desk.window.orders.table.setAccessibleName("")
    assert [kind for kind, _ in nameless(made.desk.window)] == ["OrderTable"]
    made.desk.window.orders.table.horizontalHeader().setFont(QFont(made.desk.window.font().family(), 90))
    assert cut_headings(made.desk.window)
