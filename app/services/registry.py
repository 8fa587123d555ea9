"""What the system can do, on one page: who handles each command, and what follows from each event."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.events import Event
from app.services import (
    applying,
    closing,
    commands,
    editing,
    fleeting,
    intake,
    locating,
    ordering,
    postponing,
    shift_commands,
    shifting,
    version_commands,
    versioning,
)
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools

Handler = Callable[[Any, UnitOfWork, Tools], None]
"""Takes a command (or, as a policy, an event), the unit of work and the tools; decides through the domain, `put`s and `tell`s."""


def _together(wish: shift_commands.Together, uow: UnitOfWork, tools: Tools) -> None:
    """Does each part by its own handler, in this one transaction. Raises what the first raises that is refused."""
    for part in wish.parts:
        HANDLERS[type(part)](part, uow, tools)


HANDLERS: Mapping[type[commands.Command], Handler] = {
    commands.ImportOrders: intake.import_orders,
    commands.AddOrders: ordering.add_orders,
    commands.EditOrders: ordering.edit_orders,
    commands.CancelOrders: ordering.cancel_orders,
    commands.LocateOrders: locating.locate_orders,
    commands.SetPlace: locating.set_place,
    commands.CorrectAddress: locating.correct_address,
    commands.ForgetPin: locating.forget_pin,
    commands.ImportFleet: fleeting.import_fleet,
    commands.CloseRoad: closing.close_road,
    commands.ChangeClosure: closing.change_closure,
    commands.OpenRoad: closing.open_road,
    commands.MoveStops: editing.move_stops,
    commands.AssignTasks: editing.assign_tasks,
    commands.UnassignStops: editing.unassign_stops,
    commands.ArrangeStops: editing.arrange_stops,
    commands.MoveToDay: postponing.move_to_day,
    commands.LockStops: editing.lock_stops,
    commands.LockRoute: editing.lock_route,
    commands.ApplyPlan: applying.apply_plan,
    commands.CommitPlan: applying.commit_plan,
    version_commands.KeepVersion: versioning.keep_version,
    version_commands.TakeVersion: versioning.take_version,
    version_commands.TakeRoutes: versioning.take_routes,
    version_commands.RenameVersion: versioning.rename_version,
    version_commands.DropVersion: versioning.drop_version,
    shift_commands.ChangeShifts: shifting.change_shifts,
    shift_commands.Together: _together,
}

POLICIES: Mapping[type[Event], Sequence[Handler]] = {}
"""Empty while nothing follows from an event inside the house; alerts and messages will."""
