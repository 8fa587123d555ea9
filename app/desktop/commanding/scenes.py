"""Pictures of the palette and of the sheet of keys."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage

ASKED = ("王", "002", "optim", "annank", "明天")
"""A character, the last digits of a telephone, an act, a street, a day."""


def asking(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The palette before and after something is typed, then the sheet of keys."""
    from app.desktop.commanding.sheet import KeySheet

    desk = stage.desk
    search = desk.commanding.open()
    yield "palette", search
    for text in ASKED:
        search.box.setText(text)
        stage.wait(lambda: search.settled, "the answer")
        stage.rest(0.3)
        stage.quiet()
        yield f"palette-{text}", search
    search.reject()
    desk.window.routes.setFocus()
    desk.actions["keys"].trigger()
    sheet = next(each for each in desk.window.findChildren(KeySheet) if each.isVisible())
    yield "keys", sheet
    sheet.close()
    stage.rest(0.05)
