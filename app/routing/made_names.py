"""Made-up names of streets and suburbs: plausible, none twice, the same for the same seed."""

from collections.abc import Iterator

import numpy as np

_STEMS = """
Alder Amber Anchor Apple Arrow Ash Aster Autumn Barley Bay Beacon Bell Birch Black Bramble Breeze Briar Bridge Bright Brook Cedar Cherry Church Clay
Clear Clover Copper Coral Corn Crane Crown Dale Deer Dove Eagle Elder Elm Ember Fair Falcon Fern Field Finch Flint Forest Fox Garden Glen Gold Granite
Green Grove Harbor Hare Hart Harvest Hawk Hazel Heath Heron Hickory High Holly Honey Iron Ivy Jasper Juniper Kestrel King Lake Larch Lark Laurel Lily
Lime Linden Lock Long Maple Marble Marsh Meadow Mill Mint Moon Moss Myrtle North Oak Olive Orchard Otter Owl Pearl Pebble Pine Plum Poplar Quarry
Quince Raven Red Reed Ridge River Robin Rose Rowan Rush Sage Sand Silver Sky Slate Snow Sparrow Spring Spruce Star Stone Summer Sun Swan Thorn Timber
Vale Violet Walnut Water Wheat White Wild Willow Wind Winter Wood Wren Yarrow Yew
"""
_ENDS = """
bank bourne brook bury combe cote croft dale den down field ford gate grove ham haven hill holm hurst land leigh ley mead mere mont moor port ridge
shaw side stead stock stone thorpe ton vale view water well wick wood worth
"""
_STEM_WORDS, _END_WORDS = tuple(_STEMS.split()), tuple(_ENDS.split())
_KINDS = {
    "primary": ("Boulevard", "Avenue"),
    "secondary": ("Avenue", "Road"),
    "tertiary": ("Road", "Drive"),
    "residential": ("Street", "Lane", "Way", "Close", "Court", "Terrace"),
}
_BEFORE = ("", "North ", "South ", "East ", "West ", "Upper ", "Lower ", "Old ", "New ")


class Names:
    """Gives names, none twice."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._order = [int(number) for number in generator.permutation(len(_STEM_WORDS) * len(_END_WORDS))]
        self._kinds = {kind: self._streets(words) for kind, words in _KINDS.items()}
        self._suburbs = self._words()

    def street(self, kind: str) -> str:
        """A name for a street of this class of road."""
        return next(self._kinds[kind])

    def suburb(self) -> str:
        """A name for a suburb."""
        return next(self._suburbs)

    def _words(self) -> Iterator[str]:
        before = 0
        while True:
            for number in self._order:
                yield f"{_BEFORE[before % len(_BEFORE)]}{_word(number)}{' ' + str(before // len(_BEFORE) + 1) if before >= len(_BEFORE) else ''}"
            before += 1

    def _streets(self, kinds: tuple[str, ...]) -> Iterator[str]:
        for number, word in enumerate(self._words()):
            # Each word meets each kind once before words come with North, South and so on.
            yield f"{word} {kinds[number % len(kinds)]}"


def _word(number: int) -> str:
    stem, end = divmod(number, len(_END_WORDS))
    return _STEM_WORDS[stem] + _END_WORDS[end]
