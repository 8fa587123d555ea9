"""Watches the program while the monkey plays: faults, messages of Qt, grave log records, and the memory that the process holds."""

import ctypes
import gc
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

_QUIET = ("This plugin does not support", "QFontDatabase", "propagateSizeHints")
"""What Qt says of a screen that draws into memory."""
_GRAVE = frozenset({QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})
_MB = 1_048_576


class Watch(logging.Handler):
    """Keeps everything that should not have happened, in words, with the act that went before it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self.doing = ""
        """What the monkey does now."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a grave record."""
        trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info and record.exc_info[0] is not None else ""
        self._keep(f"log: {record.name}: {record.getMessage()}\n{trace}")

    def fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception that nobody caught."""
        self._keep("fault: " + "".join(traceback.format_exception(kind, error, trace)))

    def thread_fault(self, args: Any) -> None:
        """The same in another thread."""
        self.fault(args.exc_type, args.exc_value, args.exc_traceback)

    def qt_said(self, kind: QtMsgType, _context: object, message: str) -> None:
        """A message of Qt."""
        if kind in _GRAVE and not any(quiet in message for quiet in _QUIET):
            self._keep(f"Qt: {message}")

    def _keep(self, what: str) -> None:
        self.found.append(f"while {self.doing or 'starting'}: {what.rstrip()}")


@contextmanager
def watched() -> Iterator[Watch]:
    """A watch over everything; what listened before listens again afterwards."""
    watch = Watch()
    before, threads_before = sys.excepthook, threading.excepthook
    qt_before = qInstallMessageHandler(watch.qt_said)
    sys.excepthook, threading.excepthook = watch.fault, watch.thread_fault
    logger = logging.getLogger("doorstep")
    logger.addHandler(watch)
    try:
        yield watch
    finally:
        logger.removeHandler(watch)
        sys.excepthook, threading.excepthook = before, threads_before
        qInstallMessageHandler(qt_before)


def _give_back() -> None:
    """Lets the C library give freed pages back to the system, where it can: what it keeps for later is no leak."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def memory_mb() -> float:
    """Megabytes that this process holds in memory after a sweep; not those of the page's own processes."""
    for _ in range(3):  # what hangs on a widget goes a round after it
        gc.collect()
    _give_back()
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text(encoding="ascii", errors="replace").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource  # no such module on Windows; there the monkey is told of the faults alone

    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MB
