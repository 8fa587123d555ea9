"""The read models: every panel's numbers come from one view of the day."""

from dataclasses import replace

from app.domain.address import AddressState, Location
from app.domain.orders import OrderState
from app.domain.sentences import Sentence
from app.routing.straight import StraightTravel
from app.services import planning
from app.services.ports.store import Day
from app.services.queries import DayView, Standing, day_view, natural
from tests import builders as b


def seen(day: Day) -> DayView:
    problem = planning.day_problem(day, StraightTravel())
    return day_view(day, planning.current(problem, day.plan), problem.source)


def test_without_a_plan_every_shift_has_an_empty_route_and_every_order_is_in_the_pool() -> None:
    view = seen(b.a_day(4, vans=2))
    assert [(row.number, row.vehicle, row.stops) for row in view.routes] == [(1, "Van 1", 0), (2, "Van 2", 0)]
    assert view.figures.pool == 4
    assert view.figures.planned == 0
    assert {row.standing for row in view.board} == {Standing.POOL}


def test_a_stop_says_its_route_place_and_time() -> None:
    view = seen(b.a_day(3, vans=2, plan=b.a_plan(b.a_route(1, [2, 1]), b.a_route(2), unassigned=[3])))
    row = next(row for row in view.board if row.number == "A-1")
    assert (row.route_number, row.position, row.vehicle) == (1, 2, "Van 1")
    stop = view.stop_of(row.order)
    assert stop is not None
    assert stop.arrival == row.arrival
    assert view.figures.planned == 2
    assert [each.number for each in view.pool] == ["A-3"]


def test_lateness_is_the_same_in_table_list_and_figures() -> None:
    late = b.an_order(1, windows=(b.a_window("00:05", "00:06"),))
    view = seen(b.a_day(of=(late, b.an_order(2)), vans=1, plan=b.a_plan(b.a_route(1, [1, 2]))))
    row = view.by_order[late.id]
    assert row.standing is Standing.LATE
    assert row.late > 0
    assert row.slack is None
    assert view.routes[0].late == view.figures.late == 1
    assert view.routes[0].worst_late == row.late


def test_slack_counts_to_the_end_of_the_window() -> None:
    order = b.an_order(1, windows=(b.a_window("08:00", "17:00"),))
    view = seen(b.a_day(of=(order,), vans=1, plan=b.a_plan(b.a_route(1, [1]))))
    row = view.by_order[order.id]
    assert row.slack is not None
    stop = view.stop_of(order.id)
    assert stop is not None
    assert stop.begin is not None
    assert row.slack == row.windows[0][1] - stop.begin


def test_a_held_order_says_why_and_stands_last() -> None:
    reason = Sentence.of("locating.not_found")
    held = b.an_order(1, state=OrderState.ON_HOLD, hold=reason, location=Location(state=AddressState.NOT_FOUND))
    view = seen(b.a_day(of=(held, b.an_order(2)), vans=1))
    assert [(row.number, row.standing) for row in view.pool] == [("A-2", Standing.POOL), ("A-1", Standing.HELD)]
    assert view.pool[1].reasons[0] == reason
    assert (view.figures.pool, view.figures.held) == (1, 1)


def test_the_load_bar_shows_the_fullest_measure() -> None:
    vehicle = b.a_vehicle(1, capacity=b.Capacity(b.Grams(4_000)))
    day = b.a_day(2, vans=1, plan=b.a_plan(b.a_route(1, [1, 2])))
    view = seen(replace(day, vehicles={vehicle.id: vehicle}))
    assert view.routes[0].share == 1.0


def test_before_the_roads_are_known_orders_are_shown_without_times() -> None:
    day = b.a_day(2, vans=1, plan=b.a_plan(b.a_route(1, [1, 2])))
    view = day_view(day, None)
    assert view.figures.planned == 2
    assert {row.arrival for row in view.board} == {None}


def test_numbers_sort_as_people_count() -> None:
    assert sorted(["Van 10", "Van 9", "van 1"], key=natural) == ["van 1", "Van 9", "Van 10"]
