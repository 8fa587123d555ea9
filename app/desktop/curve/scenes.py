"""Pictures of the stability curve of an edited plan: while it is found, and whole with its knee chosen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage

_SECONDS = 5.0


def curving(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The sheet at work and done, and the point that was taken as the proposal."""
    desk = stage.desk
    desk.curving.seconds = _SECONDS
    desk.actions["curve"].trigger()
    sheet = desk.curving.sheet
    assert sheet is not None, "it was just opened"
    stage.wait(lambda: desk.curving.curve is not None and len(desk.curving.curve.points) > 2, "some points")
    yield "curve-at-work", sheet
    stage.wait(lambda: desk.curving.curve is not None and desk.curving.curve.complete, "the curve")
    stage.quiet()
    yield "curve", sheet
    if sheet.take.isEnabled():
        sheet.take.click()
        stage.wait(lambda: desk.deciding.compared is not None and desk.map_panel.complete, "the proposal")
        yield "curve-taken", desk.window
        desk.actions["discard"].trigger()
        stage.quiet()
    else:
        sheet.reject()
