"""The address index: one read-only SQLite file per area, with full-text (FTS5) and rectangle (R*Tree) indexes.

The standard library's SQLite is used where it has both, else that of sqlcipher3.
"""

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

from app.domain.errors import SetupMissing

FILE = "places.sqlite"
VERSION = 3
"""Of the tables below; an area built with another version is built anew."""

SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE town(id INTEGER PRIMARY KEY, label TEXT NOT NULL, suburb TEXT NOT NULL, own TEXT NOT NULL, near TEXT NOT NULL,
    around TEXT NOT NULL);
CREATE TABLE street(id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, postcodes TEXT NOT NULL, town INTEGER NOT NULL,
    houses INTEGER NOT NULL, length REAL NOT NULL);
CREATE TABLE street_name(key TEXT NOT NULL, street INTEGER NOT NULL, PRIMARY KEY(key, street)) WITHOUT ROWID;
CREATE TABLE line(id INTEGER PRIMARY KEY, street INTEGER NOT NULL, points BLOB NOT NULL);
CREATE TABLE house(id INTEGER PRIMARY KEY, street INTEGER NOT NULL, key TEXT NOT NULL, number INTEGER, grade INTEGER NOT NULL, label TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, postcodes TEXT NOT NULL, town INTEGER NOT NULL);
CREATE INDEX house_key ON house(street, key);
CREATE INDEX house_number ON house(street, number);
CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, reach REAL NOT NULL);
CREATE TABLE place_name(key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE same_town(key TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY(key, other)) WITHOUT ROWID;
CREATE TABLE postcode(code TEXT PRIMARY KEY, lat REAL NOT NULL, lon REAL NOT NULL, reach REAL NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE poi(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, label TEXT NOT NULL);
CREATE TABLE entry(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE near_house USING rtree(id, south, north, west, east);
CREATE VIRTUAL TABLE near_line USING rtree(id, south, north, west, east);
"""
"""`house.grade`: 0 the number itself, 1 one end of a range or list, 2 inside a range or between the numbers of an interpolation line.
`town.own` are names that are sure, `near` those that count as well, `around` the settlement on whose ground it lies, told by distance alone.
Sets of keys (`own`, `postcodes`) are texts such as `|a|b|`. `line.points` are pairs of 32-bit integers, ten-millionths of a degree."""


@cache
def _driver() -> ModuleType:
    """The module that has both indexes. Raises SetupMissing where none has."""
    candidates: list[Callable[[], ModuleType]] = [lambda: sqlite3, _sqlcipher]
    for find in candidates:
        try:
            module = find()
        except ImportError:
            continue
        connection = module.connect(":memory:")
        try:
            connection.execute("CREATE VIRTUAL TABLE a USING fts5(b)")
            connection.execute("CREATE VIRTUAL TABLE c USING rtree(id, x, y)")
        except module.Error:
            continue
        else:
            return module
        finally:
            connection.close()
    raise SetupMissing("areas.no_full_text")


def _sqlcipher() -> ModuleType:
    from sqlcipher3 import dbapi2

    module: ModuleType = dbapi2
    return module


def create(folder: Path) -> sqlite3.Connection:
    """A new, empty index in a folder; fast because a crash only costs building it again."""
    connection: sqlite3.Connection = _driver().connect(str(folder / FILE), isolation_level=None)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + SCHEMA)
    return connection


def open_read_only(folder: Path) -> sqlite3.Connection:
    """The index of an area; may be used from any thread, one at a time."""
    address = (folder / FILE).resolve().as_uri() + "?mode=ro&immutable=1"
    connection: sqlite3.Connection = _driver().connect(address, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA mmap_size=268435456")
    connection.execute("PRAGMA cache_size=-16000")
    return connection


def joined(keys: frozenset[str] | set[str]) -> str:
    """A set as one text: `|a|b|`; empty for none."""
    return "|" + "|".join(sorted(keys)) + "|" if keys else ""


def parted(text: str) -> frozenset[str]:
    """The set of a text of `joined`."""
    return frozenset(text.strip("|").split("|")) if text else frozenset()
