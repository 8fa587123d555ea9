"""The rows of a preview in the groups that a person looks at: new, changed, already there, wrong, doubtful."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.services.intake_preview import Again, Preview, PreviewRow, RowState


class Group(StrEnum):
    """What rows are looked at together; a new row may be doubtful as well."""

    ALL = "all"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
    DOUBT = "doubt"
    PROBLEM = "problem"
    """Errors and doubts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Places of rows in the preview by group, in file order; `asking`: row numbers of changes to orders that are under way."""

    places: dict[Group, tuple[int, ...]]
    asking: tuple[int, ...] = ()

    def count(self, group: Group) -> int:
        """How many rows are in a group."""
        return len(self.places[group])

    def taken(self, again: Again, *, overwrite: bool) -> int:
        """How many orders an import would write."""
        changed = self.count(Group.CHANGED) - (0 if overwrite else len(self.asking))
        return self.count(Group.NEW) + (0 if again is Again.SKIP else changed)


def grouped(preview: Preview, doubtful: Collection[int] = ()) -> Groups:
    """The groups of a preview; `doubtful`: rows whose place a person should look at."""
    places: dict[Group, list[int]] = {group: [] for group in Group}
    for at, row in enumerate(preview.rows):
        for group in _groups_of(row, row.row in doubtful):
            places[group].append(at)
    asking = tuple(row.row for row in preview.rows if row.asks)
    return Groups(places={group: tuple(held) for group, held in places.items()}, asking=asking)


_STATES = {RowState.NEW: Group.NEW, RowState.CHANGED: Group.CHANGED, RowState.DUPLICATE: Group.SAME, RowState.ERROR: Group.ERROR}


def _groups_of(row: PreviewRow, doubtful: bool) -> tuple[Group, ...]:
    if row.errors:
        return (Group.ALL, Group.ERROR, Group.PROBLEM)
    usual = (Group.ALL, _STATES[row.state])
    return (*usual, Group.DOUBT, Group.PROBLEM) if doubtful or row.warnings or row.asks else usual
