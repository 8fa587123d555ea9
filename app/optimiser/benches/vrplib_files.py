"""Reads VRPLIB files: specifications `NAME: value`, then sections of numbers, in the dialect in which the rich sets are published with PyVRP.

Each set has its convention (PyVRP's documentation, "Benchmarking"): VRPTW, MTVRPTWR and PCVRPTW count tenths cut off, HFVRP and MDVRPTW rounded thousandths,
CVRP and VRPB whole numbers, files with a matrix its own. Amounts of goods and unit costs are taken as they are, clocks and prices scaled as distances are.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from app.domain.errors import Malformed
from app.optimiser.benches.instance import FOREVER, SCALES, Client, Fleet, Instance, Rounding, Sort

ROUNDINGS = {
    Sort.CVRP: Rounding.WHOLE,
    Sort.VRPTW: Rounding.TENTHS,
    Sort.HFVRP: Rounding.THOUSANDTHS,
    Sort.MDVRPTW: Rounding.THOUSANDTHS,
    Sort.MTVRPTWR: Rounding.TENTHS,
    Sort.PCVRPTW: Rounding.TENTHS,
    Sort.VRPB: Rounding.WHOLE,
}
_LISTED_BY = {"FSM": 100_000}
"""By what whole costs are divided to be the listed ones where that is not 1, by words in the name: fleets of any size are listed as their authors do, without
the hundredfold of the unit costs and the thousandfold of the distances."""


@dataclass(slots=True)
class _Page:
    """A file taken apart: specifications, sections as rows of numbers, and the matrix."""

    file: Path
    said: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[list[float]]] = field(default_factory=dict)
    matrix: array[int] = field(default_factory=lambda: array("i"))

    def number(self, name: str, default: float | None = None) -> float:
        """A specification as a number. Raises Malformed where it is needed and missing, or no number."""
        try:
            return _finite(self.said[name]) if name in self.said or default is None else default
        except (KeyError, ValueError) as error:
            raise Malformed("benches.not_understood", file=self.file.name, what=name) from error

    def column(self, name: str, rows: int, default: float) -> list[float]:
        """One number for each of so many rows: a section's, or the specification of that name for all. Raises Malformed where there are fewer."""
        found = [row[1] for row in self.sections.get(name, []) if len(row) > 1] or [self.number(name, default)] * rows
        if len(found) != rows:
            raise Malformed("benches.not_understood", file=self.file.name, what=name)
        return found


def read_vrplib(text: str, file: Path) -> Instance:
    """A VRPLIB file. Raises Malformed with what is missing or of a kind that is not read."""
    page = _page(text, file)
    try:
        sort = Sort(page.said.get("TYPE", ""))
        rounding = Rounding.GIVEN if page.said.get("EDGE_WEIGHT_TYPE") == "EXPLICIT" else ROUNDINGS[sort]
    except (KeyError, ValueError) as error:
        raise Malformed("benches.not_understood", file=file.name, what=f"TYPE {', '.join(ROUNDINGS)}") from error
    size = int(page.number("DIMENSION"))
    depots = _depots(page, size)
    scale = SCALES[rounding]
    clients = _clients(page, size, depots, scale, sort)
    return Instance(
        name=file.stem,
        sort=sort,
        rounding=rounding,
        size=size,
        clients=clients,
        fleets=_fleets(page, size, scale, clients, sort),
        divisor=_divisor(file.stem, sort, rounding),
        places=_places(page, size),
        given=_square(page, size) if rounding is Rounding.GIVEN else None,
        family=file.parent.name,
        file=file,
    )


def _depots(page: _Page, size: int) -> int:
    """How many of the first nodes are depots; all of them must be among the first."""
    named = [int(row[0]) for row in page.sections.get("DEPOT", [[1.0]]) if row[0] > 0]
    if not named or named != list(range(1, len(named) + 1)) or len(named) >= size:
        raise Malformed("benches.not_understood", file=page.file.name, what="DEPOT_SECTION 1, 2, …")
    return len(named)


def _places(page: _Page, size: int) -> tuple[tuple[float, float], ...]:
    rows = page.sections.get("NODE_COORD", [])
    if any(len(row) != 3 for row in rows) or (len(rows) != size and not page.matrix):
        raise Malformed("benches.not_understood", file=page.file.name, what="NODE_COORD_SECTION")
    return tuple((row[1], row[2]) for row in rows)


def _divisor(name: str, sort: Sort, rounding: Rounding) -> int:
    if sort is Sort.HFVRP:
        return next((divisor for word, divisor in _LISTED_BY.items() if word in name), 1)
    return SCALES[rounding] if sort is Sort.VRPTW else 1


def _page(text: str, file: Path) -> _Page:
    """Takes the lines apart. Raises Malformed with the line where one of a section holds anything but numbers."""
    page = _Page(file)
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or words[0] == "EOF":
            continue
        if words[0].endswith("_SECTION"):
            section = words[0].removesuffix("_SECTION")
        elif not section:
            name, _, value = line.partition(":")
            page.said[name.strip()] = value.strip()
        else:
            _take(page, section, words, number)
    return page


def _take(page: _Page, section: str, words: Sequence[str], number: int) -> None:
    try:
        if section == "EDGE_WEIGHT":
            page.matrix.extend(int(word) for word in words)
        else:
            page.sections.setdefault(section, []).append([_finite(word) for word in words])
    except (ValueError, OverflowError) as error:
        raise Malformed("benches.line", file=page.file.name, line=number, value=" ".join(words)[:80]) from error


def _finite(word: str) -> float:
    """Raises ValueError for what is no number, infinite or "nan"."""
    if not isfinite(found := float(word)):
        raise ValueError
    return found


def _square(page: _Page, size: int) -> array[int]:
    """The matrix: whole, or its lower half."""
    form, found = page.said.get("EDGE_WEIGHT_FORMAT"), page.matrix
    if form == "FULL_MATRIX" and len(found) == size * size:
        return found
    if form == "LOWER_ROW" and len(found) == size * (size - 1) // 2:
        return array("i", [_half(found, row, column) for row in range(size) for column in range(size)])
    raise Malformed("benches.not_understood", file=page.file.name, what="EDGE_WEIGHT_FORMAT FULL_MATRIX, LOWER_ROW")


def _half(half: array[int], row: int, column: int) -> int:
    if row == column:
        return 0
    more, less = max(row, column), min(row, column)
    return half[more * (more - 1) // 2 + less]


def _clients(page: _Page, size: int, depots: int, scale: int, sort: Sort) -> tuple[Client, ...]:
    demand, backhaul = page.column("DEMAND", size, 0), page.column("BACKHAUL", size, 0)
    service, release, prize = (page.column(name, size, 0) for name in ("SERVICE_TIME", "RELEASE_TIME", "PRIZE"))
    windows = _windows(page, size, scale)
    return tuple(
        Client(
            row=row,
            demand=int(demand[row]),
            backhaul=int(backhaul[row]) if sort is Sort.VRPB else 0,
            opens=windows[row][0],
            closes=windows[row][1],
            service=int(service[row] * scale),
            release=int(release[row] * scale),
            prize=int(prize[row] * scale),
        )
        for row in range(depots, size)
    )


def _windows(page: _Page, size: int, scale: int) -> list[tuple[int, int]]:
    rows = page.sections.get("TIME_WINDOW")
    if rows is None:
        return [(0, FOREVER)] * size
    if len(rows) != size or any(len(row) != 3 for row in rows):
        raise Malformed("benches.not_understood", file=page.file.name, what="TIME_WINDOW_SECTION")
    return [(int(opens * scale), int(closes * scale)) for _, opens, closes in rows]


def _fleets(page: _Page, size: int, scale: int, clients: Sequence[Client], sort: Sort) -> tuple[Fleet, ...]:
    """Equal vehicles together, in the order of the file. Where vehicles are free to be had, no more than can be of use."""
    count = int(page.number("VEHICLES", 0)) or len(clients)
    windows = _windows(page, size, scale)
    capacity = page.column("CAPACITY", count, 0)
    depot = [int(each) - 1 for each in page.column("VEHICLES_DEPOT", count, 1)]
    if not all(0 <= at < size - len(clients) for at in depot):
        raise Malformed("benches.not_understood", file=page.file.name, what="VEHICLES_DEPOT_SECTION")
    longest = page.column("VEHICLES_MAX_DURATION", count, -1)
    fixed, unit = page.column("VEHICLES_FIXED_COST", count, 0), page.column("VEHICLES_UNIT_DISTANCE_COST", count, 1)
    reloads = "VEHICLES_RELOAD_DEPOT" in page.sections
    kinds = Counter(zip(capacity, depot, longest, fixed, unit, strict=True))
    return tuple(
        Fleet(
            count=min(number, _useful(clients, int(room), sort)),
            capacity=int(room),
            depot=at,
            opens=windows[at][0],
            closes=windows[at][1],
            longest=int(most * scale) if most >= 0 else None,
            reloads=reloads,
            fixed=int(price * scale),
            unit=int(each),
        )
        for (room, at, most, price, each), number in kinds.items()
    )


def _useful(clients: Sequence[Client], capacity: int, sort: Sort) -> int:
    """How many equal vehicles can be of use: without windows, of any two one would do unless their loads are more than it holds, so that all routes of a
    best plan are more than half full on average. With backhauls that is no proof (the ways of two routes need not join well) but room enough."""
    if sort not in (Sort.HFVRP, Sort.CVRP, Sort.VRPB):
        return len(clients)
    most = max(sum(client.demand for client in clients), sum(client.backhaul for client in clients))
    return 2 * most // max(1, capacity) + 1
