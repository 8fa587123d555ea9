"""The window: arranges the panels and remembers the layout; decides nothing."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
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
from app.desktop.format import Formats
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
from app.desktop.words import tr

LAYOUT_VERSION = 3
_SMALLEST = (1180, 680)
_TOOLS = ("import", "undo", "redo", "", "optimise_day", "commit")


class Titled(QDockWidget):
    """A dock with a quiet title and a count."""

    def __init__(self, name: str, title: str, inside: QWidget, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable)
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 7, 12, 7)
        self.count: QLabel = label("", muted=True)
        layout.addWidget(label(title, heading=True))
        layout.addStretch(1)
        layout.addWidget(self.count)
        self.setTitleBarWidget(bar)
        self.setWidget(inside)


class MainWindow(QMainWindow):
    """All panels in their places. `dropped` carries the path of a file, `closing` is emitted once before the window goes."""

    dropped = Signal(object)
    closing = Signal()

    def __init__(self, selection: Selection, actions: Actions, map_view: MapView, layout_file: Path) -> None:
        super().__init__()
        self._layout_file = layout_file
        self._formats = Formats()
        self.actions_table = actions
        self.map_view = map_view
        self.orders = OrderPanel(selection, actions, self._formats)
        self.stops = StopPanel(selection, actions, self._formats)
        self.routes = RouteList(selection, actions)
        self.pool = PoolList(selection, actions)
        self.details = DetailPanel(selection, actions)
        self.figures = FigureStrip()
        self.proposal = ProposalBar(actions)
        self.day_bar = DayBar(actions)
        self.status = StatusLine(actions["undo"].trigger)
        self.setWindowTitle("Doorstep")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self._lay_out(actions)
        self.setStatusBar(self.status)
        actions.fill(self.menuBar())
        actions.lend_keys(map_view)
        self.resize(1440, 900)
        self._docks_default = self.saveState(LAYOUT_VERSION)
        self._restore()

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
        self._route_dock.count.setText(str(len(view.routes)))
        held = view.figures.held
        self._pool_dock.count.setText(f"{view.figures.pool} · ◆ {held}" if held else str(view.figures.pool))
        self._empty_pool.words.setText(tr("All orders are in routes.") if view.board else tr("No orders on this day."))
        nothing = tr("No shifts on this day. Import a fleet with shifts.")
        self._empty_routes.words.setText(formats.say(shown.trouble) if shown.trouble is not None else nothing)
        self._pool_stack.setCurrentIndex(0 if view.pool else 1)
        self._route_stack.setCurrentIndex(0 if view.routes else 1)
        self._bottom_stack.setCurrentIndex(0 if view.board else 1)

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
        colors = {"late": QColor(tokens.late), "risk": QColor(tokens.risk), "ok": QColor(tokens.ok), "muted": QColor(tokens.muted)}
        for panel in (self.orders, self.stops):
            panel.set_colors(colors)
        self.routes.set_tokens(tokens)
        self.pool.set_tokens(tokens)
        self.actions_table.paint(tokens)
        self.map_view.set_theme("dark" if tokens.dark else "light")

    def show_tab(self, name: str) -> None:
        """Brings `orders` or `stops` to the front, with the focus."""
        self.tabs.setCurrentWidget(self.orders if name == "orders" else self.stops)
        (self.orders.table if name == "orders" else self.stops.table).setFocus()

    def name_stops(self, title: str) -> None:
        """The heading of the stops' tab."""
        self.tabs.setTabText(1, title or tr("Stops"))

    def reset_layout(self) -> None:
        """Puts every panel back."""
        self.restoreState(self._docks_default, LAYOUT_VERSION)
        self._size_parts()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
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

    def _lay_out(self, actions: Actions) -> None:
        self._toolbar(actions)
        self._bottom = QTabWidget()
        self.tabs = self._bottom
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.orders, tr("Orders"))
        self.tabs.addTab(self.stops, tr("Stops"))
        self._bottom_stack = QStackedWidget()
        self._bottom_stack.addWidget(self.tabs)
        self._bottom_stack.addWidget(
            Empty(tr("No orders on this day. Drop an order file here, or import one."), (button(tr("Import orders…"), actions["import"].trigger),))
        )
        first = (button(tr("Areas…"), actions["areas"].trigger), button(tr("Import fleet…"), actions["fleet"].trigger, primary=True))
        self._no_depot = Empty("", first)
        self._bottom_stack.addWidget(self._no_depot)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.proposal)
        column.addWidget(self.map_view, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(top)
        self._splitter.addWidget(self._bottom_stack)
        self._splitter.setChildrenCollapsible(False)
        self.setCentralWidget(self._splitter)
        self._docks(actions)
        self._size_parts()

    def _toolbar(self, actions: Actions) -> None:
        bar = QToolBar(tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        self._day_action = bar.addWidget(self.day_bar)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.setIconSize(QSize(20, 20))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in _TOOLS:
            if not name:
                bar.addSeparator()
                continue
            bar.addAction(actions[name])
            made = bar.widgetForAction(actions[name])
            if isinstance(made, QToolButton):
                made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                made.setAccessibleName(actions[name].text().replace("&", ""))
                if name in {"undo", "redo"}:
                    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
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

    def _docks(self, actions: Actions) -> None:
        side = Qt.DockWidgetArea
        self._route_stack = QStackedWidget()
        self._route_stack.addWidget(self.routes)
        self._empty_routes = Empty(tr("No shifts on this day. Import a fleet with shifts."), (button(tr("Import fleet…"), actions["fleet"].trigger),))
        self._route_stack.addWidget(self._empty_routes)
        self._pool_stack = QStackedWidget()
        self._empty_pool = Empty(tr("All orders are in routes."))
        self._pool_stack.addWidget(self.pool)
        self._pool_stack.addWidget(self._empty_pool)
        self._route_dock = Titled("routes", tr("Routes"), self._route_stack, self)
        self._pool_dock = Titled("pool", tr("Pool"), self._pool_stack, self)
        self._detail_dock = Titled("details", tr("Details"), self.details, self)
        self.addDockWidget(side.LeftDockWidgetArea, self._route_dock)
        self.splitDockWidget(self._route_dock, self._pool_dock, Qt.Orientation.Vertical)
        self.addDockWidget(side.RightDockWidgetArea, self._detail_dock)
        self.setCorner(Qt.Corner.BottomLeftCorner, side.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, side.RightDockWidgetArea)

    def _size_parts(self) -> None:
        self.resizeDocks([self._route_dock, self._detail_dock], [290, 280], Qt.Orientation.Horizontal)
        self.resizeDocks([self._route_dock, self._pool_dock], [420, 300], Qt.Orientation.Vertical)
        self._splitter.setSizes([480, 300])
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)

    def _store(self) -> QSettings:
        return QSettings(str(self._layout_file), QSettings.Format.IniFormat)

    def _remember(self) -> None:
        store = self._store()
        store.setValue("geometry", self.saveGeometry())
        store.setValue("docks", self.saveState(LAYOUT_VERSION))
        store.setValue("split", self._splitter.saveState())
        store.sync()

    def _restore(self) -> None:
        """The layout of the last time, where it can be used and lies on a screen that is there."""
        store = self._store()
        geometry, docks, split = (store.value(name) for name in ("geometry", "docks", "split"))
        if isinstance(geometry, QByteArray) and self.restoreGeometry(geometry) and not self._on_screen():
            self.resize(1440, 900)
            self.move(40, 40)
        if isinstance(docks, QByteArray) and not self.restoreState(docks, LAYOUT_VERSION):
            self.restoreState(self._docks_default, LAYOUT_VERSION)
        if isinstance(split, QByteArray):
            self._splitter.restoreState(split)

    def _on_screen(self) -> bool:
        middle = self.frameGeometry().center()
        return any(screen.availableGeometry().contains(middle) for screen in QGuiApplication.screens())
