"""What a proposal changes for whom: the plan as it stands against the proposed one, stop by stop and driver by driver. Pure functions.

Times are clock readings of the planning day in milliseconds, distances metres. What is "promised" is what the last committed version said: nothing is
known of loading yet, so nobody is told that a stop is loaded.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import RouteId, TaskId
from app.domain.plans import PromisedRoute
from app.domain.schedule import Halt, Timeline
from app.domain.sentences import Sentence
from app.domain.units import Cost, Meters, Millis, minutes
from app.services.planning_judging import moves
from app.services.planning_values import Judged, Totals

NOTICED: Millis = minutes(15)
"""A time that moves by more than this is another time to the customer."""


class Change(StrEnum):
    """What becomes of a stop; of several, the first of these."""

    NEW = "new"
    """From the pool into a route."""
    OUT = "out"
    """From a route into the pool."""
    ROUTE = "route"
    """Into another route."""
    PLACE = "place"
    """To another place of its route."""
    TIME = "time"
    """Same route, same order, but at another time (`NOTICED`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a task stands in a plan. `position` counts from 1; `arrival` None: the time is not known."""

    route: RouteId
    position: int
    arrival: Millis | None
    late: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class StopChange:
    """One task before and after; None: in no route. `told` is the arrival that the last committed version promised, `promised` whether it served the task
    at all."""

    task: TaskId
    change: Change
    before: Spot | None
    after: Spot | None
    told: Millis | None = None
    promised: bool = False
    reasons: tuple[Sentence, ...] = ()
    """Why it is left out."""

    @property
    def shifted(self) -> int | None:
        """Milliseconds by which the customer's time moves: against what was told, else against the plan before; None: one of them is not known."""
        was = self.told if self.told is not None else (self.before.arrival if self.before is not None else None)
        now = self.after.arrival if self.after is not None else None
        return now - was if was is not None and now is not None else None

    @property
    def breaks_promise(self) -> bool:
        """Whether a customer was promised something that is no longer so: a time moved by more than `NOTICED`, or no visit at all."""
        moved = self.told is not None and self.shifted is not None and abs(self.shifted) > NOTICED
        return self.promised and (self.after is None or moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """A route in numbers; `ends` None: it is empty."""

    stops: int = 0
    meters: Meters = Meters(0)
    duration: Millis = Millis(0)
    late: int = 0
    leaves: Millis | None = None
    ends: Millis | None = None
    cost: Cost = Cost(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverChange:
    """One route before and after, with how many stops came to it, went from it, or stand elsewhere in it."""

    route: RouteId
    before: Tour
    after: Tour
    came: int = 0
    went: int = 0
    reordered: int = 0

    @property
    def differs(self) -> bool:
        """Whether the driver would do anything differently."""
        return bool(self.came or self.went or self.reordered or self.before != self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that a proposal changes. `stops` by kind of change, then by the new time; `left_out` is all that no route would serve."""

    before: Totals
    after: Totals
    stops: tuple[StopChange, ...] = ()
    drivers: tuple[DriverChange, ...] = ()
    left_out: tuple[TaskId, ...] = ()

    def count(self, change: Change) -> int:
        """Stops to which that happens."""
        return sum(1 for each in self.stops if each.change is change)

    @property
    def rerouted_promises(self) -> int:
        """Stops of the last committed version that would change route or fall out."""
        return sum(1 for each in self.stops if each.promised and each.change in {Change.ROUTE, Change.OUT})

    @property
    def broken_promises(self) -> int:
        """Customers whose promised time would not hold."""
        return sum(1 for each in self.stops if each.breaks_promise)


def changes(before: Judged, after: Judged, promised: Iterable[PromisedRoute] = ()) -> Changes:
    """What `after` would change of `before`; both of the same day, with the same ids for the same shifts (as `planning.judge` gives them)."""
    told = {task: at for route in promised for task, at in zip(route.tasks, route.arrivals, strict=True)}
    was, now = spots(before), spots(after)
    reasons = {each.task: each.reasons for each in after.unassigned}
    kinds = _kinds(before, after, was, now, told)
    stops = [
        StopChange(
            task=task,
            change=kind,
            before=was.get(task),
            after=now.get(task),
            told=told.get(task),
            promised=task in told,
            reasons=reasons.get(task, ()) if task not in now else (),
        )
        for task, kind in kinds.items()
    ]
    return Changes(
        before=before.totals,
        after=after.totals,
        stops=tuple(sorted(stops, key=_order)),
        drivers=_drivers(before, after, stops),
        left_out=tuple(each.task for each in after.unassigned),
    )


def spots(judged: Judged) -> Mapping[TaskId, Spot]:
    """Where each task of the routes stands."""
    return {
        task: _spot(route.id, position, halts.get(task))
        for route in judged.routes
        for halts in (_halts(judged.timelines.get(route.id)),)
        for position, task in enumerate(route.tasks, start=1)
    }


def tour(stops: int, line: Timeline | None) -> Tour:
    """A route in numbers."""
    if line is None or not stops:
        return Tour(stops=stops)
    late = sum(1 for halt in line.halts if halt.late)
    return Tour(stops=stops, meters=line.meters, duration=line.duration, late=late, leaves=line.leaves, ends=line.ends, cost=line.travel_cost)


def _halts(line: Timeline | None) -> Mapping[TaskId, Halt]:
    return {halt.task: halt for halt in line.halts} if line is not None else {}


def _spot(route: RouteId, position: int, halt: Halt | None) -> Spot:
    return Spot(route=route, position=position, arrival=halt.arrival if halt else None, late=halt.late if halt else Millis(0))


def _kinds(before: Judged, after: Judged, was: Mapping[TaskId, Spot], now: Mapping[TaskId, Spot], told: Mapping[TaskId, Millis | None]) -> dict[TaskId, Change]:
    kinds: dict[TaskId, Change] = {}
    for move in moves(before.routes, after.routes):
        if move.changes_route:
            kinds[move.task] = Change.NEW if move.from_route is None else Change.OUT if move.to_route is None else Change.ROUTE
        else:
            kinds[move.task] = Change.PLACE
    for task, spot in now.items():
        if task not in kinds and _retimed(was[task], spot, told.get(task)):
            kinds[task] = Change.TIME
    return kinds


def _retimed(was: Spot, now: Spot, told: Millis | None) -> bool:
    """Whether the change moves the time so that it is noticed; a promise that the plan before did not keep either is not its doing."""
    if was.arrival is None or now.arrival is None or was.arrival == now.arrival:
        return False
    moved = abs(now.arrival - was.arrival) > NOTICED
    return moved or (told is not None and abs(now.arrival - told) > NOTICED)


_RANK = {Change.OUT: 0, Change.ROUTE: 1, Change.NEW: 2, Change.PLACE: 3, Change.TIME: 4}


def _order(change: StopChange) -> tuple[int, int, str]:
    spot = change.after or change.before
    return _RANK[change.change], spot.arrival or 0 if spot is not None else 0, change.task


def _drivers(before: Judged, after: Judged, stops: Iterable[StopChange]) -> tuple[DriverChange, ...]:
    came: Counter[RouteId] = Counter()
    went: Counter[RouteId] = Counter()
    reordered: Counter[RouteId] = Counter()
    for each in stops:
        if each.change is Change.PLACE and each.after is not None:
            reordered[each.after.route] += 1
        elif each.change in {Change.NEW, Change.ROUTE, Change.OUT}:
            came.update([each.after.route] if each.after is not None else [])
            went.update([each.before.route] if each.before is not None else [])
    was = {route.id: tour(len(route.tasks), before.timelines.get(route.id)) for route in before.routes}
    now = {route.id: tour(len(route.tasks), after.timelines.get(route.id)) for route in after.routes}
    return tuple(
        DriverChange(route=route, before=was.get(route, Tour()), after=now.get(route, Tour()), came=came[route], went=went[route], reordered=reordered[route])
        for route in dict.fromkeys([*now, *was])
    )
