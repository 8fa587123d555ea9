"""Asks the child process that advises about one problem (`advising`). Questions may come from any thread; each has a limit of time.

A child that dies, or does not answer in time and is killed, answers nothing more: every question raises Unavailable, and advice anew may help.
"""

import contextlib
import itertools
import json
import os
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from app.domain.errors import BadAnswer, Malformed, Unavailable
from app.domain.ids import TaskId
from app.domain.schedule import ShiftTerms
from app.optimiser.advising import Question
from app.services.advice_values import Placement, Priced
from app.services.plain import from_plain, to_json
from app.services.problem import Obstacle, Problem, RoutePlan
from app.services.problem_parcel import Parcel, parcel
from app.services.remedies_values import Remedy

T = TypeVar("T")
PATIENCE = 30.0
"""Seconds that a question may take; the first one waits for the child to start."""
_ENDING = 2.0
"""Seconds from closing its input until a child is killed."""


class ChildAdvice:
    """Advice by a child process (`ports.planner.Advice`)."""

    def __init__(self, process: subprocess.Popen[bytes], problem: Parcel, *, patience: float = PATIENCE) -> None:
        self._process, self._patience = process, patience
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._waiting: dict[int, queue.SimpleQueue[Any]] = {}
        self._over: BaseException | None = None
        self._complaints: deque[str] = deque(maxlen=20)
        self._lines: queue.SimpleQueue[Parcel | None] = queue.SimpleQueue()
        self._lines.put(problem)
        self._threads = [
            threading.Thread(target=work, name=f"advice-{name}", daemon=True)
            for name, work in (("write", self._write), ("errors", self._listen), ("read", self._read))
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def places(self, tasks: Sequence[TaskId], most: int = 5) -> tuple[tuple[Placement, ...], ...]:
        """For each task its best place on each shift, best first, at most so many."""
        return self._ask(tuple[tuple[Placement, ...], ...], ask="places", tasks=tuple(tasks), most=most)

    def prices(self, changes: Sequence[Sequence[RoutePlan]]) -> tuple[Priced, ...]:
        """What each change of the standing routes costs and breaks."""
        return self._ask(tuple[Priced, ...], ask="prices", changes=tuple(map(tuple, changes)))

    def obstacles(self, tasks: Sequence[TaskId]) -> tuple[tuple[Obstacle, ...], ...]:
        """For each task what stands against it on every shift, best first."""
        return self._ask(tuple[tuple[Obstacle, ...], ...], ask="obstacles", tasks=tuple(tasks))

    def remedies(self, tasks: Sequence[TaskId], spare: Sequence[ShiftTerms] = (), most: int = 8) -> tuple[tuple[Remedy, ...], ...]:
        """For each task what would help, those first that ask least of people."""
        return self._ask(tuple[tuple[Remedy, ...], ...], ask="remedies", tasks=tuple(tasks), spare=tuple(spare), most=most)

    def close(self) -> None:
        """Ends the child; a question that still waits raises Unavailable."""
        self._lines.put(None)
        reader = self._threads[-1]
        reader.join(_ENDING)
        if reader.is_alive():
            self._kill()
        for thread in self._threads:
            thread.join()

    # Asking --------------------------------------------------------------------------------------------------------

    def _ask(self, kind: type[T], **words: Any) -> T:
        box: queue.SimpleQueue[Any] = queue.SimpleQueue()
        with self._lock:
            if self._over is not None:
                raise self._over
            number = next(self._ids)
            self._waiting[number] = box
        self._lines.put([to_json(Question(id=number, **words)).encode() + b"\n"])
        try:
            answer = box.get(timeout=self._patience)
        except queue.Empty:
            self._end(Unavailable("planning.advice_slow", seconds=self._patience))
            self._kill()
            answer = box.get()
        if isinstance(answer, BaseException):
            raise answer
        try:
            return from_plain(kind, answer)
        except Malformed as wrong:
            raise BadAnswer("planning.advice_strange", what=str(wrong)) from wrong

    def _end(self, why: BaseException) -> None:
        """No question is answered any more; the first reason counts."""
        with self._lock:
            self._over = self._over or why
            waiting, self._waiting = self._waiting, {}
        for box in waiting.values():
            box.put(self._over)

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()

    # Threads -------------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        """Writes what is asked, in order; closes the child's input at the end."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (pieces := self._lines.get()) is not None:
                for piece in pieces:
                    self._process.stdin.write(piece)
                self._process.stdin.flush()
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def _listen(self) -> None:
        """Keeps the end of what the child complains about."""
        assert self._process.stderr is not None
        with self._process.stderr as complaints:
            self._complaints.extend(line.decode("utf-8", "replace") for line in complaints)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as answers:
            for line in answers:
                self._heard(line.decode("utf-8", "replace"))
        code = self._process.wait()
        self._threads[1].join()
        why = next((line.strip() for line in reversed(self._complaints) if line.strip()), "")
        self._end(Unavailable("planning.advice_died", code=code, why=why))
        self._lines.put(None)

    def _heard(self, line: str) -> None:
        """Hands an answer to the one who waits for it; a line that makes no sense is the end of a child that was killed while writing it."""
        try:
            said: dict[str, Any] = json.loads(line)
            refused = Malformed(said["refused"]["key"], **said["refused"]["facts"]) if "refused" in said else None
        except (ValueError, KeyError, TypeError):
            self._complaints.append(line[:200])
            return
        with self._lock:
            box = self._waiting.pop(said.get("id", 0), None)
        if box is not None:
            box.put(refused or said.get("answer"))
        elif refused is not None:
            self._end(refused)


def advice_of(program: Sequence[str], problem: Problem, *, patience: float = PATIENCE) -> ChildAdvice:
    """Starts a child of this program; `patience` is how many seconds a question may take. Raises Unavailable where it cannot be started."""
    try:
        process = subprocess.Popen(
            [*program, "advise"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as failed:
        raise Unavailable("planning.engine_not_started", why=str(failed)) from failed
    try:
        words = parcel(problem)  # while the child loads its packages
    except BaseException:
        process.kill()
        process.communicate()
        raise
    return ChildAdvice(process, words, patience=patience)
