"""The window of these tests stands on the demo area; its map's scheme must be known before the QApplication is made."""

from app.desktop.map.scheme import register_scheme
from tests.window import profile, stage

__all__ = ["profile", "stage"]

register_scheme()
