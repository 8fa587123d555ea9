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
    takes_reload: bool = False
    """The reload before the step that follows comes before it instead."""
    partner_position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A task (with the other half of its pair) in a shift's route, what the plan then costs more than as it stands, and what is newly broken.

    `price` counts driving, time and lateness; negative: it saves. What leaving the task out costs is not in it. `broken` compares with the route as it is
    without the task; `excess` is by how much, over all that is broken, only to compare placements with each other.
    """

    task: TaskId
    shift: ShiftId
    position: int
    reload_before: bool = False
    takes_reload: bool = False
    partner_position: int | None = None
    price: Cost
    broken: tuple[Violation, ...] = ()
    excess: int = 0

    @property
    def spot(self) -> Spot:
        """Where it stands in the route."""
        return Spot(self.position, self.reload_before, self.takes_reload, self.partner_position)


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
    if spot.takes_reload and after < len(put):
        put[after] = replace(put[after], reload_before=False)
    return tuple(put)


def hard(task: TaskTerms) -> TaskTerms:
    """A task whose windows may not be missed at any price."""
    return replace(task, windows=tuple(replace(window, late_price=None) for window in task.windows))


def newly_broken(before: Timeline, after: Timeline) -> tuple[tuple[Violation, int], ...]:
    """Rules that the second timeline breaks and the first did not, or less, each with by how much more (0 where there is no amount)."""
    old: dict[object, list[int]] = {}
    for each in sorted(before.violations, key=lambda found: -found.amount):
        old.setdefault(_rule(each), []).append(each.amount)
    found = []
    for each in sorted(after.violations, key=lambda broken: -broken.amount):
        was = old.get(_rule(each), [])
        standing = was.pop(0) if was else None
        if standing is None or each.amount > standing:
            found.append((each, each.amount - (standing or 0)))
    order = {id(each): index for index, each in enumerate(after.violations)}
    return tuple(sorted(found, key=lambda pair: order[id(pair[0])]))


def _rule(broken: Violation) -> object:
    return (broken.kind, None if broken.kind in _WANDERING else broken.task, broken.measure)


def rank(broken: Sequence[Violation], excess: int, price: int) -> tuple[int, int, int, int]:
    """How placements are compared: rules that no amount can bend first, then how many are broken, by how much, and the price."""
    return sum(each.kind in _NO_AMOUNT for each in broken), len(broken), excess, price


def placement(task: TaskId, shift: ShiftId, spot: Spot, before: Timeline, after: Timeline, saved: int = 0) -> Placement:
    """What a spot costs and breaks against the route without the task; `saved` is what taking it out saves where it stands."""
    broken = newly_broken(before, after)
    return Placement(
        task=task,
        shift=shift,
        position=spot.position,
        reload_before=spot.reload_before,
        takes_reload=spot.takes_reload,
        partner_position=spot.partner_position,
        price=Cost(after.cost - before.cost - saved),
        broken=tuple(each for each, _ in broken),
        excess=sum(more for _, more in broken),
    )


def ranked(found: Iterable[Placement]) -> tuple[Placement, ...]:
    """Best first; equal ones by shift, so that the same question has the same answer."""
    return tuple(sorted(found, key=lambda each: (*rank(each.broken, each.excess, each.price), each.shift)))


def obstacle(of: Placement) -> Obstacle:
    """The obstacle that a placement is."""
    return Obstacle(
        task=of.task,
        shift=of.shift,
        position=of.position,
        reload_before=of.reload_before,
        takes_reload=of.takes_reload,
        partner_position=of.partner_position,
        broken=of.broken,
    )
