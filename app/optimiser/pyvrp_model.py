"""A problem as PyVRP understands it, and PyVRP's routes as steps again.

What PyVRP models is handed over: loads, windows (several as an exclusive group of clients), pick-ups and deliveries (`Shipment` where they belong together),
mixed fleets with a matrix for each kind of vehicle, reloads, overtime, limits of distance and duration, prizes. What it does not is put so that
its answer comes near, and the judge's insertion (`repair`) makes it right:

* **skills, features, assignments** are a matrix for each class of shifts in which forbidden places lie beyond any shift;
* **bands**: one matrix, of the band that covers most of the shifts' hours;
* **pauses**: the clock is compressed: the pause that most shifts have is cut out of all windows and of each shift, as if it began at its `earliest`;
* **priced lateness** counts as a hard window; what does not fit is put back, late, by insertion;
* **locks**: closed routes are no part of it, a route with a fixed beginning starts at its last fixed halt with the time and room that are left.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyvrp import Activity, ActivityType, Client, ClientGroup, Depot, Location, ProblemData, Shipment, VehicleType
from pyvrp import Route as VrpRoute
from pyvrp import Solution as VrpSolution

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Load
from app.domain.orders import TaskKind
from app.domain.roads import TravelTable
from app.domain.schedule import BreakTerms, ShiftTerms, Step, TaskTerms, timeline
from app.domain.schedule_pass import run
from app.services.planning_insertion import allowed
from app.services.problem import Problem, RoutePlan

BEYOND = 4 * 24 * 3_600_000
"""Milliseconds that no shift lasts: stands for a road that does not exist or may not be used."""
FREE_END = -1
"""The row of a place that is no place: where open routes end."""
MEASURES = ("weight", "volume", "pieces")
PRICE_OF_A_MILLI = 256
"""What a millisecond costs at most in PyVRP's units: fine enough to round no price by more than 0.2 %, coarse enough that its penalties
(100,000 a unit at most) outweigh what breaking a rule saves."""
USUAL_LOAD = 10_000
"""What a usual task loads at least in PyVRP's units, for the same reason: a piece too many must cost more than a way."""


@dataclass(slots=True)
class Model:
    """PyVRP's data, and the way back: which task each client and shipment stands for, which shifts each vehicle type."""

    data: ProblemData
    clients: list[tuple[TaskId, int]]
    """Task and index of its window."""
    shipments: list[tuple[TaskId, TaskId]]
    shifts: list[list[ShiftTerms]]
    """The equal shifts that each vehicle type stands for."""
    fixed: dict[ShiftId, tuple[Step, ...]]
    """The steps before what PyVRP decides."""
    start: dict[ShiftId, RoutePlan]
    """The plan as it stands."""
    reload_depots: dict[ShiftId, int]

    def routes(self, solution: VrpSolution) -> dict[ShiftId, tuple[Step, ...]]:
        """The steps of every shift, fixed and closed ones included."""
        found = {route.shift: route.steps for route in self.start.values() if route.closed} | dict(self.fixed)
        driven: list[list[list[Step]]] = [[] for _ in self.shifts]
        for route in solution.routes():
            driven[route.vehicle_type()].append(self._steps(route))
        for equal, routes in zip(self.shifts, driven, strict=True):
            for shift, steps in self._shared_out([each.id for each in equal], routes):
                found[shift] = (*found.get(shift, ()), *steps)
        return found

    def _shared_out(self, shifts: list[ShiftId], routes: list[list[Step]]) -> list[tuple[ShiftId, list[Step]]]:
        """Which of equal shifts drives which route: the one that has most of its tasks already, else in order."""
        before = {step.task: shift for shift in shifts if shift in self.start for step in self.start[shift].steps}
        kept = Counter((before[step.task], index) for index, steps in enumerate(routes) for step in steps if step.task in before)
        drives: dict[int, ShiftId] = {}
        for (shift, index), _ in kept.most_common():
            if index not in drives and shift not in drives.values():
                drives[index] = shift
        free = iter([shift for shift in shifts if shift not in drives.values()])
        return [(drives[index] if index in drives else next(free), steps) for index, steps in enumerate(routes)]

    def _task(self, activity: Activity) -> TaskId:
        if activity.is_client():
            return self.clients[activity.idx][0]
        return self.shipments[activity.idx][0 if activity.is_pickup() else 1]

    def _steps(self, route: VrpRoute) -> list[Step]:
        steps: list[Step] = []
        reload = False
        for activity in route:
            if activity.is_depot():
                reload = bool(steps)
                continue
            steps.append(Step(self._task(activity), reload))
            reload = False
        return steps


@dataclass(slots=True)
class _Places:
    """PyVRP's locations: first those of depots, then one for each task, so that each may be forbidden alone."""

    rows: list[int] = field(default_factory=list)
    depots: list[Depot] = field(default_factory=list)
    known: dict[tuple[int, int], int] = field(default_factory=dict)

    def depot(self, row: int, service: int = 0) -> int:
        """The index of a depot at a row with that time of loading."""
        if (row, service) not in self.known:
            self.known[row, service] = len(self.depots)
            self.depots.append(Depot(location=self.location(row), service_duration=service))
        return self.known[row, service]

    def location(self, row: int) -> int:
        """The index of a new location."""
        self.rows.append(row)
        return len(self.rows) - 1


class _Builder:
    """Collects the parts of one model."""

    def __init__(self, problem: Problem, most_cells: int | None) -> None:
        self.problem, self.most_cells = problem, most_cells
        self.tasks = {task.id: task for task in problem.tasks}
        self.start = {route.shift: route for route in problem.start}
        self.closed = tuple(route for route in problem.start if route.closed)
        closed = {route.shift for route in self.closed}
        self.shifts = [shift for shift in problem.shifts if shift.id not in closed]
        self.fixed = {shift.id: self._fixed(shift) for shift in self.shifts}
        taken = {step.task for route in self.closed for step in route.steps} | {step.task for steps in self.fixed.values() for step in steps}
        # A task that no shift can serve would draw the search into plans that break rules for its prize.
        self.free = [task for task in problem.tasks if task.id not in taken and any(allowed(shift, task) for shift in self.shifts)]
        self.stay = {task: route.shift for route in problem.start for task in route.stay}
        self.cut = _common_pauses(self.shifts)
        self.scale = max(1, max((shift.milli_price for shift in self.shifts), default=0) // PRICE_OF_A_MILLI)
        limited = [name for name in MEASURES if any(getattr(shift.capacity, name) is not None for shift in self.shifts)]
        self.limited = {name: self._factor(name) for name in limited}
        self.places = _Places()
        self.at: dict[TaskId, int] = {}
        self.clients: list[Client] = []
        self.client_tasks: list[tuple[TaskId, int]] = []
        self.groups: list[ClientGroup] = []
        self.shipments: list[Shipment] = []
        self.shipment_tasks: list[tuple[TaskId, TaskId]] = []

    def _fixed(self, shift: ShiftTerms) -> tuple[Step, ...]:
        route = self.start.get(shift.id)
        return route.steps[: route.fixed] if route is not None else ()

    def build(self) -> Model:
        ends = [self._ends(shift) for shift in self.shifts]
        if not self.shifts:
            return Model(_nothing(), [], [], [], self.fixed, self.start, {})
        self._add_tasks()
        classes = list(dict.fromkeys((shift.travels, self._forbidden(shift)) for shift in self.shifts))
        cells = len(classes) * len(self.places.rows) ** 2
        if self.most_cells is not None and cells > self.most_cells:
            raise ValueError(f"{len(classes)} kinds of shifts need matrices of {cells} cells together")
        band = {name: representative(table, self.shifts) for name, table in self.problem.travel.items()}
        tables = [self._matrices(name, forbidden, band[name]) for name, forbidden in classes]
        vehicles = [self._vehicle(shift, end, classes.index((shift.travels, self._forbidden(shift)))) for shift, end in zip(self.shifts, ends, strict=True)]
        equal = self._equal(vehicles)
        types = [vehicles[group[0]].replace(num_available=len(group)) for group in equal]
        locations = [Location(0, 0) for _ in self.places.rows]
        distances, durations = [each[0] for each in tables], [each[1] for each in tables]
        data = ProblemData(locations, self.clients, self.places.depots, types, distances, durations, self.groups, self.shipments)
        reloads = {shift.id: end[2] for shift, end in zip(self.shifts, ends, strict=True) if end[2] is not None}
        groups = [[self.shifts[index] for index in group] for group in equal]
        return Model(data, self.client_tasks, self.shipment_tasks, groups, self.fixed, self.start, reloads)

    def _equal(self, vehicles: Sequence[VehicleType]) -> list[list[int]]:
        """Shifts that are the same to PyVRP as one type each: many types would make its search look at the same move again and again.
        One with a fixed beginning stays alone."""
        groups: list[list[int]] = []
        for index, vehicle in enumerate(vehicles):
            same = next((group for group in groups if vehicles[group[0]] == vehicle and not self._begun(index) and not self._begun(group[0])), None)
            if same is None:
                groups.append([index])
            else:
                same.append(index)
        return groups

    def _begun(self, index: int) -> bool:
        return bool(self.fixed[self.shifts[index].id])

    def _ends(self, shift: ShiftTerms) -> tuple[int, int, int | None]:
        """The depots where it starts, ends and reloads."""
        fixed = self.fixed[shift.id]
        start = self.tasks[fixed[-1].task].place if fixed else shift.start
        reload = self.places.depot(shift.depot, shift.reload) if shift.depot is not None and shift.reloads else None
        return self.places.depot(start), self.places.depot(FREE_END if shift.end is None else shift.end), reload

    # Tasks --------------------------------------------------------------------------------------------------------

    def _add_tasks(self) -> None:
        free = {task.id for task in self.free}
        pairs = {task.after: task for task in self.free if task.after in free and _is_pair(self.tasks[task.after], task)}
        halves = {each for pickup, delivery in pairs.items() for each in (pickup, delivery.id)}
        for task in self.free:
            if task.id in pairs:
                # A pair whose delivery closes before its pick-up opens is left to the judge's insertion: PyVRP refuses it.
                if self._hull(task)[0] <= self._hull(pairs[task.id])[1]:
                    self._add_shipment(task, pairs[task.id])
            elif task.id not in halves:
                self._add_client(task)

    def _add_client(self, task: TaskTerms) -> None:
        location = self.at[task.id] = self.places.location(task.place)
        windows = [(self._short(each.opens), self._short(each.closes)) for each in task.windows] or [(0, BEYOND)]
        group = None
        if len(windows) > 1:
            group = len(self.groups)
            self.groups.append(ClientGroup(list(range(len(self.clients), len(self.clients) + len(windows))), required=False))
        load = self._measures(task.load)
        delivers = task.kind is TaskKind.DELIVERY
        for index, (opens, closes) in enumerate(windows):
            self.client_tasks.append((task.id, index))
            self.clients.append(
                Client(
                    location=location,
                    delivery=load if delivers else [],
                    pickup=[] if delivers else load,
                    service_duration=task.service,
                    tw_early=max(0, opens),
                    tw_late=max(0, closes),
                    prize=self._prize(task),
                    required=False,
                    group=group,
                )
            )

    def _add_shipment(self, pickup: TaskTerms, delivery: TaskTerms) -> None:
        self.at[pickup.id] = self.places.location(pickup.place)
        self.at[delivery.id] = self.places.location(delivery.place)
        first, second = self._hull(pickup), self._hull(delivery)
        self.shipment_tasks.append((pickup.id, delivery.id))
        self.shipments.append(
            Shipment(
                pickup_location=self.at[pickup.id],
                delivery_location=self.at[delivery.id],
                pickup_tw_early=first[0],
                pickup_tw_late=first[1],
                pickup_service_duration=pickup.service,
                delivery_tw_early=second[0],
                delivery_tw_late=second[1],
                delivery_service_duration=delivery.service,
                amount=self._measures(pickup.load),
                prize=self._prize(pickup) + self._prize(delivery),
                required=False,
            )
        )

    def _hull(self, task: TaskTerms) -> tuple[int, int]:
        if not task.windows:
            return 0, BEYOND
        return max(0, self._short(task.windows[0].opens)), max(0, self._short(task.windows[-1].closes))

    def _prize(self, task: TaskTerms) -> int:
        most = max((each.unplanned_price for each in self.problem.tasks), default=0)
        return max(1, (task.unplanned_price + (4 * most if task.id in self.stay else 0)) // self.scale)

    def _factor(self, measure: str) -> int:
        """By how much a measure is multiplied."""
        loads = [amount for task in self.free if (amount := getattr(task.load, measure))]
        return max(1, -(-USUAL_LOAD * len(loads) // sum(loads))) if loads else 1

    def _priced(self, price: int) -> int:
        """A price in PyVRP's units, rounded."""
        return (price + self.scale // 2) // self.scale

    def _measures(self, load: Load) -> list[int]:
        return [getattr(load, name) * factor for name, factor in self.limited.items()]

    def _short(self, reading: int) -> int:
        return compressed(reading, self.cut)

    # Vehicles -----------------------------------------------------------------------------------------------------

    def _forbidden(self, shift: ShiftTerms) -> frozenset[int]:
        """Locations of the tasks that the shift may not serve."""
        own = {step.task for step in self.fixed[shift.id]}
        return frozenset(self.at[task.id] for task in self.free if task.id in self.at and not self._may(shift, task, own))

    def _may(self, shift: ShiftTerms, task: TaskTerms, own: set[TaskId]) -> bool:
        stays = self.stay.get(task.id)
        if stays is not None:
            return stays == shift.id
        torn = task.after is not None and task.after not in own and any(task.after == step.task for steps in self.fixed.values() for step in steps)
        return allowed(shift, task) and not torn

    def _matrices(self, table_name: str, forbidden: frozenset[int], band: int) -> tuple[Any, Any]:
        table = self.problem.travel[table_name]
        rows = np.array(self.places.rows)
        free = rows == FREE_END
        grid = np.ix_(np.where(free, 0, rows), np.where(free, 0, rows))
        shape = (table.size, table.size)
        durations = np.asarray(table.durations[band], dtype=np.int64).reshape(shape)[grid]
        distances = np.asarray(table.distances[band], dtype=np.int64).reshape(shape)[grid]
        durations[durations < 0], distances[distances < 0] = BEYOND, 0
        durations[free, :], distances[free, :] = BEYOND, 0
        durations[:, free], distances[:, free] = 0, 0
        if forbidden:
            durations[:, sorted(forbidden)] = BEYOND
        np.fill_diagonal(durations, 0)
        np.fill_diagonal(distances, 0)
        return distances, durations

    def _vehicle(self, shift: ShiftTerms, ends: tuple[int, int, int | None], profile: int) -> VehicleType:
        cut = [each for each in shift.breaks if each.latest >= shift.starts]
        leaves, meters, used = self._used(shift)
        starts = compressed(leaves, cut)
        latest = max(starts, compressed(shift.latest_end, cut))
        whole = latest - starts
        usual = min(whole, max(0, compressed(shift.ends, cut) - starts), (shift.max_duration or BEYOND))
        limit = max(0, min(whole, (shift.max_duration or BEYOND) - (leaves - shift.starts if used else 0)))
        return VehicleType(
            capacity=self._room(shift, used),
            start_depot=ends[0],
            end_depot=ends[1],
            fixed_cost=0 if used else self._priced(shift.fixed_price),
            tw_early=starts,
            tw_late=latest,
            start_late=starts if shift.under_way or used else None,
            shift_duration=min(usual, limit),
            max_overtime=max(0, limit - usual),
            unit_overtime_cost=self._priced(shift.overtime_price),
            max_distance=np.iinfo(np.int64).max if shift.max_distance is None else max(0, shift.max_distance - meters),
            unit_distance_cost=self._priced(shift.meter_price),
            unit_duration_cost=self._priced(shift.milli_price),
            profile=profile,
            reload_depots=[] if ends[2] is None else [ends[2]],
            max_reloads=shift.reloads if ends[2] is not None else 0,
        )

    def _used(self, shift: ShiftTerms) -> tuple[int, int, list[TaskTerms]]:
        """When the vehicle is free, how far it has driven by then, and the tasks it has behind it."""
        fixed = self.fixed[shift.id]
        if not fixed:
            return shift.starts, 0, []
        terms = [self.tasks[step.task] for step in fixed]
        found = run(shift, terms, [step.reload_before for step in fixed], self.problem.travel[shift.travels], shift.starts)
        return found.begin[-1] + terms[-1].service, sum(found.meters), terms

    def _room(self, shift: ShiftTerms, used: list[TaskTerms]) -> list[int]:
        """What is left of each measure that any shift limits; no limit is more than all tasks together."""
        room = []
        for name, factor in self.limited.items():
            limit = getattr(shift.capacity, name)
            total = sum(getattr(task.load, name) for task in self.problem.tasks) + 1
            left = total if limit is None else max(0, limit - sum(getattr(task.load, name) for task in used))
            room.append(left * factor)
        return room


def _nothing() -> ProblemData:
    """Where every route is closed: PyVRP refuses a problem without a depot and a vehicle."""
    still: list[Any] = [np.zeros((1, 1), dtype=np.int64)]
    return ProblemData([Location(0, 0)], [], [Depot(location=0)], [VehicleType()], still, still)


def model_of(problem: Problem, *, most_cells: int | None = None) -> Model:
    """The problem in PyVRP's terms. Raises ValueError where PyVRP does not take it, or its matrices have more cells together than allowed."""
    return _Builder(problem, most_cells).build()


def warm(model: Model, problem: Problem, plan: Mapping[ShiftId, Sequence[Step]] | None = None) -> VrpSolution | None:
    """A plan (None: the problem's start) as PyVRP's solution, without the tasks that the model does not have; None where there is nothing in it."""
    plan = {route.shift: route.steps for route in problem.start} if plan is None else plan
    tasks = {task.id: task for task in problem.tasks}
    numbers = {entry: index for index, entry in enumerate(model.clients)}
    halves = {task: (index, half) for index, pair in enumerate(model.shipments) for half, task in enumerate(pair)}
    routes = []
    for number, shift in ((number, shift) for number, equal in enumerate(model.shifts) for shift in equal):
        steps = plan.get(shift.id, ())
        table = problem.travel[shift.travels]
        chosen = {halt.task: halt.window or 0 for halt in timeline(shift, steps, tasks, table).halts}
        driven = _activities(model, shift.id, steps[len(model.fixed[shift.id]) :], chosen, numbers, halves)
        route = _route(model, driven, number)
        if route is not None:
            routes.append(route)
    return VrpSolution(model.data, routes) if routes else None


def _route(model: Model, driven: list[Activity], number: int) -> VrpRoute | None:
    """A route of PyVRP's; None where it has no stop, or PyVRP refuses it, as one in which a vehicle loads while it has the goods of a pair aboard."""
    try:
        return VrpRoute(model.data, driven, number) if driven else None
    except ValueError:
        return None


def _activities(
    model: Model,
    shift: ShiftId,
    steps: Sequence[Step],
    chosen: Mapping[TaskId, int],
    numbers: Mapping[tuple[TaskId, int], int],
    halves: Mapping[TaskId, tuple[int, int]],
) -> list[Activity]:
    """The steps that the model has; a task with several windows by the window it is served in (`chosen`), a pair only where the route has both halves."""
    whole = {step.task for step in steps}
    activities: list[Activity] = []
    reload = False
    for step in steps:
        reload = reload or (step.reload_before and shift in model.reload_depots)
        activity = None
        if step.task in halves:
            index, half = halves[step.task]
            if all(task in whole for task in model.shipments[index]):
                activity = Activity(ActivityType.DELIVERY if half else ActivityType.PICKUP, index)
        elif (step.task, chosen[step.task]) in numbers:
            activity = Activity(ActivityType.CLIENT, numbers[step.task, chosen[step.task]])
        if activity is not None:
            activities += [Activity(ActivityType.DEPOT, model.reload_depots[shift]), activity] if reload and activities else [activity]
            reload = False
    return activities


def representative(table: TravelTable, shifts: Sequence[ShiftTerms]) -> int:
    """The band that covers most of the shifts' hours."""
    begins = [*table.begins, 1 << 60]

    def covered(band: int) -> int:
        return sum(max(0, min(shift.ends, begins[band + 1]) - max(shift.starts, begins[band])) for shift in shifts)

    return max(range(len(table.begins)), key=covered)


def _common_pauses(shifts: Sequence[ShiftTerms]) -> Sequence[BreakTerms]:
    """The pauses that most shifts have."""
    counted = Counter(tuple(each for each in shift.breaks if each.latest >= shift.starts) for shift in shifts)
    return counted.most_common(1)[0][0] if counted else ()


def compressed(reading: int, pauses: Sequence[BreakTerms]) -> int:
    """A clock reading on a clock that stands still while each pause lasts, begun at its `earliest`."""
    return reading - sum(min(pause.length, reading - pause.earliest) for pause in pauses if reading > pause.earliest)


def _is_pair(pickup: TaskTerms, delivery: TaskTerms) -> bool:
    return pickup.kind is not TaskKind.DELIVERY and delivery.kind is TaskKind.DELIVERY
