"""Tells of the work that is no job of the bridge's: the search for a plan, and the roads that a day waits for."""

from PySide6.QtCore import QObject, QTimer, Slot

from app.desktop.bridge import Bridge, Busy, Ending, ended_by
from app.desktop.day import DayModel
from app.desktop.plan.proposing import Proposer, Solving
from app.desktop.words import tr
from app.domain.sentences import Sentence

_PATIENCE = 400
"""Milliseconds until reading a day is worth a word: most are there before."""


class Watching(QObject):
    """Listens to the day and the proposer, and emits `busy` of the bridge for them."""

    def __init__(self, bridge: Bridge, model: DayModel, proposer: Proposer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._proposer = bridge, proposer
        self._solving = self._reading = False
        self._late = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._late.timeout.connect(self._still_reading)
        proposer.changed.connect(self._solved)
        model.working.connect(self._worked)
        model.measured.connect(self._measured)

    @Slot(object)
    def _solved(self, now: Solving) -> None:
        title = tr("Optimising")
        if now.running:
            self._solving = True
            said = Sentence.of("jobs.best_so_far", planned=now.best.planned, unplanned=now.best.unplanned, late=now.best.late) if now.best else None
            self._bridge.busy.emit(Busy(key="optimise", title=title, share=now.share, said=said, cancel=self._proposer.discard))
            return
        if not self._solving:
            return
        self._solving = False
        if now.proposal is not None:
            after = now.proposal.after
            said = Sentence.of("jobs.optimised", planned=after.planned, unplanned=after.unplanned, late=after.late)
            self._bridge.busy.emit(Busy(key="optimise", title=title, ending=Ending.DONE, said=said))
        elif self._proposer.trouble is not None:
            self._bridge.busy.emit(ended_by(self._proposer.trouble, "optimise", title))
        else:
            self._bridge.busy.emit(Busy(key="optimise", title=title, ending=Ending.CANCELLED))

    @Slot(bool)
    def _worked(self, working: bool) -> None:
        if working:
            self._late.start()
            return
        self._late.stop()
        if self._reading:
            self._reading = False
            self._bridge.busy.emit(Busy(key="roads", title=tr("Reading the roads"), ending=Ending.DONE))

    @Slot()
    def _still_reading(self) -> None:
        self._reading = True
        self._bridge.busy.emit(Busy(key="roads", title=tr("Reading the roads")))

    @Slot(float)
    def _measured(self, share: float) -> None:
        if self._reading:
            self._bridge.busy.emit(Busy(key="roads", title=tr("Reading the roads"), share=share))
