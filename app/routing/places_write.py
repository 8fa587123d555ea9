"""Writes the address index from what was read and sorted."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from app.domain.house_numbers import house_keys, letters_of, number_of, range_ends
from app.domain.street_words import words
from app.routing.places_db import VERSION, create, joined
from app.routing.places_read import RawExtract, RawHouse, RawInterpolation, RawPlace
from app.routing.places_streets import Street, line_length_m, merge_same
from app.routing.places_towns import REACH_M, Floats, TownOf, distances_m, keys_of
from app.services.ports.travel import Report

SAME_HOUSE_M = 250.0
"""Things with one street and number within this distance are one house (shops of one block); farther ones are two."""
_REPORT_EVERY = 2_000
HouseRow = tuple[str, int | None, int, str, float, float, str, TownOf]
"""key, number, grade, label, lat, lon, postcodes, town."""


class _TownRows:
    """Each different town is one row."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[TownOf, int] = {}

    def number(self, town: TownOf) -> int:
        """The row of a town, written at first use."""
        plain = replace(town, group=-1)
        if plain not in self._numbers:
            self._numbers[plain] = len(self._numbers) + 1
            near = plain.parts if plain.own else plain.parts | plain.near
            row = (self._numbers[plain], plain.label, plain.suburb, joined(plain.own), joined(near), joined(plain.near))
            self._connection.execute("INSERT INTO town VALUES (?,?,?,?,?,?)", row)
        return self._numbers[plain]


def write_index(
    folder: Path,
    raw: RawExtract,
    streets: Sequence[Street],
    homes: Mapping[tuple[str, int], TownOf],
    box: tuple[float, float, float, float],
    report: Report,
) -> int:
    """Writes the file; the number of house addresses."""
    connection = create(folder)
    try:
        connection.execute("BEGIN")
        count = _write_all(connection, raw, streets, homes, report)
        facts = {"version": str(VERSION), "box": " ".join(str(edge) for edge in box), "addresses": str(count), "countries": joined(raw.countries)}
        connection.executemany("INSERT INTO meta VALUES (?,?)", facts.items())
        connection.execute("COMMIT")
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        connection.execute("ANALYZE")
        return count
    finally:
        connection.close()


def _write_all(connection: sqlite3.Connection, raw: RawExtract, streets: Sequence[Street], homes: Mapping[tuple[str, int], TownOf], report: Report) -> int:
    towns = _TownRows(connection)
    lines = _lines_by_street(raw.interpolations)
    count = 0
    # The most important first: a search lists in this order without having to sort.
    ordered = sorted(streets, key=lambda street: (-len(street.houses), -sum(map(line_length_m, street.lines)), street.names[0], street.middle()))
    for number, street in enumerate(ordered, 1):
        if number % _REPORT_EVERY == 1:
            report(number / (len(ordered) + 1), "areas.writing_addresses")
        count += _write_street(connection, number, street, homes, lines, towns)
    _write_places(connection, raw)
    _write_postcodes(connection, raw)
    _write_pois(connection, raw)
    _write_same_towns(connection, raw)
    return count


def _write_street(
    connection: sqlite3.Connection,
    number: int,
    street: Street,
    homes: Mapping[tuple[str, int], TownOf],
    interpolations: Mapping[str, list[RawInterpolation]],
    towns: _TownRows,
) -> int:
    rows = list(_house_rows(street, homes))
    own = sum(1 for row in rows if row[2] == 0)
    known = {row[0] for row in rows}
    for line in {id(line): line for name in street.names for line in interpolations.get(name, ())}.values():
        rows += [row for row in _between(line, street) if row[0] not in known]
    lat, lon = street.middle()
    length = sum(map(line_length_m, street.lines))
    connection.execute(
        "INSERT INTO street VALUES (?,?,?,?,?,?,?,?)", (number, street.names[0], lat, lon, joined(street.postcodes), towns.number(street.town), own, length)
    )
    connection.executemany("INSERT INTO street_name VALUES (?,?)", [(key, number) for key in sorted(street.keys)])
    _write_lines(connection, number, street.lines)
    _write_houses(connection, number, rows, towns)
    labels = {street.town.label, *street.cities}
    text = " ".join((*street.names, *sorted(label for label in labels if label), street.town.suburb, *sorted(street.town.own), *sorted(street.postcodes)))
    _write_entry(connection, "street", str(number), text)
    return own


def _write_lines(connection: sqlite3.Connection, street: int, lines: Sequence[Floats]) -> None:
    for line in lines:
        blob = np.round(line * 1e7).astype("<i4").tobytes()
        row = connection.execute("INSERT INTO line(street, points) VALUES (?,?)", (street, blob)).lastrowid
        (south, west), (north, east) = line.min(axis=0), line.max(axis=0)
        connection.execute("INSERT INTO near_line VALUES (?,?,?,?,?)", (row, float(south), float(north), float(west), float(east)))


def _write_houses(connection: sqlite3.Connection, street: int, rows: Sequence[HouseRow], towns: _TownRows) -> None:
    for key, number, grade, label, lat, lon, postcodes, town in rows:
        cursor = connection.execute(
            "INSERT INTO house(street, key, number, grade, label, lat, lon, postcodes, town) VALUES (?,?,?,?,?,?,?,?,?)",
            (street, key, number, grade, label, lat, lon, postcodes, towns.number(town)),
        )
        if grade == 0:
            connection.execute("INSERT INTO near_house VALUES (?,?,?,?,?)", (cursor.lastrowid, lat, lat, lon, lon))


def _house_rows(street: Street, homes: Mapping[tuple[str, int], TownOf]) -> Iterator[HouseRow]:
    """The street's houses: same ones merged, lists and ranges taken apart."""
    by_key: dict[tuple[str, ...], list[RawHouse]] = defaultdict(list)
    for house in street.houses:
        by_key[house_keys(house.house)].append(house)
    for keys, houses in sorted(by_key.items()):
        for group in merge_same(houses, SAME_HOUSE_M):
            yield from _rows_of_group(keys, group, homes)


def _rows_of_group(keys: tuple[str, ...], group: Sequence[RawHouse], homes: Mapping[tuple[str, int], TownOf]) -> Iterator[HouseRow]:
    best = group[0]
    found = [homes[house.ref] for house in group]
    first = found[0]
    label = next((house.city for house in group if house.city), first.label)
    town = replace(first, own=frozenset[str]().union(*(each.own for each in found)), label=label)
    postcodes = joined({house.postcode for house in group if house.postcode})
    for at, key in enumerate(keys):
        # The parts of a list (9, 9a) are houses of their own standing at one place.
        yield key, number_of(key), 0 if at == 0 or len(keys) > 1 else 1, best.house if len(keys) == 1 else key, best.lat, best.lon, postcodes, town
        for part, grade in _parts(key):
            yield part, number_of(part), grade, best.house, best.lat, best.lon, postcodes, town


def _parts(key: str) -> list[tuple[str, int]]:
    """The houses that a range holds besides itself, with their grade: ends 1, inner ones of the same side of the street 2."""
    letters = letters_of(key)
    if letters:
        return [(each, 1) for each in letters]
    ends = range_ends(key)
    if ends is None:
        return []
    low, high = ends
    step = 2 if (high - low) % 2 == 0 else 1
    return [(str(number), 1 if number in ends else 2) for number in range(low, high + 1, step)]


def _lines_by_street(lines: Sequence[RawInterpolation]) -> Mapping[str, list[RawInterpolation]]:
    result: dict[str, list[RawInterpolation]] = defaultdict(list)
    for line in lines:
        result[line.street].append(line)
    return result


def _between(line: RawInterpolation, street: Street) -> Iterator[HouseRow]:
    """Houses of an interpolation line that belongs to this street: evenly between each two known ones, along the line."""
    points = np.asarray(line.points)
    if not street.lines or street.distance_m(*line.points[0]) > SAME_HOUSE_M:
        return
    steps = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]) * np.cos(np.radians(points[0, 0])))
    along = np.concatenate(([0.0], np.cumsum(steps)))
    known = [(float(along[at]), number) for at, text in enumerate(line.numbers) if text and (number := number_of(text)) is not None]
    postcodes = joined({line.postcode} if line.postcode else set())
    for (here, low), (there, high) in pairwise(known):
        step = line.step if high > low else -line.step
        for number in range(low + step, high, step):
            at = here + (there - here) * (number - low) / (high - low)
            lat, lon = float(np.interp(at, along, points[:, 0])), float(np.interp(at, along, points[:, 1]))
            yield str(number), number, 2, str(number), lat, lon, postcodes, street.town


def _write_places(connection: sqlite3.Connection, raw: RawExtract) -> None:
    for number, place in enumerate([*raw.settlements, *(each for each in raw.boundaries if each.level >= 4)], 1):
        keys = keys_of(place.names)
        row = (number, place.names[0], place.kind, place.lat, place.lon, _reach(place))
        connection.execute("INSERT INTO place VALUES (?,?,?,?,?,?)", row)
        connection.executemany("INSERT INTO place_name VALUES (?,?)", [(key, number) for key in sorted(keys)])
        _write_entry(connection, "place", str(number), " ".join(place.names))
    _write_tagged_towns(connection, raw, len(raw.settlements) + len(raw.boundaries) + 1)


def _write_tagged_towns(connection: sqlite3.Connection, raw: RawExtract, first: int) -> None:
    """Towns that only addresses name: in the middle of their houses."""
    by_city: dict[str, list[RawHouse]] = defaultdict(list)
    for house in raw.houses:
        if house.city:
            by_city[house.city].append(house)
    for number, (city, houses) in enumerate(sorted(by_city.items()), first):
        keys = keys_of([city])
        marks = ",".join("?" * len(keys))
        if connection.execute(f"SELECT 1 FROM place_name WHERE key IN ({marks})", sorted(keys)).fetchone():  # noqa: S608
            continue
        lat, lon, reach = _spread([(house.lat, house.lon) for house in houses])
        connection.execute("INSERT INTO place VALUES (?,?,?,?,?,?)", (number, city, "city", lat, lon, reach))
        connection.executemany("INSERT INTO place_name VALUES (?,?)", [(key, number) for key in sorted(keys)])
        _write_entry(connection, "place", str(number), city)


def _reach(place: RawPlace) -> float:
    """How far a place goes from its point, in metres."""
    if not place.rings:
        return float(REACH_M.get(place.kind, 1_000))
    points = np.asarray(max(place.rings, key=len))
    return float(distances_m(place.lat, place.lon, points[:, 0], points[:, 1]).max())


def _spread(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """The median of points and the distance that holds 95 % of them."""
    array = np.asarray(points)
    lat, lon = float(np.median(array[:, 0])), float(np.median(array[:, 1]))
    return lat, lon, float(np.quantile(distances_m(lat, lon, array[:, 0], array[:, 1]), 0.95))


def _write_postcodes(connection: sqlite3.Connection, raw: RawExtract) -> None:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for house in raw.houses:
        if house.postcode:
            points[house.postcode].append((house.lat, house.lon))
    for piece in raw.pieces:
        if piece.postcode:
            points[piece.postcode].append(piece.points[len(piece.points) // 2])
    for area in raw.postcodes:
        points[area.names[0]] += [point for ring in area.rings for point in ring]
    for code, where in sorted(points.items()):
        lat, lon, reach = _spread(where)
        connection.execute("INSERT OR IGNORE INTO postcode VALUES (?,?,?,?,?)", (code, lat, lon, reach, len(where)))
        _write_entry(connection, "postcode", code, code)


def _write_pois(connection: sqlite3.Connection, raw: RawExtract) -> None:
    seen = set()
    for poi in raw.pois:
        sign = (poi.names[0], round(poi.lat, 4), round(poi.lon, 4))
        if sign in seen:
            continue
        seen.add(sign)
        label = " ".join(part for part in (poi.street, poi.house) if part)
        row = connection.execute("INSERT INTO poi(name, kind, lat, lon, label) VALUES (?,?,?,?,?)", (poi.names[0], poi.kind, poi.lat, poi.lon, label)).lastrowid
        _write_entry(connection, "poi", str(row), " ".join(poi.names))


def _write_same_towns(connection: sqlite3.Connection, raw: RawExtract) -> None:
    """Which names mean one town: of settlements, boundaries, and boundaries that the extract cuts."""
    for names in [*(place.names for place in (*raw.settlements, *raw.boundaries)), *raw.aliases]:
        keys = sorted(keys_of(names))
        connection.executemany("INSERT OR IGNORE INTO same_town VALUES (?,?)", [(a, b) for a in keys for b in keys if a != b])


def _write_entry(connection: sqlite3.Connection, kind: str, ref: str, text: str) -> None:
    row = connection.execute("INSERT INTO entry(kind, ref) VALUES (?,?)", (kind, ref)).lastrowid
    connection.execute("INSERT INTO words(rowid, text) VALUES (?,?)", (row, " ".join(words(text))))
