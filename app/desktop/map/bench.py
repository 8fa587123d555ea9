"""How long the map takes from the call in Python to the painted screen."""

import math
import random
import statistics
import time
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from app.desktop.map.features import MapDay, MapDepot, MapLeg, MapRoute, MapStop
from app.desktop.map.view import MapView
from app.domain.geo import Place, distance_m

_ROUTES = 40
_PATIENCE_MS = 20_000


def made_up_day(stops: int, *, seed: int = 1, routes: int = _ROUTES, center: Place | None = None, spread: float = 0.06) -> MapDay:
    """A day with so many stops around a place, for measuring and trying: each route serves its own quarter, from near to far."""
    dice, middle = random.Random(seed), center or Place(60.171, 24.944)
    made = []
    for number in range(1, routes + 1):
        count = stops // routes + (1 if number <= stops % routes else 0)
        places = _quarter(dice, middle, spread, 2 * math.pi * number / routes, count)
        halts = tuple(
            MapStop(id=f"s{seed}-{number}-{at}", place=place, number=at, title=f"Stop {at}", late_minutes=18 if dice.random() < 0.02 else 0)
            for at, place in enumerate(places, start=1)
        )
        legs = tuple(MapLeg(points=_street(a, b)) for a, b in zip([middle, *places], [*places, middle], strict=True))
        made.append(MapRoute(id=f"r{number}", number=number, name=f"Van {number}", stops=halts, legs=legs))
    return MapDay(routes=tuple(made), depots=(MapDepot(id="depot", place=middle, title="Depot"),))


def _quarter(dice: random.Random, middle: Place, spread: float, turn: float, count: int) -> list[Place]:
    away = spread * (0.4 + 0.6 * dice.random())
    lat, lon = middle.lat + away / 2 * math.sin(turn), middle.lon + away * math.cos(turn)
    places = [Place(lat + dice.gauss(0, spread / 16), lon + dice.gauss(0, spread / 8)) for _ in range(count)]
    ordered, here = list[Place](), middle
    while places:
        here = min(places, key=lambda place: distance_m(here, place))
        places.remove(here)
        ordered.append(here)
    return ordered


def _street(start: Place, end: Place) -> tuple[Place, ...]:
    """A way around corners, with some twenty points as a road has."""
    corner = Place(start.lat, end.lon)
    return tuple(_between(a, b, step / 10) for a, b in ((start, corner), (corner, end)) for step in range(11))


def _between(start: Place, end: Place, share: float) -> Place:
    return Place(start.lat + (end.lat - start.lat) * share, start.lon + (end.lon - start.lon) * share)


def measure_map(stops: int = 2_000, *, repeats: int = 5) -> dict[str, Any]:
    """Milliseconds from `show_day` to the page's word that it is painted, each time a day of other stops.

    Needs a running QApplication. Raises TimeoutError where the page does not come.
    """
    view = MapView()
    view.resize(1000, 700)
    view.show()
    try:
        _wait(view.ready)
        view.show_day(made_up_day(1, seed=0))
        figures = [_one(view, made_up_day(stops, seed=seed)) for seed in range(1, repeats + 1)]
    finally:
        view.close()
        view.deleteLater()
    return {
        "stops": stops,
        "repeats": repeats,
        "median_ms": round(statistics.median(figures), 1),
        "worst_ms": round(max(figures), 1),
        "blocked": view.guard.blocked,
    }


def _one(view: MapView, day: MapDay) -> float:
    loop = QEventLoop()
    QTimer.singleShot(_PATIENCE_MS, loop.quit)
    done = list[float]()
    begun = time.perf_counter()

    def shown(number: int) -> None:
        if number >= view.channel.sent > before:
            done.append((time.perf_counter() - begun) * 1000)
            loop.quit()

    before = view.channel.sent
    view.channel.shown.connect(shown)
    view.show_day(day)
    loop.exec()
    view.channel.shown.disconnect(shown)
    if not done:
        raise TimeoutError("the map did not paint")
    return done[0]


def _wait(signal: Any) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(_PATIENCE_MS)
    signal.connect(loop.quit)
    loop.exec()
    if not timer.isActive():
        raise TimeoutError("the map's page did not come")
