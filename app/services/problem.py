"""The optimiser's language: a problem, its progress and its solution as plain data, with a JSON form and a version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import ShiftId, TaskId
from app.domain.roads import TravelTable
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Violation
from app.domain.units import Cost, Millis

PROBLEM_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """The steps of one shift. The first `fixed` steps may not move (locks, vehicles under way); `closed`: nothing may be added
    or taken."""

    shift: ShiftId
    steps: tuple[Step, ...] = ()
    fixed: int = 0
    closed: bool = False
    stay: frozenset[TaskId] = frozenset()
    """Tasks that must stay with this shift, at any position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What changing a plan that people know already costs.

    `per_driver_change` (λ) for each stop that another shift serves than in `Problem.start`, `per_order_change` (μ) for each stop whose place in the
    order of its route changed, `at_most` (k) the hard form: at most so many stops move; 0: only insert. None: no limit.
    """

    per_driver_change: Cost = Cost(0)
    per_order_change: Cost = Cost(0)
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Liking:
    """What it costs, beside the drive, that a shift serves a task: somebody else knows it better, or its route lies elsewhere."""

    task: TaskId
    shift: ShiftId
    price: Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a dispatcher wishes beside a cheap plan, as prices. They steer the search and are no part of what a plan costs.

    Each route that lasts longer than its `fair` share costs `beyond_price` for each millisecond more, so that days become equally long.
    """

    fair: Millis = Millis(0)
    beyond_price: Cost = Cost(0)
    likings: tuple[Liking, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is wished."""
        return bool(self.beyond_price or self.likings)

    def beyond(self, duration: int) -> int:
        """What a route of so many milliseconds costs by these wishes."""
        return max(0, duration - self.fair) * self.beyond_price


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything an engine needs, and nothing it could look up elsewhere.

    Raises `Malformed` (by `services.problem_json`) where a row, a reference or a size does not agree.
    """

    day: date
    zone: str
    tasks: tuple[TaskTerms, ...]
    shifts: tuple[ShiftTerms, ...]
    travel: Mapping[str, TravelTable]
    """The tables that shifts have, by name: one for each profile, and more where closures hold for heavy vehicles only."""
    start: tuple[RoutePlan, ...] = ()
    """The plan as it is: warm start, locks, and what stability is measured against. Tasks in no route are unplanned."""
    stability: Stability = field(default_factory=Stability)
    begin: tuple[RoutePlan, ...] = ()
    """A plan that may be better than `start`, to go on from; only the steps of its routes count, and locks and stability are those of `start`."""
    wishes: Wishes = field(default_factory=Wishes)
    seed: int = 1
    version: int = PROBLEM_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What stands against a task on one shift: the rules that its least broken place in that route would newly break, or break more.

    Without `broken` it would fit there. For a task that is planned, its windows count as hard: what stands against serving it in time.
    """

    task: TaskId
    shift: ShiftId
    position: int | None = None
    """Where it would stand in the route, from 0; None: the route may not be changed."""
    reload_before: bool = False
    reload_after: bool | None = None
    """Whether the vehicle would load before the step that follows; None: as it does now."""
    partner_position: int | None = None
    """Where the other half of its pair would stand in the route."""
    broken: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Routes in driving order (shifts without steps may be left out), the tasks left out, and who found it."""

    routes: tuple[RoutePlan, ...]
    unplanned: tuple[TaskId, ...] = ()
    engine: str = ""
    seconds: float = 0.0
    optimal: bool = False
    obstacles: tuple[Obstacle, ...] = ()
    """Of tasks left out or late, a shift each, best first; only for words, and not believed without a look (`planning_reasons`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One line of a running solve: seconds since its start, and the best plan where it has become better."""

    seconds: float
    cost: Cost | None = None
    best: Solution | None = None
    note: str = ""
    """What the plan lacks, as one word for `planning.noted`."""
