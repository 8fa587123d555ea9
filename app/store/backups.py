"""Copies of the database that are kept beside it: made once in a while, the newest offered where the file itself cannot be read.

A copy is made by SQLite's own back-up, checked, and only then given its name. Putting one back never deletes anything: the file that cannot be
read is moved aside with its log files.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.services.ports.backups import Backup
from app.store import engine

FOLDER = "backups"
KEPT = 7
"""So many of the regular copies are kept."""
EVERY = timedelta(hours=12)
"""A new one is made where the newest is older than this."""
_NAME = re.compile(r"doorstep-(\d{8})-(\d{6})\.db")


def backups(database: Path) -> tuple[Backup, ...]:
    """The copies of a database, the newest first: the regular ones, and those made before an upgrade."""
    regular = [(file, _made_at(file)) for file in (database.parent / FOLDER).glob("doorstep-*.db")]
    upgrades = [(file, datetime.fromtimestamp(file.stat().st_mtime, UTC)) for file in database.parent.glob(f"{database.stem}-before-*{database.suffix}")]
    found = [Backup(file=file, made=made) for file, made in (*regular, *upgrades) if made is not None]
    return tuple(sorted(found, key=lambda each: each.made, reverse=True))


def keep(database: Path, now: datetime) -> Path | None:
    """Makes a copy where the newest is older than `EVERY`, and lets the oldest go; None: there is a fresh one.

    Raises Malformed where the copy is damaged; Unavailable where the disk is full.
    """
    folder = database.parent / FOLDER
    regular = [each for each in backups(database) if each.file.parent == folder]
    if regular and now - regular[0].made < EVERY:
        return None
    folder.mkdir(exist_ok=True)
    target = folder / f"doorstep-{now.astimezone(UTC):%Y%m%d-%H%M%S}.db"
    engine.backup(database, target)
    for old in regular[KEPT - 1 :]:
        old.file.unlink(missing_ok=True)
    return target


def restore(database: Path, backup: Path, now: datetime) -> Path | None:
    """Puts a copy in the place of a database; where the old file went, None where there was none.

    Raises Malformed where the copy is damaged; the old file is then where it was.
    """
    engine.inspect(backup, fully=True)
    aside = database.with_name(f"{database.stem}-set-aside-{now.astimezone(UTC):%Y%m%d-%H%M%S}{database.suffix}")
    there = database.exists()
    for tail in ("", "-wal", "-shm"):
        part = database.with_name(database.name + tail)
        if part.exists():
            part.rename(aside.with_name(aside.name + tail))
    engine.backup(backup, database)
    return aside if there else None


def _made_at(file: Path) -> datetime | None:
    found = _NAME.fullmatch(file.name)
    return datetime.strptime("".join(found.groups()), "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
