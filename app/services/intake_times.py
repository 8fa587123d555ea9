"""Times of day, windows and durations as people write them, in seconds after midnight or seconds long."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.errors import Malformed
from app.services.intake_columns import SECONDS
from app.services.intake_dates import DateOrder, read_date
from app.services.intake_numbers import narrow, number

DAY_SECONDS = 86_400
LONGEST_SERVICE = 8 * 3_600
"""Seconds; a longer time at one door is a unit mistaken."""
_BEFORE_NOON = frozenset({"am", "a.m.", "a", "上午", "早上", "凌晨", "早"})
_AFTER_NOON = frozenset({"pm", "p.m.", "p", "下午", "晚上", "傍晚", "晚", "中午"})
_HALF = r"(上午|早上|凌晨|下午|晚上|傍晚|中午|早|晚|a\.?m\.?|p\.?m\.?)?"
_TIME = _HALF + r"\s*(?:(\d{1,2})(?:\s*[:.h時时點点]\s*(\d{2}|半)?)?(?::(\d{2})(?:\.\d+)?)?|(\d{2})(\d{2}))\s*(?:分|uhr|h|klo)?\s*(a\.?m\.?|p\.?m\.?|a|p)?"
_CLOCK = re.compile(_TIME)
_RANGE = re.compile(rf"(?:from|von|between|klo|de|desde|kl\.?)?\s*{_TIME}\s*(?:-|–|—|―|~|〜|/|\.\.\.?|to|till|until|bis|and|至|到|a|à|hasta)\s*{_TIME}")
_UNTIL = re.compile(
    rf"(?:before|by|until|till|bis|vor|ennen|hasta|antes de|avant|<=?|[-–—])\s*{_TIME}|{_TIME}\s*(?:以前|之前|前|mennessä|asti|[-–—]?\s*(?:or )?earlier)"
)
_SINCE = re.compile(
    rf"(?:after|from|since|ab|nach|jälkeen|desde|después de|après|>=?)\s*{_TIME}|{_TIME}\s*(?:以後|之後|以后|之后|後|后|起|jälkeen|alkaen|[-–—]|\+)"
)
_ANY = frozenset({"any", "anytime", "any time", "all day", "whole day", "flexible", "open", "none", "-", "–", "n/a", "ganztags", "egal"})
_ANY_ABROAD = frozenset({"全天", "整天", "不限", "不限時", "皆可", "無", "milloin vain", "koko päivä", "todo el día"})
_FRACTION = re.compile(r"0?\.(?:\d|\d{3,20})")
_MOMENT = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,4}[./]\d{1,2}[./]\d{1,4}|\d{1,2}-\d{1,2}-\d{4}|(?:民國|民国)?\d{2,4}年\d{1,2}月\d{1,2}日)(?:[t ,]+(.+))?", re.IGNORECASE
)
_OFFSET = re.compile(r"(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
_UNITS = dict(SECONDS)
_PARTS = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d]+)\.?\s*")
_COLONS = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """When service may begin: seconds after midnight, both ends inclusive; `day` where the cell names one."""

    opens: int
    closes: int
    day: date | None = None


WHOLE_DAY = Span(0, DAY_SECONDS)


def _reading(half: str, hour: str, minute: str, second: str, hours: str, minutes: str, after: str) -> int | None:
    """Seconds after midnight of the parts of `_TIME`; None where that is no time of a day (24:00 is the end of one)."""
    h, m = int(hour or hours), 30 if minute == "半" else int(minute or minutes or 0)
    mark = half or after
    plain_mark = mark.replace(".", "") if mark else ""
    if plain_mark in _AFTER_NOON and h < 12:
        h += 0 if mark == "中午" and h >= 11 else 12
    elif plain_mark in _BEFORE_NOON and h == 12:
        h = 0
    total = h * 3_600 + m * 60 + int(second or 0)
    return total if m < 60 and int(second or 0) < 60 and total <= DAY_SECONDS else None


def _of_parts(parts: Sequence[str]) -> int | None:
    half, hour, minute, second, hours, minutes, after = parts
    return _reading(half, hour, minute, second, hours, minutes, after)


@lru_cache(maxsize=4_096)
def clock(text: str) -> int:
    """Seconds after midnight of a time: `08:00`, `8.30`, `0800`, `8 am`, `下午2點半`, `24:00`. Raises Malformed."""
    body = narrow(text).lower().strip()
    if _FRACTION.fullmatch(body):
        return round(float(body) * DAY_SECONDS / 60) * 60
    found = _CLOCK.fullmatch(body)
    reading = _of_parts([part or "" for part in found.groups()]) if found else None
    if reading is None:
        raise Malformed("intake.time", value=text[:60])
    return reading


@lru_cache(maxsize=4_096)
def spans(text: str) -> tuple[Span, ...]:
    """The windows of a cell without dates, sorted: `08:00-12:00`, `8-12; 14-16`, `before 12`, `14:00後`. Empty: any time.

    Raises Malformed: not understood, one time only, or closing before it opens.
    """
    body = narrow(text).lower().strip()
    pieces = [piece.strip() for piece in re.split(r"[;|\n、,]|\s(?:und|ja|y|et|or|oder|tai)\s|\s&\s", body)]
    found = [_span(piece, text) for piece in pieces if piece and piece not in _ANY | _ANY_ABROAD]
    return tuple(sorted(set(found), key=lambda span: (span.opens, span.closes)))


def _span(piece: str, text: str) -> Span:
    both = _RANGE.fullmatch(piece)
    if both:
        return _range([part or "" for part in both.groups()], text)
    for pattern, until in ((_UNTIL, True), (_SINCE, False)):
        one = pattern.fullmatch(piece)
        if one:
            parts = [part or "" for part in one.groups()]
            reading = _of_parts(parts[:7] if parts[1] or parts[4] else parts[7:])
            if reading is not None:
                return Span(0, reading) if until else Span(reading, DAY_SECONDS)
    if _CLOCK.fullmatch(piece):
        raise Malformed("intake.window_one_time", value=text[:60])
    raise Malformed("intake.window", value=text[:60])


def _range(parts: Sequence[str], text: str) -> Span:
    """A window of two times. Where only one of them says morning or afternoon, the other follows it if the order then is right."""
    first, second = list(parts[:7]), list(parts[7:])
    marks_first, marks_second = first[0] or first[6], second[0] or second[6]
    opens, closes = _of_parts(first), _of_parts(second)
    if marks_second and not marks_first and opens is not None and closes is not None and int(first[1] or first[4]) <= 12:
        same = _of_parts([second[0], *first[1:6], second[6]])
        opens = same if same is not None and same < closes else opens
    elif marks_first and not marks_second and opens is not None and closes is not None and closes <= opens < DAY_SECONDS and int(second[1] or second[4]) <= 12:
        closes += DAY_SECONDS // 2 if closes + DAY_SECONDS // 2 <= DAY_SECONDS else 0
    if opens is None or closes is None:
        raise Malformed("intake.window", value=text[:60])
    return checked(Span(opens, closes), text)


def checked(span: Span, text: str) -> Span:
    """The window itself; a closing time of 00:00 is the end of the day. Raises Malformed where it closes before it opens."""
    if span.closes == 0 < span.opens:
        return Span(span.opens, DAY_SECONDS, span.day)
    if span.closes < span.opens:
        raise Malformed("intake.window_backwards", value=text[:60], opens=hours_minutes(span.opens), closes=hours_minutes(span.closes))
    return span


def hours_minutes(reading: int) -> str:
    """A reading of the day's clock as HH:MM."""
    return f"{reading // 3_600:02}:{reading % 3_600 // 60:02}" + (f":{reading % 60:02}" if reading % 60 else "")


def moment(text: str, order: DateOrder | None, *, near: date, zone: str = "") -> tuple[date | None, int | None]:
    """A day and a time of day in one cell; either may be missing. A time with an offset from UTC is put into the zone.

    Raises Malformed.
    """
    body = narrow(text).strip()
    dated = _MOMENT.fullmatch(body)
    if not dated:
        return None, clock(body)
    day = read_date(dated.group(1), order, near=near)
    rest = (dated.group(2) or "").strip()
    if not rest:
        return day, None
    offset = _OFFSET.fullmatch(rest)
    if not offset:
        return day, clock(rest)
    reading = clock(offset.group(1))
    if not zone:
        return day, reading
    iso = f"{day.isoformat()}T{hours_minutes(reading)}{'+00:00' if offset.group(2) in 'zZ' else offset.group(2)}"
    local = datetime.fromisoformat(iso).astimezone(ZoneInfo(zone))
    return local.date(), local.hour * 3_600 + local.minute * 60 + local.second


_DATED_RANGE = re.compile(r"\s*(?:/|–|—|~|\s-\s|\sto\s|\sbis\s|至|到)\s*", re.IGNORECASE)


def dated_spans(text: str, order: DateOrder | None, *, near: date, zone: str = "") -> tuple[Span, ...]:
    """As `spans`, for cells that may carry dates: `2026-11-23 08:00/2026-11-23 12:00`, `2026-11-23 08:00-12:00`. Raises Malformed."""
    if not re.search(r"\d[-./年]\d{1,2}[-./月]\d", text):
        return spans(text)
    found = []
    for piece in re.split(r"[;|\n]", narrow(text)):
        if piece.strip():
            found.append(_dated_span(piece.strip(), order, near=near, zone=zone))
    return tuple(sorted(set(found), key=lambda span: (span.day or date.min, span.opens)))


def _dated_span(piece: str, order: DateOrder | None, *, near: date, zone: str) -> Span:
    dated = _MOMENT.fullmatch(piece)
    ends = _DATED_RANGE.split(piece)
    if len(ends) == 2 and _MOMENT.fullmatch(ends[1]):
        (first_day, opens), (second_day, closes) = (moment(end, order, near=near, zone=zone) for end in ends)
        if first_day and second_day and first_day != second_day:
            raise Malformed("intake.window_two_days", value=piece[:60])
        return checked(Span(opens or 0, DAY_SECONDS if closes is None else closes, first_day or second_day), piece)
    if dated:
        day = read_date(dated.group(1), order, near=near)
        inner = spans(dated.group(2) or "") or (WHOLE_DAY,)
        if len(inner) == 1:
            return Span(inner[0].opens, inner[0].closes, day)
    if len(ends) == 1:
        return spans(piece)[0]
    raise Malformed("intake.window", value=piece[:60])


def span_of_two(first: str, second: str, order: DateOrder | None, *, near: date, zone: str = "") -> Span | None:
    """A window from two cells; one empty cell leaves that side open, two leave no window. Raises Malformed."""
    if not first and not second:
        return None
    day, opens = moment(first, order, near=near, zone=zone) if first else (None, None)
    other, closes = moment(second, order, near=near, zone=zone) if second else (None, None)
    if day and other and day != other:
        raise Malformed("intake.window_two_days", value=f"{first} – {second}"[:60])
    return checked(Span(opens or 0, DAY_SECONDS if closes is None else closes, day or other), f"{first} – {second}")


def duration(text: str, factor: float, sign: str = ".", *, most: int = LONGEST_SERVICE) -> int:
    """Seconds of a duration: `5`, `5 min`, `1 h 10`, `00:05`, `90秒`; `factor` is the unit where the cell names none (60: minutes).

    Raises Malformed for what is none, and for more than `most`.
    """
    body = narrow(text).lower().strip()
    colons = _COLONS.fullmatch(body)
    if colons:
        total = int(colons[1]) * 3_600 + int(colons[2]) * 60 + int(colons[3] or 0)
    elif _PARTS.match(body):
        total = _sum_of_parts(body, text, sign)
    else:
        total = round(number(body, sign) * factor)
    if not 0 <= total <= most:
        raise Malformed("intake.duration_range", value=text[:60], hours=most // 3_600)
    return total


def _sum_of_parts(body: str, text: str, sign: str) -> int:
    total, at = 0.0, 0
    while at < len(body):
        part = _PARTS.match(body, at)
        if not part:
            rest = body[at:]
            if not rest.isdigit():
                raise Malformed("intake.duration", value=text[:60])
            return round(total + int(rest) * 60)
        if part.group(2) not in _UNITS:
            raise Malformed("intake.duration", value=text[:60])
        total += number(part.group(1), sign) * _UNITS[part.group(2)]
        at = part.end()
    return round(total)
