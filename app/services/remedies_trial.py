"""Tries changes of a day for one task: what the routes then are, whether any rule is broken that was not, and what it costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Timeline, Violation, ViolationKind, timeline
from app.domain.units import Cost, Millis
from app.services.advice import Routes, Standing
from app.services.advice_search import pair_spots, single_spots
from app.services.advice_values import Spot, hard, newly_broken, put_in
from app.services.problem import Problem, RoutePlan
from app.services.remedies_values import MINUTE, Remedy, RemedyKind, ShiftChange, Widened, changed, hurt, widened

GRID = 5 * MINUTE
"""Windows and shifts change by whole five minutes: nobody promises 14:03."""
_LONGEST_PAIR = 30
"""Stops of a route in which every two positions of a pair are tried."""
_LONGER, _LATER = 240 * MINUTE, 60 * MINUTE
"""A shift is not made longer, and another's window not later, by more: nobody would agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change to be tried: the steps of the routes that change, and what else would be different."""

    kind: RemedyKind
    shift: ShiftId
    routes: Mapping[ShiftId, tuple[Step, ...]]
    windows: tuple[Widened, ...] = ()
    shifts: tuple[ShiftChange, ...] = ()
    moved: tuple[TaskId, ...] = ()
    pooled: tuple[TaskId, ...] = ()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tried:
    """A spot in a route, what the route is with it, and what that newly breaks."""

    shift: ShiftId
    steps: tuple[Step, ...]
    line: Timeline
    broken: tuple[Violation, ...]
    price: int


@dataclass(slots=True)
class Bent:
    """What would have to give way for broken rules to hold."""

    windows: list[Widened] = field(default_factory=list)
    change: ShiftChange | None = None


class Trial:
    """One task, the routes without it, and the shifts of the day with those to spare. Routes that locks hold are left alone."""

    def __init__(self, standing: Standing, task: TaskId, rests: Routes, spare: Sequence[ShiftTerms] = ()) -> None:
        self.standing, self.task, self.partner = standing, task, standing.partners.get(task)
        self.spare = {shift.id: shift for shift in spare}
        self.shifts: dict[ShiftId, ShiftTerms] = {**standing.shifts, **self.spare}
        self.routes: dict[ShiftId, tuple[Step, ...]] = {**dict.fromkeys(self.spare, ()), **rests}
        self.planned = task in standing.planned
        self.tasks: dict[TaskId, TaskTerms] = dict(standing.tasks)
        if self.planned:
            self.tasks[task] = hard(standing.tasks[task])
        self.before = {shift: self.line(self.shifts[shift], steps) for shift, steps in self.routes.items()}
        self._was = {shift: standing.line(shift, steps).cost for shift, steps in standing.routes.items()}

    @property
    def terms(self) -> TaskTerms:
        """The task, its windows not to be missed."""
        return self.tasks[self.task]

    @property
    def problem(self) -> Problem:
        """The problem it is about."""
        return self.standing.problem

    def line(self, shift: ShiftTerms, steps: Sequence[Step], tasks: Mapping[TaskId, TaskTerms] | None = None) -> Timeline:
        """What becomes of a route of a shift as it is or would be."""
        return timeline(shift, steps, self.tasks if tasks is None else tasks, self.problem.travel[shift.travels])

    def sweep(self, shift: ShiftTerms, tasks: Mapping[TaskId, TaskTerms] | None = None, *, loading: bool = False) -> Iterator[Tried]:
        """The task at every spot of a shift's route; with `loading` only where the vehicle loads once more for it."""
        steps, before = self.routes[shift.id], self.before[shift.id]
        for spot in self._spots(shift, steps):
            if loading and not (spot.reload_before or spot.reload_after):
                continue
            put = put_in(steps, self.task, spot, self.partner)
            after = self.line(shift, put, tasks)
            yield Tried(shift.id, put, after, newly_broken(before, after), after.cost - before.cost)

    def _spots(self, shift: ShiftTerms, steps: tuple[Step, ...]) -> Iterable[Spot]:
        fixed = min(self.standing.fixed(shift.id), len(steps))
        if self.partner is None:
            return single_spots(steps, fixed, shift)
        if len(steps) > _LONGEST_PAIR:
            return ()
        return pair_spots(len(steps), fixed, first=self.terms.after is None)

    def judged(self, change: Change) -> Remedy | None:
        """The change as a remedy; None where any rule is broken that was not, or broken more."""
        shifts = {each.shift: changed(self.shifts[each.shift], each, self.shifts) for each in change.shifts}
        loose = self._widened(self.tasks, change)
        routes = {**self._left(), **change.routes}
        lines = {shift: self.line(shifts.get(shift, self.shifts[shift]), steps, loose) for shift, steps in routes.items()}
        if any(newly_broken(self.before[shift], line) for shift, line in lines.items()):
            return None
        own = next((halt for halt in lines[change.shift].halts if halt.task == self.task), None)
        if own is None:
            return None
        remedy = Remedy(
            kind=change.kind,
            task=self.task,
            shift=change.shift,
            routes=tuple(RoutePlan(shift=shift, steps=steps) for shift, steps in routes.items()),
            windows=change.windows,
            shifts=change.shifts,
            moved=change.moved,
            pooled=change.pooled,
            without=change.without,
            price=self._price(change, routes, shifts),
            begin=own.begin,
            position=next(at for at, halt in enumerate(lines[change.shift].halts) if halt.task == self.task),
        )
        return replace(remedy, hurt=hurt(remedy, self.standing.tasks, self.shifts))

    def _left(self) -> dict[ShiftId, tuple[Step, ...]]:
        """The routes that the task left, where it was planned."""
        return {shift: steps for shift, steps in self.routes.items() if shift in self.standing.routes and steps != self.standing.routes[shift]}

    def _widened(self, tasks: Mapping[TaskId, TaskTerms], change: Change) -> Mapping[TaskId, TaskTerms]:
        if not change.windows and not change.without:
            return tasks
        loose = {**tasks, **widened(tasks, change.windows)}
        own = loose[self.task]
        loose[self.task] = replace(own, skills=own.skills - change.without, features=own.features - change.without)
        return loose

    def _price(self, change: Change, routes: Mapping[ShiftId, tuple[Step, ...]], shifts: Mapping[ShiftId, ShiftTerms]) -> Cost:
        """What the changed routes cost more than they stand, lateness at its price where it has one."""
        tasks = self._widened(self.standing.tasks, change)
        after = sum(self.line(shifts.get(shift, self.shifts[shift]), steps, tasks).cost for shift, steps in routes.items())
        return Cost(after - sum(self._was.get(shift, 0) for shift in routes))

    # What would have to give way ----------------------------------------------------------------------------------

    def bent(self, tried: Tried) -> Bent | None:
        """What makes room for all that a spot breaks; None where a rule is among it that no amount can bend."""
        found, shift = Bent(), self.shifts[tried.shift]
        for each in tried.broken:
            if each.kind is ViolationKind.LATE and each.task is not None:
                window = self._later(each, tried.line)
                if window is None:
                    return None
                found.windows.append(window)
            elif not self._give(found, each, shift, tried.line):
                return None
        return found

    def _later(self, late: Violation, line: Timeline) -> Widened | None:
        task = late.task
        assert task is not None
        index = next((halt.window for halt in line.halts if halt.task == task), None)
        if index is None or (task != self.task and late.amount > _LATER):
            return None
        was = self.tasks[task].windows[index]
        return Widened(task=task, window=index, opens=was.opens, closes=up(was.closes + late.amount))

    def _give(self, found: Bent, broken: Violation, shift: ShiftTerms, line: Timeline) -> bool:
        """Notes how the shift would have to give way; False: it cannot."""
        change = found.change or ShiftChange(shift=shift.id)
        if broken.kind is ViolationKind.SHIFT and broken.amount <= _LONGER:
            found.change = replace(change, latest_end=up(shift.latest_end + broken.amount))
        elif broken.kind is ViolationKind.DURATION and broken.amount <= _LONGER and shift.max_duration is not None:
            found.change = replace(change, max_duration=up(shift.max_duration + broken.amount))
        elif broken.kind is ViolationKind.BREAK and change.pause is None:
            late = [at for at, (pause, taken) in enumerate(zip(shift.breaks, line.breaks, strict=False)) if taken.begin > pause.latest]
            if len(late) != 1:
                return False
            found.change = replace(change, pause=late[0], pause_latest=up(shift.breaks[late[0]].latest + broken.amount))
        else:
            return False
        return True

    def yielding(
        self, tried: Tried, kind: RemedyKind | None = None, *, without: frozenset[str] = frozenset(), with_shift: ShiftChange | None = None
    ) -> Change | None:
        """The change that makes a spot possible; None where none does. `kind`: what it is called whatever has to give way."""
        bent = self.bent(tried)
        if bent is None:
            return None
        own = tuple(each for each in bent.windows if each.task == self.task)
        parts = [bool(own), len(bent.windows) > len(own), bent.change is not None]
        called = kind or (RemedyKind.PLACE if not any(parts) else RemedyKind.BOTH if sum(parts) > 1 else _KINDS[parts.index(True)])
        change = _together(with_shift, bent.change)
        return Change(
            kind=called,
            shift=tried.shift,
            routes={tried.shift: tried.steps},
            windows=tuple(bent.windows),
            shifts=() if change is None else (change,),
            without=without,
        )

    def felt(self, change: Change) -> int:
        """How much a change asks of people, before it is judged."""
        asked = Remedy(
            kind=change.kind,
            task=self.task,
            shift=change.shift,
            routes=(),
            windows=change.windows,
            shifts=change.shifts,
            moved=change.moved,
            pooled=change.pooled,
        )
        return hurt(asked, self.standing.tasks, self.shifts)


_KINDS = (RemedyKind.WINDOW, RemedyKind.OTHERS, RemedyKind.SHIFT)


def _together(first: ShiftChange | None, second: ShiftChange | None) -> ShiftChange | None:
    if first is None or second is None:
        return first or second
    return replace(first, latest_end=second.latest_end, max_duration=second.max_duration, pause=second.pause, pause_latest=second.pause_latest)


def up(reading: int) -> Millis:
    """A clock reading or a span at the next five minutes."""
    return Millis(-(-reading // GRID) * GRID)


def down(reading: int) -> Millis:
    """A clock reading at the last five minutes."""
    return Millis(reading // GRID * GRID)
