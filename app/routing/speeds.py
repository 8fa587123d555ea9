"""Speeds by kind of vehicle and class of road, and how the hour of the day changes them; `tags` reads the ways with them.

Speeds are kilometres an hour as driven between junctions (what junctions cost is in `turns`); 0 means "not allowed". The van's numbers are
calibrated so that its travel times agree with a widely used open road engine on the same extracts (`bench roads --against`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.roads import DAY_BANDS, Profile


class Mode(StrEnum):
    """Families of profiles that share one road graph."""

    MOTOR = "motor"
    BIKE = "bike"
    FOOT = "foot"


MODE_PROFILES: Mapping[Mode, tuple[Profile, ...]] = {
    Mode.MOTOR: (Profile.VAN, Profile.TRUCK),
    Mode.BIKE: (Profile.CARGO_BIKE,),
    Mode.FOOT: (Profile.WALKER, Profile.SIDEWALK_ROBOT),
}
MODE_OF: Mapping[Profile, Mode] = {profile: mode for mode, profiles in MODE_PROFILES.items() for profile in profiles}

CLASSES = (
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "service",
    "road",
    "track",
    "pedestrian",
    "cycleway",
    "footway",
    "path",
    "bridleway",
    "steps",
    "corridor",
    "platform",
    "ferry",
)
"""Highway classes in falling importance; an edge keeps the index."""
CLASS_INDEX = {name: index for index, name in enumerate(CLASSES)}
FERRY = CLASS_INDEX["ferry"]


_COLUMN = {profile: column for profiles in MODE_PROFILES.values() for column, profile in enumerate(profiles)}


def column(profile: Profile) -> int:
    """The column of a profile in the arrays of its mode."""
    return _COLUMN[profile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Driving:
    """How one profile uses the roads. `access`: keys from the general to the special one; `speeds`: km/h by class, absent: only where a tag
    opens the way; `opened`: km/h on such a way; `top`: km/h at most; `legal`: the share of a signed limit that is driven (0: limits are ignored);
    metres and tonnes are those of the vehicle."""

    access: tuple[str, ...]
    speeds: Mapping[str, float]
    opened: float
    top: float
    legal: float = 0.8
    oneway_keys: tuple[str, ...] = ()
    ignores_oneway: bool = False
    restriction_keys: tuple[str, ...] = ()
    """Vehicle words under which turn restrictions hold for it; the first is the plain `restriction`."""
    passes: frozenset[str] = frozenset()
    """Barriers that let it through."""
    surfaces: Mapping[str, float] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    """Its own size by tag: `maxheight`, `maxwidth`, `maxlength` in metres, `maxweight` in tonnes."""


_MOTOR_SPEEDS = {
    "motorway": 90.0,
    "motorway_link": 45.0,
    "trunk": 85.0,
    "trunk_link": 40.0,
    "primary": 65.0,
    "primary_link": 30.0,
    "secondary": 55.0,
    "secondary_link": 25.0,
    "tertiary": 40.0,
    "tertiary_link": 20.0,
    "unclassified": 25.0,
    "residential": 25.0,
    "living_street": 10.0,
    "service": 15.0,
    "road": 25.0,
}
_MOTOR_SURFACES = {
    "cement": 80.0,
    "compacted": 80.0,
    "fine_gravel": 80.0,
    "paving_stones": 60.0,
    "metal": 60.0,
    "bricks": 60.0,
    "grass": 40.0,
    "wood": 40.0,
    "sett": 40.0,
    "grass_paver": 40.0,
    "gravel": 40.0,
    "unpaved": 40.0,
    "ground": 40.0,
    "dirt": 40.0,
    "pebblestone": 40.0,
    "tartan": 40.0,
    "cobblestone": 30.0,
    "clay": 30.0,
    "earth": 20.0,
    "stone": 20.0,
    "rocky": 20.0,
    "sand": 20.0,
    "mud": 10.0,
}
_MOTOR_BARRIERS = frozenset(
    {"cattle_grid", "border_control", "toll_booth", "sally_port", "gate", "lift_gate", "no", "entrance", "height_restrictor", "arch", "swing_gate", "kerb"}
)
_BIKE_BARRIERS = _MOTOR_BARRIERS | {"bollard", "cycle_barrier", "block", "planter", "chain", "rope", "bump_gate"}
_FOOT_BARRIERS = _BIKE_BARRIERS | {
    "stile",
    "kissing_gate",
    "turnstile",
    "full-height_turnstile",
    "horse_stile",
    "log",
    "jersey_barrier",
    "debris",
    "hampshire_gate",
    "motorcycle_barrier",
    "yes",
}
_BIKE_SPEEDS = {
    **dict.fromkeys(("primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified", "residential", "road"), 16.0),
    "cycleway": 16.0,
    "living_street": 11.0,
    "service": 13.0,
    "track": 11.0,
    "path": 11.0,
    "pedestrian": 6.0,
    "footway": 4.0,
    "bridleway": 6.0,
    "platform": 4.0,
}
_BIKE_SURFACES = {"cobblestone": 9.0, "sett": 11.0, "gravel": 10.0, "unpaved": 11.0, "ground": 9.0, "dirt": 9.0, "grass": 7.0, "sand": 4.0, "mud": 4.0}
_WALK_SPEEDS = {**dict.fromkeys((name for name in CLASSES if not name.startswith(("motorway", "trunk")) and name != "ferry"), 4.8), "steps": 2.4}
_ROBOT_SPEEDS = dict.fromkeys(
    ("footway", "pedestrian", "living_street", "residential", "service", "cycleway", "path", "unclassified", "tertiary", "secondary", "primary", "platform"),
    5.0,
)
_ROBOT_SURFACES = {
    **dict.fromkeys(("cobblestone", "unpaved", "gravel", "ground", "dirt", "grass", "sand", "mud", "earth", "stone", "woodchips"), 0.0),
    "sett": 3.0,
}

DRIVING: Mapping[Profile, Driving] = {
    Profile.VAN: Driving(
        access=("access", "vehicle", "motor_vehicle", "motorcar"),
        speeds=_MOTOR_SPEEDS,
        opened=10.0,
        top=120.0,
        oneway_keys=("oneway:motor_vehicle",),
        restriction_keys=("", "motor_vehicle", "motorcar"),
        passes=_MOTOR_BARRIERS,
        surfaces=_MOTOR_SURFACES,
        limits={"maxheight": 2.6, "maxwidth": 2.1, "maxlength": 6.5, "maxweight": 3.5},
    ),
    Profile.TRUCK: Driving(
        access=("access", "vehicle", "motor_vehicle", "goods", "hgv"),
        speeds={name: min(80.0, 0.92 * speed) for name, speed in _MOTOR_SPEEDS.items()},
        opened=8.0,
        top=80.0,
        legal=0.75,
        oneway_keys=("oneway:motor_vehicle",),
        restriction_keys=("", "motor_vehicle", "hgv", "goods"),
        passes=_MOTOR_BARRIERS,
        surfaces=_MOTOR_SURFACES,
        limits={"maxheight": 3.8, "maxwidth": 2.55, "maxlength": 10.0, "maxweight": 12.0},
    ),
    Profile.CARGO_BIKE: Driving(
        access=("access", "vehicle", "bicycle"),
        speeds=_BIKE_SPEEDS,
        opened=12.0,
        top=25.0,
        legal=1.0,
        oneway_keys=("oneway:bicycle",),
        restriction_keys=("", "bicycle"),
        passes=_BIKE_BARRIERS,
        surfaces=_BIKE_SURFACES,
        limits={"maxwidth": 0.9},
    ),
    Profile.WALKER: Driving(
        access=("access", "foot"), speeds=_WALK_SPEEDS, opened=4.8, top=5.0, legal=0.0, oneway_keys=("oneway:foot",), ignores_oneway=True, passes=_FOOT_BARRIERS
    ),
    Profile.SIDEWALK_ROBOT: Driving(
        access=("access", "foot"),
        speeds=_ROBOT_SPEEDS,
        opened=5.0,
        top=6.0,
        legal=0.0,
        oneway_keys=("oneway:foot",),
        ignores_oneway=True,
        passes=_MOTOR_BARRIERS | {"bollard", "cycle_barrier", "block", "planter"},
        surfaces=_ROBOT_SURFACES,
    ),
}


# Travel time is multiplied by these in the bands of `DAY_BANDS` (night, morning peak, midday, evening peak, evening); midday is what the speeds above say.
# A planning assumption until measured speeds of the depot's own tours replace it: big roads suffer most, side streets little; no band is slower than a third.
_TRAFFIC = {
    "major": (0.90, 1.25, 1.00, 1.30, 0.95),
    "middle": (0.92, 1.18, 1.00, 1.22, 0.96),
    "minor": (0.96, 1.05, 1.00, 1.06, 0.98),
}
MIDDAY = next(index for index, band in enumerate(DAY_BANDS) if band.name == "midday")


def traffic(name: str, band: int) -> float:
    """The factor on travel time of a motor vehicle on a class of road in a band of the day."""
    plain = name.removesuffix("_link")
    group = "major" if plain in ("motorway", "trunk", "primary") else "middle" if plain in ("secondary", "tertiary") else "minor"
    return _TRAFFIC[group][band] if name != "ferry" else 1.0


def has_traffic(profile: Profile) -> bool:
    """Whether the hour of the day changes the speed of a profile."""
    return MODE_OF.get(profile) is Mode.MOTOR
