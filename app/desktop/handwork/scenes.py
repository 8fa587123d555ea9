"""Pictures of the acts by hand: the best places, a route handed over, another day, and an edit that breaks something with its repair."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage


def by_hand(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """Of the planned day; the plan is afterwards as it was."""
    desk, hands = stage.desk, stage.desk.handwork
    route = max(stage.view.routes, key=lambda each: each.stops)
    stops = stage.view.stops[route.id]
    desk.selection.pick(stops[len(stops) // 2].orders)
    desk.actions["best_places"].trigger()
    stage.wait(lambda: hands.places is not None and hands.places.places, "the best places")
    yield "best-places", hands.places  # type: ignore[misc]  # it was just opened
    hands.places.reject()  # type: ignore[union-attr]
    yield "hand-over", _handing_over(stage)
    hands.over.reject()  # type: ignore[union-attr]
    desk.selection.pick([order for row in stops[:4] for order in row.orders])
    desk.actions["move_day"].trigger()
    stage.quiet()
    yield "another-day", hands.days  # type: ignore[misc]
    hands.days.reject()  # type: ignore[union-attr]
    yield from _broken(stage)


def _handing_over(stage: "Stage") -> "QWidget":
    """The second half of the fullest route, for the first two others."""
    hands = stage.desk.handwork
    stage.desk.actions["hand_over"].trigger()
    assert hands.over is not None, "it was just opened"
    hands.over.table.selectRow(0)
    hands.over.table.mark([hands.over.model.id_at(0), hands.over.model.id_at(1)])
    hands.over.table.chosen.emit(hands.over.table.ids())
    stage.wait(lambda: hands.over is not None and hands.over.offer is not None, "what it costs")
    return hands.over


def _broken(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The whole route turned round, what is said of it, and the popup that repairs."""
    desk, mending = stage.desk, stage.desk.handwork.mending
    desk.selection.pick([])
    desk.actions["reverse"].trigger()
    stage.wait(lambda: mending.edited is not None and not desk.bridge.working, "a look at the edit")
    yield "broken-by-hand", desk.window
    desk.actions["repair"].trigger()
    yield "repair", mending.popup  # type: ignore[misc]
    mending.popup.reject()  # type: ignore[union-attr]
    desk.actions["undo"].trigger()
    stage.quiet()
