"""Streets whose name is nearly what was typed."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain.street_words import has_cjk

_LONG = 5
_MAX_STREETS = 6


class Spellings:
    """All street keys of an area, for comparing by the least number of letters changed, left out, added or swapped (optimal string alignment)."""

    def __init__(self, keys: Sequence[tuple[str, int]]) -> None:
        self._keys = [key for key, _ in keys]
        self._streets = [street for _, street in keys]

    def like(self, key: str) -> tuple[int, ...]:
        """The streets with a key that differs a little, or that begins or ends with a key of at least five letters; nearest first."""
        if not key:
            return ()
        cutoff = 1 if len(key) <= _LONG or has_cjk(key) else 2 if len(key) <= 2 * _LONG else 3
        found = process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=cutoff, limit=2 * _MAX_STREETS)
        numbers = [self._streets[at] for _, _, at in sorted(found, key=lambda each: (each[1], each[2]))]
        if len(numbers) < _MAX_STREETS and len(key) >= _LONG:
            numbers += [self._streets[at] for at, other in enumerate(self._keys) if other.endswith(key) or other.startswith(key)][: 2 * _MAX_STREETS]
        return tuple(dict.fromkeys(numbers))[:_MAX_STREETS]
