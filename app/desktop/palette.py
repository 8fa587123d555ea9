"""The colours and dash patterns that tell routes apart, the same in chips, lines, bars, and exported maps.

The eight colours were searched for: away from alarm red, at least 13.6 apart (CAM02-UCS) for normal and colour-blind eyes, and usable on
the light and the dark map. From the ninth route on a colour comes again with a dash pattern, and the number is always in the badge.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "resources" / "palette.json"

_EVEN = 0.198
"""The luminance on which white and near-black are read equally well; resources/map/brush.js has the same."""


@cache
def palette() -> dict[str, Any]:
    """Colours and dash patterns as they are kept, for scripts that draw routes themselves."""
    held: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return held


def route_color(number: int) -> str:
    """The colour `#RRGGBB` of the route with this number (1, 2, …)."""
    colors = palette()["routes"]
    return str(colors[(number - 1) % len(colors)])


def route_dash(number: int) -> tuple[int, ...]:
    """Dash and gap lengths in pixels of the route with this number; empty: a solid line."""
    colors, dashes = palette()["routes"], palette()["dashes"]
    return tuple(dashes[(number - 1) // len(colors) % len(dashes)])


@cache
def badge_text_color(number: int) -> str:
    """White or near-black, whichever is read better on the route's colour (relative luminance of WCAG 2.2): 4.5:1 or more on each."""
    red, green, blue = (_linear(int(route_color(number)[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return "#FFFFFF" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _EVEN else "#14171A"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
