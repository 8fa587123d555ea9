"""Saved views of the order table: which orders, in which columns, in which order; those that come with the program, and a person's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.desktop.names import ADDRESS_TONE
from app.desktop.orders.columns import DEFAULT
from app.desktop.orders.filters import Chips
from app.desktop.words import later
from app.domain.address import AddressState
from app.domain.orders import OrderState
from app.domain.units import minutes
from app.services.queries import BoardRow, Standing

Rule = Callable[[BoardRow], bool]
_TIGHT = minutes(120)
"""Windows of two hours and less are tight."""
_PAID = frozenset({OrderState.DELIVERED, OrderState.DELIVERED_PROOF_MISSING, OrderState.PART_DELIVERED, OrderState.CANCELLED, OrderState.CLOSED})
_PLANLESS = ("number", "address", "windows", "why", "customer", "weight", "pieces", "volume", "address_state", "skills")
_ADDRESSED = ("number", "customer", "address", "postcode", "address_state", "why", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The columns of a view in their order, the widths that a person has set, and what it is sorted by (column, descending)."""

    columns: tuple[str, ...] = DEFAULT
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: tuple[str, bool] | None = None
    free: bool = True
    """Nobody has chosen the columns: the least wanted may leave where there is no room."""
    firm: tuple[str, ...] = ()
    """Columns that must not leave, as they are what the view is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view. `rule` names a rule of `RULES`; a person's own view keeps the words and chips that it was saved with."""

    id: str
    title: str
    rule: str = "all"
    words: str = ""
    chips: Chips = field(default_factory=Chips)
    look: Look = field(default_factory=Look)
    own: bool = False


def _unplanned(row: BoardRow) -> bool:
    return row.standing in {Standing.POOL, Standing.HELD}


def _tight(row: BoardRow) -> bool:
    return bool(row.windows) and sum(closes - opens for opens, closes in row.windows) <= _TIGHT


def _endangered(row: BoardRow) -> bool:
    return row.standing is Standing.LATE or row.risky


def _badly_addressed(row: BoardRow) -> bool:
    return row.address_state is not AddressState.UNPARSED and ADDRESS_TONE[row.address_state] != "ok"


def _cash_open(row: BoardRow) -> bool:
    return row.cod is not None and row.state not in _PAID


RULES: dict[str, Rule | None] = {
    "all": None,
    "unplanned": _unplanned,
    "tight": _tight,
    "endangered": _endangered,
    "late": lambda row: row.standing is Standing.LATE,
    "addresses": _badly_addressed,
    "held": lambda row: row.standing is Standing.HELD,
    "cash": _cash_open,
}
BUILT_IN = (
    View(id="all", title=later("All orders")),
    View(id="unplanned", title=later("Unplanned"), rule="unplanned", look=Look(columns=_PLANLESS, firm=("why",))),
    View(id="tight", title=later("Tight windows"), rule="tight", look=Look(sort=("windows", False))),
    View(id="endangered", title=later("In danger"), rule="endangered", look=Look(sort=("punctuality", False))),
    View(id="late", title=later("Late"), rule="late", look=Look(sort=("punctuality", False))),
    View(id="addresses", title=later("Bad addresses"), rule="addresses", look=Look(columns=_ADDRESSED, firm=("why", "address_state"))),
    View(id="held", title=later("On hold"), rule="held", look=Look(columns=_PLANLESS, firm=("why",))),
    View(
        id="cash",
        title=later("Cash on delivery open"),
        rule="cash",
        look=Look(columns=("number", "customer", "address", "cod", "windows", "route", "position", "arrival", "state", "phone")),
    ),
)
"""The views that come with the program; their keys are Ctrl+Alt and the place in this list."""
