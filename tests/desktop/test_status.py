"""The status bar: what it says of the disk is what the bridge did, and jobs can be stopped and opened from it."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.bridge import Bridge
from app.desktop.widgets.status import StatusLine
from app.domain.errors import Outside
from tests.builders import an_order
from tests.desk import Desk, Put

Report = Callable[[float, str], None]


@pytest.fixture
def line(bridge: Bridge, qtbot: QtBot) -> StatusLine:
    """A status bar that listens to the bridge."""
    made = StatusLine(bridge.undo)
    qtbot.addWidget(made)
    bridge.writing.connect(made.show_writing)
    bridge.busy.connect(made.show_job)
    bridge.unsaved.connect(lambda why: made.show_unsaved(why.key if why is not None else ""))
    made.resize(1280, 28)
    made.show()
    return made


def test_saving_is_said_while_it_lasts(bridge: Bridge, line: StatusLine, qtbot: QtBot) -> None:
    assert line.saved == "● Local data saved"
    bridge.do(Put(things=(an_order(1),)))
    assert line.saved == "○ Saving…"
    qtbot.waitUntil(lambda: line.saved == "● Local data saved")


def test_a_change_that_the_disk_refused_is_not_called_saved(
    bridge: Bridge, line: StatusLine, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_command: object) -> None:
        raise Outside("store.disk_full", file="doorstep.db")

    with monkeypatch.context() as broken:
        broken.setattr(desk.bus, "do", full)
        bridge.do(Put(things=(an_order(1),)))
        qtbot.waitUntil(lambda: line.saved == "▲ The last change is not saved")
    bridge.do(Put(things=(an_order(1),)))
    qtbot.waitUntil(lambda: line.saved == "● Local data saved")


def test_a_job_is_stopped_and_its_list_opened_from_the_bar(bridge: Bridge, line: StatusLine, qtbot: QtBot) -> None:
    begun = threading.Event()

    def work(report: Report) -> None:
        begun.set()
        while True:
            report(0.4, "")

    bridge.run("Counting", work, then=lambda _none: pytest.fail("it was cancelled"))
    qtbot.waitUntil(lambda: begun.is_set() and "Counting 40 %" in line.line.title.text())
    with qtbot.waitSignal(line.jobs_wanted):
        line.line.title.click()
    line.line.stop.click()
    qtbot.waitUntil(lambda: not line.line.isVisible())


def test_the_last_act_is_said_with_its_undo(line: StatusLine) -> None:
    line.say("Move A-1 to Van 2", undo=True)
    assert line.said == "Move A-1 to Van 2"
    assert line._undo.isVisible()
    line.say("Undone: Move A-1 to Van 2")
    assert not line._undo.isVisible()
