"""The small dialog that asks for the name of a version, with room for a note."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desktop.widgets.parts import button, label
from app.desktop.words import tr


class VersionName(QDialog):
    """`named` carries name and note once they were confirmed; `refuses` says why a name cannot be given, or nothing."""

    named = Signal(str, str)

    def __init__(self, title: str, about: str, kept: tuple[str, str], refuses: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name, note = kept
        self._about, self._refuses = about, refuses
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name, self.note = QLineEdit(name), QLineEdit(note)
        self.name.setMaxLength(60)
        self.note.setMaxLength(200)
        self.name.selectAll()
        self.name.setAccessibleName(tr("Name of the version"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setPlaceholderText(tr("What it is for; may stay empty"))
        self.save = button(tr("Save"), self._confirm, primary=True)
        self.save.setDefault(True)
        self.said = label(about, muted=True, wrap=True)
        self.name.textChanged.connect(self._check)
        self._check(name)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Name of the version"), heading=True))
        layout.addWidget(self.name)
        layout.addWidget(label(tr("Note"), heading=True))
        layout.addWidget(self.note)
        layout.addWidget(self.said)
        layout.addLayout(foot)
        self.resize(400, 0)

    def _check(self, typed: str) -> None:
        """A name that another version has cannot be given; the reason stands in place of the explanation."""
        refused = self._refuses(typed.strip())
        self.said.setText(refused or self._about)
        self.save.setEnabled(bool(typed.strip()) and not refused)

    def _confirm(self) -> None:
        name, note = self.name.text().strip(), self.note.text().strip()
        self.accept()
        self.named.emit(name, note)
