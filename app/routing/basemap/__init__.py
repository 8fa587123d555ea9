"""The base map of an area: vector tiles in one archive, made from the extract without a network.

Tiles hold the layers of `kinds.LAYERS`; what no layer covers is land.
"""

from pathlib import Path

from app.domain.geo import Box
from app.routing.basemap.kinds import FIRST_ZOOM, LAST_ZOOM, LAYERS
from app.routing.basemap.pmtiles import Archive, write_archive
from app.routing.basemap.reading import read_sketch
from app.routing.basemap.tiling import zoom_tiles
from app.services.ports.travel import Report, silent

FILE = "map.pmtiles"
ATTRIBUTION = "© OpenStreetMap contributors"
_READ = 0.35
"""Share of the work that reading is."""


def build_basemap(extract: Path, folder: Path, report: Report = silent) -> None:
    """Writes `map.pmtiles` into the folder. Equal extracts give equal bytes.

    Raises Malformed for a file that is no extract, is cut off, or is empty, and whatever `report` raises; nothing is left half-written then.
    """
    report(0.0, "map.reading")
    sketch = read_sketch(extract, report)
    tiles: dict[tuple[int, int, int], bytes] = {}
    weights = {zoom: 2.0 ** (zoom - LAST_ZOOM) for zoom in range(FIRST_ZOOM, LAST_ZOOM + 1)}
    done = 0.0
    for zoom, weight in weights.items():

        def pulse(share: float, done: float = done, weight: float = weight) -> None:
            report(_READ + (0.98 - _READ) * (done + weight * share) / sum(weights.values()), "map.drawing")

        tiles.update(zoom_tiles(sketch, zoom, pulse))
        done += weight
    tiles = tiles or {(FIRST_ZOOM, 0, 0): b""}
    _write(folder / FILE, tiles, sketch.bounds)
    report(1.0, "map.drawing")


def _write(path: Path, tiles: dict[tuple[int, int, int], bytes], bounds: Box) -> None:
    half = path.with_suffix(".half")
    try:
        write_archive(half, tiles, bounds, {"attribution": ATTRIBUTION, "vector_layers": [{"id": layer, "fields": {}} for layer in LAYERS]})
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def open_tiles(folder: Path) -> Archive:
    """The base map of an area's folder. Raises Malformed for a broken archive, FileNotFoundError for none."""
    return Archive(folder / FILE)
