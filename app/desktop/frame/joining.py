"""Joins the frame's acts: layouts, docks, the next panel, the second window."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.desktop.actions import Actions
from app.desktop.board.panel import BoardPanel
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.dragging.following import Dragging
from app.desktop.dragging.joining import join_board
from app.desktop.format import Formats
from app.desktop.frame.layouts import Layout
from app.desktop.frame.memory import LayoutMemory
from app.desktop.frame.second import SecondWindow
from app.desktop.history.panel import HistoryPanel
from app.desktop.jobs.panel import JobsPanel
from app.desktop.jobs.watching import Watching
from app.desktop.main_window import MainWindow
from app.desktop.orders.panel import OrderPanel
from app.desktop.plan.proposing import Proposer
from app.desktop.selection import Selection
from app.desktop.theme import Theme, Tokens
from app.desktop.words import tr

DOCKS = ("routes", "pool", "details", "history", "jobs")


class Frame(QObject):
    """Places the panels of the other layouts and does what the Window menu says."""

    def __init__(
        self,
        bridge: Bridge,
        window: MainWindow,
        actions: Actions,
        model: DayModel,
        selection: Selection,
        dragging: Dragging,
        proposer: Proposer,
        theme: Theme,
        layout_file: Path,
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._model, self._selection, self._dragging, self._theme = model, selection, dragging, theme
        self._memory = LayoutMemory(layout_file)
        self._formats = Formats()
        self.second: SecondWindow | None = None
        self._doubles: tuple[BoardPanel | OrderPanel, ...] = ()
        self.board = self._board()
        window.add_aside("board", self.board)
        self.history, self.jobs = HistoryPanel(bridge), JobsPanel(bridge)
        self._watching = Watching(bridge, model, proposer, self)
        window.add_dock("history", tr("Change history"), self.history, below="details")
        window.add_dock("jobs", tr("Jobs"), self.jobs, below="history")
        for layout in Layout:
            actions.on(f"layout_{layout}", partial(window.show_layout, layout))
        for name in DOCKS:
            actions[f"dock_{name}"].triggered.connect(lambda wanted, which=name: window.show_dock(which, wanted=wanted))
        actions.on("next_dock", window.next_dock)
        actions.on("second_window", self.open_second)
        actions.on("reset_layout", window.reset_layout)
        window.closing.connect(self.close)
        theme.changed.connect(self._paint)

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Gives the day to the panels of the other layouts and of the second window."""
        self._formats = formats
        for panel in (self.board, *self._doubles):
            panel.show_day(shown.view, formats)
        self.history.show_day(shown, formats)
        self.jobs.show_day(shown, formats)

    def open_second(self) -> None:
        """Opens the second window, or brings it to the front."""
        if self.second is None:
            board, orders = self._board(), OrderPanel(self._selection, self._actions, self._formats)
            self._doubles = (board, orders)
            self.second = SecondWindow(((tr("Board"), board), (tr("Orders"), orders)), self._memory, self._window)
            self.second.addActions(self._window.actions())
            self.second.closed.connect(self._second_closed)
            self._paint(self._theme.tokens)
            if self._model.held is not None:
                self.show_day(self._model.held, self._formats)
        self.second.show()
        self.second.raise_()
        self.second.activateWindow()

    def close(self) -> None:
        """Closes the second window."""
        if self.second is not None:
            self.second.close()

    def _board(self) -> BoardPanel:
        made = BoardPanel(self._selection, self._actions)
        join_board(self._dragging, made)
        return made

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        for each in (self.board, self.history, self.jobs, self._window.details):
            each.set_tokens(tokens)
        for panel in self._doubles:
            if isinstance(panel, BoardPanel):
                panel.set_tokens(tokens)
            else:
                panel.set_colors(self._window.tones(tokens))

    def _second_closed(self) -> None:
        if self.second is not None:
            self.second.deleteLater()
            self.second, self._doubles = None, ()
