"""The details of one order: who, where and how sure, when, in which route, why there or in none, what can be done, and what happened to it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.desktop import icons, names
from app.desktop.actions import Actions
from app.desktop.details.candidates import CandidateList
from app.desktop.details.looking import Look
from app.desktop.details.parts import MARGIN, Fact, Facts, Link, Links, Note, toned
from app.desktop.details.story import StoryLines
from app.desktop.theme import Tokens
from app.desktop.widgets.act_button import ActButton
from app.desktop.widgets.flow import Flow
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import later, tr
from app.domain.ids import OrderId
from app.domain.orders import Order, ServiceSource
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, StopRow

SERVICE = {ServiceSource.TYPED: later("as ordered"), ServiceSource.DEFAULT: later("by default"), ServiceSource.LEARNED: later("learned from visits")}
LINE = "\n"


class OrderFace(QWidget):
    """`taken` carries (order, candidate), `wanted` an order to be shown, `up` the route that is to be shown instead (None: the day)."""

    taken = Signal(object)
    wanted = Signal(object)
    up = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._look: Look | None = None
        self._tokens: Tokens | None = None
        self._up = Link(self._go_up)
        self._where: QLabel = label(heading=True, wrap=True)
        self._lock: QPushButton = button("", actions["lock"].trigger, link=True)
        self._customer: QLabel = label(title=True, wrap=True)
        self._address, self._state = label(wrap=True), label(wrap=True)
        self._on_map, self._doubt = label(muted=True, wrap=True), label(tone="risk", wrap=True)
        self._facts = Facts(_titles())
        self._marks, self._reasons, self._here, self._late = Note(), Note(), Note(), Note()
        self._which: QLabel = label(heading=True, wrap=True)
        self._neighbours, self._pair = Links(), Links()
        self._story = StoryLines()
        self.candidates: CandidateList | None = None
        self._card: QWidget | None = None
        self.turn_card = Link(self._turn_card)
        self.turn_card.hide()
        self._card_place = QVBoxLayout()
        self._act_move = ActButton(actions["move"], tr("Move…"))
        self._act_lock = ActButton(actions["lock"], tr("Lock"))
        self._lay_out()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._tokens = tokens
        self._facts.set_tokens(tokens)
        self._paint_lock()

    def show_look(self, look: Look) -> None:
        """Shows the order that is looked at."""
        before, self._look = self._look, look
        order = look.order
        if order is None:
            return
        self._head(look, order)
        self._facts.say(_facts(look, order))
        self._say_why(look)
        self._link(look, order)
        locked = look.row.lock is not None
        self._act_lock.say(tr("Unlock") if locked else tr("Lock"))
        if before is None or before.order is None or before.order != order:
            self._choices(order)
        self._story.say(look.found.story, look.formats, look.now)

    def hold_card(self, card: QWidget) -> None:
        """Takes in the card of the address; it is folded away until a person asks for it."""
        self._card = card
        card.hide()
        self._card_place.addWidget(card)
        self.turn_card.say(tr("More of this address"))
        self.turn_card.show()

    def _turn_card(self) -> None:
        if self._card is not None:
            shown = self._card.isHidden()
            self._card.setVisible(shown)
            self.turn_card.say(tr("Less of this address") if shown else tr("More of this address"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the keys of lists away from the candidates, where digits choose a place."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text().isdigit():
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, MARGIN, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._where, 1)
        head.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._up)
        column.addLayout(head)
        column.addWidget(rule())
        who = QVBoxLayout()
        who.setSpacing(2)
        for each in (self._customer, self._address, self._state, self._on_map, self._doubt):
            who.addWidget(each)
        column.addLayout(who)
        column.addWidget(self._which)
        self._choice_place = QVBoxLayout()
        column.addLayout(self._choice_place)
        column.addWidget(self.turn_card)
        column.addLayout(self._card_place)
        column.addWidget(self._facts)
        for note in (self._late, self._reasons, self._marks, self._here):
            column.addWidget(note)
        column.addWidget(self._acts())
        column.addWidget(self._pair)
        column.addWidget(self._neighbours)
        column.addWidget(self._story)
        column.addStretch(1)

    def _acts(self) -> Flow:
        acts = (
            self._act_move,
            self._act_lock,
            ActButton(self._actions["why"], tr("What would help")),
            ActButton(self._actions["pin"], tr("Set place")),
            ActButton(self._actions["unassign"], tr("Back to pool")),
        )
        return Flow(acts)

    def _head(self, look: Look, order: Order) -> None:
        row = look.row
        placed = bool(row.route_number)
        where = tr("Stop {stop}").format(stop=row.position) if placed else tr(names.STANDINGS[row.standing])
        self._where.setText(f"{where} · {row.number}")
        self._up.say(f"‹ {_route_name(look, row)}" if placed else f"‹ {tr('The day')}")
        self._lock.setVisible(placed)
        self._lock.setText(tr("Locked") if row.lock is not None else tr("Lock"))
        self._paint_lock()
        self._lock.setAccessibleName(tr("Unlock") if row.lock is not None else tr("Lock"))
        self._lock.setEnabled(self._actions["lock"].isEnabled())
        self._customer.setText(row.customer or tr("No name"))
        self._address.setText(row.address or tr("No address"))
        toned(self._state, names.address_words(row), names.address_tone(row))
        location = order.location
        beside = location.label if location.label != row.address else ""
        self._on_map.setText(tr("On the map: {place}").format(place=beside) if beside else "")
        self._on_map.setVisible(bool(beside))
        self._doubt.setText(look.formats.say(location.note) if location.note is not None else "")
        self._doubt.setVisible(location.note is not None)

    def _paint_lock(self) -> None:
        locked = self._look is not None and bool(self._look.orders) and self._look.row.lock is not None
        name = "lock" if locked else "lock-open"
        self._lock.setIcon(icons.icon(name, self._tokens.accent, self._tokens.muted) if self._tokens is not None else QIcon())

    def _say_why(self, look: Look) -> None:
        row, say = look.row, look.formats.say
        marks = [f"◆ {names.violation(each, look.formats)}" for each in row.violations]
        self._late.say(tr("Why late?"), [say(each) for each in look.found.late])
        self._reasons.say(tr("Why not in a route?"), [] if row.route_number else [*marks, *(say(each) for each in row.reasons)])
        self._marks.say(tr("What is marked"), marks if row.route_number else [])
        self._here.say(tr("Why here?"), [say(each) for each in look.found.here])

    def _link(self, look: Look, order: Order) -> None:
        row = look.row
        stops = look.stops(row.route) if row.route is not None else ()
        beside = [stops[at] for at in (row.position - 2, row.position) if 0 <= at < len(stops)] if row.position else []
        self._neighbours.say([(_stop_words(stop, stop.position < row.position, look), self._shows(stop.orders[0])) for stop in beside])
        self._pair.say([(_pair_words(each, order, look), self._shows(each.order)) for each in partners(order, look)])

    def _choices(self, order: Order) -> None:
        """The places that may be meant; the list is made anew, as its length is its height."""
        if self.candidates is not None:
            self._choice_place.removeWidget(self.candidates)
            self.candidates.hide()  # it goes only when the window comes to rest
            self.candidates.deleteLater()
            self.candidates = None
        found = order.location.candidates
        self._which.setText(tr("Which of these is meant?") if found else "")
        self._which.setVisible(bool(found))
        if found:
            self.candidates = CandidateList(found)
            self.candidates.taken.connect(lambda candidate: self.taken.emit((order, candidate)))
            self.candidates.installEventFilter(self)
            self._choice_place.addWidget(self.candidates)

    def _shows(self, order: OrderId) -> Callable[[], None]:
        return lambda: self.wanted.emit(order)

    def _go_up(self) -> None:
        if self._look is not None:
            self.up.emit(self._look.row.route)


def _titles() -> tuple[tuple[str, str], ...]:
    return (
        ("window", tr("Window")),
        ("arrival", tr("Arrival")),
        ("preferred", tr("Would like")),
        ("phone", tr("Phone")),
        ("email", tr("E-mail")),
        ("goods", tr("Goods")),
        ("service", tr("At the door")),
        ("needs", tr("Needs")),
        ("cash", tr("Cash")),
        ("priority", tr("Priority")),
        ("notes", tr("Notes")),
        ("state", tr("State")),
        ("source", tr("Source")),
    )


def _facts(look: Look, order: Order) -> dict[str, Fact]:
    row, formats = look.row, look.formats
    goods = [formats.say(Sentence.of("desktop.pieces", count=row.pieces)), formats.weight(row.weight)]
    goods += [formats.volume(order.load.volume)] if order.load.volume else []
    phone, email = order.recipient.phone, order.recipient.email
    preferred = tuple(each for each in order.preferred)
    return {
        "window": Fact(strong=formats.windows(row.windows) or tr("any time")),
        "arrival": _arrival(look),
        "preferred": Fact(plain=", ".join(f"{each.opens:%H:%M}–{each.closes:%H:%M}" for each in preferred)),
        "phone": Fact(plain=phone, copy=phone),
        "email": Fact(plain=email, copy=email),
        "goods": Fact(plain=" · ".join(goods)),
        "service": Fact(plain=f"{formats.minutes(order.service)}, {tr(SERVICE[order.service_source])}"),
        "needs": Fact(plain=", ".join(sorted(order.skills | order.features | order.handling))),
        "cash": Fact(strong=formats.money(order.cod.minor, order.cod.currency) if order.cod is not None else "", plain=tr("to collect") if order.cod else ""),
        "priority": Fact(plain=str(order.priority) if order.priority else ""),
        "notes": Fact(plain=LINE.join(part for part in (order.notes, tr("Leave without meeting anyone") if order.contactless else "") if part)),
        "state": Fact(plain=tr(names.STATES[row.state])),
        "source": Fact(plain=" · ".join(part for part in (order.source, order.brand, order.service_level) if part)),
    }


def _arrival(look: Look) -> Fact:
    row, formats = look.row, look.formats
    if row.arrival is None:
        return Fact()
    clock = formats.clock(row.arrival)
    if row.late:
        return Fact(strong=f"{clock}  {tr('▲ {span} late').format(span=formats.minutes(row.late))}", tone="late")
    said = names.punctuality(row, 0, row.slack, formats)
    return Fact(strong=f"{clock}  ◆ {said}", tone="risk") if row.risky else Fact(strong=clock, plain=said)


def _route_name(look: Look, row: BoardRow) -> str:
    route = look.shown.view.by_route.get(row.route) if row.route is not None else None
    driver = route.driver if route is not None else ""
    return " · ".join(part for part in (row.vehicle or str(row.route_number), driver) if part)


def _stop_words(stop: StopRow, before: bool, look: Look) -> str:
    time = look.formats.clock(stop.arrival) if stop.arrival is not None else ""
    said = " · ".join(part for part in (str(stop.position), time, stop.customer or stop.number) if part)
    return f"↑ {said}" if before else f"↓ {said}"


def partners(order: Order, look: Look) -> list[BoardRow]:
    """The pick-up that this order names, or the deliveries that name it."""
    others = [
        each.id
        for each in look.shown.day.orders
        if each.id != order.id and each.source == order.source and (each.number == order.paired_with or (each.paired_with and each.paired_with == order.number))
    ]
    return [row for row in (look.row_of(each) for each in others) if row is not None]


def _pair_words(row: BoardRow, order: Order, look: Look) -> str:
    where = (
        tr("Stop {stop} of {route}").format(stop=row.position, route=row.vehicle or row.route_number) if row.route_number else tr(names.STANDINGS[row.standing])
    )
    title = tr("Pick-up") if row.number == order.paired_with else tr("Delivery")
    return f"⇄ {title}: {row.number} · {where}"
