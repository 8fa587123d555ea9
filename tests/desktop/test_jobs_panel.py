"""The jobs of the background: progress while they run, a way to stop them, and what came of each."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.bridge import Bridge
from app.desktop.jobs.card import JobCard
from app.desktop.jobs.panel import JobsPanel
from app.domain.errors import NotFound
from app.domain.sentences import Sentence

Report = Callable[[float, str], None]


@pytest.fixture
def panel(bridge: Bridge, qtbot: QtBot) -> JobsPanel:
    """The list of jobs, on screen."""
    made = JobsPanel(bridge)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def cards(panel: JobsPanel) -> list[JobCard]:
    return [panel.cards[number] for number in sorted(panel.cards, reverse=True)]


def test_a_job_shows_how_far_it_is_and_then_what_came_of_it(bridge: Bridge, panel: JobsPanel, qtbot: QtBot) -> None:
    go = threading.Event()

    def work(report: Report) -> int:
        report(0.4, "reading")
        assert go.wait(10)
        return 3

    told: list[int] = []
    bridge.run("Counting", work, then=told.append, result=lambda count: Sentence.of("steps.order", count=count))
    qtbot.waitUntil(lambda: bool(panel.cards) and "40 % · reading" in cards(panel)[0].accessibleName())
    assert cards(panel)[0].bar.value() == 40
    assert cards(panel)[0].stop.isVisible()
    go.set()
    qtbot.waitUntil(lambda: bool(told))
    assert cards(panel)[0].accessibleName() == "Counting, 3 orders"
    assert not cards(panel)[0].bar.isVisible()
    assert not cards(panel)[0].stop.isVisible()


def test_cancel_stops_a_job_even_one_that_never_looks(bridge: Bridge, panel: JobsPanel, qtbot: QtBot) -> None:
    go, begun = threading.Event(), threading.Event()

    def work(_report: Report) -> None:
        begun.set()
        assert go.wait(10)

    bridge.run("Deaf", work, then=lambda _none: pytest.fail("it was cancelled"))
    qtbot.waitUntil(lambda: begun.is_set() and bool(panel.cards))
    cards(panel)[0].stop.click()
    go.set()
    qtbot.waitUntil(lambda: cards(panel)[0].accessibleName() == "Deaf, Cancelled, nothing was changed")


def test_a_job_that_fails_says_why_and_stays_until_it_is_cleared(bridge: Bridge, panel: JobsPanel, qtbot: QtBot) -> None:
    def work(_report: Report) -> None:
        raise NotFound("desktop.no_area", depot="Dock 9")

    bridge.run("Looking", work, then=lambda _none: pytest.fail("it failed"), failed=lambda _error: None)
    qtbot.waitUntil(lambda: bool(panel.cards) and "Dock 9" in cards(panel)[0].accessibleName())
    panel.clear.click()
    assert not panel.cards


def test_the_newest_job_comes_first(bridge: Bridge, panel: JobsPanel, qtbot: QtBot) -> None:
    for title in ("First", "Second"):
        told: list[None] = []
        bridge.run(title, lambda _report: None, then=told.append)
        qtbot.waitUntil(lambda told=told: bool(told))
    assert [entry.job.title for entry in panel.ledger.over] == ["Second", "First"]
