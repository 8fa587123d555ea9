"""PyVRP on an instance, modelled as PyVRP's own reader does it: required clients, prizes, reloads, release times, shipments.

`pyvrp` searches with PyVRP's own parameters, `pyvrp-quick` with a shorter memory, which serves it better in the first seconds.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from app.optimiser.benches.instance import FOREVER, LOADS, NO_ROAD, Client, Fleet, Instance, Plan, Route, Sort
from app.optimiser.benches.problem_of import vehicle_price
from app.optimiser.benches.watch import Watch

if TYPE_CHECKING:
    from pyvrp import Activity, ProblemData, Solution

    from app.optimiser.benches.race import Order

DEAREST = 100_000
"""What PyVRP's penalties ask for a unit of goods too many at most. Goods are counted in so small units that one too many costs more than a vehicle
or a way, else its best plans are overloaded ones."""

SHORT = 50
"""Steps back that `pyvrp-quick` compares a plan with, instead of 300."""


def prepare() -> None:
    """Imports the engine."""
    import pyvrp.search  # noqa: F401


def solve(instance: Instance, order: "Order", watch: Watch) -> Plan | None:
    """PyVRP's best plan."""
    import pyvrp
    from pyvrp.IteratedLocalSearch import IteratedLocalSearch, IteratedLocalSearchCallbacks, IteratedLocalSearchParams

    data = data_of(instance)

    class Notes(IteratedLocalSearchCallbacks):
        def on_start(self, ils: IteratedLocalSearch) -> None:
            self.on_best(ils.initial_solution)

        def on_best(self, best: "Solution") -> None:
            if best.is_feasible():
                watch.found(cost_of(best) / instance.divisor)

    def over(best_cost: int) -> bool:
        del best_cost
        return watch.seconds() >= order.seconds

    usual = IteratedLocalSearchParams().history_length
    params = pyvrp.SolveParams(ils=IteratedLocalSearchParams(history_length=SHORT if order.engine.endswith("quick") else usual, callbacks=Notes()))
    found = pyvrp.solve(data, over, seed=order.seed, collect_stats=False, display=False, params=params)
    return plan_of(instance, found.best)


def cost_of(solution: "Solution") -> int:
    """In the instance's whole units."""
    return solution.distance_cost() + solution.fixed_vehicle_cost() + solution.uncollected_prizes()


def data_of(instance: Instance) -> "ProblemData":
    """The instance as PyVRP's data."""
    from pyvrp import Depot, Location, ProblemData

    table = instance.table()
    longest = instance.longest_leg(table)
    matrix = _matrix(instance, table)
    del table
    paired = instance.sort is Sort.PDPTW
    goods = 1 + max(max(vehicle_price(instance, fleet, longest), 2 * fleet.unit * longest) for fleet in instance.fleets) // DEAREST
    return ProblemData(
        locations=[Location(x=x, y=y) for x, y in instance.places] or [Location(x=0, y=0)] * instance.size,
        depots=[Depot(location=row) for row in range(instance.depots)],
        clients=[] if paired else [_client(client, goods) for client in instance.clients],
        shipments=_shipments(instance, goods) if paired else [],
        vehicle_types=[_vehicles(instance, fleet, longest, goods) for fleet in instance.fleets],
        distance_matrices=[matrix],
        duration_matrices=[matrix],
    )


def _matrix(instance: Instance, table: Any) -> Any:
    from pyvrp.constants import MAX_VALUE

    matrix = np.frombuffer(table, dtype=np.int32).reshape(instance.size, instance.size).astype(np.int64)
    matrix[matrix == NO_ROAD] = MAX_VALUE
    return matrix


def _client(client: Client, goods: int) -> Any:
    from pyvrp import Client as Served

    return Served(
        location=client.row,
        delivery=[goods * client.demand],
        pickup=[goods * client.backhaul],
        service_duration=client.service,
        tw_early=client.opens,
        tw_late=client.closes,
        release_time=client.release,
        prize=client.prize,
        required=not client.prize,
    )


def _shipments(instance: Instance, goods: int) -> list[Any]:
    from pyvrp import Shipment

    clients = {client.row: client for client in instance.clients}
    return [
        Shipment(
            pickup_location=pickup.row,
            delivery_location=delivery.row,
            pickup_tw_early=pickup.opens,
            pickup_tw_late=pickup.closes,
            pickup_service_duration=pickup.service,
            delivery_tw_early=delivery.opens,
            delivery_tw_late=delivery.closes,
            delivery_service_duration=delivery.service,
            amount=[goods * pickup.demand],
        )
        for pickup, delivery in pairs(instance, clients)
    ]


def pairs(instance: Instance, clients: dict[int, Client]) -> list[tuple[Client, Client]]:
    """Pick-ups and their deliveries."""
    return [(clients[client.pickup], client) for client in instance.clients if client.pickup is not None]


def _vehicles(instance: Instance, fleet: Fleet, longest: int, goods: int) -> Any:
    from pyvrp import VehicleType

    unlimited = int(np.iinfo(np.int64).max)
    return VehicleType(
        num_available=fleet.count,
        capacity=[goods * fleet.capacity],
        start_depot=fleet.depot,
        end_depot=fleet.depot,
        fixed_cost=vehicle_price(instance, fleet, longest),
        tw_early=fleet.opens,
        tw_late=fleet.closes if fleet.closes < FOREVER else unlimited,
        shift_duration=unlimited if fleet.longest is None else fleet.longest,
        unit_distance_cost=fleet.unit,
        reload_depots=[fleet.depot] if fleet.reloads else [],
    )


def plan_of(instance: Instance, solution: "Solution") -> Plan:
    """PyVRP's routes in the instance's numbers."""
    shipped = pairs(instance, {client.row: client for client in instance.clients}) if instance.sort is Sort.PDPTW else []

    def number(activity: "Activity") -> int:
        if activity.is_depot():
            return LOADS
        return instance.clients[activity.idx].row if activity.is_client() else shipped[activity.idx][0 if activity.is_pickup() else 1].row

    return tuple(Route(route.vehicle_type(), _between([number(each) for each in route])) for route in solution.routes())


def _between(stops: list[int]) -> tuple[int, ...]:
    """Without the depots at the beginning and at the end."""
    first = next((index for index, stop in enumerate(stops) if stop != LOADS), len(stops))
    last = next((index for index, stop in enumerate(reversed(stops)) if stop != LOADS), 0)
    return tuple(stops[first : len(stops) - last])
