"""Drawing and lifting closures and slow stretches of road."""

from app.domain.errors import RuleBroken
from app.domain.events import RoadClosed, RoadOpened
from app.domain.ids import ClosureId, new_id
from app.domain.roads import Closure
from app.services.commands import CloseRoad, OpenRoad
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools

_FEWEST_POINTS = 2


def close_road(wish: CloseRoad, uow: UnitOfWork, tools: Tools) -> None:
    """Keeps the closure; travel times follow from it. Raises RuleBroken for a drawing or a time that means nothing."""
    _check(wish)
    closure = Closure(
        id=ClosureId(new_id("clo")),
        points=wish.points,
        factor=wish.factor,
        profiles=wish.profiles,
        note=wish.note,
        begins=wish.begins,
        ends=wish.ends,
    )
    uow.closures.put(closure)
    uow.tell(RoadClosed(closure=closure.id))


def open_road(wish: OpenRoad, uow: UnitOfWork, tools: Tools) -> None:
    """Lifts a closure. Raises NotFound for one that does not exist any more."""
    uow.closures.get(wish.closure)
    uow.closures.remove(wish.closure)
    uow.tell(RoadOpened(closure=wish.closure))


def _check(wish: CloseRoad) -> None:
    if len(set(wish.points)) < _FEWEST_POINTS:
        raise RuleBroken("roads.closure_points")
    if wish.factor is not None and wish.factor <= 0:
        raise RuleBroken("roads.closure_factor", factor=wish.factor)
    if wish.begins is not None and wish.ends is not None and wish.ends <= wish.begins:
        raise RuleBroken("roads.closure_times")
