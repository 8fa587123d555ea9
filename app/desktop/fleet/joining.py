"""Joins the fleet panel and the shift editor to the window."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, Slot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.commanding.joining import Hands
from app.desktop.day import DayModel, Shown, travel_for
from app.desktop.fleet.editor import Fleet, ShiftEditor
from app.desktop.handwork.joining import Handwork
from app.desktop.main_window import MainWindow
from app.desktop.selection import Selection
from app.desktop.theme import Theme
from app.domain.errors import Refused
from app.domain.fleet import Shift
from app.domain.ids import DriverId, ShiftId
from app.services.ports.travel import Areas
from app.services.queries import RouteRow
from app.services.shift_commands import ChangeShifts
from app.services.shift_editing import copies, new_shift


class Fleeting(QObject):
    """Does the acts on shifts: change, add, remove, call in sick."""

    def __init__(
        self,
        bridge: Bridge,
        areas: Areas,
        model: DayModel,
        selection: Selection,
        window: MainWindow,
        actions: Actions,
        handwork: Handwork,
        theme: Theme,
        hands: Hands,
    ) -> None:
        super().__init__(window)
        self._bridge, self._areas, self._model, self._selection, self._window = bridge, areas, model, selection, window
        self._handwork, self._theme, self._hands = handwork, theme, hands
        self.editor: ShiftEditor | None = None
        self.fleet: Fleet = ((), ())
        self._known: object = None
        actions.on("shift", self.edit)
        actions.on("add_shift", self.add)
        actions.on("remove_shift", self._remove_chosen)
        actions.on("sick", self.sick)
        window.fleet.wanted.connect(self.add)
        window.routes.doubleClicked.connect(lambda _index: self.edit())
        model.shown.connect(self._shown)

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        """Who is off shift: the book is read again where the day's fleet has changed."""
        known = (shown.day.depot.id, shown.day.shifts, shown.day.drivers, shown.day.vehicles)
        if known == self._known:
            return
        self._known = known
        self._bridge.ask(lambda reader: reader.fleet(), then=self._read, key="fleet panel")

    def _read(self, fleet: Fleet) -> None:
        self.fleet = fleet
        shown = self._model.held
        busy = {each.driver for each in shown.day.shifts} if shown is not None else set()
        self._window.fleet.show_drivers([each for each in fleet[1] if each.id not in busy])

    # Acts

    def edit(self) -> None:
        """Opens the editor on the shift of the route in view."""
        shift = self._shift()
        if shift is not None:
            self._open(shift)

    def add(self, driver: DriverId | None = None) -> None:
        """Opens the editor on a new shift, of a driver and the first vehicle that has none on the day."""
        shown = self._model.held
        if shown is None or shown.proposal is not None or not self.fleet[0]:
            return
        taken = {each.vehicle for each in shown.day.shifts}
        vehicle = next((each for each in self.fleet[0] if each.id not in taken), self.fleet[0][0])
        like = shown.day.shifts[0] if shown.day.shifts else None
        self._open(new_shift(like, shown.day, vehicle.id, driver))

    def remove(self, shift: ShiftId) -> None:
        """Takes a shift away; its stops wait in the pool, and one undo brings all back."""
        row = next((each for each in self._rows() if each.shift == shift), None)
        self._bridge.do(ChangeShifts(removed=(shift,), label=(row.driver or row.vehicle) if row is not None else ""))

    def sick(self) -> None:
        """Hands the whole route in view over to others."""
        row = self._row()
        if row is not None and row.stops:
            self._selection.pick(())
            self._selection.show_route(row.id)
            self._handwork.ask_takers()

    def _remove_chosen(self) -> None:
        row = self._row()
        if row is not None:
            self.remove(row.shift)

    def _rows(self) -> Sequence[RouteRow]:
        return self._model.view.routes if self._model.view is not None else ()

    def _row(self) -> RouteRow | None:
        held = self._model.held
        if held is None or held.proposal is not None:
            return None
        return next((row for row in self._rows() if row.id == self._selection.held.route), None)

    def _shift(self) -> Shift | None:
        row, shown = self._row(), self._model.held
        return next((each for each in shown.day.shifts if each.id == row.shift), None) if row is not None and shown is not None else None

    def _open(self, shift: Shift) -> None:
        shown = self._model.held
        if shown is None or self.editor is not None:
            return
        areas, depot = self._areas, shown.day.depot
        formats = self._hands.formats()
        editor = ShiftEditor(self._bridge, shown, lambda: travel_for(areas, depot), self.fleet, shift, formats, self._theme.tokens, self._window)
        editor.saved.connect(lambda told: self._save(*told))
        editor.dropped.connect(self.remove)
        editor.sick.connect(self.sick)
        editor.finished.connect(lambda _code: setattr(self, "editor", None))
        self.editor = editor
        self._hands.open_dialog(editor)

    def _save(self, shift: Shift, following: int) -> None:
        """Stores the shift, with those of the following days; they are read first."""
        wanted = [shift.day + timedelta(days=number) for number in range(1, following + 1)]
        depot = shift.depot

        def read(_job: object) -> dict[date, Sequence[Shift]]:
            return {day: self._bridge.read(lambda reader, day=day: reader.day(depot, day)).shifts for day in wanted}  # type: ignore[misc]

        self._bridge.compute(read, then=lambda days: self._write(shift, days))

    def _write(self, shift: Shift, days: dict[date, Sequence[Shift]]) -> None:
        vehicle = next((each.name for each in self.fleet[0] if each.id == shift.vehicle), "")
        driver = next((each.name for each in self.fleet[1] if each.id == shift.driver), "")
        try:
            wish = ChangeShifts(shifts=(shift, *copies(shift, days)), label=driver or vehicle)
        except Refused as refusal:
            self._bridge.tell(refusal)
            return
        self._bridge.do(wish)
