"""Addresses as Taiwan writes them, from the large to the small: 106臺北市大安區忠孝東路四段100巷5弄8號之1 3樓.

Section, lane and alley are part of the street's key (a lane is a street of its own); numbers before 段巷弄衖號樓 may be Chinese.
The divisions are those of the Ministry of the Interior's address rules (道路命名及門牌編釘): 縣市, 鄉鎮市區, 村里, 鄰, 路街, 段, 巷, 弄, 號, 樓.
"""

import re
from dataclasses import dataclass

from app.domain.chinese_numerals import arabic_numbers
from app.domain.street_words import fold

_GAPS = re.compile(r"[\s,，、。．.]+")
_GAP_OF_NUMBERS = re.compile(r"(?<=\d)[\s,，、。．.]+(?=\d)")
_COUNTY = re.compile(r"^[^\d]{2}[縣市]|^[^\d]{1,3}?縣")
_TOWN = re.compile(r"^[^\d路街段巷]{1,3}?區|^[^\d路街段巷]{1,3}?[鄉鎮市](?!區)")
_VILLAGE = re.compile(r"^[^\d路街段巷區]{1,4}?[村里](?=\d+鄰|[^\d]+?(?:路|街|大道|段|巷|弄)|\d+號|[^\d路街]+\d)")
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


def street_and_house(street: str, number: str) -> tuple[str, str]:
    """Street and house number of an address whose street is already known as such; lane and alley may stand with the number (`100巷5弄8號`)."""
    sign = "" if "號" in fold(number).replace("号", "號") else "號"
    text = arabic_numbers(_GAPS.sub("", fold(street + number + sign)).replace("号", "號"))
    name, house, _ = _street_and_house(text)
    return name, house


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
