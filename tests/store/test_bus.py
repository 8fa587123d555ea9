"""The bus: a command with its consequences in one transaction, one writer at a time."""

import threading
from dataclasses import replace

import pytest

from app.domain.errors import RuleBroken
from app.domain.events import Event, OrdersReceived, RoadClosed
from app.domain.ids import ClosureId
from app.services import commands, shift_commands, version_commands
from app.services.bus import Bus
from app.services.commands import Command
from app.services.ports.store import UnitOfWork
from app.services.registry import HANDLERS, POLICIES
from app.services.tools import Tools
from app.store import verify
from tests.builders import a_depot, an_order, orders
from tests.desk import TEST_HANDLERS, Desk, Put


def test_every_command_has_a_handler_and_a_title() -> None:
    defined = [each for module in (commands, shift_commands, version_commands) for each in vars(module).values()]
    every = {each for each in defined if isinstance(each, type) and issubclass(each, Command) and each is not Command}
    assert set(HANDLERS) == every
    assert all("describe" in vars(command) for command in HANDLERS)


def test_every_policy_follows_from_an_event() -> None:
    assert all(issubclass(event, Event) for event in POLICIES)


def test_the_outcome_says_what_changed_and_what_happened(desk: Desk) -> None:
    outcome = desk.bring(an_order(1), an_order(2))
    assert {identity for _, identity in outcome.changes.pairs} == {"ord_A-1", "ord_A-2"}
    assert [type(event) for event in outcome.events] == [OrdersReceived]
    assert outcome.step is not None


def test_consequences_happen_in_the_same_transaction(desk: Desk) -> None:
    def note(fact: RoadClosed, uow: UnitOfWork, tools: Tools) -> None:
        uow.orders.put(an_order(2))

    bus = Bus(desk.store, desk.clock, handlers=TEST_HANDLERS, policies={RoadClosed: (note,)})
    outcome = bus.do(Put(things=(an_order(1),), events=(RoadClosed(closure=ClosureId("clo_1")),)))
    assert len(outcome.changes.pairs) == 2
    bus.undo()
    assert desk.contents() == {}


def test_a_consequence_that_refuses_takes_the_command_with_it(desk: Desk) -> None:
    def refuse(fact: RoadClosed, uow: UnitOfWork, tools: Tools) -> None:
        raise RuleBroken("order.no_transition", order="1", was="a", wished="b")

    bus = Bus(desk.store, desk.clock, handlers=TEST_HANDLERS, policies={RoadClosed: (refuse,)})
    with pytest.raises(RuleBroken):
        bus.do(Put(things=(an_order(1),), events=(RoadClosed(closure=ClosureId("clo_1")),)))
    assert desk.contents() == {}


def test_events_that_call_each_other_without_end_are_a_bug(desk: Desk) -> None:
    def again(fact: RoadClosed, uow: UnitOfWork, tools: Tools) -> None:
        uow.tell(fact)

    bus = Bus(desk.store, desk.clock, handlers=TEST_HANDLERS, policies={RoadClosed: (again,)})
    with pytest.raises(RuntimeError):
        bus.do(Put(events=(RoadClosed(closure=ClosureId("clo_1")),)))


def test_two_threads_lose_no_update(desk: Desk) -> None:
    """Each adds one to the same number forty times; a lost update would end below eighty."""
    desk.put(a_depot(address="0"))

    def add(wish: Put, uow: UnitOfWork, tools: Tools) -> None:
        depot = uow.depots.get(a_depot().id)
        uow.depots.put(replace(depot, address=str(int(depot.address) + 1)))

    bus = Bus(desk.store, desk.clock, handlers={Put: add})
    threads = [threading.Thread(target=lambda: [bus.do(Put()) for _ in range(40)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.store.reader().depots()[0].address == "80"
    assert verify(desk.path) == ()


def test_readers_see_the_state_before_while_a_command_is_under_way(desk: Desk) -> None:
    desk.fleet(1)
    with desk.store.unit_of_work() as work:
        work.orders.put_many(orders(3))
        assert desk.day().orders == ()
        work.commit()
    assert len(desk.day().orders) == 3


def test_the_journal_says_who_did_what(desk: Desk) -> None:
    desk.put(an_order(1), who="Mei", title="First")
    desk.put(an_order(2), who="Tom")
    assert [(step.who, step.undone) for step in desk.store.reader().history()] == [("Tom", False), ("Mei", False)]
