"""Where orders are: pins first, then coordinates given with the order, then the map; with the checks that keep a wrong place out of a plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.address_text import address_key
from app.domain.errors import RuleBroken
from app.domain.events import AddressCorrected, OrdersLocated, OrderStateChanged, PinForgotten, PlaceSet
from app.domain.geo import Box, Place, distance_m
from app.domain.ids import OrderId, PinId, new_id
from app.domain.orders import EDITABLE, Order, OrderState, change_state
from app.domain.pins import Pin
from app.domain.sentences import Sentence
from app.services.commands import CorrectAddress, ForgetPin, LocateOrders, SetPlace
from app.services.ports.store import UnitOfWork
from app.services.ports.travel import Geocoder
from app.services.tools import Tools

__all__ = [
    "Checks",
    "address_key",
    "choices",
    "correct_address",
    "forget_pin",
    "hold_of",
    "locate",
    "locate_orders",
    "located_as",
    "set_place",
    "suggested",
    "whole_line",
]

_NULL_ISLAND_DEG = 0.01
"""Coordinates this near to (0, 0) are empty cells or failed look-ups (about one kilometre)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Limits of the checks. Metres; `many` is the number of different addresses on one given point from which all are doubted."""

    margin_m: float = 2_000.0
    """A place this far outside the area's data still counts as inside."""
    far_m: float = 15_000.0
    """Given coordinates farther than this from the postcode or town of the same order are doubted."""
    many: int = 5


def locate(
    orders: Sequence[Order], geocoder: Geocoder, pins: Mapping[str, Pin], checks: Checks = Checks()
) -> tuple[tuple[OrderId, Location], ...]:  # fmt: skip
    """A location for each order, in this order. `pins` are by `address_key`; coordinates of a file are taken as given and checked."""
    keys = [address_key(order.address) for order in orders]
    unpinned = [order for order, key in zip(orders, keys, strict=True) if key not in pins]
    found = iter(geocoder.locate([_townward(order) if _given(order) else order.address for order in unpinned]))
    places = []
    for order, key in zip(orders, keys, strict=True):
        if key in pins:
            places.append(_pinned(pins[key]))
            continue
        answer = next(found)
        places.append(_checked(order, answer, geocoder.bounds, checks) if _given(order) else answer)
    places = _crowded(orders, keys, places, checks)
    return tuple((order.id, place) for order, place in zip(orders, places, strict=True))


def located_as(order: Order, address: Address, geocoder: Geocoder, pins: Mapping[str, Pin]) -> Location:
    """Where the order would be if its address read so; coordinates that came with it are left aside. `pins` are by `address_key`."""
    return locate([replace(order, address=address, location=Location())], geocoder, pins)[0][1]


def choices(order: Order, geocoder: Geocoder, most: int = 9) -> tuple[Candidate, ...]:
    """The places that a person may mean for an order: those found with it, where its address alone would lead, and what is written alike."""
    found = list(order.location.candidates)
    by_address = located_as(order, order.address, geocoder, {})
    found += by_address.candidates
    if by_address.plannable and by_address.place is not None:
        found.append(Candidate(place=by_address.place, label=by_address.label))
    if len(found) < most:
        found += (Candidate(place=each.place, label=each.label) for each in suggested(whole_line(order.address), geocoder, most) if each.place)
    return tuple({_spot(each.place): each for each in reversed(found)}.values())[::-1][:most]


def suggested(text: str, geocoder: Geocoder, most: int = 9) -> tuple[Location, ...]:
    """What a typed text may mean and could be planned, best first."""
    return tuple(each for each in geocoder.suggest(text, most) if each.plannable)


def whole_line(address: Address) -> str:
    """The address as one line to be corrected: with the postcode and the town that came in columns of their own."""
    line = address.line
    rest = " ".join(part for part in (address.postcode, address.city) if part and part.casefold() not in line.casefold())
    return ", ".join(part for part in (line, rest) if part)


def _pinned(pin: Pin) -> Location:
    return Location(state=AddressState.PINNED, place=pin.place, source=LocationSource.ADDRESS_BOOK, label=pin.label)


def _given(order: Order) -> bool:
    """Whether the order came with coordinates, right or wrong."""
    return order.location.source is LocationSource.FILE


def _townward(order: Order) -> Address:
    """What a given point is compared with: postcode and town only, since the house is already said."""
    return Address(postcode=order.address.postcode, city=order.address.city, country=order.address.country)


def _checked(order: Order, town: Location, bounds: Box, checks: Checks) -> Location:
    """The given coordinates with what is doubtful about them."""
    location = order.location
    place = location.place
    if place is None:
        return _swapped_out_of_range(location, bounds, checks)
    plain = Location(state=AddressState.EXACT, place=place, source=LocationSource.FILE, label=location.label)
    facts = {"lat": round(place.lat, 6), "lon": round(place.lon, 6)}
    if abs(place.lat) < _NULL_ISLAND_DEG and abs(place.lon) < _NULL_ISLAND_DEG:
        return replace(plain, doubt=Sentence.of("locating.null_island", **facts))
    if not bounds.grown(checks.margin_m).holds(place):
        return _outside(plain, place, bounds, checks)
    if town.state is AddressState.AREA and town.place and distance_m(town.place, place) > checks.far_m:
        kilometers = round(distance_m(town.place, place) / 1000, 1)
        return replace(plain, doubt=Sentence.of("locating.far_from_town", town=town.label, kilometers=kilometers))
    return plain


def _swapped_out_of_range(location: Location, bounds: Box, checks: Checks) -> Location:
    """Numbers that are no latitude and longitude in the order given: the other way round they may be."""
    inside = tuple(each for each in location.candidates if bounds.grown(checks.margin_m).holds(each.place))
    if location.doubt:
        return replace(location, candidates=inside or location.candidates)
    return location


def _outside(plain: Location, place: Place, bounds: Box, checks: Checks) -> Location:
    facts = {"lat": round(place.lat, 6), "lon": round(place.lon, 6)}
    if abs(place.lon) <= 90:
        other = Place(place.lon, place.lat)
        if bounds.grown(checks.margin_m).holds(other):
            candidate = Candidate(place=other, label=f"{other.lat:.6f}, {other.lon:.6f}")
            return replace(plain, doubt=Sentence.of("locating.swapped", **facts), candidates=(candidate,))
    return replace(plain, doubt=Sentence.of("locating.outside", **facts))


def _crowded(orders: Sequence[Order], keys: Sequence[str], places: Sequence[Location], checks: Checks) -> list[Location]:
    """Doubts given coordinates that many different addresses share."""
    who: dict[tuple[float, float], set[str]] = defaultdict(set)
    for order, key, location in zip(orders, keys, places, strict=True):
        if location.place and location.source is LocationSource.FILE:
            who[_spot(location.place)].add(key or order.recipient.name or order.number)
    result = []
    for location in places:
        crowd = len(who[_spot(location.place)]) if location.place and location.source is LocationSource.FILE else 0
        if crowd >= checks.many and location.doubt is None:
            location = replace(location, doubt=Sentence.of("locating.many_on_one_point", count=crowd))
        result.append(location)
    return result


def _spot(place: Place) -> tuple[float, float]:
    """A point to about a metre."""
    return round(place.lat, 5), round(place.lon, 5)


def hold_of(location: Location) -> Sentence | None:
    """Why an order there must wait for a person; None where it may be planned."""
    if location.plannable:
        return None
    if location.doubt:
        return location.doubt
    if location.state is AddressState.AMBIGUOUS:
        return Sentence.of("locating.ambiguous", count=len(location.candidates))
    if location.state is AddressState.NOT_FOUND and location.candidates:
        return Sentence.of("locating.not_found_similar", count=len(location.candidates))
    if location.state is AddressState.AREA:
        return Sentence.of("locating.area_only", town=location.label)
    return Sentence.of("locating.unparsed" if location.state is AddressState.UNPARSED else "locating.not_found")


def locate_orders(wish: LocateOrders, uow: UnitOfWork, tools: Tools) -> None:
    """Stores locations: plannable orders become ready, the others are held with the reason; an order that went beyond keeps its state."""
    places = dict(wish.locations)
    orders = uow.orders.get_many(places)
    changed = [placed(order, places[order.id]) for order in orders]
    _keep(uow, orders, changed)
    ready = sum(1 for order in changed if order.state is OrderState.READY)
    held = sum(1 for order in changed if order.state is OrderState.ON_HOLD)
    uow.tell(OrdersLocated(orders=tuple(order.id for order in changed), ready=ready, held=held))


def set_place(wish: SetPlace, uow: UnitOfWork, tools: Tools) -> None:
    """Sets the pin of an order by hand, remembers it for the address, and gives it to every other open order of that address.

    Raises RuleBroken for an order that has been handed over or ended, NotFound where there is none.
    """
    order = uow.orders.get(wish.order)
    _check_open(order)
    key = address_key(order.address)
    others = [each for each in uow.orders.still_open() if each.id != order.id and key and address_key(each.address) == key]
    location = Location(state=AddressState.PINNED, place=wish.place, source=LocationSource.PERSON, label=wish.label)
    learned = replace(location, source=LocationSource.ADDRESS_BOOK)
    _keep(uow, [order, *others], [placed(order, location), *(placed(each, learned) for each in others)])
    if key:
        _remember(uow, key, wish)
    uow.tell(PlaceSet(order=order.id, lat=wish.place.lat, lon=wish.place.lon))


def correct_address(wish: CorrectAddress, uow: UnitOfWork, tools: Tools) -> None:
    """Writes the address of an order anew, with its place; an address that may not be planned is held with the reason.

    Raises RuleBroken for an order that has been handed over or ended, NotFound where there is none.
    """
    order = uow.orders.get(wish.order)
    _check_open(order)
    _keep(uow, [order], [placed(replace(order, address=wish.address), wish.location)])
    uow.tell(AddressCorrected(order=order.id, was=order.address.line, now=wish.address.line))


def forget_pin(wish: ForgetPin, uow: UnitOfWork, tools: Tools) -> None:
    """Forgets a remembered place; orders that have it keep it. Raises NotFound where it is forgotten already."""
    pin = uow.pins.get(wish.pin)
    uow.pins.remove(pin.id)
    uow.tell(PinForgotten(key=pin.key))


def _check_open(order: Order) -> None:
    if order.state not in EDITABLE:
        raise RuleBroken("locating.too_late", order=order.number, state=order.state.value)


def _remember(uow: UnitOfWork, key: str, wish: SetPlace) -> None:
    known = uow.pins.by_keys([key]).get(key)
    pin = replace(known, place=wish.place, label=wish.label) if known else Pin(id=PinId(new_id("pin")), key=key, place=wish.place, label=wish.label)
    uow.pins.put(pin)


def placed(order: Order, location: Location) -> Order:
    """The order with its location; its state follows while it is still open. A planned order stays planned where it may still be planned."""
    if order.state not in EDITABLE:
        return replace(order, location=location)
    hold = hold_of(location)
    if hold:
        return replace(order, location=location, hold=hold, state=change_state(order, OrderState.ON_HOLD))
    state = order.state if order.state is OrderState.PLANNED else change_state(order, OrderState.READY)
    return replace(order, location=location, hold=None, state=state)


def _keep(uow: UnitOfWork, before: Iterable[Order], after: Sequence[Order]) -> None:
    uow.orders.put_many(after)
    for was, now in zip(before, after, strict=True):
        if was.state is not now.state:
            uow.tell(OrderStateChanged(order=now.id, was=was.state, now=now.state))
