"""What is on board along a route, in three measures.

A delivery is on board from the last loading at the depot until its halt; a pick-up (and a return, which is collected too) from its halt until the next
loading or the end; a pick-up that a later delivery of the route names in `after` only between the two, with the pick-up's load, also over a reload.
A delivery whose pick-up does not come before it in the route brings nothing on board.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from app.domain.ids import TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.schedule_values import TaskTerms, Violation, ViolationKind

MEASURES = ("weight", "volume", "pieces")
_FROM_DEPOT, _TO_DEPOT, _HANDED_OVER, _NEITHER = range(4)
_load = cast(Callable[[int, int, int], Load], Load)
"""A load of plain numbers: NewType calls in the loop would double its time."""
_Role = tuple[int, int, int, int]
"""Where it comes from or goes to, then the change of weight, volume and pieces at the halt."""


@dataclass(slots=True)
class OnBoard:
    """What is on board when leaving each halt, the largest of each measure at any moment, and broken limits."""

    after: list[Load] = field(default_factory=list)
    peak: list[int] = field(default_factory=lambda: [0, 0, 0])
    violations: list[Violation] = field(default_factory=list)


def on_board(terms: list[TaskTerms], reloads: list[bool], capacity: Capacity) -> OnBoard:
    """Follows the load along the tasks.

    One violation a trip (from one loading to the next) and measure, at the task where its largest excess is on board first.
    """
    roles = _roles(terms)
    found = OnBoard()
    handed = (0, 0, 0)
    first = 0
    for end in [index for index in range(1, len(terms)) if reloads[index]] + [len(terms)]:
        handed = _trip(terms, roles, first, end, handed, capacity, found)
        first = end
    return found


def _roles(terms: list[TaskTerms]) -> list[_Role]:
    """What each task does to the load; the two halves of a pair carry the pick-up's load."""
    roles = [_alone(task) for task in terms]
    if any(task.after is not None for task in terms):
        seen: dict[TaskId, int] = {}
        for index, task in enumerate(terms):
            pickup = seen.get(task.after) if task.after is not None and task.kind is TaskKind.DELIVERY else None
            if pickup is not None and terms[pickup].kind is not TaskKind.DELIVERY:
                _, weight, volume, pieces = _alone(terms[pickup])
                roles[pickup] = (_HANDED_OVER, weight, volume, pieces)
                roles[index] = (_HANDED_OVER, -weight, -volume, -pieces)
            seen[task.id] = index
    return roles


def _alone(task: TaskTerms) -> _Role:
    load = task.load
    if task.kind is TaskKind.DELIVERY:
        return (_FROM_DEPOT, -load.weight, -load.volume, -load.pieces)
    return (_TO_DEPOT, load.weight, load.volume, load.pieces)


def _trip(
    terms: list[TaskTerms], roles: list[_Role], first: int, end: int, handed: tuple[int, int, int], capacity: Capacity, found: OnBoard
) -> tuple[int, int, int]:
    """The tasks from `first` to before `end`; `handed` is what pairs have on board at its start, returned for its end."""
    weight, volume, pieces = handed
    between = [0, 0, 0]
    for role, down_weight, down_volume, down_pieces in roles[first:end]:
        if role == _FROM_DEPOT:
            weight, volume, pieces = weight - down_weight, volume - down_volume, pieces - down_pieces
        elif role == _HANDED_OVER:
            between[0], between[1], between[2] = between[0] + down_weight, between[1] + down_volume, between[2] + down_pieces
    most, where = [weight, volume, pieces], [first, first, first]
    for index in range(first, end):
        _, up_weight, up_volume, up_pieces = roles[index]
        weight, volume, pieces = weight + up_weight, volume + up_volume, pieces + up_pieces
        found.after.append(_load(weight, volume, pieces))
        if weight > most[0]:
            most[0], where[0] = weight, index
        if volume > most[1]:
            most[1], where[1] = volume, index
        if pieces > most[2]:
            most[2], where[2] = pieces, index
    _compare(terms, most, where, capacity, found)
    return handed[0] + between[0], handed[1] + between[1], handed[2] + between[2]


def _compare(terms: list[TaskTerms], most: list[int], where: list[int], capacity: Capacity, found: OnBoard) -> None:
    """Raises the peak, and notes where a limit is broken."""
    limits = (capacity.weight, capacity.volume, capacity.pieces)
    for measure, limit in enumerate(limits):
        found.peak[measure] = max(found.peak[measure], most[measure])
        if limit is not None and most[measure] > limit:
            found.violations.append(Violation(kind=ViolationKind.LOAD, task=terms[where[measure]].id, amount=most[measure] - limit, measure=MEASURES[measure]))


def peak_load(found: OnBoard) -> Load:
    """The largest of each measure as a load."""
    return _load(*found.peak)
