"""What a person does to the plan: move, earlier, later, back to the pool, lock. Shown at once with live times, then written.

Nothing is refused for breaking a rule: the timeline marks it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.selection import Selection
from app.domain import plans
from app.domain.ids import OrderId, PlanId, RouteId, StopId, TaskId, new_id
from app.domain.plans import Lock, Plan, Stop
from app.domain.sentences import Sentence
from app.services import planning
from app.services.commands import ApplyPlan, AssignTasks, Command, LockRoute, LockStops, MoveStops, UnassignStops
from app.services.dragging import Hand, Impact
from app.services.queries import RouteRow, Standing, StopRow


class Edits(QObject):
    """Turns the selection and a wish into a preview and a command."""

    def __init__(self, bridge: Bridge, model: DayModel, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._selection = selection

    def chosen_stops(self) -> tuple[StopRow, ...]:
        """The stops of the selected orders, route by route in driving order."""
        view = self._model.view
        if view is None:
            return ()
        wanted = self._selection.held.orders
        return tuple(row for rows in view.stops.values() for row in rows if wanted.intersection(row.orders))

    def chosen_pool(self) -> tuple[OrderId, ...]:
        """The selected orders that may be put into a route."""
        view = self._model.view
        if view is None:
            return ()
        return tuple(row.order for row in view.board if row.order in self._selection.held.orders and row.standing is Standing.POOL)

    def move_to_number(self, number: int) -> None:
        """Moves the selection to the end of the route of that number."""
        view = self._model.view
        row = next((row for row in view.routes if row.number == number), None) if view is not None else None
        if row is not None:
            self.move_to(row.id, row.stops)

    def move_to(self, route: RouteId, position: int) -> None:
        """Moves the selection to a place of a route (as in `plans.move`)."""
        self.move_orders(sorted(self._selection.held.orders), route, position)

    def hand(self, orders: Iterable[OrderId]) -> Hand | None:
        """These orders as held over the plan, to ask what putting them down would do; None while times are not known, or a proposal is on the table."""
        held = self._model.held
        if held is None or held.problem is None or held.judged is None or held.proposal is not None:
            return None
        return Hand(held.problem, whole_plan(held), [_task(each) for each in orders], held.judged.timelines)

    def move_orders(self, orders: Sequence[OrderId], route: RouteId, position: int) -> None:
        """Moves these orders to a place of a route: stops as they stand, pool orders as stops of their own behind them."""
        view, held = self._model.view, self._model.held
        if view is None or held is None or route not in view.by_route or held.proposal is not None:
            return
        hand = self.hand(orders)
        if hand is not None:
            self.put_down(hand, hand.at(route, position))
            return
        rows = [view.by_order[each] for each in orders if each in view.by_order]
        stops = tuple(dict.fromkeys(row.stop for row in sorted(rows, key=lambda row: (row.route_number, row.position)) if row.stop is not None))
        self._place(stops, tuple(_task(row.order) for row in rows if row.standing is Standing.POOL), route, position)

    def put_down(self, hand: Hand, impact: Impact) -> None:
        """Does what an impact of a hand says; what cannot move stays. Nothing where it changes nothing."""
        plan, view = self._model.plan, self._model.view
        if hand.empty or view is None or not impact.changes:
            return
        if impact.route is None:
            if plan is not None and hand.stops:
                self._model.preview(impact.plan)
                self._do(UnassignStops(plan=plan.id, stops=hand.stops, label=self._label([view.by_stop[each] for each in hand.stops if each in view.by_stop])))
        elif plan is None or not _has(plan, impact.route):
            self._with_routes(hand, impact)
        else:
            self._model.preview(impact.plan)
            self._place(hand.stops, hand.tasks, impact.route, impact.position)

    def step(self, way: int) -> None:
        """Moves the selected stops of one route by one place: −1 earlier, +1 later. The stops keep their order."""
        rows = self.chosen_stops()
        if not rows or any(row.route != rows[0].route for row in rows) or self._model.view is None:
            return
        count = len(self._model.view.stops[rows[0].route])
        first, last = rows[0].position - 1, rows[-1].position - 1
        position = first - 1 if way < 0 else last + 2
        if 0 <= position <= count:
            self._move_stops(tuple(row.id for row in rows), rows[0].route, position, merge=True)

    def unassign(self) -> None:
        """Puts the selected stops back into the pool."""
        plan, rows = self._model.plan, self.chosen_stops()
        hand = self.hand(order for row in rows for order in row.orders)
        if hand is not None:
            self.put_down(hand, hand.back())
        elif plan is not None and rows:
            self._do(UnassignStops(plan=plan.id, stops=tuple(row.id for row in rows), label=self._label(rows)))

    def lock(self, kind: Lock = Lock.DRIVER) -> None:
        """Locks the selected stops, or unlocks them where all of them are locked so; with nothing selected, the route in view."""
        plan, rows = self._model.plan, self.chosen_stops()
        if plan is None:
            return
        if not rows:
            if not self._selection.held.orders:
                self.lock_route()
            return
        lock = None if all(row.lock is kind for row in rows) else kind
        self._do(LockStops(plan=plan.id, stops=tuple(row.id for row in rows), lock=lock, label=self._label(rows)))

    def lock_route(self) -> None:
        """Locks the route in view, or unlocks it."""
        plan, view, route = self._model.plan, self._model.view, self._selection.held.route
        row = view.by_route.get(route) if view is not None and route is not None else None
        if plan is not None and row is not None:
            self._do(LockRoute(plan=plan.id, route=row.id, locked=not row.locked, label=_route_label(row)))

    def _move_stops(self, stops: tuple[StopId, ...], route: RouteId, position: int, *, merge: bool = False) -> None:
        plan, view = self._model.plan, self._model.view
        if plan is None or view is None or not _has(plan, route):
            return
        moved = plans.move(plan, stops, route, position)
        if moved.routes == plan.routes:
            return
        rows = [view.by_stop[each] for each in stops if each in view.by_stop]
        self._model.preview(moved)
        key = f"step:{','.join(stops)}" if merge else ""
        wish = MoveStops(
            plan=plan.id, stops=stops, to_route=route, position=position, label=self._label(rows), route_label=_route_label(view.by_route[route]), merge_key=key
        )
        self._do(wish)

    def _place(self, stops: tuple[StopId, ...], tasks: tuple[TaskId, ...], route: RouteId, position: int) -> None:
        plan, view = self._model.plan, self._model.view
        if plan is None or view is None or not _has(plan, route) or not (stops or tasks):
            return
        to = _route_label(view.by_route[route])
        if stops:
            label = self._label([view.by_stop[each] for each in stops if each in view.by_stop])
            self._do(MoveStops(plan=plan.id, stops=stops, tasks=tasks, to_route=route, position=position, label=label, route_label=to))
        else:
            self._do(AssignTasks(plan=plan.id, tasks=tasks, to_route=route, position=position, label=self._number(tasks[0]), route_label=to))

    def _with_routes(self, hand: Hand, impact: Impact) -> None:
        """Routes that the plan does not have exist on screen only; putting an order into one applies them with it."""
        held = self._model.held
        if held is None or held.problem is None or held.judged is None or impact.route is None:
            return
        wish = planning.proposal(held.day, held.problem, held.judged).command()
        gone = {task for route in impact.plan.routes for task in route.tasks}
        left = tuple(each for each in wish.unassigned if each.task not in gone)
        to, count = _route_label(held.view.by_route[impact.route]), len(hand.stops) + len(hand.tasks)
        called = Sentence.of("command.assign_tasks", count=count, order=self._number(hand.tasks[0]) if hand.tasks else "", route=to)
        routes = tuple(replace(route, stops=tuple(_named(stop) for stop in route.stops)) for route in impact.plan.routes)
        self._do(ApplyPlan(plan=wish.plan, depot=wish.depot, day=wish.day, based_on=wish.based_on, routes=routes, unassigned=left, called=called))

    def _number(self, task: TaskId) -> str:
        view = self._model.view
        return next((row.number for row in view.board if _task(row.order) == task), "") if view is not None else ""

    def _label(self, rows: Sequence[StopRow]) -> str:
        return rows[0].number if rows else ""

    def _do(self, command: Command) -> None:
        self._bridge.do(command, failed=self._failed)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        """The preview was not true: tell why, and show what is."""
        self._bridge.tell(error)
        self._model.refresh()


def _has(plan: Plan, route: RouteId) -> bool:
    return any(each.id == route for each in plan.routes)


def whole_plan(shown: Shown) -> Plan:
    """The plan with a route for every shift of the day, those that are on screen only included."""
    assert shown.judged is not None, "times are known"
    plan, judged = shown.day.plan, shown.judged
    if plan is None:
        return Plan(id=PlanId(""), depot=shown.day.depot.id, day=shown.day.day, routes=judged.routes, unassigned=judged.unassigned)
    known = {route.id for route in plan.routes}
    return replace(plan, routes=(*plan.routes, *(route for route in judged.routes if route.id not in known)))


def _named(stop: Stop) -> Stop:
    """A stop that was only thought of gets an id of its own."""
    return replace(stop, id=StopId(new_id("stp"))) if stop.id.startswith("new_") else stop


def _route_label(row: RouteRow) -> str:
    return row.vehicle or str(row.number)


def _task(order: OrderId) -> TaskId:
    return TaskId("tsk_" + order.removeprefix("ord_"))
