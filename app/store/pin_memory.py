"""The story of a learned place, from the journal and the orders: when a person set it, who, and how often it has been used."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from app.domain.address import LocationSource
from app.domain.events import PlaceSet
from app.domain.pins import Pin
from app.services import plain
from app.store import mapping
from app.store.mapping.shape import table_of
from app.store.tables import ChangeRow, EventRow

CHANGE, EVENT, ORDER = table_of(ChangeRow).c, table_of(EventRow).c, mapping.ORDERS.table.c
_LOOKED = 5_000
"""Events that are looked through, the newest first."""


def who_set(connection: Connection, pin: Pin) -> tuple[datetime | None, str]:
    """When a person set the pin where it is (aware UTC), and who; None where the journal does not know."""
    told = select(EVENT.body, CHANGE.at, CHANGE.who).join_from(EVENT.body.table, CHANGE.at.table, EVENT.change == CHANGE.seq)
    newest = told.where(EVENT.kind == PlaceSet.__name__).order_by(EVENT.change.desc(), EVENT.position.desc()).limit(_LOOKED)
    for body, at, who in connection.execute(newest):
        facts = plain.load(body)
        if (facts["lat"], facts["lon"]) == (pin.place.lat, pin.place.lon):
            return at, who
    return None, ""


def times_used(connection: Connection, pin: Pin) -> int:
    """How many orders got their place from this pin without being asked."""
    taken = (ORDER.location_source == LocationSource.ADDRESS_BOOK, ORDER.lat == pin.place.lat, ORDER.lon == pin.place.lon)
    return int(connection.execute(select(func.count()).select_from(mapping.ORDERS.table).where(*taken)).scalar_one())
