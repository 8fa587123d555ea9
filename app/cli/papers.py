"""What `main.py plan --papers DIR` writes: the papers of a planned day, and its routes for devices and other maps."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import Malformed
from app.domain.ids import ShiftId
from app.domain.sentences import Sentence

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.domain.geo import Place
    from app.domain.roads import Shape
    from app.services.plan_report import PlanReport


def write_papers(folder: Path, doors: "Doors", report: "PlanReport", area: str) -> None:
    """Writes every paper as `KIND.pdf`, the labels as `labels.zpl` too, `routes.gpx`, `routes.geojson` and `stops.csv`. Raises Malformed where a file
    cannot be written, SetupMissing without the papers' fonts."""
    from app.services.papers.contents import day_papers
    from app.services.papers.values import SMALL, PaperKind, PaperSize
    from app.services.ports.papers import PaperJob
    from app.services.queries import day_view

    papers = day_papers(report.day, day_view(report.day, report.judged), report.judged.timelines)
    press = doors.paper_press()
    _put(folder)
    for kind in PaperKind:
        job = PaperJob(kind=kind, papers=papers, size=PaperSize.A6 if kind in SMALL else PaperSize.A4, language=doors.language)
        if papers.routes:
            _write(folder / f"{kind.value}.pdf", press.press(job).pdf)
        if kind is PaperKind.LABELS:
            _write(folder / "labels.zpl", press.zpl(job).encode())
    _write_routes(folder, doors, report, area)


def _write_routes(folder: Path, doors: "Doors", report: "PlanReport", area: str) -> None:
    from app.services import plan_report
    from app.wording import sentence

    def say(said: Sentence) -> str:
        return sentence(said, doors.language)

    travel = doors.areas().travel(area)
    shifts, zone = report.problem.shifts, report.problem.problem.zone

    def draw(shift: ShiftId, places: "Sequence[Place]") -> "Shape":
        return travel.shape(places, shifts[shift].profile, zone=zone)

    tracks = plan_report.as_tracks(report, draw)
    for ending in ("gpx", "geojson"):
        doors.tracks().write(folder / f"routes.{ending}", tracks)
    doors.table_writer().write(folder / "stops.csv", *plan_report.as_rows(report, say))


def _put(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Malformed("plan_file.not_written", file=str(folder), why=error.strerror or str(error)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Malformed("plan_file.not_written", file=str(path), why=error.strerror or str(error)) from error
