"""The details of a late stop say why, as the planner told or as it is found out when it is looked at."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.details.explaining import Explaining
from app.desktop.details.panel import DetailPanel
from app.desktop.format import Formats
from app.desktop.selection import Selection
from app.domain.orders import task_of
from app.domain.sentences import Sentence
from app.domain.units import Cost
from app.services import planning
from app.services.queries import day_view
from app.services.whys import Dearness
from tests.builders import a_plan, a_route
from tests.services.test_planning import Flat
from tests.services.test_planning_reasons import a_late_day

TOLD = Sentence.of("planning.held_by_lock", vehicle="Van 9")


@pytest.fixture
def panel(qtbot: QtBot) -> DetailPanel:
    """Details with a selection and acts of their own."""
    owner = QObject()
    made = DetailPanel(Selection(owner), Actions(owner))
    made.setProperty("owner", owner)
    qtbot.addWidget(made)
    return made


def a_late_stop() -> Shown:
    """A plan as it stands in which A-2 is late."""
    day, _ = a_late_day(a_plan(a_route(1, [1, 2])))
    problem = planning.day_problem(day, Flat())
    judged = planning.current(problem, day.plan)
    return Shown(day=day, view=day_view(day, judged), problem=problem, judged=judged)


def look(panel: DetailPanel, shown: Shown, number: int) -> list[str]:
    """Shows an order of the day in the details; what they say."""
    panel.show_day(shown, Formats("en"))
    panel._selection.pick([shown.day.orders[number - 1].id])
    return said(panel)


def said(panel: DetailPanel) -> list[str]:
    return [each.text() for each in panel.widget().findChildren(QLabel)]


def test_what_the_planner_told_is_shown_at_once(panel: DetailPanel) -> None:
    shown = a_late_stop()
    assert shown.judged is not None
    judged = replace(shown.judged, late_reasons={task_of(shown.day.orders[1]): (TOLD,)})
    words = look(panel, replace(shown, judged=judged, view=day_view(shown.day, judged)), 2)
    assert words[words.index("Why late?") + 1] == "Locked to Van 9: unlock it to let it be planned elsewhere."


def test_what_nobody_told_is_found_out(panel: DetailPanel, bridge: Bridge, qtbot: QtBot) -> None:
    Explaining(bridge, panel, panel)
    assert "Why late?" not in look(panel, a_late_stop(), 2)
    qtbot.waitUntil(lambda: "Why late?" in said(panel))
    words = said(panel)
    assert words[words.index("Why late?") + 1].startswith("In time on Van 1 as stop 1, ")


def test_a_stop_in_time_is_not_asked_about(panel: DetailPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.puzzled):
        assert "Why late?" not in look(panel, a_late_stop(), 1)


def test_a_late_stop_is_asked_about_once(panel: DetailPanel) -> None:
    asked: list[object] = []
    panel.puzzled.connect(asked.append)
    shown = a_late_stop()
    for number in (2, 1, 2):
        look(panel, shown, number)
    assert len(asked) == 1


def test_an_answer_about_a_plan_that_is_no_longer_shown_is_dropped(panel: DetailPanel) -> None:
    before, now = a_late_stop(), a_late_stop()
    look(panel, before, 2)
    look(panel, now, 2)
    panel.explain(before, now.day.orders[1].id, (TOLD,))
    assert "Why late?" not in said(panel)
    panel.explain(now, now.day.orders[1].id, (TOLD,))
    assert "Why late?" in said(panel)


def test_the_day_names_its_dearest_stops_and_leads_to_them(panel: DetailPanel, qtbot: QtBot) -> None:
    shown = a_late_stop()
    order = shown.day.orders[0]
    with qtbot.waitSignal(panel.costing):
        panel.show_day(shown, Formats("en"))
    panel.tell_dearest(shown, ((order.id, Dearness(cost=Cost(1_240_000_000), usual=Cost(310_000_000))),))
    link = next(each for each in panel.day.findChildren(QPushButton) if order.number in each.text())
    assert link.text() == f"{order.number} · €12.40 · 4 times the usual"
    link.click()
    assert panel._selection.held.orders == {order.id}
