"""The areas of the user's data folder: each made of one OpenStreetMap extract, all or nothing, and built anew when the extract changes.

An area is a folder `<name>/` with the roads, the address index, the base map and `area.json`, its manifest. It is built in a hidden folder
beside and renamed when everything is there; a lock file per name keeps two processes apart.
"""

import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.errors import Malformed, NotFound
from app.domain.geo import Box
from app.domain.street_words import fold
from app.routing.areas_check import broken, check_extract, fingerprint
from app.routing.areas_lock import free_lock, waited_lock
from app.services.ports.travel import AreaInfo, Geocoder, Report, Tiles, Travel, silent

ATTRIBUTION = "© OpenStreetMap contributors"
MANIFEST = "area.json"
MANIFEST_VERSION = 1
_SUFFIX = re.compile(r"(\.osm)?\.pbf$", re.IGNORECASE)
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))})
"""Names that Windows keeps for devices."""
_CHECKED, _ROADS, _PLACES = 0.05, 0.5, 0.7
"""Shares of the progress bar at which these steps end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an area's folder says of itself; `size` and `mtime_ns` of the extract when it was read."""

    name: str
    title: str
    source: str
    size: int
    mtime_ns: int
    sha256: str
    bounds: tuple[float, float, float, float]
    nodes: int
    addresses: int
    version: str
    attribution: str = ATTRIBUTION


class LocalAreas:
    """The areas under one folder. Several processes may use it at once."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._folder = folder
        self._cache = cache
        self._open: dict[tuple[str, str, str], Any] = {}

    def known(self) -> tuple[AreaInfo, ...]:
        """All areas that are ready, by name. One whose parts are of another version counts as stale."""
        return tuple(_info(manifest) for manifest in self._manifests())

    def build(self, extract: str, *, name: str = "", report: Report = silent) -> AreaInfo:
        """Makes an area of an `.osm.pbf` file, under `name` or that of the file; one of the same name and file is replaced.

        Raises NotFound for a missing file, Malformed for one that is no extract or is cut off, Cancelled where `report` raised it; nothing
        is kept then.
        """
        source = Path(extract).expanduser().absolute()
        report = _rising(report)
        check_extract(source, _within(report, 0.0, _CHECKED))
        return self._built(source, name, report, again=True)

    def open(self, name_or_path: str, *, report: Report = silent) -> AreaInfo:
        """The area of that name, or of that file: built where it is new, built anew where the file has changed. Raises NotFound."""
        report = _rising(report)
        manifest = self._named(name_or_path)
        if manifest is None:
            return self._of_file(name_or_path, report)
        source = Path(manifest.source)
        if not source.is_file():
            # The extract may have been moved away; what was made of it stays good while the program reads it.
            if manifest.version != _version():
                raise NotFound("areas.outdated", name=manifest.title, file=manifest.source)
            return _info(manifest)
        if self._fresh(manifest):
            return _info(manifest)
        check_extract(source, _within(report, 0.0, _CHECKED))
        return self._built(source, manifest.name, report, title=manifest.title)

    def remove(self, name: str) -> None:
        """Deletes an area. Raises NotFound."""
        manifest = self._named(name)
        if manifest is None:
            raise NotFound("areas.unknown", name=name, known=self._names())
        with waited_lock(self._lock(manifest.name), lambda: None):
            self._forget(manifest.name)
            gone = self._hidden(manifest.name)
            (self._folder / manifest.name).rename(gone)
            shutil.rmtree(gone)
        self._lock(manifest.name).unlink(missing_ok=True)

    def travel(self, name: str) -> Travel:
        """The roads of an area. Raises NotFound."""
        from app.routing.cached import CachedTravel

        travel: Travel = self._part(name, "travel", lambda folder: CachedTravel(folder, self._cache))
        return travel

    def geocoder(self, name: str) -> Geocoder:
        """The addresses of an area. Raises NotFound."""
        from app.routing.places import open_geocoder

        geocoder: Geocoder = self._part(name, "geocoder", open_geocoder)
        return geocoder

    def tiles(self, name: str) -> Tiles:
        """The base map of an area. Raises NotFound."""
        from app.routing.basemap import open_tiles

        tiles: Tiles = self._part(name, "tiles", open_tiles)
        return tiles

    def _part(self, name: str, kind: str, opened: Callable[[Path], Any]) -> Any:
        """A part of an area, opened once per build."""
        manifest = self._named(name)
        if manifest is None:
            raise NotFound("areas.unknown", name=name, known=self._names())
        key = (manifest.name, manifest.sha256 + manifest.version, kind)
        if key not in self._open:
            self._open[key] = opened(self._folder / manifest.name)
        return self._open[key]

    def _of_file(self, path: str, report: Report) -> AreaInfo:
        """The area of a file: by its path, else by its bytes, else a new one."""
        source = Path(path).expanduser().absolute()
        if not source.exists() and not _SUFFIX.search(path):
            raise NotFound("areas.unknown", name=path, known=self._names())
        for manifest in self._manifests():
            if manifest.source == str(source):
                return self.open(manifest.name, report=report)
        check_extract(source, _within(report, 0.0, _CHECKED))
        digest = fingerprint(source)
        for manifest in self._manifests():
            if manifest.sha256 == digest and manifest.version == _version():
                return _info(manifest)
        return self._built(source, "", report)

    def _built(self, source: Path, name: str, report: Report, *, title: str = "", again: bool = False) -> AreaInfo:
        """Builds under a lock; where somebody else has just built the same, that is the answer."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        title = title or name or _SUFFIX.sub("", source.name)
        wished = clean_name(name or title)
        for candidate in _names_after(wished, numbered=not name):
            with waited_lock(self._lock(candidate), lambda: report(0.0, "areas.waiting")) as waited:
                there = self._manifest(candidate)
                if there and not name and there.source != str(source):
                    continue
                if there and (waited or not again) and self._fresh(there) and there.source == str(source):
                    return _info(there)
                return _info(self._make(source, candidate, title, report))
        raise AssertionError("there is always a next name")

    def _make(self, source: Path, name: str, title: str, report: Report) -> Manifest:
        part = self._hidden(name)
        part.mkdir(parents=True)
        try:
            manifest = _build_into(part, source, name, title, report)
            self._put_in_place(part, name)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        report(1.0, "areas.ready")
        return manifest

    def _put_in_place(self, part: Path, name: str) -> None:
        """Renames the finished folder; the former one goes away only when the new one is there."""
        target, former = self._folder / name, self._hidden(name)
        self._forget(name)
        if target.exists():
            target.rename(former)
        try:
            part.rename(target)
        except OSError:
            if former.exists():
                former.rename(target)
            raise
        shutil.rmtree(former, ignore_errors=True)

    def _forget(self, name: str) -> None:
        """Closes what is open of an area, so that its files can be moved (Windows keeps open files in place)."""
        for key in [key for key in self._open if key[0] == name]:
            close = getattr(self._open.pop(key), "close", None)
            if close:
                close()

    def _fresh(self, manifest: Manifest) -> bool:
        """Whether the area still is what its extract says: same size and time, or else same bytes."""
        if manifest.version != _version():
            return False
        status = Path(manifest.source).stat()
        if (status.st_size, status.st_mtime_ns) == (manifest.size, manifest.mtime_ns):
            return True
        if fingerprint(Path(manifest.source)) != manifest.sha256:
            return False
        _write_manifest(self._folder / manifest.name, replace(manifest, size=status.st_size, mtime_ns=status.st_mtime_ns))
        return True

    def _sweep(self) -> None:
        """Removes what dead builders left: hidden folders whose lock nobody holds."""
        for left in self._folder.glob(".*.part"):
            name = left.name[1:].rsplit(".", 2)[0]
            with free_lock(self._lock(name)) as free:
                if free:
                    shutil.rmtree(left, ignore_errors=True)

    def _hidden(self, name: str) -> Path:
        return self._folder / f".{name}.{secrets.token_hex(4)}.part"

    def _lock(self, name: str) -> Path:
        return self._folder / f".{name}.lock"

    def _named(self, name: str) -> Manifest | None:
        exact = self._manifest(name) if name and clean_name(name) == name else None
        return exact or next((each for each in self._manifests() if fold(name) in (fold(each.title), fold(each.name))), None)

    def _names(self) -> str:
        return ", ".join(manifest.name for manifest in self._manifests()) or "–"

    def _manifests(self) -> Iterator[Manifest]:
        folders = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        for folder in folders:
            manifest = None if folder.name.startswith(".") else self._manifest(folder.name)
            if manifest:
                yield manifest

    def _manifest(self, name: str) -> Manifest | None:
        """The manifest of a folder; None where there is none, or one of another shape."""
        try:
            facts = json.loads((self._folder / name / MANIFEST).read_text("utf-8"))
            return Manifest(**{**facts, "bounds": tuple(facts["bounds"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None


def clean_name(text: str) -> str:
    """A folder's name of any text: letters, digits, hyphens, at most 40, lower case; never one that Windows keeps for itself."""
    name = re.sub(r"[^\w]+", "-", fold(text)).strip("-_")[:40].strip("-_") or "area"
    return f"{name}-area" if name in _RESERVED else name


def _names_after(name: str, *, numbered: bool) -> Iterator[str]:
    """The name, then, where the same file name may come from several folders, the name with 2, 3, …"""
    yield name
    number = 2
    while numbered:
        yield f"{name}-{number}"
        number += 1


def _version() -> str:
    """The version of everything that is built; a change of one part builds areas anew."""
    from app.routing.places_db import VERSION
    from app.routing.stamp import ROADS_VERSION

    return f"{MANIFEST_VERSION}.{ROADS_VERSION}.{VERSION}"


def _build_into(folder: Path, source: Path, name: str, title: str, report: Report) -> Manifest:
    """Builds every part into a folder."""
    from app.routing.basemap import build_basemap
    from app.routing.places import build_places, open_geocoder
    from app.routing.roads import build_roads

    status = source.stat()
    try:
        digest = fingerprint(source)
        nodes = build_roads(source, folder, _within(report, _CHECKED, _ROADS))
        addresses = build_places(source, folder, _within(report, _ROADS, _PLACES))
        build_basemap(source, folder, _within(report, _PLACES, 1.0))
    except RuntimeError as error:
        raise broken(source, error) from error
    except OSError as error:
        raise Malformed("areas.cannot_write", folder=str(folder.parent), reason=error.strerror or str(error)) from error
    with closing(open_geocoder(folder)) as geocoder:
        box = geocoder.bounds
    manifest = Manifest(
        name=name,
        title=title,
        source=str(source),
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        sha256=digest,
        bounds=(box.south, box.west, box.north, box.east),
        nodes=nodes,
        addresses=addresses,
        version=_version(),
    )
    _write_manifest(folder, manifest)
    return manifest


def _rising(report: Report) -> Report:
    """A report whose share never goes back."""
    highest = 0.0

    def rising(share: float, step: str) -> None:
        nonlocal highest
        highest = max(highest, share)
        report(highest, step)

    return rising


def _within(report: Report, begin: float, end: float) -> Report:
    """A report for a step that takes this share of the whole."""
    return lambda share, step: report(begin + min(1.0, max(0.0, share)) * (end - begin), step)


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    """Written beside and renamed, so that a reader never sees half of it."""
    fresh = folder / f"{MANIFEST}.new"
    fresh.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
    fresh.replace(folder / MANIFEST)


def _info(manifest: Manifest) -> AreaInfo:
    return AreaInfo(
        name=manifest.name,
        title=manifest.title,
        bounds=Box(*manifest.bounds),
        source=manifest.source,
        nodes=manifest.nodes,
        addresses=manifest.addresses,
        stale=_changed(manifest),
    )


def _changed(manifest: Manifest) -> bool:
    """Whether the extract or the program's formats look different from when the area was built (size and time only)."""
    try:
        status = Path(manifest.source).stat()
    except OSError:
        return manifest.version != _version()
    return manifest.version != _version() or (status.st_size, status.st_mtime_ns) != (manifest.size, manifest.mtime_ns)
