"""PyVRP as second member beside the kernel: it searches on a core that the kernel leaves, from the kernel's best plan, and gives better plans back.

It works in turns: each begins with the plan that is best by then, and what it finds is mended, judged and handed to the kernel's searches between two of their
slices. Within a minute it gained nothing that seeds do not (five pairs of runs on 400 and 1,000 clients, on a busy machine): it costs a core that would be
idle. An error in PyVRP is logged and ends its membership, nothing else.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from app.domain.ids import ShiftId
from app.domain.schedule import Step
from app.optimiser.core_search import CoreSearch
from app.optimiser.repair import Repair, Worth
from app.optimiser.stability import Stable
from app.services.problem import Problem

if TYPE_CHECKING:
    from app.optimiser.pyvrp_model import Model
    from app.optimiser.pyvrp_search import Search

TURN = 12.0
"""Seconds of a turn."""
EVERY = 1.0
"""Seconds between two plans that are mended and judged in a turn: meanwhile PyVRP waits at each of its steps for the interpreter."""
MOST_CELLS = 20_000_000
"""Cells of PyVRP's matrices at most, 16 bytes each: a problem with a matrix for each of many kinds of shifts would take gigabytes."""

FAILURES = (ImportError, ValueError, RuntimeError, ArithmeticError, LookupError, TypeError, AttributeError, MemoryError)
"""What can go wrong in it."""

Routes = Mapping[ShiftId, Sequence[Step]]

_log = logging.getLogger("doorstep.optimiser")


def can_help(problem: Problem) -> bool:
    """Whether PyVRP's plans of a problem could be of use. Not where moving the stops of a known plan is limited or has a price, nor where anything is wished:
    it can model neither, and would move most stops. What else it does not know (bands, prices of lateness, pauses at other hours) makes single plans worse,
    and those are not taken."""
    return bool(problem.tasks and problem.shifts) and not Stable(problem).asks and not problem.wishes.any


def take_in(search: CoreSearch, worth: Worth, routes: Routes) -> bool:
    """Offers a plan of that worth to the kernel's searches; whether it is the best now. One no better than the best is not offered: it would take the place of
    one that a search is working on."""
    if (worth.broken, worth.cost) >= search.best.worth()[:2]:
        return False
    try:
        return search.offer(routes)
    except ValueError as failed:
        _log.error("the kernel does not take PyVRP's plan: %s", failed)
        return False


class SecondMember:
    """PyVRP in threads of its own. `exchange` and `leave` are called by the thread that runs the kernel's searches, and return at once."""

    def __init__(self, problem: Problem, *, seed: int, turn: float = TURN) -> None:
        self._problem, self._seed, self._turn = problem, seed, turn
        self._leaving, self._waits = threading.Event(), threading.Event()
        self._given: SimpleQueue[Routes | None] = SimpleQueue()
        self._found: SimpleQueue[tuple[Worth, Routes]] = SimpleQueue()
        threading.Thread(target=self._run, name="pyvrp-member").start()

    def exchange(self, search: CoreSearch) -> bool:
        """Takes the member's plans in where they are better than the kernel's, and gives it the best where it waits for one; whether any was."""
        helped = False
        while not self._found.empty():
            helped = take_in(search, *self._found.get()) or helped
        if self._waits.is_set():
            self._waits.clear()
            self._given.put(search.best.best())
        return helped

    def leave(self) -> None:
        """Its threads end soon; nothing more is taken from it."""
        self._leaving.set()
        self._given.put(None)

    # Its own threads ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._take_turns()
        except FAILURES:
            _log.exception("PyVRP leaves the search")

    def _take_turns(self) -> None:
        from app.optimiser.pyvrp_model import model_of, warm
        from app.optimiser.pyvrp_search import Search

        model = model_of(self._problem, most_cells=MOST_CELLS)
        seed = self._seed
        while model.clients or model.shipments:
            self._waits.set()
            routes = self._given.get()
            if routes is None or self._leaving.is_set():
                return
            seed += 1
            start = warm(model, self._problem, routes)
            self._watch(Search(model.data, start, threads=1, seed=seed, iterations=None, asked=self._over(time.monotonic() + self._turn)), model)

    def _over(self, until: float) -> Callable[[], bool]:
        return lambda: self._leaving.is_set() or time.monotonic() >= until

    def _watch(self, search: "Search", model: "Model") -> None:
        """Mends what one turn finds. Raises what PyVRP raised."""
        while search.running() and not self._leaving.wait(EVERY):
            self._mend(search, model)
        search.join(EVERY)
        self._mend(search, model)
        if search.failed:
            raise search.failed[0]

    def _mend(self, search: "Search", model: "Model") -> None:
        newest = search.found.take()
        if newest is None or self._leaving.is_set():
            return
        repair = Repair(self._problem, model.routes(newest), self._leaving.is_set)
        repair.mend()
        if not self._leaving.is_set():
            self._found.put((repair.worth(), repair.routes))
