"""A problem on its way between two processes of this program: the JSON of `problem_json` as one line, the numbers of its matrices as bytes behind it.

As text, tables of a thousand places take a second to write and half a second to read; as bytes, a tenth of that. In the line an empty text stands for
a matrix; behind it come durations, then distances of each table, band by band, row by row, as int32, little-endian. A line that brings its matrices along, as
`problem_to_json` writes it, is read as well.
"""

import sys
from array import array
from collections.abc import Sequence
from typing import IO

from app.domain.errors import Malformed
from app.services.plain import load
from app.services.problem import Problem
from app.services.problem_json import checked_cells, little_endian, problem_from_json, problem_to_json, unpack

Parcel = list[bytes | memoryview]
"""Pieces to be written one after the other."""


def parcel(problem: Problem) -> Parcel:
    """The problem's pieces; the matrices' own memory where it is as the wire wants it. Raises OverflowError for a number beyond 32 bits in a matrix."""
    line = problem_to_json(problem, packing=lambda _: "")
    matrices = [cells for table in problem.travel.values() for cells in (*table.durations, *table.distances)]
    return [line.encode() + b"\n", *map(_bytes, matrices)]


def _bytes(numbers: Sequence[int]) -> memoryview:
    if sys.byteorder == "little" and isinstance(numbers, array) and numbers.typecode == "i":
        return memoryview(numbers).cast("B")
    return memoryview(little_endian(array("i", numbers))).cast("B")


def received(stream: IO[bytes]) -> Problem:
    """Reads a problem and not a byte more; all of the stream where its first line is no whole JSON. Raises Malformed with the path of what is wrong."""
    text = _text(stream.readline())
    try:
        load(text)
    except Malformed:
        text += _text(stream.read())

    def cells(packed: str, count: int, where: str) -> Sequence[int]:
        return unpack(packed, count, where) if packed else _cells(stream, count, where)

    return problem_from_json(text, unpacking=cells)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as wrong:
        raise Malformed("plain.no_json", why=str(wrong)) from wrong


def _cells(stream: IO[bytes], count: int, where: str) -> "array[int]":
    raw = stream.read(4 * count)
    if len(raw) < 4 * count:
        raise Malformed("problem.size", where=where, needed=count, found=len(raw) // 4)
    cells = array("i")
    cells.frombytes(raw)
    return checked_cells(little_endian(cells), where)
