"""Small things that the window remembers between runs, as JSON files in the data folder; read and written off the main thread."""

import json
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.desktop.bridge import Bridge

_log = logging.getLogger("doorstep.desktop.keeping")


class Kept:
    """One file. The newest value wins, whichever thread comes first; a file that cannot be read counts as empty."""

    def __init__(self, file: Path, bridge: Bridge) -> None:
        self._file = file
        self._bridge = bridge
        self._lock = threading.Lock()
        self._asked = self._written = 0

    def load(self, then: Callable[[Any], None]) -> None:
        """Reads the value; `then` is called on the main thread with what JSON has for it, None where there is nothing."""
        self._bridge.compute(lambda _job: read_kept(self._file), then=then)

    def save(self, value: Any) -> None:
        """Writes a value soon; whole or not at all."""
        self._asked += 1
        turn, text = self._asked, json.dumps(value, ensure_ascii=False, indent=1)
        self._bridge.compute(lambda _job: self._write(turn, text), then=lambda _nothing: None)

    def _write(self, turn: int, text: str) -> None:
        with self._lock:
            if turn < self._written:
                return
            self._written = turn
            fresh = self._file.with_suffix(".new")
            try:
                fresh.write_text(text, "utf-8")
                os.replace(fresh, self._file)
            except OSError:
                _log.warning("cannot write %s", self._file.name)


def read_kept(file: Path) -> Any:
    """What JSON has for a file; None where there is none or it cannot be read."""
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
