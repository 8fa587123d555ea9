"""Rows of the address index as values, and the few statements that read them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.domain.geo import Place
from app.routing.places_db import parted


@dataclass(frozen=True, slots=True)
class Town:
    """A town row: keys that are sure, keys that count as well, keys of the settlement around; words."""

    label: str
    suburb: str
    own: frozenset[str]
    near: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class StreetRow:
    """A street; `place` is on it, `houses` how many numbers are known, `length` in metres."""

    id: int
    name: str
    place: Place
    postcodes: frozenset[str]
    town: Town
    houses: int
    length: float


@dataclass(frozen=True, slots=True)
class HouseRow:
    """A house number of a street; `grade` as in `places_db.SCHEMA`."""

    street: int
    key: str
    number: int | None
    grade: int
    label: str
    place: Place
    postcodes: frozenset[str]
    town: Town


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town, village or quarter; `reach` in metres from its point."""

    name: str
    kind: str
    place: Place
    reach: float


_STREET = "SELECT s.id, s.name, s.lat, s.lon, s.postcodes, s.town, s.houses, s.length FROM street s"
_HOUSE = "SELECT street, key, number, grade, label, lat, lon, postcodes, town FROM house"


class Rows:
    """Reads the index through one connection; every answer that is asked often is kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.town = lru_cache(20_000)(self._town)
        self.same_town = lru_cache(5_000)(self._same_town)
        self.settlements = lru_cache(5_000)(self._settlements)
        self.postcode = lru_cache(5_000)(self._postcode)
        self.street = lru_cache(50_000)(self._street)
        self.knows_towns = connection.execute("SELECT 1 FROM place LIMIT 1").fetchone() is not None

    def all(self, statement: str, facts: Sequence[Any] = ()) -> list[Any]:
        """All rows of a statement."""
        return self._connection.execute(statement, tuple(facts)).fetchall()

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def streets(self, keys: Sequence[str]) -> tuple[StreetRow, ...]:
        """The streets that may be asked for by any of these keys, the most important first."""
        found = {number for key in keys for (number,) in self.all("SELECT street FROM street_name WHERE key=?", (key,))}
        return tuple(self.street(number) for number in sorted(found))

    def houses(self, street: int, key: str) -> tuple[HouseRow, ...]:
        """The houses of a street with this key."""
        return tuple(self._house(row) for row in self.all(f"{_HOUSE} WHERE street=? AND key=?", (street, key)))

    def houses_from(self, street: int, prefix: str, limit: int) -> tuple[HouseRow, ...]:
        """Houses whose key begins with `prefix`, the shortest first."""
        rows = self.all(
            f"{_HOUSE} WHERE street=? AND key>=? AND key<? AND grade=0 ORDER BY number, key LIMIT ?", (street, prefix, prefix + "\U0010ffff", limit)
        )
        return tuple(self._house(row) for row in rows)

    def neighbor(self, street: int, number: int, *, above: bool, parity: bool) -> HouseRow | None:
        """The next known house above or below a number; `parity`: on its side of the street only."""
        side = "AND number % 2 = ? % 2" if parity else ""
        order = "number > ?", "number ASC"
        if not above:
            order = "number < ?", "number DESC"
        facts = (street, number, number) if parity else (street, number)
        rows = self.all(f"{_HOUSE} WHERE street=? AND {order[0]} {side} AND grade<=1 ORDER BY {order[1]} LIMIT 1", facts)
        return self._house(rows[0]) if rows else None

    def _house(self, row: Any) -> HouseRow:
        return HouseRow(row[0], row[1], row[2], row[3], row[4], Place(row[5], row[6]), parted(row[7]), self.town(row[8]))

    def _street(self, number: int) -> StreetRow:
        row = self.all(f"{_STREET} WHERE s.id=?", (number,))[0]
        return StreetRow(row[0], row[1], Place(row[2], row[3]), parted(row[4]), self.town(row[5]), row[6], row[7])

    def _town(self, number: int) -> Town:
        label, suburb, *keys = self.all("SELECT label, suburb, own, near, around FROM town WHERE id=?", (number,))[0]
        return Town(label, suburb, *map(parted, keys))

    def _same_town(self, key: str) -> frozenset[str]:
        return frozenset({key, *(other for (other,) in self.all("SELECT other FROM same_town WHERE key=?", (key,)))})

    def _settlements(self, key: str) -> tuple[Settlement, ...]:
        rows = self.all(
            "SELECT p.name, p.kind, p.lat, p.lon, p.reach FROM place_name n JOIN place p ON p.id=n.place WHERE n.key=? ORDER BY p.reach DESC, p.id", (key,)
        )
        return tuple(Settlement(name, kind, Place(lat, lon), reach) for name, kind, lat, lon, reach in rows)

    def _postcode(self, code: str) -> Settlement | None:
        rows = self.all(
            "SELECT code, lat, lon, reach FROM postcode WHERE code=? OR (length(?)=3 AND code>? AND code<?) ORDER BY count DESC LIMIT 1",
            (code, code, code, code + "~"),
        )
        return Settlement(rows[0][0], "postcode", Place(rows[0][1], rows[0][2]), rows[0][3]) if rows else None
