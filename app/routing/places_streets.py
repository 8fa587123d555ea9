"""Named ways become streets, houses find their street: two streets of one name in different towns stay two."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.domain.street_words import all_street_keys, street_key
from app.routing.places_read import RawHouse, RawPiece
from app.routing.places_towns import Floats, TownOf, Towns, distances_m

_CELL_DEG = 0.002
"""Pieces of one name with points in the same or a neighbouring cell of this size (some 220 m) are one street."""
_LOOSE_CELL_DEG = 0.006
ATTACH_M = 1_500.0
"""A house farther from every street of its name has a street of its own."""
_M_PER_DEG = 111_195.0


@dataclass(slots=True)
class Street:
    """A connected street. `lines` are its pieces as arrays of (lat, lon)."""

    names: tuple[str, ...]
    lines: list[Floats] = field(default_factory=list)
    town: TownOf = field(default_factory=TownOf)
    postcodes: set[str] = field(default_factory=set)
    houses: list[RawHouse] = field(default_factory=list)
    cities: Counter[str] = field(default_factory=Counter)

    @property
    def keys(self) -> frozenset[str]:
        """Every key under which it may be asked for."""
        return all_street_keys(self.names)

    def distance_m(self, lat: float, lon: float) -> float:
        """How far a point is from the street's line."""
        return min((line_distance_m(line, lat, lon)[0] for line in self.lines), default=float("inf"))

    def middle(self) -> tuple[float, float]:
        """A point on the street: halfway along its longest piece, else the middle of its houses."""
        if not self.lines:
            return float(np.median([house.lat for house in self.houses])), float(np.median([house.lon for house in self.houses]))
        return halfway(max(self.lines, key=line_length_m))


def line_length_m(line: Floats) -> float:
    """Length of a line in metres."""
    scale = np.cos(np.radians(line[0, 0]))
    return float(np.hypot(np.diff(line[:, 0]), np.diff(line[:, 1]) * scale).sum() * _M_PER_DEG)


def halfway(line: Floats) -> tuple[float, float]:
    """The point halfway along a line."""
    if len(line) == 1:
        return float(line[0, 0]), float(line[0, 1])
    steps = np.hypot(np.diff(line[:, 0]), np.diff(line[:, 1]) * np.cos(np.radians(line[0, 0])))
    along = np.concatenate(([0.0], np.cumsum(steps)))
    half = along[-1] / 2
    return float(np.interp(half, along, line[:, 0])), float(np.interp(half, along, line[:, 1]))


def line_distance_m(line: Floats, lat: float, lon: float) -> tuple[float, float, float]:
    """Distance in metres from a point to a line, and the nearest point on it."""
    scale = float(np.cos(np.radians(lat)))
    y, x = (line[:, 0] - lat) * _M_PER_DEG, (line[:, 1] - lon) * _M_PER_DEG * scale
    if len(line) == 1:
        return float(np.hypot(x[0], y[0])), float(line[0, 0]), float(line[0, 1])
    dx, dy = np.diff(x), np.diff(y)
    square = np.maximum(dx * dx + dy * dy, 1e-9)
    share = np.clip(-(x[:-1] * dx + y[:-1] * dy) / square, 0, 1)
    foot_x, foot_y = x[:-1] + share * dx, y[:-1] + share * dy
    distances = np.hypot(foot_x, foot_y)
    at = int(distances.argmin())
    return float(distances[at]), lat + float(foot_y[at]) / _M_PER_DEG, lon + float(foot_x[at]) / (_M_PER_DEG * scale)


class _Sets:
    """Union-find over anything hashable."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, item: Hashable) -> Hashable:
        parent = self._parent.setdefault(item, item)
        while parent != item:
            grand = self._parent.setdefault(parent, parent)
            self._parent[item] = grand
            item, parent = parent, grand
        return item

    def join(self, a: Hashable, b: Hashable) -> None:
        self._parent[self.root(a)] = self.root(b)


def _cells(points: Iterable[tuple[float, float]], size: float) -> set[tuple[int, int]]:
    return {(int(lat // size), int(lon // size)) for lat, lon in points}


def clusters(groups: Sequence[tuple[Hashable, Iterable[tuple[float, float]], Iterable[int]]], size: float) -> list[int]:
    """Numbers equal for items of one group that share a node or have points in the same or neighbouring cells of `size` degrees."""
    sets = _Sets()
    for index, (group, points, nodes) in enumerate(groups):
        for node in nodes:
            sets.join(("item", index), ("node", group, node))
        for row, column in _cells(points, size):
            for down in (0, 1):
                for right in (0, 1):
                    # A point touches the four overlapping cells of double size that hold it, so that neighbours meet.
                    sets.join(("item", index), ("cell", group, row + down, column + right))
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(sets.root(("item", index)), len(numbers)) for index in range(len(groups))]


def build_streets(pieces: Sequence[RawPiece], towns: Towns) -> list[Street]:
    """The streets of named ways."""
    lines = [np.asarray(piece.points, dtype=np.float64) for piece in pieces]
    middles = [halfway(line) for line in lines]
    found = towns.of([lat for lat, _ in middles], [lon for _, lon in middles])
    numbers = clusters([((street_key(piece.names[0]), town.group), piece.points, piece.nodes) for piece, town in zip(pieces, found, strict=True)], _CELL_DEG)
    streets: dict[int, Street] = {}
    for piece, line, town, number in zip(pieces, lines, found, numbers, strict=True):
        street = streets.setdefault(number, Street((), town=town))
        street.names = tuple(dict.fromkeys((*street.names, *piece.names)))
        street.lines.append(line)
        if piece.postcode:
            street.postcodes.add(piece.postcode)
    return list(streets.values())


def attach(houses: Sequence[RawHouse], streets: list[Street], towns: Towns) -> None:
    """Gives each house that names a street to the nearest street of that name, or to a new one; `streets` grows."""
    by_key: dict[str, list[Street]] = defaultdict(list)
    for street in streets:
        for key in street.keys:
            by_key[key].append(street)
    keys = {name: tuple(dict.fromkeys(all_street_keys([name]))) for name in {house.street for house in houses}}
    homeless = []
    for house in houses:
        options = {id(street): street for key in keys[house.street] for street in by_key.get(key, ())}
        measured = [(street.distance_m(house.lat, house.lon), at, street) for at, street in enumerate(options.values())]
        near = min(measured, default=None)
        if near and near[0] <= ATTACH_M:
            near[2].houses.append(house)
        elif house.street:
            homeless.append(house)
    streets += _of_houses(homeless, towns)


def _of_houses(houses: Sequence[RawHouse], towns: Towns) -> list[Street]:
    """Streets that only house numbers know."""
    numbers = clusters([(street_key(house.street), [(house.lat, house.lon)], ()) for house in houses], _LOOSE_CELL_DEG)
    streets: dict[int, Street] = {}
    for house, number in zip(houses, numbers, strict=True):
        street = streets.setdefault(number, Street(()))
        street.names = tuple(dict.fromkeys((*street.names, house.street)))
        street.houses.append(house)
    result = list(streets.values())
    middles = [street.middle() for street in result]
    for street, town in zip(result, towns.of([lat for lat, _ in middles], [lon for _, lon in middles]), strict=True):
        street.town = town
    return result


def merge_same(houses: Sequence[RawHouse], within_m: float) -> list[list[RawHouse]]:
    """Houses of one number of one street, grouped by place: those within `within_m` of a group's first (best) one are it."""
    groups: list[list[RawHouse]] = []
    for house in sorted(houses, key=lambda each: (each.rank, each.ref)):
        for group in groups:
            first = group[0]
            if distances_m(first.lat, first.lon, np.asarray([house.lat]), np.asarray([house.lon]))[0] <= within_m:
                group.append(house)
                break
        else:
            groups.append([house])
    return groups
