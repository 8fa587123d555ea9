"""What the timeline shows under the plan: the plan that a proposal would replace, or what was committed last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.desktop.day import Shown
from app.domain.ids import OrderId, RouteId, TaskId
from app.domain.orders import order_of
from app.domain.plans import PromisedRoute
from app.domain.schedule import TaskTerms
from app.services.queries import DayView

_SHORT = 60_000
"""Milliseconds that a promised arrival is drawn as at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an order stood before: from, to in clock readings."""

    begin: int
    end: int
    route: RouteId


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The layer below. `committed`: it is what was committed, else the plan as it stands."""

    committed: bool = False
    marks: Mapping[OrderId, Mark] = field(default_factory=dict)
    rows: Mapping[RouteId, tuple[Mark, ...]] = field(default_factory=dict)


NOTHING = Before()


class Memory:
    """Remembers the plan on screen, for when a proposal stands in its place."""

    def __init__(self) -> None:
        self._plan: DayView | None = None

    def before(self, shown: Shown) -> Before:
        """What to show under this day."""
        if shown.proposal is None:
            self._plan = shown.view if shown.problem is not None else None
            plan = shown.day.plan
            terms = shown.problem.terms if shown.problem is not None else {}
            return _committed(plan.promised, terms) if plan is not None and plan.promised else NOTHING
        was = self._plan
        same = was is not None and was.plan is not None and (was.plan, was.plan_version) == (shown.view.plan, shown.view.plan_version)
        return _planned(was) if was is not None and same else NOTHING


def _planned(view: DayView) -> Before:
    stops = [row for rows in view.stops.values() for row in rows if row.begin is not None and row.departure is not None]
    return _with(False, {order: Mark(row.begin or 0, row.departure or 0, row.route) for row in stops for order in row.orders})


def _committed(promised: tuple[PromisedRoute, ...], terms: Mapping[TaskId, TaskTerms]) -> Before:
    marks: dict[OrderId, Mark] = {}
    for route in promised:
        for task, at in zip(route.tasks, route.arrivals, strict=True):
            if at is not None:
                known = terms.get(task)
                marks[order_of(task)] = Mark(at, at + max(_SHORT, known.service if known is not None else 0), route.route)
    return _with(True, marks)


def _with(committed: bool, marks: Mapping[OrderId, Mark]) -> Before:
    rows: dict[RouteId, list[Mark]] = {}
    for mark in marks.values():
        rows.setdefault(mark.route, []).append(mark)
    return Before(committed=committed, marks=marks, rows={route: tuple(sorted(set(each), key=lambda mark: mark.begin)) for route, each in rows.items()})
