"""Reads the plain tables of Solomon, of Gehring & Homberger, and of Li & Lim."""

import re
from pathlib import Path

from app.domain.errors import Malformed
from app.optimiser.benches.instance import SCALES, Client, Fleet, Instance, Rounding, Sort

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")


def read_solomon(text: str, file: Path) -> Instance:
    """A file of Solomon or of Gehring & Homberger in the convention of the DIMACS challenge of 2022. Raises Malformed with the line."""
    rows = _rows(text, file)
    if len(rows) < 3 or len(rows[0]) != 2 or not _numbered(rows[1:], 7):
        raise Malformed("benches.not_understood", file=file.name, what="NUMBER CAPACITY, CUST NO. … SERVICE TIME")
    vehicles, capacity = (int(each) for each in rows[0])
    scale = SCALES[Rounding.TENTHS]
    clients = tuple(
        Client(row=number, demand=int(demand), opens=int(ready * scale), closes=int(due * scale), service=int(service * scale))
        for number, (_, _, _, demand, ready, due, service) in enumerate(rows[2:], 1)
    )
    depot = rows[1]
    return Instance(
        name=file.stem,
        sort=Sort.VRPTW,
        rounding=Rounding.TENTHS,
        size=len(rows) - 1,
        clients=clients,
        fleets=(Fleet(count=vehicles, capacity=capacity, opens=int(depot[4] * scale), closes=int(depot[5] * scale)),),
        divisor=scale,
        places=tuple((row[1], row[2]) for row in rows[1:]),
        family=file.parent.name,
        file=file,
    )


def read_li_lim(text: str, file: Path) -> Instance:
    """A file of Li & Lim: pick-ups and deliveries in pairs; fewer vehicles first, then unrounded distance (as SINTEF lists them).

    Raises Malformed with the line.
    """
    rows = _rows(text, file)
    if len(rows) < 3 or len(rows[0]) != 3 or not _numbered(rows[1:], 9) or not all(0 <= row[7] < len(rows) - 1 for row in rows[1:]):
        raise Malformed("benches.not_understood", file=file.name, what="vehicles capacity speed; task x y demand earliest latest service pickup delivery")
    scale = SCALES[Rounding.UP]
    depot = rows[1]
    return Instance(
        name=file.stem,
        sort=Sort.PDPTW,
        rounding=Rounding.UP,
        size=len(rows) - 1,
        clients=tuple(_half(row, scale) for row in rows[2:]),
        fleets=(Fleet(count=int(rows[0][0]), capacity=int(rows[0][1]), opens=int(depot[4] * scale), closes=int(depot[5] * scale)),),
        divisor=scale,
        hierarchical=True,
        places=tuple((row[1], row[2]) for row in rows[1:]),
        family=file.parent.name,
        file=file,
    )


def _half(row: list[float], scale: int) -> Client:
    number, _, _, demand, ready, due, service, pickup, _ = row
    return Client(
        row=int(number),
        demand=int(demand),
        opens=int(ready * scale),
        closes=int(due * scale),
        service=int(service * scale),
        pickup=int(pickup) or None,
    )


def _numbered(rows: list[list[float]], columns: int) -> bool:
    """Whether each row has so many columns, and the first counts from 0."""
    return all(len(row) == columns and row[0] == number for number, row in enumerate(rows))


def _rows(text: str, file: Path) -> list[list[float]]:
    """The lines that consist of numbers; the first line of all may be a name. Raises Malformed where a line of the tables has anything else."""
    found: list[list[float]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words and all(_NUMBER.match(word) for word in words) and (number > 1 or len(words) == 3):
            found.append([float(word) for word in words])
        elif words and len(found) > 1:
            raise Malformed("benches.line", file=file.name, line=number, value=line.strip())
    return found
