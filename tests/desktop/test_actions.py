"""The table of acts: each key once, each act in a menu, letters only in lists."""

from collections import Counter

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar
from pytestqt.qtbot import QtBot

from app.desktop.actions import ACTS, MENUS, ROUTE_KEYS, Actions, Possible


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for act in ACTS for key in act.keys)
    keys.update(str(number) for number in ROUTE_KEYS)
    assert [key for key, count in keys.items() if count > 1] == []


def test_single_letters_work_only_in_lists() -> None:
    single = [act for act in ACTS if any(len(key) == 1 or key.startswith("Shift+") or key == "Backspace" for key in act.keys)]
    assert single
    assert all(act.lists for act in single)


def test_every_act_stands_in_a_menu(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    shown = [action.objectName() for menu in bar.actions() for action in menu.menu().actions() if not action.isSeparator()]
    assert sorted(shown) == sorted(act.id for act in ACTS)
    assert len(bar.actions()) == len(MENUS)


def test_nothing_to_plan_means_nothing_to_do(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    actions.allow(Possible())
    assert not any(actions[name].isEnabled() for name in ("optimise_day", "apply", "discard", "move", "commit", "undo", "redo", "pin"))
    assert actions["import"].isEnabled() is False
    assert actions["fleet"].isEnabled()


def test_a_proposal_can_be_applied_and_nothing_else_be_moved(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    actions.allow(Possible(depot=True, orders=True, plan=True, stops=True, proposal=True))
    assert actions["apply"].isEnabled()
    assert actions["discard"].isEnabled()
    assert not any(actions[name].isEnabled() for name in ("optimise_day", "move", "earlier", "unassign", "lock", "commit"))


def test_letters_are_kept_from_text_fields(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    assert actions["move"].shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut
