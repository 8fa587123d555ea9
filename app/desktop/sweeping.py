"""Python's full search for garbage stops every thread for a tenth of a second. Here it waits until the window rests."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

_YOUNG, _MIDDLE, _NEVER = 10_000, 10, 1_000_000
"""New objects before the young are looked through (below 1 ms), such rounds before the middle-aged are, and never by itself for all."""
_EVERY = 5_000
"""Milliseconds between two looks at whether the window rests."""
_ROUNDS = 3
"""What hangs on a widget goes a round after it, and what hangs on that another one later."""
_WORTH = 4
"""Rounds of the middle-aged after which a full search is worth its while."""


class Sweeper(QObject):
    """Takes over Python's full garbage collection from `start` to `stop`. `resting` says whether a pause would disturb nobody."""

    def __init__(self, resting: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._resting = resting
        self._before = gc.get_threshold()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.sweep)

    def start(self) -> None:
        """From now on only short collections happen by themselves; what the program has loaded so far is not searched again before the next start."""
        gc.unfreeze()  # a window that was built anew leaves the old one behind
        for _ in range(_ROUNDS):
            gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        self._timer.start()

    @Slot()
    def sweep(self) -> None:
        """A full search, where there is something to find and the window rests."""
        if gc.get_count()[2] >= _WORTH and self._resting():
            gc.collect()

    def stop(self) -> None:
        """Python collects by itself again."""
        self._timer.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()
