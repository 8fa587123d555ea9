"""Wishes in the window: the effect is seen before anything changes, a trial becomes the proposal, and what is kept counts in later solves."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.format import Formats
from app.desktop.wishes.keeping import LeaningStore
from app.desktop.wishes.lines import effect_lines
from app.domain.ids import DepotId
from app.domain.units import Cost, Meters, Millis
from app.services.leaning import MOST, Leaning
from app.services.wishing import Measures
from tests.window import Make, press

KEYS = Qt.Key
DEPOT = DepotId("dep_1")


def measures(**changes: int) -> Measures:
    found = {
        "money": 700,
        "duration": 0,
        "meters": 0,
        "longest": 0,
        "shortest": 0,
        "apart": 0,
        "known": 0,
        "knowable": 0,
        "late": 0,
        "unplanned": 0,
        "moved": 0,
    }
    found.update(changes)
    kinds = {"money": lambda value: Cost(value * 100_000_000), "meters": Meters, "apart": Meters, "duration": Millis, "longest": Millis, "shortest": Millis}
    return Measures(**{name: kinds.get(name, int)(value) for name, value in found.items()})  # type: ignore[arg-type, operator]


def test_the_difference_is_what_the_wishes_alone_do() -> None:
    hour = 3_600_000
    now, cheapest = measures(money=900, longest=9 * hour, knowable=8), measures(money=700, longest=9 * hour, shortest=2 * hour, known=2, knowable=8)
    wished = measures(money=720, longest=6 * hour, shortest=5 * hour, known=6, knowable=8)
    lines = {line.name: line for line in effect_lines(now, cheapest, wished, Formats(), "EUR")}
    assert (lines["cost"].now, lines["cost"].cheapest, lines["cost"].wished, lines["cost"].difference) == ("€900.00", "€700.00", "€720.00", "+€20.00")
    assert (lines["spread"].difference, lines["spread"].tone) == ("−6:00", "ok")
    assert (lines["known"].difference, lines["known"].tone) == ("+4", "ok")
    assert lines["cost"].tone == "risk"
    waiting = {line.name: line for line in effect_lines(measures(), None, None, Formats(), "EUR")}
    assert (waiting["cost"].now, waiting["cost"].wished, waiting["cost"].difference) == ("€700.00", "…", "…")
    assert "known" not in waiting, "nobody knows anybody"


def test_what_is_kept_is_there_after_a_restart_and_what_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    LeaningStore(file).keep(DEPOT, Leaning(balance=4, familiar=MOST))
    assert LeaningStore(file).of(DEPOT) == Leaning(balance=4, familiar=MOST)
    assert LeaningStore(file).of(DepotId("dep_2")) == Leaning()
    file.write_text("[wishes]\ndep_1=nonsense\n", "utf-8")
    assert LeaningStore(file).of(DEPOT) == Leaning()


def test_sliders_show_their_effect_and_a_plan_of_them_is_proposed_and_kept(stage: Make) -> None:
    made = stage(orders=30, plan=True)
    desk = made.desk
    desk.wishing.seconds = 0.6
    press(made, desk.window.orders.table, KEYS.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    sheet = desk.wishing.sheet
    assert sheet is not None
    made.wait(lambda: sheet.trial is not None, "the cheapest plan")
    assert not sheet.familiar.slider.isEnabled(), "nothing was committed yet: nobody knows anybody"
    plan = desk.model.plan
    for _ in range(6):
        QTest.keyClick(sheet.balance.slider, KEYS.Key_Right)
    assert sheet.leaning == Leaning(balance=6)
    assert "6/10" in sheet.balance.strength.text()
    made.wait(lambda: sheet.trial is not None, "the effect")
    assert desk.model.plan is plan, "nothing changes before it is applied"
    trial = sheet.trial
    assert trial is not None
    spread = sheet.model.place_of("spread")
    assert spread is not None
    assert sheet.model.index(spread, 3).data() == desk.formats.duration(trial.measures.spread)
    sheet.always.click()
    sheet.take.click()
    made.wait(lambda: desk.proposer.proposal is not None, "the proposal")
    proposal = desk.proposer.proposal
    assert proposal is not None
    assert proposal.after.travel_cost + proposal.after.late_cost == trial.measures.money
    desk.actions["discard"].trigger()
    made.quiet()
    made.optimise(0.6)
    made.wait(lambda: desk.deciding.compared is not None, "the comparison")
    assert "wishes" in desk.window.proposal.words()
    desk.actions["discard"].trigger()
    desk.actions["wishes"].trigger()
    again = desk.wishing.sheet
    assert again is not None
    assert again.leaning == Leaning(balance=6)
    again.reset.click()
    again.reject()
    assert desk.wishing.kept.of(desk.model.held.day.depot.id) == Leaning()  # type: ignore[union-attr]  # a day is in view
    made.quiet()
    assert made.troubles == []
