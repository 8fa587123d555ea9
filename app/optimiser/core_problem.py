"""A problem as the kernel's words and tables: the order in which `kernel/words.c` reads them."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import TravelTable
from app.domain.schedule import ShiftTerms, Step, TaskTerms
from app.optimiser.core_library import ABI
from app.services.problem import Problem, RoutePlan, Wishes

KINDS = {TaskKind.DELIVERY: 0, TaskKind.PICKUP: 1, TaskKind.RETURN: 2}
NONE = -1
_BITS = 63
"""Names in a word of a mask: the sign is left alone."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The words, and the travel tables: durations band by band, then distances."""

    words: "array[int]"
    tables: "list[array[int]]"


class Numbers:
    """Tasks and shifts by number, and back."""

    def __init__(self, problem: Problem) -> None:
        self.tasks = [task.id for task in problem.tasks]
        self.shifts = [shift.id for shift in problem.shifts]
        self.task: Mapping[TaskId, int] = {task: number for number, task in enumerate(self.tasks)}
        self.shift: Mapping[ShiftId, int] = {shift: number for number, shift in enumerate(self.shifts)}

    def steps(self, steps: Iterable[Step]) -> list[int]:
        """Steps as the kernel writes them."""
        return [self.task[step.task] * 2 + step.reload_before for step in steps]

    def plan(self, routes: Mapping[ShiftId, Sequence[Step]]) -> "array[int]":
        """A plan as the kernel reads it: for each shift a count and its steps."""
        words = array("q")
        for shift in self.shifts:
            steps = self.steps(routes.get(shift, ()))
            words.append(len(steps))
            words.extend(steps)
        return words

    def routes(self, words: Sequence[int]) -> dict[ShiftId, tuple[Step, ...]]:
        """The routes of such a plan, those without steps too."""
        found, at = {}, 0
        for shift in self.shifts:
            count, at = words[at], at + 1
            found[shift] = tuple(Step(self.tasks[step >> 1], bool(step & 1)) for step in words[at : at + count])
            at += count
        return found


def pack(problem: Problem, numbers: Numbers) -> Packed:
    """The problem's words and tables. Raises OverflowError where a number is beyond 64 bits (32 in a table)."""
    tables = list(problem.travel)
    skills = _Names({name for task in problem.tasks for name in task.skills} | {name for shift in problem.shifts for name in shift.skills})
    features = _Names({name for task in problem.tasks for name in task.features} | {name for shift in problem.shifts for name in shift.features})
    size = max(skills.size, features.size)
    words = array("q", [ABI, len(tables)])
    for table in problem.travel.values():
        words.extend([table.size, len(table.begins), *table.begins])
    words.extend([len(problem.tasks), len(problem.shifts), size])
    for task in problem.tasks:
        words.extend([*_task(task, numbers), *skills.mask(task.skills, size), *features.mask(task.features, size)])
    for shift in problem.shifts:
        words.extend([*_shift(shift, tables), *skills.mask(shift.skills, size), *features.mask(shift.features, size)])
    words.extend(_start(problem, numbers))
    stability = problem.stability
    words.extend([stability.per_driver_change, stability.per_order_change, _or_none(stability.at_most)])
    words.extend(_wishes(problem.wishes, numbers))
    return Packed(words, [each for table in problem.travel.values() for each in _tables(table)])


class _Names:
    """Names as bits."""

    def __init__(self, names: set[str]) -> None:
        self._bits = {name: bit for bit, name in enumerate(sorted(names))}
        self.size = max(1, -(-len(names) // _BITS))

    def mask(self, names: Iterable[str], size: int) -> list[int]:
        """The words of a set of names."""
        words = [0] * size
        for name in names:
            words[self._bits[name] // _BITS] |= 1 << self._bits[name] % _BITS
        return words


def _or_none(number: int | None) -> int:
    return NONE if number is None else number


def _tables(table: TravelTable) -> "list[array[int]]":
    return [_cells(each) for each in (*table.durations, *table.distances)]


def _cells(numbers: Sequence[int]) -> "array[int]":
    """The numbers as they lie in memory; those of an array are not copied."""
    if isinstance(numbers, array) and numbers.typecode == "i" and numbers.itemsize == 4:
        return numbers
    return array("i", numbers)


def _measures(load: Load) -> list[int]:
    return [load.weight, load.volume, load.pieces]


def _limits(capacity: Capacity) -> list[int]:
    return [_or_none(capacity.weight), _or_none(capacity.volume), _or_none(capacity.pieces)]


def _task(task: TaskTerms, numbers: Numbers) -> list[int]:
    after = NONE if task.after is None else numbers.task[task.after]
    only = NONE if task.only is None else numbers.shift[task.only]
    windows = [word for each in task.windows for word in (each.opens, each.closes, _or_none(each.late_price))]
    never = sorted(numbers.shift[each] for each in task.never)
    own = [task.place, KINDS[task.kind], task.service, *_measures(task.load), after, only, task.unplanned_price]
    return [*own, len(task.windows), *windows, len(never), *never]


def _shift(shift: ShiftTerms, tables: Sequence[str]) -> list[int]:
    breaks = [word for each in shift.breaks for word in (each.earliest, each.latest, each.length)]
    places = [tables.index(shift.travels), shift.start, _or_none(shift.end), _or_none(shift.depot)]
    prices = [shift.fixed_price, shift.meter_price, shift.milli_price, shift.overtime_price]
    return [
        *places,
        *(shift.starts, shift.ends, shift.latest_end),
        *_limits(shift.capacity),
        *(len(shift.breaks), *breaks),
        *(_or_none(shift.max_distance), _or_none(shift.max_duration)),
        *(shift.reloads, shift.reload),
        *prices,
        int(shift.under_way),
    ]


def _wishes(wishes: Wishes, numbers: Numbers) -> Iterable[int]:
    """The fair share and its price, then what each task costs with each shift that it would rather not go with."""
    yield from (wishes.fair, wishes.beyond_price, len(wishes.likings))
    for each in wishes.likings:
        yield from (numbers.task[each.task], numbers.shift[each.shift], each.price)


def _start(problem: Problem, numbers: Numbers) -> Iterable[int]:
    """The plan as it stands, shift by shift: steps, how many are fixed, whether it is closed, what must stay."""
    start = {route.shift: route for route in problem.start}
    for shift in numbers.shifts:
        route = start.get(shift) or RoutePlan(shift=shift)
        yield from (len(route.steps), route.fixed, int(route.closed))
        for step in route.steps:
            yield from (numbers.task[step.task], int(step.reload_before))
        stay = sorted(numbers.task[task] for task in route.stay)
        yield from (len(stay), *stay)
