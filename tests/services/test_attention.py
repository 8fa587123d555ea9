"""What of a day needs a person: which things are listed, why, and in which order."""

from app.domain.address import AddressState, Location
from app.domain.orders import OrderState
from app.domain.schedule import ViolationKind
from app.domain.sentences import Sentence
from app.routing.straight import StraightTravel
from app.services import planning
from app.services.attention import Item, Matter, bad_addresses, count_by_matter, items_of
from app.services.ports.store import Day
from app.services.queries import day_view
from tests import builders as b

LOST = {"state": OrderState.ON_HOLD, "hold": Sentence.of("locating.not_found"), "location": Location(state=AddressState.NOT_FOUND)}


def seen(day: Day) -> tuple[Item, ...]:
    """The list of a day."""
    problem = planning.day_problem(day, StraightTravel())
    return items_of(day, day_view(day, planning.current(problem, day.plan), problem.source))


def test_orders_that_merely_wait_to_be_planned_need_nobody() -> None:
    assert seen(b.a_day(4)) == ()


def test_once_there_is_a_plan_an_order_in_no_route_is_listed_with_its_reason() -> None:
    (item,) = seen(b.a_day(3, plan=b.a_plan(b.a_route(1, [1, 2]), unassigned=[3])))
    assert (item.matter, item.number) == (Matter.UNPLANNED, "A-3")
    assert item.reasons


def test_an_order_that_no_vehicle_may_take_is_listed_before_there_is_a_plan() -> None:
    (item,) = seen(b.a_day(of=(b.an_order(1), b.an_order(2, skills=frozenset({"crane"})))))
    assert (item.matter, item.number) == (Matter.UNPLANNED, "A-2")


def test_late_stops_come_first_the_latest_before_the_others() -> None:
    early, earlier = b.an_order(2, windows=(b.a_window("01:00", "01:30"),)), b.an_order(1, windows=(b.a_window("00:05", "00:06"),))
    lost = b.an_order(3, **LOST, windows=(b.a_window("08:00", "08:30"),))
    items = seen(b.a_day(of=(early, earlier, lost), vans=1, plan=b.a_plan(b.a_route(1, [2, 1]))))
    assert [(item.matter, item.number) for item in items] == [(Matter.LATE, "A-1"), (Matter.LATE, "A-2"), (Matter.ADDRESS, "A-3")]
    assert items[0].late > items[1].late > 0
    assert items[0].route_number == 1


def test_addresses_are_sorted_by_the_end_of_their_window() -> None:
    noon, morning, never = b.an_order(1, **LOST, windows=(b.a_window("10:00", "12:00"),)), b.an_order(2, **LOST, windows=(b.a_window(),)), b.an_order(3, **LOST)
    items = seen(b.a_day(of=(never, morning, noon)))
    assert bad_addresses(items) == (noon.id, morning.id, never.id)
    assert {item.matter for item in items} == {Matter.ADDRESS}
    assert items[0].reasons == (Sentence.of("locating.not_found"),)


def test_a_broken_rule_is_its_own_matter_and_lateness_is_not_among_them() -> None:
    late_and_unable = b.an_order(1, windows=(b.a_window("00:05", "00:06"),), skills=frozenset({"crane"}))
    items = seen(b.a_day(of=(late_and_unable,), vans=1, plan=b.a_plan(b.a_route(1, [1]))))
    assert [item.matter for item in items] == [Matter.LATE, Matter.RULE]
    assert [each.kind for each in items[1].violations] == [ViolationKind.SKILL]
    assert len({item.key for item in items}) == 2
    assert count_by_matter(items) == {Matter.LATE: 1, Matter.RULE: 1, Matter.ADDRESS: 0, Matter.UNPLANNED: 0}


def test_a_route_that_is_too_full_is_listed_once() -> None:
    heavy = b.an_order(1, load=b.Load(b.Grams(500_000), b.Cubic(1), 1))
    items = [item for item in seen(b.a_day(of=(heavy,), vans=1, plan=b.a_plan(b.a_route(1, [1])))) if item.matter is Matter.RULE]
    assert len(items) == 1
    assert items[0].vehicle == "Van 1"
