"""A sentence to a person as data: a key of the catalogue and its facts. The words are made at the rim, in any language."""

from dataclasses import dataclass
from typing import Self, Union

Fact = Union[str, int, float, bool, "Sentence"]
"""A sentence as a fact is said inside the other: the title of a step, the name of a thing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be said: the key of a sentence in `resources/messages/<language>/` and the facts it names.

    Facts are sorted by name, so that equal sentences are equal values. Spans are facts in seconds or minutes as the name says
    (`late_minutes`), weights in kilograms; money as text made by the caller.
    """

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @classmethod
    def of(cls, key: str, **facts: Fact) -> Self:
        """A sentence from keyword facts."""
        return cls(key, tuple(sorted(facts.items())))

    def __str__(self) -> str:
        return f"{self.key}({', '.join(f'{name}={value}' for name, value in self.facts)})"
