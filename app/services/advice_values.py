"""What advice says: spots in routes, placements with prices, what a change costs; and how two timelines and two placements are compared.

Prices are millionths of a minor unit of money.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.ids import ShiftId, TaskId
from app.domain.schedule import Step, TaskTerms, Timeline, Violation, ViolationKind
from app.domain.units import Cost
from app.services.problem import Obstacle

_WANDERING = {ViolationKind.LOAD, ViolationKind.RELOAD}
"""Rules that are broken by a route as a whole: at which task that is noted may change without anything getting worse."""
_NO_AMOUNT = {
    ViolationKind.SKILL,
    ViolationKind.FEATURE,
    ViolationKind.FORBIDDEN,
    ViolationKind.PRECEDENCE,
    ViolationKind.RELOAD,
    ViolationKind.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a task stands in a route after it was put in, counted from 0; with a partner both halves of the pair."""

    position: int
    reload_before: bool = False
    reload_after: bool | None = None
    """Whether the vehicle loads before the step that follows; None: as it did."""
    partner_position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A task (with the other half of its pair) in a shift's route, what the plan then costs more than as it stands, and what is newly broken.

    `price` counts driving, time and lateness; negative: it saves. What leaving the task out costs is not in it. `broken` compares with the route as it is
    without the task; `excess` is by how much more is broken over all, only to compare placements with each other.
    """

    task: TaskId
    shift: ShiftId
    position: int
    reload_before: bool = False
    reload_after: bool | None = None
    partner_position: int | None = None
    price: Cost
    broken: tuple[Violation, ...] = ()
    excess: int = 0

    @property
    def spot(self) -> Spot:
        """Where it stands in the route."""
        return Spot(self.position, self.reload_before, self.reload_after, self.partner_position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule that a change of routes newly breaks, or breaks more, and on which shift."""

    shift: ShiftId
    violation: Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """What a change of routes costs: the changed routes before and after, with what leaving out the tasks that come or go costs. Without the prices of
    stability."""

    before: Cost
    after: Cost
    broken: tuple[Broken, ...] = ()

    @property
    def price(self) -> Cost:
        """What it costs more; negative: it saves."""
        return Cost(self.after - self.before)


def without(steps: Sequence[Step], gone: set[TaskId | None]) -> tuple[Step, ...]:
    """A route without some tasks; a reload before one of them stays before what follows."""
    rest: list[Step] = []
    reload = False
    for step in steps:
        if step.task in gone:
            reload = reload or step.reload_before
        else:
            rest.append(Step(step.task, step.reload_before or reload))
            reload = False
    return tuple(rest)


def put_in(steps: Sequence[Step], task: TaskId, spot: Spot, partner: TaskId | None = None) -> tuple[Step, ...]:
    """A route with a task put in (and the other half of its pair, where the spot places it). Raises IndexError for a spot outside the route."""
    put = list(steps)
    added = [(spot.position, Step(task, spot.reload_before))]
    if partner is not None and spot.partner_position is not None:
        added.append((spot.partner_position, Step(partner)))
    for position, step in sorted(added, key=lambda each: each[0]):
        if not 0 <= position <= len(put):
            raise IndexError(position)
        put.insert(position, step)
    after = spot.position + 1
    if spot.reload_after is not None and after < len(put):
        put[after] = replace(put[after], reload_before=spot.reload_after)
    return tuple(put)


def hard(task: TaskTerms) -> TaskTerms:
    """A task whose windows may not be missed at any price."""
    return replace(task, windows=tuple(replace(window, late_price=None) for window in task.windows))


def newly_broken(before: Timeline, after: Timeline) -> tuple[Violation, ...]:
    """The rules that the second timeline breaks and the first did not, or less."""
    old: dict[object, list[int]] = {}
    for each in sorted(before.violations, key=lambda broken: -broken.amount):
        old.setdefault(_rule(each), []).append(each.amount)
    found = set()
    for number, each in sorted(enumerate(after.violations), key=lambda pair: -pair[1].amount):
        was = old.get(_rule(each))
        if not was or each.amount > was.pop(0):
            found.add(number)
    return tuple(each for number, each in enumerate(after.violations) if number in found)


def _rule(broken: Violation) -> object:
    return (broken.kind, None if broken.kind in _WANDERING else broken.task, broken.measure)


def worth(before: Timeline, after: Timeline) -> tuple[int, int, int]:
    """How the spots of one route are compared: how many rules more are broken (or one, where only the amounts grow), by how much more, and the price."""
    more, grown = len(after.violations) - len(before.violations), _amounts(after) - _amounts(before)
    return more if more > 0 else int(grown > 0), max(0, grown), after.cost - before.cost


def _amounts(line: Timeline) -> int:
    """The amounts of all broken rules together: milliseconds, metres, grams and the like, only to be compared with each other."""
    return sum(each.amount for each in line.violations)


def placement(task: TaskId, shift: ShiftId, spot: Spot, before: Timeline, after: Timeline, saved: int = 0) -> Placement:
    """What a spot costs and breaks against the route without the task; `saved` is what taking it out saves where it stands."""
    return Placement(
        task=task,
        shift=shift,
        position=spot.position,
        reload_before=spot.reload_before,
        reload_after=spot.reload_after,
        partner_position=spot.partner_position,
        price=Cost(after.cost - before.cost - saved),
        broken=newly_broken(before, after),
        excess=worth(before, after)[1],
    )


def ranked(found: Iterable[Placement]) -> tuple[Placement, ...]:
    """Best first: broken rules that no amount can bend count most, then how many are broken, by how much, and the price; equal ones by shift, so that the
    same question has the same answer."""

    def key(each: Placement) -> tuple[int, int, int, int, ShiftId]:
        return sum(broken.kind in _NO_AMOUNT for broken in each.broken), len(each.broken), each.excess, each.price, each.shift

    return tuple(sorted(found, key=key))


def obstacle(of: Placement) -> Obstacle:
    """The obstacle that a placement is."""
    return Obstacle(
        task=of.task,
        shift=of.shift,
        position=of.position,
        reload_before=of.reload_before,
        reload_after=of.reload_after,
        partner_position=of.partner_position,
        broken=of.broken,
    )


def spot_of(against: Obstacle) -> Spot:
    """Where an obstacle would have its task stand. Raises IndexError where locks leave it no place."""
    if against.position is None:
        raise IndexError(against.shift)
    return Spot(against.position, against.reload_before, against.reload_after, against.partner_position)
