"""One stop put elsewhere so that fewer rules are broken: a search that may move only a few takes what is broken as given, and does not look for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import Step, Timeline
from app.services.advice_values import Placement, put_in, without
from app.services.planning_insertion import excess
from app.services.planning_judging import timeline_of
from app.services.planning_values import DayProblem
from app.services.ports.planner import Planner
from app.services.problem import Problem, RoutePlan

_PLACES = 3
"""Shifts that are looked at for each stop, the cheapest first."""

Steps = Mapping[ShiftId, tuple[Step, ...]]
Worth = tuple[int, int, int]
"""Broken rules, by how much, and cost."""


def relieved(day: DayProblem, locked: Problem, steps: Steps, planner: Planner) -> Steps | None:
    """The routes with the one stop (or pair) elsewhere that leaves fewest rules broken, then at the least cost; None: none mends anything.

    `locked` says what may not move. Asks for advice, which takes some tenths of a second. Raises Unavailable where nobody answers.
    """
    lines = {shift: timeline_of(day, shift, each) for shift, each in steps.items()}
    moved = [step.task for shift, line in lines.items() if line.violations for step in steps[shift]]
    if not moved:
        return None
    start = {route.shift: route for route in locked.start}
    standing = tuple(replace(start.get(shift, RoutePlan(shift=shift)), steps=each) for shift, each in steps.items())
    with planner.advise(replace(locked, start=standing, begin=())) as advice:
        found = advice.places(moved, _PLACES)
    changes = [change for places in found for place in places for change in _changes(steps, place)]
    judged = ((_worth(day, lines, change), change) for change in changes)
    best = min(((worth, change) for worth, change in judged if worth[:2] < (0, 0)), key=lambda each: each[0], default=None)
    return None if best is None else {**steps, **best[1]}


def _changes(steps: Steps, place: Placement) -> Iterator[Steps]:
    """The routes that a placement changes; a pair is left where it is, for its halves count as two."""
    if place.partner_position is not None:
        return
    home = next(shift for shift, each in steps.items() if any(step.task == place.task for step in each))
    gone: set[TaskId | None] = {place.task}
    rest = {home: without(steps[home], gone)}
    into = rest.get(place.shift, steps.get(place.shift, ()))
    yield {**rest, place.shift: put_in(into, place.task, place.spot)}


def _worth(day: DayProblem, lines: Mapping[ShiftId, Timeline], change: Steps) -> Worth:
    """By how much a change is better than what stands: negative is better."""
    after = _sum(timeline_of(day, shift, steps) for shift, steps in change.items())
    before = _sum(lines[shift] for shift in change if shift in lines)
    return after[0] - before[0], after[1] - before[1], after[2] - before[2]


def _sum(lines: Iterable[Timeline]) -> Worth:
    found = [(len(line.violations), excess(line), line.cost if line.halts else 0) for line in lines]
    return sum(each[0] for each in found), sum(each[1] for each in found), sum(each[2] for each in found)
