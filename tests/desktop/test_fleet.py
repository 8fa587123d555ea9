"""The fleet panel and the shift editor in the window: the effect is seen before anything changes, a step is stored and undone whole."""

from PySide6.QtCore import QTime

from tests.window import Make, fullest


def test_a_shift_is_changed_removed_and_brought_back(stage: Make) -> None:
    made = stage(orders=12, plan=True)
    desk = made.desk
    route = fullest(made)
    desk.selection.show_route(route.id)
    made.wait(lambda: bool(desk.fleeting.fleet[0]), "the fleet")
    assert desk.window.fleet.on.text() == f"On shift {len(made.view.routes)}"
    desk.actions["shift"].trigger()
    editor = desk.fleeting.editor
    assert editor is not None
    made.wait(lambda: editor.effect is not None, "the effect of nothing")
    assert editor.effect is not None
    assert not editor.effect.unfit
    before = made.view.figures
    editor.fields.starts.setTime(QTime(16, 0))
    editor.fields.ends.setTime(QTime(16, 10))
    editor.fields.overtime.setValue(0)
    for row in editor.fields.breaks:
        row.has.setChecked(False)
    made.wait(lambda: editor.effect is not None, "the effect of a short shift")
    promised = editor.effect
    assert promised is not None
    assert promised.unfit > 0, "ten minutes hold no route"
    assert made.view.figures == before, "nothing changes before it is saved"
    editor.save.click()
    made.wait(lambda: any(each.starts.hour == 16 for each in desk.model.held.day.shifts if each.id == route.shift), "the shift")
    made.ready()
    assert desk.model.held.judged.totals.late == promised.late_after, "what was shown is what happens"
    desk.actions["undo"].trigger()
    made.wait(lambda: all(each.starts.hour != 16 for each in desk.model.held.day.shifts), "the shift as it was")
    made.ready()
    assert made.view.figures == before

    count = len(made.view.routes)
    desk.selection.show_route(route.id)
    desk.actions["remove_shift"].trigger()
    made.wait(lambda: len(made.view.routes) == count - 1, "a route less")
    assert made.view.figures.pool == before.pool + route.stops
    panel = desk.window.fleet
    made.wait(lambda: panel.resting.count() > 0, "a driver off shift")
    panel.off.click()
    assert panel.resting.isVisible()
    assert panel.resting.item(0).text()
    desk.actions["undo"].trigger()
    made.wait(lambda: len(made.view.routes) == count, "the route again")
    panel.sorting.setCurrentIndex(panel.sorting.findData("load"))
    shares = [row.share or 0.0 for row in desk.window.routes.routes.rows]
    assert shares == sorted(shares, reverse=True)
