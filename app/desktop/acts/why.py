"""The act that asks why, and what would help."""

from app.desktop.acts.row import Act
from app.desktop.words import later

WHY_ACTS = (
    Act(
        id="why",
        text=later("&Why, and what would help…"),
        about=later("Says why the order is where it is or in no route, and offers the smallest changes that would help, with their price"),
        menu="plan",
        keys=("Shift+W",),
        icon="circle-help",
        lists=True,
        divided=True,
        when=lambda now: now.some and now.orders and not now.proposal,
        needs=later("Select an order first."),
    ),
)
