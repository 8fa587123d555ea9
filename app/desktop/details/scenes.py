"""Pictures of the details, the change history and the jobs, made by driving the window."""

import threading
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from app.desktop.stage import Stage
from app.desktop.words import tr


def looking(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """A planned day: a stop, its route, several orders, the day, the history after an undo, and a job under way."""
    desk, window = stage.desk, stage.desk.window
    window.show_dock("details", wanted=True)
    row = max(stage.view.routes, key=lambda each: each.stops)
    stops = stage.view.stops[row.id]
    window.details.show_route(row.id)
    yield "details-route", window
    desk.selection.pick([order for stop in stops[2:6] for order in stop.orders])
    stage.rest(0.2)
    stage.quiet()
    yield "details-many", window
    desk.selection.pick([stops[len(stops) // 2].orders[0]])
    stage.rest(0.2)
    stage.quiet()
    yield "details-stop", window
    desk.actions["lock"].trigger()
    stage.quiet()
    desk.bridge.undo()
    stage.quiet()
    window.show_dock("history", wanted=True)
    stage.quiet()
    yield "history", window
    yield from _jobs(stage)
    window.show_dock("details", wanted=True)


def _jobs(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """The list of jobs while one is held up at forty per cent."""
    go, begun = threading.Event(), threading.Event()

    def work(report: Callable[[float, str], None]) -> None:
        report(0.4, "")
        begun.set()
        go.wait(60)

    stage.desk.bridge.run(tr("Finding addresses"), work, then=lambda _none: None)
    stage.wait(begun.is_set, "the job")
    stage.desk.window.show_dock("jobs", wanted=True)
    yield "jobs", stage.desk.window
    go.set()
    stage.quiet()
