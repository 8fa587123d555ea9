"""What is remembered of the columns of files, between one run and the next."""

from typing import Protocol

from app.services.intake_names import Field


class ColumnMemory(Protocol):
    """Keeps what columns mean, by the fingerprint of their headers. It never fails for what it cannot read: that is forgotten."""

    def recall(self, fingerprint: str) -> dict[int, Field] | None:
        """The fields by column, from 0; None where these headers were never confirmed."""
        ...

    def keep(self, fingerprint: str, fields: dict[int, Field]) -> None:
        """Remembers the fields of these headers. Raises Malformed where the file cannot be written."""
        ...
