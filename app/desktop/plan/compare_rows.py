"""The rows of the comparison between a proposal and the plan: a line for each stop that something happens to, and one for each driver."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import later, tr
from app.domain.ids import OrderId
from app.domain.orders import order_of
from app.domain.sentences import Sentence
from app.domain.units import MILLIS_PER_MINUTE
from app.services.proposal_changes import Change, Changes, DriverChange, Spot, StopChange
from app.services.queries import DayView, RouteRow

LEFT = "left"
"""The kind of orders that were in the pool and stay there."""
KINDS = {
    Change.ROUTE: later("Changes route"),
    Change.NEW: later("Newly planned"),
    Change.OUT: later("Left out"),
    Change.PLACE: later("Other place"),
    Change.TIME: later("Other time"),
    LEFT: later("Left out"),
}
MARKS = {Change.ROUTE: "⇄", Change.NEW: "＋", Change.OUT: "✕", Change.PLACE: "↕", Change.TIME: "◷", LEFT: "✕"}
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (later("Changes route"), frozenset({Change.ROUTE})),
    (later("Newly planned"), frozenset({Change.NEW})),
    (later("Left out"), frozenset({Change.OUT, LEFT})),
    (later("Other place"), frozenset({Change.PLACE})),
    (later("Other time"), frozenset({Change.TIME})),
)
"""What can be filtered: the title of the chip and the kinds behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLine:
    """One order whose stop changes, with the routes on both sides (None: the pool)."""

    order: OrderId
    number: str
    customer: str
    kind: str
    change: StopChange | None
    was: RouteRow | None
    now: RouteRow | None
    reasons: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverLine:
    """One route on both sides."""

    route: RouteRow
    change: DriverChange


def stop_lines(found: Changes, view: DayView) -> tuple[StopLine, ...]:
    """A line for each stop that changes; then the orders that stay in the pool."""
    lines = [_line(each, view) for each in found.stops]
    known = {each.order for each in lines}
    left = [row for row in (view.by_order.get(order_of(task)) for task in found.left_out) if row is not None and row.order not in known]
    stay = [
        StopLine(order=row.order, number=row.number, customer=row.customer, kind=LEFT, change=None, was=None, now=None, reasons=row.reasons) for row in left
    ]
    return (*lines, *stay)


def _line(each: StopChange, view: DayView) -> StopLine:
    order = order_of(each.task)
    row = view.by_order.get(order)
    return StopLine(
        order=order,
        number=row.number if row is not None else "",
        customer=row.customer if row is not None else "",
        kind=each.change,
        change=each,
        was=_route(each.before, view),
        now=_route(each.after, view),
        reasons=each.reasons,
    )


def _route(spot: Spot | None, view: DayView) -> RouteRow | None:
    return view.by_route.get(spot.route) if spot is not None else None


def driver_lines(found: Changes, view: DayView) -> tuple[DriverLine, ...]:
    """A line for each route that is driven before or after, by number."""
    pairs = ((view.by_route.get(each.route), each) for each in found.drivers if each.before.stops or each.after.stops)
    lines = [DriverLine(route=route, change=each) for route, each in pairs if route is not None]
    return tuple(sorted(lines, key=lambda line: line.route.number))


def stop_columns(formats: Formats) -> tuple[Column, ...]:
    """The columns of stops; `was` and `now` are drawn with the chip of the route."""
    return (
        Column(id="kind", title=tr("What"), text=lambda row: f"{MARKS[row.kind]} {tr(KINDS[row.kind])}", tone=_kind_tone, width=124),
        Column(id="number", title=tr("Order"), text=lambda row: row.number, width=78, least=66),
        Column(id="customer", title=tr("Customer"), text=lambda row: row.customer, width=118, least=80, stretch=1, gives=2),
        Column(id="was", title=tr("Now in"), text=lambda row: _place(row.was, row.change.before if row.change else None), width=148, least=124),
        Column(id="now", title=tr("Then in"), text=lambda row: _place(row.now, row.change.after if row.change else None), width=148, least=124),
        Column(id="time", title=tr("Arrival"), text=lambda row: _times(row, formats), width=106),
        Column(id="shift", title=tr("Later / earlier"), text=lambda row: _shift(row, formats), number=True, width=96, least=84, gives=1),
        Column(id="mark", title=tr("Marks"), text=lambda row: _marks(row, formats), tone=_tone, width=150, least=120, stretch=2),
    )


def _kind_tone(row: StopLine) -> str:
    return "risk" if row.kind in {Change.OUT, LEFT} else ""


def _place(route: RouteRow | None, spot: Spot | None) -> str:
    """The place in the route; the chip before it says which."""
    if route is None or spot is None:
        return f"◇ {tr('Pool')}"
    return tr("{route} · stop {number}").format(route=route.vehicle or route.number, number=spot.position)


def _times(row: StopLine, formats: Formats) -> str:
    change = row.change
    if change is None:
        return ""
    was, now = (formats.clock(spot.arrival) if spot is not None and spot.arrival is not None else "–" for spot in (change.before, change.after))
    return f"{was} → {now}"


def _shift(row: StopLine, formats: Formats) -> str:
    shifted = row.change.shifted if row.change is not None else None
    if shifted is None or abs(shifted) < MILLIS_PER_MINUTE:
        return ""
    return f"{'+' if shifted > 0 else '−'}{formats.minutes(abs(shifted) // MILLIS_PER_MINUTE * MILLIS_PER_MINUTE)}"


def _marks(row: StopLine, formats: Formats) -> str:
    """Late marks on both sides, what was promised, and why an order is left out."""
    said: list[str] = []
    change = row.change
    if change is not None:
        was, now = (spot.late if spot is not None else 0 for spot in (change.before, change.after))
        if now:
            said.append(f"▲ +{formats.minutes(now)}")
        elif was:
            said.append(tr("in time, was ▲ +{span}").format(span=formats.minutes(was)))
        if change.breaks_promise:
            told = formats.clock(change.told) if change.told is not None else "–"
            said.append(f"◆ {tr('told {time}').format(time=told)}")
        elif change.promised and row.kind in {Change.ROUTE, Change.OUT}:
            said.append(f"◆ {tr('committed')}")
    said += [formats.say(reason) for reason in row.reasons[:1]]
    return " · ".join(said)


def _tone(row: StopLine) -> str:
    change = row.change
    if change is not None and change.after is not None and change.after.late:
        return "late"
    risky = change is None or change.change is Change.OUT or change.breaks_promise or (change.promised and row.kind == Change.ROUTE)
    return "risk" if risky else "ok" if change is not None and change.before is not None and change.before.late else "muted"


def driver_columns(formats: Formats) -> tuple[Column, ...]:
    """The columns of drivers, each with both sides."""

    def both(before: str, after: str) -> str:
        return after if before == after else f"{before} → {after}"

    return (
        Column(id="route", title=tr("Route"), text=lambda row: row.route.vehicle or str(row.route.number), width=130),
        Column(id="driver", title=tr("Driver"), text=lambda row: row.route.driver, width=120),
        Column(id="stops", title=tr("Stops"), text=lambda row: both(str(row.change.before.stops), str(row.change.after.stops)), number=True, width=84),
        Column(id="changes", title=tr("Changes"), text=changed_words, width=120),
        Column(id="meters", title=tr("Distance"), text=lambda row: both(*_distances(row, formats)), number=True, width=136),
        Column(
            id="time",
            title=tr("On the road"),
            text=lambda row: both(formats.duration(row.change.before.duration), formats.duration(row.change.after.duration)),
            number=True,
            width=116,
        ),
        Column(id="ends", title=tr("Ends"), text=lambda row: both(*_ends(row, formats)), number=True, width=116),
        Column(id="late", title=tr("Late"), text=_late, tone=lambda row: "late" if row.change.after.late else "", number=True, width=80),
    )


def changed_words(row: DriverLine) -> str:
    """How many stops came, went, and stand elsewhere."""
    change = row.change
    return in_signs(change.came, change.went, change.reordered) or tr("no other stops")


def in_signs(came: int, went: int, moved: int) -> str:
    """Stops that came, went, and stand elsewhere, as +3 −1 ↕2; empty: none."""
    return " ".join(f"{sign}{count}" for sign, count in (("+", came), ("−", went), ("↕", moved)) if count)


def _distances(row: DriverLine, formats: Formats) -> tuple[str, str]:
    return formats.kilometers(row.change.before.meters), formats.kilometers(row.change.after.meters)


def _ends(row: DriverLine, formats: Formats) -> Iterable[str]:
    return (formats.clock(tour.ends) if tour.ends is not None else "–" for tour in (row.change.before, row.change.after))


def _late(row: DriverLine) -> str:
    was, now = row.change.before.late, row.change.after.late
    if not was and not now:
        return ""
    return f"▲ {now}" if was == now else f"▲ {was} → {now}"
