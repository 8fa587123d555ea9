"""One instance of the literature as plain values, whatever file it came from, and its travel as whole numbers.

Rows are places: depots first, then clients, in the order of the file; a client's number is its row, as the solution files of the literature count
(Solomon and Li & Lim number so themselves, in a VRPLIB file client k is node k + 1). Amounts and clock readings are whole numbers of the
instance's own units: the file's, multiplied by the `scale` of its convention.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np

NO_ROAD = -1
"""Stands in a table for a leg that may not be driven."""
FOREVER = 1 << 34
"""A clock reading that no instance reaches, and every engine takes."""


LOADS = 0
"""Stands in a route where the vehicle comes back to its depot to load again."""


class Sort(StrEnum):
    """Kinds of problem, by the literature's names."""

    CVRP = "CVRP"
    VRPTW = "VRPTW"
    PDPTW = "PDPTW"
    HFVRP = "HFVRP"
    MDVRPTW = "MDVRPTW"
    MTVRPTWR = "MTVRPTWR"
    PCVRPTW = "PCVRPTW"
    VRPB = "VRPB"


class Rounding(StrEnum):
    """How a set makes whole numbers of straight lines."""

    TENTHS = "tenths"
    """Cut off after one decimal: the convention of the DIMACS challenge of 2022 (and PyVRP's "dimacs")."""
    THOUSANDTHS = "thousandths"
    """Rounded to three decimals (PyVRP's "exact")."""
    WHOLE = "whole"
    """Rounded to whole numbers: TSPLIB's EUC_2D."""
    UP = "up"
    """Thousandths, rounded up: whoever keeps the windows so keeps them in unrounded numbers too."""
    GIVEN = "given"
    """The file's own matrix."""


SCALES = {Rounding.TENTHS: 10, Rounding.THOUSANDTHS: 1_000, Rounding.UP: 1_000, Rounding.WHOLE: 1, Rounding.GIVEN: 1}
"""Of the file's numbers, by rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who is served. `opens` and `closes`: when service may begin. `demand` is brought from the depot (negative in a pair: handed over), `backhaul`
    taken to it. `release`: no vehicle that brings it leaves the depot earlier. `prize`: what leaving it out costs; 0: it may not be left out.
    `pickup`: the client whose goods it gets, in the same route, later."""

    row: int
    demand: int = 0
    backhaul: int = 0
    opens: int = 0
    closes: int = FOREVER
    service: int = 0
    release: int = 0
    prize: int = 0
    pickup: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Equal vehicles. They leave `depot` at `opens` or later and are back there by `closes`, at most `longest` after leaving; `reloads`: come back to
    load again as often as they like. A vehicle that is used costs `fixed`, and `unit` for each unit of distance."""

    count: int
    capacity: int
    depot: int = 0
    opens: int = 0
    closes: int = FOREVER
    longest: int | None = None
    reloads: bool = False
    fixed: int = 0
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Route:
    """What one vehicle of a fleet (by its index) does: client numbers in driving order, `LOADS` between trips."""

    fleet: int
    stops: tuple[int, ...]


Plan = tuple[Route, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """An instance. `divisor`: by what its whole costs are divided to be what the literature lists. `hierarchical`: fewer vehicles come before
    distance, which is then counted unrounded."""

    name: str
    sort: Sort
    rounding: Rounding
    size: int
    """Rows: depots and clients."""
    clients: tuple[Client, ...]
    fleets: tuple[Fleet, ...]
    divisor: int = 1
    hierarchical: bool = False
    places: tuple[tuple[float, float], ...] = field(default=(), repr=False)
    given: array[int] | None = field(default=None, repr=False, compare=False)
    """The file's own matrix, row by row."""
    family: str = ""
    file: Path = Path()

    @property
    def depots(self) -> int:
        """How many rows are depots."""
        return self.size - len(self.clients)

    @property
    def vehicles(self) -> int:
        """How many there are."""
        return sum(fleet.count for fleet in self.fleets)

    def leg(self, origin: int, target: int) -> int:
        """From row to row in whole units, worked out by itself: what the checker trusts."""
        if self.given is not None:
            return self.given[origin * self.size + target]
        line = self.line(origin, target)
        if self.rounding is Rounding.TENTHS:
            return int(10 * line)
        if self.rounding is Rounding.UP:
            return math.ceil(1_000 * line)
        return round(SCALES[self.rounding] * line)

    def line(self, origin: int, target: int) -> float:
        """The straight line in the file's units, unrounded."""
        (x, y), (to_x, to_y) = self.places[origin], self.places[target]
        return math.sqrt((x - to_x) ** 2 + (y - to_y) ** 2)

    def longest_leg(self, table: array[int]) -> int:
        """The longest leg that may be driven."""
        return max(1, max(table, default=1))

    def table(self) -> array[int]:
        """All legs row by row; where a backhaul may not follow, `NO_ROAD`. Made row by row, so that no larger table ever stands beside it."""
        found = array("i", self.given) if self.given is not None else self._lines()
        if self.sort is Sort.VRPB:
            self._close(found)
        return found

    def _lines(self) -> array[int]:
        x, y = np.array([at[0] for at in self.places]), np.array([at[1] for at in self.places])
        found = array("i")
        for row in range(self.size):
            line = np.sqrt((x - x[row]) ** 2 + (y - y[row]) ** 2) * SCALES[self.rounding]
            whole = np.ceil(line) if self.rounding is Rounding.UP else line if self.rounding is Rounding.TENTHS else np.rint(line)
            found.frombytes(whole.astype(np.int32).tobytes())
        return found

    def _close(self, table: array[int]) -> None:
        """Backhauls come after linehauls, and no vehicle leaves for backhauls alone: the legs that would are taken out."""
        behind = [client.row for client in self.clients if client.backhaul]
        for origin in (*range(self.depots), *(client.row for client in self.clients if not client.backhaul)):
            for row in behind:
                if origin < self.depots:
                    table[origin * self.size + row] = NO_ROAD
                else:
                    table[row * self.size + origin] = NO_ROAD
