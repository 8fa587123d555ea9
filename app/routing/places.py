"""The offline gazetteer of an area: builds its address index from an extract, and opens it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import osmium

from app.routing.places_find import LocalGeocoder
from app.routing.places_read import RawExtract, RawHouse, RawPlace, read_extract
from app.routing.places_streets import Street, attach, build_streets
from app.routing.places_towns import TownOf, Towns, keys_of
from app.routing.places_write import write_index
from app.services.ports.travel import Report

_BOX_SHARE = 0.998
"""The share of all streets and houses that the bounds must hold, where the extract's header names none: relations drag in single far things."""


_LIKE_SIZE = 3.0
"""A header's box may be this many times as wide as the data; some tools write the whole hemisphere."""


def build_places(extract: Path, folder: Path, report: Report) -> int:
    """Writes the address index of an extract into `folder`; the number of house addresses. Raises RuntimeError for a broken file."""
    raw = read_extract(extract, lambda share, step: report(share * 0.5, step))
    report(0.5, "areas.sorting_streets")
    towns = Towns(raw.boundaries, raw.settlements)
    streets = build_streets(raw.pieces, towns)
    report(0.6, "areas.sorting_streets")
    _given_postcodes(raw)
    attach([house for house in raw.houses if house.street], streets, towns)
    report(0.7, "areas.sorting_streets")
    for street in streets:
        _settle(street)
    homes = _house_towns(streets, raw, towns)
    return write_index(folder, raw, streets, homes, _box(extract, raw), lambda share, step: report(0.7 + share * 0.3, step))


def open_geocoder(folder: Path) -> LocalGeocoder:
    """The gazetteer of an area that `build_places` wrote."""
    return LocalGeocoder(folder)


def _given_postcodes(raw: RawExtract) -> None:
    """Postcodes of houses without one, from boundaries of postcodes."""
    for area in raw.postcodes:
        inside = Towns([_leveled(area)], ())
        houses = [house for house in raw.houses if not house.postcode]
        for house, town in zip(houses, inside.of([each.lat for each in houses], [each.lon for each in houses]), strict=True):
            if town.own:
                house.postcode = area.names[0]


def _leveled(area: RawPlace) -> RawPlace:
    return RawPlace(area.names, area.kind, area.lat, area.lon, level=8, rings=area.rings)


def _settle(street: Street) -> None:
    """What the houses say of their street: its cities and postcodes."""
    street.cities = Counter(house.city for house in street.houses if house.city)
    street.postcodes |= {house.postcode for house in street.houses if house.postcode}
    if street.cities:
        label = street.cities.most_common(1)[0][0]
        town = street.town
        street.town = replace(town, own=town.own | keys_of(street.cities), label=label)


def _house_towns(streets: Sequence[Street], raw: RawExtract, towns: Towns) -> dict[tuple[str, int], TownOf]:
    """The town of each house: what its tags say and the boundaries around it; without either, what its street's other houses say."""
    houses = [house for street in streets for house in street.houses]
    found = dict(zip((house.ref for house in houses), towns.of([each.lat for each in houses], [each.lon for each in houses]), strict=True))
    for street in streets:
        for house in street.houses:
            found[house.ref] = _house_town(house, found[house.ref], street)
    return found


def _house_town(house: RawHouse, town: TownOf, street: Street) -> TownOf:
    own = town.own | keys_of((house.city, *house.also))
    near = town.near
    label = house.city or town.label
    if not own and street.cities:
        near |= keys_of(street.cities)
        label = label or street.town.label
    return replace(town, own=own, near=near, label=label, suburb=house.also[0] if house.also else town.suburb)


def _box(extract: Path, raw: RawExtract) -> tuple[float, float, float, float]:
    """South, west, north, east of the data: around nearly all streets and houses, widened to the header's box where that is of a like size."""
    points = [piece.points[len(piece.points) // 2] for piece in raw.pieces] + [(house.lat, house.lon) for house in raw.houses]
    header = _header_box(extract)
    if not points:
        return header or ((raw.south, raw.west, raw.north, raw.east) if raw.south <= raw.north else (0.0, 0.0, 0.0, 0.0))
    cut = int(len(points) * (1 - _BOX_SHARE) / 2)
    lats, lons = sorted(point[0] for point in points), sorted(point[1] for point in points)
    south, west, north, east = lats[cut], lons[cut], lats[-1 - cut], lons[-1 - cut]
    if header and header[2] - header[0] <= _LIKE_SIZE * (north - south) and header[3] - header[1] <= _LIKE_SIZE * (east - west):
        return min(south, header[0]), min(west, header[1]), max(north, header[2]), max(east, header[3])
    return south, west, north, east


def _header_box(extract: Path) -> tuple[float, float, float, float] | None:
    with osmium.io.Reader(str(extract)) as reader:
        box = reader.header().box()
    return (box.bottom_left.lat, box.bottom_left.lon, box.top_right.lat, box.top_right.lon) if box.valid() else None
