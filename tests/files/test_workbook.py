"""Workbooks and rows that leave the house: typed cells, no formulas, whole or not at all."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from app.domain.errors import Malformed
from app.files.tables import FileTables
from app.files.workbook import FileTableWriter, XlsxPlanWorkbook
from app.services.intake_rows import unwrapped
from app.services.ports.files import ErrorLine, PlanSheets, RouteLine, StopLine, UnplannedLine

EIGHT = datetime(2026, 11, 23, 8, 14, 5, tzinfo=ZoneInfo("Europe/Helsinki"))
EVIL = "=cmd|' /C calc'!A0"
PLAN = PlanSheets(
    day="2026-11-23",
    zone="Europe/Helsinki",
    attribution="© OpenStreetMap contributors",
    summary=(("Orders", 2), ("Planned", 1)),
    currency="EUR",
    routes=(RouteLine(vehicle="Van 1", stops=1, distance_m=8_421, duration_s=5_400, departure=EIGHT, weight_g=2_500, cost_minor=1_250),),
    stops=(StopLine(vehicle="Van 1", position=1, order="007", recipient="=1+1", address=EVIL, lat=60.1, lon=24.9, arrival=EIGHT, late_s=90),),
    unplanned=(UnplannedLine(order="A-2", address="+358", reason="No vehicle carries 900 kg."),),
    errors=(ErrorLine(row=5, column="Lat", value="abc", reason="Not a number."),),
)


@pytest.mark.parametrize(("language", "first"), [("en", "Summary"), ("zh_TW", "摘要")])
def test_a_plan_has_five_sheets_with_typed_cells(tmp_path: Path, language: str, first: str) -> None:
    XlsxPlanWorkbook().write(tmp_path / "plan.xlsx", PLAN, language=language)
    book = CalamineWorkbook.from_path(tmp_path / "plan.xlsx")
    assert (len(book.sheet_names), book.sheet_names[0]) == (5, first)
    summary, routes, stops, unplanned, errors = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert {"Europe/Helsinki", "© OpenStreetMap contributors"} <= {row[1] for row in summary}
    assert routes[1][:5] == ["Van 1", "", 1, 8.421, 1.5]
    assert stops[1][:5] == ["Van 1", 1, "007", "=1+1", EVIL]
    assert str(stops[1][5]).endswith("08:14:05")
    assert unplanned[1][2] == "No vehicle carries 900 kg."
    assert errors[1] == [5, "Lat", "abc", "Not a number."]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_rows_come_back_as_they_were_and_nothing_is_computed(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"rows.{ending}"
    cells = ("007", EVIL, "@x", "-5", "+358401", "王小明", 'a "b", c')
    FileTableWriter().write(path, tuple("abcdefg"), [cells])
    table = FileTables().read(path)
    assert tuple(map(unwrapped, table.lines[1].cells)) == cells
    assert ending == "xlsx" or not any(cell.startswith(("=", "@")) for cell in table.lines[1].cells)


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="cannot_write"):
        XlsxPlanWorkbook().write(tmp_path / "none" / "plan.xlsx", PLAN)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Malformed, match="cannot_write"):
        FileTableWriter().write(tmp_path / "folder.csv", ("a",), [])
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]
