"""Orders: what a customer is to receive or hand over, and the promise made for it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.address import Address, Location
from app.domain.errors import RuleBroken
from app.domain.ids import OrderId, TaskId
from app.domain.load import Load
from app.domain.money import Money
from app.domain.sentences import Sentence
from app.domain.units import Millis, minutes


class OrderState(StrEnum):
    """The promise to the customer; only the transitions of `TRANSITIONS` exist."""

    DRAFT = "draft"
    ON_HOLD = "on_hold"
    READY = "ready"
    PLANNED = "planned"
    TENDERED = "tendered"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    DELIVERED_PROOF_MISSING = "delivered_proof_missing"
    PART_DELIVERED = "part_delivered"
    ATTEMPT_FAILED = "attempt_failed"
    AWAITING_CUSTOMER = "awaiting_customer"
    CANCELLED = "cancelled"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    DAMAGED = "damaged"
    WRITTEN_OFF = "written_off"
    DISPUTED = "disputed"
    CLOSED = "closed"


S = OrderState
_BEFORE_DELIVERED = {S.DRAFT, S.ON_HOLD, S.READY, S.PLANNED, S.TENDERED, S.IN_PROGRESS, S.ATTEMPT_FAILED, S.AWAITING_CUSTOMER}
_ENDS = {S.DELIVERED, S.DELIVERED_PROOF_MISSING, S.PART_DELIVERED, S.CANCELLED, S.RETURNED, S.WRITTEN_OFF}
_LISTED: dict[OrderState, set[OrderState]] = {
    S.DRAFT: {S.ON_HOLD, S.READY},
    S.ON_HOLD: {S.READY},
    # A plannable order that a check or a person objects to is held again.
    S.READY: {S.PLANNED, S.TENDERED, S.AWAITING_CUSTOMER, S.ON_HOLD},
    S.PLANNED: {S.READY, S.TENDERED, S.IN_PROGRESS, S.ON_HOLD},
    S.TENDERED: {S.IN_PROGRESS, S.READY},
    S.IN_PROGRESS: {S.DELIVERED, S.DELIVERED_PROOF_MISSING, S.PART_DELIVERED, S.ATTEMPT_FAILED},
    S.ATTEMPT_FAILED: {S.READY, S.AWAITING_CUSTOMER, S.RETURNING},
    S.AWAITING_CUSTOMER: {S.READY, S.RETURNING},
    S.CANCELLED: {S.RETURNING},
    S.RETURNING: {S.RETURNED},
    S.LOST: {S.DELIVERED, S.RETURNED, S.WRITTEN_OFF},
    S.DAMAGED: {S.DELIVERED, S.RETURNED, S.WRITTEN_OFF},
    S.DELIVERED: {S.DISPUTED},
    S.DISPUTED: {S.DELIVERED, S.ATTEMPT_FAILED},
}


def _all_transitions() -> dict[OrderState, frozenset[OrderState]]:
    """The listed transitions plus the three general rows: cancel before delivery, loss or damage any time, close at an end."""
    table = {}
    for state in OrderState:
        after = set(_LISTED.get(state, set()))
        if state in _BEFORE_DELIVERED:
            after.add(S.CANCELLED)
        if state in _ENDS:
            after.add(S.CLOSED)
        if state not in {S.CLOSED, S.LOST, S.DAMAGED, S.WRITTEN_OFF}:
            after |= {S.LOST, S.DAMAGED}
        table[state] = frozenset(after)
    return table


TRANSITIONS = _all_transitions()
EDITABLE = frozenset({S.DRAFT, S.ON_HOLD, S.READY, S.PLANNED})
"""States in which a new file may change an order without asking."""
PLANNING = frozenset({S.READY, S.PLANNED})
"""States whose orders take part in planning."""


class TaskKind(StrEnum):
    """What is done at the door."""

    DELIVERY = "delivery"
    PICKUP = "pickup"
    RETURN = "return"


class ServiceSource(StrEnum):
    """Who says how long service takes."""

    TYPED = "typed"
    DEFAULT = "default"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When service may begin, as promised: local wall time (naive) of the depot's zone, both ends inclusive.

    Hard, unless `late_per_hour` (minor units per hour, linear in the lateness) makes lateness a price.
    Raises RuleBroken where it closes before it opens.
    """

    opens: datetime
    closes: datetime
    late_per_hour: int | None = None

    def __post_init__(self) -> None:
        if self.closes < self.opens:
            raise RuleBroken("order.window_backwards", opens=f"{self.opens:%H:%M}", closes=f"{self.closes:%H:%M}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """The person at the door. Phone in E.164 where it could be understood, else as given; language an IETF tag or empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a customer is to receive or hand over. The key for imports is (source, number)."""

    id: OrderId
    number: str
    source: str = "file"
    """Where it came from: the sender or the shop; part of the key."""
    day: date | None = None
    """The day it is due; None: not settled yet."""
    kind: TaskKind = TaskKind.DELIVERY
    recipient: Recipient = field(default_factory=Recipient)
    address: Address = field(default_factory=Address)
    location: Location = field(default_factory=Location)
    windows: tuple[Window, ...] = ()
    """The promise: any one of them; empty: any time of the day."""
    preferred: tuple[Window, ...] = ()
    """What the customer would like; never a promise."""
    service: Millis = minutes(3)
    service_source: ServiceSource = ServiceSource.DEFAULT
    load: Load = field(default_factory=Load)
    priority: int = 0
    """0 normal … 9 must not be left out; the price of leaving an order unplanned grows with it."""
    skills: frozenset[str] = frozenset()
    """What the driver must be able to do (lower case)."""
    features: frozenset[str] = frozenset()
    """What the vehicle must have (lower case)."""
    handling: frozenset[str] = frozenset()
    notes: str = ""
    contactless: bool = False
    cod: Money | None = None
    """Cash on delivery."""
    service_level: str = ""
    brand: str = ""
    paired_with: str = ""
    """Number (same source) of the pick-up that must come before, in the same route; empty: none."""
    state: OrderState = OrderState.DRAFT
    hold: Sentence | None = None
    """Why it is held; set while `on_hold`."""
    version: int = 0


def change_state(order: Order, state: OrderState) -> OrderState:
    """The new state, where the table allows it. Raises RuleBroken otherwise; the same state is no change."""
    if state != order.state and state not in TRANSITIONS[order.state]:
        raise RuleBroken("order.no_transition", order=order.number, was=order.state.value, wished=state.value)
    return state


def task_of(order: Order) -> TaskId:
    """The identity of the order's one task of routing work (a second attempt will be a task of its own)."""
    return TaskId("tsk_" + order.id.removeprefix("ord_"))


def order_of(task: TaskId) -> OrderId:
    """The order that a task of `task_of` belongs to."""
    return OrderId("ord_" + task.removeprefix("tsk_"))
