"""Addresses set right, closures drawn and lifted, in the real window on the demo area."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop import names
from app.desktop.map.features import ClosureDrawn, PinDropped
from app.domain.address import AddressState
from app.domain.geo import Box, Place
from tests.window import Make, fullest, paste, undo_text

HEAD = "order,address,city,lat,lon,service (min),weight (kg)"
SWAPPED = f"{HEAD}\nS-1,Annankatu 12,Helsinki,24.9410,60.1690,2,1\nS-2,Annankatu 14,Helsinki,,,2,1"
NOWHERE = f"{HEAD}\nN-1,Olematonkatu 5,Helsinki,,,2,1\nN-2,Annankatu 14,Helsinki,,,2,1"


def test_a_digit_chooses_the_place_that_is_meant(stage: Make) -> None:
    made = stage()
    paste(made, SWAPPED)
    row = next(each for each in made.view.board if each.number == "S-1")
    assert row.standing.value == "held"
    made.desk.selection.pick([row.order])
    made.desk.window.show()
    choices = made.desk.window.details.candidates
    assert choices is not None
    QTest.keyClick(choices, Qt.Key.Key_1)
    made.ready()
    now = made.view.by_order[row.order]
    assert now.standing.value == "pool"
    assert now.place is not None
    assert now.place.lat == pytest.approx(60.169)
    assert undo_text(made) == "Undo: Set the place of S-1"
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert made.view.by_order[row.order].standing.value == "held"


def test_a_pin_set_on_the_map_is_remembered(stage: Make) -> None:
    made = stage()
    paste(made, NOWHERE)
    row = next(each for each in made.view.board if each.number == "N-1")
    assert row.standing.value == "held"
    made.desk.selection.pick([row.order])
    made.desk.actions["pin"].trigger()
    assert "Escape" in made.desk.window.status.said
    place = Place(60.1692, 24.9415)
    made.desk.map_view.pinned.emit(PinDropped(row.order, place))
    made.ready()
    now = made.view.by_order[row.order]
    assert (now.address_state, now.place, now.standing.value) == (AddressState.PINNED, place, "pool")
    paste(made, NOWHERE.replace("N-1", "N-3").replace("N-2", "N-4"))
    again = next(each for each in made.view.board if each.number == "N-3")
    assert again.place == place, "the pin holds for every later order of that address"


def test_a_closure_is_priced_before_it_is_saved_told_changed_and_lifted(stage: Make) -> None:
    """Drawn as an area; the form says what it does; saved, it is marked and a repair is offered; changed, lifted, undone."""
    made = stage(orders=14, plan=True)
    route = fullest(made)
    times = [row.arrival for row in made.view.stops[route.id]]
    meters = made.view.by_route[route.id].meters
    places = [made.view.by_order[row.orders[0]].place for row in made.view.stops[route.id]]
    middle = Box.around([each for each in places if each is not None]).center
    corners = ((-2, -6), (-2, 6), (2, 6), (2, -6), (-2, -6))
    ring = tuple(Place(middle.lat + north / 1000, middle.lon + east / 1000) for north, east in corners)
    closing, held = made.desk.closing, made.desk.model
    editor = closing.panel.editor
    made.desk.map_view.closed.emit(ClosureDrawn(ring))
    made.wait(lambda: closing.panel.editing, "the form")
    made.wait(lambda: "…" not in editor.met.text() + editor.price.text(), "the price")
    assert "route" in editor.met.text()
    assert "affected" in editor.met.text()
    assert editor.price.text()
    editor.name.selectAll()
    QTest.keyClicks(editor.name, "Market")
    editor.slow.click()
    made.wait(lambda: "…" not in editor.met.text() + editor.price.text(), "the price of slowness")
    assert editor.price.text().startswith("+")
    editor.save.click()
    made.wait(lambda: closing.banner.isVisible(), "the banner")
    made.ready()
    assert closing.banner.words.text().startswith("Slow road: Market")
    assert closing.banner.mend.isVisible()
    assert [row.arrival for row in made.view.stops[route.id]] != times
    assert made.view.by_route[route.id].hatched
    assert any("slow: Market" in names.road_marks(row.roads, made.desk.formats) for row in made.view.board)
    assert undo_text(made).startswith("Undo: Slow road: Market")
    closing.panel.list.setCurrentRow(0)
    closing.panel.change.click()
    editor.when.span.setCurrentIndex(2)
    editor.save.click()
    made.wait(lambda: held.held is not None and held.held.day.closures and held.held.day.closures[0].ends is None, "the change")
    made.ready()
    assert "until lifted" in closing.panel.list.item(0).text()
    closing.panel.list.setCurrentRow(0)
    closing.panel.lifting.click()
    made.wait(lambda: held.held is not None and not held.held.day.closures, "the lifting")
    made.ready()
    assert not closing.banner.isVisible()
    assert [row.arrival for row in made.view.stops[route.id]] == times
    assert made.view.by_route[route.id].meters == meters
    assert undo_text(made).startswith("Undo: Open road: Market")


def test_a_road_is_closed_by_a_click_and_the_plan_repaired_within_a_budget(stage: Make) -> None:
    """The stretch at a stop of the fullest route; the proposal moves no more stops than the banner allows."""
    made = stage(orders=14, plan=True)
    row = made.view.stops[fullest(made).id][0]
    place = made.view.by_order[row.orders[0]].place
    assert place is not None
    closing = made.desk.closing
    editor = closing.panel.editor
    made.desk.actions["close_road"].trigger()
    made.desk.map_view.channel.road([place.lon, place.lat])
    made.wait(lambda: closing.panel.editing, "the form")
    assert editor.closure is not None
    assert len(editor.closure.roads) == 1
    assert editor.name.text() == editor.where.text()
    stretch = editor.closure.roads
    editor.whole.click()
    assert len(editor.closure.roads) >= len(stretch)
    editor.stretch.click()
    assert editor.closure.roads == stretch
    editor.save.click()
    made.wait(lambda: closing.banner.isVisible(), "the banner")
    made.ready()
    made.desk.proposer.seconds = 1.0
    closing.banner.budget.setValue(3)
    QTest.mouseClick(closing.banner.mend, Qt.MouseButton.LeftButton)
    made.wait(lambda: made.desk.proposer.proposal is not None or not made.desk.proposer.running, "the repair")
    proposal = made.desk.proposer.proposal
    assert proposal is not None
    assert len({move.task for move in proposal.moves if move.changes_route}) <= 3 + sum(1 for each in made.view.board if any(mark.lost for mark in each.roads))
