"""The road graph of one mode: directed edges between junctions, and the turns between them, in numpy arrays.

The graph is edge-expanded: what a path visits are directed edges, and an arc is a turn from one edge to the next. So turn restrictions and the cost
of turning are properties of arcs, and any shortest-path engine honours them without knowing. Distances here are metres on a local plane.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.domain.geo import EARTH_RADIUS_M

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Network:
    """One mode's graph. Profiles are columns in the order of `MODE_PROFILES[mode]`.

    An edge runs along the geometry `edge_geo` (points `geo_start[g]` … `geo_start[g + 1]`), backwards where `edge_flip`. Copies of edges that only
    a via-way restriction needs lie at the end, from `originals` on.
    """

    geo_start: Ints
    geo_lat: Floats
    geo_lon: Floats
    edge_geo: Ints
    edge_flip: Flags
    edge_tail: Ints
    edge_head: Ints
    edge_meters: Floats
    edge_class: NDArray[np.uint8]
    edge_wide: Flags
    """A road of four lanes or more that is not crossed on foot or by a turning van between junctions."""
    edge_tunnel: Flags
    edge_wait: Ints
    """Milliseconds at signals, signs and gates along the edge, its end not counted."""
    edge_speed: NDArray[np.float32]
    """km/h, [edge, profile]; 0: not allowed."""
    edge_restricted: Flags
    """For access only, [edge, profile]."""
    edge_way: NDArray[np.int64]
    edge_source: Ints
    """The edge itself, or the edge that a copy stands for."""
    arc_from: Ints
    arc_to: Ints
    arc_turn: Ints
    """Milliseconds for the turn, before a profile's factor."""
    arc_mask: NDArray[np.uint8]
    """Bit p: profile p may turn so."""
    edge_zone: Ints
    """[edge, profile]: 0 the connected public roads, n > 0 an access-only zone, -1 not connected or not allowed."""
    order: NDArray[np.uint32]
    """The contraction order over edges."""

    @property
    def edges(self) -> int:
        """Number of directed edges, copies included."""
        return len(self.edge_geo)

    @property
    def originals(self) -> int:
        """Number of directed edges without copies."""
        return int(np.searchsorted(self.edge_source != np.arange(self.edges), True))

    def save(self, folder: Path) -> None:
        """Writes every array as a `.npy` of its name."""
        folder.mkdir(parents=True, exist_ok=True)
        for each in fields(self):
            np.save(folder / f"{each.name}.npy", getattr(self, each.name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Network":
        """Reads what `save` wrote. Raises OSError or ValueError where a file is missing or damaged."""
        return cls(*(np.load(folder / f"{each.name}.npy", allow_pickle=False) for each in fields(cls)))


def haversine(lat_a: Floats, lon_a: Floats, lat_b: Floats, lon_b: Floats) -> Floats:
    """Great-circle metres, element by element (formula and source: `domain.geo.distance_m`)."""
    lat_a, lat_b, lon = np.radians(lat_a), np.radians(lat_b), np.radians(lon_b - lon_a)
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(lon / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(half))))
