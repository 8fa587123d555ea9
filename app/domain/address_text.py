"""Reading an address line: text → parts, and the key under which a learned place is remembered.

Both orders are read (number before the street, number behind it), with and without commas, and Taiwanese lines from the large to the small.
A line that can be read in several ways has several readings, the likeliest first; a map decides which of them exists.
"""

import re
from dataclasses import replace

from app.domain.address import Address
from app.domain.house_numbers import house_key
from app.domain.street_words import fold, has_cjk, name_key, street_key
from app.domain.taiwan import TaiwaneseAddress, parse_taiwanese, town_levels

_HOUSE = r"\d+(?:\s?[a-z](?![a-z]))?(?:\s?[-–/]\s?(?:\d+\s?[a-z]?|[a-z])(?![a-z\d]))?(?:\s\d/\d)?'?"
_HOUSE_IN_FRONT = r"\d+[a-z]?(?:\s?[-–/]\s?\d+[a-z]?(?![a-z\d]))?(?:\s\d/\d)?"
"""In front of the street a spaced letter is a direction: `1111 S Potomac Street`."""
_NUMBER_FIRST = re.compile(rf"^(?:no\.?\s*|nr\.?\s*|#\s*)?(?P<house>{_HOUSE_IN_FRONT})[\s,]+(?P<street>\S.*[^\W\d].*)$", re.IGNORECASE)
_NUMBER_LAST = re.compile(rf"^(?P<street>.*?[^\W\d].*?)[\s,]+(?:no\.?\s*|nr\.?\s*|#\s*)?(?P<house>{_HOUSE})(?P<rest>(?:\s+\S+){{0,3}})$", re.IGNORECASE)
_NUMBER_TIGHT = re.compile(r"^(?P<street>.*[^\W\d]{3}\.?)(?P<house>\d+\s?[a-z]?)$", re.IGNORECASE)
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_POSTCODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}-)?(?P<code>\d{5}-\d{4}|\d{4,6}|\d{3}\s\d{2}|\d{2}-\d{3}|\d{4}\s?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\d{3})(?![\w-])",
)
_POSTCODE_TOWN = re.compile(r"^(?:[A-Z]{1,3}-)?\d{4,6}\s+[^\d]+$")
_UNIT = re.compile(
    r"^(?:apt|apartment|unit|suite|ste|flat|room|rm|floor|fl|level|lvl|as|lgh|wohnung|whg|top|stiege|og|eg|ug|dg|c/o|bldg|building|box|#)\b\.?|"
    r"^\d+(?:st|nd|rd|th|\.)?\s*(?:floor|fl|og|stock|krs|etage|樓|f)\b|^[b]?\d+\s*f$",
    re.IGNORECASE,
)
_UNIT_TAIL = re.compile(
    r"[\s,]+(?:apt|apartment|unit|suite|ste|flat|room|rm|whg|wohnung|as|#)(?:\b|(?=\d))\.?\s*#?\s*[\w-]+\s*$|\s+\d+(?:st|nd|rd|th|\.)?\s*(?:floor|fl|og|stock|krs|f)\.?\s*$",
    re.IGNORECASE,
)
_COUNTRY_NAMES = """
de germany deutschland allemagne|fi finland suomi|us usa unitedstates unitedstatesofamerica|li liechtenstein|at austria osterreich
ch switzerland schweiz suisse svizzera|se sweden sverige|no norway norge|dk denmark danmark|fr france|it italy italia|es spain espana
nl netherlands nederland|be belgium belgie belgique|pl poland polska|gb uk unitedkingdom england scotland wales|ie ireland|ca canada
au australia|nz newzealand|tw taiwan roc 台灣 中華民國|ee estonia eesti|cz czechia|hu hungary|pt portugal|jp japan|sg singapore|in india
"""
_COUNTRY_CODES = {name: names.split()[0].upper() for names in re.split(r"[|\n]", _COUNTRY_NAMES) for name in names.split()}
_COUNTRIES = frozenset(_COUNTRY_CODES)
_STATE = re.compile(r"(?:^|\s)[A-Z]{2}$")
_SEPARATORS = re.compile(r"[,;\n\r\t，、]+")
MAX_READINGS = 8


def parse_line(text: str) -> Address:
    """The likeliest reading of a line; `text` is kept, parts that are not there stay empty."""
    found = readings(Address(text=text))
    return found[0] if found else Address(text=text)


def readings(address: Address) -> tuple[Address, ...]:
    """The ways to read an address, likeliest first; empty where there is nothing to read (no letter at all, or no text)."""
    if not re.search(r"[^\W\d_]", address.line):
        return ()
    if address.street:
        return _of_parts(address)
    if not address.text:
        return (address,) if address.city or address.postcode else ()
    found = _taiwanese(address.text) if has_cjk(address.text) else _western(address.text)
    merged = (_merged(each, address) for each in found)
    return tuple(dict.fromkeys(merged))[:MAX_READINGS]


def address_key(address: Address) -> str:
    """The address in one way of writing, without its unit: equal for the same door however it was typed.

    Made of street, number, postcode and city. Empty where nothing can be read.
    """
    found = readings(address)
    if not found:
        return name_key(address.line)
    best = found[0]
    city = "/".join(city_parts(best.city))
    key = "|".join((street_key(best.street), house_key(best.house), name_key(best.postcode), city))
    return key if key.strip("|") else name_key(address.line)


def city_parts(city: str) -> tuple[str, ...]:
    """The keys of the places named in a city field: county and township in Taiwan, else the parts between commas, slashes and brackets."""
    if has_cjk(city):
        return town_levels(city)
    parts = (_STATE.sub("", part.strip()) for part in re.split(r"[,/()]", city))
    return tuple(dict.fromkeys(key for key in map(name_key, parts) if key and key not in _COUNTRIES))


def country_code(text: str) -> str:
    """The two letters of ISO 3166-1 for a country's name or code; empty where we do not know it."""
    key = name_key(text)
    return _COUNTRY_CODES.get(key, key.upper() if len(key) == 2 and key.isascii() and key.isalpha() else "")


def split_house(text: str) -> tuple[str, str, str] | None:
    """Street, house number and what follows it of `Hauptstr. 12a` or `1820 Fleet Street`; None where there is no number."""
    for pattern in (_NUMBER_LAST, _NUMBER_FIRST, _NUMBER_TIGHT):
        match = pattern.match(text.strip())
        if match and not (pattern is _NUMBER_FIRST and _ORDINAL.match(text.strip())):
            rest = match.groupdict().get("rest") or ""
            return match["street"].strip(" ,"), match["house"].strip(), rest.strip()
    return None


def _of_parts(address: Address) -> tuple[Address, ...]:
    """Readings of an address that came in columns: the street's column may hold the number too, or a whole Taiwanese line."""
    if has_cjk(address.street):
        whole = address.street + (address.house if address.house.endswith(("號", "号")) or not address.house else address.house + "號")
        found = (_merged(each, replace(address, street="", house="")) for each in _taiwanese(whole))
        return tuple(dict.fromkeys(found))
    street = _UNIT_TAIL.sub("", address.street.strip())
    plain = replace(address, street=street)
    if address.house:
        return (plain,)
    return (*(replace(plain, street=name, house=house, unit=address.unit or rest) for name, house, rest in _splits(street)), plain)


def _splits(text: str) -> list[tuple[str, str, str]]:
    """Every way to cut a street's text into name, number and rest; the number behind the name first, unless the text begins with one."""
    text = text.strip(" ,")
    found = []
    patterns = [_NUMBER_LAST, _NUMBER_FIRST, _NUMBER_TIGHT]
    if text[:1].isdigit() and not _ORDINAL.match(text) and not re.match(r"^\d+\.", text):
        patterns = [_NUMBER_FIRST, _NUMBER_LAST, _NUMBER_TIGHT]
    for pattern in patterns:
        match = pattern.match(text)
        if match:
            found.append((match["street"].strip(" ,"), match["house"].strip(), (match.groupdict().get("rest") or "").strip()))
    stairs = re.match(r"^(?P<street>.*?[^\W\d].*?)\s+(?P<house>\d+\s?[a-z]\s?\d+)$", text, re.IGNORECASE)
    if stairs:
        found.insert(0, (stairs["street"], stairs["house"], ""))
    return found


def _merged(read: Address, given: Address) -> Address:
    """The reading, with what was given in columns of its own."""
    return replace(
        read,
        text=given.text,
        postcode=given.postcode or read.postcode,
        city=given.city or read.city,
        country=given.country or read.country,
        unit=given.unit or read.unit,
    )


def _taiwanese(text: str) -> list[Address]:
    found = [parse_taiwanese(text), parse_taiwanese(text, with_village=False)]
    return [_as_address(each) for each in dict.fromkeys(found)]


def _as_address(found: TaiwaneseAddress) -> Address:
    return Address(street=found.street, house=found.house, unit=found.unit, postcode=found.postcode, city=found.county + found.town)


def _western(text: str) -> list[Address]:
    parts = (_UNIT_TAIL.sub("", part.strip()).strip() for part in _SEPARATORS.split(text))
    segments = [part for part in parts if part]
    country = ""
    if len(segments) > 1 and name_key(segments[-1]) in _COUNTRIES:
        country = segments.pop()
    units = [part for part in segments[1:] if _UNIT.match(part)]
    segments = [part for index, part in enumerate(segments) if index == 0 or part not in units]
    romanised = _romanised(segments)
    found = [romanised] if romanised else []
    for at in [] if romanised else _street_segments(segments):
        found += _with_street_at(segments, at)
    return [replace(each, country=country, unit=each.unit or " ".join(units)) for each in found]


def _romanised(segments: list[str]) -> Address | None:
    """A Taiwanese address in Latin letters: `No. 5, Ln. 100, Sec. 4, Zhongxiao E. Rd., Da'an Dist., Taipei City 106`."""
    number = re.match(r"^no\.?\s*(\d+(?:-\d+)?)$", segments[0], re.IGNORECASE) if segments else None
    if number is None or len(segments) < 2:
        return None
    at = 1
    street = []
    while at < len(segments) and re.match(r"^(?:sec|ln|lane|aly|alley|section)\b", segments[at], re.IGNORECASE):
        street.append(segments[at])
        at += 1
    if at == len(segments):
        return None
    postcode, city = _town(segments[at + 1 :])
    return Address(street=f"{segments[at]} {' '.join(street)}".strip(), house=number[1], postcode=postcode, city=city)


def _street_segments(segments: list[str]) -> list[int]:
    """Which segments may hold the street: those with a number that is no postcode, then the first."""
    numbered = [at for at, part in enumerate(segments) if re.search(r"\d", _POSTCODE.sub("", part))]
    if segments and re.match(r"\d", segments[0]) and not (numbered and _POSTCODE_TOWN.match(segments[0])):
        numbered.insert(0, 0)
    return list(dict.fromkeys([*numbered[:2], 0])) if segments else []


def _with_street_at(segments: list[str], at: int) -> list[Address]:
    segment, after = segments[at], segments[at + 1 :]
    postcode, city = _town(after)
    if at and not (postcode or city) and _POSTCODE_TOWN.match(segments[at - 1]):
        postcode, city = _town(segments[:at])
    found = []
    if after and re.fullmatch(_HOUSE, after[0], re.IGNORECASE) and not re.search(r"\d$", segment):
        rest_code, rest_city = _town(after[1:])
        found.append(Address(street=segment, house=after[0], postcode=rest_code, city=rest_city))
    if not postcode:
        found += _tail_town(segment, city)
    found += [_with_rest(name, house, rest, postcode, city) for name, house, rest in _splits(segment)]
    if at == 0:
        found.append(Address(street=segment, postcode=postcode, city=city))
        if _POSTCODE_TOWN.match(segment) or not after:
            code, name = _town([segment])
            found.append(Address(postcode=code or postcode, city=name or city))
    return found


def _with_rest(street: str, house: str, rest: str, postcode: str, city: str) -> Address:
    """What follows the number is the city where none was given elsewhere (`Annankatu 27 Helsinki`), else the unit."""
    if not city and re.fullmatch(r"[^\W\d_][^\d]{3,}", rest):
        return Address(street=street, house=house, postcode=postcode, city=rest)
    return Address(street=street, house=house, unit=rest, postcode=postcode, city=city)


def _tail_town(segment: str, city: str) -> list[Address]:
    """Readings of a line without commas: the last postcode that is not the first word cuts it, `Hauptstr. 12 69117 Heidelberg`."""
    codes = [match for match in _POSTCODE.finditer(segment) if match.start() > 0]
    found = []
    for code in reversed(codes):
        head, tail = segment[: code.start()].strip(), segment[code.end() :].strip()
        cuts = _splits(head)
        if tail and not re.search(r"\d", tail):
            found += [Address(street=name, house=house, unit=rest, postcode=code["code"], city=tail or city) for name, house, rest in cuts]
        elif not tail:
            found += [each for name, house, _ in cuts for each in _trailing_city(name, house, code["code"], city)]
    return found


def _trailing_city(street: str, house: str, postcode: str, city: str) -> list[Address]:
    """`Fleet St Baltimore MD` with its postcode taken off: the last one, two or three words may be the city."""
    words = _STATE.sub("", street).split()
    found = [
        Address(street=" ".join(words[:cut]), house=house, postcode=postcode, city=" ".join(words[cut:]))
        for cut in range(len(words) - 1, max(0, len(words) - 4), -1)
    ]
    return (
        [Address(street=street, house=house, postcode=postcode, city=city), *found]
        if city
        else [*found, Address(street=street, house=house, postcode=postcode)]
    )


def _town(segments: list[str]) -> tuple[str, str]:
    """Postcode and city of the segments behind the street."""
    postcode, names = "", []
    for segment in segments:
        match = None if postcode else _POSTCODE.search(segment)
        if match:
            postcode = match["code"]
            segment = (segment[: match.start()] + " " + segment[match.end() :]).strip()
        segment = segment if len(segment) > 2 or has_cjk(segment) else _STATE.sub("", segment).strip()
        segment = re.sub(r"\s[A-Z]{2}$", "", segment)
        if segment and name_key(segment) not in _COUNTRIES:
            names.append(segment)
    return postcode, ", ".join(names)


__all__ = ["address_key", "city_parts", "country_code", "fold", "parse_line", "readings", "split_house"]
