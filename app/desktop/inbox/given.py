"""What a file said of an order, field by field, for whoever must find out where it goes."""

from app.desktop.format import Formats
from app.desktop.words import tr
from app.domain.address import LocationSource
from app.domain.orders import Order


def given_facts(order: Order, formats: Formats) -> tuple[tuple[str, str], ...]:
    """Title and text of every field that was given."""
    address, place = order.address, order.location.place
    given = place if order.location.source is LocationSource.FILE else None
    lines = (
        (tr("Order"), order.number),
        (tr("Customer"), order.recipient.name),
        (tr("Phone"), order.recipient.phone),
        (tr("E-mail"), order.recipient.email),
        (tr("Address"), address.text),
        (tr("Street"), " ".join(part for part in (address.street, address.house) if part)),
        (tr("Unit"), address.unit),
        (tr("Postcode"), address.postcode),
        (tr("Town"), address.city),
        (tr("Country"), address.country),
        (tr("Coordinates"), f"{given.lat:g}, {given.lon:g}" if given is not None else ""),
        (tr("Weight"), formats.weight(order.load.weight)),
        (tr("Notes"), order.notes),
    )
    return tuple((title, text) for title, text in lines if text)
