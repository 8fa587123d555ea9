"""Joins the timeline with the window: its tab, its acts, the clock, and what is dropped on it."""

import importlib
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Slot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.frame.layouts import Layout
from app.desktop.frame.memory import LayoutMemory
from app.desktop.main_window import MainWindow
from app.desktop.plan.edits import Edits
from app.desktop.selection import Selection
from app.desktop.theme import Theme
from app.desktop.timeline.panel import TimelinePanel
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.domain.units import to_clock

_log = logging.getLogger("doorstep.desktop.timeline")
_TICK_MS = 20_000
_PARTS = ("numpy",)  # parts of Qt are not loaded aside: an import of theirs while the window paints ends the process
_KEPT = ("timeline_high", "timeline_empty", "timeline_before")


class TimelineActs(QObject):
    """Puts the timeline beside orders and stops; in the layout Live it stands in front."""

    def __init__(
        self,
        bridge: Bridge,
        selection: Selection,
        window: MainWindow,
        actions: Actions,
        edits: Edits,
        theme: Theme,
        layout_file: Path,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._bridge, self._window, self._actions, self._edits, self._now = bridge, window, actions, edits, now
        self._selection = selection
        self._memory = LayoutMemory(layout_file)
        self._shown: Shown | None = None
        self._warm = False
        self._kept_tab = ""
        self._recall()
        self.panel = TimelinePanel(selection, actions)
        window.add_tab("timeline", self.panel, tr("Timeline"))
        self.panel.set_clock(self.reading)
        self.panel.moved.connect(self._dropped)
        self.panel.opened.connect(self._opened)
        self.panel.pointed.connect(window.map_view.hover)
        theme.changed.connect(self.panel.set_tokens)
        window.arranged.connect(self._arranged)
        self._act()
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self.panel.tick)
        self._clock.start()

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Shows a day; once its times are there, the timeline's parts are loaded aside, so that its tab opens at once."""
        self._shown = shown
        self.panel.show_day(shown, formats)
        if shown.problem is not None and not self._warm:
            self._warm = True
            self._bridge.compute(lambda _job: _load(), then=_log.debug, key="timeline parts")

    def reading(self) -> int | None:
        """The clock reading of this moment; None where the day in view is not today."""
        if self._shown is None:
            return None
        now, view = self._now(), self._shown.view
        return to_clock(now, view.origin) if now.astimezone(ZoneInfo(view.zone)).date() == view.day else None

    def _act(self) -> None:
        on = self._actions.on
        on("timeline", self._show)
        on("timeline_in", partial(self._tool, lambda: self.panel.zoom(1)))
        on("timeline_out", partial(self._tool, lambda: self.panel.zoom(-1)))
        on("timeline_day", partial(self._tool, self.panel.fit_day))
        self._actions["timeline_high"].toggled.connect(lambda on: self.panel.set_high(on))
        self._actions["timeline_before"].toggled.connect(lambda on: self.panel.set_before(on))
        self._actions["timeline_empty"].toggled.connect(lambda _on: self.panel.again())
        for name in _KEPT:
            self._actions[name].toggled.connect(lambda on, name=name: self._memory.keep("timeline", **{name: str(on)}))

    def _show(self) -> None:
        self._window.show_tab("timeline")

    def _tool(self, call: Callable[[], None]) -> None:
        """A tool of the timeline brings it to the front first."""
        if not self.panel.isVisible():
            self._show()
        call()

    def _recall(self) -> None:
        for name in _KEPT:
            said = self._memory.text_of("timeline", name)
            self._actions[name].setChecked(said == "True" if said else name != "timeline_high")

    @Slot(object)
    def _arranged(self, layout: Layout) -> None:
        """Live is looked at along the hours; the other layouts get the tab back that they had."""
        if layout is Layout.LIVE:
            self._kept_tab = self._window.tab_now
            self._window.bring_tab("timeline")
        elif self._kept_tab:
            self._window.bring_tab(self._kept_tab)
            self._kept_tab = ""

    @Slot(object)
    def _dropped(self, drop: tuple[RouteId, int, tuple[OrderId, ...]]) -> None:
        route, position, orders = drop
        self._edits.move_orders(orders, route, position)
        self._selection.pick(orders)

    @Slot(object)
    def _opened(self, order: OrderId) -> None:
        self._selection.pick([order])
        self._window.show_dock("details", wanted=True)


def _load() -> str:
    """Loads what the picture is made with, away from the main thread."""
    for part in _PARTS:
        importlib.import_module(part)
    return "the timeline's parts are loaded"
