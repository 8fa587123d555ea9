"""What the import wizard takes on a large file: until the check is shown, how the window lives meanwhile, filtering, and one mended cell."""

import csv
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer

from app.services.intake_groups import Group

if TYPE_CHECKING:
    from app.desktop.orders.wizard import ImportWizard
    from app.desktop.stage import Stage

HEAD = ("Order", "Name", "Address", "Postcode", "City", "Window", "Weight (kg)", "Phone", "Priority", "Notes", "Date")
_BEAT_MS = 16
_WRONG_EVERY = 400
_PATIENCE_S = 300.0
Gaps = Callable[[list[float]], dict[str, float]]


def measure_import(stage: "Stage", rows: int, gaps: Gaps) -> dict[str, Any]:
    """Opens a CSV of so many rows, one in 400 wrong. `gaps` sums up the moments of the heartbeat; milliseconds and seconds."""
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        file = Path(folder) / "orders.csv"
        _write(file, rows)
        return _measured(stage, file, rows, gaps)


def _measured(stage: "Stage", file: Path, rows: int, gaps: Gaps) -> dict[str, Any]:
    beats: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(_BEAT_MS)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    figures: dict[str, Any] = {"rows": rows}

    def beat(name: str, work: Callable[[], object]) -> Any:
        beats.clear()
        timer.start()
        began = time.perf_counter()
        made = work()
        figures[f"{name}_s"] = round(time.perf_counter() - began, 3)
        stage.rest(0.3)
        timer.stop()
        figures[name] = gaps(beats)
        return made

    wizard: ImportWizard = beat("open", lambda: stage.open_import(file))
    beat("places", lambda: stage.wait(lambda: not wizard.places.running, "the places", _PATIENCE_S))
    beat("filter", lambda: _filter(stage, wizard))
    beat("next_problem", lambda: _step(stage, wizard))
    beat("mend", lambda: _mend(stage, wizard))
    figures["filter_ms"] = _filter_ms(wizard)
    wizard.reject()
    return figures


def _filter(stage: "Stage", wizard: "ImportWizard") -> None:
    for group in (Group.PROBLEM, Group.ALL, Group.NEW, Group.ERROR, Group.ALL):
        wizard.check_page.show_group(group)
        stage.rest(0.1)


def _step(stage: "Stage", wizard: "ImportWizard") -> None:
    for _ in range(20):
        wizard.check_page.step()
        stage.rest(0.02)


def _filter_ms(wizard: "ImportWizard") -> float:
    """From the press of the filter to the painted rows; the slower of on and off."""
    took = []
    for on in (True, False, True, False):
        began = time.perf_counter()
        wizard.only_problems.setChecked(on)
        wizard.rows.viewport().repaint()
        took.append(time.perf_counter() - began)
    return round(max(took) * 1000, 1)


def _mend(stage: "Stage", wizard: "ImportWizard") -> None:
    """A wrong cell is put right; until its row has been read again."""
    wizard.check_page.show_group(Group.PROBLEM)
    wizard.check_page.first_problem()
    wizard.grid.setData(wizard.rows.currentIndex(), "2")
    stage.wait(lambda: wizard.settled, "the row that was mended", _PATIENCE_S)


def _write(file: Path, count: int) -> None:
    dice = random.Random(5)
    streets = ("Bulevardi", "Annankatu", "Mikonkatu", "Kalevankatu", "Fredrikinkatu", "Uudenmaankatu")
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        for number in range(1, count + 1):
            hour, weight = 8 + number % 5, "heavy" if number % _WRONG_EVERY == 0 else f"{dice.uniform(0.2, 30):.1f}"
            address = f"{dice.choice(streets)} {number % 40 + 1}"
            window = f"{hour:02}:00-{hour + 2:02}:30"
            note = "Ring twice" if number % 3 else ""
            writer.writerow((f"B-{number}", f"Person {number}", address, "00120", "Helsinki", window, weight, "", number % 10, note, "2026-11-23"))
