"""Goes through bad addresses one after the other: what may be meant, what a person chose, and what is left. Decides nothing; asks the services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.desktop.bridge import Bridge, Done
from app.desktop.day import DayModel, Shown, area_name
from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.geo import Place, shifted
from app.domain.ids import OrderId
from app.domain.orders import EDITABLE, Order
from app.domain.sentences import Sentence
from app.services import locating
from app.services.changes import Kind
from app.services.commands import Command, CorrectAddress, SetPlace
from app.services.ports.store import Outcome
from app.services.ports.travel import Areas, Geocoder

T = TypeVar("T")
MOST = 9
"""So many places have a digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The address on the table. `current` is the place that is looked at (-1: none); `pin` where the pin stands while it is moved."""

    order: Order
    candidates: tuple[Candidate, ...] = ()
    current: int = -1
    typed: str | None = None
    """What stands in place of the address, while it is being corrected."""
    meant: tuple[tuple[str, Location], ...] = ()
    """For each candidate of a typed text: how the address is written then, and where it is."""
    pin: Place | None = None
    near: str = ""
    """What the map calls the place of the pin."""
    note: Sentence | None = None
    """What came of looking the typed address up."""
    looking: bool = False


class Solver(QObject):
    """The round through bad addresses. `changed` after each step, `put` when another address is on the table."""

    changed = Signal()
    put = Signal()

    def __init__(self, bridge: Bridge, model: DayModel, areas: Areas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._model, self._areas = bridge, model, areas
        self._round: tuple[OrderId, ...] = ()
        self._orders: dict[OrderId, Order] = {}
        self._solved, self._held = set[OrderId](), set[OrderId]()
        self._again = False
        self._at = -1
        self.case: Case | None = None
        model.shown.connect(self._shown)
        bridge.stepped.connect(self._stepped)

    # The round

    @property
    def total(self) -> int:
        """How many addresses the round has."""
        return len(self._round)

    @property
    def number(self) -> int:
        """Which of them is on the table, from 1."""
        return self._at + 1

    @property
    def solved(self) -> int:
        """How many have a place by now."""
        return len(self._solved)

    @property
    def held(self) -> int:
        """How many were put aside."""
        return len(self._held)

    def start(self, orders: Sequence[OrderId], first: OrderId | None = None) -> None:
        """Begins a round with these orders, at the first or at the one that is wanted."""
        self._round, self._at, self._again = tuple(orders), -1, False
        self._solved, self._held = set(), set()
        self._read(self._model.held)
        self._go(self._round.index(first) if first in self._round else 0, 1)

    def stop(self) -> None:
        """Ends the round."""
        self._round, self.case, self._at = (), None, -1

    def next(self) -> None:
        """Leaves this one for later."""
        self._go(self._at + 1, 1)

    def previous(self) -> None:
        """Goes back to one that is not solved."""
        self._go(self._at - 1, -1)

    def hold(self) -> None:
        """Puts this one aside: the order stays on hold, and is not asked for again in this round."""
        if self.case is not None:
            self._held.add(self.case.order.id)
            self.next()

    # What may be meant

    def look_at(self, by: int) -> None:
        """Looks at the next place of the list, or the one before."""
        case = self.case
        if case is not None and case.candidates:
            self._change(current=(case.current + by) % len(case.candidates) if case.current >= 0 or by < 0 else 0)

    def type(self, text: str) -> None:
        """Shows what a text may mean that is being typed; the address itself shows again what it may mean."""
        case = self.case
        if case is None:
            return
        if text.strip() in {"", locating.whole_line(case.order.address)}:
            self._change(typed=None, meant=(), note=None)
            self._choose()
            return
        self._change(typed=text, current=-1, looking=True)
        self._ask(lambda geocoder: locating.suggested(text, geocoder, MOST), self._suggested)

    def untype(self) -> None:
        """Takes the typed text back."""
        if self.case is not None and self.case.typed is not None:
            self._change(typed=None, meant=(), note=None, candidates=self.case.order.location.candidates[:MOST], current=-1)
            self._choose()

    def look_up(self, text: str) -> None:
        """Looks an address up; where it is found, the order takes it and the next comes."""
        case = self.case
        if case is None or not text.strip():
            return
        order, address = case.order, corrected(case.order.address, text)

        def found(geocoder: Geocoder) -> Location:
            pins = self._bridge.read(lambda reader: reader.pins([locating.address_key(address)]))
            return locating.located_as(order, address, geocoder, pins)

        self._change(looking=True)
        self._ask(found, lambda location: self._looked_up(order, address, location))

    def take(self, number: int) -> bool:
        """Takes the place of that number, from 1; false where there is none."""
        case = self.case
        if case is None or case.pin is not None or not 1 <= number <= len(case.candidates):
            return False
        order, chosen = case.order, case.candidates[number - 1]
        if case.typed is not None and number <= len(case.meant):
            text, location = case.meant[number - 1]
            self._do(CorrectAddress(order=order.id, address=corrected(order.address, text), location=location, number=order.number), order)
        else:
            self._do(SetPlace(order=order.id, place=chosen.place, label=chosen.label, number=order.number), order)
        return True

    def take_current(self) -> bool:
        """Takes the place that is looked at; false where there is none."""
        return self.case is not None and self.take(self.case.current + 1)

    # The pin

    def start_pin(self) -> None:
        """Puts the pin where the order may be, to be moved."""
        case, shown = self.case, self._model.held
        if case is None or shown is None:
            return
        known = [each.place for each in case.candidates[max(0, case.current) :]]
        here = known[0] if known else shown.day.depot.place
        self._move(here)

    def nudge(self, north_m: float, east_m: float) -> None:
        """Moves the pin by so many metres."""
        if self.case is not None and self.case.pin is not None:
            self._move(shifted(self.case.pin, north_m, east_m))

    def bring_pin(self, place: Place) -> None:
        """Brings the pin to a place."""
        if self.case is not None and self.case.pin is not None:
            self._move(place)

    def set_pin(self) -> None:
        """The order goes where the pin stands."""
        case = self.case
        if case is not None and case.pin is not None:
            self._do(SetPlace(order=case.order.id, place=case.pin, label=case.near, number=case.order.number), case.order)

    def leave_pin(self) -> None:
        """Takes the pin away again."""
        if self.case is not None and self.case.pin is not None:
            self._change(pin=None, near="")

    # Inside

    def _move(self, place: Place) -> None:
        self._change(pin=place)
        self._ask(lambda geocoder: geocoder.label(place), lambda near: self._change(near=near), key="pin label")

    def _do(self, command: Command, order: Order) -> None:
        """One step; the next address is on the table at once, and this one comes back where the step is refused."""
        self._solved.add(order.id)
        self.next()
        self._bridge.do(command, done=self._did, failed=lambda error: self._refused(order.id, error))

    def _did(self, outcome: Outcome) -> None:
        """A place that is remembered solves other orders of that address too."""
        ids = outcome.changes.ids(Kind.ORDER)
        self._solved |= {each for each in self._round if each in ids}
        if self.case is not None and self.case.order.id in self._solved:
            self.next()
        else:
            self.changed.emit()

    def _refused(self, order: OrderId, error: BaseException) -> None:
        self._solved.discard(order)
        self._bridge.tell(error)
        if self.case is None:
            self._go(0, 1)
        else:
            self.changed.emit()

    def _go(self, at: int, way: int) -> None:
        """Puts the first that is still open on the table, from there on round and round."""
        count = len(self._round)
        for step in range(count):
            place = (at + way * step) % count
            order = self._orders.get(self._round[place])
            if order is not None and order.id not in self._solved | self._held:
                self._at = place
                own = order.location.candidates[:MOST]
                self.case = Case(order=order, candidates=own, current=0 if own else -1)
                self.put.emit()
                self._choose()
                return
        self.case = None
        self.put.emit()

    def _choose(self) -> None:
        """Finds what else may be meant."""
        case = self.case
        if case is not None:
            order = case.order
            self._change(looking=True)
            self._ask(lambda geocoder: locating.choices(order, geocoder, MOST), lambda found: self._chosen(order, found))

    def _chosen(self, order: Order, found: tuple[Candidate, ...]) -> None:
        case = self.case
        if case is not None and case.order.id == order.id and case.typed is None:
            self._change(candidates=found, looking=False, current=case.current if case.current >= 0 else (0 if found else -1))

    def _suggested(self, found: tuple[Location, ...]) -> None:
        candidates = tuple(Candidate(place=each.place, label=each.label) for each in found if each.place is not None)
        self._change(candidates=candidates, meant=tuple((each.label, each) for each in found), current=-1, looking=False)

    def _looked_up(self, order: Order, address: Address, location: Location) -> None:
        case = self.case
        if case is None or case.order.id != order.id:
            return
        if location.plannable:
            self._do(CorrectAddress(order=order.id, address=address, location=location, number=order.number), order)
            return
        self._change(looking=False, note=locating.hold_of(location))
        more = location.candidates[:MOST]
        if more and case.typed is not None:
            text = case.typed
            self._change(candidates=more, meant=tuple((text, _by_hand(each)) for each in more))

    def _ask(self, question: Callable[[Geocoder], T], then: Callable[[T], None], key: str = "address choices") -> None:
        """Asks the places of the area, in the pool; without an area there is nothing to ask."""
        shown = self._model.held
        area = area_name(self._areas, shown.day.depot) if shown is not None else ""
        if not area:
            self._change(looking=False)
            return
        self._bridge.compute(lambda _job: question(self._areas.geocoder(area)), then=then, key=key)

    def _change(self, **changes: object) -> None:
        if self.case is not None:
            self.case = replace(self.case, **changes)  # type: ignore[arg-type]
            self.changed.emit()

    @Slot(object)
    def _stepped(self, done: Done) -> None:
        """What was undone is open again."""
        self._again = self._again or done.way != "do"

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        if not self._round:
            return
        self._read(shown)
        if self.case is None and self._again:
            self._go(0, 1)
        elif self.case is not None and self.case.order.id in self._solved:
            self.next()
        else:
            self.changed.emit()
        self._again = False

    def _read(self, shown: Shown | None) -> None:
        """Takes the orders in as they are now; who has a place by now is solved, whoever gave it."""
        self._orders = {order.id: order for order in shown.day.orders} if shown is not None else {}
        settled = {each for each in self._round if (order := self._orders.get(each)) is None or order.location.plannable or order.state not in EDITABLE}
        self._solved = settled if self._again else self._solved | settled


def _by_hand(candidate: Candidate) -> Location:
    """The place that a person chose for an address that fits several."""
    return Location(state=AddressState.PINNED, place=candidate.place, source=LocationSource.PERSON, label=candidate.label)


def corrected(given: Address, text: str) -> Address:
    """The address as it was typed; unit and country stay. What was typed as it stood stays in its parts."""
    text = " ".join(text.split())
    return given if text == locating.whole_line(given) else Address(text=text, unit=given.unit, country=given.country)
