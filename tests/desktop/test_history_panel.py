"""The change history: every step with what it touched, those undone apart, and the way back to any of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desktop.bridge import Bridge, Problem
from app.desktop.history.model import Place
from app.desktop.history.panel import HistoryPanel
from tests.builders import an_order
from tests.desk import Desk, Put


@pytest.fixture
def panel(desk: Desk, bridge: Bridge, qtbot: QtBot) -> HistoryPanel:
    """The history after three steps, on screen; the clock stands at the last of them."""
    for number in (1, 2, 3):
        desk.bus.do(Put(who="Ana", things=(an_order(number),), title=f"step {number}"))
    made = HistoryPanel(bridge, now=desk.clock.now)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    qtbot.waitUntil(lambda: len(made.model.lines) == 4)
    return made


def shown(panel: HistoryPanel) -> list[tuple[str, Place]]:
    return [(panel.model.title(line), line.place) for line in panel.model.lines]


def stands(desk: Desk) -> list[bool]:
    """Whether each of the three orders is there."""
    with desk.store.unit_of_work() as work:
        return [work.orders.find(an_order(number).id) is not None for number in (1, 2, 3)]


def test_every_step_says_what_it_touched_and_when(panel: HistoryPanel) -> None:
    assert [title for title, _ in shown(panel)] == ["Close road: step 3", "Close road: step 2", "Close road: step 1", "The beginning of the history"]
    assert panel.model.about(panel.model.lines[0]) == "06:00 · Ana · 1 order"
    assert [place for _, place in shown(panel)] == [Place.NOW, Place.PAST, Place.PAST, Place.PAST]
    assert panel.go.text() == "This is the present state"
    assert not panel.go.isEnabled()


def test_enter_on_a_step_undoes_all_that_came_after_it(panel: HistoryPanel, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.go.text() == "Undo 2 steps, back to here"
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [place for _, place in shown(panel)] == [Place.UNDONE, Place.UNDONE, Place.NOW, Place.PAST])
    assert stands(desk) == [True, False, False]


def test_a_press_does_undone_steps_again_up_to_the_chosen_one(panel: HistoryPanel, desk: Desk, qtbot: QtBot) -> None:
    panel._take(panel.model.lines[-1])
    qtbot.waitUntil(lambda: panel.model.lines[-1].place is Place.NOW)
    assert stands(desk) == [False, False, False]
    panel.list.setCurrentIndex(panel.model.index(1))
    assert panel.go.text() == "Redo 2 steps, up to here"
    panel.go.click()
    qtbot.waitUntil(lambda: [place for _, place in shown(panel)] == [Place.UNDONE, Place.NOW, Place.PAST, Place.PAST])
    assert stands(desk) == [True, True, False]


def test_what_was_changed_since_stops_the_way_with_a_sentence(panel: HistoryPanel, desk: Desk, bridge: Bridge, qtbot: QtBot) -> None:
    troubles: list[Problem] = []
    bridge.problem.connect(troubles.append)
    with desk.store.unit_of_work() as work:  # another window, past the history
        order = work.orders.get(an_order(2).id)
        work.orders.remove(order.id)
        work.commit()
    panel._take(panel.model.lines[-1])
    qtbot.waitUntil(lambda: bool(troubles))
    assert troubles[0].sentence is not None
    assert troubles[0].sentence.key == "history.cannot_undo"
    qtbot.waitUntil(lambda: [place for _, place in shown(panel)] == [Place.UNDONE, Place.NOW, Place.PAST, Place.PAST])
    assert stands(desk) == [True, False, False], "what came before the refusal is whole"


def test_the_rows_are_a_sound_model(panel: HistoryPanel, qtmodeltester: object) -> None:
    qtmodeltester.check(panel.model)  # type: ignore[attr-defined]
