"""The first steps: an area from an extract, the fleet from a file; days, depots and languages; and what happens when the program breaks."""

from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from app.bootstrap import Application
from app.desktop.application import CrashDialog
from app.desktop.areas.dialog import AreasDialog
from app.desktop.stage import EXTRACT, FLEET, Stage
from app.desktop.widgets.day_bar import DayBar
from app.settings import Settings, load
from tests.builders import DAY
from tests.conftest import LogWatch
from tests.routing.tiny_towns import two_towns
from tests.window import Make, bring, drop_file, undo_text

TWO_DEPOTS = """depot,depot lat,depot lon,vehicle,profile,load (kg),shift
North,60.1790,24.9500,Van N,van,400,08:00-16:00
South,60.1660,24.9420,Van S,van,400,08:00-16:00
"""


@pytest.fixture
def bare(tmp_path: Path, stage: Make) -> Stage:
    """A window on a data folder without areas and without a depot."""
    return stage(doors=Application(tmp_path / "data", Settings(), "en"))


def test_an_area_is_built_of_a_dropped_extract(bare: Stage, tmp_path: Path) -> None:
    window, extract = bare.desk.window, two_towns().write(tmp_path / "Town.osm.pbf")
    assert not bare.desk.actions["import"].isEnabled()
    drop_file(window, extract)
    dialog = next(each for each in bare.desk._dialogs if isinstance(each, AreasDialog))
    steps = set()
    bare.desk.bridge.busy.connect(lambda job: steps.add(job.step))
    assert not dialog.add.isEnabled()
    bare.wait(lambda: dialog.table.rowCount() == 1, "the area")
    item = dialog.table.item(0, 0)
    assert item is not None
    assert item.text() == "Town"
    assert len(steps) > 3, "progress is told in words"
    assert "ready" in dialog._words.text()
    dialog.accept()
    bare.quiet()


def test_building_an_area_can_be_stopped(bare: Stage) -> None:
    bare.desk.actions["areas"].trigger()
    dialog = next(each for each in bare.desk._dialogs if isinstance(each, AreasDialog))
    dialog.build(EXTRACT)
    bare.rest(0.3)
    dialog.cancel.click()
    bare.quiet()
    bare.wait(lambda: dialog.add.isEnabled(), "the end")
    assert dialog.table.rowCount() == 0
    assert "Nothing was kept" in dialog._words.text()
    assert bare.desk.areas.known() == ()
    dialog.accept()


def test_a_file_that_is_no_extract_says_so(bare: Stage, tmp_path: Path) -> None:
    broken = tmp_path / "Broken.osm.pbf"
    broken.write_bytes(EXTRACT.read_bytes()[:50_000])
    bare.desk.actions["areas"].trigger()
    dialog = next(each for each in bare.desk._dialogs if isinstance(each, AreasDialog))
    dialog.build(broken)
    bare.quiet()
    bare.wait(lambda: dialog.add.isEnabled(), "the end")
    assert "Broken.osm.pbf" in dialog._words.text()
    assert bare.troubles == []
    dialog.accept()


def fleet_dialog(stage: Stage, path: Path) -> object:
    """The fleet dialog on a file, read."""
    stage.desk.import_file(path, "fleet")
    stage.wait(lambda: stage.desk.importing.fleet_dialog is not None, "the dialog")
    dialog = stage.desk.importing.fleet_dialog
    assert dialog is not None
    stage.wait(lambda: dialog.settled, "the preview")
    return dialog


def test_the_fleet_comes_from_a_file(stage: Make, profile: Path) -> None:
    made = stage(doors=Application(profile, Settings(), "en"))
    dialog = fleet_dialog(made, FLEET)
    assert dialog.confirm.isEnabled()  # type: ignore[attr-defined]
    assert "vehicles: 12" in dialog._counts.text()  # type: ignore[attr-defined]
    dialog.day.setDate(QDate(2026, 11, 24))  # type: ignore[attr-defined]
    made.wait(lambda: dialog.settled, "the preview")  # type: ignore[attr-defined]
    dialog.confirm.click()  # type: ignore[attr-defined]
    made.wait(lambda: made.desk.model.view is not None, "the day")
    made.quiet()
    assert made.desk.window.day_bar.depot is not None
    assert undo_text(made) == "Undo: Import 12 vehicles from fleet.csv"
    assert made.view.routes == (), "the shifts are of the next day"
    made.desk.actions["next_day"].trigger()
    made.wait(lambda: len(made.view.routes) == 12, "the next day")


def test_a_fleet_without_vehicles_says_what_is_missing(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "fleet.csv"
    file.write_text("colour,size\nred,4\n", "utf-8")
    made.desk.import_file(file, "fleet")
    made.wait(lambda: made.desk.importing.fleet_dialog is not None, "the dialog")
    dialog = made.desk.importing.fleet_dialog
    assert dialog is not None
    made.wait(lambda: dialog.settled, "the answer")
    assert not dialog.confirm.isEnabled()
    assert "colour" in dialog._trouble.text()
    dialog.reject()


def test_days_and_depots_are_chosen(stage: Make, tmp_path: Path) -> None:
    made, file = stage(orders=4), tmp_path / "fleet.csv"
    bar: DayBar = made.desk.window.day_bar
    assert bar._date.text() == "Mon 23 Nov · today"
    made.desk.actions["next_day"].trigger()
    made.wait(lambda: made.view.day > DAY, "the next day")
    assert bar._date.text() == "Tue 24 Nov"
    assert not made.view.board
    made.desk.actions["today"].trigger()
    made.wait(lambda: made.view.day == DAY, "today")
    assert len(made.view.board) == 4
    file.write_text(TWO_DEPOTS, "utf-8")
    dialog = fleet_dialog(made, file)
    dialog.confirm.click()  # type: ignore[attr-defined]
    boxes: QComboBox = bar._depots
    made.wait(lambda: boxes.count() == 3, "the depots")
    made.quiet()
    at = boxes.findText("North")
    boxes.setCurrentIndex(at)
    boxes.activated.emit(at)
    made.wait(lambda: [row.vehicle for row in made.view.routes] == ["Van N"], "the other depot")
    made.quiet()


def test_the_language_is_changed_on_the_spot_and_kept(stage: Make, profile: Path) -> None:
    made = stage(orders=5)
    title = undo_text(made)
    assert title.startswith("Undo:")
    old = ref(made.desk.selection)
    made.desk.actions["language_zh_TW"].trigger()
    made.wait(lambda: made.desk.selection is not old(), "the other window")
    desk = made.desk
    made.wait(lambda: desk.model.view is not None, "the day")
    made.ready()
    assert len(made.view.board) == 5
    assert desk.actions["optimise_day"].text() == "最佳化整天(&O)"
    made.wait(lambda: "復原" in undo_text(made), "the titles")
    assert load(profile).general.language == "zh_TW"
    assert desk.window.isVisible()
    made.session.switch_language("en")
    assert old() is None, "the window before is gone from memory"


def test_the_theme_is_kept(stage: Make, profile: Path) -> None:
    made = stage()
    made.desk.actions["theme_dark"].trigger()
    assert made.session.theme.tokens.dark
    assert made.desk.actions["theme_dark"].isChecked()
    assert load(profile).general.theme == "dark"


def test_a_fault_is_told_with_a_report_that_names_nobody(stage: Make, logged: LogWatch) -> None:
    made = stage()
    logged.expect("unexpected fault")

    def breaks(_job: object) -> None:
        raise ValueError("Mrs Example, +358 40 123 4567, nobody@example.com at 60.1699, 24.9384")

    made.desk.bridge.compute(breaks, then=lambda _nothing: None)
    made.wait(lambda: any(isinstance(each, CrashDialog) for each in made.desk._dialogs), "the dialog")
    dialog = next(each for each in made.desk._dialogs if isinstance(each, CrashDialog))
    assert "ValueError" in dialog.report
    for private in ("40 123", "nobody@example.com", "24.9384"):
        assert private not in dialog.report
    copy = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Copy the report")
    copy.click()
    assert QApplication.clipboard().text() == dialog.report
    dialog.accept()
    bring(made, 3)
    assert len(made.view.board) == 3, "work goes on"


def test_without_a_depot_the_window_says_what_to_do(bare: Stage) -> None:
    assert "Build the area" in bare.desk.window._no_depot.words.text()
    assert bare.desk.actions["fleet"].isEnabled()
    assert bare.desk.actions["areas"].isEnabled()
    assert not bare.desk.window.figures.isVisible()


def test_a_depot_that_no_area_holds_says_so(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "fleet.csv"
    file.write_text(TWO_DEPOTS.replace("North,60.1790,24.9500", "Far away,48.8500,2.3500"), "utf-8")
    dialog = fleet_dialog(made, file)
    dialog.confirm.click()  # type: ignore[attr-defined]
    boxes = made.desk.window.day_bar._depots
    made.wait(lambda: boxes.count() == 3, "the depots")
    made.quiet()
    at = boxes.findText("Far away")
    boxes.setCurrentIndex(at)
    boxes.activated.emit(at)
    made.wait(lambda: "No area holds the depot Far away" in made.desk.window.status.said, "the sentence")
    assert "Far away" in made.desk.window._empty_routes.words.text()
    made.quiet()
    QApplication.clipboard().setText("order,address,city\nF-1,Rue de Rivoli 1,Paris")
    made.desk.actions["paste"].trigger()
    orders = made.desk.importing.dialog
    assert orders is not None
    made.wait(lambda: orders.settled, "the preview")
    orders.confirm.click()
    made.wait(lambda: made.view.board, "the order")
    made.quiet()
    assert [row.number for row in made.view.board] == ["F-1"], "the order is kept for when there is an area"
    assert "Far away" in made.desk.window.status.said
