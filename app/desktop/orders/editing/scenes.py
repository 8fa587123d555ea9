"""Pictures of new orders, of many changed at once, and of a cell that holds what cannot be."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage

LINES = {
    "en": "Ella, Annankatu 12, tomorrow 9-11, 2 boxes, 4 kg, 040 1234567",
    "zh_TW": "王小明 040 1234567 Annankatu 12 明天 14-16 2件 5公斤 先打電話",
}
_MANY = 14


def entering(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The form with a customer's suggestions and with what is refused; a line that is read; one change of many orders; a cell."""
    from app.services.intake_names import Field

    desk = stage.desk
    desk.actions["new_order"].trigger()
    form = desk.ordering.form
    assert form is not None, "the form was opened"
    form.begin_like({Field.NAME: "Ella Pihlajavuo", Field.ADDRESS: "Annankatu 12", Field.WINDOW: "after lunch", Field.WEIGHT: "4"})
    stage.rest(0.4)
    stage.wait(lambda: form.settled, "the look at it")
    yield "new-order", form
    form.reject()
    desk.actions["quick_order"].trigger()
    quick = desk.ordering.form
    assert quick is not None, "the form was opened"
    quick.begin_quick(LINES.get(desk.formats.language, LINES["en"]))
    stage.rest(0.4)
    stage.wait(lambda: quick.settled, "the guess")
    yield "quick-order", quick
    quick.reject()
    yield from _changing(stage)


def _changing(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    desk = stage.desk
    held = desk.selection.held.orders
    desk.selection.pick([row.order for row in stage.view.board if row.route is not None][:_MANY])
    desk.actions["change_orders"].trigger()
    dialog = desk.ordering.bulk
    assert dialog is not None, "the dialog was opened"
    dialog.rows[0].value.setText("9-11")
    dialog.rows[0].changed.emit()
    stage.wait(lambda: dialog.settled and dialog.outlook.edits, "the preview")
    yield "bulk-edit", dialog
    dialog.reject()
    desk.selection.pick(held)
