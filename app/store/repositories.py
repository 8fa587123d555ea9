"""Repositories: the entities of a unit of work, read and written in sets.

What was read is remembered, what was put is staged and seen by every later question; the database is written at commit, where the
difference between the two is known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, or_

from app.domain.errors import Conflict, NotFound
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.ids import DepotId
from app.domain.orders import EDITABLE, Order, OrderState
from app.domain.pins import Pin
from app.domain.plans import Plan
from app.domain.roads import Closure
from app.domain.versions import PlanVersion
from app.services import images
from app.store import mapping
from app.store.mapping.shape import Shape, Versioned, chunks

E = TypeVar("E", bound=Versioned)
K = TypeVar("K", bound=str)


class Shelf(Generic[E, K]):
    """The entities of one kind within a unit of work."""

    def __init__(self, connection: Connection, shape: Shape[E]) -> None:
        self._connection = connection
        self.shape = shape
        self._known: dict[str, E | None] = {}
        """As in the database; None: not there."""
        self._staged: dict[str, E | None] = {}
        """As put; None: removed."""

    def get(self, identity: K) -> E:
        """The entity. Raises NotFound."""
        found = self.find(identity)
        if found is None:
            raise NotFound("store.not_found", kind=self.shape.kind.value, id=str(identity))
        return found

    def find(self, identity: K) -> E | None:
        """The entity, or None."""
        self._fetch((identity,))
        return self._now(identity)

    def get_many(self, identities: Iterable[K]) -> tuple[E, ...]:
        """The entities that exist, in the order asked, by few statements however many."""
        asked = tuple(identities)
        self._fetch(asked)
        return tuple(found for identity in asked if (found := self._now(identity)) is not None)

    def put(self, entity: E) -> None:
        """Creates or replaces; compared with the database at commit."""
        self._staged[entity.id] = entity

    def put_many(self, entities: Iterable[E]) -> None:
        """`put` for many."""
        for entity in entities:
            self.put(entity)

    def remove(self, identity: K) -> None:
        """Removes the entity. Raises NotFound."""
        self.get(identity)
        self._staged[identity] = None

    def differences(self) -> list[tuple[E | None, E | None]]:
        """What is put and differs from the database, as (before, after), `after` with its new version.

        Raises Conflict where the version of what was put is not that of the row.
        """
        self._fetch(self._staged)
        pairs = [(self._known[identity], after) for identity, after in self._staged.items()]
        return [pair for before, after in pairs if (pair := self._difference(before, after)) is not None]

    def _difference(self, before: E | None, after: E | None) -> tuple[E | None, E | None] | None:
        if before is None:
            if after is None:
                return None
            if after.version != 0:
                raise Conflict("store.gone", thing=images.thing(self.shape.kind, after))
            return None, after
        if after is None:
            return before, None
        same: Any = replace(after, version=before.version)  # type: ignore[type-var]
        if same == before:
            return None
        if after.version != before.version:
            raise Conflict("store.changed_since", thing=images.thing(self.shape.kind, after))
        return before, after

    def _now(self, identity: str) -> E | None:
        return self._staged[identity] if identity in self._staged else self._known.get(identity)

    def _fetch(self, identities: Iterable[str]) -> None:
        """Reads those that are not known yet."""
        missing = [identity for identity in identities if identity not in self._known]
        self._known.update(dict.fromkeys(missing))
        for entity in self.shape.read_many(self._connection, missing):
            self._known[entity.id] = entity

    def _where(self, row: ColumnElement[bool] | None, fits: Callable[[E], bool]) -> list[E]:
        """The entities that fit: those of the rows as they are by now, and what was put since. `row` and `fits` say the same."""
        for entity in self.shape.read(self._connection, row):
            self._known.setdefault(entity.id, entity)
        candidates = self._known | self._staged
        return [entity for entity in candidates.values() if entity is not None and fits(entity)]


class OrderShelf(Shelf[Order, Any]):
    """Orders; remembers the states that each goes through within the unit of work."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, mapping.ORDERS)
        self.paths: dict[str, list[OrderState]] = {}

    def put(self, entity: Order) -> None:
        """Creates or replaces, and notes the state."""
        super().put(entity)
        path = self.paths.setdefault(entity.id, [])
        if not path or path[-1] is not entity.state:
            path.append(entity.state)

    def by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """The orders of a source by their numbers."""
        column = self.shape.table.c
        asked = frozenset(numbers)
        found: dict[str, Order] = {}
        for some in chunks(asked):
            rows = and_(column.source == source, column.number.in_(some))
            found |= {order.number: order for order in self._where(rows, lambda order: order.source == source and order.number in asked)}
        return found

    def of_day(self, day: date) -> tuple[Order, ...]:
        """The orders due on a day, by number."""
        return tuple(sorted(self._where(self.shape.table.c.day == day, lambda order: order.day == day), key=lambda order: order.number))

    def partners_of(self, orders: Iterable[Order]) -> tuple[Order, ...]:
        """The other halves of pairs: the pick-ups that these orders name and the deliveries that name them, by number."""
        named: dict[str, set[str]] = {}
        naming: dict[str, set[str]] = {}
        for order in orders:
            naming.setdefault(order.source, set()).add(order.number)
            if order.paired_with:
                named.setdefault(order.source, set()).add(order.paired_with)
        found = [each for source, numbers in named.items() for each in self.by_number(source, numbers).values()]
        column = self.shape.table.c
        for source, numbers in naming.items():
            for some in map(frozenset, chunks(numbers)):
                rows = and_(column.source == source, column.paired_with.in_(some))
                found += self._where(rows, lambda each: each.source == source and each.paired_with in some)  # noqa: B023 - called at once
        return tuple(sorted({each.id: each for each in found}.values(), key=lambda each: each.number))

    def still_open(self) -> tuple[Order, ...]:
        """The orders of every day that a new file may still change, by number."""
        rows = self.shape.table.c.state.in_(sorted(EDITABLE))
        return tuple(sorted(self._where(rows, lambda order: order.state in EDITABLE), key=lambda order: order.number))


class NamedShelf(Shelf[E, Any]):
    """Things that people know by name."""

    def all(self) -> tuple[E, ...]:
        """Every one, by name."""
        return tuple(sorted(self._where(None, lambda _: True), key=lambda each: (str(getattr(each, "name", "")), each.id)))


class ShiftShelf(Shelf[Shift, Any]):
    """Shifts."""

    def of_day(self, depot: DepotId, day: date) -> tuple[Shift, ...]:
        """The shifts of a depot's day, by beginning."""
        column = self.shape.table.c
        found = self._where(and_(column.depot == depot, column.day == day), lambda shift: (shift.depot, shift.day) == (depot, day))
        return tuple(sorted(found, key=lambda shift: (shift.starts, shift.id)))


class PlanShelf(Shelf[Plan, Any]):
    """Plans."""

    def of_day(self, depot: DepotId, day: date) -> Plan | None:
        """The plan of a depot's day, or None."""
        column = self.shape.table.c
        found = self._where(and_(column.depot == depot, column.day == day), lambda plan: (plan.depot, plan.day) == (depot, day))
        return found[0] if found else None


class PinShelf(Shelf[Pin, Any]):
    """Learned places."""

    def by_keys(self, keys: Iterable[str]) -> Mapping[str, Pin]:
        """Pins by normalised address."""
        asked = frozenset(keys)
        found: dict[str, Pin] = {}
        for some in chunks(asked):
            found |= {pin.key: pin for pin in self._where(self.shape.table.c.key.in_(some), lambda pin: pin.key in asked)}
        return found


class ClosureShelf(Shelf[Closure, Any]):
    """Closed and slow stretches of road."""

    def all(self) -> tuple[Closure, ...]:
        """Every closure that is not lifted, oldest first."""
        return tuple(sorted(self._where(None, lambda _: True), key=lambda closure: closure.id))


class VersionShelf(Shelf[PlanVersion, Any]):
    """Versions of plans."""

    def of_day(self, depot: DepotId, day: date) -> tuple[PlanVersion, ...]:
        """The versions of a depot's day, the oldest first."""
        column = self.shape.table.c
        found = self._where(and_(column.depot == depot, column.day == day), lambda each: (each.depot, each.day) == (depot, day))
        return tuple(sorted(found, key=lambda each: (each.kept_at, each.id)))


def depots(connection: Connection) -> NamedShelf[Depot]:
    """Depots."""
    return NamedShelf(connection, mapping.DEPOTS)


def vehicles(connection: Connection) -> NamedShelf[Vehicle]:
    """Vehicles."""
    return NamedShelf(connection, mapping.VEHICLES)


def drivers(connection: Connection) -> NamedShelf[Driver]:
    """Drivers."""
    return NamedShelf(connection, mapping.DRIVERS)


def day_or_open(day: date) -> ColumnElement[bool]:
    """Orders due on a day, and those without a day."""
    column = mapping.ORDERS.table.c
    return or_(column.day == day, column.day.is_(None))


def identities(entities: Sequence[Versioned]) -> list[str]:
    """The identities of entities."""
    return [entity.id for entity in entities]
