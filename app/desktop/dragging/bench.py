"""Measures a drag over a large day in the real window: from the move of the pointer to the painted card, and the arithmetic alone."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.dragging.ghost import ORDERS_MIME
from app.domain.fleet import Shift, Vehicle
from app.domain.ids import OrderId, PlanId, RouteId, ShiftId, StopId, VehicleId, new_id
from app.domain.orders import Order, task_of
from app.domain.plans import Route, Stop
from app.services.commands import ApplyPlan, ImportFleet, ImportOrders, LocateOrders

if TYPE_CHECKING:
    from app.desktop.stage import Stage

_MOVES, _SEVERAL = 240, 12
Took = tuple[float, float]
"""Milliseconds by the clock, and of the thread's own work."""
_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def measure_drag(stage: "Stage", area: str, routes: int, stops: int) -> dict[str, Any]:
    """Milliseconds, p50 and p95, on a day of so many routes and stops: of one order and of twelve, over the stops of a route, the board and the list
    of routes (its best place); `bare` paints the same widgets without a drag, `pure` asks the arithmetic alone."""
    stage.import_fleet(area)
    stage.import_orders()
    make_day(stage, area, routes, stops)
    dice = random.Random(5)
    board = [row.order for row in stage.view.board if row.stop is not None]
    figures: dict[str, Any] = {"routes": len(stage.view.routes), "stops": sum(row.stops for row in stage.view.routes)}
    for name, count in (("one", 1), ("twelve", _SEVERAL)):
        figures[name] = {**_over(stage, dice, board, count), **_pure(stage, dice, board, count)}
    return figures


def make_day(stage: "Stage", area: str, routes: int, stops: int) -> None:
    """A day after the demo's with so many drivers and copies of its orders, dealt out to them."""
    from app.desktop.stage import demo_fleet

    desk, shown = stage.desk, stage.desk.model.held
    assert shown is not None, "a day is in view"
    day = stage.day + timedelta(days=1)
    shift = replace(demo_fleet(stage.doors, day, area).shifts[0], reloads=1)
    vehicle = shown.day.vehicles[shift.vehicle]
    fleet = [_turn(shift, vehicle, number) for number in range(1, routes + 1)]
    desk.bridge.do(ImportFleet(depots=(), vehicles=tuple(van for van, _ in fleet), drivers=(), shifts=tuple(turn for _, turn in fleet)))
    found = [order for order in shown.day.orders if order.location.place is not None and not order.location.candidates]
    made = tuple(replace(found[at % len(found)], id=OrderId(new_id("ord")), number=f"B-{at:05d}", source="bench", day=day, version=0) for at in range(stops))
    desk.bridge.do(ImportOrders(source="bench", orders=made))
    desk.bridge.do(LocateOrders(locations=tuple((order.id, found[at % len(found)].location) for at, order in enumerate(made))))
    dealt = tuple(_route(turn, made[at::routes]) for at, (_, turn) in enumerate(fleet))
    plan = ApplyPlan(plan=PlanId(new_id("pln")), depot=shown.day.depot.id, day=day, based_on=0, routes=dealt, unassigned=())
    desk.bridge.do(plan)
    stage.quiet()
    desk.open(shown.day.depot.id, day)
    stage.wait(lambda: stage.view.day == day, "the large day")
    stage.ready()


def _turn(shift: Shift, vehicle: Vehicle, number: int) -> tuple[Vehicle, Shift]:
    van = replace(vehicle, id=VehicleId(new_id("veh")), name=f"Van {number}", version=0)
    return van, replace(shift, id=ShiftId(new_id("shf")), vehicle=van.id, driver=None, version=0)


def _route(shift: Shift, orders: Sequence[Order]) -> Route:
    stops = tuple(Stop(id=StopId(new_id("stp")), tasks=(task_of(order),)) for order in orders)
    return Route(id=RouteId(new_id("rte")), shift=shift.id, stops=stops)


def _over(stage: "Stage", dice: random.Random, board: Sequence[OrderId], count: int) -> dict[str, Any]:
    """Moves of the pointer over each panel, and the same repainted without."""
    desk, window = stage.desk, stage.desk.window
    desk.actions["layout_plan"].trigger()
    desk.selection.show_route(stage.view.routes[0].id)
    window.show_tab("stops")
    stage.rest(0.3)
    places = {"stops": window.stops.table.viewport(), "routes": window.routes.viewport()}
    found = {f"{name}_ms": _moved(stage, widget, dice, board, count) for name, widget in places.items()}
    desk.actions["layout_board"].trigger()
    stage.rest(0.5)
    column = desk.frame.board.columns[stage.view.routes[1].id].list.viewport()
    found["board_ms"] = _moved(stage, column, dice, board, count)
    bare = _said([_timed(column.repaint) for _ in range(_MOVES)])
    return {**found, "bare_ms": bare, "ratio": round(found["board_ms"]["busy_p50"] / max(0.01, bare["busy_p50"]), 1)}


def _moved(stage: "Stage", widget: QWidget, dice: random.Random, board: Sequence[OrderId], count: int) -> dict[str, float]:
    """Each time another order and another point, so that nothing is known already; the card and the widget are painted at once."""
    times = []
    for _ in range(_MOVES // 4):
        carried = QMimeData()
        carried.setData(ORDERS_MIME, "\n".join(dice.sample(board, count)).encode())
        for _ in range(4):
            spot = QPoint(widget.width() // 2, dice.randrange(30, max(31, widget.height() - 30)))
            event = QDragMoveEvent(spot, _ACTIONS, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
            times.append(_timed(lambda event=event: _shown(stage, widget, event)))  # type: ignore[misc]  # the event of this turn
    stage.desk.dragging.leave()
    return _said(times)


def _shown(stage: "Stage", widget: QWidget, event: QDragMoveEvent) -> None:
    QApplication.sendEvent(widget, event)
    card = stage.desk.dragging.card
    if card is not None:
        card.repaint()
    widget.repaint()


def _pure(stage: "Stage", dice: random.Random, board: Sequence[OrderId], count: int) -> dict[str, Any]:
    """A hand made, one place weighed, the best of a route found."""
    edits, routes = stage.desk.edits, stage.view.routes
    place, best = [], []
    for _ in range(_MOVES // 4):
        orders, row = dice.sample(board, count), dice.choice(routes)
        place.append(_timed(lambda orders=orders, row=row: edits.hand(orders).at(row.id, row.stops // 2)))  # type: ignore[misc,union-attr]
        best.append(_timed(lambda orders=orders, row=row: edits.hand(orders).best(row.id)))  # type: ignore[misc,union-attr]
    return {"pure_place_ms": _said(place), "pure_best_ms": _said(best)}


def _timed(work: Callable[[], object]) -> Took:
    begun, busy = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - busy) * 1000


def _said(times: Sequence[Took]) -> dict[str, float]:
    """By the clock, and what the thread was busy for: on a machine that others use the two are far apart."""
    figures: dict[str, float] = {}
    for name, taken in (("", [each[0] for each in times]), ("busy_", [each[1] for each in times])):
        ranked = sorted(taken)
        figures |= {f"{name}p50": round(statistics.median(ranked), 2), f"{name}p95": round(ranked[int(len(ranked) * 0.95) - 1], 2)}
    return {**figures, "worst": round(max(each[0] for each in times), 2)}
