"""An address as given, and what became of finding it on the map."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.geo import Place
from app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where an order goes, as the sender wrote it; parts that were not given are empty."""

    text: str = ""
    """The whole line, where the file has one column for it."""
    street: str = ""
    house: str = ""
    unit: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""

    @property
    def line(self) -> str:
        """One line for people: the text as given, else the parts in the order street, number, postcode, city."""
        if self.text:
            return self.text
        street = " ".join(part for part in (self.street, self.house) if part)
        city = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (street, self.unit, city, self.country) if part)


class AddressState(StrEnum):
    """What became of finding an address (`Location.state`)."""

    UNPARSED = "unparsed"
    EXACT = "exact"
    """Found to the house number, or coordinates were given with the order."""
    INTERPOLATED = "interpolated"
    """Between two known numbers of the street."""
    STREET = "street"
    """The street, not the house; may be planned and is marked."""
    AREA = "area"
    """Only the postcode or the town."""
    AMBIGUOUS = "ambiguous"
    """Several places fit; `Location.candidates` has them."""
    NOT_FOUND = "not_found"
    PINNED = "pinned"
    """A person set the pin."""


PLANNABLE = frozenset({AddressState.EXACT, AddressState.INTERPOLATED, AddressState.STREET, AddressState.PINNED})
"""The states in which an order may be planned."""


class LocationSource(StrEnum):
    """Who says where it is."""

    NONE = "none"
    FILE = "file"
    ADDRESS_BOOK = "address_book"
    AREA = "area"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that may be meant, with the words the map has for it."""

    place: Place
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an address is, how sure that is and who says so.

    `doubt` is set where a check objects (outside the area, (0,0), swapped coordinates, many orders on one point, far from its
    postcode): such an order is held until a person looks. `note` is a mark that holds nothing up (found at street level only).
    """

    state: AddressState = AddressState.UNPARSED
    place: Place | None = None
    source: LocationSource = LocationSource.NONE
    label: str = ""
    """What the map calls the place."""
    candidates: tuple[Candidate, ...] = ()
    doubt: Sentence | None = None
    note: Sentence | None = None

    @property
    def plannable(self) -> bool:
        """Whether an order there may be planned."""
        return self.state in PLANNABLE and self.place is not None and self.doubt is None
