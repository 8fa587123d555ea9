"""Pictures of the sliders with the effect of even days and compact areas."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.services.leaning import Leaning

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage


def wishing(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The sheet with the cheapest plan being sought, and with the effect of two wishes."""
    desk = stage.desk
    desk.wishing.seconds = 3.0
    desk.actions["wishes"].trigger()
    sheet = desk.wishing.sheet
    assert sheet is not None, "it was just opened"
    stage.wait(sheet.bar.isVisible, "the search")
    yield "wishes-at-work", sheet
    stage.wait(lambda: sheet.knows(Leaning()), "the cheapest plan")
    sheet.balance.slider.setValue(6)
    sheet.compactness.slider.setValue(3)
    stage.wait(lambda: sheet.trial is not None, "the effect")
    stage.quiet()
    yield "wishes", sheet
    sheet.reject()
