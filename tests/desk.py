"""A desk for tests: a database in a temporary folder, its bus, and a command that simply puts things."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from app.domain.address import Location
from app.domain.events import Event
from app.domain.ids import OrderId
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.bus import Bus
from app.services.changes import Kind
from app.services.commands import Command, ImportOrders, LocateOrders
from app.services.images import CLASSES
from app.services.plain import content
from app.services.ports.store import Day, Outcome, UnitOfWork
from app.services.registry import HANDLERS, Handler
from app.services.tools import Tools
from app.store import SqliteStore, open_store
from tests.builders import DAY, TurnedClock, a_depot, a_driver, a_shift, a_vehicle

KINDS = {cls: kind for kind, cls in CLASSES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Put(Command):
    """Puts and removes things as they are, and tells events."""

    things: tuple[Any, ...] = ()
    gone: tuple[Any, ...] = ()
    events: tuple[Event, ...] = ()
    title: str = "Put"

    def describe(self) -> Sentence:
        return Sentence.of("command.close_road", note=self.title)


def put(wish: Put, uow: UnitOfWork, tools: Tools) -> None:
    """The handler of `Put`."""
    for thing in wish.things:
        uow.shelf(KINDS[type(thing)]).put(thing)  # type: ignore[attr-defined]
    for thing in wish.gone:
        uow.shelf(KINDS[type(thing)]).remove(thing.id)  # type: ignore[attr-defined]
    for each in wish.events:
        uow.tell(each)


TEST_HANDLERS: dict[type[Command], Handler] = {**HANDLERS, Put: put}


@dataclass
class Desk:
    """A database and its bus."""

    path: Path
    clock: TurnedClock = field(default_factory=TurnedClock)
    store: SqliteStore = field(init=False)
    bus: Bus = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Opens the file, as a start of the program does."""
        self.store = open_store(self.path, self.clock)
        self.bus = Bus(self.store, self.clock, handlers=TEST_HANDLERS)

    def reopen(self) -> None:
        """Ends and starts again."""
        self.store.close()
        self.open()

    def put(self, *things: Any, **wish: Any) -> Outcome:
        """Puts things by a command."""
        return self.bus.do(Put(things=things, **wish))

    def bring(self, *orders: Order) -> Outcome:
        """Imports orders as they are, from a file orders.csv."""
        return self.bus.do(ImportOrders(source="shop", orders=orders, file="orders.csv"))

    def locate(self, *orders: Order, location: Location) -> Outcome:
        """Locates orders."""
        return self.bus.do(LocateOrders(locations=tuple((order.id, location) for order in orders)))

    def fleet(self, vans: int = 2) -> None:
        """The depot with vans, drivers and shifts."""
        numbers = range(1, vans + 1)
        self.put(a_depot(), *map(a_vehicle, numbers), *map(a_driver, numbers), *map(a_shift, numbers), title="Fleet")

    def day(self) -> Day:
        """The depot's day as it is now."""
        return self.store.reader().day(a_depot().id, DAY)

    def order(self, number: int | str = 1) -> Order:
        """The order A-n as it is now."""
        name = f"A-{number}"
        return self.store.reader().orders_by_number("shop", [name])[name]

    def contents(self) -> dict[tuple[Kind, str], str]:
        """The content of everything, without versions."""
        found = {}
        with self.store.unit_of_work() as work:
            for kind in Kind:
                shelf = work.shelf(kind)
                for entity in shelf.shape.read(work._connection):
                    found[kind, str(entity.id)] = content(entity)
        return found


class Statements:
    """Counts the statements that an engine is asked, transactions not counted."""

    def __init__(self, *engines: Engine) -> None:
        self.said: list[str] = []
        for engine in engines:
            event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.said.append(statement)

    def count(self) -> int:
        """How many since the last count."""
        number = len(self.said)
        self.said.clear()
        return number


def no_such(order: str) -> OrderId:
    """An identity that nothing has."""
    return OrderId(f"ord_none_{order}")
