"""Joins the acts by hand to the window: what each asks, and the one step that it becomes."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.commanding.joining import Hands
from app.desktop.day import DayModel
from app.desktop.handwork.arranging import Arranging
from app.desktop.handwork.best_places import BestPlaces
from app.desktop.handwork.choosing import Choosing
from app.desktop.handwork.day_drops import DayDrops
from app.desktop.handwork.days import DayPopup
from app.desktop.handwork.hand_over import HandOverDialog, Offer
from app.desktop.handwork.mending import Mending
from app.desktop.handwork.words import named
from app.desktop.main_window import MainWindow
from app.desktop.plan.edits import Edits
from app.desktop.plan.move_popup import MovePopup
from app.desktop.plan.proposing import Proposer
from app.desktop.selection import Selection
from app.desktop.theme import Theme
from app.desktop.words import tr
from app.desktop.work import Job
from app.domain.ids import DepotId, OrderId, RouteId
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.best_places import best_places
from app.services.commands import MoveToDay
from app.services.day_loads import DayLoad, day_load, promised, with_halves
from app.services.dragging import Impact
from app.services.queries import RouteRow


class Handwork(QObject):
    """The acts by hand of a window. `changed` is emitted when another edit can be repaired around."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        model: DayModel,
        selection: Selection,
        window: MainWindow,
        actions: Actions,
        edits: Edits,
        proposer: Proposer,
        theme: Theme,
        hands: Hands,
        budget: int,
    ) -> None:
        super().__init__(window)
        self._bridge, self._model, self._selection, self._window, self._edits = bridge, model, selection, window, edits
        self._theme, self._hands = theme, hands
        self.arranging = Arranging(bridge, model, selection, edits, self)
        self.choosing = Choosing(model, selection, window, actions, edits, hands.formats)
        self.mending = Mending(bridge, model, window, edits, proposer, hands.formats, hands.open_dialog, budget)
        self.mending.changed.connect(self.changed)
        self.drops = DayDrops(window.day_bar, self.ask_day, self)
        self.places: BestPlaces | None = None
        self.over: HandOverDialog | None = None
        self.days: DayPopup | None = None
        self._act(actions)

    @property
    def edited(self) -> bool:
        """Whether there is an edit to repair around."""
        return self.mending.edited is not None and bool(self.mending.edited.tasks)

    def _act(self, actions: Actions) -> None:
        on, arranging = actions.on, self.arranging
        on("swap", arranging.swap)
        on("swap_loads", self._ask_other)
        on("reverse", arranging.turn)
        on("first", lambda: arranging.to_end(first=True))
        on("last", lambda: arranging.to_end(first=False))
        on("hand_over", self.ask_takers)
        on("best_places", self._ask_places)
        on("move_day", lambda: self.ask_day(self._selection.held.orders))
        on("repair", self.mending.ask)

    # Routes

    def _route(self) -> RouteRow | None:
        """The route of the selected stop that the details show, else the one in view."""
        view, held = self._model.view, self._selection.held
        if view is None:
            return None
        row = view.by_order.get(held.current) if held.current is not None else None
        wanted = row.route if row is not None and row.route is not None else held.route
        return view.by_route.get(wanted) if wanted is not None else None

    def _ask_other(self) -> None:
        view, own = self._model.view, self._route()
        if view is None or own is None:
            return
        title = self._hands.formats().say(Sentence.of("desktop.swap_loads_of", route=own.vehicle or str(own.number)))
        popup = MovePopup(title, tuple(row for row in view.routes if row.id != own.id), self._hands.formats(), self._window)
        popup.setWindowTitle(tr("Swap with another driver"))
        popup.taken.connect(lambda row: self.arranging.swap_loads(own.id, row.id))
        self._hands.open_dialog(popup)

    def ask_takers(self) -> None:
        """Asks from which stop on, and to whom, the route in view goes."""
        shown, source = self._model.held, self._route()
        if shown is None or shown.problem is None or source is None or not source.stops:
            return
        chosen = next((row.id for row in self._edits.chosen_stops() if row.route == source.id), None)
        dialog = HandOverDialog(self._bridge, shown, source, chosen, self.arranging.pairs, self._hands.formats(), self._theme.tokens, self._window)
        dialog.taken.connect(lambda offer: self._hand_over(source.id, offer))
        dialog.finished.connect(lambda _code: setattr(self, "over", None))
        self.over = dialog
        self._hands.open_dialog(dialog)

    def _hand_over(self, source: RouteId, offer: Offer) -> None:
        self.arranging.hand_over(offer.plan, offer.stops, source, offer.takers)

    # Places

    def _ask_places(self) -> None:
        shown, orders = self._model.held, self._selection.held.orders
        if shown is None or shown.problem is None or shown.judged is None or not orders:
            return
        formats, view = self._hands.formats(), shown.view
        number = next((row.number for row in view.board if row.order in orders), "")
        title = formats.say(named("best_for", len(orders), number))
        popup = BestPlaces(title, view, formats, self._theme.tokens, self._window)
        before = self._selection.held.route
        popup.looked.connect(self._selection.show_route)
        popup.rejected.connect(lambda: self._selection.show_route(before))
        popup.taken.connect(lambda impact: self._put(orders, impact))
        popup.finished.connect(lambda _code: setattr(self, "places", None))
        self.places = popup
        self._hands.open_dialog(popup)
        self._look_for_places(orders, popup)

    def _look_for_places(self, orders: frozenset[OrderId], popup: BestPlaces) -> None:
        hand, view = self._edits.hand(sorted(orders)), self._model.view
        if hand is None or view is None:
            popup.show_found(())
            return
        routes = [row.id for row in view.routes if not row.locked]

        def work(job: Job) -> tuple[Impact, ...]:
            return best_places(hand, routes, job.check)

        self._bridge.compute(work, then=lambda found: popup.show_found(found) if self.places is popup else None, key="best places")

    def _put(self, orders: frozenset[OrderId], impact: Impact) -> None:
        if impact.route is not None and impact.changes:
            self._edits.move_orders(sorted(orders), impact.route, impact.position)

    # Days

    def ask_day(self, orders: frozenset[OrderId], wish: date | None = None) -> None:
        """Asks on which day orders go; `wish` is chosen to begin with, else the next day."""
        shown = self._model.held
        if shown is None or shown.proposal is not None:
            return
        going = with_halves(shown.day.orders, orders)
        if not going:
            return
        today, day = self._hands.today(), shown.day.day
        begins = max(wish if wish is not None and wish != day else day + timedelta(days=1), today)
        told = promised(shown.day.plan, going)
        popup = DayPopup(going, told, day, today, begins, self._hands.formats(), self._window)
        popup.taken.connect(lambda wanted: self._move(going, *wanted))
        popup.wanted.connect(lambda day: self._load(popup, shown.day.depot.id, day, day))
        popup.finished.connect(lambda _code: setattr(self, "days", None))
        self.days = popup
        self._hands.open_dialog(popup)
        self._load(popup, shown.day.depot.id, *popup.grid)

    def _load(self, popup: DayPopup, depot: DepotId, first: date, last: date) -> None:
        def work(job: Job) -> Mapping[date, DayLoad]:
            found: dict[date, DayLoad] = {}
            for number in range((last - first).days + 1):
                job.check()
                day = first + timedelta(days=number)
                found[day] = self._bridge.read(lambda reader, day=day: day_load(reader.day(depot, day)))  # type: ignore[misc]
            return found

        self._bridge.compute(work, then=lambda found: popup.show_loads(found) if self.days is popup else None)

    def _move(self, orders: tuple[Order, ...], day: date, keep: bool) -> None:
        label = orders[0].number
        self._bridge.do(MoveToDay(orders=tuple(order.id for order in orders), day=day, keep_windows=keep, label=label))
