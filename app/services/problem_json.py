"""The strict JSON form of problems, progress and solutions: what crosses to the optimiser's process and what a bug report attaches.

Matrices are base64 of zlib of int32, little-endian, row by row; between processes they go beside the text (`problem_parcel`). Nothing unknown is let in: an
extra field, a wrong type, an unknown reference or a size that does not agree is `Malformed` with its path. The schemas lie in `resources/schemas/`.
"""

import base64
import binascii
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.errors import Malformed
from app.domain.ids import ShiftId, TaskId
from app.domain.roads import UNREACHABLE, Profile, TravelTable
from app.domain.schedule import ShiftTerms, TaskTerms
from app.domain.units import Millis
from app.services.plain import from_plain, load, to_json, to_plain
from app.services.problem import PROBLEM_VERSION, Problem, Progress, RoutePlan, Solution, Stability, Wishes

MAX_PLACES = 20_000
"""More rows than any table has; keeps a damaged size from asking for endless memory."""


Packing = Callable[[Sequence[int]], str]
"""The text that stands for a matrix."""
Unpacking = Callable[[str, int, str], Sequence[int]]
"""The matrix that a text stands for, so many numbers, found at a path. Raises Malformed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A travel table on the wire."""

    profile: Profile
    size: int
    begins: tuple[Millis, ...]
    durations: tuple[str, ...]
    distances: tuple[str, ...]
    source: str = ""
    roads: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wire:
    """A problem on the wire."""

    version: int
    day: date
    zone: str
    tasks: tuple[TaskTerms, ...]
    shifts: tuple[ShiftTerms, ...]
    travel: tuple[_Table, ...]
    start: tuple[RoutePlan, ...] = ()
    stability: Stability = field(default_factory=Stability)
    begin: tuple[RoutePlan, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    seed: int = 1


def problem_to_json(problem: Problem, packing: Packing | None = None) -> str:
    """One line of JSON, whole in itself unless another `packing` leaves the matrices out. Raises OverflowError for a number in one beyond 32 bits."""
    wire = _Wire(
        version=problem.version,
        day=problem.day,
        zone=problem.zone,
        tasks=problem.tasks,
        shifts=problem.shifts,
        travel=tuple(_packed(table, packing or pack) for table in problem.travel.values()),
        start=problem.start,
        stability=problem.stability,
        begin=problem.begin,
        wishes=problem.wishes,
        seed=problem.seed,
    )
    return to_json(wire)


def problem_from_json(text: str, unpacking: Unpacking | None = None) -> Problem:
    """The problem of that JSON, everything checked. Raises Malformed with the path of what is wrong."""
    plain = load(text)
    if isinstance(plain, dict) and plain.get("version", PROBLEM_VERSION) != PROBLEM_VERSION:
        raise Malformed("problem.version", found=str(plain["version"]), needed=PROBLEM_VERSION)
    wire = from_plain(_Wire, plain)
    problem = Problem(
        day=wire.day,
        zone=wire.zone,
        tasks=wire.tasks,
        shifts=wire.shifts,
        travel={table.roads or table.profile.value: _unpacked(table, f"travel[{index}]", unpacking or unpack) for index, table in enumerate(wire.travel)},
        start=wire.start,
        stability=wire.stability,
        begin=wire.begin,
        wishes=wire.wishes,
        seed=wire.seed,
        version=wire.version,
    )
    check(problem)
    return problem


def solution_to_plain(solution: Solution) -> Any:
    """The solution as JSON data."""
    return to_plain(solution)


def solution_from_json(text: str) -> Solution:
    """The solution of that JSON. Raises Malformed."""
    return from_plain(Solution, load(text))


def progress_to_json(progress: Progress) -> str:
    """One line of JSON."""
    return to_json(progress)


def progress_from_plain(plain: object) -> Progress:
    """The progress of that JSON data. Raises Malformed."""
    return from_plain(Progress, plain)


# Matrices ------------------------------------------------------------------------------------------------------------


def _packed(table: TravelTable, packing: Packing) -> _Table:
    return _Table(
        profile=table.profile,
        size=table.size,
        begins=table.begins,
        durations=tuple(map(packing, table.durations)),
        distances=tuple(map(packing, table.distances)),
        source=table.source,
        roads=table.roads,
    )


def _unpacked(table: _Table, where: str, unpacking: Unpacking) -> TravelTable:
    if not 1 <= table.size <= MAX_PLACES:
        raise Malformed("problem.out_of_range", where=f"{where}.size", found=table.size)
    cells = table.size * table.size
    return TravelTable(
        profile=table.profile,
        size=table.size,
        begins=table.begins,
        durations=tuple(unpacking(each, cells, f"{where}.durations[{band}]") for band, each in enumerate(table.durations)),
        distances=tuple(unpacking(each, cells, f"{where}.distances[{band}]") for band, each in enumerate(table.distances)),
        source=table.source,
        roads=table.roads,
    )


def pack(numbers: Sequence[int]) -> str:
    """Whole numbers as text. Raises OverflowError for one beyond 32 bits."""
    return base64.b64encode(zlib.compress(little_endian(array("i", numbers)).tobytes(), 1)).decode("ascii")


def unpack(text: str, count: int, where: str) -> Sequence[int]:
    """The numbers of `pack`; there must be exactly `count`. Raises Malformed."""
    try:
        unzip = zlib.decompressobj()
        raw = unzip.decompress(base64.b64decode(text, validate=True), count * 4 + 1)
    except (binascii.Error, ValueError, zlib.error) as wrong:
        raise Malformed("problem.no_matrix", where=where) from wrong
    if len(raw) != count * 4 or not unzip.eof:
        raise Malformed("problem.size", where=where, needed=count, found=len(raw) // 4)
    cells = array("i")
    cells.frombytes(raw)
    return checked_cells(little_endian(cells), where)


def little_endian(cells: "array[int]") -> "array[int]":
    """The cells between this machine's order of bytes and that of the wire; swapped in place where the two differ."""
    if sys.byteorder == "big":
        cells.byteswap()
    return cells


def checked_cells(cells: "array[int]", where: str) -> "array[int]":
    """The cells of a matrix. Raises Malformed for a number below UNREACHABLE."""
    # Bytes in C first: looking at each of ten million numbers takes five times as long. A negative number has its highest bit set.
    highest = cells.tobytes()[3 if sys.byteorder == "little" else 0 :: 4]
    if not highest.isascii() and min(cells) < UNREACHABLE:
        raise Malformed("problem.out_of_range", where=where, found=min(cells))
    return cells


# Checks --------------------------------------------------------------------------------------------------------------


def check(problem: Problem) -> None:
    """Raises Malformed where references, sizes or orders of a problem do not agree."""
    size = 0
    for name, table in problem.travel.items():
        where = f"travel.{name}"
        size = size or table.size
        _agree(f"{where}.size", size, table.size)
        _agree(f"{where}.durations", len(table.begins), len(table.durations))
        _agree(f"{where}.distances", len(table.begins), len(table.distances))
        if not table.begins or list(table.begins) != sorted(set(table.begins)):
            raise Malformed("problem.not_in_order", where=f"{where}.begins")
    tasks = _unique("tasks", [task.id for task in problem.tasks])
    shifts = _unique("shifts", [shift.id for shift in problem.shifts])
    for index, task in enumerate(problem.tasks):
        _check_task(f"tasks[{index}]", task, size, tasks, shifts)
    for index, shift in enumerate(problem.shifts):
        _check_shift(f"shifts[{index}]", shift, size, problem)
    _check_routes("start", problem.start, tasks, shifts)
    _check_routes("begin", problem.begin, tasks, shifts)
    _check_wishes(problem.wishes, tasks, shifts)


def _agree(where: str, needed: int, found: int) -> None:
    if needed != found:
        raise Malformed("problem.size", where=where, needed=needed, found=found)


def _unique(where: str, names: list[Any]) -> frozenset[Any]:
    seen: set[Any] = set()
    for index, name in enumerate(names):
        if name in seen:
            raise Malformed("problem.twice", where=f"{where}[{index}]", name=str(name))
        seen.add(name)
    return frozenset(seen)


def _known(where: str, name: str, names: frozenset[Any]) -> None:
    if name not in names:
        raise Malformed("problem.unknown_name", where=where, name=name)


def _within(where: str, number: int, low: int, high: int | None = None) -> None:
    if number < low or (high is not None and number > high):
        raise Malformed("problem.out_of_range", where=where, found=number)


def _check_task(where: str, task: TaskTerms, size: int, tasks: frozenset[TaskId], shifts: frozenset[ShiftId]) -> None:
    _within(f"{where}.place", task.place, 0, max(0, size - 1))
    _within(f"{where}.service", task.service, 0)
    _within(f"{where}.unplanned_price", task.unplanned_price, 0)
    for name, number in (("weight", task.load.weight), ("volume", task.load.volume), ("pieces", task.load.pieces)):
        _within(f"{where}.load.{name}", number, 0)
    closed: int | None = None
    for index, window in enumerate(task.windows):
        if window.closes < window.opens or (closed is not None and window.opens <= closed):
            raise Malformed("problem.not_in_order", where=f"{where}.windows[{index}]")
        _within(f"{where}.windows[{index}].late_price", window.late_price or 0, 0)
        closed = window.closes
    if task.after is not None:
        _known(f"{where}.after", task.after, tasks - {task.id})
    for shift in [*task.never, *([task.only] if task.only is not None else [])]:
        _known(f"{where}.never" if shift in task.never else f"{where}.only", shift, shifts)


def _check_shift(where: str, shift: ShiftTerms, size: int, problem: Problem) -> None:
    if shift.travels not in problem.travel:
        raise Malformed("problem.unknown_name", where=f"{where}.profile", name=shift.travels)
    for name, row in (("start", shift.start), ("end", shift.end), ("depot", shift.depot)):
        if row is not None:
            _within(f"{where}.{name}", row, 0, size - 1)
    if not shift.starts <= shift.ends <= shift.latest_end:
        raise Malformed("problem.not_in_order", where=f"{where}.ends")
    for name in ("fixed_price", "meter_price", "milli_price", "overtime_price", "reloads", "reload"):
        _within(f"{where}.{name}", getattr(shift, name), 0)
    for name in ("weight", "volume", "pieces"):
        _within(f"{where}.capacity.{name}", getattr(shift.capacity, name) or 0, 0)
    before: int | None = None
    for index, pause in enumerate(shift.breaks):
        if pause.latest < pause.earliest or pause.length < 0 or (before is not None and pause.earliest < before):
            raise Malformed("problem.not_in_order", where=f"{where}.breaks[{index}]")
        before = pause.earliest


def _check_wishes(wishes: Wishes, tasks: frozenset[TaskId], shifts: frozenset[ShiftId]) -> None:
    for name in ("fair", "beyond_price"):
        _within(f"wishes.{name}", getattr(wishes, name), 0)
    _unique("wishes.likings", [(each.task, each.shift) for each in wishes.likings])
    for index, each in enumerate(wishes.likings):
        where = f"wishes.likings[{index}]"
        _known(f"{where}.task", each.task, tasks)
        _known(f"{where}.shift", each.shift, shifts)
        _within(f"{where}.price", each.price, 0)


def _check_routes(name: str, of: Iterable[RoutePlan], tasks: frozenset[TaskId], shifts: frozenset[ShiftId]) -> None:
    used: set[TaskId] = set()
    routes = list(of)
    _unique(name, [route.shift for route in routes])
    for index, route in enumerate(routes):
        where = f"{name}[{index}]"
        _known(f"{where}.shift", route.shift, shifts)
        _within(f"{where}.fixed", route.fixed, 0, len(route.steps))
        for at, step in enumerate(route.steps):
            _known(f"{where}.steps[{at}].task", step.task, tasks)
            if step.task in used:
                raise Malformed("problem.twice", where=f"{where}.steps[{at}].task", name=step.task)
            used.add(step.task)
        for task in route.stay:
            _known(f"{where}.stay", task, frozenset(step.task for step in route.steps))
