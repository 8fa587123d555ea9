"""Reading for screens: read-only connections, one moment of the file for each question, few statements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Engine, and_, func, or_, select

from app.domain.errors import NotFound
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.ids import DepotId, OrderId
from app.domain.orders import Order
from app.domain.pins import Pin
from app.domain.plans import Plan
from app.domain.sentences import Sentence
from app.domain.versions import PlanVersion
from app.services.changes import Kind
from app.services.ports.store import Day, HistoryStep, PinMemory, Story
from app.store import mapping
from app.store.history_rows import IMAGE, NEWEST, NEXT_REDO, STEP, first_step, step_of
from app.store.journal_rows import story_of
from app.store.mapping.shape import chunks
from app.store.pin_memory import times_used, who_set
from app.store.repositories import day_or_open

ORDER, SHIFT, PLAN, PIN, DEPOT = (shape.table.c for shape in (mapping.ORDERS, mapping.SHIFTS, mapping.PLANS, mapping.PINS, mapping.DEPOTS))

_LOOKED_AT = 60
"""Orders from which the customers are told apart."""
_PHONE_DIGITS = 3
"""So many digits are looked for in phones."""


class SqliteReader:
    """Answers questions, each on a connection of its own from the pool; any thread may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def depots(self) -> tuple[Depot, ...]:
        """Every depot, by name."""
        with self._engine.connect() as connection:
            return tuple(mapping.DEPOTS.read(connection, order=(DEPOT.name, DEPOT.id)))

    def day(self, depot: DepotId, day: date) -> Day:
        """A depot's day, by twelve statements. Raises NotFound for a depot that does not exist."""
        with self._engine.connect() as connection:
            found = mapping.DEPOTS.read(connection, DEPOT.id == depot)
            if not found:
                raise NotFound("store.not_found", kind="depot", id=str(depot))
            shifts = tuple(mapping.SHIFTS.read(connection, and_(SHIFT.depot == depot, SHIFT.day == day), (SHIFT.starts, SHIFT.id)))
            return Day(
                depot=found[0],
                day=day,
                orders=tuple(mapping.ORDERS.read(connection, day_or_open(day), (ORDER.number, ORDER.source))),
                shifts=shifts,
                vehicles={vehicle.id: vehicle for vehicle in mapping.VEHICLES.read_many(connection, _vehicles(shifts))},
                drivers={driver.id: driver for driver in mapping.DRIVERS.read_many(connection, _drivers(shifts))},
                closures=tuple(mapping.CLOSURES.read(connection, order=(mapping.CLOSURES.table.c.id,))),
                plan=_plan(connection, depot, day),
            )

    def fleet(self) -> tuple[tuple[Vehicle, ...], tuple[Driver, ...]]:
        """Every vehicle and every driver, on shift or not, by name."""
        vehicle, driver = mapping.VEHICLES.table.c, mapping.DRIVERS.table.c
        with self._engine.connect() as connection:
            vehicles = mapping.VEHICLES.read(connection, order=(vehicle.name, vehicle.id))
            return tuple(vehicles), tuple(mapping.DRIVERS.read(connection, order=(driver.name, driver.id)))

    def days(self, depot: DepotId) -> Sequence[tuple[date, int]]:
        """The days that have orders, with their number, in order."""
        statement = select(ORDER.day, func.count()).where(ORDER.day.is_not(None)).group_by(ORDER.day).order_by(ORDER.day)
        with self._engine.connect() as connection:
            return [(day, count) for day, count in connection.execute(statement)]

    def versions(self, depot: DepotId, day: date) -> tuple[PlanVersion, ...]:
        """The versions kept of a depot's day, the newest first, by one statement."""
        column = mapping.VERSIONS.table.c
        with self._engine.connect() as connection:
            found = mapping.VERSIONS.read(connection, and_(column.depot == depot, column.day == day), (column.kept_at.desc(), column.id.desc()))
            return tuple(found)

    def history(self, limit: int = 200) -> tuple[HistoryStep, ...]:
        """The steps, newest first."""
        statement = select(*STEP.columns).order_by(STEP.c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            return tuple(step_of(*row) for row in connection.execute(statement))

    def touched(self) -> Mapping[int, Mapping[Kind, int]]:
        """How many things of each kind every step of the history touched."""
        statement = select(IMAGE.c.step, IMAGE.c.kind, func.count()).group_by(IMAGE.c.step, IMAGE.c.kind)
        counts: dict[int, dict[Kind, int]] = {}
        with self._engine.connect() as connection:
            for step, kind, count in connection.execute(statement):
                counts.setdefault(step, {})[Kind(kind)] = count
        return counts

    def story(self, order: OrderId, limit: int = 200) -> Story:
        """The newest events that concern an order, and its states."""
        with self._engine.connect() as connection:
            return story_of(connection, order, limit)

    def titles(self) -> tuple[Sentence | None, Sentence | None]:
        """The titles of the steps that undo and redo would turn to."""
        with self._engine.connect() as connection:
            undo, redo = first_step(connection, NEWEST), first_step(connection, NEXT_REDO)
        return (undo.title if undo else None, redo.title if redo else None)

    def orders_by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """The orders of a source by their numbers."""
        with self._engine.connect() as connection:
            asked = chunks(dict.fromkeys(numbers))
            found = (order for some in asked for order in mapping.ORDERS.read(connection, and_(ORDER.source == source, ORDER.number.in_(some))))
            return {order.number: order for order in found}

    def pins(self, keys: Iterable[str]) -> Mapping[str, Pin]:
        """Learned places by normalised address."""
        with self._engine.connect() as connection:
            found = (pin for some in chunks(dict.fromkeys(keys)) for pin in mapping.PINS.read(connection, PIN.key.in_(some)))
            return {pin.key: pin for pin in found}

    def pin_memory(self, key: str) -> PinMemory | None:
        """The place learned for a normalised address, with its story, by three statements."""
        with self._engine.connect() as connection:
            found = mapping.PINS.read(connection, PIN.key == key)
            if not found:
                return None
            at, who = who_set(connection, found[0])
            return PinMemory(pin=found[0], at=at, who=who, used=times_used(connection, found[0]))

    def customers(self, text: str, limit: int = 8) -> tuple[Order, ...]:
        """The newest order of each customer at each address whose name, phone or address holds the text."""
        digits = "".join(letter for letter in text if letter.isdigit()).lstrip("0")
        holds = [column.icontains(text.strip(), autoescape=True) for column in (ORDER.recipient, ORDER.address, ORDER.street)]
        if len(digits) >= _PHONE_DIGITS and not any(letter.isalpha() for letter in text):
            holds.append(ORDER.phone.contains(digits))
        statement = select(ORDER.id).where(or_(*holds), ORDER.recipient != "").order_by(ORDER.day.desc(), ORDER.id.desc()).limit(_LOOKED_AT)
        with self._engine.connect() as connection:
            ids = [identity for (identity,) in connection.execute(statement)]
            by_id = {order.id: order for order in mapping.ORDERS.read_many(connection, ids)}
        newest: dict[tuple[str, str], Order] = {}
        for order in (by_id[each] for each in ids if each in by_id):
            newest.setdefault((order.recipient.name.casefold(), order.address.line.casefold()), order)
        begins = text.strip().casefold()
        return tuple(sorted(newest.values(), key=lambda order: not order.recipient.name.casefold().startswith(begins)))[:limit]


def _vehicles(shifts: Iterable[Shift]) -> list[str]:
    return sorted({shift.vehicle for shift in shifts})


def _drivers(shifts: Iterable[Shift]) -> list[str]:
    return sorted({shift.driver for shift in shifts if shift.driver is not None})


def _plan(connection: Connection, depot: DepotId, day: date) -> Plan | None:
    found = mapping.PLANS.read(connection, and_(PLAN.depot == depot, PLAN.day == day))
    return found[0] if found else None
