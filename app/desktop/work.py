"""Threads of the window: one writer, a pool of three for reading and computing; results come back on the main thread.

Nothing of Qt's widgets is touched outside the main thread: a thread hands its letter to a queued signal, and the post office delivers it.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.errors import Cancelled

T = TypeVar("T")
POOL_THREADS = 3
_log = logging.getLogger("doorstep.desktop.work")


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to be said on the main thread."""

    deliver: Callable[[], None]


class PostOffice(QObject):
    """Brings calls from any thread to the thread that made this object, in order."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, deliver: Callable[[], None]) -> None:
        """Calls `deliver` on the main thread soon; after `close` nothing is delivered any more."""
        if not self._closed:
            self._posted.emit(Letter(deliver))

    def close(self) -> None:
        """Drops what is still under way."""
        self._closed = True

    @Slot(object)
    def _deliver(self, letter: Letter) -> None:
        if not self._closed:
            letter.deliver()


class Job:
    """A piece of work under way that can be asked to stop; `report` of it raises Cancelled then."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Asks the work to stop; its answer is dropped."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raises Cancelled once the work was asked to stop."""
        if self.cancelled:
            raise Cancelled


class Work:
    """The writer thread and the pool. Callbacks run on the main thread; `failed` gets whatever the work raised."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.post_office = PostOffice(parent)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._pool = ThreadPoolExecutor(max_workers=POOL_THREADS, thread_name_prefix="pool")
        self._jobs: set[Job] = set()
        self._closed = False

    def write(self, work: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Runs on the writer thread, in the order of the calls."""
        self._submit(self._writer, work, done, failed, Job())

    def compute(self, work: Callable[[Job], T], *, done: Callable[[T], None], failed: Callable[[BaseException], None]) -> Job:
        """Runs in the pool; of a cancelled job `failed` gets Cancelled, whatever its answer was."""
        job = Job()
        self._submit(self._pool, lambda: work(job), done, failed, job)
        return job

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._jobs)

    def _submit(self, where: ThreadPoolExecutor, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None], job: Job) -> None:
        if self._closed:
            return
        self._jobs.add(job)
        future = where.submit(work)
        future.add_done_callback(lambda ended: self.post_office.post(lambda: self._answer(ended, done, failed, job)))

    def _answer(self, ended: "Future[T]", done: Callable[[T], None], failed: Callable[[BaseException], None], job: Job) -> None:
        self._jobs.discard(job)
        if ended.cancelled():
            return
        error = ended.exception()
        if error is not None:
            failed(error)
        elif job.cancelled:
            failed(Cancelled())  # it came to its end before it looked; whoever waits for it must hear so
        else:
            done(ended.result())

    def close(self) -> None:
        """Finishes the writer's queue, cancels what the pool does, joins every thread."""
        self._closed = True
        self._writer.shutdown(wait=True)
        for job in list(self._jobs):
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.post_office.close()
