"""The window of these tests stands on the demo area; its map's scheme must be known before the QApplication is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.bridge import Bridge
from app.desktop.map.scheme import register_scheme
from tests.desk import Desk
from tests.window import profile, stage

__all__ = ["profile", "stage"]

register_scheme()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty database with its bus."""
    made = Desk(tmp_path / "doorstep.db")
    yield made
    made.store.close()


@pytest.fixture
def bridge(desk: Desk, qtbot: QtBot) -> Iterator[Bridge]:
    """The window's door to it."""
    opened = Bridge(desk.store, desk.bus)
    yield opened
    opened.close()
