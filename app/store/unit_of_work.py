"""One transaction: what was read, what was put, what happened, and how it becomes durable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any, Self

from sqlalchemy import Engine, delete, func, insert, select

from app.domain.events import Event
from app.domain.fleet import Depot, Driver, Vehicle
from app.domain.orders import Order
from app.services import images, plain
from app.services.changes import ChangeSet, Kind
from app.services.ports.store import Image
from app.services.ports.system import Clock
from app.store import mapping, repositories
from app.store.history_rows import StepRows
from app.store.mapping.shape import Versioned, chunks, table_of
from app.store.tables import ChangeRow, EventRow, OrderStateRow, RemovedRow

CHANGE, EVENT, ORDER_STATE, REMOVED = table_of(ChangeRow), table_of(EventRow), table_of(OrderStateRow), table_of(RemovedRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a change comes from: the person, the process, and whether it undoes or redoes."""

    who: str
    origin: str
    corrects: bool


Pair = tuple[Any, Any]
"""An entity before and after; None: it did not exist."""


class SqliteUnitOfWork:
    """Begins when the block is entered, ends with `commit`, or with the block: then everything is taken back."""

    def __init__(self, engine: Engine, turn: Lock, clock: Clock, source: Source) -> None:
        self._engine, self._turn, self._clock, self._source = engine, turn, clock, source
        self._committed = False
        self.told: list[Event] = []

    def __enter__(self) -> Self:
        self._turn.acquire()
        try:
            self._connection = self._engine.connect()
            try:
                self._transaction = self._connection.begin()
            except BaseException:
                self._connection.close()
                raise
        except BaseException:
            self._turn.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
            elif not self._committed:
                self._connection.connection.rollback()  # SQLite keeps a transaction open whose COMMIT it refuses; SQLAlchemy believes it ended
            self._connection.close()
        finally:
            self._turn.release()

    @cached_property
    def orders(self) -> repositories.OrderShelf:
        """Orders."""
        return repositories.OrderShelf(self._connection)

    @cached_property
    def depots(self) -> repositories.NamedShelf[Depot]:
        """Depots."""
        return repositories.depots(self._connection)

    @cached_property
    def vehicles(self) -> repositories.NamedShelf[Vehicle]:
        """Vehicles."""
        return repositories.vehicles(self._connection)

    @cached_property
    def drivers(self) -> repositories.NamedShelf[Driver]:
        """Drivers."""
        return repositories.drivers(self._connection)

    @cached_property
    def shifts(self) -> repositories.ShiftShelf:
        """Shifts."""
        return repositories.ShiftShelf(self._connection, mapping.SHIFTS)

    @cached_property
    def plans(self) -> repositories.PlanShelf:
        """Plans."""
        return repositories.PlanShelf(self._connection, mapping.PLANS)

    @cached_property
    def pins(self) -> repositories.PinShelf:
        """Learned places."""
        return repositories.PinShelf(self._connection, mapping.PINS)

    @cached_property
    def closures(self) -> repositories.ClosureShelf:
        """Closures."""
        return repositories.ClosureShelf(self._connection, mapping.CLOSURES)

    @cached_property
    def versions(self) -> repositories.VersionShelf:
        """Versions of plans."""
        return repositories.VersionShelf(self._connection, mapping.VERSIONS)

    @cached_property
    def steps(self) -> StepRows:
        """The steps of the history."""
        return StepRows(self._connection)

    @cached_property
    def number(self) -> int:
        """The number of this transaction in the journal."""
        return 1 + int(self._connection.execute(select(func.coalesce(func.max(CHANGE.c.seq), 0))).scalar_one())

    def tell(self, event: Event) -> None:
        """Says what happened."""
        self.told.append(event)

    def shelf(self, kind: Kind) -> repositories.Shelf[Any, Any]:
        """The repository of a kind."""
        return self._shelves[kind]

    @cached_property
    def _shelves(self) -> dict[Kind, repositories.Shelf[Any, Any]]:
        """In an order in which nothing refers to what comes later."""
        every = (self.depots, self.vehicles, self.drivers, self.shifts, self.orders, self.pins, self.closures, self.plans, self.versions)
        return {shelf.shape.kind: shelf for shelf in every}

    def images(self) -> tuple[Image, ...]:
        """What is different by now. Raises Conflict where a thing was put with another version than it has."""
        return tuple(images.image(kind, before, after) for kind, pairs in self._differences().items() for before, after in pairs)

    def commit(self) -> ChangeSet:
        """Writes everything. Raises Conflict, and RuleBroken where something removed is still referred to."""
        differences = self._differences()
        if differences or self.told:
            versions = {kind: self._write(kind, pairs) for kind, pairs in differences.items()}
            self._journal({kind.value: of_kind for kind, of_kind in versions.items()})
            self._note_states(differences.get(Kind.ORDER, []))
        self._transaction.commit()
        self._committed = True
        return ChangeSet.of((kind, (after or before).id) for kind, pairs in differences.items() for before, after in pairs)

    def _differences(self) -> dict[Kind, list[Pair]]:
        return {kind: pairs for kind, shelf in self._shelves.items() if (pairs := shelf.differences())}

    def _write(self, kind: Kind, pairs: Sequence[Pair]) -> dict[str, int]:
        """Writes the rows of a kind; the new version of each, minus the last one and one more for what was removed."""
        shape = self._shelves[kind].shape
        gone = [before for before, after in pairs if after is None]
        changed = [(before, replace(after, version=before.version + 1)) for before, after in pairs if before is not None and after is not None]
        fresh = self._numbered(kind, [after for before, after in pairs if before is None])
        shape.remove(self._connection, repositories.identities(gone))
        shape.update(self._connection, changed)
        shape.insert(self._connection, fresh)
        self._bury(kind, gone)
        written = [after for _, after in changed] + fresh
        return {entity.id: entity.version for entity in written} | {entity.id: -entity.version - 1 for entity in gone}

    def _numbered(self, kind: Kind, fresh: Sequence[Any]) -> list[Any]:
        """New things with their first version; one that comes back goes on where it was removed, so that no version means two contents."""
        last: dict[str, int] = {}
        for some in chunks(entity.id for entity in fresh):
            buried = select(REMOVED.c.subject, REMOVED.c.version).where(REMOVED.c.kind == kind, REMOVED.c.subject.in_(some))
            last.update((row.subject, row.version) for row in self._connection.execute(buried))
        for some in chunks(last):
            self._connection.execute(delete(REMOVED).where(REMOVED.c.kind == kind, REMOVED.c.subject.in_(some)))
        return [replace(entity, version=last.get(entity.id, 0) + 1) for entity in fresh]

    def _bury(self, kind: Kind, gone: Sequence[Versioned]) -> None:
        self._insert(REMOVED, [{"kind": kind, "subject": entity.id, "version": entity.version + 1} for entity in gone])

    def _journal(self, versions: dict[str, dict[str, int]]) -> None:
        change = {"seq": self.number, "at": self._clock.now(), "who": self._source.who, "origin": self._source.origin, "versions": plain.to_json(versions)}
        self._insert(CHANGE, [change])
        events = enumerate(self.told)
        self._insert(EVENT, [{"change": self.number, "position": at, "kind": type(event).__name__, "body": plain.to_json(event)} for at, event in events])

    def _note_states(self, pairs: Iterable[Pair]) -> None:
        """The states that orders went through: each that a handler put, from the one before."""
        rows = [(order, was, now) for before, after in pairs for order, was, now in self._turns(before, after)]
        facts = {"change": self.number, "corrected": self._source.corrects}
        self._insert(ORDER_STATE, [{**facts, "position": at, "order_id": order, "was": was, "now": now} for at, (order, was, now) in enumerate(rows)])

    def _turns(self, before: Order | None, after: Order | None) -> list[tuple[str, str, str]]:
        if after is None:
            return [] if before is None else [(before.id, before.state.value, "")]
        path = ["" if before is None else before.state.value, *(state.value for state in self.orders.paths.get(after.id, ()))]
        return [(after.id, was, now) for was, now in pairwise(path) if was != now]

    def _insert(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        for some in chunks(rows):
            self._connection.execute(insert(table), some)
