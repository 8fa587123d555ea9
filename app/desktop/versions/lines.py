"""The rows of the tree of versions: the plan as it is and the proposal first, then the versions, newest first, each in a lane of its branch. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.desktop.format import Formats
from app.desktop.moments import moment
from app.desktop.words import tr
from app.domain.ids import VersionId
from app.domain.sentences import Sentence
from app.domain.units import Cost
from app.domain.versions import PlanVersion, VersionFigures
from app.services.planning_values import Totals
from app.services.version_comparison import figures_of

NOW, PROPOSAL = "now", "proposal"
"""The keys of the plan as it is and of the proposal on the table; a version's is its identity."""
LANES = 5
"""Branches beyond so many share the last lane."""


class Role(StrEnum):
    """What a row stands for."""

    NOW = "now"
    PROPOSAL = "proposal"
    KEPT = "kept"
    COMMITTED = "committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row. `lane` counts from 0; `passing` are the lanes that run through it, `joins` those that come down into it from above."""

    key: str
    role: Role
    lane: int = 0
    version: PlanVersion | None = None
    figures: VersionFigures | None = None
    passing: frozenset[int] = frozenset()
    joins: frozenset[int] = frozenset()
    grows: bool = False
    """Something stands below it that it grew out of."""
    changed: bool = False
    """Of the plan: it is no longer what the version was that it grew out of."""


def lines_of(versions: Sequence[PlanVersion], now: Totals | None, proposal: Totals | None, *, changed: bool) -> tuple[Line, ...]:
    """The rows; versions come newest first. `now` None: there is no plan, or its times are not known yet."""
    lanes = _lanes(versions)
    rows = [Line(key=NOW, role=Role.NOW, figures=figures_of(now) if now is not None else None, changed=changed)]
    if proposal is not None:
        rows.append(Line(key=PROPOSAL, role=Role.PROPOSAL, figures=figures_of(proposal)))
    current = next((each.id for each in versions if each.current), None)
    rows[0] = replace(rows[0], lane=lanes.get(current, 0) if current is not None else 0)
    for each in versions:
        role = Role.COMMITTED if each.committed else Role.KEPT
        rows.append(Line(key=each.id, role=role, lane=lanes[each.id], version=each, figures=each.figures))
    return _woven(rows, {NOW: current} | {each.id: each.parent for each in versions})


def _lanes(versions: Sequence[PlanVersion]) -> Mapping[VersionId, int]:
    """The first child goes on in its parent's lane; each further one, and each root, begins a new lane."""
    lanes: dict[VersionId, int] = {}
    continued: set[VersionId] = set()
    fresh = 0
    for each in reversed(versions):
        if each.parent in lanes and each.parent not in continued:
            lanes[each.id] = lanes[each.parent]
            continued.add(each.parent)
        else:
            lanes[each.id] = min(fresh, LANES - 1)
            fresh += 1
    return lanes


def _woven(rows: Sequence[Line], parents: Mapping[str, VersionId | None]) -> tuple[Line, ...]:
    """The rows with the lines between each and what it grew out of."""
    places = {row.key: at for at, row in enumerate(rows)}
    passing: dict[int, set[int]] = {at: set() for at in range(len(rows))}
    joins: dict[int, set[int]] = {at: set() for at in range(len(rows))}
    grows: set[int] = set()
    for key, parent in parents.items():
        top, bottom = places[key], places.get(parent or "")
        if bottom is None:
            continue
        grows.add(top)
        joins[bottom].add(rows[top].lane)
        for between in range(top + 1, bottom):
            passing[between].add(rows[top].lane)
    return tuple(replace(row, passing=frozenset(passing[at]), joins=frozenset(joins[at]), grows=at in grows) for at, row in enumerate(rows))


# Words ---------------------------------------------------------------------------------------------------------------


def name_of(line: Line, formats: Formats) -> str:
    """What people call it."""
    if line.version is not None:
        return version_name(line.version, formats)
    return tr("Plan now") if line.role is Role.NOW else tr("Proposal")


def version_name(version: PlanVersion, formats: Formats) -> str:
    """The name of a version; one that a commit kept is called by its number and time."""
    if version.name:
        return version.name
    return formats.say(Sentence.of("versions.committed", number=version.committed, time=f"{formats.wall(version.kept_at):%H:%M}"))


def label_of(version: PlanVersion, formats: Formats) -> str | Sentence:
    """The same as a fact of a title, which is said in whatever language it is read."""
    if version.name:
        return version.name
    return Sentence.of("versions.committed", number=version.committed, time=f"{formats.wall(version.kept_at):%H:%M}")


def numbers_of(figures: VersionFigures | None, formats: Formats, currency: str) -> str:
    """Cost, what is late and what is left out, in one line."""
    if figures is None:
        return ""
    parts = [formats.cost(Cost(figures.cost), currency)]
    parts += [f"▲ {formats.number(figures.late)}"] if figures.late else []
    parts += [f"◇ {formats.number(figures.unplanned)}"] if figures.unplanned else []
    parts += [f"◆ {formats.number(broken)}"] if (broken := figures.violations - figures.late) > 0 else []
    return " · ".join(parts)


def said_numbers(figures: VersionFigures | None, formats: Formats, currency: str) -> str:
    """The same for a screen reader and the tooltip, in words."""
    if figures is None:
        return ""
    facts = {"cost": formats.cost(Cost(figures.cost), currency), "distance": formats.kilometers(figures.meters), "hours": formats.duration(figures.duration)}
    return formats.say(
        Sentence.of(
            "versions.numbers", **facts, count=figures.routes, late=figures.late, unplanned=figures.unplanned, broken=max(0, figures.violations - figures.late)
        )
    )


def about(line: Line, formats: Formats, now: datetime, names: Mapping[str, str]) -> str:
    """When it was kept, by whom, and from what it grew; of the plan as it is, whether it has changed since."""
    if line.role is Role.PROPOSAL:
        return tr("On the table, not applied yet")
    if line.version is None:
        origin = names.get("", "")
        if not origin:
            return tr("No version of it was kept yet")
        return formats.say(Sentence.of("versions.changed_since" if line.changed else "versions.same_as", name=origin))
    parts = [moment(line.version.kept_at, formats, now), line.version.kept_by]
    parent = names.get(line.version.parent or "-", "")
    parts += [formats.say(Sentence.of("versions.grew_from", name=parent))] if parent else []
    return " · ".join(part for part in (*parts, line.version.note) if part)
