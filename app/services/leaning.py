"""What a dispatcher leans towards beside a cheap plan, as prices of a search: equal days, routes that keep together, drivers who know their customers.

Pure functions. Each price is counted against what driving costs on that day, so that a slider means the same in every depot and currency.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import DriverId, ShiftId, TaskId
from app.domain.orders import Order, task_of
from app.domain.plans import Route
from app.domain.roads import TravelTable
from app.domain.schedule import ShiftTerms
from app.domain.units import MILLIS_PER_MINUTE, Cost, Millis
from app.services.planning_judging import steps_of, timeline_of
from app.services.planning_values import DayProblem
from app.services.ports.store import Day
from app.services.problem import Liking, Wishes

MOST = 10
"""The far end of each slider."""
_DAYS_BEYOND = 3
"""At the far end an hour beyond the fair share costs so many hours more."""
_DETOURS = 2
"""At the far end a stop with a driver who does not know it costs so many detours of `_DETOUR_MINUTES` and `_DETOUR_M`."""
_DETOUR_MINUTES, _DETOUR_M = 15, 3_000
_ROUNDS = 6
"""Rounds in which stops and middles of routes find each other."""

Key = tuple[str, ...]
Known = Mapping[Key, frozenset[DriverId]]
"""Who served an address, or a customer, before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How far the three sliders stand from "only the cost" (0) to `MOST`."""

    balance: int = 0
    compactness: int = 0
    familiar: int = 0

    @property
    def any(self) -> bool:
        """Whether anything but the cost counts."""
        return bool(self.balance or self.compactness or self.familiar)


def known_from(days: Iterable[Day]) -> Known:
    """Who served whom by the plans of these days that were committed."""
    found: dict[Key, set[DriverId]] = {}
    for day in days:
        if day.plan is None or not day.plan.committed:
            continue
        orders = {task_of(order): order for order in day.orders}
        drivers = {shift.id: shift.driver for shift in day.shifts}
        for route in day.plan.routes:
            driver = drivers.get(route.shift)
            for task in route.tasks if driver is not None else ():
                for key in keys_of(orders[task]) if task in orders else ():
                    found.setdefault(key, set()).add(driver)  # type: ignore[arg-type]  # looked at above
    return {key: frozenset(drivers) for key, drivers in found.items()}


def keys_of(order: Order) -> tuple[Key, ...]:
    """What an order is recognised by: its address, and its customer by name and telephone number."""
    address, name, phone = order.address.line.strip().casefold(), order.recipient.name.strip().casefold(), order.recipient.phone
    return tuple(key for key in (("at", address), ("to", name, phone)) if all(key))


def knowers(day: Day, problem: DayProblem, known: Known) -> Mapping[TaskId, frozenset[ShiftId]]:
    """Of each task that somebody on duty has served before, the shifts of those people."""
    shifts: dict[DriverId, set[ShiftId]] = {}
    for shift in day.shifts:
        if shift.driver is not None and shift.id in problem.shifts:
            shifts.setdefault(shift.driver, set()).add(shift.id)
    found = {}
    for task in problem.terms:
        people = {driver for key in keys_of(problem.orders[task]) for driver in known.get(key, ())}
        theirs = frozenset(shift for driver in people for shift in shifts.get(driver, ()))
        if theirs:
            found[task] = theirs
    return found


def wishes_of(day: Day, problem: DayProblem, routes: Sequence[Route], leaning: Leaning, known: Known) -> Wishes:
    """The leaning as prices, with the routes as they stand as what is fair and where each driver works; nothing where nothing is leaned to."""
    if not leaning.any or not problem.shifts or not problem.terms:
        return Wishes()
    prices: dict[tuple[TaskId, ShiftId], int] = {}
    if leaning.familiar:
        _add_strangers(prices, day, problem, leaning.familiar, known)
    if leaning.compactness:
        _add_distances(prices, problem, routes, leaning.compactness)
    likings = tuple(Liking(task=task, shift=shift, price=Cost(price)) for (task, shift), price in prices.items() if price > 0)
    return Wishes(fair=fair_share(problem, routes), beyond_price=Cost(leaning.balance * _DAYS_BEYOND * _hour(problem) // MOST), likings=likings)


def fair_share(problem: DayProblem, routes: Iterable[Route]) -> Millis:
    """How long each driven route would be were they all as long."""
    spans = [line.duration for line in (timeline_of(problem, route.shift, steps_of(route, problem)) for route in _driven(problem, routes)) if line.halts]
    return Millis(sum(spans) // len(spans)) if spans else Millis(0)


def _driven(problem: DayProblem, routes: Iterable[Route]) -> list[Route]:
    return [route for route in routes if route.shift in problem.shifts and steps_of(route, problem)]


def _hour(problem: DayProblem) -> int:
    """What a millisecond costs on average; where time is free, one that is not."""
    prices = [shift.milli_price for shift in problem.shifts.values()]
    return max(1, sum(prices) // len(prices))


def _detour(problem: DayProblem) -> int:
    """What a detour costs on average."""
    meters = [shift.meter_price for shift in problem.shifts.values()]
    return _DETOUR_MINUTES * MILLIS_PER_MINUTE * _hour(problem) + _DETOUR_M * sum(meters) // len(meters)


def _add_strangers(prices: dict[tuple[TaskId, ShiftId], int], day: Day, problem: DayProblem, strength: int, known: Known) -> None:
    price = _detour(problem) * _DETOURS * strength // MOST
    for task, theirs in knowers(day, problem, known).items():
        for shift in problem.shifts:
            if shift not in theirs:
                prices[task, shift] = prices.get((task, shift), 0) + price


# Where each driver works ---------------------------------------------------------------------------------------------


def middles(problem: DayProblem, routes: Iterable[Route]) -> Mapping[ShiftId, int]:
    """The stop in the middle of each driven route, as a row of the tables: from it the ways to the others are shortest together."""
    return {
        route.shift: _middle(_table(problem, problem.shifts[route.shift]), [problem.terms[step.task].place for step in steps_of(route, problem)])
        for route in _driven(problem, routes)
    }


def areas(problem: DayProblem, routes: Sequence[Route]) -> Mapping[ShiftId, int]:
    """The middle of an area for each driven route, so that stops are as near to one of them as can be, and drivers stay where they are as far as that goes.

    Stops go to the nearest middle and middles are found anew, until both agree (Lloyd, IEEE Transactions on Information Theory 28, 1982; with stops as
    middles): once from the routes as they stand, once from stops far from one another (Gonzalez, Theoretical Computer Science 38, 1985). The better counts.
    """
    standing = middles(problem, routes)
    if not standing:
        return {}
    table = _table(problem, problem.shifts[next(iter(standing))])
    rows = [problem.terms[step.task].place for route in _driven(problem, routes) for step in steps_of(route, problem)]
    seeds = (standing, _nearest_first(table, standing, _far_apart(table, rows, next(iter(standing.values())), len(standing))))
    return min((_settled(table, rows, seed) for seed in seeds), key=lambda found: _sum_to(table, rows, found))


def _settled(table: TravelTable, rows: Sequence[int], seed: Mapping[ShiftId, int]) -> Mapping[ShiftId, int]:
    found = dict(seed)
    for _ in range(_ROUNDS):
        gathered: dict[ShiftId, list[int]] = {shift: [] for shift in found}
        for row in rows:
            gathered[min(found, key=lambda shift: _meters(table, found[shift], row))].append(row)
        moved = {shift: _middle(table, mine) if mine else found[shift] for shift, mine in gathered.items()}
        if moved == found:
            break
        found = moved
    return found


def _sum_to(table: TravelTable, rows: Sequence[int], centers: Mapping[ShiftId, int]) -> int:
    return sum(min(_meters(table, center, row) for center in centers.values()) for row in rows)


def _far_apart(table: TravelTable, rows: Sequence[int], first: int, count: int) -> list[int]:
    """So many rows, each as far as can be from those before."""
    chosen = [first]
    while len(chosen) < count:
        chosen.append(max(rows, key=lambda row: min(_meters(table, one, row) for one in chosen)))
    return chosen


def _nearest_first(table: TravelTable, standing: Mapping[ShiftId, int], centers: Sequence[int]) -> Mapping[ShiftId, int]:
    """Gives each shift a middle, the nearest pairs first."""
    pairs = sorted((_meters(table, row, center), shift, number) for shift, row in standing.items() for number, center in enumerate(centers))
    found: dict[ShiftId, int] = {}
    for _, shift, number in pairs:
        if shift not in found and centers[number] not in {*found.values()}:
            found[shift] = centers[number]
    return {shift: found.get(shift, row) for shift, row in standing.items()}


def apart(problem: DayProblem, routes: Sequence[Route]) -> int:
    """How many metres stops lie from the middle of their route, on average."""
    centers = middles(problem, routes)
    ways = [
        _meters(_table(problem, problem.shifts[route.shift]), centers[route.shift], problem.terms[step.task].place)
        for route in _driven(problem, routes)
        for step in steps_of(route, problem)
    ]
    return sum(ways) // len(ways) if ways else 0


def _add_distances(prices: dict[tuple[TaskId, ShiftId], int], problem: DayProblem, routes: Sequence[Route], strength: int) -> None:
    """A stop costs as much as the way from the middle of the route, in part; with a driver who has no stops yet as much as where it is dearest."""
    centers = areas(problem, routes)
    for task, terms in problem.terms.items() if centers else ():
        ways = {shift: _way(problem, problem.shifts[shift], row, terms.place) for shift, row in centers.items()}
        dearest = max(ways.values())
        for shift in problem.shifts:
            price = ways.get(shift, dearest) * strength // MOST
            prices[task, shift] = prices.get((task, shift), 0) + price


def _way(problem: DayProblem, shift: ShiftTerms, start: int, end: int) -> int:
    table = _table(problem, shift)
    return _meters(table, start, end) * shift.meter_price + max(0, table.durations[0][start * table.size + end]) * shift.milli_price


def _table(problem: DayProblem, shift: ShiftTerms) -> TravelTable:
    return problem.problem.travel[shift.travels]


def _meters(table: TravelTable, start: int, end: int) -> int:
    return max(0, table.distances[0][start * table.size + end]) if start != end else 0


def _middle(table: TravelTable, rows: Sequence[int]) -> int:
    places = sorted(set(rows))
    return min(places, key=lambda row: sum(_meters(table, row, other) for other in rows))
