"""Why an order is in no route, or late: one sentence a vehicle with its numbers, in each language, and never on an engine's word alone."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import pytest

from app.domain.ids import ShiftId
from app.domain.load import Load
from app.domain.orders import Order, TaskKind, task_of
from app.domain.plans import Lock, Plan, Unassigned
from app.domain.schedule import Step, Violation, ViolationKind, timeline
from app.domain.sentences import Sentence
from app.domain.units import MILLIS_PER_MINUTE, Cubic, Grams, Millis
from app.services import planning
from app.services.advice import Adviser, with_routes
from app.services.advice_search import EveryPlace
from app.services.planning_rules import why_not
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.problem import Obstacle, RoutePlan, Solution
from app.wording import sentence
from tests.builders import a_day, a_plan, a_route, a_stop, a_window, an_order
from tests.problems import HOUR
from tests.services.test_planning import Flat, all_steps

FLAT = Flat()


def kilos(weight: int) -> Load:
    return Load(Grams(weight * 1_000), Cubic(0), 1)


def judged(day: Day, *routes: Sequence[Order], obstacles: tuple[Obstacle, ...] = ()) -> tuple[DayProblem, Judged]:
    """The day judged with these orders on shifts 1, 2, …"""
    problem = planning.day_problem(day, FLAT)
    plans = tuple(RoutePlan(shift=ShiftId(f"shf_{number}"), steps=all_steps(*route)) for number, route in enumerate(routes, start=1))
    return problem, planning.judge(problem, Solution(routes=plans, obstacles=obstacles), day.plan)


def words(said: Sequence[Sentence], language: str = "en") -> list[str]:
    return [sentence(each, language) for each in said]


def left_out(found: Judged, order: Order, language: str = "en") -> list[str]:
    return words(next(each.reasons for each in found.unassigned if each.task == task_of(order)), language)


# One sentence a vehicle ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words_of"),
    [("en", "Van 1: 12 min too late at 08:21; full by 14 kg."), ("zh_TW", "Van 1：遲到 12 分鐘，08:21 才到；超載 14 公斤。")],
)
def test_the_rules_of_a_vehicle_are_joined_with_their_numbers(language: str, words_of: str) -> None:
    """A-1 (20 s away, 399 of 400 kg) is locked to its place and takes 20 minutes; 80 s further on, A-5 with its 15 kg closes at 8:10."""
    full = an_order(1, load=kilos(399), service=Millis(20 * MILLIS_PER_MINUTE))
    late = an_order(5, load=kilos(15), windows=(a_window("08:00", "08:10"),))
    day = a_day(of=[full, late], vans=1, plan=a_plan(a_route(1, [a_stop(1, lock=Lock.POSITION)])))
    assert left_out(judged(day, [full])[1], late, language) == [words_of]


def test_three_vehicles_are_named_and_every_one_can_be_asked_for() -> None:
    heavy = [an_order(number, load=kilos(400 - number)) for number in range(1, 6)]
    small = an_order(9, load=kilos(10))
    problem, found = judged(a_day(of=[*heavy, small], vans=5), *([each] for each in heavy))
    assert left_out(found, small) == ["Van 5: full by 5 kg.", "Van 4: full by 6 kg.", "Van 3: full by 7 kg."]
    every = words(planning.why_not(problem, found, task_of(small)))
    assert every == [f"Van {number}: full by {10 - number} kg." for number in (5, 4, 3, 2, 1)]


@pytest.mark.parametrize(("count", "end"), [(3, "3 min too late at 08:01"), (4, "one more rule broken"), (6, "3 more rules broken")])
def test_many_broken_rules_are_counted_after_the_first(count: int, end: str) -> None:
    """Its own rules come before those of others."""
    orders = [an_order(number, windows=(a_window("07:00", "07:58"),)) for number in range(1, 7)]
    problem = planning.day_problem(a_day(of=orders, vans=1), FLAT)
    shift = problem.shifts[ShiftId("shf_1")]
    line = timeline(shift, all_steps(*orders), problem.terms, problem.problem.travel[shift.profile])
    last = Obstacle(task=task_of(orders[count - 1]), shift=shift.id, position=0, broken=tuple(each for each in line.violations[:count]))
    said = sentence(why_not(problem, last, line))
    assert said.startswith("Van 1: ")
    assert said.count("; ") == min(count, 4) - 1
    assert "A-" not in said.partition(";")[0]
    assert said.removesuffix(".").endswith(end) or count == 3


def test_a_locked_route_is_said_to_be_locked() -> None:
    day = a_day(of=[an_order(1), an_order(2)], vans=1, plan=a_plan(a_route(1, [1], locked=True)))
    assert left_out(judged(day, [day.orders[0]])[1], day.orders[1]) == ["Van 1: its route is locked."]


def test_a_pair_that_fits_nowhere_says_which_vehicle_comes_nearest_and_why() -> None:
    pickup, delivery = an_order(1, kind=TaskKind.PICKUP, load=kilos(15)), an_order(2, paired_with="A-1")
    full = an_order(3, load=kilos(390))
    found = judged(a_day(of=[pickup, delivery, full], vans=1), [full])[1]
    assert left_out(found, delivery) == ["Fits on Van 1 as stop 3, 7 min more."]  # the parcel of A-3 is handed over before A-1 is taken on
    blocked = replace(full, kind=TaskKind.PICKUP, windows=(a_window("08:00", "08:01"),))
    found = judged(a_day(of=[pickup, delivery, blocked], vans=1), [blocked])[1]
    first, second = left_out(found, delivery)
    assert first == "It and the order that it belongs together with do not fit into one route; Van 1 comes nearest."
    assert second.startswith("Van 1: ")


def test_what_was_stored_with_older_words_can_still_be_said() -> None:
    assert sentence(Sentence.of("planning.why_late", vehicle="Van 1", minutes=3, at="08:03")) == "3 min too late at 08:03"


# Late stops ----------------------------------------------------------------------------------------------------------


def a_late_day(plan: Plan | None = None) -> tuple[Day, Order]:
    """A-1 takes two hours, so that A-2 after it is late at a price; van 2 has nothing to do."""
    long, late = an_order(1, service=Millis(2 * HOUR)), an_order(2, windows=(a_window("08:00", "09:00", late_per_hour=100),))
    return a_day(of=[long, late], plan=plan), late


def test_a_late_stop_says_where_it_would_be_in_time() -> None:
    day, late = a_late_day()
    problem, found = judged(day, day.orders)
    assert words(found.late_reasons[task_of(late)])[0].startswith("In time on Van 1 as stop 1, ")
    assert len(planning.why_not(problem, found, task_of(late))) == 2


def test_a_late_stop_that_no_vehicle_serves_in_time_says_why_for_each() -> None:
    """Both vans must be at their long first stops by 8:01."""
    long = [an_order(number, service=Millis(2 * HOUR), windows=(a_window("08:00", "08:01"),)) for number in (1, 3)]
    late = an_order(2, windows=(a_window("08:00", "09:00", late_per_hour=100),))
    said = words(judged(a_day(of=[*long, late]), [long[0], late], [long[1]])[1].late_reasons[task_of(late)])
    assert sorted(each[:6] for each in said) == ["Van 1:", "Van 2:"]
    assert all("min too late at" in each for each in said)


def test_a_late_stop_that_is_locked_says_so() -> None:
    day, late = a_late_day()
    for lock, more in ((Lock.POSITION, 0), (Lock.DRIVER, 1)):
        locked = replace(day, plan=a_plan(a_route(1, [1, a_stop(2, lock=lock)])))
        first, *rest = words(judged(locked, day.orders)[1].late_reasons[task_of(late)])
        assert first == "Locked to Van 1: unlock it to let it be planned elsewhere."
        assert len(rest) == more


def test_a_plan_that_is_only_shown_for_a_while_gets_no_reasons_that_take_time() -> None:
    day, _ = a_late_day()
    problem = planning.day_problem(day, FLAT)
    shown = planning.judge(problem, Solution(routes=(RoutePlan(shift=ShiftId("shf_1"), steps=all_steps(*day.orders)),)), explain=False)
    assert (shown.late_reasons, shown.totals.late) == ({}, 1)
    empty = planning.judge(problem, Solution(routes=()), explain=False)
    assert [words(each.reasons) for each in empty.unassigned] == [["Not planned yet."]] * 2


def test_a_solve_that_was_about_others_leaves_the_reasons_of_the_pool() -> None:
    """A-2 stays in the pool while one route is planned anew; what was said of it stands. Where it was left out again, the reason is new."""
    old = Sentence.of("planning.taken_out")
    plan = replace(a_plan(a_route(1, [1]), unassigned=[2]), unassigned=(Unassigned(task=task_of(an_order(2)), reasons=(old,)),))
    day = a_day(of=[an_order(1), an_order(2)], vans=1, plan=plan)
    problem = planning.day_problem(day, FLAT)
    routes = (RoutePlan(shift=ShiftId("shf_1"), steps=all_steps(day.orders[0])),)
    assert left_out(planning.judge(problem, Solution(routes=routes), plan), day.orders[1]) == ["Taken out of its route by hand."]
    again = planning.judge(problem, Solution(routes=routes, unplanned=(task_of(day.orders[1]),)), plan)
    assert left_out(again, day.orders[1]) == ["Fits on Van 1 as stop 1, 4 min more."]


# An engine's word ----------------------------------------------------------------------------------------------------


def a_full_day() -> tuple[Day, list[Order], Order]:
    """Van 1 has 399 kg on board and van 2 395, of 400 each; 15 kg are left out."""
    full, small = [an_order(1, load=kilos(399)), an_order(3, load=kilos(395))], an_order(2, load=kilos(15))
    return a_day(of=[*full, small]), full, small


def full_by(shift: int, grams: int, task: str = "", position: int | None = 0) -> Obstacle:
    small = task_of(an_order(2))
    broken = Violation(kind=ViolationKind.LOAD, task=task_of(an_order(2)) if not task else task_of(an_order(task)), amount=grams, measure="weight")
    return Obstacle(task=small, shift=ShiftId(f"shf_{shift}"), position=position, broken=(broken,))


def test_what_an_engine_says_is_used_where_it_holds() -> None:
    """It says van 1 first; the search in this process would name van 2 first."""
    day, full, small = a_full_day()
    problem = planning.day_problem(day, FLAT)
    routes = [RoutePlan(shift=ShiftId(f"shf_{n}"), steps=all_steps(each)) for n, each in enumerate(full, start=1)]
    adviser = Adviser(with_routes(problem.problem, Solution(routes=tuple(routes))), EveryPlace)
    told = tuple(reversed(adviser.obstacles([task_of(small)])[0]))
    found = judged(day, *([each] for each in full), obstacles=told)[1]
    assert left_out(found, small) == ["Van 1: full by 14 kg.", "Van 2: full by 10 kg."]
    assert found.obstacles == told


@pytest.mark.parametrize(
    "lies",
    [
        (full_by(1, 999_000), full_by(2, 10_000)),
        (full_by(1, 14_000, position=7), full_by(2, 10_000)),
        (full_by(1, 14_000, position=None), full_by(2, 10_000)),
        (full_by(1, 14_000), full_by(9, 10_000)),
        (full_by(1, 14_000),),
        (replace(full_by(1, 14_000), broken=()), full_by(2, 10_000)),
        (replace(full_by(1, 14_000), partner_position=1), full_by(2, 10_000)),
    ],
)
def test_what_does_not_hold_is_not_said(lies: tuple[Obstacle, ...]) -> None:
    day, full, small = a_full_day()
    found = judged(day, *([each] for each in full), obstacles=lies)[1]
    assert left_out(found, small) == ["Van 2: full by 10 kg.", "Van 1: full by 14 kg."]


# Generated -----------------------------------------------------------------------------------------------------------


def unplannable(seed: int) -> tuple[Day, list[list[Order]], Order] | None:
    """A random day of three vans and an order that no van can take, or None where this seed makes one that can be."""
    rng = random.Random(seed)

    def order(number: int, kg: int) -> Order:
        opens = rng.randrange(8 * 60, 10 * 60)
        span = rng.choice([5, 20, 60])
        clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in (opens, opens + span)]
        return an_order(number, load=kilos(kg), service=Millis(rng.randrange(3, 40) * MILLIS_PER_MINUTE), windows=(a_window(*clock),))

    routes = [[order(3 * van + stop, rng.randrange(50, 150)) for stop in (1, 2, 3)] for van in range(3)]
    wanted = order(20, rng.randrange(10, 300))
    day = a_day(of=[*(each for route in routes for each in route), wanted], vans=3)
    problem = planning.day_problem(day, FLAT)
    fits = any(not worse(problem, number, route, wanted, position) for number, route in enumerate(routes, start=1) for position in range(len(route) + 1))
    return None if fits or any(worse(problem, 1, [], wanted, 0)) else (day, routes, wanted)


def worse(problem: DayProblem, van: int, route: Sequence[Order], order: Order, position: int) -> list[tuple[Violation, Millis | None]]:
    """The rules that a van's route breaks more with the order at that position, each with when it would serve the one concerned."""
    shift = problem.shifts[ShiftId(f"shf_{van}")]
    table = problem.problem.travel[shift.profile]
    before = timeline(shift, all_steps(*route), problem.terms, table)
    after = timeline(shift, (*all_steps(*route[:position]), Step(task_of(order)), *all_steps(*route[position:])), problem.terms, table)
    old = {(each.kind, each.measure, each.task if each.kind is not ViolationKind.LOAD else None): each.amount for each in before.violations}
    begins = {halt.task: halt.begin for halt in after.halts}
    return [
        (each, begins.get(each.task) if each.task is not None else None)
        for each in after.violations
        if each.amount > old.get((each.kind, each.measure, each.task if each.kind is not ViolationKind.LOAD else None), 0)
    ]


def rules_of(said: Sentence) -> list[Sentence]:
    """The rules that a vehicle's sentence joins."""
    rules = dict(said.facts)["rules"] if said.key == "planning.why" else said
    assert isinstance(rules, Sentence)
    if rules.key != "planning.why_and":
        return [rules]
    first, rest = (dict(rules.facts)[name] for name in ("first", "rest"))
    assert isinstance(first, Sentence)
    assert isinstance(rest, Sentence)
    return [first, *rules_of(rest)]


def numbers(broken: Violation, order: Order) -> tuple[str, object]:
    """How a rule of a generated day is said: its key and its number."""
    if broken.kind is ViolationKind.LOAD:
        return "planning.why_load_weight", f"{broken.amount // 1_000}"
    key = "planning.why_late" if broken.task == task_of(order) else "planning.why_late_other"
    return (key if broken.kind is ViolationKind.LATE else f"planning.why_{broken.kind.value}"), -(-broken.amount // MILLIS_PER_MINUTE)


def test_fifty_orders_that_fit_nowhere_each_have_true_reasons() -> None:
    """True: on the vehicle that is named there is a position at which just these rules break by just these numbers."""
    cases = list(islice((found for found in map(unplannable, range(4_000)) if found is not None), 50))
    assert len(cases) == 50
    for day, routes, wanted in cases:
        problem, found = judged(day, *routes)
        (reasons,) = (each.reasons for each in found.unassigned)
        assert len(reasons) == 3
        for said in reasons:
            van = int(str(dict(said.facts)["vehicle"]).removeprefix("Van "))
            told = {(each.key, dict(each.facts).get("amount", dict(each.facts).get("minutes"))) for each in rules_of(said) if each.key != "planning.why_more"}
            truths = [{numbers(broken, wanted) for broken, _ in worse(problem, van, routes[van - 1], wanted, at)} for at in range(len(routes[van - 1]) + 1)]
            assert any(told <= truth for truth in truths), (sentence(said), truths)
