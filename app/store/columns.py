"""Column types: what stands in a cell, the same in every database.

What happened is UTC text of fixed width (`2026-11-23T06:00:00.000000Z`: sorts rightly, readable anywhere), what was promised is
local wall time without a zone (`2026-11-23T08:30:00`), days are `2026-11-23`, closed sets are text with a CHECK, small value lists
are JSON text.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Enum, String, Text
from sqlalchemy.types import TypeDecorator

from app.services import plain

_UTC = "%Y-%m-%dT%H:%M:%S.%fZ"
_REMEMBERED = 4096
"""How many different texts a JSON column remembers as values: windows and skills repeat from order to order."""


class Moment(TypeDecorator[datetime]):
    """An aware instant as fixed-width UTC text. Raises ValueError for a naive datetime."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Text of the instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return value.astimezone(UTC).strftime(_UTC)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The instant of the text, aware UTC."""
        return None if value is None else datetime.fromisoformat(value)


class WallTime(TypeDecorator[datetime]):
    """Local wall time without a zone. Raises ValueError for an aware datetime."""

    impl = String(26)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Text of the wall time."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError(f"{value} is not a local wall time")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The wall time of the text, naive."""
        return None if value is None else datetime.fromisoformat(value)


class DayText(TypeDecorator[date]):
    """A day as `2026-11-23`."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Text of the day."""
        return None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """The day of the text; most rows of a reading have the same one."""
        return _day


class Json(TypeDecorator[Any]):
    """A frozen value as JSON text, read strictly by its type; equal texts give the same value object.

    Raises Malformed where the text does not fit the type.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._read = lru_cache(_REMEMBERED)(lambda text: None if text is None else plain.from_json(kind, text))

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """JSON of the value."""
        return None if value is None else plain.to_json(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """The value of the JSON."""
        return self._read


class ClosedSet(Enum):
    """A closed set as text, with a CHECK that lists its members. Reading raises KeyError for a text that is none of them."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """The member of the text."""
        members: dict[str | None, Any] = {None: None, **{each.value: each for each in self.enum_class or ()}}
        return members.__getitem__


@lru_cache(_REMEMBERED)
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def closed_set(kind: type[StrEnum]) -> ClosedSet:
    """The column type of a closed set; its CHECK bears the set's name."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).lstrip("_")
    return ClosedSet(kind, native_enum=False, create_constraint=True, name=name, length=32, values_callable=lambda members: [each.value for each in members])
