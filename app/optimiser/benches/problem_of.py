"""An instance as a problem of the planner's own language, and the planner's routes as the instance's again.

A unit of the instance is a millisecond and a metre at once. Where the language has no word, another says exactly the same:

* **backhauls after linehauls** (VRPB): the legs that would break the order do not exist;
* **release times** (MTVRPTWR): goods that are not there from the beginning are picked up at the depot, within a window that opens with their release, by the
  vehicle that brings them. Whoever comes back for goods with others still on board could as well load those then: the plans are those of trips;
* **fewer vehicles first** (Li & Lim): a vehicle costs as much as a hundred of the longest legs.
"""

from __future__ import annotations

from array import array
from datetime import date

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import Profile, TravelTable
from app.domain.schedule import ShiftTerms, TaskTerms, TimeWindow
from app.domain.units import Cost, Cubic, Grams, Millis
from app.optimiser.benches.instance import FOREVER, LOADS, Client, Fleet, Instance, Plan, Route, Sort
from app.services.problem import Problem, RoutePlan, Solution

PER_VEHICLE = 100
"""Longest legs that a vehicle outweighs where fewer vehicles come first."""
LEFT_OUT = 1_000
"""Longest legs that leaving a client out outweighs where that may not be."""
_DAY = date(2026, 1, 1)


def vehicle_price(instance: Instance, fleet: Fleet, longest: int) -> int:
    """What using a vehicle costs in the instance's whole units."""
    return PER_VEHICLE * longest if instance.hierarchical else fleet.fixed


def problem_of(instance: Instance, seed: int = 1) -> Problem:
    """The instance in the planner's language."""
    table = instance.table()
    longest = instance.longest_leg(table)
    left_out = LEFT_OUT * longest * max(fleet.unit for fleet in instance.fleets) + 10 * max(vehicle_price(instance, each, longest) for each in instance.fleets)
    return Problem(
        day=_DAY,
        zone="UTC",
        tasks=tuple(task for client in instance.clients for task in _tasks(instance, client, left_out)),
        shifts=tuple(_shift(instance, fleet, index, number, longest) for index, fleet in enumerate(instance.fleets) for number in range(fleet.count)),
        travel={Profile.VAN: _travel(instance, table)},
        seed=seed,
    )


def _travel(instance: Instance, table: array[int]) -> TravelTable:
    return TravelTable(profile=Profile.VAN, size=instance.size, begins=(Millis(0),), durations=(table,), distances=(table,), source=instance.name)


def _tasks(instance: Instance, client: Client, left_out: int) -> list[TaskTerms]:
    """The client's task, and before it, where its goods wait for their release, their loading at the depot."""
    price = Cost(client.prize or left_out)
    gathers = client.backhaul > 0 or (instance.sort is Sort.PDPTW and client.pickup is None)
    after = TaskId(f"c{client.pickup}") if client.pickup is not None else None
    loading = []
    if client.release:
        opens = TimeWindow(opens=Millis(client.release), closes=Millis(instance.fleets[0].closes))
        loading.append(
            TaskTerms(id=TaskId(f"p{client.row}"), place=0, windows=(opens,), load=_load(client.demand), kind=TaskKind.PICKUP, unplanned_price=price)
        )
        after = loading[0].id
    served = TaskTerms(
        id=TaskId(f"c{client.row}"),
        place=client.row,
        windows=() if client.closes >= FOREVER else (TimeWindow(opens=Millis(client.opens), closes=Millis(client.closes)),),
        service=Millis(client.service),
        load=_load(client.backhaul or abs(client.demand)),
        kind=TaskKind.PICKUP if gathers else TaskKind.DELIVERY,
        after=after,
        unplanned_price=price,
    )
    return [*loading, served]


def _load(amount: int) -> Load:
    return Load(Grams(amount), Cubic(0), 0)


def _shift(instance: Instance, fleet: Fleet, index: int, number: int, longest: int) -> ShiftTerms:
    return ShiftTerms(
        id=ShiftId(f"v{index}-{number}"),
        profile=Profile.VAN,
        start=fleet.depot,
        end=fleet.depot,
        depot=fleet.depot,
        starts=Millis(fleet.opens),
        ends=Millis(fleet.closes),
        latest_end=Millis(fleet.closes),
        capacity=Capacity(weight=Grams(fleet.capacity)),
        max_duration=None if fleet.longest is None else Millis(fleet.longest),
        reloads=len(instance.clients) if fleet.reloads else 0,
        fixed_price=Cost(vehicle_price(instance, fleet, longest)),
        meter_price=Cost(fleet.unit),
        milli_price=Cost(0),
    )


def plan_of(solution: Solution) -> Plan:
    """The routes of a solution in the instance's numbers."""
    return tuple(Route(int(route.shift[1:].partition("-")[0]), _numbers(route)) for route in solution.routes if route.steps)


def _numbers(route: RoutePlan) -> tuple[int, ...]:
    """Client numbers; a loading between two of them, by the language's reload or by a pick-up at the depot, is a visit there."""
    numbers: list[int] = []
    loads = False
    for step in route.steps:
        loads = (loads or step.reload_before or step.task.startswith("p")) and bool(numbers)
        if not step.task.startswith("p"):
            numbers += [LOADS, int(step.task[1:])] if loads else [int(step.task[1:])]
            loads = False
    return tuple(numbers)
