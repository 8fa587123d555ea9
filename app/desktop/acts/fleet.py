"""The acts on drivers' shifts."""

from app.desktop.acts.row import NEED_ROUTE, Act, Possible
from app.desktop.words import later


def _shift(now: Possible) -> bool:
    return now.shift and not now.proposal


FLEET_ACTS = (
    Act(
        id="shift",
        text=later("Change the shift…"),
        about=later("Vehicle, driver, hours and breaks of the route in view; the effect is shown before it is saved"),
        menu="dispatch",
        keys=("Ctrl+Alt+E",),
        divided=True,
        when=_shift,
        needs=NEED_ROUTE,
    ),
    Act(
        id="add_shift",
        text=later("Add a shift…"),
        about=later("Another driver with a vehicle on this day"),
        menu="dispatch",
        keys=("Ctrl+Alt+N",),
        when=lambda now: now.depot and not now.proposal,
        needs=later("Import the fleet first."),
    ),
    Act(
        id="sick",
        text=later("Driver calls in sick…"),
        about=later("Hands all stops of the route in view over to one or two others, in the same order"),
        menu="dispatch",
        when=lambda now: now.plan and now.route and not now.proposal,
        needs=NEED_ROUTE,
    ),
    Act(
        id="remove_shift",
        text=later("Remove the shift"),
        about=later("Takes the driver of the route in view off the day; the stops go to the pool"),
        menu="dispatch",
        when=_shift,
        needs=NEED_ROUTE,
    ),
)
