"""A desk on a temporary file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a new database, closed after the test."""
    made = Desk(tmp_path / "doorstep.db")
    yield made
    made.store.close()
