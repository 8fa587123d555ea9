"""Migrations: from nothing to what the tables say, without losing a row, never half."""

import shutil
import textwrap
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.domain.errors import Malformed
from app.store import engine, migrate, open_store, schema
from app.store.tables import SCHEMA, Row
from tests.builders import TurnedClock, a_plan, a_route, orders
from tests.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


def migrated(path: Path) -> Path:
    """An empty file taken through every revision."""
    engine.touch(path, path)
    migrate.run(path, "head")
    return path


def layout(path: Path) -> dict[str, list[str]]:
    """The lines of every table and index, sorted: their order within a table does not matter."""
    reading = engine.reader_engine(path)
    with reading.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, coalesce(sql, '') FROM sqlite_schema").all()
    reading.dispose()
    return {name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows}


def test_the_revisions_make_exactly_the_tables(tmp_path: Path) -> None:
    path = migrated(tmp_path / "migrated.db")
    made = engine.reader_engine(path)
    with made.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Row.metadata) == []
    made.dispose()
    open_store(tmp_path / "new.db", TurnedClock()).close()
    assert layout(path) == layout(tmp_path / "new.db")


def test_the_last_revision_is_the_one_that_the_tables_name() -> None:
    revisions = ScriptDirectory(str(migrate.MIGRATIONS))
    assert revisions.get_heads() == [SCHEMA]
    assert migrate.known_revisions() == {each.revision for each in revisions.walk_revisions()}


def test_the_schema_for_readers_is_current() -> None:
    assert (ROOT / "db" / "schema.sql").read_text("utf-8") == schema(), "run: python main.py migrate --schema > db/schema.sql"


def test_revisions_know_no_code_of_the_program() -> None:
    for file in (migrate.MIGRATIONS / "versions").glob("*.py"):
        assert "app" not in {line.split()[1].partition(".")[0] for line in file.read_text("utf-8").splitlines() if line.startswith(("import ", "from "))}


def test_every_constraint_and_index_has_a_name(tmp_path: Path) -> None:
    path = migrated(tmp_path / "migrated.db")
    made = engine.reader_engine(path)
    with made.connect() as connection:
        looking = inspect(connection)
        for table in Row.metadata.tables:
            keys = looking.get_foreign_keys(table)
            assert all(key["name"] for key in keys + looking.get_unique_constraints(table) + looking.get_check_constraints(table))
            assert all(key["options"].get("ondelete", "NO ACTION") in {"CASCADE", "NO ACTION"} for key in keys)
    made.dispose()


SECOND = '''
"""Rebuilds the table that stops refer to, which would delete them all if foreign keys were on."""

import sqlalchemy as sa
from alembic import op

revision = "9002"
down_revision = "{latest}"
{more}

def upgrade() -> None:
    """Adds a colour to routes, by copying and dropping the table."""
    with op.batch_alter_table("route", recreate="always") as batch:
        batch.add_column(sa.Column("color", sa.Text(), nullable=False, server_default="grey"))
{then}
'''


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """A closed file of this version with a plan in it."""
    desk = Desk(tmp_path / "doorstep.db")
    desk.fleet(2)
    desk.bring(*orders(6))
    desk.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4, 5]), unassigned=[6]))
    desk.store.close()
    return tmp_path / "doorstep.db"


def with_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str = "", more: str = "") -> None:
    """A program that knows one revision more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9002_color.py").write_text(SECOND.format(latest=SCHEMA, then=textwrap.indent(then, "    "), more=more), "utf-8")
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    monkeypatch.setattr(migrate, "SCHEMA", "9002")


def stops(path: Path) -> int:
    """How many stops a file has."""
    reading = engine.reader_engine(path)
    with reading.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM stop").scalar_one()
    reading.dispose()
    return int(count)


def test_rebuilding_a_table_keeps_what_refers_to_it(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_second(tmp_path, monkeypatch)
    kept = migrate.upgrade(planned)
    assert (stops(planned), migrate.revision_of(planned)) == (5, "9002")
    assert kept is not None
    assert (stops(kept), migrate.revision_of(kept)) == (5, SCHEMA)
    assert migrate.upgrade(planned) is None


def test_a_revision_that_loses_rows_is_taken_back(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_second(tmp_path, monkeypatch, then='op.execute("DELETE FROM stop")')
    with pytest.raises(RuntimeError, match="lost rows of stop"):
        migrate.upgrade(planned)
    assert (stops(planned), migrate.revision_of(planned)) == (5, SCHEMA)


def test_a_revision_may_lose_what_it_names(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_second(tmp_path, monkeypatch, then='op.execute("DELETE FROM history_image")', more='may_lose = ("history_image",)')
    migrate.upgrade(planned)
    assert migrate.revision_of(planned) == "9002"


def test_a_revision_that_breaks_references_is_taken_back(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_second(tmp_path, monkeypatch, then="op.execute(\"UPDATE stop SET route = 'rte_none' WHERE position = 9 OR id = 'stp_A-1'\")")
    with pytest.raises(Malformed) as refused:
        migrate.upgrade(planned)
    assert refused.value.sentence.key == "store.upgrade_broke"
    assert (stops(planned), migrate.revision_of(planned)) == (5, SCHEMA)
