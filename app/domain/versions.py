"""Versions of a day's plan: the plan as it stood when a person kept it, or when it was committed, with the version that it grew out of."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.ids import DepotId, ShiftId, TaskId, VersionId
from app.domain.plans import Route, Unassigned
from app.domain.units import Cost, Meters, Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFigures:
    """A version in numbers, as they were when it was kept: metres, milliseconds, millionths of a minor unit."""

    meters: Meters = Meters(0)
    duration: Millis = Millis(0)
    cost: Cost = Cost(0)
    """What driving costs, without the prices of lateness and of what is left out."""
    planned: int = 0
    unplanned: int = 0
    late: int = 0
    late_time: Millis = Millis(0)
    routes: int = 0
    """Routes with at least one stop."""
    violations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """One version of a depot's day. Together those of a day are a tree: `parent` is the version that it grew out of.

    It outlives orders and shifts that it names: what is no longer there is left out when it is taken.
    """

    id: VersionId
    depot: DepotId
    day: date
    name: str
    """Empty: one that a commit kept, known by its number and time."""
    kept_at: datetime
    kept_by: str = ""
    parent: VersionId | None = None
    routes: tuple[Route, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    figures: VersionFigures | None = None
    """None: nobody had counted, as with a plan committed from the command line."""
    committed: int = 0
    """The number of the commit that kept it; 0: a person did."""
    current: bool = False
    """The plan grew out of this one: it was kept, or taken, last."""
    note: str = ""
    version: int = 0

    @property
    def tasks(self) -> tuple[TaskId, ...]:
        """All tasks of its routes."""
        return tuple(task for route in self.routes for task in route.tasks)

    def route_of(self, shift: ShiftId) -> Route | None:
        """Its route of a shift, or None."""
        return next((route for route in self.routes if route.shift == shift), None)
