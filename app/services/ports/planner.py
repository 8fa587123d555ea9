"""The door to the optimiser."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol, Self

from app.domain.ids import TaskId
from app.domain.schedule import ShiftTerms
from app.services.advice_values import Placement, Priced
from app.services.problem import Obstacle, Problem, Progress, RoutePlan, Solution
from app.services.remedies_values import Remedy


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


class Advice(Protocol):
    """Answers about one problem and its standing routes (`Problem.start`); many questions at once cost little more than one.

    Questions may come from any thread. Each raises Malformed for a task or a shift that the problem does not know, and Unavailable where the one who
    answers has died or takes too long; advice anew may help then.
    """

    def places(self, tasks: Sequence[TaskId], most: int = 5) -> tuple[tuple[Placement, ...], ...]:
        """For each task its best place on each shift, best first, at most so many; none where locks hold it.

        A task that is planned is taken out first, and prices are against the plan as it stands. The two halves of a pair go together.
        """
        ...

    def prices(self, changes: Sequence[Sequence[RoutePlan]]) -> tuple[Priced, ...]:
        """What each change of the standing routes costs and breaks; a change gives some routes their new steps. Locks are not asked."""
        ...

    def obstacles(self, tasks: Sequence[TaskId]) -> tuple[tuple[Obstacle, ...], ...]:
        """For each task what stands against it on every shift, best first."""
        ...

    def remedies(self, tasks: Sequence[TaskId], spare: Sequence[ShiftTerms] = (), most: int = 8) -> tuple[tuple[Remedy, ...], ...]:
        """For each task the smallest changes that would put it into a route without a broken rule, those first that ask least of people; each was tried.

        `spare` are shifts that vehicles which stand idle could drive.
        """
        ...

    def close(self) -> None:
        """No more questions will come."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


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

    def prepare(self) -> None:
        """Makes ready for a solve that may come, so that its first plan is there sooner; may take some hundredths of a second, and never fails."""
        ...

    def close(self) -> None:
        """Gives back what `prepare` has made ready; solves under way are not touched, and more may be begun."""
        ...

    def advise(self, problem: Problem) -> Advice:
        """Opens advice about a problem; the caller closes it. Re-planning a running day is a solve: `planning.to_replan` makes its problem.

        Raises Unavailable where the optimiser cannot be started.
        """
        ...
