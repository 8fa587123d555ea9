"""Problems as files for the C programs of this folder: random ones, and ones whose numbers are as large as the kernel takes them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from app.domain.load import Capacity, Load
from app.domain.roads import TravelTable
from app.domain.schedule import ShiftTerms, TaskTerms, TimeWindow
from app.domain.units import Cost, Cubic, Grams, Meters, Millis
from app.optimiser.benches.random_problems import random_problem, with_wishes
from app.optimiser.core_problem import Numbers, pack
from app.services.problem import Problem, Stability, Wishes

READING_MOST, LOAD_MOST, PRICE_MOST, SUM_MOST = 1 << 36, 1 << 40, 1 << 28, 1 << 50
"""The bounds in `kernel/words.c`."""
WAY_MOST = (1 << 31) - 1


def write_cases(folder: Path, seed: int, count: int) -> list[Path]:
    """Files with random problems, every fifth with numbers at the bounds."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:05}.case" for number in range(count)]
    for file, problem in zip(files, _problems(seed, count), strict=True):
        file.write_bytes(as_bytes(problem))
    return files


def _problems(seed: int, count: int) -> Iterator[Problem]:
    for number in range(count):
        problem = random_problem(seed * 1_000_003 + number)
        if number % 3 == 2:
            problem = with_wishes(problem, Random(number))
        yield at_the_bounds(problem, Random(number)) if number % 5 == 4 else problem


def as_bytes(problem: Problem) -> bytes:
    """A problem and the plan that it starts with, as `case.c` reads them."""
    numbers = Numbers(problem)
    packed = pack(problem, numbers)
    plan = numbers.plan({route.shift: route.steps for route in problem.start})
    tables = b"".join(struct.pack("<q", len(table)) + table.tobytes() for table in packed.tables)
    return struct.pack("<3q", len(packed.words), len(packed.tables), len(plan)) + packed.words.tobytes() + tables + plan.tobytes()


@dataclass(frozen=True)
class Sizes:
    """How large the numbers of one problem may be: at the bounds, or so far below that they are accepted together."""

    rng: Random
    reading: int
    load: int
    price: int
    total: int
    way: int

    def most(self, bound: int) -> int:
        """Mostly the bound."""
        return self.rng.choice((bound, bound, bound - 1, self.rng.randint(0, bound), 0))

    def when(self) -> Millis:
        """A clock reading as far away as can be."""
        return Millis(self.rng.choice((self.reading, -self.reading, 0)))


def at_the_bounds(problem: Problem, rng: Random) -> Problem:
    """The problem with many of its numbers as large, or as small, as the kernel takes them: each for itself, or all together."""
    sizes = Sizes(rng, *(bound >> rng.choice((0, 0, 6, 12, 18)) for bound in (READING_MOST, LOAD_MOST, PRICE_MOST, SUM_MOST, WAY_MOST)))
    return replace(
        problem,
        tasks=tuple(_large_task(task, sizes) for task in problem.tasks),
        shifts=tuple(_large_shift(shift, sizes) for shift in problem.shifts),
        travel={profile: _large_table(table, sizes) for profile, table in problem.travel.items()},
        wishes=_large_wishes(problem.wishes, sizes),
        stability=Stability(per_driver_change=Cost(sizes.most(sizes.total)), per_order_change=Cost(sizes.most(sizes.total)), at_most=rng.choice((None, 0, 3))),
    )


def _large_task(task: TaskTerms, sizes: Sizes) -> TaskTerms:
    opens = sizes.when()
    closes = Millis(sizes.rng.choice((opens, sizes.reading)))
    window = TimeWindow(opens=opens, closes=closes, late_price=sizes.rng.choice((None, Cost(sizes.price), Cost(0))))
    load = Load(Grams(sizes.most(sizes.load)), Cubic(sizes.most(sizes.load)), sizes.most(sizes.load))
    return replace(
        task,
        windows=sizes.rng.choice(((), (window,), task.windows)),
        service=sizes.rng.choice((task.service, Millis(sizes.most(sizes.reading)))),
        load=sizes.rng.choice((task.load, load)),
        unplanned_price=Cost(sizes.most(sizes.total)),
    )


def _large_shift(shift: ShiftTerms, sizes: Sizes) -> ShiftTerms:
    starts, choice = sizes.when(), sizes.rng.choice
    return replace(
        shift,
        starts=starts,
        ends=Millis(max(starts, sizes.when())),
        latest_end=Millis(sizes.reading),
        capacity=choice((Capacity(), Capacity(Grams(sizes.load), Cubic(sizes.load), sizes.load), Capacity(Grams(0), Cubic(0), 0))),
        max_distance=choice((None, Meters(sizes.reading), Meters(0))),
        max_duration=choice((None, Millis(sizes.reading), Millis(0))),
        reload=Millis(sizes.most(sizes.reading)),
        fixed_price=Cost(sizes.most(sizes.total)),
        meter_price=Cost(sizes.most(sizes.price)),
        milli_price=Cost(sizes.most(sizes.price)),
        overtime_price=Cost(sizes.most(sizes.price)),
    )


def _large_wishes(wishes: Wishes, sizes: Sizes) -> Wishes:
    likings = tuple(replace(each, price=Cost(sizes.most(sizes.total))) for each in wishes.likings)
    return Wishes(fair=Millis(sizes.most(sizes.reading)), beyond_price=Cost(sizes.most(sizes.price)) if wishes.any else Cost(0), likings=likings)


def _large_table(table: TravelTable, sizes: Sizes) -> TravelTable:
    if sizes.rng.random() < 0.5:
        return table
    ways = tuple([sizes.rng.choice((sizes.way, sizes.way, -1, 0)) for _ in range(table.size**2)] for _ in table.begins)
    return replace(table, durations=ways, distances=tuple([-1 if way < 0 else sizes.way for way in ways[0]] for _ in table.begins))
