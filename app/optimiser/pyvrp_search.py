"""PyVRP's search in several threads: each with its own seed, all offering what they find to one place.

PyVRP gives the interpreter free while it searches, so that threads use several cores and the judging goes on beside them.
"""

import threading
from collections.abc import Callable

import pyvrp
from pyvrp import ProblemData
from pyvrp import Solution as VrpSolution
from pyvrp.IteratedLocalSearch import IteratedLocalSearch, IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.search import NeighbourhoodParams, PerturbationParams

HISTORY = 50
"""Steps back that a plan is compared with before it is taken as the next; PyVRP's 300 are as many as it makes in the first seconds."""
PERTURBED = 10
"""Places disturbed at once, at most."""
NEIGHBORS = 25
"""Places that a task is tried beside; every second thread looks twice as wide, where the narrow look is caught.

The three were chosen on days of 140 to 300 orders in three cities, searched for 3 s: they make five times as many steps as PyVRP's own values."""


class Found:
    """The newest best of each thread, taken once; `changed` is set when there is one."""

    def __init__(self) -> None:
        self.changed = threading.Event()
        self._lock = threading.Lock()
        self._newest: list[VrpSolution] = []
        self._cost: float = float("inf")

    def offer(self, solution: VrpSolution, *, first: bool = False) -> None:
        """Keeps a solution where it is cheaper than every one before (a first one in any case)."""
        cost = solution.distance_cost() + solution.duration_cost() + solution.fixed_vehicle_cost() + solution.uncollected_prizes()
        with self._lock:
            if first or cost < self._cost:
                if solution.is_feasible():
                    self._cost = cost
                self._newest.append(solution)
                self.changed.set()

    def take(self) -> VrpSolution | None:
        """The newest, once."""
        with self._lock:
            newest = self._newest[-1] if self._newest else None
            self._newest.clear()
            self.changed.clear()
            return newest


class _Watch(IteratedLocalSearchCallbacks):
    def __init__(self, found: Found) -> None:
        self._found = found

    def on_start(self, ils: IteratedLocalSearch) -> None:
        self._found.offer(ils.initial_solution, first=True)

    def on_best(self, best: VrpSolution) -> None:
        self._found.offer(best)


class _Stop:
    """Stops after so many iterations, or when asked."""

    def __init__(self, asked: Callable[[], bool], iterations: int | None) -> None:
        self._asked, self._left = asked, iterations

    def __call__(self, best_cost: int) -> bool:
        del best_cost
        if self._left is not None:
            if self._left <= 0:
                return True
            self._left -= 1
        return self._asked()


class Search:
    """Threads that search one model until they are asked to stop. The program waits for them when it ends: killed within PyVRP they take it down."""

    def __init__(self, data: ProblemData, start: VrpSolution | None, *, threads: int, seed: int, iterations: int | None, asked: Callable[[], bool]) -> None:
        self.found = Found()
        self.failed: list[BaseException] = []
        self._data, self._start, self._asked, self._iterations = data, start, asked, iterations
        self._threads = [
            threading.Thread(target=self._run, args=(seed + number, NEIGHBORS * (1 + number % 2)), name=f"pyvrp-{number}") for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def _run(self, seed: int, neighbors: int) -> None:
        params = pyvrp.SolveParams(
            ils=IteratedLocalSearchParams(history_length=HISTORY, callbacks=_Watch(self.found)),
            neighbourhood=NeighbourhoodParams(num_neighbours=neighbors),
            perturbation=PerturbationParams(max_perturbations=PERTURBED),
        )
        try:
            pyvrp.solve(
                self._data, _Stop(self._asked, self._iterations), seed=seed, collect_stats=False, display=False, params=params, initial_solution=self._start
            )
        except (ValueError, RuntimeError, MemoryError) as failed:
            self.failed.append(failed)
        finally:
            self.found.changed.set()

    def running(self) -> bool:
        """Whether any thread still searches."""
        return any(thread.is_alive() for thread in self._threads)

    def join(self, timeout: float) -> None:
        """Waits for the threads, at most so many seconds each."""
        for thread in self._threads:
            thread.join(timeout)
