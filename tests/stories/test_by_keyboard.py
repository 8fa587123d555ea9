"""The palette and the sheet of keys in the real window, with the keyboard alone: find, read, do, change a key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop.commanding.finding import Kind
from app.desktop.commanding.lines import Line
from app.desktop.commanding.search_window import SearchWindow
from app.desktop.commanding.sheet import KeySheet
from app.desktop.stage import Stage
from tests.desktop.test_look import cut_off, nameless, plain, sources, texts
from tests.window import NONE, Make, fullest, press

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]
KEYS = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def opened(stage: Stage) -> SearchWindow:
    """The palette, opened by its key where the orders have the focus."""
    press(stage, stage.desk.window.orders.table, KEYS.Key_K, CTRL)
    search = stage.desk.commanding.search
    assert search is not None, "Ctrl+K opens the palette"
    return search


def ask(stage: Stage, search: SearchWindow, text: str) -> list[Line]:
    """Types a text and waits for the answer: its lines, headings among them."""
    if text.isascii():
        QTest.keyClicks(search.box, text)
    else:
        search.box.insert(text)  # as an input method would
    stage.wait(lambda: search.settled, "the answer")
    return list(search.model.lines)


def enter(stage: Stage, search: SearchWindow, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Takes the chosen line."""
    QTest.keyClick(search.box, KEYS.Key_Return, modifier)
    stage.wait(lambda: stage.desk.commanding.search is None, "the palette to close")
    stage.rest(0.05)


def groups(lines: list[Line]) -> dict[str, list[str]]:
    """What stands below each heading."""
    made: dict[str, list[str]] = {}
    heading = ""
    for line in lines:
        if line.thing is None:
            heading = line.title
        made.setdefault(heading, [])
        if line.thing is not None:
            made[heading].append(line.title)
    return made


def test_the_last_digits_of_a_telephone_find_the_order_and_say_when_it_comes(stage: Make) -> None:
    made = stage("en", orders=14, plan=True)
    orders = {order.id: order for order in made.desk.model.held.day.orders} if made.desk.model.held is not None else {}
    wanted = next(row for row in made.view.board if row.arrival is not None and orders[row.order].recipient.phone)
    digits = orders[wanted.order].recipient.phone[-3:]
    search = opened(made)
    ask(made, search, digits)
    first = next(line for line in search.model.lines if line.thing is not None and line.thing.id == wanted.order)
    assert first.right == f"ETA {made.desk.formats.clock(wanted.arrival or 0)}", "read without another key"
    while search.current is not first:
        QTest.keyClick(search.box, KEYS.Key_Down)
    enter(made, search)
    assert made.desk.selection.held.current == wanted.order
    assert made.desk.selection.held.route == wanted.route
    assert made.desk.window.orders.table.ids() == {wanted.order}


def test_a_single_character_finds_orders_by_name(stage: Make) -> None:
    made = stage("zh_TW", orders=14, plan=True)
    wanted = {row.number for row in made.view.board if "張" in row.customer}
    assert wanted, "the demo has customers of that name"
    search = opened(made)
    found = groups(ask(made, search, "張"))
    assert {title.split("  ")[0] for title in found["訂單"]} == wanted
    marked = next(line for line in search.model.lines if line.thing is not None)
    assert [marked.title[start:end] for start, end in marked.title_spans] == ["張"]


def test_an_act_is_done_and_stands_first_the_next_time(stage: Make, profile: Path) -> None:
    made = stage("en", orders=14, plan=True)
    (profile / "recent.json").unlink(missing_ok=True)
    search = opened(made)
    ask(made, search, "optim")
    assert search.current is not None
    assert search.current.title == "Optimise the day"
    assert search.current.keys == "Ctrl+Shift+O"
    made.desk.proposer.seconds = 1
    enter(made, search)
    made.wait(lambda: made.desk.proposer.proposal is not None, "the proposal")
    made.desk.actions["discard"].trigger()
    made.quiet()
    assert "optimise_day" in (profile / "recent.json").read_text("utf-8")
    again = opened(made)
    made.rest(0.05)
    assert again.model.lines[0].title == "Used last"
    assert again.model.lines[1].title == "Optimise the day"
    QTest.keyClick(again.box, KEYS.Key_Escape)
    made.wait(lambda: made.desk.commanding.search is None, "Escape closes it")


def test_what_cannot_be_done_is_shown_with_its_reason_and_stays_undone(stage: Make) -> None:
    made = stage("en", orders=14)
    made.desk.selection.pick([])
    search = opened(made)
    ask(made, search, ">back to the pool")
    line = search.current
    assert line is not None
    assert not line.possible
    assert line.detail == "Select a stop of a route first."
    QTest.keyClick(search.box, KEYS.Key_Return)
    assert made.desk.commanding.search is search, "it stays open"
    search.reject()


def test_enter_before_the_answer_counts_for_the_answer(stage: Make) -> None:
    made = stage("en", orders=14, plan=True)
    wanted = made.view.board[3]
    search = opened(made)
    QTest.keyClicks(search.box, wanted.number)
    enter(made, search)
    assert made.desk.selection.held.current == wanted.order


def test_routes_streets_and_days_are_gone_to(stage: Make) -> None:
    made = stage("en", orders=14, plan=True)
    route = fullest(made)
    search = opened(made)
    ask(made, search, f"@{route.driver.split()[0]}")
    assert search.current is not None
    assert search.current.route == route.number or route.driver.split()[0] in search.current.title
    search.reject()

    search = opened(made)
    ask(made, search, "mannerheim")
    made.wait(lambda: any(line.thing is not None and line.thing.kind is Kind.PLACE for line in search.model.lines), "the streets")
    search.reject()

    search = opened(made)
    ask(made, search, "tomorrow")
    assert search.current is not None
    assert search.current.thing is not None
    assert search.current.thing.kind is Kind.DAY
    wanted = search.current.thing.id
    enter(made, search)
    made.wait(lambda: made.view.day.isoformat() == wanted, "the day")
    made.quiet()


def test_letters_of_lists_go_where_they_say(stage: Make) -> None:
    made = stage("en", orders=14, plan=True)
    window = made.desk.window
    press(made, window.orders.table, KEYS.Key_G)
    QTest.keyClick(window.orders.table, KEYS.Key_R)
    made.rest(0.05)
    assert window.routes.hasFocus(), "G, R"
    press(made, window.routes, KEYS.Key_Slash)
    search = made.desk.commanding.search
    assert search is not None, "/ opens the palette in a list"
    search.reject()
    made.rest(0.05)
    day = made.view.day
    press(made, window.routes, KEYS.Key_Right)
    made.wait(lambda: made.view.day > day, "the day after")
    made.quiet()


def test_the_next_exception_is_selected(stage: Make) -> None:
    made = stage("en", orders=14)
    window = made.desk.window
    held = [row.order for row in made.view.board if row.standing.value == "held"]
    press(made, window.orders.table, KEYS.Key_N)
    current = made.desk.selection.held.current
    assert (current in held) if held else current is None


def row_of(sheet: KeySheet, act: str) -> QWidget:
    """The row of an act on the sheet."""
    return next(row for row in sheet.rows if row.entry.act == act)


def sheet_of(stage: Stage, widget: QWidget) -> KeySheet:
    """The sheet, opened by F1."""
    press(stage, widget, KEYS.Key_F1)
    return next(each for each in stage.desk.window.findChildren(KeySheet) if each.isVisible())


def test_a_key_is_changed_refused_and_given_back(stage: Make, profile: Path) -> None:
    made = stage("en", orders=14, plan=True)
    table = made.desk.window.orders.table
    sheet = sheet_of(made, table)
    QTest.keyClick(row_of(sheet, "commit"), KEYS.Key_Return)
    QTest.keyClick(row_of(sheet, "commit"), KEYS.Key_Z, CTRL)
    assert "Undo" in sheet.said.text(), "the act that has the key is named"
    assert made.desk.actions["commit"].shortcut() == QKeySequence("Ctrl+Shift+Return")
    QTest.keyClick(row_of(sheet, "commit"), KEYS.Key_Return)
    QTest.keyClick(row_of(sheet, "commit"), KEYS.Key_J, CTRL)
    assert made.desk.actions["commit"].shortcut() == QKeySequence("Ctrl+J")
    sheet.accept()
    made.quiet()

    press(made, table, KEYS.Key_J, CTRL)
    box = QApplication.activeWindow()
    assert box is not made.desk.window, "the new key does it"
    assert box is not None
    box.close()
    assert "Ctrl+J" in (profile / "keys.json").read_text("utf-8")

    sheet = sheet_of(made, table)
    QTest.keyClick(row_of(sheet, "commit"), KEYS.Key_Return)
    QTest.keyClick(row_of(sheet, "commit"), KEYS.Key_Backspace)
    assert made.desk.actions["commit"].shortcut() == QKeySequence("Ctrl+Shift+Return")
    sheet.accept()
    made.quiet()


def test_a_changed_key_is_there_the_next_time(stage: Make, profile: Path) -> None:
    (profile / "keys.json").write_text('{"filter": ["Ctrl+J"], "undo": ["Ctrl+Y"], "nobody": ["X"]}', "utf-8")
    made = stage("en", orders=14)
    made.quiet()
    assert made.desk.actions["filter"].shortcut() == QKeySequence("Ctrl+J")
    assert made.desk.actions["undo"].shortcut() == QKeySequence("Ctrl+Z"), "a key that another act has is not taken from a file"
    press(made, made.desk.window.orders.table, KEYS.Key_J, CTRL)
    assert made.desk.window.orders.search.hasFocus()
    (profile / "keys.json").unlink()


def test_the_sheet_shows_the_keys_of_the_list_first_and_finds(stage: Make) -> None:
    made = stage("en", orders=14, plan=True)
    sheet = sheet_of(made, made.desk.window.routes)
    assert "Routes" in next(text for _, text in texts(sheet) if text.startswith("Here"))
    assert made.desk.actions[sheet.rows[0].entry.act].shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut
    QTest.keyClicks(sheet.search, "undo")
    assert "Undo" in [row.entry.text for row in sheet.rows]
    assert len(sheet.rows) < 6
    sheet.reject()


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_palette_and_sheet_are_whole_and_named(stage: Make, language: str) -> None:
    made, english = stage(language, orders=14, plan=True), sources()
    search = opened(made)
    ask(made, search, "a")
    sights: list[QWidget] = [search]
    assert cut_off(search) == []
    assert nameless(search) == []
    inside = made.desk.window.frameGeometry()
    assert inside.contains(search.frameGeometry())
    if language == "zh_TW":
        assert [text for each in sights for _, text in texts(each) if plain(text) in english] == []
        assert [line.title for line in search.model.lines if line.title in english] == []
    search.reject()
    sheet = sheet_of(made, made.desk.window.pool)
    assert cut_off(sheet) == []
    assert nameless(sheet) == []
    if language == "zh_TW":
        assert [text for _, text in texts(sheet) if plain(text) in english] == []
    sheet.reject()
