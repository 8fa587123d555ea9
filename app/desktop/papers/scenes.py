"""Pictures of the papers to hand over: manifests, labels, and what has changed since the last print."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.papers.dialog import HandOverDialog
    from app.desktop.stage import Stage

_SETTLE = 0.6
"""Seconds for the pages to be drawn."""


def papering(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The manifests, saved once; the labels; an edited plan's changed sheets."""
    from app.services.papers.values import PaperKind

    dialog = _opened(stage)
    yield "papers", dialog
    dialog.save.click()
    stage.desk.handing.asking.selectFile(str(stage.doors.folder / "manifest.pdf"))  # type: ignore[union-attr]  # it was just opened
    stage.desk.handing.asking.accept()  # type: ignore[union-attr]  # as above
    stage.wait(lambda: "✓" in dialog.choices.routes.item(0).text(), "the print's note")
    dialog.choices.kind_buttons[PaperKind.LABELS].click()
    stage.wait(lambda: dialog.made is not None and dialog.made.wish.kind is PaperKind.LABELS, "the labels")
    stage.rest(_SETTLE)
    yield "papers-labels", dialog
    dialog.reject()
    _edit(stage)
    dialog = _opened(stage)
    dialog.choices.only_changed.click()
    stage.wait(lambda: dialog.made is not None and dialog.made.wish.changed, "the changed sheets")
    stage.rest(_SETTLE)
    yield "papers-changed", dialog
    dialog.reject()
    (stage.doors.folder / "manifest.pdf").unlink()
    stage.quiet()


def _opened(stage: "Stage") -> "HandOverDialog":
    stage.desk.actions["papers"].trigger()
    dialog = stage.desk.handing.dialog
    assert dialog is not None, "there is a plan"
    stage.wait(lambda: dialog.made is not None, "the paper")
    stage.rest(_SETTLE)
    return dialog


def _edit(stage: "Stage") -> None:
    """Moves a stop from the longest route to the next."""
    first, second, *_ = sorted(stage.view.routes, key=lambda row: -row.stops)
    stage.desk.selection.pick(stage.view.stops[first.id][2].orders)
    stage.desk.edits.move_to(second.id, 1)
    stage.quiet()
