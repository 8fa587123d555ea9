"""What was printed is remembered over a restart, without names and addresses, and a spoilt file is an empty one."""

from datetime import UTC, datetime
from pathlib import Path

from app.domain.ids import PlanId
from app.domain.units import hours
from app.files.print_memory import FilePrintMemory
from app.services.papers.changes import printed
from tests.made_papers import a_paper_order, a_paper_route, a_paper_stop

AT = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)
PLAN = PlanId("pln_1")
SHEET = printed(a_paper_route(1, stops=(a_paper_stop(1, a_paper_order("A", customer="王小明", windows=((hours(9), hours(12)),))),)), AT)


def test_a_print_is_remembered_by_plan_and_the_last_one_counts(tmp_path: Path) -> None:
    memory = FilePrintMemory(tmp_path / "printed.json")
    other = printed(a_paper_route(2, ["B"]), AT)
    memory.keep(PLAN, [SHEET, other])
    again = printed(a_paper_route(2, ["C"]), AT)
    memory.keep(PLAN, [again])
    assert FilePrintMemory(tmp_path / "printed.json").recall(PLAN) == {SHEET.route: SHEET, again.route: again}
    assert memory.recall(PlanId("pln_2")) == {}
    assert "王小明" not in (tmp_path / "printed.json").read_text("utf-8")


def test_plans_that_were_printed_long_ago_are_forgotten(tmp_path: Path) -> None:
    memory = FilePrintMemory(tmp_path / "printed.json")
    for number in range(61):
        memory.keep(PlanId(f"pln_{number}"), [SHEET])
    assert not memory.recall(PlanId("pln_0"))
    assert memory.recall(PlanId("pln_1"))


def test_a_spoilt_file_is_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "printed.json"
    for spoilt in ("{", "[]", '{"pln_1": [{"route": 1}]}', '{"pln_1": "x"}'):
        file.write_text(spoilt, "utf-8")
        assert FilePrintMemory(file).recall(PLAN) == {}
    FilePrintMemory(file).keep(PLAN, [SHEET])
    assert FilePrintMemory(file).recall(PLAN) == {SHEET.route: SHEET}
