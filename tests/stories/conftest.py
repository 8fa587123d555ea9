"""The map's scheme must be known before the QApplication is made: at collection. Stories share the window's fixtures."""

from app.desktop.map.scheme import register_scheme
from tests.window import profile, stage

__all__ = ["profile", "stage"]

register_scheme()
