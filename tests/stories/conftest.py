"""The map's scheme must be known before the QApplication is made: at collection."""

from app.desktop.map.scheme import register_scheme

register_scheme()
