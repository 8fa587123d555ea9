"""What a database holds, as one short mark a table: to see whether two moments have equal contents. The journal, the history and versions do not count."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, Table, Text, select, type_coerce

from app.store.tables import ChangeRow, EventRow, ImageRow, OrderStateRow, RemovedRow, Row, StepRow

KEPT_ASIDE = frozenset(row.__tablename__ for row in (ChangeRow, EventRow, OrderStateRow, RemovedRow, StepRow, ImageRow))
"""Tables that only grow, or speak of steps."""


def fingerprint(engine: Engine) -> Mapping[str, str]:
    """A mark for each table: equal contents, equal marks."""
    with engine.connect() as connection:
        return {table.name: _mark(connection, table) for table in Row.metadata.sorted_tables if table.name not in KEPT_ASIDE}


def _mark(connection: Connection, table: Table) -> str:
    columns = [type_coerce(column, Text) for column in table.columns if column.name != "version"]
    found = hashlib.sha256()
    for row in connection.execute(select(*columns).order_by(*table.primary_key.columns)):
        found.update(repr(tuple(row)).encode())
    return found.hexdigest()
