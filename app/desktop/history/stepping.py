"""Goes back or forth over several steps, one by one, until the wished one; stops where something refuses or another step comes between."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.desktop.bridge import Bridge
from app.domain.errors import RuleBroken
from app.services.ports.store import Outcome


class Stepping(QObject):
    """One way at a time. `ended` is emitted after the last step, or the refusal."""

    ended = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._awaited: list[int] = []
        self._redo = False

    @property
    def running(self) -> bool:
        """Whether a way is being gone."""
        return bool(self._awaited)

    def go(self, numbers: list[int], *, redo: bool) -> None:
        """Undoes, or does again, the steps of these numbers in this order."""
        if self._awaited or not numbers:
            return
        self._awaited, self._redo = list(numbers), redo
        self._next()

    def _next(self) -> None:
        turn: Callable[..., None] = self._bridge.redo if self._redo else self._bridge.undo
        turn(done=self._done, failed=self._failed)

    def _done(self, outcome: Outcome) -> None:
        awaited = self._awaited.pop(0) if self._awaited else None
        if outcome.step != awaited:
            self._failed(RuleBroken("steps.came_between"))
        elif self._awaited:
            self._next()
        else:
            self.ended.emit()

    def _failed(self, error: BaseException) -> None:
        """Steps before this one stay turned: each is whole in itself."""
        self._awaited = []
        self._bridge.tell(error)
        self.ended.emit()
