"""The table of why here and not there: every vehicle of the day, where the order would stand on it, when, for how much more, and what that breaks."""

from dataclasses import dataclass

from app.desktop.format import Formats
from app.desktop.handwork.words import signed
from app.desktop.widgets.rows import Column
from app.desktop.words import tr
from app.domain.units import COST_PER_MINOR
from app.services.queries import DayView
from app.services.whys import Elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleRow:
    """One vehicle; `number` is the route's."""

    found: Elsewhere
    number: int
    driver: str
    currency: str


def vehicle_rows(found: tuple[Elsewhere, ...], view: DayView) -> tuple[VehicleRow, ...]:
    """The lines of an answer with the numbers of their routes."""
    routes = view.by_route
    return tuple(
        VehicleRow(
            found=each,
            number=routes[each.route].number if each.route in routes else 0,
            driver=routes[each.route].driver if each.route in routes else "",
            currency=view.currency,
        )
        for each in found
    )


def vehicle_columns(formats: Formats) -> tuple[Column, ...]:
    """The columns; the first is drawn with the chip of the route."""
    return (
        Column(id="vehicle", title=tr("Vehicle"), text=lambda row: row.found.vehicle, width=126),
        Column(id="stop", title=tr("Stop"), text=_stop, number=True, width=54),
        Column(id="at", title=tr("At"), text=lambda row: formats.clock(row.found.begin) if row.found.begin is not None else "–", number=True, width=64),
        Column(id="price", title=tr("More"), text=lambda row: _price(row, formats), number=True, width=92, tip=lambda _row: tr("More than the plan as it is")),
        Column(id="rules", title=tr("What stands against it"), text=lambda row: _rules(row, formats), tone=_tone, width=300, stretch=1),
    )


def price_words(cost: int, currency: str, formats: Formats) -> str:
    """A difference of cost to the cent, for what one stop costs is little."""
    minor = round(cost / COST_PER_MINOR)
    return signed(minor, formats.money(abs(minor), currency))


def _stop(row: VehicleRow) -> str:
    return str(row.found.position + 1) if row.found.position is not None else "–"


def _price(row: VehicleRow, formats: Formats) -> str:
    if row.found.here or row.found.begin is None:
        return "–"
    return price_words(row.found.price, row.currency, formats)


def _rules(row: VehicleRow, formats: Formats) -> str:
    found = row.found
    late = tr("▲ {span} late").format(span=formats.minutes(found.late)) if found.late and found.rules is None else ""
    if found.here:
        return " · ".join(part for part in (f"● {tr('stands here now')}", late) if part)
    if found.rules is not None:
        return f"◆ {formats.say(found.rules)}"
    return late or f"✓ {tr('nothing')}"


def _tone(row: VehicleRow) -> str:
    found = row.found
    if found.here:
        return "late" if found.late else ""
    return "risk" if found.rules is not None else "late" if found.late else "ok"
