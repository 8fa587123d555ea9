"""The Planner port: each solve a child process of this program (`main.py solve`) that speaks JSON lines, advice another. Knows nothing of Qt.

The child runs at a lower priority, within a limit of memory. It is asked to stop and killed two seconds later; what it has shown by then is kept. One that
was started ahead (`prepare`) has loaded its packages when it is wanted, and its first plan comes some tenths of a second sooner.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from app.domain.errors import Malformed, Refused, Unavailable
from app.optimiser.advisor import ChildAdvice, advice_of
from app.services.plain import from_plain
from app.services.problem import Problem, Progress, Solution
from app.services.problem_json import progress_from_plain
from app.services.problem_parcel import Parcel, parcel

KILL_AFTER = 2.0
"""Seconds from asking a child to stop until it is killed."""
OVERTIME = 30.0
"""Seconds after its time is up in which a child must have ended by itself."""
MEMORY_MB = 6_144

Told = Callable[[Progress], None]
Ended = Callable[[Solution | BaseException], None]


class ChildRun:
    """One solve under way; a thread reads what the child says."""

    def __init__(self, process: subprocess.Popen[bytes], words: Parcel, seconds: float, progress: Told, done: Ended | None) -> None:
        self._process, self._told, self._ended = process, progress, done
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._best: Solution | None = None
        self._outcome: Solution | BaseException | None = None
        self._over = threading.Event()
        self._timers: list[threading.Timer] = []
        self._complaints: deque[str] = deque(maxlen=20)
        self._arm(seconds + OVERTIME, self.stop)
        self._feeder = threading.Thread(target=self._say, args=(words,), name="solve-feed", daemon=True)
        self._reader = threading.Thread(target=self._read, name="solve-read", daemon=True)
        self._listener = threading.Thread(target=self._listen, name="solve-errors", daemon=True)
        for thread in (self._feeder, self._listener, self._reader):
            thread.start()

    def stop(self) -> None:
        """Ends it soon; the best plan so far is its solution."""
        if not self._over.is_set():
            threading.Thread(target=self._say, args=([b"stop\n"],), name="solve-stop", daemon=True).start()
            self._arm(KILL_AFTER, self.kill)

    def kill(self) -> None:
        """Ends it now."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def wait(self, timeout: float | None = None) -> Solution:
        """The solution, when it has ended. Raises TimeoutError, Unavailable where the engine died without any plan, Malformed for a bad problem."""
        if not self._over.wait(timeout):
            raise TimeoutError
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        assert self._outcome is not None
        return self._outcome

    def ended(self, timeout: float | None = None) -> bool:
        """Whether its process is gone, after so many seconds at most."""
        self._reader.join(timeout)
        return not self._reader.is_alive()

    def _arm(self, seconds: float, act: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, act)
        timer.daemon = True
        with self._lock:
            self._timers.append(timer)
        timer.start()

    def _say(self, words: Parcel) -> None:
        with self._writing, contextlib.suppress(OSError, ValueError):
            stdin = self._process.stdin
            assert stdin is not None
            for piece in words:
                stdin.write(piece)
            stdin.flush()

    def _listen(self) -> None:
        """Keeps the end of what the child complains about."""
        assert self._process.stderr is not None
        self._complaints.extend(line.decode("utf-8", "replace") for line in self._process.stderr)

    def _read(self) -> None:
        """Hears the child out: its last word is the outcome, however long it then takes to end."""
        assert self._process.stdout is not None
        said = (self._heard(line.decode("utf-8", "replace")) for line in self._process.stdout)
        outcome = next((each for each in said if each is not None), None)
        if outcome is None:
            self._process.wait()
            self._listener.join()
        self._finish(outcome or self._best or self._died())
        self._bury()

    def _bury(self) -> None:
        """Waits until the child has ended, as one that has had its say must do soon."""
        try:
            self._process.wait(KILL_AFTER)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        self._feeder.join()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):
                _close(pipe)

    def _heard(self, line: str) -> Solution | BaseException | None:
        """What a line says; a line that makes no sense is the end of a child that was killed while writing it."""
        try:
            said: dict[str, Any] = json.loads(line)
            if "progress" in said:
                self._progress(progress_from_plain(said["progress"]))
            elif "solution" in said:
                return from_plain(Solution, said["solution"])
            elif "refused" in said:
                return Malformed(said["refused"]["key"], **said["refused"]["facts"])
        except (ValueError, KeyError, TypeError, Refused):
            self._complaints.append(line[:200])
        return None

    def _progress(self, progress: Progress) -> None:
        if progress.best is not None:
            self._best = progress.best
        self._told(progress)

    def _died(self) -> Unavailable:
        why = next((line.strip() for line in reversed(self._complaints) if line.strip()), "")
        return Unavailable("planning.engine_died", code=self._process.returncode, why=why)

    def _finish(self, outcome: Solution | BaseException) -> None:
        with self._lock:
            for timer in self._timers:
                timer.cancel()
        self._outcome = outcome
        self._over.set()
        if self._ended is not None:
            self._ended(outcome)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()


class ChildPlanner:
    """Starts a child for each solve. `main` is the program's main.py."""

    def __init__(self, main: Path, *, memory_mb: int = MEMORY_MB) -> None:
        self._main, self._memory = main, memory_mb
        self._lock = threading.Lock()
        self._idle: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Starts the child of the next solve ahead, where none waits yet; one that cannot be started is missed only when it is wanted."""
        with self._lock, contextlib.suppress(Unavailable):
            if self._idle is not None and self._idle.poll() is not None:
                _end(self._idle)
                self._idle = None
            self._idle = self._idle or self._child()

    def close(self) -> None:
        """Ends the child that waits, if any; solves under way are not touched."""
        with self._lock:
            idle, self._idle = self._idle, None
        if idle is not None:
            _end(idle)

    def start(
        self,
        problem: Problem,
        *,
        seconds: float,
        threads: int = 1,
        progress: Told,
        done: Ended | None = None,
    ) -> ChildRun:
        """Begins a solve. `threads` 0: one less than there are cores. `progress` and `done` are called from a thread of the run's, in order, `done` once
        and last. Raises Unavailable where no process can be started."""
        process = self._waiting() or self._child()
        terms = json.dumps({"seconds": seconds, "threads": threads or default_threads()})
        try:
            words = [terms.encode() + b"\n", *parcel(problem)]  # while the child loads its packages
        except BaseException:
            process.kill()
            process.communicate()
            raise
        return ChildRun(process, words, seconds, progress, done)

    def _waiting(self) -> subprocess.Popen[bytes] | None:
        """The child that was started ahead, where it is still there."""
        with self._lock:
            idle, self._idle = self._idle, None
        if idle is not None and idle.poll() is not None:
            _end(idle)
            return None
        return idle

    def _child(self) -> subprocess.Popen[bytes]:
        command = [*self._program(), "solve", "--child", f"--memory={self._memory}"]
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                **_at_low_priority(),
            )
        except OSError as failed:
            raise Unavailable("planning.engine_not_started", why=str(failed)) from failed

    def advise(self, problem: Problem) -> ChildAdvice:
        """Opens advice about a problem; the caller closes it. Raises Unavailable where no process can be started."""
        return advice_of(self._program(), problem)

    def _program(self) -> list[str]:
        return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(self._main)]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a child that does nothing yet."""
    process.kill()
    process.communicate()


def default_threads() -> int:
    """One less than the cores that this process may use, at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)


def _at_low_priority() -> dict[str, Any]:
    """How a child is started below the window's priority."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW}
    return {}  # the child lowers its own: code between fork and exec may hang in a program with threads
