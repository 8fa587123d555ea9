"""The demo depot on a profile of its own, with the real window driven as a person would: for pictures, the demo and measurements."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop

from app.desktop.bridge import Problem
from app.desktop.desk import Desk
from app.desktop.doors import Doors
from app.desktop.orders.wizard import ImportWizard
from app.desktop.session import Session
from app.domain.errors import Cancelled, SetupMissing
from app.services.commands import ImportFleet
from app.services.fleeting import FleetDefaults, read_fleet
from app.services.ports.travel import Report, silent
from app.services.queries import DayView

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
EXTRACT = DEMO / "area" / "Helsinki.osm.pbf"
ORDERS = DEMO / "orders.csv"
FLEET = DEMO / "fleet.csv"
ZONE = "Europe/Helsinki"
PATIENCE = 60.0
"""Seconds that one step may take."""


def prepare_area(doors: Doors, report: Report = silent) -> str:
    """Builds the demo area in the profile's folder, where it is not there yet; its name. Raises SetupMissing without the extract."""
    if not EXTRACT.is_file():
        raise SetupMissing("desktop.demo_missing", file=str(EXTRACT))
    return doors.areas().open(str(EXTRACT), report=report).name


def demo_fleet(doors: Doors, day: date, area: str) -> ImportFleet:
    """The demo fleet with its shifts of that day."""
    return read_fleet(doors.tables().sheets(FLEET), FleetDefaults(day=day, zone=ZONE, area=area)).command()


class Stage:
    """A session that is driven step by step; each step waits until what it causes is on screen. Without a size the window takes its own."""

    def __init__(self, doors: Doors, *, theme: str, size: tuple[int, int] | None, day: date) -> None:
        self.doors = doors
        self.day = day
        self.session = Session(doors, theme=theme)
        self.troubles: list[Problem] = []
        self.session.bridge.problem.connect(self.troubles.append)
        self.session.open(day)
        if size is not None:
            self.desk.window.resize(*size)

    @property
    def desk(self) -> Desk:
        """The desk in the language in force."""
        desk = self.session.desk
        assert desk is not None, "the window is open"
        return desk

    @property
    def view(self) -> DayView:
        """The rows on screen."""
        view = self.desk.model.view
        assert view is not None, "a day is in view"
        return view

    def wait(self, until: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Lets the window live until something is so. Raises TimeoutError, or Cancelled where a person has closed the window."""
        ends = time.monotonic() + seconds
        while not until():
            if self.session.left:
                raise Cancelled
            if time.monotonic() > ends:
                raise TimeoutError(f"{what} took longer than {seconds:.0f} s")
            self.session.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)

    def rest(self, seconds: float) -> None:
        """Lets the window live for a while."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.session.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)

    def quiet(self) -> None:
        """Waits until nothing is under way."""
        self.wait(lambda: not self.desk.bridge.working, "background work")

    def import_fleet(self, area: str) -> None:
        """Takes the demo fleet in."""
        self.desk.bridge.do(demo_fleet(self.doors, self.day, area))
        self.wait(lambda: self.desk.model.view is not None and self.desk.model.view.day == self.day, "the fleet")
        self.quiet()

    def open_import(self, path: Path) -> ImportWizard:
        """Opens the import wizard on a file and waits for its check."""
        shown = self.desk.model.held
        assert shown is not None, "a day is in view"
        dialog = self.desk.importing.orders(path, shown, self.desk.formats)
        self.wait(lambda: dialog.settled, "the preview")
        return dialog

    def import_orders(self, path: Path = ORDERS) -> None:
        """Imports an order file and waits until its addresses are found and the roads are known."""
        dialog = self.open_import(path)
        dialog.confirm.click()
        self.wait(lambda: self.view.board and all(row.state.value != "draft" for row in self.view.board), "finding addresses")
        if self.desk.importing.dialog is not None:  # rows were left out: it says so until somebody has read it
            self.desk.importing.dialog.accept()
        self.ready()

    def ready(self) -> None:
        """Waits until times are shown and the map has its lines."""
        self.wait(lambda: self.desk.model.held is not None and self.desk.model.held.problem is not None, "the roads")
        self.quiet()
        self.wait(lambda: self.desk.map_panel.complete, "the map's lines")

    def optimise(self, seconds: float) -> None:
        """Plans the day and waits for the proposal."""
        self.desk.proposer.seconds = seconds
        self.desk.actions["optimise_day"].trigger()
        self.wait(lambda: self.desk.proposer.proposal is not None or not self.desk.proposer.running, "the proposal", PATIENCE + seconds)

    def apply(self) -> None:
        """Applies the proposal."""
        self.desk.actions["apply"].trigger()
        self.wait(lambda: self.desk.proposer.proposal is None and self.view.plan is not None, "the plan")
        self.ready()

    def close(self) -> None:
        """Closes the window and joins every thread."""
        self.session.close()
