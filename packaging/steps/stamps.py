"""Stamps: what a step was last done from, so that it is not done again for nothing."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from steps.layout import VENV


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """A digest of these files' contents and these words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_done(step: str, print_now: str) -> bool:
    """Whether a step was done from exactly this."""
    stamp = _stamp(step)
    return stamp.is_file() and stamp.read_text("utf-8") == print_now


def mark_done(step: str, print_now: str) -> None:
    """Notes that a step is done."""
    stamp = _stamp(step)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(print_now, "utf-8")


def forget(step: str) -> None:
    """A step is about to be done: until it is, it counts as not done."""
    _stamp(step).unlink(missing_ok=True)


def _stamp(step: str) -> Path:
    return VENV / "stamps" / step
