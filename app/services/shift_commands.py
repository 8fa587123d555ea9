"""The commands on drivers' shifts, and the one that does several things as one step; those on everything else stand in `services.commands`."""

from dataclasses import dataclass

from app.domain.fleet import Shift
from app.domain.ids import ShiftId
from app.domain.sentences import Sentence
from app.services.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShifts(Command):
    """Give shifts other content (as read, with what is different), add new ones (version 0), and take some away: their stops then wait in the pool."""

    shifts: tuple[Shift, ...] = ()
    removed: tuple[ShiftId, ...] = ()
    label: str = ""
    """The driver or vehicle as people call it, for the title."""

    def describe(self) -> Sentence:
        count = len(self.shifts) + len(self.removed)
        if not self.shifts:
            return Sentence.of("command.remove_shifts", count=count, shift=self.label)
        added = all(not each.version for each in self.shifts)
        return Sentence.of("command.add_shifts" if added else "command.change_shifts", count=count, shift=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Command):
    """Do several things as one step, in this order: all of them or none."""

    parts: tuple[Command, ...]
    called: Sentence
    """Title of the step: what the person did."""

    def describe(self) -> Sentence:
        return self.called
