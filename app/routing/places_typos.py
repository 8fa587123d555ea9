"""Streets whose name is nearly what was typed."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain.street_words import has_cjk

_LONG = 5
_MAX_STREETS = 6


class Spellings:
    """All street keys of an area, for comparing by the least number of letters changed, left out, added or swapped (optimal string alignment)."""

    def __init__(self, keys: Sequence[tuple[str, int]]) -> None:
        self._by_length: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for key, street in keys:
            names, streets = self._by_length[len(key)]
            names.append(key)
            streets.append(street)
        self._forwards = sorted(keys)
        self._backwards = sorted((key[::-1], street) for key, street in keys)

    def like(self, key: str) -> tuple[int, ...]:
        """The streets with a key that differs a little, or that begins or ends with a key of at least five letters; nearest first."""
        if not key:
            return ()
        numbers = self._nearly(key)
        if len(numbers) < _MAX_STREETS and len(key) >= _LONG:
            numbers += _beginning(self._forwards, key) + _beginning(self._backwards, key[::-1])
        return tuple(dict.fromkeys(numbers))[:_MAX_STREETS]

    def _nearly(self, key: str) -> list[int]:
        """Streets within the distance that a name of this length allows. Keys of another length by more than it are never looked at."""
        cutoff = 1 if len(key) <= _LONG or has_cjk(key) else 2 if len(key) <= 2 * _LONG else 3
        found: list[tuple[int, int]] = []
        for length in range(len(key) - cutoff, len(key) + cutoff + 1):
            names, streets = self._by_length.get(length, ([], []))
            near = process.extract(key, names, scorer=OSA.distance, score_cutoff=cutoff, limit=2 * _MAX_STREETS)
            found += [(int(distance), streets[at]) for _, distance, at in near]
        return [street for _, street in sorted(found)]


def _beginning(keys: Sequence[tuple[str, int]], start: str) -> list[int]:
    """Streets of the sorted keys that begin with `start`."""
    first = bisect_left(keys, (start, 0))
    return [street for key, street in keys[first : first + 2 * _MAX_STREETS] if key.startswith(start)]
