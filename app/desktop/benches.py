"""`main.py bench window|map|start|import|heartbeat|timeline|drag`: what the window takes, measured in the real window on the demo depot."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.desktop.doors import Doors
    from app.desktop.stage import Stage

DAY = date(2026, 11, 23)
BEAT_MS = 16
SIZE = (1440, 900)


def configure(parser: argparse.ArgumentParser) -> None:
    """Where the figures go."""
    parser.add_argument("--json", type=Path, metavar="OUT", help="writes the figures as JSON; else they are printed")
    parser.add_argument("--stops", type=int, default=2_000, help="map and days: stops that are set (2000)")
    parser.add_argument("--rows", type=int, default=10_000, help="window, import, timeline: rows of the table, file or timeline (10000; timeline at most 500)")
    parser.add_argument("--once", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=10.0, help="heartbeat: how long the plan is computed (10)")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Measures what `args.bench` names."""
    from app.desktop.application import leave_sandbox, make_application, prepare_offscreen

    prepare_offscreen()
    leave_sandbox()
    make_application()
    measures: dict[str, Callable[[argparse.Namespace, Doors], dict[str, Any]]] = {
        "window": _window,
        "map": _map,
        "start": _start,
        "days": _days,
        "import": _import,
        "heartbeat": _heartbeat,
        "timeline": _timeline,
        "drag": _drag,
    }
    figures = measures[args.bench](args, doors)
    text = json.dumps(figures, indent=1)
    if args.json is not None:
        args.json.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _map(args: argparse.Namespace, _doors: "Doors") -> dict[str, Any]:
    from app.desktop.map.bench import measure_map

    return measure_map(args.stops)


def _drag(_args: argparse.Namespace, doors: "Doors") -> dict[str, Any]:
    from app.desktop.dragging.bench import measure_drag

    return _with_stage(doors, lambda stage, area: measure_drag(stage, area, 40, 1_000))


def _timeline(args: argparse.Namespace, _doors: "Doors") -> dict[str, Any]:
    from app.desktop.timeline.bench import measure_timeline

    return measure_timeline(min(args.rows, 500), 20)


def _import(args: argparse.Namespace, doors: "Doors") -> dict[str, Any]:
    from app.desktop.orders.bench import measure_import

    def measure(stage: "Stage", area: str) -> dict[str, Any]:
        stage.import_fleet(area)
        return measure_import(stage, args.rows, _gaps)

    return _with_stage(doors, measure)


def _days(args: argparse.Namespace, doors: "Doors") -> dict[str, Any]:
    from app.desktop.bench_days import measure_days

    return _with_stage(doors, lambda stage, area: measure_days(stage, area, args.stops))


def _with_stage(doors: "Doors", work: "Callable[[Stage, str], dict[str, Any]]") -> dict[str, Any]:
    from app.desktop.stage import Stage, prepare_area

    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as made:
        own = doors.elsewhere(Path(made))
        area = prepare_area(own)
        stage = Stage(own, theme="light", size=SIZE, day=DAY)
        try:
            return work(stage, area)
        finally:
            stage.close()


def _start(args: argparse.Namespace, doors: "Doors") -> dict[str, Any]:
    """Prepares a profile with the planned demo day, then starts this program on it four times; the first start counts as cold."""
    if args.once is not None:
        return _one_start(doors, args.once)
    from app.desktop.stage import Stage, prepare_area

    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as made:
        own = doors.elsewhere(Path(made))
        stage = Stage(own, theme="light", size=SIZE, day=DAY)
        try:
            stage.import_fleet(prepare_area(own))
            stage.import_orders()
            stage.optimise(2)
            stage.apply()
        finally:
            stage.close()
        runs = [_timed_start(made, own_cache=Path(made) / "pycache") for _ in range(4)]
    return {"runs": runs, "warm_window_s": _median(runs[1:], "window_s"), "warm_usable_s": _median(runs[1:], "usable_s")}


def _timed_start(folder: str, own_cache: Path) -> dict[str, float]:
    """One start as after an installation: Python keeps its compiled modules, whatever the shell that measures has told it."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(own_cache)}
    began = time.time()
    command = [sys.executable, sys.argv[0], "--data", folder, "bench", "start", "--once", str(began)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def _one_start(doors: "Doors", began: float) -> dict[str, Any]:
    """From the start of the process until the window is shown, and until the day stands in it with its times."""
    from app.desktop.stage import Stage

    stage = Stage(doors, theme="light", size=SIZE, day=DAY)
    stage.wait(lambda: stage.desk.model.view is not None, "the day")
    shown = time.time() - began
    stage.wait(lambda: stage.desk.model.held is not None and stage.desk.model.held.problem is not None, "the times")
    usable = time.time() - began
    stage.close()
    return {"window_s": round(shown, 3), "usable_s": round(usable, 3)}


def _median(runs: list[dict[str, float]], name: str) -> float:
    return round(statistics.median(run[name] for run in runs), 3)


def _heartbeat(args: argparse.Namespace, doors: "Doors") -> dict[str, Any]:
    from PySide6.QtCore import Qt, QTimer

    def measure(stage: "Stage", area: str) -> dict[str, Any]:
        stage.import_fleet(area)
        beats: list[float] = []
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(BEAT_MS)
        timer.timeout.connect(lambda: beats.append(time.perf_counter()))
        figures: dict[str, Any] = {}

        def beat(name: str, work: Callable[[], None]) -> None:
            beats.clear()
            timer.start()
            work()
            timer.stop()
            figures[name] = _gaps(beats)

        beat("import and matrices", stage.import_orders)
        beat("planning", lambda: stage.optimise(args.seconds))
        return figures

    return _with_stage(doors, measure)


def _gaps(beats: list[float]) -> dict[str, float]:
    gaps = sorted((b - a) * 1000 for a, b in pairwise(beats))
    return {
        "beats": len(gaps),
        "p50_ms": round(gaps[len(gaps) // 2], 1),
        "p99_ms": round(gaps[int(len(gaps) * 0.99)], 1),
        "worst_ms": round(gaps[-1], 1),
    }


def _window(args: argparse.Namespace, doors: "Doors") -> dict[str, Any]:
    from app.desktop.orders.bench_table import measure_table

    def measure(stage: "Stage", area: str) -> dict[str, Any]:
        stage.import_fleet(area)
        stage.import_orders()
        first: list[float] = []
        stage.desk.proposer.first_plan = first.append
        stage.optimise(5)
        stage.apply()
        return {"first_plan_s": round(first[0], 3) if first else None, **measure_table(stage, args.rows)}

    return _with_stage(doors, measure)
