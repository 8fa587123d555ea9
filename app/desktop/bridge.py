"""The only door from the panels to the services: commands, questions, undo and redo, and the news of what changed."""

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.desktop.doors import CommandBus
from app.desktop.work import Job, Work
from app.domain.errors import Cancelled, Outside, Refused
from app.domain.sentences import Sentence
from app.services.commands import Command
from app.services.ports.store import Outcome, Reader, Store

T = TypeVar("T")
_log = logging.getLogger("doorstep.desktop.bridge")


class Ending(StrEnum):
    """How a job of the background ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A job of the background as status bar and list of jobs show it. `share` 0…1 (None: unknown). `said` is what it has reached; once it has
    ended, `ending` says how and `said` what came of it or what went wrong."""

    key: str
    title: str
    step: str = ""
    share: float | None = None
    ending: Ending | None = None
    said: Sentence | None = None
    cancel: Callable[[], None] | None = field(default=None, compare=False)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.ending is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something the person must know: a refusal in words, or a fault of the program (`fault`)."""

    sentence: Sentence | None = None
    fault: BaseException | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that was carried out, undone or redone; titles of what undo and redo would do next."""

    title: Sentence | None
    way: str
    undo: Sentence | None
    redo: Sentence | None


class Bridge(QObject):
    """Panels know this and nothing else of the services."""

    changed = Signal(object)
    """ChangeSet: which things are different now."""
    stepped = Signal(object)
    """Done: after every step, and once at the start."""
    busy = Signal(object)
    """Busy: background jobs."""
    writing = Signal(bool)
    """Whether anything is still on its way to the disk."""
    unsaved = Signal(object)
    """Sentence: the disk did not take a change; None: the next one was taken."""
    problem = Signal(object)
    """Problem: a refusal or a fault."""

    def __init__(self, store: Store, bus: CommandBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._bus = bus
        self._work = Work(self)
        self._asked: dict[Hashable, int] = {}
        self._turn = 0
        self._unwritten = 0
        self._refused_by_disk = False
        self._closed = False

    def start(self) -> None:
        """Tells the titles of undo and redo that an earlier run left."""
        self._work.write(
            self._bus.titles, done=lambda titles: self.stepped.emit(Done(title=None, way="start", undo=titles[0], redo=titles[1])), failed=self._failed
        )

    def do(self, command: Command, *, done: Callable[[Outcome], None] | None = None, failed: Callable[[BaseException], None] | None = None) -> None:
        """Carries out a command on the writer thread; then `changed` is emitted and `done` called. A refusal goes to `failed`, else to `problem`."""
        self._step(lambda: self._bus.do(command), "do", done, failed)

    def undo(self, *, done: Callable[[Outcome], None] | None = None, failed: Callable[[BaseException], None] | None = None) -> None:
        """Takes the last step back; a refusal goes to `failed`, else to `problem`."""
        self._step(self._bus.undo, "undo", done, failed)

    def redo(self, *, done: Callable[[Outcome], None] | None = None, failed: Callable[[BaseException], None] | None = None) -> None:
        """Does the last undone step again; a refusal goes to `failed`, else to `problem`."""
        self._step(self._bus.redo, "redo", done, failed)

    def ask(
        self,
        query: Callable[[Reader], T],
        *,
        then: Callable[[T], None],
        key: Hashable | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Reads in the pool. With a `key`, an answer is dropped where the same key has asked again."""
        return self.compute(lambda _job: query(self._store.reader()), then=then, key=key, failed=failed)

    def compute(
        self,
        work: Callable[[Job], T],
        *,
        then: Callable[[T], None],
        key: Hashable | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Computes in the pool; `work` should call `job.check()` now and then. Stale answers are dropped as with `ask`."""
        self._turn += 1
        turn = self._turn
        if key is not None:
            self._asked[key] = turn

        def current() -> bool:
            if key is None:
                return True
            if self._asked.get(key) != turn:
                return False
            del self._asked[key]  # a key may be the one who asks, with all that it holds
            return True

        def arrived(answer: T) -> None:
            if current():
                then(answer)

        def broke(error: BaseException) -> None:
            if current():
                (failed or self._failed)(error)

        return self._work.compute(work, done=arrived, failed=broke)

    def run(
        self,
        title: str,
        work: Callable[[Callable[[float, str], None]], T],
        *,
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        steps: Callable[[str], str] = str,
        result: Callable[[T], Sentence] | None = None,
    ) -> Job:
        """A long job of the background, shown in the status bar with progress and cancel. `work` gets a `Report`; `steps` words its keys, `result`
        says what came of it."""
        key = f"job-{id(work)}"
        holder: list[Job] = []

        def report(share: float, step: str) -> None:
            if holder and not self._closed:
                holder[0].check()
                self.post(lambda: self.busy.emit(Busy(key=key, title=title, step=steps(step), share=share, cancel=holder[0].cancel)))

        def arrived(answer: T) -> None:
            self.busy.emit(Busy(key=key, title=title, ending=Ending.DONE, said=result(answer) if result is not None else None))
            then(answer)

        def broke(error: BaseException) -> None:
            self.busy.emit(ended_by(error, key, title))
            (failed or self._failed)(error)

        def started(job: Job) -> T:
            holder.append(job)
            return work(report)

        job = self._work.compute(started, done=arrived, failed=broke)
        self.busy.emit(Busy(key=key, title=title, cancel=job.cancel))
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Calls something on the main thread soon; from any thread."""
        self._work.post_office.post(call)

    def read(self, query: Callable[[Reader], T]) -> T:
        """Reads at once, from a thread of the pool; never from the main thread."""
        return query(self._store.reader())

    def reader(self) -> Reader:
        """A reader for the calling thread, which must be one of the pool."""
        return self._store.reader()

    @property
    def working(self) -> bool:
        """Whether any work is under way."""
        return self._work.busy

    def close(self) -> None:
        """Finishes the writer's queue and joins every thread; the store stays open for its owner to close."""
        self._closed = True
        self._work.close()

    def _step(self, act: Callable[[], Outcome], way: str, done: Callable[[Outcome], None] | None, failed: Callable[[BaseException], None] | None) -> None:
        def work() -> tuple[Outcome, tuple[Sentence | None, Sentence | None]]:
            return act(), self._bus.titles()

        def arrived(answer: tuple[Outcome, tuple[Sentence | None, Sentence | None]]) -> None:
            outcome, (undo, redo) = answer
            self._written(None)
            self.stepped.emit(Done(title=outcome.title, way=way, undo=undo, redo=redo))
            if outcome.changes:
                self.changed.emit(outcome.changes)
            if done is not None:
                done(outcome)

        def broke(error: BaseException) -> None:
            self._written(error)
            (failed or self._failed)(error)

        self._unwritten += 1
        self.writing.emit(True)
        self._work.write(work, done=arrived, failed=broke)

    def _written(self, error: BaseException | None) -> None:
        """One write has ended. A refusal leaves everything saved as it was; only what lies outside the program keeps a change from the disk."""
        self._unwritten -= 1
        if not self._unwritten:
            self.writing.emit(False)
        if isinstance(error, Outside):
            self._refused_by_disk = True
            self.unsaved.emit(error.sentence)
        elif error is None and self._refused_by_disk:
            self._refused_by_disk = False
            self.unsaved.emit(None)

    def tell(self, error: BaseException) -> None:
        """Shows an error to the person as what it is."""
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if isinstance(error, Refused | Outside):
            self.problem.emit(Problem(sentence=error.sentence))
            return
        _log.error("unexpected fault", exc_info=error)
        self.problem.emit(Problem(fault=error))


def ended_by(error: BaseException, key: str, title: str) -> Busy:
    """A job that an error has ended, as it is shown."""
    if isinstance(error, Cancelled):
        return Busy(key=key, title=title, ending=Ending.CANCELLED)
    said = error.sentence if isinstance(error, Refused | Outside) else None
    return Busy(key=key, title=title, ending=Ending.FAILED, said=said)
