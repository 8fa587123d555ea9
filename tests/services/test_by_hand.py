"""Selecting what is alike, the best places, other days and their loads, and repairing around a change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.address import Address
from app.domain.errors import Cancelled
from app.domain.ids import OrderId, RouteId, StopId
from app.domain.orders import OrderState, Recipient, TaskKind, task_of
from app.domain.plans import Plan, PromisedRoute, move
from app.services import planning
from app.services.alike import Likeness, alike
from app.services.best_places import best_places
from app.services.day_loads import day_load, promised, with_halves
from app.services.dragging import Hand
from app.services.planning_judging import steps_of
from app.services.repairing import moved_by, to_repair
from tests.builders import DAY, a_day, a_plan, a_route, a_window, an_order
from tests.services.test_planning import Flat


def nothing() -> None:
    """Nobody cancels."""


def ids(*numbers: int) -> frozenset[OrderId]:
    return frozenset(OrderId(f"ord_A-{number}") for number in numbers)


def test_alike_is_what_shares_a_street_a_promise_a_customer_or_a_postcode() -> None:
    quay = Address(street="Quay", house="7", postcode="00200", city="Helsinki")
    known = (
        an_order(1, windows=(a_window("09:00", "11:00"),), recipient=Recipient(name="Ella", phone="+3581")),
        an_order(2, address=quay, recipient=Recipient(name="ella")),
        an_order(3, address=replace(quay, street="QUAY", house="9"), windows=(a_window("09:00", "11:00"),), recipient=Recipient(name="Onni", phone="+3581")),
        an_order(4, state=OrderState.CANCELLED),
        an_order(5, address=Address(), recipient=Recipient()),
    )
    assert alike(known, ids(1), Likeness.STREET) == ids(1), "a cancelled one is not looked for"
    assert alike(known, ids(2), Likeness.STREET) == ids(2, 3)
    assert alike(known, ids(1), Likeness.WINDOW) == ids(1, 3)
    assert alike(known, ids(2), Likeness.WINDOW) == ids(2, 5), "any time is a promise too"
    assert alike(known, ids(1), Likeness.CUSTOMER) == ids(1, 2, 3), "by name and by telephone"
    assert alike(known, ids(3), Likeness.POSTCODE) == ids(2, 3)
    assert alike(known, ids(5), Likeness.STREET) == alike(known, ids(5), Likeness.CUSTOMER) == ids(5)


@given(st.integers(1, 6), st.integers(1, 3))
def test_places_are_ranked_and_no_place_of_a_route_is_better_than_the_one_offered(number: int, home: int) -> None:
    rows: list[list[int]] = [[1, 2], [3, 4], [5, 6]]
    for row in rows:
        if number in row:
            row.remove(number)
    rows[home - 1].append(number)
    plan = a_plan(*(a_route(at, row) for at, row in enumerate(rows, start=1)))
    problem = planning.day_problem(a_day(6, 3), Flat())
    found = best_places(Hand(problem, plan, [task_of(an_order(number))]), [route.id for route in plan.routes], nothing)
    assert {each.route for each in found} == {route.id for route in plan.routes}
    assert not any(each.broken for each in found)
    assert [each.cost for each in found] == sorted(each.cost for each in found)
    for each in found:
        assert each.route is not None
        every = [Hand(problem, plan, [task_of(an_order(number))]).at(each.route, at).cost for at in range(len(plan.route(each.route).stops) + 1)]
        assert each.cost == min(every)


def test_nothing_is_offered_for_what_cannot_be_planned_and_a_look_can_be_broken_off() -> None:
    day = a_day(3, 1, plan=a_plan(a_route(1, [1])))
    problem = planning.day_problem(day, Flat())
    assert best_places(Hand(problem, a_plan(a_route(1, [1])), [task_of(an_order(9))]), [RouteId("rte_1")], nothing) == ()

    def enough() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        best_places(Hand(problem, a_plan(a_route(1, [1])), [task_of(an_order(2))]), [RouteId("rte_1")], enough)


def test_a_day_says_what_is_on_it_and_who_was_promised_a_time() -> None:
    pair = (an_order(2, kind=TaskKind.PICKUP), an_order(3, paired_with="A-2"))
    known = (an_order(1), *pair, an_order(4, state=OrderState.CANCELLED), an_order(5, day=None), an_order(6, state=OrderState.ON_HOLD))
    told = PromisedRoute(route=RouteId("rte_1"), tasks=(task_of(an_order(3)), task_of(an_order(9))), arrivals=(None, None))
    plan = a_plan(a_route(1, [1]), promised=(told,))
    load = day_load(a_day(of=known, vans=2, plan=plan))
    assert (load.day, load.orders, load.unplanned, load.shifts, load.weight) == (DAY, 4, 2, 2, 8_000)
    assert day_load(replace(a_day(of=known), day=DAY + timedelta(days=1))).orders == 0
    going = with_halves(known, ids(2))
    assert [order.number for order in going] == ["A-2", "A-3"]
    assert [order.number for order in promised(plan, going)] == ["A-3"]
    assert promised(None, going) == ()


def plan_of(*numbers: int) -> Plan:
    return a_plan(a_route(1, numbers), a_route(2, [6]))


def test_what_was_moved_is_held_where_it_was_put_and_only_so_many_others_may_move() -> None:
    problem = planning.day_problem(a_day(6, 2), Flat())
    before = plan_of(1, 2, 3, 4, 5)
    after = move(before, [StopId("stp_A-5")], RouteId("rte_1"), 1)
    kept = moved_by(before, after)
    assert kept == {task_of(an_order(5))}
    wish = to_repair(problem, after, kept, 3)
    assert wish.stability.at_most == 3
    mine = next(each for each in wish.start if each.shift == "shf_1")
    assert (mine.fixed, mine.stay) == (2, kept)
    assert mine.steps == steps_of(after.routes[0], problem)
    free = next(each for each in to_repair(problem, after, kept, 3, place=False).start if each.shift == "shf_1")
    assert (free.fixed, free.stay) == (0, kept)
    last = move(before, [StopId("stp_A-1")], RouteId("rte_1"), 5)
    at_end = next(each for each in to_repair(problem, last, moved_by(before, last), 3).start if each.shift == "shf_1")
    assert (at_end.fixed, at_end.stay) == (0, {task_of(an_order(1))}), "who puts a stop last means the driver, not the place"


def test_what_came_out_of_the_pool_counts_as_moved_and_what_went_there_does_not() -> None:
    assert moved_by(plan_of(1, 2), plan_of(1, 3)) == {task_of(an_order(3))}
    assert moved_by(None, plan_of(1)) == {task_of(an_order(1)), task_of(an_order(6))}
