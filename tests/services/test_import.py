"""Taking files in through the bus, on a real database: nothing before the command, one step, one undo."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import Conflict
from app.files.tables import FileTables
from app.services import intake
from app.services.fleeting import FleetDefaults, read_fleet
from app.services.intake_rows import Defaults
from tests.desk import Desk

DAY = date(2026, 11, 23)
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
USUAL = Defaults(day=DAY, zone="Europe/Helsinki", country="FI")


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A desk with a new database."""
    made = Desk(tmp_path / "doorstep.db")
    yield made
    made.store.close()


def a_preview(desk: Desk, text: str) -> intake.Preview:
    """The preview of pasted text against the desk's book."""
    return intake.read(FileTables().read_text(text), known=desk.store.reader(), defaults=USUAL)


def numbers(desk: Desk) -> set[str]:
    """Numbers of the orders in the book."""
    return set(desk.store.reader().orders_by_number("file", [f"A-{n}" for n in range(9)]))


def test_an_import_is_one_step_and_the_same_file_again_is_none(desk: Desk) -> None:
    text = "Order\tAddress\tWindow\tWeight\nA-1\tBulevardi 5\t8-12\t2\nA-2\tAnnankatu 7\t\t\n"
    preview = a_preview(desk, text)
    assert numbers(desk) == set()
    assert desk.bus.do(preview.command()).step is not None
    assert numbers(desk) == {"A-1", "A-2"}
    again = a_preview(desk, text)
    assert again.count(intake.RowState.DUPLICATE) == 2
    assert desk.bus.do(again.command()).step is None
    desk.bus.undo()
    assert numbers(desk) == set()
    desk.bus.redo()
    assert a_preview(desk, text).count(intake.RowState.DUPLICATE) == 2


def test_a_changed_file_changes_its_orders_only_and_undo_gives_the_old_ones_back(desk: Desk) -> None:
    desk.bus.do(a_preview(desk, "Order\tAddress\tWeight\nA-1\tBulevardi 5\t2\nA-2\tAnnankatu 7\t2\n").command())
    changed = a_preview(desk, "Order\tAddress\tWeight\nA-1\tBulevardi 5\t3\nA-2\tAnnankatu 7\t2\n")
    assert len(changed.orders) == 1
    desk.bus.do(changed.command())
    assert desk.store.reader().orders_by_number("file", ["A-1"])["A-1"].load.weight == 3_000
    desk.bus.undo()
    assert desk.store.reader().orders_by_number("file", ["A-1"])["A-1"].load.weight == 2_000


def test_a_number_that_came_in_since_the_preview_is_a_conflict_and_nothing_is_written(desk: Desk) -> None:
    one, other = (a_preview(desk, f"Order\tAddress\nA-1\tBulevardi {n}\nA-{n}\tAnnankatu {n}\n") for n in (2, 3))
    desk.bus.do(one.command())
    with pytest.raises(Conflict):
        desk.bus.do(other.command())
    assert numbers(desk) == {"A-1", "A-2"}


def test_a_fleet_read_twice_replaces_itself(desk: Desk) -> None:
    fleet = read_fleet(FileTables().sheets(RESOURCES / "demo" / "fleet.csv"), FleetDefaults(day=DAY, zone="Europe/Helsinki"))
    desk.bus.do(fleet.command())
    assert desk.bus.do(fleet.command()).step is None
    (depot,) = desk.store.reader().depots()
    assert len(desk.store.reader().day(depot.id, DAY).shifts) == 12
    desk.bus.undo()
    assert desk.store.reader().depots() == ()


def test_the_demo_day_has_its_orders_and_its_dozen_faults(desk: Desk) -> None:
    table = FileTables().read(RESOURCES / "demo" / "orders.csv")
    preview = intake.read(table, known=desk.store.reader(), defaults=USUAL)
    assert (len(preview.rows), preview.count(intake.RowState.NEW)) == (300, 295)
    assert {complaint.reason.key for complaint in preview.errors} == {
        "intake.no_place",
        "intake.window_backwards",
        "intake.window",
        "intake.number",
        "intake.key_repeated_differs",
    }
    desk.bus.do(preview.command())
    assert len(desk.store.reader().orders_by_number("file", [order.number for order in preview.orders])) == 295


def test_the_template_is_without_fault(desk: Desk) -> None:
    preview = intake.read(FileTables().read(RESOURCES / "templates" / "orders.csv"), known=desk.store.reader(), defaults=USUAL)
    assert (preview.errors, preview.warnings, len(preview.orders)) == ((), (), 3)
