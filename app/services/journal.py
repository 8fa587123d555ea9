"""The story of one order in sentences: what happened to it, when and by whom, read from the journal. Pure functions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain import events
from app.domain.errors import Malformed
from app.domain.events import Event, RouteAct, RouteEdited
from app.domain.ids import OrderId, RouteId
from app.domain.orders import OrderState
from app.domain.sentences import Sentence
from app.services import plain
from app.services.ports.store import Story, Told

KINDS = {kind.__name__: kind for kind in Event.__subclasses__()}
_SAID_STATES = frozenset({OrderState.READY, OrderState.ON_HOLD, OrderState.PLANNED, OrderState.CANCELLED})
"""States whose coming is worth a line of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of an order's story. `undone`: a later step has taken it back."""

    at: datetime
    who: str
    said: Sentence
    undone: bool = False


def happenings(order: OrderId, story: Story, routes: Mapping[RouteId, str]) -> tuple[Happening, ...]:
    """What happened to an order, newest first. `routes` names the routes of its day; others are "another route"."""
    teller = _Teller(order, story, routes)
    lines = [line for each in story.told for line in teller.lines(each)]
    return tuple(reversed(lines))


class _Teller:
    """Words the events of one story."""

    def __init__(self, order: OrderId, story: Story, routes: Mapping[RouteId, str]) -> None:
        self._order, self._story, self._routes = order, story, routes
        self._first: dict[int, Sentence] = {}
        """What each change did, as far as it was worded; turns of a step name it."""
        self._undone = _undone(story.told)
        self._explained = {each.change for each in story.told if each.kind != "OrderStateChanged"}

    def lines(self, told: Told) -> Iterable[Happening]:
        event = _event(told)
        said = self._said(event, told) if event is not None else Sentence.of("journal.edited")
        if said is None:
            return
        self._first.setdefault(told.change, said)
        yield Happening(at=told.at, who=told.who, said=said, undone=told.change in self._undone)

    def _said(self, event: Event, told: Told) -> Sentence | None:
        words = _WORDS.get(type(event))
        return words(self, event, told) if words is not None else Sentence.of("journal.edited")

    def received(self, event: events.OrdersReceived, _told: Told) -> Sentence:
        act = "received" if self._order in event.new else "changed"
        return Sentence.of(f"journal.{act}_from", file=event.file) if event.file else Sentence.of(f"journal.{act}")

    def postponed(self, event: events.OrdersPostponed, _told: Told) -> Sentence:
        return Sentence.of("journal.postponed", day=event.day)

    def located(self, _event: events.OrdersLocated, told: Told) -> Sentence:
        state = self._story.states.get(told.change, "")
        if state in {OrderState.READY, OrderState.ON_HOLD}:
            return Sentence.of(f"journal.located_{state}")
        return Sentence.of("journal.located")

    def placed(self, _event: events.PlaceSet, _told: Told) -> Sentence:
        return Sentence.of("journal.place_set")

    def corrected(self, event: events.AddressCorrected, _told: Told) -> Sentence:
        return Sentence.of("journal.address_corrected", was=event.was)

    def edited(self, event: RouteEdited, _told: Told) -> Sentence:
        if event.act is RouteAct.MOVED and event.to is not None:
            return Sentence.of("journal.moved", route=self._route(event.to))
        return Sentence.of(f"journal.{event.act.value}")

    def applied(self, event: events.PlanApplied, _told: Told) -> Sentence | None:
        route = next((each.route for each in event.placed if self._order in each.orders), None)
        return Sentence.of("journal.planned", route=self._route(route)) if route is not None else Sentence.of("journal.left_out")

    def taken(self, event: events.VersionTaken, _told: Told) -> Sentence:
        route = next((each.route for each in event.placed if self._order in each.orders), None)
        return Sentence.of("journal.taken", route=self._route(route)) if route is not None else Sentence.of("journal.taken_out")

    def committed(self, event: events.PlanCommitted, _told: Told) -> Sentence:
        return Sentence.of("journal.committed", number=event.number)

    def turned(self, event: events.OrderStateChanged, told: Told) -> Sentence | None:
        """A change of state says nothing new beside what brought it about."""
        if told.change in self._explained or event.now not in _SAID_STATES:
            return None
        return Sentence.of(f"journal.state_{event.now.value}")

    def undone(self, event: events.StepUndone, _told: Told) -> Sentence | None:
        what = self._first.get(event.step)
        return Sentence.of("journal.undone", what=what) if what is not None else None

    def redone(self, event: events.StepRedone, _told: Told) -> Sentence | None:
        what = self._first.get(event.step)
        return Sentence.of("journal.redone", what=what) if what is not None else None

    def _route(self, route: RouteId | None) -> str | Sentence:
        name = self._routes.get(route) if route is not None else None
        return name or Sentence.of("journal.another_route")


_WORDS: Mapping[type[Event], Callable[[_Teller, Any, Told], Sentence | None]] = {
    events.OrdersReceived: _Teller.received,
    events.OrdersPostponed: _Teller.postponed,
    events.OrdersLocated: _Teller.located,
    events.PlaceSet: _Teller.placed,
    events.AddressCorrected: _Teller.corrected,
    events.RouteEdited: _Teller.edited,
    events.PlanApplied: _Teller.applied,
    events.PlanCommitted: _Teller.committed,
    events.VersionTaken: _Teller.taken,
    events.OrderStateChanged: _Teller.turned,
    events.StepUndone: _Teller.undone,
    events.StepRedone: _Teller.redone,
}


def _event(told: Told) -> Event | None:
    """The event; None for one of another version of the program."""
    kind = KINDS.get(told.kind)
    try:
        return plain.from_json(kind, told.body) if kind is not None else None
    except Malformed:
        return None


def _undone(told: Iterable[Told]) -> frozenset[int]:
    """The changes whose steps are taken back by now."""
    found: set[int] = set()
    for each in told:
        event = _event(each) if each.kind in {"StepUndone", "StepRedone"} else None
        if isinstance(event, events.StepUndone):
            found.add(event.step)
        elif isinstance(event, events.StepRedone):
            found.discard(event.step)
    return frozenset(found)
