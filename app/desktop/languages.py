"""The languages of the window: Qt's own words and ours, loaded from compiled Qt Linguist files."""

import logging
import os
import subprocess
from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from app.desktop.theme import base_font
from app.wording.catalogue import LANGUAGES
from app.wording.pseudo import PSEUDO, stretch

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"
_log = logging.getLogger("doorstep.desktop")


def system_language() -> str:
    """The language of the desktop, where we speak it; English otherwise."""
    name = QLocale.system().name()
    return "zh_TW" if name.startswith("zh") else "en"


def compile_translations(target: Path, source: Path = FOLDER) -> list[Path]:
    """Compiles every `.ts` file of a folder into `.qm` files of another, with the lrelease of the Qt that runs.

    Raises FileNotFoundError where that program is missing and CalledProcessError where it objects.
    """
    program = next(path for path in Path(PySide6.__path__[0]).glob("**/lrelease*") if path.is_file())
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for file in sorted(source.glob("*.ts")):
        out, fresh = target / f"{file.stem}.qm", target / f".{file.stem}.{os.getpid()}.qm"
        subprocess.run([str(program), "-silent", str(file), "-qm", str(fresh)], check=True)
        fresh.replace(out)  # a window that runs has the old one mapped into its memory: it must not change beneath it
        made.append(out)
    return made


class Languages:
    """Installs the translators of one language at a time; keeps them alive."""

    def __init__(self, app: QApplication, folder: Path = FOLDER) -> None:
        self._app = app
        self._folder = folder
        self._installed: list[QTranslator] = []
        self.current = "en"

    def choose(self, language: str) -> None:
        """Switches to a language of `LANGUAGES` (anything else: English); widgets made from now on, and those that listen, show it."""
        self.leave()
        self.current = language if language in {*LANGUAGES, *PSEUDO} else "en"
        QLocale.setDefault(QLocale(self.current if self.current in LANGUAGES else "en"))
        self._app.setFont(base_font(self.current))
        self._app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if self.current == "pseudo_rtl" else Qt.LayoutDirection.LeftToRight)
        if self.current == "en":
            return
        if self.current in PSEUDO:
            self._speak(Stretched(self._app))
            return
        self._install(f"qtbase_{self.current}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._install(f"doorstep_{self.current}", str(self._folder))

    def leave(self) -> None:
        """Takes back the translators; what is made afterwards speaks English."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self._app)
        if not translator.load(name, folder):
            _log.warning("no translation file %s in %s", name, folder)
            return
        self._speak(translator)

    def _speak(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._installed.append(translator)


class Stretched(QTranslator):
    """Says every text longer than it is, Qt's own ones too."""

    def translate(self, _context: str | bytes, text: str | bytes, _what: str | bytes | None = None, _n: int = -1) -> str:
        """The text, longer."""
        return stretch(text if isinstance(text, str) else text.decode())

    def isEmpty(self) -> bool:
        return False
