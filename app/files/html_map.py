"""A plan's map as one HTML file: folium's page with every script, style, tile and word inside it, and closed to the network by policy."""

import base64
import gzip
import hashlib
import json
import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import folium

from app.domain.errors import Malformed, SetupMissing
from app.domain.geo import Box, Place
from app.domain.sentences import Sentence
from app.services.drawing import drawn, features, position_of
from app.services.ports.files import MapPage
from app.services.ports.travel import Tiles
from app.wording.catalogue import sentence

_RESOURCES: Final = Path(__file__).resolve().parents[2] / "resources"
_SCRIPTS: Final = (
    "web/leaflet/leaflet.js",
    "web/protomaps/protomaps-leaflet.js",
    *(f"map/{name}.js" for name in ("ground", "day", "brush", "gather", "layer", "marks", "card", "pointer", "chrome")),
)
_STYLES: Final = ("web/leaflet/leaflet.css", "map/map.css", "map/page.css")
_LAST: Final = "map/page.js"
_WORDS: Final = ("zoom_in", "zoom_out", "fit", "lasso", "mode_lasso", "map_name", "page_routes", "page_pool")
_TILE_BYTES: Final = 4_500_000
"""Tiles beyond this many bytes (base64) are left out, the deepest zooms first; the whole file stays under some 6 MB."""
_FIRST_ZOOM: Final = 7
_MARGIN_M: Final = 1_500.0
"""Map kept around the plan's points."""
_LOADED: Final = re.compile(r"\s*<(?:script src=|link rel=\"stylesheet\" href=)\"[^\"]*\"\s*/?>(?:</script>)?")
_INLINE: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_LICENCES: Final = "<!-- Map data © OpenStreetMap contributors, ODbL 1.0. Contains Leaflet (BSD-2-Clause) and protomaps-leaflet (BSD-3-Clause). -->"


class HtmlMapPages:
    """Writes map pages; the `MapPages` port."""

    def write(self, path: Path, page: MapPage, *, language: str = "en") -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written, SetupMissing without the web packages."""
        html = page_html(page, language)
        half = path.with_name(f".{path.name}.{os.getpid()}.half")
        try:
            half.write_text(html, encoding="utf-8")
            half.replace(path)
        except OSError as error:
            raise Malformed("map.not_written", file=str(path), why=error.strerror or str(error)) from error
        finally:
            half.unlink(missing_ok=True)


def page_html(page: MapPage, language: str = "en") -> str:
    """The text of the file."""
    shell = str(_shell(page).get_root().render())
    bare = _LOADED.sub("", shell)
    parts = _parts(page, language)
    lang = "zh-Hant-TW" if language == "zh_TW" else language
    html = bare.replace("<html>", f'<html lang="{lang}">', 1).replace(
        "</head>", f"<title>{_escaped(page.title)}</title>{parts['styles']}\n{parts['libraries']}\n</head>", 1
    )
    html = html.replace("</html>", f"{parts['data']}\n{parts['start']}\n</html>")
    return html.replace("<head>", f'<head>\n{_LICENCES}\n<meta http-equiv="Content-Security-Policy" content="{_policy(html)}">', 1)


def _shell(page: MapPage) -> folium.Map:
    middle = Box.around(page.day.places()).center if page.day.places() else (page.bounds.center if page.bounds else Place(0, 0))
    shell = folium.Map(
        location=[middle.lat, middle.lon],
        zoom_start=13,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        max_zoom=19,
        min_zoom=3,
        fade_animation=False,
        box_zoom=False,
        double_click_zoom=False,
    )
    shell._id = "plan"
    return shell


def _parts(page: MapPage, language: str) -> Mapping[str, str]:
    styles = "\n".join(f"<style>{_style(name)}</style>" for name in _STYLES)
    libraries = "\n".join(f"<script>{_script(name)}</script>" for name in _SCRIPTS)
    data = f'<script type="application/json" id="plan">{_json(_content(page, language))}</script>'
    return {"styles": styles, "libraries": libraries, "data": data, "start": f"<script>{_script(_LAST)}</script>"}


def _content(page: MapPage, language: str) -> Mapping[str, Any]:
    zoom, tiles = _kept_tiles(page)
    corners = page.bounds and [position_of(Place(page.bounds.south, page.bounds.west)), position_of(Place(page.bounds.north, page.bounds.east))]
    return {
        "title": page.title,
        "note": page.note,
        "language": language,
        "words": {word: sentence(Sentence.of(f"map.{word}"), language) for word in _WORDS},
        "palette": json.loads(_asset("palette.json")),
        "features": features(drawn(page.day)),
        "routes": [asdict(route) for route in page.routes],
        "unplanned": page.unplanned,
        "bounds": corners,
        "zoom": zoom,
        "tiles": tiles,
    }


def _kept_tiles(page: MapPage) -> tuple[int | None, Mapping[str, str]]:
    """The deepest zoom that fits, and the tiles by address, each gzip in base64."""
    kept: dict[str, str] = {}
    size, deepest = 0, None
    places = page.day.places()
    if page.tiles is None or not (places or page.bounds):
        return None, kept
    box = _shown(places, page.bounds).grown(_MARGIN_M)
    for zoom in range(_FIRST_ZOOM, page.tiles.max_zoom + 1):
        level = dict(_level(page.tiles, box, zoom))
        size += sum(len(body) for body in level.values())
        if size > _TILE_BYTES:
            break
        kept |= level
        deepest = zoom
    return deepest, kept


def _shown(places: Sequence[Place], bounds: Box | None) -> Box:
    """Where the plan lies; a place off the area (an order at 0, 0) does not widen it, for the base map has nothing there."""
    if bounds is None:
        return Box.around(places)
    return (Box.around(places).within(bounds) if places else None) or bounds


def _level(tiles: Tiles, box: Box, zoom: int) -> Iterator[tuple[str, str]]:
    west, north = _tile_of(box.north, box.west, zoom)
    east, south = _tile_of(box.south, box.east, zoom)
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            body = tiles.tile(zoom, x, y)
            if body:
                yield f"{zoom}/{x}/{y}", base64.b64encode(gzip.compress(body, 9, mtime=0)).decode()


def _tile_of(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    side = 1 << zoom
    flat = math.radians(max(-85.0, min(85.0, lat)))
    x, y = (lon + 180) / 360 * side, (0.5 - math.asinh(math.tan(flat)) / (2 * math.pi)) * side
    return max(0, min(side - 1, int(x))), max(0, min(side - 1, int(y)))


def _json(content: Any) -> str:
    """JSON that cannot end the element it stands in, whatever customers' files hold."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _asset(name: str) -> str:
    try:
        return (_RESOURCES / name).read_text(encoding="utf-8")
    except OSError as error:
        raise SetupMissing("map.assets_missing", file=name) from error


def _script(name: str) -> str:
    """A script without its pointer to a source map, which would be looked for."""
    return re.sub(r"//# sourceMappingURL=.*", "", _asset(name)).replace("</script", "<\\/script")


def _style(name: str) -> str:
    """A style without the pictures that it would load from beside the file."""
    return re.sub(r"url\([^)]*\)", "none", _asset(name))


def _policy(html: str) -> str:
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, content in _INLINE.findall(html):
        hashes[tag].append(f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'")
    scripts, styles = " ".join(hashes["script"]), " ".join(hashes["style"])
    return f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"
