"""Hand over in the window: the paper is seen, saved with codes that decode, and after a change only what is different is printed again."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from app.desktop.papers.dialog import HandOverDialog
from app.desktop.papers.printing import print_pages, printer_for
from app.desktop.papers.wishes import FIRST_LOOK, Planned, Wish, made_of, whole_of
from app.desktop.stage import Stage
from app.domain.ids import PlanId, RouteId
from app.domain.load import Load
from app.files.papers import TypstPress
from app.routing.straight import StraightTravel
from app.services import planning
from app.services.papers.changes import PrintedRoute
from app.services.papers.values import PaperKind, PaperSize
from app.services.queries import day_view
from tests.builders import a_day, a_plan, a_route, orders
from tests.made_papers import codes_on, texts_of
from tests.window import Make, fullest, press

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "resources" / "fonts" / "doorstep-paper-400.ttf").is_file(), reason="the set-up has not made the papers' fonts"
)


def opened(stage: Stage) -> HandOverDialog:
    press(stage, stage.desk.window.orders.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    stage.wait(lambda: stage.desk.handing.dialog is not None and stage.desk.handing.dialog.made is not None, "the paper")
    dialog = stage.desk.handing.dialog
    assert dialog is not None
    return dialog


def save_as(stage: Stage, asking: object, file: Path) -> bytes:
    """Types a file's name into the dialog that asks for it, and waits for the file."""
    assert isinstance(asking, QFileDialog)
    asking.selectFile(str(file))
    asking.accept()
    stage.wait(file.is_file, "the file")
    stage.quiet()
    return file.read_bytes()


def numbers_of(stage: Stage, routes: list[str]) -> list[str]:
    return [
        stage.view.by_order[order].number for route in stage.view.routes if route.id in routes for row in stage.view.stops[route.id] for order in row.orders
    ]


def test_manifests_are_seen_saved_and_printed_again_only_where_something_changed(stage: Make, tmp_path: Path) -> None:
    made = stage(orders=30, plan=True)
    dialog = opened(made)
    used = [row.id for row in made.view.routes if row.stops]
    assert dialog.preview.pages >= len(used)
    assert list(dialog.choices.chosen()) == used
    dialog.save.click()
    pdf = save_as(made, made.desk.handing.asking, tmp_path / "manifest.pdf")
    assert [text for page in codes_on(pdf) for _, text in page] == numbers_of(made, used)
    made.wait(lambda: "✓" in dialog.choices.routes.item(0).text(), "the note of the print")
    assert not dialog.folder.isHidden()

    dialog.choices.only_changed.click()
    made.wait(lambda: dialog.made is not None and dialog.made.pressed is None, "nothing to print")
    assert not dialog.save.isEnabled()
    dialog.reject()
    made.quiet()

    source = fullest(made)
    other = next(row.id for row in made.view.routes if row.stops and row.id != source.id) if len(used) > 1 else made.view.routes[-1].id
    moved = made.view.stops[source.id][0].orders[0]
    number = made.view.by_order[moved].number
    made.desk.selection.pick([moved])
    made.desk.edits.move_to(other, 0)
    made.quiet()
    dialog = opened(made)
    dialog.choices.only_changed.click()
    made.wait(lambda: dialog.made is not None and dialog.made.wish.changed and dialog.made.pressed is not None, "the changed sheets")
    assert dialog.made is not None
    assert dialog.made.pressed is not None
    assert {route.id for route in dialog.made.papers.routes} <= {source.id, other}
    whole = "\n".join(texts_of(dialog.made.pressed.pdf))
    assert f"GONE: {number}" in whole
    dialog.reject()
    assert not made.troubles


def test_labels_are_saved_for_both_kinds_of_printer_and_a_printer_gets_the_pages_as_they_are(stage: Make, tmp_path: Path) -> None:
    made = stage("zh_TW", orders=6, plan=True)
    dialog = opened(made)
    press(made, dialog.choices.kind_buttons[PaperKind.LABELS], Qt.Key.Key_Space)
    made.wait(lambda: dialog.made is not None and dialog.made.wish.kind is PaperKind.LABELS, "the labels")
    assert dialog.choices.sheet.currentData() == PaperSize.A6.value
    assert dialog.zpl.isVisible()
    assert dialog.made is not None
    assert dialog.made.pressed is not None
    dialog.zpl.click()
    text = save_as(made, made.desk.handing.asking, tmp_path / "labels.zpl").decode()
    assert text.count("^XA") == text.count("^XZ") == dialog.preview.pages
    dialog.print.click()
    made.wait(lambda: isinstance(made.desk.handing.asking, QPrintDialog), "the printer's dialog")
    asking = made.desk.handing.asking
    assert isinstance(asking, QPrintDialog)
    asking.reject()

    printer = printer_for(PaperSize.A6, "labels")
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pages = print_pages(dialog.made.pressed.pdf, printer, lambda _share, _step: None)
    sent, printed = codes_on(dialog.made.pressed.pdf), codes_on((tmp_path / "printed.pdf").read_bytes())
    assert pages == len(sent)
    assert printed == sent
    press(made, dialog.choices, Qt.Key.Key_Escape)
    assert made.desk.handing.dialog is None
    assert not made.troubles


def test_the_plan_leaves_as_workbook_csv_map_and_tracks(stage: Make, tmp_path: Path) -> None:
    made = stage(orders=6, plan=True)
    files = {}
    for act, ending in (("workbook", "xlsx"), ("csv", "csv"), ("map", "html"), ("gpx", "gpx"), ("geojson", "geojson")):
        made.desk.actions[f"export_{act}"].trigger()
        files[act] = save_as(made, made.desk.handing.exporting.asking, tmp_path / f"plan.{ending}")
    planned = numbers_of(made, [row.id for row in made.view.routes])
    head, *rows = list(csv.reader(files["csv"].decode("utf-8-sig").splitlines()))
    assert [row[head.index("Order")] for row in rows] == planned
    assert files["workbook"][:2] == b"PK"
    assert b"default-src 'none'" in files["map"]
    assert all(f". {number} ".encode() in files["gpx"] for number in planned)
    drawn = json.loads(files["geojson"])["features"]
    lines = [each for each in drawn if each["properties"]["kind"] == "route"]
    assert {each["properties"]["route"] for each in lines} == {row.number for row in made.view.routes if row.stops}
    assert all(len(leg) > 2 for each in lines for leg in each["geometry"]["coordinates"][:1]), "along the roads, not as the crow flies"
    assert not made.troubles


def test_of_many_labels_the_first_are_shown_and_all_are_printed() -> None:
    made = orders(3, load=Load(pieces=20))
    plan = a_plan(a_route(1, made))
    day = a_day(of=made, plan=plan)
    judged = planning.current(planning.day_problem(day, StraightTravel()), plan)
    view = day_view(day, judged)
    wish = Wish(kind=PaperKind.LABELS, size=PaperSize.A6, language="en", routes=frozenset(row.id for row in view.routes))
    paper = made_of(wish, Planned(day=day, view=view, judged=judged), TypstPress(), NothingPrinted(), "en")
    assert paper.pressed is not None
    assert (len(texts_of(paper.pressed.pdf)), paper.sheets) == (FIRST_LOOK, 60)
    assert len(texts_of(whole_of(paper, TypstPress()))) == 60


class NothingPrinted:
    """A memory of a depot that never printed."""

    def recall(self, _plan: PlanId) -> Mapping[RouteId, PrintedRoute]:
        return {}

    def keep(self, _plan: PlanId, _routes: Sequence[PrintedRoute]) -> None:
        raise AssertionError("looking at a paper is not printing it")
