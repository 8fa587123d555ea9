"""Plans: a row each for plan, routes, stops, their tasks and the pool; only routes that differ are rewritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from app.domain.ids import DepotId, PlanId, RouteId, ShiftId, StopId, TaskId
from app.domain.orders import order_of
from app.domain.plans import Plan, PlanState, PromisedRoute, Route, Stop, Unassigned, touched
from app.services.changes import Kind
from app.store.mapping.shape import Shape, chunks, table_of
from app.store.tables import PlanRow, PromisedRow, RouteRow, StopRow, StopTaskRow, UnassignedRow

ROUTE, STOP, STOP_TASK, UNASSIGNED = table_of(RouteRow), table_of(StopRow), table_of(StopTaskRow), table_of(UnassignedRow)
PROMISED = table_of(PromisedRow)


def of_row(id: str, depot: str, day: date, state: PlanState, committed: int, version: int) -> Plan:
    """The plan of a row, without its routes and pool."""
    return Plan(id=PlanId(id), depot=DepotId(depot), day=day, state=state, committed=committed, version=version)


def to_row(plan: Plan) -> dict[str, Any]:
    """The columns of a plan's own row."""
    return {"id": plan.id, "depot": plan.depot, "day": plan.day, "state": plan.state, "committed": plan.committed, "version": plan.version}


class PlanShape(Shape[Plan]):
    """Plans with their parts."""

    def read(self, connection: Connection, where: ColumnElement[bool] | None = None, order: Sequence[ColumnElement[Any]] = ()) -> list[Plan]:
        """The plans that fit with all their parts, by six statements."""
        heads = super().read(connection, where, order)
        if not heads:
            return []
        ids = [head.id for head in heads]
        routes, pools = _routes(connection, ids), _pools(connection, ids)
        promised = _promised(connection, ids)
        return [_whole(head, routes.get(head.id, ()), pools.get(head.id, ()), promised.get(head.id, ())) for head in heads]

    def insert(self, connection: Connection, entities: Sequence[Plan]) -> None:
        """New plans with all their parts."""
        super().insert(connection, entities)
        for plan in entities:
            _write_routes(connection, plan, {route.id for route in plan.routes})
            _write_pool(connection, plan)
            _write_promised(connection, plan)

    def update(self, connection: Connection, pairs: Sequence[tuple[Plan, Plan]]) -> None:
        """Rewrites the routes and the pool that differ."""
        super().update(connection, pairs)
        for before, after in pairs:
            changed = touched(before, after)
            _remove_routes(connection, changed & {route.id for route in before.routes})
            _write_routes(connection, after, changed)
            _write_positions(connection, before, after, changed)
            if before.unassigned != after.unassigned:
                connection.execute(delete(UNASSIGNED).where(UNASSIGNED.c.plan == after.id))
                _write_pool(connection, after)
            if before.promised != after.promised:
                connection.execute(delete(PROMISED).where(PROMISED.c.plan == after.id))
                _write_promised(connection, after)


def _whole(head: Plan, routes: Sequence[Route], pool: Sequence[Unassigned], promised: Sequence[PromisedRoute]) -> Plan:
    return Plan(
        id=head.id,
        depot=head.depot,
        day=head.day,
        routes=tuple(routes),
        unassigned=tuple(pool),
        state=head.state,
        committed=head.committed,
        promised=tuple(promised),
        version=head.version,
    )


def _routes(connection: Connection, plans: Sequence[str]) -> Mapping[str, list[Route]]:
    """The routes of plans, in order, with their stops."""
    of_plan = ROUTE.c.plan.in_(plans)
    stops = _stops(connection, of_plan)
    found: dict[str, list[Route]] = defaultdict(list)
    columns = (ROUTE.c.id, ROUTE.c.plan, ROUTE.c.shift, ROUTE.c.locked)
    for id, plan, shift, locked in connection.execute(select(*columns).where(of_plan).order_by(ROUTE.c.plan, ROUTE.c.position)).all():
        found[plan].append(Route(id=RouteId(id), shift=ShiftId(shift), stops=tuple(stops.get(id, ())), locked=locked))
    return found


def _stops(connection: Connection, of_plan: ColumnElement[bool]) -> Mapping[str, list[Stop]]:
    """The stops of those plans' routes, in order, with their tasks."""
    tasks: dict[str, list[TaskId]] = defaultdict(list)
    routes = select(ROUTE.c.id).where(of_plan)
    of_stops = select(STOP.c.id).where(STOP.c.route.in_(routes))
    for stop, task in connection.execute(
        select(STOP_TASK.c.stop, STOP_TASK.c.task).where(STOP_TASK.c.stop.in_(of_stops)).order_by(STOP_TASK.c.stop, STOP_TASK.c.position)
    ).all():
        tasks[stop].append(TaskId(task))
    found: dict[str, list[Stop]] = defaultdict(list)
    columns = (STOP.c.id, STOP.c.route, STOP.c.lock, STOP.c.reload_before)
    for id, route, lock, reload in connection.execute(select(*columns).where(STOP.c.route.in_(routes)).order_by(STOP.c.route, STOP.c.position)).all():
        found[route].append(Stop(id=StopId(id), tasks=tuple(tasks[id]), lock=lock, reload_before=reload))
    return found


def _pools(connection: Connection, plans: Sequence[str]) -> Mapping[str, list[Unassigned]]:
    found: dict[str, list[Unassigned]] = defaultdict(list)
    columns = (UNASSIGNED.c.plan, UNASSIGNED.c.task, UNASSIGNED.c.reasons)
    for plan, task, reasons in connection.execute(
        select(*columns).where(UNASSIGNED.c.plan.in_(plans)).order_by(UNASSIGNED.c.plan, UNASSIGNED.c.position)
    ).all():
        found[plan].append(Unassigned(task=TaskId(task), reasons=reasons))
    return found


def _promised(connection: Connection, plans: Sequence[str]) -> Mapping[str, list[PromisedRoute]]:
    found: dict[str, list[PromisedRoute]] = defaultdict(list)
    columns = (PROMISED.c.plan, PROMISED.c.route, PROMISED.c.tasks, PROMISED.c.arrivals)
    for plan, route, tasks, arrivals in connection.execute(
        select(*columns).where(PROMISED.c.plan.in_(plans)).order_by(PROMISED.c.plan, PROMISED.c.position)
    ).all():
        found[plan].append(PromisedRoute(route=RouteId(route), tasks=tasks, arrivals=arrivals))
    return found


def _remove_routes(connection: Connection, routes: Iterable[str]) -> None:
    """Routes with their stops and tasks, which go with them."""
    for some in chunks(routes):
        connection.execute(delete(ROUTE).where(ROUTE.c.id.in_(some)))


def _write_routes(connection: Connection, plan: Plan, wanted: Iterable[str]) -> None:
    ids = frozenset(wanted)
    routes = [(position, route) for position, route in enumerate(plan.routes) if route.id in ids]
    rows = [{"id": route.id, "plan": plan.id, "position": position, "shift": route.shift, "locked": route.locked} for position, route in routes]
    _insert(connection, ROUTE, rows)
    _insert(connection, STOP, [_stop_row(route, at, stop) for _, route in routes for at, stop in enumerate(route.stops)])
    _insert(connection, STOP_TASK, [row for _, route in routes for stop in route.stops for row in _task_rows(plan, stop)])


def _stop_row(route: Route, position: int, stop: Stop) -> dict[str, Any]:
    return {"id": stop.id, "route": route.id, "position": position, "lock": stop.lock, "reload_before": stop.reload_before}


def _task_rows(plan: Plan, stop: Stop) -> Iterable[dict[str, Any]]:
    return ({"stop": stop.id, "position": at, "task": task, "plan": plan.id, "order_id": order_of(task)} for at, task in enumerate(stop.tasks))


def _write_positions(connection: Connection, before: Plan, after: Plan, rewritten: frozenset[RouteId]) -> None:
    """Routes that only stand elsewhere among the plan's routes."""
    old = {route.id: position for position, route in enumerate(before.routes)}
    moved = [{"_id": route.id, "_at": at} for at, route in enumerate(after.routes) if route.id not in rewritten and old[route.id] != at]
    if moved:
        connection.execute(update(ROUTE).where(ROUTE.c.id == bindparam("_id")).values(position=bindparam("_at")), moved)


def _write_pool(connection: Connection, plan: Plan) -> None:
    rows = [
        {"plan": plan.id, "task": each.task, "position": at, "reasons": each.reasons, "order_id": order_of(each.task)}
        for at, each in enumerate(plan.unassigned)
    ]
    _insert(connection, UNASSIGNED, rows)


def _write_promised(connection: Connection, plan: Plan) -> None:
    rows = [{"plan": plan.id, "position": at, "route": each.route, "tasks": each.tasks, "arrivals": each.arrivals} for at, each in enumerate(plan.promised)]
    _insert(connection, PROMISED, rows)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for some in chunks(rows):
        connection.execute(insert(table), some)


PLANS = PlanShape(Kind.PLAN, PlanRow, of_row, to_row)
