"""What the system can do, on one page: who handles each command, and what follows from each event."""

from collections.abc import Callable
from typing import Any

from app.domain.events import Event
from app.services.commands import Command

HANDLERS: dict[type[Command], Callable[[Any, Any, Any], None]] = {}

POLICIES: dict[type[Event], tuple[Callable[[Any, Any, Any], None], ...]] = {}
