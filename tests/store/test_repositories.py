"""The contract of the store's ports: what is put comes back equal, in sets, and later questions see what was put before."""

from dataclasses import replace
from datetime import UTC, date, datetime
from inspect import signature
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.address import AddressState, Candidate, Location, LocationSource
from app.domain.errors import Conflict, NotFound, RuleBroken
from app.domain.events import RoadClosed
from app.domain.fleet import Break
from app.domain.geo import Place
from app.domain.ids import ClosureId, OrderId, PinId, RouteId
from app.domain.load import Capacity
from app.domain.money import Money
from app.domain.orders import Order, OrderState
from app.domain.pins import Pin
from app.domain.plans import Lock, PlanState
from app.domain.roads import Closure, ClosureKind, Profile
from app.domain.sentences import Sentence
from app.domain.units import Grams, Meters, Millis, minutes
from app.services.commands import MoveStops
from app.store import mapping
from tests.builders import DAY, a_depot, a_driver, a_place, a_plan, a_route, a_shift, a_stop, a_vehicle, a_window, an_order, orders, wall
from tests.desk import KINDS, Desk, Statements, no_such
from tests.services.test_plain import orders as any_orders

FULL_ORDER = an_order(
    1,
    windows=(a_window("08:00", "10:00"), a_window("14:00", "15:30", late_per_hour=900)),
    preferred=(a_window("09:00", "09:30"),),
    location=Location(
        state=AddressState.AMBIGUOUS,
        place=Place(60.1, 24.9),
        source=LocationSource.AREA,
        label="Kauppatori",
        candidates=(Candidate(place=Place(60.2, 24.8), label="Kauppatori, Espoo"),),
        doubt=Sentence.of("locating.outside", lat=60.1, lon=24.9),
        note=Sentence.of("locating.street_only"),
    ),
    skills=frozenset({"lift", "adr"}),
    features=frozenset({"cooled"}),
    handling=frozenset({"fragile"}),
    cod=Money(1250, "EUR"),
    notes="2nd floor\n按門鈴",
    contactless=True,
    state=OrderState.ON_HOLD,
    hold=Sentence.of("locating.ambiguous", count=2),
)
THINGS: tuple[Any, ...] = (
    FULL_ORDER,
    a_depot(),
    a_vehicle(
        1,
        capacity=Capacity(None, None, 12),
        features=frozenset({"tail lift"}),
        range=Meters(120_000),
        gross=Grams(3_500_000),
        profile=Profile.CARGO_BIKE,
    ),
    a_driver(1, skills=frozenset({"lift"}), start=a_place(3), phone="+358", language="fi"),
    Pin(id=PinId("pin_1"), key="mannerheimintie 1|00100", place=a_place(2), label="gate"),
    Closure(
        id=ClosureId("clo_1"),
        points=(a_place(1), a_place(2)),
        factor=2.5,
        profiles=frozenset({Profile.VAN, Profile.TRUCK}),
        note="works",
        begins=datetime(2026, 11, 23, 5, 0, 0, 250, tzinfo=UTC),
        kind=ClosureKind.EVENT,
        roads=((a_place(1), a_place(2)), (a_place(2), a_place(3))),
        daily=(Millis(25_200_000), Millis(57_600_000)),
        heavier_than=Grams(3_500_000),
    ),
)


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: type(thing).__name__)
def test_what_is_put_comes_back_equal(desk: Desk, thing: Any) -> None:
    desk.put(thing)
    desk.reopen()
    with desk.store.unit_of_work() as work:
        assert work.shelf(KINDS[type(thing)]).get(thing.id) == replace(thing, version=1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=any_orders)
def test_any_order_comes_back_equal(desk: Desk, order: Order) -> None:
    with desk.store.unit_of_work() as work:
        work.orders.put(order)
        work.commit()
    with desk.store.unit_of_work() as work:
        assert work.orders.get(order.id) == replace(order, version=work.orders.get(order.id).version)
        work.orders.remove(order.id)
        work.commit()


def test_shifts_keep_their_breaks(desk: Desk) -> None:
    desk.fleet(1)
    shift = a_shift(
        1, breaks=(Break(earliest=wall("11:00"), latest=wall("13:00"), length=minutes(30)),), open_end=True, reloads=2, max_duration=minutes(500), version=1
    )
    desk.put(shift)
    assert desk.day().shifts == (replace(shift, version=2),)


def test_plans_keep_routes_stops_pool_and_their_order(desk: Desk) -> None:
    desk.fleet(2)
    desk.bring(*orders(7))
    locked = a_stop(3, lock=Lock.POSITION, reload_before=True)
    twofold = replace(a_stop(4), tasks=(*a_stop(4).tasks, *a_stop(5).tasks))
    plan = a_plan(a_route(2, [2, 1], locked=True), a_route(1, [locked, twofold]), unassigned=[7, 6], state=PlanState.COMMITTED, committed=3)
    desk.put(plan)
    desk.reopen()
    assert desk.day().plan == replace(plan, version=1)


@pytest.mark.parametrize(
    "changed",
    [
        lambda plan: replace(plan, routes=plan.routes[::-1]),
        lambda plan: replace(plan, routes=plan.routes[1:]),
        lambda plan: replace(plan, routes=(*plan.routes, a_route(3, [6], shift=plan.routes[0].shift))),
        lambda plan: replace(plan, routes=(replace(plan.routes[0], stops=plan.routes[1].stops), replace(plan.routes[1], stops=plan.routes[0].stops))),
        lambda plan: replace(plan, unassigned=plan.unassigned[::-1]),
        lambda plan: replace(plan, routes=(), unassigned=()),
    ],
)
def test_a_changed_plan_comes_back_as_it_was_changed(desk: Desk, changed: Any) -> None:
    desk.fleet(2)
    desk.bring(*orders(6))
    desk.put(a_plan(a_route(1, [1, 2]), a_route(2, [3]), unassigned=[4, 5]))
    before = desk.day().plan
    assert before is not None
    desk.put(changed(before))
    assert desk.day().plan == replace(changed(before), version=2)


def test_parameters_of_the_mappings_are_the_columns_in_their_order() -> None:
    for shape in (mapping.DEPOTS, mapping.VEHICLES, mapping.DRIVERS, mapping.SHIFTS, mapping.ORDERS, mapping.PINS, mapping.CLOSURES, mapping.PLANS):
        assert list(signature(shape.of_row).parameters) == [column.name for column in shape.table.columns], shape.kind


def test_finders_see_what_was_put_before_in_the_same_unit(desk: Desk) -> None:
    desk.bring(*orders(3))
    with desk.store.unit_of_work() as work:
        first = work.orders.get(OrderId("ord_A-1"))
        work.orders.put(replace(first, day=date(2026, 11, 24)))
        work.orders.put(an_order(9))
        work.orders.remove(OrderId("ord_A-2"))
        assert [order.number for order in work.orders.of_day(DAY)] == ["A-3", "A-9"]
        assert set(work.orders.by_number("shop", ["A-1", "A-2", "A-9", "A-77"])) == {"A-1", "A-9"}
        assert [order.number for order in work.orders.still_open()] == ["A-1", "A-3", "A-9"]
        assert work.orders.find(OrderId("ord_A-2")) is None
        assert [order.number for order in work.orders.get_many([OrderId("ord_A-9"), OrderId("ord_A-2"), OrderId("ord_A-1")])] == ["A-9", "A-1"]


def test_partners_are_found_from_either_half_and_only_they_are_read(desk: Desk) -> None:
    """A-1 is picked up for A-3 and A-4; another source has an A-1 of its own, and A-5 names no order that exists."""
    pickup, other, *rest = orders(5)
    named = {"A-3": "A-1", "A-4": "A-1", "A-5": "A-77"}
    desk.bring(pickup, other, *(replace(each, paired_with=named[each.number]) for each in rest))
    desk.put(replace(an_order(1), id=OrderId("ord_else"), source="else"))
    with desk.store.unit_of_work() as work:
        own = {number: work.orders.get(OrderId(f"ord_{number}")) for number in ("A-1", "A-2", "A-3", "A-5")}
        assert [each.id for each in work.orders.partners_of([own["A-1"]])] == ["ord_A-3", "ord_A-4"]
        assert [each.id for each in work.orders.partners_of([own["A-3"]])] == ["ord_A-1"]
        assert work.orders.partners_of([own["A-2"], own["A-5"]]) == ()
        work.orders.put(replace(own["A-2"], paired_with="A-3"))
        assert [each.id for each in work.orders.partners_of([own["A-3"]])] == ["ord_A-1", "ord_A-2"]


def test_finders_of_the_other_kinds(desk: Desk) -> None:
    desk.fleet(2)
    pin = Pin(id=PinId("pin_1"), key="a", place=a_place())
    closure = Closure(id=ClosureId("clo_1"), points=(a_place(), a_place(1)))
    desk.put(pin, closure, a_plan())
    with desk.store.unit_of_work() as work:
        assert [depot.name for depot in work.depots.all()] == ["Central depot"]
        assert [vehicle.name for vehicle in work.vehicles.all()] == ["Van 1", "Van 2"]
        assert [driver.name for driver in work.drivers.all()] == ["Driver 1", "Driver 2"]
        assert [shift.id for shift in work.shifts.of_day(a_depot().id, DAY)] == ["shf_1", "shf_2"]
        assert work.plans.of_day(a_depot().id, DAY) is not None
        assert work.plans.of_day(a_depot().id, date(2026, 1, 1)) is None
        assert list(work.pins.by_keys(["a", "b"])) == ["a"]
        assert [each.id for each in work.closures.all()] == ["clo_1"]


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.store.unit_of_work() as work:
        with pytest.raises(NotFound):
            work.orders.get(no_such("1"))
        with pytest.raises(NotFound):
            work.orders.remove(no_such("1"))
    with pytest.raises(NotFound):
        desk.store.reader().day(a_depot().id, DAY)


def test_putting_the_same_again_is_no_change(desk: Desk) -> None:
    desk.bring(an_order(1))
    again = desk.put(an_order(1, version=1))
    assert (again.changes.pairs, again.step) == (frozenset(), None)
    assert desk.order(1).version == 1


def test_equal_content_is_no_change_even_from_an_old_reading(desk: Desk) -> None:
    desk.bring(an_order(1))
    desk.put(replace(desk.order(1), notes="ring twice"))
    assert not desk.put(replace(desk.order(1), version=1)).changes


def test_an_old_reading_conflicts(desk: Desk) -> None:
    desk.bring(an_order(1))
    mine, yours = desk.order(1), desk.order(1)
    desk.put(replace(yours, notes="yours"))
    with pytest.raises(Conflict) as refused:
        desk.put(replace(mine, notes="mine"))
    assert refused.value.sentence.key == "store.changed_since"
    assert desk.order(1).notes == "yours"


def test_a_new_thing_conflicts_with_one_that_is_there(desk: Desk) -> None:
    desk.bring(an_order(1))
    with pytest.raises(Conflict):
        desk.put(an_order(1, notes="other"))
    with pytest.raises(Conflict) as refused:
        desk.put(replace(an_order("A-1"), id=OrderId("ord_other")))
    assert refused.value.sentence.key == "store.exists_already"


def test_a_changed_thing_that_was_removed_meanwhile_conflicts(desk: Desk) -> None:
    with pytest.raises(Conflict) as refused:
        desk.put(an_order(1, version=3))
    assert refused.value.sentence.key == "store.gone"


def test_what_is_still_used_is_not_removed(desk: Desk) -> None:
    desk.fleet(1)
    with pytest.raises(RuleBroken) as refused:
        desk.put(gone=(a_vehicle(1),))
    assert refused.value.sentence.key == "store.still_used"
    assert desk.day().vehicles


def test_after_a_refused_end_the_next_command_is_done(desk: Desk) -> None:
    """A COMMIT that is refused leaves its transaction open beneath; the writer must not keep it."""
    desk.fleet(1)
    for _ in range(2):
        with pytest.raises(RuleBroken) as refused:
            desk.put(gone=(a_vehicle(1),))
        assert refused.value.sentence.key == "store.still_used"
    desk.put(an_order(1))
    assert desk.order(1).version == 1


def test_a_number_beyond_all_measure_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.put(an_order(1, cod=Money(10**20, "EUR")))
    assert refused.value.sentence.key == "store.too_large"


def test_what_comes_back_goes_on_counting_its_versions(desk: Desk) -> None:
    """An old reading of the first life must not pass for one of the second."""
    desk.put(an_order(1))
    desk.put(gone=(an_order(1),))
    desk.put(an_order(1))
    assert desk.order(1).version == 3


def test_leaving_the_block_without_commit_takes_everything_back(desk: Desk) -> None:
    with desk.store.unit_of_work() as work:
        work.orders.put(an_order(1))
        work.tell(RoadClosed(closure=ClosureId("clo_1")))
    assert not desk.store.reader().orders_by_number("shop", ["A-1"])


def test_the_day_has_orders_without_a_day_too_and_no_others(desk: Desk) -> None:
    desk.fleet(1)
    desk.bring(an_order(1), an_order(2, day=None), an_order(3, day=date(2026, 11, 24)))
    assert [order.number for order in desk.day().orders] == ["A-1", "A-2"]
    assert list(desk.store.reader().days(a_depot().id)) == [(DAY, 1), (date(2026, 11, 24), 1)]
    assert [depot.name for depot in desk.store.reader().depots()] == ["Central depot"]


def test_a_day_is_read_in_a_handful_of_statements_however_large(desk: Desk) -> None:
    desk.fleet(2)
    desk.bring(*orders(2_000))
    desk.put(a_plan(a_route(1, range(1, 900)), a_route(2, range(900, 1_900)), unassigned=range(1_900, 2_001)))
    counted = Statements(desk.store.readers)
    day = desk.day()
    assert (len(day.orders), counted.count()) == (2_000, 12)


def test_an_import_is_written_in_sets(desk: Desk) -> None:
    counted = Statements(desk.store.writers)
    desk.bring(*orders(2_000))
    assert counted.count() <= 20


def test_a_move_takes_few_statements_and_rewrites_two_routes(desk: Desk) -> None:
    desk.fleet(3)
    desk.bring(*orders(30))
    desk.put(a_plan(a_route(1, range(1, 11)), a_route(2, range(11, 21)), a_route(3, range(21, 31))))
    plan = desk.day().plan
    assert plan is not None
    counted = Statements(desk.store.writers)
    desk.bus.do(MoveStops(plan=plan.id, stops=(a_stop(1).id,), to_route=RouteId("rte_2"), position=0))
    rewritten = [said for said in counted.said if said.startswith(("INSERT INTO route", "DELETE FROM route"))]
    assert len(rewritten) == 2
    assert counted.count() <= 30
