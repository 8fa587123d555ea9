"""What a drop on the board does: the same moves as in the lists."""

from PySide6.QtCore import QObject, Slot

from app.desktop.board.panel import BoardPanel
from app.desktop.plan.edits import Edits
from app.desktop.selection import Selection
from app.domain.ids import OrderId, RouteId


class BoardMoves(QObject):
    """Joins a board to the edits."""

    def __init__(self, board: BoardPanel, edits: Edits, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._selection = selection
        board.moved.connect(self._moved)

    @Slot(object)
    def _moved(self, drop: tuple[RouteId | None, int, tuple[OrderId, ...]]) -> None:
        route, position, orders = drop
        if route is not None:
            self._edits.move_orders(orders, route, position)
            return
        self._selection.pick(orders)
        self._edits.unassign()
