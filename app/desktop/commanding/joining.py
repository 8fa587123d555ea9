"""Joins the palette and the sheet of keys to the window: asks off the main thread, and does what was chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLayout, QLineEdit

from app.desktop.actions import ACT, Actions
from app.desktop.bridge import Bridge
from app.desktop.commanding.arranging import Group, Grouped, Key, arranged, remembered
from app.desktop.commanding.content import act_index, act_names, acts_for, day_index
from app.desktop.commanding.days import day_meant
from app.desktop.commanding.finding import Hit, Index, Kind, Met, Query, Thing, understood
from app.desktop.commanding.folding import fold
from app.desktop.commanding.keeping import Kept
from app.desktop.commanding.keymap import Keys, understood_keys
from app.desktop.commanding.lines import Line, Wording
from app.desktop.commanding.search_window import SearchButton, SearchWindow
from app.desktop.commanding.sheet import KeySheet
from app.desktop.day import DayModel, Shown, area_name
from app.desktop.format import Formats
from app.desktop.main_window import MainWindow
from app.desktop.plan.proposing import Proposer, Scope
from app.desktop.selection import Selection
from app.desktop.theme import Theme, Tokens
from app.desktop.words import tr
from app.domain.address import Location
from app.domain.geo import Place
from app.domain.ids import OrderId, RouteId
from app.services.attention import items_of
from app.services.ports.travel import Areas

_REST_MS = 400
"""So long after a day has changed it is made ready for the search, unless it is asked for earlier."""
_PLACES_MS = 120
_PLACES = 5
_LIMIT = 60
_WORK = ("plan", "dispatch", "edit", "view", "file", "customers", "reports", "tools", "window", "help")
"""Menus in the order in which their acts are offered before anything is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What the desk lends: the formats in force, today at the depot, and how a dialog is opened."""

    formats: Callable[[], Formats]
    today: Callable[[], date]
    open_dialog: Callable[[QDialog], None]


class Commanding(QObject):
    """The palette of a window, and the acts that go to what it names."""

    def __init__(
        self,
        bridge: Bridge,
        areas: Areas,
        model: DayModel,
        selection: Selection,
        window: MainWindow,
        actions: Actions,
        proposer: Proposer,
        theme: Theme,
        folder: Path,
        hands: Hands,
    ) -> None:
        super().__init__(window)
        self._bridge, self._areas, self._model, self._selection = bridge, areas, model, selection
        self._window, self._actions, self._proposer, self._theme, self._hands = window, actions, proposer, theme, hands
        self.search: SearchWindow | None = None
        self.button = SearchButton(actions)
        self._index: tuple[Shown, Index] | None = None
        self._acts = act_index()
        self._act_names = act_names(self._acts)
        self._places: dict[str, tuple[str, Place]] = {}
        self._found: tuple[str, tuple[Hit, ...]] = ("", ())
        self._recent: tuple[Key, ...] = ()
        self._recent_file = Kept(folder / "recent.json", bridge)
        self._key_file = Kept(folder / "keys.json", bridge)
        self._changed_keys: Keys = {}
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._look = QTimer(self, singleShot=True, interval=_PLACES_MS)
        self._join()

    def open(self) -> SearchWindow:
        """Opens the palette over the window, or empties it where it is open."""
        if self.search is not None:
            self.search.box.clear()
            return self.search
        search = SearchWindow(self._theme.tokens, self._window)
        self.search = search
        search.asked.connect(self._ask)
        search.taken.connect(self._take)
        search.finished.connect(self._closed)
        self._ask("")
        search.show()
        search.activateWindow()
        return search

    def _join(self) -> None:
        self._rest.timeout.connect(self._make_ready)
        self._look.timeout.connect(self._ask_places)
        self._model.shown.connect(lambda _shown: self._rest.start())
        self._theme.changed.connect(self._paint)
        self._actions.on("palette", self.open)
        self._actions.on("keys", self._show_keys)
        self._actions.on("show", self._show_selected)
        self._actions.on("optimise_route", self._optimise_route)
        self._actions.on("next_trouble", partial(self._step_trouble, 1))
        self._actions.on("previous_trouble", partial(self._step_trouble, -1))
        self._recent_file.load(self._recall)
        self._key_file.load(lambda stored: self._set_keys(understood_keys(stored)))
        row = self._window.search_place.layout()
        if isinstance(row, QLayout):
            row.addWidget(self.button)

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        self.button.set_tokens(tokens)

    @Slot()
    def _closed(self) -> None:
        self.search = None
        self._look.stop()

    # Keys

    def _show_keys(self) -> None:
        """The sheet; keys of the list that has the keyboard stand first."""
        self._hands.open_dialog(KeySheet(self._actions, self._changed_keys, self._place_with_focus(), self._theme.tokens, self._keep_keys, self._window))

    def _place_with_focus(self) -> str:
        focused = self._window.focusWidget()
        if focused is None or isinstance(focused, QLineEdit):
            return ""
        if focused is self._window.map_view or self._window.map_view.isAncestorOf(focused):
            return tr("Map")
        return focused.accessibleName() if isinstance(focused, QAbstractItemView) else ""

    def _keep_keys(self, changed: Keys) -> None:
        self._set_keys(changed)
        self._key_file.save({name: list(keys) for name, keys in changed.items()})

    def _set_keys(self, changed: Keys) -> None:
        self._changed_keys = changed
        if changed or self._actions.changed:
            self._actions.set_keys(changed)

    # Asking

    @Slot()
    def _make_ready(self) -> None:
        """Makes the day in view searchable while nobody asks yet."""
        shown = self._model.held
        if shown is not None and (self._index is None or self._index[0] is not shown):
            self._bridge.compute(lambda _job: (shown, day_index(shown)), then=self._keep_index, key="palette-index")

    def _keep_index(self, made: tuple[Shown, Index]) -> None:
        self._index = made

    @Slot(str)
    def _ask(self, text: str) -> None:
        query, shown, index = understood(text), self._model.held, self._index
        acts = acts_for(self._acts, self._act_names, query, _LIMIT)
        if query.empty or shown is None:
            self._show(text, query, acts)
            return
        known = index[1] if index is not None and index[0] is shown else None
        self._look.start()
        self._bridge.compute(lambda _job: _search(shown, known, query), then=lambda made: self._answered(text, query, acts, made), key="palette")

    def _answered(self, text: str, query: Query, acts: tuple[Hit, ...], made: tuple[Shown, Index, list[Hit]]) -> None:
        self._index = made[:2]
        self._show(text, query, (*made[2], *acts))

    def _show(self, text: str, query: Query, hits: tuple[Hit, ...]) -> None:
        self._found = (text, hits)
        self._fill(query)

    @Slot()
    def _ask_places(self) -> None:
        """Streets and houses of the area; asked once the typing rests, for the answer takes longer."""
        text, _ = self._found
        query, shown = understood(text), self._model.held
        if self.search is None or shown is None or Kind.PLACE not in query.kinds or not _names_a_place(query):
            return
        depot = shown.day.depot
        self._bridge.compute(
            lambda _job: self._suggested(area_name(self._areas, depot), text), then=lambda found: self._placed(text, query, found), key="palette-places"
        )

    def _suggested(self, area: str, text: str) -> tuple[Location, ...]:
        return self._areas.geocoder(area).suggest(text.strip(), _PLACES) if area else ()

    def _placed(self, text: str, query: Query, found: tuple[Location, ...]) -> None:
        if text != self._found[0] or self.search is None:
            return
        named = {each.label: (each.label, each.place) for each in found if each.label and each.place is not None}
        self._places |= named
        hits = tuple(Hit(Thing(Kind.PLACE, label, (label,)), _place_rank(label, query)) for label in named)
        if hits:
            self._found = (text, tuple(hit for hit in self._found[1] if hit.thing.kind is not Kind.PLACE) + hits)
            self._fill(query)

    def _fill(self, query: Query) -> None:
        if self.search is None:
            return
        text, hits = self._found
        wording = Wording(actions=self._actions, formats=self._hands.formats(), query=query, shown=self._model.held, places=self._places)
        groups = self._first() if query.empty else arranged((*self._day_hits(text, query), *hits), self._recent)
        if query.empty and len(query.kinds) == 1 and Kind.ACT in query.kinds:
            groups = (self._all_acts(),)
        self.search.show_lines(wording.lines(groups))

    def _day_hits(self, text: str, query: Query) -> tuple[Hit, ...]:
        day = day_meant(text, self._hands.today()) if Kind.DAY in query.kinds else None
        return (Hit(Thing(Kind.DAY, day.isoformat(), ()), int(Met.BEGIN) * 1_000),) if day is not None else ()

    def _first(self) -> tuple[Grouped, ...]:
        """Before anything is typed: what was used last, then what can be done now."""
        recent = tuple(Hit(Thing(kind, name, (name,)), 0) for kind, name in self._recent[:6] if kind is not Kind.PLACE or name in self._places)
        return (Grouped(Group.RECENT, recent), self._all_acts())

    def _all_acts(self) -> Grouped:
        """All acts; those that can be done now first."""
        able = sorted(self._acts.things, key=lambda thing: (not self._actions[thing.id].isEnabled(), _WORK.index(ACT[thing.id].menu)))
        return Grouped(Group.ACTS, tuple(Hit(thing, 0) for thing in able))

    # Doing

    @Slot(object)
    def _take(self, taken: tuple[Line, bool]) -> None:
        line, on_map = taken
        thing = line.thing
        if thing is None:
            return
        self._recent = remembered(self._recent, (thing.kind, thing.id))
        self._recent_file.save([[kind.value, name] for kind, name in self._recent if kind is not Kind.PLACE])
        QTimer.singleShot(0, self, lambda: self._go(thing, on_map))  # once the palette has gone and the window has the keyboard back

    def _go(self, thing: Thing, on_map: bool) -> None:
        match thing.kind:
            case Kind.ACT:
                self._actions[thing.id].trigger()
            case Kind.ORDER:
                self.go_to_order(OrderId(thing.id), on_map=on_map)
            case Kind.ROUTE:
                self._go_to_route(RouteId(thing.id), on_map)
            case Kind.DAY:
                self._window.day_bar.go(date.fromisoformat(thing.id))
            case Kind.PLACE:
                self._window.map_view.fly_to(self._places[thing.id][1])

    def go_to_order(self, order: OrderId, *, on_map: bool = False) -> None:
        """Selects an order in the table, with its route in view; `on_map`: the map flies there and has the keyboard."""
        row = self._model.view.by_order.get(order) if self._model.view is not None else None
        if row is None:
            return
        self._selection.pick([order], route=row.route)
        if not on_map:
            self._window.show_tab("orders")
        elif row.place is not None:
            self._window.map_view.fly_to(row.place)
            self._window.map_view.setFocus()

    def _go_to_route(self, route: RouteId, on_map: bool) -> None:
        view = self._model.view
        self._selection.show_route(route)
        first = next((stop.orders[0] for stop in view.stops.get(route, ()) if stop.orders), None) if view is not None else None
        place = view.by_order[first].place if view is not None and first is not None else None
        if on_map and place is not None:
            self._window.map_view.fly_to(place)
            self._window.map_view.setFocus()
        else:
            self._window.show_tab("stops")

    def _show_selected(self) -> None:
        """A peek: the keyboard stays where it is."""
        held, view = self._selection.held, self._model.view
        row = view.by_order.get(held.current) if view is not None and held.current is not None else None
        if row is None:
            return
        if row.place is not None:
            self._window.map_view.fly_to(row.place)
        if row.route is not None:
            self._selection.show_route(row.route)

    def _optimise_route(self) -> None:
        route = self._selection.held.route
        if route is not None:
            self._proposer.start(Scope(routes=frozenset([route])))

    def _step_trouble(self, by: int) -> None:
        """The next order that needs a person, in the order of the inbox."""
        shown = self._model.held
        orders = list(dict.fromkeys(item.order for item in items_of(shown.day, shown.view) if item.order is not None)) if shown is not None else []
        if not orders:
            return
        now = self._selection.held.current
        at = orders.index(now) + by if now in orders else (0 if by > 0 else -1)
        focused = QApplication.focusWidget()
        self._selection.pick([orders[at % len(orders)]])
        self._show_selected()
        if focused is not None:
            focused.setFocus()

    def _recall(self, stored: Any) -> None:
        """What an earlier run remembered; anything that is not of that form is let be."""
        pairs = [each for each in stored if isinstance(each, list) and len(each) == 2] if isinstance(stored, list) else []
        kinds = set(Kind)
        recent = [(Kind(kind), str(name)) for kind, name in pairs if kind in kinds]
        self._recent = tuple(key for key in recent if key[0] is not Kind.ACT or key[1] in ACT)


def _search(shown: Shown, known: Index | None, query: Query) -> tuple[Shown, Index, list[Hit]]:
    index = known or day_index(shown)
    return shown, index, index.find(query, _LIMIT)


def _names_a_place(query: Query) -> bool:
    """Two letters at least; digits alone name no street."""
    return any(not word.isdigit() and (len(word) >= 2 or not word.isascii()) for word in query.words)


def _place_rank(label: str, query: Query) -> int:
    text = fold(label)
    met = [Met.BEGIN if text.startswith(word) else Met.WORD if f" {word}" in text else Met.INSIDE if word in text else Met.NEARLY for word in query.words]
    return int(min(met)) * 1_000 + sum(met)
