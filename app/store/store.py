"""The database of a depot as one object: opened with care, closed in order."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Engine

from app.services.ports.system import Clock
from app.store import engine, migrate
from app.store.contents import fingerprint
from app.store.feed import Feed
from app.store.reader import SqliteReader
from app.store.unit_of_work import Source, SqliteUnitOfWork


class SqliteStore:
    """One writer at a time, any number of readers, which the writer does not disturb."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.origin = f"{os.getpid()}-{secrets.token_hex(4)}"
        """Names this process in the journal."""
        self._clock = clock
        self._turn = Lock()
        self.writers = engine.writer_engine(path)
        self.readers = engine.reader_engine(path)

    def unit_of_work(self, who: str = "", *, corrects: bool = False) -> SqliteUnitOfWork:
        """A transaction that writes; begins with the block, and waits until the one before has ended."""
        return SqliteUnitOfWork(self.writers, self._turn, self._clock, Source(who=who, origin=self.origin, corrects=corrects))

    def reader(self) -> SqliteReader:
        """A reader; any thread may use it."""
        return SqliteReader(self.readers)

    def feed(self) -> Feed:
        """What other processes change from now on."""
        return Feed(self.readers, self.origin)

    def backup(self, target: Path) -> None:
        """A checked copy of the file as of now."""
        engine.backup(self.path, target)

    def fingerprint(self) -> Mapping[str, str]:
        """A mark for each table: equal contents, equal marks. The journal, the history and versions do not count."""
        return fingerprint(self.readers)

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log into the file."""
        self.readers.dispose()
        self.writers.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path, clock: Clock) -> SqliteStore:
    """The database of a file: created where there is none, checked, and upgraded after a back-up where it is older.

    Raises SetupMissing for an SQLite that can damage files, Denied for a network folder or where the file may not be written,
    Malformed for a file that is empty, damaged, not ours, or from a newer Doorstep, Unavailable where the disk is full or another
    program holds the file.
    """
    engine.check_library()
    engine.check_disk(path)
    if path.exists():
        migrate.upgrade(path)
    else:
        migrate.create(path)
    return _writable(SqliteStore(path, clock))


def _writable(store: SqliteStore) -> SqliteStore:
    """The store, once it is sure that it can be written."""
    try:
        _touch(store.writers)
    except BaseException:
        store.close()
        raise
    return store


def _touch(writers: Engine) -> None:
    with writers.begin():
        pass
