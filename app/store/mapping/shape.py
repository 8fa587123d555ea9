"""How entities of one kind lie in rows: read, insert, update and remove in sets, by few statements however many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Delete, FromClause, Select, Table, Update, bindparam, delete, insert, select, update

from app.domain.errors import Conflict, Malformed, RuleBroken
from app.services.changes import Kind
from app.services.images import thing
from app.store.tables import Row

CHUNK = 2_000
"""Identities in one statement; databases allow between 32,766 and 250,000 variables."""


class Versioned(Protocol):
    """What every entity has."""

    @property
    def id(self) -> Any: ...
    @property
    def version(self) -> int: ...


E = TypeVar("E", bound=Versioned)
T = TypeVar("T")


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def table_of(row: type[Row]) -> Table:
    """The table of a row class."""
    table: FromClause = row.__table__
    return cast(Table, table)


class Shape(Generic[E]):
    """Entities of one kind in one table. `of_row` takes the table's columns in their order, `to_row` gives a value for each."""

    def __init__(self, kind: Kind, row: type[Row], of_row: Callable[..., E], to_row: Callable[[E], dict[str, Any]]) -> None:
        self.kind = kind
        self.table = table_of(row)
        self.of_row = of_row
        self.to_row = to_row
        self._select: Select[Any] = select(*self.table.columns)
        self._update: Update = _update_of(self.table)
        self._delete: Delete = delete(self.table).where(self.table.c.id == bindparam("_id"))

    def read(self, connection: Connection, where: ColumnElement[bool] | None = None, order: Sequence[ColumnElement[Any]] = ()) -> list[E]:
        """The entities of the rows that fit, by one statement. Raises Malformed where a row holds what no entity can."""
        statement = self._select if where is None else self._select.where(where)
        of_row = self.of_row
        try:
            return [of_row(*row) for row in connection.execute(statement.order_by(*order) if order else statement).all()]
        except (LookupError, TypeError, ValueError, RuleBroken) as wrong:
            raise Malformed("store.unreadable_row", table=self.table.name, why=str(wrong)) from wrong

    def read_many(self, connection: Connection, identities: Iterable[str]) -> Iterator[E]:
        """The entities of these identities that exist, in any order."""
        for some in chunks(identities):
            yield from self.read(connection, self.table.c.id.in_(some))

    def insert(self, connection: Connection, entities: Sequence[E]) -> None:
        """New rows."""
        for some in chunks(entities):
            connection.execute(insert(self.table), [self.to_row(entity) for entity in some])

    def update(self, connection: Connection, pairs: Sequence[tuple[E, E]]) -> None:
        """Replaces (before, after). Raises Conflict where a row no longer has the version of `before`."""
        for some in chunks(pairs):
            rows = [{**self.to_row(after), "_id": before.id, "_version": before.version} for before, after in some]
            if connection.execute(self._update, rows).rowcount not in (len(rows), -1):
                raise Conflict("store.changed_since", thing=thing(self.kind, some[0][1]))

    def remove(self, connection: Connection, identities: Sequence[str]) -> None:
        """Deletes rows; what is part of them goes with them."""
        for some in chunks(identities):
            connection.execute(self._delete, [{"_id": identity} for identity in some])


def _update_of(table: Table) -> Update:
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.columns if column.name != "id"}
    return update(table).where(table.c.id == bindparam("_id"), table.c.version == bindparam("_version")).values(values)
