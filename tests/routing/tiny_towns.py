"""Tiny extracts for tests, written with osmium: named streets, houses, towns; positions in metres east and north of a corner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path
from typing import Any

import osmium
from osmium.osm import mutable

from app.domain.geo import Place

CORNER = Place(50.0, 10.0)
_M_PER_DEG = 111_195.0


def at(east: float, north: float, corner: Place = CORNER) -> Place:
    """The place so many metres from the corner."""
    return Place(corner.lat + north / _M_PER_DEG, corner.lon + east / (_M_PER_DEG * cos(radians(corner.lat))))


@dataclass
class TinyTown:
    """Collects what an extract holds, then writes it."""

    corner: Place = CORNER
    nodes: list[tuple[int, Place, dict[str, str]]] = field(default_factory=list)
    ways: list[tuple[int, list[int], dict[str, str]]] = field(default_factory=list)

    def node(self, east: float, north: float, **tags: str) -> int:
        """A node; underscores in tag names stand for colons (`addr_street`)."""
        number = len(self.nodes) + 1
        self.nodes.append((number, at(east, north, self.corner), _tags(tags)))
        return number

    def way(self, nodes: Sequence[int], **tags: str) -> int:
        """A way over nodes."""
        number = len(self.ways) + 1
        self.ways.append((number, list(nodes), _tags(tags)))
        return number

    def street(self, name: str, *points: tuple[float, float], **tags: str) -> list[int]:
        """A residential street through points; its nodes."""
        nodes = [self.node(*point) for point in points]
        self.way(nodes, highway="residential", name=name, **tags)
        return nodes

    def house(self, street: str, number: str, east: float, north: float, **tags: str) -> int:
        """A house number."""
        return self.node(east, north, addr_street=street, addr_housenumber=number, **tags)

    def boundary(self, name: str, west: float, south: float, east: float, north: float, level: str = "8", **tags: str) -> None:
        """The rectangle of a town."""
        corners = [self.node(x, y) for x, y in ((west, south), (east, south), (east, north), (west, north))]
        self.way([*corners, corners[0]], boundary="administrative", admin_level=level, name=name, **tags)

    def write(self, path: Path) -> Path:
        """Writes the extract; the path."""
        path.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(path)) as writer:
            for number, place, tags in self.nodes:
                writer.add_node(mutable.Node(id=number, version=1, location=(place.lon, place.lat), tags=tags))
            for number, nodes, tags in self.ways:
                writer.add_way(mutable.Way(id=number, version=1, nodes=nodes, tags=tags))
        return path


def _tags(tags: Mapping[str, Any]) -> dict[str, str]:
    return {key.replace("addr_", "addr:").replace("name_", "name:").replace("alt_name", "alt_name"): str(text) for key, text in tags.items()}


def two_towns() -> TinyTown:
    """Westdorf (5 x 2 km) and, 6 km to the east, Ostdorf; both have a Hauptstraße, Westdorf has more.

    Westdorf, postcode 11111: Hauptstraße from (0, 0) to (1000, 0) with the numbers 1, 3, 11 on the north side and 2, 12a, 14-18 on the south
    side; Bahnhofstraße (Rue de la Gare) northwards at 500; Äulestraße far west. Ostdorf, postcode 22222: Hauptstraße with 3 and 50 only.
    """
    town = TinyTown()
    town.boundary("Westdorf", -2000, -1000, 3000, 1000, name_fr="Village-Ouest")
    town.boundary("Ostdorf", 5000, -1000, 9000, 1000)
    west = {"addr_city": "Westdorf", "addr_postcode": "11111", "addr_country": "DE"}
    town.street("Hauptstraße", (0, 0), (500, 0), (1000, 0))
    for number, east in (("1", 50), ("3", 150), ("11", 550)):
        town.house("Hauptstraße", number, east, 15, **west)
    for number, east in (("2", 50), ("12a", 600), ("14-18", 700)):
        town.house("Hauptstraße", number, east, -15, **west)
    town.street("Bahnhofstraße", (500, 0), (500, 400), name_fr="Rue de la Gare")
    town.house("Bahnhofstraße", "7", 515, 200, **west)
    town.street("Äulestraße", (-800, 0), (0, 0))
    town.house("Äulestraße", "4", -500, 15)
    town.street("Dorfweg", (0, 0), (0, 300), (500, 400))
    east = {"addr_city": "Ostdorf", "addr_postcode": "22222"}
    town.street("Hauptstraße", (6000, 0), (7000, 0))
    town.house("Hauptstraße", "3", 6100, 15, **east)
    town.house("Hauptstraße", "50", 6800, -15, **east)
    town.street("Schulstraße", (7000, 0), (7000, 300))
    town.node(500, 30, name="Gasthaus Krone", amenity="restaurant")
    return town


def taipei() -> TinyTown:
    """Two districts of Taipei with a 中山路 each, lanes of 忠孝東路四段, a lane 巷 that is only known by the main street's numbers."""
    town = TinyTown(corner=Place(25.04, 121.54))
    town.boundary("臺北市", -3000, -3000, 9000, 3000, level="4", name_en="Taipei City")
    town.boundary("大安區", -2000, -2000, 2000, 2000, level="7", name_en="Da'an District")
    town.boundary("中山區", 4000, -2000, 8000, 2000, level="7")
    town.street("忠孝東路四段", (0, 0), (1500, 0), name_en="Section 4, Zhongxiao East Road")
    for number, east in (("2", 20), ("50", 400), ("100", 900), ("200號", 1400)):
        town.house("忠孝東路四段", number, east, -15, addr_postcode="106")
    town.street("忠孝東路四段100巷", (900, 0), (900, -300))
    town.street("忠孝東路四段100巷5弄", (900, -100), (1000, -100))
    town.house("忠孝東路四段100巷", "6", 915, -60)
    town.house("忠孝東路四段100巷5弄", "8", 930, -110)
    town.house("忠孝東路四段100巷5弄", "8之1", 950, -110)
    town.house("忠孝東路四段", "216巷12號", 1450, -100)
    town.street("中山路", (0, 500), (800, 500))
    town.house("中山路", "4", 100, 515)
    town.house("中山路", "8-1", 200, 515)
    town.street("中山路", (5000, 500), (5800, 500))
    town.house("中山路", "４號", 5100, 515)
    town.street("市民大道三段", (0, 900), (900, 900))
    town.house("市民大道三段", "12", 300, 915)
    town.street("和平東路一段", (0, -900), (900, -900))
    town.house("和平東路一段", "20", 300, -915)
    town.street("新村路", (0, 1200), (600, 1200))
    town.house("新村路", "9", 200, 1215)
    return town
