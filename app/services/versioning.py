"""Handlers of versions: keeping the plan under a name, taking a version or routes of one back, renaming and forgetting them.

The plan grows out of the version that was kept or taken last, which is marked as current; what is kept next is its child.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.errors import Conflict, RuleBroken
from app.domain.events import Placing, VersionKept, VersionTaken
from app.domain.ids import TaskId, VersionId, new_id
from app.domain.orders import Order, order_of, task_of
from app.domain.plans import Plan
from app.domain.versions import PlanVersion, VersionFigures
from app.services.editing import MOVABLE
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools
from app.services.version_commands import DropVersion, KeepVersion, RenameVersion, TakeRoutes, TakeVersion
from app.services.version_taking import Taken, take_some, take_whole


def keep_version(wish: KeepVersion, uow: UnitOfWork, tools: Tools) -> None:
    """Keeps the plan as it is. Raises NotFound for an unknown plan, RuleBroken without a name or where a version of the day has it already."""
    plan = uow.plans.get(wish.plan)
    _check_name(wish.name, uow.versions.of_day(plan.depot, plan.day))
    made = PlanVersion(
        id=wish.kept,
        depot=plan.depot,
        day=plan.day,
        name=wish.name.strip(),
        kept_at=tools.clock.now(),
        kept_by=wish.who,
        routes=plan.routes,
        unassigned=plan.unassigned,
        figures=wish.figures,
        note=wish.note,
    )
    uow.versions.put(_grown(made, uow))
    uow.tell(VersionKept(kept=made.id, plan=plan.id, name=made.name))


def keep_committed(plan: Plan, who: str, figures: VersionFigures | None, uow: UnitOfWork, tools: Tools) -> None:
    """Keeps a plan that was just committed, without a name: it is known by its number and time."""
    made = PlanVersion(
        id=VersionId(new_id("ver")),
        depot=plan.depot,
        day=plan.day,
        name="",
        kept_at=tools.clock.now(),
        kept_by=who,
        routes=plan.routes,
        unassigned=plan.unassigned,
        figures=figures,
        committed=plan.committed,
    )
    uow.versions.put(_grown(made, uow))


def take_version(wish: TakeVersion, uow: UnitOfWork, tools: Tools) -> None:
    """Makes a version the draft plan; `VersionTaken` tells what could not be taken.

    Raises NotFound, Conflict where the plan was edited since it was read, RuleBroken where a stop of the plan was served already.
    """
    del tools
    plan, version = _read(wish, uow)
    orders = _open_orders(plan, version, uow)
    _check_unserved(plan, (), uow)
    shifts = {shift.id for shift in uow.shifts.of_day(plan.depot, plan.day)}
    _put(plan, version, take_whole(plan, version, orders, shifts), uow)
    _make_current(version, uow)


def take_routes(wish: TakeRoutes, uow: UnitOfWork, tools: Tools) -> None:
    """Takes single routes from a version; `VersionTaken` tells what came along and what went to the pool. Raises as `take_version` does."""
    del tools
    plan, version = _read(wish, uow)
    taken = take_some(plan, version, wish.shifts, _open_orders(plan, version, uow))
    _check_unserved(plan, taken.plan.routes, uow)
    _put(plan, version, taken, uow)


def rename_version(wish: RenameVersion, uow: UnitOfWork, tools: Tools) -> None:
    """Gives a version another name and note. Raises NotFound, RuleBroken without a name or where another version of the day has it."""
    del tools
    version = uow.versions.get(wish.renamed)
    if wish.name or not version.committed:
        _check_name(wish.name, [each for each in uow.versions.of_day(version.depot, version.day) if each.id != version.id])
    uow.versions.put(replace(version, name=wish.name, note=wish.note))


def drop_version(wish: DropVersion, uow: UnitOfWork, tools: Tools) -> None:
    """Forgets a version; its children become those of its parent, and where it was current its parent is. Raises NotFound."""
    del tools
    version = uow.versions.get(wish.dropped)
    for each in uow.versions.of_day(version.depot, version.day):
        if each.parent == version.id:
            uow.versions.put(replace(each, parent=version.parent))
    parent = uow.versions.find(version.parent) if version.parent is not None and version.current else None
    if parent is not None:
        uow.versions.put(replace(parent, current=True))
    uow.versions.remove(version.id)


def _grown(made: PlanVersion, uow: UnitOfWork) -> PlanVersion:
    """The new version as the child of the current one, and current itself."""
    parent = next((each for each in uow.versions.of_day(made.depot, made.day) if each.current), None)
    if parent is not None:
        uow.versions.put(replace(parent, current=False))
    return replace(made, parent=parent.id if parent is not None else None, current=True)


def _make_current(version: PlanVersion, uow: UnitOfWork) -> None:
    for each in uow.versions.of_day(version.depot, version.day):
        if each.current != (each.id == version.id):
            uow.versions.put(replace(each, current=each.id == version.id))


def _check_name(name: str, others: Iterable[PlanVersion]) -> None:
    wanted = name.strip().casefold()
    if not wanted:
        raise RuleBroken("versions.no_name")
    if any(each.name.casefold() == wanted for each in others):
        raise RuleBroken("versions.same_name", name=name.strip())


def _read(wish: TakeVersion | TakeRoutes, uow: UnitOfWork) -> tuple[Plan, PlanVersion]:
    plan, version = uow.plans.get(wish.plan), uow.versions.get(wish.taken)
    if plan.version != wish.based_on or (plan.depot, plan.day) != (version.depot, version.day):
        raise Conflict("applying.plan_changed", day=plan.day.isoformat())
    return plan, version


def _open_orders(plan: Plan, version: PlanVersion, uow: UnitOfWork) -> Mapping[TaskId, Order]:
    """The orders of plan and version that may be planned on that day."""
    tasks = [*(task for route in (*plan.routes, *version.routes) for task in route.tasks), *(each.task for each in (*plan.unassigned, *version.unassigned))]
    found = uow.orders.get_many(dict.fromkeys(order_of(task) for task in tasks))
    return {task_of(order): order for order in found if may_be_planned(order, plan)}


def may_be_planned(order: Order, plan: Plan) -> bool:
    """Whether an order can stand in the plan of its day: it is due then, and was neither served nor cancelled."""
    return order.state in MOVABLE and order.day in {plan.day, None}


def _check_unserved(plan: Plan, after: Iterable[object], uow: UnitOfWork) -> None:
    """Raises RuleBroken where a stop that was served already would stand in another route, or in none."""
    same = set(after)
    changing = [order_of(task) for route in plan.routes if route not in same for task in route.tasks]
    for order in uow.orders.get_many(changing):
        if order.state not in MOVABLE:
            raise RuleBroken("editing.already_served", order=order.number)


def _put(plan: Plan, version: PlanVersion, taken: Taken, uow: UnitOfWork) -> None:
    after = taken.plan
    if replace(after, state=plan.state) == plan:
        return
    uow.plans.put(after)
    uow.tell(
        VersionTaken(
            taken=version.id,
            plan=plan.id,
            placed=_placed(plan, after),
            gone=len(taken.gone),
            pooled=len(taken.pooled),
            shiftless=len(taken.shiftless),
            joined=len(taken.joined),
        )
    )


def _placed(before: Plan, after: Plan) -> tuple[Placing, ...]:
    """The orders that stand in another route than before, by route; those that came into the pool last."""
    was = {task: route.id for route in before.routes for task in route.tasks}
    groups = [(route.id, [task for task in route.tasks if was.get(task) != route.id]) for route in after.routes]
    placed = [Placing(route=route, orders=tuple(order_of(task) for task in tasks)) for route, tasks in groups if tasks]
    left = [order_of(each.task) for each in after.unassigned if each.task in was]
    return (*placed, Placing(route=None, orders=tuple(left))) if left else tuple(placed)
