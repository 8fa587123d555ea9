"""Versions for pictures: a day that was tried in two ways, and the plans side by side."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.desktop.versions.naming import VersionName
from app.domain.ids import VersionId, new_id
from app.services.version_commands import KeepVersion, TakeVersion
from app.services.version_comparison import figures_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.desktop.stage import Stage


def versioning(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """A day tried in two ways, the tree of its versions, and plans side by side."""
    branch(stage)
    yield from comparing(stage)


def branch(stage: "Stage") -> None:
    """Keeps the plan, hands stops about, keeps that, goes back, and tries something else."""
    first = _keep(stage, "As optimised" if stage.desk.formats.language == "en" else "最佳化結果")
    _hand_about(stage, 3)
    _keep(stage, "Fewer stops for Van 1" if stage.desk.formats.language == "en" else "減輕一號車")
    shown = stage.desk.model.held
    assert shown is not None
    assert shown.day.plan is not None
    plan = shown.day.plan
    stage.desk.bridge.do(TakeVersion(plan=plan.id, based_on=plan.version, taken=first, label="As optimised"))
    stage.quiet()
    _hand_about(stage, 6)
    _keep(stage, "Late shift helps" if stage.desk.formats.language == "en" else "晚班支援")
    _hand_about(stage, 2)


def _keep(stage: "Stage", name: str) -> VersionId:
    shown = stage.desk.model.held
    assert shown is not None
    assert shown.day.plan is not None
    assert shown.judged is not None
    kept = VersionId(new_id("ver"))
    stage.desk.bridge.do(KeepVersion(plan=shown.day.plan.id, kept=kept, name=name, figures=figures_of(shown.judged.totals)))
    stage.quiet()
    return kept


def _hand_about(stage: "Stage", count: int) -> None:
    """Some stops of the fullest route go to the one with the fewest."""
    desk = stage.desk
    used = sorted((row for row in stage.view.routes if row.stops), key=lambda row: row.stops)
    desk.selection.pick([stop.orders[0] for stop in stage.view.stops[used[-1].id][2 : 2 + count]])
    desk.edits.move_to(used[0].id, 1)
    stage.quiet()


def comparing(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The tree of versions, then three plans side by side: measures, stops, routes; then the name of a version is asked for."""
    desk = stage.desk
    desk.actions["versions"].trigger()
    stage.wait(lambda: desk.versions.panel.model.lines, "the versions")
    stage.quiet()
    yield "versions", desk.window
    keys = [line.key for line in desk.versions.panel.model.lines][:3]
    desk.versions.open(tuple(keys))
    stage.wait(lambda: desk.versions.compare.found is not None, "the comparison")
    stage.quiet()
    for at, name in enumerate(("measures", "stops", "routes")):
        desk.versions.compare.tabs.setCurrentIndex(at)
        if name == "routes":
            desk.versions.compare.sides.button(1).click()
            desk.versions.compare.routes.selectRow(0)
        stage.quiet()
        yield f"versions-{name}", desk.window
    desk.actions["keep_version"].trigger()
    stage.wait(lambda: desk.window.findChild(VersionName), "the name")
    dialog = desk.window.findChild(VersionName)
    assert dialog is not None, "it was opened"
    yield "version-name", dialog
    dialog.reject()
    stage.quiet()
    desk.versions.close()
    desk.actions["dock_versions"].trigger()
