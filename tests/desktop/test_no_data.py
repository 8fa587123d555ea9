"""A database that cannot be opened: the person is told what happened and what is safe, and gets the newest back-up by one button."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Application
from app.desktop.console import _session
from app.desktop.frame.no_data import NoDataDialog
from app.desktop.words import tr
from app.settings import Settings
from tests.builders import TurnedClock


def _press(name: str, seen: list[str]) -> None:
    """Presses a button of the dialog once it is there."""
    dialog = next((each for each in QApplication.topLevelWidgets() if isinstance(each, NoDataDialog) and each.isVisible()), None)
    if dialog is None:
        QTimer.singleShot(20, lambda: _press(name, seen))
        return
    seen.append(dialog.why.text())
    button = getattr(dialog, name, None)
    if button is not None:
        button.click()
    else:
        dialog.reject()


def _damaged(folder: Path, language: str = "en", *, copy: bool = True) -> Application:
    doors = Application(folder, Settings(), language, clock=TurnedClock())
    doors.store().close()
    if copy:
        doors.keep_backup()
    (folder / "doorstep.db").write_bytes(b"torn page " * 1_000)
    return doors


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_the_newest_back_up_is_one_button_away(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    doors, seen = _damaged(tmp_path, language), list[str]()
    QTimer.singleShot(0, lambda: _press("restore", seen))
    session = _session(doors, "light")
    assert session is not None
    session.close()
    assert tr("Undo") == "Undo", "no language is left behind"
    assert seen
    assert "doorstep.db" in seen[0]
    assert list(tmp_path.glob("doorstep-set-aside-*.db")), "what could not be read is kept"


def test_who_closes_the_dialog_leaves(qtbot: QtBot, tmp_path: Path) -> None:
    doors, seen = _damaged(tmp_path, copy=False), list[str]()
    QTimer.singleShot(0, lambda: _press("leave", seen))
    assert _session(doors, "light") is None
    assert (tmp_path / "doorstep.db").read_bytes().startswith(b"torn page")


def test_without_a_back_up_there_is_none_to_press(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    from app.desktop.format import Formats
    from app.domain.sentences import Sentence

    now = TurnedClock().now()
    dialog = NoDataDialog(Sentence.of("store.damaged", file="x.db", why="y"), (), Formats(), now + timedelta(hours=1))
    assert not dialog.restore.isEnabled()
    assert dialog.retry.isEnabled()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
