"""The order table in the real window: views, filters, columns, totals, by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.orders.panel import OrderPanel
from app.desktop.stage import Stage
from app.services.queries import Standing
from tests.window import Make, fullest, press

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
KEYS = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def panel(made: Stage) -> OrderPanel:
    made.desk.window.show_tab("orders")
    return made.desk.window.orders


def numbers(orders: OrderPanel) -> list[str]:
    """The orders that are shown, from the top."""
    return [row.number for row in orders.model.shown()]


def headings(orders: OrderPanel) -> list[str]:
    """The columns that are shown, from left to right."""
    header = orders.table.horizontalHeader()
    logical = [header.logicalIndex(place) for place in range(header.count())]
    return [orders.model.columns[at].id for at in logical if not orders.table.isColumnHidden(at)]


def type_words(made: Stage, orders: OrderPanel, words: str) -> None:
    """Types into the search box and waits until the table has followed."""
    orders.search.setFocus()
    orders.search.clear()
    QTest.keyClicks(orders.search, words)
    made.wait(lambda: orders.viewing.words == words, "the search")


def test_ctrl_a_takes_what_the_filter_shows_and_the_totals_say_what_it_is(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    orders, route = panel(made), fullest(made)
    type_words(made, orders, f"route:{route.number}")
    wanted = [row for row in made.view.board if row.route_number == route.number]
    assert numbers(orders) == [row.number for row in wanted]
    press(made, orders.table, KEYS.Key_A, CTRL)
    assert made.desk.selection.held.orders == {row.order for row in wanted}
    said = orders.totals.toolTip()
    assert f"{len(wanted)} orders selected" in said
    assert made.desk.formats.weight(sum(row.weight for row in wanted)) in said
    assert made.desk.formats.minutes(sum(row.service for row in wanted)) in said
    type_words(made, orders, wanted[0].number)
    assert f"{len(wanted) - 1} of them hidden by the filter" in orders.totals.toolTip()


def test_a_figure_filters_says_so_and_escape_lifts_it(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    orders, strip = panel(made), made.desk.window.figures
    QTest.mouseClick(strip.chip("planned"), Qt.MouseButton.LeftButton)
    assert strip.chip("planned").isChecked()
    assert [chip.text() for chip in orders.chips.chips] == ["Late  ×", "In a route  ×"]
    planned = {Standing.PLANNED, Standing.LATE}
    assert numbers(orders) == [row.number for row in made.view.board if row.standing in planned]
    press(made, orders.table, KEYS.Key_Escape)
    assert numbers(orders) == [row.number for row in made.view.board]
    assert not strip.chip("planned").isChecked()
    assert not orders.chips.isVisible()


def test_where_nothing_is_found_one_press_shows_everything_again(stage: Make) -> None:
    made = stage(orders=14)
    orders = panel(made)
    type_words(made, orders, "nobody")
    assert orders.nothing.isVisible()
    assert orders.nothing.words.text() == "No order matches “nobody”."
    QTest.mouseClick(orders.nothing.lift, Qt.MouseButton.LeftButton)
    assert len(numbers(orders)) == 14
    assert not orders.nothing.isVisible()
    assert orders.search.text() == ""


def test_views_have_keys_counts_and_columns_of_their_own(stage: Make) -> None:
    made = stage(orders=14)
    orders = panel(made)
    press(made, orders.table, KEYS.Key_2, CTRL | ALT)
    left = [row.number for row in made.view.board if row.standing in {Standing.POOL, Standing.HELD}]
    assert numbers(orders) == left
    assert orders.bar.view.text() == f"Unplanned  {len(left)}"
    assert "why" in headings(orders)
    press(made, orders.table, KEYS.Key_5, CTRL | ALT)
    assert numbers(orders) == []
    assert orders.nothing.words.text() == "No order belongs to this view."
    press(made, orders.table, KEYS.Key_1, CTRL | ALT)
    assert len(numbers(orders)) == 14


def test_a_view_of_ones_own_is_there_at_the_next_start(stage: Make) -> None:
    made = stage(orders=14)
    orders = panel(made)
    orders.viewing.turn("standing", "pool")
    orders.table.sortByColumn(orders.model.column_of("weight"), Qt.SortOrder.DescendingOrder)
    dialog = orders.save_view()
    QTest.keyClicks(dialog.box, "Heavy & waiting")
    QTest.keyClick(dialog.box, KEYS.Key_Return)
    kept = numbers(orders)
    made.close()
    again = stage(orders=14, keep=True)
    orders = panel(again)
    orders.bar.menu.aboutToShow.emit()
    entry = next(action for action in orders.bar.menu.actions() if action.text().startswith("Heavy && waiting"))
    assert entry.text().endswith(f"\t{len(kept)}")
    entry.trigger()
    assert numbers(orders) == kept
    weights = [row.weight for row in orders.model.shown()]
    assert weights == sorted(weights, reverse=True)
    orders.bar.remove_wanted.emit()
    assert all(not view.own for view in orders.viewing.store.views)
    orders.undo.click()
    assert [view.title for view in orders.viewing.store.views if view.own] == ["Heavy & waiting"]


def test_columns_are_chosen_and_ordered_by_keyboard_and_remembered(stage: Make) -> None:
    made = stage(orders=14)
    orders = panel(made)
    dialog = orders.choose_columns()
    [item] = dialog.tree.findItems("Phone", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    dialog.tree.setCurrentItem(item)
    QTest.keyClick(dialog.tree, KEYS.Key_Space)
    for _ in range(dialog.order.count()):
        QTest.keyClick(dialog.order, KEYS.Key_Up, ALT)
    dialog.accept()
    assert headings(orders)[:2] == ["phone", "number"]
    made.close()
    orders = panel(stage(orders=14, keep=True))
    assert headings(orders)[:2] == ["phone", "number"]
    orders.bar.reset_wanted.emit()
    assert headings(orders)[0] == "number"
    assert "phone" not in headings(orders)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900)])
def test_the_table_fills_its_width_and_the_important_columns_are_there(stage: Make, width: int, height: int) -> None:
    made = stage(orders=14, plan=True)
    made.desk.window.resize(width, height)
    made.rest(0.2)
    orders = panel(made)
    made.desk.selection.pick([made.view.board[0].order])
    made.rest(0.2)
    assert {"number", "customer", "address", "windows", "route", "position", "arrival", "punctuality"} <= set(headings(orders))
    assert not orders.table.horizontalScrollBar().isVisible()
    assert orders.table.horizontalHeader().length() == orders.table.viewport().width()


def test_boxes_of_the_filter_say_what_they_would_show(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    orders, route = panel(made), fullest(made)
    QTest.mouseClick(orders.bar.filter, Qt.MouseButton.LeftButton)
    box = orders.popup.boxes["route", str(route.number)]
    assert box.accessibleName().endswith(f", {route.stops}")
    QTest.keyClick(box, KEYS.Key_Space)
    assert len(numbers(orders)) == route.stops
    QTest.keyClick(orders.popup, KEYS.Key_Escape)
    assert not orders.popup.isVisible()
    assert [chip.text() for chip in orders.chips.chips] == [f"Route {route.number} · {route.vehicle}  ×"]
    QTest.mouseClick(orders.chips.chips[0], Qt.MouseButton.LeftButton)
    assert len(numbers(orders)) == 14
