"""Finds the addresses of drafts in the background and stores what became of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.desktop.bridge import Bridge
from app.desktop.day import area_name
from app.desktop.words import tr
from app.domain.address import Location
from app.domain.errors import NotFound
from app.domain.fleet import Depot
from app.domain.ids import OrderId
from app.domain.orders import Order, OrderState
from app.domain.sentences import Sentence
from app.services import locating
from app.services.commands import LocateOrders
from app.services.ports.travel import Areas

Found = tuple[tuple[OrderId, Location], ...]


class Locator(QObject):
    """One search at a time. `located` carries a Sentence: how many were found, and how many wait for a person."""

    located = Signal(object)

    def __init__(self, bridge: Bridge, areas: Areas, checks: locating.Checks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._areas = areas
        self._checks = checks
        self._busy = False

    def look(self, depot: Depot, orders: Sequence[Order], *, merge_key: str = "", continues: Sentence | None = None) -> None:
        """Looks for the drafts among these orders; `merge_key` and `continues` make it one step with the import they came by."""
        drafts = [order for order in orders if order.state is OrderState.DRAFT]
        if self._busy or not drafts:
            return
        area = area_name(self._areas, depot)
        if not area:
            self._bridge.tell(NotFound("desktop.no_area", depot=depot.name))
            return
        self._busy = True
        self._bridge.run(
            tr("Finding addresses"),
            lambda report: self._find(area, drafts, report),
            then=lambda found: self._store(found, merge_key, continues),
            failed=self._broke,
            steps=lambda _key: "",
        )

    def _find(self, area: str, orders: Sequence[Order], report: Callable[[float, str], None]) -> Found:
        geocoder = self._areas.geocoder(area)
        keys = [locating.address_key(order.address) for order in orders]
        pins = self._bridge.read(lambda reader: reader.pins(keys))
        report(0.0, "")
        return locating.locate(orders, geocoder, pins, self._checks)  # all at once: "many orders on one point" is a question about the whole list

    def _store(self, found: Found, merge_key: str, continues: Sentence | None) -> None:
        self._bridge.do(LocateOrders(locations=found, merge_key=merge_key, continues=continues), done=lambda _outcome: self._stored(found), failed=self._broke)

    def _stored(self, found: Found) -> None:
        self._busy = False
        ready = sum(1 for _, location in found if location.plannable)
        self.located.emit(Sentence.of("desktop.located", count=ready, held=len(found) - ready))

    def _broke(self, error: BaseException) -> None:
        self._busy = False
        self._bridge.tell(error)
