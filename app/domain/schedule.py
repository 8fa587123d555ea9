"""The one time arithmetic: a route and travel times in; arrivals, waiting, lateness, load, cost and violations out.

The map preview, the table, the handlers, the judge of every plan, the command line and the reports all call `timeline`. Everything is whole
milliseconds, metres, grams, cubic centimetres and costs, and every division rounds down, so that an engine in another language can equal it to the last digit.

The rules, each in its own module: travel through the bands of the day (`schedule_travel`), windows (`schedule_windows`), pauses (`schedule_pass`), loads
(`schedule_loads`). **Leaving**: a vehicle leaves as late as it can without ending later, serving anything later than its window allows or later after it than
it must be, or beginning a pause after its `latest` — so it waits at its start rather than at doors; which pauses fall where is settled as if it left at
`starts`. A vehicle under way leaves at `starts`.

**A leg without a road** takes no time and no metres, is a violation, and the rest of the route goes on.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from app.domain.ids import TaskId
from app.domain.roads import TravelTable
from app.domain.schedule_loads import OnBoard, on_board, peak_load
from app.domain.schedule_pass import STANDING, Pass, run
from app.domain.schedule_travel import latest_departure
from app.domain.schedule_values import (
    BreakTerms,
    Halt,
    ShiftTerms,
    Step,
    TakenBreak,
    TaskTerms,
    Timeline,
    TimeWindow,
    Violation,
    ViolationKind,
)
from app.domain.units import Cost, Meters, Millis

__all__ = ["BreakTerms", "Halt", "ShiftTerms", "Step", "TakenBreak", "TaskTerms", "TimeWindow", "Timeline", "Violation", "ViolationKind", "timeline"]


def timeline(shift: ShiftTerms, steps: Sequence[Step], tasks: Mapping[TaskId, TaskTerms], travel: TravelTable) -> Timeline:
    """What becomes of a route of this shift; `travel` is the table of the shift's profile. Raises KeyError for an unknown task."""
    if not steps:
        return Timeline(shift=shift.id, leaves=shift.starts, ends=shift.starts)
    terms = [tasks[step.task] for step in steps]
    reloads = [step.reload_before for step in steps]
    found = _timed(shift, terms, reloads, travel)
    loads = on_board(terms, reloads, shift.capacity)
    meters = sum(found.meters) + found.meters_home
    overtime = max(0, found.ends - shift.ends)
    travel_cost, late_cost = _costs(shift, terms, found, meters, overtime)
    return Timeline(
        shift=shift.id,
        leaves=Millis(found.leaves),
        ends=Millis(found.ends),
        halts=_halts(terms, found, loads),
        breaks=tuple(TakenBreak(after=after, begin=Millis(begin), end=Millis(end)) for after, begin, end in found.pauses),
        meters=Meters(meters),
        overtime=Millis(overtime),
        peak=peak_load(loads),
        violations=tuple(_violations(shift, terms, reloads, found, loads, meters, tasks)),
        travel_cost=Cost(travel_cost),
        late_cost=Cost(late_cost),
    )


def _timed(shift: ShiftTerms, terms: list[TaskTerms], reloads: list[bool], travel: TravelTable) -> Pass:
    """The pass that counts: leaving as late as the rule allows."""
    early = run(shift, terms, reloads, travel, shift.starts)
    if shift.under_way:
        return early
    leaves = latest_leaving(early, travel)
    return early if leaves == early.leaves else run(shift, terms, reloads, travel, leaves, early.slots)


def latest_leaving(early: Pass, travel: TravelTable) -> int:
    """The latest leaving that makes nothing of a pass later that may not be: back through its trace from its end."""
    latest = early.ends
    only = travel.durations[0] if len(travel.begins) == 1 else None
    for leg, span, limit in reversed(early.trace):
        if leg == STANDING:
            latest = latest - span if latest - span < limit else limit
        elif only is not None:
            latest -= only[leg]
        else:
            latest = latest_departure(travel, leg, latest, span)
    return latest


def _costs(shift: ShiftTerms, terms: list[TaskTerms], found: Pass, meters: int, overtime: int) -> tuple[int, int]:
    """Fixed, distance, time and overtime together; and the price of lateness."""
    travel = shift.fixed_price + meters * shift.meter_price + (found.ends - found.leaves) * shift.milli_price + overtime * shift.overtime_price
    late = sum(found.late[index] * (terms[index].windows[found.window[index]].late_price or 0) for index, late in enumerate(found.late) if late)
    return travel, late


def _halts(terms: list[TaskTerms], found: Pass, loads: OnBoard) -> tuple[Halt, ...]:
    # Cast list by list: NewType calls for each number would take as long as the halts themselves.
    departures = [begin + task.service for begin, task in zip(found.begin, terms, strict=True)]
    times = cast(list[list[Millis]], [found.arrival, found.begin, departures, found.late])
    rows = zip(terms, *times, cast(list[Meters], found.meters), found.window, cast(list[Millis | None], found.reload), loads.after, strict=True)
    return tuple(
        Halt(
            task=task.id,
            arrival=arrival,
            begin=begin,
            departure=departure,
            late=late,
            meters=meters,
            load=load,
            window=window if window >= 0 else None,
            reload_begin=reload,
        )
        for task, arrival, begin, departure, late, meters, window, reload, load in rows
    )


def _violations(
    shift: ShiftTerms, terms: list[TaskTerms], reloads: list[bool], found: Pass, loads: OnBoard, meters: int, tasks: Mapping[TaskId, TaskTerms]
) -> list[Violation]:
    """Every broken rule: of the tasks in driving order, then of the load, then of the whole route."""
    broken: list[Violation] = []
    seen: set[TaskId] = set()
    reloaded = 0
    for index, task in enumerate(terms):
        _of_task(shift, task, seen, tasks, broken)
        if found.late[index] and task.windows[found.window[index]].late_price is None:
            broken.append(Violation(kind=ViolationKind.LATE, task=task.id, amount=found.late[index]))
        if reloads[index]:
            reloaded += 1
            if shift.depot is None or reloaded > shift.reloads:
                broken.append(Violation(kind=ViolationKind.RELOAD, task=task.id))
        seen.add(task.id)
    broken += [Violation(kind=ViolationKind.UNREACHABLE, task=terms[halt].id if halt < len(terms) else None) for halt in found.unreachable]
    return broken + loads.violations + _of_route(shift, found, meters)


def _of_task(shift: ShiftTerms, task: TaskTerms, seen: set[TaskId], tasks: Mapping[TaskId, TaskTerms], broken: list[Violation]) -> None:
    if task.skills and not task.skills <= shift.skills:
        broken.append(Violation(kind=ViolationKind.SKILL, task=task.id, missing=tuple(sorted(task.skills - shift.skills))))
    if task.features and not task.features <= shift.features:
        broken.append(Violation(kind=ViolationKind.FEATURE, task=task.id, missing=tuple(sorted(task.features - shift.features))))
    if shift.id in task.never or (task.only is not None and task.only != shift.id):
        broken.append(Violation(kind=ViolationKind.FORBIDDEN, task=task.id))
    if task.after is not None and task.after not in seen and task.after in tasks:
        broken.append(Violation(kind=ViolationKind.PRECEDENCE, task=task.id))


def _of_route(shift: ShiftTerms, found: Pass, meters: int) -> list[Violation]:
    broken = []
    breaks = [each for each in shift.breaks if each.latest >= shift.starts]
    for pause, (_, begin, _) in zip(breaks, found.pauses, strict=False):
        if begin > pause.latest:
            broken.append(Violation(kind=ViolationKind.BREAK, amount=begin - pause.latest))
    if found.ends > shift.latest_end:
        broken.append(Violation(kind=ViolationKind.SHIFT, amount=found.ends - shift.latest_end))
    if shift.max_distance is not None and meters > shift.max_distance:
        broken.append(Violation(kind=ViolationKind.DISTANCE, amount=meters - shift.max_distance))
    if shift.max_duration is not None and found.ends - found.leaves > shift.max_duration:
        broken.append(Violation(kind=ViolationKind.DURATION, amount=found.ends - found.leaves - shift.max_duration))
    return broken
