"""Versions in the window: kept, seen as a tree, compared side by side and on the map, taken whole or by the route, and forgotten."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from app.desktop.format import Formats
from app.desktop.stage import Stage
from app.desktop.versions.compare_rows import SIDES
from app.desktop.versions.lines import NOW, lines_of
from app.desktop.versions.naming import VersionName
from app.desktop.versions.tree import VersionModel
from app.domain.ids import DepotId, VersionId
from app.domain.versions import PlanVersion, VersionFigures
from tests.builders import DAY, TurnedClock
from tests.window import Make, fullest, press


def a_tree(*parents: int | None, current: int = 0) -> tuple[PlanVersion, ...]:
    """Versions 1, 2 … each grown out of the one given, newest first."""
    clock = TurnedClock()
    made = [
        PlanVersion(
            id=VersionId(f"ver_{number}"),
            depot=DepotId("dep_1"),
            day=DAY,
            name=f"v{number}" if number != 2 else "",
            committed=1 if number == 2 else 0,
            kept_at=clock.now(),
            parent=None if parent is None else VersionId(f"ver_{parent}"),
            current=number == current,
            figures=VersionFigures(late=number),
        )
        for number, parent in enumerate(parents, start=1)
    ]
    return tuple(reversed(made))


def test_a_second_branch_has_a_lane_of_its_own_down_to_where_it_grew() -> None:
    rows = {line.key: line for line in lines_of(a_tree(None, 1, 1, 3, current=2), None, None, changed=True)}
    assert [(key.removeprefix("ver_"), line.lane) for key, line in rows.items()] == [("now", 0), ("4", 1), ("3", 1), ("2", 0), ("1", 0)]
    assert rows["ver_4"].passing == {0}
    assert rows["ver_2"].passing == {1}
    assert rows["ver_1"].joins == {0, 1}
    assert not rows["ver_1"].grows


def test_the_model_ticks_four_at_most_and_says_each_row_in_words(qtmodeltester: ModelTester) -> None:
    model, told = VersionModel(), list[Sequence[str]]()
    model.ticked.connect(told.append)
    model.show(lines_of(a_tree(None, 1, 1, 3, 4, current=5), None, None, changed=False), Formats(), "EUR", TurnedClock().now())
    qtmodeltester.check(model)
    done = [model.setData(model.index(row), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole) for row in range(5)]
    assert (done, model.ticks) == ([True] * 4 + [False], ("now", "ver_5", "ver_4", "ver_3"))
    assert told[-1] == model.ticks
    said = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("v5, the plan grew out of it, 06:00 · from “v4”")
    assert "late stops: 5" in said
    assert model.index(4).data() == "Committed 1 · 06:00"


def keep(stage: Stage, name: str) -> None:
    """Keeps the plan under a name, by keyboard."""
    desk = stage.desk
    before = len(desk.versions.found.versions) if desk.versions.found is not None else 0
    desk.actions["keep_version"].trigger()
    stage.wait(lambda: desk.window.findChildren(VersionName), "the dialog")
    dialog = desk.window.findChildren(VersionName)[-1]
    dialog.name.setText(name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    stage.wait(lambda: desk.versions.found is not None and len(desk.versions.found.versions) == before + 1, "the version")
    stage.quiet()


def cells(stage: Stage, table: str, column: str) -> list[str]:
    """What a column of a table of the comparison shows."""
    model = getattr(stage.desk.versions.compare, f"{table}_model")
    return [model.index(row, model.column_of(column)).data() for row in range(model.rowCount())]


def test_versions_are_kept_compared_and_taken_back(stage: Make) -> None:
    made = stage(orders=30, plan=True)
    desk, versions = made.desk, made.desk.versions
    panel, compare = versions.panel, versions.compare
    keep(made, "Before")
    desk.actions["keep_version"].trigger()
    made.wait(lambda: desk.window.findChildren(VersionName), "the dialog")
    dialog = desk.window.findChildren(VersionName)[-1]
    assert (dialog.name.text(), dialog.save.isEnabled()) == ("Version 1", True)
    dialog.name.setText("before")
    assert (dialog.save.isEnabled(), "“before” already" in dialog.said.text()) == (False, True)
    dialog.reject()
    source = fullest(made)
    before = {row.id: [stop.number for stop in made.view.stops[row.id]] for row in made.view.routes}
    target = next(row for row in made.view.routes if row.id != source.id)
    moved = made.view.stops[source.id][0]
    desk.selection.pick(moved.orders)
    desk.edits.move_to(target.id, 0)
    made.quiet()
    made.wait(lambda: panel.model.lines[0].changed, "the tree to follow")
    assert panel.model.about(panel.model.lines[0]) == "Changed since “Before”"

    # Enter on a version compares it with the plan as it is
    panel.list.setCurrentIndex(panel.model.index(1))
    press(made, panel.list, Qt.Key.Key_Return)
    made.wait(lambda: compare.found is not None, "the comparison")
    made.quiet()
    assert compare.found is not None
    assert compare.found.sides[0].key == NOW
    assert "#1" in cells(made, "stop", SIDES[0])[cells(made, "stop", "number").index(moved.number)]
    made.wait(lambda: any(ghost.lines for ghost in desk.map_view._ghosts), "the plan as it is under the version on the map")
    assert {ghost.id for ghost in desk.map_view._ghosts} == {source.id, target.id}

    # list and comparison mean the same version: the one on top has the cursor, and the row walked to comes on top
    assert panel.list.line is not None
    assert panel.list.line.key == compare.upper_key != NOW
    compare.sides.button(0).click()
    assert panel.list.line.key == compare.upper_key == NOW
    assert not desk.actions["take_version"].isEnabled()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert compare.upper_key == panel.model.lines[1].key
    assert desk.actions["take_version"].isEnabled()
    made.quiet()

    # single routes: the chosen one comes back, the other loses only what it brings
    compare.tabs.setCurrentIndex(2)
    row = next(at for at in range(compare.route_model.rowCount()) if compare.route_model.row_at(at).route == source.id)
    compare.routes.selectRow(row)
    assert compare.take_route.isEnabled()
    compare.take_route.click()
    made.wait(lambda: [stop.number for stop in made.view.stops[source.id]] == before[source.id], "the route")
    made.quiet()
    assert {row.id: [stop.number for stop in made.view.stops[row.id]] for row in made.view.routes} == before
    made.wait(lambda: compare.found is not None and not compare.found.stops, "the comparison to follow")
    desk.actions["undo"].trigger()
    made.wait(lambda: [stop.number for stop in made.view.stops[source.id]] != before[source.id], "undo")
    made.quiet()

    # the whole version, by its key; Escape closes the comparison, and the map shows the day again
    desk.actions["take_version"].trigger()
    made.wait(lambda: [stop.number for stop in made.view.stops[source.id]] == before[source.id], "the version")
    made.quiet()
    press(made, compare.measures, Qt.Key.Key_Escape)
    assert not desk.window.tabs.isTabVisible(desk.window.tabs.indexOf(compare))
    made.wait(lambda: not desk.map_view._ghosts, "the map of the day")

    # a commit keeps what it promised; a version is forgotten, and comes back
    desk.actions["commit"].trigger()
    made.wait(lambda: desk.committing.sheet is not None, "the sheet")
    desk.committing.sheet.sure.click()  # type: ignore[union-attr]
    made.wait(lambda: len(versions.found.versions) == 2, "the committed version")  # type: ignore[union-attr]
    made.quiet()
    assert panel.model.index(1).data().startswith("Committed 1 · ")
    panel.list.setCurrentIndex(panel.model.index(2))
    desk.actions["drop_version"].trigger()
    made.wait(lambda: len(panel.model.lines) == 2, "the version to go")
    desk.actions["undo"].trigger()
    made.wait(lambda: [line.version.name for line in panel.model.lines if line.version] == ["", "Before"], "the version to come back")
    made.quiet()
    assert not made.troubles
