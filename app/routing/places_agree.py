"""Whether a place on the map agrees with the city and postcode that were entered: the same street of the next town is never taken silently."""

import re
from dataclasses import dataclass

from app.domain.address import Address
from app.domain.address_text import city_parts
from app.domain.geo import Place, distance_m
from app.domain.street_words import has_cjk
from app.routing.places_rows import Rows, Town

_MARGIN_M = 800.0
_SAME_CODE = 2
_SPREAD = 1.5
"""A known town or postcode counts for places within this many times its reach, plus the margin."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The city and postcode of an address, ready for comparing; `parts` are keys with all names of the same town."""

    parts: tuple[frozenset[str], ...]
    postcode: str
    city: str
    strict: bool
    """Every known part must agree (county and township in Taiwan), not only one."""

    @property
    def empty(self) -> bool:
        """Whether nothing was entered."""
        return not self.parts and not self.postcode


@dataclass(frozen=True, slots=True)
class Verdict:
    """`agrees` False: what was entered contradicts the map, in `what` ("city" or "postcode"). `score` counts what agrees for sure."""

    agrees: bool
    score: int = 0
    what: str = ""


def wanted(address: Address, rows: Rows) -> Wanted:
    """What an address says of its town."""
    parts = tuple(rows.same_town(key) for key in city_parts(address.city))
    return Wanted(parts, plain_postcode(address.postcode), address.city, has_cjk(address.city))


def plain_postcode(code: str) -> str:
    """A postcode without country letter, spaces and the four extra digits of the United States; capitals."""
    code = re.sub(r"^[A-Z]{1,3}-(?=\d)", "", code.strip().upper())
    return re.sub(r"-\d{4}$", "", code).replace(" ", "")


def verdict(want: Wanted, town: Town, postcodes: frozenset[str], place: Place, rows: Rows) -> Verdict:
    """Compares a place with what was entered."""
    city = _city(want, town, place, rows) if want.parts else 0
    code = _postcode(want.postcode, postcodes, place, rows) if want.postcode else 0
    if city is None and code == _SAME_CODE and any(part & town.around for part in want.parts):
        # The map calls the town otherwise (the postman's name), but it is the same postcode on the ground of the entered town.
        city = 0
    if city is None:
        return Verdict(agrees=False, what="city")
    if code is None:
        return Verdict(agrees=False, what="postcode", score=city)
    return Verdict(agrees=True, score=city + code)


def _city(want: Wanted, town: Town, place: Place, rows: Rows) -> int | None:
    """How many parts agree; 0: cannot be told; None: contradicted."""
    sure = [part for part in want.parts if part & town.own or (not _known(part, rows) and _begins(part, town.own))]
    near = [part for part in want.parts if part & town.near]
    if want.strict and town.own:
        missing = [part for part in want.parts if part not in sure and part not in near and _known(part, rows)]
        if missing:
            return None
    if sure or near:
        return 2 * len(sure) + len(near)
    if town.own or town.near:
        return None
    if any(_known(part, rows) for part in want.parts):
        return 1 if any(_reaches(part, place, rows) for part in want.parts) else None
    return None if rows.knows_towns else 0


def _begins(part: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a long name begins with a short one of six letters or more (Frankfurt, Frankfurt am Main); only for names that the map
    does not know, so that Triesen is never taken for Triesenberg."""
    return any(len(short) > 5 and long.startswith(short) for key in part for other in own for short, long in (sorted((key, other), key=len),))


def _known(part: frozenset[str], rows: Rows) -> bool:
    return any(rows.settlements(key) for key in part)


def _reaches(part: frozenset[str], place: Place, rows: Rows) -> bool:
    return any(distance_m(each.place, place) <= each.reach * _SPREAD + _MARGIN_M for key in part for each in rows.settlements(key))


def _postcode(code: str, known: frozenset[str], place: Place, rows: Rows) -> int | None:
    """2: the same; 0: cannot be told, the map may lack it; None: contradicted."""
    plain = {plain_postcode(each) for each in known}
    if any(_same_code(code, each) for each in plain):
        return _SAME_CODE
    where = rows.postcode(code)
    if plain:
        return None
    if where is None:
        return 0
    return 1 if distance_m(where.place, place) <= where.reach * _SPREAD + _MARGIN_M else None


def _same_code(a: str, b: str) -> bool:
    """Equal, or one is the three-digit head of the other as in Taiwan."""
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) == 3 and long.startswith(short))
