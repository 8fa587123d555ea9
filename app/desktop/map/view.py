"""The map as a widget: it is told what to show and says what was picked; it decides nothing."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.map.channel import MapChannel
from app.desktop.map.features import Carried, CarryPhase, ClosureDrawn, Hovered, MapChoice, MapClosure, MapDay, MapGhost, Picked, PinDropped
from app.desktop.map.guard import Guard, GuardedPage
from app.desktop.map.page import shell_page
from app.desktop.map.scheme import PAGE, SCHEME, AppScheme, assets_missing
from app.desktop.palette import palette
from app.domain.geo import Box, Place
from app.domain.sentences import Sentence
from app.services.drawing import Drawn, difference, drawn, feature, features, position_of
from app.services.ports.travel import Tiles
from app.wording.catalogue import sentence

__all__ = ["ClosureDrawn", "Hovered", "MapDay", "MapGhost", "MapView", "Parts", "Picked", "PinDropped", "parts"]

Act = Mapping[str, Any]
_WORDS: Final = (
    *(
        "zoom_in",
        "zoom_out",
        "fit",
        "follow",
        "lasso",
        "layers",
        "legend",
        "mode_pin",
        "mode_closure",
        "mode_lasso",
        "mode_road",
        "mode_polygon",
        "map_name",
        "map_keys",
    ),
    *("layer_names", "layer_others", "layer_pool", "layer_closure"),
    *("mark_late", "mark_broken", "mark_pool", "mark_cluster", "mark_locked", "mark_moved", "mark_ghost", "mark_straight"),
    *("mark_hatched", "mark_outside"),
)
_DRAFT: Final = "closure:draft"
_GROUND: Final = {"light": "#F4F3EF", "dark": "#20242A"}
_LINES_MS: Final = 300
"""Lines are sent at the latest so long after their marks, and after the lines before them."""
_POINTS: Final = 8_000
"""Points of lines in one message: more would hold the window for longer than a frame."""
_CALM_S: Final = 60.0
"""A page that dies twice within these seconds is not loaded again by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is to be on the map, in the two parts that are sent one after the other."""

    marks: Drawn
    lines: Drawn


def parts(day: MapDay, ghosts: Sequence[MapGhost] = ()) -> Parts:
    """A day as what is drawn; pure, so that a thread of the pool can do it for a large day."""
    marks: dict[str, tuple[Any, ...]] = {}
    lines: dict[str, tuple[Any, ...]] = {}
    for key, made in drawn(day, ghosts).items():
        (lines if made[0] in {"route", "ghost"} else marks)[key] = made
    return Parts(marks=marks, lines=lines)


def _points(made: tuple[Any, ...]) -> int:
    """How many points a route or a ghost has."""
    paths = [leg.points for leg in made[-1]] if made[0] == "route" else made[-1].lines
    return sum(len(path) for path in paths)


class MapView(QWidget):
    """The map of a day. Call `app.desktop.map.scheme.register_scheme()` before the QApplication is made.

    Everything told is kept: a page that is still loading, or that died and is loaded again, gets it all at once.
    """

    picked = Signal(Picked)
    pinned = Signal(PinDropped)
    pin_moved = Signal(Place)
    """A person has dragged the pin of `show_choice`, or clicked where it is to stand."""
    closed = Signal(ClosureDrawn)
    road_chosen = Signal(Place)
    """A road was clicked that is to be closed."""
    asked = Signal(Place)
    """The right button was pressed at a place: what can be done there?"""
    hovered = Signal(Hovered)
    ready = Signal()
    """The page stands and shows what it was told."""
    wished = Signal(str)
    """A button of the map that the window answers: `follow` or `legend`."""
    carried = Signal(Carried)
    """Orders are dragged on the map, or held over it by the window."""
    mode_ended = Signal()
    """Setting a pin, drawing a closure, or a lasso is over."""

    def __init__(self, parent: QWidget | None = None, *, tile_hosts: frozenset[str] = frozenset(), cache: Path | None = None) -> None:
        super().__init__(parent)
        self._day, self._ghosts = MapDay(), tuple[MapGhost, ...]()
        self._wanted = self._sent = Parts(marks={}, lines={})
        self._later = QTimer(self, singleShot=True, interval=_LINES_MS)
        self._later.timeout.connect(self._send_lines)
        self._selected, self._under = frozenset[str](), ""
        self._choice = MapChoice()
        self._draft: MapClosure | None = None
        self._theme, self._language = "light", "en"
        self._tiles: Tiles | None = None
        self._bounds: Box | None = None
        self._version = 0
        self._mode, self._order = "", ""
        self._toggles = {"follow": False, "legend": False}
        self._listening = False
        self._covered = 0
        self._died_at = -_CALM_S
        self._first = self._before = 0
        self._lay_out()
        self._open_page(tile_hosts, cache)
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

    def _open_page(self, tile_hosts: frozenset[str], cache: Path | None) -> None:
        profile = QWebEngineProfile(self)
        self.scheme = AppScheme(shell_page(cache), self)
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
        self.channel.moved.connect(self._moved)
        self.channel.drawn.connect(self._drawn)
        self.channel.aimed.connect(self._aimed)
        self.channel.asked.connect(self.asked)
        self.channel.wished.connect(self.wished)
        self.channel.carried.connect(self.carried)
        self.channel.left.connect(self._left)

    # ── what it is told ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def show_with(self, day: MapDay, ghosts: Sequence[MapGhost] = (), made: Parts | None = None) -> None:
        """Shows a day, and how routes ran before the proposal on the table: grey and dashed, under the day. Only what differs from the day before
        is sent. `made` is `parts` of both, where it was made off the main thread."""
        was_empty = not self._day.places()
        self._day, self._ghosts = day, tuple(ghosts)
        self._redraw(made or parts(day, ghosts), fit=was_empty and bool(day.places()))

    def show_day(self, day: MapDay) -> None:
        """Shows a day; the ghosts stay."""
        self.show_with(day, self._ghosts)

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

    @property
    def ground(self) -> QWidget:
        """The widget that the page is painted in, on which orders can be dropped."""
        return self._web

    def carry(self, x: int, y: int, phase: CarryPhase) -> None:
        """Orders are held over a point of the map (pixels), let go there, or gone from it; the page answers with `carried`."""
        self._tell({"do": "carry", "x": x, "y": y, "phase": phase})

    def show_ghost(self, ghosts: Sequence[MapGhost]) -> None:
        """Shows how routes ran before; the day stays."""
        self.show_with(self._day, ghosts)

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

    def cover_right(self, pixels: int) -> None:
        """So many pixels of the right lie under something else; the whole day is shown beside it."""
        if pixels != self._covered:
            self._covered = pixels
            self._tell(self._cover_act())

    def fit(self) -> None:
        """Shows the whole day, or the whole area of an empty one."""
        self._tell({"do": "fit"})

    def reveal(self, ids: frozenset[str]) -> None:
        """Brings stops, orders or whole routes into view; where they are in view already, nothing moves."""
        if ids:
            self._tell({"do": "reveal", "ids": sorted(ids)})

    def set_toggle(self, name: str, on: bool) -> None:
        """Shows a button as pressed: `follow` (the map follows the selection) or `legend`, which also opens."""
        if self._toggles.get(name) is not on:
            self._toggles[name] = on
            self._tell({"do": name, "on": on})

    def fly_to(self, place: Place) -> None:
        """Brings a place to the middle, near enough to tell houses apart."""
        self._tell({"do": "fly", "at": position_of(place), "glide": True})

    def show_choice(self, choice: MapChoice) -> None:
        """Shows the places that an address may mean, and the pin; an empty choice takes them away."""
        if choice != self._choice:
            self._choice = choice
            self._tell(self._choice_act())

    def show_draft(self, draft: MapClosure | None) -> None:
        """Shows a closure that is being drawn, beside those of the day; None takes it away."""
        if draft != self._draft:
            gone = [_DRAFT] if self._draft is not None else []
            self._draft = draft
            self._tell({"do": "draw", "put": self._draft_features(), "drop": gone if draft is None else []})

    def start_road(self) -> None:
        """The next click chooses a road (`road_chosen`); Escape leaves."""
        self._start("road")

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

    def start_polygon(self) -> None:
        """Clicks set the corners of an area; a double click, Enter or a click on the first one picks what lies inside; Escape leaves."""
        self._start("polygon")

    def cancel_mode(self) -> None:
        """Ends setting a pin, drawing a closure, or a lasso."""
        if self._mode:
            self._mode = ""
            self._tell({"do": "mode", "mode": ""})
            self.mode_ended.emit()

    # ── what is sent ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self, *acts: Act) -> int:
        return self.channel.send(acts) if self._listening else 0

    def _redraw(self, wanted: Parts, *, fit: bool) -> None:
        """Stops and other marks go at once; lines, which are ten times as long, follow when the marks are on the screen."""
        self._wanted = wanted
        if not self._listening:
            return
        changed = difference(self._sent.marks, wanted.marks)
        if changed or fit:
            self._sent = Parts(marks=wanted.marks, lines=self._sent.lines)
            self._tell_before_lines({"do": "draw", "put": changed.put, "drop": changed.drop}, *([{"do": "fit"}] if fit else []))
        elif not self._later.isActive():
            self._send_lines()

    def _tell_before_lines(self, *acts: Act) -> int:
        """Tells something; lines follow once it is on the screen."""
        self._before = self._tell(*acts)
        self._later.start()
        return self._before

    @Slot()
    def _send_lines(self) -> None:
        """Sends lines that differ, so many at once as do not hold the window up."""
        self._later.stop()
        if not self._listening:
            return
        sent, wanted = self._sent.lines, self._wanted.lines
        changed = [key for key, made in wanted.items() if sent.get(key) != made]
        drop = [key for key in sent if key not in wanted]
        now, points = list[str](), 0
        while len(now) < len(changed) and points < _POINTS:
            now.append(changed[len(now)])
            points += _points(wanted[now[-1]])
        if now or drop:
            kept = {key: made for key, made in sent.items() if key in wanted}
            self._sent = Parts(marks=self._sent.marks, lines=kept | {key: wanted[key] for key in now})
            act = {"do": "draw", "put": [feature(key, wanted[key]) for key in now], "drop": drop}
            self._tell_before_lines({**act, "more": True}) if len(now) < len(changed) else self._tell(act)

    @property
    def listening(self) -> bool:
        """Whether the page has loaded and is told what changes; before that it is told everything at once when it comes."""
        return self._listening

    @property
    def whole(self) -> bool:
        """Whether everything that was told is sent."""
        return not self._later.isActive()

    def _start(self, mode: str) -> None:
        self._mode = mode
        self._web.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell({"do": "mode", "mode": mode})

    def _cover_act(self) -> Act:
        return {"do": "cover", "right": self._covered}

    def _theme_act(self) -> Act:
        return {"do": "theme", "theme": self._theme}

    def _words_act(self) -> Act:
        return {"do": "words", "language": self._language, "words": {word: self._say(word) for word in _WORDS}}

    def _choice_act(self) -> Act:
        choice = self._choice
        places, pin = [position_of(place) for place in choice.places], choice.pin and position_of(choice.pin)
        words = self._say("mode_choice") if pin else ""
        return {"do": "choice", "places": places, "current": choice.current, "pin": pin, "aiming": choice.aiming, "look": choice.look,
                "inset": choice.inset, "words": words}  # fmt: skip

    def _draft_features(self) -> list[Act]:
        return [] if self._draft is None else [feature(_DRAFT, ("closure", self._draft))]

    def _tiles_act(self) -> Act:
        box = self._bounds
        corners = None if box is None else [*position_of(Place(box.south, box.west)), *position_of(Place(box.north, box.east))]
        return {"do": "tiles", "version": self._version, "max_zoom": self._tiles.max_zoom if self._tiles else None, "bounds": corners}

    def _say(self, word: str) -> str:
        return sentence(Sentence.of(f"map.{word}"), self._language)

    @Slot()
    def _came(self) -> None:
        """The page listens: it gets everything; lines follow as always."""
        self._listening = True
        self._wanted = parts(self._day, self._ghosts)
        self._sent = Parts(marks=self._wanted.marks, lines={})
        put = (*features(self._sent.marks), *self._draft_features())
        acts: list[Act] = [{"do": "palette", "palette": palette()}, self._words_act(), self._theme_act()]
        acts += [self._cover_act(), {"do": "draw", "put": put, "drop": ()}]
        acts += [{"do": "select", "ids": sorted(self._selected)}, self._tiles_act(), {"do": "fit"}]
        acts += [{"do": name, "on": on} for name, on in self._toggles.items()]
        if self._under:
            acts.append({"do": "hover", "id": self._under})
        if self._choice != MapChoice():
            acts.append(self._choice_act())
        if self._mode:
            acts.append({"do": "mode", "mode": self._mode})
        self._first = self._tell_before_lines(*acts)

    # ── what it says ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Slot(int)
    def _painted(self, number: int) -> None:
        if number == self._first:
            self.ready.emit()
        if number >= self._before and self._later.isActive():
            self._send_lines()

    @Slot(Picked)
    def _picked(self, picked: Picked) -> None:
        known = frozenset(key.split(":", 1)[1] for key in (*self._sent.marks, *self._sent.lines) if not key.startswith("ghost:"))
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

    @Slot(Place)
    def _moved(self, place: Place) -> None:
        if self._choice.pin is not None:
            self.pin_moved.emit(place)

    @Slot(ClosureDrawn)
    def _drawn(self, closure: ClosureDrawn) -> None:
        if self._mode == "closure":
            self.closed.emit(closure)

    @Slot(Place)
    def _aimed(self, place: Place) -> None:
        if self._mode == "road":
            self.road_chosen.emit(place)

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
