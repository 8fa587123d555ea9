"""The bar over the map while a plan is computed, and when a proposal lies on the table: what it saves, whom it moves, and what to do with it.

It has the same height in every state. Below it the changes can be unfolded, stop by stop.
"""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.plan.compare import ComparePanel
from app.desktop.plan.proposal_words import change_words, first_words, running_words
from app.desktop.plan.two_lines import Said, TwoLines
from app.desktop.selection import Selection
from app.desktop.theme import Tokens
from app.desktop.widgets.act_button import ActButton
from app.desktop.widgets.parts import repolish
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.planning_values import Totals
from app.services.proposal_changes import Changes


class ProposalBar(QFrame):
    """Hidden unless there is something to say."""

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._said = TwoLines()
        self._note: Sentence | None = None
        self._note_words = ""
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 100)
        self._progress.setAccessibleName(tr("Progress of planning"))
        self.best = _primary(ActButton(actions["best_so_far"], tr("Use best so far")))
        self.cancel = ActButton(actions["discard"], tr("Cancel"))
        self.apply = _primary(ActButton(actions["apply"], tr("Apply")))
        self.compare = ActButton(actions["compare"], tr("Compare"))
        self.discard = ActButton(actions["discard"], tr("Discard"))
        self.changes = ComparePanel(selection, actions)
        self.changes.closed.connect(lambda: actions["compare"].setChecked(False))
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 5)
        line.setSpacing(8)
        line.addWidget(self._said, 1)
        line.addSpacing(8)
        for each in (self.best, self.cancel, self.apply, self.compare, self.discard):
            line.addWidget(each)
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self._progress.setProperty("thin", True)
        self._progress.setStyleSheet("QProgressBar { max-height: 3px; min-height: 3px; border-radius: 0; background: transparent; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._progress)
        layout.addWidget(self.changes)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._said.tokens = tokens
        self._said.update()
        self.changes.set_tokens(tokens)

    def show_note(self, note: Sentence | None) -> None:
        """What a person should know of the engine that makes the plans; said with what follows."""
        self._note = note

    def show_running(self, share: float, best: Totals | None, formats: Formats) -> None:
        """A solve is under way; `best` is what the best plan so far reaches."""
        self._say(*running_words(share, best, formats), formats)
        self._progress.setValue(round(share * 100))
        self._shown(running=True)

    def show_proposal(self, found: Changes, formats: Formats, currency: str, *, first: bool) -> None:
        """What the proposal saves and changes; `first`: there was no plan."""
        self._say(*(first_words if first else change_words)(found, formats, currency), formats)
        self._shown(running=False)

    def words(self) -> str:
        """What the bar says."""
        return "\n".join(each for each in (self._said.words(), self._note_words) if each)

    def _say(self, first: list[Said], second: list[Said], formats: Formats) -> None:
        self._note_words = formats.say(self._note) if self._note is not None else ""
        self._said.show_said(first, second)
        if self._note_words:
            self._said.setToolTip(self.words())
            self._said.show_said(first, [Said(f"◆ {self._note_words}", "risk"), *second])

    def _shown(self, *, running: bool) -> None:
        self._progress.setVisible(running)
        self.best.setVisible(running)
        self.cancel.setVisible(running)
        for each in (self.apply, self.compare, self.discard):
            each.setVisible(not running)
        if running:
            self.changes.fold()
        self.show()


def _primary(made: ActButton) -> ActButton:
    made.setProperty("primary", True)
    repolish(made)
    return made
