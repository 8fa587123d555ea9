"""Versions of the plan: kept, taken whole or route by route, and every stop accounted for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, RuleBroken
from app.domain.events import VersionTaken
from app.domain.ids import ShiftId, TaskId, VersionId
from app.domain.orders import Order, OrderState, task_of
from app.domain.plans import Plan, PlanState, Route
from app.domain.versions import PlanVersion, VersionFigures
from app.services.commands import CancelOrders, CommitPlan, MoveStops, UnassignStops
from app.services.ports.store import Outcome
from app.services.version_commands import DropVersion, KeepVersion, RenameVersion, TakeRoutes, TakeVersion
from app.services.version_taking import take_some, take_whole
from app.store import verify
from app.wording import sentence
from tests.builders import DAY, TurnedClock, a_depot, a_plan, a_route, a_stop, an_order, orders
from tests.desk import Desk


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Desk]:
    """Two routes, A-1 … A-3 on the first, A-4 on the second, A-5 in the pool."""
    desk = Desk(tmp_path / "doorstep.db")
    desk.fleet(2)
    desk.bring(*orders(5))
    desk.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4]), unassigned=[5]))
    yield desk
    desk.store.close()


def plan_of(desk: Desk) -> Plan:
    plan = desk.day().plan
    assert plan is not None
    return plan


def versions_of(desk: Desk) -> tuple[PlanVersion, ...]:
    return desk.store.reader().versions(a_depot().id, DAY)


def keep(desk: Desk, name: str) -> VersionId:
    made = VersionId(f"ver_{name}")
    desk.bus.do(KeepVersion(who="Mei", plan=plan_of(desk).id, kept=made, name=name, figures=VersionFigures(planned=4)))
    return made


def move(desk: Desk, number: int, route: int = 2, position: int = 0) -> None:
    desk.bus.do(MoveStops(plan=plan_of(desk).id, stops=(a_stop(number).id,), to_route=a_route(route).id, position=position))


def take(desk: Desk, version: VersionId, *shifts: int) -> Outcome:
    plan = plan_of(desk)
    if not shifts:
        return desk.bus.do(TakeVersion(plan=plan.id, based_on=plan.version, taken=version, label="it"))
    wanted = tuple(ShiftId(f"shf_{number}") for number in shifts)
    return desk.bus.do(TakeRoutes(plan=plan.id, based_on=plan.version, taken=version, shifts=wanted, label="it", route_label="Van"))


def numbers(routes: tuple[Route, ...]) -> list[list[str]]:
    return [[task.removeprefix("tsk_A-") for task in route.tasks] for route in routes]


def told(outcome: Outcome) -> VersionTaken:
    return next(event for event in outcome.events if isinstance(event, VersionTaken))


def test_a_branch_grows_from_the_version_kept_or_taken_last(planned: Desk) -> None:
    first = keep(planned, "first")
    move(planned, 1)
    second = keep(planned, "second")
    take(planned, first)
    move(planned, 2)
    third = keep(planned, "third")
    found = {each.id: each for each in versions_of(planned)}
    assert [found[each].parent for each in (first, second, third)] == [None, first, first]
    assert [each.id for each in found.values() if each.current] == [third]
    assert (found[first].kept_by, found[first].figures, found[first].kept_at) == ("Mei", VersionFigures(planned=4), found[first].kept_at)
    planned.bus.do(DropVersion(dropped=first, label="first"))
    assert [each.parent for each in versions_of(planned)] == [None, None]
    assert verify(planned.path) == ()


def test_a_version_taken_is_the_draft_again_and_undo_brings_back_what_was(planned: Desk) -> None:
    kept = plan_of(planned)
    first = keep(planned, "first")
    move(planned, 1)
    move(planned, 3)
    changed = planned.contents()
    taken = take(planned, first)
    now = plan_of(planned)
    assert (now.routes, now.unassigned, now.state) == (kept.routes, kept.unassigned, PlanState.DRAFT)
    assert (told(taken).gone, told(taken).pooled) == (0, 0)
    assert sentence(taken.title) == "Take the version “it”"  # type: ignore[arg-type]
    planned.bus.undo()
    assert planned.contents() == changed
    assert verify(planned.path) == ()


def test_what_came_since_goes_to_the_pool_and_what_is_gone_is_left_out(planned: Desk) -> None:
    first = keep(planned, "first")
    planned.bus.do(CancelOrders(orders=(an_order(2).id,)))
    planned.bring(an_order(6))
    planned.put(replace(plan_of(planned), routes=(a_route(1, [1, 3, 6]), a_route(2, [4]))))
    taken = take(planned, first)
    assert numbers(plan_of(planned).routes) == [["1", "3"], ["4"]]
    assert [each.task for each in plan_of(planned).unassigned] == [task_of(an_order(5)), task_of(an_order(6))]
    assert (told(taken).gone, told(taken).pooled) == (1, 1)
    assert verify(planned.path) == ()


def test_a_shift_that_is_gone_gives_its_stops_to_the_pool() -> None:
    plan = a_plan(a_route(1, [1]), unassigned=[2, 3])
    version = PlanVersion(id=VersionId("ver_1"), depot=plan.depot, day=DAY, name="x", kept_at=TurnedClock().now(), routes=(a_route(1, [1]), a_route(2, [2, 3])))
    taken = take_whole(plan, version, open_orders(*orders(3)), [ShiftId("shf_1")])
    assert (numbers(taken.plan.routes), taken.shiftless) == ([["1"]], (TaskId("tsk_A-2"), TaskId("tsk_A-3")))
    assert {each.task for each in taken.plan.unassigned} == set(taken.shiftless)


def test_one_route_is_taken_and_the_others_lose_only_what_it_brings(planned: Desk) -> None:
    first = keep(planned, "first")
    move(planned, 1)
    move(planned, 2)
    planned.bus.do(UnassignStops(plan=plan_of(planned).id, stops=(a_stop(4).id,)))
    taken = take(planned, first, 1)
    assert numbers(plan_of(planned).routes) == [["1", "2", "3"], []]
    assert [each.task for each in plan_of(planned).unassigned] == [task_of(an_order(5)), task_of(an_order(4))]
    assert [(each.route, len(each.orders)) for each in told(taken).placed] == [(a_route(1).id, 2)]
    move(planned, 3)
    again = take(planned, first, 2)
    assert numbers(plan_of(planned).routes) == [["1", "2"], ["4"]]
    assert (plan_of(planned).unassigned[-1].task, told(again).pooled) == (task_of(an_order(3)), 1)
    assert verify(planned.path) == ()


def test_a_pair_comes_whole(planned: Desk) -> None:
    """Since the version was kept, A-1 has become the pick-up of A-2."""
    first = keep(planned, "first")
    planned.put(replace(planned.order(2), paired_with="A-1"))
    planned.put(replace(plan_of(planned), routes=(a_route(1, [3]), a_route(2, [4, 1, 2]))))
    version = planned.store.reader().versions(a_depot().id, DAY)[0]
    planned.put(replace(version, routes=(a_route(1, [3, 2]), a_route(2, [4]))))
    taken = take(planned, first, 1)
    assert (numbers(plan_of(planned).routes), told(taken).joined) == ([["3", "1", "2"], ["4"]], 1)
    assert verify(planned.path) == ()


def test_a_commit_keeps_what_it_promised(planned: Desk) -> None:
    plan = plan_of(planned)
    planned.bus.do(CommitPlan(plan=plan.id, based_on=plan.version, day=DAY, figures=VersionFigures(late=2)))
    (kept,) = versions_of(planned)
    assert (kept.committed, kept.name, kept.routes, kept.figures) == (1, "", plan.routes, VersionFigures(late=2))
    planned.bus.undo()
    assert versions_of(planned) == ()


def test_names_are_there_and_differ(planned: Desk) -> None:
    first = keep(planned, "Before lunch")
    for wish in (
        KeepVersion(plan=plan_of(planned).id, kept=VersionId("ver_2"), name=" "),
        KeepVersion(plan=plan_of(planned).id, kept=VersionId("ver_2"), name="before LUNCH"),
    ):
        with pytest.raises(RuleBroken):
            planned.bus.do(wish)
    planned.bus.do(RenameVersion(renamed=first, name="Before lunch", note="two vans"))
    planned.bus.do(RenameVersion(renamed=first, name="Lunch"))
    assert [each.name for each in versions_of(planned)] == ["Lunch"]


def test_a_plan_edited_meanwhile_is_not_written_over(planned: Desk) -> None:
    first = keep(planned, "first")
    seen = plan_of(planned)
    move(planned, 1)
    with pytest.raises(Conflict):
        planned.bus.do(TakeVersion(plan=seen.id, based_on=seen.version, taken=first))


def test_a_stop_that_was_served_stays_where_it_was(planned: Desk) -> None:
    first = keep(planned, "first")
    move(planned, 1)
    planned.put(replace(planned.order(1), state=OrderState.DELIVERED))
    for shifts in ((), (2,)):
        with pytest.raises(RuleBroken) as refused:
            take(planned, first, *shifts)
        assert "A-1" in sentence(refused.value.sentence)
    take(planned, first, 1)
    assert numbers(plan_of(planned).routes) == [["2", "3"], ["1", "4"]]


def open_orders(*every: Order) -> dict[TaskId, Order]:
    return {task_of(order): order for order in every}


@st.composite
def two_plans(draw: st.DrawFn) -> tuple[Plan, PlanVersion, dict[TaskId, Order]]:
    """A plan and a version of the same orders in other places; some orders are gone, some are pairs, and each side may lack some."""
    count = draw(st.integers(2, 9))
    every = [an_order(number) for number in range(1, count + 1)]
    pairs = draw(st.lists(st.integers(1, count - 1), max_size=2, unique=True))
    every = [replace(order, paired_with=f"A-{at}") if at in pairs else order for at, order in enumerate(every)]
    sides = [draw(st.permutations(range(count))) for _ in range(2)]
    cuts = [sorted(draw(st.lists(st.integers(0, count), min_size=3, max_size=3))) for _ in range(2)]
    (plan_routes, plan_pool), (routes, pool) = (_cut(side, cut) for side, cut in zip(sides, cuts, strict=True))
    plan = a_plan(*plan_routes, unassigned=plan_pool)
    other = a_plan(*routes, unassigned=pool)
    version = PlanVersion(
        id=VersionId("ver_1"), depot=plan.depot, day=DAY, name="x", kept_at=TurnedClock().now(), routes=other.routes, unassigned=other.unassigned
    )
    gone = draw(st.sets(st.integers(1, count), max_size=2))
    return plan, version, open_orders(*(order for number, order in enumerate(every, start=1) if number not in gone))


def _cut(side: list[int], cut: list[int]) -> tuple[list[Route], list[int]]:
    ones = [number + 1 for number in side]
    parts = [ones[: cut[0]], ones[cut[0] : cut[1]], ones[cut[1] : cut[2]]]
    return [a_route(number, part) for number, part in enumerate(parts[:2], start=1)], parts[2]


def _everything(plan: Plan) -> list[TaskId]:
    return [*(task for route in plan.routes for task in route.tasks), *(each.task for each in plan.unassigned)]


@given(two_plans())
def test_taking_loses_nothing_doubles_nothing_and_tears_no_pair(made: tuple[Plan, PlanVersion, dict[TaskId, Order]]) -> None:
    plan, version, known = made
    shifts = [route.shift for route in plan.routes]
    for taken in (take_whole(plan, version, known, shifts), take_some(plan, version, shifts[:1], known)):
        after = _everything(taken.plan)
        assert len(after) == len(set(after))
        assert {task for task in _everything(plan) if task in known} <= set(after)
        stops = [stop.id for route in taken.plan.routes for stop in route.stops]
        assert len(stops) == len(set(stops))
    whole = take_whole(plan, version, known, shifts)
    place = {task: route.id for route in whole.plan.routes for task in route.tasks} | {each.task: None for each in whole.plan.unassigned}
    for task, order in known.items():
        pickup = next((other for other, each in known.items() if each.number == order.paired_with), None)
        assert pickup is None or task not in place or pickup not in place or place[task] == place[pickup]
    assert not any(task not in known for route in whole.plan.routes for task in route.tasks)
