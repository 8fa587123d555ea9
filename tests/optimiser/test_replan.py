"""Running days are made as told, and every engine of `main.py bench replan` answers them with a whole plan that is priced independently."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from app.domain.errors import Refused
from app.domain.geo import Box, Place
from app.domain.ids import ShiftId
from app.domain.load import Capacity
from app.domain.roads import UNREACHABLE, Profile, Snap
from app.domain.schedule import Step, timeline
from app.domain.units import Cost, Grams
from app.optimiser import core_library
from app.optimiser.benches import bench_replan
from app.optimiser.benches.replan_engines import ENGINES
from app.optimiser.benches.replan_race import EngineFailed, judged, raced
from app.optimiser.benches.running_days import Running, Sizes, by_hand, day, under_way, with_closure, with_urgent
from app.optimiser.benches.safety import Judge
from app.optimiser.benches.towns import Town, town
from app.routing.straight import StraightTravel
from app.services.problem import RoutePlan, Stability
from app.services.problem_json import check
from tests.problems import MIN, a_line, a_problem, a_task, a_turn, a_window_of, at, steps

ZONE = "UTC"
BOX = Box(60.10, 24.80, 60.25, 25.10)
SMALL = Sizes(stops=24, vans=3, started=0.3, urgent=3)


class OnLand(StraightTravel):
    """Straight travel whose every point lies on a road."""

    def snaps(self, places: object, profile: Profile) -> tuple[Snap, ...]:
        """Each where it is."""
        del profile
        return tuple(Snap(meters=0, place=place) for place in places)  # type: ignore[attr-defined,arg-type]


@pytest.fixture(scope="module")
def made() -> Town:
    return town(Random(1), OnLand(), BOX, ZONE, SMALL.stops + SMALL.urgent)


@pytest.fixture(scope="module")
def running(made: Town) -> Running:
    """Planned by hand, so that nothing here hangs on an engine."""
    problem = day(Random(2), made, SMALL, ZONE)
    return under_way(problem, [RoutePlan(shift=shift, steps=found) for shift, found in by_hand(problem).items()], SMALL.started)


# Days -----------------------------------------------------------------------------------------------------------------


def test_a_day_is_valid_and_always_the_same(made: Town) -> None:
    problem = day(Random(2), made, SMALL, ZONE)
    check(problem)
    assert (len(problem.tasks), len(problem.shifts), made.table.size) == (24, 3, 28)
    assert problem.tasks == day(Random(2), made, SMALL, ZONE).tasks
    assert made.places == town(Random(1), OnLand(), BOX, ZONE, SMALL.stops + SMALL.urgent).places


def test_a_town_without_enough_roads_is_refused() -> None:
    class Nowhere(OnLand):
        def snaps(self, places: object, profile: Profile) -> tuple[Snap, ...]:
            return tuple(Snap(meters=None) for _ in super().snaps(places, profile)[:1])

    with pytest.raises(Refused, match="few_places"):
        town(Random(1), Nowhere(), BOX, ZONE, 5)


def test_a_van_goes_on_from_the_stop_it_drives_to() -> None:
    """One van drives 1 2 3 4 of two minutes each, from 8:00 (2 opens at 8:04, just when it gets there): it sets off at 8:00, 8:03, 8:06 and 8:09.

    When half of the stops have been started, at 8:06, it drives to 3, which it leaves at 8:09 with three kilograms; 4 is left.
    """
    tasks = [a_task(n, windows=(a_window_of(at(8, 4), at(9)),) if n == 2 else ()) for n in (1, 2, 3, 4)]
    van = a_turn(capacity=Capacity(weight=Grams(10_000)), fixed_price=Cost(5), depot=None)
    problem = a_problem([replace(task, kind="pickup") for task in tasks], [van])
    found = under_way(problem, [RoutePlan(shift=van.id, steps=steps(1, 2, 3, 4))], 0.5)
    (left,) = found.problem.shifts
    assert (found.now, found.started) == (at(8, 6), 3)
    assert (left.start, left.starts, left.under_way, left.capacity.weight, left.fixed_price) == (3, at(8, 9), True, 7_000, 0)
    assert [task.id for task in found.problem.tasks] == ["t4"]
    assert found.problem.start == (RoutePlan(shift=van.id, steps=steps(4)),)


def test_a_van_that_still_stands_at_the_depot_leaves_now_or_later() -> None:
    """The second van's only stop opens at 12:00, so that it stands when the first has started everything."""
    tasks = [replace(a_task(n, windows=(a_window_of(at(12), at(13)),) if n == 3 else ()), kind="pickup") for n in (1, 2, 3)]
    vans = [a_turn(n, capacity=Capacity(weight=Grams(10_000)), fixed_price=Cost(5)) for n in (1, 2)]
    routes = [RoutePlan(shift=vans[0].id, steps=steps(1, 2)), RoutePlan(shift=vans[1].id, steps=steps(3))]
    found = under_way(a_problem(tasks, vans), routes, 0.4)
    standing = found.problem.shifts[1]
    assert (standing.start, standing.starts, standing.under_way, standing.fixed_price) == (0, found.now, False, 5)


def test_what_is_left_costs_what_it_cost_in_the_whole_day(made: Town, running: Running) -> None:
    """Cutting a route changes no time of what is left of it: arrivals are those of the whole route, and no rule breaks."""
    problem = day(Random(2), made, SMALL, ZONE)
    shifts, tasks = {shift.id: shift for shift in problem.shifts}, {task.id: task for task in problem.tasks}
    whole = {shift: timeline(shifts[shift], found, tasks, made.table) for shift, found in by_hand(problem).items()}
    judge = Judge(running.problem)
    for route in running.problem.start:
        rest = judge.timeline(route.shift, route.steps)
        assert not rest.violations
        assert [halt.begin for halt in rest.halts] == [halt.begin for halt in whole[route.shift].halts[len(whole[route.shift].halts) - len(rest.halts) :]]


def test_urgent_orders_are_within_reach_and_soon(running: Running) -> None:
    found = with_urgent(Random(3), running, SMALL.urgent)
    check(found.problem)
    urgent = [task for task in found.problem.tasks if task.id in found.urgent]
    assert len(urgent) == SMALL.urgent
    assert all(found.now <= task.windows[0].opens <= found.now + 120 * MIN for task in urgent)
    assert not {task.place for task in urgent} & {task.place for task in running.problem.tasks}


def test_a_closure_slows_exactly_the_legs_across_its_line(made: Town, running: Running) -> None:
    before, after = made.table, with_closure(Random(4), running, made.places).problem.travel[Profile.VAN]
    pairs = list(zip(before.durations[0], after.durations[0], strict=True))
    slowed = [(was, now) for was, now in pairs if was != now]
    assert 0 < len(slowed) < len(pairs)
    assert all(now == int(was * 2.5) for was, now in slowed)
    assert all(after.durations[0][row * after.size + other] == after.durations[0][other * after.size + row] for row in range(5) for other in range(row))


def test_a_closure_makes_no_road_where_none_was(made: Town, running: Running) -> None:
    """A table without any way back to the depot keeps it so, whatever line is drawn."""
    table = running.problem.travel[Profile.VAN]
    durations = [UNREACHABLE if leg % table.size == 0 and leg else each for leg, each in enumerate(table.durations[0])]
    cut_off = replace(running.problem, travel={Profile.VAN: replace(table, durations=(durations,), distances=(durations,))})
    found = with_closure(Random(4), replace(running, problem=cut_off), made.places).problem.travel[Profile.VAN]
    assert [each for each in found.durations[0] if each < 0] == [UNREACHABLE] * (table.size - 1)
    assert [each for each in found.distances[0] if each < 0] == [UNREACHABLE] * (table.size - 1)


def test_a_child_that_the_kernel_refuses_says_why(running: Running) -> None:
    """Legs of less than no length are no problem that anybody solves."""
    if not core_library.is_there():
        pytest.skip("the kernel is not built on this machine")
    table = running.problem.travel[Profile.VAN]
    wrong = replace(table, durations=([-2] * len(table.durations[0]),))
    with pytest.raises(EngineFailed, match="kernel_refuses"):
        raced("core", replace(running.problem, travel={Profile.VAN: wrong}), 0.1)


def test_by_hand_takes_the_cheapest_place() -> None:
    """3 fits between 2 and 4 on the way out for two minutes of service; the second van would have to drive for it."""
    tasks = [a_task(n) for n in (2, 3, 4)]
    problem = a_problem(tasks, [a_turn(1), a_turn(2)], start=(RoutePlan(shift=ShiftId("s1"), steps=steps(2, 4)),))
    assert by_hand(problem) == {"s1": steps(2, 3, 4), "s2": ()}


def _skip_without(engine: str) -> None:
    if engine in {"pyvrp", "ortools"}:
        pytest.importorskip(engine)
    elif engine.startswith("core") and not core_library.is_there():
        pytest.skip("the kernel is not built on this machine")


# Engines --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["urgent", "closure"])
@pytest.mark.parametrize("lambda_s", [0, 300])
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_answers_with_a_whole_plan_that_keeps_the_rules(made: Town, running: Running, engine: str, lambda_s: int, scenario: str) -> None:
    _skip_without(engine)
    happened = with_urgent(Random(3), running, SMALL.urgent) if scenario == "urgent" else with_closure(Random(4), running, made.places)
    price = Cost(lambda_s * 1_000 * happened.problem.shifts[0].milli_price)
    problem = replace(happened.problem, stability=Stability(per_driver_change=price))
    answer = ENGINES[engine](problem, 0.3)
    planned = [step.task for found in answer.routes.values() for step in found]
    assert len(planned) == len(set(planned))
    assert set(planned) <= {task.id for task in problem.tasks}
    verdict = judged(happened, answer.routes)
    assert verdict.urgent_missing + verdict.others_missing == len(problem.tasks) - len(planned)
    assert verdict.broken <= judged(happened, ENGINES["keep"](problem, 0.0).routes).broken
    if engine not in {"keep", "core k=0"}:
        assert verdict.broken == 0, "what moves nothing cannot mend what the closure breaks; the others can"
    if engine in {"keep", "core k=0"}:
        assert verdict.moved == verdict.reordered == 0


@pytest.mark.parametrize("engine", ["core", "pyvrp", "ortools"])
def test_a_high_price_of_change_keeps_drivers(running: Running, engine: str) -> None:
    """With a price beyond anything else no engine hands a stop over that it can leave where it is."""
    _skip_without(engine)
    happened = with_urgent(Random(3), running, SMALL.urgent)
    problem = replace(happened.problem, stability=Stability(per_driver_change=Cost(10**12)))
    assert judged(happened, ENGINES[engine](problem, 0.3).routes).moved == 0


def test_the_verdict_counts_what_moved_and_what_is_missing() -> None:
    """s1 drove 1 2 3, s2 drove 4; now s2 drives 4 1, s1 3 2, and the urgent 5 is in neither: one changed its driver, one its place."""
    start = (RoutePlan(shift=ShiftId("s1"), steps=steps(1, 2, 3)), RoutePlan(shift=ShiftId("s2"), steps=steps(4)))
    problem = a_problem([a_task(n) for n in (1, 2, 3, 4, 5)], [a_turn(1), a_turn(2)], a_line(6), start=start)
    happened = Running(problem=problem, now=at(8), started=0, urgent=frozenset({problem.tasks[4].id}))
    routes: dict[ShiftId, tuple[Step, ...]] = {ShiftId("s1"): steps(3, 2), ShiftId("s2"): steps(4, 1)}
    verdict = judged(happened, routes)
    assert (verdict.moved, verdict.reordered, verdict.urgent_missing, verdict.others_missing, verdict.broken) == (1, 1, 1, 0, 0)
    assert (verdict.left_cost, verdict.service_cost) == (10**12, 4 * 2 * MIN * 10)
    assert verdict.saveable == verdict.cost + 10**12 - verdict.service_cost


def test_a_child_that_fails_says_so(running: Running) -> None:
    with pytest.raises(EngineFailed, match="KeyError"):
        raced("no such engine", running.problem, 0.1)


@pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")
def test_the_bench_writes_a_row_for_each_engine_and_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Areas:
        def open(self, _asked: str, *, report: object) -> SimpleNamespace:
            del report
            return SimpleNamespace(name="land", title="Land", bounds=BOX)

        def travel(self, _name: str) -> OnLand:
            return OnLand()

    out = tmp_path / "replan.json"
    import argparse

    parser = argparse.ArgumentParser()
    bench_replan.configure(parser)
    words = ["--days=1", "--stops=12", "--vans=2", "--urgent=2", "--seconds=0.2", "--plan-iterations=200", "--reference-seconds=0.3"]
    words += ["--engine=greedy", "--engine=core", "--scenario=urgent", f"--json={out}"]
    assert bench_replan.run(parser.parse_args(words), SimpleNamespace(areas=Areas)) == 0  # type: ignore[arg-type]
    found = json.loads(out.read_text("utf-8"))
    assert [(row["engine"], row["lambda_s"], row["error"]) for row in found["rows"]] == [
        ("reference", 0, None),
        ("greedy", 0, None),
        ("core", 0, None),
        ("core", 300, None),
    ]
    assert found["rows"][0]["gap"] == 0
    assert "mean gap" in capsys.readouterr().out


def test_places_of_a_town_lie_where_the_roads_are() -> None:
    """Roads only in the north-east corner: the middle is looked for there."""
    corner = Box(60.22, 25.04, 60.25, 25.10)

    class Corner(OnLand):
        def snaps(self, places: object, profile: Profile) -> tuple[Snap, ...]:
            found = super().snaps(places, profile)
            return tuple(snap if snap.place is not None and corner.holds(snap.place) else Snap(meters=None) for snap in found)

    places: tuple[Place, ...] = town(Random(5), Corner(), BOX, ZONE, 10).places
    assert len(places) == 11
    assert all(corner.holds(place) for place in places)
