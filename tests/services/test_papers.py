"""What stands on papers: loading order, where a parcel goes, and what has changed since the last print."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from app.domain.orders import TaskKind, task_of
from app.domain.units import Millis, hours, minutes
from app.routing.straight import StraightTravel
from app.services import planning
from app.services.papers.changes import change, printed
from app.services.papers.contents import day_papers, finder, lanes, parcel_code, trips
from app.services.papers.values import Changed, PaperRoute
from app.services.queries import day_view
from tests.builders import a_day, a_plan, a_route, orders
from tests.made_papers import a_paper_order, a_paper_route, a_paper_stop, papers_of

AT = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)


def numbers(route: PaperRoute) -> list[str]:
    return [order.number for order in route.orders]


def test_papers_show_the_plan_with_its_times_and_leave_empty_routes_out() -> None:
    made = orders(3)
    plan = a_plan(a_route(1, made[:2]), a_route(2), unassigned=made[2:])
    day = a_day(of=made, plan=plan)
    judged = planning.current(planning.day_problem(day, StraightTravel()), plan)
    view = day_view(day, judged)
    papers = day_papers(day, view, judged.timelines)
    assert [numbers(route) for route in papers.routes] == [[order.number for order in made[:2]]]
    halts = {halt.task: halt.arrival for halt in judged.timelines[papers.routes[0].id].halts}
    assert [stop.arrival for stop in papers.routes[0].stops] == [halts[task_of(order)] for order in made[:2]]
    assert not day_papers(day, view, judged.timelines, only=()).routes


def test_a_van_is_loaded_from_its_last_stop_and_anew_after_each_return_without_what_is_picked_up() -> None:
    stops = (
        a_paper_stop(1, a_paper_order("A")),
        a_paper_stop(2, a_paper_order("B", kind=TaskKind.PICKUP, from_depot=False)),
        a_paper_stop(3, a_paper_order("C"), a_paper_order("D", from_depot=False)),
        a_paper_stop(4, a_paper_order("E"), reload=hours(12)),
        a_paper_stop(5, a_paper_order("F")),
    )
    first, second = trips(a_paper_route(1, stops=stops))
    assert [order.number for order in first.orders] == ["C", "A"]
    assert [order.number for order in second.orders] == ["F", "E"]
    assert (first.ready, second.ready) == (hours(8), hours(12))
    assert not trips(a_paper_route(1, stops=stops[1:2]))


def test_the_depot_finds_each_parcel_by_its_number_and_each_lane_by_its_departure() -> None:
    late = a_paper_route(1, ["10", "9"], leaves=hours(10))
    early = a_paper_route(2, ["100"], leaves=hours(7))
    papers = papers_of(late, early)
    assert [route.number for route in lanes(papers)] == [2, 1]
    assert [(each.number, each.lane, each.stop) for each in finder(papers)] == [("9", 1, 2), ("10", 1, 1), ("100", 2, 1)]


def test_each_parcel_of_several_has_a_code_of_its_own() -> None:
    assert [parcel_code(a_paper_order("7", pieces=2), parcel) for parcel in (1, 2)] == ["7/1", "7/2"]
    assert parcel_code(a_paper_order("7", pieces=0), 1) == "7"


def test_a_route_never_printed_is_new_and_one_just_printed_is_not() -> None:
    route = a_paper_route(1, "ABC")
    assert change(None, route).any
    assert not change(printed(route, AT), route).any


def test_each_kind_of_change_is_told_with_what_was() -> None:
    was = printed(a_paper_route(1, "ABCD"), AT)
    moved = a_paper_route(1, "BCAE")
    told = {each.number: each for each in change(was, moved).orders}
    assert told["A"].changed >= {Changed.MOVED}
    assert (told["A"].was, told["A"].now) == (1, 3)
    assert told["D"].changed == {Changed.GONE}
    assert told["E"].changed == {Changed.NEW}
    assert Changed.MOVED not in told["B"].changed, "it keeps its place among those that stay"
    assert change(was, moved).numbers == {"ord_A": 1, "ord_B": 2, "ord_C": 3}


def test_a_small_shift_is_no_news_and_details_are() -> None:
    order = a_paper_order("A")
    stop = a_paper_stop(1, order)
    was = printed(a_paper_route(1, stops=(stop,)), AT)

    def told(**changes: object) -> set[Changed]:
        now = a_paper_route(1, stops=(replace(stop, orders=(replace(order, **changes),)),))
        return {kind for each in change(was, now).orders for kind in each.changed}

    shifted = replace(stop, arrival=Millis((stop.arrival or 0) + minutes(4)))
    assert not change(was, a_paper_route(1, stops=(shifted,))).any
    assert told(notes="Ring twice") == {Changed.DETAILS}
    assert told(phone="+358 50 1") == {Changed.DETAILS}
    assert told(windows=((hours(9), hours(10)),)) == {Changed.WINDOW}
    assert change(was, a_paper_route(1, stops=(stop,), driver="Another")).any


@given(st.permutations(range(8)), st.integers(0, 8), st.integers(0, 4))
def test_who_applies_the_changes_to_the_old_sheet_has_the_new_one(order: list[int], kept: int, fresh: int) -> None:
    fresh_names = (f"N{each}" for each in count())
    now = [str(each) for each in order[:kept]]
    for _ in range(fresh):
        now.insert(len(now) // 2, next(fresh_names))
    before = a_paper_route(1, map(str, range(8)))
    route = a_paper_route(1, now) if now else replace(a_paper_route(1, ["x"]), stops=())
    told = change(printed(before, AT), route)
    sheet = [each for each in numbers(before) if not any(c.number == each and c.changed & {Changed.GONE, Changed.MOVED} for c in told.orders)]
    for each in sorted((c for c in told.orders if c.changed & {Changed.NEW, Changed.MOVED}), key=lambda c: c.now):
        sheet.insert(each.now - 1, each.number)
    assert sheet == now
