"""The check of invariants: sound where only the program wrote, and each kind of tampering is found and said."""

import io
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2 as sqlite

from app.cli import migrate as migrate_command
from app.cli import verify as verify_command
from app.domain.errors import Malformed
from app.services.commands import CommitPlan
from app.store import schema, upgrade, verify
from app.wording import sentence
from tests.builders import DAY, a_draft_order, a_location, a_plan, a_route, an_order, orders
from tests.desk import Desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A closed file with two routes, a pool, a pair, and a committed plan."""
    desk = Desk(tmp_path / "doorstep.db")
    desk.fleet(2)
    drafts = [a_draft_order(number) for number in (1, 2)]
    desk.bring(*drafts, *orders(6)[2:], an_order(7, paired_with="A-6"))
    desk.locate(*drafts, location=a_location())
    desk.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4, 6, 7]), unassigned=[5]))
    desk.bus.do(CommitPlan(plan=a_plan().id, based_on=1, day=DAY))
    desk.store.close()
    return tmp_path / "doorstep.db"


def tampered(file: Path, *statements: str) -> list[tuple[str, str]]:
    """Writes past the program, then (invariant, key of the sentence) of each finding; every sentence can be said."""
    with sqlite.connect(str(file)) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    findings = verify(file)
    assert all(sentence(each.sentence, language) for each in findings for language in ("en", "zh_TW"))
    return [(each.invariant, each.sentence.key) for each in findings]


def test_what_the_program_wrote_is_sound(file: Path) -> None:
    before = file.read_bytes()
    assert verify(file) == ()
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.iterdir()] == ["doorstep.db"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE stop SET position = 7 WHERE id = 'stp_A-3'", ("I1", "verify.positions")),
        ("INSERT INTO unassigned SELECT plan, task, 1, '[]', order_id FROM stop_task WHERE stop = 'stp_A-1'", ("I1", "verify.task_twice")),
        ("UPDATE orders SET day = '2026-12-24' WHERE number = 'A-1'", ("I1", "verify.not_of_day")),
        ("UPDATE stop SET route = 'rte_1', position = 3 WHERE id = 'stp_A-7'", ("I2", "verify.pair_apart")),
        ("UPDATE orders SET state = 'delivered' WHERE number = 'A-1'", ("I3", "verify.state_differs")),
        ("UPDATE order_state SET now = 'closed' WHERE order_id = 'ord_A-1' AND now = 'ready'", ("I3", "verify.no_path")),
        ("UPDATE orders SET version = 9 WHERE number = 'A-1'", ("I7", "verify.version_differs")),
        ("DELETE FROM change WHERE seq = 3", ("I7", "verify.version_gap")),
        ("DELETE FROM vehicle WHERE id = 'veh_1'", ("I8", "verify.broken_reference")),
        ("UPDATE orders SET windows = '[{' WHERE number = 'A-1'", ("I8", "verify.unreadable")),
        ("UPDATE orders SET windows = '[1]' WHERE number = 'A-1'", ("I8", "verify.unreadable")),
        ("UPDATE orders SET lat = 'north' WHERE number = 'A-3'", ("I8", "verify.unreadable")),
    ],
)
def test_what_was_written_past_the_program_is_found(file: Path, statement: str, found: tuple[str, str]) -> None:
    assert found in tampered(file, statement)


def test_every_finding_is_named_once_for_each_place(file: Path) -> None:
    assert tampered(file, "UPDATE orders SET version = 9 WHERE number IN ('A-1', 'A-2')") == [("I7", "verify.version_differs")] * 2


def test_files_that_are_not_ours_or_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"x" * 5_000)
    for name in ("noise", "none"):
        with pytest.raises(Malformed) as refused:
            verify(tmp_path / name)
        assert sentence(refused.value.sentence)


def test_another_version_is_not_checked(file: Path) -> None:
    with sqlite.connect(str(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    with pytest.raises(Malformed) as refused:
        verify(file)
    assert refused.value.sentence.key == "store.other_version"


DOORS = SimpleNamespace(verify=verify, migrate=upgrade, schema=schema, language="en")


def said(command: object, **words: object) -> tuple[int, str]:
    """Exit code and output of a sub-command."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = command.run(SimpleNamespace(**words), DOORS)  # type: ignore[attr-defined]
    return code, out.getvalue()


def test_the_command_line_ends_with_0_when_sound_and_1_with_findings(file: Path) -> None:
    assert said(verify_command, file=file) == (0, f"{file} is sound: everything that was checked holds.\n")
    tampered(file, "UPDATE orders SET version = 9 WHERE number = 'A-1'")
    code, told = said(verify_command, file=file)
    assert code == 1
    assert told.splitlines() == [
        "I7  ord_A-1: order ord_A-1 has version 9, the journal says 3. Something wrote past the program.",
        f"1 thing is wrong in {file}.",
    ]


def test_the_command_line_prints_the_schema_and_upgrades(file: Path) -> None:
    assert said(migrate_command, schema=True, file=None) == (0, schema())
    assert said(migrate_command, schema=False, file=file) == (0, f"{file} is up to date.\n")
