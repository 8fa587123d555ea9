"""Everything that is SQLite's own: connecting, pragmas, transactions, back-ups, and what its errors mean.

One file in WAL mode with `synchronous=FULL` (NORMAL loses acknowledged work at a power cut). SQLite comes with `sqlcipher3`, used
without a key: 3.51.2 and older can damage a WAL file when one connection checkpoints while another commits. Writers take their lock
with BEGIN IMMEDIATE, readers see one moment of the file through BEGIN; the driver itself stays in autocommit, or it would begin late.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event

from app.domain.errors import Conflict, Denied, Malformed, Outside, Refused, RuleBroken, SetupMissing, Unavailable
from app.store.disks import network_file_system

OLDEST = (3, 51, 3)
"""The first SQLite without the WAL-reset bug (sqlite.org, 2026-03-13)."""
APPLICATION = 0x44535450
"""`application_id` of our files: "DSTP"."""
BUSY_MS = 5_000
"""How long a statement waits for another process's lock."""

DBAPI_ERRORS = (sqlite.Error, UnicodeDecodeError)
"""What the driver raises; the second where text of a damaged file is not UTF-8."""

_log = logging.getLogger("doorstep.store")


def check_library(version: tuple[int, ...] = sqlite.sqlite_version_info) -> None:
    """Raises SetupMissing where the SQLite is one that can damage files."""
    if version < OLDEST:
        raise SetupMissing("store.old_sqlite", found=".".join(map(str, version)), needed=".".join(map(str, OLDEST)))


def check_disk(path: Path) -> None:
    """Raises Denied where the file would lie on a network file system."""
    if kind := network_file_system(path):
        raise Denied("store.network_disk", file=str(path), kind=kind)


def writer_engine(path: Path) -> Engine:
    """Connections that write: each transaction takes the write lock when it begins."""
    return _engine(path, mode="rw", begin="BEGIN IMMEDIATE", pragmas=("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"))


def reader_engine(path: Path) -> Engine:
    """Connections that only read; a transaction sees one moment of the file."""
    return _engine(path, mode="ro", begin="BEGIN", pragmas=("query_only=ON",))


def still_engine(path: Path) -> Engine:
    """Connections that look at a file without leaving a trace beside it; for a file that is in use they are those of a reader."""
    return _engine(path, mode=_still(path), begin="BEGIN", pragmas=("query_only=ON",))


def migration_engine(path: Path) -> Engine:
    """A connection that rebuilds tables: foreign keys off, or dropping the old table would delete what refers to it."""
    return _engine(path, mode="rw", begin="BEGIN IMMEDIATE", pragmas=("synchronous=FULL", "foreign_keys=OFF"))


def _engine(path: Path, *, mode: str, begin: str, pragmas: tuple[str, ...]) -> Engine:
    address = f"sqlite:///{_address(path, mode)}&uri=true"
    engine = create_engine(
        address, module=sqlite, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000, "isolation_level": None, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        with translated(path), closing(connection.cursor()) as cursor:
            for pragma in (f"busy_timeout={BUSY_MS}", "trusted_schema=OFF", *pragmas):
                cursor.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, OverflowError):
            raise RuleBroken("store.too_large") from error
        if isinstance(error, DBAPI_ERRORS) and (said := meaning(error, path)):
            raise said from error

    return engine


def _address(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def _still(path: Path) -> str:
    """How to look at a file: where no log lies beside it nobody has it open, and no lock or shared memory is needed."""
    return "ro" if path.with_name(path.name + "-wal").exists() else "ro&immutable=1"


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of the driver inside become sentences."""
    try:
        yield
    except DBAPI_ERRORS as error:
        said = meaning(error, path)
        if said is None:
            raise
        raise said from error


_MEANINGS: tuple[tuple[str, type[Refused] | type[Outside], str], ...] = (
    ("not a database", Malformed, "store.not_a_database"),
    ("malformed", Malformed, "store.damaged"),
    ("decode", Malformed, "store.damaged"),
    ("no such", Malformed, "store.damaged"),
    ("readonly", Denied, "store.read_only"),
    ("unable to open", Denied, "store.cannot_open"),
    ("disk is full", Unavailable, "store.disk_full"),
    ("locked", Unavailable, "store.locked"),
    ("disk i/o error", Unavailable, "store.disk_error"),
    ("FOREIGN KEY", RuleBroken, "store.still_used"),
    ("UNIQUE", Conflict, "store.exists_already"),
)


def meaning(error: BaseException | None, path: Path) -> Refused | Outside | None:
    """What an error of the driver means to the person, or None where it is our own fault."""
    text = str(error).lower()
    for part, kind, key in _MEANINGS:
        if part.lower() in text:
            _log.info("%s: %s", key, error)
            return kind(key, file=str(path), why=str(error))
    return None


def data_version(connection: Connection) -> int:
    """A number that changes when another connection has committed to the file; costs microseconds."""
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def mark(connection: Connection) -> None:
    """Marks a new file as ours."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")


def inspect(path: Path, *, fully: bool = False) -> None:
    """Reads a file through without writing. Raises Malformed where it is empty, no database, damaged or not ours."""
    if not path.is_file():
        raise Malformed("store.folder", file=str(path))
    if path.stat().st_size == 0:
        raise Malformed("store.empty_file", file=str(path))
    with translated(path), closing(sqlite.connect(_address(path, _still(path)), uri=True, timeout=BUSY_MS / 1000)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            raise Malformed("store.not_ours", file=str(path))
        told = [row[0] for row in connection.execute(f"PRAGMA {'integrity_check' if fully else 'quick_check'}(3)")]
        if told != ["ok"]:
            raise Malformed("store.damaged", file=str(path), why="; ".join(told))


def broken_references(connection: Connection) -> list[str]:
    """Each row that refers to one that is not there, as "table → table"."""
    return [f"{row[0]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


def backup(path: Path, target: Path) -> None:
    """A copy of the file as of now, while it is in use: whole, checked and on disk before it takes its name.

    Raises Malformed where the copy is damaged; Unavailable where the disk is full. Nothing is left of a copy that failed.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with translated(path), closing(sqlite.connect(_address(path, "ro"), uri=True)) as source, closing(sqlite.connect(str(temporary))) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        sync(temporary)
        inspect(temporary, fully=True)
        temporary.replace(target)
        sync(target.parent)
    finally:
        drop(temporary)


def settle(temporary: Path, path: Path) -> None:
    """Gives a finished file its name, unless there is one of that name already. Raises FileExistsError."""
    sync(temporary)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if path.exists():
            raise FileExistsError(path) from None
        temporary.rename(path)
    sync(path.parent)
    drop(temporary)


def sync(path: Path) -> None:
    """Waits until the file or folder is on disk; Windows has no such call for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def touch(temporary: Path, path: Path) -> None:
    """A new, empty file that will become `path`; its folder is made where it is missing. Raises Denied where that may not be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise Denied("store.cannot_open", file=str(path), why=error.strerror or str(error)) from error


def drop(path: Path) -> None:
    """Removes a database file and what belongs to it, if it is there."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError, NotADirectoryError):
            path.with_name(path.name + suffix).unlink()
