"""The clock of a solve, and what it saw: when the first complete plan was there, how costs fell, how long the process stood still."""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEAT_S = 0.010
_MIB = 1 << 20
_STATUS = Path("/proc/self/status")
"""Where Linux says what a process takes."""


@dataclass(slots=True)
class Watch:
    """Counts seconds of the wall, or of the processor: of the whole process, shared out to its searching threads."""

    clock: str
    threads: int = 1
    told: Callable[[dict[str, Any]], None] = lambda _: None
    curve: list[tuple[float, float]] = field(default_factory=list)
    """Seconds and cost of each better complete plan."""
    _began: float = 0.0

    def begin(self) -> None:
        """Starts counting."""
        self._began = self._now()

    def _now(self) -> float:
        return time.process_time() / self.threads if self.clock == "cpu" else time.monotonic()

    def seconds(self) -> float:
        """Seconds since it began."""
        return self._now() - self._began

    def found(self, cost: float) -> bool:
        """Notes a complete plan; whether it is better than all before."""
        if self.curve and cost >= self.curve[-1][1]:
            return False
        self.curve.append((round(self.seconds(), 4), cost))
        return True


class Heartbeat:
    """A thread of the engine's own process that wants to run every 10 ms: its worst delay is how long a window would stand still."""

    def __init__(self) -> None:
        self.worst_s = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def _beat(self) -> None:
        last = time.perf_counter()
        while not self._over.wait(BEAT_S):
            now = time.perf_counter()
            self.worst_s = max(self.worst_s, now - last - BEAT_S)
            last = now
        self.worst_s = max(self.worst_s, time.perf_counter() - last - BEAT_S)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(1.0)


def forget_peak() -> float:
    """MiB resident now; Linux counts the peak anew from here."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _status("VmRSS") if _STATUS.is_file() else peak()


def peak() -> float:
    """MiB resident at most, since `forget_peak` on Linux, since the start on other Unix systems; 0 where the system does not say."""
    if _STATUS.is_file():
        return _status("VmHWM")
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB


def _status(name: str) -> float:
    for line in _STATUS.read_text("ascii", "replace").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1_024
    return 0.0
