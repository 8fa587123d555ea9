"""The proved optimum of a small plain problem by one CP-SAT model: a circuit a shift, times, loads and limits as constraints, nothing of the schedule's code.

A second opinion on the oracle, for more tasks than all routes can be written down for. It says only what constraints say as well as the schedule does
(`expresses`): one band of the day, at most one hard window a task, no pauses, no reloads, no plan to begin with. There the schedule's rule (end as early as can
be, then leave as late as can be) gives the shortest duration: leaving later than that shifts the whole route, and its end with it.

Circuits with optional nodes: a task that a shift does not serve is a loop of its own (OR-Tools' `add_circuit`). All times are divided by their greatest
common divisor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from ortools.sat.python import cp_model

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE
from app.domain.schedule import ShiftTerms, Step, TaskTerms
from app.services.problem import Problem
from tests.optimiser.judging import Whole, bound

MEASURES = ("weight", "volume", "pieces")
DEPOT = 0
"""The node where a circuit begins and ends; task i is node i + 1."""


@dataclass(frozen=True, slots=True)
class Proved:
    """The least cost of a plan, and one plan that has it; `seconds` that the proof took."""

    cost: int
    routes: Mapping[ShiftId, tuple[Step, ...]]
    seconds: float


def expresses(problem: Problem) -> bool:
    """Whether the model says all that the problem says."""
    one_band = all(len(table.begins) == 1 for table in problem.travel.values())
    hard = all(len(task.windows) <= 1 and all(window.late_price is None for window in task.windows) for task in problem.tasks)
    plain = all(not shift.breaks and not shift.reloads for shift in problem.shifts)
    named = [task.after for task in problem.tasks if task.after is not None]
    return one_band and hard and plain and not problem.start and len(named) == len(set(named))


def proved(problem: Problem, *, whole: Whole = Whole.PAIRS, seconds: float = 60) -> Proved | None:
    """The proved optimum without broken rules; None where the proof takes longer. Raises ValueError where the model does not say all of the problem."""
    if not expresses(problem):
        raise ValueError("more than circuits express")
    return _Circuits(problem, whole).solve(seconds)


class _Circuits:
    """The model of one problem."""

    def __init__(self, problem: Problem, whole: Whole) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.tasks = {task.id: task for task in problem.tasks}
        self.unit = _unit(problem)
        self.begin = [self._begins(task) for task in problem.tasks]
        self.place = [self.model.new_int_var(0, len(problem.tasks), "") for _ in problem.tasks]
        self.served: list[list[cp_model.IntVar]] = [[] for _ in problem.tasks]
        self.arcs: dict[ShiftId, list[tuple[int, int, cp_model.IntVar]]] = {}
        cost = [self._shift(shift) for shift in problem.shifts]
        for index, task in enumerate(problem.tasks):
            leave = self.model.new_bool_var("")
            self.model.add_exactly_one([leave, *self.served[index]])
            cost.append(leave * task.unplanned_price)
        self._precedences(whole)
        self.model.minimize(sum(cost))

    def _begins(self, task: TaskTerms) -> cp_model.IntVar:
        end = max((shift.latest_end for shift in self.problem.shifts), default=0) // self.unit
        opens, closes = (task.windows[0].opens // self.unit, task.windows[0].closes // self.unit) if task.windows else (0, end)
        return self.model.new_int_var(opens, max(opens, min(closes, end)), "")

    def _precedences(self, whole: Whole) -> None:
        index = {task.id: each for each, task in enumerate(self.problem.tasks)}
        for task in self.problem.tasks:
            if task.after is not None:
                first, second = index[task.after], index[task.id]
                for one, other in zip(self.served[first], self.served[second], strict=True):
                    self.model.add_implication(other, one)
                self.model.add(self.place[second] > self.place[first]).only_enforce_if(_any(self.model, self.served[second]))
        for first_id, second_id in bound(self.problem, whole):
            self.model.add(sum(self.served[index[first_id]]) == sum(self.served[index[second_id]]))

    # A shift -----------------------------------------------------------------------------------------------------

    def _shift(self, shift: ShiftTerms) -> cp_model.LinearExprT:
        """Adds a shift's circuit, times and loads; what its route costs."""
        model, unit = self.model, self.unit
        idle = model.new_bool_var("")
        arcs: list[tuple[int, int, cp_model.IntVar]] = [(DEPOT, DEPOT, idle)]
        for index, task in enumerate(self.problem.tasks):
            serves = model.new_bool_var("")
            self.served[index].append(serves)
            arcs.append((index + 1, index + 1, ~serves))
            if not _may(shift, task):
                model.add(serves == 0)
            # An idle circuit serves nobody; else the model would let a loop at the depot stand beside a tour without it.
            model.add_implication(idle, ~serves)
        ways = self._ways(shift)
        arcs += ways
        model.add_circuit(arcs)
        self.arcs[shift.id] = ways
        duration, overtime = self._times(shift, ways, idle)
        for measure in MEASURES:
            self._loads(shift, measure, ways)
        meters = sum(way * self._meters(shift, start, end) for start, end, way in ways)
        if shift.max_distance is not None:
            model.add(meters <= shift.max_distance)
        return (1 - idle) * shift.fixed_price + meters * shift.meter_price + duration * (unit * shift.milli_price) + overtime * (unit * shift.overtime_price)

    def _ways(self, shift: ShiftTerms) -> list[tuple[int, int, cp_model.IntVar]]:
        """A literal for each leg that has a road, of tasks that the shift may serve."""
        nodes = [DEPOT, *(index + 1 for index, task in enumerate(self.problem.tasks) if _may(shift, task))]
        ways = [(start, end) for start in nodes for end in nodes if start != end and self._span(shift, start, end) != UNREACHABLE]
        return [(start, end, self.model.new_bool_var("")) for start, end in ways]

    def _row(self, shift: ShiftTerms, node: int, *, leaving: bool) -> int | None:
        return (shift.start if leaving else shift.end) if node == DEPOT else self.problem.tasks[node - 1].place

    def _number(self, shift: ShiftTerms, numbers: Sequence[int], start: int, end: int) -> int:
        """A travel number of the leg between two nodes; none within a place and where a route is open."""
        here, there = self._row(shift, start, leaving=True), self._row(shift, end, leaving=False)
        if here is None or there is None or here == there:
            return 0
        return numbers[here * self.problem.travel[shift.profile].size + there]

    def _span(self, shift: ShiftTerms, start: int, end: int) -> int:
        return self._number(shift, self.problem.travel[shift.profile].durations[0], start, end)

    def _meters(self, shift: ShiftTerms, start: int, end: int) -> int:
        return self._number(shift, self.problem.travel[shift.profile].distances[0], start, end)

    def _service(self, node: int) -> int:
        return 0 if node == DEPOT else self.problem.tasks[node - 1].service

    def _times(self, shift: ShiftTerms, ways: Sequence[tuple[int, int, cp_model.IntVar]], idle: cp_model.IntVar) -> tuple[cp_model.IntVar, cp_model.IntVar]:
        """Duration and overtime of the route, in units."""
        model, unit = self.model, self.unit
        starts, last = shift.starts // unit, shift.latest_end // unit
        leaves = model.new_int_var(starts, starts if shift.under_way else last, "")
        ends = model.new_int_var(starts, last, "")
        longest = last - starts if shift.max_duration is None else min(last - starts, shift.max_duration // unit)
        duration, overtime = model.new_int_var(0, longest, ""), model.new_int_var(0, max(0, last - shift.ends // unit), "")
        model.add(duration == ends - leaves)
        model.add(overtime >= ends - shift.ends // unit)
        model.add(duration == 0).only_enforce_if(idle)
        # Follows from what comes next; said by itself it lets the relaxation see the time that a tour takes.
        model.add(duration >= sum(way * ((self._span(shift, start, end) + self._service(end)) // unit) for start, end, way in ways))
        for start, end, way in ways:
            span = self._span(shift, start, end) // unit
            done = leaves if start == DEPOT else self.begin[start - 1] + self._service(start) // unit
            model.add((ends if end == DEPOT else self.begin[end - 1]) >= done + span).only_enforce_if(way)
            if DEPOT not in (start, end):
                model.add(self.place[end - 1] >= self.place[start - 1] + 1).only_enforce_if(way)
        return duration, overtime

    def _loads(self, shift: ShiftTerms, measure: str, ways: Sequence[tuple[int, int, cp_model.IntVar]]) -> None:
        """What is on board after each halt keeps the limit of a measure."""
        limit = getattr(shift.capacity, measure)
        if limit is None:
            return
        number = self.problem.shifts.index(shift)
        after = [self.model.new_int_var(0, limit, "") for _ in self.problem.tasks]
        loaded = self.model.new_int_var(0, limit, "")
        changes = [self._change(task, measure) for task in self.problem.tasks]
        # What a pick-up hands over was not loaded at the depot.
        self.model.add(
            loaded == sum(-change * self.served[index][number] for index, change in enumerate(changes) if self._from_depot(self.problem.tasks[index]))
        )
        for start, end, way in ways:
            if end != DEPOT:
                before = loaded if start == DEPOT else after[start - 1]
                self.model.add(after[end - 1] == before + changes[end - 1]).only_enforce_if(way)

    def _handed(self, task: TaskTerms) -> TaskTerms | None:
        """The pick-up whose goods a delivery hands over."""
        before = self.tasks.get(task.after) if task.after is not None else None
        return before if before is not None and task.kind is TaskKind.DELIVERY and before.kind is not TaskKind.DELIVERY else None

    def _from_depot(self, task: TaskTerms) -> bool:
        return task.kind is TaskKind.DELIVERY and self._handed(task) is None

    def _change(self, task: TaskTerms, measure: str) -> int:
        amount: int = getattr((self._handed(task) or task).load, measure)
        return -amount if task.kind is TaskKind.DELIVERY else amount

    # The proof ---------------------------------------------------------------------------------------------------

    def solve(self, seconds: float) -> Proved | None:
        """Solves within so many seconds."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = seconds
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return None
        routes = {shift.id: self._driven(solver, shift) for shift in self.problem.shifts}
        return Proved(round(solver.objective_value), routes, solver.wall_time)

    def _driven(self, solver: cp_model.CpSolver, shift: ShiftTerms) -> tuple[Step, ...]:
        follows = {start: end for start, end, way in self.arcs[shift.id] if solver.boolean_value(way)}
        steps: list[Step] = []
        here = follows.get(DEPOT, DEPOT)
        while here != DEPOT:
            steps.append(Step(TaskId(self.problem.tasks[here - 1].id)))
            here = follows[here]
        return tuple(steps)


def _any(model: cp_model.CpModel, literals: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
    """A literal that is true where one of at most one is."""
    found = model.new_bool_var("")
    model.add(found == sum(literals))
    return found


def _may(shift: ShiftTerms, task: TaskTerms) -> bool:
    """Whether skills, features and assignments let a shift serve a task."""
    assigned = (task.only is None or task.only == shift.id) and shift.id not in task.never
    return assigned and task.skills <= shift.skills and task.features <= shift.features


def _unit(problem: Problem) -> int:
    """The greatest common divisor of all times."""
    times = [each for table in problem.travel.values() for each in table.durations[0] if each != UNREACHABLE]
    times += [each for task in problem.tasks for window in task.windows for each in (window.opens, window.closes)]
    times += [task.service for task in problem.tasks]
    times += [each for shift in problem.shifts for each in (shift.starts, shift.ends, shift.latest_end, shift.max_duration or 0)]
    return gcd(*times) or 1
