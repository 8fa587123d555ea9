"""Icons from the lucide set in `resources/web/icons`, recoloured to the theme; drawn as vectors, so sharp at any scale."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "web" / "icons"


@cache
def _source(name: str) -> str:
    file = FOLDER / f"{name}.svg"
    return file.read_text("utf-8") if file.is_file() else ""


@cache
def icon(name: str, color: str, muted: str = "") -> QIcon:
    """The icon of that name in a colour (`muted`: while disabled); an empty icon where set-up has not brought it."""
    made = QIcon()
    if not name or not _source(name):
        return made
    for pixels in (16, 20, 24, 32, 40, 48, 60):
        made.addPixmap(_drawn(name, color, pixels), QIcon.Mode.Normal)
        if muted:
            made.addPixmap(_drawn(name, muted, pixels), QIcon.Mode.Disabled)
    return made


@cache
def icon_file(name: str, color: str) -> str:
    """A file with the icon in a colour, for style sheets, which know no other way; it goes when the program ends."""
    file = _shelf() / f"{name}-{color.lstrip('#')}.svg"
    file.write_text(_source(name).replace("currentColor", color), "utf-8")
    return file.as_posix()


@cache
def _shelf() -> Path:
    made = Path(tempfile.mkdtemp(prefix="doorstep-icons-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _drawn(name: str, color: str, pixels: int) -> QPixmap:
    svg = _source(name).replace("currentColor", color)
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap
