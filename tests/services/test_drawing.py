"""What a map shows becomes features; a changed day becomes the few that differ."""

from dataclasses import replace
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from app.domain.geo import Place
from app.services.drawing import MapClosure, MapDay, MapGhost, MapLeg, MapPool, MapRoute, MapStop, difference, drawn, features, place_of, position_of

A, B, C = Place(60.17, 24.94), Place(60.18, 24.95), Place(60.19, 24.96)
STOPS = (MapStop(id="s1", place=A, number=1), MapStop(id="s2", place=B, number=2, late_minutes=18, locked=True))
ROUTE = MapRoute(id="r1", number=3, name="Van 3", stops=STOPS, legs=(MapLeg(points=(A, B)), MapLeg(points=(B, C), straight=True)))
DAY = MapDay(routes=(ROUTE,), pool=(MapPool(id="o9", place=C, title="<b>"),))


def test_longitude_comes_first_and_way_back_is_the_same_place() -> None:
    assert position_of(A) == [24.94, 60.17]
    assert place_of(position_of(A)) == A


def test_an_equal_day_changes_nothing() -> None:
    assert not difference(drawn(DAY), drawn(replace(DAY)))


def test_one_late_stop_is_the_only_thing_sent() -> None:
    later = replace(ROUTE, stops=(STOPS[0], replace(STOPS[1], late_minutes=25)))
    changed = difference(drawn(DAY), drawn(replace(DAY, routes=(later,))))
    assert [each["id"] for each in changed.put] == ["stop:s2"]
    assert changed.put[0]["properties"]["late"] == 25
    assert changed.drop == ()


def test_what_is_gone_is_dropped_and_ghosts_come_beside_their_routes() -> None:
    changed = difference(drawn(DAY), drawn(replace(DAY, pool=()), [MapGhost(id="r1", lines=((A, B),))]))
    assert changed.drop == ("pool:o9",)
    assert [each["id"] for each in changed.put] == ["ghost:r1"]


def test_a_straight_leg_and_a_ring_say_so() -> None:
    ring = MapClosure(id="c", points=(A, B, C, A))
    made = {each["id"]: each["properties"] for each in features(drawn(replace(DAY, closures=(ring,))))}
    assert made["route:r1"]["straight"] == [1]
    assert made["closure:c"]["ring"] is True


def test_closed_roads_hatched_legs_and_other_days_say_so() -> None:
    roads = MapClosure(id="c", points=(A, B), roads=((A, B), (B, C)), quiet=True)
    met = replace(ROUTE, legs=(ROUTE.legs[0], replace(ROUTE.legs[1], hatched=True)))
    made = {each["id"]: each for each in features(drawn(replace(DAY, routes=(met,), closures=(roads,))))}
    assert made["route:r1"]["properties"]["hatched"] == [1]
    assert len(made["closure:c"]["geometry"]["coordinates"]) == 2
    assert (made["closure:c"]["properties"]["ring"], made["closure:c"]["properties"]["quiet"]) == (False, True)


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=2, max_size=5))
def test_lines_are_kept_to_a_metre(points: list[tuple[float, float]]) -> None:
    places = tuple(Place(lat, lon) for lat, lon in points)
    (feature,) = features(drawn(MapDay(), [MapGhost(id="g", lines=(places,))]))
    steps, units = feature["geometry"]["coordinates"][0], feature["geometry"]["units"]
    read = [(lat / units, lon / units) for lon, lat in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)]
    assert all(abs(a - b.lat) <= 5.1e-6 and abs(o - b.lon) <= 5.1e-6 for (a, o), b in zip(read, places, strict=True))
