"""VROOM on an instance. It runs to its end: its levels of exploration 0, 1 and 5 one after the other, each within the time that is left; the best counts.

It knows neither prizes nor a limit of a route's duration, and cuts a level short by the wall's clock alone.
"""

from datetime import timedelta
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING, Any

import numpy as np

from app.optimiser.benches.instance import FOREVER, LOADS, NO_ROAD, Client, Instance, Plan, Route, Sort
from app.optimiser.benches.problem_of import vehicle_price
from app.optimiser.benches.watch import Watch

if TYPE_CHECKING:
    from app.optimiser.benches.race import Order

LEVELS = (0, 1, 5)
PER_HOUR = 3_600
"""Its price of an hour, for one a second."""


def prepare() -> None:
    """Imports the engine."""
    import vroom  # noqa: F401


def solve(instance: Instance, order: "Order", watch: Watch) -> Plan | None:
    """VROOM's best plan. Raises ValueError where it has no word for a rule of the instance."""
    if any(client.prize for client in instance.clients):
        raise ValueError("VROOM knows no prizes")
    if any(fleet.longest is not None for fleet in instance.fleets):
        raise ValueError("VROOM knows no limit of a route's duration")
    best: tuple[int, float, Plan] | None = None
    for level in LEVELS:
        left = order.seconds - watch.seconds()
        if left <= 0:
            break
        found = _input(instance).solve(exploration_level=level, nb_threads=order.threads, timeout=timedelta(seconds=left))
        plan = _plan(instance, found)
        worth = (len(found.unassigned), _cost(instance, plan), plan)
        if best is None or worth[:2] < best[:2]:
            best = worth
        if not worth[0]:
            watch.found(worth[1] / instance.divisor)
    return best[2] if best else None


def _cost(instance: Instance, plan: Plan) -> float:
    """In the instance's whole units, for the curve alone."""
    total = 0
    longest = instance.longest_leg(instance.table()) if instance.hierarchical else 0
    for route in plan:
        fleet = instance.fleets[route.fleet]
        rows = [fleet.depot, *(fleet.depot if stop == LOADS else stop for stop in route.stops), fleet.depot]
        total += vehicle_price(instance, fleet, longest) + fleet.unit * sum(instance.leg(a, b) for a, b in pairwise(rows))
    return total


def _input(instance: Instance) -> Any:
    import vroom

    given = vroom.Input()
    table = instance.table()
    longest = instance.longest_leg(table)
    legs = np.frombuffer(table, dtype=np.int32).reshape(instance.size, instance.size).astype(np.uint32)
    horizon = max((fleet.closes for fleet in instance.fleets if fleet.closes < FOREVER), default=2 * longest * instance.size)
    legs[legs == np.uint32(NO_ROAD & 0xFFFFFFFF)] = min(2 * horizon, 1 << 31)
    given.set_durations_matrix("car", legs)
    share = gcd(*(fleet.unit for fleet in instance.fleets), *(vehicle_price(instance, fleet, longest) for fleet in instance.fleets))
    number = 0
    for fleet in instance.fleets:
        costs = vroom.VehicleCosts(fixed=vehicle_price(instance, fleet, longest) // share, per_hour=PER_HOUR * fleet.unit // share)
        closes = min(fleet.closes, horizon)
        for _ in range(fleet.count):
            window = vroom.TimeWindow(fleet.opens, closes)
            vehicle = vroom.Vehicle(number, start=fleet.depot, end=fleet.depot, capacity=[fleet.capacity], time_window=window, costs=costs)
            given.add_vehicle(vehicle)
            number += 1
    _tasks(instance, given, horizon)
    return given


def _tasks(instance: Instance, given: Any, horizon: int) -> None:
    import vroom

    def step(client: Client) -> Any:
        window = vroom.TimeWindow(client.opens, min(client.closes, horizon))
        return vroom.ShipmentStep(client.row, location=client.row, default_service=client.service, time_windows=[window])

    clients = {client.row: client for client in instance.clients}
    for client in instance.clients:
        if instance.sort is Sort.MTVRPTWR:
            window = vroom.TimeWindow(client.release, horizon)
            loading = vroom.ShipmentStep(client.row, location=instance.fleets[0].depot, time_windows=[window])
            given.add_job(vroom.Shipment(loading, step(client), amount=vroom.Amount([client.demand])))
        elif client.pickup is not None:
            pickup = clients[client.pickup]
            given.add_job(vroom.Shipment(step(pickup), step(client), amount=vroom.Amount([pickup.demand])))
        elif instance.sort is not Sort.PDPTW:
            given.add_job(
                vroom.Job(
                    client.row,
                    location=client.row,
                    default_service=client.service,
                    delivery=vroom.Amount([client.demand]),
                    pickup=vroom.Amount([client.backhaul]),
                    time_windows=[vroom.TimeWindow(client.opens, min(client.closes, horizon))],
                )
            )


def _plan(instance: Instance, solution: Any) -> Plan:
    """Its steps, vehicle by vehicle; where goods are loaded at the depot between two clients, a visit there."""
    fleets = [index for index, fleet in enumerate(instance.fleets) for _ in range(fleet.count)]
    loads_at_depot = instance.sort is Sort.MTVRPTWR
    stops: dict[int, list[int]] = {}
    waiting: set[int] = set()
    frame = solution.routes
    for vehicle, kind, number in zip(frame["vehicle_id"], frame["type"], frame["id"], strict=True):
        if kind in ("start", "end"):
            continue
        route = stops.setdefault(int(vehicle), [])
        if loads_at_depot and kind == "pickup":
            waiting.add(int(vehicle))
            continue
        if int(vehicle) in waiting and route:
            route.append(LOADS)
        waiting.discard(int(vehicle))
        route.append(int(number))
    return tuple(Route(fleets[vehicle], tuple(route)) for vehicle, route in stops.items() if route)
