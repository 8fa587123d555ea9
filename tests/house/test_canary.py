"""PySide6 must not lose references to `True`, `False` and `None`: version 6.12.0 does, and on Python 3.11 the process dies of it after some 570 signals."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QLabel

CALLS = 2_000
LOSS = 50
"""Fewer lost references than this are the tests' own coming and going."""


class Bell(QObject):
    """Something that rings."""

    rung = Signal(int)
    switched = Signal(bool)


@pytest.mark.usefixtures("qapp")
def test_signals_and_calls_keep_the_references_of_constants() -> None:
    before = _counts()
    for act in _acts():
        for _ in range(CALLS):
            act()
    lost = [earlier - later for earlier, later in zip(before, _counts(), strict=True)]
    assert max(lost) < LOSS, f"references of None, True, False lost: {lost}; this PySide6 is not fit for this Python"


def _counts() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def _acts() -> list[Callable[[], object]]:
    """A signal with and without a receiver, and the calls that a window makes most."""
    bell, label, item, timer = Bell(), QLabel("x"), QGraphicsRectItem(), QTimer()
    bell.rung.connect(lambda _number: None)
    return [
        lambda: bell.rung.emit(1),
        lambda: bell.switched.emit(True),
        lambda: bell.setObjectName("bell"),
        bell.objectName,
        lambda: bell.blockSignals(False),
        lambda: label.setText("x"),
        label.text,
        lambda: label.setEnabled(True),
        label.isEnabled,
        lambda: label.setToolTip(""),
        lambda: label.resize(QSize(10, 10)),
        lambda: label.move(QPoint(1, 1)),
        lambda: label.setGeometry(QRect(0, 0, 5, 5)),
        label.isVisible,
        label.update,
        lambda: item.setPos(1.0, 1.0),
        lambda: item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable, True),
        lambda: timer.setInterval(5),
        lambda: timer.setSingleShot(True),
        timer.isActive,
    ]
