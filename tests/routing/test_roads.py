"""Travel on tiny towns, each with its arithmetic; streets are driven at 10 m/s (see `town`)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import DAY_BANDS, UNREACHABLE, Closure, Profile
from app.domain.schedule_travel import arrival
from app.domain.units import hours
from app.routing.roads import RoadTravel
from app.routing.speeds import MIDDAY
from tests.routing.town import a_town, at, rule, street

SQUARE = {"A": (0, 0), "B": (1000, 0), "C": (1000, 1000), "D": (0, 1000)}
CROSS = {"W": (-500, 0), "X": (0, 0), "E": (500, 0), "N": (0, 500), "S": (0, -500)}
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def leg(town: RoadTravel, start: Place, end: Place, profile: Profile = Profile.VAN, closures: tuple[Closure, ...] = ()) -> tuple[int, int]:
    """Milliseconds and metres at midday."""
    ms, meters = town.matrix([start], [end], profile, MIDDAY, closures)
    return int(ms[0, 0]), int(meters[0, 0])


def near(found: tuple[int, int], seconds: float, meters: float) -> bool:
    """Equal but for the rounding of drawn positions (1 cm) and edges (1 ms)."""
    return abs(found[0] - seconds * 1000) <= 20 and abs(found[1] - meters) <= 1


@pytest.fixture
def square(tmp_path: Path) -> RoadTravel:
    """A square of 1 km a side, AB one-way."""
    return a_town(tmp_path / "square", SQUARE, [street("AB", oneway="yes"), street("BC"), street("CD"), street("DA")])


def test_a_one_way_street_is_driven_one_way(square: RoadTravel) -> None:
    """From 250 m to 500 m on AB: 250 m, 25 s. Back: on to B 500 m, round 3,000 m, and 250 m: 3,750 m, 375 s. Corners of two roads cost nothing."""
    assert near(leg(square, at(250, 0), at(500, 0)), 25, 250)
    assert near(leg(square, at(500, 0), at(250, 0)), 375, 3750)


def test_a_place_is_no_way_from_itself(square: RoadTravel) -> None:
    """Not even round the block."""
    assert leg(square, at(500, 0), at(500, 0)) == (0, 0)


def test_a_walker_does_not_mind_one_way_streets(square: RoadTravel) -> None:
    """250 m at 4.8 km/h: 187.5 s."""
    assert near(leg(square, at(500, 0), at(250, 0), Profile.WALKER), 187.5, 250)


def test_a_bicycle_passes_where_the_sign_excepts_it(tmp_path: Path) -> None:
    """250 m at 16 km/h: 56.25 s against the one-way street."""
    town = a_town(tmp_path / "t", SQUARE, [street("AB", oneway="yes", oneway__bicycle="no"), street("BC"), street("CD"), street("DA")])
    assert near(leg(town, at(500, 0), at(250, 0), Profile.CARGO_BIKE), 56.25, 250)


def test_turns_cost_by_angle_and_by_oncoming_traffic(tmp_path: Path) -> None:
    """At a junction of four roads, 200 m before and after it (40 s). Straight on: 7.5 / (1 + e^6.99) = 0.007 s. Right by 90°: 7.5 / (1 + e^0.94) = 2.1 s.
    Left: 7.5 / (1 + e^-0.94) = 5.4 s, and 2 / (1 + e^-3.25) = 1.93 s for the gap in oncoming traffic."""
    town = a_town(tmp_path / "t", CROSS, [street("WX"), street("XE"), street("NX"), street("XS")])
    assert near(leg(town, at(-200, 0), at(200, 0)), 40.007, 400)
    assert near(leg(town, at(-200, 0), at(0, -200)), 42.105, 400)
    assert near(leg(town, at(-200, 0), at(0, 200)), 47.32, 400)


def test_driving_on_the_left_mirrors_the_turns(tmp_path: Path) -> None:
    """A roundabout drawn clockwise tells that traffic keeps left: now the right turn crosses it."""
    corners = {**CROSS, "P": (500, 20), "Q": (520, 0), "R": (500, -20)}
    town = a_town(tmp_path / "t", corners, [street("WX"), street("XE"), street("NX"), street("XS"), street("EPQRE", junction="roundabout")])
    assert near(leg(town, at(-200, 0), at(0, 200)), 42.105, 400)
    assert near(leg(town, at(-200, 0), at(0, -200)), 47.32, 400)


def test_a_forbidden_left_turn_goes_to_the_end_and_back(tmp_path: Path) -> None:
    """W to N may not turn left at X: on to the dead end E, 700 m, a U-turn (20 s + 7.5 s), 500 m back, right at X (2.1 s), 200 m: 1,400 m, 169.6 s."""
    streets = [street("WX"), street("XE"), street("XN"), street("XS")]
    town = a_town(tmp_path / "t", CROSS, streets, [rule("no_left_turn", 1, "X", 3)])
    found = leg(town, at(-200, 0), at(0, 200))
    assert near((found[0], found[1]), 140 + 27.49 + 2.1, 1400)
    assert near(leg(town, at(-200, 0), at(0, -200)), 42.105, 400)


def test_only_straight_on_forbids_every_other_turn(tmp_path: Path) -> None:
    """The right turn, 42.1 s without the rule, now needs the dead end too, and comes back to a left turn."""
    streets = [street("WX"), street("XE"), street("XN"), street("XS")]
    town = a_town(tmp_path / "t", CROSS, streets, [rule("only_straight_on", 1, "X", 2)])
    assert near(leg(town, at(-200, 0), at(0, -200)), 140 + 27.49 + 7.32, 1400)


@pytest.mark.parametrize(
    ("tags", "van", "truck"),
    [({"key": "restriction:hgv"}, 400, 1400), ({"except": "hgv"}, 1400, 400), ({"except": "motorcar;hgv"}, 400, 400), ({}, 1400, 1400)],
)
def test_a_restriction_holds_for_the_vehicles_it_names(tmp_path: Path, tags: dict[str, str], van: int, truck: int) -> None:
    """400 m straight where the left turn is free, 1,400 m over the dead end where it is not."""
    town = a_town(tmp_path / "t", CROSS, [street("WX"), street("XE"), street("XN"), street("XS")], [rule("no_left_turn", 1, "X", 3, **tags)])
    assert leg(town, at(-200, 0), at(0, 200))[1] == pytest.approx(van, abs=1)
    assert leg(town, at(-200, 0), at(0, 200), Profile.TRUCK)[1] == pytest.approx(truck, abs=1)


def test_a_restriction_over_a_way_forbids_only_the_whole_manoeuvre(tmp_path: Path) -> None:
    """A dual carriageway: PQ east, RS west 20 m north, joined by the link QR. The U-turn PQ, QR, RS is forbidden,
    while QR from the side road TQ onto RS is not: so 220 m become 820 m, over the dead end T."""
    corners = {"P": (-500, 0), "Q": (0, 0), "U": (500, 0), "V": (500, 20), "R": (0, 20), "S": (-500, 20), "T": (0, -300)}
    streets = [
        street("PQ", oneway="yes"),
        street("QU", oneway="yes"),
        street("VR", oneway="yes"),
        street("RS", oneway="yes"),
        street("QR"),
        street("UV"),
        street("SP"),
        street("TQ"),
    ]
    free = a_town(tmp_path / "free", corners, streets)
    ruled = a_town(tmp_path / "ruled", corners, streets, [rule("no_u_turn", 1, 5, 4)])
    assert leg(free, at(-100, 0), at(-100, 20))[1] == pytest.approx(220, abs=1)
    assert leg(ruled, at(-100, 0), at(-100, 20))[1] == pytest.approx(100 + 300 + 300 + 20 + 100, abs=1)
    assert leg(ruled, at(0, -100), at(-100, 20)) == leg(free, at(0, -100), at(-100, 20))
    assert leg(ruled, at(-100, 0), at(0, 10))[1] == pytest.approx(110, abs=1)


def test_a_bollard_stops_the_van_and_lets_the_bicycle_through(tmp_path: Path) -> None:
    """A bollard in the middle of AB: from 400 m to 600 m a van drives back and round, 400 + 3,000 + 400 m; a bicycle 200 m."""
    corners = {**SQUARE, "M": (500, 0)}
    town = a_town(tmp_path / "t", corners, [street("AMB"), street("BC"), street("CD"), street("DA")], points={"M": {"barrier": "bollard"}})
    assert leg(town, at(400, 0), at(600, 0))[1] == pytest.approx(3800, abs=1)
    assert leg(town, at(400, 0), at(600, 0), Profile.CARGO_BIKE)[1] == pytest.approx(200, abs=1)


def test_a_bridge_is_no_junction(tmp_path: Path) -> None:
    """NS passes over WE without a common corner; they meet only over the ring road N to E, 707 m: 300 + 707 + 300 m."""
    corners = {"W": (-500, 0), "E": (500, 0), "N": (0, 500), "S": (0, -500)}
    town = a_town(tmp_path / "t", corners, [street("WE"), street("NS", bridge="yes", layer="1"), street("NE")])
    assert leg(town, at(200, 0), at(0, 200))[1] == pytest.approx(300 + 707 + 300, abs=1)


def test_an_island_is_unreachable_and_does_not_spoil_the_rest(tmp_path: Path) -> None:
    """A street 2 km off the square is reached by nobody; 100 m beside the square it is an island still, but its points snap to the square."""
    corners = {**SQUARE, "Y": (4000, 0), "Z": (4500, 0), "P": (200, -100), "Q": (800, -100)}
    town = a_town(tmp_path / "t", corners, [street("AB"), street("BC"), street("CD"), street("DA"), street("YZ"), street("PQ")])
    table = town.table([at(100, 0), at(4200, 0), at(600, 0), at(500, -100)], Profile.VAN, origin=MIDNIGHT, zone="UTC", bands=frozenset({"midday"}))
    assert [ms == UNREACHABLE for ms in table.durations[0]] == [
        False,
        True,
        False,
        False,
        True,
        False,
        True,
        True,
        False,
        True,
        False,
        False,
        False,
        True,
        False,
        False,
    ]
    assert table.durations[0][5] == 0
    far, beside = town.snaps([at(4200, 0), at(500, -100)], Profile.VAN)
    assert far.meters is None
    assert beside.meters == pytest.approx(100, abs=1)


def test_a_one_way_road_at_the_rim_is_left_by_the_nearest_street_that_leads_back(tmp_path: Path) -> None:
    """BX leads out of the extract. A stop 100 m along it is reached there, 1,100 m from A, and left from B's corner 100 m away."""
    town = a_town(tmp_path / "t", {**SQUARE, "X": (1500, 0)}, [street("AB"), street("BC"), street("CD"), street("DA"), street("BX", oneway="yes")])
    assert leg(town, at(0, 0), at(1100, 0))[1] == pytest.approx(1100, abs=1)
    assert leg(town, at(1100, 0), at(0, 0))[1] == pytest.approx(1000, abs=1)


def test_nobody_drives_through_private_ground_but_everybody_gets_there(tmp_path: Path) -> None:
    """The short cut AC is private: from 100 m north of A to 100 m west of C one goes round by D, 1,800 m, not over 1,614 m;
    to its middle 707 m + 100 m, and out again."""
    town = a_town(tmp_path / "t", SQUARE, [street("AB"), street("BC"), street("CD"), street("DA"), street("AC", access="private")])
    assert leg(town, at(0, 100), at(900, 1000))[1] == pytest.approx(1800, abs=1)
    inside = at(500, 500)
    assert leg(town, at(100, 0), inside)[1] == pytest.approx(100 + 707, abs=1)
    assert leg(town, inside, at(100, 0))[1] == pytest.approx(100 + 707, abs=1)
    assert leg(town, inside, at(100, 0))[0] < 100_000


def test_a_truck_goes_round_a_low_bridge(tmp_path: Path) -> None:
    """AB is 3 m high: the van's 2.6 m pass, the truck's 3.8 m do not."""
    town = a_town(
        tmp_path / "t",
        {**SQUARE, "M": (400, 0), "N": (600, 0)},
        [street("AM"), street("MN", maxheight="3"), street("NB"), street("BC"), street("CD"), street("DA")],
    )
    assert leg(town, at(300, 0), at(700, 0))[1] == pytest.approx(400, abs=1)
    assert leg(town, at(300, 0), at(700, 0), Profile.TRUCK)[1] == pytest.approx(300 + 3000 + 300, abs=1)


def test_steps_and_robots(tmp_path: Path) -> None:
    """Steps: a walker climbs them at 2.4 km/h, a sidewalk robot goes round."""
    corners = {**SQUARE, "M": (490, 0), "N": (510, 0)}
    town = a_town(tmp_path / "t", corners, [street("AM"), street("MN", highway="steps"), street("NB"), street("BC"), street("CD"), street("DA")])
    assert near(leg(town, at(400, 0), at(600, 0), Profile.WALKER), 180 * 0.75 + 20 * 1.5, 200)
    assert leg(town, at(400, 0), at(600, 0), Profile.SIDEWALK_ROBOT)[1] == pytest.approx(490 + 3000 + 490 - 180, abs=1)


class TestClosures:
    """Lines and rings over the square; from 250 m to 750 m on AB it is 500 m, 50 s; round the other way 3,500 m, 350 s."""

    @pytest.fixture
    def town(self, tmp_path: Path) -> RoadTravel:
        """The square with two-way streets."""
        return a_town(tmp_path / "t", SQUARE, [street("AB"), street("BC"), street("CD"), street("DA")])

    def test_a_line_across_a_street_closes_it(self, town: RoadTravel) -> None:
        """And only between the sides of the line: from 250 m to 400 m nothing changes."""
        closed = (closure(at(500, -50), at(500, 50)),)
        assert near(leg(town, at(250, 0), at(750, 0), closures=closed), 350, 3500)
        assert near(leg(town, at(250, 0), at(400, 0), closures=closed), 15, 150)
        assert near(leg(town, at(750, 0), at(250, 0), closures=closed), 350, 3500)

    def test_lifting_it_brings_the_way_back(self, town: RoadTravel) -> None:
        """Exactly as before."""
        before = leg(town, at(250, 0), at(750, 0))
        leg(town, at(250, 0), at(750, 0), closures=(closure(at(500, -50), at(500, 50)),))
        assert leg(town, at(250, 0), at(750, 0)) == before

    def test_a_ring_closes_what_lies_inside(self, town: RoadTravel) -> None:
        """A place inside is not reached; the others are."""
        ring = (closure(at(400, -50), at(600, -50), at(600, 50), at(400, 50), at(400, -50)),)
        assert leg(town, at(250, 0), at(500, 0), closures=ring) == (UNREACHABLE, UNREACHABLE)
        assert near(leg(town, at(250, 0), at(750, 0), closures=ring), 350, 3500)

    def test_a_closed_road_leaves_what_crosses_it_open(self, tmp_path: Path) -> None:
        """A cross: the arm to the east is closed along its line; from north to south nothing changes, and nobody gets to the east."""
        cross = {"A": (0, 0), "N": (0, 500), "E": (500, 0), "S": (0, -500), "W": (-500, 0)}
        town = a_town(tmp_path / "x", cross, [street("AN"), street("AE"), street("AS"), street("AW")])
        road = town.stretch(at(250, 4), Profile.VAN)
        assert {tuple(round(each, 6) for each in (end.lat, end.lon)) for end in (road[0], road[-1])} == {
            tuple(round(each, 6) for each in (end.lat, end.lon)) for end in (at(0, 0), at(500, 0))
        }
        closed = (Closure(id=ClosureId("c"), points=road, roads=(road,)),)
        assert leg(town, at(0, 250), at(0, -250), closures=closed) == leg(town, at(0, 250), at(0, -250))
        assert leg(town, at(0, 250), at(250, 0), closures=closed) == (UNREACHABLE, UNREACHABLE)
        assert town.stretch(at(5_000, 5_000), Profile.VAN) == ()

    def test_a_slow_stretch_takes_longer_over_the_whole_street(self, town: RoadTravel) -> None:
        """Factor 2.5 on AB: 500 m in 125 s. Factor 50: the 100 m back to A take 500 s, the 250 m from there up AD 25 s as ever."""
        line = at(500, -50), at(500, 50)
        assert near(leg(town, at(250, 0), at(750, 0), closures=(closure(*line, factor=2.5),)), 125, 500)
        assert near(leg(town, at(100, 0), at(0, 250), closures=(closure(*line, factor=50.0),)), 100 * 5 + 25, 350)

    def test_it_holds_for_the_profiles_it_names(self, town: RoadTravel) -> None:
        """A closure for bicycles does not stop the van."""
        closed = closure(at(500, -50), at(500, 50), profiles=frozenset({Profile.CARGO_BIKE}))
        table = town.table([at(250, 0), at(750, 0)], Profile.VAN, origin=MIDNIGHT, zone="UTC", closures=(closed,))
        bike = town.table([at(250, 0), at(750, 0)], Profile.CARGO_BIKE, origin=MIDNIGHT, zone="UTC", closures=(closed,))
        assert {row[1] for row in table.distances} == {500}
        assert bike.distances[0][1] == 3500

    def test_it_holds_from_a_leg_before_it_begins_until_it_ends(self, town: RoadTravel) -> None:
        """From 10:00 to 17:00; the way around takes 42 minutes on foot, so who leaves after 9:15 goes around."""
        ten = MIDNIGHT + timedelta(hours=10)
        closed = closure(at(500, -50), at(500, 50), begins=ten, ends=ten + timedelta(hours=7))
        table = town.table([at(250, 0), at(750, 0)], Profile.WALKER, origin=MIDNIGHT, zone="UTC", closures=(closed,))
        assert [row[1] for row in table.distances] == [500, 3500, 500]
        assert table.begins[1:] == (hours(9.25), hours(17))
        assert table.closed == (frozenset(), frozenset({closed.id}), frozenset())


def test_bands_begin_by_the_wall_clock_of_the_depot(square: RoadTravel) -> None:
    """In Helsinki midnight is 22:00 UTC of the day before; the bands count from there."""
    table = square.table([at(250, 0), at(500, 0)], Profile.VAN, origin=datetime(2026, 11, 22, 22, tzinfo=UTC), zone="Europe/Helsinki")
    assert table.begins[1:] == tuple(band.begins for band in DAY_BANDS)[1:]
    assert table.begins[0] < 0
    assert len(table.durations) == len(DAY_BANDS)
    assert len(square.table([at(0, 0)], Profile.WALKER, origin=MIDNIGHT, zone="UTC").durations) == 1


def test_the_peak_is_slower_than_the_night(square: RoadTravel) -> None:
    """A residential street: 25 s at midday, × 0.96 at night, × 1.05 in the morning."""
    table = square.table([at(250, 0), at(500, 0)], Profile.VAN, origin=MIDNIGHT, zone="UTC")
    assert [round(row[1] / 1000, 1) for row in table.durations] == [24.0, 26.2, 25.0, 26.5, 24.5]


def test_leaving_later_never_means_arriving_earlier(square: RoadTravel) -> None:
    """Every quarter of an hour of the day, and each second around the ends of the peaks."""
    table = square.table([at(250, 0), at(500, 0)], Profile.VAN, origin=MIDNIGHT, zone="UTC")
    moments = sorted({*range(0, 86_400_000, 900_000), *(begin + 1000 * nth for begin in table.begins[1:] for nth in range(-60, 60))})
    arrivals = [arrival(table, 2, moment) for moment in moments]
    assert arrivals == sorted(arrivals)


def test_a_shape_follows_the_streets_and_agrees_with_the_table(square: RoadTravel) -> None:
    """From AB round three corners back onto AB."""
    shape = square.shape([at(500, 0), at(250, 0)], Profile.VAN)
    assert shape.source == "roads"
    assert shape.meters == (leg(square, at(500, 0), at(250, 0))[1],)
    corners = [at(1000, 0), at(1000, 1000), at(0, 1000), at(0, 0)]
    drawn = [
        min(range(len(shape.legs[0])), key=lambda nth, corner=corner: abs(shape.legs[0][nth].lat - corner.lat) + abs(shape.legs[0][nth].lon - corner.lon))
        for corner in corners
    ]
    assert drawn == sorted(drawn)


def test_a_leg_without_a_road_is_straight_and_says_so(square: RoadTravel) -> None:
    """The second place lies 50 km off."""
    shape = square.shape([at(500, 0), at(50_000, 0), at(250, 0)], Profile.VAN)
    assert shape.source == "straight line × 1.4"
    assert [len(line) for line in shape.legs] == [2, 2]


def test_a_drone_flies(square: RoadTravel) -> None:
    """Half the diagonal, 707 m, at 45 km/h: 56.6 s, and the source says how."""
    table = square.table([at(0, 0), at(500, 500)], Profile.DRONE, origin=MIDNIGHT, zone="UTC")
    assert table.source == "straight line"
    assert table.distances[0][1] == 707
    assert table.durations[0][1] == pytest.approx(56_570, abs=20)


def closure(
    *points: Place, factor: float | None = None, profiles: frozenset[Profile] = frozenset(), begins: datetime | None = None, ends: datetime | None = None
) -> Closure:
    """A closure along these points."""
    return Closure(id=ClosureId("clo_1"), points=points, factor=factor, profiles=profiles, begins=begins, ends=ends)
