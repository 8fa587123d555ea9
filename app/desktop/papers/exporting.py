"""The menu Reports: the plan as a workbook, as CSV, as a map in one file, as routes for devices. Made off the main thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.commanding.joining import Hands
from app.desktop.day import DayModel, Shown, area_name
from app.desktop.doors import Doors
from app.desktop.papers.saving import ask_where, plain_name
from app.desktop.words import later, tr
from app.domain.sentences import Sentence
from app.services import plan_report
from app.services.plan_report import Draw, PlanReport

Write = Callable[[PlanReport, Path, str], None]
_FORMS = {
    "export_workbook": (later("Plan as a workbook"), "xlsx", "Excel"),
    "export_csv": (later("Stops as CSV"), "csv", "CSV"),
    "export_map": (later("Map in one file"), "html", "HTML"),
    "export_gpx": (later("Routes as GPX"), "gpx", "GPX"),
    "export_geojson": (later("Routes as GeoJSON"), "geojson", "GeoJSON"),
}
"""Act → what it makes, the ending of its files, and what the form is called."""


class Exporting(QObject):
    """Asks where the file goes, writes it, and says so."""

    def __init__(self, doors: Doors, bridge: Bridge, model: DayModel, window: QWidget, actions: Actions, hands: Hands, parent: QObject) -> None:
        super().__init__(parent)
        self._doors = doors
        self._bridge = bridge
        self._model = model
        self._window = window
        self._hands = hands
        self.asking: QFileDialog | None = None
        self._writers: dict[str, Write] = {
            "export_workbook": self._workbook,
            "export_csv": self._csv,
            "export_map": self._map,
            "export_gpx": self._tracks,
            "export_geojson": self._tracks,
        }
        for act in _FORMS:
            actions.on(act, partial(self._ask, act))

    def _ask(self, act: str) -> None:
        shown = self._model.held
        if shown is None or shown.judged is None or shown.problem is None or shown.proposal is not None:
            return
        title, ending, form = _FORMS[act]
        name = f"{plain_name('plan', shown.day.depot.name, shown.day.day.isoformat())}.{ending}"
        self.asking = ask_where(self._window, self._hands.open_dialog, tr(title), name, f"{form} (*.{ending})", partial(self._write, act, shown))

    def _write(self, act: str, shown: Shown, path: Path) -> None:
        report, language = report_of(shown), self._hands.formats().language
        self._bridge.run(
            tr(_FORMS[act][0]),
            lambda _report: self._writers[act](report, path, language),
            then=lambda _done: None,
            result=lambda _done: Sentence.of("desktop.papers_saved", file=path.name),
        )

    # The forms

    def _workbook(self, report: PlanReport, path: Path, language: str) -> None:
        self._doors.workbook().write(path, plan_report.as_sheets(report, _say(language)), language=language)

    def _csv(self, report: PlanReport, path: Path, language: str) -> None:
        head, rows = plan_report.as_rows(report, _say(language))
        self._doors.table_writer().write(path, head, rows)

    def _map(self, report: PlanReport, path: Path, language: str) -> None:
        areas = self._doors.areas()
        name = area_name(areas, report.day.depot)
        bounds = next((each.bounds for each in areas.known() if each.name == name), None)
        tiles = areas.tiles(name) if name else None
        page = plan_report.as_page(report, _say(language), self._draw(report), tiles=tiles, bounds=bounds)
        self._doors.map_pages().write(path, page, language=language)

    def _tracks(self, report: PlanReport, path: Path, _language: str) -> None:
        self._doors.tracks().write(path, plan_report.as_tracks(report, self._draw(report)))

    def _draw(self, report: PlanReport) -> Draw:
        """The roads' lines around the day's closures."""
        areas, depot, day = self._doors.areas(), report.day.depot, report.day
        travel = areas.travel(area_name(areas, depot))
        shifts, zone = report.problem.shifts, report.problem.problem.zone
        return lambda shift, places: travel.shape(places, shifts[shift].profile, closures=day.closures, zone=zone)


def report_of(shown: Shown) -> PlanReport:
    """The day on screen as a report, with the numbers that its routes have there."""
    assert shown.problem is not None, "times are known"
    assert shown.judged is not None, "times are known"
    return PlanReport(day=shown.day, problem=shown.problem, judged=shown.judged, numbers={row.id: row.number for row in shown.view.routes})


def _say(language: str) -> Callable[[Sentence], str]:
    from app.wording import sentence

    return lambda said: sentence(said, language)
