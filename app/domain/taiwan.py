"""Addresses as Taiwan writes them, from the large to the small: 106臺北市大安區忠孝東路四段100巷5弄8號之1 3樓.

Section, lane and alley are part of the street's key (a lane is a street of its own); numbers before 段巷弄衖號樓 may be Chinese.
The divisions are those of the Ministry of the Interior's address rules (道路命名及門牌編釘): 縣市, 鄉鎮市區, 村里, 鄰, 路街, 段, 巷, 弄, 號, 樓.
"""

import re
from dataclasses import dataclass

from app.domain.street_words import fold

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = "〇零一二兩三四五六七八九十百"
_BEFORE_UNIT = re.compile(f"([{_NUMERAL}]+)(?=[段巷弄衖號鄰樓])")
_AFTER_ZHI = re.compile(f"(?<=之)([{_NUMERAL}]+)")
_GAPS = re.compile(r"[\s,，、。．.]+")
_GAP_OF_NUMBERS = re.compile(r"(?<=\d)[\s,，、。．.]+(?=\d)")
_COUNTY = re.compile(r"^[^\d]{2}[縣市]|^[^\d]{1,3}?縣")
_TOWN = re.compile(r"^[^\d路街段巷]{1,3}?區|^[^\d路街段巷]{1,3}?[鄉鎮市](?!區)")
_VILLAGE = re.compile(r"^[^\d路街段巷區]{1,4}?[村里](?=\d+鄰|[^\d]*?(?:路|街|大道|段|巷|弄)|\d+號|[^\d路街]+\d)")
_POSTCODE = re.compile(r"^(\d{6}|\d{5}|\d{3})(?=[^\d巷弄號段樓鄰之-])")
_COUNTRY = re.compile(r"^(?:台灣省?|中華民國|taiwan)")
_STREET = re.compile(
    r"^(?P<road>[^\d]*?(?:\d+[^\d段巷弄衖號鄰樓之-][^\d]*)?)(?P<parts>(?:\d+段)?(?:\d+(?:-\d+)?巷)?(?:\d+(?:-\d+)?弄)?(?:\d+衖)?)(?P<rest>(?:\d.*)?)$"
)
_HOUSE = re.compile(r"^(?P<house>\d+(?:[-之]\d+)?)(?:號(?:[之-](?P<after>\d+))?)?(?P<unit>.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaiwaneseAddress:
    """The parts of a Taiwanese address, folded; parts that were not given are empty. `street` holds section, lane and alley."""

    postcode: str = ""
    county: str = ""
    town: str = ""
    village: str = ""
    street: str = ""
    house: str = ""
    unit: str = ""


def arabic_numbers(text: str) -> str:
    """The text with Chinese numbers before 段, 巷, 弄, 號, 鄰 and 樓 as digits; those of names (三民路) stay.

    A name that ends in a numeral is no number: only the part behind 路, 街 or 道 counts in 中山一路 (no unit follows there anyway).
    """
    text = _BEFORE_UNIT.sub(lambda found: str(_value(found.group())), text)
    return _AFTER_ZHI.sub(lambda found: str(_value(found.group())), text)


def parse_taiwanese(text: str, *, with_village: bool = True) -> TaiwaneseAddress:
    """The parts of a line; what it lacks stays empty. `with_village` False reads 新村路 as a road instead of the village 新村."""
    rest = arabic_numbers(_GAPS.sub("", _GAP_OF_NUMBERS.sub("|", fold(text))).replace("号", "號"))
    postcode, rest = _take(_POSTCODE, rest)
    rest = rest.lstrip("|")
    rest = _COUNTRY.sub("", rest)
    if not postcode:
        postcode, rest = _take(_POSTCODE, rest)
    county, rest = _take(_COUNTY, rest)
    town, rest = _take(_TOWN, rest)
    village, rest = _take(_VILLAGE, rest) if with_village else ("", rest)
    rest = re.sub(r"^\d+鄰", "", rest)
    street, house, unit = _street_and_house(rest)
    return TaiwaneseAddress(postcode=postcode, county=county, town=town, village=village, street=street, house=house, unit=unit)


def town_levels(text: str) -> tuple[str, ...]:
    """County and township of a text such as 臺北市大安區; the folded text itself where it is neither."""
    rest = re.sub(r"\s+", "", fold(text))
    county, rest = _take(_COUNTY, rest)
    town, rest = _take(_TOWN, rest)
    return tuple(part for part in (county, town, rest) if part)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.match(text)
    return (match.group(), text[match.end() :]) if match else ("", text)


def _street_and_house(text: str) -> tuple[str, str, str]:
    match = _STREET.match(text)
    if match is None:
        return text, "", ""
    street, rest = match["road"] + match["parts"], match["rest"]
    number = _HOUSE.match(rest) if rest else None
    if number is None:
        return street, "", rest
    after = f"-{number['after']}" if number["after"] else ""
    return street, number["house"].replace("之", "-") + after, number["unit"].lstrip("號|")


def _value(numeral: str) -> int:
    """The value of a Chinese numeral below a thousand (百二十三 = 123; 一〇五 = 105)."""
    if not set(numeral) & set("十百"):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
