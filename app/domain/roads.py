"""What planning knows of roads: kinds of vehicle, bands of the day, closures, and travel as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.units import Grams, Meters, Millis


class Profile(StrEnum):
    """Kinds of vehicle with their own speeds, access and turn costs."""

    VAN = "van"
    TRUCK = "truck"
    CARGO_BIKE = "cargo_bike"
    WALKER = "walker"
    SIDEWALK_ROBOT = "sidewalk_robot"
    DRONE = "drone"
    """Flies straight."""


UNREACHABLE = -1
"""Stands in travel numbers for "no road leads there"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A part of the day with its own speeds; `begins` is local wall time as milliseconds after midnight."""

    name: str
    begins: Millis


DAY_BANDS = (
    Band(name="night", begins=Millis(0)),
    Band(name="morning_peak", begins=Millis(7 * 3_600_000)),
    Band(name="midday", begins=Millis(9 * 3_600_000 + 1_800_000)),
    Band(name="evening_peak", begins=Millis(16 * 3_600_000)),
    Band(name="evening", begins=Millis(18 * 3_600_000 + 1_800_000)),
)


class ClosureKind(StrEnum):
    """Why a road is closed or slow."""

    WORKS = "works"
    EVENT = "event"
    ACCIDENT = "accident"
    WEATHER = "weather"
    AVOID = "avoid"
    """The desk would rather not have vehicles there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A stretch of road that is closed or slow: everything that crosses the drawn line or lies in the ring.

    `factor` multiplies travel time (2.5: slow); None: closed. `begins` and `ends` are aware UTC; None: open-ended.
    """

    id: ClosureId
    points: tuple[Place, ...]
    """A line, or a ring where first and last are equal."""
    roads: tuple[tuple[Place, ...], ...] = ()
    """Stretches of road by their own lines: then only what runs along one is closed, and what crosses it stays open; `points` is the first."""
    kind: ClosureKind = ClosureKind.WORKS
    factor: float | None = None
    profiles: frozenset[Profile] = frozenset()
    """Kinds of vehicle it holds for; empty: all."""
    note: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    daily: tuple[Millis, Millis] | None = None
    """Every day from–to only: local wall times as milliseconds after midnight; past midnight where the second is not the larger. None: all day."""
    heavier_than: Grams | None = None
    """Holds only for vehicles whose gross weight is more; None: whatever they weigh."""
    version: int = 0

    @property
    def is_ring(self) -> bool:
        """Whether it is an area."""
        return not self.roads and len(self.points) > 3 and self.points[0] == self.points[-1]

    @property
    def lines(self) -> tuple[tuple[Place, ...], ...]:
        """All its lines."""
        return self.roads or (self.points,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snap:
    """Where a point meets the roads of a profile: `meters` away, or None where nothing is near enough or connected."""

    meters: Meters | None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """The road at a place: the stretch between the two nearest junctions, and the whole street where it has a name."""

    stretch: tuple[Place, ...] = ()
    """Empty: no road is near."""
    name: str = ""
    lines: tuple[tuple[Place, ...], ...] = ()
    """Every piece of the street of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTable:
    """Travel between the same `size` places for one profile, over the bands of the day.

    Row-major, `UNREACHABLE` where no road leads. `durations[b][i * size + j]` is the milliseconds from place i to place j when
    leaving in band b, `distances[b][…]` the metres of that same way. Band b reigns from `begins[b]` (a clock reading of the planning day) until the
    next; `begins[0]` is at or before every reading. One band: travel time does not depend on the hour.
    """

    profile: Profile
    size: int
    begins: tuple[Millis, ...]
    durations: tuple[Sequence[int], ...]
    distances: tuple[Sequence[int], ...]
    source: str = ""
    """What made the numbers, as shown beside them: "roads", or "straight line × 1.4"."""
    closed: tuple[frozenset[ClosureId], ...] = ()
    """By band, the closures that these numbers go around; empty: none in any."""
    roads: str = ""
    """Names the table where a profile has several, for heavy vehicles have fewer roads; empty: the profile names it."""
    elapsed_s: float = field(default=0.0, compare=False)
    """Seconds that finding the numbers took when they were found: snapping and matrices of every band, without loading the roads."""

    @property
    def name(self) -> str:
        """What shifts call it by."""
        return self.roads or self.profile.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The line that a vehicle follows through a sequence of places."""

    legs: tuple[tuple[Place, ...], ...]
    """One line a leg, from place k to place k + 1."""
    meters: tuple[Meters, ...] = field(default=())
    source: str = ""
