"""The door to the optimiser."""

from collections.abc import Callable
from typing import Protocol

from app.services.problem import Problem, Progress, Solution


class Run(Protocol):
    """One solve under way."""

    def stop(self) -> None:
        """Ends it soon; the best plan so far is its solution."""
        ...

    def kill(self) -> None:
        """Ends it now."""
        ...

    def wait(self, timeout: float | None = None) -> Solution:
        """The solution, when it has ended. Raises TimeoutError, or Unavailable where the engine died without any plan."""
        ...


class Planner(Protocol):
    """Solves problems away from the caller's process."""

    def start(
        self,
        problem: Problem,
        *,
        seconds: float,
        threads: int = 1,
        progress: Callable[[Progress], None],
        done: Callable[[Solution | BaseException], None] | None = None,
    ) -> Run:
        """Begins a solve. `progress` and `done` are called from a thread of the planner's, in order, `done` once and last."""
        ...
