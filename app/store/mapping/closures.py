"""Closures: one row each, the drawn line as JSON."""

from datetime import datetime
from typing import Any

from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile
from app.services.changes import Kind
from app.store.mapping.shape import Shape
from app.store.tables import ClosureRow


def of_row(
    id: str,
    points: tuple[Place, ...],
    factor: float | None,
    profiles: frozenset[Profile],
    note: str,
    begins: datetime | None,
    ends: datetime | None,
    version: int,
) -> Closure:
    """The closure of a row."""
    return Closure(id=ClosureId(id), points=points, factor=factor, profiles=profiles, note=note, begins=begins, ends=ends, version=version)


def to_row(closure: Closure) -> dict[str, Any]:
    """The columns of a closure."""
    return {
        "id": closure.id,
        "points": closure.points,
        "factor": closure.factor,
        "profiles": closure.profiles,
        "note": closure.note,
        "begins": closure.begins,
        "ends": closure.ends,
        "version": closure.version,
    }


CLOSURES = Shape(Kind.CLOSURE, ClosureRow, of_row, to_row)
