"""The columns of the order table."""

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import tr
from app.domain.plans import Lock
from app.services.queries import BoardRow, natural

LOCK_MARK = {None: "", Lock.DRIVER: "🔒", Lock.POSITION: "🔒="}


def order_columns(formats: Formats) -> tuple[Column, ...]:
    """Every column, in the language of the formats."""
    say = formats.say
    return (
        Column(id="number", title=tr("Order"), text=lambda row: row.number, key=lambda row: natural(row.number), width=80),
        Column(id="customer", title=tr("Customer"), text=lambda row: row.customer, key=lambda row: row.customer.casefold() or None, width=118),
        Column(id="address", title=tr("Address"), text=lambda row: row.address, key=lambda row: natural(row.address), width=146),
        Column(
            id="address_state",
            title=tr("Address state"),
            text=names.address_words,
            tone=names.address_tone,
            width=104,
        ),
        Column(id="windows", title=tr("Window"), text=lambda row: formats.windows(row.windows), key=lambda row: row.windows or None, width=96),
        Column(id="route", title=tr("Route"), text=route_text, key=lambda row: row.route_number or None, width=94),
        Column(id="position", title=tr("Stop"), text=lambda row: str(row.position or ""), key=lambda row: row.position or None, number=True, width=48),
        Column(id="arrival", title=tr("Arrival"), text=lambda row: clock_text(row.arrival, formats), key=lambda row: row.arrival, number=True, width=62),
        Column(
            id="punctuality",
            title=tr("Late / slack"),
            text=lambda row: names.punctuality(row, row.late, row.slack, formats),
            key=_lateness,
            tone=lambda row: "late" if row.late else "muted",
            number=True,
            width=96,
        ),
        Column(id="weight", title=tr("Weight"), text=lambda row: formats.weight(row.weight), key=lambda row: row.weight, number=True, width=72),
        Column(id="pieces", title=tr("Pieces"), text=lambda row: str(row.pieces), key=lambda row: row.pieces, number=True, width=56),
        Column(
            id="standing",
            title=tr("Plan"),
            text=lambda row: tr(names.STANDINGS[row.standing]),
            tone=lambda row: names.STANDING_TONE[row.standing],
            width=84,
        ),
        Column(id="state", title=tr("State"), text=lambda row: tr(names.STATES[row.state]), width=84),
        Column(id="lock", title=tr("Lock"), text=lambda row: LOCK_MARK[row.lock], width=48),
        Column(id="priority", title=tr("Priority"), text=lambda row: str(row.priority or ""), key=lambda row: row.priority, number=True, width=64, hidden=True),
        Column(id="why", title=tr("Why"), text=lambda row: " ".join(say(each) for each in row.reasons[:1]) or _broken(row, formats), width=260),
    )


def route_text(row: BoardRow) -> str:
    """The route as "3 · Van 3"; empty in the pool."""
    if not row.route_number:
        return ""
    return f"{row.route_number} · {row.vehicle}" if row.vehicle else str(row.route_number)


def clock_text(reading: int | None, formats: Formats) -> str:
    """A time that may not be known."""
    return formats.clock(reading) if reading is not None else ""


def _lateness(row: BoardRow) -> int | None:
    if row.late:
        return -row.late
    return row.slack


def _broken(row: BoardRow, formats: Formats) -> str:
    return " ".join(names.violation(each, formats) for each in row.violations[:2])
