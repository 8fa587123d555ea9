"""Remembers where the parts of the window stand: for each layout and each set-up of screens apart, and never off the screens that are there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSettings
from PySide6.QtGui import QGuiApplication

VERSION = 4
"""Of what is kept; states of another version are not believed."""
_GRIP = 120
"""So many pixels of a window's title must lie on a screen for it to be caught again."""


def screen_setup() -> str:
    """A name for the screens that are connected now: sizes, places and scales."""
    parts = []
    for screen in QGuiApplication.screens():
        at = screen.geometry()
        parts.append(f"{at.width()}x{at.height()}+{at.x()}+{at.y()}@{screen.devicePixelRatio():g}")
    return "_".join(sorted(parts))


def within(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """The rectangle itself where its title can be caught on a screen and all of it fits there; else moved and shrunk onto the nearest screen."""
    if not screens:
        return wanted
    title = QRect(wanted.x(), wanted.y(), wanted.width(), 40)
    home = max(screens, key=lambda each: _area(each.intersected(wanted)) or -_apart(each, wanted))
    seen = home.intersected(title)
    if seen.width() >= min(_GRIP, wanted.width()) and seen.height() >= 20 and wanted.width() <= home.width() and wanted.height() <= home.height():
        return wanted
    width, height = min(wanted.width(), home.width()), min(wanted.height(), home.height())
    left = min(max(wanted.x(), home.left()), home.right() - width + 1)
    top = min(max(wanted.y(), home.top()), home.bottom() - height + 1)
    return QRect(left, top, width, height)


def _area(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height() if not rectangle.isEmpty() else 0


def _apart(screen: QRect, wanted: QRect) -> int:
    between = screen.center() - wanted.center()
    return 1 + abs(between.x()) + abs(between.y())


class LayoutMemory:
    """The file that keeps them."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def keep(self, name: str, **parts: QByteArray | int | str) -> None:
        """Keeps parts under a name, for the screens that are there."""
        store = self._store()
        store.beginGroup(f"{VERSION}/{screen_setup()}/{name}")
        for key, value in parts.items():
            store.setValue(key, value)
        store.endGroup()
        store.sync()

    def bytes_of(self, name: str, key: str) -> QByteArray | None:
        """A state that was kept for these screens; None: there is none."""
        value = self._store().value(f"{VERSION}/{screen_setup()}/{name}/{key}")
        return value if isinstance(value, QByteArray) else None

    def text_of(self, name: str, key: str) -> str:
        """A word that was kept for these screens; empty: there is none."""
        value = self._store().value(f"{VERSION}/{screen_setup()}/{name}/{key}")
        return str(value) if value is not None else ""

    def forget(self, name: str) -> None:
        """Forgets a layout on these screens."""
        store = self._store()
        store.remove(f"{VERSION}/{screen_setup()}/{name}")
        store.sync()

    def _store(self) -> QSettings:
        return QSettings(str(self._file), QSettings.Format.IniFormat)
