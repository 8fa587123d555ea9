"""Handler that changes, adds and removes drivers' shifts. What a plan then no longer keeps, its marks say; stops without a shift wait in the pool."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.errors import NotFound, RuleBroken
from app.domain.events import FleetChanged, RouteAct, RouteEdited
from app.domain.fleet import Shift
from app.domain.ids import DepotId
from app.domain.orders import order_of
from app.domain.plans import Plan, PlanState, Route, Unassigned
from app.domain.sentences import Sentence
from app.services.ports.store import UnitOfWork
from app.services.shift_commands import ChangeShifts
from app.services.tools import Tools


def change_shifts(wish: ChangeShifts, uow: UnitOfWork, tools: Tools) -> None:
    """Stores shifts as they are to be, and takes some away.

    Raises NotFound for an unknown depot, vehicle, driver or shift, RuleBroken where one vehicle or one driver would have two shifts at the same time,
    Conflict where another has changed a shift since it was read.
    """
    del tools
    gone = uow.shifts.get_many(wish.removed)
    if len(gone) < len(wish.removed):
        raise NotFound("shifts.no_shift", shift=min(set(wish.removed) - {each.id for each in gone}))
    _check_known(wish.shifts, uow)
    known = {each.id: each for each in uow.shifts.get_many(each.id for each in wish.shifts)}
    for shift in wish.shifts:
        _check_free(shift, wish, uow)
    _empty(gone, uow)
    for each in gone:
        uow.shifts.remove(each.id)
    moved = [known[each.id] for each in wish.shifts if each.id in known and (known[each.id].day, known[each.id].depot) != (each.day, each.depot)]
    _empty(moved, uow)
    uow.shifts.put_many(wish.shifts)
    for depot in sorted({each.depot for each in (*gone, *wish.shifts)}):
        uow.tell(FleetChanged(depot=DepotId(depot)))


def _check_known(shifts: Iterable[Shift], uow: UnitOfWork) -> None:
    """Raises NotFound for a shift with a depot, vehicle or driver that is not in the book."""
    for shift in shifts:
        uow.depots.get(shift.depot)
        uow.vehicles.get(shift.vehicle)
        if shift.driver is not None:
            uow.drivers.get(shift.driver)


def _check_free(shift: Shift, wish: ChangeShifts, uow: UnitOfWork) -> None:
    """Raises RuleBroken where the shift's vehicle or driver is busy at its time with another shift of the depot's day."""
    coming = {each.id: each for each in wish.shifts}
    others = {each.id: each for each in uow.shifts.of_day(shift.depot, shift.day) if each.id not in wish.removed} | coming
    same_time = [each for each in others.values() if each.id != shift.id and each.day == shift.day and _overlap(each, shift)]
    if any(each.vehicle == shift.vehicle for each in same_time):
        raise RuleBroken("shifts.vehicle_twice", vehicle=uow.vehicles.get(shift.vehicle).name, starts=f"{shift.starts:%H:%M}")
    if shift.driver is not None and any(each.driver == shift.driver for each in same_time):
        raise RuleBroken("shifts.driver_twice", driver=uow.drivers.get(shift.driver).name, starts=f"{shift.starts:%H:%M}")


def _overlap(one: Shift, other: Shift) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _empty(shifts: Iterable[Shift], uow: UnitOfWork) -> None:
    """Takes the routes of these shifts out of their plans; their stops go to the pool."""
    for shift in shifts:
        plan = uow.plans.of_day(shift.depot, shift.day)
        route = next((each for each in plan.routes if each.shift == shift.id), None) if plan is not None else None
        if plan is not None and route is not None:
            uow.plans.put(without_route(plan, route))
            if route.tasks:
                uow.tell(RouteEdited(plan=plan.id, routes=(route.id,), act=RouteAct.POOLED, orders=tuple(order_of(task) for task in route.tasks)))


def without_route(plan: Plan, route: Route) -> Plan:
    """The plan without a route; what it served waits in the pool."""
    reasons = (Sentence.of("planning.taken_out"),)
    back = tuple(Unassigned(task=task, reasons=reasons) for task in route.tasks)
    left = tuple(each for each in plan.routes if each.id != route.id)
    return replace(plan, routes=left, unassigned=(*plan.unassigned, *back), state=PlanState.DRAFT if route.stops else plan.state)
