"""House numbers as they are compared: `12 A`, `12a` and `１２Ａ` are `12a`; `8之1號` and `8-1` are `8-1`."""

import re

from app.domain.street_words import fold

MAX_RANGE = 60
"""A text such as `14-20` is a range of houses where the second number is larger by at most this; else it is a number of its own."""
_FLOOR = re.compile(r"[,(].*?(?:krs|floor|fl\b|katutaso|street level|pohjakerros|piha|og\b|eg\b|etage|stock).*$|\s+(?:krs|floor)\b.*$")
_SIGNS = re.compile(r"^(?:no|nr|nro|num|hausnr|hnr|n°|nº|#|№)[.:]?\s*")
_CHINESE = str.maketrans({"之": "-", "號": "", "号": "", "–": "-", "—": "-", "−": "-", "‐": "-", "~": "-", "～": "-"})
_NUMBER = re.compile(r"\d+")
_LETTERS_RANGE = re.compile(r"^(\d+)([a-z])-([a-z])$")
_RANGE = re.compile(r"^(\d+)([a-z]?)-(\d+)([a-z]?)$")


def house_key(text: str) -> str:
    """The number without its ways of writing; empty where there is no digit. A list (`9, 9a`) keeps its first number here."""
    keys = house_keys(text)
    return keys[0] if keys else ""


def house_keys(text: str) -> tuple[str, ...]:
    """The keys of all numbers of a list such as `9, 9a, 9b` or `7;9`, in order."""
    clean = _FLOOR.sub("", _SIGNS.sub("", fold(text).translate(_CHINESE)))
    keys = (_one(part) for part in re.split(r"[,;+&]", clean))
    return tuple(dict.fromkeys(key for key in keys if key))


def _one(text: str) -> str:
    """One number: spaces go, but between two digits one stays (`6729 1/2`); a street's name before the number goes too."""
    text = re.sub(r"[^\w/\- ]", "", text.strip()).replace("_", "")
    match = re.search(r"(?:^|\s)([a-z]{0,2}\s?\d.*)$", text)
    if match is None:
        return ""
    tight = re.sub(r"\s*([-/])\s*", r"\1", match[1].strip())
    tight = re.sub(r"(?<=\d)\s+(?=\d)", "_", tight)
    return tight.replace(" ", "").strip("-/")


def number_of(key: str) -> int | None:
    """The leading whole number of a key, or None."""
    found = _NUMBER.search(key)
    return int(found.group()) if found and len(found.group()) < 8 else None


def weaker_keys(key: str) -> tuple[str, ...]:
    """What to look for where the number itself is not known, nearest first: `12b9` → `12b`, `12`; `12-14` → `12`, `14`."""
    weaker = []
    stairs = re.match(r"^(\d+[a-z])\d+$", key)
    if stairs:
        weaker.append(stairs[1])
    ends = re.findall(r"\d+[a-z]?", key)
    weaker += ends[:2] if range_ends(key) else ends[:1]
    first = _NUMBER.match(key)
    if first:
        weaker.append(first.group())
    return tuple(dict.fromkeys(each for each in weaker if each != key))


def range_ends(key: str) -> tuple[int, int] | None:
    """First and last number of a range such as `14-20`; None where the key is no range (`8-1`, `36-120`)."""
    match = _RANGE.match(key)
    if match is None:
        return None
    low, high = int(match[1]), int(match[3])
    return (low, high) if low < high <= low + MAX_RANGE else None


def letters_of(key: str) -> tuple[str, ...]:
    """The single houses of a run of letters: `9a-c` → `9a`, `9b`, `9c`; empty for other keys."""
    match = _LETTERS_RANGE.match(key)
    if match is None:
        return ()
    number, first, last = match.groups()
    return tuple(number + chr(code) for code in range(ord(first), ord(last) + 1))
