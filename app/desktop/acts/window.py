"""The acts of the menu Window."""

from app.desktop.acts.row import Act
from app.desktop.words import later

WINDOW_ACTS = (
    Act(
        id="layout_plan",
        text=later("&Plan"),
        about=later("The layout for planning: routes and pool, map, orders"),
        menu="window",
        keys=("Ctrl+1",),
        checkable=True,
    ),
    Act(
        id="layout_live",
        text=later("&Live"),
        about=later("The layout for the running day: a large map"),
        menu="window",
        keys=("Ctrl+2",),
        checkable=True,
    ),
    Act(
        id="layout_board",
        text=later("&Board"),
        about=later("The layout without a map: one column for each route"),
        menu="window",
        keys=("Ctrl+3",),
        checkable=True,
    ),
    Act(
        id="layout_inbox",
        text=later("&Inbox"),
        about=later("The layout for what waits for a person"),
        menu="window",
        keys=("Ctrl+4",),
        checkable=True,
    ),
    Act(id="dock_routes", text=later("&Routes"), about=later("Shows or hides the list of routes"), menu="window", checkable=True, divided=True),
    Act(id="dock_pool", text=later("P&ool"), about=later("Shows or hides the pool"), menu="window", checkable=True),
    Act(id="dock_details", text=later("&Details"), about=later("Shows or hides the details"), menu="window", checkable=True),
    Act(id="dock_history", text=later("Change &history"), about=later("Shows or hides what was changed, by whom and when"), menu="window", checkable=True),
    Act(id="dock_versions", text=later("&Versions"), about=later("Shows or hides what was kept of the plan"), menu="window", checkable=True),
    Act(id="dock_jobs", text=later("&Jobs"), about=later("Shows or hides what is computed in the background"), menu="window", checkable=True),
    Act(id="dock_closures", text=later("&Closures"), about=later("Shows or hides closed and slow roads"), menu="window", checkable=True),
    Act(
        id="next_dock",
        text=later("&Next panel"),
        about=later("Goes round the lists, the map and the details"),
        menu="window",
        keys=("F6",),
        divided=True,
    ),
    Act(id="second_window", text=later("&Second window"), about=later("Opens board and orders in a window for another screen"), menu="window"),
    Act(
        id="reset_layout",
        text=later("R&eset layout"),
        about=later("Puts every part of the window back in its place"),
        menu="window",
        icon="layout-dashboard",
        divided=True,
    ),
)
