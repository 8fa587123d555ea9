"""`main.py console`: the window on a data folder."""

import argparse
from typing import TYPE_CHECKING

from app.domain.errors import Conflict, Outside, Refused, SetupMissing

if TYPE_CHECKING:
    from app.desktop.doors import Doors
    from app.desktop.session import Session
    from app.services.ports.backups import Backup


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the window."""
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="colours, in place of the setting")
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="the day to open; today unless given")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Opens the window and returns when it is closed. Raises Conflict where another window works on the folder."""
    from datetime import date

    from app.desktop.application import Instance, make_application, prepare_offscreen, watch_faults

    prepare_offscreen()
    app = make_application()
    watch_faults(doors.folder)
    lock = Instance(doors.folder)
    if not lock.take():
        raise Conflict("desktop.opened_elsewhere", folder=str(doors.folder))
    try:
        session = _session(doors, args.theme or doors.settings.general.theme)
        if session is None:
            return 2
        session.open(date.fromisoformat(args.day) if args.day else None)
        session.bridge.compute(lambda _job: doors.keep_backup(), then=lambda _kept: None, key="backup")
        code = app.exec()
        session.close()
        return code
    finally:
        lock.release()


def _session(doors: "Doors", theme: str) -> "Session | None":
    """The session; where the database cannot be opened, a person chooses what to do. None: they left."""
    from app.desktop.session import Session

    while True:
        try:
            return Session(doors, theme=theme)
        except (Refused, Outside) as refusal:
            if isinstance(refusal, SetupMissing) or not _helped(doors, refusal, theme):
                return None


def _helped(doors: "Doors", refusal: "Refused | Outside", theme: str) -> bool:
    """Asks what to do about a database that cannot be opened; whether to try again."""
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

    from app.desktop.application import make_application
    from app.desktop.format import Formats
    from app.desktop.frame.no_data import NoDataDialog
    from app.desktop.languages import Languages
    from app.desktop.theme import Theme, ThemeChoice

    languages = Languages(make_application())
    languages.choose(doors.language)
    Theme(make_application(), ThemeChoice(theme))
    again: list[bool] = []
    waiting = QEventLoop()
    dialog = NoDataDialog(refusal.sentence, doors.backups(), Formats(languages.current), doors.clock.now())

    def retry() -> None:
        again.append(True)
        waiting.quit()

    def restore(backup: "Backup") -> None:
        try:
            doors.restore(backup.file)
        except (Refused, Outside) as damaged:
            dialog.tell(damaged.sentence)
            return
        retry()

    dialog.restoring.connect(restore)
    dialog.retrying.connect(retry)
    dialog.finished.connect(lambda _result: waiting.quit())
    dialog.show()
    waiting.exec()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    languages.leave()
    return bool(again)
