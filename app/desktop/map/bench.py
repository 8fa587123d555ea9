"""How long the map takes from the call in Python to the painted screen."""

import math
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, Signal

from app.desktop.map.features import MapDay, MapDepot, MapLeg, MapRoute, MapStop
from app.desktop.map.view import MapView
from app.domain.geo import Place, distance_m

_ROUTES = 40
_PATIENCE_MS = 20_000
_PANS = 20
_PAN = "((t) => { Doorstep.whole.map.panBy([24, 8], {animate: false}); return performance.now() - t; })(performance.now())"


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
    """Milliseconds from `show_day` to the page's word that the stops are painted, and that the lines of the routes are too; each time a
    day of other stops. Then from `select` of a route to its paint, and how long the page draws after a step of panning.

    Needs a running QApplication. Raises TimeoutError where the page does not come.
    """
    view = MapView()
    view.resize(1000, 700)
    view.show()
    try:
        _until(view.ready, lambda *_: True)
        _one(view, made_up_day(40, seed=0))
        figures = [_one(view, made_up_day(stops, seed=seed)) for seed in range(1, repeats + 1)]
        selecting = [_selecting(view, f"r{number}") for number in range(1, 11)]
        panning = [_panning(view) for _ in range(_PANS)]
    finally:
        view.close()
        view.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # pages go before their profile, and both before the program
    marks, whole = [each[0] for each in figures], [each[1] for each in figures]
    return {
        "stops": stops,
        "repeats": repeats,
        "median_ms": round(statistics.median(marks), 1),
        "worst_ms": round(max(marks), 1),
        "with_lines_median_ms": round(statistics.median(whole), 1),
        "with_lines_worst_ms": round(max(whole), 1),
        "select_median_ms": round(statistics.median(selecting), 1),
        "select_worst_ms": round(max(selecting), 1),
        "pan_median_ms": round(statistics.median(panning), 1),
        "pan_worst_ms": round(max(panning), 1),
        "blocked": view.guard.blocked,
    }


def _one(view: MapView, day: MapDay) -> tuple[float, float]:
    """When the stops, and when the lines were painted."""
    before, begun = view.channel.sent, time.perf_counter()
    painted: dict[int, float] = {}

    def note(number: int) -> bool:
        painted[number] = (time.perf_counter() - begun) * 1000
        return number > before + 1 and number == view.channel.sent and view.whole

    QTimer.singleShot(0, lambda: view.show_day(day))
    _until(view.channel.shown, note)
    return painted[before + 1], max(painted.values())


def _selecting(view: MapView, route: str) -> float:
    """From the call to the painted selection."""
    begun = time.perf_counter()
    QTimer.singleShot(0, lambda: view.select(frozenset({route})))
    _until(view.channel.shown, lambda number: number == view.channel.sent)
    return (time.perf_counter() - begun) * 1000


class _Answer(QObject):
    """What the page answers."""

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.took: list[float] = []


def _panning(view: MapView) -> float:
    """The page's own time for drawing everything a little further."""
    asked = _Answer()
    QTimer.singleShot(0, lambda: view._web.page().runJavaScript(_PAN, asked.came.emit))
    asked.came.connect(asked.took.append)
    _until(asked.came, lambda _milliseconds: True)
    return asked.took[0]


def _until(signal: Any, enough: Callable[..., bool]) -> None:
    """Turns the event loop until the signal has come with what is enough. Raises TimeoutError."""
    loop, timer, came = QEventLoop(), QTimer(), list[bool]()

    def heard(*words: Any) -> None:
        if enough(*words):
            came.append(True)
            loop.quit()

    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(_PATIENCE_MS)
    signal.connect(heard)
    loop.exec()
    signal.disconnect(heard)
    timer.stop()
    if not came:
        raise TimeoutError("the map did not answer")
