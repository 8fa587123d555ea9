"""Days as people type them: "tomorrow", "明天", "fri", "週五", "23 Nov", "11/23", "+2", "115/11/23" (years of the Republic of China)."""

import re
from datetime import date, timedelta

from app.desktop.commanding.folding import fold

_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "後天": 2, "昨天": -1, "昨日": -1, "前天": -2}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK_CHARACTERS = "一二三四五六日"
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_LEAST_LETTERS = 3
_ROC = 1911
"""Year 1 of the Republic of China is 1912."""


def day_meant(text: str, today: date) -> date | None:
    """The day that a text means, seen from today; None: it means none. A weekday is the next one, a day without a year the nearest one."""
    plain = fold(text)
    offset = re.fullmatch(r"\s*[+＋](\d{1,3})\s*", text) or re.fullmatch(r"(\d{1,3}) ?(?:days?|天後)", plain)
    if offset:
        return today + timedelta(days=int(offset[1]))
    return _near(plain, today) or _weekday(plain, today) or _dated(plain, today)


def _near(plain: str, today: date) -> date | None:
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    begun = [days for name, days in _NEAR.items() if len(plain) >= _LEAST_LETTERS and name.startswith(plain)]
    return today + timedelta(days=begun[0]) if len(begun) == 1 else None


def _weekday(plain: str, today: date) -> date | None:
    said = re.fullmatch(r"(?:週|星期|禮拜|周)([一二三四五六日天])", plain)
    if said:
        return _next(_WEEK_CHARACTERS.index(said[1].replace("天", "日")), today)
    at = _begun(plain, _WEEK)
    return _next(at, today) if at is not None else None


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _dated(plain: str, today: date) -> date | None:
    western = re.fullmatch(r"(\d{1,2}) ([a-z]+)(?: (\d{4}))?", plain)
    american = re.fullmatch(r"([a-z]+) (\d{1,2})(?: (\d{4}))?", plain)
    if western or american:
        day, name, year = (western[1], western[2], western[3]) if western else (american[2], american[1], american[3]) if american else ("", "", None)
        month = _begun(name, _MONTHS)
        return _day(year, month + 1, int(day), today) if month is not None else None
    numbers = re.fullmatch(r"(?:(\d{2,4})[ 年])?(\d{1,2})[ 月](\d{1,2})日?", plain)
    return _day(numbers[1], int(numbers[2]), int(numbers[3]), today) if numbers else None


def _begun(plain: str, names: tuple[str, ...]) -> int | None:
    return next((at for at, name in enumerate(names) if len(plain) >= _LEAST_LETTERS and name.startswith(plain)), None)


def _day(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day of that year; without one, the one nearest to today."""
    years = [today.year - 1, today.year, today.year + 1] if year is None else [int(year) if len(year) == 4 else int(year) + _ROC]
    possible = [made for made in (_made(each, month, day) for each in years) if made is not None]
    return min(possible, key=lambda each: abs(each - today), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
