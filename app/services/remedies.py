"""What would help: for a task that is in no route, late or dear, the smallest changes with which it stands in one and no further rule is broken.

Pure: a problem with its standing routes in, remedies out, each tried by `domain.schedule`. `remedies_words` says them, `remedying` does them.
"""

import time
from collections.abc import Callable, Iterable, Sequence

from app.domain.ids import TaskId
from app.domain.schedule import ShiftTerms
from app.services.advice import Adviser, Standing
from app.services.remedies_search import Finder, free_of_locks
from app.services.remedies_trial import Trial
from app.services.remedies_values import Remedy, RemedyKind

SECONDS = 0.6
"""Seconds of processor time that remedies of one task are sought: what is found by then is said, and a busy machine does not make it less."""
_PATIENCE = 4
"""How many times as long it may take in all."""
MOST = 8
OF_A_KIND = 2
_SAVING = {RemedyKind.PLACE, RemedyKind.MOVE, RemedyKind.WINDOW}
"""What may be proposed only to save money: nobody stays longer, or is told of lateness, for that."""
_SHARE = 20
"""A saving is worth naming from a twentieth of what the stop costs where it is."""


def remedies(adviser: Adviser, task: TaskId, spare: Sequence[ShiftTerms] = (), most: int = MOST, seconds: float = SECONDS) -> tuple[Remedy, ...]:
    """The remedies of a task, those first that ask least of people, then the cheapest. `spare` are shifts that idle vehicles could drive.

    Of a task that is planned and in time only what saves money is found. Raises KeyError for an unknown task.
    """
    standing = adviser.standing
    if not standing.movable(task):
        standing = free_of_locks(standing)
    trial = Trial(standing, task, adviser.rests(task), spare)
    saving = _is_saving(standing, task)
    enough = _limit(seconds)
    found: list[Remedy] = []
    for stage in Finder(trial, enough).stages():
        for remedy in stage:
            found.append(remedy)
        if enough() or (not saving and any(each.kind is RemedyKind.PLACE for each in found)):
            break
    return _best(_worth_it(found, trial) if saving else found, most)


def _limit(seconds: float) -> Callable[[], bool]:
    """Whether so much processor time has gone since, or several times as much by the clock."""
    used, until = time.thread_time() + seconds, time.monotonic() + seconds * _PATIENCE
    return lambda: time.thread_time() >= used or time.monotonic() >= until


def _is_saving(standing: Standing, task: TaskId) -> bool:
    """Whether the task is served in time: then only money can be saved."""
    shift = standing.planned.get(task)
    if shift is None:
        return False
    line = standing.line(shift, standing.routes[shift])
    return not any(halt.task == task and halt.late for halt in line.halts) and not any(broken.task == task for broken in line.violations)


def _worth_it(found: Iterable[Remedy], trial: Trial) -> list[Remedy]:
    """The remedies that cost nobody anything and save enough to be named, the greatest saving first."""
    standing = trial.standing
    shift = standing.planned[trial.task]
    costs = standing.line(shift, standing.routes[shift]).cost - trial.before[shift].cost
    return [each for each in found if each.kind in _SAVING and each.price * _SHARE < -max(costs, _SHARE)]


def _best(found: Iterable[Remedy], most: int) -> tuple[Remedy, ...]:
    """Those that ask least, then the cheapest: no two that a person could not tell apart, and few of a kind."""
    kept: dict[tuple[object, ...], Remedy] = {}
    kinds: dict[RemedyKind, int] = {}
    for each in sorted(found, key=lambda remedy: (remedy.hurt, remedy.price, remedy.shift)):
        needless = kept and _gives(each) > 1 and any(_gives(other) <= 1 for other in kept.values())
        if each.who not in kept and not needless and kinds.get(each.kind, 0) < OF_A_KIND:
            kept[each.who] = each
            kinds[each.kind] = kinds.get(each.kind, 0) + 1
    return tuple(kept.values())[:most]


def _gives(remedy: Remedy) -> int:
    """How many sorts of things have to give way for it."""
    hours = any(each.starts is not None or each.latest_end is not None or each.max_duration is not None or each.pause is not None for each in remedy.shifts)
    apart = remedy.kind not in {RemedyKind.WINDOW, RemedyKind.SHIFT, RemedyKind.OTHERS, RemedyKind.BOTH}
    others = any(each.task != remedy.task for each in remedy.windows)
    return apart + hours + others + any(each.task == remedy.task for each in remedy.windows)
