"""Import of orders and of the fleet: opens the wizard and the dialog, sends the commands."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import tzlocal
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import Shown, area_name
from app.desktop.doors import Doors
from app.desktop.format import Formats
from app.desktop.orders.fleet_dialog import FleetDialog
from app.desktop.orders.wizard import ImportWizard
from app.desktop.orders.wizard_places import PlaceCheck
from app.desktop.orders.wizard_reading import Drafts, FileReading
from app.desktop.theme import Tokens
from app.domain.address import Address
from app.domain.geo import Place
from app.domain.ids import new_id
from app.domain.sentences import Sentence
from app.services.commands import ImportOrders
from app.services.fleet_reading import FleetDefaults
from app.services.intake import Again, Preview
from app.services.intake_rows import Defaults
from app.services.locating import Checks
from app.services.ports.files import Table
from app.services.ports.travel import Geocoder


class Importing(QObject):
    """`imported` carries (day of most orders, the file's orders, merge key, title) after orders were written; `said` a sentence for the status bar."""

    imported = Signal(object)
    said = Signal(object)

    def __init__(self, doors: Doors, bridge: Bridge, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._doors = doors
        self._bridge = bridge
        self._window = window
        self._tokens: Tokens | None = None
        self._drafts: Drafts = {}
        self.dialog: ImportWizard | None = None
        self.fleet_dialog: FleetDialog | None = None

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._tokens = tokens

    def orders(self, path: Path, shown: Shown, formats: Formats) -> ImportWizard:
        """Opens the wizard on an order file."""
        dialog = self._dialog(shown, formats)
        dialog.open_file(path)
        return dialog

    def choose(self, shown: Shown, formats: Formats) -> ImportWizard:
        """Opens the wizard and asks for a file at once."""
        wizard = self._dialog(shown, formats)
        wizard.choose_file()
        return wizard

    def paste(self, text: str, shown: Shown, formats: Formats) -> ImportWizard:
        """Opens the wizard on pasted rows."""
        dialog = self._dialog(shown, formats)
        dialog.open_text(text)
        return dialog

    def fleet(self, path: Path, day: date, formats: Formats) -> None:
        """Reads a fleet file and opens its dialog; what cannot be read is told as a sentence."""
        tables = self._doors.tables()
        self._bridge.compute(lambda _job: self._read(tables.sheets(path)), then=lambda read: self._open_fleet(*read, day, formats))

    def _read(self, sheets: tuple[Table, ...]) -> tuple[tuple[Table, ...], tuple[Geocoder, ...]]:
        areas = self._doors.areas()
        return sheets, tuple(areas.geocoder(each.name) for each in areas.known())

    def _open_fleet(self, sheets: tuple[Table, ...], geocoders: tuple[Geocoder, ...], day: date, formats: Formats) -> None:
        """A depot of the file that names no area gets none here: the area that holds its place is looked for whenever the depot is opened."""

        def locate(text: str) -> Place | None:
            found = (each.locate([Address(text=text)])[0] for each in geocoders)
            return next((each.place for each in found if each.plannable), None)

        country = self._doors.settings.intake.country
        defaults = FleetDefaults(day=day, zone=machine_zone(), country=country, locate=locate if geocoders else None)
        dialog = FleetDialog(sheets, self._bridge, defaults, formats, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(lambda preview: self._bridge.do(preview.command()))
        dialog.finished.connect(lambda _code: setattr(self, "fleet_dialog", None))
        self.fleet_dialog = dialog
        dialog.open()

    def _dialog(self, shown: Shown, formats: Formats) -> ImportWizard:
        areas, depot = self._doors.areas(), shown.day.depot
        checks = Checks(many=self._doors.settings.intake.crowd)
        reading = FileReading(self._doors.tables(), self._doors.column_memory(), self._bridge, self._defaults(shown), self._drafts)
        places = PlaceCheck(self._bridge, areas, area_name(areas, depot), checks)
        wizard = ImportWizard(reading, places, self._doors.table_writer(), self._bridge, formats, self._window)
        for part in (reading, places):
            part.setParent(wizard)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._tokens is not None:
            wizard.set_tokens(self._tokens)
        wizard.confirmed.connect(lambda confirmed: self._take(*confirmed))
        wizard.finished.connect(lambda _code: setattr(self, "dialog", None))
        self.dialog = wizard
        wizard.open()
        return wizard

    def _defaults(self, shown: Shown) -> Defaults:
        day = shown.day
        skills = frozenset(skill for driver in day.drivers.values() for skill in driver.skills)
        features = frozenset(feature for vehicle in day.vehicles.values() for feature in vehicle.features)
        return Defaults(
            day=day.day,
            zone=day.depot.zone,
            currency=day.depot.currency,
            country=self._doors.settings.intake.country,
            skills=skills if day.drivers else None,
            features=features if day.vehicles else None,
        )

    def _take(self, preview: Preview, overwrite: tuple[int, ...], again: Again) -> None:
        """The command is made in the pool: a file may have a hundred thousand orders."""
        self._bridge.compute(lambda _job: _wish(preview, overwrite, again), then=lambda made: self._write(*made), failed=self._failed)

    def _write(self, wish: ImportOrders, day: date | None) -> None:
        title: Sentence = wish.describe()

        def done(_outcome: object) -> None:
            if self.dialog is not None:
                self.dialog.written()
            self.imported.emit((day, wish.orders, wish.merge_key, title))

        self._bridge.do(wish, done=done, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        if self.dialog is not None:
            self.dialog.failed(error)
        else:
            self._bridge.tell(error)


def _wish(preview: Preview, overwrite: tuple[int, ...], again: Again) -> tuple[ImportOrders, date | None]:
    """The command, and the day of most of its orders."""
    wish = replace(preview.command(again=again, overwrite=overwrite), merge_key=new_id("imp"))
    days = Counter(order.day for order in wish.orders if order.day is not None)
    return wish, days.most_common(1)[0][0] if days else None


def machine_zone() -> str:
    """The machine's time zone as an IANA name; UTC where it cannot be told."""
    try:
        return str(tzlocal.get_localzone_name()) or "UTC"
    except (LookupError, ValueError):
        return "UTC"
