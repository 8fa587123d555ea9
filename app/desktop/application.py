"""The Qt application: font, style, theme, languages, one window a data folder, and what happens when the program breaks."""

import faulthandler
import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLockFile, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.desktop.theme import base_font
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.log import redacted

_log = logging.getLogger("doorstep.desktop")
_SWITCH_S = 0.001
"""How long a computing thread of the pool may keep the interpreter while the window wants it."""
_QUIET = ("This plugin does not support propagateSizeHints", "QFontDatabase", "Could not find the Qt platform plugin", "This plugin does not support raise()")


def prepare_offscreen() -> bool:
    """Where there is no display, lets Qt draw into memory. Says whether it is so."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    offscreen = os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen")
    if offscreen:
        _add_flag("--disable-gpu")
    return offscreen


def leave_sandbox() -> None:
    """Lets the web engine go without its sandbox where root runs the demo, the pictures or a measurement on Linux; the window itself never does."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        _add_flag("--no-sandbox")


def _add_flag(flag: str) -> None:
    held = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    if flag not in held:
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join([*held, flag])


def make_application() -> QApplication:
    """The QApplication with style and font; the map's scheme is registered before, as Qt wants it."""
    from app.desktop.map.scheme import register_scheme

    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    register_scheme()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["doorstep"])
    app.setQuitOnLastWindowClosed(False)  # a change of language closes the window and opens another
    sys.setswitchinterval(_SWITCH_S)
    app.setApplicationName("Doorstep")
    app.setStyle("Fusion")
    app.setFont(base_font())
    return app


def watch_faults(folder: Path) -> None:
    """Writes hard crashes to the log folder, Qt's messages to the log, and shows unexpected faults in a dialog."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    faulthandler.enable(open(logs / "crash.txt", "a", encoding="utf-8"))  # noqa: SIM115 - must stay open for as long as the program runs
    qInstallMessageHandler(_qt_said)
    sys.excepthook = _fault


def _qt_said(kind: QtMsgType, _context: object, message: str) -> None:
    if any(quiet in message for quiet in _QUIET):
        return
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING}
    _log.log(levels.get(kind, logging.ERROR), "Qt: %s", message)


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    _log.error("unexpected fault", exc_info=(kind, error, trace))
    if isinstance(QApplication.instance(), QApplication):
        CrashDialog(error, QApplication.activeWindow()).open()


class CrashDialog(QDialog):
    """Says that the program failed, that the data are safe, and offers a report in which what is private is struck out."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong"))
        self.resize(640, 380)
        self.report = redacted("".join(traceback.format_exception(error)))
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(tr("Copy the report"), lambda: QApplication.clipboard().setText(self.report)))
        buttons.addWidget(button(tr("Close"), self.accept, primary=True))
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr("Doorstep met a fault. What was saved is safe; the last act may not have been done."), wrap=True))
        layout.addWidget(label(tr("This report names no customer, address or telephone number. Please send it along when you tell us."), muted=True, wrap=True))
        layout.addWidget(text, 1)
        layout.addLayout(buttons)


class Instance:
    """The lock that keeps a second window off the same data folder; one that a crash left behind is taken over."""

    def __init__(self, folder: Path) -> None:
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """Whether this process may work on the folder."""
        return self._lock.tryLock(200)

    def release(self) -> None:
        """Lets another process have it."""
        self._lock.unlock()
