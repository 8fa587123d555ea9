"""Routes can be told apart without colour: pictures of ten routes, as they are, as deuteranopes see them, and in grey."""

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.desktop.map.features import MapDay, MapLeg, MapRoute, MapStop
from app.desktop.map.view import MapView
from app.desktop.palette import badge_text_color, route_color
from tests.desktop.map.hands import at, spot, told

Linear = tuple[float, float, float]
ROUTES = 10
"""The ninth and tenth have colours of the first two, and a dash pattern."""
SEEN: dict[str, Callable[[Linear], Linear]] = {
    "as it is": lambda rgb: rgb,
    # Machado, Oliveira, Fernandes 2009, severity 1.0
    "deuteranopia": lambda rgb: (
        0.367322 * rgb[0] + 0.860646 * rgb[1] - 0.227968 * rgb[2],
        0.280085 * rgb[0] + 0.672501 * rgb[1] + 0.047413 * rgb[2],
        -0.011820 * rgb[0] + 0.042940 * rgb[1] + 0.968881 * rgb[2],
    ),
    "grey": lambda rgb: (luminance(rgb),) * 3,
}


def linear(color: QColor) -> Linear:
    """The light of a pixel."""

    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    return channel(color.redF()), channel(color.greenF()), channel(color.blueF())


def luminance(rgb: Linear) -> float:
    """Relative luminance."""
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def lab(rgb: Linear) -> tuple[float, float, float]:
    """CIE L*a*b* for D65."""
    red, green, blue = (max(0.0, min(1.0, each)) for each in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.fixture
def picture(view: MapView, ask: Any, qtbot: QtBot, request: pytest.FixtureRequest) -> tuple[QImage, list[tuple[int, int, int, int]]]:
    """Ten routes in full colour, each a level line with a badge at its left, and where each lies: badge x and y, line from and to."""
    made = []
    for number in range(1, ROUTES + 1):
        start, end = at(0, -number), at(12, -number)
        made.append(
            MapRoute(id=f"r{number}", number=number, stops=(MapStop(id=f"s{number}", place=start, number=number),), legs=(MapLeg(points=(start, end)),))
        )
    told(view, qtbot, lambda: view.set_theme(request.param))
    told(view, qtbot, lambda: view.show_day(MapDay(routes=tuple(made))))
    qtbot.waitUntil(lambda: ask(view, "Doorstep.whole.day.grouped().route.length") == ROUTES and view.whole, timeout=30_000)
    ask(view, "Doorstep.whole.map.fitBounds([[60.1595, 24.939], [60.17, 24.953]], {animate: false}).getZoom()")
    told(view, qtbot, lambda: view.select(frozenset(route.id for route in made)))
    qtbot.wait(100)
    ways = [(spot(view, ask, at(0, -number)), spot(view, ask, at(12, -number))) for number in range(1, ROUTES + 1)]
    return view.grab().toImage(), [(a.x(), a.y(), a.x() + 40, b.x() - 20) for a, b in ways]


def strokes(image: QImage, way: tuple[int, int, int, int], seen: Callable[[Linear], Linear]) -> tuple[tuple[float, float, float], int]:
    """How a line looks: the commonest of its colours, and how often it is broken."""
    x_from, x_to, y = way[2], way[3], way[1]
    pixels = [image.pixelColor(x, y).rgb() for x in range(x_from, x_to)]
    common = {rgb: pixels.count(rgb) for rgb in set(pixels)}
    paper = image.pixelColor(way[0], way[1] - 14)
    color = max(common, key=lambda rgb: (common[rgb] > 20) * QColor(rgb).hsvSaturation() * common[rgb])
    inside = [abs(QColor(rgb).lightness() - QColor(color).lightness()) + abs(QColor(rgb).hue() - QColor(color).hue()) < 25 for rgb in pixels]
    breaks = sum(a and not b for a, b in pairwise(inside))
    assert color != paper.rgb()
    return lab(seen(linear(QColor(color)))), breaks


@pytest.mark.parametrize("picture", ["light", "dark"], indirect=True)
@pytest.mark.parametrize("how", ["as it is", "deuteranopia"])
def test_any_two_lines_differ_in_colour_or_in_dashes(picture: tuple[QImage, list[tuple[int, int, int, int]]], how: str) -> None:
    image, ways = picture
    looks = [strokes(image, way, SEEN[how]) for way in ways]
    for (first, a), (second, b) in combinations(enumerate(looks, start=1), 2):
        apart = sum((x - y) ** 2 for x, y in zip(a[0], b[0], strict=True)) ** 0.5
        assert apart > 12 or abs(a[1] - b[1]) > 5, f"routes {first} and {second} look alike: {apart:.0f}"


@pytest.mark.parametrize("picture", ["light", "dark"], indirect=True)
@pytest.mark.parametrize("how", list(SEEN))
def test_the_number_of_each_badge_can_be_read(picture: tuple[QImage, list[tuple[int, int, int, int]]], how: str) -> None:
    image, ways = picture
    for number, (x, y, *_rest) in enumerate(ways, start=1):
        light = [luminance(SEEN[how](linear(image.pixelColor(x + dx, y + dy)))) for dx in range(-6, 7) for dy in range(-6, 7)]
        contrast = (max(light) + 0.05) / (max(0.0, min(light)) + 0.05)
        assert contrast >= 3.0, f"badge {number}: {contrast:.1f}"


@pytest.mark.parametrize("number", range(1, 9))
def test_numbers_keep_the_contrast_of_text(number: int) -> None:
    light = sorted(luminance(linear(QColor(color))) for color in (route_color(number), badge_text_color(number)))
    assert (light[1] + 0.05) / (light[0] + 0.05) >= 4.5
