"""Closures: one row each, the drawn lines as JSON."""

from datetime import datetime
from typing import Any

from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, ClosureKind, Profile
from app.domain.units import Grams, Millis
from app.services.changes import Kind
from app.store.mapping.shape import Shape
from app.store.tables import ClosureRow


def of_row(
    id: str,
    points: tuple[Place, ...],
    roads: tuple[tuple[Place, ...], ...],
    reason: ClosureKind,
    factor: float | None,
    profiles: frozenset[Profile],
    note: str,
    begins: datetime | None,
    ends: datetime | None,
    daily_from: int | None,
    daily_to: int | None,
    heavier_than: int | None,
    version: int,
) -> Closure:
    """The closure of a row."""
    return Closure(
        id=ClosureId(id),
        points=points,
        roads=roads,
        kind=reason,
        factor=factor,
        profiles=profiles,
        note=note,
        begins=begins,
        ends=ends,
        daily=None if daily_from is None or daily_to is None else (Millis(daily_from), Millis(daily_to)),
        heavier_than=None if heavier_than is None else Grams(heavier_than),
        version=version,
    )


def to_row(closure: Closure) -> dict[str, Any]:
    """The columns of a closure."""
    daily = closure.daily or (None, None)
    return {
        "id": closure.id,
        "points": closure.points,
        "roads": closure.roads,
        "reason": closure.kind,
        "factor": closure.factor,
        "profiles": closure.profiles,
        "note": closure.note,
        "begins": closure.begins,
        "ends": closure.ends,
        "daily_from": daily[0],
        "daily_to": daily[1],
        "heavier_than": closure.heavier_than,
        "version": closure.version,
    }


CLOSURES = Shape(Kind.CLOSURE, ClosureRow, of_row, to_row)
