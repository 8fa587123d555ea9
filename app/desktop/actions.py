"""The table of acts: text, key, icon, and when each can be done; it feeds menus, toolbar and context menus.

Keys of one letter work only while a list or the map has the focus, never while a text is typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListView, QMenu, QMenuBar, QWidget

from app.desktop import icons
from app.desktop.orders.views import BUILT_IN
from app.desktop.theme import Tokens
from app.desktop.words import later, tr


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
    route: bool = False
    proposal: bool = False
    running: bool = False
    closures: bool = False
    addresses: bool = False
    """An address waits for a person."""
    undo: bool = False
    redo: bool = False


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


def _idle(now: Possible) -> bool:
    return now.depot and not now.running


def _movable(now: Possible) -> bool:
    return (now.stops or now.pool) and not now.proposal


_NEED_ORDERS = later("Import orders first.")
_NEED_STOP = later("Select a stop of a route first.")
_NEED_SOME = later("Select orders of the pool or stops of a route first.")
_NEED_ANY = later("Select orders first.")
_NEED_ROUTE = later("Choose a route of a plan first.")
_NEED_PROPOSAL = later("There is no proposal to decide on.")
_VIEWS = later("Order &views")
MENUS = (
    ("file", later("&File")),
    ("edit", later("&Edit")),
    ("view", later("&View")),
    ("plan", later("&Plan")),
    ("dispatch", later("&Dispatch")),
    ("customers", later("&Customers")),
    ("reports", later("&Reports")),
    ("tools", later("&Tools")),
    ("window", later("&Window")),
    ("help", later("&Help")),
)
"""Those that hold something are shown."""
ACTS = (
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
    Act(
        id="undo",
        text=later("&Undo"),
        about=later("Takes the last step back, whatever it was"),
        menu="edit",
        keys=("Ctrl+Z",),
        icon="undo-2",
        when=lambda now: now.undo,
        needs=later("There is nothing to undo."),
    ),
    Act(
        id="redo",
        text=later("&Redo"),
        about=later("Does the step again that was taken back last"),
        menu="edit",
        keys=("Ctrl+Y", "Ctrl+Shift+Z"),
        icon="redo-2",
        when=lambda now: now.redo,
        needs=later("There is nothing to redo."),
    ),
    Act(
        id="palette",
        text=later("Search or comm&and…"),
        about=later("Finds orders, routes, drivers, places, days and everything that can be done"),
        menu="edit",
        keys=("Ctrl+K", "Ctrl+Shift+P"),
        list_keys=("/",),
        icon="search",
        divided=True,
    ),
    Act(
        id="filter", text=later("&Find in orders"), about=later("Shows only orders that hold what you type"), menu="edit", keys=("Ctrl+F",), icon="list-filter"
    ),
    Act(
        id="lasso",
        text=later("Select with a &lasso"),
        about=later("Draw around orders on the map to select them"),
        menu="edit",
        icon="lasso-select",
        when=lambda now: now.orders,
        needs=_NEED_ORDERS,
    ),
    Act(
        id="new_order",
        text=later("&New order…"),
        about=later("A form for one order; known customers are suggested while you type"),
        menu="edit",
        keys=("Ctrl+N",),
        icon="package-plus",
        divided=True,
        when=lambda now: now.depot,
    ),
    Act(
        id="quick_order",
        text=later("&Quick order…"),
        about=later("Reads an order from one line or a pasted message, for you to approve"),
        menu="edit",
        keys=("Ctrl+Shift+N",),
        icon="message-square-plus",
        when=lambda now: now.depot,
    ),
    Act(
        id="edit_cell",
        text=later("Edit the c&ell"),
        about=later("Type over a cell of the order table; Tab goes on to the next, Escape leaves it as it was"),
        menu="edit",
        keys=("F2",),
        icon="text-cursor-input",
        lists=True,
        divided=True,
        when=lambda now: now.some and not now.proposal,
        needs=_NEED_ANY,
    ),
    Act(
        id="change_orders",
        text=later("&Change the selection…"),
        about=later("One or more fields of all selected orders, with a preview, as one step"),
        menu="edit",
        keys=("Ctrl+E",),
        icon="square-pen",
        when=lambda now: now.some and not now.proposal,
        needs=_NEED_ANY,
    ),
    Act(
        id="duplicate_order",
        text=later("&Duplicate the order…"),
        about=later("A new order with the same customer, goods and windows"),
        menu="edit",
        keys=("Ctrl+D",),
        icon="copy-plus",
        when=lambda now: now.one,
        needs=_NEED_ANY,
    ),
    Act(
        id="cancel_order",
        text=later("Cancel the &orders"),
        about=later("The selected orders leave their routes and are not planned any more; Undo brings them back"),
        menu="edit",
        keys=("Ctrl+Backspace",),
        icon="ban",
        lists=True,
        when=lambda now: now.some and not now.proposal,
        needs=_NEED_ANY,
    ),
    Act(
        id="pin",
        text=later("Set the &place of the order"),
        about=later("Click on the map where the order goes; the place is remembered for its address"),
        menu="edit",
        keys=("P",),
        icon="map-pin",
        lists=True,
        divided=True,
        when=lambda now: now.one,
        needs=later("Select one order first."),
    ),
    Act(
        id="solve_addresses",
        text=later("&Solve addresses"),
        about=later("Goes through the addresses that were not found or are doubtful, by keyboard alone"),
        menu="edit",
        keys=("Ctrl+Shift+A",),
        icon="map-pin-check",
        when=lambda now: now.addresses,
        needs=later("No address waits for you."),
    ),
    Act(id="today", text=later("&Today"), about=later("Opens today"), menu="view", keys=("T",), icon="calendar-check", lists=True),
    Act(
        id="previous_day",
        text=later("Pre&vious day"),
        about=later("Opens the day before"),
        menu="view",
        keys=("Ctrl+PgUp",),
        list_keys=("Left",),
        icon="chevron-left",
    ),
    Act(
        id="next_day",
        text=later("&Next day"),
        about=later("Opens the day after"),
        menu="view",
        keys=("Ctrl+PgDown",),
        list_keys=("Right",),
        icon="chevron-right",
    ),
    Act(
        id="show",
        text=later("&Show on the map"),
        about=later("A peek: the map flies to the order, its details appear, the keyboard stays here"),
        menu="view",
        keys=("Space",),
        icon="map-pinned",
        lists=True,
        divided=True,
        when=lambda now: now.some,
        needs=later("Select an order first."),
    ),
    Act(
        id="whole",
        text=later("Show the &whole day"),
        about=later("Fits the map to all stops of the day"),
        menu="view",
        keys=("Home",),
        icon="maximize",
        lists=True,
        when=lambda now: now.depot,
    ),
    Act(
        id="follow",
        text=later("Map &follows the selection"),
        about=later("Brings what is selected elsewhere into view on the map"),
        menu="view",
        keys=("Shift+Home",),
        lists=True,
        checkable=True,
    ),
    Act(id="legend", text=later("Le&gend"), about=later("Explains the routes and marks of the map"), menu="view", keys=("Ctrl+Shift+G",), checkable=True),
    Act(
        id="next_trouble",
        text=later("Next e&xception"),
        about=later("Selects the next order that is late, on hold or cannot be planned"),
        menu="view",
        keys=("N",),
        icon="triangle-alert",
        lists=True,
        when=lambda now: now.orders,
        needs=_NEED_ORDERS,
    ),
    Act(
        id="previous_trouble",
        text=later("Previous &exception"),
        about=later("Selects the one before"),
        menu="view",
        keys=("Shift+N",),
        lists=True,
        when=lambda now: now.orders,
        needs=_NEED_ORDERS,
    ),
    Act(
        id="orders", text=later("&Orders"), about=later("Puts the keyboard in the order table"), menu="view", list_keys=("G, L",), divided=True, icon="table-2"
    ),
    Act(
        id="stops",
        text=later("Stops of the &route"),
        about=later("Puts the keyboard in the stops of the route in view"),
        menu="view",
        list_keys=("G, S",),
        icon="list-ordered",
    ),
    Act(id="routes", text=later("Ro&utes"), about=later("Puts the keyboard in the list of routes"), menu="view", list_keys=("G, R",), icon="route"),
    Act(id="pool", text=later("&Pool"), about=later("Puts the keyboard in the pool"), menu="view", list_keys=("G, P",), icon="inbox"),
    Act(id="map", text=later("&Map"), about=later("Puts the keyboard on the map"), menu="view", list_keys=("G, M",), icon="map"),
    *(
        Act(
            id=f"view_{view.id}",
            text=view.title,
            about=later("Shows these orders in the order table"),
            menu="view",
            under=_VIEWS,
            keys=(f"Ctrl+Alt+{number}",),
            icon="table-properties",
            divided=number == 1,
            when=lambda now: now.depot,
        )
        for number, view in enumerate(BUILT_IN, start=1)
    ),
    Act(
        id="save_view",
        text=later("Save as a view…"),
        about=later("Keeps words, filters, columns and order of the order table under a name"),
        menu="view",
        under=_VIEWS,
        icon="bookmark-plus",
        when=lambda now: now.depot,
    ),
    Act(
        id="columns",
        text=later("Choose columns…"),
        about=later("Chooses the columns of the order table and their order"),
        menu="view",
        under=_VIEWS,
        icon="columns-3",
        when=lambda now: now.depot,
    ),
    Act(
        id="theme_system",
        text=later("Colours of the s&ystem"),
        about=later("Light or dark as the desktop is"),
        menu="view",
        icon="sun-moon",
        divided=True,
        checkable=True,
    ),
    Act(id="theme_light", text=later("&Light"), about=later("Light colours, whatever the desktop has"), menu="view", icon="sun", checkable=True),
    Act(id="theme_dark", text=later("&Dark"), about=later("Dark colours, whatever the desktop has"), menu="view", icon="moon", checkable=True),
    Act(id="language_en", text="English", about=later("Says everything in English"), menu="view", icon="languages", divided=True, checkable=True),
    Act(id="language_zh_TW", text="繁體中文", about=later("Says everything in Traditional Chinese"), menu="view", icon="languages", checkable=True),
    Act(
        id="optimise_day",
        text=later("&Optimise the day"),
        about=later("Plans all orders of the day anew and proposes the result; nothing changes before you apply it"),
        menu="plan",
        keys=("Ctrl+Shift+O",),
        icon="wand-sparkles",
        when=lambda now: _idle(now) and now.orders and not now.proposal,
        needs=_NEED_ORDERS,
    ),
    Act(
        id="optimise",
        text=later("Optimise the &selection"),
        about=later("Proposes the best places for the selected orders, or the best order of the selected stops' routes"),
        menu="plan",
        keys=("O",),
        lists=True,
        when=lambda now: _idle(now) and not now.proposal and (now.route or now.pool or now.stops),
        needs=_NEED_SOME,
    ),
    Act(
        id="optimise_route",
        text=later("Optimise the ro&ute"),
        about=later("Proposes the best order of stops for the route in view"),
        menu="plan",
        keys=("Shift+O",),
        lists=True,
        when=lambda now: _idle(now) and now.orders and not now.proposal and now.route,
        needs=_NEED_ROUTE,
    ),
    Act(
        id="best_so_far",
        text=later("Use &best so far"),
        about=later("Stops computing and proposes the best plan found until now"),
        menu="plan",
        keys=("Ctrl+.",),
        icon="circle-stop",
        when=lambda now: now.running,
        needs=later("No plan is being computed."),
    ),
    Act(
        id="apply",
        text=later("&Apply the proposal"),
        about=later("Makes the proposal the plan, as one step that can be undone"),
        menu="plan",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        icon="check",
        divided=True,
        when=lambda now: now.proposal,
        needs=_NEED_PROPOSAL,
    ),
    Act(
        id="discard",
        text=later("&Discard the proposal"),
        about=later("Keeps the plan as it is, and stops computing"),
        menu="plan",
        keys=("Esc",),
        icon="x",
        when=lambda now: now.proposal or now.running,
        needs=_NEED_PROPOSAL,
    ),
    Act(
        id="compare",
        text=later("&Compare with the plan"),
        about=later("Lists stop by stop and driver by driver what the proposal changes"),
        menu="plan",
        keys=("Ctrl+Shift+C",),
        list_keys=("C",),
        icon="git-compare",
        checkable=True,
        when=lambda now: now.proposal,
        needs=_NEED_PROPOSAL,
    ),
    Act(
        id="as_is",
        text=later("Show the plan as it &is"),
        about=later("Shows the plan in place of the proposal, and the proposal again"),
        menu="plan",
        keys=("Ctrl+B",),
        list_keys=("B",),
        icon="eye",
        checkable=True,
        when=lambda now: now.proposal,
        needs=_NEED_PROPOSAL,
    ),
    Act(
        id="move",
        text=later("&Move to route…"),
        about=later("Moves what is selected to another route: type its number or name"),
        menu="plan",
        keys=("A",),
        icon="corner-up-right",
        lists=True,
        divided=True,
        when=_movable,
        needs=_NEED_SOME,
    ),
    Act(
        id="earlier",
        text=later("&Earlier in the route"),
        about=later("Moves the stop one place forward"),
        menu="plan",
        keys=("Alt+Up",),
        icon="arrow-up",
        lists=True,
        when=lambda now: now.stops and not now.proposal,
        needs=_NEED_STOP,
    ),
    Act(
        id="later",
        text=later("&Later in the route"),
        about=later("Moves the stop one place back"),
        menu="plan",
        keys=("Alt+Down",),
        icon="arrow-down",
        lists=True,
        when=lambda now: now.stops and not now.proposal,
        needs=_NEED_STOP,
    ),
    Act(
        id="unassign",
        text=later("Back to the &pool"),
        about=later("Takes the stop out of its route; the order waits in the pool"),
        menu="plan",
        keys=("Backspace",),
        icon="undo-dot",
        lists=True,
        when=lambda now: now.stops and not now.proposal,
        needs=_NEED_STOP,
    ),
    Act(
        id="lock",
        text=later("Loc&k or unlock"),
        about=later("A locked stop stays with its driver, whatever is optimised"),
        menu="plan",
        keys=("L",),
        icon="lock",
        lists=True,
        divided=True,
        when=lambda now: (now.stops or (now.route and not now.some)) and not now.proposal,
        needs=_NEED_STOP,
    ),
    Act(
        id="lock_place",
        text=later("Lock at i&ts place"),
        about=later("The stop keeps its place in the route as well"),
        menu="plan",
        keys=("Shift+L",),
        icon="lock-keyhole",
        lists=True,
        when=lambda now: now.stops and not now.proposal,
        needs=_NEED_STOP,
    ),
    Act(
        id="lock_route",
        text=later("Lock or unlock the &route"),
        about=later("No stop of a locked route moves, and none comes in"),
        menu="plan",
        keys=("Ctrl+L",),
        icon="route",
        when=lambda now: now.route and not now.proposal,
        needs=_NEED_ROUTE,
    ),
    Act(
        id="commit",
        text=later("&Commit the plan…"),
        about=later("Makes the plan a promise to drivers and customers"),
        menu="dispatch",
        keys=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        icon="badge-check",
        when=lambda now: now.plan and not now.proposal and not now.running,
        needs=later("Plan the day first."),
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
        when=lambda now: now.closures,
        needs=later("No road is closed."),
    ),
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
    Act(id="dock_jobs", text=later("&Jobs"), about=later("Shows or hides what is computed in the background"), menu="window", checkable=True),
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
ORDER_MENU = (
    *("show", "", "move", "earlier", "later", "optimise", "", "lock", "lock_place", ""),
    *("change_orders", "duplicate_order", "pin", "", "unassign", "cancel_order"),
)
"""The context menu of orders, the same wherever they stand: what a double click does first, what takes away last."""
ROUTE_MENU = ("optimise_route", "", "lock_route", "", "commit")
"""The context menu of routes."""
ROUTE_KEYS = tuple(range(1, 10))
"""Digits that move the selection to the route of that number."""


class Actions(QObject):
    """The QActions of the table, made once; `fire` of each is set with `on`. `rekeyed` is emitted after keys were changed."""

    rekeyed = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._owner = owner
        self._made: dict[str, QAction] = {}
        self._twins: dict[str, QAction] = {}
        self._digits: list[QAction] = []
        self._keys: dict[str, tuple[str, ...]] = {act.id: act.keys for act in ACTS}
        self.now = Possible()
        for act in ACTS:
            self._made[act.id] = self._make(act)
            if act.list_keys:
                self._twins[act.id] = self._twin(act)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def all(self) -> tuple[QAction, ...]:
        """Every act of the table."""
        return tuple(self._made.values())

    def on(self, name: str, call: Callable[[], object]) -> None:
        """What an act does."""
        self._made[name].triggered.connect(lambda _checked=False: call())

    def on_digit(self, call: Callable[[int], object]) -> None:
        """What the digits do: they are given the number of the route."""
        for number in ROUTE_KEYS:
            action = QAction(str(number), self._owner)
            action.setShortcut(QKeySequence(str(number)))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, wanted=number: call(wanted))
            self._digits.append(action)

    def lend_keys(self, widget: QWidget) -> None:
        """Lets the keys of lists work while this widget, or one inside it, has the focus."""
        widget.addActions([self._made[act.id] for act in ACTS if act.lists])
        widget.addActions([twin for name, twin in self._twins.items() if isinstance(widget, QListView) or ACT[name].list_keys not in _SIDEWAYS])
        widget.addActions(self._digits)

    def allow(self, now: Possible) -> None:
        """Enables what can be done."""
        self.now = now
        for act in ACTS:
            self._made[act.id].setEnabled(act.when(now))
        for action in self._digits:
            action.setEnabled((now.stops or now.pool) and not now.proposal)

    def paint(self, tokens: Tokens) -> None:
        """Recolours the icons."""
        for act in ACTS:
            if act.icon:
                self._made[act.id].setIcon(icons.icon(act.icon, tokens.text, tokens.muted))

    def word(self) -> None:
        """Says the texts in the language in force."""
        for act in ACTS:
            made, text = self._made[act.id], tr(act.text)
            made.setText(text)
            made.setIconText(plain(text).rstrip("…"))
            self._tip(act)

    @property
    def changed(self) -> bool:
        """Whether any act has other keys than those of the table."""
        return any(self._keys[act.id] != act.keys for act in ACTS)

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys of an act that work now, those for lists alone not among them."""
        return self._keys[name]

    def key_text(self, name: str) -> str:
        """The first key of an act as the desktop writes it; empty: it has none."""
        keys = (*self._keys[name], *ACT[name].list_keys)
        return native(keys[0]) if keys else ""

    def set_keys(self, changed: Mapping[str, tuple[str, ...]]) -> None:
        """Other keys for acts, as the person wants them; the other acts have those of the table."""
        self._keys = {act.id: changed.get(act.id, act.keys) for act in ACTS}
        for act in ACTS:
            self._made[act.id].setShortcuts([QKeySequence(key) for key in self._keys[act.id]])
            self._tip(act)
        self.rekeyed.emit()

    def fill(self, bar: QMenuBar) -> None:
        """Builds the menus that hold something."""
        bar.clear()
        for name, title in MENUS:
            acts = [act for act in ACTS if act.menu == name]
            if not acts:
                continue
            menu = bar.addMenu(tr(title))
            menu.setToolTipsVisible(True)
            inner: dict[str, QMenu] = {}
            for at, act in enumerate(acts):
                if act.divided and at:
                    menu.addSeparator()
                if act.under and act.under not in inner:
                    inner[act.under] = menu.addMenu(tr(act.under))
                inner.get(act.under, menu).addAction(self._made[act.id])

    def context_menu(self, parent: QWidget, names: tuple[str, ...]) -> QMenu:
        """A context menu of these acts, the first the default; an empty name is a dividing line."""
        menu = QMenu(parent)
        for name in names:
            if name:
                menu.addAction(self._made[name])
            else:
                menu.addSeparator()
        menu.setDefaultAction(self._made[names[0]])
        return menu

    def _make(self, act: Act) -> QAction:
        action = QAction(act.text, self._owner)
        action.setObjectName(act.id)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.setCheckable(act.checkable)
        if act.lists:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if act.id in {"quit", "about"}:
            action.setMenuRole(QAction.MenuRole.QuitRole if act.id == "quit" else QAction.MenuRole.AboutRole)
        return action

    def _twin(self, act: Act) -> QAction:
        """Carries the keys that work in lists alone, of an act whose other keys work everywhere."""
        twin = QAction(self._owner)
        twin.setShortcuts([QKeySequence(key) for key in act.list_keys])
        twin.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        twin.triggered.connect(lambda _checked=False: self._made[act.id].trigger())
        return twin

    def _tip(self, act: Act) -> None:
        key = self.key_text(act.id)
        name = plain(tr(act.text)).rstrip("…")
        self._made[act.id].setToolTip("\n".join(part for part in (f"{name} ({key})" if key else name, tr(act.about) if act.about else "") if part))


ACT = {act.id: act for act in ACTS}
"""The rows by name."""
_SIDEWAYS = (("Left",), ("Right",))


def plain(text: str) -> str:
    """The text of an act without the mark of its menu letter: "匯入(&I)…" and "&Import…" are "匯入…" and "Import…"."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "")


def native(key: str) -> str:
    """A key as the desktop writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def why_not(act: Act, now: Possible) -> str:
    """Why an act cannot be done now and what to do first, in words; empty: it can."""
    if act.when(now):
        return ""
    if now.proposal and act.when(replace(now, proposal=False)):
        return tr("Apply or discard the proposal first.")
    if now.running and act.when(replace(now, running=False, proposal=False)):
        return tr("A plan is being computed: wait, or use the best so far.")
    if not now.depot and (not act.needs or act.when(replace(now, depot=True))):
        return tr("Import the fleet with its depot first.")
    return tr(act.needs) if act.needs else ""


def key_text(act: Act) -> str:
    """The first key of an act as the desktop writes it."""
    return native(act.keys[0]) if act.keys else ""
