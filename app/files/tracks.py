"""Routes for navigation devices and for other maps: GPX 1.1 and GeoJSON, with the roads' real lines."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from app.domain.geo import Place
from app.files.workbook import written
from app.services.ports.files import Track, TrackStop

_GPX = "http://www.topografix.com/GPX/1/1"


class FileTracks:
    """Implements `Tracks`: the ending of the path says which form, `.gpx` or `.geojson`."""

    def write(self, path: Path, tracks: Sequence[Track]) -> None:
        """Writes the whole file or nothing. Raises Malformed where the path cannot be written."""
        text = gpx(tracks) if path.suffix.lower() == ".gpx" else geojson(tracks)
        written(path, lambda name: _put(Path(name), text))


def _put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def gpx(tracks: Sequence[Track]) -> str:
    """One route with its stops and one track with its line for each driver, and the stops as points."""
    ElementTree.register_namespace("", _GPX)
    root = ElementTree.Element(f"{{{_GPX}}}gpx", {"version": "1.1", "creator": "Doorstep"})
    for track in tracks:  # the format wants all points first, then all routes, then all tracks
        for stop in track.stops:
            _point(root, "wpt", stop)
    for track in tracks:
        route = ElementTree.SubElement(root, f"{{{_GPX}}}rte")
        _text(route, "name", track.name)
        for stop in track.stops:
            _point(route, "rtept", stop)
    for track in tracks:
        element = ElementTree.SubElement(root, f"{{{_GPX}}}trk")
        _text(element, "name", track.name)
        for leg in track.legs:
            segment = ElementTree.SubElement(element, f"{{{_GPX}}}trkseg")
            for place in leg:
                ElementTree.SubElement(segment, f"{{{_GPX}}}trkpt", _position(place))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _point(parent: ElementTree.Element, kind: str, stop: TrackStop) -> None:
    point = ElementTree.SubElement(parent, f"{{{_GPX}}}{kind}", _position(stop.place))
    if stop.arrival is not None:
        _text(point, "time", stop.arrival.isoformat().replace("+00:00", "Z"))
    _text(point, "name", f"{stop.number}. {stop.title}")
    _text(point, "desc", stop.note)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    if text:
        # XML knows no way to write control characters at all
        ElementTree.SubElement(parent, f"{{{_GPX}}}{name}").text = "".join(letter for letter in text if letter >= " ")


def _position(place: Place) -> dict[str, str]:
    return {"lat": f"{place.lat:.6f}", "lon": f"{place.lon:.6f}"}


def geojson(tracks: Sequence[Track]) -> str:
    """A line for each driver and a point for each stop, as RFC 7946 has it."""
    features = [feature for track in tracks for feature in (_line(track), *(_stop(track, stop) for stop in track.stops))]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _line(track: Track) -> dict[str, Any]:
    legs = [[_pair(place) for place in leg] for leg in track.legs if len(leg) > 1]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiLineString", "coordinates": legs},
        "properties": {"kind": "route", "route": track.number, "name": track.name, "stops": len(track.stops)},
    }


def _stop(track: Track, stop: TrackStop) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": _pair(stop.place)},
        "properties": {
            "kind": "stop",
            "route": track.number,
            "stop": stop.number,
            "order": stop.title,
            "note": stop.note,
            "arrival": stop.arrival.isoformat() if stop.arrival is not None else None,
        },
    }


def _pair(place: Place) -> list[float]:
    return [round(place.lon, 6), round(place.lat, 6)]
