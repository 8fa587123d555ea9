"""Pins: where a person said that an address is, remembered for every later order of that address."""

from dataclasses import dataclass

from app.domain.geo import Place
from app.domain.ids import PinId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A learned place. `key` is the normalised address (`services.locating.address_key`); unique."""

    id: PinId
    key: str
    place: Place
    label: str = ""
    version: int = 0
