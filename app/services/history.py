"""Undo and redo by images, for every command alike.

A step is a title and, for each thing that the command touched, its content before and after. Undo puts the earlier content back
where the present one is still what the step left; else it refuses and names the thing. Steps lie in the database, so they survive a
restart. What was undone can be redone until something else is done.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from app.domain.errors import RuleBroken
from app.domain.events import StepRedone, StepUndone
from app.services import images
from app.services.changes import Kind
from app.services.commands import Command
from app.services.ports.store import HistoryStep, Image, Work

KEPT = 200
"""Steps that can be undone."""


def record(work: Work, command: Command, made: tuple[Image, ...], now: datetime) -> int | None:
    """Writes the step of a command, or widens the last one where their merge keys agree. Its number; None: nothing changed, or the
    command took back all that the steps it merges with had done."""
    if not made:
        return None
    work.steps.remove_undone()
    last = work.steps.newest()
    step = HistoryStep(number=work.number, title=command.describe(), at=now, undone=False, who=command.who, merge_key=command.merge_key)
    if last is not None and command.merge_key and (last.merge_key, last.who) == (command.merge_key, command.who):
        return _widen(work, last.number, step, made)
    work.steps.put(step, made)
    work.steps.trim(KEPT)
    return step.number


def undo(work: Work) -> HistoryStep:
    """Takes back the newest step. Raises RuleBroken where there is none, or where something it touched has changed since."""
    step = work.steps.newest()
    if step is None:
        raise RuleBroken("history.nothing_to_undo")
    _put(work, step, [(each.kind, each.id, each.after, each.before) for each in work.steps.images(step.number)], "history.cannot_undo")
    work.steps.mark(step.number, undone=True)
    work.tell(StepUndone(step=step.number))
    return step


def redo(work: Work) -> HistoryStep:
    """Does the step again that was undone last. Raises RuleBroken where there is none, or where something it touches has changed."""
    step = work.steps.next_redo()
    if step is None:
        raise RuleBroken("history.nothing_to_redo")
    _put(work, step, [(each.kind, each.id, each.before, each.after) for each in work.steps.images(step.number)], "history.cannot_redo")
    work.steps.mark(step.number, undone=False)
    work.tell(StepRedone(step=step.number))
    return step


Turn = tuple[Kind, str, str | None, str | None]
"""Kind, identity, the content expected now, the content to come."""


def _put(work: Work, step: HistoryStep, turns: Iterable[Turn], refusal: str) -> None:
    by_kind: dict[Kind, list[Turn]] = defaultdict(list)
    for turn in turns:
        by_kind[turn[0]].append(turn)
    for kind, some in by_kind.items():
        _put_kind(work, step, kind, some, refusal)


def _put_kind(work: Work, step: HistoryStep, kind: Kind, turns: list[Turn], refusal: str) -> None:
    shelf = work.shelf(kind)
    found = {entity.id: entity for entity in shelf.get_many(identity for _, identity, _, _ in turns)}
    for _, identity, expected, coming in turns:
        now = found.get(identity)
        if not images.matches(kind, now, expected):
            shown = now if now is not None else images.restored(kind, None, coming if expected is None else expected)
            raise RuleBroken(refusal, step=step.title, thing=images.thing(kind, shown))
        if coming is None:
            shelf.remove(identity)
        else:
            shelf.put(images.restored(kind, now, coming))


def _widen(work: Work, number: int, step: HistoryStep, made: tuple[Image, ...]) -> int | None:
    together = {(each.kind, each.id): each for each in work.steps.images(number)}
    for then in made:
        first = together.pop((then.kind, then.id), None)
        both = then if first is None else images.merged(first, then)
        if both is not None:
            together[both.kind, both.id] = both
    if not together:
        work.steps.remove(number)
        return None
    work.steps.put(HistoryStep(number=number, title=step.title, at=step.at, undone=False, who=step.who, merge_key=step.merge_key), together.values())
    return number
