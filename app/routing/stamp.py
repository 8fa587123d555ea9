"""What a folder of built roads says of itself. Light at import: the window reads it, and computes nothing itself."""

import json
from dataclasses import dataclass
from pathlib import Path

ROADS_VERSION = 1
"""Of the files that `build_roads` writes; another number means: build anew."""
SOURCE = "roads"
FOLDER, STAMP = "roads", "stamp.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a built folder says of itself. `build` changes with the extract and with the version."""

    build: str
    left: bool
    modes: tuple[str, ...]


def read_stamp(folder: Path) -> Stamp | None:
    """The stamp of a built folder, or None where there is none of this version."""
    try:
        said = json.loads((folder / FOLDER / STAMP).read_text("utf-8"))
        return Stamp(said["build"], said["left"], tuple(said["modes"])) if said["version"] == ROADS_VERSION else None
    except (OSError, ValueError, KeyError):
        return None
