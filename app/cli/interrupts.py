"""Ctrl+C is not lost: an interrupt that falls into code which swallows it (a package being loaded) is remembered.

Python raises KeyboardInterrupt wherever the program happens to be. Compiled packages clear what is raised while they look for their parts,
or say that one is missing.
"""

import signal
from types import FrameType

_asked = False


def heed() -> None:
    """Remembers interrupts from now on. To be called in the main thread, where Ctrl+C is not ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)


def asked() -> bool:
    """Whether there was one."""
    return _asked


def check() -> None:
    """Raises KeyboardInterrupt where there was one."""
    if _asked:
        raise KeyboardInterrupt


def _interrupted(number: int, frame: FrameType | None) -> None:
    global _asked
    del number, frame
    _asked = True
    raise KeyboardInterrupt
