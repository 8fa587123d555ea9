"""Joins the versions with the window: their dock, the comparison in the place of the tables, the two plans on the map, and what their acts do."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.format import Formats
from app.desktop.frame.layouts import ARRANGEMENTS, Layout
from app.desktop.main_window import MainWindow
from app.desktop.map_panel import MapPanel
from app.desktop.moments import Now
from app.desktop.orders.editing.ordering import Lent
from app.desktop.selection import Selection
from app.desktop.theme import Theme, Tokens
from app.desktop.versions.compare_panel import VersionCompare
from app.desktop.versions.lines import NOW, label_of, version_name
from app.desktop.versions.naming import VersionName
from app.desktop.versions.over import over
from app.desktop.versions.panel import VersionPanel
from app.desktop.versions.reading import Found, found
from app.desktop.words import tr
from app.domain.events import VersionTaken
from app.domain.ids import VersionId, new_id
from app.domain.sentences import Sentence
from app.domain.versions import PlanVersion
from app.services.changes import ChangeSet, Kind
from app.services.ports.store import Outcome
from app.services.version_commands import DropVersion, KeepVersion, RenameVersion, TakeRoutes, TakeVersion
from app.services.version_comparison import figures_of

_HEIGHT = 340
"""Pixels of the comparison: all measures can be seen at once."""


class Versions(QObject):
    """Owns the dock and the comparison. `chosen` is emitted whenever other acts may be possible."""

    chosen = Signal()

    def __init__(
        self,
        bridge: Bridge,
        model: DayModel,
        selection: Selection,
        window: MainWindow,
        actions: Actions,
        map_panel: MapPanel,
        lent: Lent,
        theme: Theme,
        now: Now,
    ) -> None:
        super().__init__(window)
        self._bridge, self._model, self._window, self._actions, self._map, self._lent, self._now = bridge, model, window, actions, map_panel, lent, now
        self._formats = Formats()
        self._wanted: tuple[str, ...] = ()
        self._over, self._stale = False, True
        self._heights: tuple[int, ...] = ()
        """How map and tables shared the height before plans were compared."""
        self._commits: int | None = None
        """The plan's version from which a taken one is on its way, to be committed when it has come."""
        self.found: Found | None = None
        self.panel = VersionPanel(actions)
        self.compare = VersionCompare(selection, actions)
        window.add_dock("versions", tr("Versions"), self.panel, below="history")
        window.tabs.addTab(self.compare, tr("Comparison"))
        window.tabs.setTabVisible(self._tab, False)
        window.tabs.currentChanged.connect(self._turned)
        self.panel.looked.connect(self._look)
        self.panel.compared.connect(self.open)
        self.panel.chosen.connect(lambda _version: self._tell())
        self.panel.walked.connect(self._walked)
        self.compare.paired.connect(self._paired)
        self.compare.settled.connect(self._tell)
        self.compare.closed.connect(self.close)
        bridge.changed.connect(self._changed)
        theme.changed.connect(self._paint)
        self._act()

    def _act(self) -> None:
        on = self._actions.on
        self._actions["dock_versions"].triggered.connect(lambda wanted: self._window.show_dock("versions", wanted=wanted))
        on("versions", self._show)
        on("keep_version", self._ask_name)
        on("compare_versions", lambda: self.open(self.panel.wanted()))
        on("take_version", self._take)
        on("take_route", self._take_route)
        on("take_and_commit", self._take_and_commit)
        on("rename_version", self._ask_other_name)
        on("drop_version", self._drop)

    # What it is told

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Another day, plan or proposal: the tree and the comparison follow."""
        held = self.found.shown if self.found is not None else None
        if held is not None and (held.day.depot.id, held.day.day) != (shown.day.depot.id, shown.day.day):
            self.close()
            self.found = None
        self._formats = formats
        self._look()
        plan = shown.day.plan
        if self._commits is not None and shown.judged is not None and plan is not None and plan.version != self._commits:
            self._commits = None
            self._actions["commit"].trigger()

    @property
    def possible(self) -> dict[str, bool]:
        """What can be done now, as `Possible` calls it."""
        comparing, version = self._comparing and self.compare.found is not None, self._version is not None
        return {
            "version": version,
            "compared": len(self.panel.wanted()) > 1,
            "comparing": comparing and (version or self.compare.upper_key == NOW),
            "version_route": comparing and self.compare.route is not None,
        }

    @property
    def _tab(self) -> int:
        return self._window.tabs.indexOf(self.compare)

    @property
    def _comparing(self) -> bool:
        """Whether the comparison is in front."""
        return self._window.tabs.isTabVisible(self._tab) and self._window.tabs.currentIndex() == self._tab

    @property
    def _version(self) -> PlanVersion | None:
        """The version that acts are about: the one on top of the comparison, else the one under the cursor of the list."""
        if self.found is None:
            return None
        return self.found.version(self.compare.upper_key) if self._comparing else self.panel.version

    @Slot(object)
    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.VERSION):
            self._look()

    @Slot()
    def _look(self) -> None:
        """Reads anew; while nobody looks, it is only noted."""
        shown = self._model.held
        if shown is None or not (self.panel.isVisible() or self._wanted):
            self._stale = True
            return
        self._stale = False
        wanted, formats = self._wanted, self._formats
        self._bridge.compute(lambda _job: found(self._bridge.reader(), shown, wanted, formats), then=self._arrived, key="versions")

    def _arrived(self, made: Found) -> None:
        if made.shown is not self._model.held:
            return
        self.found = made
        self.panel.show_lines(made.lines, self._formats, made.shown.view.currency, self._now())
        kept = len(made.versions)
        self._window.dock("versions").count.setText(self._formats.number(kept) if kept else "")
        if made.comparison is not None:
            self.compare.show_comparison(made.comparison, made.names, made.shown.view, self._formats)
            self._paired()
        elif self._wanted and made.shown.problem is not None:
            self.close()
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit()

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        self.panel.set_tokens(tokens)
        self.compare.set_tokens(tokens)

    # The comparison

    @Slot(object)
    def open(self, keys: tuple[str, ...], *, focus: bool = True) -> None:
        """Compares the plans of these keys, in the place of the tables."""
        if len(keys) < 2:
            return
        self._wanted = tuple(keys)
        if not ARRANGEMENTS[self._window.layout_now].bottom:
            self._window.show_layout(Layout.PLAN)
        self._window.tabs.setTabVisible(self._tab, True)
        self._window.tabs.setCurrentIndex(self._tab)
        self._heights = self._heights or self._window.raise_tables(_HEIGHT)
        if focus:
            self.compare.measures.setFocus()
        self._look()

    @Slot()
    def close(self) -> None:
        """Takes the comparison away; the map shows the day again."""
        self._wanted = ()
        self.compare.found = None
        if self._window.tabs.isTabVisible(self._tab):
            if self._comparing:
                self._window.show_tab("orders")
            self._window.tabs.setTabVisible(self._tab, False)
            self._window.share_height(self._heights)
        self._heights = ()
        self._back()
        self._tell()

    @Slot(int)
    def _turned(self, at: int) -> None:
        if at == self._tab and self.compare.found is not None:
            self._draw()
        else:
            self._back()
        self._tell()

    @Slot()
    def _paired(self, _pair: object = None) -> None:
        """The row of the plan on top has the cursor of the list: both mean the same version."""
        self.panel.point_at(self.compare.upper_key)
        self._draw()

    @Slot(str)
    def _walked(self, key: str) -> None:
        """While plans are compared, the one under the cursor of the list comes on top; another one is compared with the plan as it is."""
        if self._comparing and not self.compare.show_side(key) and key != NOW:
            self.open((NOW, key), focus=False)

    def _draw(self) -> None:
        """The two plans over each other on the map, made in the pool."""
        made, pair = self.found, (self.compare.under, self.compare.upper)
        if not self._comparing or made is None or made.comparison is None:
            return
        under, upper = (made.comparison.sides[at].judged for at in pair)
        self._over = True
        self._bridge.compute(lambda _job: over(made.shown, upper, under), then=self._put, key="versions map")

    def _put(self, shown: Shown) -> None:
        if self._over:
            self._map.show_day(shown)

    def _back(self) -> None:
        held = self._model.held
        if self._over and held is not None:
            self._map.show_day(held)
        self._over = False

    # Acts

    def _show(self) -> None:
        self._window.show_dock("versions", wanted=True)
        self.panel.list.setFocus()

    def _ask_name(self) -> None:
        shown = self._model.held
        if shown is not None and shown.day.plan is not None:
            depot, day = shown.day.depot.id, shown.day.day
            self._bridge.ask(lambda reader: reader.versions(depot, day), then=self._ask_name_beside, key="version name")

    def _ask_name_beside(self, versions: tuple[PlanVersion, ...]) -> None:
        about = tr("The plan goes on from here. You can come back to this version, compare it, or take single routes from it.")
        refuses = partial(self._same_name, {each.name.casefold() for each in versions})
        number = next(number for number in range(1, len(versions) + 2) if not refuses(tr("Version {number}").format(number=number)))
        dialog = VersionName(tr("Keep this version"), about, (tr("Version {number}").format(number=number), ""), refuses, self._window)
        dialog.named.connect(self._keep)
        self._lent.open_dialog(dialog)

    def _same_name(self, taken: set[str], name: str) -> str:
        """Why a name cannot be given; empty: it can."""
        return self._formats.say(Sentence.of("versions.same_name", name=name)) if name and name.casefold() in taken else ""

    @Slot(str, str)
    def _keep(self, name: str, note: str) -> None:
        shown = self._model.held
        if shown is None or shown.day.plan is None:
            return
        figures = figures_of(shown.judged.totals) if shown.judged is not None and shown.proposal is None else None
        self._bridge.do(KeepVersion(plan=shown.day.plan.id, kept=VersionId(new_id("ver")), name=name, note=note, figures=figures))
        self._window.show_dock("versions", wanted=True)

    def _ask_other_name(self) -> None:
        version = self._version
        if version is None or self.found is None:
            return
        refuses = partial(self._same_name, {each.name.casefold() for each in self.found.versions if each.id != version.id})
        about = tr("Names of one day differ from each other.")
        dialog = VersionName(tr("Rename the version"), about, (version.name, version.note), refuses, self._window)
        dialog.named.connect(lambda name, note: self._bridge.do(RenameVersion(renamed=version.id, name=name, note=note)))
        self._lent.open_dialog(dialog)

    def _drop(self) -> None:
        version = self._version
        if version is not None:
            self._bridge.do(DropVersion(dropped=version.id, label=label_of(version, self._formats)))

    def _take(self) -> None:
        version, plan = self._version, self._model.plan
        if version is None or plan is None:
            return
        wish = TakeVersion(plan=plan.id, based_on=plan.version, taken=version.id, label=label_of(version, self._formats))
        self._bridge.do(wish, done=partial(self._taken, version_name(version, self._formats)), failed=self._refused)

    def _take_route(self) -> None:
        version, plan, view = self._version, self._model.plan, self._model.view
        route = view.by_route.get(self.compare.route) if view is not None and self.compare.route is not None else None
        if version is None or plan is None or route is None:
            return
        label = label_of(version, self._formats)
        wish = TakeRoutes(
            plan=plan.id, based_on=plan.version, taken=version.id, shifts=(route.shift,), label=label, route_label=route.vehicle or str(route.number)
        )
        self._bridge.do(wish, done=partial(self._taken, version_name(version, self._formats)))

    def _take_and_commit(self) -> None:
        if self._version is None:
            self._actions["commit"].trigger()
            return
        self._commits = self._model.plan.version if self._model.plan is not None else None
        self._take()

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self._commits = None
        self._bridge.tell(error)

    def _taken(self, name: str, outcome: Outcome) -> None:
        """Says what could not be taken as it was; nothing is merged in silence."""
        event = next((each for each in outcome.events if isinstance(each, VersionTaken)), None)
        if event is None:
            self._window.status.say(self._formats.say(Sentence.of("versions.already", name=name)))
            if self._commits is not None:
                self._commits = None
                self._actions["commit"].trigger()
            return
        counts = (("pooled", event.pooled), ("gone", event.gone), ("shiftless", event.shiftless), ("joined", event.joined))
        said = [self._formats.say(Sentence.of(f"versions.{key}", count=count)) for key, count in counts if count]
        if said:
            self._window.status.say(" · ".join([self._formats.say(Sentence.of("versions.taken", name=name)), *said]), undo=True)
