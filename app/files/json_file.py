"""Small JSON files of the data folder: read as what they hold, written whole or not at all."""

import json
import os
from pathlib import Path
from typing import Any

from app.domain.errors import Malformed


def read_object(file: Path) -> dict[str, Any]:
    """What a file holds; nothing where it is missing or is no JSON object."""
    try:
        held = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def write_text(file: Path, text: str) -> None:
    """Puts a text into a file; what was there stays until all of it is written. Raises Malformed where it cannot be written."""
    partial = file.with_suffix(".partial")
    try:
        partial.write_text(text, "utf-8")
        os.replace(partial, file)
    except OSError as error:
        raise Malformed("table.cannot_write", file=file.name, reason=error.strerror or "") from None
