"""The commands on versions of a day's plan; those on everything else stand in `services.commands`."""

from dataclasses import dataclass

from app.domain.ids import PlanId, ShiftId, VersionId
from app.domain.sentences import Sentence
from app.domain.versions import VersionFigures
from app.services.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepVersion(Command):
    """Keep the plan as it is under a name; the plan goes on from there."""

    plan: PlanId
    kept: VersionId
    name: str
    figures: VersionFigures | None = None
    """The plan in numbers, as the person saw it."""
    note: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.keep_version", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeVersion(Command):
    """Make a version the draft plan. `based_on` is the version of the plan that the person saw."""

    plan: PlanId
    based_on: int
    taken: VersionId
    label: str | Sentence = ""
    """The version as people call it, for the title."""

    def describe(self) -> Sentence:
        return Sentence.of("command.take_version", name=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRoutes(Command):
    """Take the routes of some shifts from a version into the plan; their tasks leave the other routes, and nothing else changes."""

    plan: PlanId
    based_on: int
    taken: VersionId
    shifts: tuple[ShiftId, ...]
    label: str | Sentence = ""
    """The version as people call it, for the title."""
    route_label: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.take_routes", count=len(self.shifts), route=self.route_label, name=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameVersion(Command):
    """Give a version another name, or another note."""

    renamed: VersionId
    name: str
    note: str = ""

    def describe(self) -> Sentence:
        return Sentence.of("command.rename_version", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DropVersion(Command):
    """Forget a version; those that grew out of it grow out of what it grew out of."""

    dropped: VersionId
    label: str | Sentence = ""
    """The version as people call it, for the title."""

    def describe(self) -> Sentence:
        return Sentence.of("command.drop_version", name=self.label)
