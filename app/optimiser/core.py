"""The kernel as Python sees it: an open problem, searches over it, and what it answers about timelines and places.

Calls let other threads run, so that several searches of one problem, each in its own thread, use several cores. A search is used by one thread at a time;
`Flag` may be raised from any.
"""

import ctypes
import weakref
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import Unavailable
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Load
from app.domain.schedule import Halt, Step, TakenBreak, Timeline, Violation, ViolationKind
from app.domain.units import Cost, Cubic, Grams, Meters, Millis
from app.optimiser import core_library as lib
from app.optimiser.core_problem import Numbers, pack
from app.services.problem import Problem

KINDS = tuple(ViolationKind)
"""In the order of `rules.h`."""
MEASURES = ("weight", "volume", "pieces")
NO_PRICE = (1 << 63) - 1
NEVER = -(1 << 63)
_WHY = 200


class Flag:
    """Asks a search to end; read by the kernel at every iteration."""

    def __init__(self) -> None:
        self.word = ctypes.c_int32(0)

    def raise_(self) -> None:
        """Asks now."""
        self.word.value = 1

    @property
    def raised(self) -> bool:
        """Whether it was asked."""
        return bool(self.word.value)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a task in a route: before the step at `position`, with a loading before it or after it or none; `price` against the route as it
    stands, `broken` rules that it breaks anew and by how much together (`excess`)."""

    shift: ShiftId
    position: int
    reload_before: bool
    reload_after: bool
    price: Cost
    broken: int
    excess: int

    def steps(self, steps: Sequence[Step], task: TaskId) -> tuple[Step, ...]:
        """The route's steps with the task in them."""
        rest = list(steps[self.position :])
        if self.reload_after and rest:
            rest[0] = Step(rest[0].task, True)
        return (*steps[: self.position], Step(task, self.reload_before), *rest)


class Kernel:
    """An open problem. Raises Unavailable where there is no kernel, or it will not have the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.numbers = problem, Numbers(problem)
        self.terms = {task.id: task for task in problem.tasks}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.library = lib.library()
        self.handle = self._open()
        weakref.finalize(self, self.library.kernel_close, self.handle)

    def _open(self) -> int:
        try:
            packed = pack(self.problem, self.numbers)
        except OverflowError as failed:
            raise Unavailable("planning.kernel_refuses", why=str(failed)) from failed
        tables = (lib.Table * max(1, len(packed.tables)))()
        kept = [(ctypes.c_int32 * len(each)).from_buffer(each) for each in packed.tables]
        for table, cells in zip(tables, kept, strict=False):
            table.numbers, table.count = ctypes.cast(cells, ctypes.POINTER(ctypes.c_int32)), len(cells)
        why = ctypes.create_string_buffer(_WHY)
        handle = self.library.kernel_open(_address(packed.words), len(packed.words), tables, len(packed.tables), why, _WHY)
        if not handle:
            raise Unavailable("planning.kernel_refuses", why=why.value.decode("utf-8", "replace") or "memory is short")
        return int(handle)

    def search(self, seed: int) -> "Search":
        """A search over the problem."""
        return Search(self, seed)


class Search:
    """One search: a plan as it stands, and the best one so far."""

    def __init__(self, kernel: Kernel, seed: int) -> None:
        self.kernel, self._library = kernel, kernel.library
        handle = self._library.kernel_search_open(kernel.handle, seed & (1 << 64) - 1)
        if not handle:
            raise Unavailable("planning.kernel_refuses", why="memory is short")
        self._handle = int(handle)
        weakref.finalize(self, _close_search, kernel, self._handle)
        self._room = len(kernel.numbers.tasks) + len(kernel.numbers.shifts)

    # The plan ----------------------------------------------------------------------------------------------------

    def set_plan(self, routes: Mapping[ShiftId, Sequence[Step]]) -> None:
        """Goes on from this plan, what breaks rules taken out of it. Raises ValueError where it is none or moves what locks fix."""
        self._say("kernel_set_plan", routes)

    def put_plan(self, routes: Mapping[ShiftId, Sequence[Step]]) -> None:
        """Takes this plan as it is, to be asked about. Raises ValueError where it is none."""
        self._say("kernel_put_plan", routes)

    def _say(self, function: str, routes: Mapping[ShiftId, Sequence[Step]]) -> None:
        words = self.kernel.numbers.plan(routes)
        if getattr(self._library, function)(self._handle, _address(words), len(words)) < 0:
            raise ValueError("these routes are no plan of the problem, or move what is fixed")

    def construct(self, flag: Flag | None = None) -> None:
        """Puts in what fits, greedily."""
        self._library.kernel_construct(self._handle, _flag(flag))

    def anneal(self, terms: lib.AnnealTerms, flag: Flag | None = None) -> int:
        """Searches; how many iterations were made."""
        return int(self._library.kernel_anneal(self._handle, ctypes.byref(terms), _flag(flag)))

    def restart(self) -> None:
        """Goes on from the best plan."""
        self._library.kernel_restart(self._handle)

    def adopt(self, other: "Search") -> None:
        """Goes on from the plan as it stands in another search of the same problem; neither may be at work."""
        self._library.kernel_adopt(self._handle, other._handle)

    def present_value(self) -> int:
        """A value in which the plans as they stand in two searches may be compared: less is better."""
        return int(self._library.kernel_present_value(self._handle))

    def near_price(self) -> float:
        """The mean price of the ways to the ten nearest tasks: a temperature."""
        return float(self._library.kernel_near_price(self._handle))

    def worth(self) -> tuple[int, int, int]:
        """Broken rules, cost and number of the best plan; the number grows with each better one. NO_PRICE: there is none yet."""
        found = (ctypes.c_int64 * 3)()
        at = ctypes.addressof(found)
        self._library.kernel_best_worth(self._handle, *(_pointer(at + 8 * each) for each in range(3)))
        return found[0], found[1], found[2]

    def best(self) -> dict[ShiftId, tuple[Step, ...]]:
        """The best plan."""
        words = array("q", bytes(8 * self._room))
        count = self._library.kernel_best_plan(self._handle, _address(words), len(words))
        return self.kernel.numbers.routes(words[:count])

    # Questions ---------------------------------------------------------------------------------------------------

    def timeline(self, shift: ShiftId, steps: Sequence[Step]) -> Timeline:
        """What becomes of a route, as `domain.schedule.timeline` says it. Raises ValueError for steps that are none of the problem's."""
        terms = self.kernel.shifts[shift]
        if not steps:
            return Timeline(shift=shift, leaves=terms.starts, ends=terms.starts)
        words = array("q", self.kernel.numbers.steps(steps))
        halts, pauses = (lib.Halt * len(steps))(), (lib.Pause * (len(terms.breaks) + 1))()
        room = 8 * len(steps) + len(terms.breaks) + 8
        violations = (lib.Broken * room)()
        out = lib.TimelineOut(violation_room=room, halts=halts, pauses=pauses, violations=violations)
        number = self.kernel.numbers.shift[shift]
        if self._library.kernel_timeline_of(self._handle, number, _address(words), len(words), ctypes.byref(out)) < 0:
            raise ValueError("these steps are none of the problem's")
        return self._timeline(shift, steps, out)

    def _timeline(self, shift: ShiftId, steps: Sequence[Step], out: lib.TimelineOut) -> Timeline:
        halts = [_halt(step.task, self.kernel.terms[step.task].service, out.halts[index]) for index, step in enumerate(steps)]
        pauses = [out.pauses[index] for index in range(out.pause_count)]
        return Timeline(
            shift=shift,
            leaves=Millis(out.leaves),
            ends=Millis(out.ends),
            halts=tuple(halts),
            breaks=tuple(TakenBreak(after=each.after, begin=Millis(each.begin), end=Millis(each.end)) for each in pauses),
            meters=Meters(out.metres),
            overtime=Millis(out.overtime),
            peak=_load(out.peak),
            violations=tuple(self._violation(shift, out.violations[index]) for index in range(out.violation_count)),
            travel_cost=Cost(out.travel_cost),
            late_cost=Cost(out.late_cost),
        )

    def _violation(self, shift: ShiftId, broken: lib.Broken) -> Violation:
        kind, task = KINDS[broken.kind], None if broken.task < 0 else self.kernel.numbers.tasks[broken.task]
        missing: frozenset[str] = frozenset()
        if task is not None and kind is ViolationKind.SKILL:
            missing = self.kernel.terms[task].skills - self.kernel.shifts[shift].skills
        elif task is not None and kind is ViolationKind.FEATURE:
            missing = self.kernel.terms[task].features - self.kernel.shifts[shift].features
        measure = MEASURES[broken.measure] if broken.measure >= 0 else ""
        return Violation(kind=kind, task=task, amount=broken.amount, measure=measure, missing=tuple(sorted(missing)))

    def places(self, task: TaskId) -> list[Place]:
        """The best place of a task in each shift's route of the plan that was put, the least broken one where none fits; none for closed routes.
        The task must be in no route (ValueError)."""
        found = (lib.PlacementOut * max(1, len(self.kernel.numbers.shifts)))()
        count = self._library.kernel_placements(self._handle, self.kernel.numbers.task[task], found)
        if count < 0:
            raise ValueError("the task is in a route")
        return [self._place(each) for each in found[:count] if each.position >= 0]

    def positions(self, task: TaskId, shift: ShiftId, steps: int) -> list[Place]:
        """Every place of a task in the route of a shift, which has so many steps; empty for a closed one. The task must be in no route."""
        found = (lib.PlacementOut * (3 * steps + 3))()
        count = self._library.kernel_positions(self._handle, self.kernel.numbers.task[task], self.kernel.numbers.shift[shift], found)
        return [self._place(each) for each in found[: max(0, count)]]

    def _place(self, out: lib.PlacementOut) -> Place:
        shift = self.kernel.numbers.shifts[out.shift]
        return Place(shift, out.position, out.loading == 1, out.loading == 2, Cost(out.price), out.broken, out.excess)


def _close_search(kernel: Kernel, handle: int) -> None:
    """Closes a search before its problem, which it keeps open until then."""
    kernel.library.kernel_search_close(handle)


def _address(words: "array[int]") -> "ctypes._Pointer[ctypes.c_int64]":
    return _pointer(words.buffer_info()[0])


def _pointer(address: int) -> "ctypes._Pointer[ctypes.c_int64]":
    return ctypes.cast(address, ctypes.POINTER(ctypes.c_int64))


def _flag(flag: Flag | None) -> "ctypes._Pointer[ctypes.c_int32] | None":
    return None if flag is None else ctypes.pointer(flag.word)


def _load(load: Sequence[int]) -> Load:
    return Load(Grams(load[0]), Cubic(load[1]), load[2])


def _halt(task: TaskId, service: int, out: lib.Halt) -> Halt:
    return Halt(
        task=task,
        arrival=Millis(out.arrival),
        begin=Millis(out.begin),
        departure=Millis(out.begin + service),
        late=Millis(out.late),
        meters=Meters(out.metres),
        load=_load(out.load),
        window=None if out.window < 0 else out.window,
        reload_begin=None if out.reload_begin == NEVER else Millis(out.reload_begin),
    )
