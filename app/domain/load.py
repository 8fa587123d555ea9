"""What goods weigh and fill, in three measures."""

from dataclasses import dataclass
from typing import Self

from app.domain.units import Cubic, Grams


@dataclass(frozen=True, slots=True)
class Load:
    """Weight in grams, volume in cubic centimetres, number of pieces. As a capacity, None means unlimited (see `Capacity`)."""

    weight: Grams = Grams(0)
    volume: Cubic = Cubic(0)
    pieces: int = 0

    def __add__(self, other: Self) -> "Load":
        return Load(Grams(self.weight + other.weight), Cubic(self.volume + other.volume), self.pieces + other.pieces)

    def __sub__(self, other: Self) -> "Load":
        return Load(Grams(self.weight - other.weight), Cubic(self.volume - other.volume), self.pieces - other.pieces)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a vehicle carries at most in each measure; None: no limit."""

    weight: Grams | None = None
    volume: Cubic | None = None
    pieces: int | None = None

    def fits(self, load: Load) -> bool:
        """Whether the load keeps every limit."""
        return self.excess(load) == Load()

    def excess(self, load: Load) -> Load:
        """By how much the load is over each limit; zero where it fits."""
        return Load(Grams(_over(load.weight, self.weight)), Cubic(_over(load.volume, self.volume)), _over(load.pieces, self.pieces))


def _over(amount: int, limit: int | None) -> int:
    return 0 if limit is None else max(0, amount - limit)
