"""The day in view: read, planned through and judged once in the pool, shown by every panel, so that all show the same numbers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.desktop.bridge import Bridge
from app.desktop.work import Job
from app.domain.errors import Cancelled, NotFound, Outside, Refused
from app.domain.fleet import Depot
from app.domain.geo import Place
from app.domain.ids import DepotId
from app.domain.plans import Plan, touched
from app.domain.sentences import Sentence
from app.services import planning
from app.services.changes import ChangeSet
from app.services.closing_effects import Crossings, crossings
from app.services.closing_times import on_changed_roads
from app.services.planning_values import DayProblem, Judged, Proposal
from app.services.ports.store import Day, Reader
from app.services.ports.travel import Areas, Travel
from app.services.queries import DayView, day_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is on screen. `problem` is None while roads are being asked; `trouble` says why times cannot be shown."""

    day: Day
    view: DayView
    problem: DayProblem | None = None
    judged: Judged | None = None
    proposal: Proposal | None = None
    trouble: Sentence | None = None
    crossings: Crossings = field(default_factory=dict)
    """The legs that closures meet, as the plan was when the day was read."""


_MARGIN_M = 2_000.0
"""Metres beyond an area's data within which a depot is still believed to belong to it."""


def area_name(areas: Areas, depot: Depot) -> str:
    """The area that a depot plans in: its own, or the known one that holds its place; empty where there is none."""
    known = areas.known()
    named = next((each.name for each in known if depot.area.casefold() in {each.name.casefold(), each.title.casefold()}), "")
    return named or next((each.name for each in known if each.bounds.grown(_MARGIN_M).holds(depot.place)), "")


class DayModel(QObject):
    """Holds the day in view. `shown` carries a Shown after each change; `working` whether times are being computed."""

    shown = Signal(object)
    working = Signal(bool)
    measured = Signal(float)
    """How much of the roads' travel times is there, 0…1."""

    def __init__(self, bridge: Bridge, areas: Areas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._areas = areas
        self._depot: DepotId | None = None
        self._date: date | None = None
        self._held: Shown | None = None
        self._problem: tuple[Any, DayProblem] | None = None
        self._job: Job | None = None
        bridge.changed.connect(self._changed)

    @property
    def held(self) -> Shown | None:
        """What is on screen now."""
        return self._held

    @property
    def view(self) -> DayView | None:
        """The rows on screen now."""
        return self._held.view if self._held is not None else None

    @property
    def plan(self) -> Plan | None:
        """The stored plan, or the preview of a move that is being written."""
        return self._held.day.plan if self._held is not None else None

    def open(self, depot: DepotId, day: date) -> None:
        """Puts another day in view."""
        if (depot, day) != (self._depot, self._date):
            self._problem = None
        self._depot, self._date = depot, day
        self.refresh()

    def refresh(self) -> None:
        """Reads the day anew; the answer comes through `shown`."""
        if self._depot is None or self._date is None:
            return
        if self._job is not None:
            self._job.cancel()
        depot, day = self._depot, self._date
        self.working.emit(True)
        self._job = self._bridge.compute(lambda job: self._build(job, depot, day), then=self._arrived, key="day", failed=self._broke)

    def propose(self, proposal: Proposal, shown: Shown) -> None:
        """Shows a proposal in place of the plan; `shown` is what `with_proposal` made of it off the main thread, from a day that was on screen."""
        held = self._held
        if held is not None:
            self._show(shown if shown.day is held.day else with_proposal(held, proposal))

    def retract(self) -> None:
        """Shows the plan again, where a proposal was shown in its place."""
        held = self._held
        if held is None or held.proposal is None:
            return
        judged = planning.current(held.problem, held.day.plan) if held.problem is not None else None
        self._show(replace(held, view=day_view(held.day, judged, held.view.source, held.crossings), judged=judged, proposal=None))

    def preview(self, plan: Plan) -> None:
        """Shows an edited plan at once, with times by the same functions that every other number comes from; the store follows."""
        held = self._held
        if held is None or held.judged is None or held.problem is None:
            return
        before = held.day.plan
        edited = touched(before, plan) if before is not None else frozenset(route.id for route in plan.routes)
        lines = planning.timelines(held.problem, [route for route in plan.routes if route.id in edited])
        timelines = {**held.judged.timelines, **lines}
        judged = replace(held.judged, routes=plan.routes, unassigned=plan.unassigned, timelines=timelines, late_reasons={}, obstacles=())
        day = replace(held.day, plan=plan)
        self._show(replace(held, day=day, judged=judged, view=day_view(day, judged, held.view.source, held.crossings)))

    @Slot(object)
    def _changed(self, changes: ChangeSet) -> None:
        if changes:
            self.refresh()

    def _build(self, job: Job, depot: DepotId, day: date) -> Shown:
        read = self._bridge.read(lambda reader: reader.day(depot, day))
        key = _roads_key(read)
        known = self._problem
        if known is None or known[0] != key:
            early = Shown(day=read, view=day_view(read, None))
            if self._held is None or self._held.day.day != day:
                self._bridge.post(lambda: self._early(job, early))
            else:
                self._at_once(job, read)
            try:
                known = (key, planning.day_problem(read, travel_for(self._areas, read.depot), report=self._measuring(job)))
            except Cancelled:
                raise
            except (Refused, Outside) as refusal:
                return replace(early, trouble=refusal.sentence)
            self._problem = known
        problem = known[1]
        judged = planning.current(problem, read.plan)
        met = self._crossings(read, problem, judged)
        return Shown(day=read, view=day_view(read, judged, problem.source, met), problem=problem, judged=judged, crossings=met)

    def _at_once(self, job: Job, read: Day) -> None:
        """Where only closures have changed, the plan's new times are shown before the tables of the whole day are there."""
        held = self._held
        if held is None or held.problem is None or held.judged is None or held.proposal is not None or read.plan != held.day.plan:
            return
        if _roads_key(replace(read, closures=())) != _roads_key(replace(held.day, closures=())):
            return
        with suppress(Refused, Outside):
            problem = on_changed_roads(held.day, read, held.problem, held.judged, travel_for(self._areas, read.depot))
            judged = planning.current(problem, read.plan)
            met = self._crossings(read, problem, judged)
            soon = Shown(day=read, view=day_view(read, judged, held.view.source, met), judged=judged, crossings=met)
            self._bridge.post(lambda: self._early(job, soon))

    def _crossings(self, day: Day, problem: DayProblem, judged: Judged) -> Crossings:
        """The legs that closures meet; none where the roads do not answer: the times are known all the same."""
        if not day.closures or day.plan is None:
            return {}
        try:
            return crossings(day, problem, judged, travel_for(self._areas, day.depot))
        except (Refused, Outside):
            return {}

    def _measuring(self, job: Job) -> Callable[[float, str], None]:
        def report(share: float, _step: str) -> None:
            job.check()
            self._bridge.post(lambda: None if job.cancelled else self.measured.emit(share))

        return report

    def _early(self, job: Job, shown: Shown) -> None:
        if not job.cancelled:
            self._show(shown)

    def _arrived(self, shown: Shown) -> None:
        self.working.emit(False)
        self._show(shown)

    def _broke(self, error: BaseException) -> None:
        self.working.emit(False)
        self._bridge.tell(error)

    def _show(self, shown: Shown) -> None:
        self._held = shown
        self.shown.emit(shown)


def with_proposal(shown: Shown, proposal: Proposal) -> Shown:
    """The same day with a proposal in place of its plan."""
    return replace(shown, view=day_view(shown.day, proposal.judged, shown.view.source, shown.crossings), judged=proposal.judged, proposal=proposal)


def travel_for(areas: Areas, depot: Depot) -> Travel:
    """The roads that a depot plans on. Raises NotFound where no area holds it."""
    name = area_name(areas, depot)
    if not name:
        raise NotFound("desktop.no_area", depot=depot.name)
    return areas.travel(name)


def _roads_key(day: Day) -> tuple[object, ...]:
    """All that the problem of a day depends on; the routes are not among it."""
    return (day.depot, day.day, day.orders, day.shifts, day.closures, tuple(day.vehicles.values()), tuple(day.drivers.values()))


def days_of(depot: DepotId) -> Callable[[Reader], tuple[tuple[date, int], ...]]:
    """A query: the days of a depot that have orders, with their number."""
    return lambda reader: tuple(reader.days(depot))


def place_of(shown: Shown, order: str) -> Place | None:
    """Where an order goes, if that is known."""
    return next((each.location.place for each in shown.day.orders if each.id == order), None)
