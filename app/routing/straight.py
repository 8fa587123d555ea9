"""Travel as the crow flies: for drones, and as the named last resort where no road data or no engine is at hand."""

from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np

from app.domain.geo import Place, distance_m
from app.domain.roads import DAY_BANDS, Closure, Profile, Shape, Snap, TravelTable
from app.domain.units import Meters, Millis
from app.routing.bands import band_begins
from app.routing.network import haversine
from app.services.ports.travel import Report, silent

DETOUR = 1.4
"""Metres on roads for a metre in a straight line; cities lie between 1.2 and 1.6 (Boscoe, Henry, Zdeb: A Nationwide Comparison of Driving Distance
Versus Straight-Line Distance to Hospitals, The Professional Geographer 64, 2012: 1.417 on average)."""
_SPEEDS: dict[Profile, tuple[float, ...]] = {
    Profile.VAN: (34.0, 24.0, 29.0, 23.0, 31.0),
    Profile.TRUCK: (29.0, 21.0, 25.0, 20.0, 27.0),
    Profile.CARGO_BIKE: (14.0,),
    Profile.WALKER: (4.6,),
    Profile.SIDEWALK_ROBOT: (4.5,),
    Profile.DRONE: (45.0,),
}
"""Mean km/h by band of the day (`DAY_BANDS`), or one for the whole day; stops at lights and turns included."""


def detour(profile: Profile) -> float:
    """How much longer than the straight line the way is taken to be."""
    return 1.0 if profile is Profile.DRONE else DETOUR


class StraightTravel:
    """Great circle × detour factor at a speed by the hour; closures do not bend it. Every answer names itself so."""

    def table(
        self,
        places: Sequence[Place],
        profile: Profile,
        *,
        origin: datetime,
        zone: str,
        closures: Sequence[Closure] = (),
        report: Report = silent,
        bands: frozenset[str] = frozenset(),
        fresh: bool = False,
    ) -> TravelTable:
        """The table of the planning day; nothing is unreachable."""
        speeds = _SPEEDS[profile]
        chosen = [index for index, band in enumerate(DAY_BANDS) if not bands or band.name in bands] if len(speeds) > 1 else [0]
        lat, lon = np.array([p.lat for p in places]), np.array([p.lon for p in places])
        report(0.0, "roads.matrix")
        meters = haversine(lat[:, None], lon[:, None], lat[None, :], lon[None, :]) * detour(profile)
        distances = array("i", np.rint(meters).astype(np.int32).tobytes())
        durations = tuple(array("i", np.rint(meters * 3600 / speeds[index]).astype(np.int32).tobytes()) for index in chosen)
        return TravelTable(
            profile=profile,
            size=len(places),
            begins=band_begins(chosen, origin, zone),
            durations=durations,
            distances=(distances,) * len(chosen),
            source=source(profile),
        )

    def shape(self, places: Sequence[Place], profile: Profile, *, closures: Sequence[Closure] = (), when: datetime | None = None, zone: str = "UTC") -> Shape:
        """Straight legs."""
        pairs = list(pairwise(places))
        meters = tuple(Meters(round(distance_m(a, b) * detour(profile))) for a, b in pairs)
        return Shape(legs=tuple(pairs), meters=meters, source=source(profile))

    def snaps(self, places: Sequence[Place], profile: Profile) -> tuple[Snap, ...]:
        """Each place is where it is."""
        return tuple(Snap(meters=Meters(0), place=place) for place in places)

    def stretch(self, place: Place, profile: Profile) -> tuple[Place, ...]:
        """No roads are known."""
        return ()


def source(profile: Profile) -> str:
    """The name that stands beside its numbers."""
    factor = detour(profile)
    return "straight line" if factor == 1.0 else f"straight line × {factor:g}"


def leg_ms(a: Place, b: Place, profile: Profile, band: int) -> Millis:
    """The milliseconds of one leg."""
    speeds = _SPEEDS[profile]
    return Millis(round(distance_m(a, b) * detour(profile) * 3600 / speeds[min(band, len(speeds) - 1)]))
