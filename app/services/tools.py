"""What handlers may use besides the unit of work."""

from dataclasses import dataclass

from app.services.ports.system import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The clock; a handler has no clock, network or file of its own."""

    clock: Clock
