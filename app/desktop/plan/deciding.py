"""The desk's part around a proposal: the bar follows the solve, the comparison is made off the main thread, the map can show the plan as it is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown, with_proposal
from app.desktop.format import Formats
from app.desktop.plan.compare_rows import DriverLine, StopLine, driver_lines, stop_lines
from app.desktop.plan.proposal_bar import ProposalBar
from app.desktop.plan.proposing import Proposer, Solving
from app.services.planning_values import Proposal
from app.services.proposal_changes import Changes, changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A proposal with all that it changes."""

    proposal: Proposal
    shown: Shown
    found: Changes
    stops: tuple[StopLine, ...]
    drivers: tuple[DriverLine, ...]


def compared(start: Shown, proposal: Proposal) -> Compared:
    """What a proposal changes of the day that it was begun from; takes some hundredths of a second for thousands of stops."""
    shown = with_proposal(start, proposal)
    plan = start.day.plan
    before = start.judged if start.judged is not None else proposal.judged
    found = changes(before, proposal.judged, plan.promised if plan is not None else ())
    return Compared(proposal=proposal, shown=shown, found=found, stops=stop_lines(found, shown.view), drivers=driver_lines(found, shown.view))


class Deciding(QObject):
    """Feeds the bar and the comparison."""

    def __init__(
        self, bridge: Bridge, model: DayModel, proposer: Proposer, bar: ProposalBar, actions: Actions, formats: Callable[[], Formats], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._proposer = proposer
        self._bar = bar
        self._actions = actions
        self._formats = formats
        self.compared: Compared | None = None
        proposer.changed.connect(self._solving)
        actions["compare"].toggled.connect(self._unfold)
        actions["as_is"].toggled.connect(self._look_back)

    @Slot(object)
    def _solving(self, now: Solving) -> None:
        self._bar.show_note(now.note)
        if now.running:
            self._forget()
            self._bar.show_running(now.share, now.best, self._formats())
        elif now.proposal is not None:
            self._compare(now.proposal)
        else:
            self._forget()
            self._bar.hide()

    def _compare(self, proposal: Proposal) -> None:
        start = self._proposer.started_from
        if start is None or (self.compared is not None and self.compared.proposal is proposal):
            return
        self._bridge.compute(lambda _job: compared(start, proposal), then=self._arrived, key="compare")

    def _arrived(self, made: Compared) -> None:
        if self._proposer.proposal is not made.proposal:
            return
        self.compared = made
        formats, view = self._formats(), made.shown.view
        self._bar.show_proposal(made.found, formats, view.currency, first=made.proposal.before.planned == 0)
        self._bar.changes.show_lines(made.stops, made.drivers, formats)

    def _forget(self) -> None:
        self.compared = None
        for name in ("compare", "as_is"):
            self._actions[name].setChecked(False)

    @Slot(bool)
    def _unfold(self, wanted: bool) -> None:
        if wanted and self.compared is not None:
            self._bar.changes.open()
        else:
            self._actions["as_is"].setChecked(False)
            self._bar.changes.fold()

    @Slot(bool)
    def _look_back(self, wanted: bool) -> None:
        """Shows the plan in place of the proposal, and the proposal again; the proposal stays on the table meanwhile."""
        made = self.compared
        if made is None:
            return
        if wanted:
            self._model.retract()
        else:
            self._model.propose(made.proposal, made.shown)
