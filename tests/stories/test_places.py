"""Addresses set right, closures drawn and lifted, in the real window on the demo area."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.details.closures import ClosureDialog
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


def test_a_closure_changes_the_times_until_it_is_lifted(stage: Make) -> None:
    made = stage(orders=14, plan=True)
    route = fullest(made)
    times = [row.arrival for row in made.view.stops[route.id]]
    meters = made.view.by_route[route.id].meters
    places = [made.view.by_order[row.orders[0]].place for row in made.view.stops[route.id]]
    middle = Box.around([each for each in places if each is not None]).center
    corners = ((-2, -6), (-2, 6), (2, 6), (2, -6), (-2, -6))
    ring = tuple(Place(middle.lat + north / 1000, middle.lon + east / 1000) for north, east in corners)
    made.desk.map_view.closed.emit(ClosureDrawn(ring))
    made.wait(lambda: made.desk.model.held is not None and made.desk.model.held.day.closures, "the closure")
    made.ready()
    assert [row.arrival for row in made.view.stops[route.id]] != times
    assert undo_text(made).startswith("Undo: Close road: drawn at ")
    assert made.desk.actions["closures"].isEnabled()
    made.desk.actions["closures"].trigger()
    dialog = next(each for each in made.desk._dialogs if isinstance(each, ClosureDialog))
    assert not dialog.lift.isEnabled()
    dialog.list.setCurrentRow(0)
    dialog.lift.click()
    dialog.accept()
    made.wait(lambda: made.desk.model.held is not None and not made.desk.model.held.day.closures, "the lifting")
    made.ready()
    assert [row.arrival for row in made.view.stops[route.id]] == times
    assert made.view.by_route[route.id].meters == meters
    assert undo_text(made).startswith("Undo: Open road: drawn at ")
