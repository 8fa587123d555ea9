"""The words for a point on the map: its nearest address or street."""

from math import cos, radians

import numpy as np

from app.domain.geo import Place, distance_m
from app.routing.places_rows import Rows
from app.routing.places_streets import line_distance_m
from app.routing.places_towns import Floats
from app.routing.places_words import house_label, street_label

HOUSE_M = 60.0
STREET_M = 150.0
_M_PER_DEG = 111_195.0
_SINGLE = 1e-5
"""R*Tree keeps single-precision numbers, rounded outwards: about a metre of slack, in degrees."""


def label_near(rows: Rows, place: Place) -> str:
    """The nearest house within 60 m, else the nearest street within 150 m, else the empty text."""
    house = _house(rows, place)
    return house or _street(rows, place)


def _box(place: Place, meters: float) -> tuple[float, float, float, float]:
    lat = meters / _M_PER_DEG + _SINGLE
    lon = lat / max(0.05, cos(radians(place.lat)))
    return place.lat + lat, place.lat - lat, place.lon + lon, place.lon - lon


def _house(rows: Rows, place: Place) -> str:
    found = rows.all(
        "SELECT h.street, h.key, h.lat, h.lon FROM near_house n JOIN house h ON h.id=n.id WHERE n.south<=? AND n.north>=? AND n.west<=? AND n.east>=?",
        _box(place, HOUSE_M),
    )
    measured = sorted((distance_m(place, Place(lat, lon)), street, key) for street, key, lat, lon in found)
    if not measured or measured[0][0] > HOUSE_M:
        return ""
    _, street, key = measured[0]
    nearest = min(rows.houses(street, key), key=lambda house: distance_m(place, house.place))
    return house_label(rows.street(street), nearest)


def street_near(rows: Rows, place: Place) -> tuple[str, tuple[tuple[Place, ...], ...]]:
    """The name and all lines of the nearest street within 150 m; empty where there is none."""
    nearest = _nearest_street(rows, place)
    if nearest is None:
        return "", ()
    lines = rows.all("SELECT points FROM line WHERE street=? ORDER BY id", (nearest,))
    return rows.street(nearest).name, tuple(tuple(Place(float(lat), float(lon)) for lat, lon in _line(blob)) for (blob,) in lines)


def _street(rows: Rows, place: Place) -> str:
    nearest = _nearest_street(rows, place)
    return street_label(rows.street(nearest)) if nearest is not None else ""


def _nearest_street(rows: Rows, place: Place) -> int | None:
    found = rows.all(
        "SELECT l.street, l.points FROM near_line n JOIN line l ON l.id=n.id WHERE n.south<=? AND n.north>=? AND n.west<=? AND n.east>=?",
        _box(place, STREET_M),
    )
    measured = [(line_distance_m(_line(blob), place.lat, place.lon)[0], int(street)) for street, blob in found]
    nearest = min(measured, default=None)
    return nearest[1] if nearest and nearest[0] <= STREET_M else None


def _line(blob: bytes) -> Floats:
    """The points of a stored line, latitude and longitude."""
    return np.frombuffer(blob, "<i4").reshape(-1, 2) / 1e7
