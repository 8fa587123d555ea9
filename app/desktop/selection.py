"""The one selection that map, table, lists and details share: orders by identity, and the route in view."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.ids import OrderId, RouteId


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What is selected. `current` is the order that the details show; `route` the route whose stops are listed."""

    orders: frozenset[OrderId] = frozenset()
    current: OrderId | None = None
    route: RouteId | None = None


class Selection(QObject):
    """Holds what is selected; `changed` carries a Selected whenever it differs."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held = Selected()

    @property
    def held(self) -> Selected:
        """What is selected now."""
        return self._held

    def pick(self, orders: Iterable[OrderId], *, current: OrderId | None = None, route: RouteId | None = None) -> None:
        """Selects these orders alone, with a route in view where one is named; the current one is the given, the one kept, or any of them."""
        chosen = frozenset(orders)
        kept = self._held.current if self._held.current in chosen else next(iter(sorted(chosen)), None)
        self._hold(Selected(orders=chosen, current=current if current in chosen else kept, route=route or self._held.route))

    def show_route(self, route: RouteId | None) -> None:
        """Puts a route in view; the selected orders stay."""
        self._hold(Selected(orders=self._held.orders, current=self._held.current, route=route))

    def keep_only(self, orders: Iterable[OrderId], routes: Iterable[RouteId]) -> None:
        """Forgets what is no longer there."""
        held = self._held.orders & frozenset(orders)
        route = self._held.route if self._held.route in set(routes) else None
        self._hold(Selected(orders=held, current=self._held.current if self._held.current in held else None, route=route))

    def _hold(self, selected: Selected) -> None:
        if selected != self._held:
            self._held = selected
            self.changed.emit(selected)
