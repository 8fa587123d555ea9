"""Orders as people type them: texts by field become an order through the parsers of the import, so that refusals are the same sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.errors import Malformed
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services import intake_mapping
from app.services.intake_export import cells_of
from app.services.intake_mapping import Mapped
from app.services.intake_names import Field
from app.services.intake_orders import Wanted, order_of
from app.services.intake_rows import LONGEST_TEXT, Complaint, Defaults, RowReader, manner_of, read_address, read_name, read_values
from app.services.ports.files import Form, Line
from app.services.ports.store import Day

SOURCE = "desk"
"""The sender of orders that are entered here by hand."""
ADDRESS = (Field.ADDRESS, Field.STREET, Field.HOUSE, Field.UNIT, Field.POSTCODE, Field.CITY, Field.COUNTRY)
"""The fields that say where an order goes."""
_UNITS = {Field.SERVICE: "min", Field.WEIGHT: "kg", Field.VOLUME: "l"}
_PERSON = (Field.PHONE, Field.EMAIL, Field.LANGUAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What typed texts say. `order` is None where anything is refused; `warnings` are of values that are taken as they were typed."""

    order: Order | None
    errors: Mapping[Field, Sentence] = field(default_factory=dict)
    warnings: Mapping[Field, Sentence] = field(default_factory=dict)

    @property
    def first_error(self) -> Sentence | None:
        """The first refusal."""
        return next(iter(self.errors.values()), None)


def entered(texts: Mapping[Field, str], known: Order | None, defaults: Defaults, *, placed: bool = False) -> Entered:
    """The order that these texts ask for: `known` with them, or a new one without a number. An empty text clears its field.

    Durations without a unit are minutes, weights kilograms, volumes litres. `placed`: a pin says where it goes, no address is needed.
    """
    said = _beside(_telling(texts, known), known)
    reader = _reader(said, defaults)
    values = read_values(reader)
    recipient = {each.value: values.pop(each.value) for each in _PERSON if each in said}
    if Field.NAME in said:
        recipient["name"] = read_name(reader)
    address = read_address(reader) if any(each in said for each in ADDRESS) else None
    wanted = Wanted(number=said.get(Field.NUMBER, "").strip()[:120], source=SOURCE, values=values, recipient=recipient, address=address, location=None)
    errors = _by_field(reader.errors)
    order = None
    try:
        order = order_of(wanted, known, defaults)
    except Malformed as refusal:
        errors.setdefault(Field.WINDOW, refusal.sentence)
    if order is not None and not order.address.line and not placed and order.location.place is None:
        errors.setdefault(Field.ADDRESS, Sentence.of("intake.no_place"))
    return Entered(order=None if errors else order, errors=errors, warnings=_by_field(reader.warnings))


def texts_of(order: Order) -> dict[Field, str]:
    """What a person sees of an order's fields when typing over them: as an export writes them, the address as one line."""
    cells = cells_of(order)
    return {**cells, Field.ADDRESS: order.address.line, **dict.fromkeys(ADDRESS[1:], "")}


def moves(before: Order, after: Order) -> bool:
    """Whether the address is another, so that it has to be found anew."""
    return before.address != after.address


def _telling(texts: Mapping[Field, str], known: Order | None) -> dict[Field, str]:
    """The texts that say something else than the order has already; a line that only repeats an address of parts is none."""
    said = {each: text.strip() for each, text in texts.items()}
    if known is None:
        return {each: text for each, text in said.items() if text}
    old = texts_of(known)
    return {each: text for each, text in said.items() if text != old.get(each, "")}


def _beside(said: dict[Field, str], known: Order | None) -> dict[Field, str]:
    """The texts with those that must be read together with them: the price of lateness belongs to the windows, the currency to the amount."""
    if known is None:
        return said
    cells = cells_of(known)
    for one, other in ((Field.WINDOW, Field.LATE_PER_HOUR), (Field.LATE_PER_HOUR, Field.WINDOW), (Field.COD, Field.CURRENCY)):
        if one in said and cells[other]:
            said.setdefault(other, cells[other])
    return said


def _reader(said: Mapping[Field, str], defaults: Defaults) -> RowReader:
    """The texts as the one row of a file whose headers are the fields."""
    columns = tuple(Mapped(at, each.value, each, _UNITS.get(each, "")) for at, each in enumerate(said))
    mapping = intake_mapping.Mapping(header_row=1, columns=columns, headers=tuple(said), width=len(said))
    line = Line(row=2, cells=tuple(text[:LONGEST_TEXT] for text in said.values()))
    return RowReader(line=line, manner=manner_of(mapping, [line], Form.TEXT, defaults), defaults=defaults)


def _by_field(complaints: list[Complaint]) -> dict[Field, Sentence]:
    found: dict[Field, Sentence] = {}
    for each in complaints:
        found.setdefault(Field(each.column) if each.column else Field.ADDRESS, each.reason)
    return found


def defaults_of(day: Day, country: str) -> Defaults:
    """What holds where a typed order does not say: the day in view, its depot, and what its fleet can do."""
    skills = frozenset(skill for driver in day.drivers.values() for skill in driver.skills)
    features = frozenset(feature for vehicle in day.vehicles.values() for feature in vehicle.features)
    return Defaults(
        day=day.day,
        source=SOURCE,
        zone=day.depot.zone,
        currency=day.depot.currency,
        country=country,
        skills=skills if day.drivers else None,
        features=features if day.vehicles else None,
    )
