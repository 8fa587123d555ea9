"""Joins what goes on in the background to the window: the status bar hears of the disk and of jobs, a press on a job opens their list."""

from PySide6.QtCore import QObject, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.details.panel import DetailPanel
from app.desktop.format import Formats
from app.desktop.history.panel import HistoryPanel
from app.desktop.main_window import MainWindow
from app.desktop.moments import Now
from app.desktop.theme import Theme
from app.domain.sentences import Sentence


class Background(QObject):
    """Passes on what the bridge tells, and the clock of the program to the panels that say when something was."""

    def __init__(self, bridge: Bridge, model: DayModel, window: MainWindow, history: HistoryPanel, theme: Theme, language: str, now: Now) -> None:
        super().__init__(window)
        self._window, self._language = window, language
        self._formats = Formats(language)
        clocked: tuple[HistoryPanel | DetailPanel, ...] = (history, window.details)
        for each in clocked:
            each.now = now
        status = window.status
        status.set_formats(self._formats)
        bridge.busy.connect(status.show_job)
        bridge.writing.connect(status.show_writing)
        bridge.unsaved.connect(self._unsaved)
        status.jobs_wanted.connect(lambda: window.show_dock("jobs", wanted=True))
        model.shown.connect(self._shown)
        theme.changed.connect(status.set_tokens)

    @Slot(object)
    def _unsaved(self, why: Sentence | None) -> None:
        self._window.status.show_unsaved(self._formats.say(why) if why is not None else "")

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        self._formats = Formats(self._language, shown.view.zone, shown.view.origin)
        self._window.status.set_formats(self._formats)
