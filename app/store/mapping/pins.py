"""Pins: one row each."""

from typing import Any

from app.domain.geo import Place
from app.domain.ids import PinId
from app.domain.pins import Pin
from app.services.changes import Kind
from app.store.mapping.shape import Shape
from app.store.tables import PinRow


def of_row(id: str, key: str, lat: float, lon: float, label: str, version: int) -> Pin:
    """The pin of a row."""
    return Pin(id=PinId(id), key=key, place=Place(lat, lon), label=label, version=version)


def to_row(pin: Pin) -> dict[str, Any]:
    """The columns of a pin."""
    return {"id": pin.id, "key": pin.key, "lat": pin.place.lat, "lon": pin.place.lon, "label": pin.label, "version": pin.version}


PINS = Shape(Kind.PIN, PinRow, of_row, to_row)
