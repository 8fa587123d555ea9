"""Running days for the bench of re-planning: a day of collections on an area's roads, planned, and stopped where a part of the stops has been started.

**The day.** Stops in a few quarters and between them, each on a road, half of them with a window of two hours; vans of one kind from one depot. They are
collections: what a van has not fetched yet another van may fetch instead, so that moving a stop between drivers under way makes sense.
Travel is that of one band of the day (midday), and there are no pauses: so every peer can state the whole problem.

**Under way.** A van has started the stops that it has left for at that moment. What is left is a problem of its own: the van begins at the stop that it drives
to, when it is done there, with the room that is left and its fixed price spent (`under_way`); a van that still stands at the depot leaves
now or later. The routes as they are left are the plan as it stands, which stability is measured against.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from app.domain.geo import Box, Place
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE, Profile, TravelTable
from app.domain.schedule import Halt, ShiftTerms, Step, TaskTerms, TimeWindow, timeline
from app.domain.units import COST_PER_MINOR, MILLIS_PER_HOUR, MILLIS_PER_MINUTE, Cost, Grams, Millis
from app.optimiser.benches.safety import Judge
from app.optimiser.benches.towns import DAY, Town
from app.services.planning_insertion import best_in, slack_of
from app.services.problem import Problem, RoutePlan

MIN, HOUR = MILLIS_PER_MINUTE, MILLIS_PER_HOUR
OPENS, CLOSES = 8 * HOUR, 16 * HOUR
PER_KM, PER_HOUR, ONCE, OVERTIME = 45, 2_800, 1_500, 1_000
"""Cents, as the demo depot's vans cost."""
BUSY = 0.8
"""Part of a shift that stops and driving take: full enough that a new order does not fit anywhere."""
WINDOWED = 0.5
"""Part of the stops that have a window."""
ROOM = 1.15
"""Room in the vans for a gram to be collected."""
NEAREST = 5
"""Neighbours of a stop whose mean leg stands for the way between two stops of a route."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the days are."""

    stops: int = 200
    vans: int = 12
    started: float = 0.3
    urgent: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A day under way: what is left of it, and the clock reading at which it stands."""

    problem: Problem
    now: Millis
    started: int
    urgent: frozenset[TaskId] = frozenset()


# The day -------------------------------------------------------------------------------------------------------------


def day(rng: Random, made: Town, sizes: Sizes, zone: str) -> Problem:
    """A day not yet planned: a stop at each of the first places; the last `sizes.urgent` stay free for later."""
    usual = _usual_service(made.table, sizes)
    stops = [_stop(rng, row, usual) for row in range(1, sizes.stops + 1)]
    room = int(sum(stop.load.weight for stop in stops) * ROOM / sizes.vans)
    vans = tuple(_van(number, room) for number in range(1, sizes.vans + 1))
    price = unplanned_price(vans[0])
    return Problem(
        day=DAY,
        zone=zone,
        tasks=tuple(replace(stop, unplanned_price=price) for stop in stops),
        shifts=vans,
        travel={Profile.VAN: made.table},
        seed=rng.randrange(1 << 30),
    )


def _usual_service(table: TravelTable, sizes: Sizes) -> int:
    """Minutes at a stop so that service and driving fill the vans' shifts as far as `BUSY` says; a small town has longer stops than a large one."""
    nearest = [sorted(table.durations[0][row * table.size : (row + 1) * table.size])[1 : 1 + NEAREST] for row in range(table.size)]
    leg = sum(map(sum, nearest)) / (table.size * NEAREST)
    return max(2, int((BUSY * (CLOSES - OPENS) * sizes.vans / sizes.stops - leg) / MIN))


def _stop(rng: Random, row: int, usual: int) -> TaskTerms:
    opens = rng.choice(range(OPENS, CLOSES - 2 * HOUR, HOUR // 2))
    windows = (TimeWindow(opens=Millis(opens), closes=Millis(opens + 2 * HOUR)),) if rng.random() < WINDOWED else ()
    return TaskTerms(
        id=TaskId(f"t{row}"),
        place=row,
        windows=windows,
        service=Millis(rng.randint(usual // 2, usual + usual // 2) * MIN),
        load=Load(Grams(rng.randint(1_000, 30_000))),
        kind=TaskKind.PICKUP,
    )


def _van(number: int, room: int) -> ShiftTerms:
    return ShiftTerms(
        id=ShiftId(f"s{number}"),
        profile=Profile.VAN,
        start=0,
        end=0,
        depot=None,
        starts=Millis(OPENS),
        ends=Millis(CLOSES - HOUR // 2),
        latest_end=Millis(CLOSES),
        capacity=Capacity(weight=Grams(room)),
        fixed_price=Cost(ONCE * COST_PER_MINOR),
        meter_price=Cost(PER_KM * COST_PER_MINOR // 1_000),
        milli_price=Cost(PER_HOUR * COST_PER_MINOR // HOUR),
        overtime_price=Cost(OVERTIME * COST_PER_MINOR // HOUR),
    )


def unplanned_price(van: ShiftTerms) -> Cost:
    """As the program prices an order left out (`planning_day`): the whole shift and 100 km."""
    return Cost(van.fixed_price + (van.ends - van.starts) * van.milli_price + 100_000 * van.meter_price)


# Under way -----------------------------------------------------------------------------------------------------------


def under_way(problem: Problem, routes: Sequence[RoutePlan], share: float) -> Running:
    """The planned day at the moment at which that share of its stops has been started."""
    tasks = {task.id: task for task in problem.tasks}
    shifts = {shift.id: shift for shift in problem.shifts}
    halts: dict[ShiftId, tuple[Halt, ...]] = {}
    sets_off: dict[TaskId, int] = {}
    for route in routes:
        found = timeline(shifts[route.shift], route.steps, tasks, problem.travel[Profile.VAN])
        halts[route.shift] = found.halts
        left = [found.leaves, *(halt.departure for halt in found.halts)]
        sets_off |= {halt.task: when for halt, when in zip(found.halts, left, strict=False)}
    moments = sorted(sets_off.values())
    now = moments[min(len(moments) - 1, int(share * len(problem.tasks)))]
    done = {task for task, when in sets_off.items() if when <= now}
    return Running(
        problem=replace(
            problem,
            tasks=tuple(task for task in problem.tasks if task.id not in done),
            shifts=tuple(_continuing(shift, halts.get(shift.id, ()), done, tasks, now) for shift in problem.shifts),
            start=tuple(RoutePlan(shift=route.shift, steps=tuple(step for step in route.steps if step.task not in done)) for route in routes),
        ),
        now=Millis(now),
        started=len(done),
    )


def _continuing(shift: ShiftTerms, halts: Sequence[Halt], done: set[TaskId], tasks: Mapping[TaskId, TaskTerms], now: int) -> ShiftTerms:
    """The shift from the stop that its van drives to; from now on where it has not left."""
    driven = [halt for halt in halts if halt.task in done]
    if not driven:
        return replace(shift, starts=Millis(max(shift.starts, now)))
    last = driven[-1]
    begins = Millis(max(last.departure, now))
    room = Grams((shift.capacity.weight or 0) - last.load.weight)
    return replace(
        shift,
        start=tasks[last.task].place,
        starts=begins,
        ends=Millis(max(begins, shift.ends)),
        latest_end=Millis(max(begins, shift.latest_end)),
        capacity=Capacity(weight=room),
        fixed_price=Cost(0),
        under_way=True,
    )


# What happens --------------------------------------------------------------------------------------------------------


def with_urgent(rng: Random, running: Running, count: int) -> Running:
    """That many new orders for the next two hours or somewhat later, each within reach of some van that would go there at once."""
    problem = running.problem
    rows = range(problem.travel[Profile.VAN].size - count, problem.travel[Profile.VAN].size)
    urgent = [_urgent(rng, running, row) for row in rows]
    return replace(running, problem=replace(problem, tasks=(*problem.tasks, *urgent)), urgent=frozenset(task.id for task in urgent))


def _urgent(rng: Random, running: Running, row: int) -> TaskTerms:
    price = unplanned_price(next((shift for shift in running.problem.shifts if shift.fixed_price), running.problem.shifts[0]))
    later = rng.choice((0, 0, HOUR // 2, HOUR))
    while True:
        opens = running.now + later
        window = TimeWindow(opens=Millis(opens), closes=Millis(opens + 2 * HOUR))
        task = TaskTerms(
            id=TaskId(f"u{row}"),
            place=row,
            windows=(window,),
            service=Millis(rng.randint(5, 10) * MIN),
            load=Load(Grams(rng.randint(500, 5_000))),
            kind=TaskKind.PICKUP,
            unplanned_price=price,
        )
        if later > 8 * HOUR or _reachable(running.problem, task):
            return task
        later += HOUR // 2


def _reachable(problem: Problem, task: TaskTerms) -> bool:
    tasks = {task.id: task}
    return any(best_in(slack_of(problem, tasks, shift, ()), tasks, task) is not None for shift in problem.shifts)


def with_closure(rng: Random, running: Running, places: Sequence[Place], factor: float = 2.5) -> Running:
    """A line drawn through the middle of what is left; every leg whose straight line crosses it takes `factor` times as long and as far."""
    problem = running.problem
    table = problem.travel[Profile.VAN]
    box = Box.around([places[task.place] for task in problem.tasks])
    here, there = _line(rng, box)
    crossed = [_crosses(here, there, places[row], places[column]) for row in range(table.size) for column in range(table.size)]
    durations = [_slower(each, over, factor) for each, over in zip(table.durations[0], crossed, strict=True)]
    distances = [_slower(each, over, factor) for each, over in zip(table.distances[0], crossed, strict=True)]
    slower = replace(table, durations=(durations,), distances=(distances,), source=f"{table.source}, closure × {factor}")
    return replace(running, problem=replace(problem, travel={Profile.VAN: slower}))


def _slower(leg: int, crosses: bool, factor: float) -> int:
    return int(leg * factor) if crosses and leg != UNREACHABLE else leg


def _line(rng: Random, box: Box) -> tuple[Place, Place]:
    """From one side of the box halfway over its middle."""
    share = rng.uniform(0.35, 0.65)
    if rng.random() < 0.5:
        lon = box.west + share * (box.east - box.west)
        return Place(box.south, lon), Place(box.south + 0.7 * (box.north - box.south), lon)
    lat = box.south + share * (box.north - box.south)
    return Place(lat, box.west), Place(lat, box.west + 0.7 * (box.east - box.west))


def _crosses(a: Place, b: Place, c: Place, d: Place) -> bool:
    """Whether the lines a–b and c–d cross: each has the other's ends on both its sides."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Place, b: Place, c: Place) -> float:
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)


# By hand -------------------------------------------------------------------------------------------------------------


def by_hand(problem: Problem) -> dict[ShiftId, tuple[Step, ...]]:
    """What a person does: what breaks rules in the plan as it stands is taken out, then each order left goes to its cheapest place where it breaks nothing,
    the most urgent first."""
    tasks = {task.id: task for task in problem.tasks}
    standing = Judge(problem).mended()
    slacks = {shift.id: slack_of(problem, tasks, shift, standing[shift.id]) for shift in problem.shifts}
    planned = {step.task for steps in standing.values() for step in steps}
    for task in sorted(
        (each for each in problem.tasks if each.id not in planned), key=lambda each: (each.windows[-1].closes if each.windows else CLOSES, each.id)
    ):
        tried = [found for slack in slacks.values() if (found := best_in(slack, tasks, task)) is not None]
        if tried:
            best = min(tried, key=lambda found: found.price)
            slacks[best.shift] = slack_of(problem, tasks, slacks[best.shift].shift, best.steps)
    return {shift: slack.steps for shift, slack in slacks.items()}
