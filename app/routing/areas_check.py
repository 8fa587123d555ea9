"""Looks at an extract before anything is built of it: is it there, may it be read, is it OpenStreetMap data, is it whole."""

import hashlib
from pathlib import Path

import osmium

from app.domain.errors import Malformed, NotFound
from app.services.ports.travel import Report

_BLOCK = 1 << 22


def check_extract(extract: Path, report: Report) -> None:
    """Reads the file all through. Raises NotFound where it is missing; Malformed for a folder, a file that may not be read, is empty, is
    no `.osm.pbf`, is cut off, or holds nothing."""
    name = extract.name or str(extract)
    if not extract.exists():
        raise NotFound("areas.missing_file", file=str(extract))
    if extract.is_dir():
        raise Malformed("areas.is_folder", file=str(extract))
    _check_first_bytes(extract, name)
    report(0.0, "areas.checking")
    try:
        with osmium.io.Reader(osmium.io.File(str(extract), "pbf")) as reader:
            reader.header()
    except RuntimeError as error:
        raise Malformed("areas.not_osm", file=name, reason=str(error)) from error
    if not _holds_anything(extract, name):
        raise Malformed("areas.nothing_inside", file=name)
    report(1.0, "areas.checking")


def fingerprint(extract: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with extract.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def broken(extract: Path, error: RuntimeError) -> Malformed:
    """The sentence for an extract that osmium could not read to its end."""
    return Malformed("areas.cut_off", file=extract.name, reason=str(error))


def _check_first_bytes(extract: Path, name: str) -> None:
    """The first blob of every `.osm.pbf` is its header, and says so in its first bytes (wiki: PBF Format)."""
    try:
        with extract.open("rb") as file:
            head = file.read(64)
    except PermissionError as error:
        raise Malformed("areas.no_permission", file=str(extract)) from error
    except OSError as error:
        raise Malformed("areas.unreadable", file=str(extract), reason=error.strerror or str(error)) from error
    if not head:
        raise Malformed("areas.empty_file", file=name)
    if b"OSMHeader" not in head:
        raise Malformed("areas.not_osm", file=name, reason="OSMHeader")


def _holds_anything(extract: Path, name: str) -> bool:
    """Whether there is a node; every block is unpacked on the way, so that a cut is found."""
    seen = False
    # The filter lets nothing but the first nodes come to Python; the rest is read in C++.
    everything = osmium.FileProcessor(osmium.io.File(str(extract), "pbf")).with_filter(osmium.filter.KeyFilter("highway", "addr:housenumber"))
    try:
        for _ in everything:
            seen = True
    except RuntimeError as error:
        raise Malformed("areas.cut_off", file=name, reason=str(error)) from error
    return seen
