"""What narrows the order table beside words: chips of standing, window and route, each with the number of orders that it would show."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.orders.columns import route_text
from app.desktop.words import tr
from app.domain.units import Millis
from app.services.queries import BoardRow, Span, Standing

KINDS = ("standing", "window", "route")
_SPANS = re.compile(r"\d+-\d+(,\d+-\d+)*", re.ASCII)
Values = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chips:
    """The values that are let through, by kind; an empty kind lets everything through."""

    standing: Values = frozenset()
    window: Values = frozenset()
    route: Values = frozenset()

    def __bool__(self) -> bool:
        return any((self.standing, self.window, self.route))

    def of(self, kind: str) -> Values:
        """The values of a kind of `KINDS`."""
        found: Values = getattr(self, kind)
        return found

    def turned(self, kind: str, value: str) -> "Chips":
        """With one value more or less."""
        values = {each: self.of(each) for each in KINDS}
        values[kind] = values[kind] ^ {value}
        return Chips(**values)

    @property
    def standings(self) -> frozenset[Standing]:
        """The standings, as the line of figures knows them."""
        return frozenset(Standing(each) for each in self.standing)


def value_of(row: BoardRow, kind: str) -> str:
    """Which chip of a kind an order belongs to."""
    if kind == "standing":
        return row.standing.value
    if kind == "route":
        return str(row.route_number or "")
    return window_value(row.windows)


def window_value(windows: Sequence[Span]) -> str:
    """The windows as milliseconds, 28800000-43200000; several joined by commas."""
    return ",".join(f"{opens}-{closes}" for opens, closes in windows)


def keeper(rule: Callable[[BoardRow], bool] | None, chips: Chips) -> Callable[[BoardRow], bool] | None:
    """Whether a row is kept; None: every one is."""
    tests = [rule] if rule is not None else []
    tests += [partial(_within, kind, chips.of(kind)) for kind in KINDS if chips.of(kind)]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)


def _within(kind: str, values: Values, row: BoardRow) -> bool:
    return value_of(row, kind) in values


def counted(rows: Iterable[BoardRow], chips: Chips) -> dict[str, Counter[str]]:
    """How many of the rows each value would show, the chips of the other kinds kept."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for row in rows:
        values = {kind: value_of(row, kind) for kind in KINDS}
        missed = [kind for kind in KINDS if chips.of(kind) and values[kind] not in chips.of(kind)]
        for kind in KINDS:
            if not missed or missed == [kind]:
                found[kind][values[kind]] += 1
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One value that can be chosen: its words and how many orders it shows."""

    kind: str
    value: str
    words: str
    count: int


def offers(rows: Sequence[BoardRow], chips: Chips, formats: Formats) -> dict[str, list[Offer]]:
    """What can be chosen, by kind, in the order that a person looks for it."""
    counts = counted(rows, chips)
    words = _words(rows, formats)
    return {
        kind: [
            Offer(kind=kind, value=value, words=words[kind][value], count=counts[kind][value]) for value in sorted(words[kind], key=partial(_place_of, kind))
        ]
        for kind in KINDS
    }


def _place_of(kind: str, value: str) -> tuple[int, ...]:
    """Where a value stands among those of its kind; what has none comes last."""
    if kind == "standing":
        return (list(Standing).index(Standing(value)),)
    if kind == "route":
        return (int(value),) if value else (1_000_000,)
    return tuple(edge for span in spans_of(value) for edge in span) or (10**12,)


def sound(kind: str, value: str) -> bool:
    """Whether a value that was kept can be one of its kind."""
    if kind == "standing":
        return value in {each.value for each in Standing}
    return not value or (value.isdecimal() if kind == "route" else _SPANS.fullmatch(value) is not None)


def spans_of(value: str) -> tuple[Span, ...]:
    """The windows of a value of `window_value`."""
    pairs = (each.split("-") for each in value.split(",") if each)
    return tuple((Millis(int(opens)), Millis(int(closes))) for opens, closes in pairs)


def _words(rows: Sequence[BoardRow], formats: Formats) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for row in rows:
        found["standing"].setdefault(row.standing.value, "")
        found["route"].setdefault(str(row.route_number or ""), route_text(row) or tr("No route"))
        found["window"].setdefault(window_value(row.windows), formats.windows(row.windows) or tr("Any time"))
    found["standing"] = {value: tr(names.STANDINGS[Standing(value)]) for value in found["standing"]}
    return found


def chip_words(kind: str, value: str, rows: Sequence[BoardRow], formats: Formats) -> str:
    """What a chosen chip is called, also where no order of the day has it any more."""
    if kind == "standing":
        return tr(names.STANDINGS[Standing(value)])
    found = next((row for row in rows if value_of(row, kind) == value), None)
    if kind == "route":
        return f"{tr('Route')} {route_text(found) if found is not None else value}" if value else tr("No route")
    return formats.windows(spans_of(value)) or tr("Any time")
