"""The scheme `app://`: the page and our scripts at `app://map/`, the web packages at `app://web/`, vector tiles at `app://vt/`.

Nothing else is served: no file outside the two folders of assets, and no network.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

from app.domain.errors import Malformed
from app.services.ports.travel import Tiles

SCHEME: Final = b"app"
PAGE: Final = QUrl("app://map/index.html")
_RESOURCES = Path(__file__).resolve().parents[3] / "resources"
_CHANNEL_SCRIPT = ":/qtwebchannel/qwebchannel.js"
_TYPES: Final = {".html": b"text/html", ".js": b"text/javascript", ".css": b"text/css", ".png": b"image/png", ".svg": b"image/svg+xml", ".woff2": b"font/woff2"}
_TILE_TYPE = b"application/x-protobuf"


def register_scheme() -> None:
    """Makes the scheme known to the web engine. Call once, before the QApplication is made; a second call does nothing."""
    if QWebEngineUrlScheme.schemeByName(SCHEME).name():
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flags = QWebEngineUrlScheme.Flag
    scheme.setFlags(flags.SecureScheme | flags.LocalScheme | flags.LocalAccessAllowed | flags.CorsEnabled | flags.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


def assets_missing() -> str | None:
    """The first web package that the set-up has not brought, or None."""
    for needed in ("leaflet/leaflet.js", "leaflet/leaflet.css", "protomaps/protomaps-leaflet.js"):
        if not (_RESOURCES / "web" / needed).is_file():
            return needed
    return None


class AppScheme(QWebEngineUrlSchemeHandler):
    """Answers requests for the page, the assets and the tiles."""

    tiles_failed = Signal()
    """A tile could not be read; said once for each base map."""

    def __init__(self, page: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._tiles: Tiles | None = None
        self._failed = False
        self.served = 0
        """Requests answered so far."""

    def set_tiles(self, tiles: Tiles | None) -> None:
        """The base map that `app://vt/` serves from now on."""
        self._tiles, self._failed = tiles, False

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Called by the web engine for each request of the scheme."""
        url = job.requestUrl()
        self.served += 1
        if url.host() == "vt":
            _answer(job, _TILE_TYPE, self._tile(url.path()))
            return
        body = self._asset(url)
        if body is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        else:
            _answer(job, _TYPES[Path(url.path()).suffix], body)

    def _asset(self, url: QUrl) -> bytes | None:
        if url == PAGE:
            return self._page
        if url.host() == "map" and url.path() == "/qwebchannel.js":
            return _channel_script()
        folder = {"map": _RESOURCES / "map", "web": _RESOURCES / "web"}.get(url.host())
        if folder is None:
            return None
        file = (folder / url.path().lstrip("/")).resolve()
        inside = file.is_relative_to(folder.resolve()) and file.suffix in _TYPES and file.is_file()
        return file.read_bytes() if inside else None

    def _tile(self, path: str) -> bytes:
        """The tile of `/version/zoom/x/y`; nothing where there is none: the ground is drawn then."""
        parts = path.strip("/").split("/")
        if self._tiles is None or len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
            return b""
        try:
            return self._tiles.tile(*(int(part) for part in parts[1:])) or b""
        except (OSError, ValueError, EOFError, Malformed):
            if not self._failed:
                self._failed = True
                self.tiles_failed.emit()
            return b""


def _channel_script() -> bytes:
    file = QFile(_CHANNEL_SCRIPT)
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(file.readAll().data())


def _answer(job: QWebEngineUrlRequestJob, kind: bytes, body: bytes) -> None:
    buffer = QBuffer(job)
    buffer.setData(QByteArray(body))
    job.setAdditionalResponseHeaders({QByteArray(b"Access-Control-Allow-Origin"): QByteArray(b"app://map")})
    job.reply(QByteArray(kind), buffer)
