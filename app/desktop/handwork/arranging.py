"""Swap, turn round, first, last, hand over: the plan is arranged anew, shown at once with its times, then written as one step."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel
from app.desktop.plan.edits import Edits, whole_plan
from app.desktop.selection import Selection
from app.domain.errors import NotFound, Refused
from app.domain.ids import RouteId, StopId
from app.domain.plans import Plan, touched
from app.domain.sentences import Sentence
from app.services.commands import ArrangeStops
from app.services.handwork import Pairs, loads_swapped, pairs_of, swapped, turned
from app.services.queries import StopRow

_END = 10_000
"""A position behind every stop."""


class Arranging(QObject):
    """Arranges stops of the plan in view."""

    def __init__(self, bridge: Bridge, model: DayModel, selection: Selection, edits: Edits, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._model, self._selection, self._edits = bridge, model, selection, edits

    @property
    def pairs(self) -> Pairs:
        """What belongs together on the day in view."""
        held = self._model.held
        return pairs_of(held.day.orders) if held is not None else {}

    def name(self, route: RouteId) -> str:
        """A route as people call it."""
        view = self._model.view
        row = view.by_route.get(route) if view is not None else None
        return (row.vehicle or str(row.number)) if row is not None else ""

    def swap(self) -> None:
        """The two selected stops change places."""
        rows = self._edits.chosen_stops()
        if len(rows) == 2:
            called = Sentence.of("command.swap_stops", first=rows[0].number, second=rows[1].number)
            self._arrange(lambda plan: swapped(plan, rows[0].id, rows[1].id, self.pairs), called)

    def swap_loads(self, first: RouteId, second: RouteId) -> None:
        """Two drivers exchange all that they have."""
        called = Sentence.of("command.swap_loads", first=self.name(first), second=self.name(second))
        self._arrange(lambda plan: loads_swapped(plan, first, second), called)

    def turn(self) -> None:
        """The selected stops come in the opposite order; where none is selected, or one, the stops of the route in view."""
        rows = self._edits.chosen_stops()
        rows = rows if len(rows) > 1 else self._in_view()
        if rows:
            names = ", ".join(dict.fromkeys(self.name(row.route) for row in rows))
            called = Sentence.of("command.turn_stops", count=len(rows), route=names)
            self._arrange(lambda plan: turned(plan, [row.id for row in rows]), called)

    def to_end(self, *, first: bool) -> None:
        """The selected stops of each route go to its beginning, or to its end."""
        rows = self._edits.chosen_stops()
        routes = {row.route for row in rows}
        if len(routes) == 1:
            self._edits.move_orders([order for row in rows for order in row.orders], routes.pop(), 0 if first else _END)

    def hand_over(self, plan: Plan, stops: Sequence[StopId], source: RouteId, takers: Sequence[RouteId]) -> None:
        """Makes an arrangement the plan that was found for handing stops over."""
        to = ", ".join(map(self.name, takers))
        self._arrange(lambda _plan: plan, Sentence.of("command.hand_over", count=len(stops), route=self.name(source), to=to))

    def _in_view(self) -> tuple[StopRow, ...]:
        view, route = self._model.view, self._selection.held.route
        return view.stops.get(route, ()) if view is not None and route is not None else ()

    def _arrange(self, change: Callable[[Plan], Plan], called: Sentence) -> None:
        held = self._model.held
        plan = whole_plan(held) if held is not None and held.day.plan is not None and held.judged is not None else None
        if plan is None or held is None or held.proposal is not None:
            return
        try:
            after = change(plan)
        except (NotFound, Refused) as refusal:
            self._bridge.tell(refusal)
            return
        routes = tuple(route for route in after.routes if route.id in touched(plan, after))
        if routes:
            self._model.preview(after)
            self._bridge.do(ArrangeStops(plan=plan.id, routes=routes, called=called), failed=self._failed)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        """The preview was not true: tell why, and show what is."""
        self._bridge.tell(error)
        self._model.refresh()
