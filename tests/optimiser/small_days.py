"""Small days made from a seed, with every rule switched on at random, on a map where no detour is a short cut: what the oracle can prove and engines must find.

Places lie on a square of 24 minutes with the depot in its middle; a leg takes its straight length, whole seconds rounded up. Prices are of the size of real
ones: 20 € an hour, 30 cents a kilometre, some euros for leaving an order out, so that leaving out, being late, working longer and a second van are all worth a
thought.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, dist

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE, Profile, TravelTable
from app.domain.schedule import BreakTerms, ShiftTerms, Step, TaskTerms, TimeWindow, timeline
from app.domain.units import Cost, Cubic, Grams, Meters, Millis
from app.services.problem import Problem, RoutePlan, Stability
from tests.builders import DAY, ZONE
from tests.problems import HOUR, MIN, at

EURO = 100_000_000
"""Cost of a euro: 100 minor units of a million."""
SECOND = 1_000


def a_day(seed: int, *, most_tasks: int = 7, most_shifts: int = 3, plain: bool = False) -> Problem:
    """The day of a seed. `plain` leaves out what only the schedule can say: bands, priced and several windows, pauses, reloads, and plans to begin with."""
    rng = random.Random(seed)
    vans = min(most_shifts, rng.choice([1, 2, 2, 3, 3]))
    spots = [(12.0, 12.0), *((rng.uniform(0, 24), rng.uniform(0, 24)) for _ in range(rng.randint(min(4, most_tasks), most_tasks) + 2))]
    count = len(spots) - 3
    tasks = _paired(rng, [_task(rng, number, vans, plain=plain) for number in range(1, count + 1)])
    shifts = tuple(_shift(rng, number, (count + 1, count + 2), plain=plain) for number in range(1, vans + 1))
    begins = [0] if plain else sorted({0, *rng.sample([at(8), at(9, 30), at(11), at(12)], rng.randint(0, 2))})
    speeds = {Profile.VAN: 1.0, Profile.CARGO_BIKE: rng.uniform(1.2, 2.0)}
    factors = [rng.uniform(0.7, 1.6) for _ in begins]
    travel = {profile: _table(profile, spots, begins, [slow * each for each in factors]) for profile, slow in speeds.items()}
    missing = (rng.randrange(len(spots)), rng.randrange(len(spots))) if rng.random() < 0.2 else (0, 0)
    problem = Problem(
        day=DAY, zone=ZONE, tasks=tuple(tasks), shifts=shifts, travel={each: _without(table, *missing) for each, table in travel.items()}, seed=seed
    )
    return problem if plain or rng.random() < 0.3 else _standing(rng, problem)


def _table(profile: Profile, spots: Sequence[tuple[float, float]], begins: Sequence[int], factors: Sequence[float]) -> TravelTable:
    """Straight lines; minutes are kilometres. Rounding up keeps the direct way the shortest."""
    lines = [dist(a, b) for a in spots for b in spots]
    return TravelTable(
        profile=profile,
        size=len(spots),
        begins=tuple(Millis(each) for each in begins),
        durations=tuple([ceil(line * factor * 60) * SECOND for line in lines] for factor in factors),
        distances=tuple([ceil(line * 100) * 10 for line in lines] for _ in factors),
        source="straight line",
    )


def _without(table: TravelTable, start: int, end: int) -> TravelTable:
    """The table without one leg."""
    if start == end:
        return table
    leg = start * table.size + end
    gone = [[UNREACHABLE if index == leg else each for index, each in enumerate(band)] for band in table.durations]
    return replace(table, durations=tuple(gone))


def _task(rng: random.Random, number: int, vans: int, *, plain: bool) -> TaskTerms:
    return TaskTerms(
        id=TaskId(f"t{number}"),
        place=number,
        windows=_windows(rng, plain=plain),
        service=Millis(rng.randint(0, 12) * MIN),
        load=Load(Grams(rng.randint(0, 40) * 100), Cubic(rng.randint(0, 10) * 10), rng.randint(0, 3)),
        kind=rng.choice([TaskKind.DELIVERY, TaskKind.DELIVERY, TaskKind.DELIVERY, TaskKind.PICKUP, TaskKind.RETURN]),
        skills=frozenset(rng.choice([(), (), (), (), (), ("id check",)])),
        features=frozenset(rng.choice([(), (), (), (), (), ("lift",)])),
        unplanned_price=Cost(rng.choice([5, 20, 60, 150]) * EURO),
        only=ShiftId(f"s{rng.randint(1, vans)}") if rng.random() < 0.08 else None,
        never=frozenset({ShiftId(f"s{rng.randint(1, vans)}")} if vans > 1 and rng.random() < 0.1 else ()),
    )


def _windows(rng: random.Random, *, plain: bool) -> tuple[TimeWindow, ...]:
    found: list[TimeWindow] = []
    opens = at(7) + rng.randint(0, 10) * 15 * MIN
    for _ in range(rng.choice([0, 1, 1]) if plain else rng.choice([0, 1, 1, 1, 2, 2, 3])):
        closes = opens + rng.choice([0, 2, 4, 8, 12]) * 15 * MIN
        price = None if plain or rng.random() < 0.6 else Cost(rng.choice([1, 100, 500, 2_000]))
        found.append(TimeWindow(opens=Millis(opens), closes=Millis(closes), late_price=price))
        opens = closes + rng.randint(1, 6) * 15 * MIN
    return tuple(found)


def _paired(rng: random.Random, tasks: list[TaskTerms]) -> list[TaskTerms]:
    """Sometimes a pick-up that a delivery hands on, and a task that must come after another."""
    if len(tasks) >= 2 and rng.random() < 0.5:
        tasks[0] = replace(tasks[0], kind=TaskKind.PICKUP)
        tasks[1] = replace(tasks[1], kind=TaskKind.DELIVERY, after=tasks[0].id, windows=tasks[1].windows if rng.random() < 0.5 else ())
    if len(tasks) >= 4 and rng.random() < 0.2:
        tasks[2] = replace(tasks[2], after=tasks[3].id)
    return tasks


def _shift(rng: random.Random, number: int, elsewhere: tuple[int, int], *, plain: bool) -> ShiftTerms:
    starts = at(7) + rng.randint(0, 6) * 15 * MIN
    ends = starts + rng.randint(7, 20) * 15 * MIN
    return ShiftTerms(
        id=ShiftId(f"s{number}"),
        profile=rng.choice([Profile.VAN, Profile.VAN, Profile.CARGO_BIKE]),
        start=rng.choice([0, 0, 0, elsewhere[0]]),
        end=rng.choice([0, 0, elsewhere[1], None]),
        depot=0,
        starts=Millis(starts),
        ends=Millis(ends),
        latest_end=Millis(ends + rng.choice([0, HOUR, 2 * HOUR])),
        capacity=Capacity(
            Grams(rng.randint(40, 90) * 100),
            Cubic(rng.randint(10, 40) * 10) if rng.random() < 0.4 else None,
            rng.randint(3, 12) if rng.random() < 0.4 else None,
        ),
        skills=frozenset(rng.choice([(), ("id check",), ("id check",)])),
        features=frozenset(rng.choice([(), ("lift",), ("lift",)])),
        breaks=() if plain else _breaks(rng, starts),
        max_distance=Meters(rng.randint(30, 100) * 1_000) if rng.random() < 0.2 else None,
        max_duration=Millis(rng.randint(6, 20) * 15 * MIN) if rng.random() < 0.2 else None,
        reloads=0 if plain else rng.choice([0, 1]),
        reload=Millis(rng.randint(1, 3) * 5 * MIN),
        fixed_price=Cost(rng.choice([0, 0, 5, 15]) * EURO),
        meter_price=Cost(30 * EURO // 100_000),
        milli_price=Cost(20 * EURO // HOUR),
        overtime_price=Cost(rng.choice([0, 5, 20]) * EURO // HOUR),
        under_way=rng.random() < 0.15,
    )


def _breaks(rng: random.Random, starts: int) -> tuple[BreakTerms, ...]:
    found: list[BreakTerms] = []
    earliest = starts + rng.randint(1, 8) * 15 * MIN
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        latest = earliest + rng.randint(0, 6) * 15 * MIN
        found.append(BreakTerms(earliest=Millis(earliest), latest=Millis(latest), length=Millis(rng.randint(1, 6) * 5 * MIN)))
        earliest = latest + rng.randint(1, 6) * 15 * MIN
    return tuple(found)


# A plan to begin with ------------------------------------------------------------------------------------------------


def _standing(rng: random.Random, problem: Problem) -> Problem:
    """The problem with a plan as it stands, locks on it, and prices or a limit of change.

    Where locks or a limit hold, the plan is one that breaks no rule, so that the best one need not break any either.
    """
    lawful = rng.random() < 0.7
    routes: dict[ShiftId, list[Step]] = {shift.id: [] for shift in problem.shifts}
    for task in rng.sample(problem.tasks, rng.randint(len(problem.tasks) // 2, len(problem.tasks))):
        shift = rng.choice(problem.shifts)
        longer = [*routes[shift.id], Step(task.id)]
        if not lawful or not _broken(problem, shift, longer):
            routes[shift.id] = longer
    start = tuple(_locked(rng, ShiftId(shift), steps, lawful=lawful) for shift, steps in routes.items() if steps)
    return replace(
        problem,
        start=start,
        stability=Stability(
            per_driver_change=Cost(rng.choice([0, 1, 3, 10]) * EURO),
            per_order_change=Cost(rng.choice([0, 0, 1, 3]) * EURO),
            at_most=rng.choice([None, None, None, 0, 1, 2]) if lawful else None,
        ),
    )


def _broken(problem: Problem, shift: ShiftTerms, steps: Sequence[Step]) -> bool:
    return bool(timeline(shift, steps, {task.id: task for task in problem.tasks}, problem.travel[shift.profile]).violations)


def _locked(rng: random.Random, shift: ShiftId, steps: Sequence[Step], *, lawful: bool) -> RoutePlan:
    tasks = [step.task for step in steps]
    return RoutePlan(
        shift=shift,
        steps=tuple(steps),
        fixed=rng.randint(1, len(steps)) if lawful and rng.random() < 0.3 else 0,
        closed=lawful and rng.random() < 0.1,
        stay=frozenset(rng.sample(tasks, rng.randint(1, len(tasks))) if lawful and rng.random() < 0.25 else ()),
    )
