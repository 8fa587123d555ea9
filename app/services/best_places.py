"""The best places of the day for some orders: each route's best, ranked by what it breaks, then by lateness, then by price."""

from collections.abc import Callable, Iterable

from app.domain.ids import RouteId
from app.services.dragging import Hand, Impact

MOST = 5
"""Places that are offered."""
Check = Callable[[], None]
"""Called between routes; may raise Cancelled."""


def best_places(hand: Hand, routes: Iterable[RouteId], check: Check, most: int = MOST) -> tuple[Impact, ...]:
    """The best place on each of these routes, best first, at most so many; weighed as a drag is, so that what is shown is what happens.

    A place where they stand already has `changes` False. Takes some hundredths of a second a route: call it off the main thread, with a hand of its own.
    """
    if hand.empty:
        return ()
    found = []
    for route in routes:
        check()
        found.append(hand.best(route))
    return tuple(sorted(found, key=_burden)[:most])


def _burden(impact: Impact) -> tuple[int, int, int, str]:
    more = impact.late_after.span - impact.late_before.span
    return len(impact.broken) - impact.mended, more, impact.cost, str(impact.route)
