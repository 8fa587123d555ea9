"""Keeps how far each depot leans, in a section of the layout file; what cannot be read in it counts as not there."""

import json
from pathlib import Path

from PySide6.QtCore import QSettings

from app.domain.ids import DepotId
from app.services.leaning import MOST, Leaning

_NAMES = ("balance", "compactness", "familiar")


class LeaningStore:
    """Reads when it is made, writes when something is kept."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[DepotId, Leaning] = {}

    def of(self, depot: DepotId) -> Leaning:
        """How far a depot leans; not at all where nothing was kept."""
        if depot not in self._kept:
            self._kept[depot] = _understood(QSettings(str(self._file), QSettings.Format.IniFormat).value(_key(depot)))
        return self._kept[depot]

    def keep(self, depot: DepotId, leaning: Leaning) -> None:
        """Remembers it for every plan of the depot."""
        self._kept[depot] = leaning
        settings = QSettings(str(self._file), QSettings.Format.IniFormat)
        settings.setValue(_key(depot), json.dumps({name: getattr(leaning, name) for name in _NAMES}))
        settings.sync()


def _key(depot: DepotId) -> str:
    return f"wishes/{depot}"


def _understood(text: object) -> Leaning:
    try:
        found = json.loads(str(text))
        return Leaning(**{name: max(0, min(MOST, int(found[name]))) for name in _NAMES})
    except (ValueError, KeyError, TypeError):
        return Leaning()
