"""What the services need of the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, Self, TypeVar

from app.domain.events import Event
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.ids import ClosureId, DepotId, DriverId, OrderId, PinId, PlanId, ShiftId, VehicleId, VersionId
from app.domain.orders import Order
from app.domain.pins import Pin
from app.domain.plans import Plan
from app.domain.roads import Closure
from app.domain.sentences import Sentence
from app.domain.versions import PlanVersion
from app.services.changes import ChangeSet, Kind

E = TypeVar("E")
K = TypeVar("K", contravariant=True)


class Repository(Protocol[E, K]):
    """Frozen entities of one kind; reads and writes in sets. `put` of equal content is no change."""

    def get(self, identity: K) -> E:
        """The entity. Raises NotFound."""
        ...

    def find(self, identity: K) -> E | None:
        """The entity, or None."""
        ...

    def get_many(self, identities: Iterable[K]) -> tuple[E, ...]:
        """The entities that exist, in the order asked, by few statements however many."""
        ...

    def put(self, entity: E) -> None:
        """Creates or replaces. The `version` of the entity is the one it was read with (0: new); Conflict is raised at commit where the row has moved on."""
        ...

    def put_many(self, entities: Iterable[E]) -> None:
        """`put` for many, set-wise."""
        ...

    def remove(self, identity: K) -> None:
        """Removes the entity. Raises NotFound."""
        ...


class Orders(Repository[Order, OrderId], Protocol):
    """Orders and their finders."""

    def by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """The orders of a source by their numbers."""
        ...

    def of_day(self, day: date) -> tuple[Order, ...]:
        """The orders due on a day, by number."""
        ...

    def partners_of(self, orders: Iterable[Order]) -> tuple[Order, ...]:
        """The other halves of pairs: the pick-ups that these orders name and the deliveries that name them, by number."""
        ...

    def still_open(self) -> tuple[Order, ...]:
        """The orders of every day that a new file may still change (`orders.EDITABLE`), by number."""
        ...


class Depots(Repository[Depot, DepotId], Protocol):
    """Depots."""

    def all(self) -> tuple[Depot, ...]:
        """Every depot, by name."""
        ...


class Vehicles(Repository[Vehicle, VehicleId], Protocol):
    """Vehicles."""

    def all(self) -> tuple[Vehicle, ...]:
        """Every vehicle, by name."""
        ...


class Drivers(Repository[Driver, DriverId], Protocol):
    """Drivers."""

    def all(self) -> tuple[Driver, ...]:
        """Every driver, by name."""
        ...


class Shifts(Repository[Shift, ShiftId], Protocol):
    """Shifts and their finders."""

    def of_day(self, depot: DepotId, day: date) -> tuple[Shift, ...]:
        """The shifts of a depot's day."""
        ...


class Plans(Repository[Plan, PlanId], Protocol):
    """Plans and their finders."""

    def of_day(self, depot: DepotId, day: date) -> Plan | None:
        """The plan of a depot's day, or None."""
        ...


class Pins(Repository[Pin, PinId], Protocol):
    """Learned places."""

    def by_keys(self, keys: Iterable[str]) -> Mapping[str, Pin]:
        """Pins by normalised address."""
        ...


class Closures(Repository[Closure, ClosureId], Protocol):
    """Closed and slow stretches of road."""

    def all(self) -> tuple[Closure, ...]:
        """Every closure that is not lifted."""
        ...


class Versions(Repository[PlanVersion, VersionId], Protocol):
    """Versions of plans and their finders."""

    def of_day(self, depot: DepotId, day: date) -> tuple[PlanVersion, ...]:
        """The versions of a depot's day, the oldest first."""
        ...


class UnitOfWork(Protocol):
    """One transaction: BEGIN IMMEDIATE, changes, events; committed by the bus."""

    @property
    def orders(self) -> Orders: ...
    @property
    def depots(self) -> Depots: ...
    @property
    def vehicles(self) -> Vehicles: ...
    @property
    def drivers(self) -> Drivers: ...
    @property
    def shifts(self) -> Shifts: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def pins(self) -> Pins: ...
    @property
    def closures(self) -> Closures: ...
    @property
    def versions(self) -> Versions: ...

    def tell(self, event: Event) -> None:
        """Says what happened: journalled, and given to the policies within this transaction."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One thing before and after a step, as JSON of its content without the version (of a plan: only what differs, see
    `services.images`); None: it did not exist."""

    kind: Kind
    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """One line of the history panel."""

    number: int
    title: Sentence
    at: datetime
    undone: bool
    who: str = ""
    merge_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event of the journal: the change that it belongs to, when and by whom; `body` is the JSON of the event of that `kind`."""

    change: int
    at: datetime
    who: str
    kind: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the journal knows of one order, oldest first; `states` has the state that each change left it in, undo and redo included."""

    told: tuple[Told, ...] = ()
    states: Mapping[int, str] = field(default_factory=dict)


class Steps(Protocol):
    """The steps of the history and their images, inside a unit of work."""

    def newest(self) -> HistoryStep | None:
        """The last step that is done: the one that undo takes back."""
        ...

    def next_redo(self) -> HistoryStep | None:
        """The first step that was undone: the one that redo brings back."""
        ...

    def images(self, number: int) -> tuple[Image, ...]:
        """The images of a step, by kind and identity."""
        ...

    def put(self, step: HistoryStep, images: Iterable[Image]) -> None:
        """Writes a step with its images in place of what was under its number."""
        ...

    def mark(self, number: int, *, undone: bool) -> None:
        """Says of a step that it is undone, or done again."""
        ...

    def remove(self, number: int) -> None:
        """Forgets a step."""
        ...

    def remove_undone(self) -> None:
        """Forgets every undone step: something else was done instead."""
        ...

    def trim(self, keep: int) -> None:
        """Forgets all but the newest `keep` steps."""
        ...


class Work(UnitOfWork, Protocol):
    """A unit of work as the bus and the history use it; leaving the block without `commit` takes everything back."""

    @property
    def number(self) -> int:
        """The number of this transaction in the journal; greater than that of every earlier one."""
        ...

    @property
    def told(self) -> Sequence[Event]:
        """The events so far, in order."""
        ...

    @property
    def steps(self) -> Steps: ...

    def shelf(self, kind: Kind) -> Repository[Any, str]:
        """The repository of a kind."""
        ...

    def images(self) -> tuple[Image, ...]:
        """What is different by now. Raises Conflict where a thing was put with another version than it has."""
        ...

    def commit(self) -> ChangeSet:
        """Writes changes, events and states, and makes them durable. Raises Conflict, and RuleBroken where something removed is
        still referred to."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong in a database: the invariant by its short name, where, and a sentence."""

    invariant: str
    where: str
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """All that a screen or a plan of one depot's day needs, read in one go: frozen and consistent."""

    depot: Depot
    day: date
    orders: tuple[Order, ...]
    shifts: tuple[Shift, ...]
    vehicles: Mapping[VehicleId, Vehicle]
    drivers: Mapping[DriverId, Driver]
    closures: tuple[Closure, ...]
    plan: Plan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PinMemory:
    """What is known of a learned place: when a person set it there (None: before the journal began), who, and how many orders got it from memory."""

    pin: Pin
    at: datetime | None = None
    who: str = ""
    used: int = 0


class Reader(Protocol):
    """Reading for screens: a read-only connection, few statements."""

    def depots(self) -> tuple[Depot, ...]:
        """Every depot, by name."""
        ...

    def day(self, depot: DepotId, day: date) -> Day:
        """A depot's day. Orders: those due that day, and those without a day. Raises NotFound."""
        ...

    def fleet(self) -> tuple[tuple[Vehicle, ...], tuple[Driver, ...]]:
        """Every vehicle and every driver, on shift or not, by name."""
        ...

    def days(self, depot: DepotId) -> Sequence[tuple[date, int]]:
        """The days that have orders, with their number."""
        ...

    def versions(self, depot: DepotId, day: date) -> tuple[PlanVersion, ...]:
        """The versions kept of a depot's day, the newest first."""
        ...

    def history(self, limit: int = 200) -> tuple[HistoryStep, ...]:
        """The steps, newest first; undone ones are those that redo would bring back."""
        ...

    def touched(self) -> Mapping[int, Mapping[Kind, int]]:
        """How many things of each kind every step of the history touched, by its number."""
        ...

    def story(self, order: OrderId, limit: int = 200) -> Story:
        """The newest events that concern an order, and the undoing and redoing of the steps among them."""
        ...

    def titles(self) -> tuple[Sentence | None, Sentence | None]:
        """The titles of the steps that undo and redo would turn to; None: nothing to undo or redo."""
        ...

    def orders_by_number(self, source: str, numbers: Iterable[str]) -> Mapping[str, Order]:
        """The orders of a source by their numbers (for the import preview)."""
        ...

    def pins(self, keys: Iterable[str]) -> Mapping[str, Pin]:
        """Learned places by normalised address."""
        ...

    def pin_memory(self, key: str) -> PinMemory | None:
        """The place learned for a normalised address, with its story; None: nothing is remembered."""
        ...

    def customers(self, text: str, limit: int = 8) -> tuple[Order, ...]:
        """The newest order of each customer at each address whose name, phone or address holds the text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did: the changes, the events told, and its step of the history (None: nothing changed)."""

    changes: ChangeSet
    events: tuple[Event, ...] = ()
    step: int | None = None
    title: Sentence | None = None


class Store(Protocol):
    """The database as the bus and the entrances see it."""

    def fingerprint(self) -> Mapping[str, str]:
        """A mark for each table of what it holds: equal contents, equal marks. The journal, the history and versions do not count."""
        ...

    def unit_of_work(self, who: str = "", *, corrects: bool = False) -> Work:
        """A transaction that writes; one at a time, others wait. `corrects`: it undoes or redoes, so states may go back."""
        ...

    def reader(self) -> Reader:
        """A reader; any thread may use it."""
        ...

    def close(self) -> None:
        """Closes every connection."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
