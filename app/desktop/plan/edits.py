"""What a person does to the plan: move, earlier, later, back to the pool, lock. Shown at once with live times, then written.

Nothing is refused for breaking a rule: the timeline marks it.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel
from app.desktop.selection import Selection
from app.domain import plans
from app.domain.ids import OrderId, RouteId, StopId, TaskId, new_id
from app.domain.plans import Lock, Plan, Stop, Unassigned
from app.domain.sentences import Sentence
from app.services import planning
from app.services.commands import ApplyPlan, AssignTasks, Command, LockRoute, LockStops, MoveStops, UnassignStops
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

    def move_orders(self, orders: Sequence[OrderId], route: RouteId, position: int) -> None:
        """Moves these orders to a place of a route: stops as they stand, pool orders as stops of their own."""
        view, plan = self._model.view, self._model.plan
        if view is None or route not in view.by_route:
            return
        rows = [view.by_order[each] for each in orders if each in view.by_order]
        stops = tuple(dict.fromkeys(row.stop for row in sorted(rows, key=lambda row: (row.route_number, row.position)) if row.stop is not None))
        tasks = tuple(_task(row.order) for row in rows if row.standing is Standing.POOL)
        if stops:
            self._move_stops(stops, route, position)
        if tasks and plan is None:
            self._first_plan(tasks, route)
        elif tasks:
            self._assign(tasks, route, position + len(stops))

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
        if plan is None or not rows:
            return
        stops = tuple(row.id for row in rows)
        without, taken = plans.take_out(plan, stops)
        back = tuple(Unassigned(task=task) for stop in taken for task in stop.tasks)
        self._model.preview(replace(without, unassigned=plan.unassigned + back))
        self._do(UnassignStops(plan=plan.id, stops=stops, label=self._label(rows)))

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

    def _assign(self, tasks: tuple[TaskId, ...], route: RouteId, position: int) -> None:
        plan, view = self._model.plan, self._model.view
        if plan is None or view is None or not _has(plan, route):
            return
        new = [Stop(id=StopId(f"new_{task}"), tasks=(task,)) for task in tasks]
        left = tuple(each for each in plan.unassigned if each.task not in tasks)
        self._model.preview(replace(plans.put_in(plan, new, route, position), unassigned=left))
        label = next((row.number for row in view.board if _task(row.order) == tasks[0]), "")
        self._do(AssignTasks(plan=plan.id, tasks=tasks, to_route=route, position=position, label=label, route_label=_route_label(view.by_route[route])))

    def _first_plan(self, tasks: tuple[TaskId, ...], route: RouteId) -> None:
        """Without a plan the routes exist on screen only; putting an order into one applies them with it."""
        held = self._model.held
        if held is None or held.problem is None or held.judged is None:
            return
        wish = planning.proposal(held.day, held.problem, held.judged).command()
        new = tuple(Stop(id=StopId(new_id("stp")), tasks=(task,)) for task in tasks)
        routes = tuple(replace(each, stops=each.stops + new) if each.id == route else each for each in wish.routes)
        left = tuple(each for each in wish.unassigned if each.task not in tasks)
        label = next((row.number for row in held.view.board if _task(row.order) == tasks[0]), "")
        called = Sentence.of("command.assign_tasks", count=len(tasks), order=label, route=_route_label(held.view.by_route[route]))
        self._do(ApplyPlan(plan=wish.plan, depot=wish.depot, day=wish.day, based_on=wish.based_on, routes=routes, unassigned=left, called=called))

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


def _route_label(row: RouteRow) -> str:
    return row.vehicle or str(row.number)


def _task(order: OrderId) -> TaskId:
    return TaskId("tsk_" + order.removeprefix("ord_"))
