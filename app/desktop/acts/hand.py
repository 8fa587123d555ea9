"""The acts of the menus Plan and Edit with which a person arranges whole runs of stops, and selects what is alike."""

from app.desktop.acts.row import NEED_ANY, NEED_ORDERS, NEED_ROUTE, NEED_SOME, NEED_STOP, Act, Possible, idle, movable
from app.desktop.words import later

_SELECT = later("Select")


def _stops(now: Possible) -> bool:
    return now.stops and not now.proposal


def _routed(now: Possible) -> bool:
    return now.plan and now.route and not now.proposal


HAND_ACTS = (
    Act(
        id="best_places",
        text=later("Best route for this…"),
        about=later("The five best places for what is selected, with price, minutes and broken rules"),
        menu="plan",
        keys=("Shift+A",),
        icon="route",
        lists=True,
        divided=True,
        when=lambda now: idle(now) and movable(now),
        needs=NEED_SOME,
    ),
    Act(
        id="first",
        text=later("First in the route"),
        about=later("Moves the selected stops to the beginning of their route"),
        menu="plan",
        keys=("Alt+Home",),
        icon="arrow-up-to-line",
        lists=True,
        when=_stops,
        needs=NEED_STOP,
    ),
    Act(
        id="last",
        text=later("Last in the route"),
        about=later("Moves the selected stops to the end of their route"),
        menu="plan",
        keys=("Alt+End",),
        icon="arrow-down-to-line",
        lists=True,
        when=_stops,
        needs=NEED_STOP,
    ),
    Act(
        id="swap",
        text=later("Swap two stops"),
        about=later("Puts two selected stops in each other's places, in one route or in two"),
        menu="plan",
        keys=("X",),
        icon="arrow-left-right",
        lists=True,
        when=lambda now: now.two and not now.proposal,
        needs=later("Select exactly two stops of routes first."),
    ),
    Act(
        id="swap_loads",
        text=later("Swap with another driver…"),
        about=later("Two drivers exchange all their stops"),
        menu="plan",
        keys=("Shift+X",),
        lists=True,
        when=_routed,
        needs=NEED_ROUTE,
    ),
    Act(
        id="reverse",
        text=later("Turn the order round"),
        about=later("Puts the selected stops in the opposite order; with none selected, the whole route in view"),
        menu="plan",
        keys=("R",),
        icon="arrow-up-down",
        lists=True,
        when=lambda now: (now.stops or _routed(now)) and not now.proposal,
        needs=NEED_STOP,
    ),
    Act(
        id="hand_over",
        text=later("Hand over the rest of the route…"),
        about=later("Gives the stops from one on to one or two other drivers, in the same order"),
        menu="plan",
        keys=("H",),
        icon="users",
        lists=True,
        when=_routed,
        needs=NEED_ROUTE,
    ),
    Act(
        id="move_day",
        text=later("Move to another day…"),
        about=later("Puts the selected orders on another day; shows what is on that day and who has to be told"),
        menu="plan",
        keys=("D",),
        icon="calendar-arrow-down",
        lists=True,
        when=lambda now: now.some and not now.proposal,
        needs=NEED_ANY,
    ),
    Act(
        id="repair",
        text=later("Repair around my change…"),
        about=later("What you moved last stays where you put it; a few other stops may move so that everything fits again"),
        menu="plan",
        keys=("Shift+R",),
        icon="wrench",
        lists=True,
        when=lambda now: idle(now) and now.plan and not now.proposal and (now.edited or now.stops),
        needs=later("Move a stop first."),
    ),
    *(
        Act(id=f"select_{name}", text=text, about=about, menu="edit", under=_SELECT, keys=(f"Q, {key}",), lists=True, when=when, needs=needs)
        for name, text, about, key, when, needs in (
            ("street", later("All in this street"), later("Selects the orders in the streets of the selection"), "S", lambda now: now.some, NEED_ANY),
            ("window", later("All of this window"), later("Selects the orders with the same promised windows"), "W", lambda now: now.some, NEED_ANY),
            ("customer", later("All of this customer"), later("Selects the orders of the same customers"), "C", lambda now: now.some, NEED_ANY),
            ("postcode", later("Same postcode"), later("Selects the orders with the same postcodes"), "P", lambda now: now.some, NEED_ANY),
            ("route", later("The whole route"), later("Selects every stop of the selected stops' routes, or of the route in view"), "R", _routed, NEED_ROUTE),
            ("invert", later("Invert the selection"), later("Selects the other orders that the table shows"), "I", lambda now: now.orders, NEED_ORDERS),
        )
    ),
    Act(
        id="polygon",
        text=later("Select with a polygon"),
        about=later("Click the corners of an area on the map; a double click or Enter selects what lies in it"),
        menu="edit",
        under=_SELECT,
        keys=("Q, G",),
        icon="pentagon",
        lists=True,
        when=lambda now: now.orders,
        needs=NEED_ORDERS,
    ),
)
