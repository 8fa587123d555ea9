"""Finds out in the pool what closures do: before they are saved, from the draft; afterwards, from the plan on the changed roads."""

from collections.abc import Callable
from dataclasses import replace

from app.desktop.bridge import Bridge
from app.desktop.day import Shown, travel_for
from app.domain.errors import Outside, Refused
from app.domain.roads import Closure
from app.services import planning
from app.services.closing_effects import Impact, crossings, impact
from app.services.closing_times import on_changed_roads
from app.services.ports.store import Day
from app.services.ports.travel import Areas

Told = Callable[[Impact], None]
_KEY = "closure impact"


def weigh(bridge: Bridge, areas: Areas, shown: Shown, draft: Closure, told: Told) -> None:
    """Tells whom a draft meets, and then what it costs; a later question takes the place of this one."""
    problem, judged = shown.problem, shown.judged
    if problem is None or judged is None:
        told(Impact(more=None))
        return

    def met() -> Impact:
        return impact(judged, crossings(shown.day, problem, judged, travel_for(areas, shown.day.depot), (draft,)))

    def costs(first: Impact) -> None:
        told(first)
        if first.legs:
            bridge.compute(lambda _job: _after(areas, shown, draft, first), then=told, key=_KEY, failed=_quiet)

    bridge.compute(lambda _job: met(), then=costs, key=_KEY, failed=_quiet)


def compare(bridge: Bridge, areas: Areas, before: Shown, after: Shown, closure: Closure, told: Told) -> None:
    """Tells what a closure that was saved has done: the plan as it was judged before, and as it is judged now."""
    was, now, problem = before.judged, after.judged, before.problem
    if was is None or now is None or problem is None:
        return

    def found() -> Impact:
        return impact(was, crossings(before.day, problem, was, travel_for(areas, before.day.depot), (closure,)), now)

    bridge.compute(lambda _job: found(), then=told, key="closure done", failed=_quiet)


def with_closure(day: Day, draft: Closure) -> Day:
    """The day as it is once the draft is saved."""
    return replace(day, closures=(*(each for each in day.closures if each.id != draft.id), draft))


def _after(areas: Areas, shown: Shown, draft: Closure, first: Impact) -> Impact:
    assert shown.judged is not None
    assert shown.problem is not None
    travel = travel_for(areas, shown.day.depot)
    changed = with_closure(shown.day, draft)
    now = planning.current(on_changed_roads(shown.day, changed, shown.problem, shown.judged, travel), changed.plan)
    priced = impact(shown.judged, {}, now)
    return replace(first, more=priced.more, late=priced.late, lost=priced.lost)


def _quiet(error: BaseException) -> None:
    """Where roads do not answer nothing is said: saving the closure will say it."""
    if not isinstance(error, Refused | Outside):
        raise error
