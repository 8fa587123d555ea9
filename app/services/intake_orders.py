"""From a row's values to an order: a new one, or the one in the book with what the file says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.address import Address, Location, LocationSource
from app.domain.errors import Malformed
from app.domain.geo import Place
from app.domain.ids import OrderId, new_id
from app.domain.load import Load
from app.domain.orders import Order, OrderState, ServiceSource, Window
from app.services.intake_rows import Defaults
from app.services.intake_times import Span, hours_minutes

_PLAIN = ("kind", "paired_with", "priority", "skills", "features", "handling", "notes", "contactless", "cod", "service_level", "brand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a row says: its key, the values of the columns that the file has, and the place, where the row gives one.

    `address` None: the file has no column for it.
    """

    number: str
    source: str
    values: Mapping[str, Any]
    recipient: Mapping[str, str]
    address: Address | None
    location: Location | None


def order_of(wanted: Wanted, known: Order | None, defaults: Defaults) -> Order:
    """The order that the row asks for: `known` with the file's values, or a new one.

    Where the address or the given place is another than before, the order is a draft again, to be located anew.
    Raises Malformed where a window lies on another day than the order.
    """
    before = known or Order(
        id=OrderId(new_id("ord")), number=wanted.number, source=wanted.source, service=defaults.service, service_source=ServiceSource.DEFAULT
    )
    day = _day(wanted, before, defaults)
    changes: dict[str, Any] = {name: wanted.values[name] for name in _PLAIN if name in wanted.values}
    changes |= {"day": day} | _windows(wanted, before, day) | _service(wanted, defaults)
    changes["recipient"] = replace(before.recipient, **wanted.recipient) if wanted.recipient else before.recipient
    changes["load"] = _load(wanted.values, before.load)
    changes["address"] = before.address if wanted.address is None else wanted.address
    changes |= _location(wanted, known, changes["address"])
    return replace(before, **changes)


def _day(wanted: Wanted, before: Order, defaults: Defaults) -> date:
    named: date | None = wanted.values.get("day")
    from_windows = next((span.day for span in wanted.values.get("spans", ()) if span.day), None)
    return named or from_windows or before.day or defaults.day


def _windows(wanted: Wanted, before: Order, day: date) -> dict[str, Any]:
    """Windows on the order's day: the file's, or those it had, moved along where the file changes only the day."""
    values, changed = wanted.values, {}
    price = values.get("late_per_hour")
    if "spans" in values:
        changed["windows"] = tuple(window_on(span, day, price) for span in values["spans"])
    elif before.day and before.day != day:
        changed["windows"] = tuple(_moved(window, day - before.day) for window in before.windows)
    if "preferred" in values:
        changed["preferred"] = tuple(window_on(span, day, None) for span in values["preferred"])
    elif before.day and before.day != day:
        changed["preferred"] = tuple(_moved(window, day - before.day) for window in before.preferred)
    return changed


def _moved(window: Window, by: timedelta) -> Window:
    return replace(window, opens=window.opens + by, closes=window.closes + by)


def window_on(span: Span, day: date, price: int | None) -> Window:
    """A window on a day. Raises Malformed where the cell named another day."""
    if span.day and span.day != day:
        raise Malformed(
            "intake.window_other_day", value=f"{hours_minutes(span.opens)}-{hours_minutes(span.closes)}", named=span.day.isoformat(), day=day.isoformat()
        )
    midnight = datetime(day.year, day.month, day.day)
    return Window(opens=midnight + timedelta(seconds=span.opens), closes=midnight + timedelta(seconds=span.closes), late_per_hour=price)


def _service(wanted: Wanted, defaults: Defaults) -> dict[str, Any]:
    if "service" not in wanted.values:
        return {}
    typed = wanted.values["service"]
    if typed is None:
        return {"service": defaults.service, "service_source": ServiceSource.DEFAULT}
    return {"service": typed, "service_source": ServiceSource.TYPED}


def _load(values: Mapping[str, Any], before: Load) -> Load:
    return Load(values.get("weight", before.weight), values.get("volume", before.volume), values.get("pieces", before.pieces))


def _location(wanted: Wanted, known: Order | None, address: Address) -> dict[str, Any]:
    """The location, and the state where it has to be found anew."""
    if known is None:
        return {"location": wanted.location or Location()}
    if _keeps_place(wanted, known, address):
        return {}
    return {"location": wanted.location or Location(), "state": OrderState.DRAFT, "hold": None}


def _keeps_place(wanted: Wanted, known: Order, address: Address) -> bool:
    """Whether what was found, or pinned by a person, still holds: the given coordinates are the same, or the address is and no others are given."""
    given = _point(wanted.location)
    if given is not None and given == _point(known.location):
        return True
    return address == known.address and (given is None or known.location.source is LocationSource.PERSON)


def _point(location: Location | None) -> tuple[float, float] | None:
    """The coordinates of a location, rounded to a centimetre; of a doubtful pair the candidate."""
    if location is None:
        return None
    place: Place | None = location.place or (location.candidates[0].place if location.candidates else None)
    return (round(place.lat, 7), round(place.lon, 7)) if place else None


def derived_number(values: Mapping[str, Any], recipient: Mapping[str, str], address: Address | None, location: Location | None) -> str:
    """A number made from a row's content, the same whenever the same row comes again: ten characters of a BLAKE2 digest."""
    parts = [f"{name}={_steady(value)}" for name, value in sorted(values.items())]
    parts += [f"{name}={value}" for name, value in sorted(recipient.items())]
    parts += [repr(address), repr(_point(location))]
    return "R-" + hashlib.blake2b("\n".join(parts).encode(), digest_size=5).hexdigest().upper()


def _steady(value: object) -> str:
    return ",".join(sorted(value)) if isinstance(value, frozenset) else repr(value)
