"""One builder per area: a lock file that the operating system frees when its process ends, however it ends."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_POLL_S = 0.2


def _try_lock(file: IO[str]) -> bool:
    """Takes the lock without waiting; False where another process or thread has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def free_lock(path: Path) -> Iterator[bool]:
    """Holds the lock for the block where it was free; yields whether it was."""
    with path.open("a+", encoding="utf-8") as file:
        got = _try_lock(file)
        if got:
            # Whom to ask when a build seems to hang; byte 0 is what Windows locks.
            file.truncate(0)
            file.write(f" {os.getpid()}\n")
            file.flush()
        yield got


@contextmanager
def waited_lock(path: Path, waiting: Callable[[], None]) -> Iterator[bool]:
    """Holds the lock for the block, waiting for its owner; yields whether it had to wait. `waiting` is called meanwhile and may raise."""
    waited = False
    while True:
        with free_lock(path) as got:
            if got:
                yield waited
                return
        waited = True
        waiting()
        time.sleep(_POLL_S)
