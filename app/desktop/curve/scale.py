"""Where things lie in the chart of a curve: its axes and their marks. Pure functions; pixels count from the plot's left and top."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.curve import Point, reach

_HEADROOM = 0.08
"""Share of the height that stays free over the dearest point and under the cheapest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A plot of so many pixels with the points of a curve in it."""

    width: float
    height: float
    most_moved: int
    least_cost: float
    most_cost: float

    def x(self, moved: int) -> float:
        """Where so many moved stops lie."""
        most = reach(max(1, self.most_moved))
        return self.width * reach(moved) / most

    def y(self, cost: float) -> float:
        """Where a cost lies; the dearer, the higher."""
        return self.height * (self.most_cost - cost) / (self.most_cost - self.least_cost)


def scale_of(points: Sequence[Point], width: float, height: float) -> Scale:
    """The scale in which all points have room."""
    costs = [point.money for point in points]
    low, high = min(costs), max(costs)
    span = (high - low) or max(1.0, abs(high) * 0.02)
    return Scale(
        width=width,
        height=height,
        most_moved=max(point.moved for point in points),
        least_cost=low - span * _HEADROOM,
        most_cost=high + span * _HEADROOM,
    )


def round_marks(low: float, high: float, most: int) -> tuple[float, ...]:
    """At most so many round numbers between two, evenly spaced by 1, 2 or 5 times a power of ten."""
    rough = (high - low) / max(1, most)
    if rough <= 0:
        return ()
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = math.ceil(low / step)
    return tuple(number * step for number in range(first, math.floor(high / step) + 1))


def nearest(scale: Scale, points: Sequence[Point], x: float) -> int:
    """The number of the point that lies nearest to there."""
    return min(range(len(points)), key=lambda number: abs(scale.x(points[number].moved) - x))
