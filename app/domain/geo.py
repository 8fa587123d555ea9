"""Places on the earth: latitude then longitude in WGS-84 degrees."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius R1 of the WGS-84 ellipsoid (Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 2000)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point; latitude in [-90, 90], longitude in [-180, 180], degrees.

    Raises ValueError outside these ranges.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"latitude {self.lat} is outside -90…90")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon} is outside -180…180")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in degrees, edges included; does not cross the 180th meridian."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, place: Place) -> bool:
        """Whether the place is inside or on the edge."""
        return self.south <= place.lat <= self.north and self.west <= place.lon <= self.east

    def grown(self, meters: float) -> "Box":
        """This box with a margin on each side, in metres."""
        lat = degrees(meters / EARTH_RADIUS_M)
        lon = lat / max(0.01, cos(radians((self.south + self.north) / 2)))
        return Box(self.south - lat, self.west - lon, self.north + lat, self.east + lon)

    def within(self, other: "Box") -> "Box | None":
        """The part of this box that lies in the other; None where they do not meet."""
        south, north = max(self.south, other.south), min(self.north, other.north)
        west, east = max(self.west, other.west), min(self.east, other.east)
        return Box(south, west, north, east) if south <= north and west <= east else None

    @property
    def center(self) -> Place:
        """The middle of the rectangle."""
        return Place((self.south + self.north) / 2, (self.west + self.east) / 2)

    @staticmethod
    def around(places: Iterable[Place]) -> "Box":
        """The smallest box that holds all places. Raises ValueError for no places."""
        points = list(places)
        if not points:
            raise ValueError("a box needs at least one place")
        lats, lons = [p.lat for p in points], [p.lon for p in points]
        return Box(min(lats), min(lons), max(lats), max(lons))


def shifted(place: Place, north_m: float, east_m: float) -> Place:
    """The place so many metres further north and east; good for the few hundred metres that a pin is moved by. Stops at the poles."""
    lat = min(90.0, max(-90.0, place.lat + degrees(north_m / EARTH_RADIUS_M)))
    lon = place.lon + degrees(east_m / (EARTH_RADIUS_M * max(0.01, cos(radians(place.lat)))))
    return Place(lat, (lon + 180.0) % 360.0 - 180.0)


def distance_m(a: Place, b: Place) -> float:
    """Great-circle distance in metres, haversine form (Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat = sin((lat_b - lat_a) / 2)
    half_lon = sin(radians(b.lon - a.lon) / 2)
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon)))


def bearing_deg(a: Place, b: Place) -> float:
    """Initial great-circle bearing from a to b in degrees clockwise from north, in [0, 360)."""
    lat_a, lat_b, lon = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    east = sin(lon) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(lon)
    return degrees(atan2(east, north)) % 360
