"""What a commit would tell: the plan as it stands against the version that was committed last, driver by driver and customer by customer.

Pure functions; times are clock readings of the planning day in milliseconds.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import RouteId, ShiftId, StopId, TaskId
from app.domain.plans import PromisedRoute, Route, Stop
from app.domain.units import Millis
from app.services.planning_judging import moves
from app.services.planning_values import Judged
from app.services.proposal_changes import NOTICED, Spot, Tour, spots, tour


class News(StrEnum):
    """What a commit is to a customer."""

    FIRST = "first"
    """Is told a time for the first time."""
    CHANGED = "changed"
    """Was told a time that moves by more than `NOTICED`."""
    SAME = "same"
    """What was told holds."""
    WITHDRAWN = "withdrawn"
    """Was promised a visit that the plan no longer has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerNews:
    """One task: what was told and what is so now (None: nothing told; in no route)."""

    task: TaskId
    news: News
    told: Millis | None = None
    told_route: RouteId | None = None
    now: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverNews:
    """One route: as it is now, and how many of its stops are new to it, gone from it, or at another place in it since the last version."""

    route: RouteId
    tour: Tour
    came: int = 0
    went: int = 0
    moved: int = 0

    @property
    def differs(self) -> bool:
        """Whether the driver has to be given another list."""
        return bool(self.came or self.went or self.moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitNews:
    """All that a commit would say. `first` marks the first version of the day: everything is new then."""

    first: bool
    drivers: tuple[DriverNews, ...]
    customers: tuple[CustomerNews, ...]

    def count(self, news: News) -> int:
        """Customers to whom it is that."""
        return sum(1 for each in self.customers if each.news is news)


def commit_news(judged: Judged, promised: Sequence[PromisedRoute], committed: int) -> CommitNews:
    """What a commit of the judged plan would say after `committed` versions, the last of which promised this."""
    told = {task: (route.route, at) for route in promised for task, at in zip(route.tasks, route.arrivals, strict=True)}
    now = spots(judged)
    customers = [_customer(task, told.get(task), spot) for task, spot in now.items()]
    gone = [CustomerNews(task=task, news=News.WITHDRAWN, told=at, told_route=route) for task, (route, at) in told.items() if task not in now]
    return CommitNews(first=committed == 0, drivers=_drivers(judged, promised), customers=tuple(sorted([*customers, *gone], key=_order)))


def _customer(task: TaskId, told: tuple[RouteId, Millis | None] | None, now: Spot) -> CustomerNews:
    if told is None or told[1] is None:
        return CustomerNews(task=task, news=News.FIRST, told_route=told[0] if told else None, now=now)
    moved = now.arrival is None or abs(now.arrival - told[1]) > NOTICED
    return CustomerNews(task=task, news=News.CHANGED if moved else News.SAME, told=told[1], told_route=told[0], now=now)


_RANK = {News.WITHDRAWN: 0, News.CHANGED: 1, News.FIRST: 2, News.SAME: 3}


def _order(each: CustomerNews) -> tuple[int, int, str]:
    at = each.now.arrival if each.now is not None else each.told
    return _RANK[each.news], at or 0, each.task


def _drivers(judged: Judged, promised: Sequence[PromisedRoute]) -> tuple[DriverNews, ...]:
    came: Counter[RouteId | None] = Counter()
    went: Counter[RouteId | None] = Counter()
    moved: Counter[RouteId | None] = Counter()
    for each in moves([_as_route(route) for route in promised], judged.routes):
        if each.changes_route:
            came[each.to_route] += 1
            went[each.from_route] += 1
        else:
            moved[each.to_route] += 1
    now = {route.id: tour(len(route.tasks), judged.timelines.get(route.id)) for route in judged.routes}
    return tuple(
        DriverNews(route=route, tour=now.get(route, Tour()), came=came[route], went=went[route], moved=moved[route])
        for route in dict.fromkeys([*now, *(each.route for each in promised)])
    )


def _as_route(promised: PromisedRoute) -> Route:
    return Route(id=promised.route, shift=ShiftId(""), stops=(Stop(id=StopId(promised.route), tasks=promised.tasks),))
