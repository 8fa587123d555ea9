"""The bar over the map while a plan is computed, and when a proposal lies on the table: what it saves, whom it moves, Apply and Discard."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.planning_values import Proposal, Totals


class ProposalBar(QFrame):
    """Hidden unless there is something to say."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._words = label(wrap=True)
        self._more = label(muted=True, wrap=True)
        self._note = label(tone="risk", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 100)
        self._progress.setAccessibleName(tr("Progress of planning"))
        self.best = button(tr("Use best so far"), actions["best_so_far"].trigger, primary=True)
        self.cancel = button(tr("Cancel"), actions["discard"].trigger)
        self.apply = button(tr("Apply"), actions["apply"].trigger, primary=True)
        self.discard = button(tr("Discard"), actions["discard"].trigger)
        self._keys(actions)
        self._lay_out()
        self.hide()

    def _keys(self, actions: Actions) -> None:
        pairs = ((self.apply, "apply"), (self.discard, "discard"), (self.cancel, "discard"), (self.best, "best_so_far"))
        for made, name in pairs:
            key = actions[name].shortcut().toString()
            made.setText(f"{made.text()}  {key}")
            made.setToolTip(actions[name].text().replace("&", ""))

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._words)
        texts.addWidget(self._more)
        texts.addWidget(self._note)
        texts.addWidget(self._progress)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(texts, 1)
        for each in (self.best, self.cancel, self.apply, self.discard):
            layout.addWidget(each)

    def show_note(self, note: Sentence | None, formats: Formats) -> None:
        """What a person should know of the engine that makes the plans."""
        self._note.setText(formats.say(note) if note is not None else "")
        self._note.setVisible(note is not None)

    def show_running(self, share: float, best: Totals | None, formats: Formats) -> None:
        """A solve is under way; `best` is what the best plan so far reaches."""
        self._words.setText(formats.say(Sentence.of("desktop.optimising", percent=round(share * 100))))
        self._more.setText(_best_words(best, formats) if best is not None else tr("Looking for a first plan…"))
        self._progress.setValue(round(share * 100))
        self._shown(running=True)
        self.best.setEnabled(best is not None)

    def show_proposal(self, proposal: Proposal, formats: Formats, currency: str) -> None:
        """What the proposal saves and changes."""
        self._words.setText(proposal_words(proposal, formats))
        self._more.setText(more_words(proposal, formats, currency))
        self._shown(running=False)

    def words(self) -> str:
        """What the bar says."""
        return "\n".join(each.text() for each in (self._words, self._more, self._note) if each.text())

    def _shown(self, *, running: bool) -> None:
        self._progress.setVisible(running)
        self.best.setVisible(running)
        self.cancel.setVisible(running)
        self.apply.setVisible(not running)
        self.discard.setVisible(not running)
        self.show()


def _best_words(best: Totals, formats: Formats) -> str:
    return formats.say(
        Sentence.of("desktop.best_so_far", planned=best.planned, unplanned=best.unplanned, late=best.late, distance=formats.kilometers(best.meters))
    )


def proposal_words(proposal: Proposal, formats: Formats) -> str:
    """The first line: what it saves, or what a first plan brings."""
    before, after = proposal.before, proposal.after
    if before.planned == 0:
        return formats.say(
            Sentence.of(
                "desktop.proposal_first",
                count=after.planned,
                vehicles=formats.say(Sentence.of("desktop.vehicles", count=after.vehicles)),
                late=after.late,
                distance=formats.kilometers(after.meters),
            )
        )
    moved = sum(1 for move in proposal.moves if move.changes_route)
    key = "desktop.proposal_saves" if proposal.saved_duration >= 0 else "desktop.proposal_costs"
    return formats.say(
        Sentence.of(
            key,
            time=formats.minutes(abs(proposal.saved_duration)),
            distance=formats.kilometers(abs(proposal.saved_meters)),
            more=formats.say(Sentence.of("desktop.less" if proposal.saved_meters >= 0 else "desktop.more")),
            before=before.late,
            after=after.late,
            count=moved,
        )
    )


def more_words(proposal: Proposal, formats: Formats, currency: str) -> str:
    """The second line: orders left out, places changed, cost."""
    after = proposal.after
    if proposal.before.planned == 0:
        return formats.say(Sentence.of("desktop.proposal_more_first", unplanned=after.unplanned, cost=formats.cost(after.travel_cost, currency)))
    reordered = sum(1 for move in proposal.moves if not move.changes_route)
    return formats.say(Sentence.of("desktop.proposal_more", unplanned=after.unplanned, reordered=reordered, cost=formats.cost(after.travel_cost, currency)))
