"""One solve: a complete plan at once, better ones as they are found, the best so far whenever it is stopped.

The kernel searches first (`core_search`); after some twenty seconds PyVRP joins on another core (`second_member`), and they exchange their plans. Where there
is no kernel, or it will not have the problem, PyVRP works alone (`pyvrp_engine`) and every plan says why. No plan is shown before `domain.schedule` has
judged it. PyVRP takes a quarter of a second to load, so it is only where it works.
"""

import logging
import os
import time
from collections.abc import Callable
from typing import Literal

from app.domain.errors import Unavailable
from app.domain.units import Cost
from app.optimiser.core import Flag, Kernel, Search
from app.optimiser.core_search import HOT, Anneal, Clock, CoreSearch, anneals
from app.optimiser.repair import Repair
from app.optimiser.second_member import SecondMember, can_help
from app.services.problem import Problem, Progress, Solution

Engine = Literal["auto", "core", "pyvrp"]

CORE, PYVRP = "Doorstep 1", "PyVRP 0.14.1"
BOTH = f"{CORE} + {PYVRP}"
"""The names that solutions carry; both, where a plan of PyVRP's helped the kernel."""
HANDOVER = 20.0
"""Seconds until PyVRP joins: before, the kernel alone is better on all that was measured."""
NO_KERNEL, REFUSED = "no_kernel", "kernel_refuses"
"""Notes of a plan that PyVRP alone made because there is no kernel, or because it refused the problem."""
BETWEEN = 0.3
"""Seconds between two plans that are shown, after the first: judging and drawing each takes its time."""

_log = logging.getLogger("doorstep.optimiser")


class Solve:
    """One solve under way; `stop` may be called from any thread.

    `seconds` of the wall's clock, or of each searching thread's processor time with `clock` "cpu"; `iterations` instead makes the same plan of the same seed
    on every machine. `engine`: "auto" is the kernel, with PyVRP as second member after `handover` seconds by the wall where a core is free for it, "core" the
    kernel alone (Unavailable where there is none), "pyvrp" PyVRP alone.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float,
        threads: int = 1,
        iterations: int | None = None,
        seed: int | None = None,
        engine: Engine = "auto",
        clock: Clock = "wall",
        handover: float = HANDOVER,
    ) -> None:
        self._problem, self._threads, self._iterations, self._engine, self._clock = problem, max(1, threads), iterations, engine, clock
        self._seed = problem.seed if seed is None else seed
        self._seconds, self._handover = seconds, handover
        self._began, self._busy = time.monotonic(), time.thread_time()
        self._flag = Flag()
        self._shown = 0.0
        self._best: Solution | None = None
        self._worth: tuple[int, int] | None = None
        self._member: SecondMember | None = None
        self._name = CORE

    def stop(self) -> None:
        """Ends the solve soon, with the best so far."""
        self._flag.raise_()

    def run(self, progress: Callable[[Progress], None]) -> Solution:
        """Solves; `progress` is called with each better plan, the first of them complete."""
        if self._engine == "pyvrp":
            return self._by_pyvrp(progress, "")
        try:
            kernel = Kernel(self._problem)
        except Unavailable as failed:
            if self._engine == "core":
                raise
            _log.warning("PyVRP plans alone: %s", failed)
            return self._by_pyvrp(progress, NO_KERNEL if failed.sentence.key == f"planning.{NO_KERNEL}" else REFUSED)
        return self._by_core(kernel, progress)

    def _seconds_gone(self) -> float:
        return time.monotonic() - self._began

    def _by_pyvrp(self, progress: Callable[[Progress], None], note: str) -> Solution:
        from app.optimiser.pyvrp_engine import PyvrpSolve

        deadline = float("inf") if self._iterations is not None else self._began + self._seconds
        solve = PyvrpSolve(
            self._problem,
            name=PYVRP,
            threads=self._threads,
            iterations=self._iterations,
            seed=self._seed,
            stopping=lambda: self._flag.raised or time.monotonic() >= deadline,
            asked=lambda: self._flag.raised,
            note=note,
        )
        return solve.run(progress)

    # The kernel --------------------------------------------------------------------------------------------------

    def _by_core(self, kernel: Kernel, progress: Callable[[Progress], None]) -> Solution:
        search = CoreSearch(kernel, seed=self._seed, threads=self._threads, clock=self._clock, flag=self._flag)
        try:
            search.begin({route.shift: route.steps for route in self._problem.start})
            self._go_on(search)
            self._show(search.best, progress, now=True)
            if self._problem.tasks and self._problem.shifts:
                self._search(search, progress)
            self._show(search.best, progress, now=True)
        finally:
            if self._member is not None:
                self._member.leave()
            search.close()
        return self._final(search.best)

    def _go_on(self, search: CoreSearch) -> None:
        """From the plan that was given to begin with; one that moves what is fixed is passed over."""
        if self._problem.begin:
            try:
                search.offer({route.shift: route.steps for route in self._problem.begin})
            except ValueError:
                _log.info("the plan to begin with moves what is fixed")

    def _search(self, search: CoreSearch, progress: Callable[[Progress], None]) -> None:
        for anneal in self._anneals():
            if self._flag.raised or self._time_left() <= 0:
                return
            search.run(anneal, lambda: self._between(search, progress))

    def _between(self, search: CoreSearch, progress: Callable[[Progress], None]) -> None:
        """Between two slices: plans are exchanged with the second member, and the best is shown."""
        if self._member is not None and self._member.exchange(search):
            self._name = BOTH
        elif self._member is None and self._joins():
            self._member = SecondMember(self._problem, seed=self._seed)
        self._show(search.best, progress)

    def _joins(self) -> bool:
        """Whether it is time for PyVRP, and it can be of use."""
        if self._engine != "auto" or self._iterations is not None or self._clock != "wall" or self._seconds_gone() < self._handover:
            return False
        return cores() > self._threads and can_help(self._problem)

    def _anneals(self) -> list[Anneal]:
        if self._iterations is not None:
            return [Anneal(self._iterations, HOT, counted=True)]
        return list(anneals(max(0.01, self._time_left())))

    def _time_left(self) -> float:
        """Seconds left on the clock that counts."""
        if self._iterations is not None:
            return 1.0
        gone = self._seconds_gone() if self._clock == "wall" else time.thread_time() - self._busy
        return self._seconds - gone

    def _show(self, search: Search, progress: Callable[[Progress], None], *, now: bool = False) -> None:
        """Shows the best plan where it is better than the shown one, not too often."""
        broken, cost, _ = search.worth()
        if self._worth is not None and (broken, cost) >= self._worth:
            return
        gone = self._seconds_gone()
        if not now and self._iterations is None and gone - self._shown < BETWEEN:
            return
        self._shown, self._worth = gone, (broken, cost)
        self._best = self._judged(search, broken, gone)
        progress(Progress(seconds=round(gone, 3), cost=Cost(cost), best=self._best))

    def _judged(self, search: Search, broken: int, gone: float) -> Solution:
        """The kernel's best plan as a solution; `domain.schedule` must find no more broken rules in it than the kernel says."""
        judge = Repair(self._problem, search.best())
        if judge.worth().broken > broken:
            _log.error("the kernel's plan breaks more rules than it says: %s instead of %s", judge.worth().broken, broken)
            judge.mend()
        return judge.solution(self._name, gone)

    def _final(self, search: Search) -> Solution:
        if self._best is not None:
            return self._best
        return self._judged(search, search.worth()[0], self._seconds_gone())


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
