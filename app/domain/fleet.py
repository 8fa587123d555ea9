"""Depots, vehicles, drivers and their shifts."""

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.errors import RuleBroken
from app.domain.geo import Place
from app.domain.ids import DepotId, DriverId, ShiftId, VehicleId
from app.domain.load import Capacity
from app.domain.roads import Profile
from app.domain.units import Grams, Meters, Millis, minutes

_USUAL_GROSS = {
    Profile.VAN: Grams(3_500_000),
    Profile.TRUCK: Grams(12_000_000),
    Profile.CARGO_BIKE: Grams(300_000),
    Profile.WALKER: Grams(120_000),
    Profile.SIDEWALK_ROBOT: Grams(100_000),
    Profile.DRONE: Grams(25_000),
}
"""A van's is the most that an ordinary driving licence allows (Directive 2006/126/EC, class B), a truck's that of a usual two-axle city lorry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """Where shifts begin. `zone` is an IANA name and gives the planning day its midnight; `area` the area's name."""

    id: DepotId
    name: str
    place: Place
    zone: str
    area: str = ""
    currency: str = "EUR"
    address: str = ""
    reload: Millis = minutes(15)
    """How long a reload at the dock takes."""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a vehicle costs, in minor units of the depot's currency."""

    fixed: int = 0
    """Once, where the vehicle is used at all."""
    per_km: int = 0
    per_hour: int = 0
    overtime_per_hour: int = 0
    """On top of `per_hour`, for the time after the shift's regular end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A van, bike, trolley or robot."""

    id: VehicleId
    name: str
    profile: Profile = Profile.VAN
    capacity: Capacity = field(default_factory=Capacity)
    features: frozenset[str] = frozenset()
    prices: Prices = field(default_factory=lambda: Prices(per_km=30, per_hour=2_500))
    range: Meters | None = None
    """Metres it may drive in a shift; None: no limit."""
    gross: Grams | None = None
    """What it may weigh when full, as its papers say: weight limits of roads ask for it. None: not known, see `weighs`."""
    version: int = 0

    @property
    def weighs(self) -> Grams:
        """Its gross weight, or what such vehicles usually have."""
        return _USUAL_GROSS[self.profile] if self.gross is None else self.gross


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A person who drives; starts or ends elsewhere than the depot where `start` or `end` is set."""

    id: DriverId
    name: str
    skills: frozenset[str] = frozenset()
    start: Place | None = None
    end: Place | None = None
    phone: str = ""
    language: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A pause that must begin between `earliest` and `latest` (local wall time) and lasts `length`.

    Raises RuleBroken where `latest` is before `earliest`.
    """

    earliest: datetime
    latest: datetime
    length: Millis

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise RuleBroken("fleet.break_backwards", earliest=f"{self.earliest:%H:%M}", latest=f"{self.latest:%H:%M}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A driver with a vehicle from a depot for a span of a day, in local wall time (naive) of the depot's zone.

    From `ends` to `latest_end` overtime is paid; after `latest_end` the shift is broken. Raises RuleBroken where it ends before
    it starts.
    """

    id: ShiftId
    day: date
    depot: DepotId
    vehicle: VehicleId
    driver: DriverId | None
    starts: datetime
    ends: datetime
    latest_end: datetime
    breaks: tuple[Break, ...] = ()
    max_duration: Millis | None = None
    open_end: bool = False
    """Ends at the last stop, not at the depot."""
    reloads: int = 0
    """How often the vehicle may come back to load again."""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.starts < self.ends <= self.latest_end:
            raise RuleBroken("fleet.shift_backwards", starts=f"{self.starts:%H:%M}", ends=f"{self.ends:%H:%M}")
