"""PyVRP as the only engine: where the kernel cannot be built, or will not have the problem.

The plan as it stands, put in order, comes first; then PyVRP's plans, each mended and judged before it is shown. A plan replaces the shown one
only where it breaks fewer rules, or as many for less. What PyVRP does not know of a problem, the mending puts right as far as it can.
"""

import time
from collections.abc import Callable

from app.domain.units import Cost
from app.optimiser.pyvrp_model import Model, model_of, warm
from app.optimiser.pyvrp_search import Search
from app.optimiser.repair import Repair, Worth, until
from app.services.problem import Problem, Progress, Solution

ENGINE = "pyvrp 0.14.1"
POLISH = 0.5
"""Seconds at most for the last polish."""
LOOK = 0.05
"""Seconds between two looks whether it should stop."""


class PyvrpSolve:
    """One solve by PyVRP alone. `stopping` says when it is over, `asked` whether somebody ended it."""

    def __init__(
        self, problem: Problem, *, threads: int, iterations: int | None, seed: int, stopping: Callable[[], bool], asked: Callable[[], bool], note: str = ""
    ) -> None:
        self._problem, self._threads, self._iterations, self._seed, self._note = problem, threads, iterations, seed, note
        self._stopping, self._asked = stopping, asked
        self._began = time.monotonic()
        self._best: Repair | None = None
        self._worth: Worth | None = None

    def run(self, progress: Callable[[Progress], None]) -> Solution:
        """Solves; `progress` is called with each better plan, the first of them complete."""
        if self._problem.shifts and self._problem.tasks:
            self._begin(progress)
            if not self._stopping():
                self._search(progress)
        return self._final()

    def _begin(self, progress: Callable[[Progress], None]) -> None:
        """The plan as it stands is the one to beat; where there is none, nothing is shown before the first real one."""
        routes = {route.shift: route.steps for route in self._problem.start}
        if any(routes.values()):
            standing = Repair(self._problem, routes, self._stopping)
            standing.mend()
            self._offer(standing, progress)

    def _search(self, progress: Callable[[Progress], None]) -> None:
        model = model_of(self._problem)
        if not model.clients and not model.shipments:
            return
        search = Search(model.data, warm(model, self._problem), threads=self._threads, seed=self._seed, iterations=self._iterations, asked=self._stopping)
        while search.running() and not self._stopping():
            search.found.changed.wait(LOOK)
            if self._iterations is None or self._worth is None:
                self._take(search, model, progress)
        search.join(1.0)
        self._take(search, model, progress)

    def _take(self, search: Search, model: Model, progress: Callable[[Progress], None]) -> None:
        """Mends and judges the newest plan of the search."""
        newest = search.found.take()
        if newest is None:
            return
        candidate = Repair(self._problem, model.routes(newest), self._asked)
        candidate.mend()
        self._offer(candidate, progress)

    def _offer(self, candidate: Repair, progress: Callable[[Progress], None]) -> None:
        worth = candidate.worth()
        if self._worth is not None and not worth < self._worth:
            return
        self._best, self._worth = candidate, worth
        seconds = time.monotonic() - self._began
        progress(Progress(seconds=round(seconds, 3), cost=Cost(worth.cost), best=candidate.solution(ENGINE, seconds), note=self._note))

    def _final(self) -> Solution:
        """The best, polished for a moment where it was not stopped by hand."""
        best = self._best or Repair(self._problem, {route.shift: route.steps for route in self._problem.start}, self._asked)
        if self._best is None:
            best.mend()
        if not self._asked():
            best.enough = until(time.monotonic() + POLISH) if self._iterations is None else lambda: False
            best.polish()
            best.fill()
        return best.solution(ENGINE, time.monotonic() - self._began)
