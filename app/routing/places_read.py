"""What an OpenStreetMap extract says about addresses: houses, named streets, settlements, boundaries and names worth searching for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium

from app.domain.house_numbers import house_keys
from app.domain.street_words import has_cjk
from app.domain.taiwan import parse_taiwanese, street_and_house
from app.services.ports.travel import Report

_KEYS = (
    "addr:housenumber", "addr:interpolation", "addr:street", "addr:place", "addr:housename", "addr:full", "highway", "place", "boundary",
    "shop", "amenity", "tourism", "office", "leisure", "railway", "public_transport", "healthcare", "craft", "historic", "building", "type", "postal_code",
)  # fmt: skip
_POI_KEYS = ("amenity", "shop", "tourism", "office", "leisure", "healthcare", "craft", "historic", "railway", "public_transport", "building")
_NO_STREET = frozenset(
    {"bus_stop", "platform", "street_lamp", "crossing", "traffic_signals", "proposed", "rest_area", "services", "emergency_access_point", "elevator"}
)
SETTLEMENTS = frozenset({"city", "borough", "suburb", "quarter", "neighbourhood", "town", "village", "hamlet", "municipality", "locality", "isolated_dwelling"})
_BYTES_A_RECORD = 45
"""Bytes of a compressed extract per object that we look at, from the four sample extracts; only the progress bar depends on it."""
_REPORT_EVERY = 4_000


@dataclass(slots=True)
class RawHouse:
    """One house number as tagged; `rank` 0 is an address of its own or a building, larger is less sure of its place. Degrees."""

    ref: tuple[str, int]
    street: str
    house: str
    lat: float
    lon: float
    postcode: str = ""
    city: str = ""
    also: tuple[str, ...] = ()
    """Suburb, district and the like."""
    rank: int = 0


@dataclass(slots=True)
class RawPiece:
    """One named way: its names (the first is the main one), points and the identities of its nodes."""

    names: tuple[str, ...]
    points: list[tuple[float, float]]
    nodes: list[int]
    postcode: str = ""


@dataclass(slots=True)
class RawPlace:
    """A settlement, boundary or a thing with a name; `rings` are outer rings of a boundary (lat, lon), `level` its admin level."""

    names: tuple[str, ...]
    kind: str
    lat: float
    lon: float
    level: int = 0
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()
    street: str = ""
    house: str = ""
    postcode: str = ""


@dataclass(slots=True)
class RawInterpolation:
    """A line of houses: (position along, number, lat, lon) of the known ones, the points and the step (2 even or odd, 1 all)."""

    street: str
    city: str
    postcode: str
    points: list[tuple[float, float]]
    numbers: list[str]
    step: int


@dataclass(slots=True)
class RawExtract:
    """All of it."""

    houses: list[RawHouse] = field(default_factory=list)
    pieces: list[RawPiece] = field(default_factory=list)
    settlements: list[RawPlace] = field(default_factory=list)
    boundaries: list[RawPlace] = field(default_factory=list)
    aliases: list[tuple[str, ...]] = field(default_factory=list)
    """Names of one town each, of boundaries that the extract cuts."""
    postcodes: list[RawPlace] = field(default_factory=list)
    pois: list[RawPlace] = field(default_factory=list)
    interpolations: list[RawInterpolation] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    """Codes that addresses are tagged with."""
    south: float = 90.0
    west: float = 180.0
    north: float = -90.0
    east: float = -180.0

    def seen(self, lat: float, lon: float) -> None:
        """Widens the bounds."""
        self.south, self.north = min(self.south, lat), max(self.north, lat)
        self.west, self.east = min(self.west, lon), max(self.east, lon)


def read_extract(extract: Path, report: Report) -> RawExtract:
    """Reads an extract once. Raises RuntimeError (osmium's) for a broken file and whatever `report` raises."""
    raw = RawExtract()
    numbered: dict[int, RawHouse] = {}
    streets: list[tuple[str, list[tuple[str, int]]]] = []
    expected = max(1, extract.stat().st_size // _BYTES_A_RECORD)
    for count, thing in enumerate(_objects(extract)):
        if count % _REPORT_EVERY == 0:
            report(min(0.95, count / expected), "areas.reading_addresses")
        tags = dict(thing.tags)
        if "addr:country" in tags:
            raw.countries.add(tags["addr:country"].upper())
        if thing.is_node():
            _node(raw, thing, tags, numbered)
        elif thing.is_way():
            _way(raw, thing, tags, numbered)
        elif thing.is_area():
            _area(raw, thing, tags)
        elif tags.get("type") in ("associatedStreet", "street") and tags.get("name"):
            streets.append((tags["name"], [(each.type, each.ref) for each in thing.members]))
        elif tags.get("boundary") == "administrative":
            raw.aliases.append(names_of(tags))
    _join_streets(raw, streets)
    return raw


def names_of(tags: dict[str, str]) -> tuple[str, ...]:
    """Every name of a thing, the main one first: other languages, alternative, official and old names, names joined by `;` or ` - `."""
    found = [tags.get("name", "")]
    for key, text in tags.items():
        head = key.split(":")[0]
        if head in ("name", "alt_name", "official_name", "short_name", "old_name", "loc_name", "int_name", "reg_name", "name_1", "name_2", "alt_name_1"):
            found += text.split(";")
    found += [part for part in tags.get("name", "").split(" - ") if len(part) > 3]
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def _objects(extract: Path) -> Iterator[Any]:
    areas = osmium.filter.KeyFilter("boundary", "place", "addr:housenumber")
    return iter(osmium.FileProcessor(str(extract)).with_locations().with_areas(areas).with_filter(osmium.filter.KeyFilter(*_KEYS)))


def _node(raw: RawExtract, node: Any, tags: dict[str, str], numbered: dict[int, RawHouse]) -> None:
    lat, lon = node.lat, node.lon
    raw.seen(lat, lon)
    house = _house(("n", node.id), tags, lat, lon, rank=1 if "name" in tags else 0)
    if house:
        raw.houses.append(house)
        numbered[node.id] = house
    if tags.get("place") in SETTLEMENTS and tags.get("name"):
        raw.settlements.append(RawPlace(names_of(tags), tags["place"], lat, lon, postcode=tags.get("postal_code", "")))
    _poi(raw, tags, lat, lon)


def _way(raw: RawExtract, way: Any, tags: dict[str, str], numbered: dict[int, RawHouse]) -> None:
    nodes = [node for node in way.nodes if node.location.valid()]
    points = [(node.lat, node.lon) for node in nodes]
    if not points:
        return
    highway = tags.get("highway")
    if tags.get("name") and ((highway and highway not in _NO_STREET) or tags.get("place") == "square"):
        for lat, lon in (points[0], points[-1]):
            raw.seen(lat, lon)
        raw.pieces.append(RawPiece(names_of(tags), points, [node.ref for node in nodes], tags.get("postal_code", "")))
        return
    if "addr:interpolation" in tags:
        _interpolation(raw, tags, nodes, numbered)
        return
    lat, lon = _middle(points)
    house = _house(("w", way.id), tags, lat, lon, rank=0 if "building" in tags else 1)
    if house:
        raw.houses.append(house)
    _poi(raw, tags, lat, lon)


def _area(raw: RawExtract, area: Any, tags: dict[str, str]) -> None:
    if area.from_way() and tags.get("boundary") not in ("administrative", "postal_code") and tags.get("place") not in SETTLEMENTS:
        return
    rings = tuple(tuple((node.lat, node.lon) for node in ring if node.location.valid()) for ring in area.outer_rings())
    rings = tuple(ring for ring in rings if len(ring) > 2)
    if not rings:
        return
    lat, lon = _middle(max(rings, key=len))
    if tags.get("boundary") == "administrative" and tags.get("name"):
        level = tags.get("admin_level", "")
        raw.boundaries.append(RawPlace(names_of(tags), "boundary", lat, lon, level=int(level) if level.isdigit() else 0, rings=rings))
    elif tags.get("boundary") == "postal_code" or (tags.get("boundary") and tags.get("postal_code")):
        raw.postcodes.append(RawPlace((tags.get("postal_code") or tags.get("ref") or tags.get("name", ""),), "postcode", lat, lon, rings=rings))
    elif tags.get("place") in SETTLEMENTS and tags.get("name"):
        raw.settlements.append(RawPlace(names_of(tags), tags["place"], lat, lon))
    house = None if area.from_way() else _house(("r", area.orig_id()), tags, lat, lon, rank=0)
    if house:
        raw.houses.append(house)


def _house(ref: tuple[str, int], tags: dict[str, str], lat: float, lon: float, rank: int) -> RawHouse | None:
    """The address of a thing, or None where it has no number; a Taiwanese number may hold lane and alley."""
    street = tags.get("addr:street") or tags.get("addr:place") or tags.get("addr:lane", "")
    number = tags.get("addr:housenumber", "")
    if not number and "addr:full" in tags and has_cjk(tags["addr:full"]):
        read = parse_taiwanese(tags["addr:full"])
        street, number = read.street, read.house
    elif number and has_cjk(street + number):
        street, number = street_and_house(street, number)
    if not number or not house_keys(number):
        return None
    return RawHouse(
        ref,
        street,
        number,
        lat,
        lon,
        postcode=tags.get("addr:postcode") or tags.get("postal_code", ""),
        city=tags.get("addr:city", ""),
        also=tuple(
            tags[key]
            for key in ("addr:suburb", "addr:district", "addr:subdistrict", "addr:hamlet", "addr:quarter", "addr:neighbourhood", "addr:town")
            if key in tags
        ),
        rank=rank + (1 if any(key in tags for key in ("shop", "amenity", "office", "tourism")) else 0),
    )


def _poi(raw: RawExtract, tags: dict[str, str], lat: float, lon: float) -> None:
    name = tags.get("name") or tags.get("addr:housename")
    kind = next((key for key in _POI_KEYS if key in tags), "building" if "addr:housename" in tags else "")
    if not name or not kind:
        return
    names = names_of(tags) + ((tags["addr:housename"],) if "addr:housename" in tags else ())
    raw.pois.append(
        RawPlace(names, kind, lat, lon, street=tags.get("addr:street", ""), house=tags.get("addr:housenumber", ""), postcode=tags.get("addr:postcode", ""))
    )


def _interpolation(raw: RawExtract, tags: dict[str, str], nodes: list[Any], numbered: dict[int, RawHouse]) -> None:
    known = [numbered.get(node.ref) for node in nodes]
    first = next((each for each in known if each), None)
    if first is None or tags["addr:interpolation"] not in ("even", "odd", "all"):
        return
    for each in known:
        if each and not each.street:
            each.street = tags.get("addr:street", first.street)
    raw.interpolations.append(
        RawInterpolation(
            tags.get("addr:street") or first.street,
            first.city or tags.get("addr:city", ""),
            first.postcode or tags.get("addr:postcode", ""),
            [(node.lat, node.lon) for node in nodes],
            [each.house if each else "" for each in known],
            1 if tags["addr:interpolation"] == "all" else 2,
        )
    )


def _join_streets(raw: RawExtract, streets: list[tuple[str, list[tuple[str, int]]]]) -> None:
    """Gives houses without a street the one of their associatedStreet relation."""
    by_ref = {house.ref: house for house in raw.houses if not house.street}
    for name, members in streets:
        for member in members:
            house = by_ref.get(member)
            if house:
                house.street = name


def _middle(points: Any) -> tuple[float, float]:
    """The middle of the box around points."""
    lats, lons = [point[0] for point in points], [point[1] for point in points]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
