"""The best spots of tasks in routes, every position priced by `domain.schedule`: slow and plainly right.

It answers where no kernel can be built, and the kernel is tested against it.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import ShiftTerms, Step, Timeline
from app.services.advice import Routes, Standing
from app.services.advice_values import Spot, put_in, worth

Worth = tuple[int, int, int]


class EveryPlace:
    """Tries every spot of every open route (`advice.Search`)."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def spots(self, routes: Routes, tasks: Sequence[TaskId]) -> Sequence[Mapping[ShiftId, Spot]]:
        """For each task, its best or least broken spot on each shift; the first of equal ones."""
        lines = {shift: self._standing.line(shift, steps) for shift, steps in routes.items()}
        return [self._of(task, routes, lines) for task in tasks]

    def close(self) -> None:
        """Holds nothing."""

    def _of(self, task: TaskId, routes: Routes, lines: Mapping[ShiftId, Timeline]) -> Mapping[ShiftId, Spot]:
        found = [(self._best(task, shift, routes[shift], lines[shift]), shift) for shift in routes if self._standing.may_go(task, shift)]
        return {shift: best[1] for best, shift in sorted(found, key=lambda each: (each[0][0], each[1]))}

    def _best(self, task: TaskId, shift: ShiftId, steps: tuple[Step, ...], before: Timeline) -> tuple[Worth, Spot]:
        """The best spot in a route, of which there is always one: at its end."""
        standing, partner = self._standing, self._standing.partners.get(task)
        best: tuple[Worth, Spot] | None = None
        for spot in self._every(task, shift, steps):
            after = standing.line(shift, put_in(steps, task, spot, partner))
            value = worth(before, after)
            if best is None or value < best[0]:
                best = value, spot
        assert best is not None
        return best

    def _every(self, task: TaskId, shift: ShiftId, steps: tuple[Step, ...]) -> Iterator[Spot]:
        fixed = min(self._standing.fixed(shift), len(steps))
        if task in self._standing.partners:
            return pair_spots(len(steps), fixed, first=self._standing.tasks[task].after is None)
        return single_spots(steps, fixed, self._standing.shifts[shift])


def single_spots(steps: Sequence[Step], fixed: int, shift: ShiftTerms) -> Iterator[Spot]:
    """Every position from the fixed beginning on: without more loading; where the shift may load once more, with a loading before or after it; and behind
    the loading of the step that follows."""
    loads = shift.depot is not None and sum(step.reload_before for step in steps) < shift.reloads
    for position in range(fixed, len(steps) + 1):
        yield Spot(position)
        if loads and position > 0:
            yield Spot(position, reload_before=True)
        if loads and position < len(steps) and not steps[position].reload_before:
            yield Spot(position, reload_after=True)
        if position < len(steps) and steps[position].reload_before:
            yield Spot(position, reload_before=True, reload_after=False)


def pair_spots(count: int, fixed: int, *, first: bool) -> Iterator[Spot]:
    """Every two positions of a pair in a route of `count` steps, the pick-up before the delivery; `first`: the task asked for is the pick-up.

    Without loading between them: what is picked up is handed over on the way.
    """
    for early in range(fixed, count + 1):
        for late in range(early + 1, count + 2):
            yield Spot(early, partner_position=late) if first else Spot(late, partner_position=early)
