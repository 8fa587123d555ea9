"""What the tags of ways and nodes mean for each profile: may it pass, how fast, in which direction, and what it waits for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.roads import Profile
from app.routing.speeds import CLASS_INDEX, CLASSES, DRIVING, FERRY, Driving, Mode

Tags = Mapping[str, str]

_OPEN = frozenset({"yes", "designated", "permissive", "official", "public", "1", "true"})
_RESTRICTED = frozenset({"private", "destination", "delivery", "customers", "permit", "residents"})

_DIRECTED = tuple(f"{key}:{direction}" for key in ("maxspeed", "access", "vehicle", "motor_vehicle", "bicycle") for direction in ("forward", "backward"))
RELEVANT = frozenset(
    [
        "highway",
        "route",
        "oneway",
        "junction",
        "surface",
        "maxspeed",
        "source:maxspeed",
        "maxspeed:type",
        "duration",
        "lanes",
        "area",
        "tunnel",
        "impassable",
        "sidewalk",
        "wheelchair",
        "access",
        "vehicle",
        "motor_vehicle",
        "motorcar",
        "goods",
        "hgv",
        "bicycle",
        "foot",
        "oneway:bicycle",
        "oneway:motor_vehicle",
        "oneway:foot",
        "cycleway",
        "cycleway:left",
        "cycleway:right",
        "cycleway:both",
        "maxheight",
        "maxwidth",
        "maxlength",
        "maxweight",
    ]
).union(_DIRECTED)
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
