"""How times, distances, loads and money read in a language: babel's forms, in the depot's zone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision

from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR, MILLIS_PER_MINUTE, from_clock
from app.wording.catalogue import locale_of, sentence

_REMEMBERED = 4_096
"""Numbers whose text is kept: a day has many stops and few different distances."""


@lru_cache(_REMEMBERED)
def _decimal(value: float, language: str) -> str:
    return str(format_decimal(value, locale=locale_of(language)))


class Formats:
    """Writes values for people. `origin` is the midnight that clock readings count from, aware UTC."""

    def __init__(self, language: str = "en", zone: str = "UTC", origin: datetime | None = None) -> None:
        self.language = language
        self.zone = zone
        self._zone = ZoneInfo(zone)
        self._origin = origin or datetime(1970, 1, 1, tzinfo=UTC)
        self._clocks: dict[int, str] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formats) and (self.language, self.zone, self._origin) == (other.language, other.zone, other._origin)

    def __hash__(self) -> int:
        return hash((self.language, self.zone, self._origin))

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self.language)

    def say(self, said: Sentence) -> str:
        """A sentence in words."""
        return sentence(said, self.language)

    def clock(self, reading: int) -> str:
        """A clock reading as the depot's wall time, 24 hours, cut to the minute."""
        minute = reading // MILLIS_PER_MINUTE
        said = self._clocks.get(minute)
        if said is None:
            wall = from_clock(reading, self._origin).astimezone(self._zone)
            said = self._clocks[minute] = f"{wall.hour:02d}:{wall.minute:02d}"
        return said

    def wall(self, at: datetime) -> datetime:
        """An aware instant as the depot's wall time."""
        return at.astimezone(self._zone)

    def span(self, opens: int, closes: int) -> str:
        """Two clock readings, as 08:00–12:00."""
        return f"{self.clock(opens)}–{self.clock(closes)}"

    def windows(self, windows: Sequence[tuple[int, int]]) -> str:
        """The promised windows, as 08:00–10:00, 14:00–16:00; empty: nothing."""
        return ", ".join(self.span(opens, closes) for opens, closes in windows)

    def minutes(self, span: int) -> str:
        """A span in whole minutes, rounded up, with its unit."""
        return self._hours_and_minutes(-(-span // MILLIS_PER_MINUTE))

    def _hours_and_minutes(self, total: int) -> str:
        """Two hours and more are read more easily so."""
        if abs(total) < 120:
            return self._with_unit(total, "min", "分")
        hours, rest = divmod(total, 60)
        whole = self._with_unit(hours, "h", "小時")
        return f"{whole} {self._with_unit(rest, 'min', '分')}" if rest else whole

    def minutes_down(self, span: int) -> str:
        """A span in whole minutes, rounded down, with its unit."""
        return self._with_unit(span // MILLIS_PER_MINUTE, "min", "分")

    def duration(self, span: int) -> str:
        """A span as hours and minutes, 1:05."""
        total = round(abs(span) / MILLIS_PER_MINUTE)
        return f"{'−' if span < 0 and total else ''}{total // 60}:{total % 60:02d}"

    def stopwatch(self, seconds: float) -> str:
        """Seconds that a job takes, as 0:07 or 1:02:33."""
        hours, rest = divmod(int(seconds), 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"

    def kilometers(self, meters: int) -> str:
        """A distance: metres below one kilometre, else kilometres with one decimal."""
        if abs(meters) < 1000:
            return self._with_unit(meters, "m", "公尺")
        return self._with_unit(round(meters / 1000, 1), "km", "公里")

    def weight(self, grams: int) -> str:
        """A weight in kilograms with at most one decimal."""
        return self._with_unit(round(grams / 1000, 1), "kg", "公斤")

    def volume(self, cubic: int) -> str:
        """A volume given in cubic centimetres: litres below a tenth of a cubic metre, else cubic metres."""
        if abs(cubic) < 100_000:
            return self._with_unit(round(cubic / 1_000, 1), "L", "公升")
        return f"{self.number(round(cubic / 1_000_000, 2))} m³"

    def money(self, minor: int, currency: str) -> str:
        """An amount in minor units, in the language's way."""
        return str(format_currency(minor / 10 ** get_currency_precision(currency), currency, locale=self._locale))

    def number(self, value: float) -> str:
        """A number in the language's way."""
        return _decimal(value, self.language)

    def named(self, name: str, said: str) -> str:
        """Something said of a name, after a colon as the language writes it."""
        return f"{name}：{said}" if self.language == "zh_TW" else f"{name}: {said}"

    def percent(self, share: float) -> str:
        """A share as whole percent."""
        return f"{round(share * 100)} %"

    def cost(self, cost: int, currency: str) -> str:
        """A cost of a problem as money, without the small change."""
        minor = cost / COST_PER_MINOR
        amount = minor / 10 ** get_currency_precision(currency)
        pattern = self._locale.currency_formats["standard"].pattern
        whole = ";".join(part.replace(".00", "") for part in pattern.split(";"))
        return str(format_currency(round(amount), currency, format=whole, locale=self._locale, currency_digits=False))

    def day(self, day: date) -> str:
        """A day with its weekday, as Sun 22 Nov or 11/22 週日."""
        if self.language == "zh_TW":
            return str(format_date(day, "M/d EEE", locale=self._locale))
        return str(format_date(day, "EEE d MMM", locale=self._locale))

    def weekday(self, day: date) -> str:
        """The short name of a day of the week, as Sun or 週日."""
        return str(format_date(day, "EEE", locale=self._locale))

    def date(self, day: date) -> str:
        """A day without its weekday, as 22 Nov or 11/22."""
        return str(format_date(day, "M/d" if self.language == "zh_TW" else "d MMM", locale=self._locale))

    def _with_unit(self, value: float, english: str, chinese: str) -> str:
        return f"{self.number(value)} {chinese if self.language == 'zh_TW' else english}"
