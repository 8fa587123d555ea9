"""The table of acts: text, key, icon, and when each can be done; it feeds menus, toolbar and context menus.

Keys of one letter work only while a list or the map has the focus, never while a text is typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListView, QMenu, QMenuBar, QWidget

from app.desktop import icons
from app.desktop.acts.edit import EDIT_ACTS
from app.desktop.acts.fleet import FLEET_ACTS
from app.desktop.acts.hand import HAND_ACTS
from app.desktop.acts.intake import INTAKE_ACTS
from app.desktop.acts.plan import PLAN_ACTS
from app.desktop.acts.row import Act, Possible
from app.desktop.acts.versions import VERSION_ACTS
from app.desktop.acts.view import VIEW_ACTS
from app.desktop.acts.why import WHY_ACTS
from app.desktop.acts.window import WINDOW_ACTS
from app.desktop.theme import Tokens
from app.desktop.words import later, tr

__all__ = ["ACT", "ACTS", "MENUS", "ORDER_MENU", "ROUTE_KEYS", "ROUTE_MENU", "Act", "Actions", "Possible", "key_text", "native", "plain", "why_not"]

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
ACTS = (*INTAKE_ACTS, *EDIT_ACTS, *VIEW_ACTS, *PLAN_ACTS, *FLEET_ACTS, *HAND_ACTS, *VERSION_ACTS, *WHY_ACTS, *WINDOW_ACTS)
"""Every act, in the order of its menu. A new one is a row in `app.desktop.acts`."""
_ALIKE = ("select_street", "select_window", "select_customer", "select_postcode", "select_route", "select_invert")
ORDER_MENU = (
    *("show", "why", ""),
    *("move", "best_places", "earlier", "later", "swap", "reverse", "move_day", "hand_over", "optimise", "", *_ALIKE, "", "lock", "lock_place", ""),
    *("change_orders", "duplicate_order", "pin", "", "unassign", "cancel_order"),
)
"""The context menu of orders, the same wherever they stand: what a double click does first, what takes away last."""
ROUTE_MENU = ("optimise_route", "", "reverse", "swap_loads", "hand_over", "sick", "", "shift", "add_shift", "", "lock_route", "", "commit", "", "remove_shift")
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
        """A context menu of these acts, the first the default; an empty name is a dividing line. What stands in a menu within its menu does so here."""
        menu = QMenu(parent)
        inner: dict[str, QMenu] = {}
        for name in names:
            if not name:
                menu.addSeparator()
                continue
            under = ACT[name].under
            if under and under not in inner:
                inner[under] = menu.addMenu(tr(under))
            inner.get(under, menu).addAction(self._made[name])
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
