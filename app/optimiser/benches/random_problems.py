"""Random problems with every rule switched on, from a plain seed: the same number gives the same problem, in a fraction of a millisecond for a small one.

Half of the numbers are like a depot's day, the other half are odd on purpose: ways of no length, ways that are longer than the way round, bands a few
milliseconds long, windows of a moment, prices and limits of nothing. Every problem is valid (`problem_json.check`); whether any plan can obey it
is another matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import hypot
from random import Random

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE, Profile, TravelTable
from app.domain.schedule import BreakTerms, ShiftTerms, TaskTerms, TimeWindow
from app.domain.units import MILLIS_PER_HOUR, MILLIS_PER_MINUTE, Cost, Cubic, Grams, Meters, Millis
from app.optimiser.benches.random_plans import random_stability, random_start
from app.services.problem import Liking, Problem, Wishes

DAY = date(2026, 11, 23)
ZONE = "Europe/Helsinki"
MIN, HOUR = MILLIS_PER_MINUTE, MILLIS_PER_HOUR
SIZES = ((1, 8), (1, 8), (1, 8), (4, 15), (4, 15), (12, 30), (25, 60))
"""Ranges of the number of tasks, each as likely as the other: most problems are small, where every corner of a rule is met soonest."""
PROFILES = (Profile.VAN, Profile.CARGO_BIKE, Profile.TRUCK)
SKILLS, FEATURES = ("id check", "two hands"), ("lift", "cooling")


@dataclass(slots=True)
class _Maker:
    """The parts of one problem. Each rule is switched on or off for the whole problem, so that also problems with few rules come up."""

    rng: Random
    tasks: int
    shifts: int

    def on(self, share: float = 0.5) -> bool:
        """True in that share of all cases."""
        return self.rng.random() < share

    def span(self, most: int) -> int:
        """Nothing, a small or a large part of `most`."""
        return self.rng.choice((0, self.rng.randint(0, most // 10 + 1), self.rng.randint(0, most), self.rng.randint(0, most)))


def random_problem(seed: int, *, most_tasks: int = 60, most_shifts: int = 8) -> Problem:
    """The problem of that seed: 1 to `most_tasks` tasks, 1 to `most_shifts` shifts, a plan as it stands in three of four cases."""
    rng = Random(seed)
    low, high = rng.choice(SIZES)
    tasks = min(most_tasks, rng.randint(low, high))
    made = _Maker(rng, tasks, rng.randint(1, min(most_shifts, 2 + tasks // 4)))
    size = max(2, tasks + rng.randint(-(tasks // 4), 3))
    profiles = rng.sample(PROFILES, rng.choice((1, 1, 2, 3)))
    shifts = _shifts(made, profiles, size)
    problem = Problem(
        day=DAY,
        zone=ZONE,
        tasks=_tasks(made, shifts, size),
        shifts=shifts,
        travel={profile: _table(made, profile, size) for profile in dict.fromkeys(shift.profile for shift in shifts)},
        stability=random_stability(rng),
        seed=rng.randint(0, 1 << 30),
    )
    return replace(problem, start=random_start(rng, problem))


# Travel --------------------------------------------------------------------------------------------------------------


def _table(made: _Maker, profile: Profile, size: int) -> TravelTable:
    """Travel in one to five bands; ways like those of a town, or odd ones."""
    rng = made.rng
    begins = _begins(made)
    odd = made.on(0.4)
    meters = _odd(rng, size, 20_000) if odd else _town(rng, size)
    first = _odd(rng, size, rng.choice((3, 5 * MIN, 20 * MIN, 90 * MIN))) if odd else [each * rng.randint(40, 120) for each in meters]
    durations = [first] + [_later(rng, first, odd) for _ in begins[1:]]
    distances = [meters] * len(begins)
    if made.on(0.25):
        durations, distances = _with_gaps(rng, size, durations, distances)
    return TravelTable(profile=profile, size=size, begins=begins, durations=tuple(durations), distances=tuple(distances), source="random")


def _begins(made: _Maker) -> tuple[Millis, ...]:
    """Where the bands begin: hours apart, or in one of five cases a few milliseconds."""
    rng = made.rng
    later = rng.choice((0, 0, 1, 2, 4))
    first = rng.randint(6 * HOUR, 16 * HOUR)
    room = range(first, first + rng.choice((40, 10 * MIN))) if made.on(0.2) else range(7 * HOUR, 19 * HOUR)
    return (Millis(rng.choice((0, 0, -HOUR))), *(Millis(each) for each in sorted(rng.sample(room, later))))


def _town(rng: Random, size: int) -> list[int]:
    """Metres between points of a square of 12 km, as the crow flies and a little more one way than the other."""
    points = [(rng.random() * 12_000, rng.random() * 12_000) for _ in range(size)]
    return [0 if here is there else int(hypot(here[0] - there[0], here[1] - there[1]) * (1.2 + rng.random() / 5)) for here in points for there in points]


def _odd(rng: Random, size: int, most: int) -> list[int]:
    """Numbers without any sense of direction: the way round may be shorter, and many ways have no length."""
    found = [int(rng.random() ** 2 * most) if rng.random() > 0.05 else 0 for _ in range(size * size)]
    for place in range(0, size * size, size + 1):
        found[place] = 0
    return found


def _later(rng: Random, first: Sequence[int], odd: bool) -> list[int]:
    """A later band: all ways slower or quicker alike, or each for itself."""
    if odd:
        return [int(each * rng.random() * 3) for each in first]
    factor = rng.uniform(0.6, 2.5)
    return [int(each * factor) for each in first]


def _with_gaps(rng: Random, size: int, durations: list[list[int]], distances: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Some ways without a road, in all bands or in one of them; now and then a place that no road leaves."""
    legs = {rng.randrange(size * size) for _ in range(rng.randint(1, 1 + size))}
    if rng.random() < 0.2:
        place = rng.randrange(size)
        legs |= {place * size + other for other in range(size)}
    bands = range(len(durations)) if rng.random() < 0.5 else [rng.randrange(len(durations))]
    durations, distances = [list(each) for each in durations], [list(each) for each in distances]
    for leg in legs:
        for band in bands if leg // size != leg % size else ():
            durations[band][leg] = distances[band][leg] = UNREACHABLE
    return durations, distances


# Tasks ---------------------------------------------------------------------------------------------------------------


def _tasks(made: _Maker, shifts: Sequence[ShiftTerms], size: int) -> tuple[TaskTerms, ...]:
    rng = made.rng
    windowed, mixed, asking, assigned = rng.choice((0.0, 0.4, 0.9)), made.on(), made.on(0.3), made.on(0.3)
    dear = rng.choice((10**6, 10**9, 10**12, 10**13))
    found = []
    for number in range(1, made.tasks + 1):
        found.append(
            TaskTerms(
                id=TaskId(f"t{number}"),
                place=rng.randrange(size),
                windows=_windows(made) if rng.random() < windowed else (),
                service=Millis(rng.choice((0, 2 * MIN, 5 * MIN, rng.randint(0, 20 * MIN)))),
                load=_load(rng),
                kind=rng.choice((TaskKind.DELIVERY, TaskKind.DELIVERY, TaskKind.PICKUP, TaskKind.RETURN)) if mixed else TaskKind.DELIVERY,
                skills=frozenset(_some(rng, SKILLS, 0.2)) if asking else frozenset(),
                features=frozenset(_some(rng, FEATURES, 0.2)) if asking else frozenset(),
                unplanned_price=Cost(0 if made.on(0.03) else rng.choice((1, 2, 4)) * dear),
                only=rng.choice(shifts).id if assigned and rng.random() < 0.15 else None,
                never=frozenset(shift.id for shift in shifts if rng.random() < 0.15) if assigned else frozenset(),
            )
        )
    return tuple(_belonging(made, found))


def _some(rng: Random, names: Sequence[str], share: float) -> list[str]:
    return [name for name in names if rng.random() < share]


def _load(rng: Random) -> Load:
    return Load(Grams(rng.choice((0, 500, rng.randint(1, 4_000)))), Cubic(rng.choice((0, 0, rng.randint(1, 100)))), rng.choice((0, 1, 1, 2)))


def _windows(made: _Maker) -> tuple[TimeWindow, ...]:
    """One to three windows in order, each hard or priced, from a moment to hours long."""
    rng, found = made.rng, []
    opens = rng.randint(6 * HOUR, 15 * HOUR)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        closes = opens + made.span(3 * HOUR)
        price = None if made.on(0.6) else Cost(rng.choice((0, 1, rng.randint(0, 100), 10_000)))
        found.append(TimeWindow(opens=Millis(opens), closes=Millis(closes), late_price=price))
        opens = closes + 1 + made.span(3 * HOUR)
    return tuple(found)


def _belonging(made: _Maker, tasks: list[TaskTerms]) -> list[TaskTerms]:
    """Makes pairs of a pick-up and its delivery, and in some problems chains of any kind, even such as no route can serve."""
    rng = made.rng
    if len(tasks) < 2 or made.on(0.5):
        return tasks
    numbers = list(range(len(tasks)))
    rng.shuffle(numbers)
    for _ in range(rng.randint(1, len(tasks) // 2)):
        pickup, delivery = numbers.pop(), numbers.pop()
        tasks[pickup] = replace(tasks[pickup], kind=rng.choice((TaskKind.PICKUP, TaskKind.PICKUP, TaskKind.RETURN)))
        tasks[delivery] = replace(tasks[delivery], kind=TaskKind.DELIVERY, after=tasks[pickup].id)
    if made.on(0.3):
        for _ in range(rng.randint(1, 3)):
            first, second = rng.sample(range(len(tasks)), 2)
            tasks[second] = replace(tasks[second], after=tasks[first].id)
    return tasks


# Shifts --------------------------------------------------------------------------------------------------------------


def _shifts(made: _Maker, profiles: Sequence[Profile], size: int) -> tuple[ShiftTerms, ...]:
    """Some alike, some each for itself: search treats equal shifts as one."""
    first = _shift(made, 1, made.rng.choice(profiles), size)
    alike = made.on(0.3)
    others = [
        replace(first, id=ShiftId(f"s{n}")) if alike and made.on(0.7) else _shift(made, n, made.rng.choice(profiles), size) for n in range(2, made.shifts + 1)
    ]
    return (first, *others)


def _shift(made: _Maker, number: int, profile: Profile, size: int) -> ShiftTerms:
    rng = made.rng
    home = rng.randrange(size) if made.on(0.3) else 0
    starts = rng.randint(6 * HOUR, 10 * HOUR)
    ends = starts + rng.choice((0, HOUR, rng.randint(HOUR, 10 * HOUR), 9 * HOUR))
    reloads = rng.choice((0, 0, 1, 3))
    return ShiftTerms(
        id=ShiftId(f"s{number}"),
        profile=profile,
        start=home,
        end=rng.choice((0, home, None, rng.randrange(size))),
        depot=None if made.on(0.2) else rng.choice((0, 0, rng.randrange(size))),
        starts=Millis(starts),
        ends=Millis(ends),
        latest_end=Millis(ends + made.span(2 * HOUR)),
        capacity=_capacity(made),
        skills=frozenset(_some(rng, SKILLS, 0.5)),
        features=frozenset(_some(rng, FEATURES, 0.5)),
        breaks=_breaks(made, starts),
        max_distance=Meters(rng.randint(0, 150_000)) if made.on(0.25) else None,
        max_duration=Millis(rng.randint(0, 9 * HOUR)) if made.on(0.25) else None,
        reloads=reloads,
        reload=Millis(made.span(20 * MIN)),
        fixed_price=Cost(made.span(10**9)),
        meter_price=Cost(rng.choice((0, 1, rng.randint(0, 50_000)))),
        milli_price=Cost(rng.choice((0, 10, rng.randint(0, 1_000)))),
        overtime_price=Cost(rng.choice((0, rng.randint(0, 2_000)))),
        under_way=made.on(0.2),
    )


def _capacity(made: _Maker) -> Capacity:
    """Room for a part of what there is, or no limit, in each measure for itself."""
    rng = made.rng
    share = (made.tasks + 1) * rng.uniform(0.1, 1.5)
    weight = Grams(int(1_500 * share)) if made.on(0.6) else None
    volume = Cubic(int(20 * share)) if made.on(0.3) else None
    return Capacity(weight, volume, int(share) if made.on(0.3) else None)


def _breaks(made: _Maker, starts: int) -> tuple[BreakTerms, ...]:
    """None to two pauses in order; one may lie before the shift."""
    rng, found = made.rng, []
    earliest = starts + rng.randint(-HOUR, 4 * HOUR)
    for _ in range(rng.choice((0, 0, 1, 2))):
        latest = earliest + made.span(2 * HOUR)
        found.append(BreakTerms(earliest=Millis(earliest), latest=Millis(latest), length=Millis(made.span(HOUR))))
        earliest += rng.randint(0, 4 * HOUR)
    return tuple(found)


def with_wishes(problem: Problem, rng: Random) -> Problem:
    """The problem with a fair share that some routes are beyond, and shifts that tasks would rather not go with."""
    pairs = [(task.id, shift.id) for task in problem.tasks for shift in problem.shifts if rng.random() < 0.4]
    likings = tuple(Liking(task=task, shift=shift, price=Cost(rng.choice((0, rng.randint(1, 50_000_000))))) for task, shift in pairs)
    fair, price = Millis(rng.randint(0, 6 * 3_600_000)), Cost(rng.choice((0, rng.randint(1, 30))))
    return replace(problem, wishes=Wishes(fair=fair, beyond_price=price, likings=likings))
