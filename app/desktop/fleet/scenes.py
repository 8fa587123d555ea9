"""Pictures of the fleet panel and of the shift editor."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTime

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage


def shifting(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """Of the planned day: a shift that is made shorter, and a driver off shift; the day is afterwards as it was."""
    desk = stage.desk
    route = max(stage.view.routes, key=lambda each: each.stops)
    desk.selection.show_route(route.id)
    desk.actions["shift"].trigger()
    editor = desk.fleeting.editor
    assert editor is not None, "it was just opened"
    editor.fields.ends.setTime(QTime(editor.fields.starts.time().hour() + 2, 0))
    stage.wait(lambda: editor.effect is not None, "what the shorter shift does")
    yield "shift-editor", editor
    editor.reject()
    count = len(stage.view.routes)
    desk.actions["remove_shift"].trigger()
    stage.wait(lambda: len(stage.view.routes) == count - 1 and desk.window.fleet.resting.count() > 0, "a driver off shift")
    desk.window.fleet.off.setChecked(True)
    stage.quiet()
    yield "fleet-off-shift", desk.window
    desk.window.fleet.off.setChecked(False)
    desk.actions["undo"].trigger()
    stage.wait(lambda: len(stage.view.routes) == count, "the route again")
    stage.quiet()
