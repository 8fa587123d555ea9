"""The table of acts: each key once, each act in a menu and in the palette, in two languages, letters only in lists."""

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QListView, QMenuBar, QTableView
from pytestqt.qtbot import QtBot

from app.desktop.actions import ACT, ACTS, MENUS, ORDER_MENU, ROUTE_KEYS, ROUTE_MENU, Actions, Possible, plain, why_not
from app.desktop.commanding.content import HIDDEN, act_index
from app.desktop.commanding.keymap import portable, types_text
from app.desktop.languages import Languages
from app.desktop.words import tr

CONVENTION = {
    "palette": ("Ctrl+K", "Ctrl+Shift+P", "/"),
    "move": ("A",),
    "unassign": ("Backspace",),
    "earlier": ("Alt+Up",),
    "later": ("Alt+Down",),
    "optimise": ("O",),
    "optimise_route": ("Shift+O",),
    "optimise_day": ("Ctrl+Shift+O",),
    "lock": ("L",),
    "apply": ("Ctrl+Return", "Ctrl+Enter"),
    "commit": ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
    "next_trouble": ("N",),
    "previous_trouble": ("Shift+N",),
    "import": ("Ctrl+I",),
    "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Y", "Ctrl+Shift+Z"),
    "show": ("Space",),
    "filter": ("Ctrl+F",),
    "today": ("T",),
    "previous_day": ("Ctrl+PgUp", "Left"),
    "next_day": ("Ctrl+PgDown", "Right"),
    "map": ("G, M",),
    "orders": ("G, L",),
    "routes": ("G, R",),
    "pool": ("G, P",),
    "next_dock": ("F6",),
    "layout_plan": ("Ctrl+1",),
    "layout_live": ("Ctrl+2",),
    "layout_board": ("Ctrl+3",),
    "layout_inbox": ("Ctrl+4",),
    "keys": ("F1", "?"),
}
"""The keys that people know from the manual."""


def all_keys() -> list[str]:
    """Every key of the table, as Qt writes it."""
    return [portable(key) for act in ACTS for key in (*act.keys, *act.list_keys)]


def test_no_key_means_two_things() -> None:
    """A list lies in a window: what works in one must not be another thing in the other."""
    keys = Counter(all_keys())
    keys.update(str(number) for number in ROUTE_KEYS)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_key_begins_another() -> None:
    begun = {key.split(", ")[0] for key in all_keys() if ", " in key}
    assert begun & set(all_keys()) == set()


def test_text_fields_keep_the_keys_of_writing(qtbot: QtBot) -> None:
    standard = QKeySequence.StandardKey
    writing = {
        each.toString(QKeySequence.SequenceFormat.PortableText)
        for kind in (standard.Copy, standard.Cut, standard.Paste, standard.SelectAll, standard.MoveToNextWord, standard.MoveToPreviousWord)
        for each in QKeySequence.keyBindings(kind)
    }
    assert writing & set(all_keys()) == set()


def test_what_could_be_typed_works_only_in_lists() -> None:
    typed = [act for act in ACTS if any(types_text(portable(key)) for key in act.keys)]
    assert typed
    assert [act.id for act in typed if not act.lists] == []


@pytest.mark.parametrize("name", sorted(CONVENTION))
def test_an_act_has_the_key_that_people_know(name: str) -> None:
    assert (*ACT[name].keys, *ACT[name].list_keys) == CONVENTION[name]


def test_every_act_stands_in_a_menu(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    menus = [menu.menu() for menu in bar.actions()]
    inner = [action.menu() for menu in menus for action in menu.actions() if action.menu()]
    shown = [action.objectName() for menu in menus + inner for action in menu.actions() if not action.isSeparator() and not action.menu()]
    assert sorted(shown) == sorted(act.id for act in ACTS)


def test_no_menu_is_empty(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill(bar)
    assert all(menu.menu().actions() for menu in bar.actions())
    assert [menu.text() for menu in bar.actions()] == [title for name, title in MENUS if any(act.menu == name for act in ACTS)]


def test_every_act_is_in_the_palette_and_says_what_it_does() -> None:
    assert {thing.id for thing in act_index().things} == set(ACT) - HIDDEN
    assert [act.id for act in ACTS if not act.about] == []


def test_every_act_has_both_languages(qtbot: QtBot, qapp: object) -> None:
    languages = Languages(qapp)  # type: ignore[arg-type]
    languages.choose("zh_TW")
    untranslated = [act.id for act in ACTS if not act.id.startswith("language_") and (tr(act.text) == act.text or tr(act.about) == act.about)]
    languages.choose("en")
    assert untranslated == []


def letters(texts: list[str]) -> list[str]:
    """The menu letters of some texts."""
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text]


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_menu_letters_are_unique_in_their_menu(qtbot: QtBot, qapp: object, language: str) -> None:
    languages = Languages(qapp)  # type: ignore[arg-type]
    languages.choose(language)
    menus = [[tr(title) for _, title in MENUS], *([tr(act.text) for act in ACTS if act.menu == name] for name, _ in MENUS)]
    languages.choose("en")
    twice = [(letter, texts) for texts in menus for letter, count in Counter(letters(texts)).items() if count > 1]
    assert twice == []
    assert len(letters(menus[0])) == len(MENUS)


def test_a_text_is_said_without_its_menu_letter() -> None:
    assert plain("匯入訂單(&I)…") == "匯入訂單…"
    assert plain("Loc&k or unlock") == "Lock or unlock"


def test_what_cannot_be_done_says_what_to_do_first() -> None:
    nothing = Possible()
    assert [act.id for act in ACTS if not act.when(nothing) and not why_not(act, nothing)] == []
    assert why_not(ACT["unassign"], Possible(depot=True, orders=True)) == "Select a stop of a route first."
    assert why_not(ACT["unassign"], Possible(depot=True, orders=True, stops=True, proposal=True)) == "Apply or discard the proposal first."
    assert "being computed" in why_not(ACT["optimise_day"], Possible(depot=True, orders=True, running=True))
    assert why_not(ACT["unassign"], Possible(stops=True)) == ""


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


def test_arrows_turn_the_day_in_lists_and_move_in_tables(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner)
    plain_list, table = QListView(), QTableView()
    for widget in (plain_list, table):
        qtbot.addWidget(widget)
        actions.lend_keys(widget)
    keys = [{key.toString() for action in widget.actions() for key in action.shortcuts()} for widget in (plain_list, table)]
    assert {"Left", "Right", "/"} <= keys[0]
    assert "/" in keys[1]
    assert not {"Left", "Right"} & keys[1]


@pytest.mark.parametrize("names", [ORDER_MENU, ROUTE_MENU])
def test_a_context_menu_begins_with_its_default_and_ends_with_what_takes_away(qtbot: QtBot, names: tuple[str, ...]) -> None:
    owner = QObject()
    actions = Actions(owner)
    bar = QMenuBar()
    qtbot.addWidget(bar)
    menu = actions.context_menu(bar, names)
    assert menu.defaultAction() is actions[names[0]]
    taking = set(names[len(names) - names[::-1].index("") :])
    assert taking <= {"unassign", "cancel_order", "commit", "remove_shift"}, "below the last line"
