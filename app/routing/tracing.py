"""The drawn line of a way: pieces of edges joined from one place to the next."""

from collections.abc import Iterable, Sequence

import numpy as np

from app.domain.geo import Place
from app.routing.network import Network

Piece = tuple[int, float, float]
"""A directed edge, and the shares of it from and to which it is driven."""


def leg_line(network: Network, pieces: Sequence[Piece], start: Place, end: Place) -> tuple[Place, ...]:
    """The points from one place over its road to the next place; doubled points are left out."""
    line = [start]
    for piece in pieces:
        line.extend(_points(network, piece))
    line.append(end)
    return tuple(place for nth, place in enumerate(line) if nth == 0 or place != line[nth - 1])


def _points(network: Network, piece: Piece) -> Iterable[Place]:
    edge, begin, end = piece
    geo = int(network.edge_geo[edge])
    line = slice(int(network.geo_start[geo]), int(network.geo_start[geo + 1]))
    lat, lon = network.geo_lat[line], network.geo_lon[line]
    if network.edge_flip[edge]:
        lat, lon = lat[::-1], lon[::-1]
    steps = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[0])))
    along = np.concatenate(([0.0], np.cumsum(steps)))
    share = along / max(1e-12, float(along[-1]))
    inner = (share > begin) & (share < end)
    at = np.concatenate(([begin], share[inner], [end]))
    return [Place(round(float(y), 7), round(float(x), 7)) for y, x in zip(np.interp(at, share, lat), np.interp(at, share, lon), strict=True)]
