"""Undo and redo of everything: whatever was done, as many undos give the contents of the beginning, and as many redos those of the end."""

from pathlib import Path

import pytest

from app.bootstrap import Application
from app.cli import soak_acts
from app.cli.soak_undo import Played, play, prepare
from app.services import history, registry
from app.settings import Settings
from tests.builders import TurnedClock

LENGTHS = (200, *(2 + at % 14 for at in range(49)))
"""Fifty sequences: one as long as the history, most short, for they find most."""


@pytest.fixture
def doors(tmp_path: Path) -> Application:
    return Application(tmp_path, Settings(), "en", clock=TurnedClock())


def test_there_is_a_maker_for_every_command() -> None:
    assert soak_acts.MAKERS.keys() == registry.HANDLERS.keys(), "a new command needs a row in app/cli/soak_acts.py"


def test_fifty_sequences_are_undone_and_done_again(doors: Application, tmp_path: Path) -> None:
    played, prepared = Played(), tmp_path / "prepared.db"
    prepare(doors, prepared)
    assert len(LENGTHS) == 50
    for seed, acts in enumerate(LENGTHS, start=1):
        play(doors, prepared, seed, acts, played)
    assert played.wrong == []
    assert played.steps > sum(LENGTHS) * 0.7
    assert {kind.__name__ for kind in soak_acts.MAKERS} <= played.done.keys() | played.refused.keys()


def test_a_history_that_forgets_something_is_found_out(doors: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a green run would mean nothing: here undo leaves plans as they are."""
    turn = history._put_kind

    def forgetful(*words: object) -> None:
        if "plan" not in str(words[2]):
            turn(*words)  # type: ignore[arg-type]

    played, prepared = Played(), tmp_path / "prepared.db"
    prepare(doors, prepared)
    monkeypatch.setattr(history, "_put_kind", forgetful)
    play(doors, prepared, 1, 40, played)
    assert any("differ" in each or "refused" in each for each in played.wrong)
