"""What is known of a stop, a route, a selection and the day stands in the details, with the same numbers as in the table and the list."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.details.panel import DetailPanel
from app.desktop.details.parts import Link
from app.desktop.frame.layouts import WIDE
from app.desktop.history.model import Place
from app.desktop.stage import Stage
from app.domain.plans import Lock
from app.services.route_times import spent
from tests.window import Make, bring, fullest, undo_text

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]


def panel_of(stage: Stage) -> DetailPanel:
    """The details, on screen in a window wide enough for their dock."""
    stage.desk.window.resize(WIDE + 60, 800)
    stage.desk.window.show_dock("details", wanted=True)
    stage.quiet()
    return stage.desk.window.details


def words(stage: Stage) -> list[str]:
    """What the details say, from top to bottom."""
    panel = stage.desk.window.details
    said = [each for each in panel.findChildren(QLabel) if each.isVisibleTo(panel) and each.text()]
    return [each.text() for each in said]


def after(stage: Stage, title: str) -> str:
    """The value that stands beside a title."""
    said = words(stage)
    return said[said.index(title) + 1]


def link(stage: Stage, beginning: str) -> Link:
    """The link of the details that begins so."""
    panel = stage.desk.window.details
    return next(each for each in panel.findChildren(Link) if each.isVisibleTo(panel) and each.words.startswith(beginning))


def act(stage: Stage, text: str) -> QPushButton:
    """The button of the details with this text."""
    panel = stage.desk.window.details
    return next(each for each in panel.findChildren(QPushButton) if each.isVisibleTo(panel) and each.text() == text)


def cell(stage: Stage, order: str, column: str) -> str:
    """What the order table says of an order."""
    model = stage.desk.window.orders.model
    at = model.place_of(order)
    assert at is not None
    place = [each.id for each in model.columns].index(column)
    return str(model.index(at, place).data())


def test_a_stop_says_the_same_in_details_table_and_list(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    panel_of(made)
    route = fullest(made)
    stop = next(each for each in made.view.stops[route.id] if each.windows)
    made.desk.selection.pick(stop.orders)
    made.quiet()
    order = stop.orders[0]
    assert words(made)[0] == f"Stop {stop.position} · {stop.number}"
    assert after(made, "Window") == cell(made, order, "windows")
    assert after(made, "Arrival").split("  ")[0] == cell(made, order, "arrival")
    assert cell(made, order, "punctuality") in " ".join(words(made))
    assert link(made, "‹").words == f"‹ {route.vehicle} · {route.driver}"


def test_a_stop_says_why_it_is_there_and_what_happened_to_it(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    panel_of(made)
    route = fullest(made)
    other = next(row for row in made.view.routes if row.id != route.id and row.vehicle.startswith("Van"))
    stop = made.view.stops[route.id][0]
    made.desk.selection.pick(stop.orders)
    made.desk.edits.move_to(other.id, 0)
    made.quiet()
    made.desk.edits.lock(Lock.DRIVER)
    made.quiet()
    made.wait(lambda: "Locked" in words(made), "the story")
    said = words(made)
    assert other.vehicle in said[said.index("Why here?") + 1]
    assert f"It is locked to {other.vehicle}." in said
    events = [said[at] for at in range(said.index("What happened") + 1, len(said), 2)]
    assert events[:4] == ["Locked", f"Moved to {other.vehicle}", f"Planned on {route.vehicle}", "Address found"]
    assert events[4] == "Order received"
    made.desk.actions["undo"].trigger()
    made.quiet()
    made.wait(lambda: "Undone: Locked" in words(made), "the story")
    assert "Locked (undone)" in words(made)


def test_the_links_lead_along_the_route_up_to_it_and_to_the_day(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    panel_of(made)
    route = fullest(made)
    stops = made.view.stops[route.id]
    made.desk.selection.pick(stops[1].orders)
    made.quiet()
    link(made, "↓ 3").click()
    assert made.desk.selection.held.orders == set(stops[2].orders[:1])
    link(made, "‹").click()
    assert route.vehicle in words(made)
    assert after(made, "On the road") == made.desk.formats.span(route.leaves, route.ends)
    assert after(made, "Stops") == str(route.stops)
    assert after(made, "Distance") == made.desk.formats.kilometers(route.meters)
    link(made, "‹ The day").click()
    assert after(made, "Orders") == str(made.view.figures.orders)
    assert any(after(made, "Cost") in each.text() for each in made.desk.window.figures.findChildren(QLabel))


def test_the_parts_of_a_routes_time_are_its_whole_duration(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    held = made.desk.model.held
    assert held is not None
    assert held.judged is not None
    for line in held.judged.timelines.values():
        parts = spent(line, held.day.depot.reload)
        assert parts.driving + parts.serving + parts.waiting + parts.resting + parts.loading == line.duration
        assert min(parts.driving, parts.waiting, parts.resting) >= 0


def test_several_orders_say_what_a_route_would_take_and_go_there_by_one_press(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    panel_of(made)
    route = fullest(made)
    stops = made.view.stops[route.id][:2]
    orders = [order for stop in stops for order in stop.orders]
    made.desk.selection.pick(orders)
    made.quiet()
    made.desk.actions["unassign"].trigger()
    made.quiet()
    made.wait(lambda: "If added to …" in words(made), "the weights")
    said = words(made)
    assert said[0] == f"{len(orders)} orders selected"
    assert after(made, "Weight") == made.desk.formats.weight(sum(made.view.by_order[each].weight for each in orders))
    offered = said[said.index("If added to …") + 1]
    before = {row.id: row.ends - row.leaves for row in made.view.routes}
    best = next(row for row in made.view.routes if offered.startswith(f"{row.vehicle}: "))
    assert " · +" in offered or " · −" in offered
    act(made, f"Move to {best.vehicle}").click()
    made.quiet()
    assert all(made.view.by_order[each].route == best.id for each in orders)
    assert made.view.by_route[best.id].ends - made.view.by_route[best.id].leaves > before[best.id]


def test_a_telephone_number_is_copied_by_keyboard(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    panel = panel_of(made)
    row = next(each for each in made.view.board if each.phone)
    made.desk.selection.pick([row.order])
    made.quiet()
    button = panel.order._facts.rows["phone"].copy
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == row.phone


def test_a_step_of_the_history_is_gone_back_to_and_outlives_the_window(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    panel_of(made)
    route = fullest(made)
    stops = made.view.stops[route.id]
    for stop in stops[:2]:
        made.desk.selection.pick(stop.orders)
        made.desk.actions["unassign"].trigger()
        made.quiet()
    made.close()
    again = stage(keep=True)
    panel_of(again)
    again.ready()
    again.desk.window.show_dock("history", wanted=True)
    history = again.desk.frame.history
    again.wait(lambda: len(history.model.lines) > 3, "the history")
    assert [history.model.title(line) for line in history.model.lines[:2]] == [f"Put {stop.number} back into the pool" for stop in (stops[1], stops[0])]
    history.list.setCurrentIndex(history.model.index(2))
    assert history.go.text() == "Undo 2 steps, back to here"
    QTest.keyClick(history.list, Qt.Key.Key_Return)
    again.wait(lambda: history.model.lines[2].place is Place.NOW, "the way back")
    again.quiet()
    assert [row.id for row in again.view.stops[route.id]] == [row.id for row in stops]
    assert undo_text(again).startswith("Undo: Apply plan")


def test_a_day_without_a_plan_says_what_to_do_next(stage: Make) -> None:
    made = stage()
    panel_of(made)
    assert "There are no orders on this day yet. Import a file, or drop one here." in words(made)
    bring(made, 6)
    made.quiet()
    assert "6 orders wait for a route." in words(made)
    assert act(made, "Optimise the day").isEnabled()


@pytest.mark.parametrize("width", [260, 420])
def test_nothing_is_wider_than_the_panel(stage: Make, qtbot: QtBot, width: int) -> None:
    made = stage("zh_TW", orders=14, plan=True)
    desk, held = made.desk, made.desk.model.held
    assert held is not None
    route = fullest(made)
    panel = DetailPanel(desk.selection, desk.actions)
    qtbot.addWidget(panel)
    panel.resize(width, 600)
    panel.show_day(held, desk.formats)
    panel.show()
    body = panel.widget()
    assert body is not None
    looks: tuple[Callable[[], None], ...] = (
        lambda: desk.selection.pick(made.view.stops[route.id][1].orders),
        lambda: panel.show_route(route.id),
        lambda: panel.show_route(None),
        lambda: desk.selection.pick([row.order for row in made.view.board[:4]]),
    )
    for look in looks:
        look()
        made.rest(0.1)
        assert body.width() <= panel.viewport().width()
        buttons = [each for each in body.findChildren(QPushButton) if each.isVisible()]
        labels = [each for each in body.findChildren(QLabel) if each.isVisible()]
        parts: list[QPushButton | QLabel] = [*buttons, *labels]
        assert [each.text() for each in parts if each.mapTo(body, each.rect().topRight()).x() > panel.viewport().width()] == []
        assert [each.text() for each in labels if not each.wordWrap() and each.sizeHint().width() > each.width()] == []
    panel.hide()
