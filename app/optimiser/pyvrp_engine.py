"""PyVRP as the only engine: where the kernel cannot be built, or will not have the problem.

The plan as it stands, put in order, comes first; then PyVRP's plans, each mended and judged before it is shown. A plan replaces the shown one
only where it breaks fewer rules, or as many for less, and moves no more than it may. What PyVRP does not know of a problem, the mending puts right as far
as it can. Where fewer stops may move than there are, PyVRP is not asked at all: it would move them all. Then what is unplanned is put in, no more.
"""

import logging
import time
from collections.abc import Callable

from app.domain.units import Cost
from app.optimiser.pyvrp_model import Model, model_of, warm
from app.optimiser.pyvrp_search import Search
from app.optimiser.repair import Enough, Repair, Worth, until
from app.services.problem import Problem, Progress, Solution

POLISH = 0.5
"""Seconds at most for the last polish."""
LOOK = 0.05
"""Seconds between two looks whether it should stop."""

_log = logging.getLogger("doorstep.optimiser")


class PyvrpSolve:
    """One solve by PyVRP alone; its solutions carry `name`. `stopping` says when it is over, `asked` whether somebody ended it."""

    def __init__(
        self,
        problem: Problem,
        *,
        name: str,
        threads: int,
        iterations: int | None,
        seed: int,
        stopping: Callable[[], bool],
        asked: Callable[[], bool],
        note: str = "",
    ) -> None:
        self._problem, self._threads, self._iterations, self._seed, self._name, self._note = problem, threads, iterations, seed, name, note
        self._stopping, self._asked = stopping, asked
        self._began = time.monotonic()
        self._best = Repair(problem, {route.shift: route.steps for route in problem.start})
        self._worth: Worth | None = None
        self._shown = self._over = False

    def run(self, progress: Callable[[Progress], None]) -> Solution:
        """Solves; `progress` is called with each better plan, the first of them complete."""
        self._begin(progress)
        if self._problem.shifts and self._problem.tasks:
            if not self._stopping() and not self._best.stable.binds:
                self._search(progress)
            self._polish(progress)
        return self._best.solution(self._name, time.monotonic() - self._began)

    def _begin(self, progress: Callable[[Progress], None]) -> None:
        """The plan as it stands, as it is or mended, is the one to beat; where there is none, nothing is shown before the first real one."""
        mended = Repair(self._problem, self._best.routes)
        mended.clean()
        self._take(self._best)
        self._take(mended)
        if self._problem.begin:
            self._take(Repair(self._problem, {route.shift: route.steps for route in self._problem.begin}))
        if any(self._best.routes.values()):
            self._take(self._filled(self._stopping))
            self._show(progress)

    def _filled(self, enough: Enough) -> Repair:
        """The best plan, with what is unplanned put in where it fits."""
        filled = Repair(self._problem, self._best.routes, enough)
        filled.fill()
        return filled

    def _search(self, progress: Callable[[Progress], None]) -> None:
        """PyVRP searches; where it refuses the problem or fails, what there is stays the best."""
        try:
            model = model_of(self._problem)
            if not model.clients and not model.shipments:
                return
            start = warm(model, self._problem, self._best.routes)
        except (ValueError, RuntimeError, OverflowError) as failed:
            _log.error("PyVRP does not take the problem: %s", failed)
            return
        search = Search(model.data, start, threads=self._threads, seed=self._seed, iterations=self._iterations, asked=lambda: self._over or self._stopping())
        try:
            while search.running() and not self._stopping():
                search.found.changed.wait(LOOK)
                if self._iterations is None:
                    self._judge(search, model, progress)
        finally:
            self._over = True
        search.join(1.0)
        if not (self._asked() and self._shown):
            self._judge(search, model, progress)
        for failure in search.failed[:1]:
            _log.error("PyVRP failed: %s", failure)

    def _judge(self, search: Search, model: Model, progress: Callable[[Progress], None]) -> None:
        """Mends and judges the newest plan of the search."""
        newest = search.found.take()
        if newest is None:
            return
        candidate = Repair(self._problem, model.routes(newest), self._asked if self._shown else lambda: False)
        candidate.mend()
        if self._take(candidate):
            self._show(progress)

    def _take(self, candidate: Repair) -> bool:
        """Whether a plan keeps what is promised and is better than the best: then it is the best."""
        if not candidate.stable.allows(candidate.routes) or not all(map(candidate.excused, candidate.shifts)):
            return False
        worth = candidate.worth()
        if self._worth is not None and not worth < self._worth:
            return False
        self._best, self._worth = candidate, worth
        return True

    def _show(self, progress: Callable[[Progress], None]) -> None:
        self._shown = True
        seconds = time.monotonic() - self._began
        worth = self._worth or self._best.worth()
        progress(Progress(seconds=round(seconds, 3), cost=Cost(worth.cost), best=self._best.solution(self._name, seconds), note=self._note))

    def _polish(self, progress: Callable[[Progress], None]) -> None:
        """Polishes the best for a moment where it was not stopped by hand."""
        if self._asked():
            return
        enough: Enough = until(time.monotonic() + POLISH) if self._iterations is None else lambda: False
        polished = Repair(self._problem, self._best.routes, enough)
        if not polished.stable.binds:
            polished.polish()
        polished.fill()
        if self._take(polished):
            self._show(progress)
