"""Runs the migrations on the connection that `app.store.migrate` hands over: one transaction, foreign keys off, no row lost.

Rebuilding a table in SQLite means copying and dropping it. With foreign keys on, the drop would delete what refers to the table, so
`migration_engine` switches them off before its transaction begins, and `migrate.run` checks every reference before it ends. Here the
rows are counted: a revision that means to remove rows names the tables in its attribute `may_lose`.
"""

from alembic import context
from sqlalchemy import Connection, func, inspect, select, table

from app.store.tables import Row

connection: Connection = context.config.attributes["connection"]


def rows() -> dict[str, int]:
    """The number of rows of every table."""
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}


def may_lose() -> frozenset[str]:
    """Tables that a revision of this run may take rows from."""
    return frozenset(name for script in context.script.walk_revisions() for name in getattr(script.module, "may_lose", ()))


before = rows()
context.configure(connection=connection, target_metadata=Row.metadata, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
after = rows()
lost = [name for name, count in before.items() if after.get(name, 0) < count and name not in may_lose()]
if lost:
    raise RuntimeError(f"the migration lost rows of {', '.join(lost)}")
