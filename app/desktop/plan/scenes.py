"""Pictures of a proposal being made, compared and applied, and of what a commit would tell."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage


def deciding(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The first sheet, a version committed, the plan edited, a second proposal over it with its comparison, and the second sheet."""
    desk, window = stage.desk, stage.desk.window
    yield "commit", _sheet(stage)
    desk.committing.sheet.accept()  # type: ignore[union-attr]  # it was just opened
    stage.wait(lambda: stage.view.committed == 1, "the commit")
    stage.quiet()
    _edit(stage)
    yield "commit-again", _sheet(stage)
    desk.committing.sheet.reject()  # type: ignore[union-attr]  # it was just opened
    stage.optimise(3)
    stage.wait(lambda: desk.deciding.compared is not None and desk.map_panel.complete, "the comparison")
    yield "proposal-committed", window
    desk.actions["compare"].trigger()
    window.proposal.changes.stops.selectRow(1)
    yield "compare", window
    window.proposal.changes.tabs.setCurrentIndex(1)
    yield "compare-drivers", window
    window.proposal.changes.tabs.setCurrentIndex(0)
    desk.actions["as_is"].trigger()
    yield "plan-as-it-is", window
    desk.actions["discard"].trigger()
    stage.quiet()


def _sheet(stage: "Stage") -> "QWidget":
    stage.desk.actions["commit"].trigger()
    stage.wait(lambda: stage.desk.committing.sheet is not None, "the sheet")
    sheet = stage.desk.committing.sheet
    assert sheet is not None, "it was waited for"
    return sheet


def _edit(stage: "Stage") -> None:
    """Hands some stops from route to route, as a person might who knows better, and takes one out."""
    desk = stage.desk
    used = [row.id for row in stage.view.routes if row.stops > 8]
    for source, target in zip(used, [*used[1:], used[0]], strict=True):
        desk.selection.pick([stop.orders[0] for stop in stage.view.stops[source][3:6]])
        desk.edits.move_to(target, 1)
        stage.quiet()
    desk.selection.pick(stage.view.stops[used[0]][2].orders)
    desk.edits.unassign()
    stage.quiet()
