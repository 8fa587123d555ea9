"""The list of the inbox: its model, its chips, its rows, and the address card."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.inbox.address_card import AddressCard, facts_of, memory_words, understood
from app.desktop.inbox.listing import SAID, InboxModel
from app.desktop.inbox.panel import InboxPanel
from app.desktop.theme import LIGHT
from app.domain.address import Address, AddressState, Location, LocationSource
from app.domain.ids import OrderId
from app.domain.orders import OrderState
from app.domain.sentences import Sentence
from app.domain.units import Millis
from app.routing.straight import StraightTravel
from app.services import planning
from app.services.attention import Item, Matter, items_of
from app.services.commands import SetPlace
from app.services.queries import DayView, day_view
from tests import builders as b
from tests.desk import Desk

LOST = Item(matter=Matter.ADDRESS, order=OrderId("o1"), number="N-1", address="Nowhere 1", reasons=(Sentence.of("locating.not_found"),))
LATE = Item(matter=Matter.LATE, order=OrderId("o2"), number="N-2", customer="Ada", route_number=3, vehicle="Van 3", position=9, late=Millis(18 * 60_000))
POOL = Item(matter=Matter.UNPLANNED, order=OrderId("o3"), number="N-3", address="Here 2", reasons=(Sentence.of("planning.not_planned_yet"),))
ITEMS = (LATE, LOST, POOL)


def a_view() -> DayView:
    """The rows of a day that nobody has planned."""
    return day_view(b.a_day(3), None)


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = InboxModel()
    model.set_items(ITEMS, Formats())
    qtmodeltester.check(model)
    model.show_only(Matter.LATE)
    assert [item.number for item in model.rows] == ["N-2"]
    model.set_items((LOST,), Formats())
    assert model.rowCount() == 0


def test_every_row_says_what_why_and_what_to_do() -> None:
    model = InboxModel()
    model.set_items(ITEMS, Formats())
    late, lost, pool = (model.index(row).data(SAID) for row in range(3))
    assert (late.mark, late.head, late.rest, late.why, late.act) == ("▲", "Van 3 · stop 9", "N-2 Ada", "+18 min", "Show")
    assert (lost.mark, lost.head, lost.rest, lost.act) == ("✕", "N-1", "Nowhere 1", "Solve address")
    assert lost.why == "Not found"
    assert (pool.mark, pool.why, pool.act) == ("◇", "Not planned yet", "Move…")
    assert "Solve address" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def panel(qtbot: QtBot) -> InboxPanel:
    """The panel, 700 pixels wide."""
    owner = QObject()
    made = InboxPanel(Actions(owner))
    made.set_tokens(LIGHT)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_items(ITEMS, a_view(), Formats())
    return made


def test_chips_count_and_filter(panel: InboxPanel) -> None:
    assert panel.chip(None).text() == "All 3"
    assert panel.chip(Matter.ADDRESS).text() == "✕ Address 1"
    assert not panel.chip(Matter.RULE).isVisible()
    panel.chip(Matter.ADDRESS).click()
    assert [item.number for item in panel.list.inbox.rows] == ["N-1"]
    panel.show_items((LATE,), a_view(), Formats())
    assert panel.chip(None).isChecked(), "a kind of which nothing is left does not hide the others"
    assert [item.number for item in panel.list.inbox.rows] == ["N-2"]


@pytest.mark.parametrize("width", [700, 320])
def test_a_press_on_the_act_does_it_and_beside_it_only_selects(panel: InboxPanel, qtbot: QtBot, width: int) -> None:
    panel.resize(width, 400)
    QTest.qWait(20)
    rows = panel.list
    area = rows.visualRect(rows.inbox.index(1))
    spot = QPoint(area.right() - 40, area.center().y()) if width == 700 else QPoint(area.left() + 60, area.bottom() - 12)
    with qtbot.assertNotEmitted(panel.acted):
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.left() + 60, area.top() + 12))
    with qtbot.waitSignal(panel.acted) as acted:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert acted.args == [LOST]


def test_enter_does_what_the_row_offers_and_arrows_look_at_it(panel: InboxPanel, qtbot: QtBot) -> None:
    panel.setFocus()
    with qtbot.waitSignal(panel.shown) as shown:
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert shown.args == [LATE] or shown.args == [LOST]
    with qtbot.waitSignal(panel.acted) as acted:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert acted.args == shown.args


def test_a_row_stays_current_while_others_come_and_go(panel: InboxPanel, qtbot: QtBot) -> None:
    panel.list.setCurrentIndex(panel.list.inbox.index(1))
    with qtbot.assertNotEmitted(panel.shown):
        panel.show_items((LOST, POOL), a_view(), Formats())
    assert panel.list.currentIndex().row() == 0
    with qtbot.assertNotEmitted(panel.shown):
        panel.show_order(OrderId("o3"))
    assert panel.list.currentIndex().row() == 1


def test_an_empty_inbox_says_what_is_true(panel: InboxPanel) -> None:
    panel.show_items((), day_view(b.a_day(0), None), Formats())
    assert panel.empty.isVisible()
    assert panel.empty.words.text() == "No orders on this day."
    day = b.a_day(3)
    view = day_view(day, planning.current(planning.day_problem(day, StraightTravel()), None))
    panel.show_items(items_of(day, view), view, Formats())
    assert panel.empty.words.text() == "Nothing needs you. 3 orders wait to be planned."


def test_the_card_says_how_an_address_was_understood() -> None:
    assert understood(Address(text="Annankatu 12 B, 00120 Helsinki")) == "Street: Annankatu · Number: 12 B · Postcode: 00120 · Town: Helsinki"
    assert understood(Address(text="123")) == ""
    order = b.an_order(1, location=Location(state=AddressState.STREET, place=b.a_place(1), source=LocationSource.AREA, label="Annankatu"), notes="Ring twice")
    facts = {title: text for title, text, _ in facts_of(order, Formats())}
    assert facts["State"] == "◆ Street only"
    assert facts["Says"] == "The map of the area · Street only"
    assert facts["Access"] == "Ring twice"


def test_what_is_remembered_is_shown_and_can_be_forgotten(tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(tmp_path / "doorstep.db")
    order = b.an_order(1, state=OrderState.ON_HOLD)
    desk.bring(order, b.an_order(2, address=order.address))
    desk.bus.do(SetPlace(order=order.id, place=b.a_place(5), who="Anna"))
    bridge = Bridge(desk.store, desk.bus)
    card = AddressCard(bridge)
    qtbot.addWidget(card)
    card.show()
    card.show_order(desk.order(1), Formats("en", b.ZONE))
    qtbot.waitUntil(card.forget.isVisible)
    assert "set by Anna" in card._remembered.text()
    assert "Used for 1 more order." in card._remembered.text()
    card.forget.click()
    qtbot.waitUntil(lambda: not card.forget.isVisible())
    assert card._remembered.text() == memory_words(None, Formats())
    assert bridge is not None
    bridge.undo()
    qtbot.waitUntil(card.forget.isVisible)
    bridge.close()
    desk.store.close()
