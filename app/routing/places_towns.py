"""Which town a point lies in: by boundaries where the extract has them, else by the nearest settlement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.street_words import name_key
from app.routing.places_read import RawPlace

Floats = NDArray[np.float64]
REACH_M = {
    "city": 12_000, "town": 5_000, "municipality": 5_000, "borough": 3_000, "village": 2_500, "suburb": 1_800, "quarter": 1_200,
    "hamlet": 1_000, "neighbourhood": 900, "locality": 700, "isolated_dwelling": 300, "boundary": 5_000,
}  # fmt: skip
"""How far a settlement's name is used around its point, by kind, in metres."""
_WHOLE_TOWNS = ("city", "town", "municipality", "village", "hamlet")
_PARTS = ("borough", "suburb", "quarter", "neighbourhood", "locality")
_TOWN_LEVELS = (8, 7, 6, 5, 4)
"""Admin levels that name a town, the likeliest first (8 in most of Europe and the United States, 6 for German city districts, 4 and 7 in Taiwan)."""
_M_PER_DEG = 111_195.0


@dataclass(frozen=True, slots=True)
class TownOf:
    """The town names of a point. `own` are keys that are sure (tags, boundaries), `near` those of the nearest settlement, which count only
    where nothing is sure, `parts` those of the quarter; `label` is for people."""

    own: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    label: str = ""
    suburb: str = ""
    group: int = -1
    """Identity of the boundary that tells streets of one name apart; -1: none."""


class Towns:
    """Looks up the town of many points at once."""

    def __init__(self, boundaries: Sequence[RawPlace], settlements: Sequence[RawPlace]) -> None:
        self._boundaries = [place for place in boundaries if place.level >= 3]
        self._wholes = [place for place in settlements if place.kind in _WHOLE_TOWNS]
        self._parts = [place for place in settlements if place.kind in _PARTS]

    def of(self, lats: Sequence[float], lons: Sequence[float]) -> list[TownOf]:
        """The town of each point."""
        lat, lon = np.asarray(lats, dtype=np.float64), np.asarray(lons, dtype=np.float64)
        inside = [_inside(place, lat, lon) for place in self._boundaries]
        whole, part = _nearest(self._wholes, lat, lon), _nearest(self._parts, lat, lon)
        return [self._one(at, inside, int(whole[at]), int(part[at])) for at in range(len(lat))]

    def _one(self, at: int, inside: Sequence[NDArray[np.bool_]], whole: int, part: int) -> TownOf:
        around = [place for place, mask in zip(self._boundaries, inside, strict=True) if mask[at]]
        town = next((place for level in _TOWN_LEVELS for place in around if place.level == level), None)
        suburb = self._parts[part] if part >= 0 else next((place for place in around if place.level > 8), None)
        nearest = self._wholes[whole] if whole >= 0 else None
        named = town or nearest
        return TownOf(
            own=keys_of(name for place in around for name in place.names),
            near=keys_of(nearest.names if nearest else ()),
            parts=keys_of(suburb.names if suburb else ()),
            label=named.names[0] if named else "",
            suburb=suburb.names[0] if suburb else "",
            group=self._boundaries.index(town) if town else -1,
        )


def keys_of(names: Iterable[str]) -> frozenset[str]:
    """The keys of names; Chinese ones also without their 市, 縣, 區."""
    keys = {name_key(name) for name in names}
    keys |= {key[:-1] for key in keys if len(key) > 2 and key[-1] in "市縣區鄉鎮"}
    return frozenset(key for key in keys if key)


def distances_m(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    """Distances from a point in metres on a local plane (good to 0.1 % within an area)."""
    scale = np.cos(np.radians(lat))
    result: Floats = np.hypot((lats - lat) * _M_PER_DEG, (lons - lon) * _M_PER_DEG * scale)
    return result


def _inside(place: RawPlace, lat: Floats, lon: Floats) -> NDArray[np.bool_]:
    """Which points lie inside the outer rings (even-odd rule)."""
    result = np.zeros(len(lat), dtype=np.bool_)
    for ring in place.rings:
        points = np.asarray(ring)
        within = (lat >= points[:, 0].min()) & (lat <= points[:, 0].max()) & (lon >= points[:, 1].min()) & (lon <= points[:, 1].max())
        chosen = np.nonzero(within)[0]
        if len(chosen):
            result[chosen] ^= _crossings(points, lat[chosen], lon[chosen])
    return result


def _crossings(ring: Floats, lat: Floats, lon: Floats) -> NDArray[np.bool_]:
    odd = np.zeros(len(lat), dtype=np.bool_)
    for (lat_a, lon_a), (lat_b, lon_b) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if lat_a == lat_b:
            continue
        spans = (lat_a > lat) != (lat_b > lat)
        odd ^= spans & (lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a)
    return odd


def _nearest(places: Sequence[RawPlace], lat: Floats, lon: Floats) -> NDArray[np.int64]:
    """The settlement whose distance over its reach is least and below 1; -1: none."""
    best, share = np.full(len(lat), -1, dtype=np.int64), np.ones(len(lat))
    for index, place in enumerate(places):
        ratio = distances_m(place.lat, place.lon, lat, lon) / REACH_M[place.kind]
        closer = ratio < share
        best[closer], share[closer] = index, ratio[closer]
    return best
