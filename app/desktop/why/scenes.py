"""Pictures of why an order is in no route, what would help it, and why a stop stands where it stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from app.domain.orders import Window
from app.services.commands import Edit, EditOrders

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage
    from app.desktop.why.panel import WhyDialog
    from app.domain.ids import OrderId


def wondering(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """An order that no shift is early enough for, with what would help it; the dearest stop of a route; all taken back."""
    desk = stage.desk
    row = max(stage.view.routes, key=lambda each: each.stops)
    order = stage.view.stops[row.id][3].orders[0]
    desk.selection.pick([order])
    desk.edits.unassign()
    stage.quiet()
    too_early(stage, order)
    desk.selection.pick([order])
    dialog = ask(stage)
    stage.wait(lambda: not dialog.looking, "the other days")
    yield "why-not", dialog
    dialog.reject()
    desk.selection.pick([stage.view.stops[row.id][5].orders[0]])
    dialog = ask(stage)
    yield "why-here", dialog
    dialog.reject()
    for _ in range(2):
        desk.actions["undo"].trigger()
        stage.quiet()


def ask(stage: "Stage") -> "WhyDialog":
    """Opens the window for the selection and waits for its answer."""
    stage.desk.actions["why"].trigger()
    dialog = stage.desk.why.dialog
    assert dialog is not None, "an order is selected"
    stage.wait(lambda: dialog.answer is not None, "the answer")
    return dialog


def too_early(stage: "Stage", order: "OrderId") -> None:
    """Gives an order a window before every shift."""
    held = stage.desk.model.held
    assert held is not None, "a day is in view"
    before = next(each for each in held.day.orders if each.id == order)
    opens = datetime.combine(held.day.day, time(5, 30))
    after = replace(before, windows=(Window(opens=opens, closes=opens.replace(hour=6, minute=15)),))
    stage.desk.bridge.do(EditOrders(edits=(Edit(before=before, after=after),), field="window", label=before.number))
    stage.quiet()
