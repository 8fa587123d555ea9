"""Asks the child process that works out travel (`worker`): starts it when first needed, stops it at once on a cancel, starts it again after a crash."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from app.domain.errors import Malformed, Unavailable
from app.domain.roads import Closure
from app.services.ports.travel import Report, silent

_ROOT = Path(__file__).resolve().parents[2]
_POLL_S = 0.05
"""How often a waiting caller is asked whether it still wants the answer."""
_TRIES = 2


class WorkerDied(Exception):
    """The child ended in the middle of a question."""


Answer = tuple[Any, bytes]


class Asker:
    """One child for one area's folder; callers of several threads take turns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[Any, Any] | None = None

    def ask(self, question: Mapping[str, Any], report: Report = silent) -> Answer:
        """The child's answer. Raises what `report` raises (the child is killed), Malformed as the child did, Unavailable where it keeps dying."""
        while not self._turn.acquire(timeout=_POLL_S):
            report(0.0, "roads.matrix")
        try:
            for _ in range(_TRIES):
                with contextlib.suppress(WorkerDied):
                    return self._try(question, report)
            raise Unavailable("roads.died", retry_after=1.0, count=_TRIES)
        finally:
            self._turn.release()

    def close(self) -> None:
        """Ends the child."""
        if self._finalizer is not None:
            self._finalizer()
        self._child = self._finalizer = None

    @property
    def pid(self) -> int | None:
        """The child's process number, None where none runs."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def _try(self, question: Mapping[str, Any], report: Report) -> Answer:
        child = self._running()
        heard: queue.Queue[Any] = queue.Queue()
        listener = threading.Thread(target=_converse, args=(child, json.dumps(question).encode() + b"\n", heard), daemon=True)
        listener.start()
        try:
            return _await(heard, report)
        except BaseException as broken:
            if not isinstance(broken, Malformed):
                self.close()
            raise
        finally:
            listener.join()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
            self._child = subprocess.Popen(
                command(self._folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT, creationflags=hidden
            )
            self._finalizer = weakref.finalize(self, _end, self._child)
        return self._child


def command(folder: Path) -> list[str]:
    """How the child is started: by this Python, or by the packaged program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "roads-worker", str(folder)]
    return [sys.executable, "-m", "app.routing.worker", str(folder)]


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _await(heard: "queue.Queue[Any]", report: Report) -> Answer:
    share, step = 0.0, "roads.matrix"
    while True:
        try:
            said = heard.get(timeout=_POLL_S)
        except queue.Empty:
            report(share, step)
            continue
        if said is None:
            raise WorkerDied
        line, raw = said
        if "answer" in line:
            return line["answer"], raw
        if "refused" in line:
            raise Malformed(line["refused"], **line["facts"])
        share, step = line["share"], line["step"]
        report(share, step)


def _converse(child: subprocess.Popen[bytes], question: bytes, heard: "queue.Queue[Any]") -> None:
    """Puts the question and hands on what is said until the answer is complete; None where the child ended instead."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(question)
        child.stdin.flush()
        while "share" in (line := _line(child.stdout)):
            heard.put((line, b""))
        size = line.get("bytes", 0)
        raw = child.stdout.read(size) if size else b""
        heard.put((line, raw) if len(raw) == size else None)
    except (OSError, ValueError):
        heard.put(None)


def _line(answers: IO[bytes]) -> dict[str, Any]:
    """The next line; ValueError at the end of the stream or for something that is no line of ours."""
    said = json.loads(answers.readline())
    if not isinstance(said, dict):
        raise ValueError(said)  # noqa: TRY004 - what comes from outside is a wrong value, not a wrong type
    return said


def closures_to(closures: tuple[Closure, ...]) -> list[Any]:
    """Closures as plain data; only what bends a way, since when and for whom they hold was decided before."""
    return [[[[(place.lat, place.lon) for place in line] for line in each.lines], bool(each.roads), each.factor] for each in closures]
