"""The file that remembers what was printed: JSON in the data folder, the latest plans first. Names and addresses are kept as digests only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from app.domain.ids import OrderId, PlanId, RouteId
from app.domain.units import Millis
from app.files.json_file import read_object, write_text
from app.services.papers.changes import PrintedOrder, PrintedRoute

_MOST = 60
"""Plans that are remembered; the ones that were printed longest ago are forgotten first."""


class FilePrintMemory:
    """Implements `PrintMemory`. A file that was spoilt from outside counts as empty: everything is then printed whole."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()

    def recall(self, plan: PlanId) -> Mapping[RouteId, PrintedRoute]:
        """The routes of a plan that were ever printed."""
        held = read_object(self._file).get(plan)
        try:
            return {route.route: route for route in map(_route, held)} if isinstance(held, list) else {}
        except (KeyError, TypeError, ValueError, AttributeError):
            return {}

    def keep(self, plan: PlanId, routes: Sequence[PrintedRoute]) -> None:
        """Remembers these routes as printed. Raises Malformed where the file cannot be written."""
        with self._lock:
            known = {**self.recall(plan), **{route.route: route for route in routes}}
            others = {each: value for each, value in read_object(self._file).items() if each != plan}
            newest: dict[str, Any] = {plan: [_plain(route) for route in known.values()]} | others
            write_text(self._file, json.dumps(dict(list(newest.items())[:_MOST]), ensure_ascii=False))


def _plain(route: PrintedRoute) -> dict[str, Any]:
    return asdict(route) | {"at": route.at.isoformat()}


def _route(held: dict[str, Any]) -> PrintedRoute:
    orders = tuple(_order(each) for each in held["orders"])
    return PrintedRoute(route=RouteId(held["route"]), at=datetime.fromisoformat(held["at"]), header=str(held["header"]), orders=orders)


def _order(held: dict[str, Any]) -> PrintedOrder:
    return PrintedOrder(
        order=OrderId(held["order"]),
        number=str(held["number"]),
        stop=int(held["stop"]),
        arrival=Millis(held["arrival"]) if held["arrival"] is not None else None,
        windows=tuple((Millis(opens), Millis(closes)) for opens, closes in held["windows"]),
        details=str(held["details"]),
    )
