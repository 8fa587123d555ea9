"""The bar over the map says where a plan is made without the fast engine, and what to do about it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.bootstrap import Application
from app.desktop.stage import Stage
from app.domain.sentences import Sentence
from app.services.problem import Problem, Progress
from tests.window import Make


class Noted:
    """The real planner, whose plans carry a note."""

    def __init__(self, planner: Any, note: str) -> None:
        self._planner, self._note = planner, note

    def __getattr__(self, name: str) -> Any:
        return getattr(self._planner, name)

    def start(self, problem: Problem, *, progress: Callable[[Progress], None], **more: Any) -> Any:
        return self._planner.start(problem, progress=lambda each: progress(replace(each, note=self._note)), **more)


def proposed(stage: Make, language: str, note: str, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A window in which a plan with that note is proposed."""
    real = Application.planner
    stage(orders=6)
    monkeypatch.setattr(Application, "planner", lambda doors: Noted(real(doors), note))
    made = stage(language, orders=6)
    made.optimise(0.5)
    return made


@pytest.mark.parametrize("language", ["en", "zh_TW"])
@pytest.mark.parametrize("note", ["no_kernel", "kernel_refuses"])
def test_a_plan_without_the_fast_engine_says_so(language: str, note: str, stage: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposed(stage, language, note, monkeypatch)
    said = made.desk.window.proposal.words().splitlines()
    assert said[-1] == made.desk.formats.say(Sentence.of(f"planning.alone_{note}"))
    assert said[-1] != said[0]


def test_other_plans_say_nothing_of_their_engine(stage: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposed(stage, "en", "", monkeypatch)
    assert len(made.desk.window.proposal.words().splitlines()) == 2


def test_what_was_said_of_one_plan_is_not_said_of_the_next(stage: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = proposed(stage, "en", "no_kernel", monkeypatch)
    made.desk.proposer.discard()
    made.desk.proposer._planner = made.desk.proposer._planner._planner  # type: ignore[attr-defined]
    made.optimise(0.5)
    assert len(made.desk.window.proposal.words().splitlines()) == 2
