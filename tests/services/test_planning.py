"""A day as a problem, plans judged, reasons in words, proposals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.domain.address import AddressState, Location
from app.domain.errors import BadAnswer, Refused
from app.domain.fleet import Prices
from app.domain.geo import Place, distance_m
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import Order, OrderState, TaskKind, task_of
from app.domain.plans import Lock
from app.domain.roads import UNREACHABLE, Closure, Profile, Shape, Snap, TravelTable
from app.domain.schedule import Step
from app.domain.units import Cubic, Grams, Meters, Millis, day_origin
from app.services import planning
from app.services.planning_day import windows
from app.services.ports.store import Day
from app.services.ports.travel import Report, silent
from app.services.problem import RoutePlan, Solution
from app.wording import sentence
from tests.builders import a_day, a_place, a_plan, a_route, a_shift, a_stop, a_vehicle, a_window, an_order
from tests.problems import HOUR, MIN


class Flat:
    """Travel as the crow flies at 10 m/s; places in `cut_off` have no road, nearest one 640 m away."""

    def __init__(self, cut_off: Sequence[Place] = ()) -> None:
        self.cut_off = cut_off

    def table(
        self, places: Sequence[Place], profile: Profile, *, origin: datetime, zone: str, closures: Sequence[Closure] = (), report: Report = silent
    ) -> TravelTable:
        report(1.0, "roads.working")
        meters = [self._meters(a, b) for a in places for b in places]
        seconds = [each if each == UNREACHABLE else each * 100 for each in meters]
        return TravelTable(profile=profile, size=len(places), begins=(Millis(0),), durations=(seconds,), distances=(meters,), source="flat")

    def _meters(self, a: Place, b: Place) -> int:
        if a == b:
            return 0
        return UNREACHABLE if a in self.cut_off or b in self.cut_off else round(distance_m(a, b))

    def shape(self, places: Sequence[Place], profile: Profile, *, closures: Sequence[Closure] = (), when: datetime | None = None, zone: str = "UTC") -> Shape:
        return Shape(legs=tuple(pairwise(places)))

    def snaps(self, places: Sequence[Place], profile: Profile) -> tuple[Snap, ...]:
        return tuple(Snap(meters=Meters(640 if place in self.cut_off else 3)) for place in places)

    def stretch(self, place: Place, profile: Profile) -> tuple[Place, ...]:
        return ()


def words(reasons: Sequence) -> list[str]:
    return [sentence(each) for each in reasons]


def reasons_of(day: Day, order: Order, travel: Flat | None = None, **routes: tuple[Step, ...]) -> list[str]:
    """Why an order is in no route when these are the routes."""
    problem = planning.day_problem(day, travel or Flat())
    judged = planning.judge(problem, Solution(routes=tuple(RoutePlan(shift=ShiftId(shift), steps=found) for shift, found in routes.items())))
    return words(next(each.reasons for each in judged.unassigned if each.task == task_of(order)))


def all_steps(*found: Order) -> tuple[Step, ...]:
    return tuple(Step(task_of(order)) for order in found)


def test_a_day_becomes_tasks_shifts_and_tables() -> None:
    day = a_day(3, 2)
    problem = planning.day_problem(day, Flat())
    assert [task.id for task in problem.problem.tasks] == [task_of(order) for order in day.orders]
    assert problem.source == "flat"
    shift = problem.shifts[ShiftId("shf_1")]
    assert (shift.starts, shift.ends, shift.latest_end) == (8 * HOUR, 17 * HOUR, 18 * HOUR)
    assert problem.vehicles[ShiftId("shf_1")] == "Van 1"


def test_prices_become_costs_a_metre_and_a_millisecond() -> None:
    """30 a kilometre is 30,000 millionths a metre; 3,600 an hour is 1,000 millionths a millisecond."""
    van = a_vehicle(1, prices=Prices(fixed=5, per_km=30, per_hour=3_600, overtime_per_hour=7_200))
    shift = planning.day_problem(a_day(1, 1, vehicles={van.id: van}), Flat()).problem.shifts[0]
    assert (shift.fixed_price, shift.meter_price, shift.milli_price, shift.overtime_price) == (5_000_000, 30_000, 1_000, 2_000)


def test_priority_doubles_the_price_of_leaving_out() -> None:
    day = a_day(of=[an_order(1), an_order(2, priority=1), an_order(3, priority=9)])
    low, high, most = (task.unplanned_price for task in planning.day_problem(day, Flat()).problem.tasks)
    assert (high, most) == (2 * low, 512 * low)


def test_orders_that_may_not_be_planned_are_left_out_with_the_reason() -> None:
    lost = an_order(2, location=Location(state=AddressState.NOT_FOUND), state=OrderState.ON_HOLD)
    done = an_order(3, state=OrderState.DELIVERED)
    day = a_day(of=[an_order(1), lost, done])
    problem = planning.day_problem(day, Flat())
    assert [task.id for task in problem.problem.tasks] == [task_of(an_order(1))]
    judged = planning.current(problem, None)
    assert {each.task for each in judged.unassigned} == {task_of(an_order(1)), task_of(lost)}
    assert words(judged.unassigned[0].reasons) == ["Not planned yet."]
    assert all(words(each.reasons) for each in judged.unassigned)


def test_a_place_that_no_road_reaches_says_how_far_the_nearest_is() -> None:
    day = a_day(3, 1)
    said = reasons_of(day, day.orders[1], Flat([a_place(2)]))
    assert said == ["No road reaches it: 640 m from the nearest. Move the pin to the street."]


def test_a_depot_without_roads_is_refused() -> None:
    with pytest.raises(Refused, match=r"planning\.depot_cut_off"):
        planning.day_problem(a_day(2, 1), Flat([a_place(0)]))


def test_reasons_that_hold_whatever_the_routes_are() -> None:
    heavy = an_order(1, load=Load(Grams(900_000), Cubic(0), 1))
    skilled = an_order(2, skills=frozenset({"id check"}))
    lifted = an_order(3, features=frozenset({"tail lift"}))
    early = an_order(4, windows=(a_window("05:00", "06:00"),))
    day = a_day(of=[heavy, skilled, lifted, early])
    assert reasons_of(day, heavy) == ["Its weight of 900 kg is more than any vehicle carries (400 kg)."]
    assert reasons_of(day, skilled) == ["No driver of the day has the skill “id check”."]
    assert reasons_of(day, lifted) == ["No vehicle of the day has “tail lift”."]
    assert reasons_of(day, early)[0].startswith("Its window 05:00–06:00 lies outside every shift")
    assert reasons_of(replace(day, shifts=()), early) == ["There is no shift on this day: add shifts or import a fleet."]


def test_too_far_for_every_shift() -> None:
    """Place 1 is about 200 m away, 20 s; a shift of half a minute is too short for there, three minutes of service and back."""
    short = a_shift(1, starts="08:00", ends="08:01", latest_end=datetime(2026, 11, 23, 8, 1))
    day = a_day(1, 1, shifts=(short,))
    assert reasons_of(day, day.orders[0]) == ["Too far for every shift: going there and back ends 3 min after the latest end."]


def test_binding_rules_with_numbers_best_vehicle_first() -> None:
    """Van 1 carries 400 kg and has 399 on board: A-2 with 15 kg is 14 too many. Van 2's route cannot hold it either: it has 395."""
    full, fuller, small = (an_order(n, load=Load(Grams(kg * 1_000), Cubic(0), 1)) for n, kg in ((1, 399), (3, 395), (2, 15)))
    day = a_day(of=[full, small, fuller])
    said = reasons_of(day, small, shf_1=all_steps(full), shf_2=all_steps(fuller))
    assert said == ["Van 2: full by 10 kg.", "Van 1: full by 14 kg."]


def test_a_window_that_every_route_misses_says_by_how_much() -> None:
    """One van serves A-1 for two hours from 8:00 on; A-2 must begin by 8:10 and A-1 by 8:01."""
    long = an_order(1, service=Millis(2 * HOUR), windows=(a_window("08:00", "08:01"),))
    late = an_order(2, windows=(a_window("08:00", "08:10"),))
    day = a_day(of=[long, late], vans=1)
    (said,) = reasons_of(day, late, shf_1=all_steps(long))
    assert said.startswith("Van 1:")
    assert "min too late at" in said


def test_a_pair_is_left_out_together() -> None:
    pickup = an_order(1, kind=TaskKind.PICKUP, location=Location(state=AddressState.NOT_FOUND))
    delivery = an_order(2, paired_with="A-1")
    day = a_day(of=[pickup, delivery])
    assert planning.day_problem(day, Flat()).problem.tasks == ()
    assert reasons_of(day, delivery) == ["It belongs together with A-1, which cannot be planned."]


def test_windows_in_days_of_clock_changes() -> None:
    """Helsinki: on 2026-03-29 3:00 becomes 4:00, on 2026-10-25 4:00 becomes 3:00; 10:00 is 9 and 11 hours after midnight."""
    zone = ZoneInfo("Europe/Helsinki")
    for day, hours in ((date(2026, 3, 29), 9), (date(2026, 10, 25), 11), (date(2026, 11, 23), 10)):
        (found,) = windows([a_window("10:00", "11:00", day=day)], zone, day_origin(day, zone))
        assert (found.opens, found.closes) == (hours * HOUR, (hours + 1) * HOUR)


def test_a_window_in_the_missing_hour_is_open_for_a_moment() -> None:
    zone, day = ZoneInfo("Europe/Helsinki"), date(2026, 3, 29)
    (found,) = windows([a_window("03:30", "04:00", day=day)], zone, day_origin(day, zone))
    assert found.opens <= found.closes


def test_a_zone_with_a_change_of_half_an_hour() -> None:
    """Lord Howe, 2026-10-04: 2:00 becomes 2:30; 10:00 is nine and a half hours after midnight."""
    zone, day = ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4)
    (found,) = windows([a_window("10:00", "11:00", day=day)], zone, day_origin(day, zone))
    assert found.opens == 9 * HOUR + 30 * MIN


def test_overlapping_windows_become_one() -> None:
    zone, day = ZoneInfo("UTC"), date(2026, 11, 23)
    found = windows([a_window("09:00", "11:00"), a_window("08:00", "09:30"), a_window("14:00", "15:00")], zone, day_origin(day, zone))
    assert [(each.opens, each.closes) for each in found] == [(8 * HOUR, 11 * HOUR), (14 * HOUR, 15 * HOUR)]


def test_locks_go_along_to_the_planner() -> None:
    locked = a_stop(2, lock=Lock.POSITION)
    plan = a_plan(a_route(1, [a_stop(1), locked, a_stop(3, lock=Lock.DRIVER)]), a_route(2, [4], locked=True))
    problem = planning.day_problem(a_day(4, 2, plan=plan), Flat())
    first, second = planning.to_solve(problem, plan).start
    assert (first.fixed, first.closed) == (2, False)
    assert first.stay == {task_of(an_order(2)), task_of(an_order(3))}
    assert second.closed


def test_judging_keeps_the_ids_of_shifts_and_stops() -> None:
    plan = a_plan(a_route(1, [1, 2]), a_route(2, [3]))
    day = a_day(3, 2, plan=plan)
    problem = planning.day_problem(day, Flat())
    turned = Solution(routes=(RoutePlan(shift=ShiftId("shf_1"), steps=all_steps(*(an_order(n) for n in (3, 1, 2)))),), engine="e")
    judged = planning.judge(problem, turned, plan)
    assert [route.id for route in judged.routes] == ["rte_1", "rte_2"]
    assert [stop.id for stop in judged.routes[0].stops] == ["stp_A-3", "stp_A-1", "stp_A-2"]
    found = planning.proposal(day, problem, judged)
    assert [(move.task, move.changes_route) for move in found.moves] == [(task_of(an_order(3)), True)]
    assert found.based_on == plan.version
    assert found.before.planned == found.after.planned == 3
    assert found.saved_cost == found.before.cost - found.after.cost


def test_only_the_fewest_stops_count_as_moved() -> None:
    """1 2 3 4 → 4 1 2 3: one stop moved."""
    plan = a_plan(a_route(1, [1, 2, 3, 4]))
    day = a_day(4, 1, plan=plan)
    problem = planning.day_problem(day, Flat())
    solution = Solution(routes=(RoutePlan(shift=ShiftId("shf_1"), steps=all_steps(*(an_order(n) for n in (4, 1, 2, 3)))),))
    moved = planning.proposal(day, problem, planning.judge(problem, solution, plan)).moves
    assert [(move.task, move.from_position, move.to_position) for move in moved] == [(task_of(an_order(4)), 3, 0)]


@pytest.mark.parametrize(
    "routes",
    [
        [RoutePlan(shift=ShiftId("nobody"))],
        [RoutePlan(shift=ShiftId("shf_1"), steps=(Step(TaskId("nobody")),))],
        [RoutePlan(shift=ShiftId("shf_1"), steps=(*all_steps(an_order(1)), *all_steps(an_order(1))))],
    ],
)
def test_an_answer_against_facts_is_refused(routes: list[RoutePlan]) -> None:
    problem = planning.day_problem(a_day(2, 1), Flat())
    with pytest.raises(BadAnswer):
        planning.judge(problem, Solution(routes=tuple(routes)))


def test_the_pool_keeps_its_reasons_and_every_order_is_somewhere() -> None:
    plan = a_plan(a_route(1, [1]), unassigned=[2])
    day = a_day(3, 2, plan=plan)
    judged = planning.current(planning.day_problem(day, Flat()), plan)
    planned = [task for route in judged.routes for task in route.tasks]
    assert sorted([*planned, *(each.task for each in judged.unassigned)]) == sorted(task_of(order) for order in day.orders)
    assert judged.unassigned[0].reasons == plan.unassigned[0].reasons


def test_a_stop_of_a_finished_order_is_passed_over() -> None:
    plan = a_plan(a_route(1, [1, 2]))
    day = a_day(of=[an_order(1, state=OrderState.DELIVERED), an_order(2)], plan=plan)
    found = planning.timelines(planning.day_problem(day, Flat()), plan.routes)
    assert [halt.task for halt in found[plan.routes[0].id].halts] == [task_of(an_order(2))]


def test_a_day_without_a_plan_has_an_empty_route_for_every_shift() -> None:
    judged = planning.current(planning.day_problem(a_day(2, 3), Flat()), None)
    assert [route.shift for route in judged.routes] == ["shf_1", "shf_2", "shf_3"]
    assert (judged.totals.planned, judged.totals.unplanned, judged.totals.vehicles) == (0, 2, 0)


def test_driver_and_vehicle_limits_reach_the_arithmetic() -> None:
    day = a_day(1, 1)
    van = a_vehicle(1, range=Meters(5_000), capacity=Capacity(pieces=3), features=frozenset({"lift"}))
    driver = replace(next(iter(day.drivers.values())), skills=frozenset({"id check"}), start=a_place(5), end=a_place(6))
    shift = a_shift(1, max_duration=Millis(HOUR), latest_end=a_shift(1).ends + timedelta(minutes=30))
    problem = planning.day_problem(replace(day, vehicles={van.id: van}, drivers={driver.id: driver}, shifts=(shift,)), Flat())
    terms = problem.problem.shifts[0]
    assert (terms.max_distance, terms.max_duration, terms.capacity.pieces, terms.skills, terms.features) == (
        5_000,
        HOUR,
        3,
        {"id check"},
        {"lift"},
    )
    assert [problem.places[row] for row in (terms.start, terms.end or 0)] == [a_place(5), a_place(6)]
