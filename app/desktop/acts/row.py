"""What a row of the table of acts says, and what must be so for an act to be done."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desktop.words import later


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """What the window is in a state to do."""

    depot: bool = False
    orders: bool = False
    plan: bool = False
    stops: bool = False
    """A stop of a route is selected."""
    pool: bool = False
    """A plannable order of the pool is selected."""
    some: bool = False
    """Any order is selected."""
    one: bool = False
    """Exactly one order is selected."""
    two: bool = False
    """Exactly two stops of routes are selected."""
    route: bool = False
    shift: bool = False
    """A route in view has a shift, planned or not."""
    proposal: bool = False
    running: bool = False
    addresses: bool = False
    """An address waits for a person."""
    version: bool = False
    """A version of the plan is chosen."""
    compared: bool = False
    """There are plans to compare."""
    comparing: bool = False
    """Plans are compared, and what is on top can be committed."""
    version_route: bool = False
    """A route is chosen in the comparison."""
    undo: bool = False
    redo: bool = False
    edited: bool = False
    """The plan was edited by hand a moment ago: the rest can be repaired around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row of the table. `lists`: its keys work only in lists and on the map. `divided`: a line stands before it in the menu."""

    id: str
    text: str
    about: str = ""
    """What it does, in one line: tooltip, palette and sheet of keys say it."""
    menu: str
    keys: tuple[str, ...] = ()
    list_keys: tuple[str, ...] = ()
    """Further keys, which work in lists and on the map alone; arrows to the side not on the map, which moves by them, nor in tables."""
    icon: str = ""
    lists: bool = False
    divided: bool = False
    checkable: bool = False
    under: str = ""
    """The title of the menu within the menu that it stands in."""
    when: Callable[[Possible], bool] = lambda _now: True
    needs: str = ""
    """What to do first where it cannot be done."""


def idle(now: Possible) -> bool:
    """Whether something could be computed now."""
    return now.depot and not now.running


def movable(now: Possible) -> bool:
    """Whether what is selected can go to a route."""
    return (now.stops or now.pool) and not now.proposal


NEED_ORDERS = later("Import orders first.")
NEED_STOP = later("Select a stop of a route first.")
NEED_SOME = later("Select orders of the pool or stops of a route first.")
NEED_ANY = later("Select orders first.")
NEED_ROUTE = later("Choose a route of a plan first.")
NEED_PROPOSAL = later("There is no proposal to decide on.")
NEED_PLAN = later("Plan the day first.")
