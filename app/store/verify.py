"""The invariants of a database, checked without writing to it.

I1 each task is in the pool or in one stop, positions count 0…n-1, and each task belongs to an order of that day; I2 a pick-up is
in the same route as its delivery; I3 the states that an order went through are a path of the table of transitions and end where
it is; I7 versions have no gap; I8 references, integrity and JSON columns hold. (The other numbers belong to things that are not
there yet.)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, select, type_coerce

from app.domain.errors import Malformed
from app.domain.ids import TaskId
from app.domain.orders import TRANSITIONS, Order, OrderState, order_of
from app.domain.plans import Plan
from app.domain.sentences import Fact, Sentence
from app.services import plain
from app.services.changes import Kind
from app.services.images import thing
from app.services.ports.store import Finding
from app.store import engine, mapping, migrate
from app.store.columns import Json
from app.store.mapping.plans import ROUTE
from app.store.mapping.shape import Shape, table_of
from app.store.tables import SCHEMA, ChangeRow, OrderStateRow, Row

SHAPES: tuple[Shape[Any], ...] = (
    mapping.DEPOTS,
    mapping.VEHICLES,
    mapping.DRIVERS,
    mapping.SHIFTS,
    mapping.ORDERS,
    mapping.PINS,
    mapping.CLOSURES,
    mapping.PLANS,
    mapping.VERSIONS,
)


def verify(path: Path) -> tuple[Finding, ...]:
    """Everything that is wrong in a database; empty: it is sound. The file is only read.

    Raises Malformed where it is no database of ours, too damaged to be read, or of another version than this Doorstep's.
    """
    if not path.is_file():
        raise Malformed("store.no_file", file=str(path))
    engine.inspect(path, fully=True)
    if (found := migrate.revision_of(path)) != SCHEMA:
        raise Malformed("store.other_version", file=str(path), found=found or "?", known=SCHEMA)
    reading = engine.still_engine(path)
    try:
        with reading.connect() as connection:
            return tuple(_findings(connection))
    finally:
        reading.dispose()


def _findings(connection: Connection) -> Iterator[Finding]:
    yield from references(connection)
    yield from versions(connection)
    unreadable = [*json_columns(connection), *rows(connection)]
    yield from unreadable
    if unreadable:
        return  # the entities cannot be made
    orders = {order.id: order for order in mapping.ORDERS.read(connection)}
    yield from states(connection, orders)
    yield from positions(connection)
    for plan in mapping.PLANS.read(connection):
        yield from plan_findings(plan, orders)


def _finding(invariant: str, subject: str, key: str, /, **facts: Fact) -> Finding:
    return Finding(invariant=invariant, where=subject, sentence=Sentence.of(f"verify.{key}", **facts))


def references(connection: Connection) -> Iterator[Finding]:
    """I8: nothing refers to what is not there."""
    for broken in sorted(set(engine.broken_references(connection))):
        yield _finding("I8", broken, "broken_reference", where=broken)


def json_columns(connection: Connection) -> Iterator[Finding]:
    """I8: every JSON column can be read by its type."""
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Json):
                texts = connection.execute(select(type_coerce(column, Text)).distinct()).scalars()
                yield from (finding for text in texts for finding in _readable(f"{table.name}.{column.name}", column.type.kind, text))


def _readable(where: str, kind: Any, text: str | None) -> Iterator[Finding]:
    try:
        if text is not None:
            plain.from_json(kind, text)
    except Malformed as wrong:
        yield _finding("I8", where, "unreadable", where=where, why=wrong.sentence)


def rows(connection: Connection) -> Iterator[Finding]:
    """I8: every row can be read as what it is."""
    for shape in SHAPES:
        try:
            shape.read(connection)
        except Malformed as wrong:
            yield _finding("I8", shape.table.name, "unreadable", where=shape.table.name, why=wrong.sentence)


def versions(connection: Connection) -> Iterator[Finding]:
    """I7: each thing's versions count up by one, and its row has the last."""
    change = table_of(ChangeRow)
    last: dict[tuple[str, str], int] = {}
    for seq, text in connection.execute(select(change.c.seq, change.c.versions).order_by(change.c.seq)):
        for kind, things in plain.load(text).items():
            for identity, version in things.items():
                if abs(version) != abs(last.get((kind, identity), 0)) + 1:
                    yield _finding("I7", identity, "version_gap", kind=kind, id=identity, change=seq, version=version)
                last[kind, identity] = version
    yield from _stored_versions(connection, last)


def _stored_versions(connection: Connection, last: Mapping[tuple[str, str], int]) -> Iterator[Finding]:
    for shape in SHAPES:
        stored = {row.id: row.version for row in connection.execute(select(shape.table.c.id, shape.table.c.version))}
        told = {identity: version for (kind, identity), version in last.items() if kind == shape.kind.value and version > 0}
        for identity in sorted(stored.keys() | told.keys()):
            if stored.get(identity, 0) != told.get(identity, 0):
                facts = {"kind": shape.kind.value, "id": identity, "stored": stored.get(identity, 0), "journal": told.get(identity, 0)}
                yield _finding("I7", identity, "version_differs", **facts)


def states(connection: Connection, orders: Mapping[Any, Order]) -> Iterator[Finding]:
    """I3: the journal of states is a path of the transitions and ends at the present state. Undo and redo may go any way."""
    rows = table_of(OrderStateRow)
    columns = (rows.c.order_id, rows.c.was, rows.c.now, rows.c.corrected)
    last: dict[str, str] = {}
    for identity, was, now, corrected in connection.execute(select(*columns).order_by(rows.c.change, rows.c.position)):
        if was != last.get(identity, "") or not (corrected or allowed(was, now)):
            yield _finding("I3", identity, "no_path", order=identity, was=was or "–", now=now or "–")
        last[identity] = now
    present = {str(order.id): order.state.value for order in orders.values()}
    for identity in sorted(last.keys() | present.keys()):
        if last.get(identity, "") != present.get(identity, ""):
            facts = {"order": identity, "state": present.get(identity, "–"), "journal": last.get(identity) or "–"}
            yield _finding("I3", identity, "state_differs", **facts)


def allowed(was: str, now: str) -> bool:
    """Whether an order may go from one state to another; empty: it comes or goes."""
    return not was or not now or OrderState(now) in TRANSITIONS[OrderState(was)]


def positions(connection: Connection) -> Iterator[Finding]:
    """I1: the places of routes, stops, tasks and pools count 0…n-1."""
    tables = Row.metadata.tables
    places = [
        (ROUTE.c.plan, ROUTE.c.position),
        (tables["stop"].c.route, tables["stop"].c.position),
        (tables["stop_task"].c.stop, tables["stop_task"].c.position),
        (tables["unassigned"].c.plan, tables["unassigned"].c.position),
    ]
    for whole, position in places:
        found: dict[str, list[int]] = defaultdict(list)
        for identity, at in connection.execute(select(whole, position).order_by(whole, position)):
            found[identity].append(at)
        for identity, ats in found.items():
            if ats != list(range(len(ats))):
                yield _finding("I1", identity, "positions", where=f"{whole.table.name} {identity}", found=", ".join(map(str, ats[:20])))


def plan_findings(plan: Plan, orders: Mapping[Any, Order]) -> Iterator[Finding]:
    """I1 and I2 of one plan."""
    served = [task for route in plan.routes for task in route.tasks]
    pool = [each.task for each in plan.unassigned]
    yield from _doubles(plan, [*served, *pool])
    for task in dict.fromkeys([*served, *pool]):
        order = orders.get(order_of(task))
        if order is None or order.day not in (plan.day, None):
            day = "–" if order is None or order.day is None else order.day.isoformat()
            yield _finding("I1", task, "not_of_day", task=task, plan=thing(Kind.PLAN, plan), day=day)
    yield from _pairs(plan, orders)


def _doubles(plan: Plan, tasks: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for task in tasks:
        if task in seen:
            yield _finding("I1", task, "task_twice", task=task, plan=thing(Kind.PLAN, plan))
        seen.add(task)


def _pairs(plan: Plan, orders: Mapping[Any, Order]) -> Iterator[Finding]:
    """I2: a delivery of a route and the pick-up that it names, where the plan has both, are in the same route.

    Which comes first is shown by the timeline: a person may put them the wrong way round while working.
    """
    route_of: dict[tuple[str, str], str] = {}
    deliveries: list[tuple[Order, str]] = []
    for task, route in _places(plan):
        order = orders.get(order_of(task))
        if order is not None:
            route_of[order.source, order.number] = route
            deliveries += [(order, route)] if order.paired_with else []
    for order, route in deliveries:
        if route_of.get((order.source, order.paired_with), route) != route:
            yield _finding("I2", order.id, "pair_apart", order=order.number, pickup=order.paired_with, plan=thing(Kind.PLAN, plan))


def _places(plan: Plan) -> Iterator[tuple[TaskId, str]]:
    """Each task with its route; the pool is the empty one."""
    yield from ((task, route.id) for route in plan.routes for task in route.tasks)
    yield from ((each.task, "") for each in plan.unassigned)
