"""What happens when in a route, as stretches of clock readings: driving, waiting, pauses, loading, and each stop's service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.schedule import Timeline
from app.services.queries import StopRow

Stretch = tuple[int, int]
"""From, to: clock readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """All stretches of a route, each kind in order; `begins`, `ends` and `late` run along its stops."""

    drives: tuple[Stretch, ...] = ()
    waits: tuple[Stretch, ...] = ()
    pauses: tuple[Stretch, ...] = ()
    reloads: tuple[Stretch, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    signed: tuple[int, ...] = ()
    """The stops that bear a sign: late, with a broken rule, locked, or with a closure on the way."""
    leaves: int = 0
    home: int = 0
    """When the route begins and ends."""

    def leg(self, number: int) -> Stretch:
        """From the stop before to a stop, from 0; as many as stops is the way home."""
        begin = self.ends[number - 1] if number else self.leaves
        return begin, self.begins[number] if number < len(self.begins) else self.home


def spans_of(stops: Sequence[StopRow], line: Timeline | None, reload: int) -> Spans:
    """The stretches of a route; `reload` is how long loading at the depot takes, in milliseconds. Without times there are none."""
    if line is None or any(stop.begin is None for stop in stops):
        return Spans()
    drives, waits = _between(line)
    pauses = tuple((each.begin, each.end) for each in line.breaks)
    reloads = tuple((halt.reload_begin, halt.reload_begin + reload) for halt in line.halts if halt.reload_begin is not None)
    begins = tuple(stop.begin or 0 for stop in stops)
    return Spans(
        drives=without(drives, sorted([*pauses, *reloads])),
        waits=without(waits, pauses),
        pauses=pauses,
        reloads=reloads,
        begins=begins,
        ends=tuple(max(begin, stop.departure or 0) for begin, stop in zip(begins, stops, strict=True)),
        late=tuple(stop.late for stop in stops),
        signed=tuple(at for at, stop in enumerate(stops) if stop.late or stop.violations or stop.lock is not None or stop.roads),
        leaves=line.leaves,
        home=line.ends,
    )


def _between(line: Timeline) -> tuple[list[Stretch], list[Stretch]]:
    """What lies between the services: under way, and waiting at a door."""
    drives: list[Stretch] = []
    waits: list[Stretch] = []
    at: int = line.leaves
    for halt in line.halts:
        if halt.arrival > at:
            drives.append((at, halt.arrival))
        if halt.begin > halt.arrival:
            waits.append((halt.arrival, halt.begin))
        at = halt.departure
    if line.ends > at:
        drives.append((at, line.ends))
    return drives, waits


def without(stretches: Iterable[Stretch], holes: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches with these holes cut out; the holes in order."""
    left: list[Stretch] = []
    for begin, end in stretches:
        at = begin
        for opens, closes in holes:
            if closes <= at or opens >= end:
                continue
            if opens > at:
                left.append((at, opens))
            at = closes
        if at < end:
            left.append((at, end))
    return tuple(left)
