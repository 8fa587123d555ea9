"""Looks at what was typed, off the main thread: does it parse, and where is it on the map; so that what is written is located in the same step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.desktop.bridge import Bridge
from app.desktop.day import area_name
from app.domain.address import AddressState, Location, LocationSource
from app.domain.fleet import Depot
from app.domain.geo import Place
from app.domain.orders import Order
from app.services import locating
from app.services.entering import Entered, entered, moves
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.ports.store import Reader
from app.services.ports.travel import Areas, Geocoder

_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was typed, as an order with its place."""

    entered: Entered
    order: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One line of the list under a field, and what taking it fills in."""

    title: str
    note: str
    texts: Mapping[Field, str]


class Looking:
    """Answers for one depot. Every method reads and searches, and is called in the pool."""

    def __init__(self, bridge: Bridge, areas: Areas, checks: locating.Checks, depot: Depot) -> None:
        self._bridge = bridge
        self._areas = areas
        self._checks = checks
        self._depot = depot

    def look(self, texts: Mapping[Field, str], known: Order | None, defaults: Defaults, pin: Place | None = None) -> Looked:
        """The order that the texts ask for, with its place where its address is new or another than before."""
        read = entered(texts, known, defaults, placed=pin is not None)
        if read.order is None:
            return Looked(entered=read)
        return Looked(entered=read, order=self.placed(read.order, known, pin))

    def placed(self, order: Order, known: Order | None = None, pin: Place | None = None) -> Order:
        """The order with its place: the pin's, the one that it has where its address is the same as before, or what the map has for the address."""
        geocoder = self._geocoder()
        if pin is not None:
            label = geocoder.label(pin) if geocoder is not None else ""
            return locating.placed(order, Location(state=AddressState.PINNED, place=pin, source=LocationSource.PERSON, label=label))
        if geocoder is None or (known is not None and not moves(known, order)):
            return order
        pins = self._bridge.read(lambda reader: reader.pins([locating.address_key(order.address)]))
        where = dict(locating.locate([order], geocoder, pins, self._checks))[order.id]
        return locating.placed(replace(order, state=known.state if known is not None else order.state), where)

    def address_at(self, place: Place) -> str:
        """The nearest address of a place in words; empty where the map has none."""
        geocoder = self._geocoder()
        return geocoder.label(place) if geocoder is not None else ""

    def addresses(self, text: str) -> tuple[Suggestion, ...]:
        """What a half-typed address may mean: addresses served before, then the map's."""
        served = self._bridge.read(lambda reader: _customers(reader, text))
        lines = [Suggestion(title=order.address.line, note=order.recipient.name, texts={Field.ADDRESS: order.address.line}) for order in served[:2]]
        geocoder = self._geocoder()
        found = geocoder.suggest(text, _SUGGESTED) if geocoder is not None else ()
        lines += [Suggestion(title=each.label, note="", texts={Field.ADDRESS: each.label}) for each in found if each.label]
        return tuple({each.title: each for each in reversed(lines)}.values())[::-1][:_SUGGESTED]

    def customers(self, text: str) -> tuple[Suggestion, ...]:
        """Customers of earlier orders, with all that a new order for them would repeat."""
        return tuple(_suggested(order) for order in self._bridge.read(lambda reader: _customers(reader, text)))

    def _geocoder(self) -> Geocoder | None:
        name = area_name(self._areas, self._depot)
        return self._areas.geocoder(name) if name else None


def _customers(reader: Reader, text: str) -> tuple[Order, ...]:
    return reader.customers(text, _SUGGESTED) if len(text.strip()) >= 2 else ()


def _suggested(order: Order) -> Suggestion:
    who = order.recipient
    texts = {
        Field.NAME: who.name,
        Field.PHONE: who.phone,
        Field.EMAIL: who.email,
        Field.LANGUAGE: who.language,
        Field.ADDRESS: order.address.line,
        Field.NOTES: order.notes,
        Field.SKILLS: "; ".join(sorted(order.skills)),
        Field.FEATURES: "; ".join(sorted(order.features)),
    }
    return Suggestion(title=who.name, note=" · ".join(each for each in (order.address.line, who.phone) if each), texts={k: v for k, v in texts.items() if v})
