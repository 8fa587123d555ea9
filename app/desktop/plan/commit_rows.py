"""The rows of the commit sheet: what each driver is given, and which customers hear something."""

from dataclasses import dataclass

from app.desktop.format import Formats
from app.desktop.plan.compare_rows import in_signs
from app.desktop.widgets.rows import Column
from app.desktop.words import later, tr
from app.domain.ids import OrderId
from app.domain.orders import order_of
from app.services.promises import CommitNews, CustomerNews, DriverNews, News
from app.services.queries import DayView, RouteRow

NEWS = {
    News.FIRST: later("First time"),
    News.CHANGED: later("Other time"),
    News.SAME: later("As told"),
    News.WITHDRAWN: later("No visit any more"),
}
MARKS = {News.FIRST: "＋", News.CHANGED: "◆", News.SAME: "✓", News.WITHDRAWN: "✕"}
TONES = {News.FIRST: "", News.CHANGED: "risk", News.SAME: "muted", News.WITHDRAWN: "late"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverRow:
    """One route as it would be committed."""

    route: RouteRow
    news: DriverNews
    first: bool
    """No version was committed before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """One customer and what a commit is to them."""

    order: OrderId
    number: str
    customer: str
    news: CustomerNews
    route: RouteRow | None
    late: int


def driver_rows(news: CommitNews, view: DayView) -> tuple[DriverRow, ...]:
    """The routes that are driven, or were promised, by number."""
    pairs = ((view.by_route.get(each.route), each) for each in news.drivers if each.tour.stops or each.differs)
    rows = [DriverRow(route=route, news=each, first=news.first) for route, each in pairs if route is not None]
    return tuple(sorted(rows, key=lambda row: row.route.number))


def customer_rows(news: CommitNews, view: DayView) -> tuple[CustomerRow, ...]:
    """Every customer, those with bad news first."""
    return tuple(_customer(each, view) for each in news.customers)


def _customer(each: CustomerNews, view: DayView) -> CustomerRow:
    order = order_of(each.task)
    row = view.by_order.get(order)
    route = view.by_route.get(each.now.route) if each.now is not None else None
    return CustomerRow(
        order=order,
        number=row.number if row is not None else "",
        customer=row.customer if row is not None else "",
        news=each,
        route=route,
        late=each.now.late if each.now is not None else 0,
    )


def driver_columns(formats: Formats) -> tuple[Column, ...]:
    """The columns of drivers; the first is drawn with the chip of the route."""
    return (
        Column(id="route", title=tr("Route"), text=lambda row: row.route.vehicle or str(row.route.number), width=140),
        Column(id="driver", title=tr("Driver"), text=lambda row: row.route.driver, width=150),
        Column(id="stops", title=tr("Stops"), text=lambda row: str(row.news.tour.stops), number=True, width=56),
        Column(id="leaves", title=tr("Leaves"), text=lambda row: _clock(row.news.tour.leaves, formats), number=True, width=70),
        Column(id="ends", title=tr("Ends"), text=lambda row: _clock(row.news.tour.ends, formats), number=True, width=70),
        Column(id="late", title=tr("Late"), text=lambda row: f"▲ {row.news.tour.late}" if row.news.tour.late else "", tone=_late_tone, number=True, width=60),
        Column(id="changes", title=tr("Since the last version"), text=_changes, tone=lambda row: "" if row.news.differs else "muted", width=150),
    )


def customer_columns(formats: Formats) -> tuple[Column, ...]:
    """The columns of customers; the route is drawn with its chip."""
    return (
        Column(id="news", title=tr("What they hear"), text=lambda row: f"{MARKS[row.news.news]} {tr(NEWS[row.news.news])}", tone=_news_tone, width=146),
        Column(id="number", title=tr("Order"), text=lambda row: row.number, width=84),
        Column(id="customer", title=tr("Customer"), text=lambda row: row.customer, width=150),
        Column(id="route", title=tr("Route"), text=lambda row: row.route.vehicle if row.route is not None else f"◇ {tr('Pool')}", width=120),
        Column(id="told", title=tr("Told"), text=lambda row: _clock(row.news.told, formats), number=True, width=62),
        Column(id="now", title=tr("Planned"), text=lambda row: _clock(row.news.now.arrival if row.news.now else None, formats), number=True, width=70),
        Column(id="late", title=tr("Late"), text=lambda row: f"▲ +{formats.minutes(row.late)}" if row.late else "", tone=_row_late_tone, number=True, width=90),
    )


def _clock(reading: int | None, formats: Formats) -> str:
    return formats.clock(reading) if reading is not None else "–"


def _late_tone(row: DriverRow) -> str:
    return "late" if row.news.tour.late else ""


def _row_late_tone(row: CustomerRow) -> str:
    return "late" if row.late else ""


def _news_tone(row: CustomerRow) -> str:
    return TONES[row.news.news]


def _changes(row: DriverRow) -> str:
    if row.first:
        return tr("new")
    return in_signs(row.news.came, row.news.went, row.news.moved) or tr("unchanged")
