"""Identities: each kind its own type; values are text that sorts by the moment of making."""

import os
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
VersionId = NewType("VersionId", str)

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
    return f"{kind}_{_base32(time.time_ns() // 1_000_000, 10)}{_base32(_random(), 12)}"


_STOCK = 512
_stock: list[int] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_stock.clear)  # a child must not hand out what its parent will


def _random() -> int:
    """60 random bits, from a stock: asking the system for each of a hundred thousand lets no other thread of the program come to its turn."""
    try:
        return _stock.pop()
    except IndexError:
        fresh = secrets.token_bytes(8 * _STOCK)
        numbers = [int.from_bytes(fresh[at : at + 8], "big") >> 4 for at in range(0, len(fresh), 8)]
        _stock.extend(numbers[1:])
        return numbers[0]
