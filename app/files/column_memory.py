"""The file that remembers what the columns of order files mean: JSON in the data folder, the latest headers first."""

import json
from pathlib import Path

from app.files.json_file import read_object, write_text
from app.services.intake_names import Field

_MOST = 500
"""Headers that are remembered; the ones that were confirmed longest ago are forgotten first."""


class FileColumnMemory:
    """Implements `ColumnMemory`. A file that was spoilt from outside counts as empty."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def recall(self, fingerprint: str) -> dict[int, Field] | None:
        """The fields by column; None where these headers were never confirmed."""
        held = read_object(self._file).get(fingerprint)
        return _fields(held) if isinstance(held, dict) else None

    def keep(self, fingerprint: str, fields: dict[int, Field]) -> None:
        """Remembers the fields of these headers. Raises Malformed where the file cannot be written."""
        held = {mark: each for mark, each in read_object(self._file).items() if mark != fingerprint}
        newest = {fingerprint: {str(column): field.value for column, field in fields.items()}} | held
        write_text(self._file, json.dumps(dict(list(newest.items())[:_MOST]), ensure_ascii=False, indent=1))


def _fields(held: dict[str, object]) -> dict[int, Field] | None:
    try:
        return {int(column): Field(str(field)) for column, field in held.items()}
    except ValueError:
        return None
