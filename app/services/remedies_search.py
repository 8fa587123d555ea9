"""Where remedies are looked for, kind by kind; each finds changes to be tried, the least painful first, and believes nothing that was not tried."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import ShiftTerms, Step, TaskTerms, TimeWindow, Violation, ViolationKind
from app.services.advice import Standing
from app.services.advice_values import without
from app.services.planning_insertion import Insertion, Slack, allowed, best_in, slack_of
from app.services.problem import RoutePlan
from app.services.remedies_trial import GRID, Change, Trial, Tried, down
from app.services.remedies_values import Remedy, RemedyKind, ShiftChange, Widened, with_driver, with_vehicle

_EACH = 3
"""Spots of one route that are tried exactly."""
_KEPT = 8
"""Changes of a kind that are tried exactly."""
_HOMES = 14
"""Stops for which another place is sought, those first whose going helps most cheaply."""
_SWAPS = 60
"""Exchanges of vehicles or drivers that are tried."""
_LOADS = {ViolationKind.LOAD, ViolationKind.RELOAD}


class Finder:
    """Finds changes for one trial; what takes long ends early where it is `enough`."""

    def __init__(self, trial: Trial, enough: Callable[[], bool] = lambda: False) -> None:
        self.trial, self._enough = trial, enough
        self._slack: dict[ShiftId, Slack] = {}

    def stages(self) -> Iterator[Iterable[Remedy]]:
        """The remedies of each kind, none yet sought before it is asked for."""
        yield self._best(self._yielding(self._swept))
        yield self._earlier_windows()
        yield self._best(self._earlier_shifts())
        yield self._best(self._trips())
        yield self._best(self._spare())
        yield self._best(self._vehicles())
        yield self._best(self._drivers())
        yield self._best(self._unlocked())
        yield self._best(self._without())
        yield self._moves()

    # Spots as they are --------------------------------------------------------------------------------------------

    @cached_property
    def _open(self) -> tuple[ShiftTerms, ...]:
        """Shifts of the day that may and can serve the task at all, and whose routes are open to it."""
        trial = self.trial
        return tuple(shift for shift in trial.standing.shifts.values() if trial.standing.may_go(trial.task, shift.id) and allowed(shift, trial.terms))

    @cached_property
    def _swept(self) -> Mapping[ShiftId, tuple[Tried, ...]]:
        """Every spot of every open route."""
        return {shift.id: tuple(self.trial.sweep(shift)) for shift in self._open}

    def _yielding(self, swept: Mapping[ShiftId, Iterable[Tried]], kind: RemedyKind | None = None) -> Iterator[Change]:
        """Of each route the spots at which the least has to give way."""
        for tried in swept.values():
            ranked = sorted(((self.trial.felt(change), each.price, at, change) for at, each, change in self._changes(tried, kind)), key=lambda found: found[:3])
            yield from (change for *_, change in ranked[:_EACH])

    def _changes(self, tried: Iterable[Tried], kind: RemedyKind | None) -> Iterator[tuple[int, Tried, Change]]:
        for at, each in enumerate(tried):
            change = self.trial.yielding(each, kind)
            if change is not None:
                yield at, each, change

    def _best(self, changes: Iterable[Change]) -> Iterator[Remedy]:
        """The changes that hold, of those that ask least of people; of a kind no more than a few are tried."""
        ranked = sorted(changes, key=self.trial.felt)
        tried: dict[RemedyKind, int] = {}
        for change in ranked:
            tried[change.kind] = tried.get(change.kind, 0) + 1
            remedy = self.trial.judged(change) if tried[change.kind] <= _KEPT else None
            if remedy is not None:
                yield remedy

    # Earlier ------------------------------------------------------------------------------------------------------

    def _earlier_windows(self) -> Iterator[Remedy]:
        """The task before its window opens, no earlier than it must be."""
        trial, terms = self.trial, self.trial.terms
        first = min((shift.starts for shift in self._open), default=None)
        if first is None or not terms.windows or terms.windows[0].opens <= first:
            return
        whole = TimeWindow(opens=first, closes=terms.windows[-1].closes)
        loose: dict[TaskId, TaskTerms] = {**trial.tasks, trial.task: replace(terms, windows=(whole,))}
        found = [early for shift in self._open for early in self._early(trial.sweep(shift, loose))]
        for _, _, window, tried in sorted(found, key=lambda each: each[:2])[:_KEPT]:
            remedy = self._as_late_as_it_can(window, tried)
            if remedy is not None:
                yield remedy

    def _early(self, swept: Iterable[Tried]) -> list[tuple[int, int, Widened, Tried]]:
        """The spots at which nothing is broken but the beginning of the window: by how much, the price, and the window that has to open earlier."""
        windows, found = self.trial.terms.windows, []
        for each in swept:
            begin = next(halt.begin for halt in each.line.halts if halt.task == self.trial.task)
            index = next((at for at, window in enumerate(windows) if begin < window.opens), None)
            if each.broken or index is None or any(window.opens <= begin <= window.closes for window in windows):
                continue
            was = windows[index]
            opens = down(begin)
            if index == 0 or opens > windows[index - 1].closes:
                found.append((was.opens - begin, each.price, Widened(task=self.trial.task, window=index, opens=opens, closes=was.closes), each))
        return sorted(found, key=lambda early: early[:2])[:_EACH]

    def _as_late_as_it_can(self, window: Widened, tried: Tried) -> Remedy | None:
        """The latest opening, in steps of five minutes, with which the spot holds."""
        was = self.trial.terms.windows[window.window].opens
        first, last, best = window.opens // GRID, was // GRID, None
        while first <= last:
            middle = (first + last) // 2
            opens = replace(window, opens=type(was)(middle * GRID)) if middle * GRID > window.opens else window
            held = self.trial.judged(Change(kind=RemedyKind.WINDOW, shift=tried.shift, routes={tried.shift: tried.steps}, windows=(opens,)))
            if held is not None:
                best, first = held, middle + 1
            else:
                last = middle - 1
        return best

    def _earlier_shifts(self) -> Iterator[Change]:
        """Late only because the shift begins when it does."""
        for shift, swept in self._swept.items():
            terms = self.trial.shifts[shift]
            late = [each for each in swept if each.broken and all(broken.kind is ViolationKind.LATE for broken in each.broken)]
            for each in sorted(late, key=lambda tried: (_most(tried.broken), tried.price))[:_EACH]:
                starts = down(terms.starts - _most(each.broken))
                if not terms.under_way and starts >= terms.starts - 240 * 60_000:
                    yield Change(kind=RemedyKind.SHIFT, shift=shift, routes={shift: each.steps}, shifts=(ShiftChange(shift=shift, starts=starts),))

    # Loads and vehicles -------------------------------------------------------------------------------------------

    def _trips(self) -> Iterator[Change]:
        """Too full: the vehicle loads once more."""
        for shift, swept in self._swept.items():
            terms = self.trial.shifts[shift]
            full = any(broken.kind in _LOADS for each in swept for broken in each.broken)
            if self._enough():
                return
            if not full or terms.depot is None or terms.under_way or self.trial.partner is not None:
                continue
            more = ShiftChange(shift=shift, reloads=terms.reloads + 1)
            once_more = self.trial.sweep(replace(terms, reloads=terms.reloads + 1), loading=True)
            changes = [self.trial.yielding(each, RemedyKind.TRIP, with_shift=more) for each in once_more]
            yield from sorted((change for change in changes if change is not None), key=self.trial.felt)[:_EACH]

    def _spare(self) -> Iterator[Change]:
        """A vehicle that stands idle takes it."""
        for shift in self.trial.spare.values():
            if allowed(shift, self.trial.terms):
                yield from islice(self._yielding({shift.id: tuple(self.trial.sweep(shift))}, RemedyKind.EXTRA), 1)

    def _vehicles(self) -> Iterator[Change]:
        """A shift drives with the vehicle of another one, or with one that stands idle."""
        terms = self.trial.terms
        donors = [*self.trial.spare.values(), *self.trial.standing.shifts.values()]
        able = [each for each in donors if terms.features <= each.features and each.capacity.fits(terms.load)]
        pairs = ((shift, donor) for donor in able for shift in self._takers(terms.skills) if _other_vehicle(shift, donor))
        for shift, donor in islice(pairs, _SWAPS):
            yield from self._swapped(shift, donor, with_vehicle, RemedyKind.VEHICLE)

    def _drivers(self) -> Iterator[Change]:
        """Two shifts exchange their drivers, where one has what the task asks for."""
        terms, shifts = self.trial.terms, self.trial.standing.shifts.values()
        able = [each for each in shifts if terms.skills and terms.skills <= each.skills and not each.under_way]
        takers = [each for each in self._takers(frozenset()) if terms.features <= each.features and each.capacity.fits(terms.load)]
        pairs = ((shift, donor) for donor in able for shift in takers if not shift.skills >= terms.skills)
        for shift, donor in islice(pairs, _SWAPS):
            yield from self._swapped(shift, donor, with_driver, RemedyKind.DRIVER)

    def _takers(self, skills: frozenset[str]) -> list[ShiftTerms]:
        """Shifts that may still get another vehicle or driver, with a driver who has these skills."""
        trial = self.trial
        may = [each for each in trial.standing.shifts.values() if trial.standing.may_go(trial.task, each.id) and not each.under_way]
        return [each for each in may if skills <= each.skills]

    def _swapped(self, shift: ShiftTerms, donor: ShiftTerms, part: object, kind: RemedyKind) -> Iterator[Change]:
        """The exchange, with the task at its best spot; a donor of the day gets what the shift had."""
        assert callable(part)
        if self._enough():
            return
        slack = slack_of(self.trial.problem, self.trial.tasks, part(shift, donor), self.trial.routes[shift.id], self.trial.standing.fixed(shift.id))
        found = best_in(slack, self.trial.tasks, self.trial.terms) if self.trial.partner is None else None
        if found is None or donor.under_way:
            return
        changes, routes = [_exchange(shift.id, donor.id, kind)], {shift.id: found.steps}
        if donor.id in self.trial.standing.shifts:
            changes.append(_exchange(donor.id, shift.id, kind))
            routes[donor.id] = self.trial.routes[donor.id]
        yield Change(kind=kind, shift=shift.id, routes=routes, shifts=tuple(changes))

    # Other stops --------------------------------------------------------------------------------------------------

    def _moves(self) -> Iterator[Remedy]:
        """One other stop goes: to another place where it does no harm, else to the pool where it weighs no more than the task."""
        if self.trial.partner is not None:
            return
        freed = sorted(self._freed(), key=lambda each: each[0].price)
        homeless = []
        for insertion, other in freed[:_HOMES]:
            if self._enough():
                break
            moved = self._home(insertion, other)
            if moved is not None:
                yield moved
            else:
                homeless.append((insertion, other))
        tasks = self.trial.standing.tasks
        weighs = tasks[self.trial.task].unplanned_price
        for insertion, other in homeless or freed[:_EACH]:
            if tasks[other].unplanned_price <= weighs:
                dropped = self.trial.judged(Change(kind=RemedyKind.DROP, shift=insertion.shift, routes={insertion.shift: insertion.steps}, pooled=(other,)))
                if dropped is not None:
                    yield dropped
                    return

    def _freed(self) -> Iterator[tuple[Insertion, TaskId]]:
        """The task put where a stop was taken out, for every stop that may go."""
        trial, standing = self.trial, self.trial.standing
        for shift in (each for each in self._open if self._serves_alone(each)):
            steps = trial.routes[shift.id]
            for step in steps[standing.fixed(shift.id) :]:
                if step.task in standing.partners or step.task in standing.stays or not standing.movable(step.task):
                    continue
                if self._enough():
                    return
                slack = slack_of(trial.problem, trial.tasks, shift, without(steps, {step.task}), standing.fixed(shift.id))
                found = best_in(slack, trial.tasks, trial.terms)
                if found is not None:
                    yield found, step.task

    def _serves_alone(self, shift: ShiftTerms) -> bool:
        """Whether the shift could serve the task with nothing else to do: if not, no stop stands in the way."""
        return not self.trial.line(shift, (Step(self.trial.task),)).violations

    def _home(self, insertion: Insertion, other: TaskId) -> Remedy | None:
        """The stop that had to go, at its cheapest place elsewhere; it may be one in the same route."""
        trial = self.trial
        task = trial.tasks[other]
        own = slack_of(trial.problem, trial.tasks, trial.shifts[insertion.shift], insertion.steps, trial.standing.fixed(insertion.shift))
        slacks = [own, *(self._slack_of(shift) for shift in trial.standing.shifts if shift != insertion.shift and trial.standing.may_go(other, shift))]
        found = [each for each in (best_in(slack, trial.tasks, task) for slack in slacks) if each is not None]
        for home in sorted(found, key=lambda each: each.price)[:_EACH]:
            routes = {insertion.shift: insertion.steps, home.shift: home.steps}
            remedy = trial.judged(Change(kind=RemedyKind.MOVE, shift=insertion.shift, routes=routes, moved=(other,)))
            if remedy is not None:
                return remedy
        return None

    def _slack_of(self, shift: ShiftId) -> Slack:
        if shift not in self._slack:
            trial = self.trial
            self._slack[shift] = slack_of(trial.problem, trial.tasks, trial.shifts[shift], trial.routes[shift], trial.standing.fixed(shift))
        return self._slack[shift]

    # Locks and wishes ---------------------------------------------------------------------------------------------

    def _unlocked(self) -> Iterator[Change]:
        """Into a route that is locked, or before stops that are locked to their places."""
        trial = self.trial
        held = [each for each in trial.standing.shifts.values() if trial.standing.closed(each.id) or trial.standing.fixed(each.id)]
        held = [each for each in held if allowed(each, trial.terms)]
        if held:
            free = Trial(free_of_locks(trial.standing), trial.task, {shift: trial.routes[shift] for shift in trial.standing.routes})
            yield from self._yielding({each.id: tuple(free.sweep(each)) for each in held}, RemedyKind.UNLOCK)

    def _without(self) -> Iterator[Change]:
        """Without a skill or a feature that stands against it."""
        trial, terms = self.trial, self.trial.terms
        for shift in trial.standing.shifts.values():
            missing = (terms.skills - shift.skills) | (terms.features - shift.features)
            if not missing or trial.partner is not None or not trial.standing.may_go(trial.task, shift.id):
                continue
            modest = replace(terms, skills=terms.skills - missing, features=terms.features - missing)
            found = best_in(self._slack_of(shift.id), {**trial.tasks, trial.task: modest}, modest)
            if found is not None:
                yield Change(kind=RemedyKind.WITHOUT, shift=shift.id, routes={shift.id: found.steps}, without=missing)


def free_of_locks(standing: Standing) -> Standing:
    """The same routes without any lock."""
    routes: Sequence[tuple[ShiftId, tuple[Step, ...]]] = tuple(standing.routes.items())
    return Standing(replace(standing.problem, start=tuple(RoutePlan(shift=shift, steps=steps) for shift, steps in routes)))


def _exchange(shift: ShiftId, other: ShiftId, kind: RemedyKind) -> ShiftChange:
    return ShiftChange(shift=shift, vehicle_of=other) if kind is RemedyKind.VEHICLE else ShiftChange(shift=shift, driver_of=other)


def _most(broken: Iterable[Violation]) -> int:
    return max(each.amount for each in broken)


def _other_vehicle(shift: ShiftTerms, donor: ShiftTerms) -> bool:
    """Whether the donor's vehicle would make a difference."""
    return shift.id != donor.id and (shift.capacity, shift.features, shift.travels, shift.max_distance) != (
        donor.capacity,
        donor.features,
        donor.travels,
        donor.max_distance,
    )
