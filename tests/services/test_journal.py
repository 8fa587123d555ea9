"""The story of an order: every event that names it, worded, in its order, with what was undone marked as such."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.ids import OrderId, PlanId, RouteId
from app.domain.orders import task_of
from app.domain.plans import Lock
from app.services.changes import Kind
from app.services.commands import ApplyPlan, AssignTasks, CommitPlan, ImportOrders, LockStops, MoveStops, UnassignStops
from app.services.journal import happenings
from app.wording import sentence
from tests.builders import DAY, a_depot, a_route, a_shift, a_vehicle, an_order
from tests.desk import Desk, Put

PLAN = PlanId("pln_1")
NAMES = {RouteId("rte_1"): "Van 1", RouteId("rte_2"): "Van 2"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A database with a depot and two shifts."""
    made = Desk(tmp_path / "doorstep.db")
    fleet = (a_depot(), a_vehicle(1), a_vehicle(2), a_shift(1, driver=None), a_shift(2, driver=None))
    made.bus.do(Put(things=fleet))
    yield made
    made.store.close()


def story(desk: Desk, order: OrderId, language: str = "en") -> list[str]:
    """What happened, newest first; what was undone in brackets."""
    told = happenings(order, desk.store.reader().story(order), NAMES)
    return [f"({sentence(each.said, language)})" if each.undone else sentence(each.said, language) for each in told]


def planned(desk: Desk) -> None:
    """Orders 1 and 2 come by a file and are planned on the first route; 3 is left out."""
    desk.bus.do(ImportOrders(source="file", orders=(an_order(1), an_order(2), an_order(3)), file="orders.csv", who="Ana"))
    desk.bus.do(ApplyPlan(plan=PLAN, depot="dep_1", day=DAY, based_on=0, routes=(a_route(1, [1, 2]), a_route(2)), unassigned=()))


def stop(number: int) -> tuple[str, ...]:
    return (f"stp_A-{number}",)


def test_each_act_is_told_in_its_words(desk: Desk) -> None:
    planned(desk)
    desk.bus.do(MoveStops(plan=PLAN, stops=stop(1), to_route=RouteId("rte_2"), position=0))  # type: ignore[arg-type]
    desk.bus.do(LockStops(plan=PLAN, stops=stop(1), lock=Lock.DRIVER))  # type: ignore[arg-type]
    desk.bus.do(UnassignStops(plan=PLAN, stops=stop(1)))  # type: ignore[arg-type]
    desk.bus.do(AssignTasks(plan=PLAN, tasks=(task_of(an_order(1)),), to_route=RouteId("rte_1"), position=0))
    with desk.store.unit_of_work() as work:
        version = work.plans.get(PLAN).version
    desk.bus.do(CommitPlan(plan=PLAN, based_on=version, day=DAY))
    assert story(desk, an_order(1).id) == [
        "Committed as version 1",
        "Moved to Van 1",
        "Back to the pool",
        "Locked",
        "Moved to Van 2",
        "Planned on Van 1",
        "Imported from orders.csv",
    ]
    assert story(desk, an_order(2).id) == ["Committed as version 1", "Planned on Van 1", "Imported from orders.csv"], "the acts on others are not its own"


def test_who_and_when_stand_beside_it(desk: Desk) -> None:
    planned(desk)
    first = happenings(an_order(1).id, desk.store.reader().story(an_order(1).id), NAMES)[-1]
    received = desk.store.reader().history()[-2]
    assert (first.who, first.at.replace(microsecond=0)) == ("Ana", received.at.replace(microsecond=0))


def test_what_was_undone_is_marked_until_it_is_done_again(desk: Desk) -> None:
    planned(desk)
    desk.bus.do(MoveStops(plan=PLAN, stops=stop(1), to_route=RouteId("rte_2"), position=0))  # type: ignore[arg-type]
    desk.bus.undo()
    assert story(desk, an_order(1).id)[:2] == ["Undone: Moved to Van 2", "(Moved to Van 2)"]
    desk.bus.redo()
    assert story(desk, an_order(1).id)[:3] == ["Redone: Moved to Van 2", "Undone: Moved to Van 2", "Moved to Van 2"]
    assert story(desk, an_order(2).id) == ["Planned on Van 1", "Imported from orders.csv"]


def test_a_route_that_the_day_does_not_have_is_another_one(desk: Desk) -> None:
    planned(desk)
    told = happenings(an_order(1).id, desk.store.reader().story(an_order(1).id), {})
    assert sentence(told[0].said, "zh_TW") == "排入 其他路線"


def test_an_order_whose_name_begins_like_anothers_is_not_that_one(desk: Desk) -> None:
    planned(desk)
    assert story(desk, OrderId("ord_A-1_")) == []
    assert desk.store.reader().story(OrderId("%")).told == ()


def test_every_step_counts_what_it_touched(desk: Desk) -> None:
    planned(desk)
    touched = desk.store.reader().touched()
    newest = sorted(touched)
    assert touched[newest[-1]] == {Kind.PLAN: 1}
    assert touched[newest[-2]] == {Kind.ORDER: 3}
