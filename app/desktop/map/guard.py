"""Keeps the map's page from the outside: every request that is not the application's own is blocked and counted."""

import logging

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from app.desktop.map.scheme import PAGE

_LOG = logging.getLogger("doorstep.map")
_OWN = ("app", "data")


class Guard(QWebEngineUrlRequestInterceptor):
    """Blocks http, https, ftp, file and all other requests but `app:` and `data:`, and https to the hosts named."""

    def __init__(self, hosts: frozenset[str] = frozenset(), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hosts = hosts
        self.blocked = 0
        """Requests that were stopped."""
        self.outside = 0
        """Requests to a named host that were let through."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Called by the web engine before each request."""
        url = info.requestUrl()
        if url.scheme() in _OWN:
            return
        if url.scheme() == "https" and url.host() in self._hosts:
            self.outside += 1
            return
        self.blocked += 1
        _LOG.warning("blocked a request of the map: scheme %s", url.scheme())
        info.block(True)


class GuardedPage(QWebEnginePage):
    """A page that stays where it is, opens no windows and gets no permission."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        self.permissionRequested.connect(_deny)
        settings, attributes = self.settings(), QWebEngineSettings.WebAttribute
        for refused in (
            attributes.LocalContentCanAccessRemoteUrls,
            attributes.LocalContentCanAccessFileUrls,
            attributes.JavascriptCanOpenWindows,
            attributes.JavascriptCanAccessClipboard,
            attributes.PluginsEnabled,
            attributes.PdfViewerEnabled,
            attributes.LocalStorageEnabled,
            attributes.DnsPrefetchEnabled,
        ):
            settings.setAttribute(refused, False)

    def acceptNavigationRequest(self, url: object, kind: QWebEnginePage.NavigationType, main_frame: bool) -> bool:
        """Only the map's own page may be shown."""
        return url == PAGE

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """No second window."""
        return None  # type: ignore[return-value]

    def javaScriptConsoleMessage(self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str) -> None:
        """What the page complains of goes to the log."""
        _LOG.log(
            logging.WARNING if level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel else logging.DEBUG,
            "map page: %s (%s:%d)",
            message,
            source,
            line,
        )


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()
