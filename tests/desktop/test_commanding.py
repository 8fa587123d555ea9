"""The model of the palette, its caps, and what is kept between runs."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.actions import ACT
from app.desktop.commanding.finding import Kind, Thing
from app.desktop.commanding.keymap import Refusal, Why, changed_key, effective, refusal, understood_keys
from app.desktop.commanding.lines import Line
from app.desktop.commanding.results import LineModel, caps_of
from app.desktop.commanding.sheet import divided
from app.desktop.commanding.sheet_rows import Entry, Section

LINES = (
    Line(title="Orders"),
    Line(title="10482", thing=Thing(Kind.ORDER, "a", ("10482",))),
    Line(title="10483", thing=Thing(Kind.ORDER, "b", ("10483",))),
    Line(title="Acts"),
    Line(title="Undo", thing=Thing(Kind.ACT, "undo", ("Undo",)), keys="Ctrl+Z"),
)


def model() -> LineModel:
    """A model with two groups."""
    made = LineModel()
    made.show_lines(LINES)
    return made


def test_qt_finds_nothing_wrong_with_the_list(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    made = model()
    qtmodeltester.check(made)
    made.show_lines(LINES[:2])
    made.show_lines(())


def test_steps_pass_over_headings_and_go_round(qtbot: QtBot) -> None:
    made = model()
    assert made.step(-1, 1) == 1
    assert made.step(2, 1) == 4
    assert made.step(4, 1) == 1
    assert made.step(1, -1) == 4
    assert made.step(1, 8) == 4, "a page does not go round"
    assert made.step(4, -8) == 1
    assert LineModel().step(-1, 1) == -1


@pytest.mark.parametrize(
    ("key", "caps"),
    [
        ("Ctrl+Shift+O", ["Ctrl", "Shift", "O"]),
        ("G, L", ["G", "L"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("+", ["+"]),
        ("?", ["?"]),
        ("", []),
        ("Ctrl+.", ["Ctrl", "."]),
    ],
)
def test_a_key_is_drawn_cap_by_cap(key: str, caps: list[str]) -> None:
    assert caps_of(key) == caps


def test_a_key_that_another_act_has_is_refused_with_its_name(qtbot: QtBot) -> None:
    assert refusal("commit", "Ctrl+Z", {}) == Refusal(Why.TAKEN, "undo")
    assert refusal("move", "/", {}) == Refusal(Why.TAKEN, "palette")
    assert refusal("move", "G", {}) == Refusal(Why.TAKEN, "orders"), "it begins G, L"
    assert refusal("move", "5", {}) == Refusal(Why.DIGIT)
    assert refusal("commit", "Ctrl+C", {}) == Refusal(Why.WRITING)
    assert refusal("commit", "J", {}) == Refusal(Why.LETTER)
    assert refusal("move", "J", {}) is None, "letters are for lists"
    assert refusal("commit", "Ctrl+Z", {"undo": ("Ctrl+Alt+Z",)}) is None, "given up, it is free"


def test_the_first_key_again_is_no_change(qtbot: QtBot) -> None:
    changed = changed_key({}, ACT["commit"], "Ctrl+J")
    assert changed == {"commit": ("Ctrl+J",)}
    assert changed_key(changed, ACT["commit"], ACT["commit"].keys[0]) == {}


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["undo", "move", "x"]), inner),
    max_leaves=8,
)


@given(JUNK)
def test_a_spoilt_file_of_keys_breaks_nothing(stored: object) -> None:
    changed = understood_keys(json.loads(json.dumps(stored)))
    keys = [key for own in effective(changed).values() for key in own]
    assert len(keys) == len(set(keys))


def test_columns_of_the_sheet_hold_every_section_once_and_in_order() -> None:
    held = [Section(str(at), tuple(Entry("x", ("A",)) for _ in range(rows))) for at, rows in enumerate([17, 8, 4, 5, 6, 6, 1, 7, 1])]
    for columns in (1, 2, 3):
        made = divided(held, columns)
        assert [section for column in made for section in column] == held
        assert all(made)


def test_nothing_is_kept_where_the_file_is_spoilt(tmp_path: Path) -> None:
    from app.desktop.commanding.keeping import read_kept

    file = tmp_path / "recent.json"
    assert read_kept(file) is None
    file.write_text("[1, 2", "utf-8")
    assert read_kept(file) is None
    file.write_text('[["act", "undo"]]', "utf-8")
    assert read_kept(file) == [["act", "undo"]]
