"""How long the timeline takes to paint while it is scrolled, zoomed and slid, and from a selection to the picture, against an empty view of its size."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication

from app.desktop.format import Formats
from app.desktop.theme import LIGHT
from app.desktop.timeline.content import Content, Row, Spot
from app.desktop.timeline.hands import Timeline
from app.desktop.timeline.look import COMPACT, NORMAL
from app.domain.ids import OrderId, RouteId, ShiftId, StopId, TaskId
from app.domain.load import Load
from app.domain.roads import Profile
from app.domain.schedule import Halt, TakenBreak
from app.domain.schedule import Timeline as Times
from app.domain.units import MILLIS_PER_HOUR, MILLIS_PER_MINUTE, Meters, Millis
from app.services.queries import RouteRow, StopRow

SIZE = (1440, 900)
_FRAMES = 120
_START, _PAUSE = 7 * MILLIS_PER_HOUR, 30 * MILLIS_PER_MINUTE


def measure_timeline(rows: int, stops: int) -> dict[str, Any]:
    """Milliseconds a frame, p50 and p95 by the clock, of so many rows of so many stops each; `ratio` to an empty view."""
    full = Content([made_row(number, stops) for number in range(1, rows + 1)])
    figures: dict[str, Any] = {"rows": rows, "stops": rows * stops, "size": list(SIZE)}
    empty = {name: _frames(Content(), move) for name, move in _MOVES.items()}
    for kind, sizes in (("compact", COMPACT), ("high", NORMAL)):
        for name, move in _MOVES.items():
            taken = _frames(full, move, high=sizes is NORMAL)
            figures[f"{kind}_{name}"] = {**taken, "ratio": round(taken["busy_p50_ms"] / max(0.01, empty[name]["busy_p50_ms"]), 1)}
    figures["select_to_painted"] = _frames(full, _select)
    figures["empty"] = empty
    return figures


def made_row(number: int, stops: int) -> Row:
    """A made-up driver's day of so many stops, some of them late; the same for the same number."""
    dice, at = random.Random(number), _START + random.Random(number).randrange(MILLIS_PER_HOUR)
    route, leaves = RouteId(f"rte_{number}"), at
    halts, rows = [], []
    for position in range(1, stops + 1):
        at += dice.randrange(4, 16) * MILLIS_PER_MINUTE + (_PAUSE if position == stops // 2 + 1 > 1 else 0)
        wait = dice.choice([0, 0, 0, 5]) * MILLIS_PER_MINUTE
        late = 18 * MILLIS_PER_MINUTE if dice.random() < 0.05 else 0
        halts.append(_halt(f"{number}_{position}", at, at + wait, at + wait + dice.randrange(3, 9) * MILLIS_PER_MINUTE, late))
        rows.append(_stop(route, position, f"{number}_{position}", halts[-1]))
        at = halts[-1].departure
    noon = halts[stops // 2 - 1].departure
    breaks = (TakenBreak(after=stops // 2, begin=noon, end=Millis(noon + _PAUSE)),) if stops > 1 else ()
    ends = Millis(at + 10 * MILLIS_PER_MINUTE)
    line = Times(shift=ShiftId(f"shf_{number}"), leaves=Millis(leaves), ends=ends, halts=tuple(halts), breaks=breaks)
    return Row(route=_route(number, route, line, rows), stops=tuple(rows), line=line, shift=(_START, _START + 10 * MILLIS_PER_HOUR))


def _halt(task: str, arrival: int, begin: int, departure: int, late: int) -> Halt:
    times = [Millis(each) for each in (arrival, begin, departure, late)]
    return Halt(task=TaskId(f"tsk_{task}"), arrival=times[0], begin=times[1], departure=times[2], late=times[3], meters=Meters(900), load=Load())


def _stop(route: RouteId, position: int, name: str, halt: Halt) -> StopRow:
    window = (Millis(halt.begin - halt.late - 40 * MILLIS_PER_MINUTE), Millis(halt.begin - halt.late + (0 if halt.late else 20 * MILLIS_PER_MINUTE)))
    return StopRow(
        id=StopId(f"stp_{name}"),
        route=route,
        position=position,
        orders=(OrderId(f"ord_{name}"),),
        number=name,
        customer=f"Customer {name}",
        address="High Street 1",
        windows=(window,),
        arrival=halt.arrival,
        begin=halt.begin,
        departure=halt.departure,
        late=halt.late,
        slack=None,
        wait=halt.wait,
        meters=halt.meters,
        weight=0,
        lock=None,
        violations=(),
        reload_before=False,
    )


def _route(number: int, route: RouteId, line: Times, stops: list[StopRow]) -> RouteRow:
    late = [stop.late for stop in stops if stop.late]
    return RouteRow(
        id=route,
        shift=line.shift,
        number=number,
        vehicle=f"Van {number}",
        driver=f"Driver {number}",
        profile=Profile.VAN,
        stops=len(stops),
        share=0.7,
        weight=0,
        leaves=line.leaves,
        ends=line.ends,
        late=len(late),
        worst_late=Millis(max(late, default=0)),
        meters=Meters(0),
        locked=False,
    )


def _scroll(view: Timeline, frame: int) -> None:
    view.scroll_to(frame * 31 % max(1.0, view.lens.lowest_top(max(1, len(view.content.rows)))))


def _zoom(view: Timeline, frame: int) -> None:
    view.zoom(1.08 if frame % 60 < 30 else 1 / 1.08, 400.0)


def _slide(view: Timeline, frame: int) -> None:
    if frame == 0:
        view.zoom(3.0)
    view.pan(17 if frame % 60 < 30 else -17)


def _select(view: Timeline, frame: int) -> None:
    spot = Spot(frame % len(view.content.rows), 0)
    view.set_look(replace(view.look, orders=view.content.orders([spot]), current=spot, route=view.content.rows[spot.row].route.id))
    view.reveal(spot)


_MOVES: dict[str, Callable[[Timeline, int], None]] = {"scroll": _scroll, "zoom": _zoom, "slide": _slide}


def _frames(content: Content, move: Callable[[Timeline, int], None], *, high: bool = False) -> dict[str, float]:
    """Moves the view frame by frame, each painted before the next: by the clock, and how long this thread was busy (others use the machine too)."""
    view = Timeline()
    view.resize(*SIZE)
    view.set_tokens(LIGHT)
    view.set_sizes(NORMAL if high else COMPACT)
    view.show()
    view.show_content(content, Formats(), anew=True)
    while not view.windowHandle().isExposed():  # what is not on a screen is not painted
        QApplication.processEvents()
    view.viewport().repaint()
    taken, busy = [], []
    for frame in range(_FRAMES):
        began, worked = time.perf_counter(), time.thread_time()
        move(view, frame)
        view.viewport().repaint()
        taken.append((time.perf_counter() - began) * 1000)
        busy.append((time.thread_time() - worked) * 1000)
    view.hide()
    view.deleteLater()
    return {**_middle("", taken), **_middle("busy_", busy)}


def _middle(name: str, taken: list[float]) -> dict[str, float]:
    return {f"{name}p50_ms": round(statistics.median(taken), 2), f"{name}p95_ms": round(sorted(taken)[int(len(taken) * 0.95)], 2)}
