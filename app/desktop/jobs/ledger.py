"""What jobs of the background there are and were: the bridge's news kept in order, with when each began and ended."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from app.desktop.bridge import Bridge, Busy

KEPT = 30
"""Ended jobs that are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One job; seconds of a clock that never goes back."""

    job: Busy
    number: int
    """Counts the jobs of this run of the window: a key may come again."""
    began: float
    ended: float | None = None

    def elapsed(self, now: float) -> float:
        """Seconds that it has taken so far, or took."""
        return (self.ended if self.ended is not None else now) - self.began


class Ledger(QObject):
    """Keeps the jobs of a bridge. `changed` is emitted after each piece of news."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.clock = clock
        self._running: dict[str, Entry] = {}
        self._over: list[Entry] = []
        self._count = 0
        bridge.busy.connect(self._heard)

    @property
    def running(self) -> tuple[Entry, ...]:
        """What is under way, the newest first."""
        return tuple(reversed(self._running.values()))

    @property
    def over(self) -> tuple[Entry, ...]:
        """What has ended, the newest first."""
        return tuple(reversed(self._over))

    def forget(self) -> None:
        """Clears what has ended."""
        self._over.clear()
        self.changed.emit()

    @Slot(object)
    def _heard(self, job: Busy) -> None:
        entry = self._running.get(job.key)
        if entry is None and job.ended:
            return
        if entry is None:
            self._count += 1
            entry = Entry(job=job, number=self._count, began=self.clock())
        if job.ended:
            del self._running[job.key]
            self._over = [*self._over, replace(entry, job=job, ended=self.clock())][-KEPT:]
        else:
            self._running[job.key] = replace(entry, job=job)
        self.changed.emit()
