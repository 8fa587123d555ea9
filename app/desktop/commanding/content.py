"""What can be found on the day in view, as things for the search; made off the main thread."""

from collections.abc import Iterator, Mapping

from app.desktop.actions import ACTS, MENUS, plain
from app.desktop.commanding.finding import Hit, Index, Kind, Met, Query, Thing
from app.desktop.day import Shown
from app.desktop.words import tr
from app.domain.fleet import Driver
from app.domain.ids import OrderId, ShiftId
from app.domain.orders import Order
from app.services.queries import BoardRow, RouteRow

HIDDEN = frozenset({"palette"})
"""Acts that make no sense in the palette."""


def day_index(shown: Shown) -> Index:
    """Orders by number, customer, address and telephone; routes by number, vehicle, driver and the driver's telephone."""
    orders: Mapping[OrderId, Order] = {order.id: order for order in shown.day.orders}
    return Index([*(_order(row, orders.get(row.order)) for row in shown.view.board), *_routes(shown)])


def act_index() -> Index:
    """Every act by its text in the language in force and in English, what it does, and its menu."""
    menus = dict(MENUS)
    return Index(
        [
            Thing(Kind.ACT, act.id, (plain(tr(act.text)), plain(act.text), f"{plain(tr(menus[act.menu]))} {plain(tr(act.text))}", tr(act.about)))
            for act in ACTS
            if act.id not in HIDDEN
        ]
    )


def act_names(acts: Index) -> Index:
    """The acts by their names alone."""
    return Index([Thing(act.kind, act.id, act.fields[:2]) for act in acts.things])


def acts_for(acts: Index, names: Index, query: Query, limit: int) -> tuple[Hit, ...]:
    """The acts that a query means: words within words and slips count in their names alone, not in what is said about them."""
    if Kind.ACT not in query.kinds:
        return ()
    well = [hit for hit in acts.find(query, limit) if hit.met >= Met.WORD]
    there = {hit.thing.id for hit in well}
    rest = [hit for hit in names.find(query, limit) if hit.thing.id not in there]
    return (*well, *rest)


def _order(row: BoardRow, order: Order | None) -> Thing:
    phone = order.recipient.phone if order is not None else ""
    return Thing(Kind.ORDER, row.order, (row.number, row.customer, row.address), (row.customer,), (phone,) if phone else ())


def _routes(shown: Shown) -> Iterator[Thing]:
    drivers = {shift.id: shown.day.drivers.get(shift.driver) for shift in shown.day.shifts if shift.driver is not None}
    for row in shown.view.routes:
        yield _route(row, drivers)


def _route(row: RouteRow, drivers: Mapping[ShiftId, Driver | None]) -> Thing:
    driver = drivers.get(row.shift)
    phones = (driver.phone,) if driver is not None and driver.phone else ()
    return Thing(Kind.ROUTE, row.id, (str(row.number), row.vehicle, row.driver), (row.driver,), phones)
