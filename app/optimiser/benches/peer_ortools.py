"""OR-Tools' routing library on an instance: matrices in C++, parallel cheapest insertion (or savings), then guided local search.

Goods that wait for their release are picked up at the depot, by pairs; the library has no reloads. Its time limit is of the wall; of the processor's time, a
callback at each of its solutions ends the search, and where none comes any more, a signal of the system ends the process, whose last plan then counts. Where
stalls are measured by the wall's clock there is no callback, which would give the interpreter free now and then.
"""

import contextlib
import signal
from typing import TYPE_CHECKING, Any

import numpy as np

from app.optimiser.benches.instance import FOREVER, LOADS, NO_ROAD, Instance, Plan, Route, Sort
from app.optimiser.benches.problem_of import vehicle_price
from app.optimiser.benches.watch import Watch

if TYPE_CHECKING:
    from app.optimiser.benches.race import Order

OVERTIME = 1.02
"""Of its time, when the system ends it."""


def prepare() -> None:
    """Imports the engine."""
    import ortools.constraint_solver.pywrapcp  # noqa: F401


def solve(instance: Instance, order: "Order", watch: Watch) -> Plan | None:
    """The library's best plan; None where it finds none."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    model = _Model(instance)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    strategy = "SAVINGS" if order.engine.endswith("savings") else "PARALLEL_CHEAPEST_INSERTION"
    parameters.first_solution_strategy = getattr(routing_enums_pb2.FirstSolutionStrategy, strategy)
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    left = max(0.001, order.seconds - watch.seconds())
    parameters.time_limit.FromMilliseconds(max(1, int(1_000 * (left if order.clock == "wall" else 60 * order.seconds))))
    noted = not order.stalls or order.clock == "cpu"
    if noted:
        model.routing.AddAtSolutionCallback(_Notes(model, order, watch))
    with _limited(left * OVERTIME if order.clock == "cpu" else 0.0):
        found = model.routing.SolveWithParameters(parameters)
    if found is not None and noted:
        watch.found(found.ObjectiveValue() / instance.divisor)
    return model.plan(found.Value) if found is not None else None


@contextlib.contextmanager
def _limited(seconds: float) -> Any:
    """Lets the system end the process after so many seconds of the processor; 0: never."""
    if seconds and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
    yield
    if seconds and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


class _Notes:
    """Called at each solution of the search: some hundred times in ten seconds, so that handing each better plan over takes few hundredths of its time."""

    def __init__(self, model: "_Model", order: "Order", watch: Watch) -> None:
        self._model, self._watch = model, watch
        self._limit = order.seconds if order.clock == "cpu" else float("inf")

    def __call__(self) -> None:
        watch, routing = self._watch, self._model.routing
        if watch.found(routing.CostVar().Max() / self._model.instance.divisor) and self._limit < float("inf"):
            watch.told({"plan": self._model.plan(lambda variable: variable.Value())})
        if watch.seconds() >= self._limit:
            routing.solver().FinishCurrentSearch()


class _Model:
    """The routing model: a node for each row, then one for each loading at the depot."""

    def __init__(self, instance: Instance) -> None:
        from ortools.constraint_solver import pywrapcp

        self.instance = instance
        self._loadings = list(instance.clients) if instance.sort is Sort.MTVRPTWR else []
        self._rows = [*range(instance.size), *(instance.fleets[0].depot for _ in self._loadings)]
        self._fleet = [index for index, fleet in enumerate(instance.fleets) for _ in range(fleet.count)]
        depots = [instance.fleets[index].depot for index in self._fleet]
        self.manager = pywrapcp.RoutingIndexManager(len(self._rows), len(self._fleet), depots, depots)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._drive()
        self._load()
        self._pair()
        for client in instance.clients:
            if client.prize:
                self.routing.AddDisjunction([self._at(client.row)], client.prize)
        for depot in range(instance.depots):
            if depot not in depots:
                self.routing.AddDisjunction([self._at(depot)], 0)

    def _at(self, node: int) -> int:
        return int(self.manager.NodeToIndex(node))

    def _drive(self) -> None:
        """What legs and vehicles cost, and the clock."""
        instance = self.instance
        table = instance.table()
        longest = instance.longest_leg(table)
        legs = np.frombuffer(table, dtype=np.int32).reshape(instance.size, instance.size)[np.ix_(self._rows, self._rows)].astype(np.int64)
        for origin, target in np.argwhere(legs == NO_ROAD).tolist():
            if origin >= instance.depots:
                self.routing.NextVar(self._at(origin)).RemoveValue(self._at(target))
        legs[legs == NO_ROAD] = 100 * longest
        units = {fleet.unit: self.routing.RegisterTransitMatrix((legs * fleet.unit).tolist()) for fleet in instance.fleets}
        for vehicle, index in enumerate(self._fleet):
            fleet = instance.fleets[index]
            self.routing.SetArcCostEvaluatorOfVehicle(units[fleet.unit], vehicle)
            self.routing.SetFixedCostOfVehicle(vehicle_price(instance, fleet, longest), vehicle)
        self._close_starts(table)
        if any(client.closes < FOREVER for client in instance.clients):
            self._clock(legs)

    def _close_starts(self, table: Any) -> None:
        """No vehicle leaves for where its depot has no leg to."""
        for vehicle, index in enumerate(self._fleet):
            start = self.instance.fleets[index].depot * self.instance.size
            closed = [self._at(row) for row in range(self.instance.depots, self.instance.size) if table[start + row] == NO_ROAD]
            if closed:
                self.routing.NextVar(self.routing.Start(vehicle)).RemoveValues(closed)

    def _clock(self, legs: Any) -> None:
        instance = self.instance
        service = np.zeros(len(self._rows), dtype=np.int64)
        for client in instance.clients:
            service[client.row] = client.service
        horizon = max(fleet.closes for fleet in instance.fleets)
        self.routing.AddDimension(self.routing.RegisterTransitMatrix((legs + service[:, None]).tolist()), horizon, horizon, False, "clock")
        clock = self.routing.GetDimensionOrDie("clock")
        for client in instance.clients:
            clock.CumulVar(self._at(client.row)).SetRange(client.opens, min(client.closes, horizon))
        for number, client in enumerate(self._loadings):
            clock.CumulVar(self._at(instance.size + number)).SetRange(client.release, horizon)
        for vehicle, index in enumerate(self._fleet):
            fleet = instance.fleets[index]
            for end in (self.routing.Start(vehicle), self.routing.End(vehicle)):
                clock.CumulVar(end).SetRange(fleet.opens, fleet.closes)
            if fleet.longest is not None:
                clock.SetSpanUpperBoundForVehicle(fleet.longest, vehicle)

    def _load(self) -> None:
        """What is on board. Linehauls and backhauls are never on board together: each is limited by itself."""
        rooms = [self.instance.fleets[index].capacity for index in self._fleet]
        demand, backhaul = [0] * len(self._rows), [0] * len(self._rows)
        for client in self.instance.clients:
            demand[client.row], backhaul[client.row] = (-client.demand if self._loadings else client.demand), client.backhaul
        for number, client in enumerate(self._loadings):
            demand[self.instance.size + number] = client.demand
        for name, amounts in (("demand", demand), ("backhaul", backhaul)):
            if any(amounts):
                self.routing.AddDimensionWithVehicleCapacity(self.routing.RegisterUnaryTransitVector(amounts), 0, rooms, True, name)

    def _pair(self) -> None:
        pairs = [(client.pickup, client.row) for client in self.instance.clients if client.pickup is not None]
        pairs += [(self.instance.size + number, client.row) for number, client in enumerate(self._loadings)]
        solver = self.routing.solver()
        clock = self.routing.GetDimensionOrDie("clock") if pairs else None
        for first, then in pairs:
            pickup, delivery = self._at(first), self._at(then)
            self.routing.AddPickupAndDelivery(pickup, delivery)
            solver.Add(self.routing.VehicleVar(pickup) == self.routing.VehicleVar(delivery))
            if clock is not None:
                solver.Add(clock.CumulVar(pickup) <= clock.CumulVar(delivery))

    def plan(self, value: Any) -> Plan:
        """The routes; `value` says what a variable stands at."""
        found = []
        for vehicle, fleet in enumerate(self._fleet):
            nodes, index = [], value(self.routing.NextVar(self.routing.Start(vehicle)))
            while not self.routing.IsEnd(index):
                nodes.append(self.manager.IndexToNode(index))
                index = value(self.routing.NextVar(index))
            if nodes:
                found.append(Route(fleet, self._stops(nodes)))
        return tuple(found)

    def _stops(self, nodes: list[int]) -> tuple[int, ...]:
        stops: list[int] = []
        loads = False
        for node in nodes:
            if node >= self.instance.size:
                loads = bool(stops)
            else:
                stops += [LOADS, node] if loads else [node]
                loads = False
        return tuple(stops)
