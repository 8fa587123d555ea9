"""The search of the palette, without Qt: what a typed text may mean among thousands of things, best first.

Every word must be met by a thing: whole, at the beginning of a field or a word, inside, by the digits of a telephone, or nearly (a slip of the
keyboard). The least well met word decides the rank.
"""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.desktop.commanding.folding import digits, fold, phone_digits, wide


class Kind(StrEnum):
    """What kinds of thing are found."""

    ORDER = "order"
    ROUTE = "route"
    DAY = "day"
    PLACE = "place"
    ACT = "act"


class Met(IntEnum):
    """How well a word is met."""

    NEARLY = 1
    INSIDE = 2
    WORD = 3
    BEGIN = 4
    WHOLE = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be found. `people`: names among the fields that `@` looks in; `phones`: as written, with any punctuation."""

    kind: Kind
    id: str
    fields: tuple[str, ...]
    people: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A typed text taken apart. `kinds`: where a prefix narrows it; `phones`: its digits, where all of it may be a telephone number."""

    words: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
    people: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.words


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and how well: greater is better."""

    thing: Thing
    rank: int

    @property
    def met(self) -> Met:
        """How well its worst word is met."""
        return Met(self.rank // 1_000)


_SCOPES = {">": frozenset({Kind.ACT}), "#": frozenset({Kind.ORDER}), "@": frozenset({Kind.ORDER, Kind.ROUTE})}
_PHONE_WORD = 3
"""Digits that a word needs to be looked for in telephone numbers."""
_SLIP_WORD = 4
"""Letters that a word needs before slips are forgiven."""
_SLIP_SCORE = 80
_SLIPS = 40
"""Different words that one may have been meant for."""
_ENOUGH = 5
"""Found so many without slips, none are forgiven."""


def understood(text: str) -> Query:
    """A typed text as a query: `>` acts alone, `@` people, `#` orders by number."""
    plain = text.strip().translate(str.maketrans("＞＠＃", ">@#"))
    scope = plain[:1] if plain[:1] in _SCOPES else ""
    rest = plain[len(scope) :]
    return Query(tuple(fold(rest).split()), phone_digits(rest.strip()), _SCOPES.get(scope, frozenset(Kind)), scope == "@")


class Index:
    """Things with their texts made comparable once; asking does not change it, so any thread may."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = tuple(things)
        self._texts = [_lines(each.fields) for each in self.things]
        self._people = [_lines(each.people) for each in self.things]
        self._phones = ["".join(f"{digits(phone)}\n" for phone in each.phones) for each in self.things]
        self._known: dict[str, list[int]] | None = None

    def find(self, query: Query, limit: int = 50) -> list[Hit]:
        """The best things for a query, best first; things as good as one another in the order they were given."""
        if query.empty:
            return []
        texts = self._people if query.people else self._texts
        ranks = self._plainly(query, texts)
        if len(ranks) < _ENOUGH and any(_may_slip(word) for word in query.words):
            ranks |= {at: rank for at, rank in self._nearly(query, texts).items() if at not in ranks}
        best = heapq.nsmallest(limit, ranks.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Hit(self.things[at], rank) for at, rank in best]

    def _plainly(self, query: Query, texts: list[str]) -> dict[int, int]:
        places: Iterable[int] = range(len(texts))
        for word in query.words:
            places = self._holding(word, places, texts)
        whole = "\n" + " ".join(query.words) + "\n"
        found = {at: _rank(query.words, texts[at], self._phones[at], whole) for at in places if self.things[at].kind in query.kinds}
        for phone in query.phones:
            for at in self._called(phone, query):
                found[at] = max(found.get(at, 0), int(_phone_met(phone, self._phones[at])) * 1_001)
        return found

    def _called(self, phone: str, query: Query) -> list[int]:
        if query.words == (phone,):
            return []  # has been looked for as a word
        return [at for at, known in enumerate(self._phones) if phone in known and self.things[at].kind in query.kinds]

    def _holding(self, word: str, places: Iterable[int], texts: list[str]) -> list[int]:
        if len(word) >= _PHONE_WORD and word.isdigit():
            phones = self._phones
            return [at for at in places if word in texts[at] or word in phones[at]]
        return [at for at in places if word in texts[at]]

    def _nearly(self, query: Query, texts: list[str]) -> dict[int, int]:
        """Things whose words are those asked for, but for slips of the keyboard."""
        left: set[int] | None = None
        for word in query.words:
            met = set(self._holding(word, range(len(texts)), texts)) | (self._slips(word, texts) if _may_slip(word) else set())
            left = met if left is None else left & met
        return {at: int(Met.NEARLY) * 1_000 for at in left or () if self.things[at].kind in query.kinds}

    def _slips(self, word: str, texts: list[str]) -> set[int]:
        from rapidfuzz import fuzz, process  # 60 ms that the window need not wait for

        known = self._words_of()
        alike = process.extract(word, known.keys(), scorer=fuzz.partial_ratio, score_cutoff=_SLIP_SCORE, limit=_SLIPS)
        return {at for meant, _, _ in alike if len(meant) >= len(word) - 1 for at in known[meant] if meant in texts[at]}

    def _words_of(self) -> dict[str, list[int]]:
        """Every different word of letters, and the things that have it; made when first needed."""
        if self._known is None:
            known: dict[str, list[int]] = defaultdict(list)
            for at, text in enumerate(self._texts):
                for word in set(text.split()):
                    if len(word) >= _SLIP_WORD - 1 and not word.isdigit():
                        known[word].append(at)
            self._known = known
        return self._known


def _lines(fields: Sequence[str]) -> str:
    """Folded fields, each between two ends of lines."""
    return "\n" + "".join(f"{fold(each)}\n" for each in fields if each)


def _may_slip(word: str) -> bool:
    return len(word) >= _SLIP_WORD and bool(re.fullmatch(r"[^\W\d_]+", word)) and not wide(word)


def _rank(words: Sequence[str], text: str, phone: str, whole: str) -> int:
    """A thousand for each step of the least well met word, and the sum of the steps."""
    if whole in text:
        return int(Met.WHOLE) * 1_000 + 999
    met = [_met(word, text, phone) for word in words]
    return min(min(met), int(Met.BEGIN)) * 1_000 + sum(met)


def _met(word: str, text: str, phone: str) -> Met:
    if f"\n{word}\n" in text:
        return Met.WHOLE
    if f"\n{word}" in text or (word.isdigit() and f" {word}\n" in text):
        return Met.BEGIN  # "10482" ends the number ORD-10482
    if f" {word}" in text:
        return Met.WORD
    if len(word) >= _PHONE_WORD and word.isdigit() and word in phone:
        return _phone_met(word, phone)
    return Met.WORD if wide(word) else Met.INSIDE


def _phone_met(wanted: str, phone: str) -> Met:
    """The last digits are what people name."""
    return Met.BEGIN if f"{wanted}\n" in phone else Met.INSIDE
