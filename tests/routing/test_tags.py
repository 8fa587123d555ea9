"""What tags mean: limits, sizes, access, directions, barriers, waits."""

import pytest

from app.domain.roads import Profile
from app.routing.speeds import Mode
from app.routing.tags import Facing, parse_limit, parse_size, passes_barrier, rate, wait_at

VAN, TRUCK, BIKE, WALKER, ROBOT = Profile.VAN, Profile.TRUCK, Profile.CARGO_BIKE, Profile.WALKER, Profile.SIDEWALK_ROBOT


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50),
        ("30 mph", 48.28),
        ("walk", 7),
        ("none", 140),
        ("DE:urban", 50),
        ("DE:zone:30", 30),
        ("FI:zone30", 30),
        ("DE:rural", 100),
        ("50;30", 50),
        ("signals", None),
        ("", None),
    ],
)
def test_limits(text: str, kmh: float | None) -> None:
    """In km/h, whatever unit or zone is signed."""
    assert parse_limit(text) == (None if kmh is None else pytest.approx(kmh, abs=0.01))


@pytest.mark.parametrize(
    ("text", "size"), [("3.5", 3.5), ("3,5 m", 3.5), ("12'6\"", 3.81), ("7.5 t", 7.5), ("6000 kg", 6.0), ("11'", 3.353), ("default", None)]
)
def test_sizes(text: str, size: float | None) -> None:
    """In metres or tonnes."""
    assert parse_size(text) == (None if size is None else pytest.approx(size, abs=0.001))


@pytest.mark.parametrize(
    ("profile", "tags", "forward", "backward"),
    [
        (VAN, {"highway": "residential"}, 25, 25),
        (VAN, {"highway": "residential", "maxspeed": "30 mph"}, 38.6, 38.6),
        (VAN, {"highway": "residential", "oneway": "-1"}, 0, 25),
        (VAN, {"highway": "tertiary", "junction": "roundabout"}, 40, 0),
        (VAN, {"highway": "motorway"}, 90, 0),
        (VAN, {"highway": "residential", "surface": "mud"}, 10, 10),
        (VAN, {"highway": "footway"}, 0, 0),
        (VAN, {"highway": "pedestrian", "motor_vehicle": "delivery"}, 10, 10),
        (VAN, {"highway": "residential", "access": "no"}, 0, 0),
        (VAN, {"highway": "residential", "access": "no", "motorcar": "yes"}, 25, 25),
        (VAN, {"highway": "residential", "motor_vehicle:backward": "no"}, 25, 0),
        (VAN, {"highway": "residential", "maxspeed:forward": "50", "maxspeed:backward": "30"}, 40, 24),
        (VAN, {"highway": "proposed"}, 0, 0),
        (VAN, {"route": "ferry"}, 0, 0),
        (VAN, {"route": "ferry", "motorcar": "yes"}, 8, 8),
        (TRUCK, {"highway": "residential", "hgv": "no"}, 0, 0),
        (TRUCK, {"highway": "residential", "maxweight": "7.5"}, 0, 0),
        (TRUCK, {"highway": "motorway", "maxspeed": "none"}, 80, 0),
        (BIKE, {"highway": "residential", "oneway": "yes", "cycleway": "opposite_lane"}, 16, 16),
        (BIKE, {"highway": "footway"}, 4, 4),
        (BIKE, {"highway": "footway", "bicycle": "yes"}, 12, 12),
        (BIKE, {"highway": "steps"}, 0, 0),
        (BIKE, {"highway": "motorway"}, 0, 0),
        (WALKER, {"highway": "residential", "oneway": "yes"}, 4.8, 4.8),
        (WALKER, {"route": "ferry"}, 5, 5),
        (ROBOT, {"highway": "steps"}, 0, 0),
        (ROBOT, {"highway": "secondary", "sidewalk": "no"}, 0, 0),
        (ROBOT, {"highway": "path", "surface": "gravel"}, 0, 0),
    ],
)  # fmt: skip
def test_speeds(profile: Profile, tags: dict[str, str], forward: float, backward: float) -> None:
    """Along and against the drawing of the way, 0 where it is not allowed."""
    rating = rate(tags, profile)
    assert (rating.forward, rating.backward) == (pytest.approx(forward, abs=0.1), pytest.approx(backward, abs=0.1))


def test_access_only_is_marked() -> None:
    """Private drives and customers' yards are driven to, not through."""
    assert rate({"highway": "service", "access": "private"}, VAN).restricted
    assert not rate({"highway": "service", "access": "private", "motor_vehicle": "yes"}, VAN).restricted


@pytest.mark.parametrize(
    ("tags", "passing"),
    [
        ({"barrier": "bollard"}, {BIKE, WALKER, ROBOT}),
        ({"barrier": "gate"}, {VAN, TRUCK, BIKE, WALKER, ROBOT}),
        ({"barrier": "stile"}, {WALKER}),
        ({"barrier": "gate", "motor_vehicle": "no"}, {BIKE, WALKER, ROBOT}),
        ({"barrier": "bollard", "bollard": "rising"}, {VAN, TRUCK, BIKE, WALKER, ROBOT}),
        ({"barrier": "fence"}, set()),
    ],
)
def test_barriers(tags: dict[str, str], passing: set[Profile]) -> None:
    """Who gets past."""
    assert {each for each in (VAN, TRUCK, BIKE, WALKER, ROBOT) if passes_barrier(tags, each)} == passing


def test_waits() -> None:
    """Two seconds at a signal or a stop sign, a minute to open a gate; a sign without a direction stands before its junction."""
    assert wait_at({"highway": "traffic_signals"}, Mode.MOTOR) == (Facing.BOTH, 2_000)
    assert wait_at({"highway": "traffic_signals", "traffic_signals:direction": "backward"}, Mode.MOTOR) == (Facing.AGAINST, 2_000)
    assert wait_at({"highway": "stop"}, Mode.MOTOR) == (Facing.NEAREST, 2_000)
    assert wait_at({"barrier": "gate"}, Mode.MOTOR) == (Facing.BOTH, 60_000)
    assert wait_at({"barrier": "gate"}, Mode.FOOT) == (Facing.BOTH, 0)
