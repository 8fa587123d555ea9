"""Which things are different now: what a command returns and what screens listen to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of things that change."""

    ORDER = "order"
    PLAN = "plan"
    DEPOT = "depot"
    VEHICLE = "vehicle"
    DRIVER = "driver"
    SHIFT = "shift"
    PIN = "pin"
    CLOSURE = "closure"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Pairs of kind and identity."""

    pairs: frozenset[tuple[Kind, str]] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[tuple[Kind, str]]) -> "ChangeSet":
        """A change set of these pairs."""
        return cls(frozenset(pairs))

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        return ChangeSet(self.pairs | other.pairs)

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def ids(self, kind: Kind) -> frozenset[str]:
        """The identities of one kind."""
        return frozenset(identity for each, identity in self.pairs if each is kind)

    def touches(self, *kinds: Kind) -> bool:
        """Whether anything of these kinds changed."""
        return any(kind in kinds for kind, _ in self.pairs)
