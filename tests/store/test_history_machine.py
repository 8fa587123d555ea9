"""Random days of work: whatever was done, undoing all gives the beginning, redoing all gives the end, and the file stays sound."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.address import AddressState, Location
from app.domain.errors import Refused
from app.domain.ids import ClosureId, StopId, TaskId
from app.domain.orders import Order
from app.domain.plans import Lock, Plan
from app.services.commands import (
    ApplyPlan,
    AssignTasks,
    CloseRoad,
    Command,
    CommitPlan,
    LocateOrders,
    LockRoute,
    LockStops,
    MoveStops,
    OpenRoad,
    SetPlace,
    UnassignStops,
)
from app.services.images import Kind
from app.store import verify
from tests.builders import DAY, a_draft_order, a_place, a_plan, a_route
from tests.desk import Desk

Contents = dict[tuple[Kind, str], str]
picks = st.integers(0, 10_000)


class DaysOfWork(RuleBasedStateMachine):
    """Commands as a desk sends them; refusals are part of the day. `states` are the contents after each step that can be undone."""

    @initialize()
    def morning(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="doorstep-day-"))
        self.desk = Desk(self.folder / "doorstep.db")
        self.desk.fleet(2)
        self.states: list[Contents] = [self.desk.contents()]
        self.undone = 0
        self.numbers = 0

    def teardown(self) -> None:
        assert verify(self.desk.path) == ()
        self.desk.store.close()
        shutil.rmtree(self.folder)

    def _step(self) -> None:
        """After something was done: nothing can be redone any more."""
        self.states = [*self.states[: len(self.states) - self.undone], self.desk.contents()]
        self.undone = 0

    def _do(self, command: Command) -> None:
        try:
            if self.desk.bus.do(command).step is not None:
                self._step()
        except Refused:
            assert self.desk.contents() == self._now()

    def _now(self) -> Contents:
        return self.states[len(self.states) - 1 - self.undone]

    def _plan(self) -> Plan:
        return self.desk.day().plan or a_plan()

    def _orders(self, pick: int, count: int) -> tuple[Order, ...]:
        found = self.desk.day().orders
        return tuple(found[(pick + at) % len(found)] for at in range(min(count, len(found))))

    def _stops(self, pick: int, count: int = 1) -> tuple[StopId, ...]:
        found = [stop.id for route in self._plan().routes for stop in route.stops]
        return tuple(dict.fromkeys(found[(pick + at) % len(found)] for at in range(count))) if found else ()

    @rule(count=st.integers(1, 4))
    def bring(self, count: int) -> None:
        fresh = [a_draft_order(self.numbers + at) for at in range(1, count + 1)]
        self.numbers += count
        self.desk.bring(*fresh)
        self._step()

    @rule(pick=picks, note=st.sampled_from(["", "ring", "gate 4"]))
    def change_orders(self, pick: int, note: str) -> None:
        before = self.desk.contents()
        self.desk.bring(*(replace(order, notes=note) for order in self._orders(pick, 2)))
        if self.desk.contents() != before:
            self._step()

    @rule(pick=picks, state=st.sampled_from([AddressState.EXACT, AddressState.NOT_FOUND, AddressState.STREET]))
    def locate(self, pick: int, state: AddressState) -> None:
        place = None if state is AddressState.NOT_FOUND else a_place(pick % 50)
        self._do(LocateOrders(locations=tuple((order.id, Location(state=state, place=place)) for order in self._orders(pick, 3))))

    @rule(pick=picks)
    def pin(self, pick: int) -> None:
        for order in self._orders(pick, 1):
            self._do(SetPlace(order=order.id, place=a_place(pick % 90), label="gate", number=order.number))

    @rule(pick=picks)
    def apply(self, pick: int) -> None:
        plan, found = self._plan(), [order for order in self.desk.day().orders if order.location.place is not None]
        cut = pick % (len(found) + 1)
        routes = (a_route(1, found[:cut]), a_route(2, found[cut:]))
        self._do(ApplyPlan(plan=plan.id, depot=plan.depot, day=DAY, based_on=plan.version, routes=routes, unassigned=()))

    @rule(pick=picks, to=st.integers(0, 1), position=st.integers(0, 6), drag=st.booleans())
    def move(self, pick: int, to: int, position: int, drag: bool) -> None:
        plan = self._plan()
        if plan.routes:
            self._do(MoveStops(plan=plan.id, stops=self._stops(pick, 1 + pick % 2), to_route=plan.routes[to].id, position=position, label="1", route_label="2"))

    @rule(pick=picks)
    def unassign(self, pick: int) -> None:
        self._do(UnassignStops(plan=self._plan().id, stops=self._stops(pick)))

    @rule(pick=picks, position=st.integers(0, 6))
    def assign(self, pick: int, position: int) -> None:
        plan = self._plan()
        pool: Iterable[TaskId] = (each.task for each in plan.unassigned[pick % 3 :])
        if plan.routes and (tasks := tuple(pool)[:2]):
            self._do(AssignTasks(plan=plan.id, tasks=tasks, to_route=plan.routes[pick % 2].id, position=position))

    @rule(pick=picks, lock=st.sampled_from([None, *Lock]))
    def lock(self, pick: int, lock: Lock | None) -> None:
        self._do(LockStops(plan=self._plan().id, stops=self._stops(pick), lock=lock))

    @rule(pick=picks, locked=st.booleans())
    def lock_route(self, pick: int, locked: bool) -> None:
        plan = self._plan()
        if plan.routes:
            self._do(LockRoute(plan=plan.id, route=plan.routes[pick % 2].id, locked=locked))

    @rule()
    def commit(self) -> None:
        plan = self._plan()
        self._do(CommitPlan(plan=plan.id, based_on=plan.version, day=DAY))

    @rule()
    def close_a_road(self) -> None:
        begins = self.desk.clock.now()
        self._do(CloseRoad(points=(a_place(1), a_place(2)), note="works", begins=begins, ends=begins + timedelta(hours=2)))

    @rule(pick=picks)
    def open_a_road(self, pick: int) -> None:
        found = [closure.id for closure in self.desk.day().closures] or [ClosureId("clo_none")]
        self._do(OpenRoad(closure=found[pick % len(found)]))

    @precondition(lambda self: len(self.states) - 1 - self.undone > 0)
    @rule()
    def undo(self) -> None:
        self.desk.bus.undo()
        self.undone += 1

    @precondition(lambda self: self.undone > 0)
    @rule()
    def redo(self) -> None:
        self.desk.bus.redo()
        self.undone -= 1

    @rule()
    def restart(self) -> None:
        self.desk.reopen()
        assert verify(self.desk.path) == ()

    @precondition(lambda self: len(self.states) > 3)
    @rule()
    def undo_all_then_redo_all(self) -> None:
        done = len(self.states) - 1 - self.undone
        for _ in range(done):
            self.desk.bus.undo()
        assert self.desk.contents() == self.states[0]
        for _ in range(done):
            self.desk.bus.redo()

    @invariant()
    def the_contents_are_those_expected(self) -> None:
        assert self.desk.contents() == self._now()


DaysOfWork.TestCase.settings = settings(
    max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
TestDaysOfWork = DaysOfWork.TestCase
