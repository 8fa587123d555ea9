"""Names as they are compared: case, width, diacritics and abbreviations folded away.

A *key* is a name without spaces in its full words (`Hauptstr.` and `Haupt Straße` are `hauptstrasse`). An abbreviation may stand for several
words (`-g.` is Gasse in Vienna and gatan in Stockholm), so a text has a few keys, the likeliest first.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice, product

from app.domain.chinese_numerals import arabic_numbers

_LETTERS = str.maketrans({"臺": "台", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'", "´": "'", "`": "'"})
_MARKS = re.compile("[\u0300-\u036f]")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*\.?")
_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_MAX_KEYS = 8
"""Bound on the keys of one text, so that a line full of abbreviations stays cheap."""

_ANYWHERE: dict[str, tuple[str, ...]] = {
    "saint": ("st",), "sankt": ("st",), "sainte": ("ste",), "doctor": ("dr",), "doktor": ("dr",),
    "ave": ("avenue",), "av": ("avenue", "avenida"), "blvd": ("boulevard",), "bld": ("boulevard",), "bd": ("boulevard",), "boul": ("boulevard",),
    "rd": ("road",), "ln": ("lane",), "ct": ("court",), "sq": ("square",), "hwy": ("highway",), "pkwy": ("parkway",), "pky": ("parkway",),
    "ter": ("terrace",), "terr": ("terrace",), "cir": ("circle",), "crcl": ("circle",), "cres": ("crescent",), "expy": ("expressway",),
    "aly": ("alley",), "fwy": ("freeway",), "tpke": ("turnpike",), "trl": ("trail",), "mt": ("mount",), "ft": ("fort",), "sec": ("section",),
    "str": ("strasse", "straat", "street"), "strs": ("strasse",), "straße": ("strasse",), "pl": ("place", "platz", "plaza"), "plz": ("plaza", "platz"),
    "rte": ("route",), "imp": ("impasse",), "chem": ("chemin",), "ch": ("chemin",), "all": ("allee",), "c": ("calle", "c"),
    "avda": ("avenida",), "ctra": ("carretera",), "pza": ("plaza",), "pzza": ("piazza",), "vle": ("viale",), "cso": ("corso",),
    "first": ("1st",), "second": ("2nd",), "third": ("3rd",), "fourth": ("4th",), "fifth": ("5th",), "sixth": ("6th",), "seventh": ("7th",),
    "eighth": ("8th",), "ninth": ("9th",), "tenth": ("10th",),
}  # fmt: skip
"""Words as a token of their own, wherever they stand."""

_AT_THE_END: dict[str, tuple[str, ...]] = {"st": ("street", "st"), "dr": ("drive",), "r": ("rue", "r"), "wy": ("way",), "pk": ("park", "pike")}
_AT_THE_START: dict[str, tuple[str, ...]] = {"r": ("rue", "r"), "ul": ("",), "ulica": ("",), "al": ("aleja", "al"), "v": ("via", "v"), "pz": ("piazza",)}
_DIRECTIONS = {
    "n": "north", "s": "south", "e": "east", "w": "west", "ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest",
}  # fmt: skip
_ENDINGS = (
    (re.compile(r"(?<=\w{3})str\.?$"), ("strasse", "straat")),
    (re.compile(r"(?<=\w{3})pl\.$"), ("platz", "plats")),
    (re.compile(r"(?<=\w{3})g\.$"), ("gasse", "gatan")),
    (re.compile(r"(?<=\w{2})k\.$"), ("katu",)),
    (re.compile(r"(?<=\w{3})t\.$"), ("tie",)),
    (re.compile(r"(?<=\w{3})w\.$"), ("weg",)),
    (re.compile(r"(?<=\w{3})v\.$"), ("vagen", "veien", "vej")),
    (re.compile(r"(?<=\w{3})gt\.?$"), ("gate", "gata")),
    (re.compile(r"(?<=\w{3})vn\.?$"), ("veien",)),
)
"""Abbreviated ends of compound names; those of one letter only with their full stop."""

_PARTS = re.compile(r"\b(sec(?:tion)?|ln|lane|aly|alley)\.?\s*(\d+)\b|\b(\d+)(?:st|nd|rd|th)?\s+(sec(?:tion)?|lane|alley)\b", re.IGNORECASE)
_PART_NAMES = {"s": "section", "l": "lane", "a": "alley"}


def fold(text: str) -> str:
    """The text in one width, lower case, without diacritics, ß as ss, 臺 as 台; spaces trimmed."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", wide)))
    return plain.translate(_LETTERS).strip()


def has_cjk(text: str) -> bool:
    """Whether the text has Chinese characters."""
    return _CJK.search(text) is not None


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text without punctuation; each Chinese character is a word of its own."""
    spaced = _CJK.sub(lambda found: f" {found.group()} ", fold(text))
    return tuple(token.rstrip(".").replace("'", "") for token in _TOKEN.findall(spaced))


def name_key(text: str) -> str:
    """The key of a name that is no street: folded, no spaces or punctuation."""
    return "".join(words(text))


def loose_key(key: str) -> str:
    """A key in which ä and ae, ö and oe, ü and ue are the same (umlauts written out)."""
    return key.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def street_keys(name: str) -> tuple[str, ...]:
    """The keys that a street's name may have, the likeliest first; empty for a text without letters or digits."""
    folded = fold(name)
    rest, parts = _parts_of(arabic_numbers(folded) if has_cjk(folded) else folded)
    tokens = _TOKEN.findall(rest)
    options = [_expanded(token, at, len(tokens)) for at, token in enumerate(tokens)]
    keys = ("".join(choice) + parts for choice in islice(product(*options), _MAX_KEYS))
    return tuple(dict.fromkeys(key for key in keys if key))


def street_key(name: str) -> str:
    """The likeliest key of a street's name, or the empty text."""
    keys = street_keys(name)
    return keys[0] if keys else ""


def all_street_keys(names: Iterable[str]) -> frozenset[str]:
    """Every key, also the loose ones, under which a street of these names may be asked for."""
    keys = {key for name in names for key in street_keys(name)}
    return frozenset(keys | {loose_key(key) for key in keys})


def _parts_of(text: str) -> tuple[str, str]:
    """Section, lane and alley of a romanised Taiwanese street, taken out and put in one order: `Sec. 4, Ln. 100` → `section4lane100`."""
    found = {}
    for match in _PARTS.finditer(text):
        word, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        found[_PART_NAMES[word[0]]] = number
    if not found:
        return text, ""
    return _PARTS.sub(" ", text), "".join(part + found[part] for part in ("section", "lane", "alley") if part in found)


def _expanded(token: str, at: int, count: int) -> tuple[str, ...]:
    word = token.rstrip(".").replace("'", "")
    if word in _DIRECTIONS and count > 1 and at in (0, count - 2, count - 1):
        return (_DIRECTIONS[word],)
    if word in _AT_THE_END and (at == count - 1 or at == count - 2) and at > 0:
        return _AT_THE_END[word]
    if word in _AT_THE_START and at == 0 and count > 1:
        return _AT_THE_START[word]
    if count > 1 and word in _ANYWHERE:
        return _ANYWHERE[word]
    for pattern, wholes in _ENDINGS:
        if pattern.search(token):
            return tuple(pattern.sub(whole, token) for whole in wholes)
    return (word,)
