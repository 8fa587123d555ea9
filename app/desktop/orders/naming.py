"""The small dialog that asks for the name of a view."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desktop.widgets.parts import button, label
from app.desktop.words import tr


class NameDialog(QDialog):
    """`named` carries the name once it has been confirmed."""

    named = Signal(str)

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.box = QLineEdit(text)
        self.box.setMaxLength(60)
        self.box.selectAll()
        self.box.setAccessibleName(tr("Name of the view"))
        self.save = button(tr("Save"), self._confirm, primary=True)
        self.save.setDefault(True)
        self.box.textChanged.connect(lambda typed: self.save.setEnabled(bool(typed.strip())))
        self.save.setEnabled(bool(text.strip()))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(label(tr("Name of the view"), heading=True))
        layout.addWidget(self.box)
        layout.addWidget(label(tr("It keeps words, filters, columns and order."), muted=True))
        layout.addLayout(foot)
        self.resize(360, 0)

    def _confirm(self) -> None:
        name = self.box.text().strip()
        self.accept()
        self.named.emit(name)
