"""The address card: how an address was given, how it was understood, where it is and who says so, and what is remembered for it."""

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimeZone
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFormLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.desktop import names
from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label
from app.desktop.words import later, tr
from app.domain.address import Address, AddressState, Location, LocationSource
from app.domain.address_text import readings
from app.domain.geo import Place
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.changes import ChangeSet, Kind
from app.services.commands import ForgetPin
from app.services.locating import address_key, whole_line
from app.services.ports.store import PinMemory

SOURCES = {
    LocationSource.NONE: later("Nobody yet"),
    LocationSource.FILE: later("Coordinates of the file"),
    LocationSource.ADDRESS_BOOK: later("Remembered from earlier"),
    LocationSource.AREA: later("The map of the area"),
    LocationSource.PERSON: later("Set by hand"),
}
PARTS = (
    ("street", later("Street")),
    ("house", later("Number")),
    ("unit", later("Unit")),
    ("postcode", later("Postcode")),
    ("city", later("Town")),
    ("country", later("Country")),
)


class AddressCard(QWidget):
    """Everything known of the address of one order. `set_place` is called by its button; without it there is none.

    What is remembered is read in the background and shown when it comes.
    """

    def __init__(self, bridge: Bridge, set_place: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._order: Order | None = None
        self._wanted: tuple[Order, Formats] | None = None
        self._formats = Formats()
        self._memory: PinMemory | None = None
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._remembered = label("", wrap=True)
        self.forget = button(tr("Forget"), self._forget, link=True, name=tr("Forget the place of this address"))
        self.forget.setToolTip(tr("Later orders of this address are looked for on the map again; orders that have the place keep it."))
        copy = button(tr("Copy"), self._copy, link=True, name=tr("Copy address and place"))
        line = QHBoxLayout()
        line.setSpacing(4)
        if set_place is not None:
            line.addWidget(button(tr("Set place"), set_place, link=True))
        line.addWidget(copy)
        line.addWidget(self.forget)
        line.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(label(tr("Address"), heading=True))
        whole.addLayout(self._form)
        whole.addWidget(self._remembered)
        whole.addLayout(line)
        self.setAccessibleName(tr("Address card"))
        bridge.changed.connect(self._changed)

    def show_order(self, order: Order, formats: Formats) -> None:
        """Shows the address of an order; written once it can be seen."""
        self._wanted = (order, formats)
        if self.isVisible():
            self._fill(order, formats)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted is not None:
            self._fill(*self._wanted)

    def _fill(self, order: Order, formats: Formats) -> None:
        if order == self._order and formats == self._formats:
            return
        same = self._order is not None and address_key(self._order.address) == address_key(order.address)
        self._order, self._formats = order, formats
        while self._form.rowCount():
            self._form.removeRow(0)
        for title, text, tone in facts_of(order, formats):
            head = label(title, muted=True)
            head.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
            self._form.addRow(head, label(text, tone=tone, wrap=True))
        self._remember(self._memory if same else None)
        self._ask()

    def _ask(self) -> None:
        if self._order is not None:
            key = address_key(self._order.address)
            self._bridge.ask(lambda reader: reader.pin_memory(key) if key else None, then=self._remember, key=f"address card {id(self)}")

    def _remember(self, memory: PinMemory | None) -> None:
        self._memory = memory
        self._remembered.setText(memory_words(memory, self._formats))
        self._remembered.setProperty("muted", memory is None)
        self.forget.setVisible(memory is not None)

    def _forget(self) -> None:
        if self._memory is not None and self._order is not None:
            self._bridge.do(ForgetPin(pin=self._memory.pin.id, address=self._order.address.line))

    def _copy(self) -> None:
        if self._order is not None:
            place = self._order.location.place
            QApplication.clipboard().setText("\n".join(part for part in (whole_line(self._order.address), coordinates(place) if place else "") if part))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.PIN):
            self._ask()


def facts_of(order: Order, formats: Formats) -> tuple[tuple[str, str, str], ...]:
    """Title, text and tone of each line that has something to say."""
    location = order.location
    doubt = location.doubt is not None
    state = f"◆ {tr('To check')}" if doubt else names.address_state(location.state)
    lines = (
        (tr("As given"), order.address.line or tr("No address"), ""),
        (tr("Understood"), understood(order.address), ""),
        (tr("State"), state, "risk" if doubt else names.ADDRESS_TONE[location.state]),
        (tr("On the map"), location.label, ""),
        (tr("Place"), coordinates(location.place) if location.place else "", ""),
        (tr("Says"), source_words(location), ""),
        (tr("Access"), order.notes, ""),
    )
    return tuple(line for line in lines if line[1])


def understood(address: Address) -> str:
    """The likeliest reading, part by part; empty where nothing can be read."""
    found = readings(address)
    if not found:
        return ""
    return " · ".join(f"{tr(title)}: {getattr(found[0], name)}" for name, title in PARTS if getattr(found[0], name))


def source_words(location: Location) -> str:
    """Who says where it is; of a place that is not known nobody says anything."""
    if location.source is LocationSource.NONE or location.place is None:
        return ""
    exact = {AddressState.INTERPOLATED, AddressState.STREET, AddressState.AREA}
    more = f" · {tr(names.ADDRESS[location.state])}" if location.state in exact else ""
    return f"{tr(SOURCES[location.source])}{more}"


def coordinates(place: Place) -> str:
    """Latitude and longitude to about ten centimetres."""
    return f"{place.lat:.6f}, {place.lon:.6f}"


def memory_words(memory: PinMemory | None, formats: Formats) -> str:
    """What is remembered: since when, by whom, how often it was of use."""
    if memory is None:
        return tr("Nothing is remembered for this address.")
    used = formats.say(Sentence.of("desktop.pin_used", count=memory.used))
    if memory.at is None:
        return f"{tr('A place is remembered for this address.')} {used}"
    when = QDateTime.fromSecsSinceEpoch(int(memory.at.timestamp()), QTimeZone(formats.zone.encode()))
    day = QLocale(formats.language).toString(when.date(), QLocale.FormatType.ShortFormat)
    key = "desktop.pin_set_by" if memory.who else "desktop.pin_set"
    return f"{formats.say(Sentence.of(key, day=day, who=memory.who))} {used}"
