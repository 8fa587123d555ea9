"""Suggestions while an address is typed."""

from collections.abc import Callable

from app.domain.address import AddressState, Location, LocationSource
from app.domain.geo import Place
from app.domain.house_numbers import house_key
from app.domain.street_words import has_cjk, street_keys, words
from app.domain.taiwan import parse_taiwanese
from app.routing.places_rows import Rows
from app.routing.places_words import house_label, street_label

_MAX_STREETS = 12
_FIND = "SELECT e.kind, e.ref FROM words w JOIN entry e ON e.id=w.rowid WHERE words MATCH ? ORDER BY w.rowid LIMIT ?"
Similar = Callable[[str], tuple[int, ...]]


def suggestions(rows: Rows, similar: Similar, text: str, limit: int) -> tuple[Location, ...]:
    """What a half-typed text may mean, best first: houses of the streets that fit, streets, towns, postcodes, named things."""
    names, house = _typed(text)
    if not names:
        return ()
    found = _matches(rows, names, limit)
    if not found and len(names) > 1:
        found = _matches(rows, ("".join(names),), limit)
    if not found:
        key = next(iter(street_keys(text)), "")
        found = [("street", str(number)) for number in similar(key)]
    result: list[Location] = []
    for kind, ref in found:
        result += _locations(rows, kind, ref, house, limit)
        if len(result) >= limit:
            break
    return tuple({(each.label, each.place): each for each in result}.values())[:limit]


def _typed(text: str) -> tuple[tuple[str, ...], str]:
    """The words of names, and the house number in the text (the last word that begins with a digit and is no postcode)."""
    if has_cjk(text):
        read = parse_taiwanese(text)
        tail = read.street or read.town or read.county
        return words(tail), read.house
    tokens = words(text)
    numbers = [token for token in tokens if token[:1].isdigit() and len(token) < 5]
    house = numbers[-1] if numbers and len(tokens) > 1 else ""
    return tuple(token for token in tokens if token != house), house_key(house)


def _matches(rows: Rows, names: tuple[str, ...], limit: int) -> list[tuple[str, str]]:
    """Entries that have all words, each as a beginning; Chinese characters as a run."""
    runs: list[str] = []
    phrase: list[str] = []
    for name in (*names, ""):
        if name and has_cjk(name):
            phrase.append(name)
            continue
        if phrase:
            runs.append('"' + " ".join(phrase) + '"')
            phrase = []
        if name:
            runs.append(f'"{name}"*')
    return [(kind, ref) for kind, ref in rows.all(_FIND, (" AND ".join(runs), max(limit, _MAX_STREETS)))]


def _locations(rows: Rows, kind: str, ref: str, house: str, limit: int) -> list[Location]:
    if kind == "street":
        return _on_street(rows, int(ref), house, limit)
    if kind == "postcode":
        where = rows.postcode(ref)
        return [_location(AddressState.AREA, where.place, where.name)] if where else []
    if kind == "place":
        found = rows.all("SELECT name, lat, lon FROM place WHERE id=?", (int(ref),))
        return [_location(AddressState.AREA, Place(lat, lon), name) for name, lat, lon in found]
    found = rows.all("SELECT name, lat, lon, label FROM poi WHERE id=?", (int(ref),))
    return [_location(AddressState.EXACT, Place(lat, lon), f"{name}, {label}" if label else name) for name, lat, lon, label in found]


def _on_street(rows: Rows, number: int, house: str, limit: int) -> list[Location]:
    street = rows.street(number)
    if house:
        exact = rows.houses(number, house)
        begun = [each for each in rows.houses_from(number, house, limit) if each.key != house]
        houses = [*(each for each in exact if each.grade < 2), *begun][:limit]
        if houses:
            return [_location(AddressState.EXACT, each.place, house_label(street, each)) for each in houses]
    return [_location(AddressState.STREET, street.place, street_label(street))]


def _location(state: AddressState, place: Place, label: str) -> Location:
    return Location(state=state, place=place, source=LocationSource.AREA, label=label)
