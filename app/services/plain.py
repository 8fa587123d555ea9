"""Frozen dataclasses as plain JSON data and back, strictly and stably.

Written are: dataclasses as objects by field name, `StrEnum` as its text, dates and datetimes in ISO 8601, tuples and other
sequences as lists, frozensets as sorted lists, mappings with text keys as objects. Reading follows the type hints of the class and
believes nothing: a wrong type, an unknown or a missing field is `Malformed` with the path (`routes[2].stops[0].id`). A field that
was added later and has a default may be missing, so that older records stay readable. Equal values give equal text.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum, StrEnum
from functools import cache
from typing import Any, TypeVar

from app.domain.errors import Malformed, RuleBroken

T = TypeVar("T")
Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Read = Callable[[Any], Any]
Write = Callable[[Any], Any]

VERSION = "version"
"""The field that counts an entity's changes and is no part of its content."""


def to_plain(value: object) -> Any:
    """The value as JSON data (objects, lists, text, numbers, booleans, None). Raises TypeError for a type that has no such form."""
    return _writer_of(value)(value)


def from_plain(kind: type[T], plain: object) -> T:
    """The value of that type. Raises Malformed with the path of what does not fit."""
    return typing.cast(T, _read(kind, plain))


def to_json(value: object) -> str:
    """The value as one line of JSON with sorted keys: equal values, equal text."""
    return dump(to_plain(value))


def from_json(kind: type[T], text: str) -> T:
    """The value of that type from JSON text. Raises Malformed."""
    return from_plain(kind, load(text))


def load(text: str) -> Any:
    """JSON text as plain data. Raises Malformed where it is no JSON."""
    try:
        return json.loads(text)
    except ValueError as wrong:
        raise Malformed("plain.no_json", why=str(wrong)) from wrong


def content(entity: object) -> str:
    """The JSON of an entity without its version: equal contents, equal text."""
    plain = to_plain(entity)
    plain.pop(VERSION, None)
    return dump(plain)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Made once: `json.dumps` with words of its own makes one a call."""


def dump(plain: Any) -> str:
    """Plain data as one line of JSON with sorted keys. Raises ValueError for a number that is none (NaN, infinity)."""
    return _ENCODER.encode(plain)


# Writing -------------------------------------------------------------------------------------------------------------


def _same(value: Any) -> Any:
    return value


def _each(value: Any) -> list[Any]:
    return [_writer_of(item)(item) for item in value]


def _writer_of(value: object) -> Write:
    kind: Any = type(value)  # mypy takes a class for unhashable
    return _writer(kind)


@cache
def _writer(kind: Any) -> Write:
    """How values of exactly this type are written; found once a type."""
    if kind in (str, int, float, bool, type(None)):
        return _same
    if dataclasses.is_dataclass(kind):
        return _object_writer(typing.cast(type, kind))
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if issubclass(kind, frozenset | set):
        return lambda value: sorted(_each(value))
    if issubclass(kind, Mapping):
        return lambda value: {str(key): to_plain(item) for key, item in value.items()}
    if issubclass(kind, Sequence):
        return _each
    raise TypeError(f"{kind.__name__} has no plain form")


def _object_writer(kind: type) -> Write:
    names = tuple(field.name for field in dataclasses.fields(kind))

    def write(value: Any) -> dict[str, Any]:
        plain = {}
        for name in names:
            item = getattr(value, name)
            plain[name] = _writer_of(item)(item)
        return plain

    return write


# Reading -------------------------------------------------------------------------------------------------------------


class _Mismatch(Exception):
    """What does not fit, with the path collected from the inside out."""

    def __init__(self, why: str, /, **facts: str) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts
        self.path: list[str] = []

    def under(self, part: str) -> "_Mismatch":
        """This mismatch as seen from one level further out."""
        self.path.append(part)
        return self


def _read(kind: Any, plain: object) -> Any:
    try:
        return _reader(kind)(plain)
    except _Mismatch as wrong:
        where = "".join(reversed(wrong.path)).removeprefix(".") or getattr(kind, "__name__", str(kind))
        raise Malformed(f"plain.{wrong.why}", where=where, **wrong.facts) from None


def _expected(what: str, plain: object) -> _Mismatch:
    shown = json.dumps(plain, ensure_ascii=False, default=str)
    return _Mismatch("not_fitting", expected=what, found=shown if len(shown) <= 60 else shown[:59] + "…")


@cache
def _reader(kind: Any) -> Read:
    """How a value of this type is read; found once a type."""
    if isinstance(kind, typing.NewType):
        return _reader(kind.__supertype__)
    origin = typing.get_origin(kind)
    if origin is not None:
        return _generic_reader(origin, typing.get_args(kind))
    if kind in _SCALARS:
        return _SCALARS[kind]
    if dataclasses.is_dataclass(kind):
        return _object_reader(typing.cast(type, kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _enum_reader(kind)
    raise TypeError(f"{kind} has no plain form")


def _generic_reader(origin: Any, arguments: tuple[Any, ...]) -> Read:
    if origin in (typing.Union, types.UnionType):
        return _union_reader(arguments)
    if origin is frozenset:
        return _list_reader(arguments[0], frozenset)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(*arguments)
    if origin is tuple and (len(arguments) != 2 or arguments[1] is not ...):
        return _fixed_tuple_reader(arguments)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return _list_reader(arguments[0], tuple)
    raise TypeError(f"{origin} has no plain form")


def _exactly(kind: type, name: str) -> Read:
    def read(plain: object) -> object:
        if type(plain) is not kind:
            raise _expected(name, plain)
        return plain

    return read


def _number(plain: object) -> float:
    if type(plain) is not float and type(plain) is not int:
        raise _expected("number", plain)
    return float(plain)


def _moment(plain: object) -> datetime:
    if type(plain) is not str or len(plain) < len("2026-11-23T00:00"):
        raise _expected("date and time", plain)
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        raise _expected("date and time", plain) from None


def _day(plain: object) -> date:
    if type(plain) is not str:
        raise _expected("date", plain)
    try:
        return date.fromisoformat(plain)
    except ValueError:
        raise _expected("date", plain) from None


_SCALARS: dict[Any, Read] = {
    str: _exactly(str, "text"),
    int: _exactly(int, "whole number"),
    bool: _exactly(bool, "true or false"),
    float: _number,
    type(None): _exactly(type(None), "null"),
    datetime: _moment,
    date: _day,
}


def _enum_reader(kind: type[StrEnum]) -> Read:
    members: dict[object, StrEnum] = {member.value: member for member in kind}

    def read(plain: object) -> StrEnum:
        if type(plain) is not str or plain not in members:
            raise _expected(" | ".join(str(value) for value in members), plain)
        return members[plain]

    return read


def _union_reader(arguments: tuple[Any, ...]) -> Read:
    """The first alternative that fits; whole numbers and booleans stay what they are before a float may take them."""
    optional = type(None) in arguments
    readers = [_reader(each) for each in sorted((a for a in arguments if a is not type(None)), key=lambda a: a is float)]

    def read(plain: object) -> object:
        if plain is None and optional:
            return None
        wrong = None
        for each in readers:
            try:
                return each(plain)
            except _Mismatch as problem:
                wrong = wrong or problem
        raise wrong or _expected("null", plain)

    return read


def _list_reader(argument: Any, gather: Callable[[list[Any]], Any]) -> Read:
    read_item = _reader(argument)

    def read(plain: object) -> object:
        if type(plain) is not list:
            raise _expected("list", plain)
        items = []
        try:
            for item in plain:
                items.append(read_item(item))
        except _Mismatch as wrong:
            raise wrong.under(f"[{len(items)}]") from None
        return gather(items)

    return read


def _fixed_tuple_reader(arguments: tuple[Any, ...]) -> Read:
    readers = [_reader(each) for each in arguments]

    def read(plain: object) -> object:
        if type(plain) is not list or len(plain) != len(readers):
            raise _expected(f"list of {len(readers)}", plain)
        return tuple(_under(f"[{at}]", each, item) for at, (each, item) in enumerate(zip(readers, plain, strict=True)))

    return read


def _mapping_reader(key: Any, value: Any) -> Read:
    read_key, read_value = _reader(key), _reader(value)

    def read(plain: object) -> object:
        if type(plain) is not dict:
            raise _expected("object", plain)
        return {_under(f".{name}", read_key, name): _under(f".{name}", read_value, item) for name, item in plain.items()}

    return read


def _under(part: str, read: Read, plain: object) -> Any:
    try:
        return read(plain)
    except _Mismatch as wrong:
        raise wrong.under(part) from None


def _object_reader(kind: type) -> Read:
    """Fields are looked up at the first use, so that a type may speak of itself."""
    fields = [field for field in dataclasses.fields(kind) if field.init]
    names = frozenset(field.name for field in fields)
    needed = frozenset(f.name for f in fields if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING)

    @cache
    def readers() -> dict[str, Read]:
        hints = typing.get_type_hints(kind)
        return {name: _reader(hints[name]) for name in names}

    def read(plain: object) -> object:
        if type(plain) is not dict:
            raise _expected("object", plain)
        _check_names(plain.keys(), names, needed)
        by_name, values, name = readers(), {}, ""
        try:
            for name, item in plain.items():
                values[name] = by_name[name](item)
        except _Mismatch as wrong:
            raise wrong.under(f".{name}") from None
        return _made(kind, values)

    return read


def _check_names(found: typing.AbstractSet[str], known: frozenset[str], needed: frozenset[str]) -> None:
    if strange := found - known:
        raise _Mismatch("unknown_field", field=", ".join(sorted(strange)))
    if missing := needed - found:
        raise _Mismatch("missing_field", field=", ".join(sorted(missing)))


def _made(kind: type, values: dict[str, Any]) -> object:
    try:
        return kind(**values)
    except (RuleBroken, ValueError) as broken:
        raise _Mismatch("rule_broken", why=str(broken)) from broken
