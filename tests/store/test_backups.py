"""Copies of the database: made when the newest is old, put back without losing what was there."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.errors import Malformed
from app.store import open_store
from app.store.backups import EVERY, KEPT, backups, keep, restore
from tests.builders import TurnedClock


def test_a_copy_is_made_when_the_newest_is_old_and_the_oldest_go(tmp_path: Path) -> None:
    clock = TurnedClock()
    database = tmp_path / "doorstep.db"
    open_store(database, clock).close()
    now = clock.now()
    assert keep(database, now) is not None
    assert keep(database, now + timedelta(hours=1)) is None
    for turn in range(1, KEPT + 4):
        assert keep(database, now + turn * EVERY) is not None
    held = backups(database)
    assert len(held) == KEPT
    assert [each.made for each in held] == sorted((each.made for each in held), reverse=True)


def test_a_damaged_file_is_set_aside_and_the_copy_opens(tmp_path: Path) -> None:
    clock = TurnedClock()
    database = tmp_path / "doorstep.db"
    open_store(database, clock).close()
    keep(database, clock.now())
    database.write_bytes(b"not a database" * 500)
    with pytest.raises(Malformed):
        open_store(database, clock)
    aside = restore(database, backups(database)[0].file, clock.now())
    assert aside is not None
    assert aside.read_bytes().startswith(b"not a database")
    open_store(database, clock).close()


def test_a_damaged_copy_changes_nothing(tmp_path: Path) -> None:
    clock = TurnedClock()
    database = tmp_path / "doorstep.db"
    open_store(database, clock).close()
    before = database.read_bytes()
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"x" * 9_000)
    with pytest.raises(Malformed):
        restore(database, bad, clock.now())
    assert database.read_bytes() == before
