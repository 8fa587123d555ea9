"""The rows of the timeline, and what lies where in them. A row's stretches are made when it first comes into view."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.desktop.day import Shown
from app.desktop.timeline.before import NOTHING, Before, Mark
from app.desktop.timeline.spans import Spans, spans_of
from app.domain.ids import OrderId, RouteId
from app.domain.schedule import Timeline
from app.domain.units import MILLIS_PER_HOUR, MILLIS_PER_MINUTE
from app.services.queries import DayView, RouteRow, StopRow

_EDGE, _AFTER = 15 * MILLIS_PER_MINUTE, 30 * MILLIS_PER_MINUTE
"""Before the first leaving, and after the last end, where "+18" of a last stop must have room."""
_NO_DAY = (6 * MILLIS_PER_HOUR, 20 * MILLIS_PER_HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One driver's day. `shift` are the regular hours in clock readings; `reload` how long loading at the depot takes, in milliseconds."""

    route: RouteRow
    stops: tuple[StopRow, ...]
    line: Timeline | None = None
    shift: tuple[int, int] | None = None
    reload: int = 0
    before: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A stop of the timeline: its row, and its place in the route from 0."""

    row: int
    at: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where something that is dragged would go: before which stop of a route (0 … number of stops), and at which clock reading that lies."""

    route: RouteId
    position: int
    reading: float


class Content:
    """All rows. `extent` is from when to when anything happens, in clock readings, with a margin."""

    def __init__(self, rows: Sequence[Row] = (), before: Before = NOTHING) -> None:
        self.rows = tuple(rows)
        self.before = before
        self._spans: list[Spans | None] = [None] * len(self.rows)
        self._at = {row.route.id: number for number, row in enumerate(self.rows)}
        self.extent = _extent(self.rows)

    def spans(self, row: int) -> Spans:
        """The stretches of a row."""
        made = self._spans[row]
        if made is None:
            known = self.rows[row]
            made = self._spans[row] = spans_of(known.stops, known.line, known.reload)
        return made

    def row_of(self, route: RouteId | None) -> int | None:
        """Where a route stands."""
        return self._at.get(route) if route is not None else None

    def stop(self, spot: Spot) -> StopRow:
        """The stop there."""
        return self.rows[spot.row].stops[spot.at]

    def spot_at(self, row: int, reading: float, reach: float) -> Spot | None:
        """The stop that is served then, or the nearest within `reach` milliseconds."""
        if not 0 <= row < len(self.rows):
            return None
        spans = self.spans(row)
        after = bisect_left(spans.begins, reading)
        near = [at for at in (after - 1, after) if 0 <= at < len(spans.begins) and _apart(spans, at, reading) <= reach]
        best = min(near, key=lambda at: _apart(spans, at, reading), default=None)
        return Spot(row, best) if best is not None else None

    def nearest(self, row: int, reading: float) -> Spot | None:
        """The stop of a row that is served nearest to a moment; None where it has none with times."""
        return self.spot_at(row, reading, float("inf"))

    def middle(self, spot: Spot) -> float:
        """The middle of a stop's service."""
        spans = self.spans(spot.row)
        return (spans.begins[spot.at] + spans.ends[spot.at]) / 2 if spans.begins else 0.0

    def target(self, row: int, reading: float) -> Target | None:
        """Where in a row something belongs that is dropped at a moment."""
        if not 0 <= row < len(self.rows):
            return None
        spans = self.spans(row)
        middles = [(begin + end) / 2 for begin, end in zip(spans.begins, spans.ends, strict=True)]
        position = bisect_left(middles, reading)
        return Target(self.rows[row].route.id, position, self._between(spans, position, reading))

    def within(self, rows: Iterable[int], begin: float, end: float) -> list[Spot]:
        """The stops of these rows that are served at any moment of a stretch."""
        found = []
        for row in rows:
            spans = self.spans(row)
            found += [Spot(row, at) for at in range(bisect_left(spans.ends, begin), len(spans.ends)) if spans.begins[at] <= end]
        return found

    def orders(self, spots: Iterable[Spot]) -> frozenset[OrderId]:
        """The orders of these stops."""
        return frozenset(order for spot in spots for order in self.stop(spot).orders)

    def spot_of(self, view: DayView, order: OrderId | None) -> Spot | None:
        """Where an order's stop stands."""
        known = view.by_order.get(order) if order is not None else None
        row = self.row_of(known.route) if known is not None else None
        return Spot(row, known.position - 1) if known is not None and row is not None and known.position else None

    @staticmethod
    def _between(spans: Spans, position: int, reading: float) -> float:
        """Where the line of an insertion stands: half-way between the neighbours."""
        left = spans.ends[position - 1] if 0 < position <= len(spans.ends) else None
        right = spans.begins[position] if position < len(spans.begins) else None
        if left is not None and right is not None:
            return (left + right) / 2
        return left + _EDGE / 5 if left is not None else right - _EDGE / 5 if right is not None else reading


def content_of(shown: Shown, before: Before = NOTHING, *, empty: bool = True) -> Content:
    """The rows of a day, in the order of the routes' numbers; `empty`: those without stops too."""
    return Content([_row(row, shown, before) for row in shown.view.routes if row.stops or empty], before)


def _row(row: RouteRow, shown: Shown, before: Before) -> Row:
    terms = shown.problem.shifts.get(row.shift) if shown.problem is not None else None
    return Row(
        route=row,
        stops=shown.view.stops[row.id],
        line=shown.judged.timelines.get(row.id) if shown.judged is not None else None,
        shift=(terms.starts, terms.ends) if terms is not None else None,
        reload=terms.reload if terms is not None else 0,
        before=before.rows.get(row.id, ()),
    )


def _extent(rows: Sequence[Row]) -> tuple[int, int]:
    """From the first leaving to the last end."""
    driven = [row for row in rows if row.stops and row.line is not None]
    if not driven:
        return _NO_DAY
    first = min(row.route.leaves for row in driven)
    last = max(row.route.ends for row in driven)
    return first - _EDGE, last + _AFTER


def _apart(spans: Spans, at: int, reading: float) -> float:
    """Milliseconds between a moment and a stop's service; 0 within."""
    return max(0.0, spans.begins[at] - reading, reading - spans.ends[at])
