"""The rows and columns of plans side by side: measures, stops that stand elsewhere, routes; a column for each plan, at most four."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import later, tr
from app.domain.ids import OrderId, RouteId
from app.domain.orders import order_of
from app.domain.units import MILLIS_PER_MINUTE, Cost
from app.services.proposal_changes import Spot, Tour
from app.services.queries import DayView
from app.services.version_comparison import MOST, Comparison, Measure, RouteDifference, StopDifference

LETTERS = "ABCD"
"""How the plans are told apart in narrow places."""
SIDES = tuple(f"side{at}" for at in range(MOST))
"""The columns of the plans."""
TITLES = {
    Measure.DRIVING: later("Cost of driving"),
    Measure.COST: later("All counted, against A"),
    Measure.LATE: later("Late stops"),
    Measure.LATE_TIME: later("Minutes late"),
    Measure.UNPLANNED: later("Left out"),
    Measure.BROKEN: later("Broken rules"),
    Measure.PROMISES: later("Promises not kept"),
    Measure.HOURS: later("Hours on the road"),
    Measure.DISTANCE: later("Distance"),
    Measure.DRIVERS: later("Drivers used"),
    Measure.MOVED: later("Stops moved"),
}
_ALARMS = {Measure.LATE: "▲", Measure.LATE_TIME: "▲", Measure.UNPLANNED: "◇", Measure.BROKEN: "◆", Measure.PROMISES: "◆"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """One measure of every plan."""

    measure: Measure
    values: tuple[int, ...]
    best: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """One order that does not stand at the same place in all plans, with the number of its route in each (0: in none)."""

    order: OrderId
    number: str
    customer: str
    found: StopDifference
    routes: tuple[int, ...]
    pair: tuple[int, int]
    """The two plans on the map: the one below, the one above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """One route in every plan."""

    route: RouteId
    number: int
    vehicle: str
    driver: str
    found: RouteDifference


def measure_lines(found: Comparison) -> tuple[MeasureLine, ...]:
    """The measures; promises only where something was promised, since then they differ from nothing."""
    lines = []
    for measure in Measure:
        values = tuple(side.measures[measure] for side in found.sides)
        if measure not in {Measure.PROMISES, Measure.BROKEN} or any(values):
            lines.append(MeasureLine(measure=measure, values=values, best=found.best(measure)))
    return tuple(lines)


def stop_lines(found: Comparison, view: DayView, pair: tuple[int, int]) -> tuple[StopLine, ...]:
    """A line for each order whose place differs."""
    lines = []
    for each in found.stops:
        row = view.by_order.get(order_of(each.task))
        numbers = tuple(_number(spot, view) for spot in each.spots)
        lines.append(
            StopLine(
                order=order_of(each.task),
                number=row.number if row is not None else "",
                customer=row.customer if row is not None else "",
                found=each,
                routes=numbers,
                pair=pair,
            )
        )
    return tuple(lines)


def _number(spot: Spot | None, view: DayView) -> int:
    route = view.by_route.get(spot.route) if spot is not None else None
    return route.number if route is not None else 0


def route_lines(found: Comparison, view: DayView) -> tuple[RouteLine, ...]:
    """A line for each route that any of the plans drives; those that differ first, then by number."""
    lines = []
    for each in found.routes:
        row = view.by_route.get(each.route)
        if row is not None and any(tour.stops for tour in each.tours):
            lines.append(RouteLine(route=row.id, number=row.number, vehicle=row.vehicle, driver=row.driver, found=each))
    return tuple(sorted(lines, key=lambda line: (line.found.same, line.number)))


# Columns -------------------------------------------------------------------------------------------------------------


def measure_columns(heads: Sequence[str], formats: Formats, currency: str) -> tuple[Column, ...]:
    """The measures beside one column a plan; the best is marked with ✓."""
    first = Column(id="measure", title=tr("Measure"), text=lambda row: tr(TITLES[row.measure]), width=176, least=150)
    return (first, *(_measure(at, _head(heads, at), formats, currency) for at in range(MOST)), _spare())


def _measure(at: int, title: str, formats: Formats, currency: str) -> Column:
    return Column(
        id=SIDES[at],
        title=title,
        text=partial(_measured, at=at, formats=formats, currency=currency),
        tone=lambda row: "" if at >= len(row.values) else _measure_tone(row, at),
        number=True,
        width=150,
        least=96,
    )


def _measured(row: MeasureLine, at: int, formats: Formats, currency: str) -> str:
    if at >= len(row.values):
        return ""
    said = _against(row.values[at] - row.values[0], at, formats, currency) if row.measure is Measure.COST else value_words(row, at, formats, currency)
    mark = _ALARMS.get(row.measure, "")
    said = f"{mark} {said}" if mark and row.values[at] else said
    return f"✓ {said}" if at in row.best else said


def _against(more: int, at: int, formats: Formats, currency: str) -> str:
    """What is saved or spent against the first plan; its own sum, with the prices of what nobody pays, would only frighten."""
    if at == 0:
        return "–"
    return f"{'+' if more > 0 else '−' if more < 0 else '±'}{formats.cost(Cost(abs(more)), currency)}"


def value_words(row: MeasureLine, at: int, formats: Formats, currency: str) -> str:
    """A measured value with its unit."""
    measure, value = row.measure, row.values[at]
    if measure is Measure.DRIVING:
        return formats.cost(Cost(value), currency)
    if measure in {Measure.HOURS, Measure.LATE_TIME}:
        return formats.duration(value) if value else "0"
    return formats.kilometers(value) if measure is Measure.DISTANCE else formats.number(value)


def _measure_tone(row: MeasureLine, at: int) -> str:
    if at in row.best:
        return "ok"
    if row.measure in _ALARMS and row.values[at]:
        return "late" if row.measure in {Measure.LATE, Measure.LATE_TIME} else "risk"
    return ""


def stop_columns(heads: Sequence[str], formats: Formats) -> tuple[Column, ...]:
    """The order, where each plan has it, and how much later or earlier it comes in the plan above than in the one below."""
    return (
        Column(id="number", title=tr("Order"), text=lambda row: row.number, width=76, least=66),
        Column(id="customer", title=tr("Customer"), text=lambda row: row.customer, width=120, least=80, stretch=1, gives=2),
        *(Column(id=SIDES[at], title=_head(heads, at), text=partial(_placed, at=at, formats=formats), width=136, least=112) for at in range(MOST)),
        Column(id="shift", title=tr("Later / earlier"), text=partial(_shift, formats=formats), tone=_shift_tone, number=True, width=104, least=84, gives=1),
    )


def _placed(row: StopLine, at: int, formats: Formats) -> str:
    """The place in the route, when, and whether late; the chip before it says which route."""
    spots = row.found.spots
    spot = spots[at] if at < len(spots) else None
    if at >= len(spots):
        return ""
    if spot is None:
        return f"◇ {tr('Pool')}"
    time = formats.clock(spot.arrival) if spot.arrival is not None else "–"
    return f"#{spot.position}  {time}{' ▲' if spot.late else ''}"


def _shift(row: StopLine, formats: Formats) -> str:
    shifted = row.found.shifted(*row.pair)
    if shifted is None or abs(shifted) < MILLIS_PER_MINUTE:
        return ""
    return f"{'+' if shifted > 0 else '−'}{formats.minutes(abs(shifted) // MILLIS_PER_MINUTE * MILLIS_PER_MINUTE)}"


def _shift_tone(row: StopLine) -> str:
    spot, was = row.found.spots[row.pair[1]], row.found.spots[row.pair[0]]
    if spot is not None and spot.late and (was is None or was.late < spot.late):
        return "late"
    return "ok" if was is not None and was.late and spot is not None and not spot.late else ""


def route_columns(heads: Sequence[str], formats: Formats) -> tuple[Column, ...]:
    """The route and its day in each plan."""
    return (
        Column(id="route", title=tr("Route"), text=lambda row: row.vehicle or str(row.number), width=128, least=110),
        Column(id="driver", title=tr("Driver"), text=lambda row: row.driver, width=110, least=80, gives=1),
        *(
            Column(
                id=SIDES[at],
                title=_head(heads, at),
                text=partial(_toured, at=at, formats=formats),
                tip=partial(_tour_tip, at=at, formats=formats),
                tone=partial(_tour_tone, at=at),
                width=170,
                least=126,
            )
            for at in range(MOST)
        ),
        Column(id="same", title=tr("Stops"), text=lambda row: tr("the same") if row.found.same else f"≠ {tr('differ')}", tone=_same_tone, width=90, least=76),
    )


def _same_tone(row: RouteLine) -> str:
    return "muted" if row.found.same else ""


def _toured(row: RouteLine, at: int, formats: Formats) -> str:
    if at >= len(row.found.tours):
        return ""
    each = row.found.tours[at]
    if not each.stops:
        return tr("not driven")
    parts = [formats.number(each.stops), f"→ {formats.clock(each.ends)}" if each.ends is not None else "–"]
    return "  ".join([*parts, *([f"▲ {each.late}"] if each.late else [])])


def _tour_tone(row: RouteLine, at: int) -> str:
    return "late" if at < len(row.found.tours) and row.found.tours[at].late else ""


def _tour_tip(row: RouteLine, at: int, formats: Formats) -> str:
    if at >= len(row.found.tours):
        return ""
    each: Tour = row.found.tours[at]
    return " · ".join((formats.duration(each.duration), formats.kilometers(each.meters))) if each.stops else ""


def _spare() -> Column:
    """Takes the room that is left, so that the plans stand beside their measure."""
    return Column(id="spare", title="", text=lambda _row: "", width=32, least=32, stretch=1, gives=9)


def _head(heads: Sequence[str], at: int) -> str:
    return heads[at] if at < len(heads) else ""


Chooser = Callable[[StopLine], int]


def chip_of(at: int) -> Chooser:
    """The number of the route in the plan of that column."""
    return lambda row: row.routes[at] if at < len(row.routes) else 0
