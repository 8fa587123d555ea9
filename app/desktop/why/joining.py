"""Joins the window of why to the desk: the act opens it for the order in hand, what is taken there becomes one step."""

from PySide6.QtCore import QObject, Slot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.commanding.joining import Hands
from app.desktop.day import DayModel
from app.desktop.main_window import MainWindow
from app.desktop.selection import Selection
from app.desktop.theme import Theme
from app.desktop.why.asking import Answer, Asking, Room
from app.desktop.why.panel import WhyDialog
from app.domain.ids import OrderId
from app.services.ports.planner import Planner
from app.services.ports.travel import Areas
from app.services.queries import Standing
from app.services.remedies_values import Remedy
from app.services.remedying import command_of
from app.services.shift_commands import Together

ROADLESS = frozenset({"planning.no_road", "planning.no_road_near"})
"""Reasons that a place on a road would end."""


class Why(QObject):
    """One window of why at a time."""

    def __init__(
        self,
        bridge: Bridge,
        areas: Areas,
        planner: Planner,
        model: DayModel,
        selection: Selection,
        window: MainWindow,
        actions: Actions,
        theme: Theme,
        hands: Hands,
    ) -> None:
        super().__init__(window)
        self._bridge, self._model, self._selection, self._window, self._theme, self._hands = bridge, model, selection, window, theme, hands
        self.asking = Asking(bridge, areas, planner, self)
        self.dialog: WhyDialog | None = None
        actions.on("why", self.ask)

    def ask(self, order: OrderId | None = None) -> None:
        """Opens the window for an order, else for the one that is selected."""
        shown = self._model.held
        wanted = order or self._selection.held.current or next(iter(sorted(self._selection.held.orders)), None)
        row = shown.view.by_order.get(wanted) if shown is not None and wanted is not None else None
        if shown is None or row is None or shown.proposal is not None:
            return
        dialog = self.dialog = WhyDialog(row, shown.view, self._hands.formats(), self._theme.tokens, self._window)
        dialog.taken.connect(self._take)
        dialog.finished.connect(self._closed)
        self._hands.open_dialog(dialog)
        self.asking.ask(shown, row.order, lambda answer: self._answered(dialog, answer), lambda error: self._failed(dialog, error))

    def close(self) -> None:
        """Ends the adviser."""
        self.asking.close()

    def _answered(self, dialog: WhyDialog, answer: Answer) -> None:
        if dialog is not self.dialog:
            return
        dialog.show_answer(answer)
        row = answer.shown.view.by_order.get(answer.order.id)
        left = row is not None and (row.standing is Standing.POOL or bool(row.late))
        if any(each.key in ROADLESS for each in answer.reasons) or (left and not answer.reasons):
            dialog.look_further()
            self.asking.ask_further(answer, lambda room: self._found_room(dialog, room))

    def _found_room(self, dialog: WhyDialog, room: Room | None) -> None:
        if dialog is self.dialog:
            dialog.show_room(room)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self.dialog = None

    def _failed(self, dialog: WhyDialog, error: BaseException) -> None:
        if dialog is self.dialog:
            dialog.reject()
        self._bridge.tell(error)

    @Slot(object)
    def _take(self, taken: Remedy | Room) -> None:
        dialog = self.dialog
        if dialog is None or dialog.answer is None:
            return
        dialog.hold(busy=True)
        self._bridge.do(_wish(dialog.answer, taken), done=lambda _outcome: dialog.accept(), failed=lambda error: self._failed(dialog, error))


def _wish(answer: Answer, taken: Remedy | Room) -> Together:
    if isinstance(taken, Room):
        return taken.wish
    shown = answer.shown
    assert shown.problem is not None
    assert shown.judged is not None
    return command_of(shown.day, shown.problem, shown.judged, taken, [each.shift for each in answer.spare])
