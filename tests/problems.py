"""Small problems for tests of the schedule, the planner and its file form: by hand on a line, or random with every rule switched on.

On the line, place n stands n minutes (and n kilometres) from the depot at place 0.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE, Profile, TravelTable
from app.domain.schedule import BreakTerms, ShiftTerms, Step, TaskTerms, TimeWindow
from app.domain.units import MILLIS_PER_HOUR, MILLIS_PER_MINUTE, Cost, Cubic, Grams, Meters, Millis
from app.services.problem import Problem
from tests.builders import DAY, ZONE

MIN, HOUR = MILLIS_PER_MINUTE, MILLIS_PER_HOUR


def at(hours: int, minutes: int = 0, seconds: int = 0) -> Millis:
    """A clock reading."""
    return Millis(hours * HOUR + minutes * MIN + seconds * 1_000)


def a_line(size: int = 6, *, factors: Sequence[float] = (1.0,), begins: Sequence[int] = (0,)) -> TravelTable:
    """Places a minute and a kilometre apart; `factors` slow each band down."""
    steps = [abs(i - j) for i in range(size) for j in range(size)]
    return TravelTable(
        profile=Profile.VAN,
        size=size,
        begins=tuple(Millis(each) for each in begins),
        durations=tuple([round(step * MIN * factor) for step in steps] for factor in factors),
        distances=tuple([step * 1_000 for step in steps] for _ in factors),
        source="line",
    )


def a_window_of(opens: int, closes: int, late_price: int | None = None) -> TimeWindow:
    """A window between two clock readings."""
    return TimeWindow(opens=Millis(opens), closes=Millis(closes), late_price=None if late_price is None else Cost(late_price))


def a_task(number: int, **changes: Any) -> TaskTerms:
    """Task tn at place n: 1 kg, two minutes of service, any time."""
    task = TaskTerms(id=TaskId(f"t{number}"), place=number, service=Millis(2 * MIN), load=Load(Grams(1_000), Cubic(0), 1), unplanned_price=Cost(10**12))
    return replace(task, **changes)


def a_turn(number: int = 1, **changes: Any) -> ShiftTerms:
    """Shift sn from 8 to 17 o'clock, an hour of overtime, from and to the depot at place 0, no limits; 1 a metre, 10 a millisecond."""
    shift = ShiftTerms(
        id=ShiftId(f"s{number}"),
        profile=Profile.VAN,
        start=0,
        end=0,
        depot=0,
        starts=at(8),
        ends=at(17),
        latest_end=at(18),
        meter_price=Cost(1),
        milli_price=Cost(10),
    )
    return replace(shift, **changes)


def a_pause(earliest: int, latest: int, length: int = 30 * MIN) -> BreakTerms:
    """A pause of half an hour."""
    return BreakTerms(earliest=Millis(earliest), latest=Millis(latest), length=Millis(length))


def steps(*numbers: int) -> tuple[Step, ...]:
    """Steps over tasks t1, t2 …; a negative number reloads before."""
    return tuple(Step(TaskId(f"t{abs(number)}"), number < 0) for number in numbers)


def a_problem(tasks: Sequence[TaskTerms], shifts: Sequence[ShiftTerms], table: TravelTable | None = None, **changes: Any) -> Problem:
    """A problem over the line."""
    size = max([task.place for task in tasks], default=0) + 1
    found = table or a_line(max(size, 2))
    return replace(Problem(day=DAY, zone=ZONE, tasks=tuple(tasks), shifts=tuple(shifts), travel={Profile.VAN: found}), **changes)


# Random --------------------------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn, size: int, *, bands: int | None = None, gaps: bool = False) -> TravelTable:
    """Random travel up to 20 minutes a leg, one to three bands, with missing legs where `gaps`."""
    count = bands or draw(st.integers(1, 3))
    rng = draw(st.randoms(use_true_random=False))
    durations = [[0 if i == j else rng.randrange(0, 20 * MIN) for i in range(size) for j in range(size)] for _ in range(count)]
    distances = [0 if i == j else rng.randrange(0, 20_000) for i in range(size) for j in range(size)]
    if gaps and rng.random() < 0.3:
        leg = rng.randrange(size * size)
        if leg // size != leg % size:
            for each in durations:
                each[leg] = UNREACHABLE
            distances[leg] = UNREACHABLE
    begins = sorted(rng.sample(range(at(8, 5), at(16)), count - 1))
    return TravelTable(
        profile=Profile.VAN,
        size=size,
        begins=(Millis(0), *(Millis(each) for each in begins)),
        durations=tuple(durations),
        distances=tuple([distances] * count),
        source="random",
    )


@st.composite
def windows(draw: st.DrawFn) -> tuple[TimeWindow, ...]:
    """None to three windows, hard or priced."""
    edges = sorted(draw(st.lists(st.integers(at(7), at(18)), min_size=0, max_size=3, unique=True).map(lambda found: found * 2)))
    found: list[TimeWindow] = []
    for opens in sorted(set(edges)):
        closes = opens + draw(st.integers(0, 2 * HOUR))
        if found and opens <= found[-1].closes:
            continue
        found.append(a_window_of(opens, closes, draw(st.none() | st.integers(0, 100))))
    return tuple(found)


@st.composite
def tasks(draw: st.DrawFn, number: int, *, shifts: int = 1) -> TaskTerms:
    """A random task at place n."""
    return a_task(
        number,
        windows=draw(windows()),
        service=Millis(draw(st.integers(0, 20 * MIN))),
        load=Load(Grams(draw(st.integers(0, 3_000))), Cubic(draw(st.integers(0, 100))), draw(st.integers(0, 3))),
        kind=draw(st.sampled_from([TaskKind.DELIVERY, TaskKind.DELIVERY, TaskKind.PICKUP, TaskKind.RETURN])),
        skills=frozenset(draw(st.sampled_from([(), (), ("id check",)]))),
        features=frozenset(draw(st.sampled_from([(), (), ("lift",)]))),
        never=frozenset(ShiftId(f"s{each}") for each in draw(st.sampled_from([(), (), (1,)])) if shifts > 1),
    )


@st.composite
def turns(draw: st.DrawFn, number: int = 1, *, breaks: bool = True, size: int = 2) -> ShiftTerms:
    """A random shift."""
    starts = draw(st.integers(at(7), at(9)))
    ends = starts + draw(st.integers(4 * HOUR, 9 * HOUR))
    pauses = []
    if breaks and draw(st.booleans()):
        earliest = starts + draw(st.integers(10 * MIN, 4 * HOUR))
        pauses.append(a_pause(earliest, earliest + draw(st.integers(0, HOUR)), draw(st.integers(0, 45 * MIN))))
    return a_turn(
        number,
        starts=Millis(starts),
        ends=Millis(ends),
        latest_end=Millis(ends + draw(st.integers(0, HOUR))),
        start=draw(st.integers(0, size - 1)),
        end=draw(st.none() | st.integers(0, size - 1)),
        capacity=Capacity(Grams(draw(st.integers(2_000, 12_000))), draw(st.none() | st.just(Cubic(300))), draw(st.none() | st.integers(2, 12))),
        skills=frozenset(draw(st.sampled_from([(), ("id check",)]))),
        features=frozenset(draw(st.sampled_from([(), ("lift",)]))),
        breaks=tuple(pauses),
        max_distance=draw(st.none() | st.integers(20_000, 200_000).map(Meters)),
        max_duration=draw(st.none() | st.integers(3 * HOUR, 8 * HOUR).map(Millis)),
        reloads=draw(st.integers(0, 1)),
        reload=Millis(draw(st.integers(0, 15 * MIN))),
        fixed_price=Cost(draw(st.integers(0, 10**6))),
        overtime_price=Cost(draw(st.integers(0, 20))),
    )


@st.composite
def problems(draw: st.DrawFn, *, most_tasks: int = 7, most_shifts: int = 3) -> Problem:
    """A small problem with every rule switched on at random."""
    count, vans = draw(st.integers(1, most_tasks)), draw(st.integers(1, most_shifts))
    size = count + 1
    found = [draw(tasks(number, shifts=vans)) for number in range(1, count + 1)]
    if count >= 2 and draw(st.booleans()):
        found[0] = replace(found[0], kind=TaskKind.PICKUP)
        found[1] = replace(found[1], kind=TaskKind.DELIVERY, after=found[0].id)
    shifts = [draw(turns(number, size=size)) for number in range(1, vans + 1)]
    return a_problem(found, shifts, draw(tables(size, gaps=True)))
