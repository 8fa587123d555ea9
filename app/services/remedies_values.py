"""What a remedy is: the smallest change found that puts an order into a route without a broken rule, what it costs, and whom it hurts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import BreakTerms, ShiftTerms, TaskTerms, TimeWindow
from app.domain.units import Cost, Millis
from app.services.problem import RoutePlan


class RemedyKind(StrEnum):
    """What is changed, the least painful first."""

    PLACE = "place"
    """Nothing but the plan: there is room for it."""
    MOVE = "move"
    """Another stop goes to another route, and keeps its window there."""
    TRIP = "trip"
    """The vehicle comes back to load once more."""
    VEHICLE = "vehicle"
    """The shift gets another vehicle: from another shift, which gets its own, or one that stands idle."""
    DRIVER = "driver"
    """Two shifts exchange their drivers."""
    UNLOCK = "unlock"
    """It goes into a route, or a part of one, that is locked."""
    WINDOW = "window"
    """Its own window opens earlier or closes later."""
    SHIFT = "shift"
    """The shift begins earlier, ends later, lasts longer, or pauses later."""
    OTHERS = "others"
    """Windows of other stops close later."""
    BOTH = "both"
    """Several of window, shift and others."""
    EXTRA = "extra"
    """A vehicle that stands idle is used for the day."""
    WITHOUT = "without"
    """The order does without a skill or a feature."""
    DROP = "drop"
    """Another stop goes back to the pool."""
    ROAD = "road"
    """The order's place goes to the nearest road that can be reached."""
    DAY = "day"
    """The order goes to another day, on which there is room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widened:
    """A window of a task, by its place in the task's terms, as it would be."""

    task: TaskId
    window: int
    opens: Millis
    closes: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftChange:
    """What would be different of a shift; None: as it is. Clock readings and milliseconds."""

    shift: ShiftId
    starts: Millis | None = None
    latest_end: Millis | None = None
    max_duration: Millis | None = None
    reloads: int | None = None
    pause: int | None = None
    """Which pause begins later, by its place."""
    pause_latest: Millis | None = None
    vehicle_of: ShiftId | None = None
    """The shift, of the day or to spare, whose vehicle it gets."""
    driver_of: ShiftId | None = None
    """The shift whose driver it gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way to put a task into a route. It was tried: with it no rule is broken that was not broken before."""

    kind: RemedyKind
    task: TaskId
    shift: ShiftId
    """Whose route it comes into."""
    routes: tuple[RoutePlan, ...]
    """The routes that change, with their steps afterwards."""
    windows: tuple[Widened, ...] = ()
    shifts: tuple[ShiftChange, ...] = ()
    moved: tuple[TaskId, ...] = ()
    """Other tasks that change route."""
    pooled: tuple[TaskId, ...] = ()
    """Other tasks that go back to the pool."""
    without: frozenset[str] = frozenset()
    """Skills and features that the order does without."""
    price: Cost = Cost(0)
    """What driving, time and lateness then cost more; what leaving orders out costs is not in it."""
    begin: Millis = Millis(0)
    """When its service begins."""
    position: int = 0
    """Where it stands in the route, from 0."""
    hurt: int = 0
    """How much it asks of people, in minutes as they would feel it: only to put remedies in order."""

    @property
    def who(self) -> tuple[object, ...]:
        """What tells remedies of the same kind apart for a person."""
        if self.kind is RemedyKind.WINDOW:
            return self.kind, self.windows
        return self.kind, self.shift, self.moved, self.pooled, tuple(sorted({each.task for each in self.windows}))


MINUTE = 60_000
_OWN, _OTHERS, _TOLD = 5, 10, 2
"""Asking the customer who waits for it; asking another; a minute of another's is felt as two."""
_WORK, _BEGIN, _PAUSE = 5, 10, 3
"""Telling a driver to stay longer, to come earlier, to pause later; each minute then counts once."""
_FLAT = {
    RemedyKind.TRIP: 20,
    RemedyKind.VEHICLE: 25,
    RemedyKind.DRIVER: 30,
    RemedyKind.UNLOCK: 30,
    RemedyKind.EXTRA: 45,
    RemedyKind.WITHOUT: 300,
    RemedyKind.DROP: 400,
    RemedyKind.DAY: 240,
}
_MOVED = 5


def hurt(remedy: Remedy, tasks: Mapping[TaskId, TaskTerms], shifts: Mapping[ShiftId, ShiftTerms]) -> int:
    """How much a remedy asks of people, in felt minutes. `shifts` has every shift that it names."""
    total = _FLAT.get(remedy.kind, 0) + _MOVED * len(remedy.moved)
    for each in remedy.windows:
        was = tasks[each.task].windows[each.window]
        wider = -(-(was.opens - each.opens + each.closes - was.closes) // MINUTE)
        total += _OWN + wider if each.task == remedy.task else _OTHERS + _TOLD * wider
    return total + sum(_of_shift(each, shifts[each.shift]) for each in remedy.shifts)


def _of_shift(change: ShiftChange, was: ShiftTerms) -> int:
    felt = 0
    for now, then, asking in ((change.latest_end, was.latest_end, _WORK), (change.max_duration, was.max_duration, _WORK)):
        felt += asking + (now - then) // MINUTE if now is not None and then is not None else 0
    felt += _BEGIN + (was.starts - change.starts) // MINUTE if change.starts is not None else 0
    if change.pause is not None and change.pause_latest is not None:
        felt += _PAUSE + (change.pause_latest - was.breaks[change.pause].latest) // MINUTE
    return felt


def widened(tasks: Mapping[TaskId, TaskTerms], windows: Iterable[Widened]) -> dict[TaskId, TaskTerms]:
    """The tasks whose windows change, as they would be."""
    found: dict[TaskId, TaskTerms] = {}
    for each in windows:
        task = found.get(each.task, tasks[each.task])
        was = list(task.windows)
        was[each.window] = TimeWindow(opens=each.opens, closes=each.closes, late_price=was[each.window].late_price)
        found[each.task] = replace(task, windows=tuple(was))
    return found


def changed(shift: ShiftTerms, change: ShiftChange, every: Mapping[ShiftId, ShiftTerms]) -> ShiftTerms:
    """A shift as it would be; `every` has the shifts whose vehicle or driver it may get."""
    if change.vehicle_of is not None:
        shift = with_vehicle(shift, every[change.vehicle_of])
    if change.driver_of is not None:
        shift = with_driver(shift, every[change.driver_of])
    if change.starts is not None:
        shift = replace(shift, starts=change.starts)
    if change.latest_end is not None:
        shift = replace(shift, latest_end=change.latest_end)
    if change.max_duration is not None:
        shift = replace(shift, max_duration=change.max_duration)
    if change.reloads is not None:
        shift = replace(shift, reloads=change.reloads)
    if change.pause is not None and change.pause_latest is not None:
        pauses = list(shift.breaks)
        was = pauses[change.pause]
        pauses[change.pause] = BreakTerms(earliest=was.earliest, latest=change.pause_latest, length=was.length)
        shift = replace(shift, breaks=tuple(pauses))
    return shift


def with_vehicle(shift: ShiftTerms, other: ShiftTerms) -> ShiftTerms:
    """A shift driven with the vehicle of another one."""
    return replace(
        shift,
        profile=other.profile,
        roads=other.roads,
        capacity=other.capacity,
        features=other.features,
        max_distance=other.max_distance,
        fixed_price=other.fixed_price,
        meter_price=other.meter_price,
        milli_price=other.milli_price,
        overtime_price=other.overtime_price,
    )


def with_driver(shift: ShiftTerms, other: ShiftTerms) -> ShiftTerms:
    """A shift driven by the driver of another one, who may begin and end elsewhere."""
    return replace(shift, skills=other.skills, start=other.start, end=None if shift.end is None else other.end)
