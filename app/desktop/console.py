"""`main.py console`: the window on a data folder."""

import argparse
from typing import TYPE_CHECKING

from app.domain.errors import Conflict

if TYPE_CHECKING:
    from app.desktop.doors import Doors


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the window."""
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="colours, in place of the setting")
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="the day to open; today unless given")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Opens the window and returns when it is closed. Raises Conflict where another window works on the folder."""
    from datetime import date

    from app.desktop.application import Instance, make_application, prepare_offscreen, watch_faults
    from app.desktop.session import Session

    prepare_offscreen()
    app = make_application()
    watch_faults(doors.folder)
    lock = Instance(doors.folder)
    if not lock.take():
        raise Conflict("desktop.opened_elsewhere", folder=str(doors.folder))
    try:
        session: Session = Session(doors, theme=args.theme or doors.settings.general.theme)
        session.open(date.fromisoformat(args.day) if args.day else None)
        code = app.exec()
        session.close()
        return code
    finally:
        lock.release()
