"""Images: a thing before and after a step, as JSON text, and how to get back from one to the other.

The image of most things is their whole content. Of a plan, which may hold thousands of stops, it is only the fields that differ,
with each route on its own (`routes/<id>`, null: no such route; `routes`: their order, where that changed): a moved stop keeps two
routes, not the day. Undo then asks that these parts are as the step left them. Of a version of the plan, which holds as much, it is the
fields that differ.
"""

from dataclasses import replace
from typing import Any

from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.ids import RouteId
from app.domain.orders import Order
from app.domain.pins import Pin
from app.domain.plans import Plan, Route, touched
from app.domain.roads import Closure
from app.domain.sentences import Sentence
from app.domain.versions import PlanVersion
from app.services import plain
from app.services.changes import Kind
from app.services.ports.store import Image

Entity = Any
"""One of the frozen values of `CLASSES`."""

CLASSES: dict[Kind, type] = {
    Kind.ORDER: Order,
    Kind.PLAN: Plan,
    Kind.DEPOT: Depot,
    Kind.VEHICLE: Vehicle,
    Kind.DRIVER: Driver,
    Kind.SHIFT: Shift,
    Kind.PIN: Pin,
    Kind.CLOSURE: Closure,
    Kind.VERSION: PlanVersion,
}
_ROUTE = "routes/"


def image(kind: Kind, before: Entity, after: Entity) -> Image:
    """The image of a change; one of the two may be None, and they differ."""
    if isinstance(before, Plan) and isinstance(after, Plan):
        old, new = _plan_difference(before, after)
        return Image(kind=kind, id=after.id, before=old, after=new)
    if isinstance(before, PlanVersion) and isinstance(after, PlanVersion):
        return Image(kind=kind, id=after.id, **_fields_that_differ(before, after))
    return Image(kind=kind, id=(before or after).id, before=_text(before), after=_text(after))


def merged(first: Image, then: Image) -> Image | None:
    """Two changes of one thing in a row as one; None where they cancel out."""
    before = first.before if first.before is None or then.before is None else _over(then.before, first.before)
    after = then.after if then.after is None or first.after is None else _over(first.after, then.after)
    return None if before == after else replace(first, before=before, after=after)


def restored(kind: Kind, now: Entity | None, text: str | None) -> Entity | None:
    """The thing with the content of an image, at the version that it has now (0: it comes anew). Raises Malformed."""
    if text is None:
        return None
    version = 0 if now is None else now.version
    parts = plain.load(text)
    if isinstance(now, Plan):
        return replace(_patched(now, parts), version=version)
    if isinstance(now, PlanVersion):
        parts = {**plain.to_plain(now), **parts}
    return plain.from_plain(CLASSES[kind], {**_joined(kind, parts), "version": version})


def matches(kind: Kind, now: Entity | None, text: str | None) -> bool:
    """Whether the thing has the content of an image; the version is ignored, or a second undo in a row would fail."""
    if now is None or text is None:
        return now is None and text is None
    return bool(restored(kind, now, text) == now)


def thing(kind: Kind, entity: Entity) -> Sentence:
    """What people call the thing."""
    if isinstance(entity, PlanVersion) and not entity.name:
        return Sentence.of("thing.commit", number=entity.committed)
    names = {Kind.ORDER: "number", Kind.PLAN: "day", Kind.PIN: "key", Kind.CLOSURE: "note", Kind.SHIFT: "day"}
    return Sentence.of(f"thing.{kind.value}", name=str(getattr(entity, names.get(kind, "name"))))


def _text(entity: Entity | None) -> str | None:
    if entity is None:
        return None
    return plain.dump(_split(entity)) if isinstance(entity, Plan) else plain.content(entity)


def _over(below: str, above: str) -> str:
    """The parts of both; where both have one, that of `above`."""
    return plain.dump({**plain.load(below), **plain.load(above)})


def _split(plan: Plan, routes: frozenset[str] | None = None) -> dict[str, Any]:
    """The parts of a plan; of its routes only those named, unless None."""
    parts: dict[str, Any] = plain.to_plain(replace(plan, routes=()))
    del parts["version"]
    parts["routes"] = [route.id for route in plan.routes]
    return parts | {_ROUTE + route.id: plain.to_plain(route) for route in plan.routes if routes is None or route.id in routes}


def _plan_difference(before: Plan, after: Plan) -> tuple[str, str]:
    routes: frozenset[str] = touched(before, after)
    if before.unassigned == after.unassigned:
        before, after = replace(before, unassigned=()), replace(after, unassigned=())
    old, new = _split(before, routes), _split(after, routes)
    keys = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
    return plain.dump({key: old.get(key) for key in keys}), plain.dump({key: new.get(key) for key in keys})


def _fields_that_differ(before: PlanVersion, after: PlanVersion) -> dict[str, str]:
    old, new = plain.to_plain(replace(before, version=0)), plain.to_plain(replace(after, version=0))
    names = [name for name in old if old[name] != new[name]]
    return {"before": plain.dump({name: old[name] for name in names}), "after": plain.dump({name: new[name] for name in names})}


def _joined(kind: Kind, parts: dict[str, Any]) -> dict[str, Any]:
    """The parts of a whole thing as one object."""
    if kind is not Kind.PLAN:
        return parts
    head = {key: part for key, part in parts.items() if not key.startswith(_ROUTE)}
    return {**head, "routes": [parts[_ROUTE + route] for route in parts["routes"]]}


def _patched(plan: Plan, parts: dict[str, Any]) -> Plan:
    """The plan with these parts in place of its own."""
    routes = {route.id: route for route in plan.routes}
    for key, part in parts.items():
        if key.startswith(_ROUTE):
            routes.pop(RouteId(key.removeprefix(_ROUTE)), None)
            if part is not None:
                route = plain.from_plain(Route, part)
                routes[route.id] = route
    order = parts.get("routes", [route.id for route in plan.routes])
    head = {key: part for key, part in parts.items() if not key.startswith("routes")}
    bare = plain.from_plain(Plan, {**plain.to_plain(replace(plan, routes=(), unassigned=())), **head})
    pool = bare.unassigned if "unassigned" in head else plan.unassigned
    return replace(bare, routes=tuple(routes[route] for route in order if route in routes), unassigned=pool)
