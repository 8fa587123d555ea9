"""One run of the window on a data folder: store, bridge, theme, language; the desk is built anew where the language changes."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.desktop.application import make_application
from app.desktop.bridge import Bridge
from app.desktop.desk import Desk
from app.desktop.doors import Doors
from app.desktop.languages import Languages
from app.desktop.sweeping import Sweeper
from app.desktop.theme import Theme, ThemeChoice
from app.domain.errors import Outside, Refused


class Session:
    """Opens and closes in order: stop asking, finish what is being written, stop the optimiser, close the store."""

    def __init__(self, doors: Doors, *, theme: str = "system") -> None:
        self.app: QApplication = make_application()
        self._doors = doors
        self.languages = Languages(self.app)
        self.languages.choose(doors.language)
        self.theme = Theme(self.app, ThemeChoice(theme))
        try:
            self._store = doors.store()
        except (Refused, Outside):
            self.languages.leave()
            raise
        self.bridge = Bridge(self._store, doors.bus(self._store))
        self.desk: Desk | None = None
        self._leaving = False
        self.left = False
        """Whether a person has closed the window."""
        self._sweeper = Sweeper(self._resting)

    def open(self, day: date | None = None, *, show: bool = True) -> Desk:
        """Builds the desk and shows its window."""
        self.desk = Desk(self._doors, self.bridge, self.theme, self.languages.current, self.switch_language)
        self.desk.window.closing.connect(self._closing)
        self.desk.start(day)
        if show:
            self.desk.window.show()
        self._sweeper.start()
        return self.desk

    def switch_language(self, language: str) -> None:
        """Builds the window anew in another language, on the same day."""
        old = self.desk
        day = old.model.view.day if old is not None and old.model.view is not None else None
        self._leaving = True
        self.languages.choose(language)
        if old is not None:
            old.stop()
            old.window.close()
            _take_down(old)
        self._leaving = False
        self.open(day)

    def close(self) -> None:
        """Finishes what is being written, joins every thread, closes the store."""
        self._sweeper.stop()
        if self.desk is not None:
            self.desk.stop()
            self._leaving = True
            self.desk.window.close()
            _take_down(self.desk)
            self.desk = None
        self.bridge.close()
        self._doors.planner().close()
        self._store.close()
        self.languages.leave()

    def _resting(self) -> bool:
        """Whether nothing is under way that a pause of the window would disturb."""
        return not self.bridge.working and not (self.desk is not None and self.desk.proposer.running)

    def _closing(self) -> None:
        if not self._leaving:
            self.left = True
            self.app.quit()


def _take_down(desk: Desk) -> None:
    """Deletes a desk and its window now, the web page before its profile."""
    desk.window.deleteLater()
    desk.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
