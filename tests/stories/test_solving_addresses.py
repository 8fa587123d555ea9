"""Bad addresses solved one after the other in the real window on the demo area: by key presses alone, beside the map."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.desktop.inbox.joining import Inbox
from app.desktop.inbox.queue import AddressQueue
from app.desktop.stage import Stage
from app.domain.address import AddressState
from app.domain.geo import distance_m, shifted
from app.domain.orders import Order
from app.services.attention import Matter
from tests.window import NONE, Make, paste, undo_text

HEAD = "order,address,city,lat,lon,service (min),weight (kg)"
SWAPPED = "Annankatu 12,Helsinki,24.9410,60.1690"
TEN = (
    SWAPPED,
    "Anankatu 14,Helsinki,,",
    "Olematonkatu 5,Helsinki,,",
    "Annankatu 22,Helsinki,0,0",
    "Bulevardi 6,Helsinki,24.9380,60.1650",
    "Kalevankattu 8,Helsinki,,",
    "Nowhere at all,Helsinki,,",
    "Fredrikinkatu 30,Helsinki,61.9,25.7",
    "Eerikinkatu 7,Helsinki,24.9330,60.1670",
    "Lönrotinkatu 9,Helsinki,,",
)


class Hands:
    """Ten fingers: every key that is pressed is counted."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.pressed = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key, where the keyboard is."""
        QTest.keyClick(self._focus(), key, modifier)
        self._after()

    def type(self, text: str) -> None:
        """Letters, where the keyboard is."""
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
            self._after()

    def _focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def _after(self) -> None:
        self.pressed += 1
        self._stage.rest(0.01)


def opened(stage: Stage, rows: tuple[str, ...]) -> tuple[Inbox, Hands]:
    """A window with these bad addresses, and the queue open on them by its key."""
    made = stage
    paste(made, "\n".join([HEAD, *(f"N-{number},{row},2,1" for number, row in enumerate(rows, start=1))]))
    inbox = made.desk.inbox
    made.wait(lambda: inbox.addresses, "the inbox")
    made.desk.window.show()
    made.desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.desk.window, 2_000)
    made.desk.window.pool.setFocus()
    hands = Hands(made)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert inbox.queue.isVisible()
    return inbox, hands


def offered(stage: Stage, queue: AddressQueue) -> list[str]:
    """The places on offer, once the search has ended."""
    solver = stage.desk.inbox.solver
    stage.wait(lambda: solver.case is not None and not solver.case.looking, "the search")
    return [queue.choices.item(at).text() for at in range(queue.choices.count())]


def left(inbox: Inbox, number: str) -> bool:
    """Whether that order is no longer on the table."""
    case = inbox.solver.case
    return case is None or case.order.number != number


def order_of(stage: Stage, number: str) -> Order:
    """The order as it is stored."""
    stage.quiet()
    shown = stage.desk.model.held
    assert shown is not None
    return next(order for order in shown.day.orders if order.number == number)


def test_ten_bad_addresses_are_solved_by_keys_alone(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, TEN)
    total = inbox.solver.total
    assert total == len([row for row in made.view.board if row.standing.value == "held"])
    assert total >= 8, "most of the ten are bad for the demo area"
    assert inbox.queue.progress.text() == f"1 of {total}"
    while inbox.solver.case is not None:
        number = inbox.solver.case.order.number
        if offered(made, inbox.queue):
            hands.press(Qt.Key.Key_1)
        else:
            hands.press(Qt.Key.Key_E)
            hands.type("Annankatu 16")
            hands.press(Qt.Key.Key_Return)
            made.wait(partial(left, inbox, number), "the look-up")
    assert "All addresses are solved" in inbox.queue.done_title.text()
    hands.press(Qt.Key.Key_Return)
    assert not inbox.queue.isVisible()
    made.ready()
    assert not [row.number for row in made.view.board if row.standing.value == "held"]
    assert not inbox.addresses
    assert hands.pressed <= 60, f"{hands.pressed} keys: at half a second each, ten addresses would take more than half a minute"
    made.desk.actions["undo"].trigger()
    made.wait(lambda: any(row.standing.value == "held" for row in made.view.board), "the undo")
    assert len([row for row in made.view.board if row.standing.value == "held"]) == 1, "each address is a step of its own"


def test_a_corrected_address_is_looked_up_offline_and_taken(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, ("Qwertyuiop 99,Helsinki,,", "Zxcvbnm 1,Helsinki,,"))
    assert offered(made, inbox.queue) == []
    assert "not the street" in inbox.queue.why.text()
    hands.press(Qt.Key.Key_F2)
    hands.type("annank")
    made.wait(lambda: any("Annankatu" in text for text in offered(made, inbox.queue)), "what the letters may mean")
    hands.type("atu 12")
    hands.press(Qt.Key.Key_Return)
    made.wait(lambda: inbox.solver.number == 2, "the next address")
    made.ready()
    first = order_of(made, "N-1")
    assert (first.address.text, first.location.state) == ("annankatu 12", AddressState.EXACT)
    assert undo_text(made) == "Undo: Correct the address of N-1"
    assert inbox.queue.progress.text() == "2 of 2"


def test_an_address_that_is_still_wrong_says_why_and_stays(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, ("Qwertyuiop 99,Helsinki,,",))
    offered(made, inbox.queue)
    hands.press(Qt.Key.Key_E)
    hands.type("Asdfghjkl 3")
    hands.press(Qt.Key.Key_Return)
    made.wait(lambda: inbox.queue.note.isVisible(), "the answer")
    assert "not on the map" in inbox.queue.note.text()
    hands.press(Qt.Key.Key_Escape)
    assert inbox.queue.edit.text() == "Qwertyuiop 99, Helsinki"
    assert inbox.queue.isVisible(), "Escape first takes back what was typed"
    hands.press(Qt.Key.Key_Escape)
    assert not inbox.queue.isVisible()


def test_the_pin_is_moved_by_arrows_and_set_by_enter(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, (SWAPPED,))
    offered(made, inbox.queue)
    hands.press(Qt.Key.Key_P)
    start = inbox.solver.case.pin if inbox.solver.case else None
    assert start is not None
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Qt.Key.Key_Return)
    made.ready()
    order = order_of(made, "N-1")
    assert order.location.place is not None
    assert distance_m(order.location.place, shifted(start, 10, 100)) < 0.5
    assert order.location.state is AddressState.PINNED


def test_the_mouse_moves_the_pin_and_the_keys_stay_with_the_queue(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, (SWAPPED,))
    offered(made, inbox.queue)
    hands.press(Qt.Key.Key_P)
    case = inbox.solver.case
    assert case is not None
    assert case.pin is not None
    wanted = shifted(case.pin, 55, -20)
    made.desk.map_view.setFocus()
    made.desk.map_view.channel.moved.emit(wanted)
    hands.press(Qt.Key.Key_Return)
    made.ready()
    assert order_of(made, "N-1").location.place == wanted


def test_hold_puts_aside_and_next_comes_back(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, (SWAPPED, "Qwertyuiop 99,Helsinki,,", "Zxcvbnm 1,Helsinki,,"))
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_S, Qt.Key.Key_Left, Qt.Key.Key_H, Qt.Key.Key_H, Qt.Key.Key_H):
        assert inbox.solver.case is not None
        seen.append(inbox.solver.case.order.number)
        hands.press(key)
    assert seen[:4] == ["N-1", "N-2", "N-3", "N-2"]
    assert sorted(seen[3:]) == ["N-1", "N-2", "N-3"]
    assert inbox.queue.done_words.text() == "0 solved · 3 put aside"
    assert len([row for row in made.view.board if row.standing.value == "held"]) == 3


def test_the_queue_is_put_away_though_what_had_the_keyboard_is_gone(stage: Make) -> None:
    made = stage()
    inbox, _hands = opened(made, TEN[:2])
    inbox.close_queue()
    passing = QPushButton(made.desk.window)
    passing.show()
    passing.setFocus()
    made.desk.actions["solve_addresses"].trigger()
    passing.deleteLater()
    made.rest(0.1)
    inbox.close_queue()
    assert not inbox.queue.isVisible()


def test_a_place_set_once_solves_every_order_of_that_address(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, (SWAPPED, SWAPPED))
    assert inbox.solver.total == 2
    offered(made, inbox.queue)
    hands.press(Qt.Key.Key_1)
    made.wait(lambda: inbox.solver.case is None, "both")
    assert inbox.solver.solved == 2


def test_what_was_solved_can_be_taken_back_in_the_queue(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, (SWAPPED,))
    offered(made, inbox.queue)
    hands.press(Qt.Key.Key_1)
    made.ready()
    assert left(inbox, "N-1")
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    made.wait(lambda: not left(inbox, "N-1"), "the address again")
    assert inbox.queue.progress.text() == "1 of 1"


def test_a_click_takes_a_place(stage: Make) -> None:
    made = stage()
    inbox, _ = opened(made, (SWAPPED,))
    offered(made, inbox.queue)
    choices = inbox.queue.choices
    QTest.mouseClick(choices.viewport(), Qt.MouseButton.LeftButton, pos=choices.visualItemRect(choices.item(0)).center())
    made.ready()
    assert order_of(made, "N-1").location.place is not None


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_the_inbox_lists_the_addresses_and_enter_solves_one(stage: Make, language: str) -> None:
    made = stage(language)
    paste(made, "\n".join([HEAD, f"N-1,{SWAPPED},2,1", "N-2,Qwertyuiop 99,Helsinki,,,2,1", "N-3,Annankatu 14,Helsinki,,,2,1"]))
    inbox = made.desk.inbox
    made.wait(lambda: inbox.addresses, "the inbox")
    made.desk.actions["layout_inbox"].trigger()
    made.desk.window.show()
    made.desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.desk.window, 2_000)
    rows = inbox.panel.list
    assert [item.matter for item in rows.inbox.rows] == [Matter.ADDRESS, Matter.ADDRESS]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    made.rest(0.05)
    assert made.desk.selection.held.current == rows.currentIndex().data(Qt.ItemDataRole.UserRole).order
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert inbox.queue.isVisible()
    assert inbox.solver.case is not None
    assert inbox.solver.case.order.id == made.desk.selection.held.current


def test_the_details_show_what_is_remembered_and_can_forget_it(stage: Make) -> None:
    made = stage()
    inbox, hands = opened(made, (SWAPPED,))
    offered(made, inbox.queue)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Escape)
    made.ready()
    made.desk.selection.pick([order_of(made, "N-1").id])
    made.desk.window.details.order.turn_card.click()
    made.wait(lambda: not inbox.card.forget.isHidden(), "what is remembered")
    assert made.desk.window.details.order.isAncestorOf(inbox.card)
    inbox.card.forget.click()
    made.wait(lambda: inbox.card.forget.isHidden(), "the forgetting")
    assert undo_text(made) == "Undo: Forget the place of Annankatu 12, Helsinki"
    made.desk.actions["undo"].trigger()
    made.wait(lambda: not inbox.card.forget.isHidden(), "the undo")
