"""The columns of the order table, in the groups that they are chosen from."""

from collections.abc import Callable
from typing import Any

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import later, tr
from app.domain.orders import TaskKind
from app.domain.plans import Lock
from app.domain.schedule import Violation, ViolationKind
from app.services.queries import BoardRow, natural

LOCK_MARK = {None: "", Lock.DRIVER: "🔒", Lock.POSITION: "🔒="}
KINDS = {TaskKind.DELIVERY: later("Delivery"), TaskKind.PICKUP: later("Pick-up"), TaskKind.RETURN: later("Return")}
GROUPS = {
    "identity": later("Identity"),
    "place": later("Place"),
    "promise": later("Promise"),
    "goods": later("Goods"),
    "plan": later("Plan"),
    "customer": later("Customer"),
}
"""The headings of the chooser, in their order."""
DEFAULT = (
    "number",
    "customer",
    "address",
    "windows",
    "route",
    "position",
    "arrival",
    "punctuality",
    "weight",
    "pieces",
    "standing",
    "address_state",
    "lock",
    "why",
)
"""What is shown before anybody has chosen."""


def order_columns(formats: Formats) -> tuple[Column, ...]:
    """Every column, in the language of the formats."""
    return (*_identity(), *_place(), *_promise(formats), *_goods(formats), *_plan(formats), *_customer())


def searched(row: BoardRow) -> str:
    """What plain words are looked for in: what a customer or a driver would say on the telephone."""
    route = f"{row.route_number} {row.vehicle} {row.driver}" if row.route_number else ""
    parts = (row.number, row.customer, row.address, row.phone, row.email, route, row.notes, row.brand, row.source)
    return "\n".join((*parts, *row.skills, *row.features, *row.handling))


def route_text(row: BoardRow) -> str:
    """The route as "3 · Van 3"; empty in the pool."""
    if not row.route_number:
        return ""
    return f"{row.route_number} · {row.vehicle}" if row.vehicle else str(row.route_number)


def clock_text(reading: int | None, formats: Formats) -> str:
    """A time that may not be known."""
    return formats.clock(reading) if reading is not None else ""


def _plain(id: str, title: str, group: str, get: Callable[[Any], str], width: int = 100, **more: Any) -> Column:
    """A column of words, empty ones last."""
    return Column(id=id, title=title, group=group, text=get, key=lambda row: natural(get(row)) or None, width=width, **more)


def _listed(id: str, title: str, group: str, get: Callable[[Any], tuple[str, ...]], *, gives: int = 0) -> Column:
    return _plain(id, title, group, lambda row: ", ".join(get(row)), width=110, least=64, gives=gives)


def _identity() -> tuple[Column, ...]:
    return (
        Column(id="number", title=tr("Order"), group="identity", text=lambda row: row.number, key=lambda row: natural(row.number), width=82),
        _plain("source", tr("Source"), "identity", lambda row: row.source),
        _plain("brand", tr("Brand"), "identity", lambda row: row.brand),
        _plain("level", tr("Service level"), "identity", lambda row: row.service_level),
        _plain("kind", tr("Kind"), "identity", lambda row: tr(KINDS[row.kind]), width=76),
        Column(
            id="priority",
            title=tr("Priority"),
            group="identity",
            text=lambda row: str(row.priority or ""),
            key=lambda row: row.priority or None,
            number=True,
            width=64,
            whole=True,
        ),
        _plain("pair", tr("Goes with"), "identity", lambda row: row.paired_with, width=82),
    )


def _place() -> tuple[Column, ...]:
    return (
        _plain("customer", tr("Customer"), "place", lambda row: row.customer, width=116, least=84, stretch=3),
        _plain("address", tr("Address"), "place", lambda row: row.address, width=150, least=104, stretch=5),
        _plain("postcode", tr("Postcode"), "place", lambda row: row.postcode, width=76),
        _plain("city", tr("Town"), "place", lambda row: row.city),
        Column(
            id="address_state",
            title=tr("Address state"),
            group="place",
            text=names.address_words,
            tone=names.address_tone,
            width=112,
            least=96,
            gives=5,
        ),
        Column(
            id="note",
            title=tr("Note"),
            group="place",
            text=lambda row: "✎" if row.notes else "",
            tip=lambda row: str(row.notes),
            find=lambda row: row.notes,
            key=lambda row: 0 if row.notes else None,
            width=48,
        ),
    )


def _promise(formats: Formats) -> tuple[Column, ...]:
    return (
        Column(
            id="windows",
            title=tr("Window"),
            group="promise",
            text=lambda row: formats.windows(row.windows),
            key=lambda row: row.windows or None,
            width=98,
        ),
        Column(
            id="preferred",
            title=tr("Preferred"),
            group="promise",
            text=lambda row: formats.windows(row.preferred),
            key=lambda row: row.preferred or None,
            width=98,
        ),
        Column(
            id="contactless",
            title=tr("Contactless"),
            group="promise",
            text=lambda row: f"✓ {tr('Yes')}" if row.contactless else "",
            key=lambda row: 0 if row.contactless else None,
            width=84,
        ),
    )


def _goods(formats: Formats) -> tuple[Column, ...]:
    return (
        Column(
            id="pieces",
            title=tr("Pieces"),
            group="goods",
            text=lambda row: str(row.pieces),
            key=lambda row: row.pieces,
            number=True,
            width=58,
            gives=3,
            whole=True,
        ),
        Column(
            id="weight",
            title=tr("Weight"),
            group="goods",
            text=lambda row: formats.weight(row.weight),
            key=lambda row: row.weight,
            number=True,
            width=80,
            gives=2,
        ),
        Column(
            id="volume",
            title=tr("Volume"),
            group="goods",
            text=lambda row: formats.volume(row.volume) if row.volume else "",
            key=lambda row: row.volume or None,
            number=True,
            width=76,
            gives=9,
        ),
        _listed("handling", tr("Handling"), "goods", lambda row: row.handling),
        Column(
            id="cod",
            title=tr("Cash on delivery"),
            group="goods",
            text=lambda row: _money(row, formats),
            key=lambda row: (row.cod.currency, row.cod.minor) if row.cod is not None else None,
            number=True,
            width=104,
        ),
        _listed("skills", tr("Skills"), "goods", lambda row: row.skills, gives=8),
        _listed("features", tr("Vehicle needs"), "goods", lambda row: row.features),
        Column(
            id="service",
            title=tr("Service time"),
            group="goods",
            text=lambda row: formats.minutes(row.service),
            key=lambda row: row.service,
            number=True,
            width=88,
        ),
    )


def _plan(formats: Formats) -> tuple[Column, ...]:
    say = formats.say
    return (
        Column(
            id="route",
            title=tr("Route"),
            group="plan",
            text=route_text,
            key=lambda row: row.route_number or None,
            width=94,
            least=84,
            stretch=1,
            find=lambda row: f"{row.route_number} {row.vehicle.replace(' ', '')}" if row.route_number else "",
            whole=True,
        ),
        _plain("vehicle", tr("Vehicle"), "plan", lambda row: row.vehicle, width=84),
        _plain("driver", tr("Driver"), "plan", lambda row: row.driver, width=104),
        Column(
            id="position",
            title=tr("Stop"),
            group="plan",
            text=lambda row: str(row.position or ""),
            key=lambda row: row.position or None,
            number=True,
            width=50,
            whole=True,
        ),
        Column(
            id="arrival",
            title=tr("Arrival"),
            group="plan",
            text=lambda row: clock_text(row.arrival, formats),
            key=lambda row: row.arrival,
            number=True,
            width=64,
        ),
        Column(
            id="punctuality",
            title=tr("Late / slack"),
            group="plan",
            text=lambda row: _punctuality(row, formats),
            key=_lateness,
            tone=_punctual_tone,
            tip=lambda row: _rules_said(row, formats),
            number=True,
            width=116,
            least=96,
        ),
        Column(id="lock", title=tr("Lock"), group="plan", text=lambda row: LOCK_MARK[row.lock], key=lambda row: LOCK_MARK[row.lock] or None, width=50, gives=6),
        Column(
            id="standing",
            title=tr("Plan"),
            group="plan",
            text=lambda row: tr(names.STANDINGS[row.standing]),
            tone=lambda row: names.STANDING_TONE[row.standing],
            width=86,
            gives=4,
        ),
        Column(id="state", title=tr("State"), group="plan", text=lambda row: tr(names.STATES[row.state]), width=86),
        Column(
            id="why",
            title=tr("Why"),
            group="plan",
            text=lambda row: " ".join(say(each) for each in row.reasons[:1]) or _broken(row, formats),
            width=220,
            least=160,
            stretch=6,
            gives=7,
        ),
    )


def _customer() -> tuple[Column, ...]:
    return (
        _plain("phone", tr("Phone"), "customer", lambda row: row.phone, width=116, find=lambda row: row.phone.replace(" ", "")),
        _plain("email", tr("E-mail"), "customer", lambda row: row.email, width=140, least=90),
        _plain("language", tr("Language"), "customer", lambda row: row.language, width=72),
    )


def _punctuality(row: BoardRow, formats: Formats) -> str:
    """How the stop stands to its window; ◆! before it where it breaks another rule, ◆ where a small delay would make it late."""
    said = names.punctuality(row, row.late, row.slack, formats)
    if _rules(row):
        return f"◆! {said}".strip()
    return f"◆ {said}" if row.risky else said


def _rules(row: BoardRow) -> tuple[Violation, ...]:
    """The rules that its stop breaks, lateness aside."""
    return tuple(each for each in row.violations if each.kind is not ViolationKind.LATE)


def _rules_said(row: BoardRow, formats: Formats) -> str:
    return "\n".join([_punctuality(row, formats), *(f"◆ {names.violation(each, formats)}" for each in _rules(row))]).strip()


def _punctual_tone(row: BoardRow) -> str:
    if row.late:
        return "late"
    return "risk" if row.risky or _rules(row) else "muted"


def _lateness(row: BoardRow) -> int | None:
    return -row.late if row.late else row.slack


def _money(row: BoardRow, formats: Formats) -> str:
    return formats.money(row.cod.minor, row.cod.currency) if row.cod is not None else ""


def _broken(row: BoardRow, formats: Formats) -> str:
    return " ".join([*(f"◆ {names.violation(each, formats)}" for each in row.violations[:2]), *([names.road_marks(row.roads, formats)] if row.roads else [])])
