"""The map as a widget: it is told what to show and says what was picked; it decides nothing."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.map.channel import MapChannel
from app.desktop.map.features import ClosureDrawn, Hovered, MapDay, MapGhost, Picked, PinDropped
from app.desktop.map.guard import Guard, GuardedPage
from app.desktop.map.page import shell_page
from app.desktop.map.scheme import PAGE, SCHEME, AppScheme, assets_missing
from app.desktop.palette import palette
from app.domain.geo import Box, Place
from app.domain.sentences import Sentence
from app.services.drawing import Drawn, difference, drawn, position_of
from app.services.ports.travel import Tiles
from app.wording.catalogue import sentence

__all__ = ["ClosureDrawn", "Hovered", "MapDay", "MapGhost", "MapView", "Picked", "PinDropped"]

Act = Mapping[str, Any]
_WORDS: Final = ("zoom_in", "zoom_out", "fit", "lasso", "mode_pin", "mode_closure", "mode_lasso", "map_name")
_GROUND: Final = {"light": "#F4F3EF", "dark": "#20242A"}
_LINES_MS: Final = 300
"""Lines are sent at the latest so long after their marks."""
_CALM_S: Final = 60.0
"""A page that dies twice within these seconds is not loaded again by itself."""


def _is_line(key: str) -> bool:
    return key.startswith(("route:", "ghost:"))


def _is_mark(key: str) -> bool:
    return not _is_line(key)


class MapView(QWidget):
    """The map of a day. Call `app.desktop.map.scheme.register_scheme()` before the QApplication is made.

    Everything told is kept: a page that is still loading, or that died and is loaded again, gets it all at once.
    """

    picked = Signal(Picked)
    pinned = Signal(PinDropped)
    closed = Signal(ClosureDrawn)
    hovered = Signal(Hovered)
    ready = Signal()
    """The page stands and shows what it was told."""
    mode_ended = Signal()
    """Setting a pin, drawing a closure, or a lasso is over."""

    def __init__(self, parent: QWidget | None = None, *, tile_hosts: frozenset[str] = frozenset()) -> None:
        super().__init__(parent)
        self._day, self._ghosts = MapDay(), tuple[MapGhost, ...]()
        self._wanted: Drawn = {}
        self._sent: Drawn = {}
        self._later = QTimer(self, singleShot=True, interval=_LINES_MS)
        self._later.timeout.connect(self._send_lines)
        self._selected, self._under = frozenset[str](), ""
        self._theme, self._language = "light", "en"
        self._tiles: Tiles | None = None
        self._bounds: Box | None = None
        self._version = 0
        self._mode, self._order = "", ""
        self._listening = False
        self._died_at = -_CALM_S
        self._first = self._marks = 0
        self._lay_out()
        self._open_page(tile_hosts)
        self._load()

    def _lay_out(self) -> None:
        self._band = QLabel(self)
        self._band.setObjectName("mapBand")
        self._band.setWordWrap(True)
        self._band.setMargin(6)
        self._band.hide()
        # The web view is made before the profile: children die in this order, and a profile must outlive its pages.
        self._web = QWebEngineView(self)
        self._web.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._trouble, self._reload = QLabel(self), QPushButton(self)
        self._trouble.setWordWrap(True)
        self._trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reload.clicked.connect(self._load)
        panel = QWidget(self)
        column = QVBoxLayout(panel)
        column.addStretch()
        column.addWidget(self._trouble)
        column.addWidget(self._reload, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._web)
        self._stack.addWidget(panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        whole.addWidget(self._stack, stretch=1)
        self.setFocusProxy(self._web)

    def _open_page(self, tile_hosts: frozenset[str]) -> None:
        profile = QWebEngineProfile(self)
        self.scheme = AppScheme(shell_page(), self)
        self.scheme.tiles_failed.connect(self._warn_of_tiles)
        self.guard = Guard(tile_hosts, self)
        profile.installUrlSchemeHandler(SCHEME, self.scheme)
        profile.setUrlRequestInterceptor(self.guard)
        self.channel = MapChannel(self)
        page = GuardedPage(profile, self._web)
        page.setBackgroundColor(QColor(_GROUND[self._theme]))
        web_channel = QWebChannel(page)
        web_channel.registerObject("map", self.channel)
        page.setWebChannel(web_channel)
        page.renderProcessTerminated.connect(self._died)
        self._web.setPage(page)
        self._profile = profile
        self.channel.came.connect(self._came)
        self.channel.shown.connect(self._painted)
        self.channel.picked.connect(self._picked)
        self.channel.hovered.connect(self._hovered)
        self.channel.dropped.connect(self._dropped)
        self.channel.drawn.connect(self._drawn)
        self.channel.left.connect(self._left)

    # ── what it is told ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def show_day(self, day: MapDay) -> None:
        """Shows a day; only what differs from the one before is sent."""
        was_empty = not self._day.places()
        self._day = day
        self._redraw(fit=was_empty and bool(day.places()))

    def select(self, ids: frozenset[str]) -> None:
        """Marks the selection: ids of stops, pool orders, and routes (a route is drawn in full colour with numbered stops)."""
        if ids != self._selected:
            self._selected = ids
            self._tell({"do": "select", "ids": sorted(ids)})

    def hover(self, id: str | None) -> None:
        """Marks the thing that the pointer rests on in another view."""
        if (id or "") != self._under:
            self._under = id or ""
            self._tell({"do": "hover", "id": id})

    def show_ghost(self, ghosts: Sequence[MapGhost]) -> None:
        """Shows how routes ran before the proposal on the table: grey and dashed, under the day."""
        self._ghosts = tuple(ghosts)
        self._redraw()

    def clear_ghost(self) -> None:
        """Takes the ghosts away."""
        self.show_ghost(())

    def set_theme(self, theme: str) -> None:
        """`light` or `dark`."""
        self._theme = theme if theme in _GROUND else "light"
        self._web.page().setBackgroundColor(QColor(_GROUND[self._theme]))
        self._tell(self._theme_act())

    def set_language(self, language: str) -> None:
        """`en` or `zh_TW`."""
        self._language = language
        self._say_band()
        self._tell(self._words_act())

    def set_tiles(self, tiles: Tiles | None, bounds: Box | None) -> None:
        """The base map and where it lies; None: a plain ground with a band that says so."""
        self._tiles, self._bounds = tiles, bounds
        self._version += 1
        self.scheme.set_tiles(tiles)
        self._say_band()
        self._tell(self._tiles_act())

    def fit(self) -> None:
        """Shows the whole day, or the whole area of an empty one."""
        self._tell({"do": "fit"})

    def fly_to(self, place: Place) -> None:
        """Brings a place to the middle, near enough to tell houses apart."""
        self._tell({"do": "fly", "at": position_of(place), "glide": True})

    def start_pin(self, order: str) -> None:
        """The next click sets the place of this order (`pinned`); Escape ends it."""
        self._order = order
        self._start("pin")

    def start_closure(self) -> None:
        """Clicks draw a line or, closed on its first point, a ring; a double click or Enter ends it (`closed`); Escape leaves."""
        self._start("closure")

    def start_lasso(self) -> None:
        """A ring is drawn with the pointer; what lies inside is picked. Shift and drag does the same without this call."""
        self._start("lasso")

    def cancel_mode(self) -> None:
        """Ends setting a pin, drawing a closure, or a lasso."""
        if self._mode:
            self._mode = ""
            self._tell({"do": "mode", "mode": ""})
            self.mode_ended.emit()

    # ── what is sent ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, *acts: Act) -> int:
        return self.channel.send(acts) if self._listening else 0

    def _redraw(self, *, fit: bool = False) -> None:
        """Stops and other marks go at once; lines, which are ten times as long, follow when the marks are on the screen."""
        self._wanted = drawn(self._day, self._ghosts)
        if not self._listening:
            return
        marks = self._send_part(_is_mark, fit=fit)
        if marks:
            self._marks = marks
            self._later.start()
        elif not self._later.isActive():
            self._send_lines()

    @Slot()
    def _send_lines(self) -> None:
        self._later.stop()
        if self._listening:
            self._send_part(_is_line)

    def _send_part(self, belongs: Callable[[str], bool], *, fit: bool = False) -> int:
        before = {key: made for key, made in self._sent.items() if belongs(key)}
        after = {key: made for key, made in self._wanted.items() if belongs(key)}
        changed = difference(before, after)
        if not changed and not fit:
            return 0
        self._sent = {key: made for key, made in self._sent.items() if not belongs(key)} | after
        act = {"do": "draw", "put": changed.put, "drop": changed.drop}
        return self._tell(act, *([{"do": "fit"}] if fit else []))

    def _start(self, mode: str) -> None:
        self._mode = mode
        self._web.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell({"do": "mode", "mode": mode})

    def _theme_act(self) -> Act:
        return {"do": "theme", "theme": self._theme}

    def _words_act(self) -> Act:
        return {"do": "words", "language": self._language, "words": {word: self._say(word) for word in _WORDS}}

    def _tiles_act(self) -> Act:
        box = self._bounds
        corners = None if box is None else [*position_of(Place(box.south, box.west)), *position_of(Place(box.north, box.east))]
        return {"do": "tiles", "version": self._version, "max_zoom": self._tiles.max_zoom if self._tiles else None, "bounds": corners}

    def _say(self, word: str) -> str:
        return sentence(Sentence.of(f"map.{word}"), self._language)

    @Slot()
    def _came(self) -> None:
        """The page listens: it gets everything in one message."""
        self._listening = True
        self._sent = self._wanted = drawn(self._day, self._ghosts)
        put = difference({}, self._sent).put
        acts: list[Act] = [{"do": "palette", "palette": palette()}, self._words_act(), self._theme_act(), {"do": "draw", "put": put, "drop": ()}]
        acts += [{"do": "select", "ids": sorted(self._selected)}, self._tiles_act(), {"do": "fit"}]
        if self._mode:
            acts.append({"do": "mode", "mode": self._mode})
        self._first = self._tell(*acts)

    # ── what it says ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(int)
    def _painted(self, number: int) -> None:
        if number == self._first:
            self.ready.emit()
        if number >= self._marks and self._later.isActive():
            self._send_lines()

    @Slot(Picked)
    def _picked(self, picked: Picked) -> None:
        known = frozenset(key.split(":", 1)[1] for key in self._sent if not key.startswith("ghost:"))
        ids = picked.ids & known
        if ids or not picked.ids:
            self.picked.emit(Picked(ids, picked.mode, picked.opened))

    @Slot(Hovered)
    def _hovered(self, hovered: Hovered) -> None:
        self._under = hovered.id or ""
        self.hovered.emit(hovered)

    @Slot(Place)
    def _dropped(self, place: Place) -> None:
        if self._mode == "pin":
            self.pinned.emit(PinDropped(self._order, place))

    @Slot(ClosureDrawn)
    def _drawn(self, closure: ClosureDrawn) -> None:
        if self._mode == "closure":
            self.closed.emit(closure)

    @Slot()
    def _left(self) -> None:
        self._mode = ""
        self.mode_ended.emit()

    # ── trouble ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _load(self) -> None:
        self._listening = False
        if assets_missing():
            self._show_trouble("page_not_loaded")
            return
        self._stack.setCurrentIndex(0)
        self._say_band()
        self._web.load(PAGE)

    @Slot(QWebEnginePage.RenderProcessTerminationStatus, int)
    def _died(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        """The page's process is gone: it is loaded again once, then a person is asked."""
        now = time.monotonic()
        again = now - self._died_at > _CALM_S
        self._died_at = now
        if again:
            self._load()
        else:
            self._listening = False
            self._show_trouble("page_died")

    def _show_trouble(self, word: str) -> None:
        self._trouble.setText(self._say(word))
        self._reload.setText(self._say("reload"))
        self._band.hide()
        self._stack.setCurrentIndex(1)

    @Slot()
    def _warn_of_tiles(self) -> None:
        self._band.setText(self._say("tiles_failed"))
        self._band.show()

    def _say_band(self) -> None:
        self._band.setText(self._say("no_tiles"))
        self._band.setVisible(self._tiles is None and self._version > 0)
