"""What changing a plan that people know costs, and how many of its stops move: the rule of `kernel/stability.c` for engines that know nothing of it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from app.domain.ids import ShiftId
from app.domain.schedule import Step
from app.services.problem import Problem

Routes = Mapping[ShiftId, Sequence[Step]]


class Stable:
    """The plan that people know, and what other plans change of it."""

    def __init__(self, problem: Problem) -> None:
        self._terms = problem.stability
        self._home = {step.task: (route.shift, place) for route in problem.start for place, step in enumerate(route.steps)}

    @property
    def binds(self) -> bool:
        """Whether fewer stops may move than there are in the plan that people know."""
        return self._terms.at_most is not None and self._terms.at_most < len(self._home)

    @property
    def asks(self) -> bool:
        """Whether changing the plan is limited, or has a price."""
        return self.binds or bool(self._home and (self._terms.per_driver_change or self._terms.per_order_change))

    def allows(self, routes: Routes) -> bool:
        """Whether no more stops move than may."""
        return self._terms.at_most is None or self.moved(routes) <= self._terms.at_most

    def moved(self, routes: Routes) -> int:
        """How many stops of the known plan are another shift's, nobody's, or outside a longest run in their old order."""
        return len(self._home) - sum(_longest_run(self._own(shift, steps)) for shift, steps in routes.items())

    def price(self, routes: Routes) -> int:
        """What the changes cost: each stop with another shift λ, each out of its order μ."""
        if not self.asks:
            return 0
        others = reordered = 0
        for shift, steps in routes.items():
            own = self._own(shift, steps)
            others += sum(step.task in self._home for step in steps) - len(own)
            reordered += len(own) - _longest_run(own)
        return others * self._terms.per_driver_change + reordered * self._terms.per_order_change

    def _own(self, shift: ShiftId, steps: Iterable[Step]) -> list[int]:
        """The old places of the stops that the shift had already."""
        return [place for step in steps for home, place in [self._home.get(step.task, (None, -1))] if home == shift]


def _longest_run(places: Sequence[int]) -> int:
    """The length of a longest increasing run, by patience sorting (Fredman, Discrete Mathematics 11, 1975)."""
    tails: list[int] = []
    for place in places:
        pile = bisect_left(tails, place)
        tails[pile : pile + 1] = [place]
    return len(tails)
