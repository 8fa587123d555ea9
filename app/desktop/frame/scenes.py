"""Pictures of the frame: every layout, the docks that are closed at first, the second window, and what is said when something fails."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.errors import RuleBroken
from app.domain.sentences import Sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from app.desktop.stage import Stage


def arranging(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The layouts, then the docks and the second window."""
    desk, window = stage.desk, stage.desk.window
    for layout in ("live", "board", "inbox"):
        desk.actions[f"layout_{layout}"].trigger()
        yield f"layout-{layout}", window
    desk.actions["layout_plan"].trigger()
    for dock in ("history", "jobs"):
        window.show_dock(dock, wanted=True)
        yield f"dock-{dock}", window
        window.show_dock(dock, wanted=False)
    window.show_dock("details", wanted=True)
    desk.frame.open_second()
    if desk.frame.second is not None:
        yield "second-window", desk.frame.second
        desk.frame.second.close()


def failing(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """A refusal over the window, the database that cannot be opened, and a fault of the program."""
    from app.desktop.application import CrashDialog
    from app.desktop.frame.no_data import NoDataDialog
    from app.services.ports.backups import Backup

    desk = stage.desk
    desk.bridge.tell(RuleBroken("desktop.no_area", depot="Helsinki"))
    stage.rest(0.05)
    yield "refused", desk.window
    desk.window.toast.hide()
    file = stage.doors.folder / "doorstep.db"
    now = stage.doors.clock.now()
    why = Sentence.of("store.damaged", file=str(file), why="page 112")
    dialogs: tuple[tuple[str, QDialog], ...] = (
        ("no-data", NoDataDialog(why, (Backup(file=file, made=now),), desk.formats, now)),
        ("crash", CrashDialog(ValueError("a fault made for its picture"), desk.window)),
    )
    for name, dialog in dialogs:
        dialog.show()
        stage.rest(0.05)
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
