"""The exported map is one file that asks for nothing and runs nothing that a customer's file brings."""

import base64
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import Malformed
from app.domain.geo import Box, Place
from app.files.html_map import HtmlMapPages, page_html
from app.services.drawing import MapDay, MapPool, MapRoute, MapStop
from app.services.ports.files import MapPage, PageRoute, PageStop

EVIL = "</script><script>alert(1)</script>\u2028\"'<img src=x onerror=alert(2)>&amp;"
HERE = Place(60.17, 24.94)

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "resources" / "web" / "leaflet" / "leaflet.js").is_file(), reason="the set-up has not brought the web packages"
)


class SomeTiles:
    """A base map with one and the same tile everywhere."""

    def __init__(self, body: bytes = b"tile", max_zoom: int = 14) -> None:
        self.body, self._max_zoom = body, max_zoom

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        return self.body if zoom >= 7 else None

    @property
    def max_zoom(self) -> int:
        return self._max_zoom


def a_page(tiles: SomeTiles | None = None) -> MapPage:
    stop = MapStop(id="s1", place=HERE, number=1, title=EVIL)
    day = MapDay(routes=(MapRoute(id="r1", number=1, name=EVIL, stops=(stop,)),), pool=(MapPool(id="o2", place=HERE, title=EVIL),))
    rows = (PageRoute(id="r1", number=1, name=EVIL, stops=(PageStop(id="s1", number=1, time="08:14", title=EVIL, late_minutes=18),)),)
    return MapPage(title=EVIL, day=day, routes=rows, unplanned=(("A-2", EVIL),), tiles=tiles, bounds=Box(60.1, 24.9, 60.2, 25.0))


def content(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="plan">(.*?)</script>', html, re.DOTALL)
    assert found
    read: dict[str, object] = json.loads(found[1])
    return read


def test_nothing_is_loaded_from_elsewhere() -> None:
    html = page_html(a_page(SomeTiles()))
    assert not re.search(r"<(script|img|iframe)[^>]*\ssrc=", html)
    assert not re.search(r"<link[^>]*href", html)
    assert "url(" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert "default-src 'none'" in html
    assert "sourceMappingURL" not in html


def test_names_from_customers_stay_text() -> None:
    html = page_html(a_page())
    assert EVIL not in html
    assert "alert(1)</script>" not in html
    assert "\u2028" not in content_text(html)
    assert content(html)["title"] == EVIL


def content_text(html: str) -> str:
    return html.split('id="plan">', 1)[1].split("</script>", 1)[0]


def test_the_attribution_is_on_the_page() -> None:
    assert "© OpenStreetMap contributors" in page_html(a_page())


def test_tiles_around_the_plan_are_inside_and_whole() -> None:
    held = content(page_html(a_page(SomeTiles(b"some tile"))))
    tiles = held["tiles"]
    assert isinstance(tiles, dict)
    assert held["zoom"] == 14
    assert "14/9327/4743" in tiles or "14/9327/4742" in tiles
    assert all(gzip.decompress(base64.b64decode(body)) == b"some tile" for body in tiles.values())


def test_a_large_map_gives_up_its_deepest_zooms_first() -> None:
    import random

    html = page_html(a_page(SomeTiles(random.Random(1).randbytes(400_000))))
    zoom = content(html)["zoom"]
    assert isinstance(zoom, int)
    assert 7 <= zoom < 14
    assert len(html) < 6_500_000


def test_a_place_far_off_the_area_brings_no_tiles_of_half_the_world() -> None:
    """An order at (0, 0) is 6,700 km away; the box of both would be millions of tiles, the area's own is a handful."""
    page = a_page(SomeTiles())
    lost = MapPool(id="o3", place=Place(0.0, 0.0), title="A-3")
    with_lost = replace(page, day=replace(page.day, pool=(*page.day.pool, lost)))
    kept = content(page_html(with_lost))["tiles"]
    assert isinstance(kept, dict)
    assert 0 < len(kept) < 200


def test_without_a_base_map_the_page_still_shows_the_plan() -> None:
    held = content(page_html(a_page(), "zh_TW"))
    assert held["zoom"] is None
    assert held["routes"]
    words = held["words"]
    assert isinstance(words, dict)
    assert words["page_routes"] == "路線"


def test_a_path_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as refused:
        HtmlMapPages().write(tmp_path / "nowhere" / "map.html", a_page())
    assert refused.value.sentence.key == "map.not_written"


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    HtmlMapPages().write(tmp_path / "map.html", a_page())
    assert [each.name for each in tmp_path.iterdir()] == ["map.html"]
    assert (tmp_path / "map.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
