"""What the monkey does: one random thing at a time that a person at the desk could do."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

import shiboken6
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QDialog, QFileDialog, QWidget

from app.desktop.actions import ACTS
from app.desktop.plan.routes import ORDERS_MIME
from app.desktop.stage import Stage
from app.desktop.theme import ThemeChoice
from app.domain.ids import OrderId, RouteId

_NEVER = frozenset({"quit", "language_en", "language_zh_TW", "theme_system", "theme_light", "theme_dark"})
"""Acts that end the play, or that have a turn of their own."""
_KEYS = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space),
    *(Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_Escape, Qt.Key.Key_Slash),
    *(Qt.Key(code) for code in range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)),
)
_HELD = (Qt.KeyboardModifier.NoModifier,) * 6 + (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_WORDS = ("anna", "R2", "王", "14:30", "路", "+2", "10482", "mannerheim", "…", "<b>", "0", "明天")
_SIZES = ((1280, 720), (1366, 768), (1440, 900), (1920, 1080), (1024, 640))
_POPUP_MS = 25
_ENDURED = 8
"""Looks at an open popup before it is closed whatever it does."""


class Hands(QObject):
    """The monkey's hands on a stage. The same seed does the same, as far as threads let it."""

    def __init__(self, stage: Stage, seed: int) -> None:
        super().__init__()
        self._stage = stage
        self._random = random.Random(seed)
        self._seen = 0
        self._home = stage.day
        kinds: Sequence[tuple[float, Callable[[], str]]] = (
            (30, self._act),
            (22, self._key),
            (10, self._click),
            (9, self._drop),
            (6, self._pull),
            (8, self._pick),
            (4, self._type),
            (3, self._undo),
            (2, self._resize),
            (3, self._day),
            (1, self._theme),
            (0.15, self._language),
            (6, self._leave),
        )
        self._kinds = [kind for _, kind in kinds]
        self._weights = [weight for weight, _ in kinds]
        self._freeing = QTimer(self, interval=_POPUP_MS)
        self._freeing.timeout.connect(self._free)
        self._freeing.start()

    def step(self) -> str:
        """Does one thing, and says what."""
        kind = self._random.choices(self._kinds, self._weights)[0]
        return kind()

    def rest(self) -> None:
        """Leaves every dialog and mode and lets what is under way end."""
        for dialog in self._dialogs():
            dialog.reject()
        self._stage.desk.proposer.discard()
        self._stage.desk.map_view.cancel_mode()
        self._stage.wait(lambda: not self._stage.desk.bridge.working and not self._stage.desk.proposer.running, "the monkey's rest", 120)
        self._stage.rest(0.3)

    def stop(self) -> None:
        """No hand moves any more."""
        self._freeing.stop()

    # What a person may do

    def _act(self) -> str:
        able = [act.id for act in ACTS if act.id not in _NEVER and self._stage.desk.actions[act.id].isEnabled()]
        chosen = self._random.choice(able)
        self._stage.desk.actions[chosen].trigger()
        return f"act {chosen}"

    def _key(self) -> str:
        where = QApplication.focusWidget() or self._stage.desk.window
        key, held = self._random.choice(_KEYS), self._random.choice(_HELD)
        if (key, held) == (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier):
            return "no key"
        QTest.keyClick(where, key, held)
        if held is not Qt.KeyboardModifier.NoModifier:
            QTest.keyRelease(where if _alive(where) else self._stage.desk.window, Qt.Key.Key_Shift)
        return f"key {held.name} {key.name} in {_name(where)}"

    def _type(self) -> str:
        where = QApplication.focusWidget()
        words = self._random.choice(_WORDS)
        if where is None:
            return "no place to type in"
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(where, event)
        return f"type {words!r} in {_name(where)}"

    def _click(self) -> str:
        target = self._any_widget()
        if target is None:
            return "nothing to click"
        where = QPoint(self._random.randrange(max(1, target.width())), self._random.randrange(max(1, target.height())))
        name = _name(target)
        button = self._random.choices([Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton], [8, 1])[0]
        QTest.mouseClick(target, button, Qt.KeyboardModifier.NoModifier, where)
        if button is Qt.MouseButton.LeftButton and self._random.random() < 0.15 and _alive(target):
            QTest.mouseDClick(target, button, Qt.KeyboardModifier.NoModifier, where)
        return f"click {name}"

    def _pick(self) -> str:
        orders = self._some_orders()
        route = self._a_route() if self._random.random() < 0.3 else None
        self._stage.desk.selection.pick(orders, route=route)
        return f"pick {len(orders)}"

    def _drop(self) -> str:
        """Carries orders over places and lets them go, or not: at some of them another application's words."""
        targets = [each for each in self._views() if each.acceptDrops() or each.viewport().acceptDrops()]
        if not targets:
            return "no place to drop on"
        target = self._random.choice(targets)
        carried = QMimeData()
        if self._random.random() < 0.9:
            carried.setData(ORDERS_MIME, "\n".join(self._some_orders()).encode())
        else:
            carried.setText("Hello")
        self._carry(target.viewport(), carried)
        return f"drop on {_name(target)}"

    def _carry(self, target: QWidget, carried: QMimeData) -> None:
        spots = [self._spot(target) for _ in range(4)]
        actions, button, held = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(spots[0], actions, carried, button, held)
        QApplication.sendEvent(target, enter)
        for spot in spots:
            QApplication.sendEvent(target, QDragMoveEvent(spot, actions, carried, button, held))
        if not enter.isAccepted() or self._random.random() < 0.25:
            QApplication.sendEvent(target, QDragLeaveEvent())
            return
        QApplication.sendEvent(target, QDropEvent(QPointF(spots[-1]), actions, carried, button, held))

    def _pull(self) -> str:
        """Presses, pulls and lets go: sliders, splitters, headers, rows."""
        target = self._any_widget()
        if target is None:
            return "nothing to pull"
        name = _name(target)
        QTest.mousePress(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._spot(target))
        for _ in range(3):
            if _alive(target):
                QTest.mouseMove(target, self._spot(target))
        if _alive(target):
            QTest.mouseRelease(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._spot(target))
        return f"pull {name}"

    def _undo(self) -> str:
        way = self._random.choice(["undo", "undo", "redo"])
        for _ in range(self._random.randrange(1, 6)):
            self._stage.desk.actions[way].trigger()
        return way

    def _resize(self) -> str:
        size = self._random.choice(_SIZES)
        self._stage.desk.window.resize(*size)
        return f"resize to {size[0]}×{size[1]}"

    def _day(self) -> str:
        depot = self._stage.desk.window.day_bar.depot
        day = self._home + timedelta(days=self._random.choice([0, 0, 0, 1, -1]))
        if depot is not None:
            self._stage.desk.open(depot, day)
        return f"day {day}"

    def _theme(self) -> str:
        choice = self._random.choice([ThemeChoice.LIGHT, ThemeChoice.DARK])
        self._stage.session.theme.choose(choice)
        return f"theme {choice.value}"

    def _language(self) -> str:
        self.rest()
        language = "en" if self._stage.session.languages.current != "en" else "zh_TW"
        self._stage.session.switch_language(language)
        self._stage.rest(0.1)
        self._stage.wait(lambda: not self._stage.desk.bridge.working, "the day in another language")
        return f"language {language}"

    def _leave(self) -> str:
        dialogs = self._dialogs()
        if not dialogs:
            return "nothing to leave"
        QTest.keyClick(dialogs[-1], Qt.Key.Key_Escape)
        return "leave a dialog"

    # Where

    def _any_widget(self) -> QWidget | None:
        top = QApplication.activeModalWidget() or self._stage.desk.window
        able = [each for each in top.findChildren(QWidget) if each.isVisible() and each.isEnabled() and each.width() > 2 and each.height() > 2]
        return self._random.choice(able) if able else None

    def _views(self) -> list[QAbstractScrollArea]:
        return [each for each in self._stage.desk.window.findChildren(QAbstractItemView) if each.isVisible()]

    def _spot(self, target: QWidget) -> QPoint:
        return QPoint(self._random.randrange(max(1, target.width())), self._random.randrange(max(1, target.height())))

    def _some_orders(self) -> list[OrderId]:
        view = self._stage.desk.model.view
        rows = view.board if view is not None else ()
        count = min(len(rows), self._random.choice([1, 1, 1, 2, 5, 14]))
        return [row.order for row in self._random.sample(rows, count)]

    def _a_route(self) -> RouteId | None:
        view = self._stage.desk.model.view
        return self._random.choice(view.routes).id if view is not None and view.routes else None

    def _dialogs(self) -> list[QDialog]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]

    def _free(self) -> None:
        """What runs a loop of its own, a menu or the system's choice of a file, is left after a few looks at it."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if isinstance(modal, QFileDialog):
            modal.reject()
        elif popup is None:
            self._seen = 0
        elif self._seen >= _ENDURED:
            popup.close()
        else:
            self._seen += 1
            QTest.keyClick(popup, self._random.choice([Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape]))


def _alive(widget: QWidget) -> bool:
    """Whether the widget still exists beneath Python."""
    return bool(shiboken6.isValid(widget))


def _name(widget: QWidget) -> str:
    if not _alive(widget):
        return "what is gone"
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}".strip()
