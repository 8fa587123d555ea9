"""Orders as rows that the intake reads back to the same orders."""

from collections.abc import Iterable, Sequence

from app.domain.address import LocationSource
from app.domain.money import Money
from app.domain.orders import Order, ServiceSource, Window
from app.services.intake_columns import BY_FIELD
from app.services.intake_names import Field
from app.services.intake_numbers import minor_digits

EXPORTED = (
    Field.NUMBER,
    Field.SOURCE,
    Field.DAY,
    Field.KIND,
    Field.PAIRED_WITH,
    Field.NAME,
    Field.PHONE,
    Field.EMAIL,
    Field.LANGUAGE,
    Field.ADDRESS,
    Field.STREET,
    Field.HOUSE,
    Field.UNIT,
    Field.POSTCODE,
    Field.CITY,
    Field.COUNTRY,
    Field.LAT,
    Field.LON,
    Field.WINDOW,
    Field.PREFERRED,
    Field.LATE_PER_HOUR,
    Field.SERVICE,
    Field.WEIGHT,
    Field.VOLUME,
    Field.PIECES,
    Field.PRIORITY,
    Field.SKILLS,
    Field.FEATURES,
    Field.HANDLING,
    Field.NOTES,
    Field.CONTACTLESS,
    Field.COD,
    Field.CURRENCY,
    Field.SERVICE_LEVEL,
    Field.BRAND,
)
_DECIMALS = 6
"""Digits after the point of coordinates; 0.1 m."""


def head() -> tuple[str, ...]:
    """The header row of an export."""
    return tuple(BY_FIELD[each].title for each in EXPORTED)


def rows(orders: Iterable[Order]) -> list[Sequence[str]]:
    """One row an order, in the columns of `head`."""
    return [tuple(cells_of(order).values()) for order in orders]


def cells_of(order: Order) -> dict[Field, str]:
    """An order's cells by field."""
    address, place = order.address, order.location.place if order.location.source is not LocationSource.NONE else None
    values = (
        order.number,
        order.source,
        order.day.isoformat() if order.day else "",
        order.kind.value,
        order.paired_with,
        order.recipient.name,
        order.recipient.phone,
        order.recipient.email,
        order.recipient.language,
        address.text,
        address.street,
        address.house,
        address.unit,
        address.postcode,
        address.city,
        address.country,
        repr(place.lat) if place else "",
        repr(place.lon) if place else "",
        "; ".join(map(_window, order.windows)),
        "; ".join(map(_window, order.preferred)),
        _late_price(order),
        _trim(order.service / 60_000) if order.service_source is not ServiceSource.DEFAULT else "",
        _trim(order.load.weight / 1_000) if order.load.weight else "",
        _trim(order.load.volume / 1_000) if order.load.volume else "",
        str(order.load.pieces) if order.load.pieces else "",
        str(order.priority) if order.priority else "",
        "; ".join(sorted(order.skills)),
        "; ".join(sorted(order.features)),
        "; ".join(sorted(order.handling)),
        order.notes,
        "yes" if order.contactless else "",
        _amount(order.cod) if order.cod else "",
        order.cod.currency if order.cod else "",
        order.service_level,
        order.brand,
    )
    return dict(zip(EXPORTED, values, strict=True))


def _window(window: Window) -> str:
    day = window.opens.date()
    closes = "24:00" if window.closes.date() > day else _time(window.closes.hour, window.closes.minute, window.closes.second)
    return f"{_time(window.opens.hour, window.opens.minute, window.opens.second)}-{closes}"


def _time(hour: int, minute: int, second: int) -> str:
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


def _trim(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _late_price(order: Order) -> str:
    prices = [window.late_per_hour for window in order.windows if window.late_per_hour is not None]
    return _trim(prices[0] / 100) if prices else ""


def _amount(money: Money) -> str:
    digits = minor_digits(money.currency)
    return f"{money.minor / 10**digits:.{digits}f}"
