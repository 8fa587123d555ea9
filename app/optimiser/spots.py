"""Where advice gets the best spots from: the kernel where there is one, else the plain search in Python."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.errors import Unavailable
from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import Step
from app.optimiser.core import Kernel, Place
from app.services.advice import Routes, Search, Standing
from app.services.advice_search import EveryPlace
from app.services.advice_values import Spot, put_in, worth
from app.services.problem import Stability


def search_of(standing: Standing) -> Search:
    """A search over a problem and its standing routes; the caller closes it."""
    try:
        return KernelSpots(standing)
    except Unavailable:  # no kernel on this machine, or it will not have this problem
        return EveryPlace(standing)


class KernelSpots:
    """Every position priced by the kernel (`advice.Search`); pairs, which it does not place together, by the plain search."""

    def __init__(self, standing: Standing) -> None:
        self._standing, self._plain = standing, EveryPlace(standing)
        # Where a task goes must not hang on how many others have moved.
        self._search = Kernel(replace(standing.problem, stability=Stability())).search(1)
        self._put: Routes | None = None

    def spots(self, routes: Routes, tasks: Sequence[TaskId]) -> Sequence[Mapping[ShiftId, Spot]]:
        """For each task, its best or least broken spot on each shift."""
        if routes is not self._put:
            self._search.put_plan(routes)
            self._put = routes
        trips = {shift: behind for shift, steps in routes.items() if (behind := _behind_loadings(steps, self._standing.fixed(shift)))}
        return [self._of(task, routes, trips) for task in tasks]

    def close(self) -> None:
        """The kernel's memory goes with this search."""

    def _of(self, task: TaskId, routes: Routes, trips: Mapping[ShiftId, Sequence[Spot]]) -> Mapping[ShiftId, Spot]:
        if task in self._standing.partners:
            return self._plain.spots(routes, [task])[0]
        places = sorted(self._search.places(task), key=lambda place: (place.broken, place.excess, place.price, place.shift))
        found = {place.shift: _spot(place) for place in places if self._standing.may_go(task, place.shift)}
        for shift in trips.keys() & found.keys():
            found[shift] = self._best(task, shift, routes[shift], (found[shift], *trips[shift]))
        return found

    def _best(self, task: TaskId, shift: ShiftId, steps: Sequence[Step], spots: Sequence[Spot]) -> Spot:
        before = self._standing.line(shift, steps)
        return min(spots, key=lambda spot: worth(before, self._standing.line(shift, put_in(steps, task, spot))))


def _spot(place: Place) -> Spot:
    return Spot(place.position, place.reload_before, place.reload_after or None)


def _behind_loadings(steps: Sequence[Step], fixed: int) -> tuple[Spot, ...]:
    """Spots between a loading and the step that it is for, which the kernel does not try."""
    return tuple(Spot(position, reload_before=True, reload_after=False) for position, step in enumerate(steps) if position >= fixed and step.reload_before)
