"""The sheet of keys: every act that has one, by menu."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.desktop.actions import ACTS, MENUS, key_text
from app.desktop.widgets.parts import button
from app.desktop.words import tr


class KeySheet(QDialog):
    """Shows the keys; read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.resize(460, 560)
        menus = dict(MENUS)
        acts = [act for act in ACTS if act.keys]
        table = QTableWidget(len(acts) + 1, 3)
        table.setAccessibleName(tr("Keys"))
        table.setHorizontalHeaderLabels([tr("Menu"), tr("Act"), tr("Key")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        rows = [(tr(menus[act.menu]), tr(act.text), key_text(act)) for act in acts]
        rows.append((tr(menus["plan"]), tr("Move to the route of that number"), "1 … 9"))
        for at, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.setItem(at, column, QTableWidgetItem(text.replace("&", "")))
        layout = QVBoxLayout(self)
        layout.addWidget(table)
        layout.addWidget(button(tr("Close"), self.accept))
