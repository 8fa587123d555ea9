"""The map's page: made by folium once, with local assets in place of its own, and closed to everything else by a content policy."""

import base64
import contextlib
import hashlib
import importlib.util
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import Final

from app.domain.geo import Place

_SCRIPTS: Final = (
    ("leaflet", "app://web/leaflet/leaflet.js"),
    ("protomaps", "app://web/protomaps/protomaps-leaflet.js"),
    ("qwebchannel", "app://map/qwebchannel.js"),
)
_STYLES: Final = (("leaflet_css", "app://web/leaflet/leaflet.css"), ("map_css", "app://map/map.css"))
_OURS: Final = ("ground", "day", "brush", "gather", "layer", "marks", "card", "pointer", "pin", "chrome", "area", "panels", "keys", "carry", "map")
"""Our scripts in the order in which they need each other."""
_INLINE: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_START: Final = Place(30.0, 0.0)
"""Shown for the moment before an area or a day is known."""


def shell_page(folder: Path | None = None) -> bytes:
    """The page as UTF-8. `folder` keeps it for the next start: folium takes a quarter of a second to load, and makes the same page each time."""
    if folder is None:
        return _made()
    file = folder / f"map-{_edition()}.html"
    with contextlib.suppress(OSError):
        return file.read_bytes()
    page = _made()
    with contextlib.suppress(OSError):
        _keep(file, page)
    return page


def _edition() -> str:
    """Another one for another folium and for another of this module; of a frozen program, whose modules are no files, for another program."""
    found = importlib.util.find_spec("folium")
    beside = Path(found.origin).with_name("_version.py") if found is not None and found.origin else None
    files = [file for file in (Path(__file__), beside) if file is not None and file.is_file()]
    parts = [file.read_bytes() for file in files] if len(files) == 2 else [str(Path(sys.executable).stat().st_mtime_ns).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _keep(file: Path, page: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for older in file.parent.glob("map-*.html"):
        older.unlink(missing_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    part.write_bytes(page)
    part.replace(file)


@cache
def _made() -> bytes:
    """The page of folium. Its inline parts are named by hash in the policy, so that nothing else can run."""
    import folium

    shell = folium.Map(
        location=[_START.lat, _START.lon],
        zoom_start=3,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        max_zoom=19,
        min_zoom=3,
        fade_animation=False,
        box_zoom=False,
        double_click_zoom=False,
        wheel_px_per_zoom_level=90,
        world_copy_jump=False,
    )
    shell.default_js, shell.default_css = list(_SCRIPTS), list(_STYLES)
    shell._id = "day"
    html = str(shell.get_root().render())
    scripts = "".join(f'<script src="app://map/{name}.js"></script>\n' for name in _OURS)
    html = html.replace("</html>", f"{scripts}</html>")
    return html.replace("<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{_policy(html)}">', 1).encode()


def _policy(html: str) -> str:
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, content in _INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        hashes[tag].append(f"'sha256-{digest}'")
    rules = (
        "default-src 'none'",
        f"script-src app://map app://web {' '.join(hashes['script'])}",
        f"style-src app://map app://web {' '.join(hashes['style'])}",
        "img-src app://web data:",
        "connect-src app://vt",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)
