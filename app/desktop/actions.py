"""The table of acts: text, key, icon, and when each can be done; it feeds menus, toolbar and context menus.

Keys of one letter work only while a list or the map has the focus, never while a text is typed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.desktop import icons
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
    undo: bool = False
    redo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row of the table. `lists`: the key works only in lists and on the map. `divided`: a line stands before it in the menu."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    lists: bool = False
    divided: bool = False
    checkable: bool = False
    when: Callable[[Possible], bool] = lambda _now: True


def _idle(now: Possible) -> bool:
    return now.depot and not now.running


MENUS = (
    ("file", later("&File")),
    ("edit", later("&Edit")),
    ("view", later("&View")),
    ("plan", later("&Plan")),
    ("map", later("&Map")),
    ("help", later("&Help")),
)
ACTS = (
    Act(id="import", text=later("&Import orders…"), menu="file", keys=("Ctrl+I",), icon="file-down", when=lambda now: now.depot),
    Act(id="paste", text=later("Import from &clipboard…"), menu="file", keys=("Ctrl+Shift+V",), icon="clipboard-paste", when=lambda now: now.depot),
    Act(id="fleet", text=later("Import &fleet…"), menu="file", keys=("Ctrl+Shift+I",), icon="truck"),
    Act(id="areas", text=later("&Areas…"), menu="file", icon="map", divided=True),
    Act(id="quit", text=later("&Quit"), menu="file", keys=("Ctrl+Q",), divided=True),
    Act(id="undo", text=later("&Undo"), menu="edit", keys=("Ctrl+Z",), icon="undo-2", when=lambda now: now.undo),
    Act(id="redo", text=later("&Redo"), menu="edit", keys=("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo-2", when=lambda now: now.redo),
    Act(id="filter", text=later("&Find in orders"), menu="edit", keys=("Ctrl+F",), icon="search", divided=True),
    Act(id="today", text=later("&Today"), menu="view", keys=("T",), lists=True),
    Act(id="previous_day", text=later("&Previous day"), menu="view", keys=("Ctrl+PgUp",), icon="chevron-left"),
    Act(id="next_day", text=later("&Next day"), menu="view", keys=("Ctrl+PgDown",), icon="chevron-right"),
    Act(id="orders", text=later("&Orders"), menu="view", keys=("Ctrl+1",), divided=True),
    Act(id="stops", text=later("&Stops of the route"), menu="view", keys=("Ctrl+2",)),
    Act(id="routes", text=later("&Routes"), menu="view", keys=("Ctrl+3",)),
    Act(id="pool", text=later("P&ool"), menu="view", keys=("Ctrl+4",)),
    Act(id="map", text=later("&Map"), menu="view", keys=("Ctrl+5",)),
    Act(id="theme_system", text=later("Colours of the s&ystem"), menu="view", divided=True, checkable=True),
    Act(id="theme_light", text=later("&Light"), menu="view", checkable=True),
    Act(id="theme_dark", text=later("&Dark"), menu="view", checkable=True),
    Act(id="language_en", text="English", menu="view", divided=True, checkable=True),
    Act(id="language_zh_TW", text="繁體中文", menu="view", checkable=True),
    Act(id="reset_layout", text=later("R&eset layout"), menu="view", divided=True),
    Act(
        id="optimise_day",
        text=later("&Optimise the day"),
        menu="plan",
        keys=("Ctrl+Shift+O",),
        icon="wand-sparkles",
        when=lambda now: _idle(now) and now.orders and not now.proposal,
    ),
    Act(
        id="optimise",
        text=later("Optimise &selection or route"),
        menu="plan",
        keys=("O",),
        lists=True,
        when=lambda now: _idle(now) and not now.proposal and (now.route or now.pool or now.stops),
    ),
    Act(id="best_so_far", text=later("Use &best so far"), menu="plan", keys=("Ctrl+.",), when=lambda now: now.running),
    Act(
        id="apply",
        text=later("&Apply the proposal"),
        menu="plan",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        icon="check",
        divided=True,
        when=lambda now: now.proposal,
    ),
    Act(id="discard", text=later("&Discard the proposal"), menu="plan", keys=("Esc",), icon="x", when=lambda now: now.proposal or now.running),
    Act(
        id="move",
        text=later("&Move to route…"),
        menu="plan",
        keys=("A",),
        icon="corner-up-right",
        lists=True,
        divided=True,
        when=lambda now: (now.stops or now.pool) and not now.proposal,
    ),
    Act(
        id="earlier",
        text=later("&Earlier in the route"),
        menu="plan",
        keys=("Alt+Up",),
        icon="arrow-up",
        lists=True,
        when=lambda now: now.stops and not now.proposal,
    ),
    Act(
        id="later",
        text=later("&Later in the route"),
        menu="plan",
        keys=("Alt+Down",),
        icon="arrow-down",
        lists=True,
        when=lambda now: now.stops and not now.proposal,
    ),
    Act(id="unassign", text=later("Back to the &pool"), menu="plan", keys=("Backspace",), lists=True, when=lambda now: now.stops and not now.proposal),
    Act(
        id="lock",
        text=later("Loc&k or unlock"),
        menu="plan",
        keys=("L",),
        icon="lock",
        lists=True,
        when=lambda now: (now.stops or (now.route and not now.some)) and not now.proposal,
    ),
    Act(id="lock_place", text=later("Lock at its pla&ce"), menu="plan", keys=("Shift+L",), lists=True, when=lambda now: now.stops and not now.proposal),
    Act(id="lock_route", text=later("Lock or unlock the &route"), menu="plan", keys=("Ctrl+L",), when=lambda now: now.route and not now.proposal),
    Act(
        id="commit",
        text=later("&Commit the plan…"),
        menu="plan",
        keys=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        icon="badge-check",
        divided=True,
        when=lambda now: now.plan and not now.proposal and not now.running,
    ),
    Act(id="pin", text=later("Set the &place of the order"), menu="map", keys=("P",), icon="map-pin", lists=True, when=lambda now: now.one),
    Act(id="whole", text=later("Show the &whole day"), menu="map", keys=("Home",), icon="maximize", lists=True, when=lambda now: now.depot),
    Act(id="lasso", text=later("Select with a &lasso"), menu="map", icon="lasso-select", when=lambda now: now.orders),
    Act(id="closure", text=later("Draw a &closure"), menu="map", icon="construction", divided=True, when=lambda now: now.depot),
    Act(id="closures", text=later("Closures…"), menu="map", when=lambda now: now.closures),
    Act(id="keys", text=later("&Keys"), menu="help", keys=("F1",)),
    Act(id="about", text=later("&About Doorstep"), menu="help"),
)
ROUTE_KEYS = tuple(range(1, 10))
"""Digits that move the selection to the route of that number."""


class Actions(QObject):
    """The QActions of the table, made once; `fire` of each is set with `on`."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._owner = owner
        self._made: dict[str, QAction] = {}
        self._digits: list[QAction] = []
        for act in ACTS:
            self._made[act.id] = self._make(act)

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
        widget.addActions(self._digits)

    def allow(self, now: Possible) -> None:
        """Enables what can be done."""
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
            self._made[act.id].setText(tr(act.text))

    def fill(self, bar: QMenuBar) -> None:
        """Builds the menus."""
        bar.clear()
        for name, title in MENUS:
            menu = bar.addMenu(tr(title))
            for act in ACTS:
                if act.menu == name:
                    if act.divided:
                        menu.addSeparator()
                    menu.addAction(self._made[act.id])

    def context_menu(self, parent: QWidget, names: tuple[str, ...]) -> QMenu:
        """A context menu of these acts; an empty name is a dividing line."""
        menu = QMenu(parent)
        for name in names:
            if name:
                menu.addAction(self._made[name])
            else:
                menu.addSeparator()
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


def key_text(act: Act) -> str:
    """The first key of an act as the desktop writes it."""
    return QKeySequence(act.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if act.keys else ""
