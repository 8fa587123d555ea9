"""Where a moment and a row lie in the view, and back: clock readings and row numbers to pixels."""

from dataclasses import dataclass, replace

from app.domain.units import MILLIS_PER_MINUTE

CLOSEST, WIDEST = 20 * MILLIS_PER_MINUTE, 30 * 60 * MILLIS_PER_MINUTE
"""The shortest and the longest span of the day that a view may show, in milliseconds."""

_STEPS = (5, 10, 15, 30, 60, 120, 180, 360)
"""Minutes between two labels of the hours, as the view is wide or narrow."""
_GAP = 16


def step_between(scale: float, label: float) -> int:
    """Milliseconds from one label to the next: the smallest step at which they stand apart, at so many pixels a millisecond and a label."""
    return next((step for step in _STEPS if step * MILLIS_PER_MINUTE * scale >= label + _GAP), _STEPS[-1]) * MILLIS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """What a view shows: `first` is the reading at its left edge, `span` milliseconds across its width, `top` the pixels of rows above it."""

    first: float = 6 * 60 * MILLIS_PER_MINUTE
    span: float = 12 * 60 * MILLIS_PER_MINUTE
    width: float = 1.0
    height: float = 1.0
    top: float = 0.0
    row: int = 24
    """Height of a row in pixels."""

    @property
    def scale(self) -> float:
        """Pixels a millisecond."""
        return self.width / self.span

    def x(self, reading: float) -> float:
        """Where a clock reading lies, in pixels from the left edge."""
        return (reading - self.first) * self.width / self.span

    def reading(self, x: float) -> float:
        """The clock reading at so many pixels from the left edge."""
        return self.first + x * self.span / self.width

    def row_at(self, y: float) -> int:
        """The row at so many pixels from the upper edge; there need not be one."""
        return int((y + self.top) // self.row)

    def y(self, row: int) -> float:
        """The upper edge of a row, in pixels from the upper edge of the view."""
        return row * self.row - self.top

    def rows(self, count: int) -> range:
        """The rows of so many that are in view."""
        return range(max(0, self.row_at(0)), min(count, self.row_at(self.height - 1) + 1))

    def lowest_top(self, count: int) -> float:
        """How far so many rows can be scrolled."""
        return max(0.0, count * self.row - self.height)

    def zoomed(self, factor: float, x: float) -> "Lens":
        """Shows `factor` times the detail; what lies at `x` stays there."""
        span = min(max(self.span / factor, CLOSEST), WIDEST)
        return replace(self, span=span, first=self.reading(x) - x * span / self.width)

    def panned(self, pixels: float) -> "Lens":
        """Shows what is later by so many pixels."""
        return replace(self, first=self.first + pixels * self.span / self.width)

    def scrolled(self, top: float, count: int) -> "Lens":
        """Shows the rows from `top` pixels on, as far as so many rows reach."""
        return replace(self, top=float(round(min(max(0.0, top), self.lowest_top(count)))))

    def over(self, first: float, last: float) -> "Lens":
        """Shows all between two clock readings."""
        return replace(self, first=first, span=min(max(last - first, CLOSEST), WIDEST))
