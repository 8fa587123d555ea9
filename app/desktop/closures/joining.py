"""Joins the closures with the window: their panel, the map, the acts, what was done to the plan and its repair."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.closures.banner import ClosureBanner
from app.desktop.closures.panel import ClosurePanel
from app.desktop.closures.watching import compare, weigh
from app.desktop.day import DayModel, Shown, area_name, travel_for
from app.desktop.format import Formats
from app.desktop.main_window import MainWindow
from app.desktop.map.features import ClosureDrawn
from app.desktop.map.sheet import closure_of
from app.desktop.plan.proposing import Proposer, Repair, Scope
from app.desktop.theme import Theme, Tokens
from app.desktop.words import tr
from app.domain.geo import Box, Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile, Street
from app.domain.sentences import Sentence
from app.services.closing_effects import Impact, today
from app.services.commands import ChangeClosure, CloseRoad, OpenRoad
from app.services.ports.travel import Areas

_NEW = ClosureId("draft")
_AFTER_MS = 250
"""Milliseconds after the last change of the form until its price is asked for."""


class Closing(QObject):
    """Draws, edits, lists and lifts closures, and says what they do. `now` is the clock."""

    def __init__(
        self,
        bridge: Bridge,
        areas: Areas,
        model: DayModel,
        proposer: Proposer,
        window: MainWindow,
        actions: Actions,
        theme: Theme,
        formats: Callable[[], Formats],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._bridge, self._areas, self._model, self._proposer = bridge, areas, model, proposer
        self._window, self._map, self._formats, self._now = window, window.map_view, formats, now
        self._drawn_again = False
        self._saved: tuple[Shown, Closure] | None = None
        """What was on screen when a closure was saved whose doings are still to be told."""
        self._told_of: ClosureId | None = None
        self._borrowed = False
        """The details made room for the closures."""
        self.panel = ClosurePanel()
        self.banner = ClosureBanner()
        self._dock = window.add_dock("closures", tr("Closures"), self.panel, below="jobs")
        middle = window.centralWidget()
        whole = middle.layout() if middle is not None else None
        assert isinstance(whole, QBoxLayout), "the window stands"
        whole.insertWidget(1, self.banner)
        self._pause = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._pause.timeout.connect(self._weigh)
        self._listen(actions, theme)

    def _listen(self, actions: Actions, theme: Theme) -> None:
        actions.on("closure", lambda: self._draw(again=False))
        actions.on("close_road", lambda: self._choose(again=False))
        actions.on("closures", self._open)
        actions["dock_closures"].triggered.connect(self._show_dock)
        self._dock.visibilityChanged.connect(lambda _seen: None if self._dock.isVisible() or not self._dock.isHidden() else self._give_back())
        panel, editor = self.panel, self.panel.editor
        panel.draw.connect(lambda: self._draw(again=False))
        panel.choose.connect(lambda: self._choose(again=False))
        panel.edit.connect(self._edit)
        panel.lift.connect(self._lift)
        panel.seen.connect(lambda closure: self._map.fly_to(Box.around(closure.points).center))
        editor.edited.connect(self._edited)
        editor.saved.connect(self._save)
        editor.left.connect(self._leave)
        editor.redrawn.connect(lambda: self._choose(again=True) if editor.closure is not None and editor.closure.roads else self._draw(again=True))
        self.banner.repair.connect(self._repair)
        self._map.closed.connect(self._drawn)
        self._map.road_chosen.connect(self._clicked)
        self._model.shown.connect(self._shown)
        theme.changed.connect(self._paint)

    # What is drawn

    def _draw(self, *, again: bool) -> None:
        self._drawn_again = again
        self._map.start_closure()

    def _choose(self, *, again: bool) -> None:
        self._drawn_again = again
        self._map.start_road()

    @Slot(ClosureDrawn)
    def _drawn(self, drawn: ClosureDrawn) -> None:
        self._begin(drawn.points, ())

    @Slot(Place)
    def _clicked(self, place: Place) -> None:
        shown = self._model.held
        if shown is None:
            return
        depot = shown.day.depot

        def found() -> Street:
            stretch = travel_for(self._areas, depot).stretch(place, Profile.VAN)
            name, lines = self._areas.geocoder(area_name(self._areas, depot)).street(place) if stretch else ("", ())
            return Street(stretch=stretch, name=name, lines=lines)

        self._bridge.compute(lambda _job: found(), then=self._chosen, key="closure street")

    def _chosen(self, street: Street) -> None:
        if not street.stretch:
            self._window.toast.say(tr("No road is near that point. Click on a road."))
            return
        self._begin(street.stretch, (street.stretch,), street)

    def _begin(self, points: tuple[Place, ...], roads: tuple[tuple[Place, ...], ...], street: Street | None = None) -> None:
        """Opens the form on what was drawn: of a new closure, or again of the one in the form."""
        shown, editor = self._model.held, self.panel.editor
        if shown is None:
            return
        if self._drawn_again and self.panel.editing and editor.closure is not None:
            editor.show_place(points, roads, street)
            return
        zone = ZoneInfo(shown.view.zone)
        first = datetime.combine(shown.view.day, time(), tzinfo=zone)
        last = datetime.combine(shown.view.day + timedelta(days=1), time(), tzinfo=zone)
        note = (
            street.name
            if street is not None and street.name
            else self._formats().say(Sentence.of("desktop.closure_drawn", time=f"{self._now().astimezone(zone):%H:%M}"))
        )
        self._form(Closure(id=_NEW, points=points, roads=roads, note=note, begins=first.astimezone(UTC), ends=last.astimezone(UTC)), street)

    def _form(self, closure: Closure, street: Street | None = None) -> None:
        shown = self._model.held
        if shown is None:
            return
        self._show_dock(wanted=True)
        self.panel.editor.show_closure(closure, shown.view.day, self._formats(), street)
        self.panel.show_form()
        self._edited(closure)

    # The form

    def _edit(self, closure: Closure) -> None:
        self._map.fly_to(Box.around(closure.points).center)
        self._form(closure)

    @Slot(object)
    def _edited(self, closure: Closure) -> None:
        self._map.show_draft(replace(closure_of(closure), id="draft"))
        self._pause.start()

    def _weigh(self) -> None:
        shown, draft = self._model.held, self.panel.editor.closure
        if shown is not None and draft is not None and self.panel.editing and shown.proposal is None:
            weigh(self._bridge, self._areas, shown, draft, self._weighed)

    def _weighed(self, found: Impact) -> None:
        if self.panel.editing:
            self.panel.editor.show_impact(found)

    @Slot(object)
    def _save(self, closure: Closure) -> None:
        shown = self._model.held
        known = {each.id for each in shown.day.closures} if shown is not None else set()
        if shown is not None and shown.day.plan is not None and shown.proposal is None:
            self._saved = shown, closure
        wish = ChangeClosure(closure=closure) if closure.id in known else _wish(closure)
        self._bridge.do(wish, done=lambda _outcome: self._leave(), failed=self._refused)

    def _refused(self, error: BaseException) -> None:
        self._saved = None
        self._bridge.tell(error)

    def _leave(self) -> None:
        self._pause.stop()
        self._map.show_draft(None)
        self.panel.show_list()

    def _lift(self, closure: Closure) -> None:
        self._bridge.do(OpenRoad(closure=closure.id, note=closure.note))

    def _open(self) -> None:
        self._show_dock(wanted=True)
        self.panel.show_list()
        self.panel.list.setFocus()

    @Slot(bool)
    def _show_dock(self, wanted: bool) -> None:
        """The form needs the height of the window: the details make room for it, and come back when the closures go."""
        if wanted and not self._window.dock("details").isHidden():
            self._borrowed = True
            self._window.show_dock("details", wanted=False)
        self._window.show_dock("closures", wanted=wanted)

    def _give_back(self) -> None:
        if self._borrowed:
            self._borrowed = False
            self._window.show_dock("details", wanted=True)

    # What it did

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        held = frozenset(each.id for each in today(shown.day.closures, shown.day, shown.view.origin))
        self.panel.show_closures(shown.day.closures, held, self._formats())
        if self._told_of is not None and all(each.id != self._told_of for each in shown.day.closures):
            self._told_of = None
            self.banner.hide()
        if self._saved is not None and shown.judged is not None and shown.day.closures != self._saved[0].day.closures:
            before, wanted = self._saved
            if shown.problem is not None:
                self._saved = None  # until the tables of the whole day are there the first answer is told, then the exact one
            closure = next((each for each in reversed(shown.day.closures) if replace(each, id=wanted.id, version=wanted.version) == wanted), None)
            if closure is not None and shown.view.day == before.view.day:
                compare(self._bridge, self._areas, before, shown, closure, lambda found: self._say(closure, found))

    def _say(self, closure: Closure, found: Impact) -> None:
        self._told_of = closure.id
        self.banner.show_impact(closure, found, self._formats())

    def _repair(self, budget: int) -> None:
        self.banner.hide()
        self._proposer.start(Scope(repair=Repair(kept=frozenset(), at_most=budget)))

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        self.panel.set_tokens(tokens)


def _wish(closure: Closure) -> CloseRoad:
    return CloseRoad(
        points=closure.points,
        roads=closure.roads,
        kind=closure.kind,
        factor=closure.factor,
        profiles=closure.profiles,
        note=closure.note,
        begins=closure.begins,
        ends=closure.ends,
        daily=closure.daily,
        heavier_than=closure.heavier_than,
    )
