"""The one way to change anything: a command in, its outcome out.

A command runs in one transaction with all its consequences: its handler, then the policies of every event told, then the policies of
the events that those tell. If anything refuses, nothing has happened.
"""

from collections.abc import Callable, Mapping, Sequence

from app.domain.events import Event
from app.domain.sentences import Sentence
from app.services import history
from app.services.commands import Command
from app.services.ports.store import HistoryStep, Outcome, Store, Work
from app.services.ports.system import Clock
from app.services.registry import HANDLERS, POLICIES, Handler
from app.services.tools import Tools

DEEPEST = 8
"""Rounds of consequences of consequences; a deeper chain is a loop, and a bug."""


class Bus:
    """Does commands, one at a time, and takes them back."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        handlers: Mapping[type[Command], Handler] = HANDLERS,
        policies: Mapping[type[Event], Sequence[Handler]] = POLICIES,
    ) -> None:
        self._store = store
        self._tools = Tools(clock=clock)
        self._handlers = handlers
        self._policies = policies

    def do(self, command: Command) -> Outcome:
        """Does a command with its consequences. Raises the `Refused` family; then nothing has changed."""
        with self._store.unit_of_work(command.who) as work:
            self._handlers[type(command)](command, work, self._tools)
            self._draw_consequences(work)
            step = history.record(work, command, work.images(), self._tools.clock.now())
            return Outcome(changes=work.commit(), events=tuple(work.told), step=step, title=command.describe())

    def undo(self, who: str = "") -> Outcome:
        """Takes back the last step. Raises RuleBroken where there is none or something it touched has changed since."""
        return self._turn_back(history.undo, who)

    def redo(self, who: str = "") -> Outcome:
        """Does the step again that was taken back last. Raises RuleBroken as `undo` does."""
        return self._turn_back(history.redo, who)

    def titles(self) -> tuple[Sentence | None, Sentence | None]:
        """The titles of the steps that undo and redo would turn to; None: nothing to undo or redo."""
        return self._store.reader().titles()

    def _turn_back(self, turn: Callable[[Work], HistoryStep], who: str) -> Outcome:
        with self._store.unit_of_work(who, corrects=True) as work:
            step = turn(work)
            return Outcome(changes=work.commit(), events=tuple(work.told), step=step.number, title=step.title)

    def _draw_consequences(self, work: Work) -> None:
        drawn = 0
        for _ in range(DEEPEST + 1):
            fresh = tuple(work.told[drawn:])
            if not fresh:
                return
            drawn += len(fresh)
            for event in fresh:
                for policy in self._policies.get(type(event), ()):
                    policy(event, work, self._tools)
        raise RuntimeError(f"events call each other without end, last {work.told[-1]}")
