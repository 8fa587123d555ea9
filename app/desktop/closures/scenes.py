"""Pictures of closures: the form with its price, and the plan with what was closed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.desktop.map.features import ClosureDrawn
from app.domain.geo import Box, Place

if TYPE_CHECKING:
    from app.desktop.stage import Stage


def closing(stage: "Stage") -> Iterator[tuple[str, QWidget]]:
    """A road is chosen and an area drawn slow, saved, and taken back; needs a plan."""
    desk, closures = stage.desk, stage.desk.closing
    editor = closures.panel.editor
    route = max(stage.view.routes, key=lambda row: row.stops)
    places = [place for stop in stage.view.stops[route.id] if (place := stage.view.by_order[stop.orders[0]].place) is not None]
    desk.map_view.road_chosen.emit(places[len(places) // 2])
    stage.wait(lambda: closures.panel.editing and "…" not in editor.met.text() + editor.price.text(), "the price of a closed road")
    yield "closure-road", desk.window
    editor.cancel.click()
    middle = Box.around(places).center
    corners = ((-1, -3), (-1, 3), (1, 3), (1, -3), (-1, -3))
    desk.map_view.closed.emit(ClosureDrawn(tuple(Place(middle.lat + north / 1000, middle.lon + east / 1000) for north, east in corners)))
    editor.slow.click()
    stage.wait(lambda: closures.panel.editing and "…" not in editor.met.text() + editor.price.text(), "the price of a slow area")
    yield "closure-slow", desk.window
    editor.save.click()
    stage.wait(lambda: closures.banner.isVisible(), "what the slow area does")
    stage.ready()
    desk.map_view.fly_to(middle)
    yield "closure-saved", desk.window
    desk.actions["undo"].trigger()
    stage.wait(lambda: desk.model.held is not None and not desk.model.held.day.closures, "the road to be open again")
    desk.window.show_dock("closures", wanted=False)
    stage.ready()
    desk.map_view.fit()
