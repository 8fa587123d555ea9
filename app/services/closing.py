"""Drawing, changing and lifting closures and slow stretches of road."""

from dataclasses import replace

from app.domain.errors import RuleBroken
from app.domain.events import RoadClosed, RoadOpened
from app.domain.ids import ClosureId, new_id
from app.domain.roads import Closure
from app.services.commands import ChangeClosure, CloseRoad, OpenRoad
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools

_FEWEST_POINTS = 2


def close_road(wish: CloseRoad, uow: UnitOfWork, tools: Tools) -> None:
    """Keeps the closure; travel times follow from it. Raises RuleBroken for a drawing, a weight or a time that means nothing."""
    closure = closure_of(wish)
    check(closure)
    uow.closures.put(closure)
    uow.tell(RoadClosed(closure=closure.id))


def change_closure(wish: ChangeClosure, uow: UnitOfWork, tools: Tools) -> None:
    """Puts other content in its place. Raises NotFound where it was lifted, RuleBroken as `close_road`."""
    check(wish.closure)
    known = uow.closures.get(wish.closure.id)
    changed = replace(wish.closure, version=known.version)
    if changed != known:
        uow.closures.put(changed)
        uow.tell(RoadClosed(closure=changed.id))


def open_road(wish: OpenRoad, uow: UnitOfWork, tools: Tools) -> None:
    """Lifts a closure. Raises NotFound for one that does not exist any more."""
    uow.closures.get(wish.closure)
    uow.closures.remove(wish.closure)
    uow.tell(RoadOpened(closure=wish.closure))


def closure_of(wish: CloseRoad) -> Closure:
    """The closure that a wish makes, under a new identity."""
    return Closure(
        id=ClosureId(new_id("clo")),
        points=wish.points,
        roads=wish.roads,
        kind=wish.kind,
        factor=wish.factor,
        profiles=wish.profiles,
        note=wish.note,
        begins=wish.begins,
        ends=wish.ends,
        daily=wish.daily,
        heavier_than=wish.heavier_than,
    )


def check(closure: Closure) -> None:
    """Raises RuleBroken where a closure closes nothing: too few points, a factor or a weight of nothing, an end before its beginning."""
    if any(len(set(line)) < _FEWEST_POINTS for line in closure.lines):
        raise RuleBroken("roads.closure_points")
    if closure.factor is not None and closure.factor <= 0:
        raise RuleBroken("roads.closure_factor", factor=closure.factor)
    if closure.begins is not None and closure.ends is not None and closure.ends <= closure.begins:
        raise RuleBroken("roads.closure_times")
    if closure.daily is not None and closure.daily[0] == closure.daily[1]:
        raise RuleBroken("roads.closure_hours")
    if closure.heavier_than is not None and closure.heavier_than <= 0:
        raise RuleBroken("roads.closure_weight")
