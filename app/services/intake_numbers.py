"""Numbers as people write them: decimal comma or point, grouping, units and currency signs in the cell, coordinates."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from app.domain.errors import Malformed
from app.domain.money import Money
from app.domain.sentences import Sentence

_GAPS = str.maketrans("", "", " \u00a0\u202f\u2009'’_")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_PLAIN = re.compile(r"[+-]?(?:\d+|\d*[.,]\d+|\d+[.,])")
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?e[+-]?\d{1,2}")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_INDIAN = re.compile(r"[+-]?\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?")
_WITH_UNIT = re.compile(r"\s*([+-]?[\d.,'’ \u00a0\u202f\u2009]*\d(?:e[+-]?\d{1,2})?)\s*([^\d\s.,+-][^\d]*\d?)?\s*", re.IGNORECASE)
LARGEST = 1e12
_LONG = 60
_LONG_GAP = re.compile(r"[^\S\n]{2,}")

_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "us$": "USD",
    "nt$": "TWD",
    "ntd": "TWD",
    "nt": "TWD",
    "元": "TWD",
    "£": "GBP",
    "¥": "JPY",
    "円": "JPY",
    "₹": "INR",
    "kr": "SEK",
    "zł": "PLN",
    "hk$": "HKD",
    "chf": "CHF",
}
"""Currency signs; `$`, `元` and `kr` give way to the column's or the depot's currency where that is one of several they stand for."""
_SHARED = {
    "$": {"USD", "TWD", "HKD", "CAD", "AUD", "NZD", "SGD", "MXN"},
    "元": {"TWD", "CNY", "HKD"},
    "¥": {"JPY", "CNY"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
}
_NO_MINOR = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF", "RWF", "KMF", "GNF", "DJF", "BIF", "VUV"})
_THREE_MINOR = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_MONEY = re.compile(r"\s*([^\d\s.,+-]{0,4})\s*([+-]?[\d.,'’ \u00a0\u202f]*\d)\s*([^\d\s.,+-]{0,4})\s*-?\s*")


def narrow(text: str) -> str:
    """The text in plain width and form (１２ becomes 12, ㎏ becomes kg, ： becomes :), long gaps closed."""
    if len(text) > _LONG:
        text = _LONG_GAP.sub(" ", text)  # no pattern is to be tried at each of a thousand blanks
    return text if text.isascii() else unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def decimal_sign(values: Iterable[str]) -> str:
    """The decimal sign that the values settle: "," or "."; empty where none of them tells."""
    votes = {",": 0, ".": 0}
    for value in values:
        found = _WITH_UNIT.fullmatch(narrow(value))
        sign = _shown_sign(found.group(1).translate(_GAPS)) if found else ""
        if sign:
            votes[sign] += 1
    if votes[","] == votes["."]:
        return ""
    return "," if votes[","] > votes["."] else "."


def _shown_sign(body: str) -> str:
    points, commas = body.count("."), body.count(",")
    if points and commas:
        return "." if body.rfind(".") > body.rfind(",") else ","
    if points + commas == 0 or _AMBIGUOUS.fullmatch(body):
        return ""
    sign = "." if points else ","
    if points + commas > 1:
        return "," if points else "."
    return sign


def number(text: str, sign: str = ".") -> float:
    """The number that a text says. `sign` decides what only a whole column can tell: whether 1,234 is a thousand or one and a bit.

    Raises Malformed for what is no number, or out of all proportion.
    """
    body = narrow(text).translate(_GAPS).lower()
    value = _value(body, sign or ".")
    if value is None or abs(value) > LARGEST:
        raise Malformed("intake.number", value=text[:60])
    return value


def _value(body: str, sign: str) -> float | None:
    if _EXPONENT.fullmatch(body):
        return float(body)
    if _AMBIGUOUS.fullmatch(body):
        return float(body.replace(",", ".")) if sign in body else float(body.replace(".", "").replace(",", ""))
    if _PLAIN.fullmatch(body):
        return float(body.replace(",", "."))
    grouped = _GROUPED.fullmatch(body)
    if grouped:
        group = grouped.group(1)
        return float(body.replace(group, "").replace(",", "."))
    return float(body.replace(",", "")) if _INDIAN.fullmatch(body) else None


def measure(text: str, units: Mapping[str, float], factor: float, sign: str = ".") -> float:
    """A number times the factor of its unit; `factor` holds where the cell names none.

    Raises Malformed for an unknown unit, no number, or a number below zero.
    """
    found = _WITH_UNIT.fullmatch(narrow(text).replace("³", "3"))
    if not found:
        raise Malformed("intake.number", value=text[:60])
    unit = (found.group(2) or "").strip().strip(".").lower()
    if unit and unit not in units:
        raise Malformed("intake.unit", value=text[:60], unit=unit[:20], known=", ".join(list(units)[:8]))
    value = number(found.group(1), sign) * (units[unit] if unit else factor)
    if value < 0:
        raise Malformed("intake.negative", value=text[:60])
    return value


def whole(text: str, sign: str = ".", *, least: int = 0, most: int = 100_000) -> int:
    """A whole number within bounds; a unit such as "2 pcs" is allowed. Raises Malformed."""
    found = _WITH_UNIT.fullmatch(narrow(text))
    value = number(found.group(1) if found else text, sign)
    if not value.is_integer():
        raise Malformed("intake.not_whole", value=text[:60])
    if not least <= value <= most:
        raise Malformed("intake.out_of_range", value=text[:60], least=least, most=most)
    return int(value)


def minor_digits(currency: str) -> int:
    """Digits of the minor unit of an ISO 4217 currency."""
    return 0 if currency in _NO_MINOR else 3 if currency in _THREE_MINOR else 2


def currency_code(text: str, usual: str) -> str:
    """The ISO 4217 code of a code or sign. Raises Malformed for neither."""
    mark = narrow(text).strip().strip(".").lower()
    if not mark:
        return usual
    if usual in _SHARED.get(mark, ()):
        return usual
    code = _SIGNS.get(mark, mark.upper())
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise Malformed("intake.currency", value=text[:20])


def money(text: str, usual: str, sign: str = ".") -> Money:
    """An amount with its currency: `12,50 €`, `NT$ 1,200`, `15`. Raises Malformed for what is no amount, or below zero."""
    found = _MONEY.fullmatch(narrow(text).lower())
    if not found or (found.group(1) and found.group(3) and found.group(1) != found.group(3)):
        raise Malformed("intake.money", value=text[:60])
    code = currency_code(found.group(1) or found.group(3), usual)
    amount = number(found.group(2), sign)
    if amount < 0:
        raise Malformed("intake.negative", value=text[:60])
    return Money(round(amount * 10 ** minor_digits(code)), code)


_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,20})?", re.ASCII)
_DEGREES = re.compile(
    r"([nswe]?)\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|''))?)?\s*([nsweo]?)",
    re.ASCII,
)


def degrees(text: str) -> float:
    """Degrees of a coordinate, decimal (`60.1699`, `60,1699`, `24.94 E`) or with minutes and seconds. Raises Malformed."""
    if _DECIMAL.fullmatch(text):
        return float(text)
    found = _DEGREES.fullmatch(narrow(text).lower().strip())
    if not found:
        raise Malformed("intake.degrees", value=text[:60])
    before, whole_part, minutes, seconds, after = found.groups()
    value = float(whole_part.replace(",", "."))
    rest = float((minutes or "0").replace(",", ".")) / 60 + float((seconds or "0").replace(",", ".")) / 3600
    value = value - rest if value < 0 else value + rest
    return -value if (before or after) in {"s", "w"} else value


def lat_lon(text: str) -> tuple[float, float]:
    """Two coordinates in one cell, latitude first: `60.1699, 24.9384`, `60,1699; 24,9384`, `60.1699 24.9384`. Raises Malformed."""
    body = narrow(text).strip(" ()[]")
    parts = re.split(r"\s*;\s*|\s*,\s+|\s+", body)
    if len(parts) != 2:
        parts = body.split(",")
    if len(parts) == 4:  # two decimal commas and one that parts them
        parts = [f"{parts[0]}.{parts[1]}", f"{parts[2]}.{parts[3]}"]
    if len(parts) != 2:
        raise Malformed("intake.lat_lon", value=text[:60])
    return degrees(parts[0]), degrees(parts[1])


def swapped(lat: float, lon: float) -> Sentence | None:
    """The doubt where only the swapped pair lies on the earth (latitude within ±90, longitude within ±180)."""
    if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
        return Sentence.of("locating.swapped", lat=lat, lon=lon)
    return None
