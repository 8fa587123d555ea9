"""Looks in the background for the places of the rows that are checked, so that a doubtful address is seen before it is imported."""

import time
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.desktop.bridge import Bridge
from app.desktop.work import Job
from app.domain.address import Location
from app.domain.orders import Order, OrderState
from app.domain.sentences import Sentence
from app.services import locating
from app.services.intake import Preview, RowState
from app.services.intake_groups import Groups, grouped
from app.services.ports.travel import Areas

_PORTION = 200
"""Orders that are looked for at a time: between two portions the search can be stopped."""
_AFTER_MS = 250
"""The rows are painted first: the interpreter that searches is the one that tells Qt what is in the cells."""
_EVERY_S = 0.7
"""How often what was found is shown while the search goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Why the places of rows are doubtful, where they may be, and the groups of the preview with them."""

    reasons: dict[int, Sentence]
    places: dict[int, Location]
    groups: Groups


@dataclass(slots=True)
class _Search:
    """One search over the rows of a preview, on a thread of the pool."""

    preview: Preview
    known: dict[str, Location]
    asked: dict[str, list[tuple[int, Order]]] = field(default_factory=dict)

    def gather(self) -> None:
        """The rows whose place the import would look for, those of one address together."""
        for row in self.preview.rows:
            if row.order and not row.errors and row.state in {RowState.NEW, RowState.CHANGED} and row.order.state is OrderState.DRAFT:
                self.asked.setdefault(_key(row.order), []).append((row.row, row.order))

    def doubts(self) -> Doubts:
        """What was found so far."""
        places = {row: self.known[key] for key, held in self.asked.items() if key in self.known for row, _ in held}
        said = {row: (place, locating.hold_of(place)) for row, place in places.items()}
        reasons = {row: why for row, (_, why) in said.items() if why is not None}
        return Doubts(reasons=reasons, places={row: places[row] for row in reasons}, groups=grouped(self.preview, reasons))


class PlaceCheck(QObject):
    """`found` carries Doubts, now and then while the search goes on and once at its end. What was found once is kept while the wizard is open."""

    found = Signal(object)

    def __init__(self, bridge: Bridge, areas: Areas, area: str, checks: locating.Checks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._areas, self._area, self._checks = bridge, areas, area, checks
        self._known: dict[str, Location] = {}
        self._job: Job | None = None
        self._next: Preview | None = None
        self._rest = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._rest.timeout.connect(self._start)

    @property
    def running(self) -> bool:
        """Whether places are being looked for."""
        return self._job is not None or self._rest.isActive()

    def look(self, preview: Preview) -> None:
        """Looks for the places of the new and changed orders of a preview."""
        self.stop()
        if self._area:
            self._next = preview
            self._rest.start()

    @Slot()
    def _start(self) -> None:
        preview, known = self._next, self._known
        self._next = None
        if preview is not None:
            self._job = self._bridge.compute(lambda job: self._search(preview, dict(known), job), then=self._end, failed=self._broke, key=self)

    def stop(self) -> None:
        """Stops looking."""
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _search(self, preview: Preview, known: dict[str, Location], job: Job) -> tuple[Doubts, dict[str, Location]]:
        search = _Search(preview, known)
        search.gather()
        missing = [key for key in search.asked if key not in known]
        geocoder, said = self._areas.geocoder(self._area), time.monotonic()
        for start in range(0, len(missing), _PORTION):
            job.check()
            keys = missing[start : start + _PORTION]
            orders = [search.asked[key][0][1] for key in keys]
            wanted = [locating.address_key(order.address) for order in orders]
            pins = self._bridge.reader().pins(wanted)
            known.update({key: place for key, (_, place) in zip(keys, locating.locate(orders, geocoder, pins, self._checks), strict=True)})
            if time.monotonic() - said > _EVERY_S:
                said = time.monotonic()
                self._show(search.doubts(), job)
        return search.doubts(), known

    def _show(self, doubts: Doubts, job: Job) -> None:
        self._bridge.post(lambda: None if job.cancelled else self.found.emit(doubts))

    def _end(self, answer: tuple[Doubts, dict[str, Location]]) -> None:
        doubts, self._known = answer
        self._job = None
        self.found.emit(doubts)

    def _broke(self, error: BaseException) -> None:
        self._job = None
        self._bridge.tell(error)


def _key(order: Order) -> str:
    """What the place of an order depends on: its address, and the point that the file gave."""
    place = order.location.place
    given = f"@{place.lat:.6f},{place.lon:.6f}" if place is not None else f"@{order.location.candidates}" if order.location.candidates else ""
    return locating.address_key(order.address) + given
