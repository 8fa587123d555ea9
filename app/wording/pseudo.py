"""Made-up languages that nobody speaks: English with longer words, to see which place has no room, and the same from right to left.

They are offered to pictures and tests alone, never in the menu.
"""

import re
from typing import Final

PSEUDO: Final = ("pseudo", "pseudo_rtl")
"""Longer by some two fifths; the second is laid out from right to left."""
_KEPT: Final = re.compile(r"(\{[^}]*\}|&&|&)")
"""What a program reads: facts that are filled in, marks of keys."""
_ACCENTED: Final = str.maketrans("aeiouyAEIOUY", "àéîöûÿÀÉÎÖÛÝ")


def stretch(text: str) -> str:
    """The text with accents on its vowels, and as many of them twice as make it longer by two fifths (rounded up)."""
    parts = _KEPT.split(text)
    plain = sum(len(part) for part in parts[::2])
    wanted = -(-plain * 2 // 5) if plain else 0
    made = []
    for at, part in enumerate(parts):
        if at % 2:
            made.append(part)
            continue
        longer, wanted = _longer(part, wanted)
        made.append(longer)
    return "".join(made) + "·" * wanted


def _longer(part: str, wanted: int) -> tuple[str, int]:
    letters = []
    for letter in part:
        accented = letter.translate(_ACCENTED)
        letters.append(accented)
        if accented != letter and wanted > 0:
            letters.append(accented.lower())
            wanted -= 1
    return "".join(letters), wanted
