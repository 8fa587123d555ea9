"""Roads, addresses and base maps of an area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.address import Address, Location
from app.domain.geo import Box, Place
from app.domain.roads import Closure, Profile, Shape, Snap, TravelTable

Report = Callable[[float, str], None]
"""Takes the share done (0…1) and the key of the sentence for the step under way; raises `Cancelled` to stop the work."""


def silent(_share: float, _step: str) -> None:
    """A report that nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaInfo:
    """An area that is ready for use. `bounds` is where its data lie."""

    name: str
    title: str
    bounds: Box
    source: str
    """Path of the extract that it was built from."""
    nodes: int
    addresses: int
    stale: bool = False
    """The extract has changed since."""


class Travel(Protocol):
    """Travel between places of an area; every answer names its source."""

    def table(
        self,
        places: Sequence[Place],
        profile: Profile,
        *,
        origin: datetime,
        zone: str,
        closures: Sequence[Closure] = (),
        report: Report = silent,
        bands: frozenset[str] = frozenset(),
        fresh: bool = False,
    ) -> TravelTable:
        """The table of a planning day (`origin`: its midnight, aware UTC) for these places in this order.

        `bands` narrows it to bands of `DAY_BANDS` by name; empty: all that make a difference to the profile. `fresh`: worked out anew,
        not taken from what is kept.

        A place that no road reaches has UNREACHABLE everywhere but to itself; the others are answered all the same.
        """
        ...

    def shape(self, places: Sequence[Place], profile: Profile, *, closures: Sequence[Closure] = (), when: datetime | None = None, zone: str = "UTC") -> Shape:
        """The line through these places, in this order; where no road leads, a straight leg."""
        ...

    def snaps(self, places: Sequence[Place], profile: Profile) -> tuple[Snap, ...]:
        """Where each place meets the roads."""
        ...

    def stretch(self, place: Place, profile: Profile) -> tuple[Place, ...]:
        """The line of the nearest road between its two junctions; empty where none is near."""
        ...


class Geocoder(Protocol):
    """Finds addresses without a network."""

    def locate(self, addresses: Sequence[Address]) -> tuple[Location, ...]:
        """A location for each address, in this order; never raises for an address it does not find."""
        ...

    def suggest(self, text: str, limit: int = 8) -> tuple[Location, ...]:
        """What a half-typed address may mean, best first."""
        ...

    def label(self, place: Place) -> str:
        """The nearest address or street in words; empty where nothing is near."""
        ...

    def street(self, place: Place) -> tuple[str, tuple[tuple[Place, ...], ...]]:
        """The name of the nearest street and all its lines; empty where none is near."""
        ...

    @property
    def bounds(self) -> Box:
        """Where the area's data lie."""
        ...


class Areas(Protocol):
    """The areas of the user's data folder."""

    def known(self) -> tuple[AreaInfo, ...]:
        """All areas that are ready."""
        ...

    def build(self, extract: str, *, name: str = "", report: Report = silent) -> AreaInfo:
        """Makes an area of an `.osm.pbf` file; nothing is kept of a cancelled or failed build.

        Raises Malformed for a file that is no extract or is cut off, Cancelled where `report` raised it.
        """
        ...

    def open(self, name_or_path: str, *, report: Report = silent) -> AreaInfo:
        """The area of that name, or of that `.osm.pbf` (built, or built anew where the file has changed). Raises NotFound."""
        ...

    def remove(self, name: str) -> None:
        """Deletes an area; its extract stays. Raises NotFound."""
        ...

    def travel(self, name: str) -> Travel:
        """The roads of an area."""
        ...

    def geocoder(self, name: str) -> Geocoder:
        """The addresses of an area."""
        ...

    def tiles(self, name: str) -> "Tiles":
        """The base map of an area."""
        ...


class Tiles(Protocol):
    """Vector tiles of an area's base map (Mapbox Vector Tile 2.1 bodies, gzip-free)."""

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The tile of that address in the XYZ scheme, or None where there is none."""
        ...

    @property
    def max_zoom(self) -> int:
        """The deepest zoom that is stored; deeper ones are drawn from it."""
        ...
