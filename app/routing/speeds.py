"""Speeds and access by kind of vehicle: what the tags of a way mean for each profile, and how the hour of the day changes it.

Speeds are kilometres an hour as driven between junctions (what junctions cost is in `turns`); 0 means "not allowed". The van's numbers are
calibrated so that its travel times agree with a widely used open road engine on the same extracts (`bench roads --against`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.roads import DAY_BANDS, Profile

Tags = Mapping[str, str]


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
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
    "unclassified", "residential", "living_street", "service", "road", "track", "pedestrian", "cycleway", "footway", "path", "bridleway", "steps", "corridor", "platform", "ferry",
)  # fmt: skip
"""Highway classes in falling importance; an edge keeps the index."""
CLASS_INDEX = {name: index for index, name in enumerate(CLASSES)}
FERRY = CLASS_INDEX["ferry"]

_OPEN = frozenset({"yes", "designated", "permissive", "official", "public", "1", "true"})
_RESTRICTED = frozenset({"private", "destination", "delivery", "customers", "permit", "residents"})


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
    "motorway": 90.0, "motorway_link": 45.0, "trunk": 85.0, "trunk_link": 40.0, "primary": 65.0, "primary_link": 30.0, "secondary": 55.0,
    "secondary_link": 25.0, "tertiary": 40.0, "tertiary_link": 20.0, "unclassified": 25.0, "residential": 25.0, "living_street": 10.0,
    "service": 15.0, "road": 25.0,
}  # fmt: skip
_MOTOR_SURFACES = {
    "cement": 80.0, "compacted": 80.0, "fine_gravel": 80.0, "paving_stones": 60.0, "metal": 60.0, "bricks": 60.0, "grass": 40.0, "wood": 40.0,
    "sett": 40.0, "grass_paver": 40.0, "gravel": 40.0, "unpaved": 40.0, "ground": 40.0, "dirt": 40.0, "pebblestone": 40.0, "tartan": 40.0,
    "cobblestone": 30.0, "clay": 30.0, "earth": 20.0, "stone": 20.0, "rocky": 20.0, "sand": 20.0, "mud": 10.0,
}  # fmt: skip
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
    "cycleway": 16.0, "living_street": 11.0, "service": 13.0, "track": 11.0, "path": 11.0, "pedestrian": 6.0, "footway": 4.0, "bridleway": 6.0, "platform": 4.0,
}  # fmt: skip
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
        access=("access", "vehicle", "motor_vehicle", "motorcar"), speeds=_MOTOR_SPEEDS, opened=10.0, top=120.0, oneway_keys=("oneway:motor_vehicle",),
        restriction_keys=("", "motor_vehicle", "motorcar"), passes=_MOTOR_BARRIERS, surfaces=_MOTOR_SURFACES,
        limits={"maxheight": 2.6, "maxwidth": 2.1, "maxlength": 6.5, "maxweight": 3.5},
    ),
    Profile.TRUCK: Driving(
        access=("access", "vehicle", "motor_vehicle", "goods", "hgv"), speeds={name: min(80.0, 0.92 * speed) for name, speed in _MOTOR_SPEEDS.items()}, opened=8.0,
        top=80.0, legal=0.75, oneway_keys=("oneway:motor_vehicle",), restriction_keys=("", "motor_vehicle", "hgv", "goods"), passes=_MOTOR_BARRIERS, surfaces=_MOTOR_SURFACES,
        limits={"maxheight": 3.8, "maxwidth": 2.55, "maxlength": 10.0, "maxweight": 12.0},
    ),
    Profile.CARGO_BIKE: Driving(
        access=("access", "vehicle", "bicycle"), speeds=_BIKE_SPEEDS, opened=12.0, top=25.0, legal=1.0, oneway_keys=("oneway:bicycle",),
        restriction_keys=("", "bicycle"), passes=_BIKE_BARRIERS, surfaces=_BIKE_SURFACES, limits={"maxwidth": 0.9},
    ),
    Profile.WALKER: Driving(access=("access", "foot"), speeds=_WALK_SPEEDS, opened=4.8, top=5.0, legal=0.0, oneway_keys=("oneway:foot",), ignores_oneway=True, passes=_FOOT_BARRIERS),
    Profile.SIDEWALK_ROBOT: Driving(
        access=("access", "foot"), speeds=_ROBOT_SPEEDS, opened=5.0, top=6.0, legal=0.0, oneway_keys=("oneway:foot",), ignores_oneway=True,
        passes=_MOTOR_BARRIERS | {"bollard", "cycle_barrier", "block", "planter"}, surfaces=_ROBOT_SURFACES,
    ),
}  # fmt: skip

RELEVANT = frozenset(
    {
        "highway", "route", "oneway", "junction", "surface", "maxspeed", "maxspeed:forward", "maxspeed:backward", "source:maxspeed", "maxspeed:type", "duration", "lanes", "area", "hgv", "goods",
        "motorcar", "foot", "bicycle", "vehicle", "motor_vehicle", "access", "oneway:bicycle", "oneway:motor_vehicle", "oneway:foot", "cycleway", "cycleway:left",
        "cycleway:right", "cycleway:both", "sidewalk", "wheelchair", "maxheight", "maxwidth", "maxlength", "maxweight", "tracktype", "smoothness", "footway", "construction", "proposed",
        "motor_vehicle:forward", "motor_vehicle:backward", "access:forward", "access:backward", "vehicle:forward", "vehicle:backward", "bicycle:forward", "bicycle:backward", "barrier", "impassable", "tunnel",
    }
)  # fmt: skip
"""Tags that any judgement here reads; all others are dropped while reading an extract."""

_ZONES = {
    "urban": 50.0,
    "rural": 100.0,
    "motorway": 130.0,
    "trunk": 110.0,
    "living_street": 10.0,
    "bicycle_road": 30.0,
    "school": 30.0,
    "nsl_single": 96.0,
    "nsl_dual": 112.0,
}


def parse_limit(text: str) -> float | None:
    """A `maxspeed` value in km/h: "50", "30 mph", "walk", "none", "DE:urban", "FI:zone30"; None where it cannot be understood."""
    text = text.split(";")[0].strip().lower()
    number = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph|knots)?", text)
    if number:
        return float(number[1]) * {"mph": 1.609344, "knots": 1.852}.get(number[2] or "", 1.0)
    if text in ("walk", "walking"):
        return 7.0
    if text in ("none", "unlimited"):
        return 140.0
    zone = re.fullmatch(r"[a-z]{2}(?:-[a-z]+)?:(?:zone:?)?(\w+)", text)
    if not zone:
        return None
    return float(zone[1]) if zone[1].isdigit() else _ZONES.get(zone[1])


def parse_size(text: str) -> float | None:
    """A size or weight tag in metres or tonnes: "3.5", "3.5 m", "12'6\\"", "7.5 t", "6000 kg", "10 st"; None where it cannot be understood."""
    text = text.strip().lower().replace(",", ".")
    feet = re.fullmatch(r"(\d+(?:\.\d+)?)\s*'\s*(?:(\d+(?:\.\d+)?)\s*\")?", text)
    if feet:
        return (float(feet[1]) + float(feet[2] or 0) / 12) * 0.3048
    number = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", text)
    scale = {"": 1.0, "m": 1.0, "t": 1.0, "ft": 0.3048, "cm": 0.01, "kg": 0.001, "lbs": 0.000454, "lb": 0.000454, "st": 0.9072}
    return float(number[1]) * scale[number[2]] if number and number[2] in scale else None


@dataclass(frozen=True, slots=True)
class Rating:
    """What one kind of way is for one profile, along and against its drawing: km/h (0: not allowed), and whether it is for access only."""

    forward: float
    backward: float
    restricted: bool


_CLOSED = Rating(0.0, 0.0, False)


def way_class(tags: Tags) -> int | None:
    """The index in `CLASSES`, or None for what is no road for anybody."""
    if tags.get("route") == "ferry" and "highway" not in tags:
        return FERRY
    if tags.get("area") == "yes" and tags.get("highway") not in ("pedestrian", "footway"):
        return None
    return CLASS_INDEX.get(tags.get("highway", ""))


def rate(tags: Tags, profile: Profile) -> Rating:
    """What the tags of a way mean for a profile."""
    kind = way_class(tags)
    if kind is None or tags.get("impassable") == "yes":
        return _CLOSED
    driving = DRIVING[profile]
    word = _access_word(tags, driving)
    speed = _class_speed(tags, profile, CLASSES[kind], word)
    if speed <= 0 or _too_big(tags, driving):
        return _CLOSED
    forward, backward = _directions(tags, profile)
    return Rating(
        _driven(tags, driving, speed, "forward") if forward else 0.0,
        _driven(tags, driving, speed, "backward") if backward else 0.0,
        word in _RESTRICTED,
    )


def passes_barrier(tags: Tags, profile: Profile) -> bool:
    """Whether a profile gets past the node with these tags."""
    driving = DRIVING[profile]
    word = _access_word(tags, driving)
    if word:
        return word in _OPEN or word in _RESTRICTED
    kind = tags.get("barrier")
    if kind == "bollard" and tags.get("bollard") == "rising" and "motor_vehicle" not in tags:
        return True
    return kind is None or kind in driving.passes


class Facing(StrEnum):
    """For whom a signal or sign on a way stands."""

    ALONG = "forward"
    AGAINST = "backward"
    BOTH = "both"
    NEAREST = "nearest"
    """For those who come to the nearer end of the way: a sign without a direction stands before its junction."""


SIGNAL_MS = 2_000
"""Mean wait at a traffic signal, on top of the turn."""
_STOP_MS, _YIELD_MS, _GATE_MS = 2_000, 1_000, 60_000


def wait_at(tags: Tags, mode: Mode) -> tuple[Facing, int]:
    """Who waits at a node with these tags, and how many milliseconds; walkers are taken to wait nowhere."""
    if mode is Mode.FOOT:
        return Facing.BOTH, 0
    kind = tags.get("highway", "")
    said = {"forward": Facing.ALONG, "backward": Facing.AGAINST, "both": Facing.BOTH}.get(tags.get("traffic_signals:direction") or tags.get("direction") or "")
    if kind == "traffic_signals":
        return said or Facing.BOTH, SIGNAL_MS
    if kind in ("stop", "give_way"):
        return said or Facing.NEAREST, _STOP_MS if kind == "stop" else _YIELD_MS
    opened = tags.get("barrier") in ("gate", "lift_gate", "swing_gate") and mode is Mode.MOTOR and not _access_word(tags, DRIVING[Profile.VAN])
    return Facing.BOTH, _GATE_MS if opened else 0


def _access_word(tags: Tags, driving: Driving) -> str:
    word = ""
    for key in driving.access:
        word = tags.get(key, word)
    return word.split(";")[0].strip()


def _class_speed(tags: Tags, profile: Profile, name: str, word: str) -> float:
    driving = DRIVING[profile]
    if word and word not in _OPEN and word not in _RESTRICTED and not (word == "dismount" and profile is Profile.CARGO_BIKE):
        return 0.0
    if name == "ferry":
        return _ferry_speed(tags, profile, word)
    if name in ("corridor", "steps") and profile is not Profile.WALKER:
        return 0.0
    if profile is Profile.SIDEWALK_ROBOT and not _robot_friendly(tags, name):
        return 0.0
    speed = driving.speeds.get(name, 0.0)
    special = any(tags.get(key, "") in _OPEN | {"delivery", "destination"} for key in driving.access[1:])
    if speed == 0.0 and special:
        return driving.opened
    if special and profile is Profile.CARGO_BIKE and name in ("footway", "pedestrian"):
        return driving.opened
    return 4.0 if word == "dismount" else speed


def _robot_friendly(tags: Tags, name: str) -> bool:
    if tags.get("wheelchair") == "no":
        return False
    main = name in ("primary", "secondary", "tertiary")
    return tags.get("sidewalk", "yes") not in ("no", "none", "separate") if main else True


def _ferry_speed(tags: Tags, profile: Profile, word: str) -> float:
    """A ferry carries what its tags name; people go wherever nothing forbids it. With `duration` the time comes from the whole way's length."""
    carries_all = profile in (Profile.WALKER, Profile.CARGO_BIKE)
    return 8.0 if (carries_all or (word in _OPEN and profile is not Profile.SIDEWALK_ROBOT)) else 0.0


def _too_big(tags: Tags, driving: Driving) -> bool:
    sizes = ((size, parse_size(tags[key])) for key, size in driving.limits.items() if key in tags)
    return any(limit is not None and limit < size for size, limit in sizes)


def _driven(tags: Tags, driving: Driving, speed: float, direction: str) -> float:
    if _word_of(tags, driving, direction) == "no":
        return 0.0
    said = tags.get(f"maxspeed:{direction}") or tags.get("maxspeed") or tags.get("source:maxspeed") or tags.get("maxspeed:type") or ""
    limit = parse_limit(said)
    if limit and driving.legal:
        motor = driving.limits.get("maxweight") is not None
        speed = limit * driving.legal if motor else min(speed, limit * driving.legal)
    return min(speed, driving.top, driving.surfaces.get(tags.get("surface", ""), 1e9))


def _word_of(tags: Tags, driving: Driving, direction: str) -> str:
    word = ""
    for key in driving.access:
        word = tags.get(f"{key}:{direction}", word)
    return word


def _directions(tags: Tags, profile: Profile) -> tuple[bool, bool]:
    driving = DRIVING[profile]
    own = next((tags[key] for key in driving.oneway_keys if key in tags), None)
    said = own or ("" if driving.ignores_oneway else tags.get("oneway", ""))
    if profile is Profile.CARGO_BIKE and own is None and _cycles_against(tags):
        return True, True
    if said in ("-1", "reverse"):
        return False, True
    if said in ("yes", "true", "1"):
        return True, False
    if said in ("no", "false", "0", "reversible", "alternating") or driving.ignores_oneway:
        return True, True
    implied = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") in ("motorway", "motorway_link")
    return True, not implied


def _cycles_against(tags: Tags) -> bool:
    return any(tags.get(key, "").startswith("opposite") for key in ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both"))


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
