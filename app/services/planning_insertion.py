"""The best place of a task in a route: candidates by a quick look at slack, the best few priced by the timeline itself.

The quick look is exact for what it rejects (arriving later is never better) as long as no pause lies in the route; what it lets through is judged by
`domain.schedule`. The price of an insertion is the difference of two timelines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE, TravelTable
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Timeline, timeline
from app.domain.schedule_pass import NO_LIMIT, Pass, run
from app.domain.schedule_travel import arrival, latest_departure
from app.domain.schedule_windows import settle
from app.domain.units import Cost
from app.services.problem import Problem

LOOKED_AT = 5
"""How many candidates of a route are priced exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """A task put into a route: where, what the route then is, and what that costs more. `breaks` counts the broken rules that the
    route did not break before (0: it fits)."""

    shift: ShiftId
    position: int
    steps: tuple[Step, ...]
    price: Cost
    timeline: Timeline
    breaks: int
    excess: int
    """Sum of the amounts of all broken rules, to compare insertions that do not fit."""


@dataclass(slots=True)
class Slack:
    """What a route leaves open: its earliest times, and how late each halt may be reached without breaking a rule."""

    shift: ShiftTerms
    steps: tuple[Step, ...]
    terms: list[TaskTerms]
    table: TravelTable
    early: Pass
    latest: list[int]
    now: Timeline
    fixed: int


def slack_of(problem: Problem, tasks: Mapping[TaskId, TaskTerms], shift: ShiftTerms, steps: Sequence[Step], fixed: int = 0) -> Slack:
    """The slack of a route whose first `fixed` steps may not move."""
    table = problem.travel[shift.travels]
    terms = [tasks[step.task] for step in steps]
    early = run(shift, terms, [step.reload_before for step in steps], table, shift.starts)
    latest = _latest(shift, terms, steps, table, early)
    return Slack(shift, tuple(steps), terms, table, early, latest, timeline(shift, steps, tasks, table), fixed)


def _latest(shift: ShiftTerms, terms: list[TaskTerms], steps: Sequence[Step], table: TravelTable, early: Pass) -> list[int]:
    """Latest arrival at each halt, from the end backwards; never earlier than it is reached now."""
    latest = [0] * len(terms)
    leave: int = shift.latest_end
    for index in range(len(terms) - 1, -1, -1):
        task = terms[index]
        done = early.begin[index] + task.service
        if index == len(terms) - 1:
            leave = shift.latest_end if shift.end is None else _back(table, task.place, shift.end, shift.latest_end, done)
        elif steps[index + 1].reload_before and shift.depot is not None:
            dock = early.reload[index + 1] or done
            leave = _back(table, shift.depot, terms[index + 1].place, latest[index + 1], dock + shift.reload) - shift.reload
            leave = _back(table, task.place, shift.depot, leave, done)
        else:
            leave = _back(table, task.place, terms[index + 1].place, latest[index + 1], done)
        latest[index] = max(early.arrival[index], min(leave - task.service, _closes(task)))
    return latest


def _back(table: TravelTable, start: int, end: int, arrives: int, not_before: int) -> int:
    if start == end:
        return max(arrives, not_before)
    leg = start * table.size + end
    if arrival(table, leg, not_before) > arrives:
        return not_before
    return latest_departure(table, leg, arrives, not_before)


def _closes(task: TaskTerms) -> int:
    """After which arrival no window is kept any more; priced windows never close."""
    if not task.windows or any(window.late_price is not None for window in task.windows):
        return NO_LIMIT
    return task.windows[-1].closes


def allowed(shift: ShiftTerms, task: TaskTerms) -> bool:
    """Whether the shift may and can serve the task at all: skills, features, assignment, and its load alone."""
    if task.only is not None and task.only != shift.id:
        return False
    return task.skills <= shift.skills and task.features <= shift.features and shift.id not in task.never and shift.capacity.fits(task.load)


def _full(slack: Slack, task: TaskTerms) -> bool:
    """Whether a plain delivery is too much for a route that only delivers and never reloads: then no position helps."""
    if task.kind is not TaskKind.DELIVERY or task.after is not None or any(step.reload_before for step in slack.steps):
        return False
    return not slack.shift.capacity.fits(slack.now.peak + task.load) and all(each.kind is TaskKind.DELIVERY for each in slack.terms)


def _candidates(slack: Slack, task: TaskTerms, first: int) -> list[tuple[int, int]]:
    """Positions that look possible, as (rough price, position), cheapest first."""
    found = []
    for position in range(max(first, slack.fixed), len(slack.steps) + 1):
        rough = _rough(slack, task, position)
        if rough is not None:
            found.append((rough, position))
    found.sort()
    return found


def _rough(slack: Slack, task: TaskTerms, position: int) -> int | None:
    """A rough price of a position; None where a leg is missing, a window is over or what follows would break."""
    shift, table, early = slack.shift, slack.table, slack.early
    before = slack.terms[position - 1] if position else None
    here = shift.start if before is None else before.place
    leaves = shift.starts if before is None else early.begin[position - 1] + before.service
    reached = leaves if here == task.place else arrival(table, here * table.size + task.place, leaves)
    if reached == UNREACHABLE or reached > _closes(task):
        return None
    begin = settle(task.windows, reached, shift.milli_price)[0] if task.windows else reached
    after, was, limit = _following(slack, position)
    if after is None:
        return (begin + task.service - leaves) * shift.milli_price if begin + task.service <= shift.latest_end else None
    onward = begin + task.service if after == task.place else arrival(table, task.place * table.size + after, begin + task.service)
    if onward == UNREACHABLE or onward > limit:
        return None
    meters = (
        _meters(table, here, task.place) + _meters(table, task.place, after) - (_meters(table, here, after) if position < len(slack.steps) or before else 0)
    )
    return meters * shift.meter_price + max(0, onward - was) * shift.milli_price


def _following(slack: Slack, position: int) -> tuple[int | None, int, int]:
    """The row that follows a position, when it is reached now and when at the latest."""
    shift, early = slack.shift, slack.early
    if position == len(slack.steps):
        return shift.end, early.ends, shift.latest_end
    if slack.steps[position].reload_before and shift.depot is not None:
        dock = early.reload[position]
        now = early.arrival[position] if dock is None else dock
        return shift.depot, now, now + slack.latest[position] - early.arrival[position]
    return slack.terms[position].place, early.arrival[position], slack.latest[position]


def _meters(table: TravelTable, start: int, end: int) -> int:
    return max(0, table.distances[0][start * table.size + end])


def best_in(slack: Slack, tasks: Mapping[TaskId, TaskTerms], task: TaskTerms, *, first: int = 0, anyhow: bool = False) -> Insertion | None:
    """The cheapest insertion that breaks no further rule; with `anyhow` the least broken one where none fits."""
    if not anyhow and (not allowed(slack.shift, task) or _full(slack, task)):
        return None
    found = _candidates(slack, task, first)
    if not found and anyhow:
        found = [(0, position) for position in range(max(first, slack.fixed), len(slack.steps) + 1)]
    best: Insertion | None = None
    for _, position in found if anyhow else found[:LOOKED_AT]:
        tried = insertion_at(slack, tasks, Step(task.id), position)
        if best is None or (tried.breaks, tried.excess if tried.breaks else 0, tried.price) < (best.breaks, best.excess if best.breaks else 0, best.price):
            best = tried
    return best if best is not None and (anyhow or not best.breaks) else None


def insertion_at(slack: Slack, tasks: Mapping[TaskId, TaskTerms], step: Step, position: int) -> Insertion:
    """The insertion at one position, priced by the timelines."""
    return _whole(slack, tasks, (*slack.steps[:position], step, *slack.steps[position:]), position)


def best_pair(problem: Problem, slack: Slack, tasks: Mapping[TaskId, TaskTerms], pickup: TaskTerms, delivery: TaskTerms) -> Insertion | None:
    """The cheapest insertion of a pick-up and, somewhere after it, its delivery, that breaks no further rule; price and position of both together
    (`position` is the pick-up's)."""
    if not (allowed(slack.shift, pickup) and allowed(slack.shift, delivery)):
        return None
    best: Insertion | None = None
    for _, position in _candidates(slack, pickup, 0)[:LOOKED_AT]:
        steps = (*slack.steps[:position], Step(pickup.id), *slack.steps[position:])
        half = slack_of(problem, tasks, slack.shift, steps, slack.fixed)
        for _, later in _candidates(half, delivery, position + 1)[:LOOKED_AT]:
            whole = (*steps[:later], Step(delivery.id), *steps[later:])
            tried = _whole(slack, tasks, whole, position)
            if not tried.breaks and (best is None or tried.price < best.price):
                best = tried
    return best


def _whole(slack: Slack, tasks: Mapping[TaskId, TaskTerms], steps: tuple[Step, ...], position: int) -> Insertion:
    after = timeline(slack.shift, steps, tasks, slack.table)
    more, grown = len(after.violations) - len(slack.now.violations), excess(after) - excess(slack.now)
    return Insertion(
        shift=slack.shift.id,
        position=position,
        steps=steps,
        price=Cost(after.cost - slack.now.cost),
        timeline=after,
        breaks=more if more > 0 else 1 if grown > 0 else 0,
        excess=max(0, grown),
    )


def excess(judged: Timeline) -> int:
    """The amounts of all broken rules together: milliseconds, metres, grams and the like, only to be compared with each other."""
    return sum(violation.amount for violation in judged.violations)
