"""The board: columns, keys, selection, and cards that are dragged."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from app.desktop.board.column import NARROW, WIDTH
from app.desktop.board.panel import BoardPanel
from app.desktop.stage import Stage
from tests.window import Make, drop_orders, fullest, press

KEYS = Qt.Key
Boarded = tuple[Stage, BoardPanel]


@pytest.fixture
def boarded(stage: Make) -> Boarded:
    """A planned day in the layout of the board."""
    made = stage(orders=14, plan=True)
    made.desk.actions["layout_board"].trigger()
    made.rest(0.05)
    return made, made.desk.frame.board


def test_every_route_is_a_column_with_its_stops_in_order(boarded: Boarded) -> None:
    made, board = boarded
    assert list(board.columns) == [row.id for row in made.view.routes]
    for row in made.view.routes:
        cards = board.columns[row.id].list.cards
        assert [cards.orders_at(at) for at in range(cards.rowCount())] == [stop.orders for stop in made.view.stops[row.id]]
        assert board.columns[row.id].width() == (WIDTH if row.stops else NARROW)
    assert board.pool.list.cards.rowCount() == len(made.view.pool)


def test_routes_without_stops_can_be_left_out(boarded: Boarded) -> None:
    made, board = boarded
    empty = [row.id for row in made.view.routes if not row.stops]
    assert empty
    board.empty_too.click()
    assert not any(board.columns[each].isVisible() for each in empty)
    assert all(board.columns[row.id].isVisible() for row in made.view.routes if row.stops)


def test_arrows_go_from_card_to_card_and_from_column_to_column(boarded: Boarded) -> None:
    made, board = boarded
    board.empty_too.click()
    used = [row.id for row in made.view.routes if row.stops]
    first = board.columns[used[0]]
    made.desk.selection.pick(made.view.stops[used[0]][0].orders)
    press(made, first.list, KEYS.Key_Down)
    assert made.desk.selection.held.orders == set(made.view.stops[used[0]][1].orders)
    press(made, first.list, KEYS.Key_Left)
    assert board.pool.list.hasFocus() or not made.view.pool
    press(made, board.pool.list, KEYS.Key_Right)
    assert first.list.hasFocus()
    assert made.desk.selection.held.route == used[0]


def test_the_selection_is_that_of_the_lists(boarded: Boarded) -> None:
    made, board = boarded
    row = fullest(made)
    stop = made.view.stops[row.id][2]
    made.desk.selection.pick(stop.orders)
    assert board.columns[row.id].list.chosen() == stop.orders
    cards = board.columns[row.id].list
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=cards.visualRect(cards.cards.index(0)).center())
    assert made.desk.selection.held.orders == set(made.view.stops[row.id][0].orders)


def test_ctrl_adds_cards_of_another_column(boarded: Boarded) -> None:
    made, board = boarded
    made.desk.selection.pick([])
    used = [row.id for row in made.view.routes if row.stops][:2]
    assert len(used) == 2
    for at, route in enumerate(used):
        cards = board.columns[route].list
        held = Qt.KeyboardModifier.ControlModifier if at else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, held, cards.visualRect(cards.cards.index(0)).center())
    assert made.desk.selection.held.orders == {order for route in used for order in made.view.stops[route][0].orders}


def test_keys_move_cards(boarded: Boarded) -> None:
    made, board = boarded
    row = fullest(made)
    stop = made.view.stops[row.id][1]
    made.desk.selection.pick(stop.orders)
    press(made, board.columns[row.id].list, KEYS.Key_Up, Qt.KeyboardModifier.AltModifier)
    made.quiet()
    assert made.view.by_stop[stop.id].position == 1
    press(made, board.columns[row.id].list, KEYS.Key_Backspace)
    made.quiet()
    assert made.view.by_order[stop.orders[0]].route is None
    assert stop.orders[0] in {order for at in range(board.pool.list.cards.rowCount()) for order in board.pool.list.cards.orders_at(at)}


def test_a_card_is_dropped_where_the_pointer_is(boarded: Boarded) -> None:
    made, board = boarded
    row = fullest(made)
    other = next(each for each in made.view.routes if each.stops > 1 and each.id != row.id)
    stop = made.view.stops[row.id][0]
    cards = board.columns[other.id].list
    box = cards.visualRect(cards.cards.index(1))
    drop_orders(cards.viewport(), QPoint(box.center().x(), box.top() + 4), [stop.orders[0]])
    made.quiet()
    assert (made.view.by_stop[stop.id].route, made.view.by_stop[stop.id].position) == (other.id, 2)
    drop_orders(board.pool.list.viewport(), QPoint(20, 20), [stop.orders[0]])
    made.quiet()
    assert made.view.by_order[stop.orders[0]].route is None


def test_a_card_is_dropped_on_an_empty_column(boarded: Boarded) -> None:
    made, board = boarded
    empty = next(row for row in made.view.routes if not row.stops)
    stop = made.view.stops[fullest(made).id][0]
    drop_orders(board.columns[empty.id].list.viewport(), QPoint(20, 40), [stop.orders[0]])
    made.quiet()
    assert made.view.by_stop[stop.id].route == empty.id
    assert board.columns[empty.id].width() == WIDTH


def test_cards_tell_screen_readers_all_that_they_show(boarded: Boarded, qtmodeltester: ModelTester) -> None:
    made, board = boarded
    row = fullest(made)
    cards = board.columns[row.id].list.cards
    stop = made.view.stops[row.id][0]
    said = cards.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert stop.number in said
    assert stop.customer in said
    assert stop.arrival is not None
    assert made.desk.formats.clock(stop.arrival) in said
    assert row.vehicle in board.columns[row.id].list.accessibleName()
    qtmodeltester.check(cards)
    qtmodeltester.check(board.pool.list.cards)
