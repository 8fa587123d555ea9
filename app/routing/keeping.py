"""Matrices kept in memory and on disk by what they depend on, so that a day planned again, or with a few more stops, costs little."""

import contextlib
import hashlib
import os
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.geo import Place

MEMORY_BYTES = 192 << 20
DISK_BYTES = 1 << 30
_SCANNED = 4
"""How many of the latest matrices of a group are looked at for points in common."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One band's matrices between the same points. `seconds`: what finding them took."""

    places: tuple[Place, ...]
    ms: NDArray[np.int32]
    meters: NDArray[np.int32]
    seconds: float


def group_key(*parts: Any) -> str:
    """The fingerprint of all that numbers depend on besides the points."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]


def places_key(places: Sequence[Place]) -> str:
    """The fingerprint of points in their order."""
    return hashlib.sha256(repr([(place.lat, place.lon) for place in places]).encode()).hexdigest()[:20]


class Shelf:
    """Kept matrices; the least used go first, in memory and on disk. Damaged files count as missing."""

    def __init__(self, folder: Path, *, memory: int = MEMORY_BYTES, disk: int = DISK_BYTES) -> None:
        self._folder, self._memory, self._disk = folder, memory, disk
        self._recent: OrderedDict[str, Kept] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, group: str, places: Sequence[Place]) -> Kept | None:
        """The matrices of these points in this order, or None."""
        name = f"{group}-{places_key(places)}"
        with self._guard:
            if name in self._recent:
                self._recent.move_to_end(name)
                return self._recent[name]
        kept = self._read(self._folder / f"{name}.npz")
        if kept is not None:
            self._remember(name, kept)
        return kept

    def akin(self, group: str, places: Sequence[Place]) -> Kept | None:
        """The latest matrices of the group that share the most points, where it is at least half of those asked for."""
        wanted = set(places)
        with self._guard:
            found = [kept for name, kept in reversed(self._recent.items()) if name.startswith(f"{group}-")][:_SCANNED]
        if not found:
            files = sorted(self._folder.glob(f"{group}-*.npz"), key=_used, reverse=True)[:_SCANNED]
            found = [kept for file in files if (kept := self._read(file)) is not None]
        best = max(found, key=lambda kept: len(wanted.intersection(kept.places)), default=None)
        return best if best is not None and 2 * len(wanted.intersection(best.places)) >= len(wanted) else None

    def put(self, group: str, kept: Kept) -> None:
        """Keeps matrices; a full or read-only disk is no error, since everything can be found again."""
        name = f"{group}-{places_key(kept.places)}"
        self._remember(name, kept)
        with contextlib.suppress(OSError):
            self._write(self._folder / f"{name}.npz", kept)
            self._trim()

    def _remember(self, name: str, kept: Kept) -> None:
        with self._guard:
            self._recent[name] = kept
            self._recent.move_to_end(name)
            total = sum(each.ms.nbytes + each.meters.nbytes for each in self._recent.values())
            while total > self._memory and len(self._recent) > 1:
                _, old = self._recent.popitem(last=False)
                total -= old.ms.nbytes + old.meters.nbytes

    def _read(self, file: Path) -> Kept | None:
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
                places = tuple(Place(float(lat), float(lon)) for lat, lon in held["places"])
                kept = Kept(places, held["ms"], held["meters"], float(held["seconds"]))
            os.utime(file)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return kept if kept.ms.shape == kept.meters.shape == (len(places), len(places)) else None

    def _write(self, file: Path, kept: Kept) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            with fresh.open("wb") as out:
                np.savez(
                    out, places=np.array([(p.lat, p.lon) for p in kept.places]).reshape(-1, 2), ms=kept.ms, meters=kept.meters, seconds=np.float64(kept.seconds)
                )
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)

    def _trim(self) -> None:
        files = sorted(self._folder.glob("*.npz"), key=_used)
        total = sum(_size(file) for file in files)
        for file in files[:-1]:
            if total <= self._disk:
                break
            total -= _size(file)
            file.unlink(missing_ok=True)


def _used(file: Path) -> float:
    with contextlib.suppress(OSError):
        return file.stat().st_mtime
    return 0.0


def _size(file: Path) -> int:
    with contextlib.suppress(OSError):
        return file.stat().st_size
    return 0
