"""One pass over a route: from the moment it leaves, when everything happens.

**Pauses.** A pause is begun at the first moment from its `earliest` on at which the vehicle stands: before a drive, before service
(also while it waits for a window), before a reload. A drive, service or reload that would begin before `earliest` and end after `latest` waits until
`earliest`, and the pause is taken first. So a pause begins after `latest` only where the vehicle comes free too late. What is not
due when the route is over falls away, and so does a pause whose `latest` is before the shift starts.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.roads import UNREACHABLE, TravelTable
from app.domain.schedule_travel import crossing
from app.domain.schedule_values import ShiftTerms, TaskTerms
from app.domain.schedule_windows import settle

NO_LIMIT = 1 << 60
"""Later than every clock reading."""
STANDING = -1


@dataclass(slots=True)
class Pass:
    """What one pass finds; lists run along the halts. `window` is -1 where a task has none, `reload` None where none comes before."""

    leaves: int
    ends: int = 0
    arrival: list[int] = field(default_factory=list)
    begin: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    window: list[int] = field(default_factory=list)
    meters: list[int] = field(default_factory=list)
    reload: list[int | None] = field(default_factory=list)
    meters_home: int = 0
    pauses: list[tuple[int, int, int]] = field(default_factory=list)
    """Halts before it, begin, end."""
    slots: list[int] = field(default_factory=list)
    """For each pause the length of the trace before it."""
    unreachable: list[int] = field(default_factory=list)
    """Halts whose way there has a leg without a road; the number of halts stands for the way home."""
    trace: list[tuple[int, int, int]] = field(default_factory=list)
    """What happened in order: a drive as (leg, departure, 0), standing as (STANDING, length, latest begin that makes nothing later)."""


class _Pauses:
    """The pauses still to come. `due` and `last` bound the next one; `fixed` (slots of an earlier pass) keeps them where they fell then."""

    __slots__ = ("breaks", "due", "fixed", "found", "last", "taken")

    def __init__(self, shift: ShiftTerms, found: Pass, fixed: list[int] | None) -> None:
        self.breaks = [each for each in shift.breaks if each.latest >= shift.starts]
        self.found, self.fixed, self.taken = found, fixed, 0
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Sets the bounds at which a pass must ask; with fixed slots it asks before everything until all are taken."""
        if self.fixed is not None:
            self.due = self.last = -NO_LIMIT if self.taken < len(self.fixed) else NO_LIMIT
        elif self.taken < len(self.breaks):
            self.due, self.last = self.breaks[self.taken].earliest, self.breaks[self.taken].latest
        else:
            self.due = self.last = NO_LIMIT

    def over(self, now: int, begins: int, ends: int) -> int | None:
        """When the next pause is over, where it comes before something that would begin and end then; None: it does not."""
        by_rule = begins >= self.due or ends > self.last
        due = by_rule if self.fixed is None else self.fixed[self.taken] == len(self.found.trace)
        return self._taken(now) if due else None

    def _taken(self, now: int) -> int:
        pause, found = self.breaks[self.taken], self.found
        begin = max(now, pause.earliest)
        found.slots.append(len(found.trace))
        found.trace.append((STANDING, pause.length, max(begin, pause.latest)))
        found.pauses.append((len(found.begin), begin, begin + pause.length))
        self.taken += 1
        self._look_ahead()
        return begin + pause.length


def run(shift: ShiftTerms, terms: Sequence[TaskTerms], reloads: Sequence[bool], table: TravelTable, leaves: int, fixed: list[int] | None = None) -> Pass:
    """One pass over the tasks of a route that leaves at `leaves`; `reloads` says before which of them the vehicle loads at its depot."""
    found = Pass(leaves)
    pauses = _Pauses(shift, found, fixed) if shift.breaks else None
    bands, size, trace = table.begins, table.size, found.trace
    now, here, band, band_ends = leaves, shift.start, 0, -NO_LIMIT
    driven, loaded = 0, None
    for row, task in _visits(shift, terms, reloads):
        if row != here:
            leg, here = here * size + row, row
            while True:
                if now >= band_ends:
                    band = max(0, bisect_right(bands, now) - 1)
                    band_ends = bands[band + 1] if band + 1 < len(bands) else NO_LIMIT
                duration = table.durations[band][leg]
                reached = now + duration
                if reached > band_ends:
                    reached = crossing(bands, table.durations, leg, now, band)
                if pauses is None or (now < pauses.due and reached <= pauses.last) or (over := pauses.over(now, now, reached)) is None:
                    break
                now = over
            if duration == UNREACHABLE:
                found.unreachable.append(len(found.begin))
            else:
                trace.append((leg, now, 0))
                now = reached
                driven += table.distances[band][leg]
        if task is not None:
            found.arrival.append(now)
            found.meters.append(driven)
            found.reload.append(loaded)
            now = _serve(shift, task, now, pauses, found)
            driven, loaded = 0, None
        elif len(found.begin) < len(terms):
            loaded = now = _before(now, shift.reload, pauses)
            trace.append((STANDING, shift.reload, NO_LIMIT))
            now += shift.reload
    found.meters_home, found.ends = driven, now
    return found


def _visits(shift: ShiftTerms, terms: Sequence[TaskTerms], reloads: Sequence[bool]) -> list[tuple[int, TaskTerms | None]]:
    """The rows to go to in order; without a task: the depot for a reload, and the end at last."""
    if shift.depot is None or True not in reloads:
        visits: list[tuple[int, TaskTerms | None]] = [(task.place, task) for task in terms]
    else:
        visits = []
        for task, reload in zip(terms, reloads, strict=True):
            if reload:
                visits.append((shift.depot, None))
            visits.append((task.place, task))
    if shift.end is not None:
        visits.append((shift.end, None))
    return visits


def _before(now: int, length: int, pauses: _Pauses | None) -> int:
    """When something of that length that may begin now begins, pauses that come first taken."""
    while pauses is not None and (now >= pauses.due or now + length > pauses.last) and (over := pauses.over(now, now, now + length)) is not None:
        now = over
    return now


def _serve(shift: ShiftTerms, task: TaskTerms, now: int, pauses: _Pauses | None, found: Pass) -> int:
    """Waits for a window where there are any, pauses where one comes first, and serves; when that is over."""
    windows, length = task.windows, task.service
    while True:
        begin, window, late = settle(windows, now, shift.milli_price) if windows else (now, -1, 0)
        if pauses is None or (begin < pauses.due and begin + length <= pauses.last) or (over := pauses.over(now, begin, begin + length)) is None:
            break
        now = over
    found.begin.append(begin)
    found.window.append(window)
    found.late.append(late)
    found.trace.append((STANDING, length, NO_LIMIT if window < 0 else begin if late else windows[window].closes))
    return begin + length
