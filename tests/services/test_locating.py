"""Where orders are: pins, given coordinates, the map; the doubts; the two commands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.errors import NotFound, RuleBroken
from app.domain.geo import Box, Place
from app.domain.ids import OrderId, PinId
from app.domain.orders import Order, OrderState
from app.domain.pins import Pin
from app.domain.sentences import Sentence
from app.services.commands import CorrectAddress, ForgetPin, LocateOrders, SetPlace
from app.services.locating import Checks, address_key, choices, hold_of, locate, whole_line
from app.wording.catalogue import LANGUAGES, sentence
from tests.builders import DAY, a_place, an_order
from tests.desk import Desk

INSIDE = Place(60.17, 24.94)
TOWN = Place(60.17, 24.94)


class OneTown:
    """A gazetteer of a box around Helsinki: knows one house, the town, and the postcode 90001 far away."""

    bounds = Box(60.16, 24.90, 60.20, 25.00)

    def locate(self, addresses: Sequence[Address]) -> tuple[Location, ...]:
        return tuple(self._one(address) for address in addresses)

    def _one(self, address: Address) -> Location:
        if address.street == "Known":
            return Location(state=AddressState.EXACT, place=INSIDE, source=LocationSource.AREA, label="Known 1")
        if address.postcode == "90001":
            return Location(state=AddressState.AREA, place=Place(60.17, 25.40), source=LocationSource.AREA, label="90001")
        if address.city == "Helsinki" and not address.street:
            return Location(state=AddressState.AREA, place=TOWN, source=LocationSource.AREA, label="Helsinki")
        return Location(state=AddressState.NOT_FOUND)

    def suggest(self, text: str, limit: int = 8) -> tuple[Location, ...]:
        return ()

    def street(self, place: Place) -> tuple[str, tuple[tuple[Place, ...], ...]]:
        return "", ()

    def label(self, place: Place) -> str:
        return ""


def given_at(lat: float, lon: float, number: int = 1, **changes: Any) -> Order:
    """An order that came with coordinates."""
    location = Location(state=AddressState.EXACT, place=Place(lat, lon), source=LocationSource.FILE)
    return an_order(number, location=location, **changes)


def found(order: Order, pins: Mapping[str, Pin] | None = None) -> Location:
    """What becomes of one order."""
    return locate([order], OneTown(), pins or {})[0][1]


def doubt_of(order: Order) -> str:
    """The key of the doubt, or the empty text."""
    doubt = found(order).doubt
    return doubt.key if doubt else ""


def test_the_map_is_asked_where_nothing_better_is_known() -> None:
    order = an_order(1, location=Location(), address=Address(street="Known", house="1"))
    assert found(order).place == INSIDE


def test_coordinates_of_the_file_are_taken_as_given() -> None:
    location = found(given_at(60.18, 24.95, address=Address(street="Known", house="1")))
    assert location.place == Place(60.18, 24.95)
    assert (location.state, location.source, location.doubt) == (AddressState.EXACT, LocationSource.FILE, None)
    assert location.plannable


def test_a_pin_is_stronger_than_coordinates_and_map() -> None:
    order = given_at(60.18, 24.95)
    pin = Pin(id=PinId("pin_1"), key=address_key(order.address), place=Place(60.19, 24.91), label="Back door")
    location = found(order, {pin.key: pin})
    assert (location.state, location.place, location.label) == (AddressState.PINNED, pin.place, "Back door")
    assert location.source is LocationSource.ADDRESS_BOOK


def test_a_pin_is_found_for_the_same_door_however_it_was_typed() -> None:
    pin = Pin(id=PinId("pin_1"), key=address_key(Address(text="Hauptstraße 5, 69117 Heidelberg")), place=INSIDE)
    order = an_order(1, location=Location(), address=Address(street="Hauptstr.", house="5", postcode="69117", city="HEIDELBERG", unit="2. OG"))
    assert found(order, {pin.key: pin}).state is AddressState.PINNED


def test_swapped_coordinates_are_doubted_and_the_swapped_place_offered() -> None:
    location = found(given_at(24.94, 60.17))
    assert location.doubt is not None
    assert location.doubt.key == "locating.swapped"
    assert [each.place for each in location.candidates] == [Place(60.17, 24.94)]
    assert not location.plannable


def test_swapped_numbers_out_of_range_keep_the_doubt_that_the_file_gave_them() -> None:
    """A latitude of 121.5 cannot be a place: intake hands over the pair the other way round as candidate."""
    doubt = Sentence.of("locating.swapped", lat=121.5, lon=25.04)
    location = Location(source=LocationSource.FILE, candidates=(Candidate(place=Place(25.04, 121.5), label=""),), doubt=doubt)
    got = found(an_order(1, location=location))
    assert got.doubt == doubt
    assert got.candidates
    assert not got.plannable


@pytest.mark.parametrize("lat, lon", [(0.0, 0.0), (0.001, -0.002)])
def test_zero_coordinates_are_doubted(lat: float, lon: float) -> None:
    assert doubt_of(given_at(lat, lon)) == "locating.null_island"


def test_a_place_outside_the_area_is_doubted_but_not_within_the_margin() -> None:
    assert doubt_of(given_at(61.5, 23.8)) == "locating.outside"
    assert doubt_of(given_at(60.21, 24.95)) == ""


def test_a_place_far_from_its_postcode_is_doubted() -> None:
    assert doubt_of(given_at(60.18, 24.95, address=Address(street="Katu", postcode="90001"))) == "locating.far_from_town"


def test_many_addresses_on_one_point_are_doubted_a_house_with_many_orders_is_not() -> None:
    crowd = [given_at(60.18, 24.95, number, address=Address(street="Katu", house=str(number), city="Helsinki")) for number in range(1, 7)]
    assert {location.doubt.key for _, location in locate(crowd, OneTown(), {}) if location.doubt} == {"locating.many_on_one_point"}
    tower = [replace(order, address=crowd[0].address) for order in crowd]
    assert all(location.doubt is None for _, location in locate(tower, OneTown(), {}))
    assert all(location.doubt is None for _, location in locate(crowd, OneTown(), {}, Checks(many=7)))


def test_answers_keep_the_order_of_the_questions() -> None:
    orders = [an_order(1, location=Location(), address=Address(street="Known")), given_at(60.18, 24.95, 2), an_order(3, location=Location())]
    assert [identity for identity, _ in locate(orders, OneTown(), {})] == [order.id for order in orders]
    assert locate([], OneTown(), {}) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "location",
    [
        Location(),
        Location(state=AddressState.NOT_FOUND),
        Location(state=AddressState.NOT_FOUND, candidates=(Candidate(place=INSIDE, label="Near"),)),
        Location(state=AddressState.AMBIGUOUS, candidates=(Candidate(place=INSIDE, label="A"), Candidate(place=TOWN, label="B"))),
        Location(state=AddressState.AREA, place=TOWN, label="Helsinki"),
        Location(state=AddressState.EXACT, place=INSIDE, doubt=Sentence.of("locating.outside", lat=1.0, lon=2.0)),
    ],
)
def test_every_hold_has_words(language: str, location: Location) -> None:
    hold = hold_of(location)
    assert hold is not None
    assert len(sentence(hold, language)) > 8


def test_a_place_that_may_be_planned_has_no_hold() -> None:
    assert hold_of(Location(state=AddressState.STREET, place=INSIDE)) is None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on a new database."""
    made = Desk(tmp_path / "doorstep.db")
    yield made
    made.store.close()


def order_now(desk: Desk, identity: str) -> Order:
    """The order as stored."""
    found = {str(order.id): order for order in desk.store.reader().orders_by_number("shop", [f"A-{number}" for number in range(1, 20)]).values()}
    return found[identity]


def draft(number: int, **changes: Any) -> Order:
    """An order as it comes from a file, not yet located."""
    return an_order(number, **{"location": Location(), "state": OrderState.DRAFT, **changes})


def test_located_orders_become_ready_the_others_are_held_with_the_reason(desk: Desk) -> None:
    desk.bring(draft(1), draft(2))
    good = Location(state=AddressState.STREET, place=INSIDE, source=LocationSource.AREA)
    wish = LocateOrders(locations=((OrderId("ord_A-1"), good), (OrderId("ord_A-2"), Location(state=AddressState.NOT_FOUND))))
    desk.bus.do(wish)
    assert order_now(desk, "ord_A-1").state is OrderState.READY
    held = order_now(desk, "ord_A-2")
    assert (held.state, held.hold) == (OrderState.ON_HOLD, Sentence.of("locating.not_found"))
    desk.bus.undo()
    assert order_now(desk, "ord_A-2").state is OrderState.DRAFT


def test_a_pin_set_by_hand_frees_the_order_and_its_like_and_is_remembered(desk: Desk) -> None:
    same, other = Address(text="Hauptstr. 5, Aheim"), Address(text="Hauptstr. 6, Aheim")
    desk.bring(draft(1, address=same), draft(2, address=Address(street="Hauptstraße", house="5", city="Aheim"), day=None), draft(3, address=other, day=DAY))
    desk.bus.do(SetPlace(order=OrderId("ord_A-1"), place=a_place(4), label="Gate"))
    first, second, third = (order_now(desk, f"ord_A-{number}") for number in (1, 2, 3))
    assert (first.location.state, first.location.source, first.state) == (AddressState.PINNED, LocationSource.PERSON, OrderState.READY)
    assert (second.location.place, second.location.source) == (a_place(4), LocationSource.ADDRESS_BOOK)
    assert third.location == Location()
    key = address_key(same)
    assert desk.store.reader().pins([key])[key].place == a_place(4)
    desk.bus.do(SetPlace(order=OrderId("ord_A-1"), place=a_place(5)))
    assert desk.store.reader().pins([key])[key].place == a_place(5)
    desk.bus.undo()
    desk.bus.undo()
    assert not desk.store.reader().pins([key])
    assert order_now(desk, "ord_A-1").state is OrderState.DRAFT


def test_the_place_of_an_order_under_way_cannot_be_set(desk: Desk) -> None:
    desk.bring(an_order(1, state=OrderState.IN_PROGRESS))
    with pytest.raises(RuleBroken):
        desk.bus.do(SetPlace(order=OrderId("ord_A-1"), place=a_place(4)))
    with pytest.raises(NotFound):
        desk.bus.do(SetPlace(order=OrderId("ord_nobody"), place=a_place(4)))


def test_a_corrected_address_takes_the_place_found_for_it_and_can_be_undone(desk: Desk) -> None:
    desk.bring(draft(1, address=Address(text="Unknwon 1", city="Helsinki")))
    desk.locate(order_now(desk, "ord_A-1"), location=Location(state=AddressState.NOT_FOUND))
    right = Address(text="Known, Helsinki")
    good = Location(state=AddressState.EXACT, place=INSIDE, source=LocationSource.AREA, label="Known 1")
    desk.bus.do(CorrectAddress(order=OrderId("ord_A-1"), address=right, location=good, number="A-1"))
    now = order_now(desk, "ord_A-1")
    assert (now.address, now.location, now.state, now.hold) == (right, good, OrderState.READY, None)
    desk.bus.undo()
    before = order_now(desk, "ord_A-1")
    assert (before.address.text, before.state) == ("Unknwon 1", OrderState.ON_HOLD)


def test_an_address_corrected_to_another_unknown_one_is_held_with_the_new_reason(desk: Desk) -> None:
    desk.bring(an_order(1))
    wish = CorrectAddress(order=OrderId("ord_A-1"), address=Address(text="Nowhere"), location=Location(state=AddressState.NOT_FOUND))
    desk.bus.do(wish)
    assert (order_now(desk, "ord_A-1").state, order_now(desk, "ord_A-1").hold) == (OrderState.ON_HOLD, Sentence.of("locating.not_found"))


def test_the_address_of_an_order_under_way_cannot_be_corrected(desk: Desk) -> None:
    desk.bring(an_order(1, state=OrderState.IN_PROGRESS))
    with pytest.raises(RuleBroken):
        desk.bus.do(CorrectAddress(order=OrderId("ord_A-1"), address=Address(text="Known"), location=Location()))


def test_a_remembered_place_has_a_story_and_can_be_forgotten(desk: Desk) -> None:
    door = Address(text="Hauptstr. 5, Aheim")
    key = address_key(door)
    desk.bring(draft(1, address=door), draft(2, address=door), draft(3, address=door))
    assert desk.store.reader().pin_memory(key) is None
    desk.bus.do(SetPlace(order=OrderId("ord_A-1"), place=a_place(4), label="Gate", who="Anna"))
    memory = desk.store.reader().pin_memory(key)
    assert memory is not None
    assert (memory.pin.place, memory.who, memory.used, memory.at is not None) == (a_place(4), "Anna", 2, True)
    desk.bus.do(ForgetPin(pin=memory.pin.id, address="Hauptstr. 5"))
    assert desk.store.reader().pin_memory(key) is None
    assert order_now(desk, "ord_A-2").location.place == a_place(4), "who has the place keeps it"
    desk.bus.undo()
    back = desk.store.reader().pin_memory(key)
    assert back is not None
    assert (back.pin.place, back.who) == (a_place(4), "Anna")


class Suggesting(OneTown):
    """Knows two streets that are written alike, and a town that is no place to deliver to."""

    def suggest(self, text: str, limit: int = 8) -> tuple[Location, ...]:
        street = Location(state=AddressState.STREET, place=a_place(7), source=LocationSource.AREA, label="Knowne")
        return (street, Location(state=AddressState.AREA, place=TOWN, label="Helsinki"))


def test_choices_are_the_candidates_the_address_itself_and_what_is_written_alike() -> None:
    """Swapped coordinates with a good address: the other way round, the address's own place, and a street that is written alike."""
    order = given_at(24.94, 60.17, address=Address(street="Known", city="Helsinki"))
    candidate = Candidate(place=Place(60.17, 24.95), label="the other way round")
    order = replace(order, location=replace(order.location, candidates=(candidate,)))
    assert [each.label for each in choices(order, Suggesting())] == ["the other way round", "Known 1", "Knowne"]
    assert len(choices(order, Suggesting(), most=2)) == 2


def test_the_line_to_be_corrected_has_the_town_of_its_own_column_once() -> None:
    assert whole_line(Address(text="Annankatu 12", postcode="00120", city="Helsinki")) == "Annankatu 12, 00120 Helsinki"
    assert whole_line(Address(text="Annankatu 12, Helsinki", city="Helsinki")) == "Annankatu 12, Helsinki"
