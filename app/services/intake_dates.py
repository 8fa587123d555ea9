"""Dates as people write them. What one cell leaves open (3 April or 4 March?) the column decides, or the row asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from app.domain.errors import Malformed
from app.services.intake_numbers import narrow

ROC_FOUNDED = 1911
"""Year 1 of the Republic of China's calendar is 1912."""
_SERIAL_ORIGIN = date(1899, 12, 30)
"""Day 0 of spreadsheets' serial dates from 1900-03-01 on (ECMA-376 part 1, 18.17.4.1)."""
_NEAR = timedelta(days=400)
"""How far from the planned day a date with a year of two digits is believed."""
_ROC = re.compile(r"(?:民國|民国|中華民國|roc\s*)\s*(\d{1,3})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_CHINESE = re.compile(r"(\d{2,4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_THREE = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_ROC_COMPACT = re.compile(r"(1\d{2})(\d{2})(\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_NAMED = re.compile(r"(?:(\d{1,2})\.?[\s-]+([^\W\d]{3,10})\.?,?[\s-]+(\d{2,4})|([^\W\d]{3,10})\.?\s+(\d{1,2}),?\s+(\d{4}))")
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|mo|di|mi|do|fr|sa|so|ma|ti|ke|to|pe|la|su)\.?,?\s+|\s*[(]?(?:星期|週|周)[一二三四五六日天][)]?\s*|\s*[(][一二三四五六日][)]\s*"
)
_MONTHS = (
    ("jan", "ene", "tam", "janv"),
    ("feb", "hel", "fev", "fév"),
    ("mar", "mär", "mrz", "maa"),
    ("apr", "abr", "huh", "avr"),
    ("may", "mai", "tou"),
    ("jun", "kes", "juin"),
    ("jul", "hei", "juil"),
    ("aug", "ago", "elo", "aoû", "aou"),
    ("sep", "syy"),
    ("oct", "okt", "lok"),
    ("nov", "mar", "marr"),
    ("dec", "dez", "dic", "jou", "déc"),
)


class DateOrder(StrEnum):
    """How the three numbers of a date follow each other."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class Readings:
    """What a text may mean: one date, or one for each order that makes sense."""

    sure: date | None = None
    by_order: tuple[tuple[DateOrder, date], ...] = ()

    def by(self, order: DateOrder) -> date | None:
        """The date in that order, where it makes sense."""
        return dict(self.by_order).get(order)


def _make(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if 1990 <= made.year <= 2100 else None


@lru_cache(maxsize=4_096)
def readings(text: str, *, near: date, serials: bool = False) -> Readings:
    """All readings of a cell. `near` lends the year where there is none; `serials`: whole numbers count days as spreadsheets do.

    Raises Malformed for what is no date.
    """
    body = _WEEKDAY.sub("", narrow(text).lower()).strip()
    for attempt in (_fixed, _in_words, lambda body, near: _serial(body) if serials else None):
        found = attempt(body, near)
        if found:
            return Readings(sure=found)
    three = _THREE.fullmatch(body)
    open_readings = _open(three, near) if three else ()
    if not open_readings:
        raise Malformed("intake.date", value=text[:60])
    meant = {meaning for _, meaning in open_readings}
    return Readings(sure=meant.pop() if len(open_readings) == 1 else None, by_order=open_readings)


def _fixed(body: str, near: date) -> date | None:
    """Forms with one reading: ISO, ROC, Chinese, compact, and dots, which always put the day first."""
    roc = _ROC.fullmatch(body)
    if roc:
        return _make(int(roc[1]) + ROC_FOUNDED, int(roc[2]), int(roc[3]))
    chinese = _CHINESE.fullmatch(body)
    if chinese:
        year = int(chinese[1])
        return _make(year + ROC_FOUNDED if 100 <= year < 200 else year, int(chinese[2]), int(chinese[3]))
    compact = _COMPACT.fullmatch(body)
    if compact:
        return _make(int(compact[1] + compact[2]), int(compact[3]), int(compact[4]))
    roc_compact = _ROC_COMPACT.fullmatch(body)
    if roc_compact:
        return _make(int(roc_compact[1]) + ROC_FOUNDED, int(roc_compact[2]), int(roc_compact[3]))
    return _fixed_three(body) or _without_year(body, near)


def _fixed_three(body: str) -> date | None:
    three = _THREE.fullmatch(body)
    if not three:
        return None
    first, sign, second, third = three.groups()
    if len(first) == 4:
        return _make(int(first), int(second), int(third))
    if len(first) == 3:
        return _make(int(first) + ROC_FOUNDED, int(second), int(third))
    return _make(int(third), int(second), int(first)) if sign == "." and len(third) in (2, 4) else None


def _without_year(body: str, near: date) -> date | None:
    found = _DAY_MONTH.fullmatch(body)
    if not found:
        return None
    made = (_make(year, int(found[2]), int(found[1])) for year in (near.year - 1, near.year, near.year + 1))
    return min((each for each in made if each), key=lambda each: abs(each - near), default=None)


def _in_words(body: str, _near: date) -> date | None:
    found = _NAMED.fullmatch(body)
    if not found:
        return None
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = next((index for index, names in enumerate(_MONTHS, 1) if name.startswith(names)), 0)
    return _make(int(year), month, int(day)) if month else None


def _serial(body: str) -> date | None:
    return _SERIAL_ORIGIN + timedelta(days=int(body)) if body.isdigit() and 36_526 <= int(body) <= 73_000 else None


def _open(three: "re.Match[str]", near: date) -> tuple[tuple[DateOrder, date], ...]:
    """Readings of numbers whose order is open; with a year of two digits only those near the planned day, where there are such."""
    first, second, third = int(three[1]), int(three[3]), int(three[4])
    made = [(DateOrder.DMY, _make(third, second, first)), (DateOrder.MDY, _make(third, first, second))]
    if len(three[4]) <= 2:
        made.append((DateOrder.YMD, _make(first, second, third)))
    possible = tuple((order, each) for order, each in made if each)
    close = tuple((order, each) for order, each in possible if abs(each - near) <= _NEAR)
    return close if close and len(three[4]) <= 2 else possible


def hinted_order(header: str) -> DateOrder | None:
    """The order that a header names, such as `Date (dd/mm/yyyy)`."""
    letters = re.sub(r"[^dmyj]", "", re.sub(r".*[(\[]|[)\]].*", "", header.lower())) if re.search(r"[(\[]", header) else ""
    squeezed = re.sub(r"(.)\1+", r"\1", letters.replace("j", "y"))
    return DateOrder(squeezed) if squeezed in set(DateOrder) else None


def decide_order(values: Iterable[str], *, near: date, header: str = "", chosen: DateOrder | None = None) -> DateOrder | None:
    """The order that holds for a column: the chosen one, the one its header names, or the only one that fits all its cells.

    None where several fit and mean different days, or no one fits all.
    """
    settled = chosen or hinted_order(header)
    if settled:
        return settled
    feasible, differ = set(DateOrder), False
    for value in values:
        try:
            found = readings(value, near=near)
        except Malformed:
            continue
        if found.by_order:
            feasible &= {order for order, _ in found.by_order}
            differ = differ or len({meaning for _, meaning in found.by_order}) > 1
    if len(feasible) == 1 or (feasible and not differ):
        return sorted(feasible)[0]
    return None


def read_date(text: str, order: DateOrder | None, *, near: date, serials: bool = False) -> date:
    """The date of a cell, with the column's order. Raises Malformed: no date, or one that may mean two days."""
    found = readings(text, near=near, serials=serials)
    if found.sure:
        return found.sure
    if order:
        meant = found.by(order)
        if meant is None:
            raise Malformed("intake.date_other_order", value=text[:60], order=order.value)
        return meant
    days = sorted({meaning for _, meaning in found.by_order})
    if len(days) == 1:
        return days[0]
    raise Malformed("intake.date_ambiguous", value=text[:60], one=days[0].isoformat(), other=days[-1].isoformat())
