"""The sheet of wishes: three sliders, and what they do in money, hours and people before anything changes."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QHeaderView, QProgressBar, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.theme import ROW_HEIGHT, Tokens
from app.desktop.widgets.parts import Elided, button, label, rule
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.wishes.lines import columns, effect_lines
from app.desktop.wishes.slider_row import SliderRow
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.leaning import Leaning
from app.services.wishing import Measures, Trial

_SIZE = (820, 540)
_REST_MS = 500
"""So long after the last step of a slider a plan is tried."""


class WishesSheet(QDialog):
    """`leant` carries a Leaning whose effect is wanted, `taken` the Trial to be proposed, `kept` the Leaning for every plan of the depot."""

    leant = Signal(object)
    taken = Signal(object)
    kept = Signal(object)

    def __init__(self, day: str, leaning: Leaning, formats: Formats, currency: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats, self._currency = formats, currency
        self._now: Measures | None = None
        self._trials: dict[Leaning, Trial] = {}
        self.setWindowTitle(tr("Wishes"))
        self._title = label(formats.say(Sentence.of("desktop.wishes_title", day=day)), title=True)
        text = tr("A plan that is only cheap may be uneven. Say what else counts; the effect is worked out before anything changes.")
        self._about = Elided(text)
        self.balance = SliderRow(tr("Even days"), tr("Long routes hand work to short ones"))
        self.compactness = SliderRow(tr("Compact areas"), tr("Each driver keeps to one part of the town"))
        self.familiar = SliderRow(tr("Familiar driver"), tr("Customers see the driver who knows them"))
        self.rows = (self.balance, self.compactness, self.familiar)
        self.model = RowModel(columns(), lambda row: row.name, self)
        self.table = RowTable(self.model, tr("Effect of the wishes"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.said = label(muted=True)
        self.always = QCheckBox(tr("Count in every plan of this depot"))
        self.always.setChecked(leaning.any)
        self.always.toggled.connect(lambda _on: self._keep())
        self.reset = button(tr("Only the cost"), self._reset)
        self.close_button = button(tr("Close"), self.reject)
        self.take = button(tr("Propose this plan"), self._take, primary=True)
        self.take.setShortcut(QKeySequence("Ctrl+Return"))
        self.take.setToolTip(self.take.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(lambda: self.leant.emit(self.leaning))
        self._set_up_table()
        self._lay_out()
        self.set_leaning(leaning)
        self.set_tokens(tokens)
        for row in self.rows:
            row.changed.connect(self._moved)
        self.show_progress(None)
        self.resize(*_SIZE)

    @property
    def leaning(self) -> Leaning:
        """How the sliders stand."""
        return Leaning(balance=self.balance.value, compactness=self.compactness.value, familiar=self.familiar.value)

    @property
    def trial(self) -> Trial | None:
        """The plan for the sliders as they stand, where it is known."""
        return self._trials.get(self.leaning)

    def knows(self, leaning: Leaning) -> bool:
        """Whether the plan for a leaning is known."""
        return leaning in self._trials

    def set_leaning(self, leaning: Leaning) -> None:
        """Moves the sliders without telling."""
        for row, value in zip(self.rows, (leaning.balance, leaning.compactness, leaning.familiar), strict=True):
            row.set_value(value if row.slider.isEnabled() else 0)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.model.set_colors({name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")})

    def show_now(self, now: Measures) -> None:
        """The plan as it stands; where nobody knows anybody yet, that slider says so."""
        self._now = now
        if not now.knowable:
            self.familiar.refuse(tr("Nobody knows these customers yet: no committed plan served them before"))
        self._show()

    def show_trial(self, trial: Trial) -> None:
        """A plan that was tried."""
        self._trials[trial.leaning] = trial
        self._show()

    def show_progress(self, share: float | None) -> None:
        """How far the trial is, 0…1; None: nothing is being tried."""
        for each in (self.bar, self.said):
            each.setVisible(share is not None)
        self.bar.setValue(round((share or 0) * 100))
        cheapest = not self.leaning.any or Leaning() not in self._trials
        self.said.setText(tr("Looking for the cheapest plan") if cheapest else tr("Trying these wishes"))

    # The parts

    def _set_up_table(self) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._about)
        for row in self.rows:
            head.addWidget(row)
        layout.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(12, 0, 12, 0)
        middle.addWidget(self.table)
        under = QHBoxLayout()
        under.setContentsMargins(8, 6, 8, 0)
        under.addWidget(self.always)
        under.addStretch(1)
        middle.addLayout(under)
        layout.addLayout(middle)
        layout.addStretch(1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(20, 2, 20, 0)
        line.setSpacing(8)
        self.bar.setFixedWidth(120)
        line.addWidget(self.bar)
        line.addWidget(self.said)
        line.addStretch(1)
        for each in (self.reset, self.close_button, self.take):
            line.addWidget(each)
        return line

    # Hands

    def _moved(self) -> None:
        self._show()
        self._rest.start()
        self._keep()

    def _keep(self) -> None:
        self.kept.emit(self.leaning if self.always.isChecked() else Leaning())

    def _reset(self) -> None:
        self.set_leaning(Leaning())
        self._moved()

    def _take(self) -> None:
        if self.trial is not None:
            self.taken.emit(self.trial)

    def _show(self) -> None:
        self.take.setEnabled(self.trial is not None)
        self.reset.setEnabled(self.leaning.any)
        if self._now is None:
            return
        cheapest, wished = self._trials.get(Leaning()), self.trial
        measures = (cheapest.measures if cheapest else None, wished.measures if wished else None)
        lines = effect_lines(self._now, *measures, self._formats, self._currency)
        self.model.set_rows(lines)
        self.table.setFixedHeight((len(lines) + 1) * ROW_HEIGHT + 6)
