"""Orders that no route of a planned day has room for, each for one of the reasons that orders are left out for: what the remedies are measured on."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import cycle

from app.domain.fleet import Driver, Shift, Vehicle
from app.domain.ids import DriverId, OrderId, ShiftId, TaskId, VehicleId
from app.domain.load import Capacity, Load
from app.domain.orders import Order, OrderState, Window
from app.domain.schedule import Step
from app.domain.units import Cubic, Grams, minutes
from app.services.planning_insertion import Slack, best_in, slack_of
from app.services.planning_values import DayProblem
from app.services.ports.store import Day
from app.services.problem import RoutePlan

CAUSES = ("early", "evening", "tight", "pause", "heavy", "skill", "together", "idle_feature", "full", "long")
TRUCK_FEATURE, NOBODY = "crane", "forklift licence"


@dataclass(frozen=True, slots=True)
class Fleet:
    """A day with its shifts, and who stands idle."""

    day: Day
    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]


def fleet_of(day: Day, vans: int) -> Fleet:
    """The day with so many shifts, copies of its own, and besides a van that stands idle with a driver and a lorry without one."""
    shifts, vehicles, drivers = list(day.shifts), dict(day.vehicles), dict(day.drivers)
    for number, like in zip(range(len(shifts), vans), cycle(day.shifts), strict=False):
        shift = _copy(like, number, vehicles, drivers)
        shifts.append(shift)
    usual = next(iter(day.vehicles.values()))
    idle = replace(usual, id=VehicleId("veh_idle"), name="Spare van", features=frozenset())
    truck = replace(usual, id=VehicleId("veh_lorry"), name="Lorry", capacity=Capacity(Grams(3_000_000)), features=frozenset({TRUCK_FEATURE}))
    driver = Driver(id=DriverId("drv_idle"), name="Relief driver")
    whole = replace(day, shifts=tuple(shifts[:vans]), vehicles=vehicles, drivers=drivers)
    return Fleet(whole, (*vehicles.values(), idle, truck), (*drivers.values(), driver))


def _copy(like: Shift, number: int, vehicles: dict[VehicleId, Vehicle], drivers: dict[DriverId, Driver]) -> Shift:
    vehicle = replace(vehicles[like.vehicle], id=VehicleId(f"veh_copy{number}"), name=f"Van {number + 1}")
    vehicles[vehicle.id] = vehicle
    driver = None
    if like.driver is not None:
        driver = replace(drivers[like.driver], id=DriverId(f"drv_copy{number}"), name=f"Driver {number + 1}")
        drivers[driver.id] = driver
    return replace(like, id=ShiftId(f"shf_copy{number}"), vehicle=vehicle.id, driver=driver.id if driver is not None else None)


def routes_of(problem: DayProblem) -> tuple[RoutePlan, ...]:
    """A plan as a person might make it: each order where it costs least, in the order of the book; what fits nowhere is left out."""
    slacks = {shift.id: slack_of(problem.problem, problem.terms, shift, ()) for shift in problem.problem.shifts}
    for task in problem.problem.tasks:
        found = [each for each in (best_in(slack, problem.terms, task) for slack in slacks.values()) if each is not None]
        if found:
            best = min(found, key=lambda each: each.price)
            slacks[best.shift] = slack_of(problem.problem, problem.terms, problem.shifts[best.shift], best.steps)
    return tuple(RoutePlan(shift=shift, steps=slack.steps) for shift, slack in slacks.items())


def left_out(fleet: Fleet, problem: DayProblem, routes: Mapping[ShiftId, tuple[Step, ...]], count: int, seed: int) -> Iterator[tuple[str, Order]]:
    """So many orders with their cause, each checked to fit nowhere; they go where other orders go, so the travel tables hold."""
    chance = random.Random(seed)
    slacks = [slack_of(problem.problem, problem.terms, shift, routes.get(shift.id, ())) for shift in problem.problem.shifts]
    causes, made = cycle(CAUSES), 0
    likes = [order for task, order in problem.orders.items() if task in problem.terms]
    for attempt in range(count * 60):
        if made == count:
            return
        cause = next(causes)
        order = replace(
            chance.choice(likes),
            id=OrderId(f"ord_X{attempt}"),
            number=f"X-{attempt}",
            state=OrderState.READY,
            paired_with="",
            windows=(),
            preferred=(),
            version=0,
        )
        tried = _for_cause(order, cause, fleet.day, slacks, chance)
        if not _fits(tried, problem, slacks):
            made += 1
            yield cause, tried


def _fits(order: Order, problem: DayProblem, slacks: list[Slack]) -> bool:
    """Whether the order would fit somewhere as the routes are."""
    from zoneinfo import ZoneInfo

    from app.services.planning_day import windows

    like = next(terms for task, terms in problem.terms.items() if problem.orders[task].location.place == order.location.place)
    spans = windows(order.windows, ZoneInfo(problem.problem.zone), problem.origin)
    task = TaskId(f"tsk_{order.number}")
    terms = replace(like, id=task, windows=spans, service=order.service, load=order.load, skills=order.skills, features=order.features, after=None)
    return any(best_in(slack, {**problem.terms, task: terms}, terms) is not None for slack in slacks)


def _for_cause(order: Order, cause: str, day: Day, slacks: list[Slack], chance: random.Random) -> Order:
    """The order with what makes it impossible."""
    plain = replace(order, load=Load(Grams(2_000), Cubic(5_000), 1), skills=frozenset(), features=frozenset(), service=minutes(4))
    match cause:
        case "early":
            return _at(plain, day, 5, chance.randrange(0, 31, 5), 40)
        case "evening":
            return _at(plain, day, 18, chance.randrange(30, 60, 5), 45)
        case "tight":
            return replace(_at(plain, day, chance.randrange(14, 16), chance.randrange(0, 60, 5), 0), service=minutes(chance.randrange(90, 180, 10)))
        case "pause":
            return replace(_at(plain, day, 10, chance.randrange(50, 60, 5), 4), service=minutes(150))
        case "heavy":
            return replace(plain, load=Load(Grams(1_500_000), Cubic(5_000), 1))
        case "skill":
            return replace(plain, skills=frozenset({NOBODY}))
        case "together":
            return _together(plain, day, chance)
        case "idle_feature":
            return replace(plain, features=frozenset({TRUCK_FEATURE}))
        case "full":
            room = max((slack.shift.capacity.weight or 0) - slack.now.peak.weight for slack in slacks)
            return replace(plain, load=Load(Grams(room + 1_000), Cubic(5_000), 1))
        case _:
            return replace(plain, service=minutes(chance.randrange(200, 420, 10)))


def _together(order: Order, day: Day, chance: random.Random) -> Order:
    """A skill and a feature that some have, but no shift has together (or a licence that nobody has)."""
    skills = sorted({skill for driver in day.drivers.values() for skill in driver.skills})
    features = sorted({feature for vehicle in day.vehicles.values() for feature in vehicle.features})
    if not skills or not features:
        return replace(order, skills=frozenset({NOBODY}))
    return replace(order, skills=frozenset({chance.choice(skills)}), features=frozenset({chance.choice(features)}), service=minutes(30))


def _at(order: Order, day: Day, hours: int, minute: int, length: int) -> Order:
    opens = datetime.combine(day.day, time(hours, minute))
    return replace(order, windows=(Window(opens=opens, closes=opens.replace(minute=min(59, minute + length))),))
