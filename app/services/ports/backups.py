"""What is known of a copy of the database."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy of the database. `made`: an aware instant."""

    file: Path
    made: datetime
