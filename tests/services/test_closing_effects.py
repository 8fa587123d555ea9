"""No route drives through a closure in force: random towns, plans and closures, checked on the path; and what closures do is counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.address import Location
from app.domain.closing import barrier, concerns, in_force
from app.domain.errors import Refused
from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile
from app.domain.units import Grams, Millis, from_clock, hours
from app.routing.roads import RoadTravel
from app.services import planning
from app.services.closing_effects import crossings, impact, legs_of, on_the_road
from app.services.closing_times import on_changed_roads
from app.services.ports.store import Day
from app.services.queries import day_view
from tests.builders import a_day, a_depot, a_plan, a_route, a_vehicle, an_order
from tests.routing.test_contraction import random_town
from tests.routing.town import at

WIDE = 400
"""Metres that the town measures."""
HEAVY = 2
"""The van that weighs 5 t."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> RoadTravel:
    """A grid of streets with one-ways and forbidden turns."""
    return random_town(tmp_path_factory.mktemp("town"), 3)


def planned(places: list[Place], closures: tuple[Closure, ...] = ()) -> Day:
    """A day in the town: the first half of the places for a light van, the second for a heavy one."""
    made = [an_order(nth, location=Location(state=an_order().location.state, place=place)) for nth, place in enumerate(places, 1)]
    half = len(made) // 2
    plan = a_plan(a_route(1, made[:half]), a_route(2, made[half:]))
    day = a_day(of=made, plan=plan, closures=closures)
    vehicles = {each.id: each for each in (a_vehicle(1, gross=Grams(3_000_000)), a_vehicle(HEAVY, gross=Grams(5_000_000)))}
    return replace(day, depot=a_depot(place=at(200, 200), zone="UTC"), vehicles=vehicles)


spots = st.builds(at, st.integers(0, WIDE), st.integers(0, WIDE))


@st.composite
def closures(draw: st.DrawFn) -> Closure:
    """A line or an area, with hours, daily hours, a weight limit, or none of it."""
    points = tuple(draw(st.lists(spots, min_size=2, max_size=4, unique=True)))
    begins = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=draw(st.floats(5, 10)))
    timed = draw(st.booleans())
    return Closure(
        id=ClosureId(f"c{draw(st.integers(0, 10**9))}"),
        points=(*points, points[0]) if len(points) > 2 and draw(st.booleans()) else points,
        begins=begins if timed else None,
        ends=begins + timedelta(hours=draw(st.floats(0.1, 4))) if timed else None,
        daily=(hours(8), hours(9)) if draw(st.integers(0, 3)) == 0 else None,
        heavier_than=Grams(4_000_000) if draw(st.integers(0, 3)) == 0 else None,
    )


@given(
    places=st.lists(spots, min_size=4, max_size=10, unique=True),
    drawn=st.lists(closures(), min_size=1, max_size=3, unique_by=lambda each: each.id),
    clicked=st.lists(spots, max_size=1),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_route_drives_through_a_closure_in_force(town: RoadTravel, places: list[Place], drawn: list[Closure], clicked: list[Place]) -> None:
    """The path of every leg of every route, at the hours in which it is driven; areas and lines that were drawn, roads that were clicked."""
    roads = [town.stretch(spot, Profile.VAN) for spot in clicked]
    drawn = [*drawn, *(Closure(id=ClosureId("road"), points=road, roads=(road,)) for road in roads)]
    day = planned(places, tuple(drawn))
    try:
        problem = planning.day_problem(day, town)
    except Refused:
        return  # the depot itself is closed in
    judged = planning.current(problem, day.plan)
    for leg in legs_of(day, problem, judged.routes, judged.timelines):
        shift = next(each for each in day.shifts if each.id == next(route.shift for route in judged.routes if route.id == leg.route))
        table = problem.problem.travel[problem.shifts[shift.id].travels]
        part = max(nth for nth, begin in enumerate(table.begins) if begin <= leg.leaves)
        around = [each for each in drawn if table.closed and each.id in table.closed[part]]
        shape = town.shape(leg.places, leg.profile, closures=around)
        if shape.source != "roads":
            continue  # cut off: it is told as such, and no path leads there
        begins, ends = from_clock(leg.leaves, problem.origin), from_clock(leg.arrives, problem.origin)
        for each in drawn:
            if concerns(each, leg.profile, leg.weighs) and in_force(each, begins, ends, day.depot.zone):
                assert not barrier(each).met_by(on_the_road(shape.legs[0])), (leg, each)


def test_what_a_closure_meets_is_marked_on_leg_stop_and_route_and_priced(town: RoadTravel) -> None:
    """Two orders behind a line: both routes cross it until it is in force only for heavy vehicles, or only in the evening."""
    places = [at(100, 100), at(300, 110), at(110, 300), at(300, 300)]
    day = planned(places)
    problem = planning.day_problem(day, town)
    judged = planning.current(problem, day.plan)
    middle = Closure(id=ClosureId("c"), points=(at(200, 20), at(200, 180)), factor=3.0, note="works")
    met = crossings(day, problem, judged, town, (middle,))
    assert {key[0] for key in met} >= {day.plan.routes[0].id if day.plan is not None else ""}
    rows = day_view(replace(day, closures=(middle,)), judged, "", met)
    marked = [row for row in rows.routes if row.hatched]
    assert marked
    assert all([mark.name for mark in row.roads] == ["works"] for row in marked)
    assert {stop.id for stops in rows.stops.values() for stop in stops if stop.roads} <= {row.stop for row in rows.board if row.roads}
    evening = replace(middle, begins=datetime(2026, 11, 23, 20, tzinfo=UTC))
    assert crossings(day, problem, judged, town, (evening,)) == {}
    heavy = crossings(day, problem, judged, town, (replace(middle, heavier_than=Grams(4_000_000)),))
    assert {key[0] for key in heavy} <= {route.id for route in judged.routes if route.shift == day.shifts[HEAVY - 1].id}
    slower = replace(day, closures=(middle,))
    now = planning.current(planning.day_problem(slower, town), slower.plan)
    found = impact(judged, met, now)
    at_once = planning.current(on_changed_roads(day, slower, problem, judged, town), slower.plan)
    assert impact(judged, met, at_once) == found
    assert (found.legs, found.lost) == (len(met), 0)
    assert found.more is not None
    assert found.more > Millis(0)


def test_a_stop_that_is_closed_in_is_counted_as_cut_off_and_marked(town: RoadTravel) -> None:
    """A ring around one of the stops."""
    places = [at(100, 100), at(300, 110), at(110, 300), at(300, 300)]
    day = planned(places)
    problem = planning.day_problem(day, town)
    before = planning.current(problem, day.plan)
    corners = [at(300 + east, 300 + north) for east, north in ((-60, -60), (-60, 60), (60, 60), (60, -60), (-60, -60))]
    closed = replace(day, closures=(Closure(id=ClosureId("c"), points=tuple(corners), note="flood"),))
    behind = planning.day_problem(closed, town)
    after = planning.current(behind, closed.plan)
    assert on_changed_roads(day, closed, problem, before, town).left_out.keys() == behind.left_out.keys()
    met = crossings(closed, behind, after, town)
    found = impact(before, crossings(day, problem, before, town, closed.closures), after)
    assert found.lost == 1
    lost = [row for row in day_view(closed, after, "", met).board if any(mark.lost for mark in row.roads)]
    assert [row.number for row in lost] == ["A-4"]


def test_only_heavy_vehicles_get_tables_of_their_own(town: RoadTravel) -> None:
    """Without a weight limit one table for both vans; with one, the light van keeps the plain one."""
    places = [at(100, 100), at(300, 110), at(110, 300), at(300, 300)]
    plain = planning.day_problem(planned(places), town)
    limit = Closure(id=ClosureId("c"), points=(at(200, -50), at(200, 450)), factor=2.0, heavier_than=Grams(4_000_000), profiles=frozenset({Profile.VAN}))
    limited = planning.day_problem(planned(places, (limit,)), town)
    assert list(plain.problem.travel) == ["van"]
    light, heavy = (limited.problem.travel[limited.shifts[shift].travels] for shift in sorted(limited.shifts))
    assert (light.durations, light.closed) == (plain.problem.travel["van"].durations, ())
    assert heavy.durations != light.durations
    assert heavy.profile is Profile.VAN
