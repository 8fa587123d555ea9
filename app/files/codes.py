"""QR codes and bar codes as SVG, for papers."""

import re
from functools import lru_cache

_KEPT = 4_096
LONGEST_BAR = 300
"""Modules: a wider bar code would have bars under a quarter of a millimetre on a label, which printers and readers lose."""
_WIDTH = re.compile(r'<svg width="(\d+)"')


@lru_cache(_KEPT)
def qr(text: str) -> str:
    """A QR code of a text, without its quiet zone, which the paper leaves round it; a seventh of it may be spoilt."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return _drawn(str(code.to_svg(add_quiet_zones=False)))


@lru_cache(_KEPT)
def bars(text: str) -> str:
    """A Code 128 of a text with its quiet zone; empty where it cannot say the text, or only too finely to be read."""
    if not _sayable(text):
        return ""
    import zxingcpp

    svg = str(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_svg())
    width = _WIDTH.search(svg)
    if width is None or int(width[1]) > LONGEST_BAR:
        return ""
    return _drawn(svg).replace('height="50"', 'height="50" preserveAspectRatio="none"', 1)


def sayable_in_bars(text: str) -> bool:
    """Whether a bar code of this text can be read on a label."""
    return bool(bars(text))


def _sayable(text: str) -> bool:
    return bool(text) and all(" " <= letter <= "~" for letter in text)


def _drawn(svg: str) -> str:
    """The drawing alone, without the document's head."""
    return svg[svg.index("<svg") :]
