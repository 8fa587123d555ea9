"""What the dock and the comparison show, read and computed in the pool."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.versions.lines import NOW, PROPOSAL, Line, lines_of, version_name
from app.desktop.words import tr
from app.domain.ids import VersionId
from app.domain.versions import PlanVersion
from app.services import planning
from app.services.planning_values import Judged
from app.services.ports.store import Reader
from app.services.version_comparison import Comparison, Side, compare, same_routes, side_of_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The tree of a day's versions, and plans side by side where some were asked for."""

    shown: Shown
    lines: tuple[Line, ...]
    versions: tuple[PlanVersion, ...]
    comparison: Comparison | None = None
    names: tuple[str, ...] = ()

    def version(self, key: str) -> PlanVersion | None:
        """The version of a row's key; None: the plan as it is, the proposal, or one that is gone."""
        return next((each for each in self.versions if each.id == VersionId(key)), None)


def found(reader: Reader, shown: Shown, wanted: Sequence[str], formats: Formats) -> Found:
    """Reads the versions of the day in view and compares the wanted ones; some ten milliseconds each for 300 stops."""
    versions = reader.versions(shown.day.depot.id, shown.day.day)
    plan, now = shown.day.plan, _now(shown)
    current = next((each for each in versions if each.current), None)
    lines = lines_of(
        versions,
        now.totals if now is not None and plan is not None else None,
        shown.proposal.after if shown.proposal is not None else None,
        changed=plan is not None and current is not None and not same_routes(plan, current),
    )
    sides = _sides(shown, now, versions, wanted)
    if len(sides) < 2:
        return Found(shown=shown, lines=lines, versions=versions)
    comparison = compare(sides, plan.promised if plan is not None else ())
    return Found(shown=shown, lines=lines, versions=versions, comparison=comparison, names=tuple(_name(side, formats) for side in sides))


def _now(shown: Shown) -> Judged | None:
    """The plan as it stands, whatever proposal is shown in its place."""
    if shown.proposal is None or shown.problem is None:
        return shown.judged
    return planning.current(shown.problem, shown.day.plan)


def _sides(shown: Shown, now: Judged | None, versions: Sequence[PlanVersion], wanted: Sequence[str]) -> list[Side]:
    problem = shown.problem
    if problem is None or now is None or shown.day.plan is None:
        return []
    known = {str(each.id): each for each in versions}
    sides = []
    for key in wanted:
        if key == NOW:
            sides.append(Side(key=NOW, judged=now))
        elif key == PROPOSAL and shown.proposal is not None:
            sides.append(Side(key=PROPOSAL, judged=shown.proposal.judged))
        elif key in known:
            sides.append(side_of_version(known[key], shown.day, problem))
    return sides


def _name(side: Side, formats: Formats) -> str:
    if side.version is not None:
        return version_name(side.version, formats)
    return tr("Plan now") if side.key == NOW else tr("Proposal")
