"""The map's scheme must be known before the QApplication is made: at collection."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.map.scheme import assets_missing, register_scheme
from app.desktop.map.view import MapView

register_scheme()

Script = Callable[[MapView, str], Any]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    """A map that is ready, 800 × 600."""
    if assets_missing():
        pytest.skip("the set-up has not brought the web packages")
    shown = MapView()
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    with qtbot.waitSignal(shown.ready, timeout=20_000):
        shown.show()
    yield shown
    shown.close()


@pytest.fixture
def ask(qtbot: QtBot) -> Script:
    """Asks the page for the value of an expression."""

    def asked(view: MapView, script: str) -> Any:
        answers: list[Any] = []
        view._web.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
        import json

        return json.loads(answers[0]) if answers[0] else None

    return asked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Somewhere to build an area."""
    return tmp_path
