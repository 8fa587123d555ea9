"""Opening a file: whatever lies there, a sentence says what it is, and nothing is written to what is not ours."""

import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite3

from app.domain.errors import Denied, Outside, Refused, SetupMissing, Unavailable
from app.store import engine, open_store, verify
from app.store.disks import network_file_system, network_mount
from app.wording import sentence
from tests.builders import TurnedClock, orders
from tests.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


def refusal(path: Path) -> str:
    """The key of the sentence with which opening is refused; the sentence can be said in both languages."""
    with pytest.raises(Refused) as refused:
        open_store(path, TurnedClock()).close()
    assert str(path) in sentence(refused.value.sentence)
    assert str(path) in sentence(refused.value.sentence, "zh_TW")
    return refused.value.sentence.key


def closed_file(path: Path) -> Path:
    """A sound database with some orders, closed."""
    desk = Desk(path)
    desk.bring(*orders(50))
    desk.store.close()
    return path


def test_a_new_file_appears_whole_and_its_folder_with_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "doorstep.db"
    open_store(path, TurnedClock()).close()
    assert verify(path) == ()
    assert [each.name for each in path.parent.iterdir()] == ["doorstep.db"]


def test_what_sqlite_was_told(desk: Desk) -> None:
    with desk.store.writers.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0}


def test_readers_cannot_write(desk: Desk) -> None:
    with pytest.raises(Denied), desk.store.readers.connect() as connection:
        connection.exec_driver_sql("DELETE FROM orders")


@pytest.mark.parametrize(
    ("name", "bytes_", "key"),
    [
        ("zero", b"", "store.empty_file"),
        ("short", b"SQLite", "store.not_a_database"),
        ("text", b"id;name\n1;x\n" * 500, "store.not_a_database"),
        ("noise", random.Random(5).randbytes(9_000), "store.not_a_database"),
    ],
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, name: str, bytes_: bytes, key: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes_)
    assert refusal(path) == key
    assert path.read_bytes() == bytes_


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE song (name TEXT)")
    connection.close()
    before = path.read_bytes()
    assert refusal(path) == "store.not_ours"
    assert path.read_bytes() == before


def test_truncated_files_are_refused(tmp_path: Path) -> None:
    whole = closed_file(tmp_path / "whole.db").read_bytes()
    for keep in (50, 100, 4_096, 5_000, len(whole) // 2, len(whole) - 4_096):
        path = tmp_path / f"cut-{keep}.db"
        path.write_bytes(whole[:keep])
        assert refusal(path) in {"store.not_a_database", "store.damaged", "store.not_ours"}


def test_random_damage_never_crashes(tmp_path: Path) -> None:
    """Each opens, is refused with a sentence, or opens and is found wanting by verify; nothing else comes out."""
    whole = closed_file(tmp_path / "whole.db").read_bytes()
    dice = random.Random(7)
    for turn in range(25):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 20, 400))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        path = tmp_path / f"damaged-{turn}.db"
        path.write_bytes(bytes(damaged))
        with suppress(Refused, Outside):
            open_store(path, TurnedClock()).close()
            verify(path)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "store.folder"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file" / "doorstep.db") == "store.cannot_open"


def test_a_file_from_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = closed_file(tmp_path / "doorstep.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert refusal(path) == "store.newer"
    assert [each.name for each in tmp_path.iterdir()] == ["doorstep.db"]


def test_a_file_that_another_program_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    path = closed_file(tmp_path / "doorstep.db")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as refused:
        open_store(path, TurnedClock())
    holder.close()
    assert refused.value.sentence.key == "store.locked"


def test_an_sqlite_that_can_damage_files_is_refused() -> None:
    with pytest.raises(SetupMissing):
        engine.check_library((3, 51, 2))
    engine.check_library((3, 51, 3))
    engine.check_library()


def test_network_folders_are_known_by_the_innermost_mount() -> None:
    mounts = [("/", "ext4"), ("/home", "nfs4"), ("/home/mei/disk", "ext4"), ("/share", "cifs"), ("/mnt/c", "9p")]
    assert network_mount(Path("/home/mei/orders"), mounts) == "nfs4"
    assert network_mount(Path("/home/mei/disk/orders"), mounts) is None
    assert network_mount(Path("/share"), mounts) == "cifs"
    assert network_mount(Path("/homes"), mounts) is None
    assert network_mount(Path("/mnt/c/orders"), mounts) is None


def test_a_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "network_file_system", lambda _: "nfs4")
    assert refusal(tmp_path / "doorstep.db") == "store.network_disk"
    assert not list(tmp_path.iterdir())


def test_this_machine_s_temporary_folder_is_a_disk_of_its_own(tmp_path: Path) -> None:
    assert network_file_system(tmp_path / "not" / "there" / "yet") is None


def test_a_back_up_is_whole_while_the_file_is_in_use(desk: Desk, tmp_path: Path) -> None:
    desk.bring(*orders(20))
    target = tmp_path / "copy.db"
    with desk.store.unit_of_work() as work:
        work.orders.put_many(orders(30)[20:])
        desk.store.backup(target)
    assert verify(target) == ()
    with open_store(target, desk.clock) as copy:
        assert len(copy.reader().orders_by_number("shop", [f"A-{number}" for number in range(40)])) == 20
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from app.domain.errors import Unavailable
from app.store import open_store
from app.wording import sentence
from tests.builders import TurnedClock, an_order, orders
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(Path(sys.argv[1]), TurnedClock())
with store.unit_of_work() as work:
    work.orders.put(an_order(1))
    work.commit()
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with store.unit_of_work() as work:
        work.orders.put_many(orders(5_000)[1:])
        work.commit()
except Unavailable as refused:
    print(sentence(refused.sentence))
print(len(store.reader().orders_by_number("shop", [f"A-{n}" for n in range(6_000)])))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of file size")
def test_a_full_disk_keeps_what_was_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "doorstep.db"
    told = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    said, left = told.stdout.splitlines()
    assert said.startswith(("The disk is full", "The disk reports an error"))
    assert left == "1"
    assert verify(path) == ()
