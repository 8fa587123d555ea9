"""The acts of the menus File, Customers, Reports, Tools and Help."""

from app.desktop.acts.row import Act
from app.desktop.words import later

INTAKE_ACTS = (
    Act(
        id="import",
        text=later("&Import orders…"),
        about=later("Reads an order file: CSV, Excel and others; every row is checked before it counts"),
        menu="file",
        keys=("Ctrl+I",),
        icon="file-down",
        when=lambda now: now.depot,
    ),
    Act(
        id="paste",
        text=later("Import from &clipboard…"),
        about=later("Takes copied rows of a table as orders"),
        menu="file",
        keys=("Ctrl+Shift+V",),
        icon="clipboard-paste",
        when=lambda now: now.depot,
    ),
    Act(
        id="fleet",
        text=later("Import &fleet…"),
        about=later("Reads depots, vehicles, drivers and shifts from a file"),
        menu="file",
        keys=("Ctrl+Shift+I",),
        icon="truck",
    ),
    Act(
        id="quit", text=later("&Quit"), about=later("Closes Doorstep; everything is saved already"), menu="file", keys=("Ctrl+Q",), icon="log-out", divided=True
    ),
    Act(id="areas", text=later("&Areas…"), about=later("Builds and removes the maps that Doorstep plans on"), menu="tools", icon="map"),
    Act(
        id="closure",
        text=later("Draw a &closure"),
        about=later("Draw a closed road on the map; plans go around it"),
        menu="tools",
        icon="construction",
        divided=True,
        when=lambda now: now.depot,
    ),
    Act(
        id="closures",
        text=later("C&losures…"),
        about=later("Lists closed roads and lifts them"),
        menu="tools",
        icon="traffic-cone",
        when=lambda now: now.depot,
    ),
    Act(
        id="keys",
        text=later("&Keys"),
        about=later("All keys on one sheet; keys can be changed there"),
        menu="help",
        keys=("F1",),
        list_keys=("?",),
        icon="keyboard",
    ),
    Act(id="about", text=later("&About Doorstep"), about=later("What this program is, and whose map it shows"), menu="help", icon="circle-help"),
)
    Act(
        id="close_road",
        text=later("Close a &road"),
        about=later("Click a road on the map to close it or to slow it down"),
        menu="tools",
        keys=("Ctrl+Shift+R",),
        icon="octagon-minus",
        when=lambda now: now.depot,
    ),
