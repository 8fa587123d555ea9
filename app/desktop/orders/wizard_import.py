"""Step 4 of the import: what would be written, what becomes of orders that are known, and the rows that are left out, as a file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label, repolish, rule
from app.desktop.words import later, tr
from app.domain.sentences import Sentence
from app.services.intake import Again
from app.services.intake_groups import Group, Groups

_POLICIES = {
    Again.UPDATE: later("Update them with what the file says"),
    Again.SKIP: later("Leave them as they are"),
    Again.NEW: later("Take them as further orders, with numbers of their own"),
}
_LINES = (
    (Group.NEW, "desktop.import_new", "ok"),
    (Group.CHANGED, "desktop.import_changed", ""),
    (Group.SAME, "desktop.import_there", ""),
    (Group.DOUBT, "desktop.import_doubtful", "risk"),
    (Group.ERROR, "desktop.import_left_out", "late"),
)


class ImportPage(QWidget):
    """`chosen` carries an Again, `overwriting` whether orders under way are overwritten, `saved` nothing: the rejected rows are wanted as a file."""

    chosen = Signal(object)
    overwriting = Signal(bool)
    saved = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self.title, self.note = label(title=True), label(muted=True, wrap=True)
        self._lines = {group: label() for group, _, _ in _LINES}
        self._ask = label(heading=True)
        self.policies = {each: QRadioButton(tr(text)) for each, text in _POLICIES.items()}
        self._choices = QButtonGroup(self)
        for each, choice in self.policies.items():
            choice.clicked.connect(lambda _on, wanted=each: self.chosen.emit(wanted))
            self._choices.addButton(choice)
        self.overwrite = QCheckBox(tr("Also overwrite orders that are under way"))
        self.overwrite.toggled.connect(self.overwriting)
        self.save = button(tr("Save rejected rows…"), self.saved.emit)
        self._lay_out()

    def show_groups(self, groups: Groups, again: Again, name: str, count: int, differing: int) -> None:
        """Shows what an import would write; `differing`: rows whose order is known but otherwise."""
        say = self._formats.say
        self.title.setText(say(Sentence.of("desktop.import_title", count=count, file=name)))
        self.note.setText(tr("One step: Undo takes all of it back. Nothing is written before you press Import."))
        for group, key, tone in _LINES:
            held, line = groups.count(group), self._lines[group]
            line.setText(say(Sentence.of(key, count=held)))
            line.setProperty("tone", tone)
            repolish(line)
            line.setVisible(held > 0)
        self.save.setVisible(groups.count(Group.ERROR) > 0)
        self._ask.setText(say(Sentence.of("desktop.import_ask", count=differing)))
        for each in (self._ask, *self.policies.values()):
            each.setVisible(differing > 0)
        self.policies[again].setChecked(True)
        self.overwrite.setVisible(bool(groups.asking) and again is Again.UPDATE)

    def show_done(self, count: int, rejected: int, name: str) -> None:
        """Shows that the import was written, and that some rows were not."""
        say = self._formats.say
        self.title.setText(say(Sentence.of("desktop.import_done", count=count, file=name)))
        self.note.setText(say(Sentence.of("desktop.import_rest", count=rejected)))
        for each in (*self._lines.values(), self._ask, *self.policies.values(), self.overwrite):
            each.hide()
        self._lines[Group.ERROR].show()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addSpacing(8)
        layout.addWidget(rule())
        layout.addSpacing(8)
        for group, line in self._lines.items():
            row = QHBoxLayout()
            row.addWidget(line)
            if group is Group.ERROR:
                row.addSpacing(12)
                row.addWidget(self.save)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addSpacing(12)
        layout.addWidget(self._ask)
        for choice in self.policies.values():
            layout.addWidget(choice)
        layout.addWidget(self.overwrite)
        layout.addStretch(1)
