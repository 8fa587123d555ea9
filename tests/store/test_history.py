"""Undo and redo: what was done is taken back exactly, over restarts, and refused with the reason where it cannot be."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.errors import NotFound, RuleBroken
from app.domain.events import StepRedone, StepUndone
from app.domain.ids import RouteId
from app.domain.orders import OrderState
from app.domain.plans import Plan
from app.services import history
from app.services.changes import Kind
from app.services.commands import AssignTasks, CommitPlan, MoveStops, UnassignStops
from app.store import verify
from app.wording import sentence
from tests.builders import DAY, a_draft_order, a_location, a_plan, a_route, a_stop, an_order, orders
from tests.desk import Desk


def a_planned_desk(desk: Desk) -> Plan:
    """Two routes, A-1 … A-3 on the first, A-4 on the second, A-5 in the pool."""
    desk.fleet(2)
    desk.bring(*orders(5))
    desk.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4]), unassigned=[5]))
    return the_plan(desk)


def the_plan(desk: Desk) -> Plan:
    """The plan as it is now."""
    plan = desk.day().plan
    assert plan is not None
    return plan


def moving(plan: Plan, number: int = 1, position: int = 0, **words: Any) -> MoveStops:
    """Move A-n to the second route."""
    return MoveStops(plan=plan.id, stops=(a_stop(number).id,), to_route=RouteId("rte_2"), position=position, label=f"A-{number}", route_label="Van 2", **words)


def test_a_move_is_taken_back_and_done_again(desk: Desk) -> None:
    plan = a_planned_desk(desk)
    before = desk.contents()
    done = desk.bus.do(moving(plan))
    after = desk.contents()
    assert done.title is not None
    assert sentence(done.title) == "Move A-1 to Van 2"
    undone = desk.bus.undo()
    assert (undone.title, undone.step, undone.changes) == (done.title, done.step, done.changes)
    assert [type(event) for event in undone.events] == [StepUndone]
    assert desk.contents() == before
    redone = desk.bus.redo()
    assert [type(event) for event in redone.events] == [StepRedone]
    assert desk.contents() == after


def test_an_import_is_taken_back_at_once(desk: Desk) -> None:
    desk.bring(*orders(40))
    undone = desk.bus.undo()
    assert (desk.contents(), len(undone.changes.ids(Kind.ORDER))) == ({}, 40)
    desk.bus.redo()
    assert len(desk.contents()) == 40


def test_several_undos_and_redos_in_a_row_over_a_restart(desk: Desk) -> None:
    plan = a_planned_desk(desk)
    states = [desk.contents()]
    for number in (1, 2, 3):
        desk.bus.do(moving(plan, number))
        states.append(desk.contents())
    for expected in reversed(states[:-1]):
        desk.bus.undo()
        desk.reopen()
        assert desk.contents() == expected
    for expected in states[1:]:
        desk.bus.redo()
        desk.reopen()
        assert desk.contents() == expected
    assert verify(desk.path) == ()


def test_titles_name_what_undo_and_redo_would_turn_to(desk: Desk) -> None:
    assert desk.bus.titles() == (None, None)
    plan = a_planned_desk(desk)
    desk.bus.do(moving(plan))
    move = moving(plan).describe()
    assert desk.bus.titles() == (move, None)
    desk.bus.undo()
    assert desk.bus.titles()[1] == move


def test_doing_something_else_forgets_what_was_undone(desk: Desk) -> None:
    plan = a_planned_desk(desk)
    desk.bus.do(moving(plan, 1))
    desk.bus.undo()
    desk.bus.do(moving(plan, 2))
    with pytest.raises(RuleBroken) as refused:
        desk.bus.redo()
    assert refused.value.sentence.key == "history.nothing_to_redo"


def test_a_command_that_changes_nothing_keeps_what_was_undone(desk: Desk) -> None:
    desk.bring(an_order(1))
    desk.put(replace(desk.order(1), notes="x"))
    desk.bus.undo()
    desk.put(desk.order(1))
    desk.bus.redo()
    assert desk.order(1).notes == "x"


def test_nothing_to_undo_says_so(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.bus.undo()
    assert sentence(refused.value.sentence) == "There is nothing to undo."


def test_a_change_since_refuses_and_names_step_and_thing(desk: Desk) -> None:
    """Another process changes the order without a step: undo must not write over it."""
    desk.bring(an_order(1))
    desk.put(replace(desk.order(1), notes="mine"), title="Dock 4")
    with desk.store.unit_of_work() as work:
        work.orders.put(replace(work.orders.get(an_order(1).id), notes="theirs"))
        work.commit()
    with pytest.raises(RuleBroken) as refused:
        desk.bus.undo()
    said = sentence(refused.value.sentence)
    assert said == "Cannot undo “Close road: Dock 4”: order A-1 has been changed since. Change it by hand where you still want that."
    assert desk.order(1).notes == "theirs"
    assert "「" in sentence(refused.value.sentence, "zh_TW")


def test_a_change_of_another_route_does_not_stand_in_the_way(desk: Desk) -> None:
    desk.fleet(3)
    desk.bring(*orders(4))
    desk.put(a_plan(a_route(1, [1]), a_route(2, [2]), a_route(3, [3, 4])))
    desk.bus.do(moving(the_plan(desk), 1))
    with desk.store.unit_of_work() as work:
        plan = work.plans.get(the_plan(desk).id)
        work.plans.put(replace(plan, routes=(*plan.routes[:2], replace(plan.routes[2], locked=True))))
        work.commit()
    desk.bus.undo()
    assert the_plan(desk).routes == (a_route(1, [1]), a_route(2, [2]), a_route(3, [3, 4], locked=True))


def test_redo_is_refused_where_the_thing_has_gone(desk: Desk) -> None:
    desk.bring(an_order(1))
    desk.put(replace(desk.order(1), notes="x"))
    desk.bus.undo()
    with desk.store.unit_of_work() as work:
        work.orders.remove(an_order(1).id)
        work.commit()
    with pytest.raises(RuleBroken) as refused:
        desk.bus.redo()
    assert refused.value.sentence.key == "history.cannot_redo"


def test_steps_of_one_drag_become_one(desk: Desk) -> None:
    plan = a_planned_desk(desk)
    before = desk.contents()
    first = desk.bus.do(moving(plan, 1, 0, merge_key="drag 7"))
    second = desk.bus.do(moving(plan, 1, 2, merge_key="drag 7"))
    other = desk.bus.do(moving(plan, 2, 0, merge_key="drag 8"))
    assert (first.step, other.step != second.step) == (second.step, True)
    after = desk.contents()
    desk.bus.undo()
    desk.bus.undo()
    assert desk.contents() == before
    desk.bus.redo()
    desk.bus.redo()
    assert desk.contents() == after


def test_a_drag_that_ends_where_it_began_leaves_no_step(desk: Desk) -> None:
    desk.bring(an_order(1))
    desk.put(replace(desk.order(1), notes="x"), merge_key="typing")
    back = desk.put(replace(desk.order(1), notes=""), merge_key="typing")
    assert (back.step, bool(back.changes)) == (None, True)
    assert [sentence(step.title) for step in desk.store.reader().history()] == ["Import 1 order from orders.csv"]


def test_steps_of_two_people_do_not_merge(desk: Desk) -> None:
    desk.bring(an_order(1))
    mei = desk.put(replace(desk.order(1), notes="x"), merge_key="typing", who="Mei")
    tom = desk.put(replace(desk.order(1), notes="y"), merge_key="typing", who="Tom")
    assert mei.step != tom.step


def test_created_and_changed_in_one_merged_step_is_removed_by_undo(desk: Desk) -> None:
    desk.put(an_order(1), merge_key="form")
    desk.put(replace(desk.order(1), notes="x"), merge_key="form")
    desk.bus.undo()
    assert desk.contents() == {}
    desk.bus.redo()
    assert desk.order(1).notes == "x"


def test_a_plan_created_and_edited_in_one_step(desk: Desk) -> None:
    desk.fleet(2)
    desk.bring(*orders(3))
    before = desk.contents()
    desk.put(a_plan(a_route(1, [1, 2]), a_route(2, [3])), merge_key="apply")
    desk.put(replace(the_plan(desk), routes=(a_route(1, [2]), a_route(2, [3, 1]))), merge_key="apply")
    after = desk.contents()
    desk.bus.undo()
    assert desk.contents() == before
    desk.bus.redo()
    assert desk.contents() == after
    desk.put(gone=(the_plan(desk),), merge_key="apply")
    assert desk.day().plan is None


def test_only_the_newest_steps_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    for number in range(1, 6):
        desk.bring(an_order(number))
    assert len(desk.store.reader().history()) == 3
    for _ in range(3):
        desk.bus.undo()
    with pytest.raises(RuleBroken):
        desk.bus.undo()
    assert [order.number for order in desk.store.reader().orders_by_number("shop", ["A-1", "A-2", "A-3"]).values()] == ["A-1", "A-2"]


def test_states_go_back_with_undo_and_the_journal_of_states_agrees(desk: Desk) -> None:
    desk.fleet(1)
    drafts = [a_draft_order(number) for number in (1, 2)]
    desk.bring(*drafts)
    desk.locate(*drafts, location=a_location())
    desk.put(a_plan(a_route(1, [1, 2])))
    desk.bus.do(CommitPlan(plan=the_plan(desk).id, based_on=1, day=DAY))
    assert desk.order(1).state is OrderState.PLANNED
    for _ in range(4):
        desk.bus.undo()
        assert verify(desk.path) == ()
    for _ in range(4):
        desk.bus.redo()
        assert verify(desk.path) == ()
    assert desk.order(1).state is OrderState.PLANNED


def test_a_refused_command_leaves_no_trace(desk: Desk) -> None:
    plan = a_planned_desk(desk)
    before, steps = desk.contents(), desk.store.reader().history()
    with pytest.raises(NotFound):
        desk.bus.do(moving(plan, 99))
    assert (desk.contents(), desk.store.reader().history()) == (before, steps)


def test_pool_and_routes_exchange_and_come_back(desk: Desk) -> None:
    plan = a_planned_desk(desk)
    before = desk.contents()
    desk.bus.do(UnassignStops(plan=plan.id, stops=(a_stop(1).id, a_stop(4).id)))
    desk.bus.do(AssignTasks(plan=plan.id, tasks=(a_stop(5).tasks[0],), to_route=RouteId("rte_2"), position=0))
    desk.bus.undo()
    desk.bus.undo()
    assert desk.contents() == before
