"""The kernel's search as a dispatcher meets it: a greedy plan at once, a short anneal, a long one, then reheats until it is stopped.

Several searches of one problem, each with its own seed in a thread of its own, work in slices; between two slices the worse ones go on from the best. With
an iteration budget every slice has a fixed length, so that the same seed gives the same plan however fast the machine is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from app.domain.ids import ShiftId
from app.domain.schedule import Step
from app.optimiser.core import Flag, Kernel, Search
from app.optimiser.core_library import AnnealTerms
from app.services.problem import Problem

Clock = Literal["wall", "cpu"]
Routes = Mapping[ShiftId, Sequence[Step]]

HOT, COLD = 5.0, 0.06
"""First and last temperature, in mean prices of the ways to the ten nearest tasks. From 4 to 20 the first makes no difference that can be told from chance; 1
costs one to two points."""
REHEATED = 1.0
"""First temperature of a later anneal: the plan is good already, so it is shaken less."""
WARM = 0.5
"""First temperature of a search that begins with a plan, in its first anneal: what is good in the plan is kept, and few stops move."""
SHORT, LONG = 0.5, 5.0
"""Seconds of the first and the second anneal of a search that goes on for longer; later ones take twice as long as the one before."""
SLICES = 24
"""Parts of an anneal; between two of them plans are shown and exchanged."""
SLICE_MOST = 0.25
"""Seconds of a slice at most."""
REMOVED, STRING, BLINK = 10.0, 10.0, 0.01
"""Of the ruin and recreate, as its authors chose them (doi 10.1287/trsc.2019.0914)."""
NARROW_FROM, WIDTH = 500, 60
"""From so many tasks on only the routes of so many near tasks are tried."""


@dataclass(frozen=True, slots=True)
class Anneal:
    """One anneal: how long (seconds, or iterations where `counted`), and its first temperature in near prices."""

    length: float
    hot: float
    counted: bool = False


def anneals(seconds: float) -> Iterator[Anneal]:
    """The anneals of a search of so many seconds: one where there are few, else a short one first, so that a good plan is soon there."""
    left, length = seconds, SHORT
    if seconds < 2 * LONG:
        length = 0.1 * seconds if seconds > 4 * SHORT else seconds
    hot = HOT
    while left > 0:
        span = left if left < 2 * length or length == 0 else length
        yield Anneal(span, hot)
        left -= span
        length, hot = (LONG, HOT) if length < LONG else (2 * length, REHEATED)


class CoreSearch:
    """A search over an open problem. `flag` ends it within an iteration."""

    def __init__(self, kernel: Kernel, *, seed: int, threads: int, clock: Clock, flag: Flag) -> None:
        self.problem: Problem = kernel.problem
        self.searches = [kernel.search(seed * 1_000 + number) for number in range(threads)]
        self._clock, self._flag = clock, flag
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="core") if threads > 1 else None
        self._near = 0.0
        self._warm, self._first = False, True

    def close(self) -> None:
        """Lets the threads go."""
        if self._pool is not None:
            self._pool.shutdown()

    @property
    def best(self) -> Search:
        """The search that has the best plan."""
        return min(self.searches, key=lambda each: each.worth()[:2])

    def begin(self, routes: Routes) -> None:
        """From a plan, also a broken one or none, to a complete one."""
        first = self.searches[0]
        if any(routes.values()):
            first.set_plan(routes)
            self._warm = 2 * sum(map(len, routes.values())) > len(self.problem.tasks)
        first.construct(self._flag)
        for other in self.searches[1:]:
            other.adopt(first)

    def offer(self, routes: Routes) -> bool:
        """Takes a plan of another engine in where it is better than the best; whether it was. Raises ValueError where it moves what is fixed."""
        before = self.best.worth()[:2]
        worst = max(self.searches, key=Search.present_value)
        worst.set_plan(routes)
        return worst.worth()[:2] < before

    def run(self, anneal: Anneal, between: Callable[[], None]) -> None:
        """One anneal over all searches; `between` is called after each slice."""
        self._near = self._near or self.searches[0].near_price()
        slices = SLICES if anneal.counted else max(SLICES, int(anneal.length / SLICE_MOST))
        for number in range(slices):
            if self._flag.raised:
                return
            self._slice(self._terms(anneal, number, slices))
            self._exchange(last=number + 1 == slices)
            between()
        self._first = False

    def _terms(self, anneal: Anneal, number: int, slices: int) -> AnnealTerms:
        length = anneal.length / slices
        counted = round((number + 1) * length) - round(number * length)
        return AnnealTerms(
            hot=self._hot(anneal) * self._near,
            cold=COLD * self._near,
            from_=number / slices,
            until=(number + 1) / slices,
            seconds=0.0 if anneal.counted else length,
            iterations=counted if anneal.counted else -1,
            cpu_clock=self._clock == "cpu",
            removed=min(REMOVED, 1.0 + len(self.problem.tasks) / 4),
            string_most=STRING,
            blink=BLINK,
            width=WIDTH if len(self.problem.tasks) >= NARROW_FROM else 0,
        )

    def _hot(self, anneal: Anneal) -> float:
        """The first temperature of an anneal: lower where the search began with a plan."""
        if not self._warm:
            return anneal.hot
        return min(anneal.hot, WARM if self._first else REHEATED)

    def _slice(self, terms: AnnealTerms) -> None:
        if self._pool is None:
            self.searches[0].anneal(terms, self._flag)
        else:
            list(self._pool.map(lambda search: search.anneal(terms, self._flag), self.searches))

    def _exchange(self, *, last: bool) -> None:
        """The worse searches go on from the best plan as it stands; after an anneal all go on from the best plan of all."""
        if last:
            best = self.best
            best.restart()
            leader = best
        else:
            leader = min(self.searches, key=Search.present_value)
        for other in self.searches:
            if other is not leader and (last or other.present_value() > leader.present_value()):
                other.adopt(leader)
