"""Versions of plans: one row each, routes, pool and figures as JSON."""

from datetime import date, datetime
from typing import Any

from app.domain.ids import DepotId, VersionId
from app.domain.plans import Route, Unassigned
from app.domain.versions import PlanVersion, VersionFigures
from app.services.changes import Kind
from app.store.mapping.shape import Shape
from app.store.tables import VersionRow


def of_row(
    id: str,
    depot: str,
    day: date,
    name: str,
    kept_at: datetime,
    kept_by: str,
    parent: str | None,
    routes: tuple[Route, ...],
    unassigned: tuple[Unassigned, ...],
    figures: VersionFigures | None,
    committed: int,
    current: bool,
    note: str,
    version: int,
) -> PlanVersion:
    """The version of a row."""
    return PlanVersion(
        id=VersionId(id),
        depot=DepotId(depot),
        day=day,
        name=name,
        kept_at=kept_at,
        kept_by=kept_by,
        parent=None if parent is None else VersionId(parent),
        routes=routes,
        unassigned=unassigned,
        figures=figures,
        committed=committed,
        current=current,
        note=note,
        version=version,
    )


def to_row(kept: PlanVersion) -> dict[str, Any]:
    """The columns of a version."""
    return {
        "id": kept.id,
        "depot": kept.depot,
        "day": kept.day,
        "name": kept.name,
        "kept_at": kept.kept_at,
        "kept_by": kept.kept_by,
        "parent": kept.parent,
        "routes": kept.routes,
        "unassigned": kept.unassigned,
        "figures": kept.figures,
        "committed": kept.committed,
        "current": kept.current,
        "note": kept.note,
        "version": kept.version,
    }


VERSIONS = Shape(Kind.VERSION, VersionRow, of_row, to_row)
