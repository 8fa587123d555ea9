"""What of an OpenStreetMap extract is drawn, as which kind, in which layer, and from which zoom of the stored tiles on.

A stored tile of zoom z is shown 512 pixels wide, that is at the map's zoom z + 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

FIRST_ZOOM: Final = 7
LAST_ZOOM: Final = 14
LAYERS: Final = ("landuse", "water", "waterways", "buildings", "railways", "roads", "places", "labels", "houses")
"""Layers of a tile, in the order in which they are stored."""

ROADS: Final[Mapping[str, tuple[str, int]]] = {
    "motorway": ("motorway", 7),
    "motorway_link": ("motorway", 10),
    "trunk": ("trunk", 7),
    "trunk_link": ("trunk", 10),
    "primary": ("primary", 8),
    "primary_link": ("primary", 11),
    "secondary": ("secondary", 9),
    "secondary_link": ("secondary", 12),
    "tertiary": ("tertiary", 10),
    "tertiary_link": ("tertiary", 12),
    "unclassified": ("minor", 12),
    "residential": ("minor", 12),
    "living_street": ("minor", 12),
    "road": ("minor", 12),
    "busway": ("service", 13),
    "bus_guideway": ("service", 13),
    "pedestrian": ("pedestrian", 12),
    "service": ("service", 13),
    "track": ("path", 13),
    "cycleway": ("path", 13),
    "footway": ("path", 14),
    "path": ("path", 13),
    "bridleway": ("path", 14),
    "steps": ("path", 14),
}
RAILWAYS: Final[Mapping[str, tuple[str, int]]] = {
    "rail": ("rail", 10),
    "light_rail": ("rail", 11),
    "narrow_gauge": ("rail", 11),
    "funicular": ("rail", 12),
    "monorail": ("rail", 12),
    "subway": ("subway", 12),
    "tram": ("tram", 13),
}
WATERWAYS: Final[Mapping[str, tuple[str, int]]] = {"river": ("river", 9), "canal": ("canal", 11), "stream": ("stream", 13), "ditch": ("stream", 14)}
PLACES: Final[Mapping[str, int]] = {
    "city": 7,
    "town": 8,
    "borough": 11,
    "suburb": 11,
    "village": 10,
    "quarter": 12,
    "neighbourhood": 13,
    "hamlet": 12,
    "island": 11,
    "islet": 13,
    "locality": 14,
    "isolated_dwelling": 14,
}
AREAS: Final[tuple[tuple[str, Mapping[str, tuple[str, str]]], ...]] = (
    ("natural", dict.fromkeys(("water", "bay_water"), ("water", "water"))),
    ("waterway", dict.fromkeys(("riverbank", "dock", "river", "canal"), ("water", "water"))),
    ("landuse", dict.fromkeys(("reservoir", "basin"), ("water", "water"))),
    ("leisure", {"swimming_pool": ("water", "pool")}),
    ("leisure", dict.fromkeys(("park", "garden", "common", "recreation_ground", "nature_reserve"), ("landuse", "park"))),
    ("leisure", dict.fromkeys(("pitch", "track", "playground", "stadium", "golf_course"), ("landuse", "pitch"))),
    ("natural", {"wood": ("landuse", "wood"), "beach": ("landuse", "sand"), "sand": ("landuse", "sand"), "wetland": ("landuse", "wetland")}),
    ("natural", dict.fromkeys(("grassland", "heath", "scrub", "fell"), ("landuse", "grass"))),
    ("landuse", {"forest": ("landuse", "wood"), "cemetery": ("landuse", "cemetery"), "farmland": ("landuse", "farmland"), "farmyard": ("landuse", "farmland")}),
    ("landuse", dict.fromkeys(("orchard", "vineyard", "plant_nursery", "greenhouse_horticulture"), ("landuse", "farmland"))),
    ("landuse", dict.fromkeys(("grass", "meadow", "village_green", "recreation_ground", "allotments"), ("landuse", "grass"))),
    ("landuse", dict.fromkeys(("industrial", "railway", "port", "quarry", "commercial", "retail"), ("landuse", "industrial"))),
    ("amenity", {"grave_yard": ("landuse", "cemetery"), "parking": ("landuse", "parking")}),
    ("amenity", dict.fromkeys(("school", "university", "college", "kindergarten", "hospital"), ("landuse", "campus"))),
    ("man_made", dict.fromkeys(("pier", "breakwater", "bridge"), ("landuse", "pier"))),
    ("place", {"square": ("landuse", "square")}),
)
LANDUSE_FROM: Final = {"parking": 13, "pitch": 12, "pier": 11, "square": 13, "campus": 11, "grass": 10, "cemetery": 10, "industrial": 9}
"""First zooms of ground kinds; others from 8 on. Small ones appear only once they fill some pixels."""
KEYS: Final = ("highway", "railway", "waterway", "natural", "landuse", "leisure", "amenity", "man_made", "place", "building", "addr:housenumber")
"""An object without any of these keys is never drawn."""
_NAMES: Final = {"name": "name", "name:en": "name:en", "name:zh": "name:zh", "name:zh-TW": "name:zh", "name:zh-Hant": "name:zh"}
_LONGEST_NAME = 100
Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a thing is drawn as; `props` go into the tile."""

    layer: str
    first_zoom: int
    props: tuple[tuple[str, str | int], ...]


def names(tags: Tags) -> tuple[tuple[str, str | int], ...]:
    """The names that a label may show: as written on signs, in English, in Chinese."""
    found = {prop: tags[key].strip()[:_LONGEST_NAME] for key, prop in _NAMES.items() if tags.get(key, "").strip()}
    local = found.get("name")
    return tuple((prop, name) for prop, name in found.items() if prop == "name" or name != local)


def line_kind(tags: Tags) -> Kind | None:
    """How a way is drawn as a line, or None."""
    if tags.get("area") == "yes":
        return None
    for key, table, layer in (("highway", ROADS, "roads"), ("railway", RAILWAYS, "railways"), ("waterway", WATERWAYS, "waterways")):
        value = tags.get(key, "")
        if value in table and not (layer == "waterways" and _covered(tags)):
            kind, zoom = table[value]
            return Kind(layer, max(zoom, _detail(layer, tags)), (("kind", kind), *_crossing(tags), *(names(tags) if layer != "railways" else ())))
    return None


def area_kind(tags: Tags) -> Kind | None:
    """How a closed way or a multipolygon is drawn as an area, or None."""
    if tags.get("building", "no") != "no":
        return None if tags.get("location") == "underground" else Kind("buildings", 13, ())
    if tags.get("highway") in ("pedestrian", "footway", "living_street", "service") and tags.get("area") == "yes":
        return Kind("landuse", 13, (("kind", "square"), *names(tags)))
    for key, table in AREAS:
        found = table.get(tags.get(key, ""))
        if found is not None and not _covered(tags):
            layer, kind = found
            zoom = 8 if layer == "water" else LANDUSE_FROM.get(kind, 8)
            return Kind(layer, 14 if kind == "pool" else zoom, (("kind", kind), *names(tags)))
    return None


def place_kind(tags: Tags) -> Kind | None:
    """How a node is drawn as the name of a settlement, or None."""
    place = tags.get("place", "")
    if place not in PLACES or not names(tags):
        return None
    return Kind("places", PLACES[place], (("kind", place), ("rank", _rank(tags)), *names(tags)))


def house_kind(tags: Tags) -> Kind | None:
    """How an object with a house number is drawn, or None."""
    number = tags.get("addr:housenumber", "").strip()
    return Kind("houses", LAST_ZOOM, (("number", number),)) if 0 < len(number) <= 8 else None


def wanted(tags: Iterable[str]) -> bool:
    """Whether an object with these keys may be drawn."""
    return any(key in KEYS for key in tags)


def _covered(tags: Tags) -> bool:
    return tags.get("tunnel", "no") != "no" or tags.get("covered", "no") == "yes" or tags.get("location") == "underground"


def _detail(layer: str, tags: Tags) -> int:
    if layer == "railways" and tags.get("service"):
        return 13
    if layer == "roads" and tags.get("service") in ("parking_aisle", "driveway", "drive-through"):
        return 14
    return 0


def _crossing(tags: Tags) -> tuple[tuple[str, str | int], ...]:
    if tags.get("tunnel", "no") != "no":
        return (("tunnel", 1),)
    return (("bridge", 1),) if tags.get("bridge", "no") != "no" else ()


def _rank(tags: Tags) -> int:
    """Inhabitants as digits, so that bigger places win the room for a label; 0 where unknown."""
    digits = "".join(letter for letter in tags.get("population", "") if letter.isdigit())
    return len(digits.lstrip("0")) if len(digits) < 12 else 0
