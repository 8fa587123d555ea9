"""Measures large days in the window: how soon another day stands on screen, how soon a selection is in every view, and whether the window keeps beating."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.ids import OrderId, PlanId, RouteId, StopId, new_id
from app.domain.orders import Order, task_of
from app.domain.plans import Route, Stop
from app.services.commands import ApplyPlan, ImportOrders, LocateOrders

if TYPE_CHECKING:
    from app.desktop.stage import Stage

Gaps = Callable[[list[float]], dict[str, Any]]
_SWITCHES = 6
_PICKS = 20


def measure_days(stage: "Stage", area: str, stops: int) -> dict[str, Any]:
    """Milliseconds from the wish for another day until its orders, routes and stops are painted (times follow when the roads are known), to and fro
    between the demo's orders and a day of so many planned stops; then from a pick to the painted selection in all views."""
    stage.import_fleet(area)
    stage.import_orders()
    large = stage.day + timedelta(days=1)
    _make(stage, area, large, stops)
    to_large, to_small = list[float](), list[float]()
    for turn in range(_SWITCHES):
        day, times = (large, to_large) if turn % 2 == 0 else (stage.day, to_small)
        times.append(_switch(stage, day))
    _switch(stage, large)
    picks, busy = _picks(stage)
    return {
        "stops": stops,
        "to_large_ms": _said(to_large),
        "to_small_ms": _said(to_small),
        "pick_p50_ms": round(statistics.median(picks), 1),
        "pick_p95_ms": round(sorted(picks)[int(len(picks) * 0.95) - 1], 1),
        "pick_busy_p50_ms": round(statistics.median(busy), 1),
    }


def _said(times: Sequence[float]) -> list[float]:
    return [round(each, 1) for each in times]


def _make(stage: "Stage", area: str, day: date, stops: int) -> None:
    """A day made of copies of the demo's orders, dealt out to the fleet's shifts."""
    from app.desktop.stage import demo_fleet

    held = stage.desk.model.held
    assert held is not None, "a day is in view"
    found = [order for order in held.day.orders if order.location.place is not None and order.location.candidates == ()]
    made = tuple(_copy(found[at % len(found)], day, at) for at in range(stops))
    stage.desk.bridge.do(demo_fleet(stage.doors, day, area))
    stage.desk.bridge.do(ImportOrders(source="bench", orders=made))
    stage.desk.bridge.do(LocateOrders(locations=tuple((order.id, found[at % len(found)].location) for at, order in enumerate(made))))
    stage.quiet()
    read = list[Any]()
    stage.desk.bridge.ask(lambda reader: reader.day(held.day.depot.id, day), then=read.append, key="bench day")
    stage.wait(lambda: read, "the large day")
    shifts = read[0].shifts
    routes = tuple(_route(shift.id, made[at :: len(shifts)]) for at, shift in enumerate(shifts))
    plan = ApplyPlan(plan=PlanId(new_id("pln")), depot=held.day.depot.id, day=day, based_on=0, routes=routes, unassigned=())
    stage.desk.bridge.do(plan)
    stage.quiet()


def _copy(order: Order, day: date, number: int) -> Order:
    return replace(order, id=OrderId(new_id("ord")), number=f"B-{number:05d}", source="bench", day=day, version=0)


def _route(shift: Any, orders: Sequence[Order]) -> Route:
    stops = tuple(Stop(id=StopId(new_id("stp")), tasks=(task_of(order),)) for order in orders)
    return Route(id=RouteId(new_id("rte")), shift=shift, stops=stops)


def _switch(stage: "Stage", day: date) -> float:
    """Until the day is in every panel and on the screen."""
    desk = stage.desk
    depot = desk.window.day_bar.depot
    assert depot is not None, "the depot is known"
    begun = time.perf_counter()
    desk.open(depot, day)
    stage.wait(lambda: desk.model.view is not None and desk.model.view.day == day, "the day")
    desk.window.repaint()
    took = (time.perf_counter() - begun) * 1000
    stage.rest(0.5)
    return took


def _picks(stage: "Stage") -> tuple[list[float], list[float]]:
    """By the clock, and what the window's own thread worked for it: other threads and programs make the first longer."""
    desk, times, busy = stage.desk, list[float](), list[float]()
    rows = [row for row in stage.view.board if row.stop is not None]
    for at in range(_PICKS):
        row = rows[(at * 7919) % len(rows)]
        begun, worked = time.perf_counter(), time.thread_time()
        desk.selection.pick([row.order], route=row.route)
        desk.window.repaint()
        times.append((time.perf_counter() - begun) * 1000)
        busy.append((time.thread_time() - worked) * 1000)
        stage.rest(0.05)
    return times, busy
