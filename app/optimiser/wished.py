"""What routes cost by the wishes of a problem: the rule of `kernel/wishes.c` for engines that know nothing of it."""

from collections.abc import Iterable

from app.domain.schedule import Timeline
from app.services.problem import Wishes


class Wished:
    """The wishes of a problem, looked up once."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._prices = {(each.task, each.shift): each.price for each in wishes.likings}

    def price(self, lines: Iterable[Timeline]) -> int:
        """What these routes cost by what is wished; routes without stops cost nothing."""
        if not self._wishes.any:
            return 0
        return sum(self._of(line) for line in lines if line.halts)

    def _of(self, line: Timeline) -> int:
        return self._wishes.beyond(line.duration) + sum(self._prices.get((halt.task, line.shift), 0) for halt in line.halts)
