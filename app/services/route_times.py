"""How a route's time is spent: driving, waiting, serving, resting, loading again; together its whole duration."""

from dataclasses import dataclass

from app.domain.schedule import Timeline
from app.domain.units import Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Milliseconds."""

    driving: Millis
    waiting: Millis
    serving: Millis
    resting: Millis
    loading: Millis


def spent(line: Timeline, reload: int) -> Spent:
    """The parts of a timeline whose reloads take `reload` milliseconds each."""
    serving = sum(halt.departure - halt.begin for halt in line.halts)
    resting = sum(pause.end - pause.begin for pause in line.breaks)
    waiting = sum(halt.wait - _rest_within(line, halt.arrival, halt.begin) for halt in line.halts)
    loading = reload * sum(1 for halt in line.halts if halt.reload_begin is not None)
    driving = line.duration - serving - resting - waiting - loading
    return Spent(driving=Millis(driving), waiting=Millis(waiting), serving=Millis(serving), resting=Millis(resting), loading=Millis(loading))


def _rest_within(line: Timeline, begin: int, end: int) -> int:
    return sum(max(0, min(pause.end, end) - max(pause.begin, begin)) for pause in line.breaks)
