"""The list of closures: see where each is, lift it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.map.view import MapView
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.domain.geo import Box
from app.domain.roads import Closure
from app.services.commands import OpenRoad


class ClosureDialog(QDialog):
    """Closures that are not lifted."""

    def __init__(self, closures: tuple[Closure, ...], bridge: Bridge, map_view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._map = map_view
        self.setWindowTitle(tr("Closures"))
        self.resize(420, 320)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Closures"))
        for each in closures:
            slow = tr("slow, × {factor}").format(factor=each.factor) if each.factor is not None else tr("closed")
            item = QListWidgetItem(f"{each.note or tr('Without a name')} · {slow}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.lift = button(tr("Lift the closure"), self._lift, primary=True)
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr("Roads that no route may use, or only slowly."), muted=True, wrap=True))
        layout.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.lift)
        buttons.addWidget(button(tr("Close"), self.accept))
        layout.addLayout(buttons)
        self.lift.setEnabled(False)

    def _show(self, item: QListWidgetItem | None) -> None:
        self.lift.setEnabled(item is not None)
        if item is not None:
            self._map.fly_to(Box.around(item.data(Qt.ItemDataRole.UserRole).points).center)

    def _lift(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            closure: Closure = item.data(Qt.ItemDataRole.UserRole)
            self._bridge.do(OpenRoad(closure=closure.id, note=closure.note))
            self.list.takeItem(self.list.row(item))
