"""The window: arranges the panels in layouts and remembers them; decides nothing."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.actions import Actions
from app.desktop.day import Shown
from app.desktop.details.panel import DetailPanel
from app.desktop.fleet.panel import FleetPanel
from app.desktop.format import Formats
from app.desktop.frame.dock import Titled
from app.desktop.frame.layouts import ARRANGEMENTS, WIDE, Layout
from app.desktop.frame.memory import VERSION, LayoutMemory, within
from app.desktop.frame.overlay import Overlay
from app.desktop.frame.switch import LayoutSwitch
from app.desktop.map.view import MapView
from app.desktop.orders.panel import OrderPanel
from app.desktop.plan.pool import PoolList
from app.desktop.plan.proposal_bar import ProposalBar
from app.desktop.plan.routes import RouteList
from app.desktop.plan.stops import StopPanel
from app.desktop.selection import Selection
from app.desktop.theme import Tokens
from app.desktop.widgets.day_bar import DayBar
from app.desktop.widgets.figures import FigureStrip
from app.desktop.widgets.parts import Empty, button, label
from app.desktop.widgets.status import StatusLine
from app.desktop.widgets.toast import Toast
from app.desktop.words import tr

_SMALLEST = (1180, 680)
_FIRST = QSize(1440, 900)
_TITLE = 32
"""Pixels above the window that its frame takes."""
_TOOLS = ("import", "undo", "redo", "", "optimise_day", "commit")
_BARE = frozenset({"import", "undo", "redo"})
"""Tools without words beside their icon."""


class MainWindow(QMainWindow):
    """All panels in their places. `dropped` carries the path of a file, `closing` is emitted once before the window goes, `arranged` after another layout."""

    dropped = Signal(object)
    closing = Signal()
    arranged = Signal(object)

    def __init__(self, selection: Selection, actions: Actions, map_view: MapView, layout_file: Path) -> None:
        super().__init__()
        self._memory = LayoutMemory(layout_file)
        self._formats = Formats()
        self._selection = selection
        self.layout_now = Layout.PLAN
        self._fresh = dict[Layout, QByteArray]()
        self._panels = dict[str, QWidget]()
        self._docks_made = dict[str, Titled]()
        self._asides = dict[str, QWidget]()
        self._tabs_made = dict[str, QWidget]()
        self._overlay_free, self._wants_details = True, True
        """Whether the details are in their dock; whether a person wants them."""
        self.actions_table = actions
        self.map_view = map_view
        self.orders = OrderPanel(selection, actions, self._formats, kept=layout_file)
        self.stops = StopPanel(selection, actions, self._formats)
        self.routes = RouteList(selection, actions)
        self.fleet = FleetPanel(self.routes)
        self.pool = PoolList(selection, actions)
        self.details = DetailPanel(selection, actions)
        self.figures = FigureStrip()
        self.proposal = ProposalBar(selection, actions)
        self.day_bar = DayBar(actions)
        self.status = StatusLine(actions["undo"].trigger)
        self.switch = LayoutSwitch(actions)
        self.setWindowTitle("Doorstep")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks)
        self._lay_out(actions)
        self.setStatusBar(self.status)
        actions.fill(self.menuBar())
        actions.lend_keys(map_view)
        self.resize(_FIRST)
        selection.changed.connect(lambda _held: self._show_overlay())

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Gives the day to every panel."""
        self._formats, view = formats, shown.view
        self._figure_line.setVisible(True)
        self._day_action.setVisible(True)
        self.figures.show_day(view, formats)
        self.routes.show_routes(view.routes, formats)
        self.pool.show_pool(view.pool, formats)
        self.orders.show_day(view, formats)
        self.stops.show_day(view, formats)
        self.details.show_day(shown, formats)
        self._docks_made["routes"].count.setText(str(len(view.routes)))
        held = view.figures.held
        self._docks_made["pool"].count.setText(f"{view.figures.pool} · ◆ {held}" if held else str(view.figures.pool))
        self._empty_pool.words.setText(tr("All orders are in routes.") if view.board else tr("No orders on this day."))
        nothing = tr("No shifts on this day. Import a fleet with shifts.")
        self._empty_routes.words.setText(formats.say(shown.trouble) if shown.trouble is not None else nothing)
        self._pool_stack.setCurrentIndex(0 if view.pool else 1)
        self._route_stack.setCurrentIndex(0 if view.routes else 1)
        self._bottom_stack.setCurrentIndex(0 if view.board else 1)
        self._live_note.setVisible(self.layout_now is Layout.LIVE)

    def show_no_depot(self, *, has_area: bool) -> None:
        """Says what to do before anything can be shown."""
        self._figure_line.setVisible(False)
        self._day_action.setVisible(False)
        self._no_depot.words.setText(
            tr("Welcome. Import the fleet with its depot; after that, drop an order file here.")
            if has_area
            else tr("Welcome. Build the area from an OpenStreetMap extract, then import the fleet with its depot; after that, drop an order file here.")
        )
        self._bottom_stack.setCurrentIndex(2)
        self._route_stack.setCurrentIndex(1)
        self._pool_stack.setCurrentIndex(1)
        self._empty_pool.words.setText(tr("No orders on this day."))

    def set_tokens(self, tokens: Tokens) -> None:
        """Colours everything anew."""
        colors = self.tones(tokens)
        for panel in (self.orders, self.stops):
            panel.set_colors(colors)
        self.routes.set_tokens(tokens)
        self.proposal.set_tokens(tokens)
        self.pool.set_tokens(tokens)
        self.actions_table.paint(tokens)
        self._overlay.set_tokens(tokens)
        for dock in self._docks_made.values():
            dock.set_tokens(tokens)
        self.map_view.set_theme("dark" if tokens.dark else "light")

    @staticmethod
    def tones(tokens: Tokens) -> dict[str, QColor]:
        """The colours of the tones of tables."""
        return {"late": QColor(tokens.late), "risk": QColor(tokens.risk), "ok": QColor(tokens.ok), "muted": QColor(tokens.muted)}

    def show_tab(self, name: str) -> None:
        """Brings `orders`, `stops` or `timeline` to the front, with the focus."""
        self.bring_tab(name)
        {"orders": self.orders.table, "stops": self.stops.table}.get(name, self._tabs_made[name]).setFocus()

    def bring_tab(self, name: str) -> None:
        """Brings a tab to the front; the focus stays where it is."""
        self.tabs.setCurrentWidget(self._tabs_made[name])

    def add_tab(self, name: str, panel: QWidget, title: str) -> None:
        """Adds a panel beside orders and stops."""
        self._tabs_made[name] = panel
        self.tabs.addTab(panel, title)

    @property
    def tab_now(self) -> str:
        """The name of the tab in front."""
        return next(name for name, panel in self._tabs_made.items() if panel is self.tabs.currentWidget())

    def raise_tables(self, least: int) -> tuple[int, ...]:
        """Gives the tables under the map at least so many pixels; how map and tables shared the height before (see `share_height`)."""
        before = self._splitter.sizes()
        if before[1] < least:
            self._splitter.setSizes([max(1, sum(before) - least), least])
        return tuple(before)

    def share_height(self, sizes: tuple[int, ...]) -> None:
        """Gives map and tables these heights again."""
        self._splitter.setSizes(list(sizes))

    def name_stops(self, title: str) -> None:
        """The heading of the stops' tab."""
        self.tabs.setTabText(1, title or tr("Stops"))

    # Layouts

    def add_dock(self, name: str, title: str, inside: QWidget, *, below: str) -> Titled:
        """Adds a panel as one more dock, closed at first, below another. Not as a tab: Qt leaves the tabs standing where all of them are closed."""
        dock = self._dock(name, title, inside, self._last_side)
        self.splitDockWidget(self._docks_made[below], dock, Qt.Orientation.Vertical)
        dock.hide()
        return dock

    def dock(self, name: str) -> Titled:
        """A dock by its name: `routes`, `pool`, `details`, `history`, `jobs`."""
        return self._docks_made[name]

    def add_aside(self, name: str, panel: QWidget) -> None:
        """Adds what a layout shows left of the map or in its stead."""
        self._asides[name] = panel
        self._aside.addWidget(panel)

    def open_layouts(self) -> None:
        """Once every panel is added: the layout, the size and the places of the last time on these screens."""
        self._fresh = {Layout.PLAN: self.saveState(VERSION)}
        rectangle = self._memory.bytes_of("window", "geometry")
        if rectangle is not None:
            self.restoreGeometry(rectangle)
        seen = within(self.geometry(), [screen.availableGeometry().adjusted(0, _TITLE, 0, 0) for screen in QGuiApplication.screens()])
        if seen != self.geometry():
            self.setGeometry(seen)
        said = self._memory.text_of("window", "layout")
        self._arrange(Layout(said) if said in set(Layout) else Layout.PLAN)

    def show_layout(self, wanted: Layout) -> None:
        """Switches to another layout; how this one stands is kept."""
        if wanted is not self.layout_now:
            self._keep_layout()
            self._arrange(wanted)
        self.switch.show_layout(self.layout_now)

    def reset_layout(self) -> None:
        """Puts every panel of this layout back where it was at first."""
        self._memory.forget(self.layout_now)
        self._arrange(self.layout_now)

    def show_dock(self, name: str, *, wanted: bool) -> None:
        """Opens or closes a dock; one that opens comes to the front."""
        if name == "details" and self._narrow:
            self._wants_details = wanted
            self._show_overlay(asked=True)
            return
        dock = self._docks_made[name]
        dock.setVisible(wanted)
        if wanted:
            dock.raise_()

    def next_dock(self) -> None:
        """Puts the focus into the next panel that is open: routes, pool, map or board, table, details …"""
        places = self._places()
        focused = self.focusWidget()
        now = next((at for at, each in enumerate(places) if focused is not None and (each is focused or each.isAncestorOf(focused))), -1)
        for step in range(1, len(places) + 1):
            if _focus_in(places[(now + step) % len(places)]):
                return

    def _places(self) -> list[QWidget]:
        aside = self._asides.get(ARRANGEMENTS[self.layout_now].aside)
        docks = [self._docks_made[name].widget() for name in ("routes", "pool")]
        rest = [dock.widget() for name, dock in self._docks_made.items() if name not in {"routes", "pool"}]
        middle = [each for each in (aside, self.map_view, self.tabs.currentWidget()) if each is not None]
        return [each for each in [*docks, *middle, *rest] if each is not None and each.isVisible()]

    def _arrange(self, wanted: Layout) -> None:
        plan = ARRANGEMENTS[wanted]
        self.layout_now = wanted
        kept = self._memory.bytes_of(wanted, "docks")
        if kept is None or not self.restoreState(kept, VERSION):
            self.restoreState(self._fresh[Layout.PLAN], VERSION)
            for name, dock in self._docks_made.items():
                dock.setVisible(name in plan.docks)
            self._size_parts()
        self._overlay.cover(self.map_view if plan.map else self._across)
        self._narrow_details()
        self._middle.setVisible(plan.map or plan.bottom)
        self._bottom_stack.setVisible(plan.bottom)
        self._aside.setVisible(bool(plan.aside))
        if plan.aside in self._asides:
            self._aside.setCurrentWidget(self._asides[plan.aside])
        split, across = self._memory.bytes_of(wanted, "split"), self._memory.bytes_of(wanted, "across")
        if split is None or not self._splitter.restoreState(split):
            self._splitter.setSizes([plan.map_height, plan.bottom_height])
        if across is None or not self._across.restoreState(across):
            self._across.setSizes([plan.aside_width, max(1, self.width() - plan.aside_width)])
        self._live_note.setVisible(wanted is Layout.LIVE)
        for name, dock in self._docks_made.items():
            self.actions_table[f"dock_{name}"].setChecked(not dock.isHidden())
        self.switch.show_layout(wanted)
        self.arranged.emit(wanted)

    def _keep_layout(self) -> None:
        self._memory.keep(
            self.layout_now,
            docks=self.saveState(VERSION),
            split=self._splitter.saveState(),
            across=self._across.saveState(),
        )

    @property
    def _narrow(self) -> bool:
        return self.width() < WIDE

    def _narrow_details(self) -> None:
        """In a narrow window the details lie over the map; in a wide one they are a dock."""
        dock = self._docks_made["details"]
        if self._narrow and self._overlay_free:
            self._overlay_free = False
            dock.setWidget(QWidget())
            self._overlay.hold(self.details)
        elif not self._narrow and not self._overlay_free:
            self._overlay_free = True
            self._overlay.hide()
            dock.setWidget(self.details)
            self.details.show()
            dock.setVisible("details" in ARRANGEMENTS[self.layout_now].docks)
        if self._narrow:
            dock.hide()
            self._show_overlay()
        else:
            self._make_room()

    def _show_overlay(self, *, asked: bool = False) -> None:
        """The details come with a selection, and go with it."""
        if not self._narrow:
            return
        if self._selection.held.orders and not asked:
            self._wants_details = True
        wanted = self._wants_details and (asked or bool(self._selection.held.orders))
        self._overlay.setVisible(wanted)
        if wanted:
            self._overlay.follow()
        self._make_room()

    def _make_room(self) -> None:
        """Where the details lie over the board, its columns end beside them; over the map, the day is shown beside them."""
        self.map_view.cover_right(self._overlay.width() + 8 if self._overlay.isVisible() and ARRANGEMENTS[self.layout_now].map else 0)
        room = self._overlay.width() + 16 if self._overlay.isVisible() and not ARRANGEMENTS[self.layout_now].map else 0
        panel = self._asides.get("board")
        if panel is not None:
            backwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            panel.setContentsMargins(room if backwards else 0, 0, 0 if backwards else room, 0)

    def _overlay_closed(self) -> None:
        self._wants_details = False
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fresh:
            was = event.oldSize().width() < WIDE
            if was != self._narrow or self._narrow == self._overlay_free:
                self._narrow_details()
            self._tell_tools()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_layout()
        for dock in self._docks_made.values():
            dock.blockSignals(True)  # that they go with the window is no wish of a person
        self._memory.keep("window", geometry=self.saveGeometry(), layout=str(self.layout_now))
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files[0])

    # Building

    def _lay_out(self, actions: Actions) -> None:
        self._toolbar(actions)
        self._bottom = QTabWidget()
        self.tabs = self._bottom
        self.tabs.setDocumentMode(True)
        self.add_tab("orders", self.orders, tr("Orders"))
        self.add_tab("stops", self.stops, tr("Stops"))
        self._bottom_stack = QStackedWidget()
        self._bottom_stack.addWidget(self.tabs)
        self._bottom_stack.addWidget(
            Empty(tr("No orders on this day. Drop an order file here, or import one."), (button(tr("Import orders…"), actions["import"].trigger),))
        )
        first = (button(tr("Areas…"), actions["areas"].trigger), button(tr("Import fleet…"), actions["fleet"].trigger, primary=True))
        self._no_depot = Empty("", first)
        self._bottom_stack.addWidget(self._no_depot)
        self._live_note = label(tr("No vehicle has sent a position yet: the map shows the plan. Positions appear here once vans are on the road."), muted=True)
        self._live_note.setContentsMargins(12, 6, 12, 6)
        self._live_note.hide()
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(_column(self._live_note, self.map_view))
        self._splitter.addWidget(self._bottom_stack)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._middle = self._splitter
        self._aside = QStackedWidget()
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._across.setChildrenCollapsible(False)
        self._across.addWidget(self._aside)
        self._across.addWidget(self._splitter)
        self._across.setStretchFactor(1, 1)
        self._overlay = Overlay(self._across, tr("Details"))
        self.proposal.changes.unfolded.connect(self._fold_tables)
        whole = _column(self.proposal, self._across)
        self.setCentralWidget(whole)
        self._overlay.setParent(whole)
        self.toast = Toast(whole)
        self._overlay.closed.connect(self._overlay_closed)
        self.map_view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a map is not mirrored
        self._docks(actions)
        self._size_parts()

    @Slot(bool)
    def _fold_tables(self, unfolded: bool) -> None:
        """The comparison takes the room of the tables under the map."""
        self._bottom_stack.setVisible(ARRANGEMENTS[self.layout_now].bottom and not unfolded)

    def _toolbar(self, actions: Actions) -> None:
        bar = QToolBar(tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._day_action = bar.addWidget(self.day_bar)
        bar.addWidget(self.switch)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        self._tools = dict[str, QToolButton]()
        for name in _TOOLS:
            if not name:
                bar.addSeparator()
                continue
            bar.addAction(actions[name])
            made = bar.widgetForAction(actions[name])
            if isinstance(made, QToolButton):
                made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                made.setAccessibleName(actions[name].text().replace("&", ""))
                self._tools[name] = made
        self.search_place = QWidget()
        QHBoxLayout(self.search_place).setContentsMargins(8, 0, 0, 0)
        bar.addWidget(self.search_place)
        self.addToolBar(bar)
        self.addToolBarBreak()
        line = QToolBar(tr("Figures"))
        line.setObjectName("figures")
        line.setMovable(False)
        self.figures.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addWidget(self.figures)
        self._figure_line = line
        line.setStyleSheet("QToolBar { padding: 0; }")
        self.addToolBar(line)
        for each in (bar, line):
            each.toggleViewAction().setVisible(False)
        self._tell_tools()

    def _tell_tools(self) -> None:
        """In a narrow window the tools are icons alone; their words are in the tooltip."""
        style = Qt.ToolButtonStyle
        for name, tool in self._tools.items():
            tool.setToolButtonStyle(style.ToolButtonIconOnly if name in _BARE or self._narrow else style.ToolButtonTextBesideIcon)

    def _docks(self, actions: Actions) -> None:
        side = Qt.DockWidgetArea
        backwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        first, last = (side.RightDockWidgetArea, side.LeftDockWidgetArea) if backwards else (side.LeftDockWidgetArea, side.RightDockWidgetArea)
        self._last_side = last
        self._route_stack = QStackedWidget()
        self._route_stack.addWidget(self.fleet)
        self._empty_routes = Empty(tr("No shifts on this day. Import a fleet with shifts."), (button(tr("Import fleet…"), actions["fleet"].trigger),))
        self._route_stack.addWidget(self._empty_routes)
        self._pool_stack = QStackedWidget()
        self._empty_pool = Empty(tr("All orders are in routes."))
        self._pool_stack.addWidget(self.pool)
        self._pool_stack.addWidget(self._empty_pool)
        routes = self._dock("routes", tr("Routes"), self._route_stack, first)
        pool = self._dock("pool", tr("Pool"), self._pool_stack, first)
        self.splitDockWidget(routes, pool, Qt.Orientation.Vertical)
        self._dock("details", tr("Details"), self.details, last)
        self.setCorner(Qt.Corner.BottomLeftCorner, side.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, side.RightDockWidgetArea)

    def _dock(self, name: str, title: str, inside: QWidget, side: Qt.DockWidgetArea) -> Titled:
        dock = Titled(name, title, inside, self)
        self._docks_made[name] = dock
        self.addDockWidget(side, dock)
        act = self.actions_table[f"dock_{name}"]
        dock.visibilityChanged.connect(lambda _shown: act.setChecked(not dock.isHidden()))
        return dock

    def _size_parts(self) -> None:
        docks = self._docks_made
        self.resizeDocks([docks["routes"], docks["details"]], [290, 300], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["routes"], docks["pool"]], [420, 300], Qt.Orientation.Vertical)


def _column(*parts: QWidget) -> QWidget:
    """Parts under one another; the last takes the room."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, 1 if part is parts[-1] else 0)
    return made


def _focus_in(place: QWidget) -> bool:
    """The focus goes to the panel, or to the first thing in it that takes one; whether there is such a thing."""
    takes = [each for each in (place, *place.findChildren(QWidget)) if each.isVisible() and each.isEnabled()]
    target = next((each for each in takes if each.focusPolicy() & Qt.FocusPolicy.TabFocus or each.focusProxy() is not None), None)
    if target is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return target is not None
