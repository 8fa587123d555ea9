"""Texts made comparable: full width as half width, no case, no accents, punctuation as blanks; and where in the written text a match stands."""

import unicodedata
from collections.abc import Iterable, Sequence

_BLANKS = str.maketrans({**dict.fromkeys("-–—_/\\,.;:#()[]{}<>@+'\"’·、，。；：（）「」〈〉《》", " "), "臺": "台", "ß": "ss"})
_IN_PHONES = frozenset("0123456789 -–()+./")


def fold(text: str) -> str:
    """The text as it is compared: "ＡＢ-１２ É" is "ab 12 e", 臺 is 台."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(text.translate(_BLANKS).casefold().split())


def digits(text: str) -> str:
    """The digits of a text, full-width ones as well."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each in "0123456789")


def phone_digits(text: str) -> tuple[str, ...]:
    """The digits where the whole text may be (a part of) a telephone number, at least three: as typed, and without the nought that is dialled
    within a country."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain or any(each not in _IN_PHONES for each in plain):
        return ()
    found = digits(plain)
    if len(found) < 3:
        return ()
    return (found, found[1:]) if found.startswith("0") and len(found) > 4 else (found,)


def wide(text: str) -> bool:
    """Whether a text begins with a character of a script that has no blanks between words: each may begin a word."""
    return bool(text) and ord(text[0]) >= 0x2E80


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where folded words stand in a written text: (from, to), in order, joined where they touch; the best place of each word alone."""
    folded, places = _with_places(text)
    found = []
    for word in words:
        at = _place(folded, word)
        if at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
    return _joined(found)


def digit_span(text: str, wanted: str) -> tuple[tuple[int, int], ...]:
    """Where the last run of these digits stands in a text that may have punctuation between them."""
    places = [at for at, each in enumerate(text) if each in "0123456789"]
    at = "".join(text[place] for place in places).rfind(wanted)
    return ((places[at], places[at + len(wanted) - 1] + 1),) if wanted and at >= 0 else ()


def _place(folded: str, word: str) -> int:
    """The first place at the beginning of a word, else the first at all."""
    at = 0 if folded.startswith(word) else folded.find(" " + word)
    return at + 1 if at > 0 else folded.find(word) if at < 0 else 0


def _with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text folded one character at a time, and for each folded one which it was."""
    if text.isascii():
        return text.translate(_BLANKS).casefold(), range(len(text))
    folded, places = [], []
    for at, each in enumerate(text):
        small = each if each.isascii() else "".join(part for part in unicodedata.normalize("NFKD", each) if not unicodedata.combining(part))
        for part in small.translate(_BLANKS).casefold():
            folded.append(part)
            places.append(at)
    return "".join(folded), places


def _joined(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
