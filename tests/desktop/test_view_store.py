"""What is kept of the order table's views, and what is made of a file that somebody has spoilt."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from app.desktop.orders.filters import Chips
from app.desktop.orders.view_store import ViewStore
from app.desktop.orders.views import BUILT_IN, Look, View

CHIPS = Chips(standing=frozenset({"pool"}), window=frozenset({"", "28800000-36000000"}), route=frozenset({"3"}))
LOOK = Look(columns=("number", "weight"), widths={"weight": 90}, sort=("weight", True), free=False)


def test_a_view_of_ones_own_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    made = ViewStore(file).add(View(id="all", title="", rule="tight", words="bulevardi route:3", chips=CHIPS, look=LOOK), "早上 & heavy")
    assert ViewStore(file).view(made.id) == made
    assert (made.title, made.own, made.chips) == ("早上 & heavy", True, CHIPS)


def test_saving_under_the_same_name_replaces(tmp_path: Path) -> None:
    store = ViewStore(tmp_path / "window.ini")
    first = store.add(View(id="all", title=""), "Mine")
    second = store.add(View(id="all", title="", words="x"), "Mine")
    assert second.id == first.id
    assert [view.words for view in store.views if view.own] == ["x"]


def test_the_look_of_a_view_that_comes_with_the_program_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    store = ViewStore(file)
    store.keep_look("late", LOOK)
    store.flush()
    assert ViewStore(file).view("late").look == LOOK
    assert ViewStore(file).view("all").look == BUILT_IN[0].look


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[1, 2]",
        '{"looks": {"all": {"columns": "number"}}, "own": {"a": 3, "b": {"id": "b", "title": "B", "rule": "none", "words": ""}}}',
        '{"own": {"c": {"id": "c", "title": "C", "rule": "all"}}}',
    ],
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.ini"
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue("orders/views", text)
    settings.sync()
    assert ViewStore(file).views == BUILT_IN


def test_chips_that_mean_nothing_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    wrong = Chips(standing=frozenset({"asleep", "late"}), window=frozenset({"noon"}), route=frozenset({"x", "2"}))
    made = ViewStore(file).add(View(id="all", title="", chips=wrong), "Mine")
    assert ViewStore(file).view(made.id).chips == Chips(standing=frozenset({"late"}), route=frozenset({"2"}))
