"""Units as types, so that mypy objects to mixing them, and the only conversions between them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

Millis = NewType("Millis", int)
"""Whole milliseconds: a span, or a reading of the day's clock counted from the day's origin."""
Meters = NewType("Meters", int)
Grams = NewType("Grams", int)
Cubic = NewType("Cubic", int)
"""Whole cubic centimetres."""
Cost = NewType("Cost", int)
"""Millionths of a minor money unit."""

COST_PER_MINOR = 1_000_000
MILLIS_PER_SECOND = 1_000
MILLIS_PER_MINUTE = 60_000
MILLIS_PER_HOUR = 3_600_000
FAR_FUTURE = Millis(10 * 24 * MILLIS_PER_HOUR)
"""Later than any clock reading of a planning day; stands for "no limit"."""


def seconds(value: float) -> Millis:
    """Milliseconds of a number of seconds, rounded to the nearest."""
    return Millis(round(value * MILLIS_PER_SECOND))


def minutes(value: float) -> Millis:
    """Milliseconds of a number of minutes, rounded to the nearest."""
    return Millis(round(value * MILLIS_PER_MINUTE))


def hours(value: float) -> Millis:
    """Milliseconds of a number of hours, rounded to the nearest."""
    return Millis(round(value * MILLIS_PER_HOUR))


def as_seconds(span: int) -> float:
    """Seconds of a number of milliseconds."""
    return span / MILLIS_PER_SECOND


def day_origin(day: date, zone: ZoneInfo) -> datetime:
    """The instant (aware UTC) from which a planning day's clock counts: local midnight of the depot's zone.

    Where a zone skips midnight on the day of a clock change, Python's `fold=0` reading of the missing time is taken.
    """
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def to_clock(moment: datetime, origin: datetime) -> Millis:
    """The day's clock reading of an aware instant; elapsed time, so a clock change inside the day does not bend it."""
    return Millis((moment - origin) // timedelta(milliseconds=1))


def from_clock(reading: int, origin: datetime) -> datetime:
    """The aware UTC instant of a clock reading."""
    return origin + timedelta(milliseconds=reading)


def wall_to_clock(wall: datetime, zone: ZoneInfo, origin: datetime) -> Millis:
    """The day's clock reading of a local wall time (naive) of the depot's zone."""
    return to_clock(wall.replace(tzinfo=zone).astimezone(UTC), origin)
