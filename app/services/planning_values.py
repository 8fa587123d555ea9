"""What planning hands around: a day as a problem, a plan judged, and a proposal with what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.geo import Place
from app.domain.ids import DepotId, PlanId, RouteId, ShiftId, TaskId
from app.domain.orders import Order
from app.domain.plans import Route, Unassigned
from app.domain.schedule import ShiftTerms, TaskTerms, Timeline
from app.domain.sentences import Sentence
from app.domain.units import Cost, Meters, Millis
from app.services.commands import ApplyPlan
from app.services.problem import Obstacle, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DayProblem:
    """A depot's day in the optimiser's language, and the way back from it. Depends on orders, shifts and closures, not on the routes.

    `problem.start` is empty; `planning.to_solve` adds the plan as it stands, with its locks.
    """

    problem: Problem
    depot: DepotId
    currency: str
    origin: datetime
    """Midnight of the day, aware UTC: clock readings count from here."""
    orders: Mapping[TaskId, Order]
    """Every order of the day that is not finished, by its task."""
    terms: Mapping[TaskId, TaskTerms]
    """The tasks that can be planned: those of `problem.tasks`."""
    shifts: Mapping[ShiftId, ShiftTerms]
    vehicles: Mapping[ShiftId, str]
    """The name of each shift's vehicle, as sentences say it."""
    places: tuple[Place, ...]
    """The place of each row of the travel tables."""
    left_out: Mapping[TaskId, tuple[Sentence, ...]]
    """Orders of the day that cannot be planned at all, with the reasons; they are in no table."""
    source: str
    """What made the travel numbers: "roads", or "straight line × 1.4"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A plan in numbers."""

    meters: Meters = Meters(0)
    duration: Millis = Millis(0)
    """From leaving to the end, waiting included, over all routes."""
    travel_cost: Cost = Cost(0)
    """Fixed, distance, time and overtime."""
    late_cost: Cost = Cost(0)
    unplanned_cost: Cost = Cost(0)
    planned: int = 0
    """Tasks in routes."""
    unplanned: int = 0
    late: int = 0
    """Tasks whose service begins after the window closed, hard or priced."""
    late_time: Millis = Millis(0)
    vehicles: int = 0
    """Routes with at least one stop."""
    violations: int = 0

    @property
    def cost(self) -> Cost:
        """Everything together, in which two plans are compared."""
        return Cost(self.travel_cost + self.late_cost + self.unplanned_cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Routes recomputed by `domain.schedule`: nothing an engine says is believed.

    `routes` has a route for every shift of the day, also empty ones; ids are those of the plan where it had the shift or the stop.
    """

    routes: tuple[Route, ...]
    unassigned: tuple[Unassigned, ...]
    """Every task of the day in no route, each with at least one reason."""
    timelines: Mapping[RouteId, Timeline]
    totals: Totals
    engine: str = ""
    seconds: float = 0.0
    source: str = ""
    late_reasons: Mapping[TaskId, tuple[Sentence, ...]] = field(default_factory=dict)
    """Of late stops that were asked about: what stands against serving them in time, best vehicle first."""
    obstacles: tuple[Obstacle, ...] = ()
    """What the engine found to stand against tasks left out or late, on every shift; `planning.why_not` puts it into words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A task whose shift, or place in the order of its route, differs. Routes None: in the pool. Positions count from 0."""

    task: TaskId
    from_route: RouteId | None
    from_position: int | None
    to_route: RouteId | None
    to_position: int | None

    @property
    def changes_route(self) -> bool:
        """Whether another route serves it, or it enters or leaves the pool."""
        return self.from_route != self.to_route


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan that may be applied: what it is, what it would change and what it saves against the plan as it stands."""

    plan: PlanId
    depot: DepotId
    day: date
    based_on: int
    """Version of the plan that it was computed from; 0: there was none."""
    judged: Judged
    before: Totals
    """Of the plan as it stands; every order unplanned where there is none."""
    moves: tuple[Move, ...] = ()

    @property
    def routes(self) -> tuple[Route, ...]:
        """The proposed routes."""
        return self.judged.routes

    @property
    def unassigned(self) -> tuple[Unassigned, ...]:
        """What the proposal leaves out, with reasons."""
        return self.judged.unassigned

    @property
    def after(self) -> Totals:
        """The proposed plan in numbers."""
        return self.judged.totals

    @property
    def source(self) -> str:
        """What made the travel numbers."""
        return self.judged.source

    @property
    def saved_meters(self) -> int:
        """Metres that it saves; negative: more."""
        return self.before.meters - self.after.meters

    @property
    def saved_duration(self) -> int:
        """Milliseconds that it saves; negative: more."""
        return self.before.duration - self.after.duration

    @property
    def saved_cost(self) -> Cost:
        """Cost that it saves, unplanned orders included; negative: dearer."""
        return Cost(self.before.cost - self.after.cost)

    def command(self, who: str = "") -> ApplyPlan:
        """The wish to make it the draft plan."""
        return ApplyPlan(
            who=who,
            plan=self.plan,
            depot=self.depot,
            day=self.day,
            based_on=self.based_on,
            routes=self.routes,
            unassigned=self.unassigned,
            engine=self.judged.engine,
        )
