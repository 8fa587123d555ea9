"""Puts the pieces that a web font comes in together, one file a weight, for typst: `python paper_fonts.py SOURCES TARGET`. Runs in the environment."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

FAMILY = "Doorstep Paper"
WEIGHTS = {400: "Regular", 700: "Bold"}
_FIRST = ("latin", "latin-ext", "chinese-traditional")
"""The pieces whose glyphs count where several hold the same character."""


class Joined:
    """The glyphs of many pieces under names of their own."""

    def __init__(self) -> None:
        self.glyphs: dict[str, Any] = {}
        self.widths: dict[str, tuple[int, int]] = {}
        self.characters: dict[int, str] = {}

    def take(self, piece: TTFont, mark: str) -> None:
        """Adds what a piece has and none before it had."""
        for code, name in piece.getBestCmap().items():
            if code not in self.characters:
                self.characters[code] = self._glyph(piece, name, mark)

    def _glyph(self, piece: TTFont, name: str, mark: str) -> str:
        own = ".notdef" if name == ".notdef" else f"{mark}.{name}"
        if own in self.glyphs:
            return own
        glyph = piece["glyf"][name]
        glyph.removeHinting()
        self.glyphs[own], self.widths[own] = glyph, piece["hmtx"][name]
        if glyph.isComposite():
            for component in glyph.components:
                component.glyphName = self._glyph(piece, component.glyphName, mark)
        return own

    def whole(self, first: TTFont, weight: int) -> FontBuilder:
        """One font of them all, with the measures of the first piece."""
        self._glyph(first, ".notdef", "")
        made = FontBuilder(first["head"].unitsPerEm)
        made.setupGlyphOrder([".notdef", *(name for name in self.glyphs if name != ".notdef")])
        made.setupCharacterMap(self.characters)
        made.setupGlyf(self.glyphs)
        made.setupHorizontalMetrics(self.widths)
        line = first["hhea"]
        made.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
        style = WEIGHTS[weight]
        made.setupNameTable({"familyName": FAMILY, "styleName": style, "psName": f"{FAMILY.replace(' ', '')}-{style}", "licenseDescription": "OFL 1.1"})
        high = first["OS/2"]
        made.setupOS2(
            sTypoAscender=line.ascent,
            sTypoDescender=line.descent,
            usWinAscent=line.ascent,
            usWinDescent=-line.descent,
            usWeightClass=weight,
            sCapHeight=high.sCapHeight,
            sxHeight=high.sxHeight,
            version=4,
        )
        made.setupPost()
        return made


def pieces(sources: Path, weight: int) -> Iterator[Path]:
    """The files of a weight, those that come first before the others."""
    files = {file.name.removesuffix(f"-{weight}-normal.woff2").removeprefix("noto-sans-tc-"): file for file in sources.glob(f"*-{weight}-normal.woff2")}
    yield from (files.pop(name) for name in _FIRST)
    yield from (files[name] for name in sorted(files))


def build(sources: Path, target: Path, weight: int) -> None:
    """Writes the font of a weight."""
    joined, first = Joined(), None
    for number, file in enumerate(pieces(sources, weight)):
        piece = TTFont(file)
        first = first or piece
        joined.take(piece, f"p{number}")
    if first is not None:
        joined.whole(first, weight).save(target / f"doorstep-paper-{weight}.ttf")


def main(words: Sequence[str]) -> int:
    """Builds every weight."""
    sources, target = Path(words[0]), Path(words[1])
    for weight in WEIGHTS:
        build(sources, target, weight)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
