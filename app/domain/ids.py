"""Identities: each kind its own type; values are text that sorts by the moment of making."""

import secrets
import time
from typing import NewType

OrderId = NewType("OrderId", str)
TaskId = NewType("TaskId", str)
StopId = NewType("StopId", str)
RouteId = NewType("RouteId", str)
PlanId = NewType("PlanId", str)
DepotId = NewType("DepotId", str)
VehicleId = NewType("VehicleId", str)
DriverId = NewType("DriverId", str)
ShiftId = NewType("ShiftId", str)
PinId = NewType("PinId", str)
ClosureId = NewType("ClosureId", str)
ImportId = NewType("ImportId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no letter that is taken for a digit."""


def _base32(number: int, width: int) -> str:
    letters = []
    for _ in range(width):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return "".join(reversed(letters))


def new_id(kind: str) -> str:
    """A new identity such as `ord_01jd…`: kind, milliseconds since 1970 in ten letters, then 60 random bits."""
    return f"{kind}_{_base32(time.time_ns() // 1_000_000, 10)}{_base32(secrets.randbits(60), 12)}"
