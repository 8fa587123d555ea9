"""Finds out in the pool why a stop in the details is late, where the one who planned has not said so: a plan as it stands, or one edited by hand."""

from PySide6.QtCore import QObject, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.details.panel import DetailPanel
from app.domain.ids import OrderId
from app.domain.orders import task_of
from app.services import planning

NAMED = 3
"""How many vehicles the details name."""


class Explaining(QObject):
    """Answers what the details ask."""

    def __init__(self, bridge: Bridge, panel: DetailPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._panel = bridge, panel
        panel.puzzled.connect(self._asked)

    @Slot(object)
    def _asked(self, asked: tuple[Shown, OrderId]) -> None:
        shown, order = asked
        problem, judged = shown.problem, shown.judged
        task = next((task_of(each) for each in shown.day.orders if each.id == order), None)
        if problem is None or judged is None or task is None or task not in problem.terms:
            return
        self._bridge.compute(
            lambda _job: planning.why_not(problem, judged, task, most=NAMED), then=lambda said: self._panel.explain(shown, order, said), key="why late"
        )
