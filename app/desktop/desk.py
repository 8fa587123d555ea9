"""Joins the window's parts: what each act does, who hears of what. Decisions are the services'; this only passes wishes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from app import settings as settings_of
from app.desktop.actions import Actions, Possible
from app.desktop.application import CrashDialog
from app.desktop.areas.dialog import AreasDialog
from app.desktop.bridge import Bridge, Done, Problem
from app.desktop.closures.joining import Closing
from app.desktop.commanding.joining import Commanding, Hands
from app.desktop.curve.joining import Curving
from app.desktop.day import DayModel, Shown, days_of
from app.desktop.details.explaining import Explaining
from app.desktop.doors import Doors
from app.desktop.dragging.asking import RouteAsking
from app.desktop.dragging.following import Dragging
from app.desktop.dragging.joining import join_lists, join_timeline
from app.desktop.dragging.on_map import MapDrag
from app.desktop.fleet.joining import Fleeting
from app.desktop.format import Formats
from app.desktop.frame.joining import Frame
from app.desktop.handwork.joining import Handwork
from app.desktop.inbox.joining import Inbox
from app.desktop.jobs.background import Background
from app.desktop.locator import Locator
from app.desktop.main_window import MainWindow
from app.desktop.map.features import PinDropped
from app.desktop.map.joining import MapActs
from app.desktop.map.view import MapView
from app.desktop.map_panel import MapPanel
from app.desktop.orders.editing.ordering import Lent, Ordering
from app.desktop.orders.importing import Importing
from app.desktop.orders.views import BUILT_IN
from app.desktop.papers.handing import HandingOver
from app.desktop.plan.committing import Committing
from app.desktop.plan.deciding import Deciding
from app.desktop.plan.edits import Edits
from app.desktop.plan.proposing import Proposer, Scope, Solving
from app.desktop.selection import Selected, Selection
from app.desktop.theme import Theme, ThemeChoice, Tokens
from app.desktop.timeline.joining import TimelineActs
from app.desktop.versions.joining import Versions
from app.desktop.why.joining import Why
from app.desktop.wishes.joining import Wishing
from app.desktop.words import tr
from app.domain.address import Candidate
from app.domain.fleet import Depot
from app.domain.geo import Place
from app.domain.ids import DepotId, OrderId
from app.domain.orders import Order, task_of
from app.domain.plans import Lock
from app.domain.sentences import Sentence
from app.services.changes import ChangeSet, Kind
from app.services.commands import SetPlace
from app.services.locating import Checks
from app.services.queries import Standing

THEMES = {"theme_system": ThemeChoice.SYSTEM, "theme_light": ThemeChoice.LIGHT, "theme_dark": ThemeChoice.DARK}


class Desk(QObject):
    """One dispatcher's window on one data folder. `relaunch` is called with a language to build the window anew in."""

    def __init__(self, doors: Doors, bridge: Bridge, theme: Theme, language: str, relaunch: Callable[[str], None]) -> None:
        super().__init__()
        self._doors = doors
        self._theme = theme
        self._language = language
        self._relaunch = relaunch
        self.bridge = bridge
        self.formats = Formats(language)
        self._depots: tuple[Depot, ...] = ()
        self._titles: tuple[Sentence | None, Sentence | None] = (None, None)
        self._dialogs: list[QDialog] = []
        self._wanted_day: date | None = None
        self.areas = doors.areas()
        self.selection = Selection(self)
        self.model = DayModel(bridge, self.areas, self)
        self.map_view = MapView(cache=doors.folder / "cache")
        self.map_view.set_language(language)
        self._actions_owner = QObject(self)
        self.actions = Actions(self._actions_owner)
        self.actions.word()
        self._act()
        self.window = MainWindow(self.selection, self.actions, self.map_view, doors.folder / "window.ini")
        self._adopt_keys()
        planning = doors.settings.planning
        self.edits = Edits(bridge, self.model, self.selection, self)
        self.dragging = Dragging(self.model, self.edits, theme, lambda: self.formats, self)
        join_lists(self.dragging, self.window, self.selection)
        self.map_drag = MapDrag(self.dragging, self.map_view, self.model, language)
        self.asking = RouteAsking(self.model, self.edits, self.selection, theme, self._open, self.window)
        self.proposer = Proposer(bridge, self.model, doors.planner(), planning.seconds, planning.threads or _spare_cores(), self)
        self.deciding = Deciding(bridge, self.model, self.proposer, self.window.proposal, self.actions, lambda: self.formats, self)
        told = partial(self.window.status.say, undo=True)
        self.committing = Committing(bridge, self.model, self.window, lambda: self.formats, lambda: theme.tokens, self._open, told, self)
        self.map_panel = MapPanel(self.map_view, bridge, self.areas, self.model, self.selection, self)
        lists = (self.window.orders.table, self.window.stops.table, self.window.pool, self.window.routes)
        self.map_acts = MapActs(self.map_panel, self.map_view, self.actions, lists, lambda: self.window.show_dock("details", wanted=True))
        self.locator = Locator(bridge, self.areas, Checks(many=doors.settings.intake.crowd), self)
        self.importing = Importing(doors, bridge, self.window, self)
        self.explaining = Explaining(bridge, self.window.details, self)
        hands = Hands(formats=lambda: self.formats, today=self._today, open_dialog=self._open)
        self.commanding = Commanding(bridge, self.areas, self.model, self.selection, self.window, self.actions, self.proposer, theme, doors.folder, hands)
        layout_file = doors.folder / "window.ini"
        self.frame = Frame(bridge, self.window, self.actions, self.model, self.selection, self.dragging, self.proposer, theme, layout_file)
        self.timeline = TimelineActs(bridge, self.selection, self.window, self.actions, self.edits, theme, layout_file, doors.clock.now)
        join_timeline(self.dragging, self.timeline.panel)
        self.background = Background(bridge, self.model, self.window, self.frame.history, theme, language, doors.clock.now)
        lent = Lent(formats=lambda: self.formats, today=self._today, open_dialog=self._open, country=doors.settings.intake.country)
        checks = Checks(many=doors.settings.intake.crowd)
        self.ordering = Ordering(bridge, self.areas, checks, self.model, self.selection, self.window, self.actions, lent)
        self.versions = Versions(bridge, self.model, self.selection, self.window, self.actions, self.map_panel, lent, theme, doors.clock.now)
        self.inbox = Inbox(bridge, self.areas, self.model, self.selection, self.window, self.actions, theme)
        self.curving = Curving(bridge, self.model, self.proposer, doors.planner(), self.actions, theme, lambda: self.formats, self._open, self.window)
        self.handing = HandingOver(doors, bridge, self.model, self.selection, self.window, self.actions, hands, self)
        acts = (self.edits, self.proposer, theme, hands, planning.repair_stops)
        self.handwork = Handwork(bridge, self.model, self.selection, self.window, self.actions, *acts)
        self.fleeting = Fleeting(bridge, self.areas, self.model, self.selection, self.window, self.actions, self.handwork, theme, hands)
        self.closing = Closing(bridge, self.areas, self.model, self.proposer, self.window, self.actions, theme, lambda: self.formats, doors.clock.now)
        self.why = Why(bridge, self.areas, doors.planner(), self.model, self.selection, self.window, self.actions, theme, hands)
        doing = (self.actions, theme, lambda: self.formats, self._open, self.window)
        self.wishing = Wishing(bridge, self.model, self.proposer, doors.planner(), *doing, layout_file)
        self._listen()
        self.window.open_layouts()
        theme.changed.emit(theme.tokens)

    def start(self, day: date | None = None) -> None:
        """Reads the depots and opens the day."""
        self._wanted_day = day
        self.bridge.start()
        self.window.orders.table.setFocus()
        self.bridge.ask(lambda reader: reader.depots(), then=self._depots_read, key="depots")

    def stop(self) -> None:
        """Ends solves and closes the dialogs; the bridge is closed by its owner."""
        self.proposer.close()
        self.why.close()
        for dialog in list(self._dialogs):
            dialog.close()

    # Wiring

    def _adopt_keys(self) -> None:
        """Acts of the whole window work wherever the focus is in it."""
        self.window.addActions([action for action in self.actions.all() if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut])

    def _listen(self) -> None:
        self.bridge.stepped.connect(self._stepped)
        self.bridge.changed.connect(self._changed)
        self.bridge.problem.connect(self._troubled)
        self.model.shown.connect(self._shown)
        self.selection.changed.connect(self._selected)
        self.inbox.counted.connect(lambda _count: self._allow())
        self.versions.chosen.connect(self._allow)
        self.inbox.counted.connect(self.window.switch.show_waiting)
        self.proposer.changed.connect(self._solving)
        self.handwork.changed.connect(self._allow)
        self._theme.changed.connect(self._paint)
        window = self.window
        window.day_bar.wanted.connect(lambda wanted: self.open(*wanted))
        window.figures.wanted.connect(self._filter)
        window.orders.narrowed.connect(window.figures.show_filter)
        window.stops.table.opened.connect(self._opened)
        window.orders.table.opened.connect(self._opened)
        window.details.taken.connect(lambda taken: self._take_candidate(*taken))
        window.details.moved.connect(lambda route: self.edits.move_to(route, 10_000))
        window.dropped.connect(self._file_dropped)
        self.map_view.pinned.connect(self._pinned)
        self.importing.imported.connect(lambda made: self._imported(*made))
        self.locator.located.connect(lambda said: self.window.status.say(self.formats.say(said), undo=True))

    def _act(self) -> None:
        on = self.actions.on
        on("import", lambda: self._ask_file("orders"))
        on("paste", self._paste)
        on("fleet", lambda: self._ask_file("fleet"))
        on("areas", self._show_areas)
        on("quit", lambda: self.window.close())
        on("undo", lambda: self.bridge.undo())
        on("redo", lambda: self.bridge.redo())
        on("filter", self._find)
        on("today", lambda: self.window.day_bar.go_today())
        on("previous_day", lambda: self.window.day_bar.step(-1))
        on("next_day", lambda: self.window.day_bar.step(1))
        on("orders", lambda: self.window.show_tab("orders"))
        on("stops", lambda: self.window.show_tab("stops"))
        for view in BUILT_IN:
            on(f"view_{view.id}", partial(self._show_view, view.id))
        on("save_view", lambda: self.window.orders.save_view())
        on("columns", lambda: self.window.orders.choose_columns())
        on("routes", lambda: self.window.routes.setFocus())
        on("pool", lambda: self.window.pool.setFocus())
        on("map", lambda: self.map_view.setFocus())
        for name, choice in THEMES.items():
            on(name, partial(self._choose_theme, choice))
        on("language_en", lambda: self._choose_language("en"))
        on("language_zh_TW", lambda: self._choose_language("zh_TW"))
        on("optimise_day", lambda: self.proposer.start())
        on("optimise", self._optimise_chosen)
        on("best_so_far", lambda: self.proposer.use_best())
        on("apply", lambda: self.proposer.apply())
        on("discard", lambda: self.proposer.discard())
        on("move", lambda: self.asking.ask(self.formats))
        on("earlier", lambda: self.edits.step(-1))
        on("later", lambda: self.edits.step(1))
        on("unassign", lambda: self.edits.unassign())
        on("lock", lambda: self.edits.lock(Lock.DRIVER))
        on("lock_place", lambda: self.edits.lock(Lock.POSITION))
        on("lock_route", lambda: self.edits.lock_route())
        on("commit", lambda: self.committing.ask())
        on("pin", self._start_pin)
        on("whole", lambda: self.map_view.fit())
        on("lasso", lambda: self.map_view.start_lasso())
        on("about", self._about)
        self.actions.on_digit(lambda number: self.edits.move_to_number(number))

    # Days

    def open(self, depot: DepotId, day: date) -> None:
        """Puts a day of a depot in view."""
        self.proposer.discard()
        self._wanted_day = day
        self.model.open(depot, day)
        self._count_days()

    @Slot(object)
    def _depots_read(self, depots: tuple[Depot, ...]) -> None:
        self._depots = depots
        self.window.day_bar.show_depots(depots)
        depot = self.window.day_bar.depot
        if depot is None:
            self.window.show_no_depot(has_area=bool(self.areas.known()))
            self.map_panel.show_empty()
            self._allow()
            return
        day = self._wanted_day or self._today()
        self.model.open(depot, day)
        self._count_days()

    def _today(self) -> date:
        depot = next((each for each in self._depots if each.id == self.window.day_bar.depot), None)
        now = self._doors.clock.now()
        return now.astimezone(ZoneInfo(depot.zone)).date() if depot is not None else now.date()

    def _count_days(self) -> None:
        depot = self.window.day_bar.depot
        if depot is not None:
            self.bridge.ask(days_of(depot), then=self._days_read, key="days")

    def _days_read(self, days: tuple[tuple[date, int], ...]) -> None:
        day = self._wanted_day or self._today()
        self.window.day_bar.show_days(dict(days), day, self._today(), self.formats)

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        view = shown.view
        self._set_formats(Formats(self._language, view.zone, view.origin))
        self.selection.keep_only((row.order for row in view.board), (row.id for row in view.routes))
        if self.selection.held.route is None:
            first = next((row for row in view.routes if row.stops), None)
            if first is not None:
                self.selection.show_route(first.id)
        self.window.show_day(shown, self.formats)
        self.frame.show_day(shown, self.formats)
        self.timeline.show_day(shown, self.formats)
        self.inbox.show_day(shown, self.formats)
        self.versions.show_day(shown, self.formats)
        self._name_stops()
        self._allow()
        if shown.trouble is not None:
            self.window.status.say(self.formats.say(shown.trouble))

    def _set_formats(self, formats: Formats) -> None:
        """The same formats stay the same object: panels make every text anew for others."""
        if formats != self.formats:
            self.formats = formats
            self.map_panel.set_formats(formats)

    @Slot(object)
    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.DEPOT):
            self.bridge.ask(lambda reader: reader.depots(), then=self._depots_read, key="depots")
        elif changes.touches(Kind.ORDER):
            self._count_days()

    @Slot(object)
    def _selected(self, _held: Selected) -> None:
        self._name_stops()
        self._allow()

    def _name_stops(self) -> None:
        view, route = self.model.view, self.selection.held.route
        row = view.by_route.get(route) if view is not None and route is not None else None
        self.window.name_stops(f"{tr('Stops')} · {row.vehicle or row.number}" if row is not None else "")

    def _allow(self) -> None:
        view, held = self.model.view, self.selection.held
        rows = [view.by_order[each] for each in held.orders if each in view.by_order] if view is not None else []
        known = self.model.held
        self.actions.allow(
            Possible(
                depot=self.window.day_bar.depot is not None,
                orders=bool(view and view.board and known and known.problem is not None),
                plan=bool(view and view.plan is not None),
                stops=any(row.stop is not None for row in rows),
                pool=any(row.standing is Standing.POOL for row in rows),
                some=bool(held.orders),
                one=len(held.orders) == 1,
                two=len({row.stop for row in rows if row.stop is not None}) == 2,
                edited=self.handwork.edited,
                route=held.route is not None and bool(view and view.plan is not None),
                shift=held.route is not None and bool(view and held.route in view.by_route),
                proposal=self.proposer.proposal is not None,
                running=self.proposer.running,
                addresses=self.inbox.addresses,
                **self.versions.possible,
                undo=self._titles[0] is not None,
                redo=self._titles[1] is not None,
            )
        )

    # Steps and problems

    @Slot(object)
    def _stepped(self, done: Done) -> None:
        self._titles = (done.undo, done.redo)
        say = self.formats.say
        for name, key, title in (("undo", "desktop.undo_title", done.undo), ("redo", "desktop.redo_title", done.redo)):
            plain = tr("&Undo") if name == "undo" else tr("&Redo")
            self.actions[name].setText(say(Sentence.of(key, title=say(title))) if title is not None else plain)
            self.actions[name].setIconText(plain.replace("&", ""))
        if done.title is not None:
            key = {"do": "desktop.did", "undo": "desktop.undone", "redo": "desktop.redone"}[done.way]
            self.window.status.say(say(Sentence.of(key, title=say(done.title))), undo=done.way != "undo")
        self._allow()

    @Slot(object)
    def _troubled(self, problem: Problem) -> None:
        if problem.fault is not None:
            self._open(CrashDialog(problem.fault, self.window))
        elif problem.sentence is not None:
            said = self.formats.say(problem.sentence)
            self.window.status.say(f"◆ {said}")
            self.window.toast.say(said)

    # Acts

    def _find(self) -> None:
        self.window.tabs.setCurrentWidget(self.window.orders)
        self.window.orders.search.setFocus()

    def _ask_file(self, kind: str) -> None:
        if kind == "orders" and self.model.held is not None:
            self.importing.choose(self.model.held, self.formats)
            return
        title = tr("Import orders") if kind == "orders" else tr("Import fleet")
        kinds = tr("Tables") + " (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.xlsb);;" + tr("All files") + " (*)"
        chosen, _ = QFileDialog.getOpenFileName(self.window, title, "", kinds)
        if chosen:
            self.import_file(Path(chosen), kind)

    def import_file(self, path: Path, kind: str = "orders") -> None:
        """Opens the import dialog on an order file, or on a fleet file."""
        shown = self.model.held
        if kind == "fleet":
            self.importing.fleet(path, self._wanted_day or self._today(), self.formats)
        elif shown is not None:
            self.importing.orders(path, shown, self.formats)

    def _paste(self) -> None:
        shown, text = self.model.held, QApplication.clipboard().text()
        if shown is not None and text.strip():
            self.importing.paste(text, shown, self.formats)

    @Slot(object)
    def _file_dropped(self, path: Path) -> None:
        if path.name.endswith(".osm.pbf"):
            self._show_areas(path)
        else:
            self.import_file(path, "orders" if self._depots else "fleet")

    def _imported(self, day: date | None, orders: tuple[Order, ...], merge_key: str, title: Sentence) -> None:
        depot = next((each for each in self._depots if each.id == self.window.day_bar.depot), None)
        if depot is None:
            return
        self.locator.look(depot, orders, merge_key=merge_key, continues=title)
        if day is not None and day != self.window.day_bar.day:
            self.open(depot.id, day)

    def _show_areas(self, extract: Path | None = None) -> None:
        dialog = AreasDialog(self.areas, self.bridge, self._language, self.window)
        dialog.built.connect(lambda _info: self.model.refresh())
        self._open(dialog)
        if extract is not None:
            dialog.build(extract)

    def _optimise_chosen(self) -> None:
        pool = self.edits.chosen_pool()
        shown = self.model.held
        if shown is None:
            return
        if pool:
            tasks = frozenset(task_of(order) for order in shown.day.orders if order.id in pool)
            self.proposer.start(Scope(tasks=tasks))
            return
        routes = {row.route for row in self.edits.chosen_stops()} or ({self.selection.held.route} - {None})
        self.proposer.start(Scope(routes=frozenset(route for route in routes if route is not None)))

    @Slot(object)
    def _solving(self, _now: Solving) -> None:
        self._allow()

    def _start_pin(self) -> None:
        order = self.selection.held.current
        if order is not None:
            self.map_view.start_pin(order)
            self.window.status.say(tr("Click on the map where the order goes. Escape ends it."))

    @Slot(PinDropped)
    def _pinned(self, dropped: PinDropped) -> None:
        shown = self.model.held
        order = next((each for each in shown.day.orders if each.id == dropped.order), None) if shown is not None else None
        if order is not None:
            self._set_place(order, dropped.place, "")

    def _take_candidate(self, order: Order, candidate: Candidate) -> None:
        self._set_place(order, candidate.place, candidate.label)

    def _set_place(self, order: Order, place: Place, label: str) -> None:
        self.bridge.do(SetPlace(order=order.id, place=place, label=label, number=order.number))

    @Slot(object)
    def _filter(self, standings: frozenset[Standing] | None) -> None:
        self.window.tabs.setCurrentWidget(self.window.orders)
        self.window.orders.show_only(standings)

    def _show_view(self, view: str) -> None:
        self.window.show_tab("orders")
        self.window.orders.show_view(view)

    @Slot(object)
    def _opened(self, order: OrderId) -> None:
        view = self.model.view
        row = view.by_order.get(order) if view is not None else None
        if row is None:
            return
        if row.place is not None:
            self.map_view.fly_to(row.place)
        if row.route is not None:
            self.selection.show_route(row.route)

    # The look

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        self.window.set_tokens(tokens)
        self.importing.set_tokens(tokens)
        for name, choice in THEMES.items():
            self.actions[name].setChecked(choice is self._theme.choice)
        for language in ("en", "zh_TW"):
            self.actions[f"language_{language}"].setChecked(language == self._language)

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self._save(theme=choice.value)

    def _choose_language(self, language: str) -> None:
        if language != self._language:
            self._save(language=language)
            QTimer.singleShot(0, partial(self._relaunch, language))  # not from within a menu of the window that goes
        else:
            self._paint(self._theme.tokens)

    def _save(self, **general: str) -> None:
        stored = settings_of.load(self._doors.folder)
        settings_of.save(self._doors.folder, replace(stored, general=replace(stored.general, **general)))

    def _about(self) -> None:
        words = tr("Doorstep plans the last mile: orders, routes on real roads, and what is promised, without a network.")
        box = QMessageBox(QMessageBox.Icon.NoIcon, tr("About Doorstep"), words, QMessageBox.StandardButton.Close, self.window)
        box.setInformativeText(tr("Map data © OpenStreetMap contributors"))
        self._open(box)

    def _open(self, dialog: QDialog) -> None:
        """Opens a dialog without stopping the program; the last ones are kept so that tests and pictures can find them."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.append(dialog)
        dialog.destroyed.connect(lambda: self._dialogs.remove(dialog) if dialog in self._dialogs else None)
        QDialog.open(dialog)  # a printer's dialog hides it under another of that name


def _spare_cores() -> int:
    import os

    return max(1, (os.cpu_count() or 2) - 1)
