"""What holds for every test: nothing may warn, log gravely, leak a thread, a timer or a window, or speak to the network.

Set before Qt is imported: no display, no sandbox of the web page (containers have none), a private run-time folder.
"""

import gc
import logging
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from hypothesis import HealthCheck, settings

from tests.builders import TurnedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu")
if "XDG_RUNTIME_DIR" not in os.environ:
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="doorstep-run-")  # mkdtemp makes it 0700

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)  # a busy machine fails no test
settings.load_profile("house")

LOOPBACK = ("127.", "::1", "localhost")
QT_FIXTURES = frozenset({"qtbot", "qapp", "window"})
GRACE_S = 2.0
"""How long a thread that was told to end may take."""


class NetworkUsed(AssertionError):
    """A test spoke to something other than this machine."""


class LogWatch(logging.Handler):
    """Keeps the grave records of a test; those that the test announced are let go."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.announced: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record not in self.records:
            self.records.append(record)

    def expect(self, words: str) -> None:
        """Announces that a record with these words in its message will come; it is an error if none does."""
        self.announced.append(words)

    def stray(self) -> list[str]:
        """The records that nobody announced."""
        said = [(f"{record.name} {record.levelname}: {record.getMessage()}", record.getMessage()) for record in self.records]
        return [line for line, message in said if not any(words in message for words in self.announced)]

    def missing(self) -> list[str]:
        """The announcements that nothing followed."""
        return [words for words in self.announced if not any(words in record.getMessage() for record in self.records)]


@pytest.fixture
def clock() -> TurnedClock:
    """A Monday morning, 2026-11-23 06:00 UTC, that the test turns on."""
    return TurnedClock()


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def area_extracts() -> Path:
    """The folder of real extracts that DOORSTEP_AREAS names; the test is skipped, with the reason, where there is none."""
    named = os.environ.get("DOORSTEP_AREAS", "")
    if not named or not Path(named).is_dir():
        pytest.skip("DOORSTEP_AREAS names no folder of .osm.pbf extracts: tests over real cities are left out")
    return Path(named)


@pytest.fixture(scope="session")
def vrp_instances() -> Path:
    """The folder of the literature's instances that DOORSTEP_VRP names; the test is skipped, with the reason, where there is none."""
    named = os.environ.get("DOORSTEP_VRP", "")
    if not named or not Path(named).is_dir():
        pytest.skip("DOORSTEP_VRP names no folder of instances: tests over the literature's instances are left out")
    return Path(named)


@pytest.fixture(autouse=True)
def logged() -> Iterator[LogWatch]:
    """Fails the test that logs a warning or worse, unless it announced it: `logged.expect("words of the message")`."""
    watch = LogWatch()
    loggers = [logging.getLogger(), logging.getLogger("doorstep")]  # the second for when it does not propagate
    for logger in loggers:
        logger.addHandler(watch)
    yield watch
    for logger in loggers:
        logger.removeHandler(watch)
    assert not watch.stray(), "logged and not announced"
    assert not watch.missing(), "announced and not logged"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets sockets reach this machine only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        _check_address(self, address)
        return connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _check_address(self, address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


def _check_address(sock: socket.socket, address: Any) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
        raise NetworkUsed(f"the test speaks to {address[0]}:{address[1]}")


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fails the test that leaves a thread of Python's running; daemons and threads of wider fixtures are let be."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(GRACE_S)
    names = [thread.name for thread in left if thread.is_alive()]
    assert not names, "threads outlive the test"


@pytest.fixture(autouse=True)
def _no_qt_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test that leaves a QThread running, a QTimer ticking or a window behind."""
    if not QT_FIXTURES & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QApplication

    request.getfixturevalue("qapp")
    threads, timers = _watched(QThread, monkeypatch), _watched(QTimer, monkeypatch)
    windows = {_identity(widget) for widget in QApplication.topLevelWidgets()}
    yield
    _settle()
    assert not [thread for thread in _alive(threads) if thread.isRunning()], "QThreads outlive the test"
    assert not [timer.objectName() or timer for timer in _alive(timers) if timer.isActive()], "QTimers outlive the test"
    left = [widget for widget in QApplication.topLevelWidgets() if _identity(widget) not in windows]
    assert not left, "windows outlive the test"


def _watched(kind: Any, monkeypatch: pytest.MonkeyPatch) -> "WeakSet[Any]":
    """The objects of a Qt class that are started from now on."""
    started: WeakSet[Any] = WeakSet()
    start = kind.start

    def noted(self: Any, *words: Any) -> Any:
        started.add(self)
        return start(self, *words)

    monkeypatch.setattr(kind, "start", noted)
    return started


def _alive(objects: "WeakSet[Any]") -> list[Any]:
    import shiboken6

    return [each for each in objects if shiboken6.isValid(each)]


def _identity(widget: Any) -> int:
    import shiboken6

    return int(shiboken6.getCppPointer(widget)[0])


def _settle() -> None:
    """Lets Qt delete what was told to go."""
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def pytest_sessionfinish() -> None:
    """Closes what a failed test may have left of the program's log."""
    if "app.log" in sys.modules:
        sys.modules["app.log"].close()
