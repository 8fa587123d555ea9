"""The real window for tests: the demo area on a temporary data folder, real handlers, and few orders that a test can name."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Application
from app.desktop.languages import compile_translations
from app.desktop.plan.routes import ORDERS_MIME
from app.desktop.stage import EXTRACT, ORDERS, Stage, demo_fleet, prepare_area
from app.services.queries import RouteRow
from app.settings import Settings
from tests.builders import DAY, TurnedClock

Make = Callable[..., Stage]
NONE = Qt.KeyboardModifier.NoModifier


SHARED = "DOORSTEP_TEST_PROFILE"
"""Names the folder with the area that a test made, for a process that it starts."""


@cache
def _folder() -> TemporaryDirectory[str]:
    """A data folder with the demo area, built once a process; it goes with the process."""
    made = TemporaryDirectory(prefix="doorstep-test-")
    compile_translations(Path(__file__).resolve().parents[1] / "resources" / "translations")
    prepare_area(Application(Path(made.name), Settings(), "en"))
    return made


@pytest.fixture
def profile() -> Path:
    """A data folder with the demo area, without a database."""
    if not EXTRACT.is_file():
        pytest.skip(f"the demo area {EXTRACT} is not there: set-up brings it")
    folder = Path(os.environ.get(SHARED) or _folder().name)
    for file in [
        *folder.glob("doorstep.db*"),
        *folder.glob("window.ini"),
        *folder.glob("settings.toml"),
        *folder.glob("*.json"),  # what was found, printed or chosen before
    ]:
        file.unlink()
    return folder


@pytest.fixture
def stage(profile: Path, qtbot: QtBot) -> Iterator[Make]:
    """Opens a window on the demo depot, in a language; with the number of orders that are imported and found, and whether they are planned.

    `keep` opens what an earlier window left; `doors` opens another data folder, as it is.
    """
    opened: list[Stage] = []

    def start(doors: Application, *, day: bool = True) -> Stage:
        made = Stage(doors, theme="light", size=(1280, 720), day=DAY)
        opened.append(made)
        made.wait(lambda: made.desk.model.view is not None if day else not made.desk.bridge.working, "the day")
        QTest.keyRelease(made.desk.window, Qt.Key.Key_Shift)  # what an earlier test held down is let go: a click would heed it
        return made

    def make(language: str = "en", *, orders: int = 0, plan: bool = False, keep: bool = False, doors: Application | None = None) -> Stage:
        if doors is not None:
            return start(doors, day=False)
        own = Application(profile, Settings(), language, clock=TurnedClock())
        if not keep:
            _fill(profile, orders, plan, start)
        made = start(own)
        if orders:
            made.ready()
        return made

    yield make
    for each in opened:
        if each.session.desk is not None:
            each.close()


def _fill(folder: Path, orders: int, plan: bool, start: Callable[[Application], Stage]) -> None:
    """Puts a database with so many orders into the folder: made through the window once, copied from then on."""
    kept = folder / "kept" / f"{orders}-{plan}"
    if not kept.is_dir():
        doors = Application(folder, Settings(), "en", clock=TurnedClock())
        with doors.store() as store:
            doors.bus(store).do(demo_fleet(doors, DAY, "Helsinki"))
        if orders:
            made = start(doors)
            bring(made, orders)
            if plan:
                made.optimise(1)
                made.apply()
            made.close()
        kept.mkdir(parents=True)
        for file in folder.glob("doorstep.db*"):
            copy(file, kept)
    for file in kept.iterdir():
        copy(file, folder)


def rows_of(count: int) -> str:
    """The first rows of the demo orders, as they would be copied."""
    return "\n".join(ORDERS.read_text("utf-8-sig").splitlines()[: count + 1])


def bring(stage: Stage, count: int) -> None:
    """Imports the first demo orders through the dialog and waits until they are found and the roads between them known."""
    paste(stage, rows_of(count))


def paste(stage: Stage, text: str) -> None:
    """Imports rows from the clipboard through the dialog."""
    QApplication.clipboard().setText(text)
    stage.desk.actions["paste"].trigger()
    dialog = stage.desk.importing.dialog
    assert dialog is not None
    stage.wait(lambda: dialog.settled, "the preview")
    dialog.confirm.click()
    stage.wait(lambda: stage.view.board and all(row.state.value != "draft" for row in stage.view.board), "finding addresses")
    stage.ready()


def press(stage: Stage, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key, where the focus is; a window manager would give the window back its activity after a dialog, here we do."""
    widget.window().activateWindow()
    active = QTest.qWaitForWindowActive(widget.window(), 2_000)
    assert active
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)
    if modifier is not NONE and stage.session.desk is not None:
        QTest.keyRelease(stage.desk.window, Qt.Key.Key_Shift)  # Qt believes a modifier held until it hears of another key
    stage.rest(0.05)


def hold_orders(target: QWidget, spot: QPoint, orders: Sequence[str]) -> None:
    """Lets dragged orders enter a widget and rest over a point of it."""
    carried, actions = QMimeData(), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    carried.setData(ORDERS_MIME, "\n".join(orders).encode())
    QApplication.sendEvent(target, QDragEnterEvent(spot, actions, carried, Qt.MouseButton.LeftButton, NONE))
    QApplication.sendEvent(target, QDragMoveEvent(spot, actions, carried, Qt.MouseButton.LeftButton, NONE))


def drop_orders(target: QWidget, spot: QPoint, orders: list[str]) -> None:
    """Lets dragged orders enter a list and drops them there."""
    carried = QMimeData()
    carried.setData(ORDERS_MIME, "\n".join(orders).encode())
    _drop(target, spot, carried, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)


def drop_file(target: QWidget, path: Path) -> None:
    """Lets a file be dropped on a window."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    _drop(target, target.rect().center(), carried, Qt.DropAction.CopyAction)


def _drop(target: QWidget, spot: QPoint, carried: QMimeData, actions: Qt.DropAction) -> None:
    entered = QDragEnterEvent(spot, actions, carried, Qt.MouseButton.LeftButton, NONE)
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted(), "what is carried is not taken"
    dropped = QDropEvent(QPointF(spot), actions, carried, Qt.MouseButton.LeftButton, NONE, QEvent.Type.Drop)
    QApplication.sendEvent(target, dropped)
    assert dropped.isAccepted()


def fullest(stage: Stage) -> RouteRow:
    """The route with most stops."""
    return max(stage.view.routes, key=lambda row: row.stops)


def undo_text(stage: Stage) -> str:
    """What the Edit menu offers to undo."""
    return stage.desk.actions["undo"].text()
