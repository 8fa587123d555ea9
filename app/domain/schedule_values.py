"""The values of the time arithmetic: terms of tasks and shifts in, timelines with halts and violations out."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import Profile
from app.domain.units import Cost, Meters, Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """When service may begin, in clock readings of the planning day, both ends inclusive.

    `late_price` is the cost of each millisecond that service begins after `closes`; None: beginning later breaks the window.
    """

    opens: Millis
    closes: Millis
    late_price: Cost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTerms:
    """One task as the arithmetic needs it.

    A delivery's load is on board from the last loading at the depot until its halt, a pick-up's from its halt until the depot or, where a delivery names
    it in `after`, until that delivery's halt (then the load is on board only between the two).
    """

    id: TaskId
    place: int
    """Row of the travel tables."""
    windows: tuple[TimeWindow, ...] = ()
    """Any one of them, in order of opening, not overlapping; empty: any time."""
    service: Millis = Millis(0)
    load: Load = field(default_factory=Load)
    kind: TaskKind = TaskKind.DELIVERY
    after: TaskId | None = None
    """A task that must come before, in the same route."""
    skills: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    unplanned_price: Cost = Cost(0)
    """What leaving it out costs: its priority as money."""
    only: ShiftId | None = None
    """Pre-assigned: may be served by this shift alone."""
    never: frozenset[ShiftId] = frozenset()
    """Shifts that may not serve it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakTerms:
    """A pause that must begin within [earliest, latest] and lasts `length`."""

    earliest: Millis
    latest: Millis
    length: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTerms:
    """One shift as the arithmetic needs it. Prices are costs per metre and per millisecond."""

    id: ShiftId
    profile: Profile
    roads: str = ""
    """Which of the profile's travel tables it has, where its weight decides; empty: the one that the profile names."""
    start: int
    """Row of the travel tables where it begins: the depot, a driver's home, or where a van on the road is heading."""
    end: int | None
    """Row where it ends; None: at its last halt."""
    depot: int | None
    """Row where it reloads; None: it cannot."""
    starts: Millis
    ends: Millis
    """Regular end; overtime from here."""
    latest_end: Millis
    capacity: Capacity = field(default_factory=Capacity)
    skills: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    breaks: tuple[BreakTerms, ...] = ()
    """In order; one that could only begin before `starts` is passed over."""
    max_distance: Meters | None = None
    max_duration: Millis | None = None
    reloads: int = 0
    reload: Millis = Millis(0)
    """How long a reload takes."""
    fixed_price: Cost = Cost(0)
    meter_price: Cost = Cost(0)
    milli_price: Cost = Cost(0)
    overtime_price: Cost = Cost(0)
    """On top of `milli_price`."""
    under_way: bool = False
    """On the road already: leaves at `starts`, not later."""

    @property
    def travels(self) -> str:
        """The name of its travel table."""
        return self.roads or self.profile.value


@dataclass(frozen=True, slots=True)
class Step:
    """One task of a route, in driving order."""

    task: TaskId
    reload_before: bool = False


class ViolationKind(StrEnum):
    """By cause."""

    LATE = "late"
    LOAD = "load"
    SKILL = "skill"
    FEATURE = "feature"
    PRECEDENCE = "precedence"
    SHIFT = "shift"
    BREAK = "break"
    DISTANCE = "distance"
    DURATION = "duration"
    RELOAD = "reload"
    FORBIDDEN = "forbidden"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A broken rule: which, at which task (None: the whole route), and by how much.

    `amount` is milliseconds (late, shift, break, duration), metres (distance), or the largest excess of the measure that `measure` names: grams,
    cubic centimetres, pieces (load); 0 where there is no amount. `missing` names the skills or features.
    """

    kind: ViolationKind
    task: TaskId | None = None
    amount: int = 0
    measure: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """One task of a timeline; clock readings. `begin` is when service begins, `late` milliseconds after the window that it
    belongs to closed (hard or priced), `load` what is on board when leaving."""

    task: TaskId
    arrival: Millis
    begin: Millis
    departure: Millis
    late: Millis
    meters: Meters
    """Driven since the halt before (or the depot)."""
    load: Load
    window: int | None = None
    """Index of the window that it belongs to."""
    reload_begin: Millis | None = None
    """When the reload before this halt begins at the depot."""

    @property
    def wait(self) -> Millis:
        """Waiting before service, in milliseconds (a pause taken then included)."""
        return Millis(self.begin - self.arrival)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBreak:
    """A pause as it falls: after how many halts, and when."""

    after: int
    begin: Millis
    end: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What becomes of a route. `leaves` and `ends` are clock readings; equal, with no halts, for an empty route."""

    shift: ShiftId
    leaves: Millis
    ends: Millis
    halts: tuple[Halt, ...] = ()
    breaks: tuple[TakenBreak, ...] = ()
    meters: Meters = Meters(0)
    overtime: Millis = Millis(0)
    peak: Load = field(default_factory=Load)
    """The largest of each measure on board at any moment."""
    violations: tuple[Violation, ...] = ()
    travel_cost: Cost = Cost(0)
    """Fixed, distance, time and overtime together."""
    late_cost: Cost = Cost(0)

    @property
    def duration(self) -> Millis:
        """From leaving to the end, waiting included."""
        return Millis(self.ends - self.leaves)

    @property
    def cost(self) -> Cost:
        """All that the route costs."""
        return Cost(self.travel_cost + self.late_cost)
