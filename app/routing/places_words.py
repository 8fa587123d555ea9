"""How the map's addresses are written for people."""

import re
from collections import Counter
from collections.abc import Sequence

from app.domain.address import Candidate
from app.domain.geo import Place
from app.domain.street_words import has_cjk
from app.routing.places_rows import HouseRow, StreetRow, Town

_NUMBER_IN_FRONT = re.compile(
    r"\b(?:street|avenue|road|drive|lane|court|boulevard|way|highway|parkway|terrace|circle|alley|rue|chemin|impasse|square)\b", re.IGNORECASE
)


def street_label(street: StreetRow) -> str:
    """A street with its town."""
    return _with_town(street.name, _one_of(street.postcodes), street.town)


def house_label(street: StreetRow, house: HouseRow | str) -> str:
    """A house with its street and town; the number stands where the street's language puts it."""
    number = house if isinstance(house, str) else house.label
    postcodes = street.postcodes if isinstance(house, str) else house.postcodes
    town = street.town if isinstance(house, str) else house.town
    return _with_town(_line(street.name, number), _one_of(postcodes), town)


def _line(street: str, number: str) -> str:
    if has_cjk(street):
        return f"{street}{number}{'' if number.endswith('號') else '號'}"
    if _NUMBER_IN_FRONT.search(street):
        return f"{number} {street}"
    return f"{street} {number}"


def _with_town(line: str, postcode: str, town: Town) -> str:
    if has_cjk(line) and (not town.label or has_cjk(town.label)):
        suburb = town.suburb if has_cjk(town.suburb) and town.suburb != town.label else ""
        return f"{postcode}{town.label}{suburb}{line}"
    behind = " ".join(part for part in (postcode, town.label) if part)
    return f"{line}, {behind}" if behind else line


def _one_of(codes: frozenset[str]) -> str:
    return next(iter(codes)) if len(codes) == 1 else ""


def told_apart(found: Sequence[tuple[Place, str, Town]]) -> tuple[Candidate, ...]:
    """Candidates whose words differ: equal ones get their quarter, and where that is equal too their position."""
    labels = [label for _, label, _ in found]
    counts = Counter(labels)
    labels = [f"{label} ({town.suburb})" if counts[label] > 1 and town.suburb else label for label, (_, _, town) in zip(labels, found, strict=True)]
    counts = Counter(labels)
    return tuple(
        Candidate(place=place, label=f"{label} ({place.lat:.4f}, {place.lon:.4f})" if counts[label] > 1 else label)
        for label, (place, _, _) in zip(labels, found, strict=True)
    )
