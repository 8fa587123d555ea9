"""Who re-plans a running day in `main.py bench replan`: the house's engine, PyVRP and OR-Tools, each in its own terms, and a person's hand.

All begin from the same: the house's engine from the plan as it stands, which it mends and fills itself; the peers from that plan with the new orders put
in by hand, for they cannot start from one that lacks stops. A peer's clock begins when its model is built, which is to its advantage.

**PyVRP**: a vehicle type for each van with its own start, clock and room (`pyvrp_model`, which can state these days whole), the parameters that the program
uses for short times. Every stop is required, with which it places more and for less than with prizes; where it finds no such plan, the one by hand stands.
λ is a matrix for each van, longer by λ's worth of metres into the stops of other drivers.

**OR-Tools** (routing): C++ matrices, a time dimension whose span is priced for each van (pricing the legs' time and the waiting instead came out the same),
weight, a disjunction for each stop at the price of leaving it out, guided local search from the plan as it stands (`ReadAssignmentFromRoutes`).
λ is a cost matrix for each van.
"""

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from app.domain.ids import ShiftId, TaskId
from app.domain.roads import UNREACHABLE
from app.domain.schedule import ShiftTerms, Step
from app.optimiser.benches.running_days import by_hand
from app.services.problem import Problem, Progress, RoutePlan, Stability

if TYPE_CHECKING:
    from app.optimiser.pyvrp_model import Model

FAR = 10**9
"""Milliseconds or metres that no plan affords: a leg without a road."""
Routes = Mapping[ShiftId, tuple[Step, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a re-plan: routes, seconds until the first whole plan was there and until the end."""

    routes: Routes
    first_s: float | None
    seconds: float


Engine = Callable[[Problem, float], Answer]
"""A problem with the plan as it stands in `start` and the price of change in `stability`, and how many seconds there are."""


@dataclass(slots=True)
class _Clock:
    """When it began, and when the first plan was there."""

    began: float = dataclasses.field(default_factory=time.perf_counter)
    first: float | None = None

    def found(self) -> None:
        """There is a plan."""
        if self.first is None:
            self.first = self.seconds()

    def seconds(self) -> float:
        """Since it began."""
        return round(time.perf_counter() - self.began, 4)

    def answer(self, routes: Routes) -> Answer:
        """The answer as of now."""
        return Answer(routes=routes, first_s=self.first, seconds=self.seconds())


def keep(problem: Problem, seconds: float) -> Answer:
    """Nothing is done."""
    del seconds
    return Answer(routes={route.shift: route.steps for route in problem.start}, first_s=0.0, seconds=0.0)


def greedy(problem: Problem, seconds: float) -> Answer:
    """Each new order at its cheapest place, nothing else."""
    del seconds
    clock = _Clock()
    routes = by_hand(problem)
    clock.found()
    return clock.answer(routes)


def core(problem: Problem, seconds: float) -> Answer:
    """The house's engine."""
    from app.optimiser.engine import Solve

    clock = _Clock()

    def progress(each: Progress) -> None:
        if each.best is not None:
            clock.found()

    solution = Solve(problem, seconds=seconds, engine="core").run(progress)
    return clock.answer({route.shift: route.steps for route in solution.routes})


def insert_only(problem: Problem, seconds: float) -> Answer:
    """The house's engine where nothing may move (k = 0)."""
    return core(dataclasses.replace(problem, stability=dataclasses.replace(problem.stability, at_most=0)), seconds)


# PyVRP ---------------------------------------------------------------------------------------------------------------


def pyvrp(problem: Problem, seconds: float) -> Answer:
    """PyVRP, warm."""
    import pyvrp as vrp
    from pyvrp.IteratedLocalSearch import IteratedLocalSearch, IteratedLocalSearchCallbacks, IteratedLocalSearchParams
    from pyvrp.search import NeighbourhoodParams, PerturbationParams

    from app.optimiser.pyvrp_model import model_of, warm
    from app.optimiser.pyvrp_search import HISTORY, NEIGHBORS, PERTURBED

    standing = _filled_by_hand(problem)
    model = model_of(standing)
    model = dataclasses.replace(model, data=model.data.replace(clients=[_required(client) for client in model.data.clients()]))
    if problem.stability.per_driver_change:
        model = _a_matrix_each(model, problem)
    initial = warm(model, standing)
    clock = _Clock()

    class Watch(IteratedLocalSearchCallbacks):
        def on_start(self, ils: IteratedLocalSearch) -> None:
            self.on_best(ils.initial_solution)

        def on_best(self, best: vrp.Solution) -> None:
            if best.is_feasible():
                clock.found()

    params = vrp.SolveParams(
        ils=IteratedLocalSearchParams(history_length=HISTORY, callbacks=Watch()),
        neighbourhood=NeighbourhoodParams(num_neighbours=NEIGHBORS),
        perturbation=PerturbationParams(max_perturbations=PERTURBED),
    )
    stop = vrp.stop.MaxRuntime(seconds)
    found = vrp.solve(model.data, stop, seed=problem.seed % 2**31, collect_stats=False, display=False, params=params, initial_solution=initial)
    return clock.answer(model.routes(found.best) if found.best.is_feasible() else {route.shift: route.steps for route in standing.start})


def _required(client: Any) -> Any:
    """The client, who may not be left out."""
    names = ("location", "delivery", "pickup", "service_duration", "tw_early", "tw_late", "release_time")
    return type(client)(required=True, **{name: getattr(client, name) for name in names})


def _filled_by_hand(problem: Problem) -> Problem:
    return dataclasses.replace(problem, start=tuple(RoutePlan(shift=shift, steps=steps) for shift, steps in by_hand(problem).items()), stability=Stability())


def _a_matrix_each(model: "Model", problem: Problem) -> "Model":
    """Each van a type of its own, with metres for λ on every leg into a stop that another one serves as the plan stands."""
    data = model.data
    owner = _owners(problem)
    served: list[TaskId] = [task for task, _ in model.clients]
    types: list[Any] = []
    shifts: list[list[ShiftTerms]] = []
    distances: list[Any] = []
    durations: list[Any] = []
    for number, equal in enumerate(model.shifts):
        kind = data.vehicle_type(number)
        for shift in equal:
            matrix = data.distance_matrix(kind.profile).copy()
            foreign = [data.client(index).location for index, task in enumerate(served) if owner.get(task, shift.id) != shift.id]
            matrix[:, foreign] += problem.stability.per_driver_change // max(1, shift.meter_price)
            matrix[range(len(matrix)), range(len(matrix))] = 0
            types.append(kind.replace(num_available=1, profile=len(distances)))
            shifts.append([shift])
            distances.append(matrix)
            durations.append(data.duration_matrix(kind.profile))
    data = data.replace(vehicle_types=types, distance_matrices=distances, duration_matrices=durations)
    return dataclasses.replace(model, data=data, shifts=shifts)


def _owners(problem: Problem) -> dict[TaskId, ShiftId]:
    return {step.task: route.shift for route in problem.start for step in route.steps}


# OR-Tools ------------------------------------------------------------------------------------------------------------


def ortools(problem: Problem, seconds: float) -> Answer:
    """OR-Tools' routing library, warm."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    model = _RoutingModel(problem, pywrapcp)
    params = pywrapcp.DefaultRoutingSearchParameters()
    params.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    params.time_limit.FromMilliseconds(int(seconds * 1_000))
    model.routing.CloseModelWithParameters(params)
    clock = _Clock()
    model.routing.AddAtSolutionCallback(clock.found)
    standing = model.routing.ReadAssignmentFromRoutes(model.numbers(by_hand(problem)), True)
    found = model.routing.SolveFromAssignmentWithParameters(standing, params) if standing is not None else model.routing.SolveWithParameters(params)
    return clock.answer(model.routes(found) if found is not None else by_hand(problem))


class _RoutingModel:
    """A running day as OR-Tools' routing library states it: nodes are the tasks, then each van's start, then each van's end."""

    def __init__(self, problem: Problem, pywrapcp: Any) -> None:
        self.problem = problem
        tasks, shifts = problem.tasks, problem.shifts
        vans, first = len(shifts), len(tasks)
        self.rows = [task.place for task in tasks] + [shift.start for shift in shifts] + [shift.start if shift.end is None else shift.end for shift in shifts]
        starts, ends = list(range(first, first + vans)), list(range(first + vans, first + 2 * vans))
        self.manager = pywrapcp.RoutingIndexManager(len(self.rows), vans, starts, ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.owner = _owners(problem)
        self._add_costs()
        self._add_time()
        self._add_loads()
        for node, task in enumerate(tasks):
            self.routing.AddDisjunction([self.manager.NodeToIndex(node)], task.unplanned_price)

    def _legs(self, of: Sequence[Sequence[int]], shift: ShiftTerms) -> list[list[int]]:
        """One kind of numbers from node to node, for the shift's kind of vehicle."""
        size = self.problem.travel[shift.profile].size
        table = of[0]
        return [[FAR if (leg := table[here * size + there]) == UNREACHABLE else leg for there in self.rows] for here in self.rows]

    def _add_costs(self) -> None:
        """The price of the way, for each van its own where a change of driver has a price."""
        price = self.problem.stability.per_driver_change
        known: dict[tuple[object, ...], int] = {}
        for number, shift in enumerate(self.problem.shifts):
            key = (shift.profile, shift.meter_price, shift.id if price else "")
            if key not in known:
                extra = [price if self.owner.get(task.id, shift.id) != shift.id else 0 for task in self.problem.tasks] + [0] * (2 * len(self.problem.shifts))
                meters = self._legs(self.problem.travel[shift.profile].distances, shift)
                costs = [[each * shift.meter_price + more for each, more in zip(row, extra, strict=True)] for row in meters]
                known[key] = self.routing.RegisterTransitMatrix(costs)
            self.routing.SetArcCostEvaluatorOfVehicle(known[key], number)
            self.routing.SetFixedCostOfVehicle(shift.fixed_price, number)

    def _add_time(self) -> None:
        """Clock readings, windows, shifts, and the price of a van's time and overtime."""
        service = [task.service for task in self.problem.tasks] + [0] * (2 * len(self.problem.shifts))
        profiles = {shift.profile: shift for shift in self.problem.shifts}
        known = {
            profile: self.routing.RegisterTransitMatrix(
                [[each + more for each in row] for row, more in zip(self._legs(self.problem.travel[profile].durations, shift), service, strict=True)]
            )
            for profile, shift in profiles.items()
        }
        horizon = max(shift.latest_end for shift in self.problem.shifts)
        self.routing.AddDimensionWithVehicleTransits([known[shift.profile] for shift in self.problem.shifts], horizon, horizon, False, "time")
        clock = self.routing.GetDimensionOrDie("time")
        for node, task in enumerate(self.problem.tasks):
            if task.windows:
                self._keep_windows(clock.CumulVar(self.manager.NodeToIndex(node)), task.windows)
        for number, shift in enumerate(self.problem.shifts):
            begin, end = clock.CumulVar(self.routing.Start(number)), clock.CumulVar(self.routing.End(number))
            begin.SetRange(shift.starts, shift.starts if shift.under_way else shift.latest_end)
            end.SetRange(shift.starts, shift.latest_end)
            clock.SetSpanCostCoefficientForVehicle(shift.milli_price, number)
            clock.SetCumulVarSoftUpperBound(self.routing.End(number), shift.ends, shift.overtime_price)
            self.routing.AddVariableMaximizedByFinalizer(begin)
            self.routing.AddVariableMinimizedByFinalizer(end)

    @staticmethod
    def _keep_windows(reading: Any, windows: Sequence[Any]) -> None:
        reading.SetRange(windows[0].opens, windows[-1].closes)
        for before, after in pairwise(windows):
            reading.RemoveInterval(before.closes + 1, after.opens - 1)

    def _add_loads(self) -> None:
        weights = [task.load.weight for task in self.problem.tasks] + [0] * (2 * len(self.problem.shifts))
        room = [sum(weights) if shift.capacity.weight is None else shift.capacity.weight for shift in self.problem.shifts]
        self.routing.AddDimensionWithVehicleCapacity(self.routing.RegisterUnaryTransitVector(weights), 0, room, True, "weight")

    def numbers(self, routes: Routes) -> list[list[int]]:
        """Routes as nodes, by van."""
        node = {task.id: number for number, task in enumerate(self.problem.tasks)}
        return [[node[step.task] for step in routes.get(shift.id, ())] for shift in self.problem.shifts]

    def routes(self, found: Any) -> Routes:
        """The routes of an assignment."""
        return {shift.id: tuple(self._steps(found, number)) for number, shift in enumerate(self.problem.shifts)}

    def _steps(self, found: Any, number: int) -> Sequence[Step]:
        steps = []
        index = found.Value(self.routing.NextVar(self.routing.Start(number)))
        while not self.routing.IsEnd(index):
            steps.append(Step(self.problem.tasks[self.manager.IndexToNode(index)].id))
            index = found.Value(self.routing.NextVar(index))
        return steps


ENGINES: Mapping[str, Engine] = {"keep": keep, "greedy": greedy, "core": core, "core k=0": insert_only, "pyvrp": pyvrp, "ortools": ortools}
